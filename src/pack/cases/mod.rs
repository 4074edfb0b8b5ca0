//! A pack's own tests: `cases/*.json`, each an object or an array of objects.

mod assertions;
mod expect;
mod file;
mod judge;
mod reading;
mod results;
mod unmade;
mod vain;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::Files;
use crate::strays::is_explained;
use bulou_base::date::Date;
use bulou_document::without_mark;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;
pub use expect::expecting;
pub(crate) use file::{ACCEPTED, EQUIVALENTS};
pub(crate) use judge::{checker, finished, rolled};
pub use reading::words as json_words;
pub use results::{CaseResult, CaseResults, Differing, Lacks, Mismatches, not_covered};
use serde_json::Value as Json;
pub use unmade::{Unmade, Unpatched};

use file::{Bases, Case, Documents};
use judge::Outcome;
use results::uncovered;

/// Where cases lie.
pub(crate) const FOLDER: &str = "cases/";

/// A case with its documents, ready to be run against any rules.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub file: String,
    place: usize,
    pub case: Case,
    documents: Result<Arc<Documents>, Unmade>,
}

/// The pack's cases with their documents, and what is wrong with their files.
pub(crate) fn prepare(files: &Files) -> (Vec<Prepared>, Vec<LocalizedText>) {
    let (cases, problems) = read(files);
    let mut bases = Bases::new(files);
    let prepared = cases.into_iter().map(|(file, place, case)| {
        let documents = case.documents(&mut bases).map(Arc::new);
        Prepared { file, place, case, documents }
    });
    (prepared.collect(), problems)
}

/// The pack's cases, each with its file and its place there, and what is wrong with the files.
fn read(files: &Files) -> (Vec<(String, usize, Case)>, Vec<LocalizedText>) {
    let (mut read, mut problems) = (Vec::new(), Vec::new());
    let bases = bases(files);
    for (name, bytes) in files.0.iter().filter(|(name, _)| name.to_lowercase().starts_with(FOLDER)) {
        if is_of_marks(name) {
            problems.extend(if name == EQUIVALENTS { crate::mutate::unread_marks(files) } else { None });
            continue;
        }
        if !is_file_of_cases(name) {
            problems.extend((!is_explained(name) && !bases.contains(name)).then(|| unread(name)));
            continue;
        }
        match file::read(bytes) {
            Ok(cases) if cases.is_empty() => {
                problems.push(texts::holds_no_case(&name).text());
            }
            Ok(cases) => read.extend(cases.into_iter().enumerate().map(|(place, case)| (name.clone(), place, case))),
            Err(error) => problems.push(reading::words(name, &error)),
        }
    }
    (read, problems)
}

/// Whether a file marks what mutation shows; it is no file of cases.
fn is_of_marks(name: &str) -> bool {
    [EQUIVALENTS, ACCEPTED].contains(&name)
}

/// Whether a file is one of cases, or may be a base of some.
pub(crate) fn is_case(name: &str) -> bool {
    name.starts_with(FOLDER) && name.ends_with(".json")
}

fn is_file_of_cases(name: &str) -> bool {
    name.strip_prefix(FOLDER)
        .is_some_and(|rest| rest.ends_with(".json") && !rest.contains('/') && !rest.starts_with('.'))
}

fn unread(name: &str) -> LocalizedText {
    texts::not_read_cases_files(&name).text()
}

/// The files that cases name as their bases, and the bases that these name.
fn bases(files: &Files) -> BTreeSet<String> {
    let mut waiting: Vec<&String> = files.0.keys().filter(|name| is_file_of_cases(name)).collect();
    let mut found = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let Some(json) = files.0.get(name).and_then(|bytes| serde_json::from_slice::<Json>(without_mark(bytes)).ok())
        else {
            continue;
        };
        let mut named = Vec::new();
        texts(&json, &mut |text| named.extend(files.0.get_key_value(&format!("{FOLDER}{text}")).map(|(name, _)| name)));
        waiting.extend(named.into_iter().filter(|name| found.insert((*name).clone())));
    }
    found
}

/// Shows all texts within a value.
fn texts<'j>(json: &'j Json, visit: &mut dyn FnMut(&'j str)) {
    match json {
        Json::String(text) => visit(text),
        Json::Array(items) => items.iter().for_each(|item| texts(item, visit)),
        Json::Object(members) => members.values().for_each(|member| texts(member, visit)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// What is wrong with the files of cases themselves, and which of them are not read.
#[must_use]
pub fn problems(files: &Files) -> Vec<LocalizedText> {
    read(files).1
}

/// The schools' documents in a pack's cases, or the county's own, each with its day; those of cases that set parameters are
/// left out.
#[must_use]
pub fn documents(files: &Files, county: bool) -> Vec<(Json, Date)> {
    let plain = |prepared: &Prepared| {
        let documents = prepared.documents.as_ref().ok().filter(|documents| documents.schools.is_some() == county)?;
        let document = serde_json::from_slice(&documents.own).ok()?;
        prepared.case.params.is_empty().then_some((document, prepared.case.today))
    };
    prepare(files).0.iter().filter_map(plain).collect()
}

/// A county as the pack's author sees it.
#[derive(Clone, Debug)]
pub struct Example {
    /// The county's own document.
    pub county: Json,
    /// Its schools' documents.
    pub schools: Vec<Json>,
    /// The day on which they are judged.
    pub day: Date,
}

/// The pack's first case of the county; of those that set parameters, none.
#[must_use]
pub fn example(files: &Files) -> Option<Example> {
    let first = read(files).0.into_iter().map(|(.., case)| case).find(|case| case.is_plain_county())?;
    let documents = first.documents(&mut Bases::new(files)).ok()?;
    let json = |bytes: &Vec<u8>| serde_json::from_slice(bytes).ok();
    let schools = documents.schools?.iter().map(json).collect::<Option<_>>()?;
    Some(Example { county: json(&documents.own)?, schools, day: first.today })
}

/// Runs every case of a pack.
#[must_use]
pub fn run(rules: &RuleSet, files: &Files) -> CaseResults {
    let (prepared, mut problems) = prepare(files);
    problems.extend(assertions::refuted(rules, &prepared));
    let mut repeated = vain::repeated(&prepared);
    let mut looked = BTreeMap::new();
    let cases = prepared.iter().enumerate().map(|(index, prepared)| {
        let mut mismatches = prepared.judged(rules, &mut looked);
        mismatches.others.extend(repeated.remove(&index));
        let (file, title) = (prepared.file.clone(), prepared.case.title.clone());
        CaseResult { file, place: prepared.place, title, mismatches }
    });
    let cases = cases.collect();
    CaseResults { cases, uncovered: uncovered(rules, &prepared, &looked), problems }
}

/// Whether a pack has no case, not even one that cannot be read.
#[must_use]
pub fn none(files: &Files) -> bool {
    let (cases, problems) = read(files);
    cases.is_empty() && problems.is_empty()
}

/// What is said of such a pack.
#[must_use]
pub fn untried() -> LocalizedText {
    texts::pack_no_cases_cases().text()
}
