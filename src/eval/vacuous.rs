//! Whether something holds only because there was nothing to look at: every element of an empty list is good.

use crate::evaluator::Evaluator;
use crate::lists::Flow;
use bulou_base::value::Truth;
use bulou_ir::Body;
use bulou_ir::expr::{Cond, CondKind, List, ListKind};
use bulou_syntax::ast::Quantifier;

impl<'d> Evaluator<'d> {
    /// Of a condition or requirement that is true: no list that it looks at had an element.
    pub fn is_vacuous(&mut self, cond: &'d Cond) -> bool {
        match &cond.kind {
            CondKind::Quantifier(Quantifier::Every, list, frame, body) => {
                let mut vacuous = true;
                let _ = self.each(list, &mut |evaluator, item| {
                    vacuous = !item.part && {
                        evaluator.bind(*frame, item.value);
                        evaluator.is_vacuous(body)
                    };
                    if vacuous { Flow::Continue(()) } else { Flow::Break(()) }
                });
                vacuous
            }
            // An element that a filter leaves out was looked at, and is none of those that must not be.
            CondKind::Quantifier(Quantifier::None, list, ..) => self.is_empty(whole(list)),
            CondKind::Covers(_, want) => self.is_empty(want),
            CondKind::And(parts) => parts.iter().all(|part| self.is_vacuous(part)),
            CondKind::Or(parts) => parts.iter().all(|part| self.truth(part) != Truth::True || self.is_vacuous(part)),
            CondKind::Not(inner) => self.is_void(inner),
            CondKind::If(test, yes, no) => match (self.truth(test), no) {
                (Truth::True, _) => self.is_vacuous(yes),
                (Truth::False, Some(no)) => self.is_vacuous(no),
                (Truth::False, None) => self.is_void(test),
                _ => false,
            },
            CondKind::By(by) => self.is_vacuous(&by.cond),
            CondKind::Frequency(frequency) => self.asks_of_no_period(frequency),
            CondKind::Definition(index) => self.of_definition(*index, Self::is_vacuous),
            _ => false,
        }
    }

    /// Of one that is false: no list that it looks at had an element.
    fn is_void(&mut self, cond: &'d Cond) -> bool {
        match &cond.kind {
            CondKind::Quantifier(Quantifier::Some, list, ..) => self.is_empty(whole(list)),
            CondKind::And(parts) => parts.iter().all(|part| self.truth(part) != Truth::False || self.is_void(part)),
            CondKind::Or(parts) => parts.iter().all(|part| self.is_void(part)),
            CondKind::Not(inner) => self.is_vacuous(inner),
            CondKind::Definition(index) => self.of_definition(*index, Self::is_void),
            _ => false,
        }
    }

    fn of_definition(&mut self, index: usize, ask: fn(&mut Self, &'d Cond) -> bool) -> bool {
        self.defined(index, |evaluator, body| matches!(body, Body::Cond(cond) if ask(evaluator, cond)))
    }

    fn is_empty(&mut self, list: &'d List) -> bool {
        let mut empty = true;
        let _ = self.each(list, &mut |_, _| {
            empty = false;
            Flow::Break(())
        });
        empty
    }
}

/// A list without what filters take from it.
fn whole(list: &List) -> &List {
    match &list.kind {
        ListKind::Filter(inner, ..)
        | ListKind::Project(inner, ..)
        | ListKind::Distinct(inner)
        | ListKind::Hoisted(_, inner)
        | ListKind::Optimized(inner, _) => whole(inner),
        _ => list,
    }
}
