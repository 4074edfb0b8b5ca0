//! Days as people see them in a cell. Only what cannot be taken for another day is one: year, month and day are all there,
//! the year in full. Of two digits each nobody can say which is the year, nor of which century: `22-06-05` is many days.

use std::collections::BTreeSet;

use bulou_base::date::{self, Date, MONTHS};
use bulou_document::typed::{plain, written_date};

/// Days of the week begin so: which one it is follows from the day.
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const NUMERALS: &str = "〇一二三四五六七八九";
const FORMAL: &str = "零壹贰叁肆伍陆柒捌玖";

/// The day that is seen.
pub(super) fn seen(text: &str) -> Option<Date> {
    let text = without_inner_clock(without_weekday(&plain(text).to_lowercase()));
    let text = western(without_clock(&text)?.trim_matches([' ', ',']));
    written_date(&text).or_else(|| named(&text)).or_else(|| year_last(&text))
}

fn without_weekday(text: &str) -> String {
    let mut text = text.to_owned();
    for week in ["星期", "周"] {
        for day in "一二三四五六日天".chars() {
            text = text.replace(&format!("{week}{day}"), " ");
        }
    }
    let is_word = |word: &&str| !WEEKDAYS.iter().any(|day| *word == *day || day.get(..3) == Some(word));
    text.split([' ', ',']).filter(is_word).collect::<Vec<_>>().join(" ")
}

/// `Jun 28 00:00:00 2022`, as C and what is written in it says a day, without its time.
fn without_inner_clock(text: String) -> String {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [day @ .., clock, year] if year.len() == 4 && is_clock(clock) => format!("{} {year}", day.join(" ")),
        _ => text,
    }
}

/// What stands before a time of day; nothing where there is no more.
fn without_clock(text: &str) -> Option<&str> {
    let is_digit = |c: char| c.is_ascii_digit();
    let is_start = |at: &usize| {
        let (before, behind) = text.split_at(*at);
        !(before.ends_with(is_digit) && behind.starts_with(is_digit)) && is_clock(behind)
    };
    let cut = text.char_indices().map(|(at, _)| at).find(is_start);
    text.get(..cut.unwrap_or(text.len())).filter(|day| !day.is_empty())
}

/// Whether this is `8:30`, `上午8:30:00`, `8时30分` or `8:30 AM`.
fn is_clock(text: &str) -> bool {
    let half = ["上午", "下午", "am", "pm", "t"].iter().find_map(|half| text.trim_start().strip_prefix(half));
    let text = half.unwrap_or(text).trim();
    let text = ["am", "pm", "z"].iter().find_map(|half| text.strip_suffix(half)).unwrap_or(text).trim_end();
    let mut parts = text.split([':', '时', '分', '秒', '.']);
    let is_number =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let hour = parts.next().unwrap_or_default();
    let is_marked = text.strip_prefix(hour).is_some_and(|rest| rest.starts_with([':', '时']));
    is_number(hour, 2) && is_marked && parts.all(|part| part.is_empty() || is_number(part, 3))
}

/// Chinese digits as others write them.
fn western(text: &str) -> String {
    let digit = |c: char| {
        let at = [NUMERALS, FORMAL].iter().find_map(|all| all.chars().position(|one| one == c));
        at.and_then(|at| char::from_digit(u32::try_from(at).ok()?, 10))
    };
    let mut shown = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match digit(c) {
            Some(digit) => shown.push(digit),
            None if matches!(c, '十' | '拾') => {
                // 十七 is 17, 二十 is 20, 二十七 is 27.
                if !shown.ends_with(|c: char| c.is_ascii_digit()) {
                    shown.push('1');
                }
                if chars.peek().is_none_or(|next| digit(*next).is_none()) {
                    shown.push('0');
                }
            }
            None => shown.push(c),
        }
    }
    shown
}

/// `27-jun-2022` and `june 27 2022`.
fn named(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split([' ', '-', ',', '/', '.']).filter(|part| !part.is_empty()).collect();
    let month_of = |part: &str| MONTHS.iter().position(|month| *month == part || month.get(..3) == Some(part));
    let [month] = parts.iter().filter_map(|part| month_of(part)).collect::<Vec<_>>()[..] else { return None };
    let numbers: Vec<&&str> = parts.iter().filter(|part| month_of(part).is_none()).collect();
    let (year, day) = match numbers.as_slice() {
        [one, other] if one.len() == 4 => (one, other),
        [one, other] if other.len() == 4 => (other, one),
        _ => return None,
    };
    date::new(year.parse().ok()?, i32::try_from(month).ok()? + 1, day.parse().ok().filter(|_| day.len() < 3)?)
}

/// `27/6/2022`, and `6/27/2022`, where only one of the two is a day.
fn year_last(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [one, other, year] = parts.as_slice() else { return None };
    let fits = year.len() == 4 && one.len() < 3 && other.len() < 3;
    let (one, other, year) = (one.parse().ok()?, other.parse().ok()?, year.parse().ok().filter(|_| fits)?);
    let days: BTreeSet<Date> =
        [date::new(year, one, other), date::new(year, other, one)].into_iter().flatten().collect();
    days.first().copied().filter(|_| days.len() == 1)
}
