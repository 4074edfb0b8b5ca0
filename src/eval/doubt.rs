//! What a county's rules come to while schools are wanting: nothing of theirs is known, so that a rule is decided only
//! where it says the same of the schools that are there and of all that are to come.

use crate::checker::verdict;
use crate::evaluator::Evaluator;
use crate::{Checker, rule};
use bulou_base::value::Truth;
use bulou_ir::Body;
use bulou_ir::expr::{Cond, CondKind, List, ListKind, ScalarKind};
use bulou_messages::sentence::Reason;
use bulou_report::{Counts, Finding, Report, RuleResult, Status, Verdict};

/// Whether what is said of the schools that are there is certain, given what is known of all. A failure that `asks` for
/// what is not there is: to stay away is not to meet that.
fn is_certain(said: Status, asks: bool, of_all: Status) -> bool {
    match (said, of_all) {
        (Status::Undetermined, _) | (Status::Pending, Status::Pass) => true,
        (Status::Fail | Status::Hint, Status::Undetermined) => asks,
        (Status::Fail | Status::Hint, of_all) => of_all != Status::NotApplicable,
        (said, of_all) => said == of_all,
    }
}

impl Checker<'_> {
    /// The status of each rule on the document that was read last.
    pub fn statuses_alone(&self) -> Vec<Status> {
        let mut evaluator = Evaluator::new(self.rules, &self.document, &self.params, self.today);
        self.rules.rules.iter().map(|rule| rule::status_alone(&mut evaluator, rule)).collect()
    }

    /// Of each rule that was just judged: whether it fails, or will, and asks for who is not there. `names` is the field,
    /// by table and slot, that says who an element is.
    pub fn leaves_out(&self, report: &Report<'_>, names: Option<(u16, u32)>) -> Vec<bool> {
        let mut evaluator = Evaluator::new(self.rules, &self.document, &self.params, self.today);
        let both = report.rules.iter().zip(&self.rules.rules);
        both.map(|(result, rule)| {
            let open = matches!(result.status, Status::Fail | Status::Hint | Status::Pending);
            open && rule.requirements.iter().any(|one| {
                evaluator.begin();
                evaluator.leaves_out(&one.cond, names) && !evaluator.is_exhausted()
            })
        })
        .collect()
    }
}

/// Takes back what is not certain; `why` says of whom nothing is known.
pub fn take_back(report: &mut Report<'_>, (asks, of_all): (&[bool], &[Status]), why: &str) {
    let certain = asks.iter().zip(of_all).map(|(asks, of_all)| move |said| is_certain(said, *asks, *of_all));
    keep(report, certain, why);
}

/// Takes back what is not certain, but for failures: to have another fault that hides one is no reason to hide it.
pub fn take_back_good(report: &mut Report<'_>, of_all: &[Status], why: &str) {
    let certain = of_all
        .iter()
        .map(|of_all| move |said| matches!(said, Status::Fail | Status::Hint) || is_certain(said, false, *of_all));
    keep(report, certain, why);
}

/// Takes back what is said otherwise where another thing is so; `why` says what.
pub fn take_back_unlike(report: &mut Report<'_>, otherwise: &[Status], why: &str) {
    let same = otherwise.iter().map(|otherwise| move |said| said == Status::Undetermined || said == *otherwise);
    keep(report, same, why);
}

fn keep(report: &mut Report<'_>, certain: impl Iterator<Item = impl Fn(Status) -> bool>, why: &str) {
    let open = report.rules.iter_mut().zip(certain).filter(|(result, certain)| !certain(result.status));
    open.for_each(|(result, _)| undetermined(result, why));
    report.counts = Counts::default();
    report.rules.iter().for_each(|rule| report.counts.add(rule.status));
    report.verdict = verdict(report);
}

fn undetermined(result: &mut RuleResult<'_>, why: &str) {
    let open = Finding {
        requirement: 0,
        status: Verdict::Undetermined,
        due: None,
        days_left: None,
        done: None,
        message: why.to_owned(),
        reasons: vec![Reason::plain("schools-unknown", why).into()],
        paths: Vec::new(),
        cells: Vec::new(),
        item: String::new(),
        hidden: false,
        omitted: Vec::new(),
        more_omitted: 0,
        unsure: Vec::new(),
        more_unsure: 0,
        steps: Vec::new(),
    };
    result.status = Status::Undetermined;
    result.vacuous = false;
    (result.because, result.due, result.days_left) = (None, None, None);
    (result.findings, result.more_findings) = (vec![open], 0);
}

impl<'d> Evaluator<'d> {
    /// Whether a requirement is not met because a list of names lacks one that it shall have. Of anything else that a list
    /// lacks, who is not there may have it.
    fn leaves_out(&mut self, cond: &'d Cond, names: Option<(u16, u32)>) -> bool {
        match &cond.kind {
            CondKind::Covers(list, _) | CondKind::In(_, list) => {
                self.are_names(list, names) && self.truth(cond) == Truth::False
            }
            CondKind::And(parts) => parts.iter().any(|part| self.leaves_out(part, names)),
            CondKind::By(by) => self.leaves_out(&by.cond, names),
            CondKind::If(test, yes, no) => match (self.truth(test), no) {
                (Truth::True, _) => self.leaves_out(yes, names),
                (Truth::False, Some(no)) => self.leaves_out(no, names),
                _ => false,
            },
            CondKind::Definition(index) => self.defined(
                *index,
                |evaluator, body| matches!(body, Body::Cond(cond) if evaluator.leaves_out(cond, names)),
            ),
            _ => false,
        }
    }

    fn are_names(&mut self, list: &'d List, names: Option<(u16, u32)>) -> bool {
        match &list.kind {
            ListKind::Project(_, _, item) => {
                matches!(&item.kind, ScalarKind::Field(field) if names == Some((field.table, field.slot)))
            }
            ListKind::Filter(list, ..)
            | ListKind::Distinct(list)
            | ListKind::Hoisted(_, list)
            | ListKind::Optimized(list, _) => self.are_names(list, names),
            ListKind::Definition(index) => self.defined(
                *index,
                |evaluator, body| matches!(body, Body::List(list) if evaluator.are_names(list, names)),
            ),
            _ => false,
        }
    }
}
