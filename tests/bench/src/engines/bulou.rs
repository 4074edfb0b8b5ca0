//! Bulou, by the twenty rules and by its whole pack: statuses alone, and the full report with reasons and places.

use std::hint::black_box;

use bulou_base::date::{Date, parse};
use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_report::Status;

use super::{Engine, Kind, RULES, Verdicts};
use crate::documents::TODAY;
use crate::packs::Packs;

/// The day of the check.
pub fn today() -> Date {
    parse(TODAY).expect("a date")
}

pub fn checker(rules: &RuleSet) -> Checker<'_> {
    Checker::new(rules, &Options::on(today())).expect("the options")
}

/// Verdicts of statuses in the order of the rules; the documents leave no rule undecided.
fn verdicts(statuses: impl IntoIterator<Item = Status>) -> Verdicts {
    let mut verdicts = [false; RULES.len()];
    for (verdict, status) in verdicts.iter_mut().zip(statuses) {
        *verdict = match status {
            Status::Pass => true,
            Status::Fail => false,
            other => panic!("undecided: {other:?}"),
        };
    }
    verdicts
}

/// The statuses of all rules, without reasons.
pub struct Statuses<'r> {
    checker: Checker<'r>,
    day: [Date; 1],
    whole: bool,
}

impl<'r> Statuses<'r> {
    pub fn twenty(packs: &'r Packs) -> Self {
        Self { checker: checker(&packs.twenty), day: [today()], whole: false }
    }

    pub fn whole(packs: &'r Packs) -> Self {
        Self { checker: checker(&packs.whole), day: [today()], whole: true }
    }
}

impl Engine for Statuses<'_> {
    fn name(&self) -> &'static str {
        if self.whole { "Bulou, whole pack, statuses" } else { "Bulou, statuses" }
    }
    fn kind(&self) -> Kind {
        if self.whole { Kind::Whole } else { Kind::Bulou }
    }
    fn does(&self) -> &'static str {
        if self.whole {
            "the same by all rules of `rules/campus-safety` for a school"
        } else {
            "checks the structure of the whole document and gives every rule's status, without reasons"
        }
    }
    fn run(&mut self, bytes: &[u8]) -> Option<Verdicts> {
        let statuses = self.checker.statuses(bytes, &self.day).pop().expect("a readable document");
        if self.whole {
            black_box(statuses);
            return None;
        }
        Some(verdicts(statuses))
    }
}

/// The full report.
pub struct Report<'r> {
    checker: Checker<'r>,
    whole: bool,
}

impl<'r> Report<'r> {
    pub fn twenty(packs: &'r Packs) -> Self {
        Self { checker: checker(&packs.twenty), whole: false }
    }

    pub fn whole(packs: &'r Packs) -> Self {
        Self { checker: checker(&packs.whole), whole: true }
    }
}

impl Engine for Report<'_> {
    fn name(&self) -> &'static str {
        if self.whole { "Bulou, whole pack, full report" } else { "Bulou, full report" }
    }
    fn kind(&self) -> Kind {
        if self.whole { Kind::Whole } else { Kind::Bulou }
    }
    fn does(&self) -> &'static str {
        if self.whole {
            "the full report by all rules of `rules/campus-safety` for a school"
        } else {
            "the statuses with every finding's words, values and places in the file, the citations, and the document's SHA-256"
        }
    }
    fn run(&mut self, bytes: &[u8]) -> Option<Verdicts> {
        let report = self.checker.check("document", bytes);
        if self.whole {
            assert!(!report.rules.is_empty(), "a readable document");
            black_box(report);
            return None;
        }
        Some(verdicts(report.rules.iter().map(|rule| rule.status)))
    }
}
