//! Whether two texts may say one person. Which word of a text is a name is not always to be seen (`王芳党员`: Wang Fang, who
//! is a member, or Wang Fangdang?), so that two texts are one person, two, or it cannot be told.

use std::collections::HashSet;

use super::identity::{is_name_alone, key};
use super::list::List;
use super::names::{BODIES, OFFICES, POSTS, SURNAMES};
use super::persons::{LONGEST, is_body, is_foreign, is_place, is_post, name_somebody};
use super::{is_common, is_word_letter, normal};

/// What of a text tells one person from another.
#[derive(Debug)]
pub struct Who {
    kind: Kind,
    /// Letters and digits of what is compared, whatever stands between them.
    letters: String,
    /// The same of all that is written, and sorted.
    written: String,
    sorted: Vec<char>,
    /// Whatever may be a name.
    names: Vec<String>,
    /// The posts, where there are several and nothing else.
    posts: Vec<String>,
    /// What is left without the words for posts and offices, and no part of a school is called so.
    pieces: Vec<String>,
    /// What stands beside a name alone.
    beside: Vec<String>,
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
    /// Of a text in its normal form, that nothing else was written for.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::written(text, text)
    }

    /// Of a text as persons are compared, see [`super::Placeholders::person`], and of what was written.
    #[must_use]
    pub fn written(text: &str, written: &str) -> Self {
        let written = normal(written);
        let kind = match () {
            () if is_plain_name(text) => Kind::Name,
            () if text.len() <= LONGEST && is_plain_post(text) => Kind::Post,
            () => Kind::More,
        };
        let (letters, all) = (letters(text), letters(&written));
        let mut sorted: Vec<char> = all.chars().collect();
        sorted.sort_unstable();
        let mut who = Self {
            kind,
            letters,
            written: all,
            sorted,
            names: Vec::new(),
            posts: Vec::new(),
            pieces: Vec::new(),
            beside: Vec::new(),
        };
        match kind {
            Kind::Name => {
                who.names.push(text.to_owned());
                let beside = written.replace(text, " ");
                let beside = parts(&beside).flat_map(|part| part.split(JOINING));
                who.beside = beside.map(|part| without_own(part).to_owned()).filter(|part| !part.is_empty()).collect();
                // Beside posts alone it is surely the name.
                if who.beside.iter().any(|beside| !without_posts(beside).is_empty()) && written.len() <= LONGEST {
                    who.look_into(&written);
                }
            }
            Kind::Post | Kind::More if text.len() <= LONGEST => who.look_into(text),
            Kind::Post | Kind::More => {}
        }
        who
    }

    /// What may be names in a text, and what else is left without posts.
    fn look_into(&mut self, text: &str) {
        let pieces = without_posts(text);
        self.names.extend(pieces.iter().flat_map(|piece| names(piece)));
        // Of several posts each: `书记兼校长`, `书记(校长)`.
        let posts = || parts(text).flat_map(|part| part.split(JOINING)).filter(|part| !part.is_empty());
        if posts().nth(1).is_some() && posts().all(|part| POSTS.ends(part)) {
            self.posts = posts().map(str::to_owned).collect();
        }
        let tells = |piece: &String| !is_place(piece) && has_two(piece);
        self.pieces = pieces.into_iter().filter(tells).collect();
        self.pieces.extend(surnames(text));
    }

    /// Whether it says a name alone, or a post or body, so that few others can be meant.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.kind != Kind::More && self.letters == self.written
    }

    /// Whether it says a name and nothing else.
    fn is_name(&self) -> bool {
        self.kind == Kind::Name && self.is_plain()
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
    /// assert!(may_be("张三食品配送员", "张三") && may_be("张三、李四", "李四") && may_be("岩温(保安)", "保安岩温"));
    /// assert!(!may_be("张三食品配送员", "李四") && !may_be("副校长", "校长"));
    /// ```
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        if self.letters == other.letters {
            return true;
        }
        if self.is_name() && other.is_name() {
            return false;
        }
        let share = |these: &[String], those: &[String]| these.iter().any(|this| those.contains(this));
        self.sorted == other.sorted
            || self.stands_in(other)
            || other.stands_in(self)
            || share(&self.names, &other.names)
            || share(&self.posts, &other.posts)
            || share(&self.beside, &other.posts)
            || share(&self.posts, &other.beside)
            || self.shares_pieces(other)
    }

    /// Whether the same is left of both without posts: where one of them has no name that is known as one.
    fn shares_pieces(&self, other: &Self) -> bool {
        let is_unnamed = self.names.is_empty() || other.names.is_empty();
        is_unnamed && self.pieces.iter().any(|piece| other.pieces.iter().any(|other| is_within(piece, other)))
    }

    /// Whether all that it is compared by stands in what the other says besides a name: a post may be a short form,
    /// `副校长` of `分管安全副校长李强`, `总务处` of `总务处主任`.
    fn stands_in(&self, other: &Self) -> bool {
        let is_in = || has_two(&self.letters) && self.is_called_in(&other.written);
        match self.kind {
            // A name alone says no post.
            Kind::Post | Kind::More if other.is_name() => false,
            Kind::Name | Kind::More if other.is_plain() => self.is_worded_in(other),
            Kind::Name | Kind::Post | Kind::More => is_in() || self.is_worded_in(other),
        }
    }

    /// Whether a text has the letters where no other post or number begins before them: not `校长` of `副校长`, nor
    /// `1号楼管理员` of `11号楼管理员`.
    fn is_called_in(&self, written: &str) -> bool {
        let is_digit = |c: char| c.is_ascii_digit();
        let is_cut = |before: &str| {
            self.kind != Kind::Name && before.ends_with('副')
                || self.letters.starts_with(is_digit) && before.ends_with(is_digit)
        };
        written.match_indices(&self.letters).any(|(at, _)| !written.get(..at).is_some_and(is_cut))
    }

    /// Whether the words of a post are all among the other's, in whatever order: `体育老师` in `体育王老师`, `副校长(教学)` in
    /// `分管教学副校长`. Of fewer than four characters that says nothing, and one of another number or a deputy is another.
    fn is_worded_in(&self, other: &Self) -> bool {
        let deputies = |who: &Self| who.written.matches('副').count();
        let mut others = other.sorted.iter();
        let mut sorted = self.sorted.iter();
        self.names.is_empty()
            && self.sorted.len() >= 4
            && self.sorted.len() <= other.sorted.len()
            && sorted.all(|mine| others.any(|theirs| theirs == mine))
            && deputies(self) == deputies(other)
            && numbers(&self.written).eq(numbers(&other.written))
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| is_word_letter(*c)).flat_map(char::to_lowercase).collect()
}

