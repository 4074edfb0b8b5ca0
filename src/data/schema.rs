//! The same contract as JSON Schema 2020-12, and an empty document to fill in.
//!
//! The schema has no `required`, and every type may be `null`: a blank is a finding of the rules, not of the structure.
//! It cannot say duplicate keys, check digits, `唯一`, raw bytes or which days a date may be; the decoder alone checks those.

use serde_json::{Map, Value, json};

use crate::data::shape::{Bounds, Element, Field, Fields, Format, Kind, Shape};
use crate::syntax::ast::DurationUnit;
use crate::value::Quotient;

/// The JSON Schema of a pack's document.
#[must_use]
pub fn schema(shape: &Shape) -> Value {
    let mut schema = match shape.tables.first().map(|table| &table.element) {
        Some(Element::Record(fields)) => object(shape, fields),
        _ => json!({}),
    };
    if let Some(schema) = schema.as_object_mut() {
        // The document itself is an object, never null.
        schema.insert("type".into(), json!("object"));
        schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
        schema.insert("title".into(), json!(format!("{}@{}", shape.pack.0, shape.pack.1)));
        let id = escape_pattern(&shape.pack.0);
        let envelope = json!({"type": ["string", "null"], "pattern": format!("^{id}(@|$)")});
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            properties.entry("规则集").or_insert(envelope);
        }
    }
    schema
}

/// A document with every key, all of them blank.
#[must_use]
pub fn template(shape: &Shape) -> Value {
    let mut document = match shape.tables.first().map(|table| &table.element) {
        Some(Element::Record(fields)) => blank(fields),
        _ => Map::new(),
    };
    document.entry("规则集").or_insert_with(|| json!(format!("{}@{}", shape.pack.0, shape.pack.1)));
    Value::Object(document)
}

fn blank(fields: &Fields) -> Map<String, Value> {
    let value = |field: &Field| match &field.kind {
        Kind::Record(inner) if !field.optional => Value::Object(blank(inner)),
        _ => Value::Null,
    };
    fields.fields.iter().map(|field| (field.name.clone(), value(field))).collect()
}

fn object(shape: &Shape, fields: &Fields) -> Value {
    let properties: Map<String, Value> =
        fields.fields.iter().map(|field| (field.name.clone(), property(shape, field))).collect();
    json!({"type": ["object", "null"], "properties": properties, "additionalProperties": false})
}

fn property(shape: &Shape, field: &Field) -> Value {
    let mut schema = kind(shape, &field.kind);
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("title".into(), json!(field.label));
        let unit = field.notes.unit.as_ref().map(|unit| format!("单位:{unit}"));
        let notes: Vec<String> = field.notes.guidance().into_iter().chain(unit).collect();
        if !notes.is_empty() {
            schema.insert("description".into(), json!(notes.join(";")));
        }
        if let Some(example) = &field.notes.example {
            schema.insert("examples".into(), json!([example]));
        }
    }
    schema
}

fn kind(shape: &Shape, kind: &Kind) -> Value {
    match kind {
        Kind::Bool => json!({"type": ["boolean", "null"]}),
        Kind::Integer(bounds) => number("integer", bounds, (Some(i64::MIN), Some(i64::MAX))),
        Kind::Decimal(bounds) => number("number", bounds, (None, None)),
        Kind::Text(None) => json!({"type": ["string", "null"]}),
        Kind::Text(Some(format)) => {
            json!({"type": ["string", "null"], "pattern": format!("^({})$|^\\s*$", pattern(*format))})
        }
        // An empty text is a blank; `format` refuses days that do not exist.
        Kind::Date(_) => json!({"anyOf": [
            {"type": "null"}, {"type": "string", "pattern": "^\\s*$"},
            {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}]}),
        Kind::Duration(unit) => {
            let units = match unit {
                DurationUnit::Days => "日|天|周",
                DurationUnit::WorkDays => "个工作日",
                DurationUnit::Months => "个月|年",
            };
            json!({"type": ["string", "null"], "pattern": format!("^[0-9]{{1,7}}({units})$")})
        }
        Kind::Option(set) => {
            let options = shape.option_sets.get(usize::from(*set)).map(|set| set.options.as_slice());
            let options: Vec<Value> = options.unwrap_or_default().iter().map(|option| json!(option)).collect();
            json!({"enum": options.into_iter().chain([Value::Null]).collect::<Vec<_>>()})
        }
        Kind::Record(fields) => object(shape, fields),
        Kind::List(table) => {
            let items = match shape.tables.get(usize::from(*table)).map(|table| &table.element) {
                Some(Element::Record(fields)) => {
                    let mut items = object(shape, fields);
                    if let Some(items) = items.as_object_mut() {
                        items.insert("type".into(), json!("object"));
                    }
                    items
                }
                Some(Element::Scalar(element)) => self::kind(shape, element),
                None => json!({}),
            };
            json!({"type": ["array", "null"], "items": items})
        }
    }
}

fn number(name: &str, bounds: &Bounds, widest: (Option<i64>, Option<i64>)) -> Value {
    let mut schema = Map::new();
    schema.insert("type".into(), json!([name, "null"]));
    for (key, bound, widest) in [("minimum", bounds.min, widest.0), ("maximum", bounds.max, widest.1)] {
        if let Some(bound) = bound.map(literal).or(widest.map(|widest| json!(widest))) {
            schema.insert(key.into(), bound);
        }
    }
    Value::Object(schema)
}

/// A bound as a JSON number: bounds are decimals with few digits.
fn literal(bound: Quotient) -> Value {
    serde_json::from_str(&crate::eval::show::quotient(bound)).unwrap_or_default()
}

fn pattern(format: Format) -> &'static str {
    match format {
        Format::SchoolCode => "(11|21|31|34|36|51)[0-9]{8}",
        Format::CreditCode => "[0-9A-HJ-NPQRTUWXY]{18}",
        Format::RegionCode => "[0-9]{6}",
        Format::Mobile => "1[0-9]{10}",
        Format::Phone => "0[0-9]{2,3}-[0-9]{7,8}|[0-9]{7,12}",
    }
}

fn escape_pattern(text: &str) -> String {
    text.chars().flat_map(|c| if r".^$*+?()[]{}|\".contains(c) { vec!['\\', c] } else { vec![c] }).collect()
}
