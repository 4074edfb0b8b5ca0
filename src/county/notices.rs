//! Notices to schools: who still has to submit, and who has to mend what.

use serde::{Deserialize, Serialize};

use crate::county::{CountyReport, Roll, Submission, status};
use crate::date::{parse, plus_days};
use crate::ir::{Rule, RuleSet};
use crate::report::{Report, RuleSeverity, Status};

/// A notice to one school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// What it asks for.
    pub asks: Asks,
}

/// What a notice asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    /// A submission (催报).
    Submission {
        /// Whether there was none the last time either.
        again: bool,
    },
    /// That something be mended (督办).
    Mending {
        /// The day that the submission bears; empty when it bears none.
        submitted: String,
        /// What, gravest and longest overdue first.
        items: Vec<Item>,
        /// Titles of rules that could not be judged by what was submitted.
        unjudged: Vec<String>,
    },
}

/// Something to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The rule's title.
    pub title: String,
    /// How much it weighs.
    pub severity: RuleSeverity,
    /// What was found; empty when only the rule is known, as of merged parts.
    pub findings: Vec<String>,
    /// The sentences that ask for it, with their source.
    pub basis: Vec<String>,
    /// What to do.
    pub remedy: String,
    /// Who is responsible.
    pub responsible: String,
    /// When it is or was due.
    pub due: Option<String>,
    /// Days until then; negative when overdue.
    pub days_left: Option<i64>,
}

/// What was found under one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// The rule's index.
    pub rule: usize,
    /// In words.
    pub messages: Vec<String>,
}

/// What notices say of a report beyond its rules' statuses.
#[must_use]
pub fn findings(report: &Report<'_>) -> Vec<Findings> {
    let open = |status| matches!(status, Status::Fail | Status::Pending);
    let rules = report.rules.iter().enumerate().filter(|(_, rule)| open(rule.status));
    let messages = |rule: &crate::report::RuleResult<'_>| rule.findings.iter().map(|one| one.message.clone()).collect();
    rules.map(|(rule, result)| Findings { rule, messages: messages(result) }).collect()
}

/// Notices to the schools of a roll that fail a rule, or are late with something, by 标识.
#[must_use]
pub fn to_mend(rules: &RuleSet, roll: &Roll) -> Vec<Notice> {
    let notice = |(id, latest): (&str, Submission)| {
        let due = |index: usize| latest.due.iter().find(|(rule, _)| usize::from(*rule) == index).map(|(_, days)| *days);
        let letters = || rules.rules.iter().zip(latest.statuses.chars()).enumerate();
        let late = |index: usize| due(index).is_some_and(|days| days < 0);
        let open = letters().filter(|(index, (_, letter))| status(*letter) == Status::Fail || late(*index));
        let mut items: Vec<Item> = open
            .map(|(index, (rule, _))| {
                let found = latest.findings.iter().find(|found| found.rule == index);
                let messages = found.map(|found| found.messages.clone()).unwrap_or_default();
                item(rule, messages, due(index).map(i64::from), &roll.as_of)
            })
            .collect();
        items.sort_by_key(|item| (item.severity, item.days_left.unwrap_or(i64::MAX)));
        let unjudged = letters().filter(|(_, (_, letter))| status(*letter) == Status::Undetermined);
        let unjudged = unjudged.map(|(_, (rule, _))| rule.card.title.clone()).collect();
        let asks = Asks::Mending { submitted: latest.origin.date.to_string(), items, unjudged };
        Notice { id: id.to_string(), name: latest.name.to_string(), asks }
    };
    let schools = roll.schools.iter().map(|(id, packed)| (&**id, *packed.entry().latest));
    let notices = schools.map(notice);
    notices.filter(|notice| matches!(&notice.asks, Asks::Mending { items, .. } if !items.is_empty())).collect()
}

/// Notices to the schools that have not submitted, in the roster's order.
#[must_use]
pub fn to_submit(report: &CountyReport) -> Vec<Notice> {
    let before = report.since.as_ref().map(|since| since.missing_again.as_slice()).unwrap_or_default();
    let notice = |school: &crate::county::School| {
        let asks = Asks::Submission { again: before.iter().any(|one| one.id == school.id) };
        Notice { id: school.id.clone(), name: school.name.clone(), asks }
    };
    report.schools.missing.iter().map(notice).collect()
}

fn item(rule: &Rule, findings: Vec<String>, days_left: Option<i64>, as_of: &str) -> Item {
    let due = days_left.and_then(|days| Some(plus_days(parse(as_of)?, days)?.to_string()));
    let basis =
        rule.card.citations.iter().map(|one| format!("{}{}「{}」", one.source, one.section, one.quote)).collect();
    Item {
        title: rule.card.title.clone(),
        severity: rule.card.severity,
        findings,
        basis,
        remedy: rule.card.remedy.clone(),
        responsible: rule.card.responsible.clone(),
        due,
        days_left,
    }
}
