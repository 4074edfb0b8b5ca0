//! Days as numbers: months by the rules of the calendar, rest days by its table.

use bulou_base::date::{self, Date, plus_days, plus_months};
use bulou_document::Constant;
use bulou_document::shape::{Base, Day};
use bulou_ir::calendar::Calendar;
use bulou_syntax::ast::{DurationUnit, Period};
use chrono::Datelike as _;

use crate::term::{Table, TableOf, Term, Terms};

/// Days of 400 years, after which the calendar repeats itself.
const ERA: i128 = 146_097;
/// The number of the day before 0000-03-01, from which leap days are counted.
const MARCH: i128 = -306;

/// A day by its number.
pub fn day(number: i128) -> Option<Date> {
    date::within(Date::from_num_days_from_ce_opt(i32::try_from(number).ok()?)?)
}

/// The first and the last day that can be reckoned.
pub fn reckoned() -> (i128, i128) {
    let day = |year, month, day| Date::from_ymd_opt(year, month, day).map_or(0, |day| day.num_days_from_ce().into());
    (day(0, 1, 1), day(9999, 12, 31))
}

/// The day at an end of a range.
pub fn end(of: &Day, today: Term, params: &[Constant], terms: &mut Terms) -> Term {
    let mut term = match of.base {
        Base::On(date) => terms.int(date.num_days_from_ce()),
        Base::Today => today,
        Base::Param(index) => match params.get(index) {
            Some(Constant::Date(date)) => terms.int(date.num_days_from_ce()),
            _ => today,
        },
    };
    for (count, unit) in &of.shifts {
        let (first, last) = date::ends().map_or((0, 0), |(a, b)| (a.num_days_from_ce(), b.num_days_from_ce()));
        let beyond = terms.int(if *count < 0 { first } else { last });
        let count = terms.int(*count);
        let (known, shifted) = match unit {
            DurationUnit::Months => months_later(term, count, terms),
            DurationUnit::Days | DurationUnit::WorkDays => days_later(term, count, terms),
        };
        term = terms.choose(known, shifted, beyond);
    }
    term
}

/// So many days later, and whether there is such a day.
pub fn days_later(from: Term, count: Term, terms: &mut Terms) -> (Term, Term) {
    let later = terms.add_up(from, count);
    let (first, last) = reckoned();
    (terms.within(later, first, last), later)
}

/// So many months later, on the same day or the month's last, and whether there is such a day.
pub fn months_later(from: Term, count: Term, terms: &mut Terms) -> (Term, Term) {
    if let (Some(day), Some(months)) = (terms.as_int(from).and_then(day), terms.as_int(count)) {
        let later = i64::try_from(months).ok().and_then(|months| plus_months(day, months));
        let number = terms.int(later.map_or(0, |later| later.num_days_from_ce()));
        return (terms.bool(later.is_some()), number);
    }
    // Years make few runs; of single months calculation is simpler.
    if let (true, Some(months)) = (terms.is_variable(from), terms.as_int(count).filter(|months| months % 12 == 0)) {
        let runs = terms.table(TableOf::Months, months, || runs_of_months(months));
        let none = terms.int(0);
        let (known, difference) = branch(&runs, from, (Terms::FALSE, none), terms);
        return (known, terms.add_up(from, difference));
    }
    let (month, day) = civil(from, terms);
    let month = terms.add_up(month, count);
    let (first, next) = (first_of(month, terms), {
        let one = terms.int(1);
        let month = terms.add_up(month, one);
        first_of(month, terms)
    });
    let length = terms.minus(next, first);
    let day = terms.least(day, length);
    let before = terms.int(-1);
    let before = terms.add_up(first, before);
    let later = terms.add_up(before, day);
    // From January of the year 0 to December of 9999.
    (terms.within(month, 0, 119_999), later)
}

/// For each run of days that a document may name, by how many days so many months are later.
fn runs_of_months(months: i128) -> Table {
    let mut runs = Table::new();
    let Some((first, last)) = date::ends() else { return runs };
    let mut next = Some(first);
    while let Some(day) = next.filter(|day| *day <= last) {
        let number = i128::from(day.num_days_from_ce());
        let later = i64::try_from(months).ok().and_then(|months| plus_months(day, months));
        push_run(&mut runs, number, later.map(|later| i128::from(later.num_days_from_ce()) - number));
        next = plus_days(day, 1);
    }
    runs
}

/// Of a day the months since January of the year 0, and its place in its month from 1 on.
fn civil(day: Term, terms: &mut Terms) -> (Term, Term) {
    let shift = terms.int(-MARCH - 1);
    let days = terms.add_up(day, shift);
    let era = terms.floor(days, ERA);
    let in_era = terms.modulo(days, ERA);
    // Of four centuries the last has a day more, of 25 times four years the last a day less.
    let century = divided_at_most(in_era, 36_524, 3, terms);
    let in_century = rest(in_era, century, 36_524, terms);
    let fours = terms.floor(in_century, 1_461);
    let in_four = rest(in_century, fours, 1_461, terms);
    let single = divided_at_most(in_four, 365, 3, terms);
    let in_year = rest(in_four, single, 365, terms);
    let years = [(era, 400), (century, 100), (fours, 4), (single, 1)];
    let mut year = terms.int(0);
    for (count, length) in years {
        let length = terms.int(length);
        let more = terms.times(count, length);
        year = terms.add_up(year, more);
    }
    // Months from March on: 31 30 31 30 31, twice, and the rest.
    let (five, two, three) = (terms.int(5), terms.int(2), terms.int(153));
    let scaled = terms.times(five, in_year);
    let scaled = terms.add_up(scaled, two);
    let month = terms.floor(scaled, 153);
    let begins = terms.times(three, month);
    let begins = terms.add_up(begins, two);
    let begins = terms.floor(begins, 5);
    let place = terms.minus(in_year, begins);
    let (one, twelve) = (terms.int(1), terms.int(12));
    let place = terms.add_up(place, one);
    let months = terms.times(year, twelve);
    let months = terms.add_up(months, month);
    (terms.add_up(months, two), place)
}

