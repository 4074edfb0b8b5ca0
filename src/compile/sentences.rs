//! A source's text in sentences and clauses, and what of them is covered.

use bulou_base::source::is_line_end;

use crate::due_words::name_a_due_day;
use crate::spelled::{numbers, parts_thousands};

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
    /// From the first letter or digit to the last.
    pub words: Option<(usize, usize)>,
    pub covered: bool,
    /// What is quoted of it.
    pub quoted: Vec<(usize, usize)>,
}

impl Clause {
    /// The first run of its words that is not quoted and holds a number or a day by which something is due, where others are:
    /// whoever quotes half a clause may have left out the half that says how many, or when.
    pub fn left_number(&self, text: &str) -> Option<(usize, usize)> {
        let (mut from, end) = self.words?;
        let mut quoted = self.quoted.clone();
        quoted.sort_unstable();
        let ends = [(end, end)];
        for (start, after) in quoted.into_iter().chain(ends) {
            let rest = (from, start.min(end));
            let tells = |words: &str| !numbers(words).is_empty() || name_a_due_day(words);
            if text.get(rest.0..rest.1).is_some_and(tells) {
                return Some(rest);
            }
            from = from.max(after);
        }
        None
    }
}

impl Part {
    /// The clauses that a passage touches.
    fn touched(&mut self, (start, end): (usize, usize)) -> impl Iterator<Item = &mut Clause> {
        let first = self.clauses.partition_point(|clause| clause.end <= start);
        self.clauses.iter_mut().skip(first).take_while(move |clause| clause.start < end)
    }

    pub fn cover(&mut self, passage: (usize, usize)) {
        self.covered = true;
        self.touched(passage).for_each(|clause| {
            clause.covered = true;
            clause.quoted.push(passage);
        });
    }

    /// Runs of clauses with words that nothing quotes.
    pub fn open(&self) -> Vec<(usize, usize)> {
        let said = self.clauses.iter().filter(|clause| clause.words.is_some());
        let said: Vec<&Clause> = said.collect();
        let runs = said.chunk_by(|one, other| one.covered == other.covered);
        let open = runs.filter(|run| run.first().is_some_and(|clause| !clause.covered));
        open.filter_map(|run| Some((run.first()?.start, run.last()?.end))).collect()
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
    let words = text.get(start..end).unwrap_or_default();
    let parts = |at: usize, c: char| {
        let (before, after) = (words.get(..at).unwrap_or_default(), words.get(at + c.len_utf8()..).unwrap_or_default());
        parts_thousands(before, after)
    };
    let ends = words.char_indices().filter(|(at, c)| match c {
        ',' | '\u{FF0C}' => !parts(*at, *c),
        _ => matches!(c, '、' | ':' | '\u{FF1A}'),
    });
    let ends = ends.map(|(at, c)| start + at + c.len_utf8()).chain([end]);
    let mut start = start;
    let mut clauses = Vec::new();
    for end in ends {
        if start < end {
            clauses.push(clause(text, start, end));
        }
        start = end;
    }
    clauses
}

fn clause(text: &str, start: usize, end: usize) -> Clause {
    let clause = text.get(start..end).unwrap_or_default();
    let first = clause.find(char::is_alphanumeric).map(|at| start + at);
    let last = clause.char_indices().rfind(|(_, c)| c.is_alphanumeric()).map(|(at, c)| start + at + c.len_utf8());
    Clause { start, end, words: first.zip(last), covered: false, quoted: Vec::new() }
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
