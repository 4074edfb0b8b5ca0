//! A cell of an OpenDocument sheet as it stands there, held against what its reader made of it.

use bulou_document::normalize::is_blank;

use super::content::Content;
use super::seen::{letters, says};
use super::xml::{Tag, attribute_of_ods};

/// Attributes by which a cell says something without a text.
const VALUES: [&str; 6] = ["value", "string-value", "date-value", "time-value", "boolean-value", "formula"];
/// The namespace of LibreOffice's own attributes.
const CALC: &str = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0";
/// Types whose texts are written from their values, in whatever form.
const FORMED: [&str; 6] = ["float", "percentage", "currency", "date", "time", "boolean"];

/// A cell while it is open.
#[derive(Default)]
pub(super) struct Cell {
    /// How many columns it takes.
    pub columns: u32,
    pub shown: String,
    /// A text is written, if only a blank one; where none is, programs write it from the value.
    pub has_text: bool,
    pub has_value: bool,
    pub has_formula: bool,
    /// It lies under a merged range.
    pub is_covered: bool,
    /// Its text is its value.
    pub is_text: bool,
    /// Its type is one that programs know, and is the same to all of them.
    pub is_typed: bool,
}

impl Cell {
    /// A cell by the name of its element and its attributes.
    pub fn new(name: &str, tag: &Tag<'_>) -> Self {
        let attribute = |name: &str| attribute_of_ods(tag, name);
        let kind = attribute("value-type").unwrap_or_default();
        let is_known = kind == "string" || FORMED.contains(&kind.as_str());
        // LibreOffice takes its own type before the standard's; that of a fault stands beside any.
        let is_same = tag.all("value-type").iter().all(|(space, own)| *own == kind || *space != CALC || own == "error");
        Self {
            columns: times(attribute("number-columns-repeated")),
            has_formula: attribute("formula").is_some(),
            has_value: VALUES.iter().any(|name| attribute(name).is_some_and(|value| !is_blank(&value))),
            is_text: !FORMED.contains(&kind.as_str()),
            is_typed: is_same && (is_known || attribute("formula").is_some()),
            is_covered: name == "covered-table-cell",
            ..Self::default()
        }
    }

    /// Whether something was read, and where a text is the value, that text; how blanks and lines stand in it is not compared.
    pub fn is_read(&self, content: &Content) -> bool {
        match content {
            content if content.is_blank() => false,
            content if self.is_text && !is_blank(&self.shown) => letters(&content.text()) == letters(&self.shown),
            _ => true,
        }
    }

    /// Whether what is seen of a value says it.
    pub fn is_seen(&self, content: &Content) -> bool {
        self.is_text || !self.has_text || says(content, &self.shown)
    }
}

/// How often an element stands for itself.
pub(super) fn times(repeated: Option<String>) -> u32 {
    // What stands there no times is shown once all the same.
    repeated.map_or(1, |times| times.trim().parse().unwrap_or(u32::MAX).max(1))
}
