//! What is said of a workbook or an archive whose reading was stopped, by the command line and by the page.

use crate::diagnostic::LocalizedText;
use crate::sentence::Each;
use crate::texts;
use bulou_base::limits;

/// It took longer than it may: so many seconds.
#[must_use]
pub fn too_long(seconds: u64) -> LocalizedText {
    texts::reading_file_had_not(&seconds, &Each(&RESAVE_ZH, &RESAVE_EN)).text()
}

/// It ended whoever read it.
#[must_use]
pub fn broke() -> LocalizedText {
    let megabytes = limits::PARSE_MEMORY >> 20;
    texts::reading_file_failed_takes(&megabytes, &Each(&RESAVE_ZH, &RESAVE_EN)).text()
}

/// So many readers may be lost to one archive; what comes then is not read.
pub const LOST: usize = 3;

const RESAVE_ZH: &str = "文件多半已损坏。表格请用 Excel 或 WPS 打开,另存为 .xlsx;压缩包请重新压缩;打不开就请重新拷贝";
const RESAVE_EN: &str = "it is probably damaged. Open a workbook in Excel and save it as .xlsx, pack an archive again, or copy the file again";

/// An archive that ended [`LOST`] readers.
#[must_use]
pub fn broken_archive() -> LocalizedText {
    texts::files_archive_could_not(&LOST).text()
}
