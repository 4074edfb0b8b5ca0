//! Values of `唯一` fields: no two elements of a list have the same, nor one that may be the same person's other name.

use std::hash::BuildHasher as _;
use std::ops::Range;
use std::rc::Rc;

use super::leaves::shown;
use super::repeated::ByHash;
use super::{Cell, Decoder, Way};
use crate::placeholder::Who;
use crate::shape::{Field, Kind, OptionSet};
use crate::{Document, Slot};
use bulou_base::date;
use bulou_base::hash::{HashSet, Hashes};
use bulou_base::sanitize::shortened;
use bulou_base::value::{Row, Text};
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::built_in::Format;

impl<'s> Decoder<'s, '_, '_> {
    /// Reports a value of a `唯一` field that an earlier element of the nearest list around has as well.
    pub(super) fn check_unique(&mut self, field: Option<&'s Field>, cell: Cell, offset: usize) {
        let Some(field) = field.filter(|field| field.unique && cell.table != 0) else { return };
        // The nearest list around, which records may stand between.
        let position = self.path.iter().rev().find_map(|way| match way {
            Way::Index(position) => Some(*position),
            Way::Key(_) => None,
        });
        let Some(position) = position else { return };
        let (row, _) = self.document.row_at(cell.table, cell.at);
        let first = (row.index as usize).saturating_sub(position);
        let Some(slot) = self.slot(cell) else { return };
        if let Some(twin) = self.twin((field, cell.table), first, position) {
            // Which element has the same, of a sensitive value or within a sensitive record, tells of the value itself.
            let words = if field.sensitive || self.sensitive > 0 {
                texts::earlier_item_already(&Each(&field.label, &field.name)).text()
            } else {
                let said = self.said_by(slot, field);
                let shown = shortened(&said);
                texts::item_already(&Each(&field.label, &field.name), &shown, &(twin - first + 1)).text()
            };
            self.add(ProblemCode::RepeatedNumber, offset, &words);
        } else if let (Slot::Text(start, len, written), Kind::Text(Some(Format::Person))) = (slot, &field.kind) {
            let text = self.document.text_of(start, len, written);
            let who = Who::known(text.normal, text.written);
            self.check_person((field, first), who, (slot, cell), offset);
        }
    }

    /// Whether each of a list's elements has a value in a field that can be believed and no other one has.
    pub(super) fn has_each_its_own(&self, field: &Field, table: u16, mut rows: Range<u32>) -> bool {
        let key = |index: u32| match self.document.slot(Row { table, index }, field.slot) {
            Slot::Astray(_) => None,
            slot => Key::of(slot, self.document),
        };
        if rows.len() > FEW {
            let mut keys = HashSet::with_capacity_and_hasher(rows.len(), Hashes::default());
            return rows.all(|row| key(row).is_some_and(|key| keys.insert(key)));
        }
        let first = rows.start;
        rows.all(|row| key(row).is_some_and(|mine| (first..row).all(|other| key(other).as_ref() != Some(&mine))))
    }

    /// The row of the same list before `position` that has the same in a field as the element there.
    fn twin(&mut self, (field, table): (&'s Field, u16), first: usize, position: usize) -> Option<usize> {
        let row_of = |row: usize| Row { table, index: u32::try_from(row).unwrap_or(u32::MAX) };
        let key = |row: usize| Key::of(self.document.slot(row_of(row), field.slot), self.document);
        let mine = key(first + position)?;
        let mut twins = first..first + position;
        // A few are compared with one another; only more than that are worth a table of hashes.
        if position >= FEW {
            let firsts = self.unique.entry((table, field.slot, first)).or_default();
            // An element that says nothing readable is not asked about, so that more than one may have to be added.
            for row in first + firsts.added..=first + position {
                let Some(hash) = key(row).map(|key| firsts.by_hash.hasher().hash_one(key)) else { continue };
                let (alike, _) = *firsts.by_hash.entry(hash).or_insert_with(|| (row_of(row), Vec::new()));
                twins.start = alike.index as usize;
            }
            firsts.added = position + 1;
        }
        twins.find(|row| key(*row).as_ref() == Some(&mine))
    }

    /// What an element has in a field, as it is written.
    fn said_by(&self, slot: Slot, field: &Field) -> String {
        Key::of(slot, self.document).map_or_else(String::new, |key| key.shown(&self.shape.option_sets, &field.kind))
    }

    /// Reports one who may be somebody that an earlier element names otherwise.
    fn check_person(
        &mut self,
        (field, first): (&'s Field, usize),
        who: Rc<Who>,
        (slot, cell): (Slot, Cell),
        offset: usize,
    ) {
        let people = self.people.entry((cell.table, field.slot, first)).or_default();
        let may_be_named = people.may_have(&who);
        people.add(who);
        if may_be_named {
            let said = self.said_by(slot, field);
            let shown = shown(Some(field), &said);
            let words = texts::item_may_be_named_already(&Each(&field.label, &field.name), &shown).text();
            self.add(ProblemCode::RepeatedNumber, offset, &words);
        }
    }
}

/// The first elements of a list that have a value in a `唯一` field.
#[derive(Default)]
pub(super) struct Firsts {
    by_hash: ByHash,
    /// How many elements were looked at.
    added: usize,
}

/// So many elements of a list are compared one by one.
const FEW: usize = 8;

/// What makes an element of a list the one it is.
#[derive(PartialEq, Eq, Hash)]
enum Key<'d> {
    Text(Text<'d>),
    Integer(i64),
    Date(date::Date),
    Option(u16),
}

impl<'d> Key<'d> {
    fn of(slot: Slot, document: &'d Document) -> Option<Self> {
        match slot {
            Slot::Text(start, len, written) => Some(Self::Text(document.text_of(start, len, written))),
            Slot::Integer(value) => Some(Self::Integer(value)),
            Slot::Date(date) | Slot::Astray(date) => Some(Self::Date(date)),
            Slot::Option(index) => Some(Self::Option(index)),
            _ => None,
        }
    }

    fn shown(&self, sets: &[OptionSet], kind: &Kind) -> String {
        match self {
            Self::Text(text) => text.written.to_owned(),
            Self::Integer(value) => value.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Option(index) => match kind {
                Kind::Option(set) => sets.get(usize::from(*set)).and_then(|set| set.options.get(usize::from(*index))),
                _ => None,
            }
            .cloned()
            .unwrap_or_default(),
        }
    }
}
