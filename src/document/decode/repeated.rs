//! Elements of which nobody can say whether they are one more: they say what another says, or may say it when what is
//! blank or cannot be read in them is known.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash, Hasher};

use super::Decoder;
use crate::shape::{Field, Fields, Kind, Shape};
use crate::{Document, Slot};
use bulou_base::date::Date;
use bulou_base::value::Row;
use bulou_messages::diagnostic::LocalizedText;

/// So many elements of a list of which something is not known are compared with the others; where there are more, all are doubted.
const COMPARED: usize = 64;

/// The rows of a list.
#[derive(Default)]
pub(super) struct Rows {
    /// Those of which everything is known, each another, by what they say.
    known: HashMap<u64, Vec<Row>>,
    /// The others.
    open: Vec<Row>,
}

impl<'s> Decoder<'s, '_, '_> {
    /// Doubts the last element of a list that began with row `first` if it says what an earlier one says.
    pub(super) fn compare(&mut self, rows: &mut Rows, fields: &Fields, (first, row): (u32, Row), at: usize) {
        let written = Written { document: self.document, shape: self.shape };
        let Some(hash) = written.hash(fields, row, rows.known.hasher()) else {
            rows.open.push(row);
            return;
        };
        let alike = rows.known.entry(hash).or_default();
        let Some(twin) = alike.iter().copied().find(|other| written.may_be_same(fields, *other, row)) else {
            alike.push(row);
            return;
        };
        self.document.doubted.insert(row);
        // That it has another's code is told already.
        if fields.fields.iter().any(|field| field.unique && !field.optional) {
            return;
        }
        // Which element says the same tells of what is sensitive in it.
        let words = if self.sensitive > 0 || holds_sensitive(fields) {
            LocalizedText::new(
                "这一项与前面的一项完全一样:多录的请删去,真是两回事的请写明不同之处",
                "this item is the same as an earlier one in everything: delete it if it stands twice by mistake, else say what tells them apart",
            )
        } else {
            let number = twin.index.saturating_sub(first) + 1;
            LocalizedText::new(
                format!("这一项与第 {number} 项完全一样:多录的请删去,真是两回事的请写明不同之处"),
                format!(
                    "this item is the same as item {number} in everything: delete it if it stands twice by mistake, else say what tells them apart"
                ),
            )
        };
        self.add("D036", at, &words);
    }

    /// Doubts the elements that may be another when all is known of them. That something is not is told where it stands.
    pub(super) fn doubt_open(&mut self, rows: &Rows, fields: &Fields) {
        let written = Written { document: self.document, shape: self.shape };
        let knowledge: Vec<Vec<Knowledge>> = rows.open.iter().map(|row| written.knowledge(fields, *row)).collect();
        // Of two, the one that says less may be the other. How a list is ordered tells only of two that say the same.
        let is_first =
            |other: usize, at: usize| knowledge.get(at).cmp(&knowledge.get(other)).then(other.cmp(&at)).is_lt();
        let may_be_another = |at: usize, row: Row| {
            let open = rows.open.iter().enumerate().filter(|(other, _)| *other != at && is_first(*other, at));
            let mut others = rows.known.values().flatten().chain(open.map(|(_, other)| other));
            others.any(|other| written.may_be_same(fields, *other, row))
        };
        let too_many = rows.open.len() > COMPARED;
        let open = rows.open.iter().copied().enumerate();
        let doubted: Vec<Row> =
            open.filter(|(at, row)| too_many || may_be_another(*at, *row)).map(|(_, row)| row).collect();
        self.document.doubted.extend(doubted);
    }
}

fn holds_sensitive(fields: &Fields) -> bool {
    fields
        .fields
        .iter()
        .any(|field| field.sensitive || matches!(&field.kind, Kind::Record(inner) if holds_sensitive(inner)))
}

/// What is written in a document, by its shape.
#[derive(Clone, Copy)]
struct Written<'d> {
    document: &'d Document,
    shape: &'d Shape,
}

