//! Requirements that no document can meet together: where both apply, a school could do nothing right.
//!
//! Only what is certain is reported: bounds by constants on one field of the document, asked without a condition.

use std::collections::BTreeMap;

use num_rational::Ratio;

use crate::scope::Checker;
use bulou_base::date::{Date, days_between};
use bulou_base::source::Span;
use bulou_base::value::Quotient;
use bulou_document::Constant;
use bulou_document::field_label;
use bulou_document::types::Domain;
use bulou_ir::expr::{Cond, CondKind, ListKind, Scalar, ScalarKind};
use bulou_ir::{Body, Effective, Rule};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::texts;
use bulou_syntax::ast::{self, CompareOp};

/// What one requirement asks of one field.
#[derive(Clone, Debug)]
struct Asked<'r> {
    rule: &'r str,
    /// Its words, and where they stand.
    text: &'r str,
    span: Span,
    /// The words of its rule's `适用`.
    applies: Option<&'r str>,
    /// Its rule's own days, within the pack's.
    effective: Option<Effective>,
    bound: Bound,
}

/// What a field may be.
#[derive(Clone, Debug, PartialEq)]
enum Bound {
    /// At least; more than where the flag says so.
    Least(Quotient, bool),
    /// At most; less than where the flag says so.
    Most(Quotient, bool),
    /// One of these.
    OneOf(Vec<Constant>),
    /// Anything but this.
    Not(Constant),
}

/// Reports pairs of requirements that exclude one another.
pub(crate) fn report<'a>(checker: &mut Checker<'a>, rules: &[(&'a ast::Rule, Rule)]) {
    let mut fields: BTreeMap<u32, Vec<Asked<'_>>> = BTreeMap::new();
    for (written, rule) in rules {
        for (requirement, compiled) in written.requirements.iter().zip(&rule.requirements) {
            let asked = |bound: Bound, text| Asked {
                rule: &rule.card.id,
                text,
                span: requirement.expr.span,
                applies: rule.applies.as_ref().map(|applies| &*applies.text),
                effective: rule.effective,
                bound,
            };
            bounds(checker, &compiled.cond, true, &mut |slot, bound, text| {
                fields.entry(slot).or_default().push(asked(bound, text));
            });
        }
    }
    let found = fields.into_iter().flat_map(|(slot, asked)| {
        let pairs = excluding(&asked, is_whole(checker, slot));
        pairs.into_iter().map(|(one, other)| contradiction(one, other)).collect::<Vec<_>>()
    });
    let found: Vec<Diagnostic> = found.collect();
    checker.diagnostics.extend(found);
}

/// Shows the bounds on the document's own fields that hold whenever a condition does.
fn bounds<'c>(checker: &'c Checker<'_>, cond: &'c Cond, holds: bool, visit: &mut dyn FnMut(u32, Bound, &'c str)) {
    match &cond.kind {
        CondKind::And(parts) if holds => parts.iter().for_each(|part| bounds(checker, part, true, visit)),
        CondKind::Or(parts) if !holds => parts.iter().for_each(|part| bounds(checker, part, false, visit)),
        CondKind::Not(inner) => bounds(checker, inner, !holds, visit),
        CondKind::Definition(index) => {
            if let Some(Body::Cond(body)) = checker.definitions.get(*index) {
                bounds(checker, body, holds, visit);
            }
        }
        CondKind::Value(scalar) => {
            if let Some(slot) = slot(scalar) {
                visit(slot, Bound::OneOf(vec![Constant::Bool(holds)]), &cond.text);
            }
        }
        CondKind::Compare(op, left, right) => {
            let op = if holds { *op } else { op.opposite() };
            let (field, end, op) = match (slot(left), slot(right)) {
                (Some(slot), None) => (slot, right, op),
                (None, Some(slot)) => (slot, left, op.mirrored()),
                _ => return,
            };
            if let Some(bound) = end.kind.constant().and_then(|end| compared(op, end)) {
                visit(field, bound, &cond.text);
            }
        }
        CondKind::Between(value, low, high) if holds => {
            let ends = low
                .kind
                .constant()
                .and_then(|low| number(&low))
                .zip(high.kind.constant().and_then(|high| number(&high)));
            if let (Some(slot), Some((low, high))) = (slot(value), ends.filter(|(low, high)| low <= high)) {
                visit(slot, Bound::Least(low, false), &cond.text);
                visit(slot, Bound::Most(high, false), &cond.text);
            }
        }
        CondKind::In(item, list) if holds => {
            let ListKind::Literal(parts) = &list.kind else { return };
            let parts: Option<Vec<Constant>> = parts.iter().map(|part| part.kind.constant()).collect();
            if let (Some(slot), Some(parts)) = (slot(item), parts) {
                visit(slot, Bound::OneOf(parts), &cond.text);
            }
        }
        _ => {}
    }
}

/// The slot of a field of the document itself.
fn slot(scalar: &Scalar) -> Option<u32> {
    match &scalar.kind {
        ScalarKind::Field(field) if field.frame == 0 => Some(field.slot),
        _ => None,
    }
}

/// What is ordered, as a number.
pub(crate) fn number(constant: &Constant) -> Option<Quotient> {
    match constant {
        Constant::Number(value) => Some(*value),
        Constant::Date(date) => Some(Ratio::from_integer(i128::from(days_between(Date::default(), *date)))),
        Constant::Duration(count) => Some(Ratio::from_integer(i128::from(count.count))),
        _ => None,
    }
}

fn compared(op: CompareOp, end: Constant) -> Option<Bound> {
    Some(match op {
        CompareOp::Eq => Bound::OneOf(vec![end]),
        CompareOp::Ne => Bound::Not(end),
        CompareOp::Ge => Bound::Least(number(&end)?, false),
        CompareOp::Gt => Bound::Least(number(&end)?, true),
        CompareOp::Le => Bound::Most(number(&end)?, false),
        CompareOp::Lt => Bound::Most(number(&end)?, true),
    })
}

/// Whether a field of the document, or of a record in it, holds whole numbers, dates or durations.
fn is_whole(checker: &Checker<'_>, slot: u32) -> bool {
    !field_label(checker.shape, 0, slot).is_some_and(|field| matches!(field.kind.domain(), Domain::Decimal(_)))
}

/// Pairs that exclude one another, and are in force and apply together. Each is compared with the strictest of the
/// others, so that their number grows as that of the requirements.
fn excluding<'r, 's>(asked: &'s [Asked<'r>], whole: bool) -> Vec<(&'s Asked<'r>, &'s Asked<'r>)> {
    let mut strict: BTreeMap<Option<&str>, Vec<&Asked<'_>>> = BTreeMap::new();
    for one in asked {
        let known = strict.entry(one.applies).or_default();
        if let Some(other) =
            known.iter_mut().find(|other| std::mem::discriminant(&other.bound) == std::mem::discriminant(&one.bound))
        {
            if stricter(&one.bound, &other.bound) {
                *other = one;
            }
        } else {
            known.push(one);
        }
    }
    let mut pairs = BTreeMap::new();
    for one in asked {
        let groups = if one.applies.is_some() { vec![one.applies, None] } else { vec![None] };
        for other in groups.into_iter().filter_map(|group| strict.get(&group)).flatten().copied() {
            if exclude(&one.bound, &other.bound, whole) && together(one, other) {
                let after = (other.span, other.text) < (one.span, one.text);
                let (first, second) = if after { (other, one) } else { (one, other) };
                pairs.insert((first.span, second.span, first.text, second.text), (first, second));
            }
        }
    }
    pairs.into_values().collect()
}

