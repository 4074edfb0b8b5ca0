//! What is asked of a rule, and what answers it.

use bulou_ir::stands;
use bulou_messages::diagnostic::LocalizedText;
use bulou_report::Status;
use bulou_syntax::built_in::Standing;

use super::standing;
use crate::ask::{Answer, Open};
use crate::requirements::Requirement;
use crate::term::Term;
use crate::translate::Statuses;

/// What is asked of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Question {
    /// Whether it applies to any document.
    Apply,
    /// Whether any document meets it.
    Pass,
    /// Whether any fails it.
    Fail,
    /// Whether any complete document leaves it undetermined.
    Undetermined,
}

impl Question {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Apply, Self::Pass, Self::Fail, Self::Undetermined];

    /// Whether a status is an example.
    #[must_use]
    pub fn is_met(self, status: Status) -> bool {
        stands(status, self.standing())
    }

    fn standing(self) -> Standing {
        match self {
            Self::Apply => Standing::Applies,
            Self::Pass => Standing::Pass,
            Self::Fail => Standing::Fail,
            Self::Undetermined => Standing::Undetermined,
        }
    }

    pub(super) fn target(self, statuses: Statuses, open: &mut Open) -> Term {
        standing(statuses, self.standing(), &mut open.document.terms)
    }

    /// What it is called in a report for programs.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Apply => "apply",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Undetermined => "undetermined",
        }
    }
}

/// What is known of a rule.
#[derive(Clone, Debug)]
pub struct RuleAnswers {
    /// Its id.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// Why it was not translated; then there is no answer.
    pub untranslated: Option<LocalizedText>,
    /// The answers.
    pub answers: Vec<(Question, Answer)>,
    /// Its requirements that nothing fails, or nothing meets, where it has others beside them.
    pub requirements: Vec<Requirement>,
}

impl RuleAnswers {
    /// The answer to a question.
    #[must_use]
    pub fn answer(&self, question: Question) -> Option<&Answer> {
        self.answers.iter().find(|(of, _)| *of == question).map(|(_, answer)| answer)
    }

    /// Whether somebody has to look at it: it certainly never applies, passes or fails, or one of its
    /// requirements never does.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        let never =
            |(question, answer): &(Question, Answer)| *question != Question::Undetermined && *answer == Answer::Proved;
        self.answers.iter().any(never) || !self.requirements.is_empty()
    }
}
