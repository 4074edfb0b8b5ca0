//! Deadlines and frequencies.

use bulou_base::date::{Date, plus_days, plus_months};
use bulou_document::Constant;
use bulou_ir::Body;
use bulou_ir::expr::{By, Deadline, Due, FieldRef, Frequency, List, ListKind, Scalar, ScalarKind};
use bulou_messages::texts;
use bulou_syntax::ast::{DurationUnit, Period};
use bulou_syntax::built_in::Counting;
use chrono::Datelike as _;

use crate::days::{self, next_period, period_start};
use crate::document::Slot;
use crate::lists::Item;
use crate::term::{TableOf, Term, Terms};
use crate::translate::{Told, Translator, Untranslated};
use crate::truth::{Known, Truth, Value};

/// So many periods of a frequency are looked at in all.
const PERIODS: usize = 400;

/// The days within which something is due.
struct Window {
    /// Whether the start is known, and it.
    start: (Term, Term),
    /// Likewise the last day.
    due: (Term, Term),
}

/// What a frequency asks of each period.
struct Asked {
    items: Vec<Item>,
    times: Term,
    /// Where the list itself is absent nothing is known of its dates.
    absent: Term,
    except: Option<Vec<Item>>,
}

impl Translator<'_, '_> {
    pub fn deadline(&mut self, deadline: &Deadline) -> Told<Truth> {
        let term = self.term(&deadline.due)?;
        let done = self.done(&deadline.done)?;
        let today = self.document.today;
        let terms = self.terms();
        let zero = terms.int(0);
        let day = match done.is {
            Known::Date(day) => day,
            _ => zero,
        };
        let (before, after) = (terms.less(day, term.start.1), terms.less(term.due.1, day));
        let late = terms.and(term.due.0, after);
        let early = if deadline.early { Terms::FALSE } else { terms.and(term.start.0, before) };
        let (wrong, believed) = (terms.or(early, late), terms.at_most(day, today));
        let believed = terms.and(term.due.0, believed);
        let right = Truth::choose(believed, Truth::TRUE, Truth::UNKNOWN, terms);
        let of_day = Truth::choose(wrong, Truth::FALSE, right, terms);
        let in_time = terms.at_most(today, term.due.1);
        let open = Truth::choose(in_time, Truth::PENDING, Truth::FALSE, terms);
        let not_yet = terms.and(done.absent, term.due.0);
        let other = Truth::choose(not_yet, open, Truth::UNKNOWN, terms);
        Ok(Truth::choose(done.known, of_day, other, terms))
    }

    pub fn by(&mut self, by: &By) -> Told<Truth> {
        let term = self.term(&by.due)?;
        let holds = self.cond(&by.cond)?;
        let today = self.document.today;
        let terms = self.terms();
        let in_time = terms.at_most(today, term.due.1);
        let open = Truth::choose(in_time, Truth::PENDING, holds, terms);
        let open = Truth::choose(term.due.0, open, Truth::UNKNOWN, terms);
        Ok(Truth::choose(holds.holds, Truth::TRUE, open, terms))
    }

    /// A field that is named by a definition may be absent as one that is named itself.
    fn done(&mut self, done: &Scalar) -> Told<Value> {
        let ScalarKind::Definition(index) = &done.kind else { return self.scalar(done) };
        let rules = self.rules;
        match rules.definitions.get(*index) {
            Some(Body::Scalar(body)) => self.unbound(|translator| match &body.kind {
                ScalarKind::Field(field) => {
                    let field = FieldRef { optional: true, ..field.clone() };
                    let kind = ScalarKind::Field(field);
                    translator.scalar(&Scalar { kind, text: body.text.clone(), show: body.show.clone() })
                }
                _ => translator.done(body),
            }),
            _ => Ok(Value::UNKNOWN),
        }
    }

