//! What cells show on a condition. Nobody can say here when a condition is met, so each cell that it is for must show what
//! it holds when it is.

use std::collections::{BTreeMap, HashSet};

use super::beside::What;
use super::formats::Format;
use super::grid::Grid;
use super::letters::Look;
use super::place::position;
use super::styles::{OnCondition, Styles};
use super::xml::{Tag, attribute, is_off};

/// The cells that a condition is for, and what it makes of them, while it is open.
#[derive(Default)]
pub(super) struct Condition {
    ranges: String,
    styles: Vec<OnCondition>,
    /// Its own style is open, or a row of colours.
    is_styled: bool,
    is_scale: bool,
    /// A picture or a bar is shown instead of the value.
    is_picture: bool,
}

impl Condition {
    pub fn new(tag: &Tag<'_>) -> Self {
        Self { ranges: attribute(tag, "sqref").unwrap_or_default(), ..Self::default() }
    }

    /// Something within it begins.
    pub fn within(&mut self, name: &str, tag: &Tag<'_>, styles: &Styles) {
        match name {
            "cfRule" => {
                (self.is_styled, self.is_scale) = (false, false);
                let style = attribute(tag, "dxfId");
                self.styles.extend(style.and_then(|style| styles.on_condition(&style)).cloned());
            }
            "dxf" => {
                self.is_styled = true;
                self.styles.push(OnCondition::default());
            }
            "colorScale" => self.is_scale = true,
            "color" if self.is_scale => {
                self.styles.push(OnCondition { look: Look::of_ground(tag), ..OnCondition::default() });
            }
            "iconSet" | "dataBar" => self.is_picture |= is_off(tag, "showValue"),
            _ if self.is_styled => self.styles.iter_mut().last().into_iter().for_each(|style| style.take(name, tag)),
            _ => {}
        }
    }

    /// Its cells, where it says them behind.
    pub fn cells(&mut self, text: &str) {
        self.ranges.push_str(text);
    }

    /// The cells that do not show what they hold when the condition is met.
    pub fn misleads(&self, grid: &Grid) -> Vec<(What, (u32, u32), String)> {
        let formats: Vec<Format> =
            self.styles.iter().filter_map(|style| style.format.as_deref()).map(Format::new).collect();
        if formats.is_empty() && !self.is_picture {
            return Vec::new();
        }
        let ranges = self.ranges();
        let mut all = Vec::new();
        for (at, content) in &grid.cells {
            if !ranges.iter().any(|range| range.has(*at)) {
                continue;
            }
            if let Some(format) = formats.iter().find(|format| format.misleads(content)) {
                all.push((What::Format, *at, format.code.clone()));
            } else if let Some(unit) = formats.iter().find_map(|format| format.unit(content)) {
                all.push((What::Unit, *at, unit));
            } else if self.is_picture {
                all.push((What::Unshown, *at, String::new()));
            }
        }
        all
    }

    /// The cells that are not seen when the condition is met: of all cells, each with its style.
    pub fn hides(&self, cells: &BTreeMap<(u32, u32), usize>, styles: &Styles) -> Vec<(u32, u32)> {
        self.of(cells, |style| self.styles.iter().any(|made| styles.is_unseen_when(style, made)))
    }

    /// The cells that are crossed out when the condition is met.
    pub fn strikes(&self, cells: &BTreeMap<(u32, u32), usize>) -> Vec<(u32, u32)> {
        let strikes = self.styles.iter().any(|made| made.look.strikes(&[]));
        self.of(cells, |_| strikes)
    }

    /// Those of its cells whose style it makes so.
    fn of(&self, cells: &BTreeMap<(u32, u32), usize>, is_so: impl Fn(usize) -> bool) -> Vec<(u32, u32)> {
        let all: HashSet<usize> =
            if self.styles.is_empty() { HashSet::new() } else { cells.values().copied().collect() };
        let made: HashSet<usize> = all.into_iter().filter(|style| is_so(*style)).collect();
        if made.is_empty() {
            return Vec::new();
        }
        let ranges = self.ranges();
        let is_made =
            |(at, style): &(&(u32, u32), &usize)| made.contains(style) && ranges.iter().any(|range| range.has(**at));
        cells.iter().filter(is_made).map(|(at, _)| *at).collect()
    }

    fn ranges(&self) -> Vec<Range> {
        self.ranges.split_whitespace().map(Range::new).collect()
    }
}

/// Cells from 0 to and with the last.
#[derive(Debug, PartialEq)]
pub(super) struct Range {
    rows: (u32, u32),
    columns: (u32, u32),
}

impl Range {
    /// `B4`, `C5:A3`, `B:B`, `4:4`; what is none of these may be all cells.
    pub fn new(text: &str) -> Self {
        let text = text.replace('$', "").to_ascii_uppercase();
        let (one, other) = text.split_once(':').unwrap_or((&text, &text));
        let ends = |of: fn(&str) -> Option<u32>| match (of(one), of(other)) {
            (Some(one), Some(other)) => (one.min(other), one.max(other)),
            _ => (0, u32::MAX),
        };
        Self { rows: ends(row), columns: ends(column) }
    }

    /// Rows and columns, each from the first to the last.
    pub fn of(rows: (u32, u32), columns: (u32, u32)) -> Self {
        Self { rows, columns }
    }

    pub fn has(&self, (row, column): (u32, u32)) -> bool {
        (self.rows.0..=self.rows.1).contains(&row) && (self.columns.0..=self.columns.1).contains(&column)
    }
}

fn row(cell: &str) -> Option<u32> {
    cell.trim_start_matches(|c: char| c.is_ascii_uppercase()).parse::<u32>().ok()?.checked_sub(1)
}

fn column(cell: &str) -> Option<u32> {
    cell.starts_with(|c: char| c.is_ascii_uppercase()).then_some(())?;
    u32::try_from(position(cell).1).ok()?.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::Range;

    #[test]
    fn ranges_are_read_as_workbooks_write_them_and_none_is_missed() {
        let all = (0, u32::MAX);
        for (text, rows, columns) in [
            ("B4", (3, 3), (1, 1)),
            ("C5:A3", (2, 4), (0, 2)),
            ("$b$4:AA9", (3, 8), (1, 26)),
            ("B:B", all, (1, 1)),
            ("4:4", (3, 3), all),
            ("", all, all),
            ("名称", all, all),
        ] {
            assert_eq!(Range::new(text), Range { rows, columns }, "{text}");
        }
    }
}
