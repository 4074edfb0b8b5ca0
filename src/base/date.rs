//! Dates of the proleptic Gregorian calendar as ISO 8601 writes them: `2022-06-24`. Those that somebody writes lie in
//! [`YEARS`]; those that are reckoned may lie in the years 0 to 9999.

use chrono::{Datelike as _, Days, Months, NaiveDate};
use serde::{Deserialize as _, Deserializer, Serializer};

/// A date.
pub type Date = NaiveDate;

/// Years that a date which somebody writes can mean, wherever it stands. Any other is a slip, `0202` for `2022`, and would
/// be in time for every deadline.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// The months in English, in small letters.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads `2022-06-24`: exactly these digits and hyphens, and a day that exists in [`YEARS`].
///
/// ```
/// assert_eq!(bulou_base::date::parse("2024-02-29").map(|date| date.to_string()), Some("2024-02-29".to_owned()));
/// assert_eq!(bulou_base::date::parse("2023-02-29"), None);
/// assert_eq!(bulou_base::date::parse("0202-06-24"), None);
/// ```
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    parse_bytes(text.as_bytes())
}

/// The same of bytes that may be no text.
pub(crate) fn parse_bytes(bytes: &[u8]) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return None };
    let number = |digits: &[&u8]| {
        digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i32::from(**digit - b'0')))
    };
    new(number(&[y1, y2, y3, y4])?, number(&[m1, m2])?, number(&[d1, d2])?)
}

/// The date of a year, month and day, when it exists and its year is among [`YEARS`].
#[must_use]
pub fn new(year: i32, month: i32, day: i32) -> Option<Date> {
    let date = NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
    YEARS.contains(&date.year()).then_some(date)
}

/// The first and the last day of [`YEARS`].
#[must_use]
pub fn ends() -> Option<(Date, Date)> {
    Some((new(*YEARS.start(), 1, 1)?, new(*YEARS.end(), 12, 31)?))
}

/// So many days later; earlier when negative. `None` outside the years.
#[must_use]
pub fn plus_days(date: Date, days: i64) -> Option<Date> {
    let count = Days::new(days.unsigned_abs());
    within(if days < 0 { date.checked_sub_days(count) } else { date.checked_add_days(count) }?)
}

/// So many months later, on the same day or the month's last; earlier when negative. `None` outside the years.
#[must_use]
pub fn plus_months(date: Date, months: i64) -> Option<Date> {
    let count = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    within(if months < 0 { date.checked_sub_months(count) } else { date.checked_add_months(count) }?)
}

/// Days from one date to another; negative when `to` is earlier.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i64 {
    i64::from(to.num_days_from_ce()) - i64::from(from.num_days_from_ce())
}

/// Reads a date from a text, for serde.
///
/// # Errors
/// The text is no date.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse(&text).ok_or_else(|| {
        serde::de::Error::custom(format_args!(
            "`{text}` is not a date such as 2022-06-24, of a year from {} to {}",
            YEARS.start(),
            YEARS.end()
        ))
    })
}

/// Writes a date as a text, for serde.
///
/// # Errors
/// The serializer's.
pub fn serialize<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

/// A date as its number of days, for serde; see `bulou_ir::compiled`.
pub mod days {
    use chrono::Datelike as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    use super::Date;

    /// Writes a date.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(date.num_days_from_ce())
    }

    /// Reads a date.
    ///
    /// # Errors
    /// The number is no day of the calendar.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let days = i32::deserialize(deserializer)?;
        Date::from_num_days_from_ce_opt(days).ok_or_else(|| serde::de::Error::custom("no day of the calendar"))
    }

    /// The same for a date that may be absent.
    pub mod option {
        use chrono::Datelike as _;
        use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

        use crate::date::Date;

        /// Writes a date that may be absent.
        ///
        /// # Errors
        /// The serializer's.
        pub fn serialize<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
            date.map(|date| date.num_days_from_ce()).serialize(serializer)
        }

        /// Reads a date that may be absent.
        ///
        /// # Errors
        /// The number is no day of the calendar.
        pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
            Ok(Option::<i32>::deserialize(deserializer)?.and_then(Date::from_num_days_from_ce_opt))
        }
    }
}

/// The day, unless its year has more than four digits.
#[must_use]
pub fn within(date: Date) -> Option<Date> {
    (0..=9999).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_end_on_their_last_day_and_years_have_an_end() {
        let date = |text| parse(text).expect("a date");
        assert_eq!(plus_months(date("2024-01-31"), 1), Some(date("2024-02-29")));
        assert_eq!(plus_months(date("2024-03-31"), -1), Some(date("2024-02-29")));
        assert_eq!(plus_days(date("2022-06-24"), -175), Some(date("2021-12-31")));
        assert_eq!(plus_months(date("2199-12-31"), 12), NaiveDate::from_ymd_opt(2200, 12, 31));
        assert_eq!(plus_months(date("2199-12-31"), 12 * 7800), NaiveDate::from_ymd_opt(9999, 12, 31));
        assert_eq!(plus_months(date("2199-12-31"), 12 * 7800 + 1), None);
        assert_eq!(plus_days(date("1900-01-01"), i64::MIN), None);
        assert_eq!(days_between(date("2024-02-28"), date("2024-03-01")), 2);
    }

    #[test]
    fn dates_exist_and_have_one_notation() {
        for bad in ["2022-02-30", "2022-2-3", "2022/02/03", "", "2022-02-28x", "0000-00-00"] {
            assert!(parse(bad).is_none(), "{bad}");
        }
        for slip in ["0202-06-25", "0000-12-31", "0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"] {
            assert!(parse(slip).is_none(), "{slip}");
        }
        assert_eq!(ends(), parse("1900-01-01").zip(parse("2199-12-31")));
    }
}
