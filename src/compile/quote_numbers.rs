//! Numbers in the words that a rule rests on, and that it does not use: 三日 asks for a 3, 100多万 for 1000000. What a rule
//! uses stands in it, or in what it names: definitions, tables, the defaults of parameters.

use std::collections::HashSet;

use num_rational::Ratio;

use crate::declared::Declared;
use bulou_base::value::Quotient;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, LocalizedText};
use bulou_syntax::ast::{CellKind, Citation, DurationUnit, Expr, ExprKind, Rule, Table};
use bulou_syntax::tree::{number, walk};

/// Warns of quotes with numbers that their rule does not use.
pub(crate) fn warnings(declared: &Declared<'_>) -> Vec<Diagnostic> {
    let rules = declared.rules.iter().filter(|rule| rule.citations.iter().any(|cited| !told(cited).is_empty()));
    rules.flat_map(|rule| of_rule(declared, rule)).collect()
}

fn told(citation: &Citation) -> Vec<(String, Quotient)> {
    citation.quote.as_ref().map(|quote| numbers(&quote.text)).unwrap_or_default()
}

fn of_rule(declared: &Declared<'_>, rule: &Rule) -> Vec<Diagnostic> {
    let used = Used::by(declared, rule);
    let warning = |citation: &Citation| {
        let missing = told(citation).into_iter().filter(|(_, value)| !used.values.contains(value));
        let missing: Vec<String> = missing.map(|(words, _)| format!("`{words}`")).collect();
        let span = citation.quote.as_ref()?.span;
        (!missing.is_empty()).then(|| {
            let (zh, en) = (missing.join("、"), missing.join(", "));
            let message = LocalizedText::new(
                format!("引文里的 {zh},规则 `{}` 和它用到的参数都没有用到", rule.id.text),
                format!(
                    "the rule `{}` uses {en} of the quote nowhere, nor does a parameter that it names",
                    rule.id.text
                ),
            );
            let help = LocalizedText::new(
                format!("对照原文改对规则里的数;这个数不该由这条规则查的,写 `允许 W132 {} \"理由\"`", rule.id.text),
                format!(
                    "mend the number in the rule; where it is not for this rule, write `allow W132 {} \"why\"`",
                    rule.id.text
                ),
            );
            Diagnostic::new(Code::QuoteNumber, span, message, help)
        })
    };
    rule.citations.iter().filter_map(warning).collect()
}

/// The numbers that a rule uses.
#[derive(Default)]
struct Used<'d> {
    values: HashSet<Quotient>,
    names: HashSet<&'d str>,
}

impl<'d> Used<'d> {
    fn by(declared: &'d Declared<'_>, rule: &'d Rule) -> Self {
        let mut used = Self::default();
        let asked = rule.requirements.iter().map(|asked| &asked.expr);
        let mut waiting: Vec<&'d Expr> = asked.chain(&rule.applies).collect();
        while let Some(expr) = waiting.pop() {
            walk(expr, &mut |part| waiting.extend(used.add(declared, part)));
        }
        used
    }

