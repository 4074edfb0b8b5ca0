//! Why a document does not become a workbook.

use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;

/// Why a document does not become a workbook.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().en)]
#[non_exhaustive]
pub enum Error {
    /// The text is no JSON object.
    NoDocument,
    /// The pack or the document has what no workbook can hold: what, and where.
    Unheld(LocalizedText),
    /// The file could not be made: what the library for it says.
    Excel(String),
}

impl Error {
    /// The reason, and what to do.
    #[must_use]
    pub fn text(&self) -> LocalizedText {
        match self {
            Self::NoDocument => texts::no_whole_document_json().text(),
            Self::Unheld(words) => words.clone(),
            Self::Excel(error) => texts::excel_cannot_written(error).text(),
        }
    }
}
