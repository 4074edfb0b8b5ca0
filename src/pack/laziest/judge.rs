//! What a case's document comes to, and what it comes to once it is changed.

use std::collections::{BTreeMap, BTreeSet};

use bulou_county::Roll;
use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::LocalizedText;
use bulou_report::{Problem, RuleResult, Status};
use serde_json::Value as Json;

use super::Party;
use crate::cases::{self, Prepared};

/// What is said of a document.
pub(super) struct Said {
    /// How each rule stands, and whether there was nothing to look at.
    pub rules: BTreeMap<String, (Status, bool)>,
    /// Faults of the document, by code and place.
    pub faults: BTreeSet<String>,
}

impl Said {
    fn of(rules: &[RuleResult<'_>], structure: &[Problem]) -> Self {
        let rules = rules.iter().map(|rule| (rule.card.id.clone(), (rule.status, rule.vacuous)));
        let faults = structure.iter().filter(|fault| !fault.notice);
        Self { rules: rules.collect(), faults: faults.map(|fault| format!("{} {}", fault.code, fault.path)).collect() }
    }

    /// Whether nothing speaks against the document, and something speaks for it.
    pub fn passes(&self) -> bool {
        let mut stand = self.rules.values().map(|(status, _)| *status);
        self.faults.is_empty()
            && stand.all(|status| weight(status) < 2)
            && self.rules.values().any(|(status, _)| *status == Status::Pass)
    }

    /// Whether something speaks against this document that does not against the other.
    pub fn is_worse_than(&self, other: &Self) -> bool {
        let was = |id: &String| other.rules.get(id).map_or(0, |(status, _)| weight(*status));
        self.rules.iter().any(|(id, (status, _))| weight(*status) > was(id)) || !self.faults.is_subset(&other.faults)
    }

    /// Whether a rule accepts the document, and without having looked at anything.
    pub fn accepted(&self, rule: &str) -> Option<bool> {
        let (status, vacuous) = self.rules.get(rule)?;
        (self.faults.is_empty() && *status == Status::Pass).then_some(*vacuous)
    }
}

/// How much a status speaks against a document: what is not due yet less than what was found.
fn weight(status: Status) -> u8 {
    match status {
        Status::Pass | Status::NotApplicable => 0,
        Status::Pending => 1,
        Status::Undetermined | Status::Fail | Status::Hint => 2,
    }
}

/// A case whose document is complete and passes, ready to be judged with changes.
pub(super) struct Bench<'r> {
    rules: &'r RuleSet,
    options: Options,
    checker: Checker<'r>,
    /// The schools, in a case of the county.
    roll: Option<Roll>,
    /// Its file and its 说明.
    pub name: String,
    /// Its document.
    pub document: Json,
    /// What is said of that.
    pub before: Said,
}

impl<'r> Bench<'r> {
    /// Of a case that passes as a whole, without waivers.
    pub fn of(case: &Prepared, rules: &'r RuleSet) -> Option<Self> {
        if !case.case.waivers.is_empty() || !case.case.refused.is_empty() {
            return None;
        }
        let documents = case.documents().ok()?;
        let document: Json = serde_json::from_slice(&documents.own).ok()?;
        let options = case.options();
        let mut checker = cases::checker(rules, &options).ok()?;
        let (roll, faults) = match &documents.schools {
            Some(schools) => {
                let (roll, faults, _) = cases::rolled(rules, &mut checker, &options, schools).ok()?;
                (Some(roll), faults)
            }
            None => (None, Vec::new()),
        };
        let name = format!("{} · {}", case.file, case.case.title);
        let before = Said { rules: BTreeMap::new(), faults: BTreeSet::new() };
        let mut bench = Self { rules, options, checker, roll, name, document, before };
        bench.before = bench.said(&bench.document.clone()).ok()?;
        (bench.before.passes() && faults.iter().all(|fault| fault.notice)).then_some(bench)
    }

    /// Whose document it is.
    pub fn party(&self) -> Party {
        if self.roll.is_some() { Party::County } else { Party::School }
    }

    /// What is said of another document in its place.
    pub fn said(&mut self, document: &Json) -> Result<Said, LocalizedText> {
        let bytes = document.to_string().into_bytes();
        Ok(match &self.roll {
            None => {
                let report = self.checker.check("case.json", &bytes);
                Said::of(&report.rules, &report.structure)
            }
            Some(roll) => {
                let report = cases::finished(self.rules, &self.options, roll.clone(), &bytes)?;
                Said::of(&report.rules, &report.structure)
            }
        })
    }
}
