//! Elements that may be sums of the others: a row of sums was copied with the rows, and is no further one.

use super::columns::{IsSum, List};
use super::{Decoder, Way};
use crate::shape::{Element, Field, Fields};
use crate::sums::{Called, called};
use crate::types::Domain;
use crate::{Document, Doubt, Slot};
use bulou_base::value::Row;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;

/// Elements of a list that are called as sums are, or may be, in their order.
pub(super) type Suspects = Vec<Suspect>;

pub(super) struct Suspect {
    pub row: Row,
    /// Its number from 0, and where it begins.
    number: usize,
    offset: usize,
    pub called: Called,
}

impl Decoder<'_, '_, '_> {
    /// Keeps the last element of a list if it is called as a sum may be.
    pub(super) fn suspect(
        &mut self,
        element: &Element,
        (row, number): (Row, usize),
        offset: usize,
        into: &mut Suspects,
    ) {
        // Hardly any element has a text of such words.
        if self.sums.is_empty() || !self.sums.contains(&row) {
            return;
        }
        self.sums.retain(|other| *other != row);
        let called = match element {
            Element::Record(fields) => record_called(self.document, fields, row),
            Element::Scalar(_) => text(self.document, row, 0).map_or(Called::Element, called),
        };
        if called != Called::Element {
            into.push(Suspect { row, number, offset, called });
        }
    }

    /// Doubts the elements of a list that are called as sums are, and those that are called as all that there is, and say
    /// what others come to, or may.
    pub(super) fn doubt_sums(&mut self, suspects: Suspects, element: &Element, rows: std::ops::Range<u32>) {
        let is_sum = |suspect: &Suspect| suspect.called >= Called::Count;
        let (found, mut open): (Suspects, Suspects) = suspects.into_iter().partition(is_sum);
        let mut told: Vec<&Suspect> = found.iter().collect();
        if let Element::Record(fields) = element {
            // In a list of schools a school is an element.
            let said = |suspect: &Suspect| texts(fields).find_map(|field| text(self.document, suspect.row, field.slot));
            let mut schools = open.iter().filter(|one| one.called == Called::School).map(said);
            let first = schools.next();
            if schools.any(|school| Some(school) != first) {
                open.retain(|suspect| suspect.called != Called::School);
            }
            let of =
                |table| List { document: self.document, fields, table, rows, sums: &found, wholes: &open }.are_sums();
            let are_sums = open.first().map(|one| of(one.row.table)).unwrap_or_default();
            for (suspect, is_sum) in open.iter().zip(are_sums) {
                match is_sum {
                    IsSum::Yes => told.push(suspect),
                    // What is not known is told where it stands.
                    IsSum::Unknown => _ = self.document.doubted.insert(suspect.row, Doubt::Sum),
                    IsSum::No => {}
                }
            }
        }
        for suspect in told {
            self.document.doubted.insert(suspect.row, Doubt::Sum);
            self.path.push(Way::Index(suspect.number));
            self.add(ProblemCode::LooksLikeSum, suspect.offset, &words(suspect.called));
            self.path.pop();
        }
    }
}

/// What a record is called by its texts. In a remark how many there are is said of the element itself.
fn record_called(document: &Document, fields: &Fields, row: Row) -> Called {
    let mut called = texts(fields).map(|field| text(document, row, field.slot).map_or(Called::Element, called));
    let name = called.next().unwrap_or(Called::Element);
    called.filter(|called| *called != Called::Count).fold(name, Called::max)
}

/// What an element is, by its first text.
pub(super) fn name<'d>(document: &'d Document, fields: &Fields, row: Row) -> Name<'d> {
    let Some(field) = texts(fields).next() else { return Name::None };
    match text(document, row, field.slot) {
        // A code names nothing.
        Some(text) if text.is_ascii() || called(text) != Called::Element => Name::None,
        Some(text) => Name::Said(text),
        None if field.optional && matches!(document.slot(row, field.slot), Slot::Absent) => Name::None,
        None => Name::Unknown,
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Name<'d> {
    None,
    Unknown,
    Said(&'d str),
}

fn texts(fields: &Fields) -> impl Iterator<Item = &Field> {
    fields.fields.iter().filter(|field| matches!(field.kind.domain(), Domain::Text(_)))
}

fn text(document: &Document, row: Row, slot: u32) -> Option<&str> {
    match document.slot(row, slot) {
        Slot::Text(start, len, written) => Some(document.text_of(start, len, written).normal),
        _ => None,
    }
}

fn words(called: Called) -> LocalizedText {
    if called < Called::Count { texts::item_says_what_others().text() } else { texts::item_called_sum_none().text() }
}
