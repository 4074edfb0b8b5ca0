//! Elements that may be sums of the others: a row of sums was copied with the rows, and is no further one.

use super::{Decoder, Way};
use crate::shape::{Element, Field, Fields};
use crate::sums::{Called, called};
use crate::types::Domain;
use crate::{Document, Slot};
use bulou_base::value::Row;
use bulou_messages::diagnostic::LocalizedText;

/// Elements of a list that are called as sums are, or may be, in their order.
pub(super) type Suspects = Vec<Suspect>;

pub(super) struct Suspect {
    row: Row,
    /// Its number from 0, and where it begins.
    number: usize,
    offset: usize,
    called: Called,
}

/// Digits behind the point of a decimal, at most.
const SCALE: u32 = 18;

impl Decoder<'_, '_, '_> {
    /// Keeps the last element of a list if it is called as a sum may be.
    pub(super) fn suspect(&self, element: &Element, (row, number): (Row, usize), offset: usize, into: &mut Suspects) {
        let called = match element {
            Element::Record(fields) => record_called(self.document, fields, row),
            Element::Scalar(_) => match text(self.document, row, 0).map(called) {
                Some(Called::Total) => Called::Total,
                _ => Called::Element,
            },
        };
        if called != Called::Element {
            into.push(Suspect { row, number, offset, called });
        }
    }

    /// Doubts the elements of a list that are called as sums are, and those that are called as all that there is, and say
    /// what all others come to.
    pub(super) fn doubt_sums(&mut self, suspects: Suspects, element: &Element, rows: std::ops::Range<u32>) {
        let is_named = |suspect: &Suspect| matches!(suspect.called, Called::Total | Called::Sum);
        let (mut found, mut open): (Suspects, Suspects) = suspects.into_iter().partition(is_named);
        // In a list of schools a school is an element.
        if open.iter().filter(|suspect| suspect.called == Called::School).count() > 1 {
            open.retain(|suspect| suspect.called != Called::School);
        }
        if let (Element::Record(fields), false) = (element, open.is_empty()) {
            let sums: Vec<u32> = found.iter().map(|sum| sum.row.index).collect();
            let others: Vec<u32> = rows.filter(|row| sums.binary_search(row).is_err()).collect();
            let columns: Vec<(&Field, i128)> = numbers(fields)
                .filter_map(|field| Some((field, self.total(field, open.first()?.row, &others)?)))
                .collect();
            let is_sum = |suspect: &Suspect| {
                columns.iter().any(|(field, total)| {
                    let own = exact(self.document.slot(suspect.row, field.slot));
                    own.is_some_and(|own| own != 0 && total.checked_sub(own) == Some(own))
                })
            };
            found.extend(open.into_iter().filter(is_sum));
        }
        for suspect in found {
            self.document.doubted.insert(suspect.row);
            self.path.push(Way::Index(suspect.number));
            self.add("D037", suspect.offset, &words(suspect.called));
            self.path.pop();
        }
    }

    /// What a field of the rows of a table comes to; nothing where not all of it is known, or fewer than three say it.
    fn total(&self, field: &Field, one: Row, rows: &[u32]) -> Option<i128> {
        let (mut total, mut said) = (0_i128, 0);
        for index in rows {
            match self.document.slot(Row { index: *index, ..one }, field.slot) {
                Slot::Absent if field.optional => {}
                slot => {
                    total = total.checked_add(exact(slot)?)?;
                    said += 1;
                }
            }
        }
        (said > 2).then_some(total)
    }
}

/// What a record is called: by its first text, or by any that is nothing but a word of sums.
fn record_called(document: &Document, fields: &Fields, row: Row) -> Called {
    let texts = fields.fields.iter().filter(|field| matches!(field.kind.domain(), Domain::Text(_)));
    let mut texts = texts.filter_map(|field| text(document, row, field.slot)).map(called);
    let name = texts.next().unwrap_or(Called::Element);
    if texts.any(|called| called == Called::Total) { Called::Sum } else { name }
}

fn text(document: &Document, row: Row, slot: u32) -> Option<&str> {
    match document.slot(row, slot) {
        Slot::Text(start, len, written) => Some(document.text_of(start, len, written).normal),
        _ => None,
    }
}

fn numbers(fields: &Fields) -> impl Iterator<Item = &Field> {
    fields.fields.iter().filter(|field| matches!(field.kind.domain(), Domain::Whole(_) | Domain::Decimal(_)))
}

/// A number in units of 10^-18.
fn exact(slot: Slot) -> Option<i128> {
    match slot {
        Slot::Integer(number) => i128::from(number).checked_mul(10_i128.pow(SCALE)),
        Slot::Decimal(mantissa, scale) => {
            i128::from(mantissa).checked_mul(10_i128.checked_pow(SCALE.checked_sub(u32::from(scale))?)?)
        }
        _ => None,
    }
}

fn words(called: Called) -> LocalizedText {
    if matches!(called, Called::Whole | Called::School) {
        LocalizedText::new(
            "这一项的数正好是其余各项之和,像是合计:是合计就删去,是要填的一项就换个写法",
            "this item says what all others come to and looks like their sum: delete it if it is one, else call it otherwise",
        )
    } else {
        LocalizedText::new(
            "这一项写的是合计,不是清单里的一项:是合计就删去,是要填的一项就换个写法",
            "this item is called as a sum is and is none of the list: delete it if it is one, else call it otherwise",
        )
    }
}
