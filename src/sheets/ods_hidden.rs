//! What nobody sees of an OpenDocument sheet: rows and columns that are hidden or of no size, cells under a shape, and letters
//! of the colour of their ground.

use std::collections::{HashMap, HashSet};

use super::colours::Rgb;
use super::conditions::Range;
use super::covers::Covers;
use super::grid::Grid;
use super::hidden::{HiddenBySheet, is_flat, is_small};
use super::place::cell;
use super::xml::{Node, attribute_of_ods as attribute};

/// How high a unit is, in points; a share is one of letters of ten.
const UNITS: [(&str, f64); 7] =
    [("%", 0.1), ("in", 72.0), ("cm", 28.35), ("mm", 2.835), ("pt", 1.0), ("pc", 12.0), ("px", 0.75)];

/// The heights of letters: of Latin ones, of Chinese ones, and of those that are joined. A text may have some of each.
const SCRIPTS: [&str; 3] = ["font-size", "font-size-asian", "font-size-complex"];
/// What may lie over cells; a frame holds a picture or words, and a line covers nothing.
const SHAPES: [&str; 8] =
    ["rect", "circle", "ellipse", "polygon", "path", "custom-shape", "regular-polygon", "caption"];

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
    /// How high its letters are, in points, of each script.
    sizes: [Option<f64>; 3],
    is_hidden: bool,
    is_struck: Option<bool>,
    /// A line goes across the cell, from corner to corner.
    is_crossed: Option<bool>,
    /// Whether a protected sheet does not show it.
    is_withheld: Option<bool>,
    /// A shape's ground.
    fill: Option<String>,
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
    is_protected: bool,
    /// The shape that is open and no other around it: how deep it is, what it lies over, and whether words are on it.
    shape: Option<(usize, Range, bool)>,
    /// What shapes lie over, by the names of sheets.
    covers: HashMap<String, Covers>,
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
                        for (size, script) in drawn.sizes.iter_mut().zip(SCRIPTS) {
                            *size = text(script).and_then(|size| points(&size)).or(*size);
                        }
                        let line = text("text-line-through-style").or(text("text-line-through-type"));
                        drawn.is_struck = line.map(|line| line != "none").or(drawn.is_struck);
                        drawn.is_hidden |= text("display").is_some_and(|display| display != "true");
                    }
                    ("style", "table-cell-properties") => {
                        let drawn = self.drawn.entry(self.style.clone()).or_default();
                        drawn.ground = text("background-color");
                        let lines = [text("diagonal-bl-tr"), text("diagonal-tl-br")].into_iter().flatten();
                        drawn.is_crossed = lines.map(|line| line.trim() != "none").reduce(|one, other| one || other);
                        drawn.is_withheld = text("cell-protect").map(|what| what.contains("hidden-and-protected"));
                    }
                    ("style", "graphic-properties") => {
                        self.drawn.entry(self.style.clone()).or_default().fill = text("fill");
                    }
                    ("table", "table") => {
                        self.columns.clear();
                        self.is_protected = text("protected").is_some_and(|protected| protected == "true");
                    }
                    ("drawing", name) if SHAPES.contains(&name) && self.shape.is_none() => {
                        let is_clear = text("style-name").is_some_and(|style| self.is_clear(&style));
                        let range = (!is_clear).then(|| over(text("end-cell-address"), region));
                        self.shape = range.map(|range| (self.depth, range, false));
                    }
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
                if let Some((_, range, has_words)) = self.shape.take_if(|shape| shape.0 == self.depth)
                    && let Some(grid) = region.grid.filter(|_| !has_words)
                {
                    self.covers.entry(grid.name.clone()).or_default().add(range);
                }
                self.depth = self.depth.saturating_sub(1);
            }
            Node::Text(text) => {
                self.shape.iter_mut().for_each(|shape| shape.2 |= !text.trim().is_empty());
            }
            Node::Aside => {}
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
            whole.sizes = [0, 1, 2].map(|script| {
                let size = |drawn: &Drawn| drawn.sizes.get(script).copied().flatten();
                size(&whole).or(size(drawn))
            });
            whole.is_struck = whole.is_struck.or(drawn.is_struck);
            whole.is_crossed = whole.is_crossed.or(drawn.is_crossed);
            whole.is_withheld = whole.is_withheld.or(drawn.is_withheld);
            whole.fill = whole.fill.or_else(|| drawn.fill.clone());
            name.clone_from(&drawn.parent);
        }
        whole
    }

    fn is_hidden(&self, visibility: Option<String>, style: Option<String>) -> bool {
        !self.groups.is_empty()
            || visibility.is_some_and(|visibility| visibility != "visible")
            || style.is_some_and(|style| self.flat.contains(&style))
    }

    /// Whether a shape of this style has no ground.
    fn is_clear(&self, style: &str) -> bool {
        self.whole("graphic", style).fill.is_some_and(|fill| fill == "none")
    }

    /// Keeps the cells that shapes lie over.
    pub fn cover(&self, grids: &[Grid], hidden: &mut HiddenBySheet) {
        for grid in grids {
            let covers = self.covers.get(&grid.name);
            covers.into_iter().for_each(|covers| {
                hidden.entry(grid.name.clone()).or_default().covered.extend(covers.cells(grid));
            });
        }
    }

    /// Whether a style that a condition gives hides the letters of what has it.
    pub fn hides(&self, style: &str) -> bool {
        self.titled(style).is_faint(None)
    }

    /// Whether it crosses them out.
    pub fn strikes(&self, style: &str) -> bool {
        self.titled(style).strikes()
    }

    /// A style of cells as conditions call it.
    fn titled(&self, style: &str) -> Drawn {
        self.whole("table-cell", self.titles.get(style).map_or(style, String::as_str))
    }

    /// A piece of the text of the cell that is open.
    fn piece(&self, family: &str, style: Option<String>, region: Region<'_>, hidden: &mut HiddenBySheet) {
        let Some((grid, style)) = region.grid.zip(style) else { return };
        let drawn = self.whole(family, &style);
        if drawn.is_faint(self.ground.as_deref()) {
            hidden.entry(grid.name.clone()).or_default().faint.extend(region.cells());
        }
        if drawn.is_struck.unwrap_or_default() {
            hidden.entry(grid.name.clone()).or_default().struck.extend(region.cells());
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
            let then = self.mapped.get(style).map(Vec::as_slice).unwrap_or_default();
            let is_hidden_then = then.iter().any(|other| self.hides(other));
            let is_withheld = self.is_protected && drawn.is_withheld.unwrap_or_default();
            let is_faint = drawn.is_faint(None) || is_hidden_then || is_withheld;
            let is_struck = drawn.strikes() || then.iter().any(|other| self.strikes(other));
            let are_hidden = column.is_some_and(|columns| columns.are_hidden);
            if are_hidden || is_faint || is_struck {
                let hidden = hidden.entry(grid.name.clone()).or_default();
                hidden.columns.extend(are_hidden.then_some(at.1));
                hidden.faint.extend(is_faint.then_some(at));
                hidden.struck.extend(is_struck.then_some(at));
            }
            self.ground = drawn.ground;
        }
    }
}

