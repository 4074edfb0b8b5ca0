//! Whether what an element says in a column of numbers is what others of its list come to.

use std::collections::HashMap;

use super::sums::{Name, Suspect, name};
use crate::shape::{Field, Fields};
use crate::sums::Called;
use crate::types::Domain;
use crate::{Document, Slot};
use bulou_base::value::Row;

/// Digits behind the point of a decimal, at most.
const SCALE: u32 = 18;

/// How often what there is may be in a list: as its elements, as their sums, and as the sums of these.
const LEVELS: u8 = 3;

/// How many elements a sum is of that stands behind or before them, at least.
const FEWEST: usize = 2;

/// A list with elements that may be sums.
pub(super) struct List<'d> {
    pub document: &'d Document,
    pub fields: &'d Fields,
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
            for (at, is_sum) in are_sums.iter_mut().enumerate() {
                *is_sum = self.is_sum(&column, at).max(*is_sum);
            }
        }
        are_sums
    }

    fn column<'d>(&'d self, field: &'d Field) -> Column<'d> {
        let none = Sum::default();
        let mut column = Column {
            field,
            elements: none,
            wholes: none,
            sums: none,
            before: Vec::new(),
            reached: HashMap::from([(0, (0, 0))]),
            named: HashMap::new(),
        };
        let (mut sums, mut wholes) = (self.sums.iter().peekable(), self.wholes.iter().peekable());
        let is_named = self.wholes.iter().any(|whole| whole.is_named);
        for index in self.wholes.first().map_or(0..0, |_| self.rows.clone()) {
            let row = Row { index, ..self.wholes[0].row };
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

    fn is_sum(&self, column: &Column<'_>, at: usize) -> IsSum {
        let whole = &self.wholes[at];
        let own = self.one(column.field, whole.row);
        if own.said == 0 {
            return IsSum::No;
        }
        let digit = last_digit(self.document.slot(whole.row, column.field.slot));
        let least = if whole.called == Called::School { 2 } else { 1 };
        let wholes = column.wholes.without(own);
        let more = column.elements.and(wholes);
        // An element's own name makes it less likely that it is all of the list.
        let (levels, least_of_all) = if whole.is_named { (1, 2) } else { (LEVELS, least) };
        let all = [column.elements, more, more.and(column.sums)];
        let all = all.into_iter().map(|others| own.is_of(others, levels, least_of_all, digit));
        let of_name = own.is_of(self.of_name(column, whole), 1, least, digit);
        let run = if whole.is_named { IsSum::No } else { column.has_run(own, column.before[at]) };
        all.chain([own.is_of(wholes, 1, 2, digit), of_name, run]).max().unwrap_or(IsSum::No)
    }

    /// What the elements come to that have the name of one that says in another text that it is all of them.
    fn of_name(&self, column: &Column<'_>, whole: &Suspect) -> Sum {
        let of = |name| column.named.get(&name).copied().unwrap_or_default();
        let unknown = |sum: Sum| Sum { unknown: sum.said, ..sum };
        match name(self.document, self.fields, whole.row) {
            Name::None => Sum::default(),
            _ if !whole.is_named => Sum::default(),
            Name::Unknown => unknown(column.elements.without(of(Name::None))),
            said @ Name::Said(_) => of(said).and(unknown(of(Name::Unknown))),
        }
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
            total.is_some_and(|total| others.total.abs_diff(total).saturating_mul(2) <= apart)
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

/// One of the last digit that a number has, in units of 10^-18: what is rounded may be half of it apart.
fn last_digit(slot: Slot) -> u128 {
    let scale = if let Slot::Decimal(_, scale) = slot { u32::from(scale) } else { 0 };
    10_u128.pow(SCALE.saturating_sub(scale))
}
