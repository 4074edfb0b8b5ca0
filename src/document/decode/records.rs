//! Objects and arrays: which field a key is, which row an element.

use std::borrow::Cow;

use super::repeated::Rows;
use super::sums::Suspects;
use super::{Cell, Decoder, Read, Way};
use crate::Slot;
use crate::forbidden;
use crate::scan::{Start, Step};
use crate::shape::{Element, Field, Fields, Kind};
use bulou_base::value::Row;
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;

impl<'s> Decoder<'s, '_, '_> {
    /// The whole document.
    pub(super) fn document(&mut self) -> Step<Read> {
        let shape = self.shape;
        let start = self.json.peek()?;
        let Some(fields) = shape.document() else { return Ok(Read::Foreign) };
        if start != Start::Object {
            self.json.skip()?;
            self.json.finish()?;
            return Ok(Read::NoObject);
        }
        let offset = self.json.at();
        let known = self.object(fields, Cell { table: 0, at: 0 })?;
        self.json.finish()?;
        if self.other_rules {
            return Ok(Read::OtherRules);
        }
        if self.is_foreign(known) {
            return Ok(Read::Foreign);
        }
        self.nameless(offset);
        Ok(Read::Document)
    }

    /// The members of an object, and of the outermost how many of the fields are among them; `row` is where the row starts, the fields'
    /// slots count from it.
    fn object(&mut self, fields: &'s Fields, row: Cell) -> Step<usize> {
        let offset = self.json.at();
        let (base, outer) = (self.seen.len(), self.forbidden.len());
        let (around, twins) = (std::mem::take(&mut self.is_strange), self.twins.len());
        self.forbidden.extend(&fields.forbidden);
        self.seen.resize(base + fields.fields.len(), None);
        // Keys mostly stand in the order of the declaration.
        let mut next = 0;
        let mut more = self.json.enter_object()?;
        while more {
            match fields.fields.get(next) {
                Some(field) if self.json.took_key(&field.name)? => {
                    self.field(field, next, row, base)?;
                    next += 1;
                }
                _ => next = self.unexpected(fields, next, row, base)?,
            }
            more = self.json.next_member()?;
        }
        self.missing(fields, base, offset);
        if std::mem::replace(&mut self.is_strange, around) {
            self.doubt(fields, row);
        }
        for field in self.twins.split_off(twins) {
            self.forget(field, Cell { table: row.table, at: row.at + field.slot as usize }, row);
            let index = fields.fields.iter().position(|one| std::ptr::eq(one, field));
            self.take_back(index.map_or(usize::MAX, |index| base + index));
        }
        let known = if base == 0 { self.seen.iter().flatten().count() } else { 0 };
        self.seen.truncate(base);
        self.forbidden.truncate(outer);
        Ok(known)
    }

    /// Reads a record within a document; whether nothing in it says anything, which is told where no field of it is told to be
    /// blank. A record that must say something is a blank as long as it does not.
    fn says_nothing(&mut self, fields: &'s Fields, field: Option<&'s Field>, row: Cell) -> Step<bool> {
        let (said, faults, offset) = (self.said, self.problems.faults(), self.json.at());
        self.object(fields, row)?;
        // What is kept of a school for the county is a part of what was read there, and may well be empty.
        if self.quiet {
            return Ok(false);
        }
        let is_whole = self.problems.faults() == faults;
        if is_whole && self.said == said {
            self.empty(field, offset);
        }
        // What cannot be read tells nothing, and whether a secret is the one thing that is said, nobody shall see.
        Ok(if is_whole { self.said == said } else { self.said.openly == said.openly })
    }

    /// That a field may be left out says nothing where the whole record does not, or where what stands under a key that is no
    /// field may be what it would say.
    #[cold]
    fn doubt(&mut self, fields: &'s Fields, row: Cell) {
        for field in fields.fields.iter().filter(|field| field.optional) {
            let cell = Cell { table: row.table, at: row.at + field.slot as usize };
            if field.sensitive || matches!(self.slot(cell), Some(Slot::Absent | Slot::List(_, 0))) {
                self.unsaid(cell, Slot::Malformed);
            }
        }
    }

    /// What was read under a key tells nothing once another stands there too.
    #[cold]
    fn take_back(&mut self, place: usize) {
        if let Some(Some(read)) = self.seen.get_mut(place) {
            self.said.openly -= std::mem::take(read);
        }
    }

    /// Sets a cell to what says nothing.
    fn unsaid(&mut self, cell: Cell, slot: Slot) {
        let said = self.said;
        self.set(cell, slot);
        self.said = said;
    }

    /// A member with another key than that of the field that is expected; which field is expected after it.
    fn unexpected(&mut self, fields: &'s Fields, expected: usize, row: Cell, base: usize) -> Step<usize> {
        let key = self.json.key()?;
        let all = || fields.fields.iter().enumerate();
        let found = all().skip(expected).chain(all().take(expected)).find(|(_, field)| field.name == key);
        let Some((index, field)) = found else {
            // A key that the eye takes for a field's is that field's once more.
            if !self.is_envelope(&key) {
                let twin = forbidden::named(&mut self.cores, &fields.fields, |field| &field.name, &key);
                self.twins.extend(twin);
            }
            self.stranger(fields, &key)?;
            return Ok(expected);
        };
        self.field(field, index, row, base)?;
        Ok(index + 1)
    }

