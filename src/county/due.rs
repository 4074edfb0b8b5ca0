//! The deadlines of a school that are not met.

use serde::{Deserialize, Serialize};

use bulou_base::date::days_between;
use bulou_eval::Checker;
use bulou_report::{Report, Status};

/// A deadline that runs, has passed, or was kept too late; in days from the day of the check.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Running {
    /// The rule's index.
    pub rule: u16,
    /// Days until it is due; negative when it has passed. `None` of one that runs and of which a `敏感` value decides the
    /// day or the element: neither is told.
    pub left: Option<i32>,
    /// What it asks for was done so many days after it was due.
    pub late: Option<i32>,
    /// What names the element that it is about; empty when it is about none.
    pub item: Box<str>,
}

impl Running {
    /// Days until it is due, negative when overdue; of what was done late, by how many days it was late.
    pub(super) fn days_left(&self) -> Option<i64> {
        self.late.map(|late| -i64::from(late)).or(self.left.map(i64::from))
    }

    /// Whether it has passed, be it that it was kept since.
    pub(super) fn has_passed(&self) -> bool {
        self.late.is_some() || self.left.is_some_and(|left| left < 0)
    }

    /// What none can say, whoever wrote it: a secret one has nothing by which it could be told.
    pub(super) fn is_contradictory(&self) -> bool {
        self.left.is_none() && (self.late.is_some() || !self.item.is_empty())
    }
}

/// The deadlines of the document that was just checked, and how many more there are than are listed.
pub(super) fn running(checker: &Checker<'_>, report: &Report<'_>) -> (Box<[Running]>, u32) {
    let open = |status| !matches!(status, Status::Pass | Status::NotApplicable);
    let (all, more) = checker.running(|index| report.rules.get(index).is_some_and(|rule| open(rule.status)));
    let days = |from, to| i32::try_from(days_between(from, to)).ok();
    let running = all.into_iter().filter_map(|(rule, one)| {
        let rule = u16::try_from(rule).ok()?;
        let Some(due) = one.due else { return Some(Running { rule, left: None, late: None, item: Box::default() }) };
        let late = one.done.and_then(|done| days(due, done));
        Some(Running { rule, left: Some(days(report.as_of, due)?), late, item: one.item.into() })
    });
    (running.collect(), more)
}
