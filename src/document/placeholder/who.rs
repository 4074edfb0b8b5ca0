//! Whether two texts may say one person. Which word of a text is a name is not always to be seen (`王芳党员`: Wang Fang, who
//! is a member, or Wang Fangdang?), so that two texts are one person, two, or it cannot be told.

use std::borrow::Cow;
use std::rc::Rc;

use super::identity::{is_name_alone, key};
use super::list::List;
use super::persons::{LONGEST, is_body, is_foreign, is_post, name_somebody};
use super::pieces::{
    JOINING, count_posts, has_two, letters, names, parts, surnames, without, without_own, without_posts,
};
use super::post::{Post, TITLES, without_numbers};
use super::sure::is_sure_name;
use super::{is_common, normal};
use crate::memo::Memo;

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
    /// It is surely known whom it names: a name, or several.
    is_named: bool,
    /// Surnames by which somebody is called: `王` of `王主任`.
    called: Vec<String>,
    /// What it says of the post, besides a name.
    post: Post,
    /// Whoever it names, it may be anybody: another hand wrote it, or it says that it is the same.
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

    /// The same as [`Who::written`], which is not worked out again for a text that was asked about before.
    #[must_use]
    pub fn known(text: &str, written: &str) -> Rc<Self> {
        thread_local! {
            static KNOWN: Memo<Who> = Memo::default();
        }
        let both = if text == written { Cow::Borrowed(text) } else { Cow::Owned(format!("{text}\0{written}")) };
        KNOWN.with(|known| known.of(&both, || Self::written(text, written)))
    }

    /// Of a text as persons are compared, see [`super::Placeholders::person`], and of what was written.
    #[must_use]
    pub fn written(text: &str, written: &str) -> Self {
        let written = normal(written);
        let kind = match () {
            () if is_plain_name(text) && is_sure_name(text, &written) => Kind::Name,
            () if text.len() <= LONGEST && is_plain_post(text) => Kind::Post,
            () => Kind::More,
        };
        let mut who = Self {
            kind,
            letters: letters(text),
            written: letters(&written),
            names: Vec::new(),
            is_named: kind == Kind::Name || are_plain_names(text),
            called: Vec::new(),
            post: Post::default(),
            is_anybody: SAME_AS.stands_in(&written),
        };
        if kind == Kind::Name {
            who.names.push(text.to_owned());
            let beside = written.replace(text, " ");
            who.post = Post::new(&beside);
            // Beside posts alone it is surely the name.
            if parts(&beside).any(|part| !without_posts(without_own(part)).is_empty()) && written.len() <= LONGEST {
                who.look_into(&written);
            }
        } else if text.len() <= LONGEST {
            who.look_into(text);
            who.called = surnames(&without_numbers(text));
            if who.called.is_empty() {
                who.post = Post::new(text);
            }
        }
        who
    }

    /// What may be names in a text.
    fn look_into(&mut self, text: &str) {
        let text = &without_numbers(text);
        // `张杨雨涵派出所民警` may be one's name and his post, or who is of a body that is called so.
        let pieces = [true, false].map(|body_names| without(text, body_names));
        self.names.extend(pieces.iter().flatten().flat_map(|piece| names(piece)));
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

    /// Whether it may be the same person as another who is not compared alike. Two are known to be two where both say a
    /// name or a surname and these differ, or both say a post that is known and neither is short for the other. Of all else
    /// it cannot be told: lists of what may stand beside a name or a post never end.
    ///
    /// ```
    /// use bulou_document::placeholder::Who;
    /// let may_be = |one, other| Who::of(one).may_be(&Who::of(other));
    /// assert!(may_be("张三食品配送员", "张三") && may_be("张三、李四", "李四") && may_be("岩温(保安)", "保安岩温"));
    /// assert!(may_be("张三", "电工") && may_be("副校长", "安全副校长"));
    /// assert!(!may_be("张三", "李四") && !may_be("王老师", "李芳") && !may_be("副校长", "校长"));
    /// ```
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        if self.letters == other.letters || self.is_anybody || other.is_anybody {
            return true;
        }
        let is_name = || self.is_name() && other.is_name();
        !is_name() && !self.is_another(other)
    }

    fn is_another(&self, other: &Self) -> bool {
        let share_name = self.names.iter().any(|name| other.names.contains(name));
        if share_name || self.has_letters_of(other) || other.has_letters_of(self) {
            return false;
        }
        if self.says_surname() && other.says_surname() {
            return self.is_named && other.is_named || !self.may_be_called(other) && !other.may_be_called(self);
        }
        self.post.is_another(&other.post, self.is_named || other.is_named)
    }

    fn says_surname(&self) -> bool {
        self.is_named || !self.called.is_empty()
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
}

/// Another hand wrote it, or it says that it is whoever is named elsewhere: `与责任人相同`.
static SAME_AS: List = List::new("代签 代填 相同 全同 都同 相仿 相符 一致 一样 同上 同前 同责任人 原责任人");

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
        && several().all(|one| {
            let name = key(one).unwrap_or_else(|| one.to_owned());
            is_plain_name(&name) && is_sure_name(&name, one)
        })
}

fn is_plain_name(text: &str) -> bool {
    let is_latin = || text.chars().all(|c| c.is_ascii_alphabetic() || c == ' ') && is_foreign(text);
    // Of the third character it cannot be told whether it is still the name's: `王芳女`, `王芳任副校长`.
    let is_open = text.chars().nth(2).is_some()
        && text.ends_with(['女', '男', '任', '转', '代', '签', '兼', '党', '负', '管', '办']);
    is_name_alone(text) && !is_open || is_latin()
}

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
