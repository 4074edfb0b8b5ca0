//! One version of a pack, and what the engine says of documents by it.

use bulou_base::date::Date;
use bulou_document::Constant;
use bulou_eval::Checker;
use bulou_ir::RuleSet;
use bulou_report::{Status, Verdict};
use serde_json::Value;

use crate::document::Sheet;
use crate::rules::Question;
use crate::uses::Uses;

/// One version of a pack.
pub struct Version<'r> {
    pub(crate) rules: &'r RuleSet,
    pub(crate) params: Vec<Constant>,
    pub(crate) checker: Checker<'r>,
    pub(crate) constraints: Vec<Uses>,
}

impl<'r> Version<'r> {
    /// A version, as a check sets its parameters.
    #[must_use]
    pub fn new(rules: &'r RuleSet, mut checker: Checker<'r>) -> Self {
        let params = checker.clock_and_document().0.params.to_vec();
        Self { rules, params, checker, constraints: Uses::of_constraints(rules) }
    }

    pub(crate) fn sheet(&self) -> Sheet<'_> {
        Sheet { shape: &self.rules.shape, params: &self.params }
    }

    /// What some rules ask about, with what constraints tie to it.
    pub(crate) fn uses(&self, rules: &[usize]) -> Uses {
        let mut uses = Uses::default();
        rules.iter().for_each(|rule| uses.add(&Uses::of_rule(self.rules, *rule)));
        uses.closed(&self.constraints)
    }

    /// The status of each rule on a day, without reasons; none for a document with a fault or a blank.
    pub(crate) fn judged(&mut self, document: &Value, today: Date) -> Option<Vec<Status>> {
        self.checker.set_today(today);
        let text = document.to_string();
        let (report, readable) = self.checker.read("found.json", text.as_bytes(), text.as_bytes(), Vec::new());
        let sound = readable && report.structure.iter().all(|problem| problem.notice);
        sound.then(|| self.checker.statuses_alone())
    }

    /// The status of a rule, whatever is blank in the document.
    pub(crate) fn judged_with_blanks(&mut self, document: &Value, today: Date, rule: usize) -> Option<Status> {
        self.checker.set_today(today);
        let text = document.to_string();
        let (report, readable) = self.checker.read("found.json", text.as_bytes(), text.as_bytes(), Vec::new());
        let blank = |problem: &bulou_report::Problem| problem.notice || problem.code.is_blank();
        let sound = readable && report.structure.iter().all(blank);
        if sound { self.checker.statuses_alone().get(rule).copied() } else { None }
    }

    /// The requirements of a rule that a document fails, whatever is blank in it.
    pub(crate) fn requirements_failed_with_blanks(&mut self, document: &Value, today: Date, rule: usize) -> Vec<usize> {
        if self.judged_with_blanks(document, today, rule).is_none_or(|status| !Question::Fail.is_met(status)) {
            return Vec::new();
        }
        let report = self.checker.check("found.json", document.to_string().as_bytes());
        let findings = report.rules.get(rule).map(|rule| rule.findings.as_slice()).unwrap_or_default();
        findings.iter().filter(|finding| finding.status == Verdict::Fail).map(|finding| finding.requirement).collect()
    }

    /// Whether a document contradicts itself, and nothing else is wrong with it.
    pub(crate) fn contradicts(&mut self, document: &Value, today: Date) -> bool {
        self.checker.set_today(today);
        let text = document.to_string();
        let (report, readable) = self.checker.read("found.json", text.as_bytes(), text.as_bytes(), Vec::new());
        let mut faults = report.structure.iter().filter(|problem| !problem.notice).peekable();
        readable && faults.peek().is_some() && faults.all(|problem| problem.code.is_contradiction())
    }

    /// What a whole check says of a rule, and what is wrong with the document.
    pub(crate) fn checked(&mut self, document: &Value, today: Date, rule: usize) -> (Option<Status>, Vec<String>) {
        self.checker.set_today(today);
        let report = self.checker.check("found.json", document.to_string().as_bytes());
        let faults = report.structure.iter().filter(|problem| !problem.notice);
        let told = |problem: &bulou_report::Problem| format!("{} {} {}", problem.code, problem.path, problem.message);
        (report.rules.get(rule).map(|rule| rule.status), faults.map(told).collect())
    }
}
