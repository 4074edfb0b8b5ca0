//! How values are written for people.

use bulou_base::value::{Length, Value, shown_number};
use bulou_document::Constant;
use bulou_document::shape::OptionSet;
use bulou_ir::expr::Show;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_syntax::ast::DurationUnit;

/// A value, as its type is shown. Rows are named by the caller.
pub(crate) fn value(value: Value<'_>, show: &Show, sets: &[OptionSet], lang: Lang) -> String {
    if *show == Show::Hidden {
        return texts::not_shown().get(lang).into();
    }
    match (value, show) {
        (Value::Absent, _) => texts::blank().get(lang).into(),
        (Value::Unknown | Value::Astray(_), _) => texts::not_yet_known().get(lang).into(),
        (Value::Bool(true), _) => texts::yes().get(lang).into(),
        (Value::Bool(false), _) => texts::no().get(lang).into(),
        (Value::Number(number), Show::Number(unit)) if unit.is_empty() => shown_number(number),
        (Value::Number(number), Show::Number(unit)) => format!("{} {unit}", shown_number(number)),
        (Value::Number(number), _) => shown_number(number),
        (Value::Text(text), _) => text.written.to_owned(),
        (Value::Date(date), _) => date.to_string(),
        (Value::Duration(length), Show::Duration(unit)) => duration(length, *unit, lang),
        (Value::Duration(length), _) => duration(length, DurationUnit::Days, lang),
        (Value::Option(index), Show::Option(set)) => option(*set, index, sets),
        (Value::Option(index), _) => index.to_string(),
        (Value::Row(_), _) => String::new(),
    }
}

/// Words without the parentheses around all of them, for where there are some already.
pub(crate) fn bare(words: &str) -> &str {
    let inner = words.strip_prefix(['(', '\u{FF08}']).and_then(|rest| rest.strip_suffix([')', '\u{FF09}']));
    inner.unwrap_or(words)
}

/// A constant likewise; lists between braces.
pub fn constant(constant: &Constant, show: &Show, sets: &[OptionSet], lang: Lang) -> String {
    match constant {
        Constant::List(parts) => {
            let parts: Vec<String> = parts.iter().map(|part| self::constant(part, show, sets, lang)).collect();
            parts.join(texts::list_comma().get(lang))
        }
        Constant::Counting(counting) => counting.word(lang).into(),
        other => value(other.value(), show, sets, lang),
    }
}

fn option(set: u16, index: u16, sets: &[OptionSet]) -> String {
    let option = sets.get(usize::from(set)).and_then(|set| set.options.get(usize::from(index)));
    option.cloned().unwrap_or_default()
}

fn duration(Length { count, weeks }: Length, unit: DurationUnit, lang: Lang) -> String {
    let (count, zh, en) = match unit {
        DurationUnit::Days if weeks && count % 7 == 0 => (count / 7, "周", "week"),
        DurationUnit::Days => (count, "日", "day"),
        DurationUnit::WorkDays => (count, "个工作日", "workday"),
        DurationUnit::Months => (count, "个月", "month"),
    };
    match lang {
        Lang::Zh => format!("{count}{zh}"),
        Lang::En => counted(count, en),
    }
}

/// `1 day`, `2 days`
pub(crate) fn counted(count: i64, unit: &str) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}
