//! What a program calls that brings the command line along, such as the extension module for Python: packs and documents
//! from disk as the commands take them, and reports as they show them.

use std::path::{Path, PathBuf};

use bulou_base::sanitize::visible_lines;
use bulou_county::CountyReport;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::texts;
use bulou_pack::Files;
use bulou_report::Report;
use bulou_report::text::TextOptions;

use crate::formats::{county, html};
pub use crate::inputs::{Input, Inputs, named};
use crate::outputs::Outputs;
#[cfg(not(target_os = "wasi"))]
pub use crate::parsing::started_by;
use crate::{check, pack};

/// Columns of a report as text.
const WIDTH: usize = 100;

/// The current day, where `--as-of` would have none.
#[must_use]
pub fn today() -> String {
    check::today().to_string()
}

/// A text of others as a terminal may show it.
#[must_use]
pub fn visible(text: &str) -> String {
    visible_lines(text)
}

/// The files of a pack's folder, or of the pack that is embedded in the program.
///
/// # Errors
/// Everything that keeps it from being read.
pub fn pack_files(folder: Option<&Path>, lang: Lang) -> Result<Files, Vec<LocalizedText>> {
    pack::gathered(folder, lang)
}

/// The documents of files, folders and archives, as `bulou check` takes them.
///
/// # Errors
/// None that a caller without outputs meets.
pub fn documents(paths: &[PathBuf], ndjson: bool) -> Result<Inputs, LocalizedText> {
    let inputs = Inputs::new(paths, ndjson, crate::inputs::NameBy::File, &[], &Outputs::default());
    let inputs = inputs.map_err(|words| LocalizedText::new(words.clone(), words))?;
    Ok(inputs.told_apart().with_empty(true))
}

/// A report as `bulou check` prints it where there is no terminal.
#[must_use]
pub fn text(report: &Report<'_>, lang: Lang) -> String {
    let options = TextOptions { color: false, width: WIDTH, lang, quiet: false };
    visible_lines(&bulou_report::text::render(report, options))
}

/// A report as a page that needs nothing beside itself.
#[must_use]
pub fn page(report: &Report<'_>, lang: Lang) -> String {
    html::head(lang, texts::report().get(lang)) + &html::report(report, lang)
}

/// A county's report as `bulou county` prints it.
#[must_use]
pub fn county_text(report: &CountyReport, lang: Lang) -> String {
    visible_lines(&bulou_county::text::render(report, lang, false))
}

/// A county's report as a page that needs nothing beside itself.
#[must_use]
pub fn county_page(report: &CountyReport, lang: Lang) -> String {
    county::page(report, lang, false)
}
