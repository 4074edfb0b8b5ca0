//! What an OpenDocument sheet shows on a condition, and what it does not show. The text that stands in a cell is what it
//! shows without conditions; how one would show its value cannot be followed, so each that is shown in a way of its own is
//! told.

use std::collections::{HashMap, HashSet};

use super::beside::{Beside, What};
use super::conditions::Range;
use super::content::Content;
use super::grid::Grid;
use super::hidden::HiddenBySheet;
use super::ods_hidden::Sizes;
use super::xml::{Node, attribute_of_any as attribute};

/// The form of a number that has none.
const PLAIN: &str = "N0";

/// Settings that say whether panes stand still, and which row or column is the first of those.
const ROWS: [&str; 2] = ["VerticalSplitMode", "PositionTop"];
const COLUMNS: [&str; 2] = ["HorizontalSplitMode", "PositionLeft"];
/// Panes stand still.
const STILL: u32 = 2;

/// What was seen of how cells look, in all parts.
#[derive(Default)]
pub(super) struct Looks {
    /// Styles that show values in a form of their own, by both of their names.
    formed: HashSet<String>,
    /// Styles that conditions give to cells of a sheet.
    given: Vec<(String, Cells)>,
    /// Styles that conditions give to whatever has another style.
    mapped: HashSet<String>,
    /// Cells that show a picture or a bar alone.
    pictured: Vec<Cells>,
    /// The cells of the condition that is open.
    cells: Cells,
    /// The setting that is open.
    setting: String,
    hides_zeros: bool,
    /// How each sheet is scrolled and whether a part of it stands still, by the names of sheets and settings.
    scrolled: HashMap<(String, &'static str), u32>,
    /// The sheet of whose settings some are open.
    table: String,
}

/// Cells of a sheet.
#[derive(Clone, Default)]
struct Cells {
    sheet: String,
    ranges: String,
}

impl Cells {
    /// `隐患.B4:隐患.B9`, and more of them.
    fn ranges(&self) -> Vec<Range> {
        let corner = |corner: &str| corner.rsplit('.').next().unwrap_or_default().to_owned();
        let range = |text: &str| Range::new(&text.split(':').map(corner).collect::<Vec<_>>().join(":"));
        self.ranges.split_whitespace().map(range).collect()
    }
}

impl Looks {
    /// Takes what a part says, on this sheet where it is open.
    pub fn node(&mut self, node: &Node<'_>, sheet: &str) {
        match node {
            Node::Open(_, "style", tag) if attribute(tag, "data-style-name").is_some_and(|form| form != PLAIN) => {
                self.formed.extend(attribute(tag, "name").into_iter().chain(attribute(tag, "display-name")));
            }
            Node::Open(_, "map", tag) => self.mapped.extend(attribute(tag, "apply-style-name")),
            Node::Open(_, "conditional-format", tag) => {
                let ranges = attribute(tag, "target-range-address").unwrap_or_default();
                self.cells = Cells { sheet: sheet.to_owned(), ranges };
            }
            // A condition on days is an element of its own, which calls the style otherwise.
            Node::Open(_, "condition" | "date-is", tag) => {
                let style = attribute(tag, "apply-style-name").or_else(|| attribute(tag, "style"));
                self.given.extend(style.map(|style| (style, self.cells.clone())));
            }
            Node::Open(_, "icon-set" | "data-bar" | "formatting-entry", tag)
                if attribute(tag, "show-value").is_some_and(|value| value == "false") =>
            {
                self.pictured.push(self.cells.clone());
            }
            Node::Open(_, "config-item-map-entry", tag) => self.table = attribute(tag, "name").unwrap_or_default(),
            Node::Open(_, "config-item", tag) => self.setting = attribute(tag, "name").unwrap_or_default(),
            Node::Text(text) if self.setting == "ShowZeroValues" => self.hides_zeros |= text.trim() == "false",
            Node::Text(text) => {
                let name = ROWS.into_iter().chain(COLUMNS).find(|name| *name == self.setting);
                if let Some((name, count)) = name.zip(text.trim().parse().ok()) {
                    self.scrolled.insert((self.table.clone(), name), count);
                }
            }
            Node::Close => self.setting.clear(),
            _ => {}
        }
    }

    /// Keeps the cells whose letters a condition hides or crosses out.
    pub fn hide(&self, grids: &[Grid], sizes: &Sizes, hidden: &mut HiddenBySheet) {
        for (style, cells) in &self.given {
            let (hides, strikes) = (sizes.hides(style), sizes.strikes(style));
            let ranges = if hides || strikes { cells.ranges() } else { continue };
            for grid in grids.iter().filter(|grid| grid.name == cells.sheet) {
                let all = || grid.cells.keys().filter(|at| ranges.iter().any(|range| range.has(**at)));
                let hidden = hidden.entry(grid.name.clone()).or_default();
                hidden.faint.extend(all().filter(|_| hides));
                hidden.struck.extend(all().filter(|_| strikes));
            }
        }
    }

    /// Keeps the rows and columns before panes that stand still: nobody scrolls there.
    pub fn freeze(&self, grids: &[Grid], hidden: &mut HiddenBySheet) {
        for grid in grids {
            let first = |[mode, first]: [&'static str; 2]| {
                let of = |name| self.scrolled.get(&(grid.name.clone(), name)).copied().unwrap_or_default();
                if of(mode) == STILL { of(first) } else { 0 }
            };
            let (row, column) = (first(ROWS), first(COLUMNS));
            if (row, column) != (0, 0) {
                let hidden = hidden.entry(grid.name.clone()).or_default();
                hidden.rows.extend(grid.cells.keys().map(|at| at.0).filter(|at| *at < row));
                hidden.columns.extend(grid.cells.keys().map(|at| at.1).filter(|at| *at < column));
            }
        }
    }

    /// What is told of it.
    pub fn finish(self, grids: &[Grid]) -> Vec<Beside> {
        let mut all = Vec::new();
        let mut tell = |what, cells: &Cells| {
            let ranges = cells.ranges();
            for grid in grids.iter().filter(|grid| grid.name == cells.sheet) {
                let first = grid.cells.keys().find(|at| ranges.iter().any(|range| range.has(**at)));
                all.extend(first.map(|at| Beside::new(what, grid.name.clone(), Some(*at), "")));
            }
        };
        let is_formed = |style: &String| self.formed.contains(style);
        self.given.iter().filter(|(style, _)| is_formed(style)).for_each(|(_, cells)| tell(What::Restyled, cells));
        self.pictured.iter().for_each(|cells| tell(What::Unshown, cells));
        // Older programs say it of styles alone.
        if self.given.is_empty() && self.mapped.iter().any(is_formed) {
            all.push(Beside::new(What::Restyled, String::new(), None, ""));
        }
        let is_zero = |content: &Content| matches!(content, Content::Number(digits, _) if digits == "0");
        for grid in grids.iter().filter(|_| self.hides_zeros) {
            let zeros = grid.cells.iter().filter(|(_, content)| is_zero(content));
            all.extend(zeros.map(|(at, _)| Beside::new(What::Unshown, grid.name.clone(), Some(*at), "")));
        }
        all
    }
}
