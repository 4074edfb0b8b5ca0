//! Blanks in documents that were filled in whole, and what may be put into them.

use serde_json::{Value, json};

use super::documents::{Filling, fill};
use super::model::{Field, Kind, Model, Scalar};
use super::twice::twice;
use crate::choices::Choices;

/// A place of a document that holds a value.
#[derive(Clone, Debug)]
pub struct Place {
    /// JSON Pointer of the record or list that it is in.
    parent: String,
    key: String,
    field: Field,
    /// Its absence would be a fact, and no blank.
    optional: bool,
}

/// What makes a value a blank.
const WAYS: [&str; 5] = ["absent", "null", "blank", "wrong", "twice"];

impl Place {
    fn inside(&self) -> String {
        format!("{}/{}", self.parent, self.key)
    }

    /// Whether it is this field of the document itself.
    pub fn is(&self, key: &str) -> bool {
        self.parent.is_empty() && self.key == key
    }

    fn element(&self) -> bool {
        self.key.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Takes the value out of a document, or makes it one that cannot be read; false where there is none any more.
    pub fn blank(&self, document: &mut Value, choices: &mut Choices) -> bool {
        let text = matches!(self.field.kind, Kind::Scalar(Scalar::Text | Scalar::Date | Scalar::Plan));
        let wrong = match self.field.kind {
            Kind::Scalar(Scalar::Whole | Scalar::Decimal) => choices.pick(&[json!("3"), json!({}), json!(1e40)]),
            Kind::Scalar(Scalar::Date | Scalar::Plan) => choices.pick(&[json!("2022-02-30"), json!(20_220_624)]),
            _ => choices.pick(&[json!({"多": 1}), json!(7)]),
        };
        let wrong = match &self.field.kind {
            Kind::Record(_) => choices.pick(&[json!("乱"), json!({}), json!({"多": 1})]),
            Kind::Scalar(Scalar::Text) => json!(5),
            _ => wrong,
        };
        let weights: &[usize] = if self.optional { &[0, 0, 0, 3, 1] } else { &[5, 2, 1, 3, 1] };
        match WAYS[choices.weighted(weights)] {
            "absent" if !self.element() => self.remove(document),
            "twice" if !self.element() => {
                let Some(value) = document.pointer(&self.inside()).cloned() else { return false };
                self.put(document, twice(&self.field.kind, &value, &value))
            }
            "blank" if text => self.put(document, json!(choices.pick(&["", " "]))),
            "wrong" => self.put(document, wrong),
            _ if self.optional => self.put(document, wrong),
            _ => self.put(document, Value::Null),
        }
    }

    /// Takes the value out of a document; what is an element of a list cannot be taken out and leave a blank.
    pub fn remove(&self, document: &mut Value) -> bool {
        if self.element() {
            return self.put(document, Value::Null);
        }
        let members = document.pointer_mut(&self.parent).and_then(Value::as_object_mut);
        members.is_some_and(|members| members.remove(&self.key).is_some())
    }

    /// Puts a value there that the place can hold.
    pub fn complete(&self, model: &Model, document: &mut Value, until: &str, choices: &mut Choices) -> bool {
        let value = fill(model, &self.field, Filling::Whole, until, choices);
        self.put(document, value)
    }

    fn put(&self, document: &mut Value, value: Value) -> bool {
        match document.pointer_mut(&self.parent) {
            Some(Value::Object(members)) => {
                members.insert(self.key.clone(), value);
                true
            }
            Some(Value::Array(items)) => {
                let place = self.key.parse().ok().and_then(|index: usize| items.get_mut(index));
                place.map(|place| *place = value).is_some()
            }
            _ => false,
        }
    }
}

/// All places of a document, outer ones before those within them.
pub fn places(model: &Model, document: &Value) -> Vec<Place> {
    places_of(model, 0, document)
}

/// The same of the document that is another record of the model.
pub fn places_of(model: &Model, of: usize, document: &Value) -> Vec<Place> {
    let mut found = Vec::new();
    record(model, of, "", document, &mut found);
    found
}

fn record(model: &Model, record: usize, at: &str, value: &Value, found: &mut Vec<Place>) {
    let Some(members) = value.as_object() else { return };
    for field in &model.records[record].fields {
        let Some(value) = members.get(&field.name).filter(|value| !value.is_null()) else { continue };
        let (parent, key) = (at.to_owned(), field.name.clone());
        let place = Place { parent, key, field: field.clone(), optional: field.optional };
        within(model, place, value, found);
    }
}

fn within(model: &Model, place: Place, value: &Value, found: &mut Vec<Place>) {
    let (at, field) = (place.inside(), place.field.clone());
    found.push(place);
    match &field.kind {
        Kind::Scalar(_) => {}
        Kind::Record(inner) => record(model, *inner, &at, value, found),
        Kind::List(element) => {
            for (index, value) in value.as_array().into_iter().flatten().enumerate() {
                let field = Field { kind: (**element).clone(), optional: false, ..field.clone() };
                let place = Place { parent: at.clone(), key: index.to_string(), field, optional: false };
                within(model, place, value, found);
            }
        }
    }
}

/// The places whose absence is a blank.
pub fn required(places: Vec<Place>) -> Vec<Place> {
    places.into_iter().filter(|place| !place.optional).collect()
}
