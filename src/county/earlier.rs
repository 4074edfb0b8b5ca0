//! An earlier county report, as far as it is compared; and whether it holds together, for what was cut or mended by hand
//! would say that something is better that never was.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::written::{Kind, written};
use crate::{CountyReport, Error, letter, status};
use bulou_base::date::parse;
use bulou_document::normalize;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;
use bulou_report::{Counts, PackInfo, Status, Verdict};

/// As much of an earlier report as is compared. Rules are known by their ids, so that the pack may have changed.
#[derive(Debug, Deserialize)]
pub struct Earlier {
    pub(super) pack: PackInfo,
    pub(super) as_of: String,
    pub(super) params: BTreeMap<String, String>,
    pub(super) by_rule: Vec<EarlierRule>,
    pub(super) by_school: Vec<EarlierSchool>,
    pub(super) schools: EarlierSchools,
}

#[derive(Debug, Deserialize)]
pub(super) struct EarlierRule {
    pub id: String,
    counts: Counts,
}

#[derive(Debug, Deserialize)]
pub(super) struct EarlierSchool {
    #[serde(deserialize_with = "normalize::deserialize")]
    pub id: String,
    pub name: String,
    pub document: Document,
    /// Its 日期; empty when it has none.
    pub date: String,
    #[serde(default)]
    pub edition: Option<i64>,
    pub statuses: String,
    verdict: Verdict,
    counts: Counts,
}

/// The document that counted; its hash is empty where several were in conflict.
#[derive(Debug, Deserialize)]
pub(super) struct Document {
    pub sha256: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct EarlierSchools {
    expected: usize,
    submitted: usize,
    pub missing: Vec<Named>,
    pub unknown: Vec<Named>,
    pub unreadable: Vec<Unread>,
}

/// A file that counted as nothing.
#[derive(Debug, Deserialize)]
pub(super) struct Unread {
    pub name: String,
    pub message: String,
}

/// A school of a list.
#[derive(Debug, Deserialize)]
pub(super) struct Named {
    #[serde(deserialize_with = "normalize::deserialize")]
    pub id: String,
    pub name: String,
}

impl Earlier {
    /// Reads a county's report as it was exported.
    ///
    /// # Errors
    /// It was cut off, or is something else: [`Error::Unread`].
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        written(bytes, Kind::Report)
    }

    /// 标识 and 名称 of all schools that it speaks of: those that submitted, then those that did not.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        let submitted = self.by_school.iter().map(|one| (one.id.as_str(), one.name.as_str()));
        submitted.chain(self.schools.missing.iter().map(|one| (one.id.as_str(), one.name.as_str())))
    }

    /// Why a report cannot be compared with it.
    pub(super) fn refused(&self, report: &CountyReport) -> Option<Error> {
        let (earlier, now) = (&self.pack.id, &report.pack.id);
        if earlier != now {
            return Some(Error::OtherPack { earlier: earlier.clone(), now: now.clone() });
        }
        if let Some(words) = self.broken() {
            return Some(Error::Contradictory(words));
        }
        if self.as_of > report.as_of {
            return Some(Error::Later { earlier: self.as_of.clone(), now: report.as_of.clone() });
        }
        let submitted = report.by_school.iter().map(|one| one.id.as_str());
        let now: BTreeSet<&str> = submitted.chain(report.schools.missing.iter().map(|one| one.id.as_str())).collect();
        (!self.all().any(|(id, _)| now.contains(id))).then_some(Error::OtherCounty)
    }

    /// What no report of this program says.
    fn broken(&self) -> Option<LocalizedText> {
        if parse(&self.as_of).is_none() {
            return Some(texts::its_day_none(&self.as_of).text());
        }
        let rules: BTreeSet<&str> = self.by_rule.iter().map(|rule| rule.id.as_str()).collect();
        if rules.len() != self.by_rule.len() || rules.contains("") {
            return Some(texts::rule_twice_no_id().text());
        }
        let mut seen = BTreeSet::new();
        if let Some((id, _)) = self.all().find(|(id, _)| id.is_empty() || !seen.insert(*id)) {
            return Some(match id {
                "" => texts::school_no_id().text(),
                id => texts::school_stands_twice(&id).text(),
            });
        }
        if let Some(school) = self.by_school.iter().find(|school| !school.holds(self.by_rule.len())) {
            return Some(texts::results_do_not_fit(&school.id).text());
        }
        let mut counted = vec![Counts::default(); self.by_rule.len()];
        for school in &self.by_school {
            school.statuses.chars().zip(&mut counted).for_each(|(one, counts)| counts.add(status(one)));
        }
        if let Some((rule, _)) = self.by_rule.iter().zip(&counted).find(|(rule, counts)| rule.counts != **counts) {
            return Some(texts::counts_do_not_fit(&rule.id).text());
        }
        let listed = self.by_school.len().checked_sub(self.schools.unknown.len());
        let EarlierSchools { expected, submitted, missing, .. } = &self.schools;
        if listed != Some(*submitted) || submitted + missing.len() != *expected {
            return Some(texts::how_many_schools_had().text());
        }
        None
    }
}

impl EarlierSchool {
    /// Whether it is judged by so many rules, and says of itself what these come to.
    fn holds(&self, rules: usize) -> bool {
        let mut counts = Counts::default();
        let known = |one: char| letter(status(one)) == one;
        let all_known = self.statuses.chars().all(known) && self.statuses.chars().count() == rules;
        self.statuses.chars().for_each(|one| counts.add(status(one)));
        let fails = counts.of(Status::Fail) > 0;
        all_known && counts == self.counts && (!fails || self.verdict == Verdict::Fail)
    }
}
