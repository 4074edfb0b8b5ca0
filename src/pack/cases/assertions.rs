//! What a pack asserts of its rules (断言), held to the documents of its own cases. `bulou prove` asks it of all documents;
//! a case that refutes it needs no solver.

use super::Prepared;
use super::judge::checker;
use bulou_base::date::Date;
use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;
use bulou_report::Status;

/// For each assertion that a case refutes, the first that does. Only complete documents without fault refute one, under the
/// pack's own parameters and without waivers: of others nothing is asserted.
pub(super) fn refuted(rules: &RuleSet, prepared: &[Prepared]) -> Vec<LocalizedText> {
    if rules.assertions.is_empty() {
        return Vec::new();
    }
    let asserting = rules.with_premises();
    // The day is set for each case.
    let Ok(mut checker) = checker(&asserting, &Options::on(Date::default())) else { return Vec::new() };
    let judged: Vec<(&Prepared, Vec<Status>)> =
        prepared.iter().filter_map(|case| Some((case, statuses(&mut checker, case)?))).collect();
    let refuted = |(at, assertion): (usize, &bulou_ir::Assertion)| {
        let premise = rules.rules.len() + at;
        let (case, _) = judged.iter().find(|(_, statuses)| assertion.is_refuted(premise, statuses))?;
        let (title, file, case) = (&assertion.title, &case.file, &case.case.title);
        Some(texts::assertion_does_not_hold(&title, &file, &case).text())
    };
    rules.assertions.iter().enumerate().filter_map(refuted).collect()
}

/// What each rule, and each premise behind them, says of a case's document.
fn statuses(checker: &mut Checker<'_>, prepared: &Prepared) -> Option<Vec<Status>> {
    let (case, documents) = (&prepared.case, prepared.documents().ok()?);
    let is_of_others = documents.schools.is_some() || !case.refused.is_empty();
    if is_of_others || !case.waivers.is_empty() || !case.params.is_empty() {
        return None;
    }
    checker.set_today(case.today);
    let (report, readable) = checker.read("case.json", &documents.own, &documents.own, Vec::new());
    let sound = readable && report.structure.iter().all(|problem| problem.notice);
    sound.then(|| checker.statuses_alone())
}
