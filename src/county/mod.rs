//! The county's roll-up: what all schools submitted, folded one by one, and the county's rules over it.
//!
//! Of each school only a [`Contribution`] is kept: how it stands under every rule, and those of its answers that a
//! county rule uses. Contributions merge in any order and any split into parts with the same outcome, for a school's
//! entry is the greatest of its submissions by (date, hash, name).

mod digest;
mod kept;
pub mod notices;
mod packed;
mod report;
mod roster;
mod since;
pub mod tables;
pub mod text;
#[cfg(feature = "xlsx")]
pub mod xlsx;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::data::{Document, Slot};
use crate::eval::Checker;
use crate::ir::{County, RuleSet};
use crate::report::{PackInfo, Report, Status, Verdict};
use crate::value::Row;

pub use digest::Digest;
pub use packed::Packed;
pub use report::{CountyReport, Due, Own, RuleCount, School, Schools, Submitted, Unreadable};
pub use since::{Change, Earlier, Since, since};

/// The version of the partial state's form.
const VERSION: u32 = 2;

/// Everything submitted so far. As JSON it is the partial state that runs on several machines exchange.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roll {
    version: u32,
    /// The rules that the contributions come from.
    pub pack: PackInfo,
    /// The day of the check.
    pub as_of: String,
    /// The parameters in force.
    pub params: BTreeMap<String, String>,
    /// By 标识.
    pub schools: BTreeMap<Box<str>, Packed>,
    /// What could not be read, or names no school; two empty files of one name in two folders are two.
    pub unreadable: Vec<Unreadable>,
}

/// One school's submissions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The one that counts.
    pub latest: Box<Submission>,
    /// Those before it, in their order; few schools have any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Origin>,
}

/// Where a submission comes from, in the order that decides which one counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Its 日期; empty when it has none.
    pub date: Box<str>,
    /// Over its bytes.
    pub sha256: Digest,
    /// Its file.
    pub name: Box<str>,
}

/// What counts of a submission.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// Where it comes from.
    pub origin: Origin,
    /// The school's name.
    pub name: Box<str>,
    /// The pack that it names, when that is another or another version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_rules: Option<Box<str>>,
    /// How it stands.
    pub verdict: Verdict,
    /// A letter a rule, in the pack's order; see [`letter`].
    pub statuses: Box<str>,
    /// What is due: the rule's index, and the days left on the day of the check.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub due: Box<[(u16, i32)]>,
    /// Its answers that county rules use, as JSON under their own keys.
    #[serde(with = "kept::json")]
    pub kept: Box<str>,
    /// What was found, where notices ask for it; no part of the state that is written.
    #[serde(skip)]
    pub findings: Box<[notices::Findings]>,
}

impl Entry {
    /// All submissions of a school, of which the last counts.
    fn and(mut self, mut other: Self) -> Self {
        if other.latest.origin > self.latest.origin {
            std::mem::swap(&mut self.latest, &mut other.latest);
        }
        self.earlier.extend(other.earlier);
        // The same file twice is two files: each that came in is accounted for.
        self.earlier.push(other.latest.origin);
        self.earlier.sort();
        self
    }
}

