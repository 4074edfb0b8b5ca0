//! What of a sheet nobody read: a cell that answers nothing is told all the same, for it may be an answer that stands in
//! another place than those that are read.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::shape::Kind;
use crate::data::text;
use crate::data::typed::{self, plain};
use crate::diagnostic::Words;

use super::content::{Content, Holds, take_key};
use super::grid::Grid;
use super::layout::bare;
use super::lines::{HEADINGS, NOTES};
use super::read::{Reader, place};
use super::words;

/// A form while it is read.
pub(super) struct Sheet<'g, 's> {
    pub grid: &'g Grid,
    /// It has the template's keys: what stands there has its place.
    keyed: bool,
    used: BTreeSet<(u32, u32)>,
    /// Columns in which labels stand, and values.
    labels: BTreeSet<u32>,
    values: BTreeSet<u32>,
    /// Columns that a heading says to hold notes.
    notes: BTreeSet<u32>,
    /// What each row asks for.
    asked: BTreeMap<u32, Holds<'s>>,
}

impl<'g, 's> Sheet<'g, 's> {
    pub fn new(grid: &'g Grid, keyed: bool) -> Self {
        let (used, labels, values, notes) = Default::default();
        Self { grid, keyed, used, labels, values, notes, asked: BTreeMap::new() }
    }

    /// A cell was read.
    pub fn uses(&mut self, row: u32, column: u32) {
        self.used.insert((row, column));
    }

    /// A cell is the label of what its row asks for.
    pub fn asks(&mut self, row: u32, column: u32, holds: Holds<'s>) {
        self.uses(row, column);
        self.labels.insert(column);
        self.asked.insert(row, holds);
    }

    /// A cell is the answer to its label.
    pub fn answers(&mut self, row: u32, column: u32) {
        self.uses(row, column);
        self.values.insert(column);
    }

    /// A row of headings.
    pub fn heads(&mut self, row: u32) {
        for (column, content) in self.grid.row(row) {
            let heading = bare(&content.text());
            let notes = NOTES.contains(&heading.as_str());
            if notes || HEADINGS.contains(&heading.as_str()) {
                self.used.insert((row, column));
            }
            if notes {
                self.notes.insert(column);
            }
        }
    }

    /// A row that asks for nothing: a title is a text by itself, where labels stand.
    pub fn title(&mut self, row: u32) {
        let mut cells = self.grid.row(row);
        let (Some((column, Content::Text(_))), None) = (cells.next(), cells.next()) else { return };
        let is_value = self.values.contains(&column) && !self.labels.contains(&column);
        if row == self.grid.rows().first().copied().unwrap_or_default() || !(self.keyed || is_value) {
            self.used.insert((row, column));
        }
    }

    fn left(&self) -> impl Iterator<Item = ((u32, u32), &'g Content)> {
        let is_left = |at: &(u32, u32)| !self.used.contains(at) && !self.notes.contains(&at.1);
        self.grid.cells.iter().filter(move |(at, _)| is_left(at)).map(|(at, content)| (*at, content))
    }

    /// Whether a cell could be an answer to what its row asks, and not a remark on it.
    fn may_answer(&self, reader: &Reader<'_, 's>, row: u32, content: &Content) -> bool {
        let text = content.text();
        match self.asked.get(&row) {
            None | Some(Holds::Anything | Holds::Ordinal) => false,
            Some(Holds::Record | Holds::Listing) => words::has(&plain(&text)).is_some(),
            Some(Holds::Value(Kind::Text(None))) => false,
            Some(Holds::Value(Kind::Text(Some(format)))) => text::format(*format, &text).is_none(),
            Some(Holds::Value(kind)) => typed::meant(kind, &reader.layout.shape.option_sets, None, &text).is_some(),
        }
    }
}

/// Tells what is left of a form. Beside a form that somebody drew there may be remarks.
pub(super) fn tell<'s>(reader: &mut Reader<'_, 's>, sheet: &Sheet<'_, 's>) {
    let remarks = !sheet.keyed && !sheet.left().any(|((row, _), content)| sheet.may_answer(reader, row, content));
    let cells: Vec<(u32, u32)> = sheet.left().map(|(at, _)| at).collect();
    unread(reader, sheet.grid, &cells, remarks);
}

/// Tells what stands above the headings of a list, where only titles may.
pub(super) fn above(reader: &mut Reader<'_, '_>, grid: &Grid, headings: u32, keys: Option<u32>) {
    let (mut cells, mut remarks) = (Vec::new(), true);
    for row in grid.rows().into_iter().filter(|row| *row < headings && Some(*row) != keys) {
        let all: Vec<(u32, &Content)> = grid.row(row).collect();
        if matches!(all.as_slice(), [(_, content)] if is_title(content)) {
            continue;
        }
        // `填报单位:南街小学` says what it is.
        remarks &= all.iter().all(|(_, content)| content.text().contains([':', ':']));
        cells.extend(all.iter().map(|(column, _)| (row, *column)));
    }
    if let Some(row) = keys {
        let strange = grid.row(row).filter(|(_, content)| take_key(content).is_none());
        cells.extend(strange.map(|(column, _)| (row, column)));
        remarks &= cells.last().is_none_or(|(last, _)| *last != row);
    }
    unread(reader, grid, &cells, remarks);
}

/// A text in words, and no code.
fn is_title(content: &Content) -> bool {
    matches!(content, Content::Text(text) if !text.is_ascii())
}

pub(super) fn unread(reader: &mut Reader<'_, '_>, grid: &Grid, cells: &[(u32, u32)], remarks: bool) {
    let Some((row, column)) = cells.first() else { return };
    let count = cells.len();
    let words = Words::new(
        format!(
            "工作表「{}」从这一格起有 {count} 格没有读取,它们不在要填的位置:是要填的就移到「填写」那一列或表头下面,不是就删去",
            grid.name
        ),
        format!(
            "from this cell on {count} cells of the sheet `{}` were not read, for they stand where nothing is filled in: move what is an answer to its place, and delete the rest",
            grid.name
        ),
    );
    reader.tell(&place(grid, *row, *column), "D052", remarks, &words);
}
