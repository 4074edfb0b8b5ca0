//! How values are written for people.

use num_traits::CheckedMul as _;

use crate::data::shape::OptionSet;
use crate::ir::expr::Show;
use crate::ir::{Constant, Counting};
use crate::syntax::ast::DurationUnit;
use crate::value::{Length, Quotient, Value};

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
        (Value::Number(number), Show::Number(unit)) if unit.is_empty() => quotient(number),
        (Value::Number(number), Show::Number(unit)) => format!("{} {unit}", quotient(number)),
        (Value::Number(number), _) => quotient(number),
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

/// A number: whole, with up to four digits after the point when that is exact, else as a quotient.
pub(crate) fn quotient(number: Quotient) -> String {
    if number.is_integer() {
        return number.numer().to_string();
    }
    // Beyond what fits, only the quotient is exact.
    if let Some(scaled) = number.checked_mul(&Quotient::from_integer(10_000)).filter(Quotient::is_integer) {
        let digits = scaled.to_integer();
        let (sign, digits) = (if digits < 0 { "-" } else { "" }, digits.unsigned_abs());
        let text = format!("{sign}{}.{:04}", digits / 10_000, digits % 10_000);
        return text.trim_end_matches('0').to_owned();
    }
    format!("{}/{}", number.numer(), number.denom())
}
