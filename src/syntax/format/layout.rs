//! Where the lines of a file may end, piece by piece of the grammar: declarations.

use crate::parser::Rule;

use super::doc::Doc;
use super::table;
use super::tokens::{Comment, Piece, Token, Tokens, Tree};

/// Lays out a file.
pub(super) fn file(tokens: &Tokens) -> Vec<Doc> {
    let mut layout = Layout::default();
    for (index, declaration) in tokens.declarations.iter().enumerate() {
        layout.start(declaration.first(), index == 0);
        layout.statement(declaration);
    }
    layout.comments(&tokens.tail, tokens.declarations.is_empty());
    layout.docs
}

/// Collects the pieces of a layout in order.
#[derive(Default)]
pub(super) struct Layout {
    pub docs: Vec<Doc>,
    /// Nothing stands between the next token and what is before it.
    joins: bool,
    /// The comments above the next token have been written.
    started: bool,
}

impl Layout {
    /// The start of a declaration, a clause or a row on a line of its own, with the comments above it.
    pub fn start(&mut self, first: Option<&Token>, is_first: bool) {
        let Some(token) = first else { return };
        self.comments(&token.above, is_first);
        self.end(token.blank && !(is_first && token.above.is_empty()));
        self.started = true;
    }

    /// Comments on lines of their own.
    fn comments(&mut self, comments: &[Comment], is_first: bool) {
        for (index, comment) in comments.iter().enumerate() {
            self.end(comment.blank && !(is_first && index == 0));
            self.docs.push(Doc::Above(comment.text.clone()));
        }
    }

    /// The comments above a closing bracket, as deep as what it closes.
    pub fn comments_above(&mut self, token: &Token) {
        self.docs.extend(token.above.iter().map(|comment| Doc::Above(comment.text.clone())));
    }

    /// A token whose comments above it have been written.
    pub fn token_alone(&mut self, token: &Token) {
        self.started = true;
        self.token(token);
    }

    fn end(&mut self, blank: bool) {
        self.docs.push(Doc::End { blank });
        self.joins = true;
    }

    /// A place where a line may end.
    pub fn line(&mut self, spaced: bool) {
        self.docs.push(Doc::Line { spaced });
        self.joins = true;
    }

    /// A token with its comments.
    pub fn token(&mut self, token: &Token) {
        if !std::mem::take(&mut self.started) {
            self.comments_above(token);
        }
        if !self.joins && !token.joins_left {
            self.docs.push(Doc::Space);
        }
        self.text(token.text.clone());
        self.docs.extend(token.beside.clone().map(Doc::Beside));
        self.joins = token.joins_right;
    }

    /// Text that is laid out already.
    pub fn text(&mut self, text: String) {
        self.docs.push(Doc::Text(text));
        self.joins = false;
    }

    /// What a closure adds, as a group.
    pub fn group(&mut self, add: impl FnOnce(&mut Self)) {
        let inner = self.inner(add);
        self.docs.push(Doc::Group(inner));
    }

    /// What a closure adds, deeper.
    pub fn nest(&mut self, add: impl FnOnce(&mut Self)) {
        let inner = self.inner(add);
        self.docs.push(Doc::Nest(inner));
    }

    fn inner(&mut self, add: impl FnOnce(&mut Self)) -> Vec<Doc> {
        let outer = std::mem::take(&mut self.docs);
        add(self);
        std::mem::replace(&mut self.docs, outer)
    }

    /// A place where a line ends only if what the closure adds does not fit on it.
    fn filled(&mut self, add: impl FnOnce(&mut Self)) {
        self.group(|layout| {
            layout.line(true);
            add(layout);
        });
    }

