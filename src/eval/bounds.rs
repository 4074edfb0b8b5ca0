//! What is certain of numbers, dates and durations that are not known: the least and the greatest that they can be. It is
//! asked for only where a comparison could not be answered, so that a document without blanks never pays for it.

use crate::evaluator::{ARGUMENTS, Evaluator, UnknownAnswer};
use crate::intervals::{Extent, Interval};
use crate::lists::Flow;
use crate::scalar::fits;
use bulou_base::date::plus_months;
use bulou_base::value::{Truth, Value};
use bulou_document::field_label;
use bulou_ir::expr::{FieldRef, List, ListKind, Scalar, ScalarKind};
use bulou_ir::{Body, Cell, TableRow};
use bulou_syntax::ast::{ArithOp, CompareOp, DurationUnit};

impl UnknownAnswer for Option<Extent> {
    const UNKNOWN: Self = None;
}

impl<'d> Evaluator<'d> {
    /// What a comparison says of everything that its two sides can be.
    #[cold]
    pub fn by_bounds(&mut self, op: CompareOp, left: &'d Scalar, right: &'d Scalar) -> Truth {
        match (self.interval(left), self.interval(right)) {
            (Some(left), Some(right)) => left.compare(op, &right),
            _ => Truth::Unknown,
        }
    }

    /// What a value can be that is surely there.
    fn interval(&mut self, scalar: &'d Scalar) -> Option<Interval> {
        self.extent(scalar)?.there()
    }

    /// What a value can be; nothing where that is not bounded, or where some value that it could be made of would be
    /// beyond what can be counted.
    fn extent(&mut self, scalar: &'d Scalar) -> Option<Extent> {
        if !self.step() {
            return None;
        }
        match &scalar.kind {
            ScalarKind::Const(_) | ScalarKind::Param(_) | ScalarKind::Bound(_) | ScalarKind::Today => {
                Extent::of(self.scalar(scalar))
            }
            ScalarKind::Argument(index) => match self.scalar(scalar) {
                // Where some are not known, their extents were noted beside them.
                value if value.is_unknown() => self.arguments.get(usize::from(*index)).copied().flatten(),
                value => Extent::of(value),
            },
            ScalarKind::Field(field) => self.extent_of_field(field),
            ScalarKind::Definition(index) => self.known_extent(*index, |evaluator| {
                evaluator.defined(*index, |evaluator, body| match body {
                    Body::Scalar(body) => evaluator.extent(body),
                    Body::Cond(_) | Body::List(_) => None,
                })
            }),
            ScalarKind::Hoisted(number, inner) => {
                self.known_extent(self.rules.definitions.len() + number, |evaluator| {
                    let frames = evaluator.frames;
                    let extent = evaluator.extent(inner);
                    evaluator.frames = frames;
                    extent
                })
            }
            ScalarKind::Table(index, args) => self.extent_of_table(*index, args),
            ScalarKind::Default(value, fallback) => match self.extent(value)? {
                extent if !extent.absent => Some(extent),
                extent => extent.or(&self.extent(fallback)?),
            },
            ScalarKind::If(test, yes, no) => match self.truth(test) {
                Truth::True => self.extent(yes),
                Truth::False => self.extent(no),
                Truth::Unknown | Truth::Pending => self.extent(yes)?.either(&self.extent(no)?),
            },
            ScalarKind::Aggregate(aggregate, list, share) => self.extent_of_aggregate(*aggregate, list, share.as_ref()),
            ScalarKind::Arith(..)
            | ScalarKind::Shift(..)
            | ScalarKind::DaysBetween(..)
            | ScalarKind::DurationArith(..)
            | ScalarKind::Neg(_) => self.calculated(scalar).map(Extent::from),
            ScalarKind::Cond(_) => None,
        }
    }

    /// What is the same wherever it stands is worked out once.
    fn known_extent(&mut self, number: usize, find: impl FnOnce(&mut Self) -> Option<Extent>) -> Option<Extent> {
        if let Some(Some(known)) = self.extents.get(number) {
            return *known;
        }
        let extent = find(self);
        self.extents.resize(self.memo.len(), None);
        if !self.is_exhausted()
            && let Some(place) = self.extents.get_mut(number)
        {
            *place = Some(extent);
        }
        extent
    }

    fn extent_of_field(&mut self, field: &FieldRef) -> Option<Extent> {
        match self.field(field) {
            value if value.is_unknown() => {
                // What is optional and cannot be read may turn out to be absent.
                let absent = field.optional || field.headers.iter().any(|header| header.optional);
                Some(Extent::from(self.interval_of_field(field)?).perhaps(absent))
            }
            value => Extent::of(value),
        }
    }

    fn interval_of_field(&self, field: &FieldRef) -> Option<Interval> {
        Interval::of_kind(&field_label(&self.rules.shape, field.table, field.slot)?.kind)
    }

