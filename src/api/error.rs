//! Why something was refused.

use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::texts;

use crate::DiagnosticView;
use crate::county::NoCounty;

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
    /// Parameters or waivers that do not fit the pack.
    #[error(transparent)]
    Unfit(#[from] bulou_eval::Unfit),
    /// The pack has no rules for a county.
    #[error(transparent)]
    NoCounty(#[from] NoCounty),
    /// What another run wrote, a part or an earlier report, that does not fit a roll-up; or one that takes too much.
    #[error(transparent)]
    County(#[from] bulou_county::Error),
    /// A document, or a pack, that no workbook can hold.
    #[cfg(feature = "xlsx")]
    #[error(transparent)]
    Workbook(#[from] bulou_sheets::Error),
    /// Files that could not be had: what whoever was to bring them says.
    #[error("{}", self.lines(Lang::En))]
    Unread(Vec<LocalizedText>),
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
            Self::Unfit(unfit) => unfit.lines(lang),
            Self::NoCounty(error) => error.text().get(lang).to_owned(),
            Self::County(error) => error.text().get(lang).to_owned(),
            #[cfg(feature = "xlsx")]
            Self::Workbook(error) => error.text().get(lang).to_owned(),
            Self::Unread(words) => LocalizedText::lines(words, lang),
            Self::Unwritten(error) => format!("{}: {error}", texts::cannot_written().get(lang)),
        }
    }
}
