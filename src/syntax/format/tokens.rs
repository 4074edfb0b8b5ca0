//! A file as the grammar's tree of tokens, each with the comments around it. The grammar has no pairs for punctuation
//! and comments; both are read from what stands between its pairs.

use pest::Parser as _;

use crate::from_pairs::Node;
use crate::parser::{Grammar, Rule, chunks};
use bulou_messages::diagnostic::Lang;

use super::spelling;

/// What does not change when a file is laid out anew.
#[derive(Default)]
pub(super) struct Token {
    /// Its rule in the grammar; punctuation has none.
    pub rule: Option<Rule>,
    /// Its canonical spelling.
    pub text: String,
    /// Comments on lines of their own before it.
    pub above: Vec<Comment>,
    /// The comment after it on its line.
    pub beside: Option<String>,
    /// An empty line stands before it (and after the comments above it).
    pub blank: bool,
    /// No space stands before it.
    pub joins_left: bool,
    /// No space stands after it.
    pub joins_right: bool,
}

/// A comment on a line of its own.
pub(super) struct Comment {
    /// From `#` to the last character that can be seen.
    pub text: String,
    /// An empty line stands before it.
    pub blank: bool,
}

/// A token, or a piece of the grammar that holds more.
pub(super) enum Piece {
    /// A token.
    Token(Token),
    /// A piece.
    Tree(Tree),
}

/// A piece of the grammar with its tokens.
pub(super) struct Tree {
    /// The rule of the grammar.
    pub rule: Rule,
    /// Its parts, at least one.
    pub pieces: Vec<Piece>,
}

/// A whole file.
pub(super) struct Tokens {
    /// Its declarations.
    pub declarations: Vec<Tree>,
    /// Comments after the last of them.
    pub tail: Vec<Comment>,
    /// Every comment, in order.
    pub comments: Vec<String>,
}

impl Piece {
    /// The first token in it.
    pub fn first(&self) -> Option<&Token> {
        match self {
            Self::Token(token) => Some(token),
            Self::Tree(tree) => tree.first(),
        }
    }

    /// Whether no comment stands in it.
    pub fn is_quiet(&self) -> bool {
        match self {
            Self::Token(token) => token.above.is_empty() && token.beside.is_none(),
            Self::Tree(tree) => tree.pieces.iter().all(Self::is_quiet),
        }
    }

    fn last_mut(&mut self) -> Option<&mut Token> {
        match self {
            Self::Token(token) => Some(token),
            Self::Tree(tree) => tree.pieces.last_mut()?.last_mut(),
        }
    }

    /// Whether it is this punctuation mark.
    pub fn is(&self, mark: &str) -> bool {
        matches!(self, Self::Token(token) if token.rule.is_none() && token.text == mark)
    }

    /// Whether it is a token or a piece of this rule of the grammar.
    pub fn has_rule(&self, rule: Rule) -> bool {
        match self {
            Self::Token(token) => token.rule == Some(rule),
            Self::Tree(tree) => tree.rule == rule,
        }
    }
}

impl Tree {
    /// The first token in it.
    pub fn first(&self) -> Option<&Token> {
        self.pieces.first()?.first()
    }
}

/// A deadline in the order of words of the language that it is to be in: `须在 S 起 3日 内`, `due within 3 days of S`.
fn in_order(mut pieces: Vec<Piece>, keywords: Option<Lang>) -> Vec<Piece> {
    let is = |at: usize, rule: Rule| pieces.get(at).is_some_and(|piece| piece.has_rule(rule));
    let word =
        |rule: Rule, text: &str| Piece::Token(Token { rule: Some(rule), text: text.to_owned(), ..Token::default() });
    let english = keywords == Some(Lang::En);
    if english && is(2, Rule::kw_from) && is(4, Rule::kw_within) {
        let mut inner: Vec<Piece> = pieces.splice(1..5, []).rev().collect();
        // `within` 3 days `from` S
        inner.splice(2..3, [word(Rule::of, "of")]);
        pieces.insert(1, Piece::Tree(Tree { rule: Rule::within_of, pieces: inner }));
    } else if english && is(2, Rule::kw_before) {
        let inner = pieces.splice(1..3, []).rev().collect();
        pieces.insert(1, Piece::Tree(Tree { rule: Rule::before_day, pieces: inner }));
    } else if keywords == Some(Lang::Zh) && (is(1, Rule::within_of) || is(1, Rule::before_day)) {
        let Piece::Tree(tree) = pieces.remove(1) else { return pieces };
        let mut inner = tree.pieces;
        inner.reverse();
        // S `of` 3 days `within`
        if let Some(of) = inner.get_mut(1).filter(|piece| piece.has_rule(Rule::of)) {
            *of = word(Rule::kw_from, "起");
        }
        pieces.splice(1..1, inner);
    }
    pieces
}

