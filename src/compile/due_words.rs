//! Days by which something is due, as people write them: 截止到8月31日, 八月底前, by 31 August.

use crate::spelled::{half_width, spelled_out};
use bulou_base::date::MONTHS;

/// What stands before a day by which something is due.
const BEFORE: [&str; 14] = [
    "截止到",
    "截止至",
    "截止于",
    "截止",
    "截至",
    "不晚于",
    "不迟于",
    "最迟",
    "最晚",
    "至迟",
    "务必于",
    "到",
    "至",
    "务于",
];

/// What stands behind one.
const BEHIND: [&str; 6] = ["前", "之前", "以前", "止", "为止", "截止"];

/// What makes another word of `前`: 前往, 前后.
const GOES_ON: [char; 6] = ['往', '来', '去', '赴', '后', '夕'];

/// What stands before one in English.
const BY: [&str; 5] = ["by ", "before ", "until ", "no later than ", "not later than "];

/// Whether words name a day by which something is due.
pub(crate) fn name_a_due_day(words: &str) -> bool {
    let words: String = words.chars().map(half_width).flat_map(char::to_lowercase).collect();
    words.char_indices().any(|(at, _)| {
        let (before, rest) = words.split_at(at);
        let Some(length) = day(rest) else { return false };
        // The day itself, not what is left of one that began earlier.
        let whole = !before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '年' | '-'));
        let (before, after) = (before.trim_end(), rest.get(length..).unwrap_or_default().trim_start());
        let ends = |word: &&str| after.strip_prefix(*word).is_some_and(|rest| !rest.starts_with(GOES_ON));
        whole && (BEFORE.iter().any(|word| before.ends_with(word)) || BEHIND.iter().any(ends))
    }) || BY.iter().any(|by| words.match_indices(by).any(|(at, _)| words.get(at + by.len()..).is_some_and(english)))
}

/// How long the day is that words begin with: 2022年8月31日, 八月三十一日, 8月底, 年底, 2022-08-31.
fn day(words: &str) -> Option<usize> {
    if let Some(word) = ["年底", "年末", "月底", "月末", "学期末", "期末"].iter().find(|word| words.starts_with(**word))
    {
        return Some(word.len());
    }
    let iso = words.get(..10).filter(|text| {
        text.char_indices().all(|(at, c)| if matches!(at, 4 | 7) { c == '-' } else { c.is_ascii_digit() })
    });
    if iso.is_some() {
        return Some(10);
    }
    let rest = match count(words).and_then(|(rest, _)| rest.strip_prefix('年')) {
        Some(rest) => rest,
        None => words,
    };
    let (rest, month) = count(rest)?;
    let rest = rest.strip_prefix('月').filter(|_| (1..=12).contains(&month))?;
    let end = match rest.strip_prefix(['底', '末']) {
        Some(rest) => rest,
        None => {
            let (rest, day) = count(rest)?;
            rest.strip_prefix(['日', '号']).filter(|_| (1..=31).contains(&day))?
        }
    };
    Some(words.len() - end.len())
}

/// The number that words begin with, in figures or in Chinese, and what follows it.
fn count(words: &str) -> Option<(&str, i128)> {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
    match words.strip_suffix(rest) {
        Some(figures) if !figures.is_empty() => Some((rest, figures.parse().ok()?)),
        _ => spelled_out(words),
    }
}

/// Whether words begin with a day of a month: 31 August, August 31, the end of August.
fn english(words: &str) -> bool {
    let words = words.strip_prefix("the ").unwrap_or(words);
    if words.get(..4).is_some_and(|year| year.chars().all(|c| c.is_ascii_digit())) && day(words).is_some() {
        return true;
    }
    let words = words.strip_prefix("end of ").unwrap_or(words);
    let words = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let words = ["st ", "nd ", "rd ", "th "].iter().find_map(|end| words.strip_prefix(end)).unwrap_or(words);
    let words = words.trim_start();
    let words = words.strip_prefix("of ").unwrap_or(words);
    MONTHS.iter().any(|month| {
        let is_word = |rest: &str| !rest.starts_with(char::is_alphabetic);
        // `may` is a verb as well.
        words.strip_prefix(month).is_some_and(|rest| {
            is_word(rest) && (*month != "may" || rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::name_a_due_day;

    #[test]
    fn days_by_which_something_is_due_are_known() {
        for words in [
            "截止到8月31日",
            "于2022年8月31日前完成",
            "八月三十一日之前上报",
            "8月底前",
            "年底前办结",
            "学期末之前",
            "至2022-08-31",
            "自6月1日至8月31日",
            "截至１０月８号",
            "by 31 August",
            "before August 31",
            "no later than the end of june",
            "by 2022-08-31",
        ] {
            assert!(name_a_due_day(words), "{words}");
        }
    }

    #[test]
    fn other_days_are_none() {
        for words in [
            "2022年6月24日会议",
            "6月是安全生产月",
            "13月31日前",
            "前三天",
            "it may be",
            "stand by",
            "日前",
            "到校",
            "8月31日前往县里",
        ] {
            assert!(!name_a_due_day(words), "{words}");
        }
    }
}
