//! From pest's pairs to the tree: what is said of values, comparisons, deadlines and frequencies.

use crate::ast::{CompareOp, Due, Expr, ExprKind, Frequency, Period};
use crate::from_expr::compare_op;
use crate::from_pairs::{Builder, Node, last};
use crate::parser::Rule;
use bulou_base::source::Span;

impl Builder {
    pub(super) fn relation(&mut self, pair: Node<'_>) -> Expr {
        let span = self.span(&pair);
        let mut inner = pair.into_inner();
        let Some(first) = inner.next() else { return self.bad_expr(span) };
        let left = self.expr(first);
        let Some(tail) = inner.next() else { return left };
        let form = tail.as_rule();
        if form == Rule::deadline {
            return self.deadline(left, tail, span);
        }
        if form == Rule::frequency {
            return self.frequency(left, tail, span);
        }
        let mut op = CompareOp::Eq;
        let mut operands = Vec::new();
        for part in tail.into_inner() {
            match part.as_rule() {
                Rule::compare_op => op = compare_op(&part),
                Rule::operand => operands.push(self.expr(part)),
                _ => {}
            }
        }
        let mut operands = operands.into_iter().map(Box::new);
        let Some(right) = operands.next() else { return self.bad_expr(span) };
        let left = Box::new(left);
        let kind = match (form, operands.next()) {
            (Rule::covering, _) => ExprKind::Covers(left, right),
            (Rule::membership, _) => ExprKind::In(left, right),
            (Rule::containing, _) => ExprKind::Contains(left, right),
            (Rule::betweenness, Some(high)) => ExprKind::Between(left, right, high),
            _ => ExprKind::Compare(op, left, right),
        };
        Expr { kind, span }
    }

    fn deadline(&mut self, done: Expr, tail: Node<'_>, span: Span) -> Expr {
        let Some(due) = self.due(&tail) else { return self.bad_expr(span) };
        Expr { kind: ExprKind::Deadline(Box::new(done), Box::new(due)), span }
    }

    pub(super) fn by(&mut self, pair: Node<'_>) -> Expr {
        let span = self.span(&pair);
        let due = self.due(&pair);
        let cond = pair.into_inner().find(|part| part.as_rule() == Rule::expr).map(|part| self.expr(part));
        let (Some(due), Some(cond)) = (due, cond) else { return self.bad_expr(span) };
        Expr { kind: ExprKind::By(Box::new(due), Box::new(cond)), span }
    }

    fn due(&mut self, pair: &Node<'_>) -> Option<Due> {
        let inner = pair.clone().into_inner();
        let has = |wanted: Rule| inner.clone().any(|part| part.as_rule() == wanted);
        let (rolled, early) = (has(Rule::kw_rolled), has(Rule::kw_early));
        if let Some(english) = inner.clone().find(|part| part.as_rule() == Rule::within_of) {
            let mut operands = english.into_inner().filter(|part| part.as_rule() == Rule::operand);
            let (length, start) = (self.expr(operands.next()?), self.expr(operands.next()?));
            return Some(Due::Within { start, length, rolled, early });
        }
        if let Some(english) = inner.clone().find(|part| part.as_rule() == Rule::before_day) {
            return Some(Due::Before(self.expr(last(english)?)));
        }
        let mut operands = inner.filter(|part| part.as_rule() == Rule::operand).map(|part| self.expr(part));
        let start = operands.next()?;
        Some(match operands.next() {
            Some(length) => Due::Within { start, length, rolled, early },
            None => Due::Before(start),
        })
    }

    fn frequency(&mut self, dates: Expr, tail: Node<'_>, span: Span) -> Expr {
        let mut period = Period::Month;
        let mut operands = Vec::new();
        for part in tail.into_inner() {
            match part.as_rule() {
                Rule::period => {
                    period = match last(part).map(|keyword| keyword.as_rule()) {
                        Some(Rule::kw_day) => Period::Day,
                        Some(Rule::kw_week) => Period::Week,
                        Some(Rule::kw_quarter) => Period::Quarter,
                        _ => Period::Month,
                    };
                }
                Rule::operand => operands.push(self.expr(part)),
                _ => {}
            }
        }
        let mut operands = operands.into_iter();
        let (Some(times), Some(since)) = (operands.next(), operands.next()) else { return self.bad_expr(span) };
        let frequency = Frequency { dates, period, times, since, except: operands.next() };
        Expr { kind: ExprKind::Frequency(Box::new(frequency)), span }
    }
}
