//! Keys that stand twice in an object. `serde_json` has no value for that: here one value stands for both.

use serde_json::{Map, Value, json};

use super::model::{Kind, Scalar};

/// Under this key stand the two values, and what the reference reads in their place.
const TWICE: &str = "\u{0}twice";

/// Two values of a field's key. Which of them is meant nobody knows, as of a value that cannot be read.
pub fn twice(kind: &Kind, first: &Value, second: &Value) -> Value {
    let unreadable = if matches!(kind, Kind::Scalar(Scalar::Text)) { json!(7) } else { json!("乱") };
    json!({TWICE: [first, second, unreadable]})
}

fn of(members: &Map<String, Value>) -> Option<&[Value]> {
    members.get(TWICE).and_then(Value::as_array).map(Vec::as_slice)
}

/// The document as bytes have it.
pub fn written(value: &Value) -> String {
    let join = |parts: Vec<String>| parts.join(",");
    match value {
        Value::Object(members) => {
            let member = |(key, value): (&String, &Value)| {
                let both = value.as_object().and_then(of).map_or(std::slice::from_ref(value), |all| &all[..2]);
                join(both.iter().map(|value| format!("{}:{}", json!(key), written(value))).collect())
            };
            format!("{{{}}}", join(members.iter().map(member).collect()))
        }
        Value::Array(items) => format!("[{}]", join(items.iter().map(written).collect())),
        other => other.to_string(),
    }
}

/// The document as a reader of values has it.
pub fn read(value: &Value) -> Value {
    match value {
        Value::Object(members) => match of(members) {
            Some(all) => all[2].clone(),
            None => members.iter().map(|(key, value)| (key.clone(), read(value))).collect(),
        },
        Value::Array(items) => items.iter().map(read).collect(),
        other => other.clone(),
    }
}
