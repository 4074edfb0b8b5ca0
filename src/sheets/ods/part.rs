//! Where a text of an OpenDocument may stand: what an element is within what is open.

use super::Walk;

const OFFICE: &str = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
const TABLE: &str = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
const DRAW: &str = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0";
const TEXT: &str = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
const STYLE: &str = "urn:oasis:names:tc:opendocument:xmlns:style:1.0";

/// Namespaces of what is said about a drawing or a remark: its title for the blind, its author, its day.
const ABOUT: [&str; 2] =
    ["http://purl.org/dc/elements/1.1/", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"];

/// The prefixes by which the reader knows its elements and attributes.
pub(super) const PREFIXES: [(&str, &str); 3] = [("office", OFFICE), ("table", TABLE), ("text", TEXT)];

/// Elements of a table's namespace whose texts nobody sees in a sheet.
const UNSEEN: [&str; 4] = ["content-validations", "tracked-changes", "title", "desc"];

/// Elements between a sheet and its rows.
const GROUPS: [&str; 3] = ["table-row-group", "table-header-rows", "table-rows"];

/// Elements that hold what is read, each in its place.
const CONTENT: [(&str, &str); 8] = [
    (TABLE, "table"),
    (TABLE, "table-row"),
    (TABLE, "table-cell"),
    (TABLE, "covered-table-cell"),
    (TEXT, "p"),
    (TEXT, "h"),
    (TEXT, "span"),
    (TEXT, "a"),
];

/// Elements of a line that hold no text: blanks, and marks that nobody sees.
const MARKS: [&str; 13] = [
    "s",
    "tab",
    "line-break",
    "soft-page-break",
    "bookmark",
    "bookmark-start",
    "bookmark-end",
    "reference-mark",
    "reference-mark-start",
    "reference-mark-end",
    "change",
    "change-start",
    "change-end",
];

/// Where a text may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Around the body, in it, around the sheets, and among their rows.
    Outside,
    Body,
    Book,
    Sheet,
    Row,
    Cell,
    /// A line of a cell, a piece of it that looks otherwise, and one that leads elsewhere.
    Line,
    Span,
    Link,
    /// What is of another kind, or within a cell and no line of it: programs need not show what stands there.
    Strange,
    /// What programs write into a line themselves: the day, the sheet's name.
    Field,
    /// What holds content, and stands where no program need read it.
    Misplaced,
    Remark,
    Drawing,
    Margin,
    /// A file in the file.
    File,
    Unseen,
}

impl<'g, 'b> Walk<'g, 'b> {
    /// What an element is within what is open.
    pub(super) fn opened(&self, space: &str, name: &str) -> Part {
        let around = self.part();
        match (around, space, name) {
            // An object is a drawing when it is a chart, and a file otherwise.
            (Part::Outside, OFFICE, "chart") => Part::Drawing,
            (Part::Outside, OFFICE, "body") if self.object.is_empty() => Part::Body,
            (Part::Outside, OFFICE, "spreadsheet" | "text" | "drawing" | "presentation") => Part::File,
            (Part::Outside, STYLE, _) if name.starts_with("header") || name.starts_with("footer") => match name {
                // These say how a margin looks.
                "header-style" | "footer-style" | "header-footer-properties" => Part::Unseen,
                _ => Part::Margin,
            },
            (Part::Unseen, ..) => Part::Unseen,
            // Fields show the page, the sheet, the day.
            (Part::Margin, TEXT, "p" | "span" | "h" | "a" | "s") | (Part::Margin, STYLE, _) => Part::Margin,
            (Part::Margin, ..) => Part::Unseen,
            (_, space, _) if ABOUT.contains(&space) => Part::Unseen,
            (Part::Remark | Part::Drawing | Part::File, ..) => around,
            (_, OFFICE, "annotation") => Part::Remark,
            (_, DRAW, _) => Part::Drawing,
            (Part::Cell, TEXT, "p") => Part::Line,
            // LibreOffice shows nothing of a piece within a piece.
            (Part::Line, TEXT, "span") => Part::Span,
            (Part::Line | Part::Span, TEXT, "a") => Part::Link,
            (Part::Line | Part::Span | Part::Link, TEXT, name) if !MARKS.contains(&name) && name != "span" => {
                Part::Field
            }
            (Part::Cell | Part::Line | Part::Span | Part::Link, ..) => Part::Strange,
            (Part::Body, OFFICE, "spreadsheet") => Part::Book,
            (Part::Book, TABLE, "table") => Part::Sheet,
            (Part::Sheet, TABLE, "table-row") => Part::Row,
            (Part::Sheet, TABLE, name) if GROUPS.contains(&name) => Part::Sheet,
            (Part::Row, TABLE, "table-cell" | "covered-table-cell") => Part::Cell,
            (_, TABLE, name) if UNSEEN.contains(&name) => Part::Unseen,
            (_, space, name) if CONTENT.contains(&(space, name)) => Part::Misplaced,
            (Part::Outside, ..) => Part::Outside,
            // What is of another kind is passed over with all that is in it, and must say nothing.
            _ => Part::Strange,
        }
    }
}
