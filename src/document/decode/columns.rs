//! Whether what an element says in a column of numbers is what others of its list come to.

use super::sums::{Name, Suspect, name};
use crate::shape::{Field, Fields};
use crate::sums::Called;
use crate::types::Domain;
use crate::{Document, Slot};
use bulou_base::hash::HashMap;
use bulou_base::value::Row;

/// Digits behind the point of a decimal, at most.
const SCALE: u32 = 18;

/// Digits behind the point that people write, at most.
const SAID: u32 = 6;

/// How often what there is may be in a list: as its elements, as their sums, and as the sums of these.
const LEVELS: u8 = 3;

/// How many elements a sum is of that stands behind or before them, at least.
const FEWEST: usize = 2;

/// A list with elements that may be sums.
pub(super) struct List<'d> {
    pub document: &'d Document,
    pub fields: &'d Fields,
    pub table: u16,
    pub rows: std::ops::Range<u32>,
    /// The elements that are called as sums are.
    pub sums: &'d [Suspect],
    /// Those that are called as all that there is.
    pub wholes: &'d [Suspect],
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum IsSum {
    No,
    Unknown,
    Yes,
}

/// A field of numbers, and what it comes to.
struct Column<'d> {
    field: &'d Field,
    elements: Sum,
    wholes: Sum,
    sums: Sum,
    /// In the elements before each of those that are called as all there is.
    before: Vec<Sum>,
    /// In how many elements, from the first on, a total is reached: the fewest and the most.
    reached: HashMap<i128, (usize, usize)>,
    /// In the elements of one name.
    named: HashMap<Name<'d>, Sum>,
}

impl List<'_> {
    /// Which of those that are called as all that there is say in a column what others come to.
    pub(super) fn are_sums(&self) -> Vec<IsSum> {
        let mut are_sums = vec![IsSum::No; self.wholes.len()];
        let is_number = |field: &&Field| matches!(field.kind.domain(), Domain::Whole(_) | Domain::Decimal(_));
        for field in self.fields.fields.iter().filter(is_number) {
            let column = self.column(field);
            for ((is_sum, whole), before) in are_sums.iter_mut().zip(self.wholes).zip(&column.before) {
                *is_sum = self.is_sum(&column, whole, *before).max(*is_sum);
            }
        }
        are_sums
    }

    fn column<'d>(&'d self, field: &'d Field) -> Column<'d> {
        let mut column = Column {
            field,
            elements: Sum::default(),
            wholes: Sum::default(),
            sums: Sum::default(),
            before: Vec::new(),
            reached: HashMap::from_iter([(0, (0, 0))]),
            named: HashMap::default(),
        };
        let (mut sums, mut wholes) = (self.sums.iter().peekable(), self.wholes.iter().peekable());
        let is_named = self.wholes.iter().any(|whole| name(self.document, self.fields, whole.row) != Name::None);
        for row in self.rows.clone().map(|index| Row { table: self.table, index }) {
            let one = self.one(field, row);
            if sums.next_if(|sum| sum.row == row).is_some() {
                column.sums = column.sums.and(one);
            } else if wholes.next_if(|whole| whole.row == row).is_some() {
                column.wholes = column.wholes.and(one);
                column.before.push(column.elements);
            } else {
                column.elements = column.elements.and(one);
                let Sum { total, said, .. } = column.elements;
                column.reached.entry(total).or_insert((said, said)).1 = said;
                if is_named {
                    let of_name = column.named.entry(name(self.document, self.fields, row)).or_default();
                    *of_name = of_name.and(one);
                }
            }
        }
        column
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

    /// `before` is what the elements before it come to.
    fn is_sum(&self, column: &Column<'_>, whole: &Suspect, before: Sum) -> IsSum {
        let own = self.one(column.field, whole.row);
        if own.said == 0 {
            return IsSum::No;
        }
        let digit = last_digit(self.document.slot(whole.row, column.field.slot));
        let least = if whole.called == Called::School { 2 } else { 1 };
        let of = |name| column.named.get(&name).copied().unwrap_or_default();
        let unknown = |sum: Sum| Sum { unknown: sum.said, ..sum };
        match name(self.document, self.fields, whole.row) {
            Name::None => self.is_all(column, (own, before), least, digit),
            // What has a name of its own is all of that name: `钢叉`, in `全校`.
            name @ Name::Said(_) => own.is_of(of(name).and(unknown(of(Name::Unknown))), 1, least, digit),
            Name::Unknown => {
                let named = unknown(column.elements.without(of(Name::None)));
                let is_sum = self.is_all(column, (own, before), least, digit).max(own.is_of(named, 1, least, digit));
                is_sum.min(IsSum::Unknown)
            }
        }
    }

    /// Whether a number is that of all elements, of those that say they are all there is, of both, or of some that stand
    /// together.
    fn is_all(&self, column: &Column<'_>, (own, before): (Sum, Sum), least: usize, digit: u128) -> IsSum {
        let wholes = column.wholes.without(own);
        let more = column.elements.and(wholes);
        // Where several say that they are all, one that says as much as the only other is none.
        let least_of_elements = if self.wholes.len() > 1 { 2 } else { least };
        [
            own.is_of(column.elements, LEVELS, least_of_elements, digit),
            own.is_of(more, LEVELS, least_of_elements, digit),
            own.is_of(more.and(column.sums), LEVELS, least_of_elements, digit),
            own.is_of(wholes, 1, 2, digit),
            column.has_run(own, before),
        ]
        .into_iter()
        .max()
        .unwrap_or(IsSum::No)
    }
}

