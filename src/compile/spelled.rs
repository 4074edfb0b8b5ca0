//! Numbers as people write them in what rules rest on: in figures of either width, in Chinese numerals, as shares, and with
//! the unit of time behind them.

use num_rational::Ratio;

use bulou_base::value::Quotient;
use bulou_syntax::ast::Period;

/// A number in words: as it stands there with its unit, its value, and the unit if it is one of time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said {
    pub words: String,
    pub value: Quotient,
    pub unit: Option<Unit>,
}

/// What a number of days, months or times is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Day,
    WorkDay,
    Week,
    Month,
    Year,
    /// `每日`: how often something is done; its number is 1.
    Each(Period),
}

/// Units of time by the words for them, the longer ones first.
const TIMES: [(&str, Unit); 17] = [
    ("个工作日", Unit::WorkDay),
    ("工作日", Unit::WorkDay),
    (" working days", Unit::WorkDay),
    (" working day", Unit::WorkDay),
    ("个星期", Unit::Week),
    ("星期", Unit::Week),
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
const EACH: [(&str, Period); 13] = [
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
const HALVES: [(&str, (i128, i128), Option<Unit>); 9] = [
    ("半数", (1, 2), None),
    ("过半", (1, 2), None),
    ("一半", (1, 2), None),
    ("半个月", (15, 1), Some(Unit::Day)),
    ("半月", (15, 1), Some(Unit::Day)),
    ("半年", (6, 1), Some(Unit::Month)),
    ("半天", (1, 2), Some(Unit::Day)),
    ("半日", (1, 2), Some(Unit::Day)),
    ("半小时", (30, 1), None),
];

/// What may stand behind a number that is written in Chinese: without it `一` says hardly ever that there is one.
const UNITS: [&str; 23] = [
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
    "倍",
    "遍",
    "万元",
    "岁",
];

/// The same for things that `一` says only that there is some.
const THINGS: [&str; 4] = ["人", "名", "米", "元"];

/// What `成` begins that is no tenth.
const NO_TENTHS: &str = "立员为功效果本年绩熟就长型人交品不套份";

const NUMERALS: &str = "〇零一二两三四五六七八九十廿卅百千万亿";

/// The numbers that words say, in their order.
pub(crate) fn numbers(words: &str) -> Vec<Said> {
    let words: String = words.chars().map(half_width).collect();
    let mut found = Vec::new();
    let mut rest = words.as_str();
    let mut before = '\0';
    while let Some(first) = rest.chars().next() {
        let read =
            each(rest).or_else(|| share(rest)).or_else(|| arabic(rest, before)).or_else(|| chinese(rest, before));
        let length = match read {
            Some((length, said)) => {
                found.extend(said.map(|(value, unit)| named(rest, length, value, unit)));
                length
            }
            None => first.len_utf8(),
        };
        let (gone, left) = rest.split_at(length);
        before = gone.chars().next_back().unwrap_or(first);
        rest = left;
    }
    found
}

/// What is read at the start of words: how long it is, and the number unless it is a date or the mark of something.
type Read = Option<(usize, Option<(Quotient, Option<Unit>)>)>;

/// A number of some length with the unit behind it.
fn named(rest: &str, length: usize, value: Quotient, unit: Option<Unit>) -> Said {
    let after = rest.get(length..).unwrap_or_default();
    let counted = after.trim_start_matches(['多', '余']);
    let word = TIMES.iter().find(|(word, one)| Some(*one) == unit && counted.starts_with(word));
    let end = word.map_or(length, |(word, _)| rest.len() - counted.len() + word.len());
    Said { words: rest.get(..end).unwrap_or_default().to_owned(), value, unit }
}

/// A letter, figure or mark of full width as that of half.
fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// The unit of time that stands behind a number.
fn unit(after: &str) -> Option<Unit> {
    let counted = after.trim_start_matches(['多', '余']);
    TIMES.iter().find(|(word, _)| counted.starts_with(word) && !counted.starts_with("年级")).map(|(_, unit)| *unit)
}

fn whole(value: i128) -> Quotient {
    Ratio::from_integer(value)
}

/// How often something is done.
fn each(words: &str) -> Read {
    let (word, period) = EACH.iter().find(|(word, _)| words.starts_with(word))?;
    Some((word.len(), Some((whole(1), Some(Unit::Each(*period))))))
}

/// A share: 百分之七十, 三分之二, 七成, 半数, 零点七.
fn share(words: &str) -> Read {
    if let Some((word, (part, of), unit)) = HALVES.iter().find(|(word, ..)| words.starts_with(word)) {
        return Some((word.len(), Some((Ratio::new(*part, *of), *unit))));
    }
    if let Some(after) = words.strip_prefix("零点") {
        let digits = numeral(after);
        let figures: Option<String> = digits.chars().map(|c| digit(c).map(|digit| digit.to_string())).collect();
        let value = decimal(&format!("0.{}", figures.filter(|figures| !figures.is_empty())?))?;
        return Some((words.len() - after.len() + digits.len(), Some((value, None))));
    }
    let (length, of) = match words.strip_prefix("百分之") {
        Some(_) => ("百分之".len(), whole(100)),
        None => {
            let (length, first) = plain(words)?;
            let after = words.get(length..)?;
            if let Some(rest) = after.strip_prefix('成')
                && first <= whole(10)
                && !rest.starts_with(|c| NO_TENTHS.contains(c))
            {
                return Some((length + '成'.len_utf8(), Some((first / whole(10), None))));
            }
            after.strip_prefix("分之")?;
            (length + "分之".len(), first)
        }
    };
    let (end, part) = plain(words.get(length..)?)?;
    (of != whole(0)).then(|| (length + end, Some((part / of, None))))
}

/// A plain number, in figures or in Chinese.
fn plain(words: &str) -> Option<(usize, Quotient)> {
    let figures = words.split(|c: char| !c.is_ascii_digit() && c != '.').next().unwrap_or_default();
    if figures.starts_with(|c: char| c.is_ascii_digit()) {
        return Some((figures.len(), decimal(figures)?));
    }
    let numeral = numeral(words);
    (!numeral.is_empty()).then(|| Some((numeral.len(), spelled(numeral)?)))?
}

/// The Chinese numeral that words begin with, or nothing.
fn numeral(words: &str) -> &str {
    words.split(|c: char| !NUMERALS.contains(c)).next().unwrap_or_default()
}

/// A number in figures.
fn arabic(words: &str, before: char) -> Read {
    if !words.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | ':' | '/' | '_');
    let figures = words.split(|c: char| !is_part(c)).next().unwrap_or_default().trim_end_matches(['.', '-', ':', '/']);
    let (figures_end, after) = (figures.len(), words.get(figures.len()..).unwrap_or_default());
    let is_mark =
        before.is_alphanumeric() && before.is_ascii() || matches!(before, '第' | '〔' | '[' | '/' | '-' | '.');
    let is_year = after.starts_with('年') && figures.len() == 4;
    let is_day = after.starts_with(['月', '号']) || matches!(before, '月') && after.starts_with(['日', '号']);
    if is_mark
        || is_year
        || is_day
        || figures.contains(['-', ':', '/', '_'])
        || after.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        return Some((figures_end, None));
    }
    let value = decimal(figures)?;
    let counted = after.trim_start_matches(['多', '余']);
    let times = match counted.chars().next() {
        Some('千') => 1_000,
        Some('万') => 10_000,
        Some('亿') => 100_000_000,
        Some('%') => return Some((figures_end + 1, Some((value / whole(100), None)))),
        _ => return Some((figures_end, Some((value, unit(after))))),
    };
    let length = words.len() - counted.len() + counted.chars().next().map_or(0, char::len_utf8);
    Some((length, Some((value * whole(times), None))))
}

