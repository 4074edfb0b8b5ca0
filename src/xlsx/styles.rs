//! How cells look, as an `.xlsx` says it in a part of its own: the number formats of its cells, and those that cells have on
//! a condition.

use std::collections::{HashMap, HashSet};

use super::content::Content;
use super::formats::Format;
use super::xml::{Node, attribute};

/// The number formats of a workbook.
#[derive(Default)]
pub(super) struct Styles {
    /// Of each style of cells; more than one where the workbook has several of the same number.
    of_cells: Vec<Vec<Format>>,
    /// The styles that show what a cell holds as often as there is room: 6 as 6666.
    repeating: HashSet<usize>,
    /// Of each style that cells have on a condition, as they are written.
    on_condition: Vec<Option<String>>,
}

/// The part that says it, while it is gone through.
#[derive(Default)]
pub(super) struct Reading {
    codes: HashMap<u32, Vec<String>>,
    styles: Vec<u32>,
    section: String,
    repeating: HashSet<usize>,
    on_condition: Vec<Option<String>>,
}

impl Reading {
    pub fn node(&mut self, node: &Node<'_>) {
        let Node::Open(_, name, tag) = node else { return };
        let id = || attribute(tag, "numFmtId").and_then(|id| id.trim().parse::<u32>().ok());
        match (*name, self.section.as_str()) {
            ("numFmts" | "cellXfs" | "cellStyleXfs" | "cellStyles" | "dxfs", _) => self.section = (*name).to_owned(),
            ("numFmt", "numFmts") => {
                if let (Some(id), Some(code)) = (id(), attribute(tag, "formatCode")) {
                    self.codes.entry(id).or_default().push(code);
                }
            }
            ("dxf", "dxfs") => self.on_condition.push(None),
            ("numFmt", "dxfs") => {
                if let Some(last) = self.on_condition.last_mut() {
                    *last = attribute(tag, "formatCode");
                }
            }
            ("xf", "cellXfs") => self.styles.push(id().unwrap_or_default()),
            ("alignment", "cellXfs") if attribute(tag, "horizontal").is_some_and(|how| how.trim() == "fill") => {
                self.repeating.insert(self.styles.len().saturating_sub(1));
            }
            _ => {}
        }
    }

    pub fn finish(self) -> Styles {
        let of = |id: &u32| match self.codes.get(id) {
            Some(codes) => codes.iter().map(|code| Format::new(code)).collect(),
            None => vec![Format::builtin(*id)],
        };
        Styles {
            of_cells: self.styles.iter().map(of).collect(),
            repeating: self.repeating,
            on_condition: self.on_condition,
        }
    }
}

impl Styles {
    pub fn reading() -> Reading {
        Reading::default()
    }

    /// Whether there is a style of this number; where there are none at all, the first is the program's own.
    pub fn has(&self, style: usize) -> bool {
        style < self.of_cells.len().max(1)
    }

    /// The format of a style of which a cell does not show what it holds.
    pub fn misleading(&self, style: usize, content: &Content) -> Option<&str> {
        let mut formats = self.of_cells.get(style)?.iter();
        formats.find(|format| format.misleads(content)).map(|format| format.code.as_str())
    }

    /// Whether a style shows what a cell holds more than once.
    pub fn repeats(&self, style: usize) -> bool {
        self.repeating.contains(&style)
    }

    /// The unit in which a style shows a number.
    pub fn unit(&self, style: usize, content: &Content) -> Option<String> {
        self.of_cells.get(style)?.iter().find_map(|format| format.unit(content))
    }

    /// The format of a style that cells have on a condition.
    pub fn on_condition(&self, style: &str) -> Option<&str> {
        self.on_condition.get(style.trim().parse::<usize>().ok()?)?.as_deref()
    }
}
