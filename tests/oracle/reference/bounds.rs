//! What a number, date or duration can be that is not known. Days and durations are counted, so that all is numbers.

use bulou_syntax::ast::{
    Aggregate, ArithOp, AttributeKind, Cell, CellKind, CompareOp, DurationUnit, Expr, ExprKind, Field, TypeKind,
};
use bulou_syntax::built_in::BuiltIn;
use chrono::{Datelike as _, NaiveDate};
use num_traits::{CheckedAdd as _, CheckedDiv as _, CheckedMul as _, CheckedSub as _, Zero as _};

use super::reading::{List, Number, Val, constant};
use super::truths::{Truth, within};
use super::world::{Scope, World};

/// What a range's numbers count.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Number,
    Day,
    Length(DurationUnit),
}

/// The numbers from one to another, each so many parts of one at the finest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    low: Number,
    high: Number,
    parts: i128,
    unit: Unit,
}

/// What something can be: absent, or in a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    absent: bool,
    range: Option<Range>,
}

/// More than a list can hold.
const MANY: i128 = 4_294_967_295;

fn whole(number: i64) -> Number {
    Number::from_integer(i128::from(number))
}

impl Range {
    /// All of which must be countable in parts.
    fn new(low: Number, high: Number, parts: i128, unit: Unit) -> Option<Self> {
        for end in [low, high] {
            let whole = end.floor().to_integer();
            whole.checked_abs()?.checked_add(1)?.checked_mul(parts)?;
        }
        Some(Self { low, high, parts, unit })
    }

    fn exactly(number: Number, unit: Unit) -> Option<Self> {
        Self::new(number, number, *number.denom(), unit)
    }

    fn day(day: NaiveDate) -> Option<Self> {
        Self::exactly(whole(i64::from(day.num_days_from_ce())), Unit::Day)
    }

    fn of(value: &Val<'_>) -> Option<Self> {
        match value {
            Val::Number(number) => Self::exactly(*number, Unit::Number),
            Val::Date(date) => Self::day(*date),
            Val::Duration(count, unit, _) => Self::exactly(whole(*count), Unit::Length(*unit)),
            _ => None,
        }
    }

    /// What a field's values, or its elements, can be.
    pub fn declared(field: &Field) -> Option<Self> {
        let ty = match &field.ty.kind {
            TypeKind::List(element) => &element.kind,
            kind => kind,
        };
        let TypeKind::BuiltIn(ty) = ty else { return None };
        let mut ends = (whole(i64::MIN), whole(i64::MAX));
        for attribute in field.attributes.iter().filter(|_| *ty != BuiltIn::Date) {
            if let AttributeKind::Range(low, high) = &attribute.kind {
                ends = (constant(low), constant(high));
            }
        }
        let year = |year, month, day| Self::day(NaiveDate::from_ymd_opt(year, month, day)?);
        match ty {
            BuiltIn::Integer => Self::new(ends.0, ends.1, 1, Unit::Number),
            BuiltIn::Decimal => Self::new(ends.0, ends.1, 1_000_000_000_000_000_000, Unit::Number),
            BuiltIn::Date => year(1900, 1, 1)?.or(&year(2199, 12, 31)?),
            BuiltIn::Duration => Self::new(whole(0), whole(i64::from(i32::MAX)), 1, Unit::Length(DurationUnit::Days)),
            _ => None,
        }
    }

    fn common(&self, other: &Self) -> Option<i128> {
        let (mut a, mut b) = (self.parts, other.parts);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        (self.parts / a).checked_mul(other.parts)
    }

    pub fn or(&self, other: &Self) -> Option<Self> {
        Self::new(self.low.min(other.low), self.high.max(other.high), self.common(other)?, self.unit)
    }

    fn plus(&self, other: &Self) -> Option<Self> {
        let parts = self.common(other)?;
        for range in [self, other] {
            Self::new(range.low, range.high, parts, range.unit)?;
        }
        Self::new(self.low.checked_add(&other.low)?, self.high.checked_add(&other.high)?, parts, self.unit)
    }