fn stricter(one: &Bound, other: &Bound) -> bool {
    match (one, other) {
        (Bound::Least(a, open), Bound::Least(b, _)) => a > b || a == b && *open,
        (Bound::Most(a, open), Bound::Most(b, _)) => a < b || a == b && *open,
        (Bound::OneOf(a), Bound::OneOf(b)) => a.len() < b.len(),
        _ => false,
    }
}

/// Whether there is a day on which both are in force.
fn together(a: &Asked<'_>, b: &Asked<'_>) -> bool {
    let (Some(a), Some(b)) = (a.effective, b.effective) else { return true };
    a.until.is_none_or(|until| b.from <= until) && b.until.is_none_or(|until| a.from <= until)
}

/// Whether nothing is within both bounds.
fn exclude(a: &Bound, b: &Bound, whole: bool) -> bool {
    match (a, b) {
        (Bound::Least(low, over), Bound::Most(high, under)) | (Bound::Most(high, under), Bound::Least(low, over)) => {
            let one = Ratio::from_integer(1);
            let least = if whole { if *over { low.floor() + one } else { low.ceil() } } else { *low };
            let most = if whole { if *under { high.ceil() - one } else { high.floor() } } else { *high };
            least > most || !whole && least == most && (*over || *under)
        }
        (Bound::OneOf(parts), other) | (other, Bound::OneOf(parts)) => parts.iter().all(|part| !admits(other, part)),
        _ => false,
    }
}

fn admits(bound: &Bound, value: &Constant) -> bool {
    let number = number(value);
    match bound {
        Bound::Least(low, open) => number.is_none_or(|value| value > *low || value == *low && !open),
        Bound::Most(high, open) => number.is_none_or(|value| value < *high || value == *high && !open),
        Bound::OneOf(parts) => parts.contains(value),
        Bound::Not(other) => other != value,
    }
}

fn contradiction(first: &Asked<'_>, second: &Asked<'_>) -> Diagnostic {
    let message = if first.rule == second.rule {
        texts::rule_contradicts_itself_nothing(&second.rule, &first.text, &second.text).text()
    } else {
        texts::rule_asks_rule_asks(&first.rule, &first.text, &second.rule, &second.text).text()
    };
    let help = texts::mend_one_them_where().text();
    Diagnostic::new(Code::Contradiction, second.span, message, help)
        .with_label(first.span, texts::other_requirement_here().text())
}
