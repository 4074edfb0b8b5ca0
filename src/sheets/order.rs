//! Where the elements of a part stand that is read. The reader knows elements by their own names alone, wherever they stand and
//! whatever their namespace; other programs do not. So a part in which one stands elsewhere, or another one among them, is
//! refused: no two programs need read it alike.

use super::xml::{Tag, attribute};

/// An element that is read.
pub(super) struct Rule {
    name: &'static str,
    /// The element in which it stands, by its place among the rules; none for the root.
    within: Option<usize>,
    holds: Holds,
    /// It is there once.
    once: bool,
    /// It stands nowhere else in the part.
    alone: bool,
    /// What it does not stand beside.
    without: Option<usize>,
}

/// What an element may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Whatever it likes.
    Anything,
    /// The same, and what is in it is not minded.
    Unread,
    /// The elements that are listed, and no text.
    Listed,
    /// A text, and no element.
    Text,
}

const fn rule(name: &'static str, within: Option<usize>, holds: Holds) -> Rule {
    Rule { name, within, holds, once: false, alone: false, without: None }
}

impl Rule {
    const fn once(self) -> Self {
        Self { once: true, ..self }
    }

    const fn alone(self) -> Self {
        Self { alone: true, ..self }
    }

    const fn without(self, other: usize) -> Self {
        Self { without: Some(other), ..self }
    }
}

use Holds::{Anything, Listed, Text, Unread};

const SHEETS: [&str; 2] =
    ["http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"];

/// What is called like an element that stands nowhere else, and is another one: the row at which a drawing begins, the formula
/// of a condition.
const NAMESAKES: [(&str, &str); 3] = [
    ("http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing", "row"),
    ("http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing", "row"),
    ("http://schemas.microsoft.com/office/excel/2006/main", "f"),
];

/// A kind of parts, and the namespaces of its elements.
pub(super) struct Kind {
    spaces: &'static [&'static str],
    rules: &'static [Rule],
}

/// The workbook.
pub(super) static WORKBOOK: Kind = Kind {
    spaces: &SHEETS,
    rules: &[
        rule("workbook", None, Anything).alone(),
        rule("sheets", Some(0), Listed).once().alone(),
        rule("sheet", Some(1), Anything).alone(),
        rule("workbookPr", Some(0), Anything).once(),
    ],
};

/// A sheet.
pub(super) static SHEET: Kind = Kind {
    spaces: &SHEETS,
    rules: &[
        rule("worksheet", None, Anything).alone(),
        rule("sheetData", Some(0), Listed).once().alone(),
        rule("row", Some(1), Listed).alone(),
        rule("c", Some(2), Listed).alone(),
        rule("v", Some(3), Text).once().alone().without(6),
        rule("f", Some(3), Text).once().alone(),
        rule("is", Some(3), Listed).once().alone().without(4),
        rule("t", Some(6), Text).once().alone().without(8),
        rule("r", Some(6), Listed).alone().without(7),
        rule("t", Some(8), Text).once(),
        rule("rPr", Some(8), Anything),
        rule("rPh", Some(6), Listed).alone(),
        rule("t", Some(11), Text),
        rule("phoneticPr", Some(6), Anything),
        rule("extLst", Some(2), Anything),
        rule("mergeCells", Some(0), Listed).once().alone(),
        rule("mergeCell", Some(15), Anything).alone(),
        rule("cols", Some(0), Listed).alone().without(1),
        rule("col", Some(17), Anything),
        rule("chartsheet", None, Anything).alone(),
        rule("dialogsheet", None, Anything).alone(),
        // How all cells are shown is said before them.
        rule("sheetViews", Some(0), Anything).once().without(1),
        rule("sheetFormatPr", Some(0), Anything).once().without(1),
    ],
};

/// The texts that the sheets share.
pub(super) static TEXTS: Kind = Kind {
    spaces: &SHEETS,
    rules: &[
        rule("sst", None, Listed).alone(),
        rule("si", Some(0), Listed).alone(),
        rule("t", Some(1), Text).once().alone().without(3),
        rule("r", Some(1), Listed).alone().without(2),
        rule("t", Some(3), Text).once(),
        rule("rPr", Some(3), Anything),
        rule("rPh", Some(1), Listed).alone(),
        rule("t", Some(6), Text),
        rule("phoneticPr", Some(1), Anything),
        rule("extLst", Some(0), Anything),
    ],
};

/// How cells look.
pub(super) static STYLES: Kind = Kind {
    spaces: &SHEETS,
    rules: &[
        rule("styleSheet", None, Anything).alone(),
        rule("numFmts", Some(0), Listed).once().alone(),
        rule("numFmt", Some(1), Anything).alone(),
        rule("cellXfs", Some(0), Listed).once().alone(),
        rule("xf", Some(3), Listed).alone(),
        rule("alignment", Some(4), Anything).once(),
        rule("protection", Some(4), Anything).once(),
        rule("extLst", Some(4), Anything).once(),
        rule("dxfs", Some(0), Listed),
        rule("dxf", Some(8), Anything),
        rule("numFmt", Some(9), Anything),
        rule("cellStyleXfs", Some(0), Listed).once(),
        rule("xf", Some(11), Anything),
        rule("extLst", Some(0), Unread),
    ],
};

