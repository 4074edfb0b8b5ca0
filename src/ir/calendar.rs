//! Rest days and make-up working days by year, read from the pack's calendar file.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Weekday};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use bulou_base::date::{self, Date};
use bulou_base::sanitize::shortened;
use bulou_document::{twice, without_mark};
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::sentence::Each;
use bulou_messages::texts;

/// A calendar of rest days.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// As days of the common era, as are `work`.
    rest: BTreeSet<i32>,
    work: BTreeSet<i32>,
    years: BTreeSet<i32>,
}

/// A file is no calendar that can be gone by: all that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", LocalizedText::lines(.0, Lang::En))]
pub struct Faulty(pub Vec<LocalizedText>);

/// The keys of a file, all but the first for people, and those of a year.
const OF_FILE: [&str; 3] = ["years", "name", "origin"];
const OF_YEAR: [&str; 2] = ["rest", "work"];

impl Calendar {
    /// Reads `{"years": {"2022": {"rest": ["2022-01-03"], "work": ["2022-01-29"]}}}`; `name` and `origin` beside the
    /// years are for people. What is not understood is refused: a day that is passed over counts as its weekday does.
    ///
    /// # Errors
    /// All that is wrong with the file.
    pub fn parse(bytes: &[u8]) -> Result<Self, Faulty> {
        let file = object(bytes).map_err(|words| Faulty(vec![words]))?;
        let mut reading = Reading::default();
        for key in file.keys().filter(|key| !OF_FILE.contains(&key.as_str())) {
            let key = shortened(key);
            reading.problem(texts::not_known_2(&key).text());
        }
        match file.get("years").and_then(Value::as_object) {
            None => reading.problem(texts::no_years_years().text()),
            Some(years) if years.is_empty() => reading.problem(texts::no_year_years().text()),
            Some(years) => years.iter().for_each(|(year, days)| reading.year(year, days)),
        }
        if reading.problems.is_empty() { Ok(reading.calendar) } else { Err(Faulty(reading.problems)) }
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

/// The file's keys and values.
fn object(bytes: &[u8]) -> Result<Map<String, Value>, LocalizedText> {
    let bytes = without_mark(bytes);
    if let Some(path) = twice(bytes) {
        let path = shortened(&path);
        return Err(texts::stands_twice_2(&path).text());
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(file)) => Ok(file),
        Ok(_) => Err(texts::not_calendar().text()),
        // The error's own words are English.
        Err(error) => {
            let place = texts::line_column(&error.line(), &error.column()).get(Lang::Zh);
            Err(texts::not_json(&Each(&place, &error)).text())
        }
    }
}

/// A year as it is written: four digits, for `02022` beside `2022` would be the same year again.
fn number(year: &str) -> Option<i32> {
    let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| year.parse().ok()).flatten()
}

/// A calendar while it is read.
#[derive(Default)]
struct Reading {
    calendar: Calendar,
    problems: Vec<LocalizedText>,
}

impl Reading {
    fn year(&mut self, year: &str, days: &Value) {
        let Some(number) = number(year) else {
            let year = shortened(year);
            return self.problem(texts::not_year_four_digits(&year).text());
        };
        self.calendar.years.insert(number);
        let Some(days) = days.as_object() else {
            return self.problem(texts::not_written_rest_work(&year).text());
        };
        for key in days.keys().filter(|key| !OF_YEAR.contains(&key.as_str())) {
            let key = shortened(key);
            self.problem(texts::not_known(&year, &key).text());
        }
        for list in OF_YEAR {
            match days.get(list) {
                None => self.problem(texts::no_3(&year, &list).text()),
                Some(Value::Array(days)) => days.iter().for_each(|day| self.day(number, list, day)),
                Some(_) => self.problem(texts::not_list_dates(&year, &list).text()),
            }
        }
    }

    fn day(&mut self, year: i32, list: &str, day: &Value) {
        let text = day.as_str().map_or_else(|| day.to_string(), str::to_owned);
        let shown = shortened(&text);
        let Some(date) = day.as_str().and_then(date::parse) else {
            return self.problem(texts::not_date(&shown).text());
        };
        if date.year() != year {
            return self.problem(texts::stands_under(&shown, &year).text());
        }
        let (number, Calendar { rest, work, .. }) = (date.num_days_from_ce(), &mut self.calendar);
        let known = rest.contains(&number) || work.contains(&number);
        if known {
            return self.problem(texts::stands_twice_4(&shown).text());
        }
        if list == "rest" {
            rest.insert(number)
        } else {
            work.insert(number)
        };
    }

    fn problem(&mut self, words: LocalizedText) {
        self.problems.push(words);
    }
}
