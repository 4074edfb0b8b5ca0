//! A source's text in sentences and clauses, and what of them is covered.

use bulou_base::order;
use bulou_base::source::is_line_end;

use crate::marks::{cuts, marks};

/// A sentence, by its place in the text, and what covers it.
pub(crate) struct Part {
    pub start: usize,
    pub end: usize,
    pub clauses: Vec<Clause>,
    pub covered: bool,
    pub rules: Vec<String>,
    pub excuses: Vec<String>,
    pub shortfalls: Vec<String>,
}

/// A clause of a sentence with the mark that ends it, and where its words stand.
pub(crate) struct Clause {
    pub start: usize,
    pub end: usize,
    /// From the first letter or digit to the last, without the mark of an item.
    pub words: Option<(usize, usize)>,
    /// What is quoted of it, in no order.
    quoted: Vec<(usize, usize)>,
}

/// How much of a clause is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    All,
    Part,
    Nothing,
}

impl Clause {
    /// The runs of its words that nothing quotes.
    pub fn left(&self, text: &str) -> Vec<(usize, usize)> {
        let Some((mut from, end)) = self.words else { return Vec::new() };
        let mut quoted = self.quoted.clone();
        order::sort(&mut quoted);
        let mut left = Vec::new();
        for (start, after) in quoted.into_iter().chain([(end, end)]) {
            left.extend(worded(text, (from, start.min(end))));
            from = from.max(after);
        }
        left
    }

    /// Whether what is quoted holds all of its words: a quote that only reaches into a clause says nothing of the rest.
    pub fn extent(&self, text: &str) -> Extent {
        let left = self.left(text);
        match self.words {
            _ if left.is_empty() => Extent::All,
            Some(words) if left == [words] => Extent::Nothing,
            _ => Extent::Part,
        }
    }

    /// Whether anything quotes what stands from `start` to `end`.
    pub fn is_quoted(&self, (start, end): (usize, usize)) -> bool {
        self.quoted.iter().any(|(from, to)| start < *to && *from < end)
    }
}

/// From the first letter or digit of a run to the last.
fn worded(text: &str, (start, end): (usize, usize)) -> Option<(usize, usize)> {
    let run = text.get(start..end)?;
    let first = run.find(char::is_alphanumeric)?;
    let (last, c) = run.char_indices().rfind(|(_, c)| c.is_alphanumeric())?;
    Some((start + first, start + last + c.len_utf8()))
}

impl Part {
    /// The clauses that a passage touches.
    fn touched(&mut self, (start, end): (usize, usize)) -> impl Iterator<Item = &mut Clause> {
        let first = self.clauses.partition_point(|clause| clause.end <= start);
        self.clauses.iter_mut().skip(first).take_while(move |clause| clause.start < end)
    }

    pub fn cover(&mut self, passage: (usize, usize)) {
        self.covered = true;
        self.touched(passage).for_each(|clause| clause.quoted.push(passage));
    }

    /// Runs of clauses with words of which nothing is quoted.
    pub fn open(&self, text: &str) -> Vec<(usize, usize)> {
        let said = self.clauses.iter().filter(|clause| clause.words.is_some());
        let said: Vec<(&Clause, bool)> = said.map(|one| (one, one.extent(text) == Extent::Nothing)).collect();
        let runs = said.chunk_by(|(_, one), (_, other)| one == other);
        let open = runs.filter(|run| run.first().is_some_and(|(_, open)| *open));
        open.filter_map(|run| Some((run.first()?.0.start, run.last()?.0.end))).collect()
    }

    /// Whether a passage says enough of the sentence: a clause of it, or as much as would make one.
    pub fn is_told_by(&self, text: &str, (start, end): (usize, usize)) -> bool {
        let first = self.clauses.partition_point(|clause| clause.end <= start);
        let mut touched = self.clauses.iter().skip(first).take_while(|clause| clause.start < end);
        let whole = touched.any(|clause| clause.words.is_some_and(|(from, to)| start <= from && to <= end));
        let words = text.get(start.max(self.start)..end.min(self.end)).unwrap_or_default();
        whole || self.start <= start && end <= self.end && weight(words) >= TELLING
    }
}

/// Cuts a text into sentences: they end at 。!?; and their half-width twins, at a point after a word, and with the line.
pub(crate) fn sentences(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut start = 0;
    // Whether the sentence has a word so far, and a blank after it.
    let (mut word, mut several) = (false, false);
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        let ends = is_line_end(character)
            || matches!(character, '。' | '!' | '?' | ';' | '\u{FF01}' | '\u{FF1F}' | '\u{FF1B}')
            || character == '.' && several && is_full_stop(text.get(start..at), text.get(end..));
        if ends {
            push(&mut parts, text, start, end);
            (start, word, several) = (end, false, false);
        } else {
            several |= word && character.is_whitespace();
            word |= !character.is_whitespace();
        }
    }
    push(&mut parts, text, start, text.len());
    parts
}

/// Whether a point between what it ends, which is several words, and what follows is the end of a sentence: not that of a
/// number, nor of the mark of an item.
fn is_full_stop(before: Option<&str>, after: Option<&str>) -> bool {
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let word = before.ends_with(|c: char| c.is_alphabetic() || matches!(c, ')' | '"' | '”' | '%'));
    word && after.chars().next().is_none_or(char::is_whitespace)
}

fn push(parts: &mut Vec<Part>, text: &str, start: usize, end: usize) {
    let has_words = text.get(start..end).is_some_and(|words| words.chars().any(char::is_alphanumeric));
    if has_words {
        let clauses = clauses(text, start, end);
        let none = Vec::new;
        parts.push(Part { start, end, clauses, covered: false, rules: none(), excuses: none(), shortfalls: none() });
    }
}

/// The clauses of a sentence.
fn clauses(text: &str, start: usize, end: usize) -> Vec<Clause> {
    let mut from = start;
    let mut clauses = Vec::new();
    for to in cuts(text, start, end).into_iter().chain([end]) {
        if from < to {
            clauses.push(clause(text, from, to));
        }
        from = to;
    }
    clauses
}

fn clause(text: &str, start: usize, end: usize) -> Clause {
    let before = text.get(..start).and_then(|text| text.chars().next_back());
    let words = text.get(start..end).unwrap_or_default();
    let blanks = words.len() - words.trim_start().len();
    let before = if blanks > 0 { None } else { before };
    let said = start + blanks + marks(before, words.trim_start());
    Clause { start, end, words: worded(text, (said.min(end), end)), quoted: Vec::new() }
}

/// So many characters of Chinese, or half as many words, tell a sentence from others.
pub(crate) const TELLING: usize = 4;

/// How much words say: a Chinese character counts one, a word of letters two.
fn weight(words: &str) -> usize {
    let mut weight = 0;
    for word in words.split(|c: char| !c.is_alphanumeric()) {
        let letters = word.chars().filter(char::is_ascii_alphanumeric).count();
        weight += word.chars().count() - letters + if letters > 0 { 2 } else { 0 };
    }
    weight
}

/// Whether a mark stands at the end of a clause or sentence.
pub(crate) fn ends_a_clause(c: char) -> bool {
    matches!(
        c,
        ',' | ':'
            | '.'
            | ';'
            | '!'
            | '?'
            | '、'
            | '。'
            | '…'
            | ')'
            | '”'
            | '》'
            | '\u{FF0C}'
            | '\u{FF1A}'
            | '\u{FF1B}'
            | '\u{FF01}'
            | '\u{FF1F}'
            | '\u{FF09}'
    )
}
