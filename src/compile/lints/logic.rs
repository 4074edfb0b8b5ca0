//! Rules whose outcome is settled, and conditions that say nothing: `A 或 非 A`, `A 且 A`, two branches that are the same.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use super::asked;
use super::sense::is_nothing;
use crate::declared::Declared;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Lang, LocalizedText};
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use bulou_syntax::ast::{CompareOp, Expr, ExprKind, Quantifier, Rule};
use bulou_syntax::print;
use bulou_syntax::tree::{number, same};

pub(super) fn warnings(declared: &Declared<'_>, decided: &HashMap<Span, bool>) -> Vec<Diagnostic> {
    let settled = Settled { declared, decided, known: RefCell::default() };
    let mut found: Vec<Diagnostic> = declared.rules.iter().flat_map(|rule| settled.rule(rule)).collect();
    let mut see = |expr| found.extend(empty_words(expr));
    asked(declared, &mut see);
    found
}

struct Settled<'s, 'd> {
    declared: &'s Declared<'d>,
    decided: &'s HashMap<Span, bool>,
    /// Definitions that were looked at, and what they always come to.
    known: RefCell<HashMap<&'d str, Option<bool>>>,
}

impl Settled<'_, '_> {
    fn rule(&self, rule: &Rule) -> Vec<Diagnostic> {
        let id = &rule.id.text;
        let mut found = Vec::new();
        if let Some(answer) = rule.applies.as_ref().and_then(|expr| self.unsaid(expr)) {
            let span = rule.applies.as_ref().map_or(rule.id.span, |expr| expr.span);
            found.push(if answer {
                let message = texts::applies_rule_always_holds(&id).text();
                settled(span, message, texts::take_applies_away_where())
            } else {
                let message = texts::rule_never_applies(&id).text();
                settled(span, message, texts::check_condition_scope_fields())
            });
        }
        for asked in &rule.requirements {
            let Some(answer) = self.unsaid(&asked.expr) else { continue };
            let message = match answer {
                true => texts::requirement_rule_always_holds(&id).text(),
                false => texts::requirement_rule_never_holds(&id).text(),
            };
            found.push(settled(asked.expr.span, message, texts::check_condition_scope_definitions()));
        }
        found
    }

    /// What an expression always comes to, unless that is said of it as a whole already.
    fn unsaid(&self, expr: &Expr) -> Option<bool> {
        if self.decided.contains_key(&expr.span) || empty_words(expr).is_some() {
            return None;
        }
        self.answer(expr)
    }

    fn answer(&self, expr: &Expr) -> Option<bool> {
        if let Some(known) = self.decided.get(&expr.span) {
            return Some(*known);
        }
        match &expr.kind {
            ExprKind::Bool(value) => Some(*value),
            ExprKind::Not(inner) => self.answer(inner).map(|answer| !answer),
            ExprKind::And(parts) => self.joined(parts, false),
            ExprKind::Or(parts) => self.joined(parts, true),
            ExprKind::If(test, yes, no) => {
                let test = self.answer(test);
                let yes = self.answer(yes);
                let no = no.as_ref().map_or(Some(true), |no| self.answer(no));
                match test {
                    Some(true) => yes,
                    Some(false) => no,
                    None => yes.filter(|_| yes == no),
                }
            }
            ExprKind::Quantifier(quantifier, _, _, body) => match (quantifier, self.answer(body)?) {
                (Quantifier::Every, true) | (Quantifier::None, false) => Some(true),
                (Quantifier::Some, false) => Some(false),
                _ => None,
            },
            ExprKind::In(_, list) if is_nothing(list) => Some(false),
            ExprKind::Covers(_, wanted) if is_nothing(wanted) => Some(true),
            ExprKind::Between(_, low, high) => match (&low.kind, &high.kind) {
                (ExprKind::Number(low), ExprKind::Number(high)) if number(*low) > number(*high) => Some(false),
                (ExprKind::Date(low), ExprKind::Date(high)) if low > high => Some(false),
                _ => None,
            },
            ExprKind::Name(name) => {
                let define = self.declared.define(name)?;
                let known = self.known.borrow().get(define.name.text.as_str()).copied();
                known.unwrap_or_else(|| {
                    let answer = self.answer(&define.value);
                    self.known.borrow_mut().insert(&define.name.text, answer);
                    answer
                })
            }
            _ => None,
        }
    }

    /// Of `且` (`decisive` is false) or `或` (true): one part decides, or all do.
    fn joined(&self, parts: &[Expr], decisive: bool) -> Option<bool> {
        let answers: Vec<Option<bool>> = parts.iter().map(|part| self.answer(part)).collect();
        let opposed = pair(parts, true).is_some();
        if opposed || answers.contains(&Some(decisive)) {
            return Some(decisive);
        }
        answers.iter().all(|answer| *answer == Some(!decisive)).then_some(!decisive)
    }
}

fn settled(span: Span, message: LocalizedText, help: Phrase) -> Diagnostic {
    Diagnostic::new(Code::Settled, span, message, help.text())
}

/// The later of two parts that are the same, or (`opposed`) of which one is the negation of the other.
fn pair(parts: &[Expr], opposed: bool) -> Option<Span> {
    let mut seen = HashSet::new();
    parts.iter().find_map(|part| {
        let (words, holds) = said(part);
        let found = seen.contains(&(words.clone(), holds != opposed));
        seen.insert((words, holds));
        found.then_some(part.span)
    })
}

/// A condition in words that are the same for its negation, and whether it says that these hold.
fn said(expr: &Expr) -> (String, bool) {
    let words = |expr: &Expr| print::expr(expr, Lang::Zh);
    match &expr.kind {
        ExprKind::Not(inner) => {
            let (words, holds) = said(inner);
            (words, !holds)
        }
        ExprKind::Has(inner, there) => (format!("有 {}", words(inner)), *there),
        ExprKind::Compare(op, one, other) => {
            let holds = matches!(op, CompareOp::Eq | CompareOp::Lt | CompareOp::Le);
            let op = if holds { *op } else { op.opposite() };
            (format!("{op:?} {} {}", words(one), words(other)), holds)
        }
        _ => (words(expr), true),
    }
}

/// What an expression itself says needlessly.
fn empty_words(expr: &Expr) -> Option<Diagnostic> {
    let (span, message) = match &expr.kind {
        ExprKind::Covers(have, wanted) if same(have, wanted) => (expr.span, texts::covers_itself()),
        ExprKind::Or(parts) if pair(parts, true).is_some() => (expr.span, texts::condition_or_opposite_always()),
        ExprKind::And(parts) if pair(parts, true).is_some() => (expr.span, texts::condition_and_opposite_never()),
        ExprKind::And(parts) | ExprKind::Or(parts) => (pair(parts, false)?, texts::same_condition_stands_twice()),
        ExprKind::If(_, yes, Some(no)) if same(yes, no) => (expr.span, texts::both_branches_same_decides()),
        ExprKind::If(test, yes, None) if same(test, yes) => (expr.span, texts::if_then_say_same()),
        _ => return None,
    };
    let help = texts::copied_not_changed_most().text();
    Some(Diagnostic::new(Code::SaysNothing, span, message.text(), help))
}