    /// Takes note of an expression; what it leads to.
    fn add(&mut self, declared: &'d Declared<'_>, expr: &'d Expr) -> Vec<&'d Expr> {
        let whole = |count: i32| Ratio::from_integer(i128::from(count));
        match &expr.kind {
            ExprKind::Number(literal) => _ = self.values.insert(number(*literal)),
            ExprKind::Duration(length) => {
                self.values.insert(whole(length.count));
                let units = match length.unit {
                    DurationUnit::Days => 7,
                    DurationUnit::Months => 12,
                    DurationUnit::WorkDays => 1,
                };
                self.values.insert(whole(length.count) / whole(units));
            }
            ExprKind::Name(name) if self.names.insert(name) => {
                let defined = declared.define(name).map(|one| &one.value);
                return defined.or_else(|| declared.param(name).map(|one| &one.default)).into_iter().collect();
            }
            ExprKind::Call(name, _) if self.names.insert(&name.text) => {
                return declared.table(&name.text).into_iter().flat_map(parts).collect();
            }
            _ => {}
        }
        Vec::new()
    }
}

fn parts(table: &Table) -> impl Iterator<Item = &Expr> {
    table.rows.iter().flat_map(|row| {
        let cells = row.cells.iter().flat_map(|cell| match &cell.kind {
            CellKind::Any => Vec::new(),
            CellKind::Compare(_, end) => vec![end],
            CellKind::Range(low, high) => vec![low, high],
            CellKind::OneOf(values) => values.iter().collect(),
        });
        cells.chain([&row.result])
    })
}

/// What may stand behind a number that is written in Chinese: without it `一` says hardly ever that there is one.
const UNITS: &[&str] = &[
    "个月",
    "个工作日",
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
const THINGS: &[&str] = &["人", "名", "米", "元"];

/// The numbers that words say, as they stand there.
fn numbers(words: &str) -> Vec<(String, Quotient)> {
    let mut found = Vec::new();
    let mut rest = words;
    let mut before = '\0';
    while let Some(first) = rest.chars().next() {
        let read = arabic(rest, before).or_else(|| chinese(rest, before));
        let length = match read {
            Some((length, value)) => {
                if let Some(value) = value {
                    found.push((rest.get(..length).unwrap_or_default().to_owned(), value));
                }
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

/// A number in figures at the start of words: how long it is, and its value unless it is a date or the mark of something.
fn arabic(words: &str, before: char) -> Option<(usize, Option<Quotient>)> {
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
    let unit = after.trim_start_matches(['多', '余']);
    let times = match unit.chars().next() {
        Some('千') => 1_000,
        Some('万') => 10_000,
        Some('亿') => 100_000_000,
        Some('%') => return Some((figures_end + 1, Some(value / Ratio::from_integer(100)))),
        _ => return Some((figures_end, Some(value))),
    };
    let length = words.len() - unit.len() + unit.chars().next().map_or(0, char::len_utf8);
    Some((length, Some(value * Ratio::from_integer(times))))
}

fn decimal(figures: &str) -> Option<Quotient> {
    let (whole, part) = figures.split_once('.').unwrap_or((figures, ""));
    let scale = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
    let digits: i128 = format!("{whole}{part}").parse().ok()?;
    Some(Ratio::new(digits, scale))
}

/// The same for one in Chinese, with the unit behind it.
fn chinese(words: &str, before: char) -> Option<(usize, Option<Quotient>)> {
    let numeral = words
        .split(|c: char| !"〇零一二两三四五六七八九十百千万亿".contains(c))
        .next()
        .filter(|numeral| !numeral.is_empty())?;
    let after = words.get(numeral.len()..)?;
    let counted = after.trim_start_matches(['多', '余']);
    let unit = UNITS.iter().find(|unit| counted.starts_with(**unit));
    let is_some = numeral == "一" && unit.is_some_and(|unit| THINGS.contains(unit));
    let is_word = matches!(before, '第' | '统' | '任' | '同' | '唯' | '某' | '进' | '这' | '之' | '分');
    let is_day = before == '月' && unit == Some(&"日");
    let value = unit.filter(|_| !is_some && !is_word && !is_day).and_then(|_| spelled(numeral));
    Some((numeral.len(), value))
}

/// What a Chinese numeral says.
fn spelled(numeral: &str) -> Option<Quotient> {
    let (mut total, mut section, mut digit): (i128, i128, Option<i128>) = (0, 0, None);
    for c in numeral.chars() {
        let place = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' | '亿' => {
                let unit = if c == '万' { 10_000 } else { 100_000_000 };
                total = (total + section + digit.take().unwrap_or_default()).max(1).checked_mul(unit)?;
                section = 0;
                continue;
            }
            _ => {
                // Figures one after the other are a year or a number of a list.
                let value = i128::try_from(
                    "〇一二三四五六七八九"
                        .chars()
                        .position(|known| known == c || c == '零' && known == '〇' || c == '两' && known == '二')?,
                )
                .ok()?;
                if digit.is_some_and(|known| known > 0) {
                    return None;
                }
                digit = Some(value);
                continue;
            }
        };
        section += digit.take().unwrap_or(1).max(1) * place;
    }
    Some(Ratio::from_integer(total + section + digit.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_where_words_say_how_many() {
        for (words, expected) in [
            ("三日内必需完成", vec![("三", "3")]),
            ("县财政拨款100多万元", vec![("100多万", "1000000")]),
            ("留样不少于125克,保存48小时以上", vec![("125", "125"), ("48", "48")]),
            ("两名以上、二十四小时", vec![("两", "2"), ("二十四", "24")]),
            ("每月一次,一百二十人", vec![("一", "1"), ("一百二十", "120")]),
            ("达到90%", vec![("90%", "9/10")]),
            ("2.5倍", vec![("2.5", "5/2")]),
            ("within 15 days", vec![("15", "15")]),
            ("一个不漏,第三次会议,进一步,一定,统一", vec![]),
            ("2022年6月24日 GB/T 29315-2022 教责〔2022〕1号", vec![]),
            ("2022-06-24 10:14:00", vec![]),
            ("六月三日", vec![]),
        ] {
            let found: Vec<(String, String)> =
                numbers(words).into_iter().map(|(words, value)| (words, value.to_string())).collect();
            let expected: Vec<(String, String)> =
                expected.into_iter().map(|(words, value)| (words.to_owned(), value.to_owned())).collect();
            assert_eq!(found, expected, "{words}");
        }
    }
}
