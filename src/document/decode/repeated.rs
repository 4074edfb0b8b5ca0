//! Elements of which nobody can say whether they are one more: they say what another says, or may say it when what is
//! blank or cannot be read in them is known.

use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, Hash, Hasher};

use super::Decoder;
use crate::shape::{Field, Fields, Kind, Shape};
use crate::{Document, Doubt, Slot};
use bulou_base::date::Date;
use bulou_base::hash::{HashMap, Hashes};
use bulou_base::order;
use bulou_base::value::Row;
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;

/// With so many others an element of which something is not known is compared.
const COMPARED: usize = 64;

/// Rows by a number for what they say; hardly ever do two that say something else fall on one.
pub(super) type ByHash = HashMap<u64, (Row, Vec<Row>)>;

/// The rows of a list.
#[derive(Default)]
pub(super) struct Rows {
    /// Those of which everything is known, each another.
    known: ByHash,
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
        let (first_alike, others) = match rows.known.entry(hash) {
            Entry::Vacant(place) => {
                place.insert((row, Vec::new()));
                return;
            }
            Entry::Occupied(place) => place.into_mut(),
        };
        let mut alike = std::iter::once(&*first_alike).chain(&*others).copied();
        let Some(twin) = alike.find(|other| written.may_be_same(fields, *other, row)) else {
            others.push(row);
            return;
        };
        self.document.doubted.insert(row, Doubt::Same);
        // That it has another's code is told already.
        if fields.key().is_some() {
            return;
        }
        // Which element says the same tells of what is sensitive in it.
        let words = if self.sensitive > 0 || holds_sensitive(self.shape, fields) {
            texts::item_same_earlier_one().text()
        } else {
            let number = twin.index.saturating_sub(first) + 1;
            texts::item_same_item_everything(&number).text()
        };
        self.add(ProblemCode::RepeatedItem, at, &words);
    }

    /// Doubts the elements that may be another when all is known of them. That something is not is told where it stands.
    pub(super) fn doubt_open(&mut self, rows: &Rows, fields: &Fields) {
        let written = Written { document: self.document, shape: self.shape };
        let doubted: Vec<Row> = Open::new(written, fields, rows).doubted();
        self.document.doubted.extend(doubted.into_iter().map(|row| (row, Doubt::Same)));
    }
}

/// The elements of a list of which something is not known, and what they are compared with.
struct Open<'d, 'f> {
    written: Written<'d>,
    fields: &'f Fields,
    /// All elements; those of which something is not known stand last.
    all: Vec<Row>,
    known: usize,
    /// How much is known of each of the latter.
    knowledge: Vec<Vec<Knowledge>>,
}

impl<'d, 'f> Open<'d, 'f> {
    fn new(written: Written<'d>, fields: &'f Fields, rows: &Rows) -> Self {
        let knowledge = rows.open.iter().map(|row| written.knowledge(fields, *row)).collect();
        // In no list whose elements are known there is anything to compare.
        let known = rows
            .known
            .values()
            .flat_map(|(row, others)| std::iter::once(row).chain(others))
            .filter(|_| !rows.open.is_empty());
        let all: Vec<Row> = known.chain(&rows.open).copied().collect();
        Self { written, fields, known: all.len() - rows.open.len(), all, knowledge }
    }

    /// Those that may be another: all that are compared with too many, to be safe.
    fn doubted(&self) -> Vec<Row> {
        let mut left: Vec<usize> = (self.known..self.all.len()).collect();
        let mut doubted = Vec::new();
        if left.len() <= COMPARED {
            left.retain(|at| self.may_be_another(*at, 0..self.all.len()));
            doubted.append(&mut left);
        }
        // Whatever may be the same has the same in each field, or something that is not known.
        for field in self.fields.fields.iter().filter(|field| !matches!(field.kind, Kind::Record(_) | Kind::List(_))) {
            if left.is_empty() {
                break;
            }
            let values = Values::of(self, field);
            left.retain(|at| match values.like(self, *at) {
                Some(others) => {
                    if self.may_be_another(*at, others) {
                        doubted.push(*at);
                    }
                    false
                }
                None => true,
            });
        }
        doubted.into_iter().chain(left).filter_map(|at| self.all.get(at).copied()).collect()
    }

    fn may_be_another(&self, at: usize, others: impl IntoIterator<Item = usize>) -> bool {
        let Some(row) = self.all.get(at) else { return false };
        others.into_iter().any(|other| {
            self.is_first(other, at)
                && self.all.get(other).is_some_and(|other| self.written.may_be_same(self.fields, *other, *row))
        })
    }

    /// Of two, the one that says less may be the other. How a list is ordered tells only of two that say the same.
    fn is_first(&self, other: usize, at: usize) -> bool {
        let knowledge = |at: usize| self.knowledge.get(at.wrapping_sub(self.known));
        other < self.known || other != at && knowledge(at).cmp(&knowledge(other)).then(other.cmp(&at)).is_lt()
    }
}

/// What the elements of a list have in a field.
struct Values<'f> {
    field: &'f Field,
    hashes: Hashes,
    /// The hash of what each has that is known, in order.
    known: Vec<(u64, usize)>,
    unknown: Vec<usize>,
}

impl<'f> Values<'f> {
    fn of(open: &Open<'_, '_>, field: &'f Field) -> Self {
        let mut values = Self { field, hashes: Hashes::default(), known: Vec::new(), unknown: Vec::new() };
        for (at, row) in open.all.iter().enumerate() {
            match values.hash(open, *row) {
                Some(hash) => values.known.push((hash, at)),
                None => values.unknown.push(at),
            }
        }
        order::sort(&mut values.known);
        values
    }

    fn hash(&self, open: &Open<'_, '_>, row: Row) -> Option<u64> {
        let said = open.written.said(Some(self.field), row, self.field.slot);
        (!matches!(said, Said::Unknown(_))).then(|| self.hashes.hash_one(said))
    }

    /// The elements that may have the same as one; nothing where these are too many.
    fn like(&self, open: &Open<'_, '_>, at: usize) -> Option<Vec<usize>> {
        let hash = self.hash(open, *open.all.get(at)?)?;
        let from = self.known.partition_point(|(other, _)| *other < hash);
        let alike = self.known.get(from..)?.iter().take_while(|(other, _)| *other == hash);
        let alike = alike.map(|(_, at)| *at).chain(self.unknown.iter().copied());
        let alike: Vec<usize> = alike.take(COMPARED + 1).collect();
        (alike.len() <= COMPARED).then_some(alike)
    }
}

/// Whether anything of a record is sensitive, or of a record or list within it.
fn holds_sensitive(shape: &Shape, fields: &Fields) -> bool {
    let within = |kind: &Kind| match kind {
        Kind::Record(inner) => holds_sensitive(shape, inner),
        Kind::List(table) => shape.records(*table).is_some_and(|inner| holds_sensitive(shape, inner)),
        _ => false,
    };
    fields.fields.iter().any(|field| field.sensitive || within(&field.kind))
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
    fn hash(self, fields: &Fields, row: Row, hashes: &Hashes) -> Option<u64> {
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
            Slot::Decimal(mantissa, scale) => Self::Number(mantissa, scale),
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
