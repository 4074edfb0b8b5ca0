//! The least and the greatest that a compiled value can be, whatever the document says: a count is never negative, what has
//! happened never lies after today, a parameter stays within its range.

use num_traits::{CheckedAdd as _, CheckedMul as _, CheckedSub as _, Zero as _};

use crate::contradictions::number;
use crate::scope::Checker;
use crate::types::Bound;
use bulou_base::value::Quotient;
use bulou_document::field_label;
use bulou_document::shape::Tense;
use bulou_document::types::{Domain, Kind};
use bulou_ir::Body;
use bulou_ir::expr::{ListKind, ScalarKind};
use bulou_syntax::aggregates::Aggregate;
use bulou_syntax::ast::ArithOp;

const OPEN: Bound = (None, None);

impl Checker<'_> {
    /// The ends of a number or of a length of time; open where nothing is known.
    pub(crate) fn extent(&self, value: &ScalarKind) -> Bound {
        match value {
            ScalarKind::Const(constant) => exactly(number(constant)),
            ScalarKind::Param(index) => {
                let range = self.params.get(*index).and_then(|param| param.range.as_ref());
                range.map_or(OPEN, |(low, high)| (number(low), number(high)))
            }
            ScalarKind::Field(field) => {
                field_label(self.shape, field.table, field.slot).map_or(OPEN, |field| of_kind(&field.kind))
            }
            ScalarKind::Definition(index) => match self.definitions.get(*index) {
                Some(Body::Scalar(body)) => self.extent(&body.kind),
                _ => OPEN,
            },
            ScalarKind::Hoisted(_, inner) => self.extent(&inner.kind),
            ScalarKind::Neg(inner) => negated(self.extent(&inner.kind)),
            ScalarKind::Arith(op, left, right) | ScalarKind::DurationArith(op, left, right) => {
                combined(*op, self.extent(&left.kind), self.extent(&right.kind))
            }
            ScalarKind::Default(one, other) | ScalarKind::If(_, one, other) => {
                hull(self.extent(&one.kind), self.extent(&other.kind))
            }
            ScalarKind::DaysBetween(later, earlier) => match (&later.kind, &earlier.kind) {
                (ScalarKind::Today, earlier) if self.has_happened(earlier) => (Some(Quotient::zero()), None),
                (later, ScalarKind::Today) if self.has_happened(later) => (None, Some(Quotient::zero())),
                _ => OPEN,
            },
            ScalarKind::Aggregate(aggregate, list, _) => self.of_aggregate(*aggregate, &list.kind),
            _ => OPEN,
        }
    }

    fn of_aggregate(&self, aggregate: Aggregate, list: &ListKind) -> Bound {
        let zero = Some(Quotient::zero());
        match aggregate {
            Aggregate::Count => (Some(Quotient::from_integer(self.least_of(list))), None),
            Aggregate::Share => (zero, Some(Quotient::from_integer(1))),
            Aggregate::Sum => {
                let (low, high) = self.of_elements(list);
                (zero.filter(|zero| low >= Some(*zero)), zero.filter(|zero| high.is_some_and(|high| high <= *zero)))
            }
            Aggregate::Average | Aggregate::Max | Aggregate::Min => self.of_elements(list),
            Aggregate::Earliest | Aggregate::Latest | Aggregate::Distinct => OPEN,
        }
    }

    /// How many elements a list has at least.
    fn least_of(&self, list: &ListKind) -> i128 {
        match list {
            ListKind::Field(field, _, _) => field_label(self.shape, field.table, field.slot)
                .filter(|_| field.headers.iter().all(|header| !header.optional))
                .map_or(0, |field| i128::from(field.min_items)),
            ListKind::Hoisted(_, inner) | ListKind::Optimized(inner, _) => self.least_of(&inner.kind),
            _ => 0,
        }
    }

    fn of_elements(&self, list: &ListKind) -> Bound {
        match list {
            ListKind::Field(_, table, true) => self.shape.scalars(*table).map_or(OPEN, of_kind),
            ListKind::Project(_, _, each) => self.extent(&each.kind),
            ListKind::Filter(inner, ..)
            | ListKind::Distinct(inner)
            | ListKind::Flatten(_, _, inner)
            | ListKind::Hoisted(_, inner)
            | ListKind::Optimized(inner, _) => self.of_elements(&inner.kind),
            ListKind::Definition(index) => match self.definitions.get(*index) {
                Some(Body::List(body)) => self.of_elements(&body.kind),
                _ => OPEN,
            },
            _ => OPEN,
        }
    }

    /// Whether a value is a day that cannot lie after today.
    fn has_happened(&self, value: &ScalarKind) -> bool {
        let ScalarKind::Field(field) = value else { return false };
        let kind = field_label(self.shape, field.table, field.slot).map(|field| &field.kind);
        kind.and_then(Kind::when).is_some_and(|when| when.tense == Tense::Happened)
    }
}

fn of_kind(kind: &Kind) -> Bound {
    match kind.domain() {
        Domain::Whole(bounds) | Domain::Decimal(bounds) => (bounds.min, bounds.max),
        Domain::Bool
        | Domain::Text(_)
        | Domain::Date(_)
        | Domain::Duration(_)
        | Domain::Option(_)
        | Domain::Record(_)
        | Domain::List(_) => OPEN,
    }
}

fn exactly(value: Option<Quotient>) -> Bound {
    (value, value)
}

fn negated((low, high): Bound) -> Bound {
    (high.map(|high| -high), low.map(|low| -low))
}

/// What holds both.
/// The ends of what is one or the other.
pub(crate) fn hull(one: Bound, other: Bound) -> Bound {
    (one.0.zip(other.0).map(|(a, b)| a.min(b)), one.1.zip(other.1).map(|(a, b)| a.max(b)))
}

fn combined(op: ArithOp, one: Bound, other: Bound) -> Bound {
    let zero = Quotient::zero();
    let not_negative = |bound: Bound| bound.0.is_some_and(|low| low >= zero);
    match op {
        ArithOp::Add => (
            one.0.zip(other.0).and_then(|(a, b)| a.checked_add(&b)),
            one.1.zip(other.1).and_then(|(a, b)| a.checked_add(&b)),
        ),
        ArithOp::Sub => (
            one.0.zip(other.1).and_then(|(a, b)| a.checked_sub(&b)),
            one.1.zip(other.0).and_then(|(a, b)| a.checked_sub(&b)),
        ),
        ArithOp::Mul if not_negative(one) && not_negative(other) => (
            one.0.zip(other.0).and_then(|(a, b)| a.checked_mul(&b)),
            one.1.zip(other.1).and_then(|(a, b)| a.checked_mul(&b)),
        ),
        ArithOp::Div | ArithOp::IntDiv if not_negative(one) && not_negative(other) => (Some(zero), None),
        ArithOp::Mul | ArithOp::Div | ArithOp::IntDiv => OPEN,
    }
}