/// Reads a file that parses.
pub(super) fn tokens(text: &str, keywords: Option<Lang>) -> Tokens {
    let mut lexer = Lexer { text, at: 0, base: 0, lines: 0, above: Vec::new(), comments: Vec::new(), keywords };
    let mut declarations = Vec::new();
    for (start, chunk) in chunks(text) {
        lexer.base = start;
        let Ok(pairs) = Grammar::parse(Rule::chunk, chunk) else { continue };
        let found = pairs.flat_map(|pair| pair.into_inner()).filter(|pair| pair.as_rule() == Rule::declaration);
        for pair in found.filter_map(|pair| pair.into_inner().next()) {
            let mut pieces = Vec::new();
            lexer.pair(pair, Rule::declaration, &mut pieces);
            declarations.extend(pieces.into_iter().filter_map(|piece| match piece {
                Piece::Tree(tree) => Some(tree),
                Piece::Token(_) => None,
            }));
        }
    }
    lexer.gap(text.len(), Rule::chunk, &mut Vec::new());
    Tokens { declarations, tail: lexer.above, comments: lexer.comments }
}

struct Lexer<'t> {
    text: &'t str,
    /// Everything before this byte has been read.
    at: usize,
    /// Where the piece of the file that is being read starts.
    base: usize,
    /// Line ends since the last token or comment.
    lines: usize,
    /// Comments that wait for the token below them.
    above: Vec<Comment>,
    comments: Vec<String>,
    keywords: Option<Lang>,
}

