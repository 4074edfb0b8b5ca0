//! The schools in the county's document: a row a school, in the order of their 标识; and what the county's rules say of
//! them.

use std::collections::BTreeSet;

use crate::county::kept::schools_list;
use crate::county::wanting::Wanting;
use crate::county::{Entry, Roll};
use crate::data::locate::steps;
use crate::data::shape::Shape;
use crate::data::{Clock, Document, Slot, decode_row, field_path};
use crate::eval::Checker;
use crate::eval::doubt::{take_back, take_back_good, take_back_unlike};
use crate::ir::RuleSet;
use crate::report::Report;
use crate::value::Row;

/// Judges the county's document with all schools in it. What is said so counts only as far as it is so whatever those turn
/// out to say that are wanting, and whether or not those count that are on no roster. The answer says also whether a rule
/// asks for what is missing.
pub(super) fn judged<'r>(
    rules: &RuleSet,
    roll: &Roll,
    wanting: &Wanting<'_>,
    checker: &mut Checker<'r>,
    own: Report<'r>,
) -> (Report<'r>, bool) {
    let in_doubt = wanting.of_some() || wanting.strangers().next().is_some();
    let read = in_doubt.then(|| checker.clock_and_document().1.clone());
    add_schools(rules, roll, None, None, checker);
    let mut report = checker.judged(own);
    let asks = checker.leaves_out(&report);
    let Some(read) = read else { return (report, asks.contains(&true)) };
    let lang = checker.lang();
    let mut statuses = |known: Option<(&Wanting<'_>, bool)>, without: Option<&Wanting<'_>>| {
        *checker.clock_and_document().1 = read.clone();
        add_schools(rules, roll, known, without, checker);
        checker.statuses_alone()
    };
    let strangers = wanting.strangers().next().map(|_| wanting);
    if strangers.is_some() {
        take_back_unlike(&mut report, &statuses(None, strangers), &wanting.words_of_strangers(lang));
    }
    if wanting.of_some() {
        take_back(&mut report, (&asks, &statuses(Some((wanting, false)), None)), &wanting.words(lang));
    }
    if wanting.may_be_anyones() {
        take_back_good(&mut report, &statuses(Some((wanting, true)), None), &wanting.words(lang));
    }
    if let (Some(_), true) = (strangers, wanting.of_some()) {
        take_back(&mut report, (&asks, &statuses(Some((wanting, false)), strangers)), &wanting.words(lang));
    }
    (report, asks.contains(&true))
}

/// Puts what was kept of all schools into their field of the county's document, and of those that are wanting only who
/// they are, or with `true` not even of whom something may be known; `without` those on no roster. What stands there already is not the county's to say, and makes the field
/// unknown. A document that names no school is a school's all the same.
fn add_schools(
    rules: &RuleSet,
    roll: &Roll,
    wanting: Option<(&Wanting<'_>, bool)>,
    without: Option<&Wanting<'_>>,
    checker: &mut Checker<'_>,
) {
    let (wanting, of_any) = wanting.map_or((None, false), |(wanting, any)| (Some(wanting), any || wanting.of_any()));
    let Some(county) = rules.county.as_deref() else { return };
    let Some((slot, table)) = schools_list(county) else { return };
    let (root, shape) = (Row { table: 0, index: 0 }, &county.rules.shape);
    let (clock, document) = checker.clock_and_document();
    let first = document.rows(table);
    let unknown = |id: &str, document: &mut Document| {
        decode_row(shape, clock, table, &known_of(rules, id), document);
        document.doubt(table);
    };
    let counts = |id: &str| without.is_none_or(|wanting| !wanting.is_stranger(id));
    for (id, entry) in roll.schools.iter().filter(|(id, _)| counts(id)) {
        add_school((shape, clock, table), entry, document);
        if wanting.is_some_and(|wanting| wanting.is_unsure(id)) {
            unknown(id, document);
            document.agree(table);
        }
    }
    wanting.iter().flat_map(|wanting| wanting.missing()).for_each(|id| unknown(id, document));
    for _ in 0..wanting.map_or(0, Wanting::unknown) {
        decode_row(shape, clock, table, "{}", document);
        document.doubt(table);
    }
    let mut seen = BTreeSet::new();
    for file in &roll.unreadable {
        if let Some(kept) = file.kept.as_ref().filter(|_| seen.insert(file.sha256)) {
            decode_row(shape, clock, table, kept, document);
        }
    }
    let list = match document.slot(root, slot) {
        Slot::Absent if !of_any => Slot::List(first, document.rows(table) - first),
        _ => Slot::Malformed,
    };
    document.set(root, slot, list);
}

/// A document of which nothing is known but its 标识.
fn known_of(rules: &RuleSet, id: &str) -> String {
    let path = rules.shape.identity.as_ref().and_then(|path| field_path(&rules.shape, path.slot)).unwrap_or_default();
    let keys: Vec<String> = steps(&path).collect();
    let document = |inner: serde_json::Value, key: String| serde_json::json!({ key: inner });
    keys.into_iter().rev().fold(id.into(), document).to_string()
}

/// Where its documents contradict one another, only what they agree on is known.
fn add_school((shape, clock, table): (&Shape, Clock<'_>, u16), entry: &Entry, document: &mut Document) {
    let mut current = entry.current();
    let Some(first) = current.next() else { return };
    let mut seen = BTreeSet::from([first.kept.clone()]);
    decode_row(shape, clock, table, &first.kept, document);
    for other in current {
        if !seen.contains(&other.kept) {
            decode_row(shape, clock, table, &other.kept, document);
            document.agree(table);
            seen.insert(other.kept.clone());
        }
    }
}