impl<'d> Written<'d> {
    fn said(self, field: Option<&Field>, row: Row, slot: u32) -> Said<'d> {
        Said::of(self.document, self.document.slot(row, slot), field.is_none_or(|field| field.optional))
    }

    /// What of a row is known, in the order of the declaration: blank, unreadable, read.
    fn knowledge(self, fields: &Fields, row: Row) -> Vec<Knowledge> {
        let mut known = Vec::new();
        self.each(fields, row, &mut |said| {
            known.push(match said {
                Said::Unknown(of) => of,
                _ => Knowledge::Read,
            });
        });
        known
    }

    /// Shows all that a row says, in the order of the declaration.
    fn each(self, fields: &Fields, row: Row, show: &mut dyn FnMut(Said<'d>)) {
        for field in &fields.fields {
            let said = self.said(Some(field), row, field.slot);
            show(said);
            match (said, &field.kind) {
                (Said::Record, Kind::Record(inner)) => self.each(inner, row, show),
                (Said::List(first, count), Kind::List(table)) => {
                    for row in elements(*table, first, count) {
                        // Whether it is one more is not known.
                        if self.document.is_doubted(row) {
                            show(Said::Unknown(Knowledge::Unreadable));
                        }
                        match self.shape.records(*table) {
                            Some(fields) => self.each(fields, row, show),
                            None => show(self.said(None, row, 0)),
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// A number for what a row says, if all of it is known.
    fn hash(self, fields: &Fields, row: Row, hashes: &RandomState) -> Option<u64> {
        let (mut hasher, mut known) = (hashes.build_hasher(), true);
        self.each(fields, row, &mut |said| {
            known &= !matches!(said, Said::Unknown(_));
            said.hash(&mut hasher);
        });
        known.then(|| hasher.finish())
    }

    /// Whether two rows say the same, or may when all is known of them.
    fn may_be_same(self, fields: &Fields, row: Row, other: Row) -> bool {
        fields.fields.iter().all(|field| {
            let [one, that] = [row, other].map(|row| self.said(Some(field), row, field.slot));
            match (one, that, &field.kind) {
                (Said::Record, Said::Record, Kind::Record(inner)) => self.may_be_same(inner, row, other),
                (Said::List(first, count), Said::List(start, length), Kind::List(table)) => {
                    self.may_be_same_list((*table, first, count), (*table, start, length))
                }
                _ => one.may_be(that),
            }
        })
    }

    fn may_be_same_list(self, one: (u16, u32, u32), other: (u16, u32, u32)) -> bool {
        let [(table, first, count), (_, start, length)] = [one, other];
        let (one, other) = (elements(table, first, count), elements(table, start, length));
        // How many elements it has is not known.
        if one.clone().chain(other.clone()).any(|row| self.document.is_doubted(row)) {
            return true;
        }
        count == length
            && one.zip(other).all(|(row, other)| match self.shape.records(table) {
                Some(fields) => self.may_be_same(fields, row, other),
                None => self.said(None, row, 0).may_be(self.said(None, other, 0)),
            })
    }
}

fn elements(table: u16, first: u32, count: u32) -> impl Iterator<Item = Row> + Clone {
    (first..first.saturating_add(count)).map(move |index| Row { table, index })
}

/// How much is known of a value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Knowledge {
    Blank,
    Unreadable,
    Read,
}

/// What a slot says, as two of them are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said<'d> {
    Nothing,
    Unknown(Knowledge),
    Record,
    Bool(bool),
    Number(i64, u8),
    Text(&'d str),
    Date(Date),
    Duration(i32),
    Option(u16),
    /// First row and number of rows.
    List(u32, u32),
}

impl<'d> Said<'d> {
    fn of(document: &'d Document, slot: Slot, optional: bool) -> Self {
        match slot {
            Slot::Absent | Slot::List(_, 0) if optional => Self::Nothing,
            // A date that cannot be believed may be any other.
            Slot::Malformed | Slot::Astray(_) => Self::Unknown(Knowledge::Unreadable),
            Slot::Absent => Self::Unknown(Knowledge::Blank),
            Slot::Present => Self::Record,
            Slot::Bool(value) => Self::Bool(value),
            Slot::Integer(value) => Self::Number(value, 0),
            Slot::Decimal(mut mantissa, mut scale) => {
                while scale > 0 && mantissa % 10 == 0 {
                    (mantissa, scale) = (mantissa / 10, scale - 1);
                }
                Self::Number(mantissa, scale)
            }
            Slot::Text(start, len, _) => Self::Text(document.text_at(start, len)),
            Slot::Date(date) => Self::Date(date),
            Slot::Duration(count, _) => Self::Duration(count),
            Slot::Option(index) => Self::Option(index),
            Slot::List(first, count) => Self::List(first, count),
        }
    }

    fn may_be(self, other: Self) -> bool {
        match (self, other) {
            (Self::Unknown(_), _) | (_, Self::Unknown(_)) => true,
            _ => self == other,
        }
    }
}

impl Hash for Said<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Nothing | Self::Unknown(_) | Self::Record => {}
            Self::Bool(value) => value.hash(state),
            Self::Number(mantissa, scale) => (mantissa, scale).hash(state),
            Self::Text(text) => text.hash(state),
            Self::Date(date) => date.hash(state),
            Self::Duration(count) => count.hash(state),
            Self::Option(index) => index.hash(state),
            // Where its rows stand says nothing.
            Self::List(_, count) => count.hash(state),
        }
    }
}
