//! The deadlines of a school that are not met.

use serde::{Deserialize, Serialize};

use crate::date::days_between;
use crate::eval::Checker;
use crate::report::{Report, Status};

/// A deadline that runs, has passed, or was kept too late; in days from the day of the check.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Running {
    /// The rule's index.
    pub rule: u16,
    /// Days until it is due; negative when it has passed.
    pub left: i32,
    /// What it asks for was done so many days after it was due.
    pub late: Option<i32>,
    /// What names the element that it is about; empty when it is about none.
    pub item: Box<str>,
}

/// The deadlines of the document that was just checked, and how many more there are than are listed.
pub(super) fn running(checker: &Checker<'_>, report: &Report<'_>) -> (Box<[Running]>, u32) {
    let open = |status| !matches!(status, Status::Pass | Status::NotApplicable);
    let (all, more) = checker.running(|index| report.rules.get(index).is_some_and(|rule| open(rule.status)));
    let days = |from, to| i32::try_from(days_between(from, to)).ok();
    let running = all.into_iter().filter_map(|(rule, one)| {
        let late = one.done.and_then(|done| days(one.due, done));
        let (rule, left) = (u16::try_from(rule).ok()?, days(report.as_of, one.due)?);
        Some(Running { rule, left, late, item: one.item.into() })
    });
    (running.collect(), more)
}
