//! The post that a text says somebody has, and whether two may be one post: one may be a short form of the other.

use super::is_word_letter;
use super::names::{OFFICES, POSTS};

/// What a text says of somebody's post, class and body, as far as it tells him from another.
#[derive(Debug, Default)]
pub(super) struct Post {
    /// The letters.
    words: String,
    /// The same, sorted.
    sorted: Vec<char>,
}

impl Post {
    /// Of a text that says no name.
    pub(super) fn of(text: &str) -> Self {
        Self::new(text)
    }

    /// Of a text that calls somebody by his surname.
    pub(super) fn called(text: &str, surname: &str) -> Self {
        Self::new(&without_called(text, surname))
    }

    /// Of what stands beside a name. Of which body somebody is says nothing of his post.
    pub(super) fn beside_name(beside: &str) -> Self {
        let is_post = |part: &&str| POSTS.stands_in(part) && !TITLES.contains(part);
        let posts: String = beside.split(|c: char| !is_word_letter(c)).filter(is_post).collect();
        Self::new(&posts)
    }

    fn new(text: &str) -> Self {
        let words = numbered(&told(without_school(&without_numbers(text))));
        let mut sorted: Vec<char> = words.chars().collect();
        sorted.sort_unstable();
        Self { words, sorted }
    }

    /// Whether one may be a short form of the other, or nothing is said of one.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        self.is_short_for(other) || other.is_short_for(self)
    }

    fn is_short_for(&self, other: &Self) -> bool {
        let stem = stem(&self.words);
        let mut found = other.words.match_indices(stem);
        // `校长` is no `副校长`.
        found.any(|(at, _)| other.words.get(..at).is_some_and(|before| !before.ends_with('副'))) || self.is_among(other)
    }

    /// Whether all words are among the other's, in whatever order: `副校长(教学)` of `分管教学副校长`, `总务主任` of `总务处主任`. Of
    /// fewer than four characters that says nothing, and a deputy is another.
    fn is_among(&self, other: &Self) -> bool {
        let deputies = |post: &Self| post.words.matches('副').count();
        let mut others = other.sorted.iter();
        let mut sorted = self.sorted.iter();
        self.sorted.len() >= 4
            && self.sorted.len() <= other.sorted.len()
            && sorted.all(|mine| others.any(|theirs| theirs == mine))
            && deputies(self) == deputies(other)
    }
}

/// By which people call somebody, with his name before them: `岩温师傅`.
pub(super) const TITLES: [&str; 10] = ["老师", "师傅", "阿姨", "大爷", "大姐", "大哥", "叔叔", "医生", "警官", "教练"];

/// `总务主任` of `总务王主任`, and nothing of `王老师`.
fn without_called(text: &str, surname: &str) -> String {
    let title = TITLES.iter().find(|title| text.contains(&format!("{surname}{title}")));
    match title {
        Some(title) => text.replacen(&format!("{surname}{title}"), "", 1),
        None => text.replacen(surname, "", 1),
    }
}

/// `总务` of `总务处`, whose man is 总务主任.
fn stem(words: &str) -> &str {
    let office = words.strip_suffix(['处', '科', '室', '办', '部', '组']);
    office.filter(|office| OFFICES.has(office)).unwrap_or(words)
}

/// Without telephones, dates and the like.
pub(super) fn without_numbers(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(first) = rest.chars().next() {
        let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '/');
        let number = rest.find(|c| !is_of_number(c)).unwrap_or(rest.len());
        let taken = if first.is_ascii_digit() && number >= 5 { number } else { first.len_utf8() };
        kept.push_str(if taken >= 5 { " " } else { rest.get(..taken).unwrap_or_default() });
        rest = rest.get(taken..).unwrap_or_default();
    }
    kept
}

/// Without the school that the post is of.
fn without_school(text: &str) -> &str {
    let after = |school: &str| text.find(school).and_then(|at| text.get(at + school.len()..));
    let post = ["小学", "中学", "幼儿园", "学校", "本校", "我校", "本园", "我园"].into_iter().find_map(after);
    post.filter(|post| post.chars().filter(|c| is_word_letter(*c)).nth(1).is_some()).unwrap_or(text)
}

/// The letters, without what may be said of any post: `责任人:总务主任`, `1.总务主任`, `总务主任(女)`, `总务主任等3人`.
fn told(text: &str) -> String {
    const SAID: [&str; 14] =
        ["负责", "牵头", "带队", "签字", "签名", "签章", "盖章", "本人", "同志", "分管", "新任", "现任", "代理", "由"];
    let text = text.split_once(':').filter(|(label, _)| label.ends_with('人')).map_or(text, |(_, post)| post);
    let text = text.split_once(['.', '、']).filter(|(number, _)| is_number(number)).map_or(text, |(_, post)| post);
    let text = text.split_once('等').filter(|(_, rest)| rest.chars().count() < 4).map_or(text, |(post, _)| post);
    let parts = text.split(|c| !is_word_letter(c)).filter(|part| !["女", "男", "兼", "代"].contains(part));
    let mut told: String = parts.collect();
    for said in SAID {
        let after = |at: usize| told.get(at + said.len()..).unwrap_or_default();
        if let Some(at) = told.find(said).filter(|at| !after(*at).starts_with('人')) {
            told.replace_range(at..at + said.len(), "");
        }
    }
    // Of `校医` nothing would be left.
    let own = told.strip_prefix('校').filter(|post| POSTS.begins(post) || OFFICES.begins(post));
    own.map(str::to_owned).unwrap_or(told)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// With one spelling of numbers, in which classes and houses differ: `六(1)班`, `六年级一班`, `601班`.
fn numbered(text: &str) -> String {
    const DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let text = text.replace("初一", "七").replace("初二", "八").replace("初三", "九");
    let spelled = |c: char| match DIGITS.iter().zip('1'..='9').find(|(digit, _)| **digit == c) {
        Some((_, digit)) => Some(digit),
        None => (!matches!(c, '0' | '十')).then_some(c),
    };
    text.chars().filter_map(spelled).collect()
}
