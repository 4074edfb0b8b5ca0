//! Formats of a small grammar, shown and read again by means that have nothing of the judgement's own: whoever reads
//! another value there than the cell holds must have been warned.

use std::collections::BTreeSet;

use chrono::Datelike as _;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, TestRunner};

use super::super::content::Content;
use super::Format;
use bulou_base::date::{self, Date};

/// A part of a format, and what is seen of it.
type Part = (&'static str, &'static str);

const BEFORE: [Part; 9] = [
    ("", ""),
    ("", ""),
    ("-", "-"),
    ("\"-\"", "-"),
    ("(", "("),
    ("\"约\"", "约"),
    ("¥", "¥"),
    ("\\5", "5"),
    ("[$$-409]", "$"),
];
const AFTER: [Part; 14] = [
    ("", ""),
    ("", ""),
    ("%", "%"),
    ("\"%\"", "%"),
    ("\\%", "%"),
    (",", ""),
    ("\"万\"", "万"),
    ("人", "人"),
    ("\"0\"", "0"),
    ("\"未改\"", "未改"),
    (")", ")"),
    ("‰", "‰"),
    ("_ ", " "),
    ("!6", "6"),
];
const WHOLE: [&str; 4] = ["0", "#", "#,##0", "000"];

/// A section for numbers: what stands before, the places, the decimals, what stands behind.
type Section = (Part, &'static str, usize, Part);

fn code((before, whole, decimals, after): &Section) -> String {
    let point = if *decimals > 0 { "." } else { "" };
    format!("{}{whole}{point}{}{}", before.0, "0".repeat(*decimals), after.0)
}

/// What is seen of a number, as spreadsheets lay it out.
fn shown((before, whole, decimals, after): &Section, value: f64, signed: bool) -> String {
    let times = match after.0 {
        "%" => 100.0,
        "," => 0.001,
        _ => 1.0,
    };
    let mut digits = format!("{:.*}", *decimals, value.abs() * times);
    if *whole == "000" {
        digits = format!("{:0>1$}", digits, 3 + decimals + usize::from(*decimals > 0));
    }
    if whole.starts_with('#') && !whole.ends_with('0') {
        digits = digits.strip_prefix('0').map(str::to_owned).unwrap_or(digits);
    }
    let sign = if signed && value < 0.0 { "-" } else { "" };
    format!("{sign}{}{digits}{}", before.1, after.1)
}

/// The number that a person reads; nothing where it is not plainly one.
fn read(shown: &str) -> Option<f64> {
    let mut times = 1.0;
    let mut digits = String::new();
    for c in shown.chars() {
        match c {
            '-' | '(' => times = -f64::abs(times),
            '%' => times *= 0.01,
            '‰' => times *= 0.001,
            '万' => times *= 10_000.0,
            '0'..='9' | '.' => digits.push(c),
            '¥' | '$' | '人' | ' ' | ')' => {}
            _ => return None,
        }
    }
    // A stroke alone stands for nothing.
    let value = if digits.is_empty() && shown.trim() == "-" { Some(0.0) } else { digits.parse::<f64>().ok() };
    value.map(|value| value * times)
}

#[test]
fn whoever_reads_another_number_is_warned() {
    let section = || (select(&BEFORE[..]), select(&WHOLE[..]), 0_usize..4, select(&AFTER[..]));
    let values = prop_oneof![-30_i32..30, Just(0), Just(1000), Just(123_456)].prop_flat_map(|whole| {
        select(vec![0.0, 0.0, 0.5, 0.6, 0.25, 0.125]).prop_map(move |part| f64::from(whole) + part)
    });
    let mut honest = 0;
    let mut runner = TestRunner::new(Config { cases: 6000, ..Config::default() });
    let run = runner.run(&(prop::collection::vec(section(), 1..4), values), |(sections, value)| {
        let at = match sections.len() {
            1 => 0,
            _ if value < 0.0 => 1,
            3 if value == 0.0 => 2,
            _ => 0,
        };
        let seen = shown(&sections[at], value, sections.len() == 1);
        let same = read(&seen).is_some_and(|read| (read - value).abs() < 1e-9);
        let format = sections.iter().map(code).collect::<Vec<_>>().join(";");
        let misleads = Format::new(&format).misleads(&Content::Number(value.to_string(), false));
        prop_assert!(same || misleads, "{format} shows {value} as {seen}");
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
    // It is not that everything is warned of.
    for whole in WHOLE {
        for after in [("", ""), ("人", "人"), ("_ ", " "), ("%", "%")] {
            let section = (("", ""), whole, 2, after);
            honest += usize::from(!Format::new(&code(&section)).misleads(&Content::Number("12.5".into(), false)));
        }
    }
    assert_eq!(honest, 16);
}

const OF_DAYS: [&str; 16] =
    ["yyyy", "yy", "m", "mm", "d", "dd", "-", "/", "年", "月", "日", "\"2023\"", "\"-1\"", " ", "hh:mm", "mmmm"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn shown_day(parts: &[&str], date: Date) -> String {
    let part = |part: &&str| match *part {
        "yyyy" => date.year().to_string(),
        "yy" => format!("{:02}", date.year() % 100),
        "m" => date.month().to_string(),
        "mm" => format!("{:02}", date.month()),
        "mmmm" => MONTHS[date.month0() as usize].to_owned(),
        "d" => date.day().to_string(),
        "dd" => format!("{:02}", date.day()),
        "hh:mm" => "00:00".to_owned(),
        literal => literal.replace('"', ""),
    };
    parts.iter().map(part).collect()
}

/// The days that a person may read: four digits are a year, and of two numbers behind it the month comes first, while of two
/// before it either may.
fn read_days(shown: &str) -> BTreeSet<Date> {
    let mut text = shown.replacen("00:00", " ", 1);
    for (at, month) in MONTHS.iter().enumerate() {
        text = text.replacen(month, &format!(" M{} ", at + 1), 1);
    }
    let groups: Vec<&str> =
        text.split(|c: char| !(c.is_ascii_digit() || c == 'M')).filter(|group| !group.is_empty()).collect();
    let number = |text: &str| text.trim_start_matches('M').parse::<i32>().unwrap_or_default();
    let named = groups.iter().any(|group| group.starts_with('M'));
    if let [group] = groups[..]
        && group.len() == 8
    {
        let part = |range: std::ops::Range<usize>| group.get(range).map_or(0, number);
        return date::new(part(0..4), part(4..6), part(6..8)).into_iter().collect();
    }
    let [one, two, three] = groups[..] else { return BTreeSet::new() };
    let mut all = [one, two, three];
    all.sort_by_key(|group| (group.len() < 4 || group.starts_with('M'), !group.starts_with('M')));
    let year = all[0];
    if year.len() != 4 || all[1..].iter().any(|group| group.trim_start_matches('M').len() > 2) {
        return BTreeSet::new();
    }
    let (year, month, day) = (number(year), number(all[1]), number(all[2]));
    let mut days: BTreeSet<Date> = date::new(year, month, day).into_iter().collect();
    if !named && groups[0].len() < 4 {
        days.extend(date::new(year, day, month));
    }
    days
}

#[test]
fn whoever_reads_another_day_is_warned() {
    let parts = prop_oneof![
        prop::collection::vec(select(&OF_DAYS[..]), 1..8),
        subsequence(vec!["yyyy", "年", "m", "月", "d", "日", " ", "hh:mm"], 4..=8),
        subsequence(vec!["dd", "/", "mm", "/", "yyyy", " ", "hh:mm"], 5..=7).prop_shuffle(),
    ];
    let days = (2000_i32..2040, 1_i32..13, 1_i32..29).prop_map(|(year, month, day)| date::new(year, month, day));
    let mut runner = TestRunner::new(Config { cases: 6000, ..Config::default() });
    let run = runner.run(&(parts, days), |(parts, date)| {
        let Some(date) = date else { return Ok(()) };
        // Two parts of one letter are one to a program: `m` and `m` is June as `06`.
        let letter = |part: &&str| part.chars().next().filter(char::is_ascii_alphabetic);
        if parts.windows(2).any(|two| letter(&two[0]).is_some_and(|one| letter(&two[1]) == Some(one))) {
            return Ok(());
        }
        let format = parts.concat();
        let seen = shown_day(&parts, date);
        let same = read_days(&seen) == BTreeSet::from([date]);
        let misleads = Format::new(&format).misleads(&Content::Date(date));
        prop_assert!(same || misleads, "{format} shows {date} as {seen}");
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
}
