//! Numbers as people write them in what rules rest on: in figures of either width, in Chinese numerals, as shares, and with
//! the unit of time behind them.

use num_rational::Ratio;

use crate::bounded::{Bounded, bounded};
use crate::counted::{EACH, HALVES, LATER, THINGS, Unit, counted, counter, time_word, unit};
use crate::numerals::{FORMAL, NUMERALS, decimal, digit, numeral, spelled, whole};
use bulou_base::value::Quotient;
use bulou_syntax::ast::TemplatePart;

/// A number in words: as it stands there with its unit, its value, and the unit if it is one of time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said {
    pub words: String,
    pub value: Quotient,
    pub unit: Option<Unit>,
    /// The word for what it is counted in.
    pub counter: Option<&'static str>,
    /// What it is a bound of, by the words around it, and these with it.
    pub bound: Option<(Bounded, String)>,
}

/// What `成` begins that is no tenth.
const NO_TENTHS: &str = "立员为功效果本年绩熟就长型人交品不套份";

/// The numbers that words say, in their order.
pub(crate) fn numbers(words: &str) -> Vec<Said> {
    let words = without_blanks(&words.chars().map(half_width).collect::<String>());
    let mut found = Vec::new();
    let mut rest = words.as_str();
    let mut before = '\0';
    while let Some(first) = rest.chars().next() {
        let read = each(rest)
            .or_else(|| below_zero(rest))
            .or_else(|| later(rest, before))
            .or_else(|| pair(rest, before))
            .or_else(|| share(rest))
            .or_else(|| range(rest, before))
            .or_else(|| arabic(rest, before))
            .or_else(|| chinese(rest, before));
        let length = match read {
            Some((length, said)) => {
                let start = words.len() - rest.len();
                found.extend(said.into_iter().map(|(value, unit)| named(&words, start, length, value, unit)));
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

/// What a message says itself, a dash for each value that it prints.
pub(crate) fn literal(parts: &[TemplatePart]) -> String {
    let text = |part: &TemplatePart| match part {
        TemplatePart::Text(text) => text.clone(),
        TemplatePart::Value(_) | TemplatePart::Omitted(_) => "—".to_owned(),
    };
    parts.iter().map(text).collect()
}

/// Without what typesetters put between a number and the Chinese word behind it: `100 多万元`.
fn without_blanks(words: &str) -> String {
    let mut kept = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(first) = rest.chars().next() {
        let (this, after) = rest.split_at(first.len_utf8());
        let is_between = first == ' '
            && kept.ends_with(|c: char| c.is_ascii_digit() || c == '%')
            && after.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii());
        if !is_between {
            kept.push_str(this);
        }
        rest = after;
    }
    kept
}

/// What is read at the start of words: how long it is, and the numbers: none of a date or the mark of something, both ends
/// of a range.
type Read = Option<(usize, Vec<(Quotient, Option<Unit>)>)>;

/// A number of some length with the unit behind it, and what it is a bound of.
fn named(words: &str, start: usize, length: usize, value: Quotient, unit: Option<Unit>) -> Said {
    let (before, rest) = words.split_at(start);
    let after = rest.get(length..).unwrap_or_default();
    let end = length + time_word(after, unit).unwrap_or(0);
    let bound = bounded(before, rest.get(end..).unwrap_or_default()).map(|bound| {
        let around = words.get(start - bound.before..start + end + bound.behind);
        (bound, around.unwrap_or_default().to_owned())
    });
    Said { words: rest.get(..end).unwrap_or_default().to_owned(), value, unit, counter: counter(after), bound }
}

/// A letter, figure or mark of full width as that of half.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// How often something is done.
fn each(words: &str) -> Read {
    let (word, period) = EACH.iter().find(|(word, _)| words.starts_with(word))?;
    // `每月至少一次` says no more than `每月`.
    let after = words.get(word.len()..).unwrap_or_default();
    let least = ["至少", "不少于", "不低于"].iter().find_map(|least| after.strip_prefix(least)).unwrap_or(after);
    let once = ["一次", "1次", "一遍"].iter().find_map(|once| least.strip_prefix(once));
    Some((words.len() - once.unwrap_or(after).len(), vec![(whole(1), Some(Unit::Each(*period)))]))
}

/// 零下12度.
fn below_zero(words: &str) -> Read {
    let degrees = words.strip_prefix("零下")?;
    let in_words = || {
        let numeral = numeral(degrees);
        Some((numeral.len(), vec![(spelled(numeral)?, None)]))
    };
    let (length, said) = arabic(degrees, '下').or_else(in_words)?;
    let below = said.into_iter().map(|(value, unit)| (-value, unit)).collect();
    Some((words.len() - degrees.len() + length, below))
}

/// 次日, 当日: no part of 三次日常检查 or 应当日常.
fn later(words: &str, before: char) -> Read {
    let (word, days) = LATER.iter().find(|(word, _)| words.starts_with(word))?;
    let is_part = before.is_ascii_alphanumeric()
        || NUMERALS.contains(before)
        || "几数每首多上下这应担承正相".contains(before)
        || words.get(word.len()..)?.starts_with(['常', '程', '志', '益']);
    (!is_part).then(|| (word.len(), vec![(whole(*days), Some(Unit::Day))]))
}

/// 双人: two persons; no part of 一双人, and none of a name such as 双人双锁 or 双人床.
fn pair(words: &str, before: char) -> Read {
    let after = words.strip_prefix("双人")?;
    let is_part =
        NUMERALS.contains(before) || "几每成无".contains(before) || after.starts_with(['双', '床', '间', '铺']);
    (!is_part).then(|| ("双".len(), vec![(whole(2), Some(Unit::Other))]))
}

/// A share: 百分之七十, 百分百, 三分之二, 七成, 半数, 零点七.
fn share(words: &str) -> Read {
    if let Some((word, (part, of), unit)) = HALVES.iter().find(|(word, ..)| words.starts_with(word)) {
        return Some((word.len(), vec![(Ratio::new(*part, *of), *unit)]));
    }
    if let Some(after) = words.strip_prefix("零点") {
        let digits = numeral(after);
        let figures: Option<String> = digits.chars().map(|c| digit(c).map(|digit| digit.to_string())).collect();
        let value = decimal(&format!("0.{}", figures.filter(|figures| !figures.is_empty())?))?;
        return Some((words.len() - after.len() + digits.len(), vec![(value, None)]));
    }
    if words.starts_with("百分百") {
        return Some(("百分百".len(), vec![(whole(1), None)]));
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
                let (behind, hundredths) = hundredths(rest).unwrap_or((0, whole(0)));
                let value = first / whole(10) + hundredths / whole(100);
                return Some((length + '成'.len_utf8() + behind, vec![(value, None)]));
            }
            after.strip_prefix("分之")?;
            (length + "分之".len(), first)
        }
    };
    let (end, part) = plain(words.get(length..)?)?;
    (of != whole(0)).then(|| (length + end, vec![(part / of, None)]))
}

/// The five of 八成五.
fn hundredths(words: &str) -> Option<(usize, Quotient)> {
    let figure = numeral(words);
    let is_counted = counter(words.get(figure.len()..)?).is_some();
    let value = spelled(figure).filter(|value| *value < whole(10))?;
    (figure.chars().count() == 1 && !is_counted).then_some((figure.len(), value))
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

/// The Chinese number that words begin with, and what follows it.
pub(crate) fn spelled_out(words: &str) -> Option<(&str, i128)> {
    let numeral = Some(numeral(words)).filter(|numeral| !numeral.is_empty())?;
    Some((words.get(numeral.len()..)?, spelled(numeral)?.to_integer()))
}

/// Whether a comma between words parts the thousands of one number: `1,200`.
pub(crate) fn parts_thousands(before: &str, after: &str) -> bool {
    let is_figure = |c: &char| half_width(*c).is_ascii_digit();
    let first = before.chars().rev().take_while(is_figure).count();
    (1..=3).contains(&first) && after.chars().take_while(is_figure).count() == 3
}

/// The figures that words begin with, of which commas may part the thousands.
fn figures(words: &str) -> &str {
    let is_part = |at: usize, c: char| match c {
        ',' => parts_thousands(words.get(..at).unwrap_or_default(), words.get(at + 1..).unwrap_or_default()),
        _ => c.is_ascii_digit() || matches!(c, '.' | '-' | ':' | '/' | '_'),
    };
    let end = words.char_indices().find(|(at, c)| !is_part(*at, *c)).map_or(words.len(), |(at, _)| at);
    words.get(..end).unwrap_or_default()
}

/// Both ends of a range with the unit behind it: 2-3人, 两到三名.
fn range(words: &str, before: char) -> Read {
    let (first, low) = plain(words)?;
    let rest = words.get(first..)?;
    let rest = rest.strip_prefix('%').unwrap_or(rest);
    let after = rest.strip_prefix(['-', '~', '—', '–', '至', '到'])?;
    let (second, high) = plain(after)?;
    let behind = after.get(second..)?;
    if let Some(rest) = behind.strip_prefix('%') {
        let percent = |value: Quotient| (value / whole(100), None);
        return (low < high && !is_mark(before)).then(|| (words.len() - rest.len(), vec![percent(low), percent(high)]));
    }
    let counter = counter(behind)?;
    let is_year = counter == "年" && second == 4;
    let is_day = before == '月' && counter == "日";
    let is_part = is_mark(before) || is_word(before, numeral(words)) || NUMERALS.contains(before);
    let length = words.len() - behind.len();
    let unit = unit(behind);
    (low < high && !is_year && !is_day && !is_part).then(|| (length, vec![(low, unit), (high, unit)]))
}

/// Whether what stands before a number makes it a mark or part of one: B5, 第3, 〔2022.
fn is_mark(before: char) -> bool {
    before.is_ascii_alphanumeric() || matches!(before, '第' | '〔' | '[' | '/' | '-' | '.')
}

/// Whether what stands before a numeral makes another word of it: 统一, 队伍人数, 大陆人, 收拾.
fn is_word(before: char, numeral: &str) -> bool {
    matches!(before, '第' | '统' | '任' | '同' | '唯' | '某' | '进' | '这' | '之' | '分')
        || matches!(before, '队' | '入' | '退' | '落' | '大' | '登' | '内' | '收' | '捡' | '放')
            && numeral.starts_with(|c| FORMAL.iter().any(|(formal, _)| *formal == c))
}

/// A number in figures.
fn arabic(words: &str, before: char) -> Read {
    if !words.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let figures = figures(words).trim_end_matches(['.', '-', ':', '/']);
    let (figures_end, after) = (figures.len(), words.get(figures.len()..).unwrap_or_default());
    let is_year = after.starts_with('年') && figures.len() == 4;
    let is_day = after.starts_with(['月', '号']) || matches!(before, '月') && after.starts_with(['日', '号']);
    if let Some(part) = fraction(figures).filter(|_| !is_mark(before) && counter(after).is_none()) {
        return Some((figures_end, vec![(part, None)]));
    }
    if is_mark(before)
        || is_year
        || is_day
        || figures.contains(['-', ':', '/', '_'])
        || after.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        return Some((figures_end, Vec::new()));
    }
    let value = decimal(figures)?;
    let counted = counted(after);
    let times = match counted.chars().next() {
        Some('千' | '仟') => 1_000,
        Some('万' | '萬') => 10_000,
        Some('亿' | '億') => 100_000_000,
        Some('%') => return Some((figures_end + 1, vec![(value / whole(100), None)])),
        _ => return Some((figures_end, vec![(value, unit(after))])),
    };
    let length = words.len() - counted.len() + counted.chars().next().map_or(0, char::len_utf8);
    Some((length, vec![(value * whole(times), None)]))
}

/// A part of a whole: 2/3, and no 6/24 or 5/2022.
fn fraction(figures: &str) -> Option<Quotient> {
    let (part, of) = figures.split_once('/')?;
    let [part, of] = [part, of].map(|figures| figures.parse::<i128>().ok());
    let (part, of) = (part?, of?);
    (0 < part && part < of && of <= 10).then(|| Ratio::new(part, of))
}

/// A number in Chinese with the unit behind it.
fn chinese(words: &str, before: char) -> Read {
    let numeral = Some(numeral(words)).filter(|numeral| !numeral.is_empty())?;
    let after = words.get(numeral.len()..)?;
    let counter = counter(after);
    let is_some = numeral == "一" && counter.is_some_and(|unit| THINGS.contains(&unit));
    let is_day = before == '月' && counter == Some("日");
    let is_number = counter.is_some() && !is_some && !is_word(before, numeral) && !is_day;
    let value = is_number.then(|| spelled(numeral)).flatten();
    // 一百多万
    let about = counted(after);
    if let Some(rest) = about.strip_prefix('万').filter(|_| about.len() < after.len()) {
        let value = value.or_else(|| spelled(numeral)).map(|value| (value * whole(10_000), None));
        return Some((words.len() - rest.len(), value.into_iter().collect()));
    }
    Some((numeral.len(), value.into_iter().map(|value| (value, unit(after))).collect()))
}

#[cfg(test)]
mod tests;
