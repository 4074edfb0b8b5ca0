//! The count of what the schools submitted, while one is taken after the other.

use std::collections::BTreeSet;

use super::unreadable;
use crate::agreed::Agreed;
use crate::due::Running;
use crate::entry::Entry;
use crate::listed::{Listed, Whose};
use crate::report::{
    Conflict, Due, Duplicate, Identical, Misnamed, Missing, OtherRules, RuleCount, School, Schools, Submitted, ToCome,
    Told, Undated, Waived,
};
use crate::roster::Roster;
use crate::unread;
use crate::{Origin, Roll, Submission, status};
use bulou_base::date::{Date, parse, plus_days};
use bulou_base::hash::HashMap;
use bulou_document::normalize::{is_blank, normal};
use bulou_eval::{Waiver, WaiverState};
use bulou_ir::RuleSet;
use bulou_report::{Counts, DocumentInfo, Verdict};

/// What the report says of the schools, gathered one after another in the order of their 标识.
pub(super) struct Tally<'r> {
    rules: &'r RuleSet,
    /// The day of the check.
    pub(super) today: Option<Date>,
    listed: Listed<'r>,
    /// By 名称, in its normal form: the schools that are missing.
    waiting: HashMap<String, Vec<usize>>,
    pub(super) counts: Vec<Counts>,
    pub(super) schools: Schools,
    pub(super) by_school: Vec<Submitted>,
    pub(super) due: Vec<Due>,
    pub(super) more_due: u32,
}

impl<'r> Tally<'r> {
    pub(super) fn new(rules: &'r RuleSet, roster: &'r Roster, roll: &Roll) -> Self {
        let listed = Listed::new(roster);
        let (unreadable, received) = unreadable(&roll.unreadable, &listed);
        let missing = |(id, name): (&str, &str)| {
            let received = received.get(id).cloned().unwrap_or_default();
            Missing { id: id.to_owned(), name: name.to_owned(), received }
        };
        let missing: Vec<_> = roster.iter().filter(|(id, _)| !roll.schools.contains_key(*id)).map(missing).collect();
        let (expected, submitted) = (listed.len(), listed.len() - missing.len());
        let mut waiting: HashMap<String, Vec<usize>> = HashMap::default();
        for (index, school) in missing.iter().enumerate() {
            waiting.entry(normal(&school.name).into_owned()).or_default().push(index);
        }
        waiting.remove("");
        let mut tally = Self {
            rules,
            today: parse(&roll.as_of),
            listed,
            waiting,
            counts: vec![Counts::default(); rules.rules.len()],
            schools: Schools { expected, submitted, missing, unreadable, ..Schools::default() },
            by_school: Vec::with_capacity(roll.schools.len()),
            due: Vec::new(),
            more_due: 0,
        };
        for (at, file) in roll.unreadable.iter().enumerate() {
            let names = tally.known(file.names());
            // It may be the last word of one that submitted, too.
            if let Some(one) = tally.schools.unreadable.get_mut(at) {
                let is_new = |(id, _): &&(&str, &str)| !one.schools.iter().any(|school| school.id == *id);
                let schools = names.iter().flat_map(|name| tally.listed.called(name)).filter(is_new);
                let further: Vec<School> =
                    schools.map(|(id, name)| School { id: (*id).to_owned(), name: (*name).to_owned() }).collect();
                one.schools.extend(further);
            }
            tally.receive(names, [&file.name]);
        }
        tally
    }

    /// Of what may be names those of schools on the roster, and none that is part of a longer one.
    fn known(&self, names: impl Iterator<Item = String>) -> BTreeSet<String> {
        let known: BTreeSet<String> = names.filter(|name| !self.listed.called(name).is_empty()).collect();
        let is_part = |name: &&String| known.iter().any(|other| other != *name && other.contains(name.as_str()));
        known.iter().filter(|name| !is_part(name)).cloned().collect()
    }

