//! Parameters that a caller overrides, read by the type that the pack gives them.

use crate::compare_constants;
use bulou_base::value::Truth;
use bulou_document::placeholder::{Asked, Placeholders};
use bulou_document::types::Domain;
use bulou_document::{Constant, Unread, is_compound};
use bulou_ir::expr::Show;
use bulou_ir::{Names, Param, ParamType, RuleSet};
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::CompareOp;
use bulou_syntax::built_in::Counting;

/// Parameters of a file that the bureau published: a JSON object of names and values, texts or not.
///
/// # Errors
/// The bytes are no JSON object, or a name stands twice in it.
pub fn from_json(bytes: &[u8]) -> Result<Vec<(String, String)>, Unread> {
    let object: serde_json::Map<String, serde_json::Value> = bulou_document::from_json(bytes)?;
    Ok(object.into_iter().map(|(name, value)| (name, as_text(value))).collect())
}

/// A value as it would be written on the command line; `null` is blank, in a list too.
fn as_text(value: serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        Value::Array(items) => {
            let item = |item: Value| if item == Value::Null { "\"\"".to_owned() } else { item.to_string() };
            format!("[{}]", items.into_iter().map(item).collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

/// The pack's parameters with the caller's in their place; what does not fit is reported.
pub(crate) fn resolve(rules: &RuleSet, given: &[(String, String)], problems: &mut Vec<LocalizedText>) -> Vec<Constant> {
    let mut params: Vec<Constant> = rules.params.iter().map(|param| param.default.clone()).collect();
    for (name, text) in given {
        let Some(index) = rules.params.iter().position(|param| param.name == *name) else {
            let known: Vec<&str> = rules.params.iter().map(|param| param.name.as_str()).collect();
            problems.push(texts::no_parameter_pack(&name, &Each(&known.join("、"), &known.join(", "))).text());
            continue;
        };
        let Some(param) = rules.params.get(index) else { continue };
        match (parse(&param.ty, text.trim(), rules), params.get_mut(index)) {
            (Some(value), Some(_)) if is_blank(&value, &rules.shape.placeholders) => {
                problems.push(texts::says_nothing_parameter_takes(&name, &text).text())
            }
            (Some(value), Some(_)) if !param.admits(&value) => problems.push(not_named(param, text)),
            (Some(value), Some(_)) if param.range.as_ref().is_some_and(|range| !is_within(range, &value)) => {
                let sets = &rules.shape.option_sets;
                let shown = |end: &Constant, lang| super::show::constant(end, &show(&param.ty), sets, lang);
                let ends = |lang| {
                    param.range.as_ref().map(|(low, high)| (shown(low, lang), shown(high, lang))).unwrap_or_default()
                };
                let ((low, high), (least, most)) = (ends(Lang::Zh), ends(Lang::En));
                problems.push(
                    texts::does_not_lie_between_parameter(&name, &text, &Each(&low, &least), &Each(&high, &most))
                        .text(),
                );
            }
            (Some(value), Some(place)) => *place = value,
            _ => problems.push(
                texts::does_not_fit_parameter(
                    &name,
                    &text,
                    &Each(&example(&param.ty, Lang::Zh), &example(&param.ty, Lang::En)),
                )
                .text(),
            ),
        }
    }
    params
}

/// Why a text is nothing that a parameter may name.
fn not_named(param: &Param, text: &str) -> LocalizedText {
    let name = &param.name;
    match param.names {
        Some(Names::Persons) => texts::parameter_compared_persons_their(&name, &text).text(),
        _ => texts::parameter_names_months_frequency(&name, &text).text(),
    }
}

/// Whether a text is a value of a parameter's type, within its range or not; nothing without such a parameter.
pub fn has_type(rules: &RuleSet, name: &str, text: &str) -> Option<bool> {
    let param = rules.params.iter().find(|param| param.name == name)?;
    Some(parse(&param.ty, text.trim(), rules).is_some())
}

/// Whether a value says nothing, so that what a rule asks by it would be asked of nobody: a blank text, one of these
/// placeholders, a list that is empty or has such an element.
pub fn is_blank(value: &Constant, placeholders: &[String]) -> bool {
    match value {
        Constant::Text(text) => {
            let normal = text.text().normal;
            normal.is_empty() || Placeholders::new(placeholders).hold(normal, &Asked::default())
        }
        Constant::List(parts) => parts.is_empty() || parts.iter().any(|part| is_blank(part, placeholders)),
        _ => false,
    }
}

/// Whether a value, or each of a list, lies in a range.
pub fn is_within(range: &(Constant, Constant), value: &Constant) -> bool {
    match value {
        Constant::List(parts) => parts.iter().all(|part| within(range, part)),
        one => within(range, one),
    }
}

/// Whether a value lies in a range, both ends included.
fn within((low, high): &(Constant, Constant), value: &Constant) -> bool {
    [(CompareOp::Ge, low), (CompareOp::Le, high)]
        .into_iter()
        .all(|(op, end)| compare_constants(op, value, end) == Truth::True)
}

fn parse(ty: &ParamType, text: &str, rules: &RuleSet) -> Option<Constant> {
    Some(match ty {
        ParamType::Field(kind) => kind.param(text, &rules.shape.option_sets)?,
        ParamType::Counting => Constant::Counting(Counting::named(text)?),
        ParamType::List(element) => Constant::List(
            elements(text, element)?.iter().map(|part| parse(element, part, rules)).collect::<Option<_>>()?,
        ),
    })
}

/// The elements of a list as people, rules and JSON write it: `7,8`, `{"甲", "乙"}`, `["甲,乙"]`.
fn elements(text: &str, ty: &ParamType) -> Option<Vec<String>> {
    use serde_json::Value;
    if let Ok(parts) = serde_json::from_str::<Vec<Value>>(text) {
        let of = if let ParamType::Field(kind) = ty { Some(kind.domain()) } else { None };
        // What JSON has beside texts for a type's values.
        let (numbers, truths) = match of {
            Some(Domain::Whole(_) | Domain::Decimal(_)) => (true, false),
            Some(Domain::Bool) => (false, true),
            None
            | Some(
                Domain::Text(_)
                | Domain::Date(_)
                | Domain::Duration(_)
                | Domain::Option(_)
                | Domain::Record(_)
                | Domain::List(_),
            ) => (false, false),
        };
        let text = |part: &Value| match part {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => numbers.then(|| number.to_string()),
            Value::Bool(value) => truths.then(|| value.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        };
        return parts.iter().map(text).collect();
    }
    let within = |(open, close)| text.strip_prefix(open)?.strip_suffix(close);
    let inner = [('[', ']'), ('{', '}')].into_iter().find_map(within).unwrap_or(text).trim();
    // An empty list is blank, an object with members is none.
    if !inner.is_empty() && text.starts_with('{') && is_compound(text) {
        return None;
    }
    let (mut parts, mut quoted) = (vec![String::new()], false);
    for c in inner.chars() {
        match (c, parts.last_mut()) {
            ('"', _) => quoted = !quoted,
            (',' | '、' | '\u{FF0C}', _) if !quoted => parts.push(String::new()),
            (c, Some(part)) => part.push(c),
            (_, None) => {}
        }
    }
    let parts: Vec<String> = parts.iter().map(|part| part.trim().to_owned()).collect();
    // Nothing at all is a list of nothing.
    (!quoted).then(|| if inner.is_empty() { Vec::new() } else { parts })
}

fn example(ty: &ParamType, lang: Lang) -> &'static str {
    let words = match ty {
        ParamType::Field(kind) => kind.param_example(),
        ParamType::Counting => texts::natural_rolled_working(),
        ParamType::List(_) => texts::values_between_commas_such(),
    };
    words.get(lang)
}

/// How a parameter's value is shown.
pub fn show(ty: &ParamType) -> Show {
    match ty {
        ParamType::Field(kind) => match kind.domain() {
            Domain::Bool => Show::Bool,
            Domain::Whole(_) | Domain::Decimal(_) => Show::Number(String::new()),
            Domain::Text(_) | Domain::Record(_) | Domain::List(_) => Show::Text,
            Domain::Date(_) => Show::Date,
            Domain::Duration(unit) => Show::Duration(unit),
            Domain::Option(set) => Show::Option(set),
        },
        ParamType::Counting => Show::Text,
        ParamType::List(element) => show(element),
    }
}

#[cfg(test)]
mod tests {
    use super::elements;
    use bulou_document::shape::Bounds;
    use bulou_document::types::Kind;
    use bulou_ir::ParamType;

    #[test]
    fn a_list_is_read_however_it_is_written() {
        let read = |text: &str| {
            elements(text, &ParamType::Field(Kind::Integer(Bounds::default()))).map(|parts| parts.join("|"))
        };
        for (text, parts) in [
            ("7,8", "7|8"),
            ("[7, 8]", "7|8"),
            ("{\"甲\", \"乙\"}", "甲|乙"),
            ("[\"甲,乙\", \"丙\\\"\"]", "甲,乙|丙\""),
            ("\"甲、乙\"、丙", "甲、乙|丙"),
        ] {
            assert_eq!(read(text), Some(parts.to_owned()), "{text}");
        }
        assert_eq!((read("\"甲,乙"), read("7,8]")), (None, Some("7|8]".to_owned())));
        for wrong in ["{\"a\": \"汽油\"}", "[[7, 8]]", "[{\"a\": 7}]", "[true]", "[null]"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(elements("[7]", &ParamType::Field(Kind::Text(None))), None);
    }
}
