//! From a roll to the county's report.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::county::kept::schools_list;
use crate::county::roster::Roster;
use crate::county::{Entry, Origin, Roll, Submission, status};
use crate::data::{Slot, decode_row};
use crate::date::{Date, parse, plus_days};
use crate::eval::Checker;
use crate::ir::RuleSet;
use crate::report::{Counts, DocumentInfo, PackInfo, Problem, Report, RuleResult, RuleSeverity, Status, Verdict};
use crate::value::Row;

/// The county's report.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct CountyReport {
    /// Version of this program.
    pub bulou: &'static str,
    /// Which rules.
    pub pack: PackInfo,
    /// The day the check speaks of.
    pub as_of: String,
    /// The parameters in force.
    #[cfg_attr(feature = "wasm", tsify(type = "Record<string, string>"))]
    pub params: BTreeMap<String, String>,
    /// The county's own document.
    pub document: DocumentInfo,
    /// The worst of the county's rules; undetermined when something could not be read.
    pub verdict: Verdict,
    /// County rules by status.
    pub counts: Counts,
    /// Who submitted.
    pub schools: Schools,
    /// How the schools stand under each of their rules.
    pub by_rule: Vec<RuleCount>,
    /// How each school stands.
    pub by_school: Vec<Submitted>,
    /// What is due, or overdue, where.
    pub due: Vec<Due>,
    /// What is wrong with the county's document itself.
    pub structure: Vec<Problem>,
    /// The county's rules.
    pub rules: Vec<RuleResult<'static>>,
    /// What changed since an earlier report, when one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub since: Option<super::Since>,
}

/// Who has to submit and who did. Whether they comply is said elsewhere.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Schools {
    /// How many the roster names.
    pub expected: usize,
    /// How many of these submitted.
    pub submitted: usize,
    /// Of the roster, who did not.
    pub missing: Vec<School>,
    /// Who submitted more than once; the last file counts.
    pub duplicate: Vec<Duplicate>,
    /// Who submitted and is not on the roster.
    pub unknown: Vec<School>,
    /// Who filled in for other rules, or another version of these.
    pub other_rules: Vec<OtherRules>,
    /// Files that could not be read, or name no school.
    pub unreadable: Vec<Unreadable>,
}

/// A school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct School {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
}

/// A school with several files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Duplicate {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// Its files, the one that counts last.
    pub files: Vec<String>,
}

/// A school whose document names other rules than these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct OtherRules {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// `campus-safety@2022.6.20`
    pub rules: String,
}

/// A file that contributes nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Unreadable {
    /// The file.
    pub name: String,
    /// Why.
    pub message: String,
}

/// One rule over all schools.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct RuleCount {
    /// `三日摸底`
    pub id: String,
    /// For people.
    pub title: String,
    /// Its heading.
    pub group: String,
    /// How much it weighs.
    pub severity: RuleSeverity,
    /// Schools by status.
    pub counts: Counts,
}

/// One school under all rules.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Submitted {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// The file that counts.
    pub document: DocumentInfo,
    /// Its 日期; empty when it has none.
    pub date: String,
    /// How it stands.
    pub verdict: Verdict,
    /// Rules by status.
    pub counts: Counts,
    /// A letter a rule, in the order of `by_rule`: p pass, d pending, u undetermined, f fail, h hint, n not applicable.
    pub statuses: String,
}

/// Something due.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Due {
    /// When.
    pub due: String,
    /// Days until then; negative when overdue.
    pub days_left: i64,
    /// 标识 of the school.
    pub id: String,
    /// 名称
    pub name: String,
    /// Id of the rule.
    pub rule: String,
}

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
    pub(crate) fn new(
        rules: &'r RuleSet,
        checker: Checker<'r>,
        (report, readable): (Report<'r>, bool),
        utf8: &[u8],
    ) -> Self {
        Self { rules, checker, report, readable, roster: Roster::read(rules, utf8) }
    }

    /// The county's report of a roll.
    #[must_use]
    pub fn finish(self, mut roll: Roll) -> CountyReport {
        let Self { rules, mut checker, report: own, readable, roster } = self;
        roll.unreadable.sort();
        add_schools(rules, &roll, &mut checker);
        let own = if readable { checker.judged(own) } else { own };
        // It may be as large as all schools.
        drop(checker);
        let mut verdict = verdict(&own, readable);
        if !roll.unreadable.is_empty() {
            verdict = verdict.max(Verdict::Undetermined);
        }
        let mut tally = Tally::new(rules, &roster, &roll);
        for (id, packed) in roll.schools {
            tally.add(id.into(), packed.entry());
        }
        tally.due.sort();
        CountyReport {
            bulou: own.bulou,
            pack: roll.pack,
            as_of: roll.as_of,
            params: roll.params,
            document: own.document,
            verdict,
            counts: own.counts,
            schools: Schools { unreadable: roll.unreadable, ..tally.schools },
            by_rule: by_rule(rules, tally.counts),
            by_school: tally.by_school,
            due: tally.due,
            structure: own.structure,
            rules: own.rules.into_iter().map(RuleResult::into_owned).collect(),
            since: None,
        }
    }
}