    fn negated(&self) -> Option<Self> {
        let negated = |end: &Number| Number::zero().checked_sub(end);
        Self::new(negated(&self.high)?, negated(&self.low)?, self.parts, self.unit)
    }

    fn times(&self, other: &Self) -> Option<Self> {
        let mut corners = Vec::new();
        for one in [self.low, self.high] {
            for other in [other.low, other.high] {
                corners.push(one.checked_mul(&other)?);
            }
        }
        let unit = if self.unit == Unit::Number { other.unit } else { self.unit };
        Self::new(*corners.iter().min()?, *corners.iter().max()?, self.parts.checked_mul(other.parts)?, unit)
    }

    /// Only by one number, which is known.
    fn over(&self, by: &Self) -> Option<Self> {
        if by.low != by.high || by.low.is_zero() {
            return None;
        }
        let parts = self.parts.checked_mul(by.low.numer().checked_abs()?)?;
        let ends = [self.low.checked_div(&by.low)?, self.high.checked_div(&by.low)?];
        Self::new(ends[0].min(ends[1]), ends[0].max(ends[1]), parts, self.unit)
    }

    /// Whole numbers that a duration can count.
    fn count(self) -> Option<Self> {
        let fits = |end: &Number| i64::try_from(end.to_integer()).is_ok();
        (self.parts == 1 && fits(&self.low) && fits(&self.high)).then_some(self)
    }

    fn days(&self) -> Option<[NaiveDate; 2]> {
        let day = |end: Number| {
            let day = NaiveDate::from_num_days_from_ce_opt(i32::try_from(end.to_integer()).ok()?)?;
            (0..=9999).contains(&day.year()).then_some(day)
        };
        Some([day(self.low)?, day(self.high)?])
    }

    /// What holds of each two of them.
    pub fn compare(&self, op: CompareOp, other: &Self) -> Truth {
        let said = |holds: bool, fails: bool| match (holds, fails) {
            (true, _) => Truth::True,
            (_, true) => Truth::False,
            _ => Truth::Unknown,
        };
        match op {
            CompareOp::Lt => said(self.high < other.low, self.low >= other.high),
            CompareOp::Le => said(self.high <= other.low, self.low > other.high),
            CompareOp::Gt => other.compare(CompareOp::Lt, self),
            CompareOp::Ge => other.compare(CompareOp::Le, self),
            CompareOp::Eq => self.compare(CompareOp::Le, other).min(self.compare(CompareOp::Ge, other)),
            CompareOp::Ne => self.compare(CompareOp::Eq, other).negated(),
        }
    }
}

impl Extent {
    fn there(range: Range) -> Self {
        Self { absent: false, range: Some(range) }
    }

    fn nothing() -> Self {
        Self { absent: true, range: None }
    }

    /// The range of what is surely there.
    pub fn range(&self) -> Option<Range> {
        if self.absent { None } else { self.range }
    }

    fn or(&self, other: &Self) -> Option<Self> {
        let range = match (self.range, other.range) {
            (Some(one), Some(other)) => Some(one.or(&other)?),
            (one, other) => one.or(other),
        };
        Some(Self { absent: self.absent || other.absent, range })
    }
}

