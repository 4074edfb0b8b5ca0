//! Why something was refused.

use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::texts;

use crate::DiagnosticView;

/// Why something was refused. Each says all that is wrong, not only the first.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The rule files have errors, which stand among these.
    #[error("{}", self.lines(Lang::En))]
    Pack(Vec<DiagnosticView>),
    /// A day that is not written `2022-06-28`, or is none.
    #[error("{}", self.lines(Lang::En))]
    Day(String),
    /// Parameters, waivers, parts or an earlier report that do not fit the pack, or a document that does not fit a workbook.
    #[error("{}", self.lines(Lang::En))]
    Unfit(Vec<LocalizedText>),
    /// What would be written is too large for memory or for its format.
    #[error("{}", self.lines(Lang::En))]
    Unwritten(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// What is wrong, a line each, in a language; the diagnostics of a pack are in that in which it was loaded.
    ///
    /// ```
    /// use bulou_api::Error;
    /// use bulou_messages::diagnostic::Lang;
    /// assert_eq!(Error::Day("2022-02-30".into()).lines(Lang::En), "not a day, written YYYY-MM-DD: 2022-02-30");
    /// ```
    #[must_use]
    pub fn lines(&self, lang: Lang) -> String {
        match self {
            Self::Pack(found) => {
                let head = texts::pack_errors_cannot_used().get(lang);
                found.iter().fold(head.to_owned(), |all, one| {
                    let DiagnosticView { file, line, column, code, message, .. } = one;
                    format!("{all}\n{file}:{line}:{column}: {code} {message}")
                })
            }
            Self::Day(text) => {
                format!("{}: {text}", texts::not_day_written_yyyy().get(lang))
            }
            Self::Unfit(words) => LocalizedText::lines(words, lang),
            Self::Unwritten(error) => format!("{}: {error}", texts::cannot_written().get(lang)),
        }
    }
}

impl From<Vec<LocalizedText>> for Error {
    fn from(words: Vec<LocalizedText>) -> Self {
        Self::Unfit(words)
    }
}

/// Each of these is one of the rooms' own reasons, in words: whoever wants to tell them apart asks the room.
macro_rules! unfit {
    ($($reason:ty),*) => {$(
        impl From<$reason> for Error {
            fn from(reason: $reason) -> Self {
                reason.text().into()
            }
        }
    )*};
}

unfit!(bulou_county::Error, bulou_ir::compiled::Error, crate::county::NoCounty);
#[cfg(feature = "xlsx")]
unfit!(bulou_sheets::Error);

impl From<bulou_eval::Unfit> for Error {
    fn from(unfit: bulou_eval::Unfit) -> Self {
        unfit.texts().into()
    }
}

impl From<LocalizedText> for Error {
    fn from(words: LocalizedText) -> Self {
        Self::Unfit(vec![words])
    }
}
