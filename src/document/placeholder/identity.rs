//! Who somebody is: the name alone of what is said of a person, or the post alone. Whether two who differ in that may be one
//! nevertheless is the business of [`super::who`].

use std::borrow::Cow;

use super::is_word_letter;
use super::names::{BODIES, NAMES_AHEAD, OFFICES, OFFICES_LIKE_NAMES, POSTS, SOME, SURNAMES};
use super::persons::{LONGEST, are_names, is_body, is_dotted, is_name, is_post, is_somebody, is_sound};
use super::pieces::{names, without_posts};
use super::post::{TITLES, without_numbers};

/// The name alone of what is written with a post, or a post alone of what is written with a remark, for one person may be
/// written in several ways: `王建国(校长)`, `校长王建国`; `校长(兼)`, `校长。`.
pub(super) fn key(text: &str) -> Option<String> {
    let unnumbered = without_numbers(text);
    let dotted = with_one_dot(&unnumbered);
    let mut shorter = None;
    // Of what is said beside a name there may be several layers; each leaves less.
    while let Some(found) = key_within(shorter.unwrap_or(&dotted)) {
        shorter = Some(found);
    }
    let key = shorter.unwrap_or(if dotted.contains('·') { &dotted } else { text });
    (key != text).then(|| key.to_owned())
}

/// The dots that join the parts of a name, which input methods write in many ways, as one.
fn with_one_dot(text: &str) -> Cow<'_, str> {
    const DOTS: [char; 10] = ['·', '•', '・', '‧', '∙', '⋅', '●', '․', '᛫', '.'];
    if !text.contains(DOTS) {
        return Cow::Borrowed(text);
    }
    let one = text.replace(DOTS, "·");
    if is_dotted(&one) { Cow::Owned(one) } else { Cow::Borrowed(text) }
}

fn key_within(text: &str) -> Option<&str> {
    // Another hand wrote it, or others are meant as well.
    if ["代签", "代填", "等"].iter().any(|other| text.contains(other)) {
        return None;
    }
    let parts = || text.split(|c: char| !is_word_letter(c) && c != '·').filter(|part| !part.is_empty());
    let is_named = parts().next().is_some_and(|first| is_name(first) && !are_names(first));
    let is_list = text.contains(['、', ',', '/', ';', '&', '+']);
    // `张三、李四主任` are two, and `张三、校长` may be.
    if is_list
        && !(parts().rev().skip(1).all(is_post_or_body)
            && parts().next_back().is_some_and(|last| !is_name_alone(last) && !begins_with_name(last)))
    {
        return None;
    }
    // Behind a name a post is no second one, whatever it begins with: `张三(班主任)`.
    let names = parts().enumerate().filter(|(at, part)| *at == 0 || !(is_named && is_post_or_body(part)));
    let names: Vec<&str> = names.filter_map(|(_, part)| name_in(part)).collect();
    let is_marked = text.contains(['(', '[', '【', '〔', '「', '《']) || !text.ends_with(is_word_letter);
    // `王芳三(2)班班主任`: of which name or class the number is cannot be told.
    let is_numbered = parts().any(|part| part.len() < 7 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let key = match *names.as_slice() {
        [name] if !is_numbered => name,
        // What somebody is besides makes him no other; of which part, class or work he is does: `副校长(教学)`.
        [] if is_marked && parts().skip(1).all(is_besides) => parts().next().filter(|first| is_somebody(first))?,
        [] => own_post(text)?,
        _ => return None,
    };
    (key.len() < text.len()).then_some(key)
}

fn is_post_or_body(part: &str) -> bool {
    POSTS.ends(part) || BODIES.ends(part)
}

/// What is said beside a post of the same man.
fn is_besides(part: &str) -> bool {
    ["兼", "代", "兼任", "兼职", "代理", "主持", "签字", "签名", "签章", "盖章", "章", "本人"].contains(&part)
}

/// The name in a part: `王建国` in `王建国副校长`, in `总务处王建国` and in `王建国同志`.
fn name_in(part: &str) -> Option<&str> {
    if part.len() > LONGEST {
        return None;
    }
    let part = bare(part);
    name_before(part)
        .or_else(|| name_behind(part))
        .or_else(|| titled_name(part))
        .or_else(|| is_name_alone(part).then_some(part))
}

/// `马超` of `德育主任马超老师`; of `东校区王老师` a surname is left, and what looks like one before it.
fn titled_name(part: &str) -> Option<&str> {
    let untitled = TITLES.iter().find_map(|title| part.strip_suffix(title))?;
    let name = name_behind(untitled)?;
    let ahead = untitled.get(..untitled.len() - name.len()).unwrap_or_default();
    let (last, _) = name.char_indices().next_back()?;
    let is_short = name.chars().nth(2).is_none() && name.ends_with(|last| SURNAMES.has(last));
    // `保安公司王师傅`
    let is_body = name.get(..last).is_some_and(|before| BODIES.ends(before));
    ((!is_short || POSTS.ends(ahead)) && !is_body).then_some(name)
}

fn splits(part: &str) -> impl Iterator<Item = (&str, &str)> {
    part.char_indices().skip(1).map(|(at, _)| part.split_at(at))
}

/// The name that posts stand behind.
fn name_before(part: &str) -> Option<&str> {
    let (name, _) = splits(part).find(|(one, other)| is_name_alone(one) && are_posts(other))?;
    (!may_end_before(name, part)).then_some(name)
}

/// The name that a post or a body stands before.
fn name_behind(part: &str) -> Option<&str> {
    // All that stands before a name: of `总务处买买提·艾力` not `总务` alone.
    let (ahead, name) = splits(part).filter(|(one, other)| is_ahead(one) && is_name_alone(other)).last()?;
    // Of `校长王芳副校长李强` the first is another.
    let has_name = |piece: &String| !names(piece).is_empty();
    let is_other =
        |piece: &String| if ahead.starts_with(piece.as_str()) { is_name_alone(piece) } else { has_name(piece) };
    (!name.starts_with(['和', '与', '及', '同']) && !without_posts(ahead).iter().any(is_other)).then_some(name)
}

/// A name without what is said of it: `王建国同志`, `王建国13800000000`.
fn bare(part: &str) -> &str {
    let numbered = part.trim_end_matches(|c: char| c.is_ascii_digit());
    let said = BESIDE.iter().find_map(|said| numbered.strip_suffix(said)).unwrap_or(numbered);
    if said.chars().nth(1).is_some() { said } else { part }
}

/// Whether the last character of a name may be the first of the post behind it: `张三三年级班主任`, `张三团支部书记`.
fn may_end_before(name: &str, part: &str) -> bool {
    let is_of_a_year = || {
        name.ends_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '初', '高'])
            && part.get(name.len()..).is_some_and(|post| post.starts_with(['年', '班']))
    };
    let begins_posts = || {
        name.ends_with([
            '团', '班', '值', '校', '食', '宿', '社', '车', '队', '炊', '总', '大', '副', '代', '水', '高', '保', '任',
            '转', '和', '与', '及', '兼',
        ])
    };
    let is_of_a_place = || {
        name.ends_with(['东', '西', '南', '北'])
            && part.get(name.len()..).is_some_and(|post| post.starts_with(['校', '门', '区', '院', '楼', '部']))
    };
    name.chars().nth(2).is_some() && (is_of_a_year() || is_of_a_place() || begins_posts())
}

