//! Conditions that other conditions decide: a filter that says what is asked of what it leaves, a bound that a wider one
//! follows, `或` of which one part always holds. Types and ranges are known as well as words ([`Facts`](super::facts)).

use std::collections::{HashMap, HashSet};

use super::constraints;
use super::sense::{PARTS, Place, Sense};
use crate::atoms::Atom;
use crate::declared::Declared;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Lang};
use bulou_messages::texts;
use bulou_syntax::ast::{Expr, ExprKind, Requirement, Rule};
use bulou_syntax::print;
use bulou_syntax::tree::{Role, parts, same, table_parts, walk};

/// The warnings; what is `known` already is not said again.
pub(super) fn warnings(declared: &Declared<'_>, atoms: &HashMap<Span, Atom>, known: &HashSet<Span>) -> Vec<Diagnostic> {
    let (divided, entered) = (HashSet::new(), Vec::new());
    let mut review = Review { sense: Sense::new(declared, atoms), known, found: Vec::new(), divided, entered };
    let nowhere = Place::default();
    for define in &declared.defines {
        review.whole(&nowhere, &define.value);
    }
    // A definition is divided where a rule uses it, and the rule may have seen to it.
    review.found.retain(|found| found.code != Code::MayDivideZero);
    review.divided.clear();
    constraints(declared).for_each(|asked| review.whole(&nowhere, &asked.expr));
    declared.tables.iter().flat_map(|table| table_parts(table)).for_each(|expr| review.filters(expr));
    declared.rules.iter().for_each(|rule| review.rule(rule));
    review.found
}

struct Review<'s, 'd> {
    sense: Sense<'s, 'd>,
    known: &'s HashSet<Span>,
    found: Vec<Diagnostic>,
    /// Divisions that were told of, and definitions that are being looked into.
    divided: HashSet<Span>,
    entered: Vec<String>,
}

impl Review<'_, '_> {
    fn rule(&mut self, rule: &Rule) {
        let nowhere = Place::default();
        let before = self.found.len();
        let mut place = Some(nowhere.clone());
        if let Some(applies) = &rule.applies {
            self.whole(&nowhere, applies);
            place = self.sense.after(&nowhere, applies, true);
        }
        // Where the rule never applies, nothing is to be said of what it asks.
        let Some(place) = place else { return };
        for asked in &rule.requirements {
            let said = self.found.len();
            self.whole(&place, &asked.expr);
            if self.found.len() == said && !self.is_known(&asked.expr) {
                self.requirement(&place, rule, &asked.expr);
            }
        }
        if self.found.len() == before && rule.requirements.len() <= PARTS {
            self.together(&place, rule);
        }
    }

    /// A requirement that what it stands under decides.
    fn requirement(&mut self, place: &Place, rule: &Rule, expr: &Expr) {
        let Some(answer) = self.sense.verdict(place, expr) else { return };
        let id = &rule.id.text;
        let message = match answer {
            true => texts::requirement_rule_always_holds(&id).text(),
            false => texts::requirement_rule_never_holds(&id).text(),
        };
        let help = texts::check_condition_scope_definitions().text();
        self.found.push(Diagnostic::new(Code::Settled, expr.span, message, help));
    }

    /// An expression with all in it, unless it is known what is wrong there.
    fn whole(&mut self, place: &Place, expr: &Expr) {
        if !self.is_known(expr) {
            self.filters(expr);
            self.part(place, expr);
        }
    }

    fn is_known(&self, expr: &Expr) -> bool {
        let mut known = false;
        walk(expr, &mut |part| known |= self.known.contains(&part.span));
        known
    }

    /// Filters that nothing passes, and what stands in them.
    fn filters(&mut self, expr: &Expr) {
        let mut filters = Vec::new();
        walk(expr, &mut |part| {
            if let ExprKind::Filter(list, _, cond) = &part.kind {
                filters.push((&**list, &**cond));
            }
        });
        let within = Place { within: true, ..Place::default() };
        for (list, cond) in filters {
            let Some(place) = self.sense.element(&within, list) else { continue };
            let said = self.found.len();
            self.part(&place, cond);
            if self.found.len() == said && self.sense.verdict(&place, cond) == Some(false) {
                let message = texts::nothing_passes_filter(&words(cond)).text();
                self.say(cond.span, message, texts::write_other_option_or());
            }
        }
    }

