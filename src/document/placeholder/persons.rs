//! Texts that say who somebody is: by a name, a post or a body. What is neither is a remark about the state of things
//! (`已退休`, `没人管`), of which there is no end; a name that is not known as one is taken with a post behind it.

use super::is_word_letter;
use super::names::{
    AHEAD, ANYBODY, BODIES, DOUBLE, NAMED, NAMES_AHEAD, NOT_FOREIGN, OFFICES, OFFICES_LIKE_NAMES, PLACES, PLANS, POSTS,
    REMARKS, SOME, SOUNDS, STATES, SURNAMES, WORDS,
};

/// No name, post or body is longer, in bytes: each is looked at in all the ways in which it may be parted.
const LONGEST: usize = 192;

/// Whether a text names somebody: one of its parts is a name, a post or a body, and none takes it back.
///
/// ```text
/// 李强 任老师 城关派出所民警李强 阿依古丽·买买提 Mike 岩温(保安); not 已退休 没人管 见名单 一名民警 张伟(已调走)
/// ```
pub(super) fn name_somebody(text: &str) -> bool {
    if text.split(|c: char| c.is_whitespace() || "、,，;/".contains(c)).any(is_dotted) {
        return true;
    }
    let parts =
        text.split(|c: char| !is_word_letter(c)).map(|part| part.trim_end_matches(|c: char| c.is_ascii_digit()));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let is_rare = || match *parts.as_slice() {
        [one, other] => is_rare(one, other) || is_rare(other, one),
        [one] if one.len() <= LONGEST => POSTS.iter().filter_map(|post| one.split_once(post)).any(|(title, name)| {
            let post = one.get(..one.len() - name.len()).unwrap_or(title);
            (2..=3).contains(&name.chars().count()) && is_rare(name, post)
        }),
        _ => false,
    };
    let takes_back = |part: &&str| STATES.stands_in(part) && !is_somebody(part);
    let is_taken_back = parts.len() > 1 && parts.iter().any(takes_back) || text.ends_with('?');
    let is_example = text.contains("示例") || text.starts_with(['例', '如']);
    !is_example && !is_taken_back && (parts.iter().any(|part| is_somebody(part)) || is_foreign(text) || is_rare())
}

/// A name whose parts a dot joins: `阿依古丽·买买提`.
fn is_dotted(part: &str) -> bool {
    let is_part =
        |part: &str| part.chars().next().is_some_and(is_han) && part.chars().nth(1).is_some() || is_capital(part);
    let mut parts = part.split(['·', '•', '・']);
    part.contains(['·', '•', '・']) && parts.all(is_part)
}

/// Whether a text of a few Chinese characters, of which nothing else is known, is a name: it has a post beside it.
fn is_rare(name: &str, post: &str) -> bool {
    let is_short = (2..=6).contains(&name.chars().count()) && name.chars().all(is_han);
    let is_post = post.len() <= LONGEST && POSTS.ends(post) && begins_as_one(post) && !is_remark(post);
    let says = name.contains(['不', '的', '在', '有', '无', '到', '定', '派', '聘', '空', '好', '填', '人']);
    let is_remark = STATES.stands_in(name) || is_remark(name) || is_word(name);
    is_short && is_post && begins_as_one(name) && !is_remark && !says
}

/// The name alone of what is written with a post, or a post alone of what is written with a remark, for one person may be
/// written in several ways: `王建国(校长)`, `校长王建国`; `校长(兼)`, `校长。`.
pub(super) fn key(text: &str) -> Option<String> {
    let mut shorter = None;
    // Of what is said beside a name there may be several layers; each leaves less.
    while let Some(found) = key_within(shorter.unwrap_or(text)) {
        shorter = Some(found);
    }
    shorter.map(str::to_owned)
}

