//! Where the lines of an expression, a type or a list may end.

use crate::parser::Rule;

use super::layout::Layout;
use super::tokens::{Piece, Tree};

impl Layout {
    /// An expression. Its further lines are deeper than its first, unless they are so already (`direct`).
    pub(super) fn expression(&mut self, tree: &Tree, direct: bool) {
        if let [only] = tree.pieces.as_slice() {
            return self.piece(only, direct);
        }
        match tree.rule {
            Rule::disjunction | Rule::conjunction | Rule::sum | Rule::term | Rule::operand => {
                self.group(|layout| layout.chain(&tree.pieces, direct));
            }
            Rule::conditional => self.group(|layout| layout.conditional(tree, direct)),
            Rule::quantified | Rule::by => self.group(|layout| layout.quantified(&tree.pieces, direct)),
            Rule::relation => self.group(|layout| layout.relation(&tree.pieces, direct)),
            Rule::list | Rule::option_list | Rule::call | Rule::filter | Rule::group_expr => {
                self.group(|layout| layout.bracketed(tree));
            }
            _ => self.all(&tree.pieces),
        }
    }

    fn further(&mut self, direct: bool, add: impl FnOnce(&mut Self)) {
        if direct { add(self) } else { self.nest(add) }
    }

    /// `A 且 B 且 C`: a line may start with each operator.
    fn chain(&mut self, pieces: &[Piece], direct: bool) {
        let Some((first, rest)) = pieces.split_first() else { return };
        self.piece(first, false);
        self.further(direct, |layout| {
            for (index, piece) in rest.iter().enumerate() {
                if index % 2 == 0 {
                    layout.line(true);
                }
                layout.piece(piece, false);
            }
        });
    }

    /// `若 A 则 B 否则 C`: a line may start with 则 and with 否则, and a chain of 否则 若 goes no deeper.
    fn conditional(&mut self, tree: &Tree, direct: bool) {
        let (head, branches) = tree.pieces.split_at(tree.pieces.len().min(2));
        self.all(head);
        self.further(direct, |layout| layout.branches(branches));
    }

    fn branches(&mut self, pieces: &[Piece]) {
        for (index, piece) in pieces.iter().enumerate() {
            if index % 2 == 0 {
                self.line(true);
            }
            match piece {
                Piece::Tree(tree) if index == 3 => match core(tree) {
                    Some(inner) if inner.rule == Rule::conditional => self.conditional(inner, true),
                    _ => self.piece(piece, false),
                },
                piece => self.piece(piece, false),
            }
        }
    }

    /// `每个 L 记作 x 满足 E`: a line may end before E.
    fn quantified(&mut self, pieces: &[Piece], direct: bool) {
        let Some((body, head)) = pieces.split_last() else { return };
        self.all(head);
        self.further(direct, |layout| {
            layout.line(true);
            layout.piece(body, false);
        });
    }

    /// `A ≥ B`: a line may start with the operator, unless a list follows it that can break itself.
    fn relation(&mut self, pieces: &[Piece], direct: bool) {
        let Some((first, rest)) = pieces.split_first() else { return };
        self.piece(first, false);
        self.further(direct, |layout| {
            for piece in rest {
                if !ends_in_list(piece) {
                    layout.line(true);
                }
                layout.piece(piece, false);
            }
        });
    }

    /// `( … )`, `[ … ]`, `{ … }`: what is between, on lines of its own. A list has as many elements on a line as fit,
    /// unless it has comments; after any other comma a line ends.
    fn bracketed(&mut self, tree: &Tree) {
        let is_open = |piece: &Piece| piece.is("(") || piece.is("[") || piece.is("{");
        let open = tree.pieces.iter().position(is_open).map_or(0, |at| at + 1);
        let (head, inner) = tree.pieces.split_at(open);
        let Some((Piece::Token(close), inner)) = inner.split_last() else { return self.all(&tree.pieces) };
        let spaced = tree.rule == Rule::option_list;
        self.all(head);
        self.nest(|layout| {
            if !inner.is_empty() {
                layout.line(spaced);
            }
            if matches!(tree.rule, Rule::list | Rule::option_list) && inner.iter().all(Piece::is_quiet) {
                layout.fill(inner);
            } else {
                layout.elements(inner, matches!(tree.rule, Rule::filter | Rule::group_expr));
            }
            layout.comments_above(close);
        });
        if !inner.is_empty() {
            self.line(spaced);
        }
        self.token_alone(close);
    }

    fn elements(&mut self, pieces: &[Piece], alone: bool) {
        for piece in pieces {
            self.piece(piece, alone);
            if piece.is(",") {
                self.line(true);
            }
        }
    }
}

/// The only piece of a piece, however deep.
fn core(tree: &Tree) -> Option<&Tree> {
    match tree.pieces.as_slice() {
        [Piece::Tree(inner)] => core(inner),
        _ => Some(tree),
    }
}

fn ends_in_list(piece: &Piece) -> bool {
    let Piece::Tree(tree) = piece else { return false };
    matches!(tree.pieces.last(), Some(Piece::Tree(last)) if core(last).is_some_and(|inner| inner.rule == Rule::list))
}
