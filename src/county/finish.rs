//! From a roll to the county's report.

mod tally;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::agreed::Agreed;
use crate::astray;
use crate::listed::Listed;
use crate::report::{CountyReport, School, Schools, Unreadable};
use crate::roster::{self, Roster};
use crate::troubles::asked;
use crate::wanting::Wanting;
use crate::{Roll, Unread, files, fold};
use bulou_base::hash::HashMap;
use bulou_base::order;
use bulou_document::normalize::is_blank;
use bulou_eval::Checker;
use bulou_ir::RuleSet;
use bulou_report::{Problem, Report, RuleResult, Verdict};
use tally::{Tally, by_rule, waived};

/// The county's own document as it was read; what it says is judged when all schools are known.
#[derive(Debug)]
pub struct Own<'r> {
    rules: &'r RuleSet,
    /// Of the county's rules; it holds what was read.
    checker: Checker<'r>,
    report: Report<'r>,
    readable: bool,
    roster: Roster,
}

impl<'r> Own<'r> {
    /// What `checker`, that of the county's rules, just read from a text.
    pub fn new(
        rules: &'r RuleSet,
        mut checker: Checker<'r>,
        (mut report, readable): (Report<'r>, bool),
        utf8: &[u8],
    ) -> Self {
        let mut roster = Roster::default();
        if let Some(county) = rules.county.as_deref().filter(|_| readable) {
            let title = rules.shape.title.as_ref().and_then(|path| rules.shape.key(path));
            let (read, problems) = roster::read(county, title, (utf8, &report.structure), checker.lang());
            roster = read;
            report.structure.extend(problems);
            if roster.is_open() {
                roster::forget(county, checker.clock_and_document().1);
            } else {
                let lang = checker.lang();
                report.structure.extend(astray::notices(county, &roster, checker.document(), lang));
                roster::doubt_repeated(county, checker.clock_and_document().1);
            }
        }
        Self { rules, checker, report, readable, roster }
    }

    /// What its file is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.report.document.name
    }

    /// The schools of its roster.
    ///
    /// # Errors
    /// It is not known which they are, or what they are called: why.
    pub fn listed(&self) -> Result<Listed<'_>, Vec<&Problem>> {
        let county = self.rules.county.as_deref();
        let doubts = |problem: &&Problem| {
            !self.readable || county.is_none_or(|county| self.roster.is_doubted_by(county, problem))
        };
        let why: Vec<&Problem> = self.report.structure.iter().filter(doubts).collect();
        if why.is_empty() { Ok(Listed::new(&self.roster)) } else { Err(why) }
    }

    /// The county's report of a roll.
    #[must_use]
    pub fn finish(self, roll: Roll) -> CountyReport {
        let Self { rules, mut checker, report: own, readable, roster } = self;
        let names = Arc::new(names(&roster, &roll));
        checker.call_schools(Arc::clone(&names));
        let (own, asked_for) = match readable {
            true => fold::judged(rules, &roll, &Wanting::new(rules, &roster, &roll, &names), &mut checker, own),
            false => (own, false),
        };
        // It may be as large as all schools.
        drop(checker);
        let mut tally = Tally::new(rules, &roster, &roll);
        for (id, entry) in roll.schools {
            tally.add(id.into(), &entry);
        }
        order::sort_by(&mut tally.due, |one, other| (one.due.is_none(), one).cmp(&(other.due.is_none(), other)));
        let waivers = roll.waivers.into_iter().map(|waiver| waived(waiver, &names, tally.today)).collect();
        let mut verdict = own.verdict;
        // Of whom an entry of the county's own lists speaks is not known: it may be what a rule would have failed by.
        let is_astray = own.structure.iter().any(|problem| problem.code == astray::CODE);
        if is_astray || tally.schools.leave_open(verdict, asked_for) {
            verdict = verdict.max(Verdict::Undetermined);
        }
        let overall = tally.by_school.iter().map(|school| school.verdict).fold(verdict, Verdict::max);
        let mut report = CountyReport {
            bulou: own.bulou,
            pack: roll.pack,
            as_of: roll.as_of,
            params: roll.params,
            params_changed: own.params_changed,
            document: own.document,
            verdict,
            overall,
            counts: own.counts,
            schools: tally.schools,
            by_rule: by_rule(rules, tally.counts),
            by_school: tally.by_school,
            waivers,
            due: tally.due,
            more_due: tally.more_due,
            structure: own.structure,
            rules: own.rules.into_iter().map(RuleResult::into_owned).collect(),
            since: None,
        };
        files::call(&mut report);
        report
    }
}

impl Schools {
    /// Whether who submitted what has to be asked before the county can comply. That schools are missing is for a rule
    /// to say that asks for them; where none does, or where they are content, it is not.
    fn leave_open(&self, verdict: Verdict, asked_for: bool) -> bool {
        let is_asked = asked(self).iter().any(|(_, count)| *count > 0);
        is_asked || !self.missing.is_empty() && (verdict == Verdict::Pass || !asked_for)
    }
}

/// The files that contribute nothing, and by 标识 of a school on the roster those that may be its.
fn unreadable(files: &BTreeSet<Unread>, roster: &Listed<'_>) -> (Vec<Unreadable>, BTreeMap<String, Vec<String>>) {
    let mut received: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut unreadable = Vec::with_capacity(files.len());
    for file in files {
        let known = file.codes.iter().filter_map(|code| roster.get(code));
        let schools: Vec<School> =
            known.map(|(id, name)| School { id: id.to_owned(), name: name.to_owned() }).collect();
        for school in &schools {
            received.entry(school.id.clone()).or_default().push(file.name.to_string());
        }
        unreadable.push(Unreadable { name: file.name.to_string(), message: file.message.to_string(), schools });
    }
    (unreadable, received)
}

/// 名称 by 标识 of all schools that are known: as the roster has it, or else as they say.
fn names(roster: &Roster, roll: &Roll) -> HashMap<String, String> {
    let mut names: HashMap<String, String> = HashMap::default();
    for (id, name) in roster.iter().filter(|(_, name)| !is_blank(name)) {
        names.insert(id.to_owned(), name.to_owned());
    }
    for (id, entry) in &roll.schools {
        if names.contains_key(&**id) {
            continue;
        }
        let name = Agreed::new(entry).submission.origin.school;
        if !is_blank(&name) {
            names.insert(id.to_string(), name.into());
        }
    }
    names
}
