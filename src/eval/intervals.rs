//! The least and the greatest of a number that is not known, and calculation with such pairs. A date is the number of its
//! day, a duration its count.

use chrono::Datelike as _;
use num_rational::Ratio;
use num_traits::{CheckedAdd as _, CheckedDiv as _, CheckedMul as _, CheckedSub as _, Zero as _};

use bulou_base::date::{self, Date};
use bulou_base::value::{Quotient, Truth, Value};
use bulou_document::Constant;
use bulou_document::shape::Kind;
use bulou_ir::Cell;
use bulou_syntax::ast::{ArithOp, CompareOp};

/// All numbers between two, both included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Interval {
    low: Quotient,
    high: Quotient,
    /// A multiple of every denominator that a number of it can have: with it, no number between overflows where the
    /// ends do not.
    parts: i128,
}

/// What a value can be: numbers between two, and perhaps nothing at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Extent {
    /// None where it is surely absent.
    interval: Option<Interval>,
    pub absent: bool,
}

impl Extent {
    /// Surely absent.
    pub const ABSENT: Self = Self { interval: None, absent: true };

    /// A value that is known, or known to be absent.
    pub fn of(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Absent => Some(Self::ABSENT),
            value => Interval::of(value).map(Self::from),
        }
    }

    /// What it is when it is surely there.
    pub fn there(&self) -> Option<Interval> {
        self.interval.filter(|_| !self.absent)
    }

    /// Perhaps absent.
    pub fn perhaps(self, absent: bool) -> Self {
        Self { absent: self.absent || absent, ..self }
    }

    /// One of two.
    pub fn either(&self, other: &Self) -> Option<Self> {
        let interval = match (&self.interval, &other.interval) {
            (Some(one), Some(other)) => Some(one.hull(other)?),
            (one, other) => one.or(*other),
        };
        Some(Self { interval, absent: self.absent || other.absent })
    }

    /// Itself where it is there, else the other.
    pub fn or(&self, other: &Self) -> Option<Self> {
        Self { absent: false, ..*self }.either(other)
    }
}

impl From<Interval> for Extent {
    fn from(interval: Interval) -> Self {
        Self { interval: Some(interval), absent: false }
    }
}

impl Interval {
    /// All numbers between two; none where one of them, in so many parts, is beyond what can be counted.
    fn new(low: Quotient, high: Quotient, parts: i128) -> Option<Self> {
        let fits = |end: &Quotient| {
            let whole = end.numer().div_euclid(*end.denom());
            whole.checked_abs()?.checked_add(1)?.checked_mul(parts)
        };
        fits(&low).and(fits(&high)).map(|_| Self { low, high, parts })
    }

    pub fn whole(low: i128, high: i128) -> Option<Self> {
        Self::new(Ratio::from_integer(low), Ratio::from_integer(high), 1)
    }

    /// A value that is known.
    pub fn of(value: Value<'_>) -> Option<Self> {
        let whole = |count: i64| Self::whole(count.into(), count.into());
        match value {
            Value::Number(number) => Self::new(number, number, *number.denom()),
            Value::Date(date) => whole(date.num_days_from_ce().into()),
            Value::Duration(length) => whole(length.count),
            _ => None,
        }
    }

    /// What a well-formed value of a field can be.
    pub fn of_kind(kind: &Kind) -> Option<Self> {
        let (low, high, parts) = kind.ends()?;
        Self::new(low, high, parts)
    }

    /// The first and the last day.
    pub fn as_days(&self) -> Option<(Date, Date)> {
        let day = |end: &Quotient| {
            let number = end.is_integer().then(|| i32::try_from(end.to_integer()).ok()).flatten();
            date::within(Date::from_num_days_from_ce_opt(number?)?)
        };
        Some((day(&self.low)?, day(&self.high)?))
    }

    /// Only whole numbers, none beyond 64 bits: what durations count.
    pub fn counted(self) -> Option<Self> {
        let fits = |end: &Quotient| i64::try_from(end.to_integer()).is_ok();
        (self.parts == 1 && fits(&self.low) && fits(&self.high)).then_some(self)
    }

    pub fn point(&self) -> Option<Quotient> {
        (self.low == self.high).then_some(self.low)
    }

    /// The same in finer parts.
    fn in_parts(&self, parts: i128) -> Option<Self> {
        Self::new(self.low, self.high, parts)
    }

    fn parts_with(&self, other: &Self) -> Option<i128> {
        self.parts.checked_mul(*Ratio::new(self.parts, other.parts).denom())
    }

