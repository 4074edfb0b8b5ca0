//! What the parts of an `.xlsx` say that its reader does not read: words on drawings, remarks, margins, sheets that the
//! workbook does not name, and cells whose content is not where their type says.

use std::io::Cursor;

use quick_xml::events::BytesStart;
use zip::ZipArchive;

use crate::data::normalize::is_blank;

use super::beside::{Beside, What};
use super::grid::{Budget, Grid};
use super::package::{Book, lower_names, visit};
use super::refusal::{Refusal, damaged, unread_cell};
use super::xml::{Broken, Node, attribute};

/// How the namespace ends of what is drawn, in either edition of the standard.
const DRAWN: [&str; 2] = ["/drawingml/2006/main", "/drawingml/main"];
/// Elements of a cell that hold no content of it.
const APART: [&str; 3] = ["f", "rPh", "extLst"];

/// What stands beside the cells; refused is what stands in a cell and was not read.
pub(super) fn account(bytes: &[u8], grids: &[Grid], budget: &mut Budget) -> Result<Vec<Beside>, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(bytes))?;
    let book = Book::new(&mut archive).map_err(|_| damaged(bytes))?;
    let mut all = Vec::new();
    for format in &book.formats.on_condition {
        budget.keep(&mut all, Beside::new(What::Format, String::new(), None, format))?;
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
        let mut part = Part::new(grid, &book.formats.of_cells);
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
    formats: &'g [Option<String>],
    /// The elements that are open, by their own names.
    open: Vec<String>,
    root: String,
    row: u32,
    column: u32,
    /// The cell that is open: where its content is another part's, and what stands in it.
    shared: bool,
    style: usize,
    content: String,
    /// The words that are open, and where they belong.
    words: String,
    at: Option<(u32, u32)>,
    found: Vec<Words>,
    lost: Option<(u32, u32)>,
}

impl<'g> Part<'g> {
    fn new(grid: Option<&'g Grid>, formats: &'g [Option<String>]) -> Self {
        let (open, root, content, words, found) = Default::default();
        let (row, column, shared, style, at, lost) = Default::default();
        Self { grid, formats, open, root, row, column, shared, style, content, words, at, found, lost }
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
                self.begin(name, tag);
                // A drawing's text is told from all others that are called so.
                self.open.push(if is_drawn && *name == "t" { "a:t".to_owned() } else { (*name).to_owned() });
            }
            Node::Close => {
                if let Some(name) = self.open.pop() {
                    self.end(&name);
                }
            }
            Node::Text(text) => self.text(text),
        }
    }

    fn begin(&mut self, name: &str, tag: &BytesStart<'_>) {
        match name {
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
        if self.is_sheet() && self.is_in("c") {
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
                // Where a number names a text that all sheets share, that text says whether there is anything.
                let is_named = self.shared && self.content.trim().bytes().all(|byte| byte.is_ascii_digit());
                let says = !is_blank(&self.content) && !is_named && !self.content.trim_start().starts_with("_x");
                let at = (self.row.saturating_sub(1), self.column.saturating_sub(1));
                if says && self.grid.is_some_and(|grid| grid.cell(at.0, at.1).is_blank()) {
                    self.lost.get_or_insert(at);
                }
                let format = self.formats.get(self.style).and_then(Option::as_ref);
                if let Some(format) = format.filter(|_| !is_blank(&self.content)) {
                    self.found.push(Words { what: What::Format, at: Some(at), text: format.clone() });
                }
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
