//! Shapes without words that lie over cells: who looks at the sheet does not see what these hold. Words on shapes, and
//! pictures, are told as such.

use super::conditions::Range;
use super::grid::Grid;
use super::xml::{Node, Tag, attribute};

/// So many shapes are kept each by itself; of more, all cells may be covered.
const MANY: usize = 128;
/// How high a row is and how wide a column, where nothing else is said, in the unit of drawings.
const HIGH: u64 = 190_500;
const WIDE: u64 = 609_600;
const ALL: (u32, u32) = (0, u32::MAX);

/// The cells that shapes of one sheet lie over.
#[derive(Default)]
pub(super) struct Covers(Vec<Range>);

impl Covers {
    pub fn add(&mut self, range: Range) {
        if self.0.len() < MANY {
            self.0.push(range);
        } else {
            self.0 = vec![Range::of(ALL, ALL)];
        }
    }

    /// Those of them that hold something.
    pub fn cells<'c>(&'c self, grid: &'c Grid) -> impl Iterator<Item = (u32, u32)> + 'c {
        let is_covered = |at: &(u32, u32)| self.0.iter().any(|range| range.has(*at));
        grid.cells.keys().copied().filter(move |at| is_covered(at))
    }
}

/// The drawing of a sheet of an `.xlsx`, while its part is gone through.
#[derive(Default)]
pub(super) struct Drawing {
    open: Vec<String>,
    anchor: Anchor,
    pub covers: Covers,
}

/// Where something lies: from a cell, to another one or of a size.
#[derive(Default)]
struct Anchor {
    from: Corner,
    to: Corner,
    /// Width and height.
    size: Option<(u64, u64)>,
    /// How many shapes there are, and how many of them have no ground.
    shapes: usize,
    clear: usize,
    has_words: bool,
}

/// A cell, and how far to the right and below its corner.
#[derive(Default)]
struct Corner {
    row: Option<u32>,
    column: Option<u32>,
    below: u64,
    right: u64,
}

impl Drawing {
    /// Takes what the part says.
    pub fn node(&mut self, node: &Node<'_>) {
        match node {
            Node::Open(_, name, tag) => {
                self.begin(name, tag);
                self.open.push((*name).to_owned());
            }
            Node::Close => {
                if self.open.pop().as_deref().is_some_and(is_anchor) {
                    self.end();
                }
            }
            Node::Text(text) => self.text(text),
            Node::Aside => {}
        }
    }

    fn begin(&mut self, name: &str, tag: &Tag<'_>) {
        let around = self.open.last().map(String::as_str).unwrap_or_default();
        let length = |name: &str| attribute(tag, name).and_then(|length| length.trim().parse().ok());
        match (around, name) {
            (_, name) if is_anchor(name) => self.anchor = Anchor::default(),
            (around, "ext") if is_anchor(around) => self.anchor.size = length("cx").zip(length("cy")),
            (_, "sp" | "graphicFrame" | "contentPart") => self.anchor.shapes += 1,
            ("spPr", "noFill") => self.anchor.clear += 1,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let mut path = self.open.iter().rev().map(String::as_str);
        let (name, around) = (path.next().unwrap_or_default(), path.next().unwrap_or_default());
        let corner = match around {
            "from" => &mut self.anchor.from,
            "to" => &mut self.anchor.to,
            _ => {
                self.anchor.has_words |= name == "t" && !text.trim().is_empty();
                return;
            }
        };
        let text = text.trim();
        match name {
            "row" => corner.row = text.parse().ok(),
            "col" => corner.column = text.parse().ok(),
            "rowOff" => corner.below = text.parse().unwrap_or_default(),
            "colOff" => corner.right = text.parse().unwrap_or_default(),
            _ => {}
        }
    }

    fn end(&mut self) {
        let anchor = std::mem::take(&mut self.anchor);
        if anchor.shapes > anchor.clear && !anchor.has_words {
            self.covers.add(anchor.range());
        }
    }
}

impl Anchor {
    /// The cells of which it covers something; all where it does not say where it lies.
    fn range(&self) -> Range {
        let size = self.size.map_or((None, None), |(wide, high)| (Some(wide), Some(high)));
        let (from, to) = (&self.from, &self.to);
        Range::of(
            span((from.row, from.below), (to.row, to.below), size.1, HIGH),
            span((from.column, from.right), (to.column, to.right), size.0, WIDE),
        )
    }
}

/// The rows or columns between two places, each with how far within it.
fn span(from: (Option<u32>, u64), to: (Option<u32>, u64), size: Option<u64>, each: u64) -> (u32, u32) {
    let first = from.0.unwrap_or_default();
    let last = match (to, size) {
        // It ends where the one before ends.
        ((Some(last), 0), _) => last.saturating_sub(1),
        ((Some(last), _), _) => last,
        ((None, _), Some(size)) => {
            let more = from.1.saturating_add(size).saturating_sub(1) / each;
            first.saturating_add(u32::try_from(more).unwrap_or(u32::MAX))
        }
        ((None, _), None) => u32::MAX,
    };
    if from.0.is_none() { ALL } else { (first, last.max(first)) }
}

fn is_anchor(name: &str) -> bool {
    matches!(name, "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_covers_what_lies_between_its_corners() {
        assert_eq!(span((Some(6), 0), (Some(7), 0), None, HIGH), (6, 6));
        assert_eq!(span((Some(6), 9), (Some(7), 1), None, HIGH), (6, 7));
        assert_eq!(span((Some(6), 9), (Some(6), 0), None, HIGH), (6, 6));
        assert_eq!(span((Some(6), 0), (None, 0), Some(2 * HIGH), HIGH), (6, 7));
        assert_eq!(span((Some(6), 9), (None, 0), Some(2 * HIGH), HIGH), (6, 8));
        assert_eq!(span((Some(6), 0), (None, 0), None, HIGH), (6, u32::MAX));
        assert_eq!(span((None, 0), (None, 0), Some(HIGH), HIGH), ALL);
    }
}