/// Which part another one means.
pub(super) static RELATIONS: Kind = Kind {
    spaces: &["http://schemas.openxmlformats.org/package/2006/relationships"],
    rules: &[rule("Relationships", None, Listed).alone(), rule("Relationship", Some(0), Anything).alone()],
};

/// What each part is.
pub(super) static TYPES: Kind = Kind {
    spaces: &["http://schemas.openxmlformats.org/package/2006/content-types"],
    rules: &[
        rule("Types", None, Listed).alone(),
        rule("Default", Some(0), Anything),
        rule("Override", Some(0), Anything),
    ],
};

/// A part while it is gone through.
pub(super) struct Order {
    kind: &'static Kind,
    /// The elements that are open, by their rules.
    open: Vec<Option<usize>>,
    /// How often each was there in the one around it.
    counts: Vec<u32>,
    /// What begins and ends the text of a run whose blanks are not kept.
    edges: Option<(char, char)>,
    is_kept: bool,
}

/// It does not stand as it is read.
#[derive(Debug)]
pub(super) struct Strange;

impl Order {
    pub fn new(kind: &'static Kind) -> Self {
        Self { kind, open: Vec::new(), counts: vec![0; kind.rules.len()], edges: None, is_kept: false }
    }

    fn top(&self) -> Option<&'static Rule> {
        self.kind.rules.get(self.open.last().copied().flatten()?)
    }

    /// An element begins.
    pub fn open(&mut self, space: &str, name: &str, tag: &Tag<'_>) -> Result<(), Strange> {
        let rules = self.kind.rules;
        let around = self.open.last().copied().flatten();
        let is_root = self.open.is_empty();
        let stands = |rule: &Rule| rule.name == name && rule.within == around && (is_root == rule.within.is_none());
        let found = rules.iter().position(stands);
        self.open.push(found);
        let Some((index, rule)) = found.and_then(|index| Some((index, rules.get(index)?))) else {
            let is_listed = is_root || !matches!(self.holds_of(around), Anything | Unread);
            let is_minded = !self.open.iter().any(|open| self.holds_of(*open) == Unread);
            let is_other = NAMESAKES.contains(&(space, name));
            let is_elsewhere = is_minded && !is_other && rules.iter().any(|rule| rule.alone && rule.name == name);
            return if is_listed || is_elsewhere { Err(Strange) } else { Ok(()) };
        };
        if !self.kind.spaces.contains(&space) {
            return Err(Strange);
        }
        for (inner, count) in rules.iter().zip(&mut self.counts) {
            if inner.within == Some(index) {
                *count = 0;
            }
        }
        let count = |at: usize| self.counts.get(at).copied().unwrap_or_default();
        if rule.once && count(index) > 0 || rule.without.is_some_and(|other| count(other) > 0) {
            return Err(Strange);
        }
        if let Some(count) = self.counts.get_mut(index) {
            *count += 1;
        }
        (self.edges, self.is_kept) = (None, attribute(tag, "xml:space").is_some_and(|value| value == "preserve"));
        Ok(())
    }

    fn holds_of(&self, rule: Option<usize>) -> Holds {
        rule.and_then(|rule| self.kind.rules.get(rule)).map_or(Anything, |rule| rule.holds)
    }

    /// A text within it.
    pub fn text(&mut self, text: &str) -> Result<(), Strange> {
        match (self.top().map(|rule| rule.holds), text.chars().next(), text.chars().last()) {
            (Some(Listed), ..) if !text.chars().all(is_space) => return Err(Strange),
            (Some(Text), Some(first), Some(last)) => {
                self.edges = Some((self.edges.map_or(first, |(first, _)| first), last));
            }
            _ => {}
        }
        Ok(())
    }

    /// The element that began last ends.
    pub fn close(&mut self) -> Result<(), Strange> {
        let rule = self.open.pop().flatten().and_then(|rule| self.kind.rules.get(rule));
        let within = rule.and_then(|rule| self.kind.rules.get(rule.within?));
        // Blanks between the runs of a text are kept by some programs and not by others.
        let is_run = within.is_some_and(|within| within.name == "r") && rule.is_some_and(|rule| rule.holds == Text);
        match self.edges.take() {
            Some((first, last)) if is_run && !self.is_kept && (is_space(first) || is_space(last)) => Err(Strange),
            _ => Ok(()),
        }
    }

    /// Whether the element that is open is a text to be read, and not how it is spoken.
    pub fn is_text(&self) -> bool {
        let within = self.top().filter(|rule| rule.name == "t").and_then(|rule| self.kind.rules.get(rule.within?));
        within.is_some_and(|within| within.name != "rPh")
    }

    /// Whether the element that is open is this one, where it is read.
    pub fn is_at(&self, name: &str) -> bool {
        self.top().is_some_and(|rule| rule.name == name)
    }
}

/// A blank as XML has them.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}
