//! Values: exact numbers, days, decision tables.

use bulou_document::Constant;
use bulou_ir::expr::{Scalar, ScalarKind, Show};
use bulou_ir::{Cell, Table};
use bulou_messages::texts;
use bulou_syntax::ast::{Aggregate, ArithOp, CompareOp, DurationUnit};

use crate::days;
use crate::document::Slot;
use crate::lists::mixed;
use crate::term::{Sort, TableOf, Term, Terms};
use crate::translate::{Told, Translator, Untranslated};
use crate::truth::{Known, Value};

/// Beyond it a whole number may be more than the engine can count, which stops at 128 bits.
const COUNTED: i128 = 1 << 100;

impl Translator<'_, '_> {
    /// A value.
    pub fn scalar(&mut self, scalar: &Scalar) -> Told<Value> {
        Ok(match &scalar.kind {
            ScalarKind::Const(constant) => {
                let set = self.set_of(scalar);
                self.constant(constant, set)?
            }
            ScalarKind::Param(index) => {
                let set = self.rules.params.get(*index).and_then(|param| param.ty.option_set());
                let constant = self.params.get(*index).cloned();
                constant.map_or(Ok(Value::UNKNOWN), |constant| self.constant(&constant, set))?
            }
            ScalarKind::Field(field) => match self.field(field)? {
                (Slot::Scalar { is, .. }, there) => Value { known: there, absent: self.terms().not(there), is },
                _ => Value::UNKNOWN,
            },
            ScalarKind::Bound(frame) => self.frames.get(usize::from(*frame)).copied().unwrap_or(Value::UNKNOWN),
            ScalarKind::Argument(index) => self.arguments.get(usize::from(*index)).copied().unwrap_or(Value::UNKNOWN),
            ScalarKind::Definition(index) => self.defined_value(*index)?,
            ScalarKind::Table(index, args) => self.look_up(*index, args)?,
            ScalarKind::Arith(op, left, right) => {
                let (left, right) = (self.scalar(left)?, self.scalar(right)?);
                self.arith(*op, left, right)?
            }
            ScalarKind::Shift(day, length, unit, back) => {
                let (day, length) = (self.scalar(day)?, self.scalar(length)?);
                self.shifted(day, length, *unit, *back)?
            }
            ScalarKind::DaysBetween(later, earlier) => {
                let (later, earlier) = (self.scalar(later)?, self.scalar(earlier)?);
                let (Known::Date(to), Known::Date(from)) = (later.is, earlier.is) else { return Ok(Value::UNKNOWN) };
                let terms = self.terms();
                let known = terms.and(later.known, earlier.known);
                let days = terms.minus(to, from);
                Value { known, absent: Terms::FALSE, is: Known::Duration(days, Terms::FALSE) }
            }
            ScalarKind::DurationArith(op, left, right) => {
                let (left, right) = (self.scalar(left)?, self.scalar(right)?);
                self.lasting(*op, left, right)?
            }
            ScalarKind::Neg(inner) => {
                let value = self.scalar(inner)?;
                let is = match value.is {
                    Known::Number(term) => Known::Number(self.terms().negated(term)),
                    Known::Duration(term, weeks) => Known::Duration(self.terms().negated(term), weeks),
                    _ => Known::Never,
                };
                Value { absent: Terms::FALSE, is, ..value }
            }
            ScalarKind::Default(value, fallback) => {
                let (value, fallback) = (self.scalar(value)?, self.scalar(fallback)?);
                Value::choose(value.absent, fallback, value, self.terms()).ok_or_else(mixed)?
            }
            ScalarKind::If(test, yes, no) => {
                let test = self.cond(test)?;
                let (yes, no) = (self.scalar(yes)?, self.scalar(no)?);
                let terms = self.terms();
                let same = identical(yes, no, terms);
                let open = yes.only(same, terms);
                let fails = test.fails(terms);
                let other = Value::choose(fails, no, open, terms).ok_or_else(mixed)?;
                Value::choose(test.holds, yes, other, terms).ok_or_else(mixed)?
            }
            ScalarKind::Aggregate(aggregate, list, share) => {
                let items = self.list(list)?;
                match (aggregate, share) {
                    (_, Some((frame, cond))) => self.share(&items, *frame, cond)?,
                    (Aggregate::Count, _) => self.count(&items),
                    (Aggregate::Sum, _) => {
                        let (known, sum) = self.sum(&items);
                        Value { known, absent: Terms::FALSE, is: Known::Number(sum) }
                    }
                    (Aggregate::Average, _) => self.average(&items),
                    (Aggregate::Max | Aggregate::Latest, _) => self.extreme(&items, true)?,
                    (Aggregate::Min | Aggregate::Earliest, _) => self.extreme(&items, false)?,
                    (Aggregate::Distinct | Aggregate::Share, _) => Value::UNKNOWN,
                }
            }
            ScalarKind::Cond(cond) => {
                let truth = self.cond(cond)?;
                self.value_of(truth)
            }
            ScalarKind::Hoisted(_, inner) => self.scalar(inner)?,
            ScalarKind::Today => Value::known(Known::Date(self.document.today)),
        })
    }

