//! The words and marks of any text, with errors or without: what editors colour and what stands before a cursor.

use std::ops::Range;

use pest::unicode::{XID_CONTINUE, XID_START};

use bulou_base::source::is_line_end;

/// What a piece of text is by its letters alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LexKind {
    /// From `#` to the end of the line.
    Comment,
    /// Between quotation marks; `false` when the line ends before the closing mark.
    Text(bool),
    /// A number or duration with its unit.
    Number,
    /// `2022-06-24` or `2022年6月24日`
    Date,
    /// An identifier or keyword.
    Word,
    /// A name between backticks.
    Quoted,
    /// Anything else but white space.
    Mark,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lexeme {
    /// What it is.
    pub kind: LexKind,
    /// Its bytes.
    pub range: Range<usize>,
}

/// Cuts a text into its words and marks.
///
/// ```
/// use bulou_syntax::lex::{LexKind, lex};
/// let kinds: Vec<LexKind> = lex("要求 人数 ≥ 3日 # 注").map(|lexeme| lexeme.kind).collect();
/// assert_eq!(kinds, [LexKind::Word, LexKind::Word, LexKind::Mark, LexKind::Number, LexKind::Comment]);
/// ```
pub fn lex(text: &str) -> impl Iterator<Item = Lexeme> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + (rest.len() - rest.trim_start_matches(is_blank).len());
        let rest = text.get(start..)?;
        let (kind, length) = first(rest, rest.chars().next()?);
        at = start + length;
        Some(Lexeme { kind, range: start..at })
    })
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

/// The first piece of a text that starts with `c`.
fn first(text: &str, c: char) -> (LexKind, usize) {
    let until = |stop: &dyn Fn(char) -> bool| text.find(stop).unwrap_or(text.len());
    match c {
        '#' => (LexKind::Comment, until(&is_line_end)),
        '"' => between(text, c, '"'),
        '“' | '”' => between(text, c, '”'),
        '`' => (LexKind::Quoted, between(text, c, '`').1),
        c if c.is_ascii_digit() => number(text),
        c if XID_START(c) || c == '_' => (LexKind::Word, until(&|c| !XID_CONTINUE(c))),
        c => (LexKind::Mark, c.len_utf8()),
    }
}

fn between(text: &str, open: char, close: char) -> (LexKind, usize) {
    let inside = text.get(open.len_utf8()..).unwrap_or_default();
    match inside
        .find(|c| c == close || is_line_end(c))
        .map(|at| (at, inside.get(at..).is_some_and(|rest| rest.starts_with(close))))
    {
        Some((at, true)) => (LexKind::Text(true), open.len_utf8() + at + close.len_utf8()),
        Some((at, false)) => (LexKind::Text(false), open.len_utf8() + at),
        None => (LexKind::Text(false), text.len()),
    }
}

fn number(text: &str) -> (LexKind, usize) {
    let word = |text: &str| text.find(|c| !XID_CONTINUE(c)).unwrap_or(text.len());
    let end = word(text);
    if text.get(..end).is_some_and(|word| word.contains('年') && word.ends_with('日')) {
        return (LexKind::Date, end);
    }
    let mut end = end;
    let mut parts = 0;
    while let Some(rest) = text.get(end..)
        && rest.starts_with(['-', '.'])
        && rest.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        && parts < 2
    {
        end += 1 + word(rest.get(1..).unwrap_or_default());
        parts += 1;
    }
    if text.get(end..).is_some_and(|rest| rest.starts_with(['%', '\u{FF05}'])) {
        end += text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    let date = parts == 2 && text.get(..end).is_some_and(|date| date.contains('-'));
    (if date { LexKind::Date } else { LexKind::Number }, end)
}
