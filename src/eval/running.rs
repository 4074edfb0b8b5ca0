//! The deadlines that a document is held to, wherever they stand in a rule: those that run, those that have passed, and
//! what was done too late.

use crate::deadline::Standing;
use crate::evaluator::Evaluator;
use crate::lists::Flow;
use bulou_base::date::{Date, days_between};
use bulou_base::limits;
use bulou_base::value::{Truth, Value};
use bulou_document::item_label;
use bulou_ir::expr::{Cond, CondKind, List};
use bulou_ir::{Body, Rule};
use bulou_syntax::ast::Quantifier;

/// A deadline that is not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// `None` where a `敏感` value decides which deadline it is, and of which element.
    pub due: Option<Date>,
    /// When it was done, too late.
    pub done: Option<Date>,
    /// What names the element that it is about, when it is about one.
    pub item: String,
}

/// The deadlines of a rule that are not met, and how many more there are than are listed.
pub(crate) fn running<'d>(evaluator: &mut Evaluator<'d>, rule: &'d Rule) -> (Vec<Running>, u32) {
    let mut found = Found::default();
    for requirement in &rule.requirements {
        evaluator.begin();
        found.walk(evaluator, &requirement.cond, "");
    }
    (found.listed, found.more)
}

#[derive(Default)]
struct Found {
    listed: Vec<Running>,
    more: u32,
}

impl Found {
    fn walk<'d>(&mut self, evaluator: &mut Evaluator<'d>, cond: &'d Cond, item: &str) {
        match &cond.kind {
            // The day of a deadline is never `敏感`, whatever has to be by then.
            CondKind::By(by) => {
                let standing = evaluator.by(by);
                self.held_to(evaluator, standing, item);
            }
            _ if cond.hidden => self.concealed(evaluator.truth(cond)),
            CondKind::And(parts) => parts.iter().for_each(|part| self.walk(evaluator, part, item)),
            // What another alternative already meets is owed no longer.
            CondKind::Or(_) if evaluator.truth(cond) == Truth::True => {}
            CondKind::Or(parts) => parts.iter().for_each(|part| self.walk(evaluator, part, item)),
            CondKind::If(test, yes, no) => {
                let tested = evaluator.truth(test);
                if tested != Truth::False {
                    self.walk(evaluator, yes, item);
                }
                if let Some(no) = no.as_deref().filter(|_| tested != Truth::True) {
                    self.walk(evaluator, no, item);
                }
            }
            CondKind::Quantifier(Quantifier::Some, ..) if evaluator.truth(cond) == Truth::True => {}
            CondKind::Quantifier(Quantifier::Every | Quantifier::Some, list, frame, body) => {
                self.elements(evaluator, list, *frame, body);
            }
            CondKind::Definition(index) => evaluator.defined(*index, |evaluator, body| {
                if let Body::Cond(body) = body {
                    self.walk(evaluator, body, item);
                }
            }),
            CondKind::Deadline(deadline) => {
                let standing = evaluator.deadline(deadline);
                self.held_to(evaluator, standing, item);
            }
            // Conditions, in which no requirement can stand.
            _ => {}
        }
    }

    fn elements<'d>(&mut self, evaluator: &mut Evaluator<'d>, list: &'d List, frame: u8, body: &'d Cond) {
        let _ = evaluator.each(list, &mut |evaluator, element| {
            if !element.part {
                let item = match element.value {
                    Value::Row(row) => item_label(evaluator.document, &evaluator.rules.shape, row, evaluator.lang),
                    _ => String::new(),
                };
                evaluator.bind(frame, element.value);
                self.walk(evaluator, body, &item);
            }
            if evaluator.is_exhausted() { Flow::Break(()) } else { Flow::Continue(()) }
        });
    }

    /// Which deadlines run, and how many, would tell the value that made it so: of such a requirement nothing is told but
    /// what it comes to.
    fn concealed(&mut self, truth: Truth) {
        if truth == Truth::Pending {
            self.list(Running { due: None, done: None, item: String::new() });
        }
    }

    fn held_to(&mut self, evaluator: &Evaluator<'_>, standing: Standing, item: &str) {
        // Where the steps ran out, nobody knows whether it is met.
        if evaluator.is_exhausted() {
            return;
        }
        let Some(due) = standing.term.due.filter(|_| standing.truth != Truth::True) else { return };
        let done = standing.done.filter(|done| standing.truth == Truth::False && days_between(due, *done) > 0);
        self.list(Running { due: Some(due), done, item: item.to_owned() });
    }

    fn list(&mut self, one: Running) {
        if self.listed.len() < limits::FINDINGS {
            self.listed.push(one);
        } else {
            self.more = self.more.saturating_add(1);
        }
    }
}
