//! What nobody sees of an OpenDocument sheet: rows and columns that are hidden or of no size, and letters of the colour of
//! their ground.

use std::collections::{HashMap, HashSet};

use super::grid::Grid;
use super::hidden::{HiddenBySheet, is_faint, is_flat, is_small};
use super::xml::{Node, attribute_of_ods as attribute};

/// How high a unit is, in points; a share is one of letters of ten.
const UNITS: [(&str, f64); 7] =
    [("%", 0.1), ("in", 72.0), ("cm", 28.35), ("mm", 2.835), ("pt", 1.0), ("pc", 12.0), ("px", 0.75)];

/// So many styles have something from each other.
const STEPS: usize = 16;

/// The cells that the element which began stands for: all rows and columns from the first to the last.
#[derive(Clone, Copy)]
pub(super) struct Region<'g> {
    pub grid: Option<&'g Grid>,
    pub rows: (u32, u32),
    pub columns: (u32, u32),
}

impl Region<'_> {
    /// Those of them that hold something.
    fn cells(&self) -> impl Iterator<Item = (u32, u32)> {
        let (rows, columns) = (self.rows, self.columns);
        self.grid.into_iter().flat_map(move |grid| {
            let row = move |row: u32| grid.cells.range((row, columns.0)..=(row, columns.1)).map(|(at, _)| *at);
            let filled = grid.cells.range((rows.0, 0)..=(rows.1, u32::MAX)).map(|(at, _)| at.0);
            let mut filled: Vec<u32> = filled.collect();
            filled.dedup();
            filled.into_iter().flat_map(row)
        })
    }
}

/// Letters and their ground, in a style.
#[derive(Default)]
struct Drawn {
    letters: Option<String>,
    ground: Option<String>,
    /// How high its letters are, in points.
    size: Option<f64>,
    is_hidden: bool,
    parent: Option<String>,
}

/// Columns from the first to the last of a sheet.
struct Columns {
    first: u32,
    last: u32,
    are_hidden: bool,
    style: Option<String>,
}

#[derive(Default)]
pub(super) struct Sizes {
    /// Styles of rows and columns that have no size, and those of cells.
    flat: HashSet<String>,
    /// How letters are drawn, by the families and names of styles.
    drawn: HashMap<(String, String), Drawn>,
    /// The names of styles that conditions call by their titles.
    titles: HashMap<String, String>,
    /// What takes the place of a style on a condition.
    mapped: HashMap<String, Vec<String>>,
    /// The style that is open.
    style: (String, String),
    /// The ground of the cell that is open.
    ground: Option<String>,
    depth: usize,
    /// Groups of rows or columns that are not shown, by their depths.
    groups: Vec<usize>,
    columns: Vec<Columns>,
    row_style: Option<String>,
}

impl Sizes {
    /// Takes what a part says; the element that begins stands for these cells.
    pub fn node(&mut self, node: &Node<'_>, region: Region<'_>, hidden: &mut HiddenBySheet) {
        match node {
            Node::Open(space, name, tag) => {
                self.depth += 1;
                let text = |name: &str| attribute(tag, name);
                let space = space.rsplit(':').nth(1).unwrap_or_default();
                match (space, *name) {
                    ("style", "style" | "default-style") => {
                        self.style = (text("family").unwrap_or_default(), text("name").unwrap_or_default());
                        let title = text("display-name").filter(|_| self.style.0 == "table-cell");
                        self.titles.extend(title.map(|title| (title, self.style.1.clone())));
                        // What has no other above it has the one without a name.
                        let parent = text("parent-style-name").or_else(|| Some(String::new()));
                        self.drawn.insert(self.style.clone(), Drawn { parent, ..Drawn::default() });
                    }
                    // The form of a number may have a colour of its own.
                    (_, name) if name.ends_with("-style") => self.style = Default::default(),
                    ("style", "map") => {
                        let others = self.mapped.entry(self.style.1.clone()).or_default();
                        others.extend(text("apply-style-name"));
                    }
                    ("style", "table-row-properties" | "table-column-properties") => {
                        let size = text("row-height").or(text("column-width"));
                        if size.and_then(|size| points(&size)).is_some_and(is_flat) {
                            self.flat.insert(self.style.1.clone());
                        }
                    }
                    ("style", "text-properties") => {
                        let drawn = self.drawn.entry(self.style.clone()).or_default();
                        drawn.letters = text("color").or(drawn.letters.take());
                        drawn.size = text("font-size").and_then(|size| points(&size)).or(drawn.size);
                        drawn.is_hidden |= text("display").is_some_and(|display| display != "true");
                    }
                    ("style", "table-cell-properties") => {
                        self.drawn.entry(self.style.clone()).or_default().ground = text("background-color");
                    }
                    ("table", "table") => self.columns.clear(),
                    ("table", "table-row-group" | "table-column-group")
                        if text("display").is_some_and(|display| display == "false") =>
                    {
                        self.groups.push(self.depth);
                    }
                    ("table", "table-column") => {
                        let times = text("number-columns-repeated").and_then(|times| times.trim().parse().ok());
                        let first = self.columns.last().map_or(0, |columns| columns.last.saturating_add(1));
                        let last = first.saturating_add(times.unwrap_or(1_u32).max(1) - 1);
                        let are_hidden = self.is_hidden(text("visibility"), text("style-name"));
                        self.columns.push(Columns { first, last, are_hidden, style: text("default-cell-style-name") });
                    }
                    ("table", "table-row") => {
                        self.row_style = text("default-cell-style-name");
                        if let Some(grid) = region.grid
                            && self.is_hidden(text("visibility"), text("style-name"))
                        {
                            let rows = &mut hidden.entry(grid.name.clone()).or_default().rows;
                            rows.extend(region.cells().map(|at| at.0));
                        }
                    }
                    ("table", "table-cell") => self.cells(text("style-name"), region, hidden),
                    ("text", "p" | "h") => self.piece("paragraph", text("style-name"), region, hidden),
                    ("text", "span" | "a") => self.piece("text", text("style-name"), region, hidden),
                    _ => {}
                }
            }
            Node::Close => {
                if self.groups.last() == Some(&self.depth) {
                    self.groups.pop();
                }
                self.depth = self.depth.saturating_sub(1);
            }
            Node::Text(_) | Node::Aside => {}
        }
    }