impl<'a> World<'a> {
    /// What a comparison says of all that its sides can be.
    pub fn by_bounds(&self, op: CompareOp, left: &'a Expr, right: &'a Expr, scopes: &[Scope<'a>]) -> Truth {
        let range = |expr| self.extent(expr, scopes)?.range();
        match (range(left), range(right)) {
            (Some(left), Some(right)) => left.compare(op, &right),
            _ => Truth::Unknown,
        }
    }

    /// What a value can be.
    pub fn extent(&self, expr: &'a Expr, scopes: &[Scope<'a>]) -> Option<Extent> {
        let range = |expr: &'a Expr| self.extent(expr, scopes)?.range();
        match &expr.kind {
            ExprKind::Name(_) | ExprKind::Field(..) => self.extent_of_name(expr, scopes),
            ExprKind::Call(name, args) => {
                let mut all: Option<Extent> = None;
                for (result, scopes) in self.rows(self.tables[name.text.as_str()], args, scopes) {
                    let extent = self.extent(result, &scopes)?;
                    all = Some(match all {
                        Some(all) => all.or(&extent)?,
                        None => extent,
                    });
                }
                all
            }
            ExprKind::Default(value, fallback) => {
                let value = self.extent(value, scopes)?;
                if !value.absent {
                    return Some(value);
                }
                Extent { absent: false, ..value }.or(&self.extent(fallback, scopes)?)
            }
            ExprKind::If(test, yes, Some(no)) => match self.truth(test, scopes) {
                Truth::True => self.extent(yes, scopes),
                Truth::False => self.extent(no, scopes),
                _ => self.extent(yes, scopes)?.or(&self.extent(no, scopes)?),
            },
            ExprKind::Aggregate(aggregate, list, cond) => self.gathered(*aggregate, list, cond.as_deref(), scopes),
            ExprKind::Neg(inner) => range(inner)?.negated().map(Extent::there),
            ExprKind::Arith(op, left, right) => self.calculated(*op, range(left)?, range(right)?).map(Extent::there),
            _ => Range::of(&self.value(expr, scopes)).map(Extent::there),
        }
    }

