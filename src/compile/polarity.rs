//! Walks through what has to hold and tells of each condition within whether the rule passes where it holds, or where it
//! does not.

use std::collections::HashSet;

use crate::declared::Declared;
use bulou_syntax::ast::{Aggregate, ArithOp, CompareOp, Expr, ExprKind, Quantifier};
use bulou_syntax::tree::{Role, parts};

/// Shows the conditions that requirements are made of, those of a definition once for each way in which it stands.
pub(super) struct Search<'s, 'd> {
    declared: &'s Declared<'d>,
    /// Definitions that were gone into, and how they stood.
    seen: HashSet<(&'d str, bool)>,
    see: &'s mut dyn FnMut(&'d Expr, bool),
    /// Whether conditions on what is counted are shown as well.
    counted: bool,
}

impl<'s, 'd> Search<'s, 'd> {
    /// `see` is told each condition, and whether the rule passes where it holds.
    pub fn new(declared: &'s Declared<'d>, see: &'s mut dyn FnMut(&'d Expr, bool)) -> Self {
        Self { declared, seen: HashSet::new(), see, counted: false }
    }

    /// The same, which shows the conditions of filters in what is counted, added up or compared as well: `数量(L[有 x]) ≥ 3` is
    /// passed by more that the filter lets through.
    pub fn with_counted(declared: &'s Declared<'d>, see: &'s mut dyn FnMut(&'d Expr, bool)) -> Self {
        Self { counted: true, ..Self::new(declared, see) }
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
            _ => {
                (self.see)(expr, must);
                if self.counted {
                    self.sides(expr, must);
                }
            }
        }
    }

    /// What a comparison and its kin look at. Where neither more nor less is what passes, it counts as if more were.
    fn sides(&mut self, expr: &'d Expr, must: bool) {
        match &expr.kind {
            ExprKind::Compare(op, left, right) => {
                let less = matches!(op, CompareOp::Lt | CompareOp::Le);
                let more = matches!(op, CompareOp::Gt | CompareOp::Ge);
                self.value(left, if less { !must } else { must || !more });
                self.value(right, if more { !must } else { must || !less });
            }
            ExprKind::Between(value, low, high) => {
                self.value(value, true);
                self.value(low, !must);
                self.value(high, must);
            }
            ExprKind::Has(..) => {}
            _ => parts(expr, Role::Value).into_iter().for_each(|(_, part)| self.value(part, true)),
        }
    }

    /// A value of which more helps, or (`must` is false) less.
    fn value(&mut self, expr: &'d Expr, must: bool) {
        match &expr.kind {
            ExprKind::Aggregate(_, list, share) => {
                // A share is of what the filter leaves, which makes it neither more nor less.
                self.list(list, must || share.is_some());
                share.iter().for_each(|share| self.condition(share, must));
            }
            ExprKind::Arith(ArithOp::Sub | ArithOp::Div | ArithOp::IntDiv, one, other) => {
                self.value(one, must);
                self.value(other, !must);
            }
            ExprKind::Neg(inner) => self.value(inner, !must),
            ExprKind::Filter(..) => self.list(expr, must),
            ExprKind::If(test, yes, no) => {
                self.condition(test, true);
                [yes].into_iter().chain(no).for_each(|branch| self.value(branch, must));
            }
            ExprKind::Name(name) => self.definition(name, must, Self::value),
            _ => parts(expr, Role::Value).into_iter().for_each(|(_, part)| self.value(part, must)),
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
