//! Makes the changes and judges them, case by case.

use bulou_base::order;
use bulou_messages::texts;
use std::collections::{BTreeMap, BTreeSet};

use bulou_ir::RuleSet;
use bulou_messages::diagnostic::LocalizedText;
use serde_json::Value as Json;

use super::fields::{each, users};
use super::judge::Bench;
use super::mutants::{Mutant, mutants};
use super::{Change, Fate, Laziest, Party, accepted, cheapest};
use crate::{Files, cases};

/// Why no document is changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().en)]
#[non_exhaustive]
pub enum Error {
    /// The pack's cases cannot be read: the first reason.
    Cases(LocalizedText),
    /// A case has no document.
    Case {
        /// The file that it stands in.
        file: String,
        /// What it is called.
        title: String,
        /// Why it has none.
        why: cases::Unmade,
    },
    /// No case's document is complete and passes, so that nothing can be shown.
    NothingPasses,
}

impl Error {
    /// The reason, and what to do.
    #[must_use]
    pub fn text(&self) -> LocalizedText {
        match self {
            Self::Cases(problem) => problem.clone(),
            Self::Case { file, title, why } => texts::file_title_words(file, title, &why.text()).text(),
            Self::NothingPasses => texts::document_no_case_complete().text(),
        }
    }
}

/// Changes the documents of a pack's complete cases that pass. `progress` is told how many steps are done, of how many.
///
/// # Errors
/// A case cannot be read, or none is complete and passes, so that nothing can be shown.
pub fn run(rules: &RuleSet, files: &Files, progress: &dyn Fn(usize, usize)) -> Result<Laziest, Error> {
    let (prepared, problems) = cases::prepare(files);
    if let Some(problem) = problems.into_iter().next() {
        return Err(Error::Cases(problem));
    }
    // A case of parameters that are refused needs no document.
    let mut of_documents = prepared.iter().filter(|case| case.case.refused.is_empty());
    if let Some((case, why)) = of_documents.find_map(|case| Some((case, case.documents().err()?))) {
        let (file, title) = (case.file.clone(), case.case.title.clone());
        return Err(Error::Case { file, title, why: why.clone() });
    }
    let mut benches: Vec<Bench<'_>> = prepared.iter().filter_map(|case| Bench::of(case, rules)).collect();
    if benches.is_empty() {
        return Err(Error::NothingPasses);
    }
    let parties = parties(rules);
    let steps = benches.len() + parties.iter().map(|(_, rules)| rules.rules.len()).sum::<usize>();
    let mut done = 0;
    let mut step = || {
        done += 1;
        progress(done, steps);
    };
    let mut found = Found::default();
    for bench in &mut benches {
        let party = bench.party();
        if let Some((_, rules)) = parties.iter().find(|(of, _)| *of == party) {
            found.try_all(bench, rules);
        }
        step();
    }
    let mut changes = found.changes;
    order::sort_by_key(&mut changes, |change| change.party);
    let stale = accepted::apply(files, rules, &mut changes);
    let untried = parties.iter().flat_map(|(party, rules)| untried(*party, rules, &benches)).collect();
    let mut least = Vec::new();
    for (party, rules) in parties {
        let mut of: Vec<&mut Bench<'_>> = benches.iter_mut().filter(|bench| bench.party() == party).collect();
        for (index, rule) in rules.rules.iter().enumerate() {
            least.push(cheapest::cheapest(rules, index, &rule.card.id, &mut of, party));
            step();
        }
    }
    Ok(Laziest { cases: benches.len(), changes, untried, cheapest: least, stale })
}

/// The documents that a pack has, with the rules about each.
fn parties(rules: &RuleSet) -> Vec<(Party, &RuleSet)> {
    let county = rules.county.as_ref().map(|county| (Party::County, &county.rules));
    std::iter::once((Party::School, rules)).chain(county).collect()
}

/// What was tried so far.
#[derive(Default)]
struct Found {
    changes: Vec<Change>,
    /// Where each stands in the list.
    places: BTreeMap<(Party, String, String), usize>,
}

impl Found {
    /// Tries every change of a document that no earlier one noticed.
    fn try_all(&mut self, bench: &mut Bench<'_>, rules: &RuleSet) {
        let party = bench.party();
        for mutant in mutants(&rules.shape, &bench.document.clone()) {
            let Mutant { field, to, spot, bound, document } = mutant;
            let key = (party, field.clone(), to.zh.clone());
            let at = *self.places.entry(key).or_insert_with(|| {
                let rules = users(rules, spot);
                let (case, fate) = (bench.name.clone(), Fate::Missed);
                self.changes.push(Change { party, field, to, bound, rules, case, fate });
                self.changes.len() - 1
            });
            let Some(change) = self.changes.get_mut(at).filter(|change| change.fate == Fate::Missed) else { continue };
            if bench.said(&document).is_ok_and(|said| said.is_worse_than(&bench.before)) {
                change.fate = Fate::Noticed;
            }
        }
    }
}

/// Fields that no case fills in.
fn untried(party: Party, rules: &RuleSet, benches: &[Bench<'_>]) -> Vec<(Party, String)> {
    let mut filled = BTreeSet::new();
    for bench in benches.iter().filter(|bench| bench.party() == party) {
        keys(&bench.document, "", &mut filled);
    }
    let mut untried = Vec::new();
    each(&rules.shape, &mut |path| {
        if !filled.contains(path) {
            untried.push((party, path.to_owned()));
        }
    });
    untried
}

/// The paths of all keys that say something.
fn keys(value: &Json, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Json::Object(members) => {
            for (key, member) in members.iter().filter(|(_, member)| !member.is_null()) {
                let path = super::fields::path(at, key);
                keys(member, &path, found);
                found.insert(path);
            }
        }
        Json::Array(rows) => rows.iter().for_each(|row| keys(row, at, found)),
        _ => {}
    }
}