fn key_within(text: &str) -> Option<&str> {
    // Another hand wrote it.
    if text.contains("代签") || text.contains("代填") {
        return None;
    }
    let parts = || text.split(|c: char| !is_word_letter(c) && c != '·').filter(|part| !part.is_empty());
    // Behind a name a post is no second one, whatever it begins with: `张三(班主任)`.
    let is_named = parts().next().is_some_and(|first| is_name(first) && !are_names(first));
    let is_post = |part: &str| POSTS.ends(part) || BODIES.ends(part);
    let names = parts().enumerate().filter(|(at, part)| *at == 0 || !(is_named && is_post(part)));
    let names: Vec<&str> = names.filter_map(|(_, part)| name_in(part)).collect();
    let is_marked = text.contains(['(', '[', '【', '〔', '「', '《']) || !text.ends_with(is_word_letter);
    let held = || text.split_once('兼').filter(|(one, other)| is_post(one) && is_post(other));
    let key = match *names.as_slice() {
        [name] => name,
        [] if held().is_some() => held()?.0,
        // Of which school part or class somebody is makes him another: `校长(东校区)`, `六(1)班班主任`.
        [] if is_marked && !parts().skip(1).any(is_place) => parts().next().filter(|first| is_somebody(first))?,
        [] => own_post(text)?,
        _ => return None,
    };
    (key.len() < text.len()).then_some(key)
}

/// The name in a part: `王建国` in `王建国副校长`, in `总务处王建国` and in `王建国等人`.
fn name_in(part: &str) -> Option<&str> {
    if part.len() > LONGEST {
        return None;
    }
    let part = bare(part);
    let splits = || part.char_indices().skip(1).map(|(at, _)| part.split_at(at));
    let before = || splits().find(|(one, other)| is_whole(one) && are_posts(other)).map(|(one, _)| one);
    // All that stands before a name: of `总务处买买提·艾力` not `总务` alone.
    let behind = || splits().filter(|(one, other)| is_ahead(one) && is_whole(other)).last().map(|(_, other)| other);
    before().or_else(behind).or_else(|| is_whole(part).then_some(part))
}

/// A name without what is said of it and whoever else is meant: `王建国等3人`, `王建国同志`, `王建国13800000000`.
fn bare(part: &str) -> &str {
    let is_digit = |c: char| c.is_ascii_digit();
    let numbered = part.strip_suffix('人').unwrap_or(part).trim_end_matches(is_digit);
    let numbered = if numbered.ends_with('等') { numbered } else { part.trim_end_matches(is_digit) };
    let said = BESIDE.iter().find_map(|said| numbered.strip_suffix(said)).unwrap_or(numbered);
    if said.chars().nth(1).is_some() { said } else { part }
}

/// What is said of somebody behind a name or a post.
const BESIDE: [&str; 9] = ["等人", "等", "同志", "本人", "签字", "签名", "负责", "先生", "女士"];

/// A name and nothing beside it: not two names, and neither a post nor a body that begins as a name does.
fn is_whole(name: &str) -> bool {
    name.chars().nth(1).is_some()
        && (is_name(name) && !are_names(name) || is_dotted(name))
        && !POSTS.ends(name)
        && !OFFICES_LIKE_NAMES.has(name)
        && !name.ends_with(BODY_ENDS)
}

/// What stands before a name and says of what post or body somebody is.
fn is_ahead(text: &str) -> bool {
    POSTS.ends(text) || BODIES.ends(text) || SOME.has(text)
}

/// One post or several, with nothing else but the office that it is of: `总务处主任`, `书记兼副校长`, `教务`. Whose parent or
/// guardian somebody is makes him another.
fn are_posts(text: &str) -> bool {
    if ["家长", "监护人"].iter().any(|other| text.contains(other)) {
        return false;
    }
    let text = text.trim_start_matches(['兼', '副']);
    let office = OFFICES.heads(text).max_by_key(|office| office.len()).unwrap_or_default();
    let rest = text.get(office.len()..).unwrap_or_default();
    let of = ["办公室", "处", "科", "室", "办", "部", "组"].iter().find_map(|body| rest.strip_prefix(body));
    let within = if office.is_empty() { rest } else { of.unwrap_or(rest) };
    let is_post =
        |rest: &str| POSTS.has(rest) || POSTS.heads(rest).filter_map(|post| rest.strip_prefix(post)).any(are_posts);
    let second = within.trim_start_matches('副');
    // `保卫科长` is a post of 保卫, `保卫科科长` one of 保卫科.
    !text.is_empty() && (within.is_empty() || is_post(rest) || second != rest && is_post(second))
}

