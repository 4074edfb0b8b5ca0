//! Keywords of a further JSON Schema that its draft does not know: by the standard they are passed over, so that one that
//! is misspelt, `requird`, would ask for nothing and say nothing.

use bulou_base::sanitize::shortened;
use bulou_document::pointer_step;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;
use serde_json::{Map, Value};

/// Keywords whose value is a schema, or an array of schemas.
const SCHEMAS: [&str; 18] = [
    "items",
    "prefixItems",
    "additionalItems",
    "unevaluatedItems",
    "contains",
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "contentSchema",
    "extends",
    "disallow",
];
/// Keywords whose value is an object of schemas by name.
const NAMED: [&str; 6] =
    ["properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "dependencies"];
/// All others that ask something of a document, of drafts 4 to 2020-12.
const ASKING: [&str; 24] = [
    "$ref",
    "$dynamicRef",
    "$recursiveRef",
    "type",
    "enum",
    "const",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxContains",
    "minContains",
    "maxProperties",
    "minProperties",
    "required",
    "dependentRequired",
    "format",
];
/// Those that say something and ask nothing.
const SAYING: [&str; 17] = [
    "$schema",
    "$id",
    "id",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$vocabulary",
    "$comment",
    "title",
    "description",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "examples",
    "contentMediaType",
    "contentEncoding",
];
/// Of those whose value is a schema, or schemas, such as ask nothing by themselves.
const HELPING: [&str; 5] = ["$defs", "definitions", "contentSchema", "then", "else"];

/// Whether a schema asks anything of a document: one without such a keyword is met by all of them.
pub fn asks(schema: &Value) -> bool {
    let is_asking = |key: &str| {
        let has_schemas = SCHEMAS.contains(&key) || NAMED.contains(&key);
        ASKING.contains(&key) || has_schemas && !HELPING.contains(&key)
    };
    match schema {
        Value::Object(members) => members.keys().any(|key| is_asking(key)),
        // What is no schema at all is refused elsewhere.
        other => *other != Value::Bool(true),
    }
}

/// What is to be said of a schema's keywords.
pub fn unknown(schema: &Value) -> Vec<LocalizedText> {
    let mut found = Vec::new();
    visit(schema, String::new(), &mut found);
    found
}

fn visit(schema: &Value, path: String, found: &mut Vec<LocalizedText>) {
    match schema {
        Value::Array(all) => {
            all.iter().enumerate().for_each(|(index, one)| visit(one, format!("{path}/{index}"), found));
        }
        Value::Object(members) => members.iter().for_each(|(key, value)| member(key, value, &path, found)),
        _ => {}
    }
}

fn member(key: &str, value: &Value, path: &str, found: &mut Vec<LocalizedText>) {
    let path = format!("{path}/{}", pointer_step(key));
    if SCHEMAS.contains(&key) {
        visit(value, path, found);
    } else if NAMED.contains(&key) {
        let empty = Map::new();
        let named = value.as_object().unwrap_or(&empty);
        named.iter().for_each(|(name, schema)| visit(schema, format!("{path}/{}", pointer_step(name)), found));
    } else if !ASKING.contains(&key) && !SAYING.contains(&key) && !key.starts_with("x-") {
        found.push(words(key, &path));
    }
}

fn words(key: &str, path: &str) -> LocalizedText {
    let known = SCHEMAS.iter().chain(&NAMED).chain(&ASKING).chain(&SAYING);
    let near =
        known.map(|known| (strsim::osa_distance(known, key), known)).filter(|(distance, _)| *distance <= 2).min();
    let words = match near {
        Some((_, near)) => texts::did_you_mean_2(&near).text(),
        None => LocalizedText::default(),
    };
    let (key, path) = (shortened(key), shortened(path));
    texts::json_schema_no_keyword(&key, &path, &words).text()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{asks, unknown};

    #[test]
    fn a_misspelt_keyword_is_told_wherever_a_schema_stands_and_no_name_of_a_field() {
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "properties": {"requird": {"type": "object", "requird": ["a"]}, "学校": {"allOf": [{"maximun": 1}]}},
            "const": {"requird": 1},
            "x-note": 1,
        });
        let said: Vec<String> = unknown(&schema).into_iter().map(|words| words.en).collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(
            said.iter().any(|one| one.contains("(/properties/requird/requird)") && one.contains("`required`")),
            "{said:?}"
        );
        assert!(said.iter().any(|one| one.contains("/allOf/0/maximun") && one.contains("`maximum`")), "{said:?}");
        assert!(unknown(&json!(true)).is_empty());
    }

    #[test]
    fn a_schema_asks_something_or_nothing() {
        for asking in [json!({"type": "object"}), json!({"$ref": "#/$defs/a", "$defs": {"a": {}}}), json!(false)] {
            assert!(asks(&asking), "{asking}");
        }
        for idle in [json!({}), json!(true), json!({"学校": {"名称": "甲"}}), json!({"title": "a", "$defs": {"a": {}}})]
        {
            assert!(!asks(&idle), "{idle}");
        }
    }
}