    /// Tokens and pieces one after another.
    pub fn all(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            self.piece(piece, false);
        }
    }

    /// A token or a piece; `direct` is said of an expression that starts its statement or stands in brackets of its own.
    pub fn piece(&mut self, piece: &Piece, direct: bool) {
        match piece {
            Piece::Token(token) => self.token(token),
            Piece::Tree(tree) => self.expression(tree, direct),
        }
    }

    /// A declaration or clause: its further lines are deeper than its first.
    fn statement(&mut self, tree: &Tree) {
        match tree.rule {
            Rule::pack | Rule::record | Rule::data | Rule::rule_decl | Rule::table => self.block(tree),
            Rule::clause => tree.pieces.iter().for_each(|piece| match piece {
                Piece::Tree(inner) => self.statement(inner),
                Piece::Token(token) => self.token(token),
            }),
            Rule::requires | Rule::constraint => {
                self.nest(|layout| layout.group(|layout| layout.requirement(&tree.pieces)))
            }
            Rule::assertion => self.nest(|layout| layout.assertion(&tree.pieces)),
            Rule::define | Rule::applies => {
                self.nest(|layout| tree.pieces.iter().for_each(|piece| layout.piece(piece, true)));
            }
            Rule::cites => self.nest(|layout| layout.fill(&tree.pieces)),
            Rule::remedy | Rule::responsible | Rule::group => {
                self.nest(|layout| layout.all(&tree.pieces));
            }
            _ => self.around_options(&tree.pieces),
        }
    }

    /// The options of `选项` or of a field's type are as deep as its members would be; all else that starts a line
    /// is deeper than the first.
    fn around_options(&mut self, pieces: &[Piece]) {
        let options = pieces.iter().position(is_options).unwrap_or(pieces.len());
        let (before, rest) = pieces.split_at(options);
        let (options, after) = rest.split_at(rest.len().min(1));
        self.nest(|layout| layout.fill(before));
        self.all(options);
        self.nest(|layout| layout.fill(after));
    }

    /// `要求 expr 不符 "…"` and `约束` alike: the message on its own line unless all fits on one.
    fn requirement(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            if piece.has_rule(Rule::message) {
                self.line(true);
            }
            self.piece(piece, true);
        }
    }

    /// `断言 "…"`, 若, 则 and each further 或 on lines of their own, for no line may begin with 规则.
    fn assertion(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            if [Rule::kw_if, Rule::kw_then, Rule::kw_or].into_iter().any(|rule| piece.has_rule(rule)) {
                self.end(false);
            }
            self.piece(piece, true);
        }
    }

    /// As many pieces on a line as fit; texts, attributes and reasons may start a line.
    pub fn fill(&mut self, pieces: &[Piece]) {
        let mut rest = pieces.iter().enumerate();
        while let Some((index, piece)) = rest.next() {
            let after_comma = index.checked_sub(1).and_then(|before| pieces.get(before)).is_some_and(|p| p.is(","));
            // A text that is not among the first words is a note, such as a field's label.
            let note = index > 2 && piece.has_rule(Rule::text);
            if piece.has_rule(Rule::kw_reason) {
                self.filled(|layout| {
                    layout.piece(piece, false);
                    rest.by_ref().for_each(|(_, piece)| layout.piece(piece, false));
                });
            } else if after_comma
                || note
                || [Rule::attribute, Rule::range, Rule::shortfall].into_iter().any(|rule| piece.has_rule(rule))
            {
                self.filled(|layout| layout.piece(piece, false));
            } else {
                self.piece(piece, false);
            }
        }
    }

    /// A declaration with braces: each of its members on lines of its own.
    fn block(&mut self, tree: &Tree) {
        let open = tree.pieces.iter().position(|piece| piece.is("{")).map_or(tree.pieces.len(), |at| at + 1);
        let (head, members) = tree.pieces.split_at(open);
        self.nest(|layout| layout.fill(head));
        let Some((Piece::Token(close), members)) = members.split_last() else { return };
        self.nest(|layout| {
            if tree.rule == Rule::table {
                table::rows(layout, members);
            } else {
                layout.members(members);
            }
            layout.comments(&close.above, members.is_empty());
        });
        self.joins = true;
        if !members.is_empty() || !close.above.is_empty() || is_commented(head) {
            self.end(false);
        }
        self.token_alone(close);
    }

    fn members(&mut self, members: &[Piece]) {
        for (index, member) in members.iter().enumerate() {
            self.start(member.first(), index == 0);
            match member {
                Piece::Tree(tree) => self.statement(tree),
                Piece::Token(token) => self.token(token),
            }
        }
    }
}

fn is_options(piece: &Piece) -> bool {
    let Piece::Tree(tree) = piece else { return false };
    tree.rule == Rule::option_list || (tree.rule == Rule::r#type && tree.pieces.first().is_some_and(is_options))
}

/// Whether a comment stands beside the last token.
fn is_commented(pieces: &[Piece]) -> bool {
    matches!(pieces.last(), Some(Piece::Token(token)) if token.beside.is_some())
}
