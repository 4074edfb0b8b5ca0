//! What running a pack's cases showed, and which rules they leave out.

use std::collections::BTreeMap;

use bulou_ir::RuleSet;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_report::Status;
use serde::Serialize;

use super::Prepared;

/// What running a pack's cases showed.
#[derive(Debug, Default)]
pub struct CaseResults {
    /// Every case with what did not come out as expected.
    pub cases: Vec<CaseResult>,
    /// Rules, by their ids, that the cases do not cover.
    pub uncovered: Vec<(String, Lacks)>,
    /// Case files that could not be read, and assertions that a case refutes.
    pub problems: Vec<LocalizedText>,
}

/// One case.
#[derive(Debug)]
pub struct CaseResult {
    /// Its file.
    pub file: String,
    /// Which of that file's cases it is, from 0 on.
    pub place: usize,
    /// Its 说明.
    pub title: String,
    /// What did not come out as expected.
    pub mismatches: Mismatches,
}

/// What did not come out as a case expects.
#[derive(Debug, Default)]
pub struct Mismatches {
    /// Rules with another status.
    pub statuses: Vec<Differing>,
    /// All else.
    pub others: Vec<LocalizedText>,
}

/// A rule with another status than a case expects.
#[derive(Debug)]
pub struct Differing {
    /// Its id.
    pub rule: String,
    /// What the case says.
    pub expected: Status,
    /// What came out.
    pub found: Status,
    /// What was found, or why there was nothing.
    pub why: String,
}

impl Mismatches {
    /// Whether all came out as expected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.statuses.is_empty() && self.others.is_empty()
    }

    /// In words.
    pub fn words(&self) -> impl Iterator<Item = LocalizedText> {
        let statuses = self.statuses.iter().map(|Differing { rule, expected, found, why }| {
            let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
            let [[expected_zh, expected_en], [found_zh, found_en]] =
                [expected, found].map(|status| [Lang::Zh, Lang::En].map(|lang| status.words(lang)));
            texts::expected_got(&rule, &Each(&expected_zh, &expected_en), &Each(&found_zh, &found_en), &why).text()
        });
        statuses.chain(self.others.iter().cloned())
    }
}

/// What the cases of a rule lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Lacks {
    /// One that expects it to pass.
    Pass,
    /// One that expects it to pass, and in which there is something to look at.
    Look,
    /// One that expects it to fail.
    Fail,
}

/// What is said of a rule that the cases do not cover.
#[must_use]
pub fn not_covered((rule, lacks): &(String, Lacks)) -> LocalizedText {
    match lacks {
        Lacks::Pass => texts::no_case_expects_rule_pass(&rule).text(),
        Lacks::Look => texts::every_case_rule_passes(&rule).text(),
        Lacks::Fail => texts::no_case_expects_rule(&rule).text(),
    }
}

/// Rules that no case expects to pass, or to fail, and those that pass in some and have something to look at in none.
pub(super) fn uncovered(
    rules: &RuleSet,
    prepared: &[Prepared],
    looked: &BTreeMap<String, bool>,
) -> Vec<(String, Lacks)> {
    let mut uncovered = Vec::new();
    let county = rules.county.iter().flat_map(|county| &county.rules.rules);
    for rule in rules.rules.iter().chain(county) {
        let mut expected = prepared.iter().filter_map(|prepared| prepared.case.expected.get(&rule.card.id));
        if !expected.clone().any(|status| *status == Status::Pass) {
            uncovered.push((rule.card.id.clone(), Lacks::Pass));
        } else if looked.get(&rule.card.id) == Some(&false) {
            uncovered.push((rule.card.id.clone(), Lacks::Look));
        }
        if !expected.any(|status| matches!(status, Status::Fail | Status::Hint)) {
            uncovered.push((rule.card.id.clone(), Lacks::Fail));
        }
    }
    uncovered
}
