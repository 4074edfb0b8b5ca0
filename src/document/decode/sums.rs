//! Elements that may be sums of the others: a row of sums was copied with the rows, and is no further one.

use super::{Decoder, Way};
use crate::shape::{Element, Field, Fields};
use crate::sums::{Called, called};
use crate::types::Domain;
use crate::{Document, Doubt, Slot};
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
    /// what others come to, or may.
    pub(super) fn doubt_sums(&mut self, suspects: Suspects, element: &Element, rows: std::ops::Range<u32>) {
        let is_named = |suspect: &Suspect| matches!(suspect.called, Called::Total | Called::Sum | Called::Count);
        let (found, mut open): (Suspects, Suspects) = suspects.into_iter().partition(is_named);
        // In a list of schools a school is an element.
        if open.iter().filter(|suspect| suspect.called == Called::School).count() > 1 {
            open.retain(|suspect| suspect.called != Called::School);
        }
        let mut told: Vec<&Suspect> = found.iter().collect();
        if let (Element::Record(fields), Some(one)) = (element, open.first()) {
            let mut apart: Vec<u32> = found.iter().chain(&open).map(|suspect| suspect.row.index).collect();
            apart.sort_unstable();
            let others = rows.filter(|row| apart.binary_search(row).is_err()).map(|index| Row { index, ..one.row });
            let others: Vec<Row> = others.collect();
            let columns: Vec<Column<'_>> = numbers(fields)
                .map(|field| Column {
                    field,
                    elements: self.sum(field, others.iter().copied()),
                    wholes: self.sum(field, open.iter().map(|suspect| suspect.row)),
                })
                .collect();
            for suspect in &open {
                let is = columns.iter().map(|column| self.is_sum(column, suspect)).max();
                if is.is_some_and(|is| is > IsSum::No) {
                    self.document.doubted.insert(suspect.row, Doubt::Sum);
                }
                // What is not known is told where it stands.
                if is == Some(IsSum::Yes) {
                    told.push(suspect);
                }
            }
        }
        for suspect in told {
            self.document.doubted.insert(suspect.row, Doubt::Sum);
            self.path.push(Way::Index(suspect.number));
            self.add("D037", suspect.offset, &words(suspect.called));
            self.path.pop();
        }
    }

    /// What a field comes to in some rows.
    fn sum(&self, field: &Field, rows: impl Iterator<Item = Row>) -> Sum {
        rows.fold(Sum::default(), |sum, row| sum.and(self.one(field, row)))
    }

    fn one(&self, field: &Field, row: Row) -> Sum {
        match self.document.slot(row, field.slot) {
            Slot::Absent if field.optional => Sum::default(),
            slot => {
                let number = exact(slot);
                Sum { total: number.unwrap_or_default(), said: 1, unknown: usize::from(number.is_none()) }
            }
        }
    }

    /// Whether an element says in a column what the others come to, or all others that are called as all there is.
    fn is_sum(&self, column: &Column<'_>, suspect: &Suspect) -> IsSum {
        let slot = self.document.slot(suspect.row, column.field.slot);
        let own = self.one(column.field, suspect.row);
        let least = if suspect.called == Called::School { 2 } else { 1 };
        let wholes = column.wholes.without(own);
        let others = [(column.elements, least), (column.elements.and(wholes), least), (wholes, 2)];
        let known = others.into_iter().filter(|(sum, least)| sum.said >= *least && own.said > 0).map(|(sum, _)| {
            if own.unknown + sum.unknown > 0 {
                return IsSum::Unknown;
            }
            let apart = sum.total.abs_diff(own.total).saturating_mul(2);
            if own.total != 0 && apart <= last_digit(slot) { IsSum::Yes } else { IsSum::No }
        });
        known.max().unwrap_or(IsSum::No)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum IsSum {
    No,
    Unknown,
    Yes,
}

/// A field of numbers, as the elements say it and as those do that are called as all there is.
struct Column<'f> {
    field: &'f Field,
    elements: Sum,
    wholes: Sum,
}

/// What numbers come to, in units of 10^-18; how many there are, and how many of them are not known.
#[derive(Clone, Copy, Default)]
struct Sum {
    total: i128,
    said: usize,
    unknown: usize,
}

impl Sum {
    fn and(self, other: Self) -> Self {
        let (total, is_beyond) = self.total.overflowing_add(other.total);
        let unknown = self.unknown + other.unknown + usize::from(is_beyond);
        Self { total, said: self.said + other.said, unknown }
    }

    /// Without one of its numbers.
    fn without(self, one: Self) -> Self {
        let total = self.total.wrapping_sub(one.total);
        Self { total, said: self.said - one.said, unknown: self.unknown - one.unknown }
    }
}

/// What a record is called by its texts. In a remark how many there are is said of the element itself.
fn record_called(document: &Document, fields: &Fields, row: Row) -> Called {
    let texts = fields.fields.iter().filter(|field| matches!(field.kind.domain(), Domain::Text(_)));
    let mut called = texts.filter_map(|field| text(document, row, field.slot)).map(called).peekable();
    let is_count = called.peek() == Some(&Called::Count);
    let order = |called: &Called| match called {
        Called::Total | Called::Sum => 3,
        Called::Whole => 2,
        Called::School => 1,
        Called::Count | Called::Element => 0,
    };
    let called = called.max_by_key(order).filter(|called| order(called) > 0);
    let other = if is_count { Called::Count } else { Called::Element };
    called.filter(|called| order(called) == 3 || !is_count).unwrap_or(other)
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
        Slot::Integer(number) => Some(i128::from(number) * 10_i128.pow(SCALE)),
        Slot::Decimal(mantissa, scale) => {
            Some(i128::from(mantissa) * 10_i128.checked_pow(SCALE.checked_sub(u32::from(scale))?)?)
        }
        _ => None,
    }
}

/// One of the last digit that a number has, in units of 10^-18: what is rounded may be half of it apart.
fn last_digit(slot: Slot) -> u128 {
    let (mut mantissa, mut scale) = match slot {
        Slot::Decimal(mantissa, scale) => (mantissa, u32::from(scale)),
        _ => (0, 0),
    };
    while scale > 0 && mantissa % 10 == 0 {
        (mantissa, scale) = (mantissa / 10, scale - 1);
    }
    10_u128.pow(SCALE.saturating_sub(scale))
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