    /// A style of a family with what it has from those above it.
    fn whole(&self, family: &str, style: &str) -> Drawn {
        let (mut whole, mut name) = (Drawn::default(), Some(style.to_owned()));
        for _ in 0..STEPS {
            let Some(style) = name.take() else { break };
            let none = || self.drawn.get(&(family.to_owned(), String::new()));
            let Some(drawn) = self.drawn.get(&(family.to_owned(), style)).or_else(none) else { break };
            whole.is_hidden |= drawn.is_hidden;
            whole.letters = whole.letters.or_else(|| drawn.letters.clone());
            whole.ground = whole.ground.or_else(|| drawn.ground.clone());
            whole.size = whole.size.or(drawn.size);
            name.clone_from(&drawn.parent);
        }
        whole
    }

    fn is_hidden(&self, visibility: Option<String>, style: Option<String>) -> bool {
        !self.groups.is_empty()
            || visibility.is_some_and(|visibility| visibility != "visible")
            || style.is_some_and(|style| self.flat.contains(&style))
    }

    /// Whether a style that a condition gives hides the letters of what has it.
    pub fn hides(&self, style: &str) -> bool {
        let style = self.titles.get(style).map_or(style, String::as_str);
        self.whole("table-cell", style).is_faint(None)
    }

    /// A piece of the text of the cell that is open.
    fn piece(&self, family: &str, style: Option<String>, region: Region<'_>, hidden: &mut HiddenBySheet) {
        let is_faint = style.is_some_and(|style| self.whole(family, &style).is_faint(self.ground.as_deref()));
        if let Some(grid) = region.grid.filter(|_| is_faint) {
            hidden.entry(grid.name.clone()).or_default().faint.extend(region.cells());
        }
    }

    fn cells(&mut self, style: Option<String>, region: Region<'_>, hidden: &mut HiddenBySheet) {
        self.ground = None;
        let Some(grid) = region.grid else { return };
        for at in region.cells() {
            let column = self.columns.iter().find(|columns| (columns.first..=columns.last).contains(&at.1));
            let of_column = column.and_then(|columns| columns.style.as_ref());
            let style = style.as_ref().or(self.row_style.as_ref()).or(of_column);
            let style = style.map_or("Default", String::as_str);
            let drawn = self.whole("table-cell", style);
            let is_hidden_then = self.mapped.get(style).is_some_and(|all| all.iter().any(|other| self.hides(other)));
            let is_faint = drawn.is_faint(None) || is_hidden_then;
            let are_hidden = column.is_some_and(|columns| columns.are_hidden);
            if are_hidden || is_faint {
                let hidden = hidden.entry(grid.name.clone()).or_default();
                hidden.columns.extend(are_hidden.then_some(at.1));
                hidden.faint.extend(is_faint.then_some(at));
            }
            self.ground = drawn.ground;
        }
    }
}

impl Drawn {
    /// Whether nobody sees its letters on their own ground, or on the one around it.
    fn is_faint(&self, around: Option<&str>) -> bool {
        let colour = |colour: &str| colour.trim_start_matches('#').to_ascii_uppercase();
        let ground = self.ground.as_deref().or(around).filter(|ground| *ground != "transparent").unwrap_or("#FFFFFF");
        let is_small = self.size.is_some_and(is_small);
        self.is_hidden
            || is_small
            || self.letters.as_deref().is_some_and(|letters| is_faint(&colour(letters), &colour(ground)))
    }
}

/// A length in points.
fn points(length: &str) -> Option<f64> {
    let of_unit = |(unit, factor): &(&str, f64)| Some((length.trim().strip_suffix(unit)?, *factor));
    let (number, factor) = UNITS.iter().find_map(of_unit)?;
    Some(number.trim().parse::<f64>().ok()? * factor)
}
