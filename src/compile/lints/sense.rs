//! What follows where a condition holds, or does not: whether that can be at all beside what is known.

use std::cell::Cell;
use std::collections::HashMap;

use super::facts::Facts;
use crate::atoms::Atom;
use crate::declared::Declared;
use bulou_base::source::Span;
use bulou_messages::diagnostic::Lang;
use bulou_syntax::ast::{Expr, ExprKind, Quantifier};
use bulou_syntax::print;

/// So many conditions are looked at for one answer; what a longer one comes to is not asked.
const STEPS: usize = 4_000;

/// Rules of more requirements, and longer `且` and `或`, are not compared part by part: the work grows as its square.
pub(super) const PARTS: usize = 16;

/// How conditions are understood.
pub(super) struct Sense<'s, 'd> {
    pub declared: &'s Declared<'d>,
    pub atoms: &'s HashMap<Span, Atom>,
    steps: Cell<usize>,
}

/// Where a condition stands: what is known there, and whether an element of a list is bound. Definitions bind theirs by the
/// same numbers, so that within a list they are not looked into.
#[derive(Clone, Default)]
pub(super) struct Place {
    pub facts: Facts,
    pub within: bool,
}

impl<'s, 'd> Sense<'s, 'd> {
    pub fn new(declared: &'s Declared<'d>, atoms: &'s HashMap<Span, Atom>) -> Self {
        Self { declared, atoms, steps: Cell::new(0) }
    }

    /// What a condition comes to whatever the document says.
    pub fn verdict(&self, place: &Place, expr: &Expr) -> Option<bool> {
        self.steps.set(0);
        let can = |holds| self.assume(place, expr, holds).is_some();
        let verdict = match (can(true), can(false)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            // Where nothing can be, what stands around is at fault.
            _ => None,
        };
        verdict.filter(|_| self.steps.get() < STEPS)
    }

    /// The same place where a condition holds, or does not; none where that cannot be.
    pub fn after(&self, place: &Place, expr: &Expr, holds: bool) -> Option<Place> {
        self.steps.set(0);
        self.assume(place, expr, holds)
    }

    fn assume(&self, place: &Place, expr: &Expr, holds: bool) -> Option<Place> {
        self.steps.set(self.steps.get() + 1);
        if self.steps.get() >= STEPS {
            return Some(place.clone());
        }
        let with = |facts: Option<Facts>| facts.map(|facts| Place { facts, within: place.within });
        if let Some(atom) = self.atoms.get(&expr.span) {
            let holds = holds != matches!(expr.kind, ExprKind::Has(_, false));
            return with(place.facts.but(|facts| facts.take(atom, holds)));
        }
        match &expr.kind {
            ExprKind::Bool(value) => (*value == holds).then(|| place.clone()),
            ExprKind::Not(inner) => self.assume(place, inner, !holds),
            ExprKind::And(parts) if holds => self.all(place, parts, true),
            ExprKind::Or(parts) if !holds => self.all(place, parts, false),
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                let cases: Vec<_> = parts.iter().map(|part| self.assume(place, part, holds)).collect();
                any(place, cases)
            }
            ExprKind::If(test, yes, no) => {
                let case = |met: bool, then: Option<&Expr>| {
                    let place = self.assume(place, test, met)?;
                    match then {
                        Some(then) => self.assume(&place, then, holds),
                        None => holds.then_some(place),
                    }
                };
                any(place, vec![case(true, Some(yes)), case(false, no.as_deref())])
            }
            ExprKind::Name(name) if !place.within => match self.declared.define(name) {
                Some(define) => self.assume(place, &define.value, holds),
                None => with(place.facts.but(|facts| facts.say(name.clone(), holds))),
            },
            ExprKind::Covers(_, wanted) if is_nothing(wanted) => holds.then(|| place.clone()),
            ExprKind::Quantifier(quantifier, list, _, body)
                if self.settles(place, *quantifier, (list, body), holds) =>
            {
                None
            }
            _ => with(place.facts.but(|facts| facts.say(print::expr(expr, Lang::Zh), holds))),
        }
    }

    fn all(&self, place: &Place, parts: &[Expr], holds: bool) -> Option<Place> {
        if parts.len() > PARTS {
            return Some(place.clone());
        }
        parts.iter().try_fold(place.clone(), |place, part| self.assume(&place, part, holds))
    }

    /// Whether what is asked of the elements settles that it does not come to this.
    fn settles(&self, place: &Place, quantifier: Quantifier, (list, body): (&Expr, &Expr), holds: bool) -> bool {
        let Some(element) = self.element(place, list) else { return holds == (quantifier == Quantifier::Some) };
        // An empty list has neither, so that of the other answers nothing is known.
        let (body_is, settled) = match quantifier {
            Quantifier::Every => (false, false),
            Quantifier::Some => (true, true),
            Quantifier::None => (true, false),
        };
        holds == settled && self.assume(&element, body, body_is).is_none()
    }

    /// Where an element of a list stands; none where its filter lets nothing through.
    pub fn element(&self, place: &Place, list: &Expr) -> Option<Place> {
        match &list.kind {
            ExprKind::Filter(inner, _, cond) => {
                let place = self.element(place, inner)?;
                self.assume(&place, cond, true)
            }
            ExprKind::Name(name) if !place.within => match self.declared.define(name) {
                Some(define) => self.element(place, &define.value),
                None => Some(Place { facts: place.facts.clone(), within: true }),
            },
            _ => Some(Place { facts: place.facts.clone(), within: true }),
        }
    }
}

/// What is known where one of several cases is.
fn any(place: &Place, cases: Vec<Option<Place>>) -> Option<Place> {
    let mut cases = cases.into_iter().flatten();
    let first = cases.next()?;
    Some(if cases.next().is_some() { place.clone() } else { first })
}

/// Whether a list has no elements wherever it stands: `{}`.
pub(super) fn is_nothing(list: &Expr) -> bool {
    matches!(&list.kind, ExprKind::List(parts) if parts.is_empty())
}