impl Column<'_> {
    /// Whether elements that follow each other, up to one that is called as all there is, or from it on, come to its number.
    fn has_run(&self, own: Sum, before: Sum) -> IsSum {
        if own.unknown + self.elements.unknown > 0 {
            return if self.elements.said < FEWEST { IsSum::No } else { IsSum::Unknown };
        }
        let reached = |total: Option<i128>| total.and_then(|total| self.reached.get(&total));
        let ends = reached(before.total.checked_sub(own.total)).is_some_and(|(first, _)| first + FEWEST <= before.said);
        let begins =
            reached(before.total.checked_add(own.total)).is_some_and(|(_, last)| before.said + FEWEST <= *last);
        if own.total != 0 && (ends || begins) { IsSum::Yes } else { IsSum::No }
    }
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

    /// Without some of its numbers.
    fn without(self, one: Self) -> Self {
        let total = self.total.wrapping_sub(one.total);
        Self { total, said: self.said - one.said, unknown: self.unknown - one.unknown }
    }

    /// Whether this number is what others come to, and there are so many of them: each counted once or, beside sums of its
    /// own, up to so many times.
    fn is_of(self, others: Self, levels: u8, least: usize, digit: u128) -> IsSum {
        let mut levels = (1..=levels).filter(|level| others.said >= least.max(2 * usize::from(*level) - 1));
        if self.unknown + others.unknown > 0 {
            return if levels.next().is_some() { IsSum::Unknown } else { IsSum::No };
        }
        let is_close = |level: u8| {
            let (total, apart) = (self.total.checked_mul(level.into()), digit.saturating_mul(level.into()));
            total.is_some_and(|total| others.total.abs_diff(total) < apart)
        };
        if self.total != 0 && levels.any(is_close) { IsSum::Yes } else { IsSum::No }
    }
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

/// One of the last digit that a number has, in units of 10^-18: what is rounded or cut is less than it apart. What a program
/// summed has digits that say nothing (`0.30000000000000004`).
fn last_digit(slot: Slot) -> u128 {
    let scale = if let Slot::Decimal(_, scale) = slot { u32::from(scale).min(SAID) } else { 0 };
    10_u128.pow(SCALE - scale)
}