impl Default for Submission {
    /// One of which nothing is known.
    fn default() -> Self {
        Self {
            origin: Origin::default(),
            name: Box::default(),
            other_rules: None,
            verdict: Verdict::Undetermined,
            statuses: Box::default(),
            due: Box::default(),
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
    Unreadable(Unreadable),
}

impl Contribution {
    /// Keeps what was found, for notices to the school.
    #[must_use]
    pub fn with_findings(mut self, report: &Report<'_>) -> Self {
        if let Self::School(_, submission) = &mut self {
            submission.findings = notices::findings(report).into();
        }
        self
    }
}

/// A status as a letter.
#[must_use]
pub fn letter(status: Status) -> char {
    match status {
        Status::Pass => 'p',
        Status::Pending => 'd',
        Status::Undetermined => 'u',
        Status::Fail => 'f',
        Status::Hint => 'h',
        Status::NotApplicable => 'n',
    }
}

/// The status of a letter.
#[must_use]
pub fn status(letter: char) -> Status {
    match letter {
        'p' => Status::Pass,
        'd' => Status::Pending,
        'u' => Status::Undetermined,
        'f' => Status::Fail,
        'h' => Status::Hint,
        _ => Status::NotApplicable,
    }
}

/// What the document that was just checked adds, from its report.
#[must_use]
pub fn contribution(checker: &Checker<'_>, county: &County, report: &Report<'_>) -> Contribution {
    if report.rules.is_empty() {
        return unread(&report.document.name, report.structure.first().map_or("", |problem| &problem.message));
    }
    if report.subject.id.is_empty() {
        let words = checker.lang().pick("没有标识,不知道是哪所学校", "it has no id, so that its school is not known");
        return unread(&report.document.name, words);
    }
    let (rules, document) = (checker.rules(), checker.document());
    let date = rules.shape.date.as_ref().map(|path| document.slot(Row { table: 0, index: 0 }, path.slot));
    let open = |status| matches!(status, Status::Pending | Status::Fail);
    let due = report.rules.iter().enumerate().filter(|(_, rule)| open(rule.status));
    let Ok(sha256) = report.document.sha256.parse() else { return unread(&report.document.name, "") };
    let origin = Origin {
        date: if let Some(Slot::Date(date)) = date { date.to_string().into() } else { Box::default() },
        sha256,
        name: report.document.name.as_str().into(),
    };
    let submission = Submission {
        origin,
        name: report.subject.name.as_str().into(),
        other_rules: other_rules(rules, document).map(Into::into),
        verdict: report.verdict,
        statuses: report.rules.iter().map(|rule| letter(rule.status)).collect(),
        due: due
            .filter_map(|(index, rule)| Some((u16::try_from(index).ok()?, i32::try_from(rule.days_left?).ok()?)))
            .collect(),
        kept: kept::kept(checker, county).into(),
        findings: Box::default(),
    };
    Contribution::School(report.subject.id.clone(), Box::new(submission))
}

/// What a file adds that could not be read, and why.
#[must_use]
pub fn unread(name: &str, message: &str) -> Contribution {
    Contribution::Unreadable(Unreadable { name: name.to_owned(), message: message.to_owned() })
}

/// What a document names as its rules, when it is not these.
fn other_rules<'d>(rules: &RuleSet, document: &'d Document) -> Option<&'d str> {
    let named = document.rules_named()?;
    let (id, version) = named.split_once('@').unwrap_or((named, &rules.pack.version));
    let same = id == rules.pack.id && (version.is_empty() || version == rules.pack.version);
    (!same).then_some(named)
}

impl Roll {
    /// An empty roll for checks under these rules.
    #[must_use]
    pub fn new(pack: PackInfo, as_of: String, params: BTreeMap<String, String>) -> Self {
        Self { version: VERSION, pack, as_of, params, schools: BTreeMap::new(), unreadable: Vec::new() }
    }

    /// An empty roll for what a checker checks by: its rules, day and parameters.
    #[must_use]
    pub fn of(checker: &mut Checker<'_>) -> Self {
        let about = checker.check("", b"");
        Self::new(about.pack.clone(), about.as_of.to_string(), about.params.0.iter().cloned().collect())
    }

    /// Adds what one document contributes.
    pub fn add(&mut self, contribution: Contribution) {
        match contribution {
            Contribution::Unreadable(file) => self.unreadable.push(file),
            Contribution::School(id, submission) => {
                self.enter(id.into(), Entry { latest: submission, earlier: Vec::new() });
            }
        }
    }

    fn enter(&mut self, id: Box<str>, mut entry: Entry) {
        if let Some(known) = self.schools.get(&id) {
            entry = known.entry().and(entry);
        }
        match Packed::new(&entry) {
            Ok(packed) => drop(self.schools.insert(id, packed)),
            Err(error) => {
                self.unreadable.push(Unreadable { name: entry.latest.origin.name.into(), message: error.to_string() })
            }
        }
    }

    /// Adds another part of the same roll-up.
    ///
    /// # Errors
    /// The part was made by another version of this program's state, or with other rules, another day or other
    /// parameters: what it says would not be about the same thing.
    pub fn merge(&mut self, part: Self) -> Result<(), String> {
        let same = [
            (part.version == self.version, "状态的版本"),
            (part.pack == self.pack, "规则集"),
            (part.as_of == self.as_of, "核对日"),
            (part.params == self.params, "参数"),
        ];
        let differing: Vec<_> = same.iter().filter(|(same, _)| !same).map(|(_, what)| *what).collect();
        if !differing.is_empty() {
            return Err(format!("不能合并:{}不同;请用同一套规则、核对日和参数重新做这一部分", differing.join("、")));
        }
        self.unreadable.extend(part.unreadable);
        for (id, entry) in part.schools {
            self.enter(id, entry.entry());
        }
        Ok(())
    }
}
