//! Which of a document's dates can be believed: what has happened lies not after the day of the check, and a range holds.
//!
//! A date that cannot is [`Slot::Astray`]: it has no value for any expression. Only a deadline looks at the day itself, for
//! what is done too late, or before its time, is so on whatever day one asks.

use crate::shape::{Base, Day, Element, Field, Fields, Kind, Shape, Tense, When};
use crate::{Constant, Document, Slot};
use bulou_base::date::{self, Date, plus_days, plus_months};
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;
use bulou_syntax::ast::DurationUnit;

/// What dates are judged by besides their shape.
#[derive(Clone, Copy, Debug)]
pub struct Clock<'p> {
    /// 今天
    pub today: Date,
    /// The parameters' values, in the pack's order.
    pub params: &'p [Constant],
}

/// Why a date cannot be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Astray {
    /// It says that something has happened, on a day that is yet to come.
    Future(Date),
    /// It is not between these days.
    Outside(Date, Date),
}

impl When {
    /// Why a date cannot be believed, when it cannot.
    #[must_use]
    pub fn astray(&self, date: Date, clock: Clock<'_>) -> Option<Astray> {
        if self.tense == Tense::Happened && date > clock.today {
            return Some(Astray::Future(clock.today));
        }
        let range = self.range.as_ref()?;
        let (first, last) = (range.first.on(clock), range.last.on(clock));
        (date < first || last < date).then_some(Astray::Outside(first, last))
    }

    /// What whoever fills it in has to know.
    #[must_use]
    pub fn hint(&self, lang: Lang) -> Option<String> {
        let tense = match self.tense {
            Tense::Happened => Some(texts::day_come_blank_long().get(lang).to_owned()),
            Tense::Planned => Some(texts::day_planned().get(lang).to_owned()),
            Tense::Ranged => None,
        };
        let range = self.range.as_ref().map(|range| format!("{} {}", texts::within().get(lang), range.text.get(lang)));
        let hints: Vec<String> = tense.into_iter().chain(range).collect();
        (!hints.is_empty()).then(|| hints.join(texts::note_semicolon().get(lang)))
    }
}

impl Day {
    fn on(&self, clock: Clock<'_>) -> Date {
        let base = match self.base {
            Base::On(date) => date,
            Base::Today => clock.today,
            Base::Param(index) => match clock.params.get(index) {
                Some(Constant::Date(date)) => *date,
                _ => clock.today,
            },
        };
        // Beyond the calendar's years no date can be: the bound is the last that can.
        let end = |count: i64| date::ends().map(|(first, last)| if count < 0 { first } else { last });
        let shifted = |day, (count, unit): &(i64, DurationUnit)| {
            shifted(day, *count, *unit).or_else(|| end(*count)).unwrap_or(day)
        };
        self.shifts.iter().fold(base, shifted)
    }

    /// The same where it is a day that the pack says: `None` when it is another, and none within when it lies beyond the
    /// calendar's years.
    pub fn fixed(&self) -> Option<Option<Date>> {
        let Base::On(date) = self.base else { return None };
        Some(self.shifts.iter().try_fold(date, |day, (count, unit)| shifted(day, *count, *unit)))
    }
}

fn shifted(day: Date, count: i64, unit: DurationUnit) -> Option<Date> {
    match unit {
        DurationUnit::Months => plus_months(day, count),
        DurationUnit::Days | DurationUnit::WorkDays => plus_days(day, count),
    }
}

impl Astray {
    /// The code and the words of the fault of a document; `shown` is the date, or what stands for a sensitive one.
    #[must_use]
    pub fn problem(self, label: &str, shown: &str) -> (ProblemCode, LocalizedText) {
        match self {
            Self::Future(today) => (ProblemCode::FutureDate, texts::after_day_check_day(&label, &shown, &today).text()),
            Self::Outside(first, last) => {
                (ProblemCode::DateRange, texts::does_not_lie_between(&label, &shown, &first, &last).text())
            }
        }
    }

    /// The same in few words, for reasons.
    #[must_use]
    pub fn because(self, lang: Lang) -> String {
        match self {
            Self::Future(today) => texts::after_day_check(&today).get(lang),
            Self::Outside(first, last) => texts::not_between(&first, &last).get(lang),
        }
    }
}

/// Judges the dates of a document that was read again, for another day.
pub fn judge(shape: &Shape, clock: Clock<'_>, document: &mut Document) {
    for (table, own) in shape.tables.iter().enumerate() {
        let mut dates = Vec::new();
        match &own.element {
            Element::Record(fields) => gather(fields, &mut dates),
            Element::Scalar(kind) => dates.extend(kind.when().map(|when| (0, when))),
        }
        let Some(slots) = document.tables.get_mut(table) else { continue };
        for row in slots.chunks_mut(own.width.max(1) as usize) {
            for (offset, when) in &dates {
                let Some(slot) = row.get_mut(*offset as usize) else { continue };
                if let Slot::Date(date) | Slot::Astray(date) = *slot {
                    *slot = Slot::date(date, when, clock);
                }
            }
        }
    }
}

fn gather<'s>(fields: &'s Fields, into: &mut Vec<(u32, &'s When)>) {
    for Field { kind, slot, .. } in &fields.fields {
        match kind {
            Kind::Record(inner) => gather(inner, into),
            scalar => into.extend(scalar.when().map(|when| (*slot, when))),
        }
    }
}

impl Slot {
    /// The slot of a date.
    pub(crate) fn date(date: Date, when: &When, clock: Clock<'_>) -> Self {
        if when.astray(date, clock).is_some() { Self::Astray(date) } else { Self::Date(date) }
    }
}