    fn extent_of_name(&self, expr: &'a Expr, scopes: &[Scope<'a>]) -> Option<Extent> {
        match self.value(expr, scopes) {
            Val::Absent => return Some(Extent::nothing()),
            Val::Missing | Val::Unknown | Val::Astray(_) => {}
            value => return Range::of(&value).map(Extent::there),
        }
        if let Some(field) = self.declared(expr, scopes) {
            let mut absent = false;
            let mut way = Some(expr);
            while let Some(step) = way {
                absent |= self.declared(step, scopes).is_some_and(|field| field.ty.optional);
                way = if let ExprKind::Field(base, _) = &step.kind { Some(base) } else { None };
            }
            return Range::declared(field).map(|range| Extent { absent, range: Some(range) });
        }
        let ExprKind::Name(name) = &expr.kind else { return None };
        match scopes.iter().rev().find(|scope| scope.name == Some(name.as_str())) {
            Some(scope) => scope.extent,
            None => self.extent(&self.defines.get(name.as_str())?.value, &self.outermost()),
        }
    }

    /// The field that a name or path leads to.
    fn declared(&self, expr: &'a Expr, scopes: &[Scope<'a>]) -> Option<&'a Field> {
        match &expr.kind {
            ExprKind::Name(name) => {
                for scope in scopes.iter().rev() {
                    match &scope.value {
                        _ if scope.name == Some(name.as_str()) => return None,
                        Val::Record(record) if scope.name.is_none() => {
                            if let Some(field) = record.fields.iter().find(|field| field.name.text == *name) {
                                return Some(field);
                            }
                        }
                        _ => {}
                    }
                }
                None
            }
            ExprKind::Field(base, name) => match self.value(base, scopes) {
                Val::Record(record) => record.fields.iter().find(|field| field.name.text == name.text),
                _ => None,
            },
            _ => None,
        }
    }

    fn calculated(&self, op: ArithOp, left: Range, right: Range) -> Option<Range> {
        let (day, length, unit) = match (left.unit, right.unit) {
            (Unit::Number, Unit::Number) => {
                return match op {
                    ArithOp::Add => left.plus(&right),
                    ArithOp::Sub => left.plus(&right.negated()?),
                    ArithOp::Mul => left.times(&right),
                    ArithOp::Div => left.over(&right),
                    ArithOp::IntDiv => {
                        let over = left.over(&right)?;
                        Range::new(over.low.floor(), over.high.floor(), 1, Unit::Number)
                    }
                };
            }
            (Unit::Day, Unit::Day) => {
                let between = left.plus(&right.negated()?)?;
                return Some(Range { unit: Unit::Length(DurationUnit::Days), ..between });
            }
            (Unit::Day, Unit::Length(unit)) => (left, right.count()?, unit),
            (Unit::Length(unit), Unit::Day) => (right, left.count()?, unit),
            _ => {
                let (left, right) = (left.count()?, right.count()?);
                return match op {
                    ArithOp::Add => left.plus(&right)?.count(),
                    ArithOp::Sub => left.plus(&right.negated()?)?.count(),
                    _ => left.times(&right)?.count(),
                };
            }
        };
        let length = if op == ArithOp::Sub { length.negated()?.count()? } else { length };
        match unit {
            DurationUnit::Days => day.plus(&length).filter(|day| day.days().is_some()),
            DurationUnit::Months if length.low == length.high => {
                let count = i64::try_from(length.low.to_integer()).ok()?;
                let [first, last] = day.days()?;
                let later = |day| Range::day(self.later(day, count, DurationUnit::Months)?);
                later(first)?.or(&later(last)?)
            }
            DurationUnit::WorkDays if day.low == day.high && length.low == length.high => {
                let count = i64::try_from(length.low.to_integer()).ok()?;
                Range::day(self.later(day.days()?[0], count, unit)?)
            }
            DurationUnit::Months | DurationUnit::WorkDays => None,
        }
    }

    /// What a list's elements come to, one by one as far as they are known.
    fn gathered(
        &self,
        aggregate: Aggregate,
        list: &'a Expr,
        cond: Option<&'a Expr>,
        scopes: &[Scope<'a>],
    ) -> Option<Extent> {
        let list = self.list(list, scopes);
        let sure = list.items.iter().filter(|item| item.sure).count();
        let all_sure = sure == list.items.len() && !list.open;
        let count = |number: usize| whole(i64::try_from(number).expect("few"));
        let counted = matches!(aggregate, Aggregate::Count | Aggregate::Sum);
        if list.items.is_empty() && !list.open && !counted {
            return Some(Extent::nothing());
        }
        let number = Range::exactly(count(sure), Unit::Number)?;
        let range = match aggregate {
            Aggregate::Count => {
                let most = if list.open { Number::from_integer(MANY) } else { count(list.items.len()) };
                Range::new(count(sure), most, 1, Unit::Number)?
            }
            Aggregate::Sum => sum(&list)?,
            Aggregate::Average if all_sure => sum(&list)?.over(&number)?,
            Aggregate::Share if all_sure => {
                let of = |least: Truth| {
                    let truth = |value: &Val<'a>| self.truth(cond.expect("占比"), &within(scopes, None, value));
                    count(list.items.iter().filter(|item| truth(&item.value) >= least).count())
                };
                Range::new(of(Truth::True), of(Truth::Unknown), 1, Unit::Number)?.over(&number)?
            }
            Aggregate::Max | Aggregate::Latest => greatest(&list, &|range| Some(range))?,
            Aggregate::Min | Aggregate::Earliest => greatest(&list, &|range| range.negated())?.negated()?,
            Aggregate::Average | Aggregate::Share | Aggregate::Distinct => return None,
        };
        Some(Extent { absent: sure == 0 && !counted, range: Some(range) })
    }

    /// The results of a table's rows that an input may fit, each with what it can name.
    pub fn rows(
        &self,
        table: &'a bulou_syntax::ast::Table,
        args: &'a [Expr],
        scopes: &[Scope<'a>],
    ) -> Vec<(&'a Expr, Vec<Scope<'a>>)> {
        let inputs: Vec<Scope<'a>> = table
            .params
            .iter()
            .zip(args)
            .map(|(param, arg)| Scope {
                name: Some(&param.name.text),
                value: self.value(arg, scopes),
                extent: self.extent(arg, scopes),
            })
            .collect();
        let fitting = |cells: &'a [Cell]| {
            cells.iter().zip(&inputs).map(|(cell, input)| self.fitting(cell, input.clone())).collect::<Option<Vec<_>>>()
        };
        table.rows.iter().filter_map(|row| Some((&row.result, fitting(&row.cells)?))).collect()
    }

    /// An input as far as it can fit a cell; nothing where it cannot.
    fn fitting(&self, cell: &'a Cell, input: Scope<'a>) -> Option<Scope<'a>> {
        let fits = |op: CompareOp, end: &'a Expr| {
            let end = self.value(end, &[]);
            match (super::truths::compare(op, &input.value, &end), input.extent.and_then(|extent| extent.range())) {
                (Truth::Unknown, Some(range)) => Range::of(&end).map_or(Truth::Unknown, |end| range.compare(op, &end)),
                (truth, _) => truth,
            }
        };
        let may = |op: CompareOp, end: &'a Expr| fits(op, end) != Truth::False;
        // Each end, or several values, that the cell names leave that much of the input.
        let (fits, least, most): (bool, Vec<&'a Expr>, Vec<&'a Expr>) = match &cell.kind {
            CellKind::Any => (true, vec![], vec![]),
            CellKind::Compare(op, end) => match op {
                CompareOp::Eq => (may(*op, end), vec![end], vec![end]),
                CompareOp::Lt | CompareOp::Le => (may(*op, end), vec![], vec![end]),
                _ => (may(*op, end), vec![end], vec![]),
            },
            CellKind::Range(low, high) => (may(CompareOp::Ge, low) && may(CompareOp::Le, high), vec![low], vec![high]),
            CellKind::OneOf(options) => {
                let possible: Vec<&'a Expr> = options.iter().filter(|option| may(CompareOp::Eq, option)).collect();
                (!possible.is_empty(), possible.clone(), possible)
            }
        };
        let range = input.extent.and_then(|extent| extent.range());
        let ends =
            |ends: Vec<&'a Expr>| ends.into_iter().map(|end| Range::of(&self.value(end, &[])).map(|end| end.low));
        let left = match (range, ends(least).min().flatten(), ends(most).max().flatten()) {
            (Some(range), low, high) => {
                let (low, high) = (
                    low.map_or(range.low, |low| low.max(range.low)),
                    high.map_or(range.high, |high| high.min(range.high)),
                );
                Some(Extent::there(Range { low, high, ..range }))
            }
            (None, ..) => input.extent,
        };
        fits.then_some(Scope { extent: left, ..input })
    }
}

