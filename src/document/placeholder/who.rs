//! Whether two texts may say one person. Which word of a text is a name is not always to be seen (`王芳党员`: Wang Fang, who
//! is a member, or Wang Fangdang?), so that two texts are one person, two, or it cannot be told.

use std::collections::HashSet;

use super::identity::{is_name_alone, key};
use super::list::List;
use super::names::{BODIES, OFFICES, POSTS};
use super::persons::{LONGEST, is_body, is_foreign, is_post, name_somebody};
use super::{is_common, is_word_letter};

/// What of a text tells one person from another.
#[derive(Debug)]
pub struct Who {
    kind: Kind,
    /// Letters and digits, whatever stands between them.
    letters: String,
    /// Whatever may be a name in it.
    names: Vec<String>,
    /// What is left without the words for posts and offices.
    rest: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A name alone.
    Name,
    /// A post or a body alone.
    Post,
    /// Anything more.
    More,
}

impl Who {
    /// Of a text as persons are compared, see [`super::Placeholders::person`].
    #[must_use]
    pub fn of(text: &str) -> Self {
        let letters = text.chars().filter(|c| is_word_letter(*c)).flat_map(char::to_lowercase).collect();
        if is_plain_name(text) {
            return Self { kind: Kind::Name, letters, names: vec![text.to_owned()], rest: String::new() };
        }
        if text.len() > LONGEST {
            return Self { kind: Kind::More, letters, names: Vec::new(), rest: String::new() };
        }
        // What a body is called may be somebody's name and the body: `张三派出所民警`.
        let has_name = without(text, false).iter().any(|piece| !names(piece).is_empty());
        let kind = if !has_name && is_plain_post(text) { Kind::Post } else { Kind::More };
        let pieces = without_posts(text);
        let names = pieces.iter().flat_map(|piece| names(piece));
        // Of several posts each: `书记兼校长`, `书记(校长)`.
        let parts = text.split(|c: char| !is_word_letter(c) || c == '兼').filter(|part| !part.is_empty());
        let parts: Vec<String> = parts.map(str::to_owned).collect();
        let are_posts = parts.len() > 1 && parts.iter().all(|part| POSTS.ends(part));
        let posts = if are_posts { parts } else { Vec::new() };
        let names = names.chain(posts).collect();
        Self { kind, letters, names, rest: pieces.concat() }
    }

    /// Whether it says a name alone, or a post or body, so that few others can be meant.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.kind != Kind::More
    }

    /// The letters alone: whoever has the same may be the same, whatever stands between them.
    #[must_use]
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// Whether it may be the same person as another who is not compared alike: one says more than a name or a post, and has
    /// the other in it, a name that the other has as well, or nothing but the same beside posts.
    ///
    /// ```
    /// use bulou_document::placeholder::Who;
    /// let may_be = |one, other| Who::of(one).may_be(&Who::of(other));
    /// assert!(may_be("张三水电工", "张三") && may_be("张三、李四", "李四") && may_be("岩温(保安)", "保安岩温"));
    /// assert!(!may_be("张三水电工", "李四") && !may_be("副校长", "校长"));
    /// ```
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        if self.letters == other.letters {
            return true;
        }
        if self.is_plain() && other.is_plain() {
            return false;
        }
        let is_longer = self.letters.len() > other.letters.len();
        let (short, long) = if is_longer { (&other.letters, &self.letters) } else { (&self.letters, &other.letters) };
        let has_two = |text: &str| text.chars().nth(1).is_some();
        has_two(short) && long.contains(short.as_str())
            || self.names.iter().any(|name| other.names.contains(name))
            || has_two(&self.rest) && self.rest == other.rest
    }
}

/// Of more persons than these who say more than a name it is not asked whom they may be: each may be anybody.
const FEW: usize = 200;

/// Persons among whom another is looked for.
#[derive(Debug, Default)]
pub struct People {
    /// The letters of all.
    letters: HashSet<String>,
    /// Those who say a name or a post alone, whom others may have in them.
    plain: Vec<Who>,
    /// The others.
    more: Vec<Who>,
}

impl People {
    /// Adds one.
    pub fn add(&mut self, who: Who) {
        if self.letters.insert(who.letters().to_owned()) {
            let these = if who.is_plain() { &mut self.plain } else { &mut self.more };
            these.push(who);
        }
    }

    /// Whether one may be among them who is not compared alike with any.
    #[must_use]
    pub fn may_have(&self, who: &Who) -> bool {
        let in_plain = || !who.is_plain() && self.plain.iter().any(|other| other.may_be(who));
        self.more.len() > FEW
            || self.letters.contains(who.letters())
            || self.more.iter().any(|other| other.may_be(who))
            || in_plain()
    }
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
    let is_plain = || is_name_alone(normal) || Who::of(normal).is_plain();
    key(normal).is_none() && name_somebody(normal) && is_plain()
}

fn is_plain_name(text: &str) -> bool {
    let is_latin = || text.chars().all(|c| c.is_ascii_alphabetic() || c == ' ') && is_foreign(text);
    // Of the third character it cannot be told whether it is still the name's: `王芳女`, `王芳任副校长`.
    let is_open = text.chars().nth(2).is_some()
        && text.ends_with(['女', '男', '任', '转', '代', '签', '兼', '党', '负', '管', '办']);
    is_name_alone(text) && !is_open || is_latin()
}

fn is_plain_post(text: &str) -> bool {
    (is_post(text) || is_body(text)) && text.chars().all(is_common) && !text.contains('兼')
}

/// What stands between the words for posts, offices and what is said beside a name, and between marks; the names of bodies
/// are none of it: `张三` of `南街小学张三校长`.
pub(super) fn without_posts(text: &str) -> Vec<String> {
    without(text, true)
}

fn without(text: &str, body_names: bool) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let longest = |words: &mut dyn Iterator<Item = &'static str>| {
            words.filter(|word| word.chars().nth(1).is_some()).max_by_key(|word| word.len())
        };
        let post = longest(&mut POSTS.heads(rest).chain(OFFICES.heads(rest)).chain(BESIDE.heads(rest)));
        let body = if post.is_none() { longest(&mut BODIES.heads(rest)) } else { None };
        let is_letter = post.or(body).is_none() && (is_word_letter(first) || first == '·');
        match pieces.last_mut() {
            Some(piece) if is_letter => piece.push(first),
            Some(piece) if body.is_some() && body_names => piece.clear(),
            _ => pieces.push(String::new()),
        }
        rest = rest.get(post.or(body).map_or(first.len_utf8(), str::len)..).unwrap_or_default();
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