    fn calculated(&mut self, scalar: &'d Scalar) -> Option<Interval> {
        match &scalar.kind {
            ScalarKind::Arith(op, left, right) => self.interval(left)?.arith(*op, &self.interval(right)?),
            ScalarKind::DurationArith(op, left, right) => {
                let (left, right) = (self.interval(left)?.counted()?, self.interval(right)?.counted()?);
                left.arith(*op, &right)?.counted()
            }
            ScalarKind::DaysBetween(later, earlier) => {
                self.interval(later)?.arith(ArithOp::Sub, &self.interval(earlier)?)
            }
            ScalarKind::Neg(inner) => self.interval(inner)?.negated(),
            ScalarKind::Shift(day, length, unit, back) => {
                let (days, length) = (self.interval(day)?, self.interval(length)?.counted()?);
                let length = if *back { length.negated()?.counted()? } else { length };
                match unit {
                    DurationUnit::Days => days.arith(ArithOp::Add, &length).filter(|days| days.as_days().is_some()),
                    DurationUnit::Months => {
                        let (months, (first, last)) =
                            (i64::try_from(length.point()?.to_integer()).ok()?, days.as_days()?);
                        let later = |day| Interval::of(Value::Date(plus_months(day, months)?));
                        later(first)?.hull(&later(last)?)
                    }
                    // Between the ends may lie a year that the calendar lacks; one day alone is known or not.
                    DurationUnit::WorkDays => {
                        days.point().and(length.point())?;
                        Interval::of(self.scalar(scalar))
                    }
                }
            }
            _ => None,
        }
    }

    /// What an element of a list can be that cannot be read.
    pub(crate) fn interval_of_elements(&mut self, list: &'d List) -> Option<Interval> {
        match &list.kind {
            ListKind::Field(_, table, true) => Interval::of_kind(self.rules.shape.scalars(*table)?),
            ListKind::Project(_, _, scalar) => match &scalar.kind {
                ScalarKind::Field(field) => self.interval_of_field(field),
                _ => None,
            },
            ListKind::Filter(inner, ..)
            | ListKind::Flatten(_, _, inner)
            | ListKind::Distinct(inner)
            | ListKind::Hoisted(_, inner)
            | ListKind::Optimized(inner, _) => self.interval_of_elements(inner),
            ListKind::Definition(index) => match self.rules.definitions.get(*index)? {
                Body::List(body) => self.interval_of_elements(body),
                Body::Cond(_) | Body::Scalar(_) => None,
            },
            ListKind::Literal(parts) => {
                let mut all: Option<Interval> = None;
                for part in parts {
                    let part = self.interval(part)?;
                    all = Some(all.map_or(Some(part), |all| all.hull(&part))?);
                }
                all
            }
            ListKind::Field(..) | ListKind::All(_) | ListKind::Param(_) => None,
        }
    }

    /// The answer of a table some of whose inputs are not known: that of the rows that may fit, where they agree.
    #[cold]
    pub fn look_up_in_part(&mut self, index: usize, args: &'d [Scalar]) -> Value<'d> {
        let mut answer = None;
        let same = self.each_row(index, args, &mut |evaluator, result| {
            let value = evaluator.scalar(result);
            (value.is_known() && answer.get_or_insert(value).is_identical(&value)).then_some(())
        });
        same.and(answer).unwrap_or(Value::Unknown)
    }

    fn extent_of_table(&mut self, index: usize, args: &'d [Scalar]) -> Option<Extent> {
        let mut all: Option<Extent> = None;
        self.each_row(index, args, &mut |evaluator, result| {
            let extent = evaluator.extent(result)?;
            all = Some(all.map_or(Some(extent), |all| all.either(&extent))?);
            Some(())
        })?;
        all
    }

    /// Shows the results of the rows that may fit, until one has no answer.
    fn each_row(
        &mut self,
        index: usize,
        args: &'d [Scalar],
        visit: &mut dyn FnMut(&mut Self, &'d Scalar) -> Option<()>,
    ) -> Option<()> {
        let table = self.rules.tables.get(index)?;
        let (mut values, mut extents) = ([Value::Unknown; ARGUMENTS], Vec::with_capacity(args.len()));
        for (place, arg) in values.iter_mut().zip(args) {
            *place = self.scalar(arg);
            extents.push(self.extent(arg));
        }
        let outside = (self.args, std::mem::take(&mut self.arguments));
        let shown = table.rows.iter().try_for_each(|row| {
            let Some(arguments) = fitting(row, &values, &extents) else { return Some(()) };
            (self.args, self.arguments) = (values, arguments);
            visit(self, &row.result)
        });
        (self.args, self.arguments) = outside;
        shown
    }

    /// Whether a value that is not known is there at all.
    #[cold]
    pub fn present(&mut self, scalar: &'d Scalar) -> Truth {
        match &scalar.kind {
            ScalarKind::Aggregate(_, list, _) => {
                let mut found = Truth::False;
                let _ = self.each(list, &mut |_, item| {
                    found = found.max(if item.sure { Truth::True } else { Truth::Unknown });
                    if found == Truth::True { Flow::Break(()) } else { Flow::Continue(()) }
                });
                found
            }
            ScalarKind::Hoisted(_, inner) => self.present(inner),
            ScalarKind::Definition(index) => self.defined(*index, |evaluator, body| match body {
                Body::Scalar(body) => evaluator.present(body),
                Body::Cond(_) | Body::List(_) => Truth::Unknown,
            }),
            _ => Truth::Unknown,
        }
    }
}

/// What each input can be where a row fits; nothing where the row does not.
fn fitting(row: &TableRow, values: &[Value<'_>], extents: &[Option<Extent>]) -> Option<Vec<Option<Extent>>> {
    let one = |((cell, value), extent): ((&Cell, &Value<'_>), &Option<Extent>)| match extent.and_then(|it| it.there()) {
        _ if value.is_known() => fits(cell, *value).then_some(*extent),
        Some(interval) => interval.within(cell).map(|interval| Some(interval.into())),
        None => Some(*extent),
    };
    row.cells.iter().zip(values).zip(extents).map(one).collect()
}