fn divided_at_most(term: Term, by: i128, most: i128, terms: &mut Terms) -> Term {
    let (quotient, most) = (terms.floor(term, by), terms.int(most));
    terms.least(quotient, most)
}

fn rest(term: Term, count: Term, length: i128, terms: &mut Terms) -> Term {
    let length = terms.int(length);
    let taken = terms.times(count, length);
    terms.minus(term, taken)
}

/// The number of the first day of a month, counted from January of the year 0.
fn first_of(month: Term, terms: &mut Terms) -> Term {
    // From March on, so that a leap day is the last of its year.
    let shift = terms.int(-2);
    let month = terms.add_up(month, shift);
    let (year, of_year) = (terms.floor(month, 12), terms.modulo(month, 12));
    let (long, two, length) = (terms.int(153), terms.int(2), terms.int(365));
    let scaled = terms.times(long, of_year);
    let scaled = terms.add_up(scaled, two);
    let mut number = terms.floor(scaled, 5);
    let days = terms.times(year, length);
    number = terms.add_up(number, days);
    let (fours, centuries, eras) = (terms.floor(year, 4), terms.floor(year, 100), terms.floor(year, 400));
    number = terms.add_up(number, fours);
    number = terms.minus(number, centuries);
    number = terms.add_up(number, eras);
    let first = terms.int(MARCH + 1);
    terms.add_up(number, first)
}

/// What a calendar's table says of a day; nothing beyond its years.
pub fn by_table(
    calendar: &Calendar,
    (of, count): (TableOf, i128),
    from: Term,
    later: &dyn Fn(Date) -> Option<Date>,
    terms: &mut Terms,
) -> (Term, Term) {
    let runs = terms.table(of, count, || runs_of_calendar(calendar, later));
    let none = terms.int(0);
    let (known, difference) = branch(&runs, from, (Terms::FALSE, none), terms);
    (known, terms.add_up(from, difference))
}

fn runs_of_calendar(calendar: &Calendar, later: &dyn Fn(Date) -> Option<Date>) -> Table {
    let mut runs = Table::new();
    let is_held = |day: Option<Date>| day.is_some_and(|day| calendar.rests(day).is_some());
    let mut next = date::ends().and_then(|(first, _)| plus_days(first, -1));
    while let Some(day) = next.filter(|day| day.year() <= *date::YEARS.end() + 1) {
        // From the days beside a year that the calendar holds one may count into it.
        let near = is_held(next) || is_held(plus_days(day, 1)) || is_held(plus_days(day, -1));
        let number = i128::from(day.num_days_from_ce());
        let later = if near { later(day) } else { None };
        push_run(&mut runs, number, later.map(|later| i128::from(later.num_days_from_ce()) - number));
        next = plus_days(day, 1);
    }
    runs
}

fn push_run(runs: &mut Table, from: i128, difference: Option<i128>) {
    match runs.last_mut() {
        Some((_, old)) if *old == difference => {}
        _ => runs.push((from, difference)),
    }
}

/// Looks a number up among runs that begin where they say.
fn branch(runs: &[(i128, Option<i128>)], at: Term, before: (Term, Term), terms: &mut Terms) -> (Term, Term) {
    let Some((start, difference)) = runs.get(runs.len() / 2) else { return before };
    let own = (terms.bool(difference.is_some()), terms.int(difference.unwrap_or(0)));
    let (lower, upper) = (runs.get(..runs.len() / 2), runs.get(runs.len() / 2 + 1..));
    let less = branch(lower.unwrap_or_default(), at, before, terms);
    let more = branch(upper.unwrap_or_default(), at, own, terms);
    let start = terms.int(*start);
    let reached = terms.at_most(start, at);
    (terms.choose(reached, more.0, less.0), terms.choose(reached, more.1, less.1))
}

/// First day of the period that holds `day`; weeks begin on Monday.
pub fn period_start(period: Period, day: Date) -> Option<Date> {
    match period {
        Period::Day => Some(day),
        Period::Week => plus_days(day, -i64::from(day.weekday().num_days_from_monday())),
        Period::Month => day.with_day(1),
        Period::Quarter => day.with_day(1)?.with_month(day.month0() / 3 * 3 + 1),
    }
}

/// First day of the period after the one that begins there.
pub fn next_period(period: Period, start: Date) -> Option<Date> {
    match period {
        Period::Day => plus_days(start, 1),
        Period::Week => plus_days(start, 7),
        Period::Month => plus_months(start, 1),
        Period::Quarter => plus_months(start, 3),
    }
}
