//! What is kept of one document, and where it comes from.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::due::{self, Running};
use crate::files::marked;
use crate::unread::{Source, Unread};
use crate::{Digest, letter, notices, projection, status};
use bulou_base::date::parse;
use bulou_base::value::Row;
use bulou_document::normalize::is_blank;
use bulou_document::{Document, Slot};
use bulou_eval::Checker;
use bulou_ir::{County, RuleSet};
use bulou_messages::diagnostic::Lang;
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;
use bulou_report::{Problem, Report, Status, Verdict};

/// Where a document comes from, and what tells whether it is later than another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Its 日期, unless that is after the day of the check; empty when there is none that can be believed, and then nothing
    /// but its 版次 says whether it is later or earlier than others.
    pub date: Box<str>,
    /// Where it has none, the last day that it tells of: it is of no earlier one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Box<str>>,
    /// Its 日期 when that is after the day of the check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_come: Option<Box<str>>,
    /// Its 版次, which counts among the documents of a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<i64>,
    /// Over its bytes.
    pub sha256: Digest,
    /// What the school calls itself there.
    pub school: Box<str>,
    /// Its files: several when they hold the same bytes.
    pub names: BTreeSet<Box<str>>,
}

impl Origin {
    /// The file that it is called by.
    #[must_use]
    pub fn name(&self) -> &str {
        self.names.first().map_or("", |name| name)
    }

    /// Whether it takes the place of another document of the same school.
    pub(super) fn outranks(&self, other: &Self) -> bool {
        if self.to_come.is_some() || other.to_come.is_some() {
            return self.to_come.is_none();
        }
        match (&*self.date, &*other.date) {
            ("", _) => false,
            (date, "") => date >= other.first_day() && self.edition > Some(other.edition_so_far()),
            (date, day) => date > day || date == day && self.edition > other.edition && other.edition.is_some(),
        }
    }

    /// Whether it has no day that can be believed.
    pub(super) fn is_undated(&self) -> bool {
        self.date.is_empty() && self.to_come.is_none()
    }

    /// The first day of which an undated one can be.
    pub(super) fn first_day(&self) -> &str {
        self.not_before.as_deref().unwrap_or_default()
    }

    /// The 版次 that one has to pass that is later than an undated one.
    pub(super) fn edition_so_far(&self) -> i64 {
        self.edition.unwrap_or_default()
    }
}

/// What counts of a submission.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// Where it comes from.
    pub origin: Origin,
    /// The pack that it names, when that is another or another version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_rules: Option<Box<str>>,
    /// How it stands.
    pub verdict: Verdict,
    /// How much is wrong with the document itself.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub faults: u32,
    /// What there is to tell of the document itself, faults and notices: the first few.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub told: Box<[Box<str>]>,
    /// A letter a rule, in the pack's order; see [`letter`].
    pub statuses: Box<str>,
    /// What is due, overdue, or was done late.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub due: Box<[Running]>,
    /// How many more of these there are than are listed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_due: u32,
    /// Its answers that county rules use, as JSON under their own keys.
    #[serde(with = "projection::json")]
    pub kept: Box<str>,
    /// What was found, where notices ask for it; no part of the state that is written.
    #[serde(skip)]
    pub findings: Box<[notices::Findings]>,
}

impl Submission {
    /// What a submission says that none can say, whoever wrote it.
    pub(super) fn contradiction(&self) -> Option<&'static str> {
        let Origin { date, not_before, to_come, edition, names, .. } = &self.origin;
        let is_day = |day: &str| parse(day).is_some();
        let has = |status| self.statuses.contains(letter(status));
        let wrong = [
            (names.is_empty() || names.iter().any(|name| name.is_empty()), "a document without a file"),
            (!date.is_empty() && !is_day(date), "a date that is no day"),
            (to_come.as_deref().is_some_and(|day| !is_day(day) || !date.is_empty()), "a date to come that is no day"),
            (edition.is_some() && to_come.is_some(), "an edition of a day to come"),
            (not_before.is_some() && !(date.is_empty() && to_come.is_none()), "two days"),
            (not_before.as_deref().is_some_and(|day| !is_day(day)), "a last day that is no day"),
            (self.statuses.chars().any(|one| letter(status(one)) != one), "a status that is none"),
            (has(Status::Fail) && self.verdict != Verdict::Fail, "a verdict better than its statuses"),
            (self.faults > 0 && self.verdict < Verdict::Undetermined, "a verdict better than its faults allow"),
            (self.due.iter().any(|one| usize::from(one.rule) >= self.statuses.len()), "a deadline of no rule"),
            (self.due.iter().any(Running::is_contradictory), "a deadline of no day"),
        ];
        wrong.into_iter().find_map(|(wrong, words)| wrong.then_some(words))
    }

    /// Whether rules of which these bear on the verdict can have said this on that day.
    pub(super) fn fits(&self, weighing: &[bool], as_of: &str) -> bool {
        let statuses =
            || self.statuses.chars().zip(weighing).filter(|(_, weighs)| **weighs).map(|(one, _)| status(one));
        let has = |wanted| statuses().any(|one| one == wanted);
        let best = if has(Status::Undetermined) || statuses().all(|one| one == Status::NotApplicable) {
            Verdict::Undetermined
        } else if has(Status::Pending) {
            Verdict::Pending
        } else {
            Verdict::Pass
        };
        let Origin { date, to_come, .. } = &self.origin;
        let in_time = **date <= *as_of && to_come.as_deref().is_none_or(|day| day > as_of);
        self.statuses.len() == weighing.len() && self.verdict >= best && in_time
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Default for Submission {
    /// One of which nothing is known.
    fn default() -> Self {
        Self {
            origin: Origin::default(),
            other_rules: None,
            verdict: Verdict::Undetermined,
            faults: 0,
            told: Box::default(),
            statuses: Box::default(),
            due: Box::default(),
            more_due: 0,
            kept: "null".into(),
            findings: Box::default(),
        }
    }
}

/// What one document adds to the roll.
#[derive(Clone, Debug)]
pub enum Contribution {
    /// A school's submission, with its 标识.
    School(String, Box<Submission>),
    /// A document that could not be read, or names no school.
    Unread(Unread),
}

impl Contribution {
    /// Adds the way to its file, so that files of one name in several places are several.
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        match &mut self {
            Self::School(_, submission) => {
                let names = std::mem::take(&mut submission.origin.names);
                submission.origin.names = names.iter().map(|name| marked(name, path)).collect();
            }
            Self::Unread(file) => file.name = marked(&file.name, path),
        }
        self
    }

    /// Keeps what was found, for notices to the school.
    #[must_use]
    pub fn with_findings(mut self, report: &Report<'_>) -> Self {
        if let Self::School(_, submission) = &mut self {
            submission.findings = notices::findings(report).into();
        }
        self
    }
}

