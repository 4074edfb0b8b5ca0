//! Why a checker cannot be made.

use bulou_messages::diagnostic::{Lang, LocalizedText};

/// What of the options does not fit the pack: a checker goes by all of them or is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.lines(Lang::En))]
#[non_exhaustive]
pub struct Unfit {
    /// Parameters that the pack does not have, or whose values it does not take.
    pub params: Vec<LocalizedText>,
    /// Waivers that excuse from nothing, or not as they stand.
    pub waivers: Vec<LocalizedText>,
}

impl Unfit {
    /// All reasons, those of parameters first.
    #[must_use]
    pub fn texts(self) -> Vec<LocalizedText> {
        self.params.into_iter().chain(self.waivers).collect()
    }

    /// The same, a line each.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> String {
        LocalizedText::lines(&self.clone().texts(), lang)
    }
}