    fn term(&mut self, due: &Due) -> Told<Window> {
        let zero = self.terms().int(0);
        let none = (Terms::FALSE, zero);
        match due {
            Due::Before(day) => {
                let value = self.scalar(day)?;
                let Known::Date(day) = value.is else { return Ok(Window { start: none, due: none }) };
                Ok(Window { start: none, due: (value.known, day) })
            }
            Due::Within { start, length, unit, counting } => {
                let (start, length) = (self.scalar(start)?, self.scalar(length)?);
                let Known::Date(from) = start.is else { return Ok(Window { start: none, due: none }) };
                let begun = (start.known, from);
                let Known::Duration(count, weeks) = length.is else { return Ok(Window { start: begun, due: none }) };
                let counting = counting.unwrap_or_else(|| self.counting());
                let (there, last) = self.last_day(from, (count, weeks), *unit, counting)?;
                let known = self.terms().all([start.known, length.known, there]);
                Ok(Window { start: begun, due: (known, last) })
            }
        }
    }

    fn counting(&self) -> Counting {
        match self.rules.counting.and_then(|index| self.params.get(index)) {
            Some(Constant::Counting(counting)) => *counting,
            _ => Counting::Natural,
        }
    }

    /// The last day of a period, and whether there is one.
    fn last_day(
        &mut self,
        from: Term,
        (count, weeks): (Term, Term),
        unit: DurationUnit,
        counting: Counting,
    ) -> Told<(Term, Term)> {
        match (unit, counting) {
            (DurationUnit::Days, Counting::Working) if weeks != Terms::TRUE => {
                let working = self.later(from, count, DurationUnit::WorkDays)?;
                let plain = self.later(from, count, unit)?;
                let terms = self.terms();
                Ok((terms.choose(weeks, plain.0, working.0), terms.choose(weeks, plain.1, working.1)))
            }
            (DurationUnit::WorkDays, _) | (_, Counting::Natural | Counting::Working) => self.later(from, count, unit),
            (_, Counting::Rolled) => {
                let (there, day) = self.later(from, count, unit)?;
                let (rolled, last) = self.rolled(day);
                Ok((self.terms().and(there, rolled), last))
            }
        }
    }

    /// A day, or the next that is no rest day.
    fn rolled(&mut self, from: Term) -> (Term, Term) {
        let rules = self.rules;
        let terms = self.terms();
        let zero = terms.int(0);
        let Some(calendar) = &rules.calendar else { return (Terms::FALSE, zero) };
        match terms.as_int(from) {
            Some(number) => {
                let last = days::day(number).and_then(|day| calendar.roll(day));
                (terms.bool(last.is_some()), terms.int(last.map_or(0, |last| last.num_days_from_ce())))
            }
            None => days::by_table(calendar, (TableOf::Rolled, 0), from, &|day| calendar.roll(day), terms),
        }
    }

    pub fn frequency(&mut self, frequency: &Frequency) -> Told<Truth> {
        let (since, times) = (self.scalar(&frequency.since)?, self.scalar(&frequency.times)?);
        let (Known::Date(from), Known::Number(number)) = (since.is, times.is) else { return Ok(Truth::UNKNOWN) };
        let known = self.terms().and(since.known, times.known);
        let since = self
            .terms()
            .as_int(from)
            .and_then(days::day)
            .ok_or_else(|| Untranslated(texts::day_frequency_counts_depends().text()))?;
        let items = self.list(&frequency.dates)?;
        let absent = self.absent_list(&frequency.dates)?;
        let except = frequency.except.as_ref().map(|except| self.list(except)).transpose()?;
        let times = self.ceiling(number);
        let asked = Asked { items, times, absent, except };
        let all = self.periods(frequency.period, since, &asked)?;
        let today = self.document.today;
        let terms = self.terms();
        let early = terms.less(today, from);
        let all = Truth::choose(early, Truth::PENDING, all, terms);
        Ok(Truth::choose(known, all, Truth::UNKNOWN, terms))
    }

    /// The least whole number that is no less, and no less than 0.
    fn ceiling(&mut self, number: Term) -> Term {
        let terms = self.terms();
        let negative = terms.negated(number);
        let whole = terms.whole(negative);
        let (ceiling, zero) = (terms.negated(whole), terms.int(0));
        terms.greatest(ceiling, zero)
    }

