//! The fields of a pack's documents by their paths, and the rules that use them.

use std::collections::BTreeSet;

use bulou_document::shape::{Element, Fields, Kind, Shape};
use bulou_ir::RuleSet;
use serde_json::{Map, Value as Json};

/// A field's place in the tables of a shape.
pub(super) type Spot = (u16, u32);

/// The path of a field in a record of this path.
pub(super) fn path(of: &str, field: &str) -> String {
    if of.is_empty() { field.to_owned() } else { format!("{of}/{field}") }
}

/// Shows the path of every field of a document that is filled in by itself, no record: also those of lists' rows.
pub(super) fn each(shape: &Shape, visit: &mut dyn FnMut(&str)) {
    if let Some(fields) = shape.document() {
        record(shape, fields, "", visit);
    }
}

fn record(shape: &Shape, fields: &Fields, at: &str, visit: &mut dyn FnMut(&str)) {
    // What no document holds is nowhere to be filled in.
    for field in fields.fields.iter().filter(|field| !at.is_empty() || shape.fold != Some(field.slot)) {
        let path = path(at, &field.name);
        match &field.kind {
            Kind::Record(inner) => record(shape, inner, &path, visit),
            Kind::List(table) => {
                visit(&path);
                if let Some(rows) = shape.records(*table) {
                    record(shape, rows, &path, visit);
                }
            }
            _ => visit(&path),
        }
    }
}

/// The ids of the rules that use a field.
pub(super) fn users(rules: &RuleSet, spot: Spot) -> Vec<String> {
    let users = rules.field_rules.get(&spot).map(Vec::as_slice).unwrap_or_default();
    users.iter().filter_map(|index| Some(rules.rules.get(*index)?.card.id.clone())).collect()
}

/// The fields that a rule uses.
pub(super) fn used(rules: &RuleSet, rule: usize) -> BTreeSet<Spot> {
    let uses = rules.field_rules.iter().filter(|(_, users)| users.contains(&rule));
    uses.map(|(spot, _)| *spot).collect()
}

/// Of a document only these fields.
pub(super) fn only(shape: &Shape, document: &Json, used: &BTreeSet<Spot>) -> Json {
    let fields = shape.document().and_then(|fields| part(shape, 0, fields, document, used));
    fields.unwrap_or_else(|| Json::Object(Map::new()))
}

fn part(shape: &Shape, table: u16, fields: &Fields, record: &Json, used: &BTreeSet<Spot>) -> Option<Json> {
    let mut kept = Map::new();
    for field in &fields.fields {
        let Some(value) = record.get(&field.name) else { continue };
        let is_used = used.contains(&(table, field.slot));
        let part = match &field.kind {
            Kind::Record(inner) => part(shape, table, inner, value, used),
            Kind::List(index) => rows(shape, *index, value, is_used, used),
            _ => is_used.then(|| value.clone()),
        };
        kept.extend(part.map(|part| (field.name.clone(), part)));
    }
    (!kept.is_empty()).then_some(Json::Object(kept))
}

/// The rows of a list of records, each with only these fields; nothing where no row has any, and the list itself is not
/// used either.
fn rows(shape: &Shape, table: u16, rows: &Json, is_used: bool, used: &BTreeSet<Spot>) -> Option<Json> {
    let Element::Record(fields) = &shape.tables.get(usize::from(table))?.element else {
        return (is_used || used.contains(&(table, 0))).then(|| rows.clone());
    };
    let rows: Vec<_> = rows.as_array()?.iter().map(|row| part(shape, table, fields, row, used)).collect();
    let says = is_used || rows.iter().any(Option::is_some);
    says.then(|| rows.into_iter().map(|row| row.unwrap_or_else(|| Json::Object(Map::new()))).collect())
}