fn decimal(figures: &str) -> Option<Quotient> {
    let (before, part) = figures.split_once('.').unwrap_or((figures, ""));
    let scale = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
    let digits: i128 = format!("{before}{part}").parse().ok()?;
    Some(Ratio::new(digits, scale))
}

/// A number in Chinese with the unit behind it.
fn chinese(words: &str, before: char) -> Read {
    let numeral = Some(numeral(words)).filter(|numeral| !numeral.is_empty())?;
    let after = words.get(numeral.len()..)?;
    let counted = after.trim_start_matches(['多', '余']);
    let counter = UNITS.iter().find(|unit| counted.starts_with(**unit)).filter(|_| !counted.starts_with("年级"));
    let is_some = numeral == "一" && counter.is_some_and(|unit| THINGS.contains(unit));
    let is_word = matches!(before, '第' | '统' | '任' | '同' | '唯' | '某' | '进' | '这' | '之' | '分');
    let is_day = before == '月' && counter == Some(&"日");
    let value = counter.filter(|_| !is_some && !is_word && !is_day).and_then(|_| spelled(numeral));
    Some((numeral.len(), value.map(|value| (value, unit(after)))))
}

/// What a Chinese figure says.
fn digit(c: char) -> Option<i128> {
    let known = |known| c == known || c == '零' && known == '〇' || c == '两' && known == '二';
    i128::try_from("〇一二三四五六七八九".chars().position(known)?).ok()
}