    /// The option set of a value.
    fn set_of(&self, scalar: &Scalar) -> Option<u16> {
        let of_field = || match &scalar.kind {
            ScalarKind::Field(field) => {
                let field = bulou_document::field_label(&self.rules.shape, field.table, field.slot)?;
                field.kind.option_set()
            }
            ScalarKind::Param(index) => self.rules.params.get(*index)?.ty.option_set(),
            _ => None,
        };
        match scalar.show {
            Show::Option(set) => Some(set),
            _ => of_field(),
        }
    }

    fn arith(&mut self, op: ArithOp, left: Value, right: Value) -> Told<Value> {
        let (Known::Number(one), Known::Number(other)) = (left.is, right.is) else { return Ok(Value::UNKNOWN) };
        let terms = self.terms();
        let mut known = terms.and(left.known, right.known);
        let is = match op {
            ArithOp::Add => terms.add_up(one, other),
            ArithOp::Sub => terms.minus(one, other),
            ArithOp::Mul => {
                if terms.as_number(one).is_none() && terms.as_number(other).is_none() {
                    let small = [one, other].map(|part| terms.within(part, -COUNTED, COUNTED));
                    self.document.doubts.extend(small);
                }
                self.terms().times(one, other)
            }
            ArithOp::Div | ArithOp::IntDiv => {
                let zero = terms.int(0);
                let by_zero = terms.equal(other, zero);
                let some = terms.not(by_zero);
                known = terms.and(known, some);
                match terms.as_int(other) {
                    Some(0) => zero,
                    Some(by) if by > 0 && op == ArithOp::IntDiv && terms.sort(one) == Sort::Int => terms.floor(one, by),
                    _ => {
                        let quotient = terms.divide(one, other);
                        if op == ArithOp::Div { quotient } else { terms.whole(quotient) }
                    }
                }
            }
        };
        Ok(Value { known, absent: Terms::FALSE, is: Known::Number(is) })
    }

    fn lasting(&mut self, op: ArithOp, left: Value, right: Value) -> Told<Value> {
        let terms = self.terms();
        let mut known = terms.and(left.known, right.known);
        let (count, weeks) = match (op, left.is, right.is) {
            (ArithOp::Add, Known::Duration(a, one), Known::Duration(b, other)) => {
                (terms.add_up(a, b), terms.or(one, other))
            }
            (ArithOp::Sub, Known::Duration(a, one), Known::Duration(b, other)) => {
                (terms.minus(a, b), terms.or(one, other))
            }
            (ArithOp::Mul, Known::Duration(a, weeks), Known::Number(b))
            | (ArithOp::Mul, Known::Number(b), Known::Duration(a, weeks)) => {
                let whole = terms.whole(b);
                let is_whole = terms.equal(whole, b);
                known = terms.and(known, is_whole);
                (terms.times(a, whole), weeks)
            }
            _ => return Ok(Value::UNKNOWN),
        };
        // Durations are counted in 64 bits.
        let fits = terms.within(count, i64::MIN, i64::MAX);
        let known = terms.and(known, fits);
        Ok(Value { known, absent: Terms::FALSE, is: Known::Duration(count, weeks) })
    }

    fn shifted(&mut self, day: Value, length: Value, unit: DurationUnit, back: bool) -> Told<Value> {
        let (Known::Date(from), Known::Duration(count, _)) = (day.is, length.is) else { return Ok(Value::UNKNOWN) };
        let count = if back { self.terms().negated(count) } else { count };
        let (there, later) = self.later(from, count, unit)?;
        let known = self.terms().all([day.known, length.known, there]);
        Ok(Value { known, absent: Terms::FALSE, is: Known::Date(later) })
    }

    /// A day so many units later, and whether there is one.
    pub fn later(&mut self, from: Term, count: Term, unit: DurationUnit) -> Told<(Term, Term)> {
        let rules = self.rules;
        let terms = self.terms();
        match unit {
            DurationUnit::Days => Ok(days::days_later(from, count, terms)),
            DurationUnit::Months => Ok(days::months_later(from, count, terms)),
            DurationUnit::WorkDays => {
                let zero = terms.int(0);
                let Some(calendar) = &rules.calendar else { return Ok((Terms::FALSE, zero)) };
                let count = terms
                    .as_int(count)
                    .and_then(|count| i64::try_from(count).ok())
                    .ok_or_else(|| Untranslated(texts::how_many_working_days().text()))?;
                if let Some(day) = terms.as_int(from).and_then(days::day) {
                    let later = calendar.add_working_days(day, count);
                    let number = later.map_or(0, |later| chrono::Datelike::num_days_from_ce(&later));
                    return Ok((terms.bool(later.is_some()), terms.int(number)));
                }
                // No day counted leads to no year that the calendar lacks.
                if count == 0 {
                    return Ok((Terms::TRUE, from));
                }
                Ok(days::by_table(
                    calendar,
                    (TableOf::WorkingDays, count.into()),
                    from,
                    &|day| calendar.add_working_days(day, count),
                    terms,
                ))
            }
        }
    }