/// What is said of somebody behind a name or a post.
const BESIDE: [&str; 7] = ["同志", "本人", "签字", "签名", "负责", "先生", "女士"];

/// A name and nothing beside it: not two names, and neither a post nor a body that begins as a name does.
pub(super) fn is_name_alone(name: &str) -> bool {
    name.chars().nth(1).is_some()
        && (is_name(name) && (!are_names(name) || is_of_sounds(name))
            || is_dotted(name) && name.split('·').all(is_of_sounds))
        && !POSTS.ends(name)
        && !OFFICES_LIKE_NAMES.has(name)
        && !is_called(name)
        && !name.ends_with(BODY_ENDS)
}

/// A post or an office and a surname, of which only a title follows: `门卫张`, `高一王` of `高一王老师`.
fn is_called(name: &str) -> bool {
    let Some((at, last)) = name.char_indices().nth(2) else { return false };
    let office = name.get(..at).unwrap_or_default();
    name.len() == at + last.len_utf8()
        && SURNAMES.has(last)
        && (OFFICES_LIKE_NAMES.has(office) || OFFICES.has(office) || POSTS.has(office))
}

/// A part of a name of another language, which no post is.
fn is_of_sounds(part: &str) -> bool {
    is_sound(&part.chars().collect::<Vec<_>>()) || part.chars().all(|c| c.is_ascii_alphabetic())
}

/// What stands before a name and says of what post or body somebody is.
fn is_ahead(text: &str) -> bool {
    is_post_or_body(text) || SOME.has(text)
}

/// One post or several, with nothing else but the office that it is of: `总务处主任`, `书记兼副校长`, `教务`. Whose parent,
/// guardian or assistant somebody is makes him another.
fn are_posts(text: &str) -> bool {
    if ["家长", "监护人", "秘书", "助理"].iter().any(|other| text.contains(other)) || ["班", "员", "办"].contains(&text)
    {
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
    !text.is_empty() && (within.is_empty() || POSTS.has(text) || is_post(rest) || second != rest && is_post(second))
}

/// Ends of bodies and beginnings of posts, that no given name ends in.
const BODY_ENDS: [char; 21] = [
    '部', '处', '室', '队', '委', '办', '站', '院', '厂', '司', '镇', '乡', '村', '股', '社', '店', '馆', '厅', '级',
    '等', '副',
];

/// A post of the school itself without the words for it, and a post without what is said of a man beside it: `本校校长`,
/// `电工师傅`, `保安员`.
fn own_post(text: &str) -> Option<&str> {
    let own = ["本校", "我校", "学校", "本园", "我园"].iter().find_map(|own| text.strip_prefix(own));
    let titles = ["同志", "老师", "师傅", "先生", "女士", "员"];
    let titled =
        || titles.iter().find_map(|title| text.strip_suffix(title)).filter(|post| are_posts(post) && POSTS.ends(post));
    own.filter(|post| is_post(post) || is_body(post)).or_else(titled)
}

/// `张三水电工`, but not `常务副校长`.
fn begins_with_name(text: &str) -> bool {
    let is_office = [&OFFICES, &OFFICES_LIKE_NAMES, &NAMES_AHEAD].iter().any(|list| list.begins(text));
    !is_office && text.char_indices().skip(2).any(|(at, _)| text.get(..at).is_some_and(is_name_alone))
}

#[cfg(test)]
mod tests;