    /// What is decided within a condition.
    fn part(&mut self, place: &Place, expr: &Expr) {
        match &expr.kind {
            ExprKind::And(parts) => self.joined(place, parts, true),
            ExprKind::Or(parts) => self.joined(place, parts, false),
            ExprKind::Not(inner) | ExprKind::By(_, inner) => self.part(place, inner),
            ExprKind::If(test, yes, no) => {
                self.part(place, test);
                for (branch, met) in [Some((yes, true)), no.as_ref().map(|no| (no, false))].into_iter().flatten() {
                    if let Some(place) = self.sense.after(place, test, met) {
                        self.decided(&place, branch);
                    }
                }
            }
            ExprKind::Quantifier(_, list, _, body) => {
                if let Some(element) = self.sense.element(place, list) {
                    self.body(&element, body);
                }
            }
            _ => self.divisions(place, expr),
        }
    }

    /// Divisions by what may be 0 where they stand: nothing comes of them, and nothing can be said of the rule.
    fn divisions(&mut self, place: &Place, expr: &Expr) {
        match &expr.kind {
            // What stands in a filter is looked at with what is known there.
            ExprKind::Filter(list, ..) => return self.divisions(place, list),
            ExprKind::Quantifier(..) | ExprKind::And(_) | ExprKind::Or(_) => return,
            ExprKind::If(test, yes, no) => {
                for (branch, met) in [Some((yes, true)), no.as_ref().map(|no| (no, false))].into_iter().flatten() {
                    if let Some(place) = self.sense.after(place, test, met) {
                        self.divisions(&place, branch);
                    }
                }
                return;
            }
            ExprKind::Name(name) => {
                if let Some(define) = self.sense.declared.define(name).filter(|_| !self.entered.contains(name)) {
                    self.entered.push(name.clone());
                    self.divisions(place, &define.value);
                    self.entered.pop();
                }
                return;
            }
            ExprKind::Arith(_, _, by) => {
                if let Some(Atom::Divisor(side)) = self.sense.atoms.get(&expr.span)
                    && !place.facts.is_not_zero(side)
                    && self.divided.insert(expr.span)
                {
                    let message = texts::divisor_may_be_0(&words(by)).text();
                    let help = texts::divide_only_where_not_0(&words(by)).text();
                    self.found.push(Diagnostic::new(Code::MayDivideZero, expr.span, message, help));
                }
            }
            _ => {}
        }
        for (_, part) in parts(expr, Role::Value) {
            self.divisions(place, part);
        }
    }

    /// What is asked of the elements that a filter leaves.
    fn body(&mut self, element: &Place, body: &Expr) {
        let said = self.found.len();
        self.part(element, body);
        if self.found.len() > said {
            return;
        }
        let message = match self.sense.verdict(element, body) {
            Some(true) => texts::filter_decides_body(&words(body)).text(),
            Some(false) => texts::filter_excludes_body(&words(body)).text(),
            None => return,
        };
        self.say(body.span, message, texts::ask_something_else_filter());
    }

    /// A part of a condition that is decided where it stands.
    fn decided(&mut self, place: &Place, expr: &Expr) -> bool {
        let said = self.found.len();
        self.part(place, expr);
        // `否则 否` says what it comes to then.
        if self.found.len() == said
            && !matches!(expr.kind, ExprKind::Bool(_))
            && let Some(answer) = self.sense.verdict(place, expr)
        {
            let message = match answer {
                true => texts::part_always_where(&words(expr)).text(),
                false => texts::part_never_where(&words(expr)).text(),
            };
            self.say(expr.span, message, texts::write_other_option_or());
        }
        self.found.len() > said
    }

