//! What people write where a number, a date, a duration or a yes or no is asked for, read as it is meant. One reading for
//! cells of workbooks, for what is pasted into the page and for what is typed there. A JSON document is not read like
//! this: programs write it, and it says what it says.

use chrono::Datelike as _;

use crate::shape::{Kind, OptionSet};
use bulou_base::date::{self, Date};

/// What a text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// A yes or no.
    Bool(bool),
    /// A number as JSON writes it, every digit kept.
    Number(String),
    /// A date.
    Date(Date),
    /// A text in its usual form.
    Text(String),
}

/// Years that a date in a cell or a number may mean: others come from years, codes and amounts that a spreadsheet took for
/// dates. Written out, a date may be of any year of [`date::YEARS`].
const LIKELY: std::ops::RangeInclusive<i32> = 1990..=2100;

/// The day number of 1900-01-01, as it follows from all later ones: spreadsheets know a 29th of February 1900.
const FIRST: i64 = 2;

/// Words for people who are counted.
const PEOPLE: [&str; 4] = ["人", "名", "位", "个"];

/// What is asked for, as far as it decides how a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked<'o> {
    /// A yes or no.
    Bool,
    /// A whole or decimal number.
    Number,
    /// A date.
    Date,
    /// A duration.
    Duration,
    /// A code or number of a fixed form: a telephone's, a school's.
    Code,
    /// One of these options.
    Option(&'o [String]),
    /// Words, which are what they are.
    Words,
}

impl Asked<'_> {
    /// What a text means where this is asked for, in this unit; nothing when it means none.
    #[must_use]
    pub fn meant(self, unit: Option<&str>, text: &str) -> Option<Meant> {
        let plain = plain(text);
        match self {
            Self::Bool => truth(&plain).map(Meant::Bool),
            Self::Number => number(&plain, unit).map(Meant::Number),
            Self::Date => written_date(&plain).map(Meant::Date),
            // No code and no duration has a blank within.
            Self::Duration | Self::Code => Some(Meant::Text(plain.chars().filter(|c| !c.is_whitespace()).collect())),
            Self::Option(options) => {
                let trimmed = text.trim();
                let known = options.iter().find(|option| **option == trimmed || **option == plain);
                known.cloned().map(Meant::Text)
            }
            Self::Words => None,
        }
    }
}

/// What a text means where a value of this kind is asked for, in this unit; nothing when it means none.
#[must_use]
pub fn meant(kind: &Kind, sets: &[OptionSet], unit: Option<&str>, text: &str) -> Option<Meant> {
    kind.asked(sets).meant(unit, text)
}

/// A text without the white space around it, its full-width letters, digits and marks in their usual width.
#[must_use]
pub fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        _ => c,
    };
    let unseen = |c: &char| matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{FE0E}' | '\u{FE0F}');
    text.chars().filter(|c| !unseen(c)).map(narrow).collect::<String>().trim().to_owned()
}

/// 是 or 否, however it is said or ticked.
#[must_use]
pub fn truth(plain: &str) -> Option<bool> {
    match plain.to_ascii_lowercase().as_str() {
        "是" | "有" | "对" | "true" | "yes" | "y" | "1" | "√" | "✓" | "✔" | "☑" | "✅" => Some(true),
        "否" | "无" | "没有" | "不是" | "错" | "false" | "no" | "n" | "0" | "×" | "✗" | "✘" | "☒" | "❌" => {
            Some(false)
        }
        _ => None,
    }
}

/// A number written out as JSON writes it: `1,460`, `+5`, and `812人` where the unit is that or one people are counted by.
#[must_use]
pub fn number(plain: &str, unit: Option<&str>) -> Option<String> {
    let counted = |text: &str| {
        let people = unit.is_none_or(|unit| PEOPLE.contains(&unit));
        let words = unit.into_iter().chain(PEOPLE.into_iter().filter(|_| people));
        words.filter_map(|word| text.strip_suffix(word)).map(|text| text.trim_end().to_owned()).next()
    };
    digits(plain).or_else(|| digits(&counted(plain)?))
}

fn digits(text: &str) -> Option<String> {
    let text = text.replace('\u{3002}', ".");
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = groups.all(|group| group.len() == 3 && all_digits(group));
    let thousands = whole.len() > first.len();
    if !all_digits(first) || !grouped || !fraction.is_none_or(all_digits) || (thousands && first.len() > 3) {
        return None;
    }
    let whole = whole.replace(',', "");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(fraction.map_or_else(|| format!("{sign}{whole}"), |fraction| format!("{sign}{whole}.{fraction}")))
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A date written `2022-06-05`, `2022.6.5`, `2022/6/5`, `2022年6月5日`, `2022年6月5号` or `20220605`; a time of day behind
/// it is dropped.
#[must_use]
pub fn written_date(plain: &str) -> Option<Date> {
    if all_digits(plain) {
        return eight_digits(plain);
    }
    let plain = plain.replace('\u{3002}', ".");
    let clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | '上' | '下' | '午' | ' ');
    let day = match plain.split_once([' ', 'T']) {
        Some((day, time)) if time.contains(':') && time.chars().all(clock) => day,
        Some(_) => &plain.replace(' ', ""),
        None => &plain,
    };
    let day = day.strip_suffix(['日', '号']).unwrap_or(day);
    let parts: Vec<&str> = day.split(['-', '.', '/', '年', '月']).collect();
    let [y, m, d] = parts.as_slice() else { return None };
    let number = |part: &str, length: std::ops::RangeInclusive<usize>| {
        (length.contains(&part.len()) && all_digits(part)).then(|| part.parse::<i32>().ok()).flatten()
    };
    date::new(number(y, 4..=4)?, number(m, 1..=2)?, number(d, 1..=2)?)
}

