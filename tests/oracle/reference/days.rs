//! Calendars, deadlines and frequencies, day by day.

use std::collections::{HashMap, HashSet};

use bulou_syntax::ast::{Aggregate, Due, DurationUnit, Expr, ExprKind, Frequency, Period};
use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};
use serde_json::Value;

use super::reading::{List, Number, Val};
use super::truths::Truth;
use super::world::{Counting, Scope, World};

/// Days off and days worked in years.
pub struct Calendar {
    years: HashSet<i32>,
    /// Whether the day is worked, where that is unlike its weekday.
    special: HashMap<NaiveDate, bool>,
}

impl Calendar {
    /// Reads a calendar file.
    pub fn parse(text: &str) -> Self {
        let file: Value = serde_json::from_str(text).expect("JSON");
        let mut calendar = Self { years: HashSet::new(), special: HashMap::new() };
        for (year, days) in file["years"].as_object().expect("years") {
            calendar.years.insert(year.parse().expect("a year"));
            for (key, worked) in [("rest", false), ("work", true)] {
                for day in days[key].as_array().expect("dates") {
                    calendar.special.insert(day.as_str().expect("a text").parse().expect("a date"), worked);
                }
            }
        }
        calendar
    }

    fn works(&self, day: NaiveDate) -> Option<bool> {
        let weekday = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.years.contains(&day.year()).then(|| self.special.get(&day).copied().unwrap_or(weekday))
    }
}

/// Years have four digits.
fn dated(day: Option<NaiveDate>) -> Option<NaiveDate> {
    day.filter(|day| (0..=9999).contains(&day.year()))
}

fn shifted(day: NaiveDate, count: i64) -> Option<NaiveDate> {
    let days = Days::new(count.unsigned_abs());
    dated(if count < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) })
}

impl World<'_> {
    /// A date so much later, or earlier.
    pub fn later(&self, day: NaiveDate, count: i64, unit: DurationUnit) -> Option<NaiveDate> {
        match unit {
            DurationUnit::Days => shifted(day, count),
            DurationUnit::Months => {
                let months = Months::new(u32::try_from(count.unsigned_abs()).ok()?);
                dated(if count < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) })
            }
            DurationUnit::WorkDays => {
                let calendar = self.calendar.as_ref()?;
                let (mut day, mut left) = (day, count.abs());
                while left > 0 {
                    day = shifted(day, count.signum())?;
                    left -= i64::from(calendar.works(day)?);
                }
                Some(day)
            }
        }
    }

    /// The day itself, or the next one that is worked.
    fn rolled(&self, mut day: NaiveDate) -> Option<NaiveDate> {
        while !self.calendar.as_ref()?.works(day)? {
            day = shifted(day, 1)?;
        }
        Some(day)
    }
}

impl<'a> World<'a> {
    /// Too late, or before its time, is so on whatever day one asks; only then does it matter whether the day can be.
    pub(super) fn deadline(&self, done: &'a Expr, due: &'a Due, scopes: &[Scope<'a>]) -> Truth {
        let (start, last) = self.term(due, scopes);
        let in_time = |day| {
            let early = start.is_some_and(|start| day < start) && !matches!(due, Due::Within { early: true, .. });
            match last {
                _ if early => Truth::False,
                Some(last) => Truth::from(day <= last),
                None => Truth::Unknown,
            }
        };
        match (self.value(done, scopes), last) {
            (Val::Missing, _) if !self.silence_fails => Truth::Unknown,
            (Val::Date(day), _) if day <= self.today => in_time(day),
            (Val::Date(day) | Val::Astray(day), _) => in_time(day).min(Truth::Unknown),
            (Val::Absent | Val::Missing, Some(last)) if self.today <= last => Truth::Pending,
            (Val::Absent | Val::Missing, Some(_)) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// Until its last day what does not hold, or cannot be said, can still come to hold.
    pub(super) fn by(&self, due: &'a Due, holds: Truth, scopes: &[Scope<'a>]) -> Truth {
        match (holds, self.term(due, scopes).1) {
            (Truth::True, _) => Truth::True,
            (_, None) => Truth::Unknown,
            (truth, Some(last)) if last < self.today => truth,
            _ => Truth::Pending,
        }
    }

    /// The day that a term is counted from, if it is counted, and its last day.
    fn term(&self, due: &'a Due, scopes: &[Scope<'a>]) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let (start, length, rolled) = match due {
            Due::Before(day) => return (None, self.date(day, scopes)),
            Due::Within { start, length, rolled, .. } => (start, length, *rolled),
        };
        let Some(start) = self.date(start, scopes) else { return (None, None) };
        let Val::Duration(count, unit, weeks) = self.value(length, scopes) else { return (Some(start), None) };
        let counting = match (unit, self.counting) {
            (DurationUnit::WorkDays, _) => Counting::Natural,
            _ if rolled => Counting::Rolled,
            (DurationUnit::Months, Counting::Working) => Counting::Natural,
            (DurationUnit::Days, Counting::Working) if weeks => Counting::Natural,
            (_, counting) => counting,
        };
        let last = match counting {
            Counting::Natural => self.later(start, count, unit),
            Counting::Rolled => self.later(start, count, unit).and_then(|day| self.rolled(day)),
            Counting::Working => self.later(start, count, DurationUnit::WorkDays),
        };
        (Some(start), last)
    }