impl Drawn {
    /// Whether its letters are crossed out, or the cell is.
    fn strikes(&self) -> bool {
        self.is_struck.unwrap_or_default() || self.is_crossed.unwrap_or_default()
    }

    /// Whether nobody sees its letters on their own ground, or on the one around it.
    fn is_faint(&self, around: Option<&str>) -> bool {
        let ground = self.ground.as_deref().or(around).filter(|ground| *ground != "transparent").unwrap_or("#FFFFFF");
        let colours = self.letters.as_deref().and_then(Rgb::new).zip(Rgb::new(ground));
        let is_small = self.sizes.iter().flatten().any(|size| is_small(*size));
        self.is_hidden || is_small || colours.is_some_and(|(letters, ground)| letters.is_near(ground))
    }
}

/// The cells that a shape lies over: from the one that holds it, or the first of the sheet, to its last. One that does not
/// say where it ends may lie over all.
fn over(end: Option<String>, region: Region<'_>) -> Range {
    let end = end.and_then(|end| cell(end.rsplit('.').next().unwrap_or_default())).unwrap_or((u32::MAX, u32::MAX));
    let (top, left) = (region.rows.0, region.columns.0);
    Range::of((top, end.0.max(top)), (left, end.1.max(left)))
}

/// A length in points.
fn points(length: &str) -> Option<f64> {
    let of_unit = |(unit, factor): &(&str, f64)| Some((length.trim().strip_suffix(unit)?, *factor));
    let (number, factor) = UNITS.iter().find_map(of_unit)?;
    Some(number.trim().parse::<f64>().ok()? * factor)
}