    /// Shows files beside the missing schools that are called so.
    fn receive<'f>(
        &mut self,
        names: impl IntoIterator<Item = String>,
        files: impl IntoIterator<Item = &'f Box<str>> + Clone,
    ) {
        let called: BTreeSet<usize> =
            names.into_iter().filter_map(|name| self.waiting.get(&name)).flatten().copied().collect();
        for index in called {
            let Some(missing) = self.schools.missing.get_mut(index) else { continue };
            for file in files.clone() {
                if !missing.received.iter().any(|other| **other == **file) {
                    missing.received.push(file.to_string());
                }
            }
        }
    }

    pub(super) fn add(&mut self, id: String, entry: &Entry) {
        let mut agreed = Agreed::new(entry);
        if let Some((_, name)) = self.listed.get(&id)
            && is_blank(&agreed.submission.origin.school)
        {
            agreed.submission.origin.school = name.into();
        }
        let one = &agreed.submission;
        for (counts, letter) in self.counts.iter_mut().zip(one.statuses.chars()) {
            counts.add(status(letter));
        }
        let name = || one.origin.school.to_string();
        self.files(&id, &agreed, entry);
        // What another document outranks is no less under a wrong name, or of a day that cannot be.
        entry.earlier().chain(&agreed.origins).for_each(|origin| self.ask_about(&id, origin));
        if self.rules.shape.date.is_some() && agreed.origins.iter().all(Origin::is_undated) {
            let one = |origin: &Origin| Undated { id: id.clone(), name: name(), file: origin.name().to_owned() };
            self.schools.undated.extend(agreed.origins.iter().map(one));
        }
        if self.listed.get(&id).is_none() {
            self.schools.unknown.push(School { id: id.clone(), name: name() });
        }
        if let Some(rules) = one.other_rules.as_deref() {
            self.schools.other_rules.push(OtherRules { id: id.clone(), name: name(), rules: rules.to_owned() });
        }
        let tell = |one: &Submission| {
            let words: Vec<String> = one.told.iter().map(ToString::to_string).collect();
            let file = one.origin.name().to_owned();
            (!words.is_empty()).then(|| Told { id: id.clone(), name: one.origin.school.to_string(), file, words })
        };
        // Of several each tells of itself.
        if agreed.is_conflict() {
            self.schools.told.extend(entry.current().filter_map(|one| tell(&one)));
        } else {
            self.schools.told.extend(tell(one));
        }
        self.add_due(&id, one);
        // Of whom it is that bears another school's 标识, or that of none, nobody knows anything.
        let is_astray = |origin: &Origin| self.listed.whose(&id, &origin.school) != Whose::Its;
        let is_astray = self.listed.len() > 0 && agreed.origins.iter().any(is_astray);
        let to_come = self.schools.to_come.last().is_some_and(|one| one.id == id);
        let mut school = submitted(id, agreed);
        if to_come || is_astray {
            school.verdict = school.verdict.max(Verdict::Undetermined);
        }
        self.by_school.push(school);
    }

    /// Notes of a document what has to be asked of its school.
    fn ask_about(&mut self, id: &str, origin: &Origin) {
        let (name, file) = (origin.school.to_string(), origin.name().to_owned());
        if let Some(date) = origin.to_come.as_deref() {
            let (name, file) = (name.clone(), file.clone());
            self.schools.to_come.push(ToCome { id: id.to_owned(), name, date: date.to_owned(), file });
        }
        let whose = self.listed.whose(id, &name);
        if whose == Whose::Its {
            return;
        }
        let of_files = origin.names.iter().flat_map(|file| unread::names(file));
        let names = self.known(std::iter::once(normal(&name).into_owned()).chain(of_files));
        self.receive(names, &origin.names);
        if let Whose::Another(roster) = whose {
            self.schools.misnamed.push(Misnamed { id: id.to_owned(), name, roster: roster.to_owned(), file });
        }
    }

    /// Which files the school has, and which of them count.
    fn files(&mut self, id: &str, agreed: &Agreed, entry: &Entry) {
        let about = || (id.to_owned(), agreed.submission.origin.school.to_string());
        let name = |origin: &Origin| origin.name().to_owned();
        let earlier: Vec<String> = entry.earlier().map(name).collect();
        if !earlier.is_empty() {
            let ((id, name_of), counting) = (about(), agreed.origins.iter().map(name).collect());
            self.schools.duplicate.push(Duplicate { id, name: name_of, earlier, counting });
        }
        if agreed.is_conflict() {
            let ((id, name), files) = (about(), agreed.origins.iter().map(document).collect());
            self.schools.conflict.push(Conflict { id, name, files });
        }
        let several = |origin: &&Origin| origin.names.len() > 1;
        for origin in entry.earlier().chain(&agreed.origins).filter(several) {
            let ((id, name), files) = (about(), origin.names.iter().map(ToString::to_string).collect());
            self.schools.identical.push(Identical { id, name, files });
        }
    }

    fn add_due(&mut self, id: &str, latest: &Submission) {
        self.more_due = self.more_due.saturating_add(latest.more_due);
        for one in &latest.due {
            let Running { rule, left, late, item } = one;
            let Some(rule) = self.rules.rules.get(usize::from(*rule)) else { continue };
            let day = |days: i64| Some(plus_days(self.today?, days)?.to_string());
            let due = left.and_then(|left| day(left.into()));
            let done = left.zip(*late).and_then(|(left, late)| day(i64::from(left) + i64::from(late)));
            let (id, name, rule) = (id.to_owned(), latest.origin.school.to_string(), rule.card.id.clone());
            self.due.push(Due { due, days_left: one.days_left(), done, id, name, rule, item: item.to_string() });
        }
    }
}

pub(super) fn waived(waiver: Waiver, names: &HashMap<String, String>, today: Option<Date>) -> Waived {
    let name = names.get(&waiver.id).cloned().unwrap_or_default();
    let state = today.map_or(WaiverState::NotBegun, |today| waiver.state_for(&name, today));
    let Waiver { id, rule, reason, approved_by, from, until } = waiver;
    Waived { id, name, rule, state, from: from.to_string(), until: until.to_string(), reason, approved_by }
}

pub(super) fn by_rule(rules: &RuleSet, counts: Vec<Counts>) -> Vec<RuleCount> {
    let rule = |(rule, counts): (&bulou_ir::Rule, Counts)| RuleCount {
        id: rule.card.id.clone(),
        title: rule.card.title.clone(),
        group: rule.card.group.clone(),
        severity: rule.card.severity,
        counts,
    };
    rules.rules.iter().zip(counts).map(rule).collect()
}

pub(super) fn document(origin: &Origin) -> DocumentInfo {
    DocumentInfo { name: origin.name().to_owned(), sha256: origin.sha256.to_string() }
}

fn submitted(id: String, agreed: Agreed) -> Submitted {
    let mut counts = Counts::default();
    agreed.submission.statuses.chars().for_each(|letter| counts.add(status(letter)));
    let document = match agreed.origins.as_slice() {
        [one] => document(one),
        _ => DocumentInfo::default(),
    };
    let Submission { origin, verdict, statuses, faults, .. } = agreed.submission;
    let (name, date, edition) = (origin.school.into(), origin.date.into(), origin.edition);
    Submitted { id, name, document, date, edition, verdict, counts, statuses: statuses.into(), faults }
}
