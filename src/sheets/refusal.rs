//! Why a workbook's bytes are not read, in words.

use std::io::Cursor;

use calamine::Reader as _;
use serde::{Deserialize, Serialize};

use crate::archive::Fault;
use bulou_base::sanitize::shortened;
use bulou_document::file_kind::{foreign, is_spreadsheet, locked};
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::sentence::Each;
use bulou_messages::texts;

use super::place::column_name;

/// Why a workbook's bytes were not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", self.problem().1.en)]
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
    pub(super) fn problem(&self) -> (ProblemCode, &LocalizedText) {
        match self {
            Self::Damaged(words) => (ProblemCode::ForeignFile, words),
            Self::TooLarge(words) => (ProblemCode::FileSize, words),
            Self::Stopped(words) => (ProblemCode::Stopped, words),
        }
    }
}

pub(super) fn joined(fault: &Fault, bytes: &[u8]) -> Refusal {
    match fault {
        Fault::Damaged(_) | Fault::TooMany => damaged(bytes),
        fault => not_one(&fault.text()),
    }
}

/// What would be read of such a workbook might be less than what was submitted.
pub(super) fn not_one(LocalizedText { zh, en }: &LocalizedText) -> Refusal {
    let words = texts::workbook_reading_would_leave(&Each(&zh, &en)).text();
    Refusal::Damaged(words)
}

pub(super) fn same_cell(sheet: &str) -> Refusal {
    let name = shortened(sheet);
    not_one(&texts::cell_sheet_twice_only(&name).text())
}

/// Whoever looks at such a cell sees what no reader was given.
pub(super) fn unread_cell(sheet: &str, row: u32, column: u32) -> Refusal {
    let letters = column_name(u16::try_from(column).unwrap_or(u16::MAX));
    let cell = format!("{}!{letters}{}", shortened(sheet), row.saturating_add(1));
    not_one(&texts::what_seen_cannot_read(&cell).text())
}

/// A part that programs need not read alike: the reader knows elements by their own names, wherever they stand.
pub(super) fn strange_part(part: &str) -> Refusal {
    let name = shortened(part);
    not_one(&texts::part_not_written_standard(&name).text())
}

/// Which of their cells are seen differs from program to program.
pub(super) fn overlapping(sheet: &str) -> Refusal {
    let name = shortened(sheet);
    not_one(&texts::merged_ranges_sheet_lie(&name).text())
}

pub(super) fn same_sheet(name: &str) -> Refusal {
    let name = shortened(name);
    not_one(&texts::two_sheets_called_only(&name).text())
}

pub(super) fn too_large() -> Refusal {
    let words = texts::workbook_too_large_one().text();
    Refusal::TooLarge(words)
}

pub(super) fn broken(sheet: &str) -> Refusal {
    let words = texts::sheet_damaged_open_file(&sheet).text();
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