    fn look_up(&mut self, index: usize, args: &[Scalar]) -> Told<Value> {
        let rules = self.rules;
        let Some(table) = rules.tables.get(index) else { return Ok(Value::UNKNOWN) };
        let sets: Vec<Option<u16>> = args.iter().map(|arg| self.set_of(arg)).collect();
        let values = args.iter().map(|arg| self.scalar(arg)).collect::<Told<Vec<_>>>()?;
        let known = self.terms().all(values.iter().map(|value| value.known));
        let outside = std::mem::replace(&mut self.arguments, values);
        let answer = self.row_of(table, &sets);
        self.arguments = outside;
        let answer = answer?;
        // Of inputs that are not known the engine looks at all rows that may fit.
        let doubt = self.terms().not(known);
        if doubt == Terms::FALSE {
            return Ok(answer);
        }
        self.document.doubts.push(known);
        let any = self.anything(answer);
        Value::choose(known, answer, any, self.terms()).ok_or_else(mixed)
    }

    /// Any value of a type, or none.
    fn anything(&mut self, like: Value) -> Value {
        let terms = self.terms();
        let is = match like.is {
            Known::Bool(_) => Known::Bool(terms.variable(Sort::Bool)),
            Known::Number(_) => Known::Number(terms.variable(Sort::Real)),
            Known::Name(_) => Known::Name(terms.variable(Sort::Int)),
            Known::Date(_) => Known::Date(terms.variable(Sort::Int)),
            Known::Duration(..) => Known::Duration(terms.variable(Sort::Int), terms.variable(Sort::Bool)),
            other => other,
        };
        Value { known: terms.variable(Sort::Bool), absent: Terms::FALSE, is }
    }

    fn row_of(&mut self, table: &Table, sets: &[Option<u16>]) -> Told<Value> {
        let mut answer = Value::UNKNOWN;
        for row in table.rows.iter().rev() {
            let mut fits = Vec::new();
            for (number, cell) in row.cells.iter().enumerate() {
                let value = self.arguments.get(number).copied().unwrap_or(Value::UNKNOWN);
                fits.push(self.fits(cell, value, sets.get(number).copied().flatten())?);
            }
            let fits = self.terms().all(fits);
            if fits != Terms::FALSE {
                let result = self.scalar(&row.result)?;
                answer = Value::choose(fits, result, answer, self.terms()).ok_or_else(mixed)?;
            }
        }
        Ok(answer)
    }

    /// Whether a known value is one that a cell asks for.
    pub fn fits(&mut self, cell: &Cell, value: Value, set: Option<u16>) -> Told<Term> {
        match cell {
            Cell::Any => Ok(Terms::TRUE),
            Cell::OneOf(constants) => {
                let mut same = Vec::new();
                for constant in constants {
                    let constant = self.constant(constant, set)?;
                    same.push(value.is.same(constant.is, self.terms()));
                }
                Ok(self.terms().any(same))
            }
            Cell::Interval(low, high) => {
                let low = self.beyond(low.as_ref(), value, (CompareOp::Ge, CompareOp::Gt))?;
                let high = self.beyond(high.as_ref(), value, (CompareOp::Le, CompareOp::Lt))?;
                Ok(self.terms().and(low, high))
            }
        }
    }

    fn beyond(
        &mut self,
        end: Option<&(Constant, bool)>,
        value: Value,
        (with, without): (CompareOp, CompareOp),
    ) -> Told<Term> {
        let Some((end, included)) = end else { return Ok(Terms::TRUE) };
        let end = self.constant(end, None)?;
        value.is.compare(if *included { with } else { without }, end.is, self.terms()).ok_or_else(mixed)
    }
}

/// Whether two are known and the same, also in how a duration is written, or neither is there.
fn identical(one: Value, other: Value, terms: &mut Terms) -> Term {
    let mut same = one.equal(other, terms);
    if let (Known::Duration(_, weeks), Known::Duration(_, others)) = (one.is, other.is) {
        let alike = terms.equal(weeks, others);
        same = terms.and(same, alike);
    }
    let absent = terms.and(one.absent, other.absent);
    terms.or(same, absent)
}
