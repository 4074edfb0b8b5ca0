//! Mutation of documents: of every complete case that passes, each field in turn is made to say what nobody would mean,
//! and a rule, a range, a constraint or the form of the field has to speak up. What passes all the same shows what the
//! rules leave open; and so does, for each rule, the cheapest document that it accepts.
//!
//! A change is noticed if the document of some case notices it: where a field matters may depend on the rest of the
//! document, and a school without boarders need not care for the dormitory's lock. What passes and may is marked in
//! `cases/accepted.json`, each with its reason.

mod accepted;
mod cheapest;
mod fields;
mod judge;
mod mutants;
mod run;
pub mod text;

use serde::Serialize;
use serde_json::Value as Json;

use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::texts;

pub use accepted::problems;
pub use run::{Error, run};

/// Whose document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// A school's.
    School,
    /// The county's own.
    County,
}

impl Party {
    /// What it is called.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::School => texts::school().get(lang),
            Self::County => texts::county().get(lang),
        }
    }
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "fate", content = "reason")]
pub enum Fate {
    /// A rule or a fault of the document tells.
    Noticed,
    /// It passes in silence.
    Missed,
    /// It passes and may, for this reason.
    Accepted(String),
}

/// One field that says what nobody would mean.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Whose document.
    pub party: Party,
    /// The names of the fields on the way to it, `隐患/整改期限`; a list is changed in its fullest row.
    pub field: String,
    /// What it says then: the value itself, or what was done to it.
    #[serde(skip)]
    pub to: LocalizedText,
    /// What would bound it.
    #[serde(skip)]
    pub bound: Bound,
    /// The rules that use the field, which should notice.
    pub rules: Vec<String>,
    /// The first case that was changed so, by its file and 说明.
    pub case: String,
    /// What became of it.
    #[serde(flatten)]
    pub fate: Fate,
}

/// What of a field's own could notice a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Options or a format.
    Words,
    /// What happened, or a range.
    Days,
    /// A range.
    Numbers,
    /// How many rows there are at least.
    Rows,
    /// That no two rows have the same.
    Unlike,
    /// Nothing but a rule or a constraint.
    Rule,
}

/// The least that a rule asks for.
#[derive(Clone, Debug, Serialize)]
pub struct Cheapest {
    /// Whose document.
    pub party: Party,
    /// The rule's id.
    pub rule: String,
    /// Of the fields that the rule uses, what the cheapest document says; nothing where it passes in no complete case.
    pub document: Option<Json>,
    /// There was nothing to look at.
    pub vacuous: bool,
}

/// What mutation of documents showed.
#[derive(Debug, Default)]
pub struct Laziest {
    /// How many cases were changed.
    pub cases: usize,
    /// Every change, in the order of the documents.
    pub changes: Vec<Change>,
    /// Fields that are filled in in no complete case that passes, so that nothing was tried.
    pub untried: Vec<(Party, String)>,
    /// The cheapest document of each rule.
    pub cheapest: Vec<Cheapest>,
    /// What is wrong with the marks of what is accepted.
    pub stale: Vec<LocalizedText>,
}

impl Laziest {
    /// How many are noticed, accepted and missed.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |of: fn(&Fate) -> bool| self.changes.iter().filter(|change| of(&change.fate)).count();
        (
            count(|fate| *fate == Fate::Noticed),
            count(|fate| matches!(fate, Fate::Accepted(_))),
            count(|fate| *fate == Fate::Missed),
        )
    }

    /// Tenths of a percent of all changes that are noticed, rounded down. What is accepted is not noticed: a reason
    /// explains a silence and does not end it.
    #[must_use]
    pub fn permille(&self) -> usize {
        (self.counts().0 * 1000).checked_div(self.changes.len()).unwrap_or_default()
    }
}
