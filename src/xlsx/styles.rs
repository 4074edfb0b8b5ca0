//! How cells look, as an `.xlsx` says it in a part of its own: the number formats of its cells, and those that cells have on
//! a condition.

use std::collections::{HashMap, HashSet};

use super::content::Content;
use super::formats::Format;
use super::package::{Parts, visit};
use super::xml::{Broken, Node, attribute};

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

impl Styles {
    pub fn of(archive: &mut Parts<'_>, index: usize) -> Result<Self, Broken> {
        let (mut codes, mut styles) = (HashMap::<u32, Vec<String>>::new(), Vec::new());
        let (mut on_condition, mut section, mut is_strange) = (Vec::new(), String::new(), false);
        let mut repeating = HashSet::new();
        visit(archive, index, &mut |node| {
            let Node::Open(_, name, tag) = node else { return };
            let id = || attribute(tag, "numFmtId").and_then(|id| id.trim().parse::<u32>().ok());
            match (*name, section.as_str()) {
                ("numFmts" | "cellXfs" | "cellStyleXfs" | "cellStyles" | "dxfs", _) => section = (*name).to_owned(),
                ("numFmt", "numFmts") => {
                    if let (Some(id), Some(code)) = (id(), attribute(tag, "formatCode")) {
                        codes.entry(id).or_default().push(code);
                    }
                }
                ("dxf", "dxfs") => on_condition.push(None),
                ("numFmt", "dxfs") => {
                    if let Some(last) = on_condition.last_mut() {
                        *last = attribute(tag, "formatCode");
                    }
                }
                ("xf", "cellXfs") => styles.push(id().unwrap_or_default()),
                ("alignment", "cellXfs") if attribute(tag, "horizontal").is_some_and(|how| how.trim() == "fill") => {
                    repeating.insert(styles.len().saturating_sub(1));
                }
                // Which of the styles a program takes, and so how they are counted, is its own choice.
                ("AlternateContent", "numFmts" | "cellXfs" | "dxfs") => is_strange = true,
                _ => {}
            }
        })?;
        if is_strange {
            return Err(Broken);
        }
        let of = |id: &u32| match codes.get(id) {
            Some(codes) => codes.iter().map(|code| Format::new(code)).collect(),
            None => vec![Format::builtin(*id)],
        };
        Ok(Self { of_cells: styles.iter().map(of).collect(), repeating, on_condition })
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
