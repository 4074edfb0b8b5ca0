//! What a school's documents come to that nothing tells apart: only what all of them say.

use bulou_base::order;
use std::collections::{BTreeMap, BTreeSet};

use crate::entry::Entry;
use crate::notices::Findings;
use crate::{Origin, Submission, letter};
use bulou_document::normalize::is_blank;
use bulou_report::{Status, Verdict};

/// A school as its documents show it.
pub(super) struct Agreed {
    /// The one document, or what several have in common.
    pub submission: Submission,
    /// Where they come from, by name; more than one are in conflict.
    pub origins: Vec<Origin>,
}

impl Agreed {
    /// Of a school's documents.
    pub fn new(entry: &Entry) -> Self {
        let mut current = entry.current();
        let first = current.next().map(std::borrow::Cow::into_owned).unwrap_or_default();
        let mut origins = vec![first.origin.clone()];
        let mut common = None;
        for other in current {
            origins.push(other.origin.clone());
            common.get_or_insert_with(|| Common::new(&first)).add(&other);
        }
        order::sort_by(&mut origins, |one, other| one.names.cmp(&other.names));
        Self { submission: common.map_or(first, Common::finish), origins }
    }

    /// Whether several documents contradict one another.
    pub fn is_conflict(&self) -> bool {
        self.origins.len() > 1
    }
}

/// What several documents have in common, gathered one after another; their order does not matter.
struct Common {
    /// Their day; empty when they do not agree on one.
    date: Box<str>,
    names: BTreeSet<Box<str>>,
    other_rules: BTreeSet<Box<str>>,
    verdicts: BTreeSet<Verdict>,
    faults: u32,
    told: BTreeSet<Box<str>>,
    statuses: Vec<char>,
    due: BTreeSet<super::due::Running>,
    more_due: u32,
    /// By rule: what was found in any, and how many more than are listed.
    findings: BTreeMap<usize, (BTreeSet<String>, usize)>,
}

impl Common {
    fn new(first: &Submission) -> Self {
        let mut common = Self {
            date: first.origin.date.clone(),
            names: BTreeSet::new(),
            other_rules: BTreeSet::new(),
            verdicts: BTreeSet::new(),
            faults: 0,
            told: BTreeSet::new(),
            statuses: first.statuses.chars().collect(),
            due: BTreeSet::new(),
            more_due: 0,
            findings: BTreeMap::new(),
        };
        common.add(first);
        common
    }

    fn add(&mut self, other: &Submission) {
        if self.date != other.origin.date {
            self.date = Box::default();
        }
        self.names.insert(other.origin.school.clone());
        self.other_rules.extend(other.other_rules.clone());
        self.verdicts.insert(other.verdict);
        self.faults = self.faults.max(other.faults);
        self.told.extend(other.told.iter().cloned());
        for (common, status) in self.statuses.iter_mut().zip(other.statuses.chars()) {
            if *common != status {
                *common = letter(Status::Undetermined);
            }
        }
        self.due.extend(other.due.iter().cloned());
        self.more_due = self.more_due.max(other.more_due);
        for found in &other.findings {
            let (messages, more) = self.findings.entry(found.rule).or_default();
            messages.extend(found.messages.iter().cloned());
            *more = found.more.max(*more);
        }
    }

    fn finish(self) -> Submission {
        let unknown = self.statuses.contains(&letter(Status::Undetermined));
        let verdict = match self.verdicts.first() {
            Some(one) if self.verdicts.len() == 1 && (*one == Verdict::Fail || !unknown) => *one,
            _ => Verdict::Undetermined,
        };
        let findings = |(rule, (messages, more)): (usize, (BTreeSet<String>, usize))| Findings {
            rule,
            messages: messages.into_iter().collect(),
            more,
        };
        let other_rules = self.other_rules.into_iter().collect::<Vec<_>>().join(" / ");
        Submission {
            origin: Origin {
                date: self.date,
                school: self.names.into_iter().filter(|name| !is_blank(name)).collect::<Vec<_>>().join(" / ").into(),
                ..Origin::default()
            },
            other_rules: (!other_rules.is_empty()).then(|| other_rules.into()),
            verdict,
            faults: self.faults,
            told: self.told.into_iter().collect(),
            statuses: self.statuses.into_iter().collect(),
            due: self.due.into_iter().collect(),
            more_due: self.more_due,
            findings: self.findings.into_iter().map(findings).collect(),
            ..Submission::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Common, Submission, Verdict};
    use crate::Running;

    fn agreed(one: &Submission, other: &Submission) -> Submission {
        let mut common = Common::new(one);
        common.add(other);
        common.finish()
    }

    #[test]
    fn a_verdict_is_that_of_all_and_of_what_all_say() {
        use Verdict::{Fail, Pass, Pending, Undetermined};
        for (one, other, verdict) in [
            (("pp", Pass), ("pp", Pass), Pass),
            (("fp", Fail), ("pf", Fail), Fail),
            // What differs is unknown, also where each alone would pass.
            (("pn", Pass), ("pp", Pass), Undetermined),
            (("dp", Pending), ("pd", Pending), Undetermined),
            (("pp", Pass), ("pf", Fail), Undetermined),
            // Here it is the document itself that is wrong.
            (("pp", Pass), ("pp", Undetermined), Undetermined),
        ] {
            let [first, second] = [one, other].map(|(statuses, verdict)| Submission {
                statuses: statuses.into(),
                verdict,
                ..Submission::default()
            });
            assert_eq!(agreed(&first, &second).verdict, verdict, "{one:?} {other:?}");
            assert_eq!(agreed(&second, &first).verdict, verdict, "{other:?} {one:?}");
        }
    }

    #[test]
    fn what_is_due_or_wrong_in_one_of_them_is_due_or_wrong() {
        let due = |rule, left| Running { rule, left: Some(left), late: None, item: "".into() };
        let one = Submission { due: [due(0, 3), due(1, -2)].into(), ..Submission::default() };
        let other = Submission { due: [due(0, 3), due(0, 5)].into(), faults: 2, more_due: 7, ..Submission::default() };
        for both in [agreed(&one, &other), agreed(&other, &one)] {
            assert_eq!((&*both.due, both.faults, both.more_due), (&[due(0, 3), due(0, 5), due(1, -2)][..], 2, 7));
        }
    }
}