/// What a Chinese numeral says.
fn spelled(numeral: &str) -> Option<Quotient> {
    let (mut total, mut section, mut figure): (i128, i128, Option<i128>) = (0, 0, None);
    for c in numeral.chars() {
        let place = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '廿' | '卅' => {
                section += if c == '廿' { 20 } else { 30 };
                continue;
            }
            '万' | '亿' => {
                let unit = if c == '万' { 10_000 } else { 100_000_000 };
                total = (total + section + figure.take().unwrap_or_default()).max(1).checked_mul(unit)?;
                section = 0;
                continue;
            }
            _ => {
                // Figures one after the other are a year or a number of a list.
                if figure.is_some_and(|known| known > 0) {
                    return None;
                }
                figure = Some(digit(c)?);
                continue;
            }
        };
        section += figure.take().unwrap_or(1).max(1) * place;
    }
    Some(whole(total + section + figure.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_where_words_say_how_many() {
        for (words, expected) in [
            ("三日内必需完成", vec![("三日", "3")]),
            ("县财政拨款100多万元", vec![("100多万", "1000000")]),
            ("留样不少于125克,保存48小时以上", vec![("125", "125"), ("48", "48")]),
            ("留样不少于125克", vec![("125", "125")]),
            ("每15日、廿日", vec![("15日", "15"), ("廿日", "20")]),
            ("两名以上、二十四小时", vec![("两", "2"), ("二十四", "24")]),
            ("每月一次,一百二十人", vec![("每月", "1"), ("一", "1"), ("一百二十", "120")]),
            (
                "达到90%、80%、七成、百分之七十",
                vec![("90%", "9/10"), ("80%", "4/5"), ("七成", "7/10"), ("百分之七十", "7/10")],
            ),
            (
                "三分之二、半数、一半、零点七",
                vec![("三分之二", "2/3"), ("半数", "1/2"), ("一半", "1/2"), ("零点七", "7/10")],
            ),
            ("半个月、10个工作日、两周", vec![("半个月", "15"), ("10个工作日", "10"), ("两周", "2")]),
            ("2.5倍", vec![("2.5", "5/2")]),
            ("within 15 days", vec![("15 days", "15")]),
            ("一个不漏,第三次会议,进一步,一定,统一", vec![]),
            ("成立专班,一成不变,三成员,十分重视,三年级", vec![]),
            ("2022年6月24日 GB/T 29315-2022 教责〔2022〕1号", vec![]),
            ("2022-06-24 10:14:00", vec![]),
            ("六月三日", vec![]),
        ] {
            let found: Vec<(String, String)> =
                numbers(words).into_iter().map(|said| (said.words, said.value.to_string())).collect();
            let expected: Vec<(String, String)> =
                expected.into_iter().map(|(words, value)| (words.to_owned(), value.to_owned())).collect();
            assert_eq!(found, expected, "{words}");
        }
    }

    #[test]
    fn a_length_of_time_has_its_unit() {
        for (words, expected) in [
            ("15日", Some(Unit::Day)),
            ("十天", Some(Unit::Day)),
            ("10个工作日", Some(Unit::WorkDay)),
            ("三个月", Some(Unit::Month)),
            ("两周", Some(Unit::Week)),
            ("三年", Some(Unit::Year)),
            ("每周", Some(Unit::Each(Period::Week))),
            ("5 working days", Some(Unit::WorkDay)),
            ("48小时", None),
        ] {
            assert_eq!(numbers(words).first().and_then(|said| said.unit), expected, "{words}");
        }
    }
}