    fn periods(&mut self, period: Period, since: Date, asked: &Asked) -> Told<Truth> {
        let beyond = || Untranslated(texts::frequency_too_many_periods().text());
        let today = self.document.today;
        let fixed = self.terms().as_int(today).and_then(days::day);
        let most = if fixed.is_some() { PERIODS } else { self.periods };
        let mut start = period_start(period, since).ok_or_else(beyond)?;
        let mut all = Truth::TRUE;
        for number in 0.. {
            if fixed.is_some_and(|today| start > today) {
                break;
            }
            let next = next_period(period, start).ok_or_else(beyond)?;
            let end = plus_days(next, -1).ok_or_else(beyond)?;
            if number >= most {
                if fixed.is_some() {
                    return Err(beyond());
                }
                let terms = self.terms();
                let begins = terms.int(start.num_days_from_ce());
                let before = terms.less(today, begins);
                // Later days are not looked at.
                self.document.bounds.push(before);
                break;
            }
            let truth = self.period((start, end), since, asked)?;
            let terms = self.terms();
            let (first, last) = (terms.int(start.num_days_from_ce()), terms.int(end.num_days_from_ce()));
            let (begun, running) = (terms.at_most(first, today), terms.at_most(today, last));
            let truth = self.while_running(running, truth, (start, end), asked)?;
            // A period that began before is asked of only as long as it runs.
            let counts = if start < since { self.terms().and(begun, running) } else { begun };
            let terms = self.terms();
            let truth = Truth::choose(counts, truth, Truth::TRUE, terms);
            all = all.min(truth, terms);
            start = next;
        }
        Ok(all)
    }

    /// A running period that has not enough yet is pending; one that is excepted asks for nothing.
    fn while_running(&mut self, running: Term, truth: Truth, (start, end): (Date, Date), asked: &Asked) -> Told<Truth> {
        let terms = self.terms();
        let none = terms.not(truth.unknown);
        let pending = terms.and(running, none);
        let truth = Truth::choose(pending, Truth::PENDING, truth, terms);
        let Some(months) = &asked.except else { return Ok(truth) };
        let (mut excepted, mut month) = (Truth::TRUE, start.with_day(1));
        while let Some(first) = month.filter(|first| *first <= end) {
            let number = self.terms().int(i128::from(first.month()));
            let contains = self.contains(months, Value::known(Known::Number(number)));
            excepted = excepted.min(contains, self.terms());
            month = plus_months(first, 1);
        }
        Ok(truth.max(excepted, self.terms()))
    }

    fn period(&mut self, (start, end): (Date, Date), since: Date, asked: &Asked) -> Told<Truth> {
        let today = self.document.today;
        let terms = self.terms();
        let start = start.max(since);
        let (mut counted, mut open) = (Vec::new(), Vec::new());
        for item in &asked.items {
            let Known::Date(day) = item.value.is else { continue };
            let within = terms.within(day, start.num_days_from_ce(), end.num_days_from_ce());
            let (past, outside) = (terms.at_most(day, today), terms.not(within));
            let counts = terms.all([item.there, item.value.known, item.sure, within, past]);
            let passes = terms.and(item.value.known, outside);
            let (not, other) = (terms.not(counts), terms.not(passes));
            open.push(terms.all([item.there, not, other]));
            counted.push(counts);
        }
        let (count, open) = (terms.count(counted), terms.count(open));
        let most = terms.add_up(count, open);
        let (enough, perhaps) = (terms.at_most(asked.times, count), terms.at_most(asked.times, most));
        let perhaps = terms.or(perhaps, asked.absent);
        Ok(Truth { unknown: terms.or(enough, perhaps), pending: enough, holds: enough })
    }

    /// Whether the list that elements are taken from is absent.
    fn absent_list(&mut self, list: &List) -> Told<Term> {
        match &list.kind {
            ListKind::Field(field, ..) => {
                let (slot, present) = self.field(field)?;
                Ok(if matches!(slot, Slot::List { .. }) { self.terms().not(present) } else { Terms::FALSE })
            }
            ListKind::Filter(inner, ..)
            | ListKind::Project(inner, ..)
            | ListKind::Flatten(inner, ..)
            | ListKind::Distinct(inner)
            | ListKind::Hoisted(_, inner)
            | ListKind::Optimized(inner, _) => self.absent_list(inner),
            ListKind::Definition(index) => match self.rules.definitions.get(*index) {
                Some(Body::List(body)) => self.unbound(|translator| translator.absent_list(body)),
                _ => Ok(Terms::FALSE),
            },
            ListKind::Literal(_) | ListKind::All(_) | ListKind::Param(_) => Ok(Terms::FALSE),
        }
    }
}
