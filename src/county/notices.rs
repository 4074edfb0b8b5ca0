//! Notices to schools: who still has to submit, and who has to mend what.

use serde::{Deserialize, Serialize};

use crate::agreed::Agreed;
use crate::entry::Entry;
use crate::{CountyReport, Misnamed, Missing, Roll, Running, status};
use bulou_base::date::{parse, plus_days};
use bulou_base::hash::{HashMap, HashSet};
use bulou_base::order;
use bulou_ir::{Rule, RuleSet};
use bulou_messages::diagnostic::Lang;
use bulou_report::{Report, RuleSeverity, Status};

/// A notice to one school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// What it asks for.
    pub asks: Asks,
    /// Documents under this 标识 that bear another school's name.
    pub misnamed: Vec<Misnamed>,
    /// Files that came besides, cannot be read, and may be the school's.
    pub unread: Vec<String>,
}

impl Notice {
    fn new(id: String, name: String, asks: Asks) -> Self {
        Self { id, name, asks, misnamed: Vec::new(), unread: Vec::new() }
    }

    /// One that asks for nothing yet.
    fn about(id: &str) -> Self {
        let (items, unjudged, conflict) = (Vec::new(), Vec::new(), Vec::new());
        let asks = Asks::Mending { submitted: String::new(), items, unjudged, faults: 0, conflict };
        Self::new(id.to_owned(), String::new(), asks)
    }
}

/// What a notice asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    /// A submission (催报).
    Submission {
        /// Whether there was none the last time either.
        again: bool,
        /// Files that came, could not be read, and may be the school's.
        received: Vec<String>,
    },
    /// That something be mended (督办), or completed (补正).
    Mending {
        /// The day that the submission bears; empty when it bears none.
        submitted: String,
        /// What, gravest and longest overdue first.
        items: Vec<Item>,
        /// Titles of rules that could not be judged by what was submitted.
        unjudged: Vec<String>,
        /// How much is wrong with the document itself.
        faults: u32,
        /// The files that contradict one another, so that nothing says which counts.
        conflict: Vec<String>,
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
    /// How many more there are than are listed.
    pub more_findings: usize,
    /// The sentences that ask for it, with their source.
    pub basis: Vec<String>,
    /// What to do.
    pub remedy: String,
    /// Who is responsible.
    pub responsible: String,
    /// When it is or was due.
    pub due: Option<String>,
    /// Days until then; negative when overdue. Of what was done late, by how many days it was late.
    pub days_left: Option<i64>,
    /// It was done, too late.
    pub done: bool,
}

/// What was found under one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// The rule's index.
    pub rule: usize,
    /// In words.
    pub messages: Vec<String>,
    /// How many more there are than are listed.
    pub more: usize,
}

/// What notices say of a report beyond its rules' statuses.
#[must_use]
pub fn findings(report: &Report<'_>) -> Vec<Findings> {
    let open = |status| !matches!(status, Status::Pass | Status::NotApplicable);
    let rules = report.rules.iter().enumerate().filter(|(_, rule)| open(rule.status));
    let messages = |rule: &bulou_report::RuleResult<'_>| rule.findings.iter().map(|one| one.message.clone()).collect();
    rules.map(|(rule, result)| Findings { rule, messages: messages(result), more: result.more_findings }).collect()
}

/// Notices to the schools of a roll that fail a rule, are late with something, or cannot be judged, by 标识.
#[must_use]
pub fn to_mend(rules: &RuleSet, roll: &Roll, lang: Lang) -> Vec<Notice> {
    roll.schools.iter().filter_map(|(id, entry)| mending(rules, roll, (id, entry), lang)).collect()
}

