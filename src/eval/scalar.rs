//! Values: arithmetic that is exact or unknown, dates, decision tables, aggregates.

use bulou_base::date::{Date, days_between, plus_days, plus_months};
use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, ToPrimitive, Zero};

use crate::evaluator::{Evaluator, Memo, compare};
use bulou_base::value::{Length, Quotient, Truth, Value};
use bulou_document::Constant;
use bulou_ir::Cell;
use bulou_ir::expr::{Scalar, ScalarKind};
use bulou_syntax::ast::{ArithOp, CompareOp, DurationUnit};

impl<'d> Evaluator<'d> {
    /// A value. The few kinds that most conditions are made of are looked at where they are asked for.
    #[inline(always)]
    pub fn scalar(&mut self, scalar: &'d Scalar) -> Value<'d> {
        if !self.step() {
            return Value::Unknown;
        }
        match &scalar.kind {
            ScalarKind::Const(constant) => constant.value(),
            ScalarKind::Field(field) => self.field(field),
            ScalarKind::Bound(frame) => self.bound(*frame),
            _ => self.computed(scalar),
        }
    }

    fn computed(&mut self, scalar: &'d Scalar) -> Value<'d> {
        match &scalar.kind {
            ScalarKind::Const(_) | ScalarKind::Field(_) | ScalarKind::Bound(_) => self.scalar(scalar),
            ScalarKind::Param(index) => self.params.get(*index).map_or(Value::Unknown, Constant::value),
            ScalarKind::Argument(index) => self.args.get(usize::from(*index)).copied().unwrap_or(Value::Unknown),
            ScalarKind::Definition(index) => match self.definition(*index) {
                Memo::Value(value) => value,
                Memo::Truth(truth) => bool_of(truth),
                Memo::Not => Value::Unknown,
            },
            ScalarKind::Hoisted(number, inner) => self.once(*number, inner),
            ScalarKind::Table(index, args) => self.look_up(*index, args),
            ScalarKind::Arith(op, left, right) => self.arith(*op, left, right),
            ScalarKind::Shift(date, length, unit, back) => match (self.scalar(date), self.scalar(length)) {
                (Value::Date(date), Value::Duration(Length { count, .. })) => {
                    let count = if *back { count.checked_neg() } else { Some(count) };
                    count.and_then(|count| self.shift(date, count, *unit)).map_or(Value::Unknown, Value::Date)
                }
                _ => Value::Unknown,
            },
            ScalarKind::DaysBetween(later, earlier) => match (self.scalar(later), self.scalar(earlier)) {
                (Value::Date(later), Value::Date(earlier)) => Value::Duration(Length::of(days_between(earlier, later))),
                _ => Value::Unknown,
            },
            ScalarKind::DurationArith(op, left, right) => duration_arith(*op, self.scalar(left), self.scalar(right)),
            ScalarKind::Neg(inner) => match self.scalar(inner) {
                Value::Number(value) => Quotient::zero().checked_sub(&value).map_or(Value::Unknown, Value::Number),
                Value::Duration(Length { count, weeks }) => {
                    count.checked_neg().map_or(Value::Unknown, |count| Value::Duration(Length { count, weeks }))
                }
                _ => Value::Unknown,
            },
            ScalarKind::Default(value, fallback) => match self.scalar(value) {
                Value::Absent => self.scalar(fallback),
                value => value,
            },
            ScalarKind::If(test, yes, no) => match self.truth(test) {
                Truth::True => self.scalar(yes),
                Truth::False => self.scalar(no),
                _ => {
                    let (yes, no) = (self.scalar(yes), self.scalar(no));
                    if yes.is_identical(&no) { yes } else { Value::Unknown }
                }
            },
            ScalarKind::Aggregate(aggregate, list, share) => match share {
                Some((frame, cond)) => self.share(list, *frame, cond),
                None => self.aggregate(*aggregate, list),
            },
            ScalarKind::Cond(cond) => bool_of(self.truth(cond)),
            ScalarKind::Today => Value::Date(self.today),
        }
    }

    /// A value that is the same wherever it stands in the document.
    fn once(&mut self, number: usize, inner: &'d Scalar) -> Value<'d> {
        let place = self.rules.definitions.len() + number;
        if let Some(Memo::Value(value)) = self.memo.get(place) {
            return *value;
        }
        let frames = self.frames;
        let value = self.scalar(inner);
        self.frames = frames;
        if !self.is_exhausted()
            && let Some(known) = self.memo.get_mut(place)
        {
            *known = Memo::Value(value);
        }
        value
    }

    fn look_up(&mut self, index: usize, args: &'d [Scalar]) -> Value<'d> {
        let Some(table) = self.rules.tables.get(index) else { return Value::Unknown };
        let mut values = [Value::Unknown; super::evaluator::ARGUMENTS];
        for (place, arg) in values.iter_mut().zip(args) {
            *place = self.scalar(arg);
            if !place.is_known() {
                return self.look_up_in_part(index, args);
            }
        }
        let fits = |cells: &[Cell]| cells.iter().zip(&values).all(|(cell, value)| fits(cell, *value));
        let Some(row) = table.rows.iter().find(|row| fits(&row.cells)) else { return Value::Unknown };
        let saved = std::mem::replace(&mut self.args, values);
        let answer = self.scalar(&row.result);
        self.args = saved;
        answer
    }

    fn arith(&mut self, op: ArithOp, left: &'d Scalar, right: &'d Scalar) -> Value<'d> {
        let (Value::Number(left), Value::Number(right)) = (self.scalar(left), self.scalar(right)) else {
            return Value::Unknown;
        };
        let answer = match op {
            ArithOp::Add => add(left, right),
            ArithOp::Sub => left.checked_sub(&right),
            ArithOp::Mul => left.checked_mul(&right),
            ArithOp::Div if right.is_zero() => None,
            ArithOp::Div => left.checked_div(&right),
            ArithOp::IntDiv if right.is_zero() => None,
            // Not `floor`, which overflows near the least number; a denominator is never negative.
            ArithOp::IntDiv => left
                .checked_div(&right)
                .map(|quotient| Ratio::from_integer(quotient.numer().div_euclid(*quotient.denom()))),
        };
        answer.map_or(Value::Unknown, Value::Number)
    }

    /// A date so many units later; `None` beyond the calendar's years or the range of dates.
    pub fn shift(&self, date: Date, count: i64, unit: DurationUnit) -> Option<Date> {
        match unit {
            DurationUnit::Days => plus_days(date, count),
            DurationUnit::Months => plus_months(date, count),
            DurationUnit::WorkDays => self.rules.calendar.as_ref()?.add_working_days(date, count),
        }
    }
}

/// Most numbers are whole, and need no common divisor.
pub(crate) fn add(left: Quotient, right: Quotient) -> Option<Quotient> {
    if left.is_integer() && right.is_integer() {
        return left.numer().checked_add(right.numer()).map(Ratio::from_integer);
    }
    left.checked_add(&right)
}

fn duration_arith<'d>(op: ArithOp, left: Value<'d>, right: Value<'d>) -> Value<'d> {
    let whole = |number: Quotient| number.is_integer().then(|| number.to_integer().to_i64()).flatten();
    let (count, weeks) = match (op, left, right) {
        (ArithOp::Add, Value::Duration(a), Value::Duration(b)) => (a.count.checked_add(b.count), a.weeks || b.weeks),
        (ArithOp::Sub, Value::Duration(a), Value::Duration(b)) => (a.count.checked_sub(b.count), a.weeks || b.weeks),
        (ArithOp::Mul, Value::Duration(a), Value::Number(b)) | (ArithOp::Mul, Value::Number(b), Value::Duration(a)) => {
            (whole(b).and_then(|b| a.count.checked_mul(b)), a.weeks)
        }
        _ => return Value::Unknown,
    };
    count.map_or(Value::Unknown, |count| Value::Duration(Length { count, weeks }))
}

/// Whether a value is one that a cell asks for.
pub(crate) fn fits(cell: &Cell, value: Value<'_>) -> bool {
    match cell {
        Cell::Any => true,
        Cell::OneOf(constants) => constants.iter().any(|constant| constant.value() == value),
        Cell::Interval(low, high) => {
            let above = low.as_ref().is_none_or(|(end, included)| {
                compare(if *included { CompareOp::Ge } else { CompareOp::Gt }, value, end.value()) == Truth::True
            });
            above
                && high.as_ref().is_none_or(|(end, included)| {
                    compare(if *included { CompareOp::Le } else { CompareOp::Lt }, value, end.value()) == Truth::True
                })
        }
    }
}

fn bool_of(truth: Truth) -> Value<'static> {
    match truth {
        Truth::True => Value::Bool(true),
        Truth::False => Value::Bool(false),
        Truth::Unknown | Truth::Pending => Value::Unknown,
    }
}
