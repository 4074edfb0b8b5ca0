//! Texts that say who somebody is: by a name, a post or a body. What is neither is a remark about the state of things
//! (`已退休`, `没人管`), of which there is no end; a name that is not known as one is taken with a post behind it.

use super::is_word_letter;
use super::names::{
    AHEAD, ANYBODY, BODIES, DOUBLE, NAMED, NAMES_AHEAD, NOT_FOREIGN, PLACES, PLANS, POSTS, REMARKS, SOME, SOUNDS,
    STATES, SURNAMES, WORDS,
};

/// No name, post or body is longer, in bytes: each is looked at in all the ways in which it may be parted.
pub(super) const LONGEST: usize = 192;

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
pub(super) fn is_dotted(part: &str) -> bool {
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

/// What parts of a school are called.
pub(super) fn is_place(part: &str) -> bool {
    ["校区", "校", "部", "班", "年级", "组", "区", "楼", "栋", "园", "级", "门"].iter().any(|end| part.ends_with(end))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// Of a part without any marks.
pub(super) fn is_somebody(part: &str) -> bool {
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
pub(super) fn is_name(part: &str) -> bool {
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
pub(super) fn is_sound(letters: &[char]) -> bool {
    letters.len() <= 8 && letters.iter().any(|c| Some(c) != letters.first()) && letters.iter().all(|c| SOUNDS.has(*c))
}

/// Two names or three, one behind the other: blanks between Chinese characters say nothing.
pub(super) fn are_names(part: &str) -> bool {
    let is_one = |name: &str| name.starts_with(|c| SURNAMES.has(c)) && name.chars().count() <= 3 && is_name(name);
    let mut splits = part.char_indices().skip(2).take(2).map(|(at, _)| part.split_at(at));
    (4..=9).contains(&part.chars().count())
        && splits.any(|(one, others)| is_one(one) && (is_one(others) || are_names(others)))
}

/// A post that is not anybody's.
pub(super) fn is_post(part: &str) -> bool {
    let is_one = POSTS.ends(part) && !part.ends_with("人员");
    is_one && begins_as_one(part) && !is_remark(part) && !is_anybody(part)
}

/// A body by its name.
pub(super) fn is_body(part: &str) -> bool {
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
pub(super) fn is_foreign(text: &str) -> bool {
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
    use super::name_somebody;

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
}
