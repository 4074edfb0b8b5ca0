//! What is looked at before the grammar: brackets and quotation marks that do not close, nesting that is too deep for
//! any parser's stack, and characters that make two names look the same.

use std::sync::LazyLock;

use crate::keywords::{KEYWORDS, Keyword};
use crate::look_alike::{in_a_name, in_a_text, is_hidden, is_word, mixed, twin};
use bulou_base::limits;
use bulou_base::source::{SourceId, Span};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix};
use bulou_messages::texts;

/// Words that begin a form which nests without brackets, and words behind which none is open.
const PREFIX_RULES: [&str; 4] = ["kw_if", "kw_every", "kw_some", "kw_none"];
const FRESH_RULES: [&str; 3] = ["kw_requires", "kw_message", "kw_applies"];
static COUNTED: LazyLock<Vec<&Keyword>> = LazyLock::new(|| {
    let is_counted = |keyword: &&Keyword| PREFIX_RULES.contains(&keyword.rule) || FRESH_RULES.contains(&keyword.rule);
    KEYWORDS.iter().filter(is_counted).collect()
});

struct Scan {
    source: SourceId,
    base: usize,
    open: Vec<(char, usize)>,
    prefixes: usize,
    /// End of the piece's first line, until a bracket opens: where a missing `{` belongs.
    header: Option<usize>,
    found: Vec<Diagnostic>,
}

/// Looks through one piece of a file that starts at byte `base`.
pub(crate) fn scan(source: SourceId, base: usize, text: &str) -> Vec<Diagnostic> {
    let header = text.lines().next().map(|line| line.trim_end().len());
    let mut scan = Scan { source, base, open: Vec::new(), prefixes: 0, header, found: Vec::new() };
    let mut chars = text.char_indices().peekable();
    while let Some((at, character)) = chars.next() {
        match character {
            '#' => {
                while let Some((at, c)) = chars.next_if(|(_, c)| *c != '\n') {
                    scan.inside(at, c);
                }
            }
            '"' | '“' => {
                let close = if character == '"' { '"' } else { '”' };
                let mut end = None;
                while let Some((at, c)) = chars.next_if(|(_, c)| *c != '\n') {
                    if c == close {
                        end = Some(at);
                        break;
                    }
                    scan.inside(at, c);
                }
                if end.is_none() {
                    scan.unclosed(at, character, close);
                    return scan.found;
                }
            }
            '`' => {
                let mut word = (at, String::new());
                while let Some((at, c)) = chars.next_if(|(_, c)| *c != '\n').filter(|(_, c)| *c != '`') {
                    scan.inside(at, c);
                    if !is_word(c) {
                        scan.quoted(std::mem::take(&mut word));
                    } else if word.1.is_empty() {
                        word = (at, c.to_string());
                    } else {
                        word.1.push(c);
                    }
                }
                scan.quoted(word);
            }
            '(' | '\u{FF08}' | '[' | '【' | '\u{FF3B}' | '{' | '\u{FF5B}' => scan.enter(at, character),
            ')' | '\u{FF09}' | ']' | '】' | '\u{FF3D}' | '}' | '\u{FF5D}' => scan.leave(at, character),
            c if is_hidden(c) => scan.look_alike(at, c),
            c if is_word(c) => {
                let mut word = String::from(c);
                while let Some((_, c)) = chars.next_if(|(_, c)| is_word(*c)) {
                    word.push(c);
                }
                scan.word(at, &word);
            }
            _ => {}
        }
        if scan.open.len() + scan.prefixes > limits::RULE_NESTING {
            scan.too_deep(at, character);
            return scan.found;
        }
    }
    if let Some((character, at)) = scan.open.first().copied() {
        scan.unclosed(at, character, partner(character));
    }
    scan.found
}

fn partner(c: char) -> char {
    match c {
        '(' | '\u{FF08}' => ')',
        '[' | '【' | '\u{FF3B}' => ']',
        _ => '}',
    }
}

fn half(c: char) -> char {
    match c {
        '\u{FF09}' => ')',
        '】' | '\u{FF3D}' => ']',
        '\u{FF5D}' => '}',
        c => c,
    }
}

impl Scan {
    fn span(&self, at: usize, length: usize) -> Span {
        let start = u32::try_from(self.base + at).unwrap_or(u32::MAX);
        Span { source: self.source, start, end: start.saturating_add(u32::try_from(length).unwrap_or_default()) }
    }

    fn enter(&mut self, at: usize, character: char) {
        self.open.push((character, at));
        if partner(character) == '}' {
            self.header = None;
        }
    }

    fn leave(&mut self, at: usize, character: char) {
        match self.open.last() {
            Some((open, _)) if partner(*open) == half(character) => {
                self.open.pop();
                if self.open.len() <= 1 {
                    self.prefixes = 0;
                }
            }
            Some((open, opened)) if self.open.iter().any(|(open, _)| partner(*open) == half(character)) => {
                let (open, opened) = (*open, *opened);
                self.unclosed(opened, open, partner(open));
                self.open.pop();
                self.leave(at, character);
            }
            _ if self.open.is_empty() && half(character) == '}' && self.header.is_some() => {
                let message = texts::missing_here().text();
                let help = texts::add_end_line().text();
                let end = self.header.take().unwrap_or(at);
                let place = self.span(end, 0);
                let fix = Some(Fix::new(place, " {"));
                self.found.push(Diagnostic::new(Code::Unclosed, place, message, help).with_fix(fix));
            }
            _ => {
                let message = texts::one_too_many(&character).text();
                let help = texts::remove_add_opening_bracket().text();
                let place = self.span(at, character.len_utf8());
                let fix = Some(Fix::new(place, ""));
                self.found.push(Diagnostic::new(Code::Unclosed, place, message, help).with_fix(fix));
            }
        }
    }

    fn unclosed(&mut self, at: usize, character: char, close: char) {
        let message = texts::never_closed(&character).text();
        let help = texts::add(&close).text();
        self.found.push(Diagnostic::new(Code::Unclosed, self.span(at, character.len_utf8()), message, help));
    }

    fn too_deep(&mut self, at: usize, character: char) {
        let limit = limits::RULE_NESTING;
        let message = texts::nested_deeper_than(&limit).text();
        let help = texts::move_inner_part_into_define().text();
        self.found.push(Diagnostic::new(Code::Nesting, self.span(at, character.len_utf8()), message, help));
    }

    /// Counts prefix forms, which nest without brackets, and looks at a name's letters.
    fn word(&mut self, at: usize, word: &str) {
        match COUNTED.iter().find(|keyword| keyword.zh == word || keyword.en == word) {
            Some(keyword) if PREFIX_RULES.contains(&keyword.rule) => self.prefixes += 1,
            Some(_) => self.prefixes = 0,
            None => {}
        }
        if let Some((offset, c)) = twin(word) {
            self.look_alike(at + offset, c);
        }
    }

    /// Looks at the letters of a word between backticks, where any text may stand.
    fn quoted(&mut self, (at, word): (usize, String)) {
        if let Some((offset, c)) = mixed(&word) {
            self.look_alike(at + offset, c);
        }
    }

    fn look_alike(&mut self, at: usize, c: char) {
        let place = self.span(at, c.len_utf8());
        self.found.push(in_a_name(place, c));
    }

    /// Looks at a character of a comment, a text or a name between backticks.
    fn inside(&mut self, at: usize, c: char) {
        let place = self.span(at, c.len_utf8());
        self.found.extend(in_a_text(place, c));
    }
}
