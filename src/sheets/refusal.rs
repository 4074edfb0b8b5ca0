//! Why a workbook's bytes are not read, in words.

use std::io::Cursor;

use calamine::Reader as _;
use serde::{Deserialize, Serialize};

use crate::archive::Fault;
use bulou_base::sanitize::shortened;
use bulou_document::file_kind::{foreign, is_spreadsheet, locked};
use bulou_messages::diagnostic::LocalizedText;

use super::place::column_name;

/// Why a workbook's bytes were not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// They are damaged or no workbook.
    Damaged(LocalizedText),
    /// They pass a limit.
    TooLarge(LocalizedText),
    /// Whoever read them was stopped.
    Stopped(LocalizedText),
}

impl Refusal {
    /// The code of the problem, and what is said of it.
    pub(super) fn problem(&self) -> (&'static str, &LocalizedText) {
        match self {
            Self::Damaged(words) => ("D015", words),
            Self::TooLarge(words) => ("D019", words),
            Self::Stopped(words) => ("D048", words),
        }
    }
}

pub(super) fn joined(fault: &Fault, bytes: &[u8]) -> Refusal {
    match fault {
        Fault::Damaged(_) | Fault::TooMany => damaged(bytes),
        fault => not_one(&fault.what(&|name| shortened(&String::from_utf8_lossy(name)).into_owned())),
    }
}

/// What would be read of such a workbook might be less than what was submitted.
pub(super) fn not_one(LocalizedText { zh, en }: &LocalizedText) -> Refusal {
    let words = LocalizedText::new(
        format!("这个工作簿里{zh},只读会漏,所以没有读取:请用 Excel 或 WPS 打开,看内容齐不齐,另存为 .xlsx 后再交"),
        format!(
            "in this workbook {en}; reading it would leave something out, so it was not read: open it in Excel, see whether all is there, and save it as .xlsx"
        ),
    );
    Refusal::Damaged(words)
}

pub(super) fn same_cell(sheet: &str) -> Refusal {
    let name = shortened(sheet);
    not_one(&LocalizedText::new(
        format!("工作表「{name}」里有一格写了两次,只会读到其中一次"),
        format!("a cell of the sheet `{name}` is there twice, of which only one would be read"),
    ))
}

/// Whoever looks at such a cell sees what no reader was given.
pub(super) fn unread_cell(sheet: &str, row: u32, column: u32) -> Refusal {
    let letters = column_name(u16::try_from(column).unwrap_or(u16::MAX));
    let cell = format!("{}!{letters}{}", shortened(sheet), row.saturating_add(1));
    not_one(&LocalizedText::new(
        format!("「{cell}」这一格里看得见的内容读不到"),
        format!("what is seen in `{cell}` cannot be read"),
    ))
}

/// A part that programs need not read alike: the reader knows elements by their own names, wherever they stand.
pub(super) fn strange_part(part: &str) -> Refusal {
    let name = shortened(part);
    not_one(&LocalizedText::new(
        format!("部件「{name}」写得与标准不同,各种程序读到的内容不一定一样"),
        format!("the part `{name}` is not written as the standard has it, and programs need not read the same in it"),
    ))
}

/// Which of their cells are seen differs from program to program.
pub(super) fn overlapping(sheet: &str) -> Refusal {
    let name = shortened(sheet);
    not_one(&LocalizedText::new(
        format!("工作表「{name}」的合并单元格互相重叠,盖住了哪些格说不准"),
        format!("merged ranges of the sheet `{name}` lie over each other, and which cells they cover is not certain"),
    ))
}

pub(super) fn same_sheet(name: &str) -> Refusal {
    let name = shortened(name);
    not_one(&LocalizedText::new(
        format!("有两张工作表都叫「{name}」,只会读到其中一张"),
        format!("two sheets are called `{name}`, of which only one would be read"),
    ))
}

pub(super) fn too_large() -> Refusal {
    let words = LocalizedText::new(
        "工作簿太大,一所学校的填报表不会有这么多内容:请检查是不是拿错了文件,或删去多余的工作表",
        "the workbook is too large for one school's document: check that it is the right file, or delete sheets that do not belong",
    );
    Refusal::TooLarge(words)
}

pub(super) fn broken(sheet: &str) -> Refusal {
    let words = LocalizedText::new(
        format!("工作表「{sheet}」已损坏,读不了:请用 Excel 或 WPS 打开,另存为 .xlsx"),
        format!("the sheet `{sheet}` is damaged: open the file in Excel and save it as .xlsx"),
    );
    Refusal::Damaged(words)
}

pub(super) fn unopened(bytes: &[u8]) -> Refusal {
    match calamine::Xls::new(Cursor::new(bytes)) {
        Err(calamine::XlsError::Password) => Refusal::Damaged(locked()),
        _ => damaged(bytes),
    }
}

/// What cannot be opened: another kind of file, one with a password, a damaged one.
pub(super) fn damaged(bytes: &[u8]) -> Refusal {
    if let Some(words) = foreign(bytes).filter(|_| !is_spreadsheet(bytes)) {
        return Refusal::Damaged(words);
    }
    Refusal::Damaged(super::damaged())
}
