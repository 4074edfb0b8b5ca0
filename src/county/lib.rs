//! The county's roll-up: what all schools submitted, folded one by one, and the county's rules over it.
//!
//! Of each school only a [`Contribution`] is kept: how it stands under every rule, and those of its answers that a
//! county rule uses. Contributions merge in any order, in any split into parts and as often as one likes with the same
//! outcome, for all that is held are sets of documents; which of a school's documents count follows from what they say
//! of themselves, never from a file's name or hash.

mod agreed;
mod astray;
mod digest;
mod due;
mod earlier;
mod entry;
mod error;
mod files;
mod finish;
mod fold;
mod listed;
pub mod notices;
mod packed;
mod projection;
mod report;
mod roster;
mod since;
mod submission;
pub mod tables;
pub mod text;
pub mod troubles;
mod unread;
mod wanting;
mod written;
#[cfg(feature = "xlsx")]
pub mod xlsx;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use bulou_base::limits;
use bulou_base::order;
use bulou_document::normalize::normal;
use bulou_eval::{Checker, Waiver};
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::texts;
use bulou_report::{PackInfo, RuleSeverity, Status};

pub use digest::Digest;
pub use due::Running;
pub use earlier::Earlier;
pub use entry::Entry;
pub use error::Error;
pub use files::whole;
pub use finish::Own;
pub use listed::Listed;
pub use report::*;
pub use since::{Change, Line, Since, Unproven, UnreadThen, since};
pub use submission::{Contribution, Origin, Submission, contribution};
pub use unread::Unread;

/// The version of the partial state's form.
const VERSION: u32 = 7;

/// Everything submitted so far. As JSON it is the partial state that runs on several machines exchange.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roll {
    version: u32,
    /// Which version of this program judged the schools.
    engine: String,
    /// The rules that the contributions come from.
    pub pack: PackInfo,
    /// The day of the check.
    pub as_of: String,
    /// The parameters in force.
    pub params: BTreeMap<String, String>,
    /// The waivers that were gone by, in their order.
    pub waivers: Vec<Waiver>,
    /// By 标识.
    pub schools: BTreeMap<Box<str>, Entry>,
    /// What could not be read, or names no school.
    pub unreadable: BTreeSet<Unread>,
    /// How much work it took so far.
    #[serde(skip)]
    work: u64,
    /// The rules that a school is judged by, where they are known: whether each bears on its verdict.
    #[serde(skip)]
    weighing: Option<Box<[bool]>>,
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

impl Roll {
    /// An empty roll for checks under these rules.
    #[must_use]
    pub fn new(pack: PackInfo, as_of: String, params: BTreeMap<String, String>) -> Self {
        let (schools, unreadable) = (BTreeMap::new(), BTreeSet::new());
        Self {
            version: VERSION,
            engine: env!("CARGO_PKG_VERSION").into(),
            pack,
            as_of,
            params,
            waivers: Vec::new(),
            schools,
            unreadable,
            work: 0,
            weighing: None,
        }
    }

    /// An empty roll for what a checker checks by: its rules, day, parameters and waivers.
    #[must_use]
    pub fn of(checker: &mut Checker<'_>) -> Self {
        let about = checker.check("", b"");
        let roll = Self::new(about.pack.clone(), about.as_of.to_string(), about.params.0.iter().cloned().collect());
        let mut waivers = checker.waivers().to_vec();
        order::sort(&mut waivers);
        let weighing = checker.rules().rules.iter().map(|rule| rule.card.severity != RuleSeverity::Hint).collect();
        Self { waivers, weighing: Some(weighing), ..roll }
    }

    /// Reads the state that another run wrote.
    ///
    /// # Errors
    /// It was cut off, or is something else: [`Error::Unread`].
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        written::written(bytes, written::Kind::Partial)
    }

    /// How much work it took so far; no more than [`limits::ROLL_STEPS`].
    #[must_use]
    pub fn work(&self) -> u64 {
        self.work
    }

    /// Adds what one document contributes.
    pub fn add(&mut self, contribution: Contribution, lang: Lang) {
        self.work += 1;
        let unread = match contribution {
            Contribution::Unread(file) => Some(file),
            Contribution::School(id, submission) if self.work < limits::ROLL_STEPS => self.enter(id, submission, lang),
            Contribution::School(_, submission) => Some(refused(&submission, Error::TooMuch.text().get(lang))),
        };
        self.unreadable.extend(unread);
    }

    fn enter(&mut self, id: String, submission: Box<Submission>, lang: Lang) -> Option<Unread> {
        if let Some(entry) = self.schools.get_mut(id.as_str()) {
            self.work += entry.add(*submission);
            return None;
        }
        match Entry::new(&submission) {
            Ok(entry) => drop(self.schools.insert(id.into(), entry)),
            Err(error) => {
                return Some(refused(&submission, &format!("{}{error}", texts::not_counted().get(lang))));
            }
        }
        None
    }

    /// Adds another part of the same roll-up. What both have is there once.
    ///
    /// # Errors
    /// The part was made by another version of this program's state, or with other rules, another day, other
    /// parameters or other waivers: what it says would not be about the same thing. Or it is too much.
    pub fn merge(&mut self, part: Self) -> Result<(), Error> {
        let same = [
            (part.version == self.version, texts::version_state()),
            (part.engine == self.engine, texts::version_program()),
            (part.pack == self.pack, texts::rules_3()),
            (part.as_of == self.as_of, texts::day_check()),
            (part.params == self.params, texts::parameters()),
            (part.waivers == self.waivers, texts::waivers_2()),
        ];
        let differing = || same.iter().filter(|(same, _)| !same);
        if differing().next().is_some() {
            let all = |lang: Lang| differing().map(|(_, what)| what.get(lang)).collect::<Vec<_>>().join(lang.comma());
            return Err(Error::OtherMake(LocalizedText::new(all(Lang::Zh), all(Lang::En))));
        }
        let is_judged = |id: &str, entry: &Entry| {
            let fits = |weighing: &[bool]| entry.fits(weighing, &self.as_of);
            !normal(id).is_empty() && self.weighing.as_deref().is_none_or(fits)
        };
        if let Some((id, _)) = part.schools.iter().find(|(id, entry)| !is_judged(id, entry)) {
            return Err(Error::Unjudged(id.to_string()));
        }
        self.work += part.unreadable.len() as u64;
        self.unreadable.extend(part.unreadable);
        for (id, other) in part.schools {
            self.work += 1;
            if self.work >= limits::ROLL_STEPS {
                return Err(Error::TooMuch);
            }
            // Whoever wrote the part: one code is one school.
            let id = normal(&id);
            match self.schools.get_mut(&*id) {
                Some(entry) => self.work += entry.merge(other),
                None => drop(self.schools.insert(id.into(), other)),
            }
        }
        Ok(())
    }
}

fn refused(submission: &Submission, message: &str) -> Unread {
    let (name, sha256) = (submission.origin.name().into(), Some(submission.origin.sha256));
    Unread { name, sha256, message: message.into(), of_school: true, ..Unread::default() }
}
