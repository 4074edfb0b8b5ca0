//! The parts of a workbook's zip: each once, each whole, and no other document among them.

use std::collections::HashSet;
use std::io::{Cursor, Write};

use super::beside::{Beside, What};
use super::refusal::{Refusal, damaged, joined, not_one, too_large};
use crate::archive::{unpack, whole};
use bulou_base::filename::is_sent;
use bulou_base::limits;
use bulou_base::sanitize::shortened;
use bulou_document::file_kind;
use bulou_messages::texts;

/// Parts that show the workbook, or what is embedded in it, where it is not opened.
const SHOWN: [&str; 3] = ["docprops/", "thumbnails/", "objectreplacements/"];
/// A workbook's own programs, which are a compound file.
const PROGRAMS: &str = "vbaproject.bin";

/// Unpacks every part once without keeping it: what an archive says of its sizes may be false. The answer is what of them
/// is a file or a picture of its own.
pub(super) fn parts(bytes: &[u8]) -> Result<Vec<Beside>, Refusal> {
    whole(&mut Cursor::new(bytes)).map_err(|fault| joined(&fault, bytes))?;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(bytes))?;
    let names = names(&archive).map_err(|_| damaged(bytes))?;
    if let Some(name) = names.iter().find(|name| !name.contains('/') && is_sent(name)).map(|name| shortened(name)) {
        return Err(not_one(&texts::name(&name).text()));
    }
    let mut seen = HashSet::new();
    let again = names.iter().find(|name| !seen.insert(name.to_lowercase()));
    if archive.has_duplicate_names() || again.is_some() {
        return Err(same_name());
    }
    let mut left = limits::WORKBOOK_UNPACKED;
    let mut all = Vec::new();
    for index in 0..archive.len() {
        // Whoever reads cells goes no further than the last, and does not come to the check sum behind it.
        let of_sheet = names.get(index).is_some_and(|name| name.to_lowercase().contains("worksheets/"));
        let mut tables = Tables { of_sheet, ..Tables::default() };
        let read = unpack(&mut archive, index, left, &mut tables).map_err(|_| damaged(bytes))?;
        if tables.count > 2 {
            return Err(same_table());
        }
        left = left.checked_sub(read).ok_or_else(too_large)?;
        all.extend(names.get(index).and_then(|name| beside(name, &tables.start)));
    }
    Ok(all)
}

/// The names of all parts, each at its own place.
pub(super) fn names(archive: &zip::ZipArchive<Cursor<&[u8]>>) -> Result<Vec<String>, impl std::fmt::Debug + use<>> {
    archive.file_names().map(|name| name.map(|name| name.replace('\\', "/"))).collect()
}

/// What a part is that is no part of a workbook.
fn beside(name: &str, start: &[u8]) -> Option<Beside> {
    let lower = name.to_lowercase();
    let is_shown = SHOWN.iter().any(|folder| lower.starts_with(folder));
    let what = match file_kind::part(start) {
        _ if lower.ends_with('/') => return None,
        Some(file_kind::Part::Picture) if is_shown => return None,
        Some(file_kind::Part::File) if lower.ends_with(PROGRAMS) && start.starts_with(&file_kind::COMPOUND) => {
            return None;
        }
        Some(file_kind::Part::Picture) => What::Picture,
        Some(file_kind::Part::File) => What::Embedded,
        None if is_shown || lower.ends_with(PROGRAMS) => return None,
        None if lower.contains("embeddings/") || is_sent(name) => What::Embedded,
        None if lower.contains("media/") || lower.starts_with("pictures/") => What::Picture,
        None => return None,
    };
    Some(Beside::new(what, name.to_owned(), None, ""))
}

/// How often a sheet's part speaks of its table: where that begins, and where it ends.
#[derive(Default)]
struct Tables {
    /// Of another part nothing is counted.
    of_sheet: bool,
    /// How it begins.
    start: Vec<u8>,
    /// The end of what came, in which the word may have begun.
    end: Vec<u8>,
    count: usize,
}

/// So many bytes tell what a part is.
const START: usize = 512;
const TABLE: &[u8] = b"sheetData";

impl Write for Tables {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let room = START.saturating_sub(self.start.len());
        self.start.extend(bytes.iter().take(room));
        if !self.of_sheet {
            return Ok(bytes.len());
        }
        self.end.extend_from_slice(bytes);
        self.count += self.end.windows(TABLE.len()).filter(|word| *word == TABLE).count();
        let kept = self.end.len().saturating_sub(TABLE.len() - 1);
        self.end.drain(..kept);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A reader comes to the first alone.
fn same_table() -> Refusal {
    not_one(&texts::sheet_table_twice_only().text())
}

/// Readers know only one of them, and not each the same.
fn same_name() -> Refusal {
    not_one(&texts::parts_same_name_small().text())
}