/// What is wrong with the county's own document weighs; what is wrong with a school's was said in its own report, and
/// makes what depends on it unknown.
fn verdict(own: &Report<'_>, readable: bool) -> Verdict {
    let broken = !readable || own.structure.iter().any(|problem| !problem.notice);
    let rules = own.rules.iter().filter_map(|rule| match rule.status {
        Status::Pass => Some(Verdict::Pass),
        Status::Pending => Some(Verdict::Pending),
        Status::Undetermined => Some(Verdict::Undetermined),
        Status::Fail => Some(Verdict::Fail),
        Status::Hint | Status::NotApplicable => None,
    });
    let worst = rules.max().unwrap_or(Verdict::Undetermined);
    if broken { worst.max(Verdict::Undetermined) } else { worst }
}

/// Puts what was kept of all schools into their field of the county's document. What stands there already is not the
/// county's to say, and makes the field unknown.
fn add_schools(rules: &RuleSet, roll: &Roll, checker: &mut Checker<'_>) {
    let Some(county) = rules.county.as_deref() else { return };
    let Some((slot, table)) = schools_list(county) else { return };
    let root = Row { table: 0, index: 0 };
    let (clock, document) = checker.clock_and_document();
    let first = document.rows(table);
    for packed in roll.schools.values() {
        decode_row(&county.rules.shape, clock, table, &packed.entry().latest.kept, document);
    }
    let list = match document.slot(root, slot) {
        Slot::Absent => Slot::List(first, document.rows(table) - first),
        _ => Slot::Malformed,
    };
    document.set(root, slot, list);
}

/// What the report says of the schools, gathered one after another in the order of their 标识.
struct Tally<'r> {
    rules: &'r RuleSet,
    /// The day of the check.
    today: Option<Date>,
    /// 标识 of the schools on the roster.
    listed: HashSet<&'r str>,
    counts: Vec<Counts>,
    schools: Schools,
    by_school: Vec<Submitted>,
    due: Vec<Due>,
}

impl<'r> Tally<'r> {
    fn new(rules: &'r RuleSet, roster: &'r Roster, roll: &Roll) -> Self {
        let missing = roster.schools(|id| !roll.schools.contains_key(id));
        let (expected, submitted) = (roster.len(), roster.len() - missing.len());
        Self {
            rules,
            today: parse(&roll.as_of),
            listed: roster.iter().map(|(id, _)| id).collect(),
            counts: vec![Counts::default(); rules.rules.len()],
            schools: Schools { expected, submitted, missing, ..Schools::default() },
            by_school: Vec::with_capacity(roll.schools.len()),
            due: Vec::new(),
        }
    }

    fn add(&mut self, id: String, entry: Entry) {
        let Entry { latest, earlier } = entry;
        for (counts, letter) in self.counts.iter_mut().zip(latest.statuses.chars()) {
            counts.add(status(letter));
        }
        if !earlier.is_empty() {
            let files = earlier.iter().chain([&latest.origin]).map(|origin| origin.name.to_string()).collect();
            self.schools.duplicate.push(Duplicate { id: id.clone(), name: latest.name.to_string(), files });
        }
        if !self.listed.is_empty() && !self.listed.contains(id.as_str()) {
            self.schools.unknown.push(School { id: id.clone(), name: latest.name.to_string() });
        }
        if let Some(rules) = latest.other_rules.as_deref() {
            let (name, rules) = (latest.name.to_string(), rules.to_owned());
            self.schools.other_rules.push(OtherRules { id: id.clone(), name, rules });
        }
        self.add_due(&id, &latest);
        self.by_school.push(submitted(id, *latest));
    }

    fn add_due(&mut self, id: &str, latest: &Submission) {
        for (index, left) in &latest.due {
            let days_left = i64::from(*left);
            let day = self.today.and_then(|today| plus_days(today, days_left));
            let (Some(day), Some(rule)) = (day, self.rules.rules.get(usize::from(*index))) else { continue };
            let (id, name, rule) = (id.to_owned(), latest.name.to_string(), rule.card.id.clone());
            self.due.push(Due { due: day.to_string(), days_left, id, name, rule });
        }
    }
}

fn by_rule(rules: &RuleSet, counts: Vec<Counts>) -> Vec<RuleCount> {
    let rule = |(rule, counts): (&crate::ir::Rule, Counts)| RuleCount {
        id: rule.card.id.clone(),
        title: rule.card.title.clone(),
        group: rule.card.group.clone(),
        severity: rule.card.severity,
        counts,
    };
    rules.rules.iter().zip(counts).map(rule).collect()
}

fn submitted(id: String, submission: Submission) -> Submitted {
    let mut counts = Counts::default();
    submission.statuses.chars().for_each(|letter| counts.add(status(letter)));
    let Submission { origin, name, verdict, statuses, .. } = submission;
    let Origin { date, sha256, name: file } = origin;
    let document = DocumentInfo { name: file.into(), sha256: sha256.to_string() };
    Submitted { id, name: name.into(), document, date: date.into(), verdict, counts, statuses: statuses.into() }
}
