//! The places of a document that a rule reads, and documents made by filling in some of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::candidates::Constants;
use bulou_base::date::Date;
use bulou_base::order;
use bulou_document::shape::{Element, Field, Fields, Kind};
use bulou_ir::RuleSet;

/// One step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Into a record.
    Key(String),
    /// Into the first element of a list.
    First,
}

/// A place and what may stand there.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub path: Vec<Step>,
    /// Each with its size.
    pub choices: Vec<(Json, usize)>,
    /// What a school wrote there is shown in no example.
    sensitive: bool,
}

/// What may stand at a place of one version.
#[derive(Clone, Debug, Default)]
pub(super) struct Choices {
    values: Vec<Json>,
    sensitive: bool,
}

type Places = BTreeMap<Vec<Step>, Choices>;

/// The places that a rule of a version reads: the fields it uses, and the records and lists on the way to them.
pub(super) fn spots(rules: &RuleSet, rule: usize, constants: &Constants, as_of: Date) -> Places {
    let uses = |(_, users): &(&(u16, u32), &Vec<usize>)| users.contains(&rule);
    let used: BTreeSet<(u16, u32)> = rules.field_rules.iter().filter(uses).map(|(place, _)| *place).collect();
    let mut found = Places::new();
    if let Some(Element::Record(fields)) = rules.shape.tables.first().map(|table| &table.element) {
        Reader { rules, used, constants, as_of }.fields(&[], 0, fields, &mut found);
    }
    found
}

struct Reader<'r> {
    rules: &'r RuleSet,
    used: BTreeSet<(u16, u32)>,
    constants: &'r Constants,
    as_of: Date,
}

impl Reader<'_> {
    /// Answers whether anything in these fields is read.
    fn fields(&self, prefix: &[Step], table: u16, fields: &Fields, found: &mut Places) -> bool {
        let mut read = false;
        for field in &fields.fields {
            let path = [prefix, &[Step::Key(field.name.clone())]].concat();
            if self.field(&path, table, field, found) {
                read = true;
                let used = |table: u16, slot: u32| self.used.contains(&(table, slot));
                let values = self.constants.values(self.rules, &field.kind, self.as_of, &used);
                found.insert(path, Choices { values, sensitive: field.sensitive });
            }
        }
        read
    }

    fn field(&self, path: &[Step], table: u16, field: &Field, found: &mut Places) -> bool {
        let own = self.used.contains(&(table, field.slot));
        let within = match &field.kind {
            Kind::Record(inner) => self.fields(path, table, inner, found),
            Kind::List(list) => match self.rules.shape.tables.get(usize::from(*list)).map(|table| &table.element) {
                Some(Element::Record(inner)) => self.fields(&[path, &[Step::First]].concat(), *list, inner, found),
                _ => self.used.contains(&(*list, 0)),
            },
            _ => false,
        };
        own || within
    }
}

/// The places of two versions together.
pub(super) fn joined(old: Places, new: Places) -> Vec<Spot> {
    let mut all = new;
    for (path, Choices { values, sensitive }) in old {
        let choices = all.entry(path).or_default();
        let further: Vec<Json> = values.into_iter().filter(|value| !choices.values.contains(value)).collect();
        choices.values.extend(further);
        choices.sensitive |= sensitive;
    }
    let sized = |values: Vec<Json>| {
        let mut sized: Vec<(Json, usize)> = values.into_iter().map(|value| (value.clone(), size(&value))).collect();
        order::sort_by_key(&mut sized, |(_, size)| *size);
        sized
    };
    let spot = |(path, Choices { values, sensitive })| Spot { path, choices: sized(values), sensitive };
    all.into_iter().map(spot).collect()
}

/// How many values a document or part holds; an empty list or record is one.
pub(super) fn size(value: &Json) -> usize {
    match value {
        Json::Array(parts) if !parts.is_empty() => parts.iter().map(size).sum(),
        Json::Object(parts) if !parts.is_empty() => parts.values().map(size).sum(),
        _ => 1,
    }
}

/// Puts a value at a place, with the records and lists on the way.
pub(super) fn put(document: &mut Json, path: &[Step], value: &Json) {
    match path.split_first() {
        None => document.clone_from(value),
        Some((Step::Key(key), rest)) => {
            if !document.is_object() {
                *document = Json::Object(Map::new());
            }
            if let Some(record) = document.as_object_mut() {
                put(record.entry(key.clone()).or_insert(Json::Null), rest, value);
            }
        }
        Some((Step::First, rest)) => {
            if !document.is_array() {
                *document = Json::Array(vec![Json::Null]);
            }
            if let Some(first) = document.as_array_mut().and_then(|list| list.first_mut()) {
                put(first, rest, value);
            }
        }
    }
}

/// Of a document only what stands at some places, and for what is `敏感` another value that may stand there.
pub(super) fn only(document: &Json, path: &[Step], spots: &[Spot]) -> Json {
    match document {
        Json::Object(parts) => {
            let kept = parts.iter().filter_map(|(key, part)| {
                let inner = [path, &[Step::Key(key.clone())]].concat();
                let spot = spots.iter().find(|spot| spot.path == inner)?;
                let part = if spot.sensitive { spot.choices.first()?.0.clone() } else { only(part, &inner, spots) };
                Some((key.clone(), part))
            });
            Json::Object(kept.collect())
        }
        Json::Array(parts) => {
            let inner = [path, &[Step::First]].concat();
            Json::Array(parts.iter().map(|part| only(part, &inner, spots)).collect())
        }
        other => other.clone(),
    }
}