/// Ends of bodies that no given name has.
const BODY_ENDS: [char; 19] =
    ['部', '处', '室', '队', '委', '办', '站', '院', '厂', '司', '镇', '乡', '村', '股', '社', '店', '馆', '厅', '级'];

/// What parts of a school are called.
fn is_place(part: &str) -> bool {
    ["校区", "校", "部", "班", "年级", "组", "区", "楼", "栋", "园", "级"].iter().any(|end| part.ends_with(end))
        || part.bytes().all(|byte| byte.is_ascii_digit())
}

/// A post of the school itself without the words for it: `本校校长`.
fn own_post(text: &str) -> Option<&str> {
    ["本校", "我校", "学校", "本园", "我园"].iter().find_map(|own| text.strip_prefix(own)).filter(|post| is_post(post))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// Of a part without any marks.
fn is_somebody(part: &str) -> bool {
    if part.len() > LONGEST {
        return false;
    }
    // `张建国等三人`, `张三和李四`.
    let part =
        part.rsplit_once('等').filter(|(_, others)| others.chars().count() <= 2).map_or(part, |(first, _)| first);
    is_name(part)
        || is_post(part)
        || is_body(part)
        || is_titled(part)
        || ['和', '与', '及']
            .iter()
            .any(|and| part.split_once(*and).is_some_and(|(one, other)| is_name(one) && is_name(other)))
}

/// A name in Chinese characters, or a letter that stands for one: `甲`.
fn is_name(part: &str) -> bool {
    let letters: Vec<char> = part.chars().collect();
    if !letters.iter().copied().all(is_han) {
        return false;
    }
    let is_double = DOUBLE.begins(part);
    match *letters.as_slice() {
        [one] => "甲乙丙丁戊己庚辛".contains(one),
        [] => false,
        _ if is_word(part) => false,
        // `何人`.
        [_, .., '何'] => false,
        [first, last] if "老小阿".contains(first) && SURNAMES.has(last) => true,
        [first, .., last] if letters.len() <= 3 => {
            let is_one = SURNAMES.has(first) || "甲乙丙丁".contains(last) && first != '某';
            let is_phrase = letters.iter().skip(1).any(|c| "不没的了是很太被把让就得某么过".contains(*c));
            is_one && !is_phrase && first != last || is_double || is_sound(&letters)
        }
        [_, _, _, _] if is_double => true,
        _ => is_sound(&letters) || are_names(part),
    }
}

/// Whether a word begins it that no name is.
fn is_word(part: &str) -> bool {
    WORDS.begins(part)
}

/// A name of another language by its sounds.
fn is_sound(letters: &[char]) -> bool {
    letters.len() <= 8 && letters.iter().any(|c| Some(c) != letters.first()) && letters.iter().all(|c| SOUNDS.has(*c))
}

/// Two names or three, one behind the other: blanks between Chinese characters say nothing.
fn are_names(part: &str) -> bool {
    let is_one = |name: &str| name.starts_with(|c| SURNAMES.has(c)) && name.chars().count() <= 3 && is_name(name);
    let mut splits = part.char_indices().skip(2).take(2).map(|(at, _)| part.split_at(at));
    (4..=9).contains(&part.chars().count())
        && splits.any(|(one, others)| is_one(one) && (is_one(others) || are_names(others)))
}

/// A post that is not anybody's.
fn is_post(part: &str) -> bool {
    let is_one = POSTS.ends(part) && !part.ends_with("人员");
    is_one && begins_as_one(part) && !is_remark(part) && !is_anybody(part)
}

/// A body by its name.
fn is_body(part: &str) -> bool {
    let is_one = part.chars().nth(1).is_some() && BODIES.ends(part) && !PLACES.ends(part);
    is_one && begins_as_one(part) && !is_remark(part) && !is_anybody(part)
}

/// Whether anybody may be called so: `一名民警`.
fn is_anybody(part: &str) -> bool {
    let mut rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
    while let Some(after) = SOME.heads(rest).filter_map(|some| rest.strip_prefix(some)).min_by_key(|after| after.len())
    {
        rest = after;
    }
    rest.is_empty() || ANYBODY.has(rest)
}

fn is_remark(part: &str) -> bool {
    if NAMED.stands_in(part) {
        let rest = NAMED.iter().fold(part.to_owned(), |rest, name| rest.replace(name, ""));
        return REMARKS.stands_in(&rest);
    }
    REMARKS.stands_in(part)
}

fn begins_as_one(part: &str) -> bool {
    NAMES_AHEAD.begins(part) || !AHEAD.begins(part)
}

/// A name behind a post or a body: `派出所民警李强`, or in front of what a person is: `王芳(校医)`.
fn is_titled(part: &str) -> bool {
    part.char_indices().skip(1).map(|(at, _)| part.split_at(at)).any(|(title, name)| {
        let is_title = POSTS.ends(title) || BODIES.ends(title) || title.ends_with("人员");
        let is_planned = PLANS.begins(title) && !NAMES_AHEAD.begins(title);
        is_title && name.chars().nth(1).is_some() && (is_name(name) || is_capital(name)) && !is_planned
    })
}

/// A name in another script: in Latin letters its first word begins with a capital one.
fn is_foreign(text: &str) -> bool {
    if text.chars().any(|c| c.is_alphabetic() && !c.is_ascii() && !is_han(c)) {
        return true;
    }
    let parts = || text.split(|c: char| !c.is_ascii_alphabetic()).filter(|part| !part.is_empty());
    let is_known = |part: &str| NOT_FOREIGN.has(&part.to_ascii_lowercase());
    !text.chars().any(is_han)
        && parts().any(is_capital)
        && parts().next().is_some_and(|first| first.starts_with(char::is_uppercase))
        && !parts().any(is_known)
}

fn is_capital(part: &str) -> bool {
    let mut letters = part.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{key, name_somebody};

    #[test]
    fn a_rare_name_is_one_beside_a_post() {
        for name in
            ["岩温(民警)", "民警:岩温", "额尔敦(教师)", "民警岩温", "常建国", "乔丹", "张伟李明", "阿依古丽·买买提"]
        {
            assert!(name_somebody(name), "{name}");
        }
        for nobody in [
            "岩温",
            "没人(保安)",
            "调走(民警)",
            "张伟(已调走)",
            "校长(退休)",
            "派出所推给司法所",
            "取消保卫科",
            "派出所?",
        ] {
            assert!(!name_somebody(nobody), "{nobody}");
        }
    }

    #[test]
    fn one_person_has_one_key() {
        let alike = [
            ("校长(兼)", "校长"),
            ("校长【兼】", "校长"),
            ("(校长)", "校长"),
            ("校长。", "校长"),
            ("王建国副校长", "王建国"),
            ("校长王建国", "王建国"),
            ("校长(王建国)", "王建国"),
            ("张三(班主任)", "张三"),
            ("张三(常务副校长)", "张三"),
            ("张三(党支部书记)", "张三"),
            ("张三(门卫)", "张三"),
            ("张三(任课教师)", "张三"),
            ("张三(车队长)", "张三"),
            ("张三(高中部主任)", "张三"),
            ("张三(计财科)", "张三"),
            ("张三(包片领导)", "张三"),
            ("总务主任张三", "张三"),
            ("张三总务主任", "张三"),
            ("张三校长书记", "张三"),
            ("党支部书记校长张三", "张三"),
            ("张三书记兼校长", "张三"),
            ("校长兼书记张三", "张三"),
            ("张三等人", "张三"),
            ("张三同志", "张三"),
            ("校长兼书记", "校长"),
            ("本校校长", "校长"),
            ("学校校长", "校长"),
            ("学校门卫", "门卫"),
            ("校长(书记)", "校长"),
            ("张三班主任", "张三"),
            ("张三教导主任", "张三"),
            ("班主任张三", "张三"),
            ("总务处张三", "张三"),
            ("安全办王建国", "王建国"),
            ("南街小学王建国", "王建国"),
            ("城关派出所王建国", "王建国"),
            ("城关派出所民警王建国", "王建国"),
            ("本校张三", "张三"),
            ("我校张三", "张三"),
            ("党支部书记、校长张三", "张三"),
            ("张三等", "张三"),
            ("张三 13800000000", "张三"),
            ("门卫王建国", "王建国"),
            ("买买提·艾力主任", "买买提·艾力"),
            ("欧阳修主任", "欧阳修"),
            ("王建国德育处主任", "王建国"),
            ("王建国教导处主任", "王建国"),
            ("王建国安全办主任", "王建国"),
            ("王建国保卫科长", "王建国"),
            ("王建国办公室主任", "王建国"),
            ("王建国年级组长", "王建国"),
            ("王建国宿管员", "王建国"),
            ("王建国体育老师", "王建国"),
            ("王建国工会主席", "王建国"),
            ("王建国教务处", "王建国"),
            ("王建国总务", "王建国"),
            ("副校长王建国同志", "王建国"),
            ("王建国等3人", "王建国"),
            ("王建国13838381438", "王建国"),
            ("王建国签字", "王建国"),
            ("王建国本人", "王建国"),
        ];
        let others = |(written, is): &(&str, &str)| key(written).as_deref() != Some(*is);
        let wrong: Vec<_> = alike.into_iter().filter(others).map(|(written, _)| (written, key(written))).collect();
        assert_eq!(wrong, []);
        let names = "张志明 王建华 李建平 刘海龙 吴永强 邓小平 王建国 刘志强 高国强 李登科 王慧园 张雅庭 马会元 林小路 何平安 欧阳修 张三丰";
        for name in names.split(' ') {
            for post in ["主任", "老师", "校长", "副校长", "书记", "科长", "电工", "班主任", "总务主任", "书记兼校长"]
            {
                for written in [format!("{name}{post}"), format!("{post}{name}"), format!("{name}({post})")] {
                    assert_eq!(key(&written).as_deref(), Some(name), "{written}");
                }
            }
        }
        // Of the ways in which posts may be parted not all are gone.
        for many in ["主任", "保卫科科长", "总务处副主任", "书记"] {
            assert_eq!(
                key(&format!("王建国{}", many.repeat(60 / many.chars().count()))).as_deref(),
                Some("王建国"),
                "{many}"
            );
        }
        for whole in [
            "王建国",
            "校长",
            "张三、李四",
            "城关派出所",
            "任老师",
            "高中部主任",
            "高中部校长",
            "安保主任",
            "安保队长",
            "常务主任",
            "国际部校长",
            "党办主任",
            "王庄村主任",
            "王庄村书记",
            "居委会主任",
            "包村干部",
            "高年级组长",
            "王庄小学校长",
            "教育局安全科",
            "张三丰",
            "水电组",
            "校长(东校区)",
            "六(1)班班主任",
            "高一(3)班任课教师",
            "班主任(一年级)",
            "王建国家长",
            "王建国监护人",
            "王建国(李四代签)",
            "康复主任",
            "文体教师",
            "国防教师",
            "武术教师",
            "成教校长",
            "路政队长",
            "明德校长",
            "龙门书记",
            "向阳校长",
        ] {
            assert_eq!(key(whole), None, "{whole}");
        }
    }

    /// Rules write a person as documents are compared by, which is what a key comes to.
    #[test]
    fn a_key_has_no_other_key() {
        let words = [
            "张三",
            "欧阳修",
            "买买提·艾力",
            "Ann Lee",
            "岩温",
            "校长",
            "副校长",
            "主任",
            "班主任",
            "总务处",
            "总务",
            "民警",
            "派出所",
            "城关",
            "小学",
            "同志",
            "等3人",
            "(兼)",
            "兼",
            "、",
            "(",
            ")",
            "1",
            "本校",
            "东校区",
            "安",
            "处",
        ];
        for one in words {
            for two in words {
                for three in words {
                    let text = format!("{one}{two}{three}");
                    let Some(found) = key(&text) else { continue };
                    assert_eq!(key(&found), None, "{text}: {found}");
                }
            }
        }
    }
}
