//! How values are written for people.

use crate::built_in::Counting;
use crate::data::Constant;
use crate::data::shape::OptionSet;
use crate::ir::expr::Show;
use crate::syntax::ast::DurationUnit;
use crate::value::{Length, Value, shown_number};

/// What a value that is not there is called.
pub(crate) const BLANK: &str = "(未填)";

/// A value, as its type is shown. Rows are named by the caller.
pub(crate) fn value(value: Value<'_>, show: &Show, sets: &[OptionSet]) -> String {
    if *show == Show::Hidden {
        return "(不显示)".into();
    }
    match (value, show) {
        (Value::Absent, _) => BLANK.into(),
        (Value::Unknown | Value::Astray(_), _) => "(还不知道)".into(),
        (Value::Bool(value), _) => if value { "是" } else { "否" }.into(),
        (Value::Number(number), Show::Number(unit)) if unit.is_empty() => shown_number(number),
        (Value::Number(number), Show::Number(unit)) => format!("{} {unit}", shown_number(number)),
        (Value::Number(number), _) => shown_number(number),
        (Value::Text(text), _) => text.written.to_owned(),
        (Value::Date(date), _) => date.to_string(),
        (Value::Duration(length), Show::Duration(unit)) => duration(length, *unit),
        (Value::Duration(length), _) => duration(length, DurationUnit::Days),
        (Value::Option(index), Show::Option(set)) => option(*set, index, sets),
        (Value::Option(index), _) => index.to_string(),
        (Value::Row(_), _) => String::new(),
    }
}

/// A constant likewise; lists between braces.
pub(crate) fn constant(constant: &Constant, show: &Show, sets: &[OptionSet]) -> String {
    match constant {
        Constant::List(parts) => {
            let parts: Vec<String> = parts.iter().map(|part| self::constant(part, show, sets)).collect();
            parts.join("、")
        }
        Constant::Counting(Counting::Natural) => "自然日".into(),
        Constant::Counting(Counting::Rolled) => "顺延".into(),
        Constant::Counting(Counting::Working) => "工作日".into(),
        other => value(other.value(), show, sets),
    }
}

fn option(set: u16, index: u16, sets: &[OptionSet]) -> String {
    let option = sets.get(usize::from(set)).and_then(|set| set.options.get(usize::from(index)));
    option.cloned().unwrap_or_default()
}

fn duration(Length { count, weeks }: Length, unit: DurationUnit) -> String {
    match unit {
        DurationUnit::Days if weeks && count % 7 == 0 => format!("{}周", count / 7),
        DurationUnit::Days => format!("{count}日"),
        DurationUnit::WorkDays => format!("{count}个工作日"),
        DurationUnit::Months => format!("{count}个月"),
    }
}
