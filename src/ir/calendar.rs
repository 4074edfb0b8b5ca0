//! Rest days and make-up working days by year, read from the pack's calendar file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Weekday};
use serde::{Deserialize, Serialize};

use crate::date::{self, Date};

/// A calendar of rest days.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// As days of the common era, as are `work`.
    rest: BTreeSet<i32>,
    work: BTreeSet<i32>,
    years: BTreeSet<i32>,
}

#[derive(Deserialize)]
struct File {
    years: BTreeMap<String, Year>,
}

#[derive(Deserialize)]
struct Year {
    #[serde(default)]
    rest: Vec<String>,
    #[serde(default)]
    work: Vec<String>,
}

impl Calendar {
    /// Reads `{"years": {"2022": {"rest": ["2022-01-03"], "work": ["2022-01-29"]}}}`; other keys are notes.
    ///
    /// # Errors
    /// What is wrong with the file, in English for the diagnostic's label.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let file: File = crate::data::from_json(bytes).map_err(|error| error.to_string())?;
        let mut calendar = Self::default();
        for (year, days) in file.years {
            let number: i32 = year.parse().map_err(|_| format!("`{year}` is not a year"))?;
            calendar.years.insert(number);
            for (from, into) in [(days.rest, &mut calendar.rest), (days.work, &mut calendar.work)] {
                for day in from {
                    let date = date::parse(&day).ok_or_else(|| format!("`{day}` is not a date"))?;
                    if date.year() != number {
                        return Err(format!("`{day}` stands under {number}"));
                    }
                    into.insert(date.num_days_from_ce());
                }
            }
        }
        Ok(calendar)
    }

    /// All that it says, for people: years, rest days, make-up working days.
    #[must_use]
    pub fn listed(&self) -> Vec<String> {
        let days = |days: &BTreeSet<i32>, word: &str| {
            let dates = days.iter().filter_map(|day| Date::from_num_days_from_ce_opt(*day));
            dates.map(|date| format!("{date} {word}")).collect::<Vec<_>>()
        };
        let years = self.years.iter().map(|year| format!("{year} 年"));
        years.chain(days(&self.rest, "休")).chain(days(&self.work, "班")).collect()
    }

    /// Whether `day` is a rest day; `None` for a year without data.
    #[must_use]
    pub fn rests(&self, day: Date) -> Option<bool> {
        if !self.years.contains(&day.year()) {
            return None;
        }
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let number = day.num_days_from_ce();
        Some(!self.work.contains(&number) && (weekend || self.rest.contains(&number)))
    }

    /// `day`, or the next day that is no rest day (民法典 art. 203).
    #[must_use]
    pub fn roll(&self, mut day: Date) -> Option<Date> {
        while self.rests(day)? {
            day = date::plus_days(day, 1)?;
        }
        Some(day)
    }

    /// The `count`-th working day after `start` (before it, when negative).
    #[must_use]
    pub fn add_working_days(&self, start: Date, count: i64) -> Option<Date> {
        let step = if count < 0 { -1 } else { 1 };
        let (mut day, mut left) = (start, count.unsigned_abs());
        while left > 0 {
            day = date::plus_days(day, step)?;
            if !self.rests(day)? {
                left -= 1;
            }
        }
        Some(day)
    }
}
