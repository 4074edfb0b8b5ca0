//! Whether two texts may say one person. Which word of a text is a name is not always to be seen (`王芳党员`: Wang Fang, who
//! is a member, or Wang Fangdang?), so that two texts are one person, two, or it cannot be told.

use std::iter::once;

use super::identity::{is_name_alone, key};
use super::names::POSTS;
use super::persons::{LONGEST, is_body, is_foreign, is_place, is_post, name_somebody};
use super::pieces::{
    count_posts, has_two, is_within, letters, names, parts, surnames, without, without_own, without_posts,
};
use super::post::{Post, TITLES, without_numbers};
use super::{is_common, normal};

/// What of a text tells one person from another.
#[derive(Debug)]
pub struct Who {
    kind: Kind,
    /// Letters and digits of what is compared, whatever stands between them.
    letters: String,
    /// The same of all that is written.
    written: String,
    /// Whatever may be a name; of a name alone that and no other.
    names: Vec<String>,
    /// Surnames by which somebody is called: `王` of `王主任`.
    called: Vec<String>,
    /// What it may say of the post: besides the name, or besides what may be one.
    posts: Vec<Post>,
    /// It is surely known whom it names: a name, or several.
    is_named: bool,
    /// What is left without the words for posts and offices, and no part of a school is called so.
    pieces: Vec<String>,
    /// Another hand wrote it: whoever it names, it may be anybody.
    is_anybody: bool,
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
        let mut who = Self {
            kind,
            letters: letters(text),
            written: letters(&written),
            names: Vec::new(),
            called: Vec::new(),
            posts: Vec::new(),
            is_named: kind == Kind::Name || are_plain_names(text),
            pieces: Vec::new(),
            is_anybody: ["代签", "代填"].iter().any(|other| written.contains(other)),
        };
        if kind == Kind::Name {
            who.names.push(text.to_owned());
            let beside = written.replace(text, " ");
            who.posts.push(Post::beside_name(&beside));
            // Beside posts alone it is surely the name.
            if parts(&beside).any(|part| !without_posts(without_own(part)).is_empty()) && written.len() <= LONGEST {
                who.look_into(&written);
            }
        } else if text.len() <= LONGEST {
            who.look_into(text);
            let besides = who.names.iter().filter(|name| !is_place(name)).map(|name| text.replacen(&**name, "", 1));
            let besides = besides.filter(|rest| POSTS.stands_in(rest)).map(|rest| Post::of(&rest));
            let called = who.called.iter().map(|surname| Post::called(text, surname));
            who.posts = once(Post::of(text)).chain(besides).chain(called).collect();
        } else {
            who.posts.push(Post::of(text));
        }
        who
    }

    /// What may be names in a text, and what else is left without posts.
    fn look_into(&mut self, text: &str) {
        let text = &without_numbers(text);
        // `张杨雨涵派出所民警` may be one's name and his post, or who is of a body that is called so.
        let [pieces, others] = [true, false].map(|body_names| without(text, body_names));
        self.names.extend(pieces.iter().chain(&others).flat_map(|piece| names(piece)));
        let tells = |piece: &String| !is_place(piece) && has_two(piece);
        self.pieces = pieces.into_iter().filter(tells).collect();
        self.called = surnames(text);
    }

    /// Whether it says a name alone, or a post or body, so that few others can be meant.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.kind != Kind::More && self.letters == self.written
    }

    /// Whether it says a name and nothing else.
    #[must_use]
    pub fn is_name(&self) -> bool {
        self.kind == Kind::Name && self.is_plain()
    }

    /// The letters alone: whoever has the same may be the same, whatever stands between them.
    #[must_use]
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// Whether it may be the same person as another who is not compared alike. Two of other names are two, and so are those
    /// of other posts; of a name and a post that says nothing of the other it cannot be told.
    ///
    /// ```
    /// use bulou_document::placeholder::Who;
    /// let may_be = |one, other| Who::of(one).may_be(&Who::of(other));
    /// assert!(may_be("张三食品配送员", "张三") && may_be("张三、李四", "李四") && may_be("岩温(保安)", "保安岩温"));
    /// assert!(may_be("张三", "电工") && may_be("副校长", "安全副校长"));
    /// assert!(!may_be("张三食品配送员", "李四食品配送员") && !may_be("副校长", "校长") && !may_be("张三", "李四"));
    /// ```
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        if self.letters == other.letters || self.is_anybody || other.is_anybody {
            return true;
        }
        if self.is_name() && other.is_name() {
            return false;
        }
        self.names.iter().any(|name| other.names.contains(name))
            || self.has_letters_of(other)
            || other.has_letters_of(self)
            || self.may_be_called(other)
            || other.may_be_called(self)
            || self.shares_pieces(other)
            || !(self.is_named && other.is_named) && self.shares_post(other)
    }

    /// Whether all that another is compared by stands in what it says beside a name: `张三水电工` of `学校张三水电工`.
    fn has_letters_of(&self, other: &Self) -> bool {
        other.kind != Kind::Post && !self.is_plain() && has_two(&other.letters) && self.written.contains(&other.letters)
    }

    /// Whether another calls somebody by his surname that it may name: `王老师` and `王芳`, `图书室王老师`.
    fn may_be_called(&self, other: &Self) -> bool {
        let is_named = |surname: &String| {
            self.called.contains(surname) || self.names.iter().any(|name| name.starts_with(surname.as_str()))
        };
        other.called.iter().any(is_named)
    }

    /// Whether the posts of both may be one. Where both may name somebody he is part of what is compared.
    fn shares_post(&self, other: &Self) -> bool {
        let names_nobody = |who: &Self| who.names.iter().all(|name| is_place(name));
        let all = names_nobody(self) || names_nobody(other);
        let count = if all { usize::MAX } else { 1 };
        self.posts.iter().take(count).any(|post| other.posts.iter().take(count).any(|other| post.may_be(other)))
    }

    /// Whether the same is left of both without posts: where one of them has no name that is known as one.
    fn shares_pieces(&self, other: &Self) -> bool {
        let is_unnamed = self.names.is_empty() || other.names.is_empty();
        is_unnamed && self.pieces.iter().any(|piece| other.pieces.iter().any(|other| is_within(piece, other)))
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

/// `张三、总务主任李四`.
fn are_plain_names(text: &str) -> bool {
    let several = || text.split(['、', ',', ';', '/']);
    text.len() <= LONGEST
        && several().nth(1).is_some()
        && several().all(|one| is_plain_name(&key(one).unwrap_or_else(|| one.to_owned())))
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
