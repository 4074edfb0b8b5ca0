//! Mutation: every rule, every definition, table and parameter that rules use, and every constraint and bound of the
//! documents is changed in small ways, one at a time, and the pack's cases are run against each change. A change that no case notices shows what the cases leave
//! open.
//!
//! The changes are made to the tree that the parser gives, not to the compiled rules. The tree has the places of the
//! rule's words, so that a change can be told in them; and a changed tree goes through the whole checker, so that every
//! mutant is a rule that somebody could have written: well typed, optional data guarded, tables complete. Compiled
//! expressions have neither places nor those guarantees. Mutants that do not compile are counted apart, for the
//! compiler notices them.
//!
//! A mutant is noticed when a status, a piece of evidence or a fault of the documents that a case expects comes out
//! otherwise, or a value of a parameter that it says is refused is taken. Options of
//! `全部 选项` are not left out one by one: that `不漏` asks for each of them is the language's promise, not the rule's.

mod declaration;
mod expression;
mod kind;
mod mark;
mod members;
mod run;
mod score;
mod speech;
mod subject;
mod table;
pub mod text;

use serde::Serialize;

pub use kind::Kind;
pub(crate) use mark::unread as unread_marks;
pub use run::{Error, run};
pub use score::Score;

use bulou_messages::diagnostic::LocalizedText;

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "fate", content = "reason")]
pub enum Fate {
    /// The compiler refuses it.
    Uncompiled,
    /// A case expects something else.
    Noticed,
    /// No case notices it.
    Missed,
    /// No document could show it, for this reason.
    Equivalent(String),
}

/// One small change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mutant {
    /// The rule file.
    pub file: String,
    /// One-based line.
    pub line: usize,
    /// The rule, definition, table, parameter, record or data.
    pub declaration: String,
    /// What kind of change.
    pub kind: Kind,
    /// What stands there.
    pub from: String,
    /// What stands there instead.
    pub to: String,
    /// Which of several such changes of the declaration, from 1 on.
    pub nth: usize,
    /// What became of it.
    #[serde(flatten)]
    pub fate: Fate,
}

/// What mutation showed.
#[derive(Clone, Debug, Default)]
pub struct Mutation {
    /// Every mutant, in the order of the files.
    pub mutants: Vec<Mutant>,
    /// What is wrong with the marks of equivalent mutants.
    pub stale: Vec<LocalizedText>,
}

impl Mutation {
    /// All mutants together.
    #[must_use]
    pub fn score(&self) -> Score {
        Score::of(&self.mutants)
    }

    /// By kind.
    #[must_use]
    pub fn by_kind(&self) -> Vec<(Kind, Score)> {
        score::by(&self.mutants, |mutant| mutant.kind)
    }

    /// By rule, definition, table or parameter.
    #[must_use]
    pub fn by_declaration(&self) -> Vec<(String, Score)> {
        score::by(&self.mutants, |mutant| mutant.declaration.clone())
    }

    /// Those that no case notices.
    pub fn missed(&self) -> impl Iterator<Item = &Mutant> {
        self.mutants.iter().filter(|mutant| mutant.fate == Fate::Missed)
    }
}