    fn field(&mut self, field: &'s Field, index: usize, row: Cell, base: usize) -> Step {
        self.path.push(Way::Key(Cow::Borrowed(&field.name)));
        self.sensitive += usize::from(field.sensitive);
        let cell = Cell { table: row.table, at: row.at + field.slot as usize };
        let place = base + index;
        if self.seen.get(place).is_some_and(Option::is_some) {
            self.duplicate_key(field, cell, row)?;
            self.take_back(place);
        } else {
            let before = self.said.openly;
            self.value(&field.kind, Some(field), cell, row)?;
            if let Some(seen) = self.seen.get_mut(place) {
                *seen = Some(self.said.openly - before);
            }
        }
        self.sensitive -= usize::from(field.sensitive);
        self.path.pop();
        Ok(())
    }

    fn value(&mut self, kind: &'s Kind, field: Option<&'s Field>, cell: Cell, row: Cell) -> Step {
        let start = self.json.peek()?;
        match (kind, start) {
            (_, Start::Null) => {
                self.blank(field, self.json.at());
                self.json.literal(start)
            }
            (Kind::Text(_) | Kind::Date(_) | Kind::Duration(_) | Kind::Option(_), Start::Text) => {
                self.string(kind, field, cell)
            }
            (Kind::Integer(bounds), Start::Number) => self.number(bounds, true, field, cell),
            (Kind::Decimal(bounds), Start::Number) => self.number(bounds, false, field, cell),
            (Kind::Bool, Start::True | Start::False) => {
                self.json.literal(start)?;
                self.set(cell, Slot::Bool(start == Start::True));
                Ok(())
            }
            (Kind::Record(fields), Start::Object) => {
                self.set(cell, Slot::Present);
                if self.says_nothing(fields, field, row)? {
                    // Of one that may be left out nobody knows whether it is there.
                    if field.is_some_and(|field| field.optional) {
                        self.unsaid(cell, Slot::Malformed);
                    } else {
                        self.doubt(fields, row);
                    }
                }
                Ok(())
            }
            (Kind::List(table), Start::Array) => self.list(*table, field, cell),
            _ => self.type_mismatch(kind, field, cell),
        }
    }

    fn list(&mut self, table: u16, field: Option<&'s Field>, cell: Cell) -> Step {
        let shape = self.shape;
        let Some(element) = shape.tables.get(usize::from(table)).map(|table| &table.element) else {
            return self.pass_over();
        };
        let (first, start) = (self.document.rows(table), self.json.at());
        let (mut count, mut filled) = (0_usize, 0_usize);
        let mut more = self.json.enter_array()?;
        // That there is none of what has to be told says something.
        if !more && field.is_some_and(|field| !field.optional) {
            self.says(true);
        }
        let (mut rows, mut suspects) = (Rows::default(), Suspects::new());
        let key = match element {
            Element::Record(fields) => fields.key(),
            Element::Scalar(_) => None,
        };
        while more {
            let (cell, width) = self.row(table);
            self.json.peek()?;
            let (said, offset) = (self.said, self.json.at());
            self.path.push(Way::Index(count));
            self.element(element, field, cell, width)?;
            let row = Row { table, index: self.document.rows(table).saturating_sub(1) };
            if let (Element::Record(fields), None) = (element, key) {
                self.compare(&mut rows, fields, (first, row), offset);
            }
            self.path.pop();
            self.suspect(element, (row, count), offset, &mut suspects);
            count += 1;
            filled += usize::from(self.said != said);
            more = self.json.next_element()?;
        }
        if let Element::Record(fields) = element {
            let all = first..self.document.rows(table);
            // Two that say the same have the same key, of which it is told already where it stands.
            if key.is_some_and(|key| !self.has_each_its_own(key, table, all.clone())) {
                all.map(|index| Row { table, index })
                    .for_each(|row| self.compare(&mut rows, fields, (first, row), start));
            }
            self.doubt_open(&rows, fields);
        }
        self.doubt_sums(suspects, element, first..self.document.rows(table));
        self.set(cell, Slot::List(first, u32::try_from(count).unwrap_or(u32::MAX)));
        if let Some(field) = field.filter(|field| filled < field.min_items as usize) {
            self.too_short(field, (count, filled), start);
        }
        Ok(())
    }

    /// A new row at the end of a table, and its width.
    pub(super) fn row(&mut self, table: u16) -> (Cell, usize) {
        let width = self.document.width(table);
        let rows = self.document.tables.get_mut(usize::from(table));
        let at = rows.map_or(0, |rows| {
            let at = rows.len();
            rows.resize(at + width, Slot::Absent);
            at
        });
        (Cell { table, at }, width)
    }

    pub(super) fn malformed(&mut self, row: Cell, width: usize) {
        for slot in 0..width {
            self.set(Cell { at: row.at + slot, ..row }, Slot::Malformed);
        }
    }

    /// An element of a list; `field` is the list's own, which says what to call its values and whether to show them.
    pub(super) fn element(&mut self, element: &'s Element, field: Option<&'s Field>, row: Cell, width: usize) -> Step {
        let fields = match element {
            Element::Scalar(kind) => return self.value(kind, field, row, row),
            Element::Record(fields) => fields,
        };
        if self.json.peek()? == Start::Object {
            if self.says_nothing(fields, field, row)? {
                self.doubt(fields, row);
            }
            return Ok(());
        }
        let (offset, said, is_blank) = (self.json.at(), self.said, self.json.peek()? == Start::Null);
        self.pass_over()?;
        self.malformed(row, width);
        if is_blank {
            self.said = said;
        }
        let words = texts::record_must_stand_here(&fields.name).text();
        self.add(ProblemCode::WrongType, offset, &words);
        Ok(())
    }
}