fn mending(rules: &RuleSet, roll: &Roll, (id, entry): (&str, &Entry), lang: Lang) -> Option<Notice> {
    let agreed = Agreed::new(entry);
    let latest = &agreed.submission;
    // A day that is still to come is to be corrected, also where another document counts.
    let to_come = entry.earlier().filter(|origin| origin.to_come.is_some()).count();
    let faults = latest.faults.saturating_add(u32::try_from(to_come).unwrap_or(u32::MAX));
    let letters = || rules.rules.iter().zip(latest.statuses.chars()).enumerate();
    let of_rule = |index: usize| latest.due.iter().filter(move |one| usize::from(one.rule) == index);
    // Of several documents that differ only what all of them say is asked to be mended.
    let overdue = |index: usize| !agreed.is_conflict() && of_rule(index).any(Running::has_passed);
    let open = letters().filter(|(index, (_, letter))| status(*letter) == Status::Fail || overdue(*index));
    let mut items: Vec<Item> = open
        .map(|(index, (rule, _))| {
            let found = latest.findings.iter().find(|found| found.rule == index);
            // What is still to be done comes before what was done late.
            let dated = of_rule(index).filter(|one| one.left.is_some());
            item((rule, found), dated.min_by_key(|one| (one.late, one.left)), &roll.as_of, lang)
        })
        .collect();
    order::sort_by_key(&mut items, |item| (item.severity, item.days_left.unwrap_or(i64::MAX)));
    let unjudged = letters().filter(|(index, (_, letter))| status(*letter) == Status::Undetermined && !overdue(*index));
    let unjudged: Vec<String> = unjudged.map(|(_, (rule, _))| rule.card.title.clone()).collect();
    let conflict: Vec<String> = match agreed.origins.as_slice() {
        [_] => Vec::new(),
        several => several.iter().map(|origin| origin.name().to_owned()).collect(),
    };
    if items.is_empty() && unjudged.is_empty() && conflict.is_empty() && faults == 0 {
        return None;
    }
    let submitted = latest.origin.date.to_string();
    let asks = Asks::Mending { submitted, items, unjudged, faults, conflict };
    Some(Notice::new(id.to_owned(), latest.origin.school.to_string(), asks))
}

/// Calls schools and files of notices as the report does. Whose document has another name than the roster is asked too, and
/// so is a school of which another file cannot be read.
pub fn call(notices: &mut Vec<Notice>, report: &CountyReport) {
    let mut known: HashMap<String, usize> = notices.iter().enumerate().map(|(at, one)| (one.id.clone(), at)).collect();
    let mut about = |id: &str, add: &mut dyn FnMut(&mut Notice)| {
        let at = *known.entry(id.to_owned()).or_insert_with(|| {
            notices.push(Notice::about(id));
            notices.len() - 1
        });
        notices.get_mut(at).into_iter().for_each(add);
    };
    for astray in &report.schools.misnamed {
        about(&astray.id, &mut |notice| notice.misnamed.push(astray.clone()));
    }
    let submitted: HashSet<&str> = report.by_school.iter().map(|school| school.id.as_str()).collect();
    for file in &report.schools.unreadable {
        for school in file.schools.iter().filter(|school| submitted.contains(school.id.as_str())) {
            about(&school.id, &mut |notice| notice.unread.push(file.name.clone()));
        }
    }
    order::sort_by(notices, |one, other| one.id.cmp(&other.id));
    for notice in notices {
        let school = report.by_school.binary_search_by(|one| one.id.as_str().cmp(&notice.id));
        if let Some(school) = school.ok().and_then(|at| report.by_school.get(at)) {
            // Which of both names is right is what is asked: the letter goes to whose 标识 it is.
            notice.name.clone_from(notice.misnamed.first().map_or(&school.name, |astray| &astray.roster));
            if let Asks::Mending { submitted, .. } = &mut notice.asks {
                submitted.clone_from(&school.date);
            }
        }
        let Asks::Mending { conflict, .. } = &mut notice.asks else { continue };
        if let Some(found) = report.schools.conflict_of(&notice.id) {
            *conflict = found.files.iter().map(|file| file.name.clone()).collect();
        }
    }
}

/// Notices to the schools that have not submitted, in the roster's order.
#[must_use]
pub fn to_submit(report: &CountyReport) -> Vec<Notice> {
    let before = report.since.as_ref().map(|since| since.missing_again.as_slice()).unwrap_or_default();
    let before: HashSet<&str> = before.iter().map(|one| one.id.as_str()).collect();
    let notice = |school: &Missing| {
        let again = before.contains(school.id.as_str());
        let asks = Asks::Submission { again, received: school.received.clone() };
        Notice::new(school.id.clone(), school.name.clone(), asks)
    };
    report.schools.missing.iter().map(notice).collect()
}

fn item((rule, found): (&Rule, Option<&Findings>), running: Option<&Running>, as_of: &str, lang: Lang) -> Item {
    let due = running.and_then(|one| Some(plus_days(parse(as_of)?, one.left?.into())?.to_string()));
    let days_left = running.and_then(Running::days_left);
    let basis = rule.card.citations.iter().map(|one| one.words(lang)).collect();
    Item {
        title: rule.card.title.clone(),
        severity: rule.card.severity,
        findings: found.map(|found| found.messages.clone()).unwrap_or_default(),
        more_findings: found.map_or(0, |found| found.more),
        basis,
        remedy: rule.card.remedy.clone(),
        responsible: rule.card.responsible.clone(),
        due,
        days_left,
        done: running.is_some_and(|one| one.late.is_some()),
    }
}
