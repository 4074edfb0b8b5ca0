//! Lines of a given width from text with places where a line may end, after Wadler's "A prettier printer": a group
//! stays on one line when it fits, or else ends a line at each of its own places.

use unicode_width::UnicodeWidthStr as _;

/// A piece of text and where its lines may end.
pub(super) enum Doc {
    /// Text on one line.
    Text(String),
    /// A space, unless a line starts here.
    Space,
    /// The end of a line where the group does not fit on one; else a space, or nothing.
    Line {
        /// A space stands here on one line.
        spaced: bool,
    },
    /// The end of a line in any case.
    End {
        /// An empty line follows.
        blank: bool,
    },
    /// A comment after the text before it; its line ends with it.
    Beside(String),
    /// A comment on a line of its own.
    Above(String),
    /// Deeper indentation.
    Nest(Vec<Self>),
    /// On one line where it fits.
    Group(Vec<Self>),
}

const INDENT: usize = 2;

/// Lays out in so many columns; Chinese characters are two columns wide.
pub(super) fn print(docs: &[Doc], width: usize) -> String {
    let mut printer = Printer { width, out: String::new(), column: 0, gap: Gap::None };
    let mut rest: Vec<Item<'_>> = items(docs, 0, false).collect();
    while let Some(item) = rest.pop() {
        printer.item(item, &mut rest);
    }
    printer.out
}

/// A piece to print, how deep, and whether its group is on one line.
#[derive(Clone, Copy)]
struct Item<'d> {
    doc: &'d Doc,
    indent: usize,
    flat: bool,
}

/// The pieces in the order in which a stack gives them back.
fn items(docs: &[Doc], indent: usize, flat: bool) -> impl Iterator<Item = Item<'_>> {
    docs.iter().rev().map(move |doc| Item { doc, indent, flat })
}

/// What stands between the text printed last and the next.
enum Gap {
    None,
    Space,
    /// The end of a line; the next one is as deep as this says, or as its first text.
    End {
        indent: Option<usize>,
        blank: bool,
    },
}

struct Printer {
    width: usize,
    out: String,
    column: usize,
    gap: Gap,
}

impl Printer {
    fn item<'d>(&mut self, Item { doc, indent, flat }: Item<'d>, rest: &mut Vec<Item<'d>>) {
        match doc {
            Doc::Text(text) => self.text(text, indent),
            Doc::Space | Doc::Line { spaced: true } if matches!(self.gap, Gap::None) && (flat || is_space(doc)) => {
                self.gap = Gap::Space;
            }
            Doc::Space => {}
            Doc::Line { .. } if flat => {}
            Doc::Line { .. } => self.gap = Gap::End { indent: Some(indent), blank: false },
            Doc::End { blank } => self.gap = Gap::End { indent: Some(indent), blank: *blank },
            Doc::Beside(comment) => {
                self.out.push_str("  ");
                self.out.push_str(comment);
                self.gap = Gap::End { indent: None, blank: false };
            }
            Doc::Above(comment) => {
                if !matches!(self.gap, Gap::End { .. }) {
                    self.gap = Gap::End { indent: Some(indent), blank: false };
                }
                self.text(comment, indent);
                self.gap = Gap::End { indent: None, blank: false };
            }
            Doc::Nest(docs) => rest.extend(items(docs, indent + INDENT, flat)),
            Doc::Group(docs) => {
                let flat = flat || self.fits(docs, indent, rest);
                rest.extend(items(docs, indent, flat));
            }
        }
    }

    fn text(&mut self, text: &str, indent: usize) {
        match std::mem::replace(&mut self.gap, Gap::None) {
            Gap::None => {}
            Gap::Space => {
                self.out.push(' ');
                self.column += 1;
            }
            Gap::End { indent: line, blank } => {
                let indent = line.unwrap_or(indent);
                if !self.out.is_empty() {
                    self.out.push_str(if blank { "\n\n" } else { "\n" });
                }
                self.out.push_str(&" ".repeat(indent));
                self.column = indent;
            }
        }
        self.out.push_str(text);
        self.column += text.width();
    }

    /// Whether a group fits on the line with what follows it up to the next place where a line may end. A comment
    /// ends its line, so that it may stand at the group's end only.
    fn fits(&self, docs: &[Doc], indent: usize, rest: &[Item<'_>]) -> bool {
        let start = match self.gap {
            Gap::None => self.column,
            Gap::Space => self.column + 1,
            Gap::End { indent: line, .. } => line.unwrap_or(indent),
        };
        let mut left = self.width.checked_sub(start);
        let mut ended = false;
        let mut next: Vec<Item<'_>> = items(docs, 0, true).collect();
        let mut after = rest.iter().rev();
        while let Some(room) = left {
            // Only the pieces of the group itself are flat.
            let Some(item) = next.pop().or_else(|| after.next().copied()) else { return true };
            if ended && !item.flat {
                return true;
            }
            match item.doc {
                Doc::Text(_) if ended => return false,
                Doc::Text(text) => left = room.checked_sub(text.width()),
                Doc::Line { .. } if !item.flat => return true,
                Doc::Space | Doc::Line { spaced: true } => left = room.checked_sub(1),
                Doc::Line { .. } => {}
                Doc::End { .. } | Doc::Above(_) => return !item.flat,
                Doc::Beside(_) => ended = true,
                Doc::Nest(docs) | Doc::Group(docs) => next.extend(items(docs, 0, item.flat)),
            }
        }
        false
    }
}

fn is_space(doc: &Doc) -> bool {
    matches!(doc, Doc::Space)
}
