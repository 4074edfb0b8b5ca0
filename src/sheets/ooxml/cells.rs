//! The cells of a sheet, held against what was read of them, and what of them nobody sees.

use super::{COLUMNS, Part, beside};
use crate::beside::What;
use crate::cell::Cell;
use crate::content::Content;
use crate::grid::Grid;
use crate::place::cell;
use crate::xml::{Tag, attribute};

impl<'g> Part<'g> {
    pub(super) fn begin_cell(&mut self, tag: &Tag<'_>) {
        self.column += 1;
        if let Some(name) = attribute(tag, "r") {
            match cell(&name) {
                Some((row, column)) if row + 1 == self.row && column < COLUMNS && !name.contains('$') => {
                    self.column = column + 1;
                }
                _ => self.lose(),
            }
        }
        let style = attribute(tag, "s").map_or(Some(0), |style| style.parse().ok());
        if style.is_none_or(|style| self.book.is_read() && !self.book.looks.has(style)) {
            self.lose();
        }
        self.cell = Cell {
            kind: attribute(tag, "t").unwrap_or_else(|| "n".to_owned()),
            style: style.unwrap_or_default(),
            is_plain: attribute(tag, "s").is_none(),
            is_rich: attribute(tag, "vm").is_some(),
            ..Cell::default()
        };
    }

    /// What was read of a cell, held against what stands in it and against what is seen of that.
    pub(super) fn end_cell(&mut self, grid: &Grid) {
        let at = (self.row.saturating_sub(1), self.column.saturating_sub(1));
        let content = grid.cell(at.0, at.1);
        let cell = std::mem::take(&mut self.cell);
        if !cell.is_read(content, &self.book.texts) {
            self.lose();
        }
        let answer = if self.book.recalculates { What::Stale } else { What::Formula };
        if content.is_blank() {
            // What answers nothing now may answer something where it is opened.
            if cell.has_formula {
                self.found.push(beside(answer, Some(at), ""));
            }
            return;
        }
        self.count += 1;
        self.see(at, &cell);
        let mut tell = |what, text: &str| self.found.push(beside(what, Some(at), text));
        if let Some(format) = self.book.looks.misleading(cell.style, content) {
            tell(What::Format, format);
        }
        if cell.is_rich && !matches!(content, Content::Error(_)) || self.book.looks.repeats(cell.style) {
            tell(What::Shown, "");
        }
        if let Some(unit) = self.book.looks.unit(cell.style, content) {
            tell(What::Unit, &unit);
        }
        let is_zero = matches!(content, Content::Number(digits, _) if digits == "0");
        if self.view.hides_zeros && is_zero || self.view.shows_formulas && matches!(content, Content::Date(_)) {
            tell(What::Unshown, "");
        }
        if cell.has_formula && !matches!(content, Content::Error(_)) {
            tell(answer, "");
        }
    }

    /// Keeps what nobody sees of a cell that holds something.
    fn see(&mut self, at: (u32, u32), cell: &Cell) {
        if self.row_is_hidden || self.row <= self.view.rows {
            self.hidden.rows.insert(at.0);
        }
        let number = at.1 + 1;
        let around = self.columns.iter().filter(|columns| (columns.first..=columns.last).contains(&number));
        let is_narrow = around.clone().next().is_none() && self.others_are_hidden
            || around.clone().any(|columns| columns.is_hidden);
        if is_narrow || number <= self.view.columns {
            self.hidden.columns.insert(at.1);
        }
        self.styles.insert(at, cell.style);
        let letters = cell.letters(&self.book.texts);
        let around = || self.row_style.or_else(|| around.clone().find_map(|columns| columns.style));
        let around = if cell.is_plain { around() } else { None };
        for style in [cell.style].into_iter().chain(around) {
            if self.book.looks.is_unseen(style, letters) {
                self.hidden.faint.insert(at);
            }
            if self.book.looks.strikes(style, letters) {
                self.hidden.struck.insert(at);
            }
        }
    }

    /// The words of a drawing are those of the whole part, and conditions are for cells wherever these stand in it.
    pub(super) fn finish(&mut self) {
        self.keep(if self.is_data { What::Data } else { What::Drawing });
        if self.root == "externalLink" {
            self.keep(What::Link);
        }
        let Some(grid) = self.grid else { return };
        self.hidden.sheet = self.book.is_hidden;
        self.hidden.covered.extend(self.drawing.covers.cells(grid));
        for condition in std::mem::take(&mut self.conditions) {
            let misled = condition.misleads(grid).into_iter();
            self.found.extend(misled.map(|(what, at, text)| beside(what, Some(at), &text)));
            self.hidden.faint.extend(condition.hides(&self.styles, &self.book.looks));
            self.hidden.struck.extend(condition.strikes(&self.styles));
        }
    }
}
