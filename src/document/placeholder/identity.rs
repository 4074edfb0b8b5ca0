//! Who somebody is: the name alone of what is said of a person, and whether two texts may say the same one. Which word is a
//! name is not always to be seen (`张三水电工`: Zhang San, or Zhang Sanshui?), so that two texts are one person, two, or it
//! cannot be told.

use std::borrow::Cow;

use super::names::{BODIES, NAMES_AHEAD, OFFICES, OFFICES_LIKE_NAMES, POSTS, SOME};
use super::persons::{
    LONGEST, are_names, is_body, is_dotted, is_foreign, is_name, is_post, is_somebody, is_sound, name_somebody,
};
use super::{is_common, is_word_letter};

/// The name alone of what is written with a post, or a post alone of what is written with a remark, for one person may be
/// written in several ways: `王建国(校长)`, `校长王建国`; `校长(兼)`, `校长。`.
pub(super) fn key(text: &str) -> Option<String> {
    let dotted = with_one_dot(text);
    let mut shorter = None;
    // Of what is said beside a name there may be several layers; each leaves less.
    while let Some(found) = key_within(shorter.unwrap_or(&dotted)) {
        shorter = Some(found);
    }
    let key = shorter.unwrap_or(&dotted);
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
            && parts().next_back().is_some_and(|last| !is_whole(last) && !begins_with_name(last)))
    {
        return None;
    }
    // Behind a name a post is no second one, whatever it begins with: `张三(班主任)`.
    let names = parts().enumerate().filter(|(at, part)| *at == 0 || !(is_named && is_post_or_body(part)));
    let names: Vec<&str> = names.filter_map(|(_, part)| name_in(part)).collect();
    let is_marked = text.contains(['(', '[', '【', '〔', '「', '《']) || !text.ends_with(is_word_letter);
    let held = || text.split_once('兼').filter(|(one, other)| is_post_or_body(one) && is_post_or_body(other));
    let key = match *names.as_slice() {
        [name] => name,
        [] if held().is_some() => held()?.0,
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
        || are_posts(part)
}

/// The name in a part: `王建国` in `王建国副校长`, in `总务处王建国` and in `王建国同志`.
fn name_in(part: &str) -> Option<&str> {
    if part.len() > LONGEST {
        return None;
    }
    let part = bare(part);
    let splits = || part.char_indices().skip(1).map(|(at, _)| part.split_at(at));
    let before = || splits().find(|(one, other)| is_whole(one) && are_posts(other)).map(|(one, _)| one);
    let before = || before().filter(|name| !may_end_before(name, part));
    // All that stands before a name: of `总务处买买提·艾力` not `总务` alone.
    let behind = || splits().filter(|(one, other)| is_ahead(one) && is_whole(other)).last().map(|(_, other)| other);
    let behind = || behind().filter(|name| !name.starts_with(['和', '与', '及', '同']));
    before().or_else(behind).or_else(|| is_whole(part).then_some(part))
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
            '团', '班', '值', '校', '食', '宿', '社', '车', '队', '炊', '总', '大', '副', '代', '水', '高', '保',
        ])
    };
    name.chars().nth(2).is_some() && (is_of_a_year() || begins_posts())
}

/// What is said of somebody behind a name or a post.
const BESIDE: [&str; 7] = ["同志", "本人", "签字", "签名", "负责", "先生", "女士"];

/// A name and nothing beside it: not two names, and neither a post nor a body that begins as a name does.
fn is_whole(name: &str) -> bool {
    name.chars().nth(1).is_some()
        && (is_name(name) && (!are_names(name) || is_of_sounds(name))
            || is_dotted(name) && name.split('·').all(is_of_sounds))
        && !POSTS.ends(name)
        && !OFFICES_LIKE_NAMES.has(name)
        && !name.ends_with(BODY_ENDS)
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
    if ["家长", "监护人", "秘书", "助理"].iter().any(|other| text.contains(other)) || text == "班" {
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
const BODY_ENDS: [char; 20] = [
    '部', '处', '室', '队', '委', '办', '站', '院', '厂', '司', '镇', '乡', '村', '股', '社', '店', '馆', '厅', '级',
    '等',
];

/// A post of the school itself without the words for it: `本校校长`.
fn own_post(text: &str) -> Option<&str> {
    ["本校", "我校", "学校", "本园", "我园"].iter().find_map(|own| text.strip_prefix(own)).filter(|post| is_post(post))
}

/// Whether two persons, who are not alike as they are compared ([`key`]), may be one nevertheless: one of the texts says
/// more than a name, a post or a body, and has the other in it, or a name that the other has as well.
///
/// ```
/// use bulou_document::placeholder::may_be_one;
/// assert!(may_be_one("张三水电工", "张三"));
/// assert!(may_be_one("张三、李四", "李四"));
/// assert!(!may_be_one("张三水电工", "李四"));
/// assert!(!may_be_one("副校长", "校长"));
/// ```
#[must_use]
pub fn may_be_one(one: &str, other: &str) -> bool {
    if is_clear(one) && is_clear(other) {
        return false;
    }
    let (letters, others) = (letters(one), letters(other));
    let (short, long) = if letters.len() <= others.len() { (&letters, &others) } else { (&others, &letters) };
    let is_within = short.chars().nth(1).is_some() && long.contains(short.as_str());
    let others = names(other);
    is_within || names(one).iter().any(|name| others.contains(name))
}

/// Whether a text says who somebody is as persons are compared: a name alone, or a post or body. Rules write them so.
///
/// ```
/// use bulou_document::placeholder::is_person;
/// assert!(is_person("张三") && is_person("校长"));
/// assert!(!is_person("张三主任") && !is_person("张三、李四") && !is_person("没人管"));
/// ```
#[must_use]
pub fn is_person(normal: &str) -> bool {
    key(normal).is_none() && is_clear(normal) && name_somebody(normal)
}

/// Whether a text is a name, a post or a body and nothing else, so that nobody who is said otherwise is meant.
fn is_clear(text: &str) -> bool {
    let is_latin = || text.chars().all(|c| c.is_ascii_alphabetic() || c == ' ') && is_foreign(text);
    let is_of_one = || (is_post(text) || is_body(text)) && text.chars().all(is_common) && !begins_with_name(text);
    is_whole(text) || is_of_one() || is_latin()
}

/// `张三水电工`, but not `常务副校长`.
fn begins_with_name(text: &str) -> bool {
    let is_office = [&OFFICES, &OFFICES_LIKE_NAMES, &NAMES_AHEAD].iter().any(|list| list.begins(text));
    !is_office && text.char_indices().skip(2).any(|(at, _)| text.get(..at).is_some_and(is_whole))
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| is_word_letter(*c)).flat_map(char::to_lowercase).collect()
}

/// What may be a name in a text: what begins or ends a part of it, with or without the posts behind.
fn names(text: &str) -> Vec<&str> {
    let parts = text.split(|c: char| !is_word_letter(c) && c != '·').filter(|part| part.len() <= LONGEST);
    let mut names = Vec::new();
    for part in parts {
        if part.contains('·') && is_whole(part) {
            names.push(part);
            continue;
        }
        for (at, _) in part.char_indices().skip(1).chain([(part.len(), ' ')]) {
            let (head, tail) = part.split_at(at);
            if is_whole(head) {
                names.push(head);
            }
            if tail.is_empty() || are_posts(tail) {
                names.extend(head.char_indices().filter_map(|(at, _)| head.get(at..)).filter(|end| is_whole(end)));
            }
        }
    }
    names
}

#[cfg(test)]
mod tests;
