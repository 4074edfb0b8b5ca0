//! What each piece of a file is, for colouring: names by what they mean, keywords where they are keywords.

use bulou_syntax::aggregates::Function;
use bulou_syntax::built_in::BuiltIn;
use bulou_syntax::chunks;
use bulou_syntax::expect::keyword_places;
use bulou_syntax::keywords::{KEYWORDS, duration_unit, is_reserved};
use bulou_syntax::lex::{LexKind, lex};

use super::{Editor, Places, Token, TokenKind};

/// Marks that compare or calculate.
const OPERATORS: &str = "=≠<>≤≥+-*/×÷!?\u{FF1D}\u{FF1C}\u{FF1E}\u{FF0B}\u{FF0D}\u{FF0A}\u{FF0F}\u{FF1F}→";

/// What may stand apart from the number before it.
/// What stands behind a number beside the units of durations.
const SUFFIXES: [&str; 4] = ["次", "万", "times", "time"];

impl Editor {
    /// The pieces of a rule file in order. In a declaration with a syntax error, keywords are told by their words.
    pub fn tokens(&mut self, file: &str) -> Vec<Token> {
        let Some(id) = self.source(file).filter(|_| file.ends_with(".bulou")) else { return Vec::new() };
        let Some((names, _)) = self.names() else { return Vec::new() };
        let kinds = names.kinds(id);
        let Some(text) = self.text(file) else { return Vec::new() };
        let places = Places::new(text);
        let mut tokens = Vec::new();
        for (start, chunk) in chunks(text) {
            let keywords = keyword_places(chunk);
            for lexeme in lex(chunk) {
                let word = chunk.get(lexeme.range.clone()).unwrap_or_default();
                let at = start + lexeme.range.start;
                let named = || {
                    let at = u32::try_from(at).unwrap_or(u32::MAX);
                    let next = kinds.partition_point(|(span, _)| span.start <= at);
                    let (span, kind) = kinds.get(next.checked_sub(1)?)?;
                    (at < span.end).then_some(*kind)
                };
                let kind = match lexeme.kind {
                    LexKind::Comment => Some(TokenKind::Comment),
                    LexKind::Text(_) => Some(TokenKind::String),
                    LexKind::Number => Some(TokenKind::Number),
                    LexKind::Date => Some(TokenKind::Date),
                    LexKind::Mark => OPERATORS.contains(word).then_some(TokenKind::Operator),
                    LexKind::Quoted => named().or(Some(TokenKind::Unknown)),
                    LexKind::Word => named().or_else(|| Some(of_word(chunk, &lexeme.range, keywords.as_ref()))),
                };
                let range = places.range(at, start + lexeme.range.end);
                tokens.extend(kind.map(|kind| Token { range, kind }));
            }
        }
        tokens
    }
}

/// A word that is no name: a keyword, by the places of keywords where the piece parses, or something built in.
fn of_word(text: &str, range: &std::ops::Range<usize>, keywords: Option<&Vec<usize>>) -> TokenKind {
    let word = text.get(range.clone()).unwrap_or_default();
    let keyword = match keywords {
        Some(places) => places.binary_search(&range.start).is_ok(),
        None => {
            let step = text.get(..range.start).is_some_and(|before| before.trim_end().ends_with(['.', '\u{FF0E}']));
            let after = text.get(range.end..).unwrap_or_default().trim_start();
            let known = KEYWORDS.iter().any(|known| known.zh == word || known.en == word);
            is_reserved(word) || (known && !step && !after.starts_with([':', '\u{FF1A}', '.', ',', '=']))
        }
    };
    if (SUFFIXES.contains(&word) || duration_unit(word).is_some()) && !keyword {
        TokenKind::Number
    } else if keyword {
        TokenKind::Keyword
    } else if Function::named(word).is_some() {
        TokenKind::Function
    } else if BuiltIn::named(word).is_some() {
        TokenKind::Type
    } else {
        TokenKind::Unknown
    }
}
