//! What the parts of an `.xlsx` say that its reader does not read: words on drawings, remarks, margins, sheets that the
//! workbook does not name, cells whose content is not where their type says, and cells that show another one.

mod cells;

use std::collections::BTreeMap;
use std::io::Cursor;

use zip::ZipArchive;

use super::asides::{is_data, is_of_people, said};
use super::beside::{Beside, What};
use super::cell::Cell;
use super::conditions::Condition;
use super::covers::Drawing;
use super::grid::{Budget, Grid};
use super::hidden::{Hidden, HiddenBySheet, is_flat, is_narrow};
use super::order::{self, Order, Strange};
use super::package::{Book, lower_names, visit};
use super::place::cell;
use super::refusal::{Refusal, broken, damaged, strange_part, unread_cell};
use super::views::{View, size};
use super::xml::{Broken, Node, Tag, attribute, is_on};

/// How the namespace ends of what is drawn, in either edition of the standard.
const DRAWN: [&str; 2] = ["/drawingml/2006/main", "/drawingml/main"];
/// What a sheet has at most.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// What stands beside the cells; refused is what stands in a cell and was not read.
pub(super) fn account(
    bytes: &[u8],
    grids: &[Grid],
    hidden: &mut HiddenBySheet,
    budget: &mut Budget,
) -> Result<Vec<Beside>, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(bytes))?;
    let book = Book::new(&mut archive, bytes)?;
    let mut all = Vec::new();
    for words in &book.named_words {
        budget.keep(&mut all, Beside::new(What::Name, String::new(), None, words))?;
    }
    for (index, name) in lower_names(&archive).map_err(|_| damaged(bytes))?.into_iter().enumerate() {
        let is_sheet = name.contains("worksheets/") && !name.contains("/_rels/");
        let is_drawn = name.ends_with(".vml");
        if !(name.ends_with(".xml") || is_drawn || book.names(&name)) {
            if is_sheet && !book.is_listed(&name) {
                budget.keep(&mut all, Beside::new(What::Unlisted, name, None, ""))?;
            }
            continue;
        }
        let sheet = book.sheet_of(&name);
        let grid = sheet.and_then(|sheet| grids.iter().find(|grid| grid.name == sheet));
        let mut part = Part { is_data: is_data(&name), ..Part::new(grid, book.names(&name), &book) };
        match visit(&mut archive, index, &mut |node| part.node(node)) {
            // Old drawings need not be whole XML: what was seen of one before it broke off is told.
            Err(Broken) if is_drawn => part.words.push('…'),
            read => read.map_err(|_| damaged(bytes))?,
        }
        if let Some((row, column)) = part.lost {
            return Err(unread_cell(sheet.unwrap_or_default(), row, column));
        }
        if part.is_strange {
            return Err(strange_part(&name));
        }
        if let Some(grid) = grid.filter(|grid| part.is_listed && grid.cells.len() != part.count) {
            return Err(broken(&grid.name));
        }
        if part.is_sheet() && !book.is_listed(&name) {
            budget.keep(&mut all, Beside::new(What::Unlisted, name, None, ""))?;
            continue;
        }
        part.finish();
        if let Some(grid) = grid {
            hidden.entry(grid.name.clone()).or_default().join(std::mem::take(&mut part.hidden));
        }
        for beside in part.found {
            budget.keep(&mut all, Beside { sheet: sheet.unwrap_or(&name).to_owned(), ..beside })?;
        }
    }
    Ok(all)
}

/// Columns that a sheet says something of.
struct Columns {
    first: u32,
    last: u32,
    is_hidden: bool,
    style: Option<usize>,
}

