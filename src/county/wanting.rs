//! Schools of the roster of which the county's rules know nothing: those that did not submit, those of which a file lies
//! there that cannot be read and may be later than what they submitted, those of which no document has a certain day,
//! those that the roster does not name rightly, and those whose files nothing tells from others'. And schools that are
//! on no roster, of which it is to be asked whether they count.

use std::collections::BTreeSet;

use crate::roster::Roster;
use crate::{Entry, Roll};
use bulou_base::hash::HashMap;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;

/// So many are named.
const NAMED: usize = 20;

/// By 标识.
pub(super) struct Wanting<'r> {
    missing: Vec<&'r str>,
    unsure: BTreeSet<&'r str>,
    /// How many are unsure for nothing else than that no document of theirs has a certain day, up to that of the check.
    dayless: usize,
    /// Rows of the roster that do not say which school they are of.
    nameless: usize,
    /// Files that cannot be read and may be any school's.
    anybodys: usize,
    /// Nobody knows how many schools are wanting, or which: the pack asks for a roster, and there is none, or a part of
    /// one; or a document that lacks its 标识 may be any school's.
    any: bool,
    /// Such documents.
    unsigned: usize,
    strangers: BTreeSet<&'r str>,
    names: &'r HashMap<String, String>,
}

impl<'r> Wanting<'r> {
    pub fn new(rules: &RuleSet, roster: &'r Roster, roll: &'r Roll, names: &'r HashMap<String, String>) -> Self {
        let (mut missing, mut listed) = (Vec::new(), BTreeSet::new());
        for (id, _) in roster.iter() {
            listed.insert(id);
            if !roll.schools.contains_key(id) {
                missing.push(id);
            }
        }
        let (mut unsure, mut seen, mut anybodys, mut unsigned) = (BTreeSet::new(), BTreeSet::new(), 0, 0);
        for file in &roll.unreadable {
            let codes: Vec<&str> = file.codes.iter().filter_map(|code| listed.get(&**code).copied()).collect();
            match codes.as_slice() {
                _ if file.kept.is_some() => unsigned += 1,
                [] if file.of_school => {
                    anybodys += usize::from(file.sha256.is_none_or(|sha256| seen.insert(sha256)));
                }
                // What is no submission and names several schools is a list of them.
                [_, _, ..] if !file.of_school => {}
                codes => unsure.extend(codes.iter().copied().filter(|id| roll.schools.contains_key(*id))),
            }
        }
        let before = unsure.len();
        if rules.shape.date.is_some() {
            let doubtful = roll.schools.iter().filter(|(_, entry)| !has_certain_day(entry));
            unsure.extend(doubtful.map(|(id, _)| &**id));
        }
        let dayless = unsure.len() - before;
        let strangers = roll.schools.keys().map(|id| &**id).filter(|id| !listed.contains(id)).collect();
        let any = roster.is_open() || unsigned > 0;
        Self { missing, unsure, dayless, nameless: roster.unknown(), anybodys, any, unsigned, strangers, names }
    }

    /// Whether there are schools on no roster.
    pub fn has_strangers(&self) -> bool {
        !self.strangers.is_empty()
    }

    /// Whether a school is one of them.
    pub fn is_stranger(&self, id: &str) -> bool {
        self.strangers.contains(id)
    }

    /// A school with its name, where it has one.
    fn named(&self, id: &str) -> String {
        self.names.get(id).map_or_else(|| id.to_owned(), |name| format!("{id} {name}"))
    }

    /// Why a rule cannot be judged that another school of the roster, or none, may meet.
    pub fn words_of_strangers(&self, lang: Lang) -> String {
        let count = self.strangers.len();
        let named: Vec<String> = self.strangers.iter().take(NAMED).map(|id| self.named(id)).collect();
        let named = named.join(texts::list_comma().get(lang));
        texts::schools_not_roster_count(&count, &named, &more(count)).get(lang)
    }

    /// Whether there are any.
    pub fn of_some(&self) -> bool {
        !self.missing.is_empty() || !self.unsure.is_empty() || self.unknown() > 0 || self.any
    }

    /// How many documents there may be of which not even the school is known.
    pub fn unknown(&self) -> usize {
        self.nameless + self.anybodys
    }

    /// Whether a file may be the last word of any school.
    pub fn may_be_anyones(&self) -> bool {
        self.anybodys > 0
    }

    /// Whether it may be any school.
    pub fn of_any(&self) -> bool {
        self.any
    }

    /// Those that did not submit.
    pub fn missing(&self) -> impl Iterator<Item = &'r str> {
        self.missing.iter().copied()
    }

    /// Whether what a school submitted may not be its last word.
    pub fn is_unsure(&self, id: &str) -> bool {
        self.unsure.contains(id)
    }

    /// Why a rule cannot be judged.
    pub fn words(&self, lang: Lang) -> String {
        if self.unsigned > 0 {
            return texts::documents_lack_id_rule(&self.unsigned).get(lang);
        }
        if self.missing.is_empty() && self.unsure.is_empty() && self.nameless == 0 && !self.any {
            return texts::files_unread_nobodys_rule(&self.anybodys).get(lang);
        }
        if self.missing.is_empty() && self.unsure.is_empty() {
            let words = texts::roster_incomplete_further_schools().get(lang);
            return words.to_owned();
        }
        let count = self.missing.len() + self.unsure.len();
        let only = self.missing.is_empty() && self.dayless == self.unsure.len();
        let what = match (only, self.dayless) {
            (true, _) => texts::date_blank_after_check(),
            (_, 0) => texts::nothing_submitted_or_unread(),
            _ => texts::nothing_submitted_or_date(),
        };
        let known = self.missing().chain(self.unsure.iter().copied());
        let named: Vec<String> = known.take(NAMED).map(|id| self.named(id)).collect();
        let named = named.join(texts::list_comma().get(lang));
        texts::schools_wanting_decide_rule(&count, &what, &named, &more(count)).get(lang)
    }
}

/// Behind the names, where there are more than are named.
fn more(count: usize) -> &'static str {
    if count > NAMED { "…" } else { "" }
}

/// Whether it is known of which day a school's last word is: a document whose day is still to come is not dated rightly,
/// and may be later or earlier than the others.
fn has_certain_day(entry: &Entry) -> bool {
    entry.current().any(|one| !one.origin.date.is_empty()) && entry.earlier().all(|origin| origin.to_come.is_none())
}