    /// The parts of `且` (`holds`) or `或`: each where those before it hold, or do not, and the other way round.
    fn joined(&mut self, place: &Place, parts: &[Expr], holds: bool) {
        if parts.len() > PARTS {
            return parts.iter().for_each(|part| self.part(place, part));
        }
        let mut here = place.clone();
        for part in parts {
            let said = self.found.len();
            self.part(&here, part);
            if self.found.len() > said || self.beside(&here, part, holds) {
                return;
            }
            match self.sense.after(&here, part, holds) {
                Some(after) => here = after,
                None => return,
            }
        }
        let mut here = place.clone();
        for part in parts.iter().rev() {
            if self.beside(&here, part, holds) {
                return;
            }
            match self.sense.after(&here, part, holds) {
                Some(after) => here = after,
                None => return,
            }
        }
    }

    /// A part that others decide.
    fn beside(&mut self, here: &Place, part: &Expr, holds: bool) -> bool {
        let Some(answer) = self.sense.verdict(here, part) else { return false };
        let message = match (answer == holds, holds) {
            (true, true) => texts::part_always_where(&words(part)).text(),
            (true, false) => texts::part_never_where(&words(part)).text(),
            (false, true) => texts::and_never_together(&words(part)).text(),
            (false, false) => texts::or_always_one(&words(part)).text(),
        };
        self.say(part.span, message, texts::write_other_option_or());
        true
    }

    /// Requirements of one rule that say the same, or exclude one another.
    fn together(&mut self, place: &Place, rule: &Rule) {
        let open: Vec<&Requirement> = rule.requirements.iter().filter(|asked| !self.is_known(&asked.expr)).collect();
        for (number, asked) in open.iter().enumerate() {
            for other in open.iter().take(number) {
                if let Some(found) = self.two(place, rule, (other, asked)) {
                    self.found.push(found);
                    break;
                }
            }
        }
    }

    fn two(&self, place: &Place, rule: &Rule, (first, second): (&Requirement, &Requirement)) -> Option<Diagnostic> {
        let (one, other) = (&first.expr, &second.expr);
        // What is the very same is told already.
        if same(one, other) {
            return None;
        }
        let given = |given: &Expr, asked: &Expr| {
            self.sense.after(place, given, true).and_then(|place| self.sense.verdict(&place, asked))
        };
        let id = &rule.id.text;
        let (weaker, wider) = match (given(one, other), given(other, one)) {
            (Some(false), _) => {
                let message = texts::rule_contradicts_itself_nothing(&id, &words(one), &words(other)).text();
                let help = texts::mend_one_them_where().text();
                let found = Diagnostic::new(Code::Contradiction, other.span, message, help);
                return Some(found.with_label(one.span, texts::other_requirement_here().text()));
            }
            (Some(true), _) => (other, one),
            (_, Some(true)) => (one, other),
            _ => return self.either_way(place, one, other),
        };
        let message = texts::requirement_within_another(&id).text();
        let help = texts::remove_weaker_write_other().text();
        let found = Diagnostic::new(Code::AskedTwice, weaker.span, message, help);
        Some(found.with_label(wider.span, texts::other_here().text()))
    }

    /// `若 A 则 P` and `若 非 A 则 P`.
    fn either_way(&self, place: &Place, one: &Expr, other: &Expr) -> Option<Diagnostic> {
        let (ExprKind::If(test, yes, None), ExprKind::If(again, also, None)) = (&one.kind, &other.kind) else {
            return None;
        };
        let neither = same(yes, also)
            && self
                .sense
                .after(place, test, false)
                .is_none_or(|place| self.sense.after(&place, again, false).is_none());
        neither.then(|| {
            let message = texts::condition_decides_nothing().text();
            let help = texts::write_without_if_or().text();
            let found = Diagnostic::new(Code::SaysNothing, again.span, message, help);
            found.with_label(test.span, texts::other_here().text())
        })
    }

    fn say(
        &mut self,
        span: Span,
        message: bulou_messages::diagnostic::LocalizedText,
        help: bulou_messages::sentence::Phrase,
    ) {
        self.found.push(Diagnostic::new(Code::SaysNothing, span, message, help.text()));
    }
}

fn words(expr: &Expr) -> String {
    print::expr(expr, Lang::Zh)
}
