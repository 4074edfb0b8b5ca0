//! Why what another run wrote cannot be taken into a roll-up or compared with its report.

use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;

/// Why what another run wrote cannot be taken into a roll-up or compared with its report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().en)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not what was to be read: what they are, and what to do.
    Unread(LocalizedText),
    /// A part was made by another version of this program, or with other rules, another day, other parameters or waivers:
    /// which of them.
    OtherMake(LocalizedText),
    /// A part has a school, by its 标识, that these rules have not judged.
    Unjudged(String),
    /// More work than one roll-up may take: [`bulou_base::limits::ROLL_STEPS`].
    TooMuch,
    /// An earlier report is of another pack.
    OtherPack {
        /// The id of its pack.
        earlier: String,
        /// The id of this report's.
        now: String,
    },
    /// An earlier report says what no report of this program does: what.
    Contradictory(LocalizedText),
    /// An earlier report is of a later day.
    Later {
        /// Its day.
        earlier: String,
        /// The day of this report.
        now: String,
    },
    /// None of an earlier report's schools is one of this county's.
    OtherCounty,
}

impl Error {
    /// The reason, and what to do.
    #[must_use]
    pub fn text(&self) -> LocalizedText {
        match self {
            Self::Unread(words) => words.clone(),
            Self::OtherMake(differing) => texts::cannot_merged_another_make(differing).text(),
            Self::Unjudged(id) => texts::cannot_merged_school_cannot(id).text(),
            Self::TooMuch => texts::roll_up_takes_more().text(),
            Self::OtherPack { earlier, now } => texts::earlier_report_other_rules(earlier, now).text(),
            Self::Contradictory(words) => texts::earlier_report_contradicts_itself(words).text(),
            Self::Later { earlier, now } => texts::earlier_report_later_than(earlier, now).text(),
            Self::OtherCounty => texts::none_reports_schools_earlier().text(),
        }
    }
}
