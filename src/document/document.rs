//! A decoded document: tables of slots, reused from one document to the next.

use bulou_base::date::Date;
use bulou_base::hash::HashMap;
use num_rational::Ratio;

use bulou_base::value::{Length, Row, Text, Value};

/// Marks a text that says who somebody is; no document has so many texts.
const PERSON: u32 = 1 << 31;

/// One cell of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Slot {
    /// No key, or `null`.
    #[default]
    Absent,
    /// There, but not what the shape asks; a structural problem says what.
    Malformed,
    /// A record is there; its fields follow.
    Present,
    /// 是否
    Bool(bool),
    /// 整数
    Integer(i64),
    /// 小数: `mantissa / 10^scale`, scale at most 18, without zeros at its end
    Decimal(i64, u8),
    /// 文本, never blank: start and length of its normal form in the document's text, and its place among
    /// [`Document::written`], from 1 on, when it was written otherwise; with `PERSON` where it says who somebody is
    Text(u32, u32, u32),
    /// 日期
    Date(Date),
    /// A date that cannot be believed: after the day of the check though it has happened, or outside its range.
    Astray(Date),
    /// 时长 in the unit of the shape; whether it was written as weeks
    Duration(i32, bool),
    /// Index in the option set
    Option(u16),
    /// Elements: first row and number of rows in the list's table
    List(u32, u32),
}

impl Slot {
    /// The same text, which says who somebody is.
    #[must_use]
    pub(crate) fn of_person(self) -> Self {
        match self {
            Self::Text(start, len, written) => Self::Text(start, len, written | PERSON),
            other => other,
        }
    }
}

/// A decoded document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Slots of each table, row after row.
    pub tables: Vec<Vec<Slot>>,
    /// Slots a row, one at least, for each table.
    pub(crate) widths: Vec<u32>,
    /// All texts, one after the other.
    pub text: String,
    /// Start and length of what was written where that is not the normal form.
    pub written: Vec<(u32, u32)>,
    /// Where in them stands what the document names as its rules, its key `规则集`.
    pub envelope: Option<(u32, u32)>,
    /// Elements of lists of which nobody can say whether they are one more.
    pub doubted: HashMap<Row, Doubt>,
}

/// Why nobody can say that a row is one more element of its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It says what another one says, or may.
    Same,
    /// It may be the sum of others.
    Sum,
}

impl Document {
    /// What the document names as its rules.
    #[must_use]
    pub fn rules_named(&self) -> Option<&str> {
        self.envelope.map(|(start, len)| self.text_at(start, len))
    }

    /// The slot at `offset` of a row; `Absent` beyond the end.
    #[must_use]
    pub fn slot(&self, row: Row, offset: u32) -> Slot {
        *self.slot_at(row, offset)
    }

    /// The same where it stands: evaluation looks at millions, and a copy costs more than a look.
    #[inline(always)]
    pub fn slot_at(&self, row: Row, offset: u32) -> &Slot {
        let at = row.index as usize * self.width(row.table) + offset as usize;
        self.tables.get(usize::from(row.table)).and_then(|slots| slots.get(at)).unwrap_or(&Slot::Absent)
    }

    /// Sets the slot at `offset` of a row that is there.
    pub fn set(&mut self, row: Row, offset: u32, slot: Slot) {
        let width = self.width(row.table);
        let slots = self.tables.get_mut(usize::from(row.table));
        if let Some(place) = slots.and_then(|slots| slots.get_mut(row.index as usize * width + offset as usize)) {
            *place = slot;
        }
    }

    /// Whether nobody can say that a row is one more element of its list.
    #[must_use]
    #[inline]
    pub fn is_doubted(&self, row: Row) -> bool {
        !self.doubted.is_empty() && self.doubted.contains_key(&row)
    }

    /// Slots of a row of a table; none where there is no such table.
    #[must_use]
    #[inline(always)]
    pub(crate) fn width(&self, table: u16) -> usize {
        self.widths.get(usize::from(table)).copied().unwrap_or_default() as usize
    }

