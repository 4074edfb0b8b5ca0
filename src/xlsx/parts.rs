//! The parts of a workbook's zip: each once, each whole, and no other document among them.

use std::collections::HashSet;
use std::io::{Cursor, Write};
use std::path::Path;

use super::grid::{Refusal, damaged, joined, not_one, too_large};
use crate::archive::{unpack, whole};
use crate::diagnostic::Words;
use crate::limits;
use crate::shown::shortened;

/// Endings of what is a document by itself.
const DOCUMENTS: [&str; 9] = ["json", "ndjson", "jsonl", "csv", "zip", "xls", "xlsx", "xlsb", "ods"];

/// Unpacks every part once without keeping it: what an archive says of its sizes may be false.
pub(super) fn unpacks_within_limits(bytes: &[u8]) -> Result<(), Refusal> {
    whole(&mut Cursor::new(bytes)).map_err(|fault| joined(&fault, bytes))?;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(bytes))?;
    let names: Result<Vec<String>, _> =
        archive.file_names().map(|name| name.map(|name| name.replace('\\', "/"))).collect();
    let names = names.map_err(|_| damaged(bytes))?;
    if let Some(name) = names.iter().find(|name| is_document(name)).map(|name| shortened(name)) {
        return Err(not_one(&Words::new(format!("夹着「{name}」"), format!("there is `{name}`"))));
    }
    let mut seen = HashSet::new();
    let again = names.iter().find(|name| !seen.insert(name.to_lowercase()));
    if archive.has_duplicate_names() || again.is_some() {
        return Err(same_name());
    }
    let mut left = limits::WORKBOOK_UNPACKED;
    for index in 0..archive.len() {
        // Whoever reads cells goes no further than the last, and does not come to the check sum behind it.
        let of_sheet = names.get(index).is_some_and(|name| name.to_lowercase().contains("worksheets/"));
        let mut tables = Tables { of_sheet, ..Tables::default() };
        let read = unpack(&mut archive, index, left, &mut tables).map_err(|_| damaged(bytes))?;
        if tables.count > 2 {
            return Err(same_table());
        }
        left = left.checked_sub(read).ok_or_else(too_large)?;
    }
    Ok(())
}

/// Whether a part is a document of its own that the workbook does not show; one that it shows lies in a folder of its parts.
fn is_document(part: &str) -> bool {
    let ending = Path::new(part).extension().unwrap_or_default();
    !part.contains('/') && DOCUMENTS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// How often a sheet's part speaks of its table: where that begins, and where it ends.
#[derive(Default)]
struct Tables {
    /// Of another part nothing is counted.
    of_sheet: bool,
    /// The end of what came, in which the word may have begun.
    end: Vec<u8>,
    count: usize,
}

const TABLE: &[u8] = b"sheetData";

impl Write for Tables {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
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
    not_one(&Words::new(
        "有一张工作表的内容写了两遍,只会读到前一遍",
        "a sheet has its table twice, of which only the first would be read",
    ))
}

/// Readers know only one of them, and not each the same.
fn same_name() -> Refusal {
    not_one(&Words::new(
        "有同名的部件(大小写不算不同),只会读到其中一个",
        "there are parts of the same name (in small or capital letters), of which only one would be read",
    ))
}