/// The parts of a text between marks.
fn parts(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !is_word_letter(c)).filter(|part| !part.is_empty())
}

/// Of more persons than these who say other than a name it is not asked whom they may be: each may be anybody.
const FEW: usize = 1000;

/// Persons among whom another is looked for.
#[derive(Debug, Default)]
pub struct People {
    /// The letters of all.
    letters: HashSet<String>,
    /// Those who say a name alone, whom others may have in them.
    names: Vec<Who>,
    /// The others.
    more: Vec<Who>,
}

impl People {
    /// Adds one.
    pub fn add(&mut self, who: Who) {
        if self.letters.insert(who.letters().to_owned()) {
            let these = if who.is_name() { &mut self.names } else { &mut self.more };
            these.push(who);
        }
    }

    /// Whether one may be among them who is not compared alike with any.
    #[must_use]
    pub fn may_have(&self, who: &Who) -> bool {
        let in_names = || !who.is_plain() && self.names.iter().any(|other| other.may_be(who));
        self.more.len() > FEW
            || self.letters.contains(who.letters())
            || self.more.iter().any(|other| other.may_be(who))
            || in_names()
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

/// What joins several.
const JOINING: [char; 6] = ['兼', '和', '与', '及', '或', '同'];

/// One post or body, which is nobody's: not `王老师`, `校长书记`, `门卫和电工`.
fn is_plain_post(text: &str) -> bool {
    // What a body is called may be somebody's name and the body: `张三派出所民警`.
    let pieces = || without(text, false);
    let is_called = || TITLES.iter().any(|title| text.ends_with(title)) && !pieces().is_empty();
    let says_who =
        || is_called() || !surnames(text).is_empty() || pieces().iter().any(|piece| !names(piece).is_empty());
    (is_post(text) || is_body(text))
        && text.chars().all(is_common)
        && !text.contains(JOINING)
        && count_posts(text) < 2
        && !says_who()
}

/// By which people call somebody, with his name before them: `岩温师傅`.
const TITLES: [&str; 10] = ["老师", "师傅", "阿姨", "大爷", "大姐", "大哥", "叔叔", "医生", "警官", "教练"];

/// Surnames that a post follows directly: `王` of `图书室王老师`.
fn surnames(text: &str) -> Vec<String> {
    let (mut rest, mut before, mut found) = (text, None, Vec::new());
    while let Some(first) = rest.chars().next() {
        let word = longest(POSTS.heads(rest).chain(OFFICES.heads(rest)));
        // `前门门卫`, `初一班主任`.
        let is_one = |c: &char| SURNAMES.has(*c) && !is_place(c.to_string().as_str());
        found.extend(before.filter(|_| word.is_some()).filter(is_one).map(String::from));
        // `李副校长`.
        before = match word {
            Some(_) => None,
            None if first == '副' => before,
            None => Some(first),
        };
        rest = rest.get(word.map_or(first.len_utf8(), str::len)..).unwrap_or_default();
    }
    found
}

/// A post without the words for the school that it is of.
fn without_own(post: &str) -> &str {
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

fn has_two(text: &str) -> bool {
    text.chars().nth(1).is_some()
}

/// Whether one of two pieces stands in the other.
fn is_within(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short == long || has_two(short) && long.contains(short) && numbers(short).eq(numbers(long))
}

/// The digits of a text: one of another class, house or gate is another.
fn numbers(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_digit)
}

/// How many words for posts stand in a text.
fn count_posts(text: &str) -> usize {
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

fn without(text: &str, body_names: bool) -> Vec<String> {
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
