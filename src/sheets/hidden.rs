//! What of a sheet nobody sees, although it is read: rows and columns that are hidden, filtered out, of hardly any size or
//! out of reach, cells under a shape, and letters of the colour of their ground. The template hides its keys; an answer that is hidden is told.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::sentence::Each;
use bulou_messages::texts;

use super::grid::Grid;
use super::place::column_name;
use super::read::{Reader, place};

/// Rows less high than this, in points, and columns less wide, in letters, are not seen.
const HEIGHT: f64 = 5.0;
const WIDTH: f64 = 0.8;
/// Letters less high than this, in points, are not seen.
const SMALL: f64 = 3.0;
/// So many rows or columns are named.
const NAMED: usize = 6;

/// What of a sheet nobody sees, as far as cells stand there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Hidden {
    /// The sheet itself.
    pub sheet: bool,
    pub rows: BTreeSet<u32>,
    pub columns: BTreeSet<u32>,
    /// Cells whose letters have the colour of their ground, or are too small.
    pub faint: BTreeSet<(u32, u32)>,
    /// Cells whose letters are crossed out, or some of them.
    pub struck: BTreeSet<(u32, u32)>,
    /// Cells that a shape lies over.
    pub covered: BTreeSet<(u32, u32)>,
}

impl Hidden {
    /// What another part says of the sheet counts too.
    pub fn join(&mut self, other: Self) {
        self.sheet |= other.sheet;
        self.rows.extend(other.rows);
        self.columns.extend(other.columns);
        self.faint.extend(other.faint);
        self.struck.extend(other.struck);
        self.covered.extend(other.covered);
    }
}

/// What is hidden of each sheet, by its name.
pub(super) type HiddenBySheet = BTreeMap<String, Hidden>;

/// Whether a row of this height is not seen.
pub(super) fn is_flat(points: f64) -> bool {
    points < HEIGHT
}

/// Whether a column of this width is not seen.
pub(super) fn is_narrow(letters: f64) -> bool {
    letters < WIDTH
}

/// Whether letters of this height are not seen.
pub(super) fn is_small(points: f64) -> bool {
    points < SMALL
}

/// Tells which answers on a sheet nobody sees.
pub(super) fn tell(reader: &mut Reader<'_, '_>, grid: &Grid) {
    let hidden = &grid.hidden;
    let answers: Vec<(u32, u32)> =
        grid.cells.keys().copied().filter(|at| reader.answers(&place(grid, at.0, at.1))).collect();
    let of = |is_so: &dyn Fn(&(u32, u32)) -> bool| answers.iter().copied().filter(is_so).collect::<Vec<_>>();
    let rows = of(&|at| !hidden.sheet && hidden.rows.contains(&at.0));
    let columns = of(&|at| !hidden.sheet && hidden.columns.contains(&at.1));
    let all = of(&|_| hidden.sheet);
    let which_rows = named(rows.iter().map(|at| at.0), |row| (row + 1).to_string());
    let which_columns =
        named(columns.iter().map(|at| at.1), |column| column_name(u16::try_from(column).unwrap_or(u16::MAX)));
    let cases = [
        (all, LocalizedText::default()),
        (rows, texts::hidden_rows(&which_rows).text()),
        (columns, texts::hidden_columns(&which_columns).text()),
    ];
    for (cells, which) in cases {
        let Some((row, column)) = cells.first() else { continue };
        let words = texts::sheet_cannot_seen_hidden(&grid.name, &which).text();
        reader.tell(&place(grid, *row, *column), ProblemCode::Unseen, true, &words);
    }
    for (cells, code, is_notice, words) in [
        (&hidden.covered, ProblemCode::Unseen, true, covered as fn(&str, usize) -> LocalizedText),
        (&hidden.faint, ProblemCode::UnreadCells, false, faint),
        (&hidden.struck, ProblemCode::UnreadCells, false, struck),
    ] {
        let cells = of(&|at| cells.contains(at));
        if let Some((row, column)) = cells.first() {
            reader.tell_of_value(&place(grid, *row, *column), code, is_notice, &words(&grid.name, cells.len()));
        }
    }
}

fn covered(sheet: &str, count: usize) -> LocalizedText {
    texts::shape_sheet_lies_over(&sheet, &count).text()
}

fn faint(sheet: &str, count: usize) -> LocalizedText {
    let more = count.saturating_sub(1);
    texts::letters_cell_not_seen(&sheet, &Each(&count, &more)).text()
}

fn struck(sheet: &str, count: usize) -> LocalizedText {
    let more = count.saturating_sub(1);
    texts::letters_cell_crossed_out(&sheet, &Each(&count, &more)).text()
}

/// Rows or columns in order, neighbours as a range; not all where there are many.
fn named(all: impl Iterator<Item = u32>, name: impl Fn(u32) -> String) -> LocalizedText {
    let all: BTreeSet<u32> = all.collect();
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for one in all {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == one => *last = one,
            _ => ranges.push((one, one)),
        }
    }
    let is_more = ranges.len() > NAMED;
    let range = |(first, last): &(u32, u32)| {
        if first == last { name(*first) } else { format!("{}-{}", name(*first), name(*last)) }
    };
    let shown: Vec<String> = ranges.iter().take(NAMED).map(range).collect();
    let shown = LocalizedText::new(shown.join("、"), shown.join(", "));
    if is_more { texts::named_and_more(&shown).text() } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_named_as_a_range() {
        let named = |all: &[u32]| named(all.iter().copied(), |one| one.to_string());
        assert_eq!(named(&[4, 5, 6, 9]).zh, "4-6、9");
        assert_eq!(named(&[1, 3, 5, 7, 9, 11, 13]).en, "1, 3, 5, 7, 9, 11 and more");
    }
}
