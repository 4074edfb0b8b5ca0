//! What the parts of an `.xlsx` say that its reader does not read: words on drawings, remarks, margins, sheets that the
//! workbook does not name, cells whose content is not where their type says, and cells that show another one.

use std::io::Cursor;

use quick_xml::events::BytesStart;
use zip::ZipArchive;

use crate::data::normalize::is_blank;

use super::beside::{Beside, What};
use super::conditions::Condition;
use super::content::Content;
use super::grid::{Budget, Grid};
use super::package::{Book, lower_names, visit};
use super::refusal::{Refusal, damaged, unread_cell};
use super::xml::{Broken, Node, attribute, is_off, is_on};

/// How the namespace ends of what is drawn, in either edition of the standard.
const DRAWN: [&str; 2] = ["/drawingml/2006/main", "/drawingml/main"];
/// Elements of a cell that hold no content of it.
const APART: [&str; 3] = ["f", "rPh", "extLst"];

/// What stands beside the cells; refused is what stands in a cell and was not read.
pub(super) fn account(bytes: &[u8], grids: &[Grid], budget: &mut Budget) -> Result<Vec<Beside>, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(bytes))?;
    let book = Book::new(&mut archive).map_err(|_| damaged(bytes))?;
    let mut all = Vec::new();
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
        let mut part = Part::new(grid, &book);
        match visit(&mut archive, index, &mut |node| part.node(node)) {
            // Old drawings need not be whole XML: what was seen of one before it broke off is told.
            Err(Broken) if is_drawn => part.words.push('…'),
            read => read.map_err(|_| damaged(bytes))?,
        }
        if let Some((row, column)) = part.lost {
            return Err(unread_cell(sheet.unwrap_or_default(), row, column));
        }
        if part.is_sheet() && !book.is_listed(&name) {
            budget.keep(&mut all, Beside::new(What::Unlisted, name, None, ""))?;
            continue;
        }
        part.finish();
        for Words { what, at, text } in part.found {
            budget.keep(&mut all, Beside::new(what, sheet.unwrap_or(&name).to_owned(), at, &text))?;
        }
    }
    Ok(all)
}

/// Whether a namespace is that of spreadsheets, in either form of the standard (ECMA-376, transitional and strict).
fn is_of_sheets(space: &str) -> bool {
    ["http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"]
        .contains(&space)
}

/// Words beside the cells, and the cell that they are about.
struct Words {
    what: What,
    at: Option<(u32, u32)>,
    text: String,
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
    /// The cell that is open: where its content is another part's, how it looks, and what stands in it.
    shared: bool,
    style: usize,
    has_formula: bool,
    /// It has a value already, which is a text of its own.
    has_value: bool,
    is_text: bool,
    /// It shows a value of another part's, such as a share's price.
    is_rich: bool,
    content: String,
    /// How the sheet is shown: without zeros, or with formulas in place of what they answer and day numbers in place of days.
    hides_zeros: bool,
    shows_formulas: bool,
    condition: Option<Condition>,
    /// The words that are open, and where they belong.
    words: String,
    at: Option<(u32, u32)>,
    found: Vec<Words>,
    lost: Option<(u32, u32)>,
}

