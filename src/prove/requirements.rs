//! What each 要求 of a rule can come to where others are asked beside it: a rule that can fail may still have one that
//! cannot, and of a rule that nothing passes one may be at fault. Only what is proved is told.

use std::collections::BTreeSet;

use bulou_base::date::Date;
use bulou_report::Status;
use serde_json::Value;

use crate::ask::{Answer, Open, Trouble};
use crate::rules::{Prover, none};
use crate::shrink::shorter;
use crate::solver::Solver;
use crate::term::Term;

/// From so many documents that pass a rule, blanks are tried.
const STARTS: usize = 4;

/// What a requirement comes to, where its rule applies.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub fails: Term,
    pub holds: Term,
}

/// What no document does to a requirement of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Never {
    /// None fails it.
    Fails,
    /// None meets it.
    Holds,
}

impl Never {
    /// What it is called in a report for programs.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Fails => "fail",
            Self::Holds => "hold",
        }
    }
}

/// A requirement of a rule, by its number from 0, of which something is proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Which one.
    pub number: usize,
    /// Its words.
    pub text: String,
    /// What is proved.
    pub never: Never,
}

impl Prover<'_, '_> {
    /// The requirements of a rule that are settled by themselves. `passes` says whether a document is known to pass the
    /// rule, and so to meet each.
    pub(crate) fn settled(
        &mut self,
        rule: usize,
        passes: bool,
        (open, solver): (&Open, &mut Solver),
    ) -> Result<Vec<Requirement>, Trouble> {
        let asked = open.requirements.get(&(0, rule)).cloned().unwrap_or_default();
        let mut found = Vec::new();
        // Of a single one the rule's own answers tell.
        if asked.len() < 2 || !open.whole {
            return Ok(found);
        }
        for (number, of) in asked.iter().enumerate() {
            let holds = (!passes).then_some((Never::Holds, of.holds));
            for (never, target) in [Some((Never::Fails, of.fails)), holds].into_iter().flatten() {
                if open.refuted(solver, target)? && none(open, solver)? == Answer::Proved {
                    let text = self.words(rule, number);
                    found.push(Requirement { number, text, never });
                }
            }
        }
        let blank = self.failed_by_blanks(rule, &found);
        found.retain(|one| one.never == Never::Holds || !blank.contains(&one.number));
        Ok(found)
    }

    fn words(&self, rule: usize, number: usize) -> String {
        let rules = self.versions().first().map(|version| version.rules);
        let of = rules.and_then(|rules| rules.rules.get(rule)).and_then(|rule| rule.requirements.get(number));
        of.map(|of| of.cond.text.to_string()).unwrap_or_default()
    }

    /// The requirements that fail where something required is left out: those are not idle.
    fn failed_by_blanks(&mut self, rule: usize, among: &[Requirement]) -> BTreeSet<usize> {
        let mut failed = BTreeSet::new();
        if !among.iter().any(|one| one.never == Never::Fails) {
            return failed;
        }
        let passing = self.known().iter().filter(|known| known.statuses.get(rule) == Some(&Status::Pass));
        let starts: Vec<(Value, Date)> =
            passing.take(STARTS).map(|known| (known.document.clone(), known.today)).collect();
        let Some(version) = self.version() else { return failed };
        for (document, today) in starts {
            for document in shorter(&document) {
                failed.extend(version.requirements_failed_with_blanks(&document, today, rule));
            }
        }
        failed
    }
}
