//! What has happened happened before the document was filled in: a date of it that is later contradicts the document's own.

use crate::constraints::Breach;
use bulou_base::date::Date;
use bulou_base::value::Row;
use bulou_document::locate::{field_label, owner};
use bulou_document::shape::{Element, Field, Fields, Kind, Shape, Tense};
use bulou_document::{Document, Slot, pointer, pointer_of_row};
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;

/// Every date of what has happened that lies after the day on which the document says it was filled in, up to so many, and
/// how many more there are.
pub(crate) fn later(document: &Document, shape: &Shape, room: usize) -> (Vec<Breach>, usize) {
    let (mut found, mut more) = (Vec::new(), 0);
    let root = Row { table: 0, index: 0 };
    let Some(path) = &shape.date else { return (found, more) };
    let Slot::Date(filed) = document.slot(root, path.slot) else { return (found, more) };
    let of_document = field_label(shape, 0, path.slot).map(|field| field.label.as_str()).unwrap_or_default();
    each_happened(document, shape, &mut |row, (slot, field), date| {
        if date <= filed {
            return;
        }
        if found.len() >= room {
            more += 1;
            return;
        }
        let path = match field {
            Some(_) => pointer(document, shape, row, slot),
            None => pointer_of_row(document, shape, row, None),
        };
        let field = field.or_else(|| list_of(document, shape, row));
        let label = field.map(|field| field.label.as_str()).unwrap_or_default();
        let date = if field.is_some_and(|field| field.sensitive) { "…".into() } else { date.to_string() };
        let words = texts::document_contradicts_itself_had(&label, &date, &of_document, &filed).text();
        found.push(Breach { code: ProblemCode::Contradiction, path, words });
    });
    (found, more)
}

/// The last day of what a document tells as having happened, but for what is sensitive.
pub(crate) fn last(document: &Document, shape: &Shape) -> Option<Date> {
    let mut last = None;
    each_happened(document, shape, &mut |row, (_, field), date| {
        let field = || field.or_else(|| list_of(document, shape, row));
        if last < Some(date) && field().is_some_and(|field| !field.sensitive) {
            last = Some(date);
        }
    });
    last
}

/// The list in which a row stands.
fn list_of<'s>(document: &Document, shape: &'s Shape, row: Row) -> Option<&'s Field> {
    owner(document, shape, row).and_then(|(row, slot, _)| field_label(shape, row.table, slot))
}

/// A date of what has happened: its slot, and its field where it is no element of a list of dates.
type Happened<'s> = (u32, Option<&'s Field>);

fn each_happened<'s>(document: &Document, shape: &'s Shape, see: &mut dyn FnMut(Row, Happened<'s>, Date)) {
    for (table, own) in (0_u16..).zip(&shape.tables) {
        let mut dates = Vec::new();
        match &own.element {
            Element::Record(fields) => happened(fields, &mut dates),
            Element::Scalar(kind) if has_happened(kind) => dates.push((0, None)),
            Element::Scalar(_) => {}
        }
        for index in 0..if dates.is_empty() { 0 } else { document.rows(table) } {
            let row = Row { table, index };
            for date in &dates {
                if let Slot::Date(day) = document.slot(row, date.0) {
                    see(row, *date, day);
                }
            }
        }
    }
}

fn happened<'s>(fields: &'s Fields, into: &mut Vec<Happened<'s>>) {
    for field in &fields.fields {
        match &field.kind {
            Kind::Record(inner) => happened(inner, into),
            kind if has_happened(kind) => into.push((field.slot, Some(field))),
            _ => {}
        }
    }
}

fn has_happened(kind: &Kind) -> bool {
    kind.when().is_some_and(|when| when.tense == Tense::Happened)
}
