//! A text that says who somebody is, taken apart: what may be names in it, surnames, and what is left without posts.

use super::identity::is_name_alone;
use super::is_word_letter;
use super::list::List;
use super::names::{BODIES, DOUBLE, OFFICES, POSTS, SURNAMES};
use super::persons::{is_place, is_post};
use super::sure::DOORS;

pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| is_word_letter(*c)).flat_map(char::to_lowercase).collect()
}

/// The parts of a text between marks.
pub(super) fn parts(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !is_word_letter(c)).filter(|part| !part.is_empty())
}

/// Surnames that a post follows directly, with nothing before them but posts, bodies and places: `王` of `图书室王老师`, and
/// not `任` of `新任校长`.
pub(super) fn surnames(text: &str) -> Vec<String> {
    let (mut at, mut before, mut found): (_, Option<(usize, &str)>, _) = (0, None, Vec::new());
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let post = longest(POSTS.heads(rest));
        let word = longest(post.into_iter().chain(OFFICES.heads(rest)));
        let surname = before.filter(|_| post.is_some()).filter(|(from, one)| is_surname(text, *from, one));
        found.extend(surname.map(|(_, one)| one.to_owned()));
        let one = longest(DOUBLE.heads(rest)).or(rest.get(..first.len_utf8())).unwrap_or_default();
        // `李副校长`.
        before = match word {
            Some(_) => None,
            None if first == '副' => before,
            None => Some((at, one)),
        };
        at += word.unwrap_or(one).len();
    }
    found
}

/// Whether one or two characters at a place of a text are a surname there; `前门门卫` and `初一班主任` have none.
fn is_surname(text: &str, at: usize, one: &str) -> bool {
    let ahead = text.get(..at).unwrap_or_default();
    let is_apart = || {
        !ahead.ends_with(is_word_letter)
            || ahead.ends_with('的')
            || is_place(ahead)
            || [&POSTS, &OFFICES, &BODIES].iter().any(|words| words.ends(ahead))
    };
    let is_door = DOORS.contains(&one) || "东西南北前后".contains(one);
    let is_one = DOUBLE.has(one) || one.chars().all(|letter| SURNAMES.has(letter) && !JOINING.contains(&letter));
    is_one && !is_door && !is_place(one) && is_apart()
}

/// What joins several.
pub(super) const JOINING: [char; 6] = ['兼', '和', '与', '及', '或', '同'];

/// A post without the words for the school that it is of.
pub(super) fn without_own(post: &str) -> &str {
    ["学校", "本校", "我校", "校"]
        .iter()
        .find_map(|own| post.strip_prefix(own))
        .filter(|rest| is_post(rest))
        .unwrap_or(post)
}

/// The longest of the words that a text begins with; one character is none.
fn longest(words: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    words.filter(|word| has_two(word)).max_by_key(|word| word.len())
}

pub(super) fn has_two(text: &str) -> bool {
    text.chars().nth(1).is_some()
}

/// How many words for posts stand in a text.
pub(super) fn count_posts(text: &str) -> usize {
    let (mut rest, mut count) = (text, 0);
    while let Some(first) = rest.chars().next() {
        let word = longest(POSTS.heads(rest));
        count += usize::from(word.is_some());
        rest = rest.get(word.map_or(first.len_utf8(), str::len)..).unwrap_or_default();
    }
    count
}

/// What stands between the words for posts, offices and what is said beside a name, and between marks; the names of bodies
/// are none of it: `张三` of `南街小学张三校长`.
pub(super) fn without_posts(text: &str) -> Vec<String> {
    without(text, true)
}

pub(super) fn without(text: &str, body_names: bool) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let post = longest(POSTS.heads(rest).chain(OFFICES.heads(rest)).chain(BESIDE.heads(rest)));
        let body = if post.is_none() { longest(BODIES.heads(rest)) } else { None };
        let is_letter = post.or(body).is_none() && (is_word_letter(first) || first == '·');
        match pieces.last_mut() {
            Some(piece) if is_letter => piece.push(first),
            Some(piece) if body.is_some() && body_names => piece.clear(),
            _ => pieces.push(String::new()),
        }
        rest = rest.get(post.or(body).map_or(first.len_utf8(), str::len)..).unwrap_or_default();
        // `德育处` is 德育's.
        if post.is_some_and(|word| OFFICES.has(word)) {
            rest = rest.strip_prefix(['处', '科', '室', '办', '部', '组']).unwrap_or(rest);
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// What is said of somebody, whoever he is.
static BESIDE: List = List::new("同志 本人 签字 签名 负责 先生 女士 党员");

/// All that may be a name in a piece of a text.
pub(super) fn names(piece: &str) -> Vec<String> {
    if piece.contains('·') && is_name_alone(piece) {
        return vec![piece.to_owned()];
    }
    let starts = piece.char_indices().map(|(at, _)| piece.get(at..).unwrap_or_default());
    let of = |start: &str| {
        let ends = start.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1).take(7);
        ends.filter_map(|end| start.get(..end))
            .filter(|name| is_name_alone(name))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    starts.flat_map(of).collect()
}
