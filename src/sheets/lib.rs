//! Excel for schools: a workbook to fill in, made from a pack's `数据` alone; filled workbooks read as documents; and
//! a checked workbook with what was found at its cells.
//!
//! Reading needs no more than the labels that people see; hidden keys make renamed labels, reordered columns and
//! renamed sheets harmless. What a cell cannot show is written as `json:` and its JSON, so that nothing is lost.

pub mod archive;
mod asides;
mod beside;
mod book;
mod cell;
mod colours;
mod compound;
mod conceal;
mod conditions;
mod content;
mod covers;
mod csv;
mod entry;
mod error;
mod fill;
mod formats;
mod grid;
mod hidden;
mod json;
mod layout;
mod left;
mod letters;
mod lines;
mod marks;
mod merged;
mod ods;
mod ods_cell;
mod ods_hidden;
mod ods_looks;
mod ooxml;
mod order;
mod package;
mod parts;
mod place;
mod read;
mod recognize;
mod refusal;
mod seen;
mod styles;
mod table;
mod totals;
mod views;
mod words;
mod xml;

use std::borrow::Cow;

use crate::archive::is_archive;
use bulou_document::file_kind::COMPOUND;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::texts;
use bulou_report::Report;

pub use csv::of_csv;
pub use error::Error;
pub use grid::{Sheets, sheets};
pub use place::{Places, position};
pub use read::{Reading, read, read_sheets};
pub use refusal::Refusal;

use json::Json;
use layout::{ENVELOPE, Layout};
use marks::Marks;

/// Whether bytes begin a workbook or another Office file, by its container: a zip (`.xlsx`, `.xlsb`, `.ods`) that is no
/// archive of files, or a compound file (`.xls`).
///
/// ```
/// assert!(bulou_sheets::is_workbook(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") && !bulou_sheets::is_workbook(b"{}"));
/// ```
#[must_use]
pub fn is_workbook(bytes: &[u8]) -> bool {
    (bytes.starts_with(b"PK\x03\x04") && !is_archive(bytes)) || bytes.starts_with(&COMPOUND)
}

/// Goes through a workbook's cells and forgets them: where a panic cannot be caught, as in a browser, it is better to come
/// here than in the middle of other work.
pub fn probe(bytes: &[u8]) {
    drop(sheets(bytes));
}

/// Whether a workbook has a sheet that by its keys or its name is this list of the document's; labels alone might be those of
/// another document.
#[must_use]
pub fn has_list(rules: &RuleSet, bytes: &[u8], key: &str) -> bool {
    let layout = Layout::new(rules);
    let Ok(Sheets { grids, .. }) = sheets(bytes) else { return false };
    grids.iter().filter_map(|grid| recognize::declared(&layout, grid)).any(|role| role.is_list(&layout, key))
}

/// Whether a table as text is this list of the document's, by the name of its sheet or by its headings: such a file holds no
/// more than one list. One that cannot be read whole is what its name says.
#[must_use]
pub fn is_list(rules: &RuleSet, sheet: &str, text: &str, key: &str) -> bool {
    let layout = Layout::new(rules);
    let grids = of_csv(sheet, text).map(|sheets| sheets.grids).unwrap_or_else(|_| vec![grid::Grid::new(sheet)]);
    grids.iter().any(|grid| recognize::recognize_text(&layout, grid, false).is_list(&layout, key))
}

/// What is said of a damaged workbook.
#[must_use]
pub fn damaged() -> LocalizedText {
    texts::workbook_damaged_cannot_read().text()
}

/// A workbook to fill in.
///
/// # Errors
/// The pack has what no workbook can hold, such as an option of more than 32767 characters.
pub fn template(rules: &RuleSet) -> Result<Vec<u8>, Error> {
    let mut document = Json::empty();
    document.put(&[ENVELOPE.to_owned()], Json::Text(rules.shape.envelope()));
    write(rules, &document, None)
}

/// A document, whatever JSON it is, as a workbook; [`read`] gives the document back.
///
/// # Errors
/// The text is no JSON, or holds what no workbook can, such as a text of more than 32767 characters.
pub fn workbook(rules: &RuleSet, text: &str) -> Result<Vec<u8>, Error> {
    write(rules, &document(rules, text)?, None)
}

/// A document as a workbook with what was found at its cells: coloured, with a note each, and listed on a sheet.
///
/// # Errors
/// As [`workbook`].
pub fn annotated(rules: &RuleSet, text: &str, report: &Report<'_>, lang: Lang) -> Result<Vec<u8>, Error> {
    write(rules, &document(rules, text)?, Some((report, lang)))
}

/// A document's text as it may be copied: without the values of keys that its pack forbids.
///
/// # Errors
/// The text is no JSON object: nobody could say what is in it.
pub fn copied<'t>(rules: &RuleSet, text: &'t str) -> Result<Cow<'t, str>, Error> {
    let mut json = parsed(text)?;
    Ok(if json.conceal(&rules.shape) { json.pretty().into() } else { text.into() })
}

/// A document without what must not be in it: a copy holds the keys, so that nobody takes it for one that was mended.
fn document(rules: &RuleSet, text: &str) -> Result<Json, Error> {
    let mut json = parsed(text)?;
    json.conceal(&rules.shape);
    Ok(json)
}

fn parsed(text: &str) -> Result<Json, Error> {
    let json = Json::parse(text.trim_start_matches('\u{FEFF}')).filter(|json| matches!(json, Json::Object(_)));
    json.ok_or(Error::NoDocument)
}

fn write(rules: &RuleSet, document: &Json, report: Option<(&Report<'_>, Lang)>) -> Result<Vec<u8>, Error> {
    let layout = Layout::new(rules);
    let filled = fill::fill(&layout, document);
    let marks = report.map(|(report, lang)| Marks::new(report, &filled.places, lang)).unwrap_or_default();
    book::write(rules, &layout, &filled, &marks, report)
}
