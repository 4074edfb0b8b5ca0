//! The decoder and the emitted JSON Schema accept the same documents: the samples, and the samples changed in many ways.
//! A schema speaks of texts in their normal form, of which a blank one is `null`.
#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a test may fail and read files")]

mod packs_support;

use bulou_document::{Clock, Document, TextMemo, decode, normalize::normal, schema::schema};
use bulou_messages::diagnostic::Lang;
use packs_support::{rules, sample};
use serde_json::{Value, json};

/// Every place of a document, as JSON Pointers; of a list the first two elements, for the others have the same shape.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| places(value, &format!("{at}/{key}"), into)),
        Value::Array(items) => {
            let items = items.iter().enumerate().take(2);
            items.for_each(|(index, value)| places(value, &format!("{at}/{index}"), into));
        }
        _ => {}
    }
}

/// The same document with its texts in their normal form.
fn normalized(value: &Value) -> Value {
    match value {
        Value::String(text) => match normal(text) {
            normal if normal.is_empty() => Value::Null,
            normal => json!(normal),
        },
        Value::Array(items) => items.iter().map(normalized).collect(),
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), normalized(value))).collect(),
        other => other.clone(),
    }
}

#[test]
fn decoder_and_schema_agree_on_samples_and_mutations() {
    let rules = rules();
    let schema = schema(&rules.shape);
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a valid schema");
    let mut document = Document::default();
    let wrong = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5),
        json!(""),
        json!("2022-02-30"),
        json!("2022-2-3"),
        json!("大门"),
        json!("2022-02-28"),
        json!("21410003450"),
        json!("12345678日"),
        json!([]),
        json!({}),
        json!([null]),
        json!([{}]),
        json!(2_000_000),
        json!({"x": 1}),
    ];
    // The schema knows no day: here all dates lie before it.
    let params: Vec<_> = rules.params.iter().map(|param| param.default.clone()).collect();
    let clock = Clock { today: "2199-12-31".parse().expect("a day"), params: &params };
    let (mut checked, mut refused) = (0, 0);
    for name in ["南街小学.json", "北关小学-有问题.json", "县幼儿园-未填完.json"] {
        let good: Value = serde_json::from_str(&sample(name)).expect("JSON");
        let mut paths = Vec::new();
        places(&good, "", &mut paths);
        for path in paths.iter().filter(|path| path.as_str() != "/规则集") {
            for value in &wrong {
                let mut changed = good.clone();
                *changed.pointer_mut(path).expect("a place") = value.clone();
                let bytes = changed.to_string();
                let decoded =
                    decode(&rules.shape, clock, bytes.as_bytes(), Lang::Zh, &mut document, &mut TextMemo::default());
                // `唯一`, placeholders, sums and constraints are the decoder's alone.
                let alone = ["D011", "D030", "D036", "D037"];
                let ours =
                    decoded.problems.iter().all(|problem| problem.notice || alone.contains(&problem.code.as_str()));
                let valid = validator.is_valid(&normalized(&changed));
                // What a schema takes for the same is so; what is the same but for how it is written it lets pass.
                let repeated = decoded.problems.iter().any(|problem| problem.code == "D036");
                assert!(ours == valid || repeated && !valid, "{name} {path} {value} {:?}", decoded.problems);
                checked += 1;
                refused += u32::from(!ours);
            }
        }
    }
    assert!(checked > 10_000 && refused > checked / 2, "{checked} {refused}");
}
