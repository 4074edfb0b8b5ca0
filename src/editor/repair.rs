//! Makes the unfinished declaration before a cursor one that parses, with a name at the cursor that the checker can be
//! asked about.

use bulou_syntax::expect::{Expected, expected, unfinished};
use bulou_syntax::keywords::KEYWORDS;
use bulou_syntax::lex::{LexKind, Lexeme, lex};

/// What has to follow where the grammar asks for a keyword. The first that fits is put in.
const CONTINUATIONS: [(&str, &str); 9] = [
    ("kw_satisfies", " 满足 是 "),
    ("kw_then", " 则 是 "),
    ("kw_before", " 前 "),
    ("kw_within", " 内 "),
    ("kw_between_end", " 之间 "),
    ("kw_to", " 至 是 "),
    ("kw_since", " 自 今天 "),
    ("text", " \"\" "),
    ("kw_reason", " 理由 "),
];

/// How many keywords may be missing after the cursor.
const ROUNDS: usize = 12;

/// The text before a cursor in its declaration, without what is wrong earlier in it.
#[derive(Debug)]
pub(super) struct Before {
    /// The text, up to the word at the cursor.
    pub text: String,
    /// What the grammar could go on with.
    pub expected: Expected,
}

impl Before {
    /// Of the text before the word at the cursor; where an error stands in it, only its first line and its last lines
    /// that parse.
    pub fn new(text: &str) -> Option<Self> {
        let open = lex(text).find(|lexeme| is(text, lexeme, &["{", "\u{FF5B}"])).map(|lexeme| lexeme.range.end);
        let head = open.and_then(|open| text.get(..open));
        let lines = text.match_indices('\n').map(|(at, _)| at).filter(|at| open.is_some_and(|open| *at >= open));
        let shorter =
            lines.collect::<Vec<_>>().into_iter().rev().filter_map(|at| Some(head?.to_owned() + text.get(at..)?));
        let mut tries = std::iter::once(text.to_owned()).chain(shorter);
        tries.find_map(|text| {
            let expected = expected(&text);
            (expected.at >= text.trim_end().len()).then_some(Self { text, expected })
        })
    }

    /// The declaration with `filler` at the cursor and everything behind it that has to be there.
    pub fn completed(&self, filler: &str) -> Option<String> {
        let mut after = closing(&self.text);
        let start = self.text.len() + filler.len();
        for _ in 0..ROUNDS {
            let whole = format!("{}{filler}{after}", self.text);
            let Some(failed) = unfinished(&whole) else { return Some(whole) };
            let at = failed.at.checked_sub(start)?;
            let (_, words) = CONTINUATIONS.iter().find(|(rule, _)| failed.has(rule))?;
            after.get(..at)?;
            after.insert_str(at, words);
        }
        None
    }
}

/// Whether a word or mark is one of these.
pub(super) fn is(text: &str, lexeme: &Lexeme, words: &[&str]) -> bool {
    text.get(lexeme.range.clone()).is_some_and(|found| words.contains(&found))
}

/// Whether a word is one of these keywords, in either language.
pub(super) fn is_keyword(text: &str, lexeme: &Lexeme, rules: &[&str]) -> bool {
    let Some(word) = text.get(lexeme.range.clone()) else { return false };
    lexeme.kind == LexKind::Word
        && KEYWORDS.iter().any(|known| rules.contains(&known.rule) && (known.zh == word || known.en == word))
}

/// The cells that are missing in the line of a table, and the brackets that are open.
fn closing(text: &str) -> String {
    let mut open = Vec::new();
    for lexeme in lex(text).filter(|lexeme| lexeme.kind == LexKind::Mark) {
        match text.get(lexeme.range).unwrap_or_default() {
            "(" | "\u{FF08}" => open.push(')'),
            "[" | "【" | "\u{FF3B}" => open.push(']'),
            "{" | "\u{FF5B}" => open.push('}'),
            ")" | "\u{FF09}" | "]" | "】" | "\u{FF3D}" | "}" | "\u{FF5D}" => {
                open.pop();
            }
            _ => {}
        }
    }
    let brackets: Vec<String> = open.iter().rev().map(|bracket| format!(" {bracket}")).collect();
    match brackets.split_last() {
        Some((last, inner)) => format!("{}{}{last}", inner.concat(), cells(text)),
        None => String::new(),
    }
}

/// What is missing in the last line of a table, by its first.
fn cells(text: &str) -> String {
    const BARS: [char; 2] = ['|', '\u{FF5C}'];
    let rows = || text.lines().map(str::trim_start).filter(|line| line.starts_with(BARS));
    let (Some(head), Some(last)) = (rows().next(), text.lines().last().map(str::trim_start)) else {
        return String::new();
    };
    if !last.starts_with(BARS) {
        return String::new();
    }
    let missing = head.matches(BARS).count().saturating_sub(last.matches(BARS).count() + 1);
    match missing {
        0 => " |".to_owned(),
        missing => format!("{} | 1 |", " | 任意".repeat(missing - 1)),
    }
}