impl Lexer<'_> {
    fn pair(&mut self, pair: Node<'_>, within: Rule, into: &mut Vec<Piece>) {
        let rule = pair.as_rule();
        let (start, end) = (self.base + pair.as_span().start(), self.base + pair.as_span().end());
        self.gap(start, within, into);
        let is_leaf = pair.clone().into_inner().next().is_none() && rule != Rule::list;
        if is_leaf || matches!(rule, Rule::text | Rule::number | Rule::duration) {
            let text = spelling::token(&pair, within, self.keywords);
            let joins_left = rule == Rule::optional;
            let token = self.token(text, end);
            let joins_right = rule == Rule::minus && within == Rule::factor;
            into.push(Piece::Token(Token { rule: Some(rule), joins_left, joins_right, ..token }));
            return;
        }
        let mut pieces = Vec::new();
        for inner in pair.into_inner() {
            self.pair(inner, rule, &mut pieces);
        }
        self.gap(end, rule, &mut pieces);
        self.drop_last_comma(rule, &mut pieces);
        if matches!(rule, Rule::deadline | Rule::by) && pieces.iter().all(Piece::is_quiet) {
            pieces = in_order(pieces, self.keywords);
        }
        into.push(Piece::Tree(Tree { rule, pieces }));
    }

    /// Reads up to a byte: white space, comments and punctuation of one piece of the grammar.
    fn gap(&mut self, end: usize, within: Rule, into: &mut Vec<Piece>) {
        while self.at < end {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(character) = rest.chars().next() else { return };
            if character == '#' {
                let blank = self.lines > 1;
                let text = self.comment(rest);
                self.above.push(Comment { text, blank });
            } else if character.is_whitespace() || character == '\u{FEFF}' {
                self.lines += usize::from(character == '\n');
                self.at += character.len_utf8();
            } else {
                let (mark, length) = mark(rest, character);
                let token = self.token(mark.into(), self.at + length);
                into.push(Piece::Token(joined(token, within, into)));
            }
        }
    }

    /// A token that ends at a byte, with the comment after it.
    fn token(&mut self, text: String, end: usize) -> Token {
        let blank = self.lines > 1;
        self.at = end;
        self.lines = 0;
        let rest = self.text.get(end..).unwrap_or_default();
        let comment = rest.trim_start_matches(|c: char| c != '\n' && (c.is_whitespace() || c == '\u{FEFF}'));
        let above = std::mem::take(&mut self.above);
        let beside = comment.starts_with('#').then(|| {
            self.at += rest.len() - comment.len();
            self.comment(comment)
        });
        Token { text, above, beside, blank, ..Token::default() }
    }

    /// A comment at the start of `rest`, without its line end.
    fn comment(&mut self, rest: &str) -> String {
        let line = rest.split('\n').next().unwrap_or_default();
        self.at += line.len();
        self.lines = 0;
        self.comments.push(line.trim_end().to_owned());
        line.trim_end().to_owned()
    }

    /// A comma that separates nothing goes, and its comments stay: after a field, and before a closing brace.
    fn drop_last_comma(&mut self, rule: Rule, pieces: &mut Vec<Piece>) {
        let place = match rule {
            Rule::field => pieces.len().checked_sub(1),
            Rule::list | Rule::option_list => pieces.len().checked_sub(2),
            _ => None,
        };
        let Some(place) = place.filter(|place| pieces.get(*place).is_some_and(|piece| piece.is(","))) else { return };
        let Piece::Token(comma) = pieces.remove(place) else { return };
        let before = place.checked_sub(1).and_then(|place| pieces.get_mut(place)).and_then(Piece::last_mut);
        let mut moved = comma.above;
        match (before, comma.beside) {
            (Some(before), Some(text)) if before.beside.is_none() && moved.is_empty() => before.beside = Some(text),
            (_, beside) => moved.extend(beside.map(|text| Comment { text, blank: false })),
        }
        let below = match pieces.get_mut(place) {
            Some(Piece::Token(token)) => &mut token.above,
            _ => &mut self.above,
        };
        below.splice(0..0, moved);
    }
}

/// A punctuation mark at the start of `rest`, in ASCII, and its length in bytes.
fn mark(rest: &str, character: char) -> (&'static str, usize) {
    let length = character.len_utf8();
    let mark = match character {
        '{' | '\u{FF5B}' => "{",
        '}' | '\u{FF5D}' => "}",
        '(' | '\u{FF08}' => "(",
        ')' | '\u{FF09}' => ")",
        '[' | '\u{FF3B}' | '【' => "[",
        ']' | '\u{FF3D}' | '】' => "]",
        ',' | '\u{FF0C}' | '、' => ",",
        ':' | '\u{FF1A}' => ":",
        '=' | '\u{FF1D}' => "=",
        '|' | '\u{FF5C}' => "|",
        '.' | '\u{FF0E}' => ".",
        '→' => "->",
        _ => return ("->", rest.chars().take(2).map(char::len_utf8).sum()),
    };
    (mark, length)
}

/// A punctuation mark with the spaces around it that its place asks for.
fn joined(token: Token, within: Rule, before: &[Piece]) -> Token {
    let (joins_left, joins_right) = match (token.text.as_str(), within) {
        ("," | ":" | ")" | "]", _) => (true, false),
        (".", _) => (true, true),
        ("(", Rule::call | Rule::table) => (true, true),
        // The bracket of a filter follows its list at once, or the name of its element after a space.
        ("[", Rule::filter) => (before.is_empty(), true),
        ("(" | "[", _) | ("{", Rule::list) => (false, true),
        ("}", Rule::list) => (true, false),
        _ => (false, false),
    };
    Token { joins_left, joins_right, ..token }
}
