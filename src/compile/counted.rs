//! What numbers are counted in, and words that say a number without one: 每日, 次日, 半年.

use bulou_syntax::ast::Period;

/// What a number of days, months or times is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Hour,
    Day,
    WorkDay,
    Week,
    Month,
    Year,
    /// `每日`: how often something is done; its number is 1.
    Each(Period),
    /// What is no length of time that rules know: persons, grams, minutes.
    Other,
}

/// Units of time by the words for them, the longer ones first.
const TIMES: [(&str, Unit); 23] = [
    ("个小时", Unit::Hour),
    ("小时", Unit::Hour),
    (" hours", Unit::Hour),
    (" hour", Unit::Hour),
    ("个工作日", Unit::WorkDay),
    ("工作日", Unit::WorkDay),
    (" working days", Unit::WorkDay),
    (" working day", Unit::WorkDay),
    ("个星期", Unit::Week),
    ("星期", Unit::Week),
    ("个礼拜", Unit::Week),
    ("礼拜", Unit::Week),
    ("周", Unit::Week),
    (" weeks", Unit::Week),
    (" week", Unit::Week),
    ("个月", Unit::Month),
    (" months", Unit::Month),
    (" month", Unit::Month),
    ("日", Unit::Day),
    ("天", Unit::Day),
    (" days", Unit::Day),
    (" day", Unit::Day),
    ("年", Unit::Year),
];

/// How often something is done.
pub(crate) const EACH: [(&str, Period); 13] = [
    ("每日", Period::Day),
    ("每天", Period::Day),
    ("每周", Period::Week),
    ("每星期", Period::Week),
    ("每月", Period::Month),
    ("每个月", Period::Month),
    ("每季", Period::Quarter),
    ("daily", Period::Day),
    ("weekly", Period::Week),
    ("monthly", Period::Month),
    ("quarterly", Period::Quarter),
    ("every week", Period::Week),
    ("every month", Period::Month),
];

/// Halves, each with its value and unit.
pub(crate) const HALVES: [(&str, (i128, i128), Option<Unit>); 9] = [
    ("半数", (1, 2), None),
    ("过半", (1, 2), None),
    ("一半", (1, 2), None),
    ("半个月", (15, 1), Some(Unit::Day)),
    ("半月", (15, 1), Some(Unit::Day)),
    ("半年", (6, 1), Some(Unit::Month)),
    ("半天", (1, 2), Some(Unit::Day)),
    ("半日", (1, 2), Some(Unit::Day)),
    ("半小时", (30, 1), Some(Unit::Other)),
];

/// What may stand behind a number that is written in Chinese: without it `一` says hardly ever that there is one.
pub(crate) const UNITS: [&str; 29] = [
    "个星期",
    "星期",
    "个礼拜",
    "礼拜",
    "个小时",
    "个月",
    "个工作日",
    "工作日",
    "小时",
    "分钟",
    "公里",
    "学时",
    "课时",
    "日",
    "天",
    "周",
    "年",
    "秒",
    "次",
    "人",
    "名",
    "克",
    "米",
    "元",
    "圆",
    "倍",
    "遍",
    "万元",
    "岁",
];

/// The same for things that `一` says only that there is some.
pub(crate) const THINGS: [&str; 7] = ["人", "名", "米", "元", "圆", "次", "遍"];

/// Days told from another, with how many days later they are.
pub(crate) const LATER: [(&str, i128); 13] = [
    ("次日", 1),
    ("翌日", 1),
    ("明天", 1),
    ("明日", 1),
    ("第二天", 1),
    ("第二日", 1),
    ("following day", 1),
    ("next day", 1),
    ("当日", 0),
    ("当天", 0),
    ("同日", 0),
    ("同一天", 0),
    ("same day", 0),
];

/// What stands behind a number, without what says that it is not exact: 十几人, 100多万.
pub(crate) fn counted(after: &str) -> &str {
    after.trim_start_matches(['多', '余', '几', '来'])
}

/// The counter that stands behind a number; no number of a class has one: 三年级.
pub(crate) fn counter(after: &str) -> Option<&'static str> {
    let counted = counted(after);
    UNITS.iter().find(|unit| counted.starts_with(**unit)).copied().filter(|_| !counted.starts_with("年级"))
}

/// What a number is counted in, by what stands behind it.
pub(crate) fn unit(after: &str) -> Option<Unit> {
    let counted = counted(after);
    let time = TIMES.iter().find(|(word, _)| counted.starts_with(word) && !counted.starts_with("年级"));
    time.map(|(_, unit)| *unit).or_else(|| counter(after).map(|_| Unit::Other))
}

/// How long the word for a length of time is that stands behind a number, with what stands before it.
pub(crate) fn time_word(after: &str, unit: Option<Unit>) -> Option<usize> {
    let counted = counted(after);
    let (word, _) = TIMES.iter().find(|(word, one)| Some(*one) == unit && counted.starts_with(word))?;
    Some(after.len() - counted.len() + word.len())
}
