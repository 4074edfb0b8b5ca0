//! Walks through what has to hold and tells of each condition within whether the rule passes where it holds, or where it
//! does not.

use std::collections::HashSet;

use crate::declared::Declared;
use bulou_syntax::ast::{Aggregate, Expr, ExprKind, Quantifier};

/// Shows the conditions that requirements are made of, those of a definition once for each way in which it stands.
pub(super) struct Search<'s, 'd> {
    declared: &'s Declared<'d>,
    /// Definitions that were gone into, and how they stood.
    seen: HashSet<(&'d str, bool)>,
    see: &'s mut dyn FnMut(&'d Expr, bool),
}

impl<'s, 'd> Search<'s, 'd> {
    /// `see` is told each condition, and whether the rule passes where it holds.
    pub fn new(declared: &'s Declared<'d>, see: &'s mut dyn FnMut(&'d Expr, bool)) -> Self {
        Self { declared, seen: HashSet::new(), see }
    }

    /// Goes through what has to hold; `must` is false of what excuses where it does not.
    pub fn condition(&mut self, expr: &'d Expr, must: bool) {
        match &expr.kind {
            ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().for_each(|part| self.condition(part, must)),
            ExprKind::Not(inner) => self.condition(inner, !must),
            ExprKind::If(test, yes, no) => {
                if no.is_none() {
                    self.condition(test, !must);
                }
                self.condition(yes, must);
                no.iter().for_each(|no| self.condition(no, must));
            }
            ExprKind::Quantifier(quantifier, list, _, body) => {
                self.list(list, must == (*quantifier == Quantifier::Some));
                self.condition(body, must == (*quantifier != Quantifier::None));
            }
            ExprKind::Covers(have, wanted) => {
                self.list(have, must);
                self.list(wanted, !must);
            }
            ExprKind::By(_, cond) => self.condition(cond, must),
            ExprKind::Name(name) => self.definition(name, must, Self::condition),
            _ => (self.see)(expr, must),
        }
    }

    /// A list of which every element helps, or (`must` is false) asks for something.
    fn list(&mut self, expr: &'d Expr, must: bool) {
        match &expr.kind {
            ExprKind::Filter(list, _, cond) => {
                self.list(list, must);
                self.condition(cond, must);
            }
            ExprKind::Field(list, _) | ExprKind::Aggregate(Aggregate::Distinct, list, _) => self.list(list, must),
            ExprKind::Name(name) => self.definition(name, must, Self::list),
            _ => {}
        }
    }

    fn definition(&mut self, name: &'d str, must: bool, look: fn(&mut Self, &'d Expr, bool)) {
        if let Some(define) = self.declared.define(name)
            && self.seen.insert((name, must))
        {
            look(self, &define.value, must);
        }
    }
}
