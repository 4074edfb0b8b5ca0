//! What is said of a workbook or an archive whose reading was stopped, by the command line and by the page.

use crate::diagnostic::LocalizedText;
use crate::texts;
use bulou_base::limits;

/// It took longer than it may: so many seconds.
#[must_use]
pub fn too_long(seconds: u64) -> LocalizedText {
    texts::reading_file_had_not(&seconds, &texts::probably_damaged_open_workbook()).text()
}

/// It ended whoever read it.
#[must_use]
pub fn broke() -> LocalizedText {
    let megabytes = limits::PARSE_MEMORY >> 20;
    texts::reading_file_failed_takes(&megabytes, &texts::probably_damaged_open_workbook()).text()
}

/// So many readers may be lost to one archive; what comes then is not read.
pub const LOST: usize = 3;

/// An archive that ended [`LOST`] readers.
#[must_use]
pub fn broken_archive() -> LocalizedText {
    texts::files_archive_could_not(&LOST).text()
}