impl<'g> Part<'g> {
    fn new(grid: Option<&'g Grid>, book: &'g Book) -> Self {
        Self {
            grid,
            book,
            open: Vec::new(),
            root: String::new(),
            row: 0,
            column: 0,
            shared: false,
            style: 0,
            has_formula: false,
            has_value: false,
            is_text: false,
            is_rich: false,
            content: String::new(),
            hides_zeros: false,
            shows_formulas: false,
            condition: None,
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
        match node {
            Node::Open(space, name, tag) => {
                if self.open.is_empty() {
                    self.root = (*name).to_owned();
                }
                let is_drawn = DRAWN.iter().any(|end| space.ends_with(end));
                self.begin(space, name, tag);
                // A drawing's text is told from all others that are called so.
                self.open.push(if is_drawn && *name == "t" { "a:t".to_owned() } else { (*name).to_owned() });
            }
            Node::Close => {
                if let Some(name) = self.open.pop() {
                    self.end(&name);
                }
            }
            Node::Text(text) => self.text(text),
            // The reader takes a value that is no text up to here.
            Node::Aside if !self.is_text && self.is_sheet() && self.is_in("v") => self.lose(),
            Node::Aside => {}
        }
    }

    fn lose_if(&mut self, is_lost: bool) {
        if is_lost {
            self.lose();
        }
    }

    fn lose(&mut self) {
        let at = (self.row.saturating_sub(1), self.column.saturating_sub(1));
        self.lost.get_or_insert(at);
    }

    fn begin(&mut self, space: &str, name: &str, tag: &BytesStart<'_>) {
        if let Some(condition) = &mut self.condition {
            condition.within(name, tag, &self.book.looks);
        }
        let around = self.open.last().map(String::as_str).filter(|_| self.is_sheet());
        let (in_value, in_cell, in_rows) =
            (around == Some("v"), around == Some("c"), matches!(around, Some("row" | "sheetData")));
        match name {
            // Within a value stands nothing, and a cell has one.
            _ if in_value && self.is_in("c") => self.lose(),
            "v" | "is" if in_cell => {
                let again = std::mem::replace(&mut self.has_value, true);
                self.lose_if(again || !is_of_sheets(space));
            }
            "c" | "row" if in_rows && !is_of_sheets(space) => self.lose(),
            "sheetView" => {
                self.hides_zeros |= is_off(tag, "showZeros");
                self.shows_formulas |= is_on(tag, "showFormulas");
            }
            "conditionalFormatting" => self.condition = Some(Condition::new(tag)),
            "f" if self.is_sheet() && self.is_in("c") => self.has_formula = true,
            "row" if self.is_sheet() => {
                let number = attribute(tag, "r").and_then(|row| row.trim().parse::<u32>().ok());
                self.row = number.unwrap_or(self.row + 1);
                self.column = 0;
            }
            "c" if self.is_sheet() => {
                let at = attribute(tag, "r").as_deref().and_then(cell);
                (self.row, self.column) = at.map_or((self.row, self.column + 1), |(row, column)| (row + 1, column + 1));
                self.shared = attribute(tag, "t").as_deref() == Some("s");
                self.style = attribute(tag, "s").and_then(|style| style.trim().parse().ok()).unwrap_or_default();
                self.is_text = matches!(attribute(tag, "t").as_deref(), Some("str" | "inlineStr"));
                (self.has_formula, self.has_value) = (false, false);
                self.is_rich = attribute(tag, "vm").is_some();
                self.content.clear();
            }
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
        } else if self.is_sheet() && self.is_in("c") {
            if !APART.iter().any(|apart| self.is_in(apart)) {
                self.content.push_str(text);
            }
        } else {
            let is_words = match self.root.as_str() {
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
            "c" if self.is_sheet() => {
                if let Some(grid) = self.grid {
                    self.end_cell(grid);
                }
            }
            "conditionalFormatting" => {
                let condition = self.condition.take().zip(self.grid);
                let misled = condition.map(|(condition, grid)| condition.misleads(grid)).unwrap_or_default();
                self.found.extend(misled.into_iter().map(|(what, at, text)| Words { what, at: Some(at), text }));
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

    /// What was read of a cell, held against what stands in it and against what is seen of that.
    fn end_cell(&mut self, grid: &Grid) {
        // Where a number names a text that all sheets share, that text says whether there is anything.
        let is_named = self.shared && self.content.trim().bytes().all(|byte| byte.is_ascii_digit());
        let says = !is_blank(&self.content) && !is_named && !self.content.trim_start().starts_with("_x");
        let at = (self.row.saturating_sub(1), self.column.saturating_sub(1));
        let content = grid.cell(at.0, at.1);
        if says && content.is_blank() {
            self.lost.get_or_insert(at);
        }
        if content.is_blank() {
            return;
        }
        let mut tell = |what, text: &str| self.found.push(Words { what, at: Some(at), text: text.to_owned() });
        if let Some(format) = self.book.looks.misleading(self.style, content) {
            tell(What::Format, format);
        }
        if self.is_rich && !matches!(content, Content::Error(_)) || self.book.looks.repeats(self.style) {
            tell(What::Shown, "");
        }
        if let Some(unit) = self.book.looks.unit(self.style, content) {
            tell(What::Unit, &unit);
        }
        let is_zero = matches!(content, Content::Number(digits, _) if digits == "0");
        if self.hides_zeros && is_zero || self.shows_formulas && matches!(content, Content::Date(_)) {
            tell(What::Unshown, "");
        }
        if self.has_formula && !matches!(content, Content::Error(_)) {
            tell(if self.book.recalculates { What::Stale } else { What::Formula }, "");
        }
    }

    fn keep(&mut self, what: What) {
        self.found.push(Words { what, at: self.at.take(), text: std::mem::take(&mut self.words) });
    }

    /// The words of a drawing are those of the whole part.
    fn finish(&mut self) {
        self.keep(What::Drawing);
    }
}

/// Row and column, from 0, of `AB7`.
fn cell(name: &str) -> Option<(u32, u32)> {
    let name = name.trim().replace('$', "").to_ascii_uppercase();
    let (row, column) = super::place::position(&name);
    let is_cell = name.starts_with(|c: char| c.is_ascii_uppercase()) && name.ends_with(|c: char| c.is_ascii_digit());
    is_cell.then(|| Some((u32::try_from(row).ok()?.checked_sub(1)?, u32::try_from(column).ok()?.checked_sub(1)?)))?
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
