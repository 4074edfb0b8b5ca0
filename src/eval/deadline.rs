//! Deadlines and frequencies: the requirements that know a fourth answer, "not due yet".

use chrono::Datelike as _;

use crate::evaluator::Evaluator;
use crate::fields::Reached;
use crate::lists::Flow;
use bulou_base::date::{Date, days_between, plus_days, plus_months};
use bulou_base::value::{Length, Quotient, Truth, Value};
use bulou_document::{Constant, Slot};
use bulou_ir::Body;
use bulou_ir::expr::{By, Deadline, Due, FieldRef, Frequency, List, ListKind, Scalar, ScalarKind};
use bulou_syntax::ast::{DurationUnit, Period};
use bulou_syntax::built_in::Counting;

/// How a deadline stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Standing {
    pub truth: Truth,
    pub term: Term,
    /// The day that stands there, whether or not it can be believed.
    pub done: Option<Date>,
    /// It was done before its term began.
    pub early: bool,
}

/// The days within which something is due.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Term {
    pub start: Option<Date>,
    pub due: Option<Date>,
    /// Rest days matter and the calendar does not hold the year, or there is no calendar.
    pub no_calendar: bool,
}

impl Term {
    /// What a condition comes to that has to hold by the due day.
    pub fn by(self, holds: Truth, today: Date) -> Truth {
        match (holds, self.due) {
            (Truth::True, _) => Truth::True,
            (_, None) => Truth::Unknown,
            (_, Some(due)) if today <= due => Truth::Pending,
            (holds, Some(_)) => holds,
        }
    }
}

impl<'d> Evaluator<'d> {
    /// How a deadline stands today (language reference, "Verdicts"): what is too late, or before its time, is so on
    /// whatever day one asks.
    pub fn deadline(&mut self, deadline: &'d Deadline) -> Standing {
        let term = self.term(&deadline.due);
        let done = self.done(&deadline.done);
        let (Value::Date(day) | Value::Astray(day)) = done else {
            let truth = match (done, term.due) {
                (Value::Absent, Some(due)) if self.today <= due => Truth::Pending,
                (Value::Absent, Some(_)) => Truth::False,
                _ => Truth::Unknown,
            };
            return Standing { truth, term, done: None, early: false };
        };
        let early = !deadline.early && term.start.is_some_and(|start| day < start);
        let late = term.due.is_some_and(|due| due < day);
        let believed = done.is_known() && day <= self.today;
        let truth = match term.due {
            _ if early || late => Truth::False,
            Some(_) if believed => Truth::True,
            _ => Truth::Unknown,
        };
        Standing { truth, term, done: Some(day), early }
    }

    /// How `至迟 … 满足 C` stands. While there is time nothing can be broken, whatever C turns out to say.
    pub fn by(&mut self, by: &'d By) -> Standing {
        let term = self.term(&by.due);
        let truth = term.by(self.truth(&by.cond), self.today);
        Standing { truth, term, done: None, early: false }
    }

