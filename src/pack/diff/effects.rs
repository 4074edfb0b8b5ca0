//! Whose result changes between two versions, from the reports that both give about the same documents.

use std::collections::BTreeMap;

use serde::Serialize;

use bulou_eval::Options;
use bulou_ir::RuleSet;
use bulou_report::{Report, RuleResult, Status, Verdict};

/// What becomes of some documents.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Effects {
    /// How many documents were checked by both versions.
    pub documents: usize,
    /// Documents that neither version could read, by name.
    pub unreadable: Vec<String>,
    /// How many have another verdict.
    pub verdicts: usize,
    /// Schools of which something changes, in the order of the documents.
    pub schools: Vec<SchoolEffect>,
    /// Rules of which the status changes for some school, with how often.
    pub rules: Vec<RuleEffect>,
}

/// A school of which something changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct SchoolEffect {
    /// Its document.
    pub document: String,
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// Its verdict by the earlier version.
    pub old: Verdict,
    /// Its verdict by the later version.
    pub new: Verdict,
    /// The rules whose status changes.
    pub rules: Vec<StatusChange>,
}

/// A rule whose status changes for a school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct StatusChange {
    /// `三日摸底`
    pub rule: String,
    /// By the earlier version; absent when it has no such rule.
    pub old: Option<Status>,
    /// By the later version; absent when it has no such rule.
    pub new: Option<Status>,
}

/// How often a rule's status changes in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct RuleEffect {
    /// `三日摸底`
    pub rule: String,
    /// From.
    pub old: Option<Status>,
    /// To.
    pub new: Option<Status>,
    /// For how many schools.
    pub schools: usize,
}

impl Effects {
    /// Adds what both versions say about one document.
    pub fn add(&mut self, old: &Report<'_>, new: &Report<'_>) {
        if old.rules.is_empty() && new.rules.is_empty() {
            self.unreadable.push(new.document.name.clone());
            return;
        }
        self.documents += 1;
        self.verdicts += usize::from(old.verdict != new.verdict);
        let rules = statuses(&old.rules, &new.rules);
        for change in &rules {
            self.count(change);
        }
        if !rules.is_empty() || old.verdict != new.verdict {
            self.schools.push(SchoolEffect {
                document: new.document.name.clone(),
                id: new.subject.id.clone(),
                name: new.subject.name.clone(),
                old: old.verdict,
                new: new.verdict,
                rules,
            });
        }
    }

    fn count(&mut self, change: &StatusChange) {
        let same =
            |known: &&mut RuleEffect| known.rule == change.rule && (known.old, known.new) == (change.old, change.new);
        match self.rules.iter_mut().find(same) {
            Some(known) => known.schools += 1,
            None => {
                self.rules.push(RuleEffect { rule: change.rule.clone(), old: change.old, new: change.new, schools: 1 })
            }
        }
    }
}

/// The parameters and waivers that a version knows; what only the other one has does not concern it.
#[must_use]
pub fn fitting(rules: &RuleSet, options: &Options) -> Options {
    let mut options = options.clone();
    options.params.retain(|(name, _)| rules.params.iter().any(|param| param.name == *name));
    options.waivers.retain(|waiver| rules.rules.iter().any(|rule| rule.card.id == waiver.rule));
    options
}

fn statuses(old: &[RuleResult<'_>], new: &[RuleResult<'_>]) -> Vec<StatusChange> {
    let before: BTreeMap<&str, Status> = old.iter().map(|rule| (rule.card.id.as_str(), rule.status)).collect();
    let known = new.iter().map(|rule| (&rule.card.id, before.get(rule.card.id.as_str()).copied(), Some(rule.status)));
    let gone = old.iter().filter(|rule| !new.iter().any(|after| after.card.id == rule.card.id));
    let all = known.chain(gone.map(|rule| (&rule.card.id, Some(rule.status), None)));
    all.filter(|(_, old, new)| old != new)
        .map(|(rule, old, new)| StatusChange { rule: rule.clone(), old, new })
        .collect()
}
