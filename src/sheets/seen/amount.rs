//! Numbers as people see them in a cell.

use bulou_document::typed::plain;

/// Marks of money, before a number or behind it.
const MONEY: [&str; 9] = ["CNY", "RMB", "USD", "HK$", "¥", "\u{FFE5}", "$", "€", "£"];
/// Those of the country's own.
const YUAN: [&str; 4] = ["CNY", "RMB", "¥", "\u{FFE5}"];
/// What units are made of. A letter that is none of these, such as 万 or 未, may make another number or another saying of it.
const UNIT: &str = "人名位个间所栋座幢套台部辆件份张册本支盏只把块根条次项处起例宗天日周月年号小时分钟秒元角吨米厘毫升克平方立公斤里\
亩户班级科门节堂课学生教师员工家长组队场页篇盒箱瓶桶罐具副株棵层楼室床席车点";
/// Units in letters.
const LETTERS: [&str; 10] = ["m", "m²", "m2", "cm", "mm", "km", "kg", "g", "h", "t"];
/// A unit has at most so many characters.
const LONGEST: usize = 4;
/// A number of so many digits that is cut off behind them is taken for the number.
const EXACT: usize = 9;

/// Whether a number is seen, with or without a unit, and is this one.
pub(super) fn says(digits: &str, seen: &str) -> bool {
    let Ok(held) = digits.parse::<f64>() else { return false };
    Number::seen(seen).is_some_and(|number| (number.value - held).abs() <= number.tolerance.max(held.abs() * 1e-14))
}

/// The unit that a number is seen in; money of the country in 元, whatever its mark.
pub(super) fn unit(seen: &str) -> Option<String> {
    Number::seen(seen).map(|number| number.unit).filter(|unit| !unit.is_empty())
}

/// A number as it is seen.
struct Number {
    value: f64,
    /// What its digits leave open.
    tolerance: f64,
    unit: String,
}

impl Number {
    fn seen(seen: &str) -> Option<Self> {
        let seen = plain(seen).replace('\u{2212}', "-");
        let (rest, mut negative) = match seen.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(within) => (within, true),
            None => (seen.as_str(), false),
        };
        let (mut rest, mut money) = (rest.trim(), "");
        // A sign stands before the mark of money or behind it.
        for _ in 0..2 {
            if let Some(behind) = rest.strip_prefix('-').filter(|_| !negative) {
                (rest, negative) = (behind.trim_start(), true);
            } else if let Some((mark, behind)) = MONEY.iter().find_map(|mark| Some((mark, rest.strip_prefix(mark)?))) {
                (rest, money) = (behind.trim_start(), mark);
            }
        }
        if rest.is_empty() {
            // Tables of money have a stroke for nothing.
            let is_stroke = negative && !seen.starts_with('(');
            return is_stroke.then(|| Self { value: 0.0, tolerance: 0.0, unit: String::new() });
        }
        let rest = if negative { rest } else { rest.strip_prefix('+').unwrap_or(rest) };
        let number = Self::new(rest)?;
        let unit = if number.unit.is_empty() { money } else { &number.unit };
        let unit = if YUAN.contains(&unit) { "元" } else { unit }.to_owned();
        let value = if negative { -number.value } else { number.value };
        Some(Self { value, unit, ..number })
    }

    fn new(text: &str) -> Option<Self> {
        let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(text.len());
        let (mantissa, mut rest) = text.split_at(end);
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{}{fraction}", ungrouped(whole)?);
        if digits.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut power = -i32::try_from(fraction.len()).ok()?;
        if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
            power += exponent.parse::<i32>().ok().filter(|_| exponent.contains(|c: char| c.is_ascii_digit()))?;
            rest = "";
        }
        let rest = rest.trim_start();
        if rest == "%" {
            power -= 2;
        } else if !is_unit(rest) {
            return None;
        }
        let known = digits.trim_start_matches('0').len() >= EXACT;
        let value = format!("{digits}e{power}").parse().ok()?;
        Some(Self { value, unit: rest.to_owned(), tolerance: if known { 0.5 * 10_f64.powi(power) } else { 0.0 } })
    }
}

/// The digits before the point, whose groups have three each.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_grouped = whole.contains(',');
    let fits = !is_grouped || (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    fits.then(|| whole.replace(',', ""))
}

fn is_unit(text: &str) -> bool {
    let is_known = text.chars().count() <= LONGEST && text.chars().all(|c| UNIT.contains(c));
    is_known || LETTERS.contains(&text) || MONEY.contains(&text)
}
