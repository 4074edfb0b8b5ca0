//! Rows of sums: no elements, and what they say has to agree with the rows that they sum.

use std::collections::{BTreeMap, BTreeSet};

use bulou_document::sums::{Called, called};
use bulou_document::typed::plain;
use bulou_document::types::{Domain, Kind};
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;

use super::content::{Content, Holds};
use super::entry::{Entry, bare};
use super::grid::Grid;
use super::read::{Reader, place};

/// A column of numbers: what the elements before the first row of sums come to, those before the second, and so on; nothing
/// where there are none.
struct Column {
    parts: Vec<Option<f64>>,
    /// A cell of it is no number.
    unknown: bool,
}

/// The rows of sums: they are called so and nothing else, and all else in them is numbers, of a column of numbers or how many
/// elements stand above. None of them is an element. What may be one is read, and judged as in any document.
pub(super) fn totals(
    reader: &mut Reader<'_, '_>,
    grid: &Grid,
    columns: &[(u32, Entry<'_>)],
    headings: u32,
) -> BTreeSet<u32> {
    let is_number = |kind: &Kind| matches!(kind.domain(), Domain::Whole(_) | Domain::Decimal(_));
    let (mut of_words, mut numbers) = (BTreeSet::new(), BTreeMap::new());
    for (column, entry) in columns {
        match &entry.holds {
            Holds::Value(kind) if is_number(kind) => {
                drop(numbers.insert(*column, Column { parts: vec![None], unknown: false }));
            }
            Holds::Value(_) => drop(of_words.insert(*column)),
            _ => {}
        }
    }
    let (mut totals, mut elements) = (Vec::new(), 0_u32);
    for row in grid.rows().into_iter().filter(|row| *row > headings) {
        let mut filled = grid.row(row).filter(|(_, content)| !content.is_blank());
        let Some((_, first)) = filled.next() else { continue };
        let is_sum = |(column, content): (u32, &Content)| {
            number(content).is_some_and(|number| !of_words.contains(&column) || number == f64::from(elements))
        };
        match called(&bare(&first.text())) {
            Called::Total if filled.all(is_sum) => {
                totals.push(row);
                numbers.values_mut().for_each(|column| column.parts.push(None));
            }
            called if called >= Called::Count => {}
            _ => {
                elements += 1;
                add(grid, row, &mut numbers);
            }
        }
    }
    for (at, row) in totals.iter().enumerate() {
        unread(reader, grid, *row);
        for (column, entry) in columns {
            let Some(numbers) = numbers.get(column).filter(|numbers| !numbers.unknown) else { continue };
            let says = number(grid.cell(*row, *column));
            if let Some(says) = says.filter(|says| !numbers.agree(at, *says)) {
                contradicts(reader, grid, (*row, *column), says, entry.may_be_told());
            }
        }
    }
    totals.into_iter().collect()
}

impl Column {
    /// Whether a row of sums, the one of that number, says the sum of what stands before it, after it, around it, or between it and
    /// the next one on either side.
    fn agree(&self, at: usize, says: f64) -> bool {
        let sum = |from: usize, to: usize| {
            let parts = self.parts.get(from..to).into_iter().flatten();
            parts.flatten().copied().reduce(|sum, part| sum + part)
        };
        let last = self.parts.len();
        let sums = [sum(0, at + 1), sum(at, at + 1), sum(at + 1, at + 2), sum(at + 1, last), sum(0, last)];
        // Of no elements there is a sum, too.
        let is_nothing = says == 0.0 && sums.iter().all(Option::is_none);
        is_nothing || sums.into_iter().flatten().any(|sum| is_close(says, sum))
    }
}

fn number(content: &Content) -> Option<f64> {
    plain(&content.text()).parse().ok()
}

/// Adds an element's numbers.
fn add(grid: &Grid, row: u32, numbers: &mut BTreeMap<u32, Column>) {
    for (column, numbers) in numbers {
        let content = grid.cell(row, *column);
        match (number(content), numbers.parts.last_mut()) {
            (Some(number), Some(part)) => *part = Some(part.unwrap_or_default() + number),
            _ => numbers.unknown |= !content.is_blank(),
        }
    }
}

/// Sums of decimals are not exact.
fn is_close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
}

/// Tells that a sum is not that of the elements: one was left out, or a number was changed.
fn contradicts(reader: &mut Reader<'_, '_>, grid: &Grid, (row, column): (u32, u32), says: f64, may_be_told: bool) {
    let says = if may_be_told { format!(" {says}") } else { String::new() };
    let words = texts::sum_not_rows_one(&says).text();
    reader.tell(&place(grid, row, column), ProblemCode::Contradiction, false, &words);
}

/// Tells of a row of sums that was not read.
fn unread(reader: &mut Reader<'_, '_>, grid: &Grid, row: u32) {
    let Some((column, _)) = grid.row(row).find(|(_, content)| !content.is_blank()) else { return };
    let (name, number) = (&grid.name, row + 1);
    let words = texts::row_sheet_one_sums(&name, &number).text();
    reader.tell(&place(grid, row, column), ProblemCode::UnreadCells, true, &words);
}