    fn date(&self, expr: &'a Expr, scopes: &[Scope<'a>]) -> Option<NaiveDate> {
        match self.value(expr, scopes) {
            Val::Date(date) => Some(date),
            _ => None,
        }
    }

    pub(super) fn frequency(&self, frequency: &'a Frequency, scopes: &[Scope<'a>]) -> Truth {
        let dates = match self.value(&frequency.dates, scopes) {
            Val::List(dates) if !self.absent(&frequency.dates, scopes) => dates,
            _ => List { open: true, ..List::default() },
        };
        let Val::Number(times) = self.value(&frequency.times, scopes) else { return Truth::Unknown };
        let Some(since) = self.date(&frequency.since, scopes) else { return Truth::Unknown };
        // Of what has not begun nothing is asked yet.
        if since > self.today {
            return Truth::Pending;
        }
        let except = frequency.except.as_ref().map(|except| self.list(except, scopes)).unwrap_or_default();
        let period = frequency.period;
        let (Some(first), Some(running)) = (first_day(since, period), first_day(self.today, period)) else {
            return Truth::Unknown;
        };
        // The first whole period, and the running one at any rate.
        let whole = if first < since { next_period(since, period) } else { Some(first) };
        let Some(mut from) = whole.map(|whole| whole.min(running)) else { return Truth::Unknown };
        let mut truth = Truth::True;
        while from <= running {
            let Some(end) = next_period(from, period) else { return Truth::Unknown };
            let met = self.met(&dates, times, from.max(since), end);
            let met = if from == running && met == Truth::False { Truth::Pending } else { met };
            truth = truth.min(met.max(excepted(&except, from, end)));
            from = end;
        }
        truth
    }

    /// Whether the list that dates are taken from is not there.
    fn absent(&self, dates: &'a Expr, scopes: &[Scope<'a>]) -> bool {
        match &dates.kind {
            ExprKind::Filter(list, ..)
            | ExprKind::Field(list, _)
            | ExprKind::Aggregate(Aggregate::Distinct, list, _)
                if !matches!(self.value(list, scopes), Val::Record(_)) =>
            {
                self.absent(list, scopes)
            }
            ExprKind::Name(name) if self.defines.contains_key(name.as_str()) => {
                self.absent(&self.defines[name.as_str()].value, &self.outermost())
            }
            _ => match self.value(dates, scopes) {
                Val::Absent => true,
                Val::List(list) => list.missing,
                _ => false,
            },
        }
    }

    /// Whether enough of the dates are from one day to before another; a future date is none that can be believed.
    fn met(&self, dates: &List<'a>, times: Number, start: NaiveDate, end: NaiveDate) -> Truth {
        let within = |date: &NaiveDate| (start..end).contains(date);
        let certain = dates
            .items
            .iter()
            .filter(|item| item.sure && matches!(&item.value, Val::Date(date) if within(date) && *date <= self.today));
        if Number::from_integer(certain.count() as i128) >= times {
            return Truth::True;
        }
        // The others, as far as they may be of these days.
        let possible =
            dates.items.iter().filter(|item| !matches!(&item.value, Val::Date(date) if !within(date))).count();
        if dates.open || Number::from_integer(possible as i128) >= times { Truth::Unknown } else { Truth::False }
    }
}

/// Whether all months of a period are among those that are left out.
fn excepted(months: &List<'_>, start: NaiveDate, end: NaiveDate) -> Truth {
    let days = start.iter_days().take_while(|day| *day < end);
    let month = |day: NaiveDate| Val::Number(Number::from_integer(i128::from(day.month())));
    days.map(|day| super::lists::contains(months, &month(day))).min().unwrap_or(Truth::True)
}

fn first_day(day: NaiveDate, period: Period) -> Option<NaiveDate> {
    match period {
        Period::Day => Some(day),
        Period::Week => shifted(day, -i64::from(day.weekday().num_days_from_monday())),
        Period::Month => day.with_day(1),
        Period::Quarter => day.with_day(1)?.with_month(day.month0() / 3 * 3 + 1),
    }
}

/// The first day of the period after the one that a day is in.
fn next_period(day: NaiveDate, period: Period) -> Option<NaiveDate> {
    let first = day.with_day(1)?;
    match period {
        Period::Day => shifted(day, 1),
        Period::Week => shifted(day, 7 - i64::from(day.weekday().num_days_from_monday())),
        Period::Month => dated(first.checked_add_months(Months::new(1))),
        Period::Quarter => dated(first.checked_add_months(Months::new(3 - day.month0() % 3))),
    }
}