    /// All numbers of both, and those between.
    pub fn hull(&self, other: &Self) -> Option<Self> {
        Self::new(self.low.min(other.low), self.high.max(other.high), self.parts_with(other)?)
    }

    /// The greatest of some, each with whether it is surely there: no less than any of those that are.
    pub fn greatest(of: impl IntoIterator<Item = Option<(Self, bool)>>) -> Option<Self> {
        let (mut hull, mut least): (Option<Self>, Option<Quotient>) = (None, None);
        for one in of {
            let (one, sure) = one?;
            hull = Some(hull.map_or(Some(one), |hull| hull.hull(&one))?);
            least = if sure { least.max(Some(one.low)) } else { least };
        }
        let hull = hull?;
        Self::new(least.unwrap_or(hull.low), hull.high, hull.parts)
    }

    pub fn negated(&self) -> Option<Self> {
        let negated = |end: &Quotient| Quotient::zero().checked_sub(end);
        Self::new(negated(&self.high)?, negated(&self.low)?, self.parts)
    }

    pub fn arith(&self, op: ArithOp, other: &Self) -> Option<Self> {
        match op {
            ArithOp::Add => {
                let parts = self.parts_with(other)?;
                let (one, other) = (self.in_parts(parts)?, other.in_parts(parts)?);
                Self::new(one.low.checked_add(&other.low)?, one.high.checked_add(&other.high)?, parts)
            }
            ArithOp::Sub => self.arith(ArithOp::Add, &other.negated()?),
            ArithOp::Mul => {
                let times = |one: &Quotient, other: &Quotient| one.checked_mul(other);
                let parts = self.parts.checked_mul(other.parts)?;
                let (first, second) = (times(&self.low, &other.low)?, times(&self.low, &other.high)?);
                let (third, fourth) = (times(&self.high, &other.low)?, times(&self.high, &other.high)?);
                let low = first.min(second).min(third).min(fourth);
                Self::new(low, first.max(second).max(third).max(fourth), parts)
            }
            // A divisor that may be anything may be 0, or make parts of any size.
            ArithOp::Div => {
                let by = other.point().filter(|by| !by.is_zero())?;
                let parts = self.parts.checked_mul(by.numer().checked_abs()?)?;
                let (one, other) = (self.low.checked_div(&by)?, self.high.checked_div(&by)?);
                Self::new(one.min(other), one.max(other), parts)
            }
            ArithOp::IntDiv => {
                let quotient = self.arith(ArithOp::Div, other)?;
                let floor = |end: &Quotient| end.numer().div_euclid(*end.denom());
                Self::whole(floor(&quotient.low), floor(&quotient.high))
            }
        }
    }

    /// What a comparison says of every pair of two intervals' numbers.
    pub fn compare(&self, op: CompareOp, other: &Self) -> Truth {
        let (less, more) = (self.high < other.low, self.low > other.high);
        let (at_most, at_least) = (self.high <= other.low, self.low >= other.high);
        let (holds, fails) = match op {
            CompareOp::Lt => (less, at_least),
            CompareOp::Le => (at_most, more),
            CompareOp::Gt => (more, at_most),
            CompareOp::Ge => (at_least, less),
            CompareOp::Eq => (at_most && at_least, less || more),
            CompareOp::Ne => (less || more, at_most && at_least),
        };
        match (holds, fails) {
            (true, _) => Truth::True,
            (_, true) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// Those of its numbers that fit a table's cell, and those between; nothing where none does.
    pub fn within(&self, cell: &Cell) -> Option<Self> {
        let of = |constant: &Constant| Self::of(constant.value());
        match cell {
            Cell::Any => Some(*self),
            Cell::OneOf(constants) => {
                let fit = |one: &Self| self.compare(CompareOp::Eq, one) != Truth::False;
                constants.iter().filter_map(of).filter(fit).reduce(|one, other| one.hull(&other).unwrap_or(*self))
            }
            Cell::Interval(low, high) => {
                use CompareOp::{Ge, Gt, Le, Lt};
                let mut fit = *self;
                if let Some((end, included)) = low.as_ref().and_then(|(end, included)| Some((of(end)?, included))) {
                    let some = self.compare(if *included { Ge } else { Gt }, &end) != Truth::False;
                    fit.low = some.then_some(fit.low.max(end.low))?;
                }
                if let Some((end, included)) = high.as_ref().and_then(|(end, included)| Some((of(end)?, included))) {
                    let some = self.compare(if *included { Le } else { Lt }, &end) != Truth::False;
                    fit.high = some.then_some(fit.high.min(end.high))?;
                }
                (fit.low <= fit.high).then_some(fit)
            }
        }
    }
}
