//! What cannot be determined says why: it names what is missing or wrong and where, or why nothing can be calculated.

use bulou_report::{Finding, Report, Status, Verdict};

use crate::cases::{Pack, Tally, engine, report, submitted};
use crate::choices::Choices;
use crate::generate::model::Model;

/// Reasons that lie in no place of the document.
const ELSEWHERE: [&str; 4] = ["日历", "晚于核对日", "算不出来", "之间"];

/// Every rule that is undetermined names a reason.
pub fn reasoned(model: &Model, pack: &Pack, choices: &mut Choices) -> Result<Tally, String> {
    let submitted = submitted(model, choices);
    let report: Report<'_> = report(&pack.rules, &submitted);
    for rule in report.rules.iter().filter(|rule| rule.status == Status::Undetermined) {
        let open = || rule.findings.iter().filter(|finding| finding.status == Verdict::Undetermined);
        if open().next().is_none() || !open().all(named) {
            return Err(format!("{} names no reason: {:#?}\n{}", rule.card.id, rule.findings, submitted.document));
        }
    }
    let mut tally = Tally { cases: 1, ..Tally::default() };
    tally.count(&engine(&report));
    Ok(tally)
}

/// Whether a finding names what is blank or wrong, with its place, or a reason that lies elsewhere.
fn named(finding: &Finding) -> bool {
    let message = &finding.message;
    let blank = message.contains("没有填") || message.contains("填得不对") || message.contains("说不准算不算");
    blank && !finding.paths.is_empty() || ELSEWHERE.iter().any(|reason| message.contains(reason))
}
