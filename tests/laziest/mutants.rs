//! What nobody would mean, in the place of what a document says.

use bulou_api::form::{FormField, FormKind};
use serde_json::{Value, json};

/// A document with one thing changed.
pub struct Mutant {
    /// Where and how, `隐患/整改期限 2099-01-01`.
    pub name: String,
    pub document: Value,
}

/// Every mutant of a document of this form.
pub fn mutants(form: &[FormField], document: &Value) -> Vec<Mutant> {
    let mut made = Vec::new();
    record(form, &Place { document, pointer: String::new(), name: String::new(), rows: None }, &mut made);
    made
}

/// A place in a document, by pointer and by the names of the fields alone.
struct Place<'d> {
    document: &'d Value,
    pointer: String,
    name: String,
    /// The list that it is in the first row of, where the row is a record.
    rows: Option<String>,
}

impl Place<'_> {
    fn value(&self) -> Option<&Value> {
        self.document.pointer(&self.pointer).filter(|value| !value.is_null())
    }

    fn field(&self, key: &str) -> Self {
        let name = if self.name.is_empty() { key.to_owned() } else { format!("{}/{key}", self.name) };
        Self { document: self.document, pointer: format!("{}/{key}", self.pointer), name, rows: self.rows.clone() }
    }

    /// The first row that says most: one with as many fields as any.
    fn row(&self, rows: &[Value]) -> Self {
        let size = |row: &Value| row.as_object().map_or(0, serde_json::Map::len);
        let most = rows.iter().map(size).max().unwrap_or_default();
        let at = rows.iter().position(|row| size(row) == most).unwrap_or_default();
        let (pointer, rows) = (format!("{}/{at}", self.pointer), Some(self.pointer.clone()));
        Self { document: self.document, pointer, name: self.name.clone(), rows }
    }

    fn put(&self, what: &str, value: Value, made: &mut Vec<Mutant>) {
        let mut document = self.document.clone();
        let Some(place) = document.pointer_mut(&self.pointer) else { return };
        if *place != value {
            *place = value;
            made.push(Mutant { name: format!("{} {what}", self.name), document });
        }
    }

    /// All rows say what this one does.
    fn copy(&self, made: &mut Vec<Mutant>) {
        let Some((own, list)) = self.value().cloned().zip(self.rows.as_ref()) else { return };
        let row = self.pointer.strip_prefix(list.as_str()).and_then(|rest| rest.strip_prefix('/'));
        let Some((_, key)) = row.and_then(|row| row.split_once('/')) else { return };
        let mut document = self.document.clone();
        let rows = document.pointer_mut(list).and_then(Value::as_array_mut).into_iter().flatten();
        rows.filter_map(|row| row.get_mut(key)).for_each(|other| *other = own.clone());
        if document != *self.document {
            made.push(Mutant { name: format!("{} 各行同一个", self.name), document });
        }
    }
}

fn record(form: &[FormField], place: &Place<'_>, made: &mut Vec<Mutant>) {
    for field in form {
        value(&field.kind, &place.field(&field.key), made);
    }
}

fn value(kind: &FormKind, place: &Place<'_>, made: &mut Vec<Mutant>) {
    let Some(value) = place.value() else { return };
    let mut put = |what: &str, value: Value| place.put(what, value, made);
    match kind {
        FormKind::Text { .. } => {
            for (what, text) in [("无", "无"), ("/", "/"), ("看不见", "\u{200B}")] {
                put(what, json!(text));
            }
            place.copy(made);
        }
        FormKind::Date => ["1990-01-01", "2099-01-01"].iter().for_each(|day| put(day, json!(day))),
        FormKind::Integer { .. } => {
            for (what, number) in [("0", 0), ("-1", -1), ("最大", i64::MAX)] {
                put(what, json!(number));
            }
        }
        FormKind::Bool => put("反过来", json!(value != true)),
        FormKind::Option { options } => {
            let at = options.iter().position(|option| value == option.as_str()).unwrap_or_default();
            let next = &options[(at + 1) % options.len()];
            put(next, json!(next));
        }
        FormKind::Record { fields, .. } => record(fields, place, made),
        FormKind::List { element } => {
            let rows = value.as_array().map(Vec::as_slice).unwrap_or_default();
            put("空表", json!([]));
            if let [first, _, ..] = rows {
                put("只留一行", json!([first]));
            }
            if !rows.is_empty() {
                self::value(element, &place.row(rows), made);
            }
        }
        FormKind::Decimal { .. } | FormKind::Duration { .. } => {}
    }
}
