//! What a pack asserts of its rules (断言), held to the documents of its own cases. `bulou prove` asks it of all documents;
//! a case that refutes it needs no solver.

use std::collections::BTreeMap;

use super::Prepared;
use super::judge::checker;
use bulou_eval::Checker;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::LocalizedText;
use bulou_report::Status;

/// For each assertion that a case refutes, the first that does. Only complete documents without fault and without waivers
/// refute one, for of others nothing is asserted.
pub(super) fn refuted(rules: &RuleSet, prepared: &[Prepared]) -> Vec<LocalizedText> {
    if rules.assertions.is_empty() {
        return Vec::new();
    }
    let asserting = rules.with_premises();
    let mut checkers = BTreeMap::new();
    let judged: Vec<(&Prepared, Vec<Status>)> =
        prepared.iter().filter_map(|case| Some((case, statuses(&asserting, case, &mut checkers)?))).collect();
    let refuted = |(at, assertion): (usize, &bulou_ir::Assertion)| {
        let premise = rules.rules.len() + at;
        let (case, _) = judged.iter().find(|(_, statuses)| assertion.is_refuted(premise, statuses))?;
        let (title, file, case) = (&assertion.title, &case.file, &case.case.title);
        Some(LocalizedText::new(
            format!("断言「{title}」不成立:{file} · {case}"),
            format!("the assertion `{title}` does not hold: {file} · {case}"),
        ))
    };
    rules.assertions.iter().enumerate().filter_map(refuted).collect()
}

/// What each rule, and each premise behind them, says of a case's document.
fn statuses<'r>(
    asserting: &'r RuleSet,
    prepared: &Prepared,
    checkers: &mut BTreeMap<BTreeMap<String, String>, Checker<'r>>,
) -> Option<Vec<Status>> {
    let (case, documents) = (&prepared.case, prepared.documents().ok()?);
    if documents.schools.is_some() || !case.refused.is_empty() || !case.waivers.is_empty() {
        return None;
    }
    if !checkers.contains_key(&case.params) {
        checkers.insert(case.params.clone(), checker(asserting, &prepared.options()).ok()?);
    }
    let checker = checkers.get_mut(&case.params)?;
    checker.set_today(case.today);
    let (report, readable) = checker.read("case.json", &documents.own, &documents.own, Vec::new());
    let sound = readable && report.structure.iter().all(|problem| problem.notice);
    sound.then(|| checker.statuses_alone())
}
