//! What nobody would mean, in the place of what a document says.

use bulou_document::locate::escape;
use bulou_document::shape::{Element, Field, Fields, Kind, Shape};
use bulou_document::types::Domain;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::texts;
use serde_json::{Value as Json, json};

use super::Bound;
use super::fields::{Spot, path};

/// A document with one thing changed.
pub(super) struct Mutant {
    /// The names of the fields on the way.
    pub field: String,
    /// What it says then.
    pub to: LocalizedText,
    pub spot: Spot,
    pub bound: Bound,
    pub document: Json,
}

/// Every mutant of a document of this shape.
pub(super) fn mutants(shape: &Shape, document: &Json) -> Vec<Mutant> {
    let mut maker = Maker { shape, document, lang: shape.lang(), made: Vec::new() };
    if let Some(fields) = shape.document() {
        maker.record(fields, &Place::default());
    }
    maker.made
}

/// A place in a document, by pointer, by the names of the fields alone, and in the shape.
#[derive(Clone, Default)]
struct Place {
    pointer: String,
    name: String,
    spot: Spot,
    /// The list in a row of which it is, where the row is a record, and the pointer within the row.
    row: Option<(String, String)>,
}

impl Place {
    fn field(&self, field: &Field) -> Self {
        let step = escape(&field.name);
        Self {
            pointer: format!("{}/{step}", self.pointer),
            name: path(&self.name, &field.name),
            spot: (self.spot.0, field.slot),
            row: self.row.as_ref().map(|(list, within)| (list.clone(), format!("{within}/{step}"))),
        }
    }

    /// The first row that says most: one with as many fields as any.
    fn fullest(&self, rows: &[Json], table: u16) -> Self {
        let size = |row: &Json| row.as_object().map_or(0, serde_json::Map::len);
        let most = rows.iter().map(size).max().unwrap_or_default();
        let at = rows.iter().position(|row| size(row) == most).unwrap_or_default();
        Self {
            pointer: format!("{}/{at}", self.pointer),
            name: self.name.clone(),
            spot: (table, 0),
            row: Some((self.pointer.clone(), String::new())),
        }
    }
}

struct Maker<'d> {
    shape: &'d Shape,
    document: &'d Json,
    lang: Lang,
    made: Vec<Mutant>,
}

impl Maker<'_> {
    fn record(&mut self, fields: &Fields, place: &Place) {
        fields.fields.iter().for_each(|field| self.value(&field.kind, &place.field(field)));
    }

    fn value(&mut self, kind: &Kind, place: &Place) {
        let document = self.document;
        let Some(value) = document.pointer(&place.pointer).filter(|value| !value.is_null()) else { return };
        match kind.domain() {
            Domain::Record(fields) => self.record(fields, place),
            Domain::List(table) => self.list(place, value.as_array().map(Vec::as_slice).unwrap_or_default(), table),
            domain => {
                let bound = match domain {
                    Domain::Text(_) => Bound::Words,
                    Domain::Date(_) => Bound::Days,
                    Domain::Whole(_) | Domain::Decimal(_) => Bound::Numbers,
                    Domain::Bool | Domain::Duration(_) | Domain::Option(_) | Domain::Record(_) | Domain::List(_) => {
                        Bound::Rule
                    }
                };
                for (to, absurd) in kind.absurd(value, &self.shape.option_sets, self.lang) {
                    self.put(place, to, bound, absurd);
                }
                if matches!(domain, Domain::Text(_)) {
                    self.copy(place, value);
                }
            }
        }
    }

    fn list(&mut self, place: &Place, rows: &[Json], table: u16) {
        self.put(place, texts::empty().text(), Bound::Rows, json!([]));
        if let [first, _, ..] = rows {
            self.put(place, texts::one_row().text(), Bound::Rows, json!([first]));
        }
        if rows.is_empty() {
            return;
        }
        let row = place.fullest(rows, table);
        match self.shape.tables.get(usize::from(table)).map(|table| &table.element) {
            Some(Element::Record(fields)) => self.record(fields, &row),
            // Its rows are no records that could all say the same, and rules that use them name the list.
            Some(Element::Scalar(kind)) => self.value(kind, &Place { row: None, spot: place.spot, ..row }),
            None => {}
        }
    }

    fn put(&mut self, place: &Place, to: LocalizedText, bound: Bound, value: Json) {
        let mut document = self.document.clone();
        let Some(found) = document.pointer_mut(&place.pointer) else { return };
        if *found != value {
            *found = value;
            self.push(place, to, bound, document);
        }
    }

    /// All rows say what this one does.
    fn copy(&mut self, place: &Place, own: &Json) {
        let Some((list, within)) = &place.row else { return };
        let mut document = self.document.clone();
        let rows = document.pointer_mut(list).and_then(Json::as_array_mut).into_iter().flatten();
        rows.filter_map(|row| row.pointer_mut(within)).for_each(|other| *other = own.clone());
        if document != *self.document {
            self.push(place, texts::same_all_rows().text(), Bound::Unlike, document);
        }
    }

    fn push(&mut self, place: &Place, to: LocalizedText, bound: Bound, document: Json) {
        self.made.push(Mutant { field: place.name.clone(), to, spot: place.spot, bound, document });
    }
}