/// The date of eight digits, `20220605`.
#[must_use]
pub fn eight_digits(digits: &str) -> Option<Date> {
    let [y, m, d] = [digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?];
    if digits.len() == 8 { date::parse(&format!("{y}-{m}-{d}")) } else { None }
}

/// The date of a spreadsheet's day number.
#[must_use]
pub fn serial(digits: &str) -> Option<Date> {
    let days = if all_digits(digits) { digits.parse::<i64>().ok()? } else { return None };
    date::plus_days(date::new(1900, 1, 1)?, days.checked_sub(FIRST)?).filter(is_likely)
}

/// A spreadsheet's day number of a date.
#[must_use]
pub fn day_number(date: Date) -> i32 {
    let first = date::new(1900, 1, 1).map_or(0, |first| first.num_days_from_ce() - 2);
    date.num_days_from_ce() - first
}

/// Whether a date that a spreadsheet made of a number can be meant.
#[must_use]
pub fn is_likely(date: &Date) -> bool {
    LIKELY.contains(&date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them_and_no_other() {
        for text in [
            "2022-06-05",
            "2022-6-5",
            "2022.6.5",
            "2022。6。5",
            "2022/6/5",
            "2022年6月5日",
            "2022年6月5号",
            "2022年06月05号",
            "20220605",
            "2022-06-05 00:00:00",
            "2022 年 6 月 5 日",
            " \u{FF12}\u{FF10}\u{FF12}\u{FF12}.\u{FF16}.\u{FF15}\u{3000}",
            "\u{FF12}\u{FF10}\u{FF12}\u{FF12}\u{FF10}\u{FF16}\u{FF10}\u{FF15}",
        ] {
            assert_eq!(written_date(&plain(text)), date::parse("2022-06-05"), "{text}");
        }
        for text in [
            "6月5日",
            "22.6.5",
            "2022.6",
            "2022.7",
            "2022-02-30",
            "20220230",
            "99991231",
            "0202-06-25",
            "0202年6月25日",
            "22000101",
            "2022-06-05 左右",
            "二〇二二年",
            "2022.6.5.1",
            "44717",
            "",
        ] {
            assert_eq!(written_date(text), None, "{text}");
        }
    }

    #[test]
    fn day_numbers_are_dates_only_within_the_years_of_a_self_assessment() {
        assert_eq!(serial("44717"), date::parse("2022-06-05"));
        assert_eq!((serial("32874"), serial("73415")), (date::parse("1990-01-01"), date::parse("2100-12-31")));
        for digits in ["7", "2022", "32873", "73416", "2022.7", "44717.5", "-1", "20220101", "99999999999999999999", ""]
        {
            assert_eq!(serial(digits), None, "{digits}");
        }
    }

    #[test]
    fn numbers_in_words_are_exact_or_stay_words() {
        for (text, unit, number) in [
            ("1,460", None, "1460"),
            ("1\u{FF0C}460", None, "1460"),
            ("+5", None, "5"),
            ("007", None, "7"),
            ("-0.50", None, "-0.50"),
            ("3。5", None, "3.5"),
            ("12345678901234567", None, "12345678901234567"),
            ("812人", Some("人"), "812"),
            ("812 名", Some("人"), "812"),
            ("\u{FF11},\u{FF14}\u{FF16}\u{FF10}人", None, "1460"),
            ("95秒", Some("秒"), "95"),
        ] {
            assert_eq!(self::number(&plain(text), unit).as_deref(), Some(number), "{text}");
        }
        for (text, unit) in [
            ("95秒", None),
            ("95秒", Some("分")),
            ("3人", Some("千克")),
            ("约812人", Some("人")),
            ("八百人", Some("人")),
            ("人", Some("人")),
            ("1,46", None),
            ("1.", None),
            (".5", None),
            ("", None),
            ("-", None),
            ("1 460", None),
            ("1e3", None),
            ("95%", None),
            ("12345,678", None),
            ("1460,000", None),
        ] {
            assert_eq!(number(text, unit), None, "{text}");
        }
    }

    #[test]
    fn codes_and_durations_have_no_blanks_and_no_wide_digits() {
        for (asked, text, read) in [
            (Asked::Code, "２１４１ ０００３\u{3000}45\n", "2141000345"),
            (Asked::Code, "0379－6123 456", "0379-6123456"),
            (Asked::Duration, " １ 天", "1天"),
        ] {
            assert_eq!(asked.meant(None, text), Some(Meant::Text(read.to_owned())), "{text}");
        }
        assert_eq!(Asked::Words.meant(None, " 南 街 "), None);
    }

    #[test]
    fn ticks_and_words_for_yes_and_no_are_read_and_no_other() {
        for text in ["✔", "✔\u{FE0F}", "√", "✓", "对", "是", "有", "Y", "yes", "TRUE", "1", "\u{FF39}"] {
            assert_eq!(truth(&plain(text)), Some(true), "{text}");
        }
        for text in ["×", "✘", "错", "否", "无", "没有", "N", "no", "False", "0"] {
            assert_eq!(truth(&plain(text)), Some(false), "{text}");
        }
        for text in ["", "2", "是的", "不", "待定", "-", "√×", "有一部分"] {
            assert_eq!(truth(&plain(text)), None, "{text}");
        }
    }
}