/// What the document that was just checked adds, from its report and its bytes.
#[must_use]
pub fn contribution(checker: &Checker<'_>, county: &County, report: &Report<'_>, bytes: &[u8]) -> Contribution {
    let source = Source { name: &report.document.name, sha256: report.document.sha256.parse().ok(), bytes };
    let unread = |message: &str| Unread::new(&checker.rules().shape, &source, message);
    // A pack may have rules for the county alone.
    let judged = !report.rules.is_empty() || checker.rules().rules.is_empty() && !report.subject.id.is_empty();
    if !judged {
        let why = report.structure.first();
        let of_school = why.is_none_or(|problem| problem.code != ProblemCode::NoSelfAssessment);
        return Contribution::Unread(Unread { of_school, ..unread(why.map_or("", |problem| &problem.message)) });
    }
    if is_blank(&report.subject.id) {
        let kept = Some(projection::projection(checker, county).into());
        let school = report.subject.name.as_str().into();
        return Contribution::Unread(Unread { kept, school, ..unread(&nameless(checker, report)) });
    }
    let (rules, document) = (checker.rules(), checker.document());
    let date: Option<Box<str>> = checker.believable_day().map(|day| day.to_string().into());
    let to_come = date.clone().filter(|date| **date > *report.as_of.to_string());
    let date = if to_come.is_some() { None } else { date };
    let is_undated = date.is_none() && to_come.is_none();
    let origin = Origin {
        not_before: is_undated.then(|| checker.last_day_told().map(|day| day.to_string().into())).flatten(),
        // Which edition of a day to come it is says nothing.
        edition: edition(rules, document).filter(|_| to_come.is_none()),
        date: date.unwrap_or_default(),
        to_come,
        school: report.subject.name.as_str().into(),
        sha256: source.sha256.unwrap_or_default(),
        names: BTreeSet::from([source.name.into()]),
    };
    let faults = report.structure.iter().filter(|problem| !problem.notice).count();
    let (due, more_due) = due::running(checker, report);
    let submission = Submission {
        origin,
        other_rules: other_rules(rules, document).map(Into::into),
        verdict: report.verdict,
        faults: u32::try_from(faults).unwrap_or(u32::MAX),
        told: told(report, checker.lang()),
        statuses: report.rules.iter().map(|rule| letter(rule.status)).collect(),
        due,
        more_due,
        kept: projection::projection(checker, county).into(),
        findings: Box::default(),
    };
    Contribution::School(report.subject.id.clone(), Box::new(submission))
}

/// So many things are told of a document itself.
const TOLD: usize = 4;

/// What a report says of the document itself, once each.
fn told(report: &Report<'_>, lang: Lang) -> Box<[Box<str>]> {
    let mut all: Vec<Box<str>> = Vec::new();
    for Problem { code, message, .. } in &report.structure {
        let one = format!("{code} {message}").into_boxed_str();
        if !all.contains(&one) {
            all.push(one);
        }
        if all.len() > TOLD {
            break;
        }
    }
    if all.len() > TOLD {
        all.truncate(TOLD);
        all.push(texts::more_see_own_report().get(lang).into());
    }
    all.into()
}

fn nameless(checker: &Checker<'_>, report: &Report<'_>) -> String {
    let name = &report.subject.name;
    match name.is_empty() {
        true => texts::no_id_ask_school().get(checker.lang()).to_owned(),
        false => texts::no_id_calls_itself(name).get(checker.lang()),
    }
}

const ROOT: Row = Row { table: 0, index: 0 };

fn edition(rules: &RuleSet, document: &Document) -> Option<i64> {
    match document.slot(ROOT, rules.shape.edition.as_ref()?.slot) {
        Slot::Integer(edition) => Some(edition),
        _ => None,
    }
}

/// What a document names as its rules, when it is not these.
fn other_rules<'d>(rules: &RuleSet, document: &'d Document) -> Option<&'d str> {
    let named = document.rules_named()?;
    let (id, version) = named.split_once('@').unwrap_or((named, &rules.pack.version));
    let same = id == rules.pack.id && (version.is_empty() || version == rules.pack.version);
    (!same).then_some(named)
}
