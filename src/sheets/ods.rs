//! What an OpenDocument sheet shows, held against what was read of it. Its reader takes a cell by its type and goes past one
//! that has none, or whose names are spelled otherwise than LibreOffice spells them; whoever fills it in sees the text.

mod part;

use bulou_base::order;
use std::io::Cursor;

use zip::ZipArchive;

use bulou_document::normalize::is_blank;

use super::beside::{Beside, What};
use super::content::Content;
use super::grid::{Budget, Grid};
use super::hidden::HiddenBySheet;
use super::ods_cell::{Cell, times};
use super::ods_hidden::{Region, Sizes};
use super::ods_looks::Looks;
use super::parts::names;
use super::refusal::{Refusal, damaged, strange_part, unread_cell};
use super::seen::unit;
use super::xml::{Node, attribute_of_ods as attribute, walk};
use part::{PREFIXES, Part};

struct Walk<'g, 'b> {
    grids: &'g [Grid],
    budget: &'b mut Budget,
    /// The elements that are open.
    parts: Vec<Part>,
    /// The folder of an object on a sheet, while its content is gone through.
    object: String,
    sheet: String,
    grid: Option<&'g Grid>,
    /// The first row of those that the open one stands for, and how many these are.
    row: u32,
    rows: u32,
    column: u32,
    cell: Cell,
    /// The text of a remark, drawing or margin that is open.
    text: String,
    beside: Vec<Beside>,
    fault: Option<Refusal>,
    /// Its names are not those that the reader knows.
    is_strange: bool,
    /// How many cells hold something.
    count: usize,
}

/// What the sheets show beside their cells; refused is what their cells show and nobody read.
pub(super) fn account(
    bytes: &[u8],
    grids: &[Grid],
    hidden: &mut HiddenBySheet,
    budget: &mut Budget,
) -> Result<Vec<Beside>, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(bytes))?;
    let (mut walk_of, mut looks, mut sizes) = (Walk::new(grids, budget), Looks::default(), Sizes::default());
    let names = names(&archive).map_err(|_| damaged(bytes))?;
    // Styles of the content have something from those of the whole.
    let mut in_order: Vec<(usize, &String)> = names.iter().enumerate().collect();
    order::sort_by_key(&mut in_order, |(_, name)| name.ends_with("content.xml"));
    for (index, name) in in_order {
        let kinds = ["content.xml", "styles.xml", "settings.xml"];
        let Some((kind, folder)) = kinds.iter().find_map(|kind| Some((*kind, name.strip_suffix(kind)?))) else {
            continue;
        };
        // Of an object on a sheet only the content is seen.
        if !folder.is_empty() && kind != "content.xml" {
            continue;
        }
        walk_of.parts.clear();
        (walk_of.object, walk_of.grid) = (folder.trim_end_matches('/').to_owned(), None);
        let part = archive.by_index(index).map_err(|_| damaged(bytes))?;
        walk(part, &mut |node| {
            walk_of.node(node);
            if folder.is_empty() {
                looks.node(node, &walk_of.sheet);
                sizes.node(node, walk_of.region(), hidden);
            }
        })
        .map_err(|_| damaged(bytes))?;
    }
    looks.hide(grids, &sizes, hidden);
    looks.freeze(grids, hidden);
    sizes.cover(grids, hidden);
    looks.finish(grids).into_iter().for_each(|beside| walk_of.keep(beside));
    // What the reader took by its name alone, and no cell of a sheet shows.
    let is_whole = walk_of.count == grids.iter().map(|grid| grid.cells.len()).sum::<usize>();
    match walk_of.fault {
        Some(fault) => Err(fault),
        None if walk_of.is_strange || !is_whole => Err(strange_part("content.xml")),
        None => Ok(walk_of.beside),
    }
}

impl<'g, 'b> Walk<'g, 'b> {
    fn new(grids: &'g [Grid], budget: &'b mut Budget) -> Self {
        Self {
            grids,
            budget,
            parts: Vec::new(),
            object: String::new(),
            sheet: String::new(),
            grid: None,
            row: 0,
            rows: 0,
            column: 0,
            cell: Cell::default(),
            text: String::new(),
            beside: Vec::new(),
            fault: None,
            is_strange: false,
            count: 0,
        }
    }