    /// The row at a position in a table, and the slot in it.
    pub(crate) fn row_at(&self, table: u16, at: usize) -> (Row, u32) {
        let width = self.width(table).max(1);
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        (Row { table, index: small(at / width) }, small(at % width))
    }

    /// How many rows a table has.
    #[must_use]
    pub fn rows(&self, table: u16) -> u32 {
        let slots = self.tables.get(usize::from(table)).map_or(0, Vec::len);
        u32::try_from(slots / self.width(table).max(1)).unwrap_or(u32::MAX)
    }

    /// Joins the last two rows of a table into one, which knows only what both say, and answers nothing where they differ.
    pub fn agree(&mut self, table: u16) {
        let (width, table) = (self.width(table), usize::from(table));
        let Some(mut slots) = self.tables.get_mut(table).map(std::mem::take) else { return };
        let last = slots.split_off(slots.len().saturating_sub(width));
        let one = slots.len().saturating_sub(width);
        for (slot, other) in slots.iter_mut().skip(one).zip(&last) {
            let same = match (*slot, *other) {
                (Slot::Text(start, len, _), Slot::Text(other, length, _)) => {
                    self.text_at(start, len) == self.text_at(other, length)
                }
                (Slot::List(_, count), Slot::List(_, other)) => count == 0 && other == 0,
                (one, other) => one == other,
            };
            if !same {
                *slot = Slot::Malformed;
            }
        }
        if let Some(place) = self.tables.get_mut(table) {
            *place = slots;
        }
    }

    /// Of the last row of a table nothing is known but what stands there.
    pub fn doubt(&mut self, table: u16) {
        let width = self.width(table);
        let Some(slots) = self.tables.get_mut(usize::from(table)) else { return };
        let before = slots.len().saturating_sub(width);
        slots.iter_mut().skip(before).filter(|slot| **slot == Slot::Absent).for_each(|slot| *slot = Slot::Malformed);
    }

    /// A scalar slot's value; records, lists and what is not there have none.
    #[must_use]
    #[inline(always)]
    pub fn value(&self, slot: &Slot) -> Value<'_> {
        match *slot {
            Slot::Absent => Value::Absent,
            Slot::Malformed | Slot::Present | Slot::List(..) => Value::Unknown,
            Slot::Bool(value) => Value::Bool(value),
            Slot::Integer(value) => Value::int(value),
            Slot::Decimal(mantissa, scale) => {
                Value::Number(Ratio::new(i128::from(mantissa), 10_i128.pow(u32::from(scale.min(18)))))
            }
            Slot::Text(start, len, written) => Value::Text(self.text_of(start, len, written)),
            Slot::Date(date) => Value::Date(date),
            Slot::Astray(date) => Value::Astray(date),
            Slot::Duration(count, weeks) => Value::Duration(Length { count: i64::from(count), weeks }),
            Slot::Option(index) => Value::Option(index),
        }
    }

    /// Adds a text; the answer is its place.
    pub(crate) fn push(&mut self, text: &str) -> (u32, u32) {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let start = self.text.len();
        self.text.push_str(text);
        (small(start), small(text.len()))
    }

    /// The text of a slot.
    #[must_use]
    #[inline]
    pub fn text_of(&self, start: u32, len: u32, written: u32) -> Text<'_> {
        let normal = self.text_at(start, len);
        let person = written & PERSON != 0;
        let written = match (written & !PERSON).checked_sub(1).and_then(|index| self.written.get(index as usize)) {
            Some((start, len)) => self.text_at(*start, *len),
            None => normal,
        };
        Text { normal, written, person }
    }

    /// A text by its place.
    #[must_use]
    pub fn text_at(&self, start: u32, len: u32) -> &str {
        let start = start as usize;
        self.text.get(start..start + len as usize).unwrap_or_default()
    }
}
