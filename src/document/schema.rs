//! The same contract as JSON Schema 2020-12, and an empty document to fill in.
//!
//! What must be filled in is `required` and not `null`; what may be left out may be `null`. Texts are described in their
//! normal form ([`crate::normalize`]), of which one that nobody can see is `null`: the decoder reads others as well.
//! A schema cannot say duplicate keys, check digits, `唯一`, `约束`, placeholders, which days
//! a date may be, or raw bytes; the decoder alone checks those.

use serde_json::{Map, Value, json};

use crate::shape::{ENVELOPE, Element, Field, Fields, Kind, Shape};
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;

/// The JSON Schema of a pack's document.
#[must_use]
pub fn schema(shape: &Shape) -> Value {
    let mut schema = object(shape, &asked(shape));
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
        schema.insert("title".into(), json!(format!("{}@{}", shape.pack.0, shape.pack.1)));
        let id = escape_pattern(&shape.pack.0);
        let envelope = json!({"type": ["string", "null"], "pattern": format!("^{id}(@|$)")});
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            properties.entry(ENVELOPE).or_insert(envelope);
        }
    }
    schema
}

/// A document with every key, all of them blank; a list that must have elements has so many, blank as well.
#[must_use]
pub fn template(shape: &Shape) -> Value {
    let mut document = blank(shape, &asked(shape));
    document.entry(ENVELOPE).or_insert_with(|| json!(format!("{}@{}", shape.pack.0, shape.pack.1)));
    Value::Object(document)
}

/// The document's fields without the one that stands for other documents.
fn asked(shape: &Shape) -> Fields {
    let mut fields = shape.document().cloned().unwrap_or_default();
    fields.fields.retain(|field| shape.fold != Some(field.slot));
    fields
}

fn blank(shape: &Shape, fields: &Fields) -> Map<String, Value> {
    let value = |field: &Field| match &field.kind {
        Kind::Record(inner) if !field.optional => Value::Object(blank(shape, inner)),
        Kind::List(table) if field.min_items > 0 && !field.optional => {
            let element = shape.records(*table).map_or(Value::Null, |inner| Value::Object(blank(shape, inner)));
            Value::Array(vec![element; field.min_items.min(TEMPLATE_ITEMS) as usize])
        }
        _ => Value::Null,
    };
    fields.fields.iter().map(|field| (field.name.clone(), value(field))).collect()
}

/// So many elements of a list are written out.
const TEMPLATE_ITEMS: u32 = 100;

/// An object that is there; [`optional`] lets it be `null`.
fn object(shape: &Shape, fields: &Fields) -> Value {
    let fields = &fields.fields;
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.name.clone(), property(shape, field))).collect();
    let required: Vec<&str> = fields.iter().filter(|field| !field.optional).map(|field| field.name.as_str()).collect();
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

/// The same for a value that may be left out.
fn optional(mut schema: Value) -> Value {
    let Some(members) = schema.as_object_mut() else { return schema };
    if let Some(Value::String(ty)) = members.get("type") {
        let ty = json!([ty, "null"]);
        members.insert("type".into(), ty);
    } else if let Some(Value::Array(options)) = members.get_mut("enum") {
        options.push(Value::Null);
    }
    schema
}

fn property(shape: &Shape, field: &Field) -> Value {
    let mut schema = kind(shape, &field.kind);
    if field.optional {
        schema = optional(schema);
    }
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("title".into(), json!(field.label));
        if field.min_items > 0 {
            schema.insert("minItems".into(), json!(field.min_items));
        }
        // A form speaks the language of its labels.
        let lang = Lang::of(&field.label);
        let unit = field.notes.unit.as_ref().map(|unit| format!("{}{unit}", texts::unit().get(lang)));
        let notes: Vec<String> = field.notes.guidance().into_iter().chain(unit).collect();
        if !notes.is_empty() {
            schema.insert("description".into(), json!(notes.join(texts::note_semicolon().get(lang))));
        }
        if let Some(example) = &field.notes.example {
            schema.insert("examples".into(), json!([example]));
        }
    }
    schema
}

fn kind(shape: &Shape, kind: &Kind) -> Value {
    match kind {
        Kind::Record(fields) => object(shape, fields),
        Kind::List(table) => match shape.tables.get(usize::from(*table)).map(|table| &table.element) {
            Some(Element::Record(fields)) => {
                json!({"type": "array", "items": object(shape, fields), "uniqueItems": true})
            }
            Some(Element::Scalar(element)) => json!({"type": "array", "items": self::kind(shape, element)}),
            None => json!({"type": "array"}),
        },
        scalar => scalar.schema(&shape.option_sets),
    }
}

fn escape_pattern(text: &str) -> String {
    text.chars().flat_map(|c| if r".^$*+?()[]{}|\".contains(c) { vec!['\\', c] } else { vec![c] }).collect()
}