    /// A field that is named by a definition may be absent as one that is named itself.
    fn done(&mut self, done: &'d Scalar) -> Value<'d> {
        let ScalarKind::Definition(index) = &done.kind else { return self.scalar(done) };
        self.defined(*index, |evaluator, body| match body {
            Body::Scalar(Scalar { kind: ScalarKind::Field(field), .. }) => {
                evaluator.field(&FieldRef { optional: true, ..field.clone() })
            }
            Body::Scalar(scalar) => evaluator.done(scalar),
            Body::Cond(_) | Body::List(_) => Value::Unknown,
        })
    }

    fn term(&mut self, due: &'d Due) -> Term {
        match due {
            Due::Before(day) => match self.scalar(day) {
                Value::Date(day) => Term { due: Some(day), ..Term::default() },
                _ => Term::default(),
            },
            Due::Within { start, length, unit, counting } => {
                let start = match self.scalar(start) {
                    Value::Date(start) => start,
                    _ => return Term::default(),
                };
                let Value::Duration(length) = self.scalar(length) else {
                    return Term { start: Some(start), ..Term::default() };
                };
                let counting = counting.unwrap_or_else(|| self.counting());
                let due = self.last_day(start, length, *unit, counting);
                let no_calendar = due.is_none() && (counting != Counting::Natural || *unit == DurationUnit::WorkDays);
                Term { start: Some(start), due, no_calendar }
            }
        }
    }

    fn counting(&self) -> Counting {
        match self.rules.counting.and_then(|index| self.params.get(index)) {
            Some(Constant::Counting(counting)) => *counting,
            _ => Counting::Natural,
        }
    }

    /// The last day of a period (民法典 arts. 200 to 203): the start day is not counted. Only what is written in days
    /// becomes working days.
    fn last_day(&self, start: Date, length: Length, unit: DurationUnit, counting: Counting) -> Option<Date> {
        let Length { count, weeks } = length;
        match (unit, counting) {
            (DurationUnit::Days, Counting::Working) if !weeks => self.shift(start, count, DurationUnit::WorkDays),
            (DurationUnit::WorkDays, _) | (_, Counting::Natural | Counting::Working) => self.shift(start, count, unit),
            (_, Counting::Rolled) => self.rules.calendar.as_ref()?.roll(self.shift(start, count, unit)?),
        }
    }

    /// Whether every whole period since the start has enough of the dates, and the running one so far. Before its start
    /// nothing is asked yet.
    pub fn frequency(&mut self, frequency: &'d Frequency) -> Truth {
        let mut all = Truth::True;
        match self.each_period(frequency, &mut |_, _, truth| all = all.min(truth)) {
            Some(since) if since > self.today => Truth::Pending,
            Some(_) => all,
            None => Truth::Unknown,
        }
    }

    /// Whether none of the periods since the start is asked about: each is excepted, or no times are wanted.
    pub fn asks_of_no_period(&mut self, frequency: &'d Frequency) -> bool {
        if matches!(self.scalar(&frequency.times), Value::Number(times) if times <= Quotient::from_integer(0)) {
            return true;
        }
        let mut periods = Vec::new();
        let since = self.each_period(frequency, &mut |start, end, _| periods.push((start, end)));
        since.is_some() && periods.into_iter().all(|(start, end)| self.excepted(frequency, start, end) == Truth::True)
    }

    /// Shows every period since the start with how it stands, and answers the start; `None` when that or the number is
    /// not known.
    pub fn each_period(&mut self, frequency: &'d Frequency, visit: &mut dyn FnMut(Date, Date, Truth)) -> Option<Date> {
        let (Value::Date(since), Value::Number(times)) = (self.scalar(&frequency.since), self.scalar(&frequency.times))
        else {
            return None;
        };
        if since > self.today {
            return Some(since);
        }
        let times = i64::try_from(times.ceil().to_integer().max(0)).unwrap_or(i64::MAX);
        let running = period_start(frequency.period, self.today)?;
        let mut first = period_start(frequency.period, since)?;
        if first < since {
            first = next_period(frequency.period, first)?;
        }
        let mut start = first.min(running);
        while start <= running {
            if !self.step() {
                return None;
            }
            let end = plus_days(next_period(frequency.period, start)?, -1)?;
            let mut truth = self.in_period(frequency, start.max(since), end, times);
            if start == running && truth == Truth::False {
                truth = Truth::Pending;
            }
            if truth != Truth::True {
                truth = truth.max(self.excepted(frequency, start, end));
            }
            visit(start, end, truth);
            start = next_period(frequency.period, start)?;
        }
        Some(since)
    }

    /// The field of the list that elements are taken from, where that list is absent: of its dates nothing is known.
    pub fn absent_list(&mut self, list: &'d List) -> Option<&'d FieldRef> {
        match &list.kind {
            ListKind::Field(field, ..) => {
                matches!(self.reach(field), Reached::Absent | Reached::Slot(Slot::Absent)).then_some(field)
            }
            ListKind::Filter(inner, ..) | ListKind::Project(inner, ..) | ListKind::Flatten(inner, ..) => {
                self.absent_list(inner)
            }
            ListKind::Distinct(inner) | ListKind::Hoisted(_, inner) | ListKind::Optimized(inner, _) => {
                self.absent_list(inner)
            }
            ListKind::Definition(index) => match self.rules.definitions.get(*index) {
                Some(Body::List(body)) => self.absent_list(body),
                _ => None,
            },
            ListKind::Literal(_) | ListKind::All(_) | ListKind::Param(_) => None,
        }
    }

    fn in_period(&mut self, frequency: &'d Frequency, start: Date, end: Date, times: i64) -> Truth {
        let (mut count, mut possible) =
            (0_i64, if self.absent_list(&frequency.dates).is_some() { i64::MAX } else { 0 });
        let _ = self.each(&frequency.dates, &mut |evaluator, item| {
            let within = |date| (start..=end).contains(&date);
            match item.value {
                Value::Date(date) if !within(date) => {}
                Value::Date(date) if item.sure && date <= evaluator.today => count += 1,
                _ if item.part => possible = i64::MAX,
                _ => possible = possible.saturating_add(1),
            }
            if count >= times { Flow::Break(()) } else { Flow::Continue(()) }
        });
        if count >= times {
            Truth::True
        } else if count.saturating_add(possible) >= times {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    /// Whether every month that the period touches is excepted.
    fn excepted(&mut self, frequency: &'d Frequency, start: Date, end: Date) -> Truth {
        let Some(months) = &frequency.except else { return Truth::False };
        let (mut all, mut month) = (Truth::True, start.with_day(1));
        while let Some(first) = month.filter(|first| *first <= end && all != Truth::False) {
            all = all.min(self.contains(months, Value::int(i64::from(first.month()))));
            month = plus_months(first, 1);
        }
        all
    }
}

/// First day of the period that holds `day`; weeks begin on Monday.
fn period_start(period: Period, day: Date) -> Option<Date> {
    match period {
        Period::Day => Some(day),
        Period::Week => plus_days(day, -i64::from(day.weekday().num_days_from_monday())),
        Period::Month => day.with_day(1),
        Period::Quarter => day.with_day(1)?.with_month(day.month0() / 3 * 3 + 1),
    }
}

fn next_period(period: Period, start: Date) -> Option<Date> {
    match period {
        Period::Day => plus_days(start, 1),
        Period::Week => plus_days(start, 7),
        Period::Month => plus_months(start, 1),
        Period::Quarter => plus_months(start, 3),
    }
}

/// Days left until `due`, negative when it is past.
pub(crate) fn days_left(today: Date, due: Date) -> i64 {
    days_between(today, due)
}