/// One part while it is gone through.
struct Part<'g> {
    /// The sheet's cells as they were read, where the part is one's.
    grid: Option<&'g Grid>,
    book: &'g Book,
    /// The elements that are open, by their own names.
    open: Vec<String>,
    root: String,
    row: u32,
    column: u32,
    /// Where the elements stand of what is read, in a sheet of the workbook.
    order: Order,
    is_listed: bool,
    /// It holds data that no sheet shows.
    is_data: bool,
    is_strange: bool,
    cell: Cell,
    /// How many cells hold something.
    count: usize,
    /// What nobody sees: the row that is open, those of which no height is said, columns with their first and last, and all
    /// others.
    row_is_hidden: bool,
    rows_are_flat: bool,
    columns: Vec<Columns>,
    /// Of the row that is open.
    row_style: Option<usize>,
    others_are_hidden: bool,
    hidden: Hidden,
    view: View,
    drawing: Drawing,
    condition: Option<Condition>,
    /// Those that are whole, and the styles of the cells that hold something.
    conditions: Vec<Condition>,
    styles: BTreeMap<(u32, u32), usize>,
    /// The words that are open, and where they belong.
    words: String,
    at: Option<(u32, u32)>,
    found: Vec<Beside>,
    lost: Option<(u32, u32)>,
}

impl<'g> Part<'g> {
    fn new(grid: Option<&'g Grid>, is_listed: bool, book: &'g Book) -> Self {
        Self {
            grid,
            book,
            open: Vec::new(),
            root: String::new(),
            row: 0,
            column: 0,
            order: Order::new(&order::SHEET),
            is_listed,
            is_data: false,
            is_strange: false,
            cell: Cell::default(),
            count: 0,
            row_is_hidden: false,
            rows_are_flat: false,
            columns: Vec::new(),
            row_style: None,
            others_are_hidden: false,
            hidden: Hidden::default(),
            view: View::default(),
            drawing: Drawing::default(),
            condition: None,
            conditions: Vec::new(),
            styles: BTreeMap::new(),
            words: String::new(),
            at: None,
            found: Vec::new(),
            lost: None,
        }
    }

    fn is_sheet(&self) -> bool {
        matches!(self.root.as_str(), "worksheet" | "macrosheet" | "dialogsheet")
    }

    fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|open| open == name)
    }

    fn node(&mut self, node: &Node<'_>) {
        if let Node::Open(_, name, _) = node
            && self.open.is_empty()
        {
            self.root = (*name).to_owned();
        }
        if self.root == "wsDr" {
            self.drawing.node(node);
        }
        match node {
            Node::Open(space, name, tag) => {
                let found = self.order.open(space, name, tag);
                self.stands(found);
                if self.is_in("is") {
                    self.cell.own.node(node, &self.order);
                }
                let is_drawn = DRAWN.iter().any(|end| space.ends_with(end));
                self.begin(name, tag);
                // A drawing's text is told from all others that are called so.
                self.open.push(if is_drawn && *name == "t" { "a:t".to_owned() } else { (*name).to_owned() });
            }
            Node::Close => {
                if let Some(name) = self.open.pop() {
                    self.end(&name);
                }
                let found = self.order.close();
                self.stands(found);
            }
            Node::Text(text) => {
                let found = self.order.text(text);
                self.stands(found);
                self.cell.own.node(node, &self.order);
                self.text(text);
            }
            Node::Aside => self.cell.is_pieced |= self.order.is_at("v"),
        }
    }

    /// What is out of order in a sheet is told by the cell, where one is open.
    fn stands(&mut self, found: Result<(), Strange>) {
        if found.is_ok() || !self.is_listed {
            return;
        }
        if self.is_in("sheetData") && self.row > 0 {
            self.lose();
        }
        self.is_strange = true;
    }

    fn lose(&mut self) {
        let at = (self.row.saturating_sub(1), self.column.saturating_sub(1));
        self.lost.get_or_insert(at);
    }

    fn begin(&mut self, name: &str, tag: &Tag<'_>) {
        if let Some(condition) = &mut self.condition {
            condition.within(name, tag, &self.book.looks);
        }
        self.found.extend(said(name, tag).filter(|_| self.is_listed));
        match name {
            "sheetView" | "pane" => self.view.take(name, tag),
            "sheetFormatPr" => {
                self.others_are_hidden = size(tag, "defaultColWidth").is_some_and(is_narrow);
                let height = size(tag, "defaultRowHeight").filter(|_| is_on(tag, "customHeight"));
                self.rows_are_flat = height.is_some_and(is_flat);
            }
            "col" if self.order.is_at("col") => {
                let end = |name: &str| attribute(tag, name).and_then(|end| end.trim().parse::<u32>().ok());
                let is_hidden = is_on(tag, "hidden") || size(tag, "width").is_some_and(is_narrow);
                let (first, last) = (end("min").unwrap_or_default(), end("max").unwrap_or(u32::MAX));
                let style = end("style").map(|style| style as usize);
                self.columns.push(Columns { first, last, is_hidden, style });
            }
            "conditionalFormatting" => self.condition = Some(Condition::new(tag)),
            "f" if self.order.is_at("f") => self.cell.has_formula = true,
            "row" if self.order.is_at("row") => {
                self.row += 1;
                self.column = 0;
                self.row_is_hidden = is_on(tag, "hidden") || size(tag, "ht").map_or(self.rows_are_flat, is_flat);
                self.row_style = attribute(tag, "s").and_then(|style| style.trim().parse().ok());
                if let Some(number) = attribute(tag, "r") {
                    match number.parse() {
                        Ok(row @ 1..=ROWS) => self.row = row,
                        _ => self.lose(),
                    }
                }
            }
            "c" if self.order.is_at("c") => self.begin_cell(tag),
            "comment" | "threadedComment" => {
                self.at = attribute(tag, "ref").as_deref().and_then(cell);
                self.words.clear();
            }
            "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader" | "firstFooter" => {
                self.words.clear()
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let last = self.open.last().map(String::as_str).unwrap_or_default();
        if let Some(condition) = self.condition.as_mut().filter(|_| last == "sqref") {
            condition.cells(text);
        } else if self.order.is_at("v") {
            self.cell.content.push_str(text);
        } else if !self.order.is_text() {
            let is_words = match self.root.as_str() {
                root if self.is_data => is_of_people(root),
                "theme" => false,
                "comments" => last == "t" && !self.is_in("rPh"),
                "ThreadedComments" => last == "text",
                "xml" => self.is_in("textbox"),
                _ => last == "a:t" || self.is_in("headerFooter"),
            };
            if is_words {
                self.words.push_str(text);
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "c" if self.order.is_at("c") => {
                if let Some(grid) = self.grid.filter(|_| self.is_listed) {
                    self.end_cell(grid);
                }
            }
            "conditionalFormatting" => {
                self.conditions.extend(self.condition.take());
            }
            "comment" | "threadedComment" => self.keep(What::Comment),
            "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader" | "firstFooter" => {
                self.words = without_codes(&self.words);
                self.keep(What::Margin);
            }
            "p" if !self.words.is_empty() => self.words.push(' '),
            _ => {}
        }
    }

    fn keep(&mut self, what: What) {
        self.found.push(beside(what, self.at.take(), &std::mem::take(&mut self.words)));
    }
}

/// What stands beside the cells of the part that is gone through; of which sheet is known at its end.
fn beside(what: What, at: Option<(u32, u32)>, text: &str) -> Beside {
    Beside::new(what, String::new(), at, text)
}

/// The words of a margin without what says how they look and what numbers and names stand between them.
fn without_codes(text: &str) -> String {
    let mut words = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek().copied()) {
            ('&', Some('&')) => words.extend(chars.next()),
            ('&', Some('"')) => {
                chars.next();
                chars.by_ref().find(|c| *c == '"');
            }
            ('&', Some('K')) => drop(chars.by_ref().take(7).count()),
            ('&', Some('0'..='9')) => while chars.next_if(char::is_ascii_digit).is_some() {},
            ('&', Some(_)) => drop(chars.next()),
            _ => words.push(c),
        }
    }
    words
}