fn sum(list: &List<'_>) -> Option<Range> {
    let nothing = Range::exactly(Number::zero(), Unit::Number)?;
    let mut all = nothing;
    for item in &list.items {
        let one = Range::of(&item.value).or(list.within)?;
        all = all.plus(&if item.sure { one } else { one.or(&nothing)? })?;
    }
    if list.open {
        let many = Range::new(Number::zero(), Number::from_integer(MANY), 1, Unit::Number)?;
        all = all.plus(&list.within?.times(&many)?.or(&nothing)?)?;
    }
    Some(all)
}

/// From the greatest of the least that its sure elements can be, to the greatest that any can be.
fn greatest(list: &List<'_>, seen: &dyn Fn(Range) -> Option<Range>) -> Option<Range> {
    let mut ranges = Vec::new();
    for item in &list.items {
        ranges.push((seen(Range::of(&item.value).or(list.within)?)?, item.sure));
    }
    if list.open {
        ranges.push((seen(list.within?)?, false));
    }
    let all = ranges[1..].iter().try_fold(ranges[0].0, |all, (range, _)| all.or(range))?;
    let surely = ranges.iter().filter(|(_, sure)| *sure).map(|(range, _)| range.low).max();
    Range::new(surely.unwrap_or(all.low), all.high, all.parts, all.unit)
}
