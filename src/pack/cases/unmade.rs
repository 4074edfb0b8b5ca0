//! Why a case comes to no documents.

use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::sentence::{Each, Phrase};
use bulou_messages::texts;

/// Why a case comes to no documents.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().en)]
#[non_exhaustive]
pub enum Unmade {
    /// It has both data and a base.
    DataAndBase,
    /// It has neither.
    NoData,
    /// The base of this name is not there.
    NoBase(String),
    /// The base of this name cannot be read.
    UnreadBase {
        /// Its name.
        name: String,
        /// Why it cannot.
        why: LocalizedText,
    },
    /// What changes its schools makes no list of schools of them.
    NoSchools,
    /// What changes a document is no patch by RFC 6902: why, in English.
    NoPatch(String),
    /// A step of such a patch cannot be made.
    Unpatched {
        /// Which it is, from 1 on.
        number: usize,
        /// The JSON Pointer of what it changes.
        path: String,
        /// Why it cannot be made.
        why: Unpatched,
    },
    /// What changes a document by RFC 7396, or the document, is no object.
    NoObjects,
    /// It takes away what is not there, by its JSON Pointer.
    TakesAway(String),
    /// A change changes nothing.
    Unchanged,
}

/// Why a step of a patch cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpatched {
    /// A `test` found something else.
    OtherValue,
    /// A value would be moved inside itself.
    InsideItself,
    /// There is nothing to copy or to move.
    From,
    /// There is no such place.
    Path,
}

impl Unmade {
    /// The reason, and what to do.
    #[must_use]
    pub fn text(&self) -> LocalizedText {
        match self {
            Self::DataAndBase => texts::case_both_data_base().text(),
            Self::NoData => texts::case_neither_data_nor().text(),
            Self::NoBase(name) => texts::no_base_cases(name).text(),
            Self::UnreadBase { name, why } => texts::base_cases_cannot_read(name, why).text(),
            Self::NoSchools => texts::changes_schools_written_rfc().text(),
            Self::NoPatch(why) => texts::change_wrong_rfc_6902(&Each(&"", &format!(": {why}"))).text(),
            Self::Unpatched { number, path, why } => texts::change_cannot_made(number, path, &why.words()).text(),
            Self::NoObjects => texts::change_what_changes_objects().text(),
            Self::TakesAway(path) => texts::change_takes_away_not(path).text(),
            Self::Unchanged => texts::change_changes_nothing_case().text(),
        }
    }
}

impl Unpatched {
    fn words(self) -> Phrase {
        match self {
            Self::OtherValue => texts::value_did_not_match(),
            Self::InsideItself => texts::cannot_move_inside_itself(),
            Self::From => texts::from_path_invalid(),
            Self::Path => texts::path_invalid(),
        }
    }
}

impl From<&json_patch::PatchError> for Unmade {
    fn from(error: &json_patch::PatchError) -> Self {
        use json_patch::PatchErrorKind as Kind;
        let why = match error.kind {
            Kind::TestFailed => Unpatched::OtherValue,
            Kind::CannotMoveInsideItself => Unpatched::InsideItself,
            Kind::InvalidFromPointer => Unpatched::From,
            _ => Unpatched::Path,
        };
        Self::Unpatched { number: error.operation + 1, path: error.path.to_string(), why }
    }
}