    /// The cells of the row or the cell that began last.
    fn region(&self) -> Region<'g> {
        let last = |first: u32, times: u32| first.saturating_add(times.saturating_sub(1));
        let columns = match self.part() {
            Part::Row => (0, u32::MAX),
            _ => (self.column, last(self.column, self.cell.columns)),
        };
        Region { grid: self.grid, rows: (self.row, last(self.row, self.rows)), columns }
    }

    fn part(&self) -> Part {
        self.parts.last().copied().unwrap_or(Part::Outside)
    }

    fn node(&mut self, node: &Node<'_>) {
        match node {
            Node::Open(_, _, tag) if tag.is_misnamed(&PREFIXES) => self.is_strange = true,
            Node::Open(space, name, tag) => {
                let part = self.opened(space, name);
                match (self.part(), part) {
                    (_, Part::Misplaced) => self.is_strange = true,
                    (_, Part::Field) => self.lost(),
                    (Part::Book, Part::Sheet) => self.begin_sheet(attribute(tag, "name")),
                    (Part::Sheet, Part::Row) => self.begin_row(times(attribute(tag, "number-rows-repeated"))),
                    (Part::Row, Part::Cell) => {
                        self.cell = Cell::new(name, tag);
                    }
                    (Part::Cell, Part::Line) => self.cell.has_text = true,
                    (outer, Part::Remark | Part::Drawing | Part::Margin | Part::File) if outer != part => {
                        self.text.clear()
                    }
                    _ => {}
                }
                self.parts.push(part);
            }
            Node::Close => {
                let part = self.parts.pop().unwrap_or(Part::Outside);
                match (self.part(), part) {
                    (Part::Row, Part::Cell) => self.end_cell(),
                    (Part::Sheet, Part::Row) => self.row = self.row.saturating_add(self.rows),
                    (outer, Part::Remark | Part::Drawing | Part::Margin | Part::File) if outer != part => {
                        self.end_beside(part)
                    }
                    _ => {}
                }
            }
            Node::Text(text) => self.text(text),
            // Values stand in attributes, and texts are compared with what was read of them.
            Node::Aside => {}
        }
    }

    fn begin_sheet(&mut self, name: Option<String>) {
        self.sheet = name.unwrap_or_default();
        self.grid = self.grids.iter().find(|grid| grid.name == self.sheet);
        (self.row, self.rows, self.column) = (0, 0, 0);
    }

    fn begin_row(&mut self, rows: u32) {
        (self.rows, self.column) = (rows, 0);
    }

    fn text(&mut self, text: &str) {
        match self.part() {
            Part::Line | Part::Span | Part::Link => self.cell.shown.push_str(text),
            Part::Remark | Part::Drawing | Part::Margin => self.text.push_str(text),
            Part::Outside | Part::Unseen | Part::File => {}
            _ if !is_blank(text) => self.lost(),
            _ => {}
        }
    }

    /// Whether what a cell shows was read, in the first and the last of those that it stands for.
    fn end_cell(&mut self) {
        let cell = std::mem::take(&mut self.cell);
        let last = |first: u32, times: u32| first.saturating_add(times.saturating_sub(1));
        let says = cell.has_value || !is_blank(&cell.shown);
        if says && cell.columns > 0 && self.rows > 0 {
            let (right, bottom) = (last(self.column, cell.columns), last(self.row, self.rows));
            let corners = [(self.row, self.column), (bottom, self.column), (self.row, right), (bottom, right)];
            let cells = |grid: &Grid| -> usize {
                (self.row..=bottom).map(|row| grid.cells.range((row, self.column)..=(row, right)).count()).sum()
            };
            self.count += self.grid.map_or(0, cells);
            let held = corners.map(|(row, column)| self.grid.map(|grid| grid.cell(row, column)));
            let is_read = |content: &Content| cell.is_read(content) && cell.is_typed;
            if !held.iter().all(|held| held.is_some_and(is_read)) {
                self.lost();
            } else if !held.iter().flatten().all(|content| cell.is_seen(content)) {
                self.tell(What::Shown);
            }
            if let Some(grid) = self.grid.filter(|_| !cell.is_text) {
                let rows = (self.row..=bottom).flat_map(|row| grid.cells.range((row, self.column)..=(row, right)));
                let units = rows.filter_map(|(at, content)| Some((*at, unit(content, &cell.shown)?)));
                let all: Vec<((u32, u32), String)> = units.collect();
                all.into_iter()
                    .for_each(|(at, unit)| self.keep(Beside::new(What::Unit, self.sheet.clone(), Some(at), &unit)));
            }
            if cell.is_covered {
                self.tell(What::Covered);
            }
            if cell.has_formula && !held.iter().flatten().any(|content| matches!(content, Content::Error(_))) {
                self.tell(What::Formula);
            }
        }
        self.column = self.column.saturating_add(cell.columns);
    }

    fn end_beside(&mut self, part: Part) {
        let what = match part {
            Part::Remark => What::Comment,
            Part::Margin => What::Margin,
            Part::File => What::Embedded,
            _ => What::Drawing,
        };
        let at = (part != Part::Margin && self.parts.contains(&Part::Cell)).then_some((self.row, self.column));
        let sheet = match part {
            Part::Margin => String::new(),
            _ if !self.object.is_empty() => self.object.clone(),
            _ => self.sheet.clone(),
        };
        self.keep(Beside::new(what, sheet, at, &self.text));
    }

    /// Tells of the cell that is open.
    fn tell(&mut self, what: What) {
        self.keep(Beside::new(what, self.sheet.clone(), Some((self.row, self.column)), ""));
    }

    fn keep(&mut self, beside: Beside) {
        if let Err(fault) = self.budget.keep(&mut self.beside, beside) {
            self.fault.get_or_insert(fault);
        }
    }

    fn lost(&mut self) {
        let (row, column) = (self.row, self.column);
        let sheet = &self.sheet;
        self.fault.get_or_insert_with(|| unread_cell(sheet, row, column));
    }
}
