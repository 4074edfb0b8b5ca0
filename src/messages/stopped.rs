//! What is said of a workbook or an archive whose reading was stopped, by the command line and by the page.

use crate::diagnostic::LocalizedText;
use bulou_base::limits;

/// It took longer than it may: so many seconds.
#[must_use]
pub fn too_long(seconds: u64) -> LocalizedText {
    LocalizedText::new(
        format!("这个文件读了 {seconds} 秒还没有读完,已停下,没有读取:{RESAVE_ZH}"),
        format!("reading this file had not ended after {seconds} s and was stopped; it was not read: {RESAVE_EN}"),
    )
}

/// It ended whoever read it.
#[must_use]
pub fn broke() -> LocalizedText {
    let megabytes = limits::PARSE_MEMORY >> 20;
    LocalizedText::new(
        format!("读这个文件时出错(要的内存超过 {megabytes} MB,或内容不合格式),已停下,没有读取:{RESAVE_ZH}"),
        format!(
            "reading this file failed (it takes more than {megabytes} MB of memory, or is not what it seems) and was stopped; it was not read: {RESAVE_EN}"
        ),
    )
}

/// So many readers may be lost to one archive; what comes then is not read.
pub const LOST: usize = 3;

const RESAVE_ZH: &str = "文件多半已损坏。表格请用 Excel 或 WPS 打开,另存为 .xlsx;压缩包请重新压缩;打不开就请重新拷贝";
const RESAVE_EN: &str = "it is probably damaged. Open a workbook in Excel and save it as .xlsx, pack an archive again, or copy the file again";

/// An archive that ended [`LOST`] readers.
#[must_use]
pub fn broken_archive() -> LocalizedText {
    LocalizedText::new(
        format!("这个压缩包里已有 {LOST} 个文件读不完,后面的没有读取:请重新压缩,或把文件单独提交"),
        format!(
            "{LOST} files of this archive could not be read to their end, and those after them were not read: pack it again, or submit its files by themselves"
        ),
    )
}
