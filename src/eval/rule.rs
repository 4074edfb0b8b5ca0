//! One rule over one document: its status, and findings for what does not pass.

use crate::Waiver;
use crate::evaluator::Evaluator;
use crate::explain::Explainer;
use bulou_base::limits;
use bulou_base::order;
use bulou_base::value::Truth;
use bulou_ir::expr::Cond;
use bulou_ir::{Effective, MessagePart, Rule};
use bulou_messages::texts;
use bulou_report::{Finding, RuleResult, RuleSeverity, Status, Verdict};

/// Judges a rule; a rule that passes costs no more than its evaluation and its line in the report.
pub(crate) fn judge<'d, 'r: 'd>(
    evaluator: &mut Evaluator<'d>,
    rule: &'r Rule,
    waiver: Option<&Waiver>,
) -> RuleResult<'r> {
    let mut result = RuleResult::plain(&rule.card, Status::Pass);
    if let Some(effective) = out_of_force(evaluator, rule) {
        result.status = Status::NotApplicable;
        let lang = evaluator.lang;
        let until = effective.until.map(|until| texts::until(&until).get(lang)).unwrap_or_default();
        let from = effective.from;
        result.because = Some(texts::not_force_day_force(&from, &until).get(lang));
        return result;
    }
    if let Some(waiver) = waiver {
        result.status = Status::NotApplicable;
        let Waiver { from, until, approved_by, reason, .. } = waiver;
        result.because = Some(texts::waived_approved_2(&from, &until, &approved_by, &reason).get(evaluator.lang));
        return result;
    }
    if let Some(applies) = &rule.applies {
        match evaluator.answer(applies) {
            Truth::True => {}
            Truth::False => {
                evaluator.begin();
                result.status = Status::NotApplicable;
                result.because = Some(Explainer::new(evaluator).because(applies));
                return result;
            }
            Truth::Unknown | Truth::Pending => {
                result.status = Status::Undetermined;
                (result.findings, result.more_findings) = reasons(evaluator, 0, applies, None, Truth::Unknown);
                return result;
            }
        }
    }
    let mut least = Truth::True;
    for (index, requirement) in rule.requirements.iter().enumerate() {
        let truth = evaluator.answer(&requirement.cond);
        least = least.min(truth);
        if truth != Truth::True {
            let (findings, more) = reasons(evaluator, index, &requirement.cond, requirement.message.as_deref(), truth);
            result.findings.extend(findings);
            result.more_findings += more;
        }
    }
    result.status = status(least, rule.card.severity);
    let whole = !rule.requirements.is_empty() && result.status == Status::Pass;
    // Where a `敏感` value decides what there is to look at, that there was nothing would tell it.
    let vacuous = |cond: &'r Cond, evaluator: &mut Evaluator<'d>| {
        evaluator.begin();
        !cond.hidden && evaluator.is_vacuous(cond) && !evaluator.is_exhausted()
    };
    result.vacuous = whole && rule.requirements.iter().all(|requirement| vacuous(&requirement.cond, evaluator));
    summarize(&mut result);
    result
}

/// Why a requirement is not met, for which there are as many steps as for whether it is. Of one that took more than there
/// are only that is said.
fn reasons<'d>(
    evaluator: &mut Evaluator<'d>,
    index: usize,
    cond: &'d Cond,
    message: Option<&'d [MessagePart]>,
    truth: Truth,
) -> (Vec<Finding>, usize) {
    let unfinished = evaluator.is_exhausted();
    evaluator.begin();
    if unfinished {
        return (vec![Explainer::new(evaluator).unfinished(index, cond, truth)], 0);
    }
    Explainer::new(evaluator).findings(index, cond, message, truth)
}

/// A rule's status without reasons, findings and waivers.
pub(crate) fn status_alone<'d>(evaluator: &mut Evaluator<'d>, rule: &'d Rule) -> Status {
    if out_of_force(evaluator, rule).is_some() {
        return Status::NotApplicable;
    }
    match rule.applies.as_ref().map_or(Truth::True, |applies| evaluator.answer(applies)) {
        Truth::True => {}
        Truth::False => return Status::NotApplicable,
        Truth::Unknown | Truth::Pending => return Status::Undetermined,
    }
    let truths = rule.requirements.iter().map(|requirement| evaluator.answer(&requirement.cond));
    status(truths.min().unwrap_or(Truth::True), rule.card.severity)
}

/// The days on which a rule is in force, when today is none of them.
fn out_of_force(evaluator: &Evaluator<'_>, rule: &Rule) -> Option<Effective> {
    rule.effective.or(evaluator.rules.effective).filter(|effective| !effective.holds(evaluator.today))
}

fn status(truth: Truth, severity: RuleSeverity) -> Status {
    match truth {
        Truth::True => Status::Pass,
        Truth::Pending => Status::Pending,
        Truth::Unknown => Status::Undetermined,
        Truth::False if severity == RuleSeverity::Hint => Status::Hint,
        Truth::False => Status::Fail,
    }
}

/// The earliest due day of the open findings, and no more findings than are listed.
fn summarize(result: &mut RuleResult<'_>) {
    let earliest = result.findings.iter().filter(|finding| finding.due.is_some()).min_by(|a, b| a.due.cmp(&b.due));
    if let Some(Finding { due, days_left, .. }) = earliest {
        result.due.clone_from(due);
        result.days_left = *days_left;
    }
    order::sort_by_key(&mut result.findings, |finding| std::cmp::Reverse(weight(finding.status)));
    result.more_findings += result.findings.len().saturating_sub(limits::FINDINGS);
    result.findings.truncate(limits::FINDINGS);
}

fn weight(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Pass => 0,
        Verdict::Pending => 1,
        Verdict::Undetermined => 2,
        Verdict::Fail => 3,
    }
}
