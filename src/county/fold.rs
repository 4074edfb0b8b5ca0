//! The schools in the county's document: a row a school, in the order of their 标识; and what the county's rules say of
//! them.

use std::collections::BTreeSet;

use crate::projection::schools_list;
use crate::wanting::Wanting;
use crate::{Entry, Roll};
use bulou_base::value::Row;
use bulou_document::locate::steps;
use bulou_document::shape::{Kind, Shape};
use bulou_document::{Clock, Document, Slot, decode_row, field_path};
use bulou_eval::Checker;
use bulou_eval::doubt::{take_back, take_back_good, take_back_unlike};
use bulou_ir::RuleSet;
use bulou_report::Report;

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
    let strangers = wanting.has_strangers();
    let read = (wanting.of_some() || strangers).then(|| checker.clock_and_document().1.clone());
    add_schools(rules, roll, wanting, SUBMITTED, checker);
    let mut report = checker.judged(own);
    let asks = checker.leaves_out(&report, names(rules));
    let Some(read) = read else { return (report, asks.contains(&true)) };
    let lang = checker.lang();
    let mut statuses = |view: View| {
        *checker.clock_and_document().1 = read.clone();
        add_schools(rules, roll, wanting, view, checker);
        checker.statuses_alone()
    };
    if strangers {
        let listed = statuses(View { strangers: false, ..SUBMITTED });
        take_back_unlike(&mut report, &listed, &wanting.words_of_strangers(lang));
    }
    let all = View { wanting: true, ..SUBMITTED };
    if wanting.of_some() {
        take_back(&mut report, (&asks, &statuses(all)), &wanting.words(lang));
    }
    if wanting.may_be_anyones() {
        take_back_good(&mut report, &statuses(View { anyones: true, ..all }), &wanting.words(lang));
    }
    if wanting.of_some() && strangers {
        let listed = statuses(View { strangers: false, ..all });
        take_back(&mut report, (&asks, &listed), &wanting.words(lang));
    }
    (report, asks.contains(&true))
}

/// Which schools the county's document holds.
#[derive(Clone, Copy)]
struct View {
    /// Those that are wanting, too, of whom nothing is known but who they are.
    wanting: bool,
    /// What a file of nobody's says may be the last word of any: nothing is known of the list.
    anyones: bool,
    /// Those on no roster.
    strangers: bool,
}

/// What was submitted.
const SUBMITTED: View = View { wanting: false, anyones: false, strangers: true };

/// Puts what was kept of all schools into their field of the county's document, as a view has it. What stands there
/// already is not the county's to say, and makes the field unknown. A document that names no school is a school's all the
/// same.
fn add_schools(rules: &RuleSet, roll: &Roll, wanting: &Wanting<'_>, view: View, checker: &mut Checker<'_>) {
    let Some(county) = rules.county.as_deref() else { return };
    let Some((slot, table)) = schools_list(county) else { return };
    let (root, shape) = (Row { table: 0, index: 0 }, &county.rules.shape);
    let (clock, document) = checker.clock_and_document();
    let first = document.rows(table);
    let unknown = |id: &str, document: &mut Document| {
        decode_row(shape, clock, table, &known_of(rules, id), document);
        document.doubt(table);
    };
    let counts = |id: &str| view.strangers || !wanting.is_stranger(id);
    for (id, entry) in roll.schools.iter().filter(|(id, _)| counts(id)) {
        add_school((shape, clock, table), entry, document);
        if view.wanting && wanting.is_unsure(id) {
            unknown(id, document);
            document.agree(table);
        }
    }
    if view.wanting {
        wanting.missing().for_each(|id| unknown(id, document));
        for _ in 0..wanting.unknown() {
            decode_row(shape, clock, table, "{}", document);
            document.doubt(table);
        }
    }
    let mut seen = BTreeSet::new();
    for file in &roll.unreadable {
        if let Some(kept) = file.kept.as_ref().filter(|_| seen.insert(file.sha256)) {
            decode_row(shape, clock, table, kept, document);
        }
    }
    let is_open = view.anyones || (view.wanting && wanting.of_any());
    let list = match document.slot(root, slot) {
        Slot::Absent if !is_open => Slot::List(first, document.rows(table) - first),
        _ => Slot::Malformed,
    };
    document.set(root, slot, list);
}

/// Where the county's document has the 标识 of each school: table and slot.
fn names(rules: &RuleSet) -> Option<(u16, u32)> {
    let county = rules.county.as_deref()?;
    let (_, table) = schools_list(county)?;
    let path = field_path(&rules.shape, rules.shape.identity.as_ref()?.slot)?;
    let mut fields = county.rules.shape.records(table)?;
    let mut keys = steps(&path).peekable();
    while let Some(key) = keys.next() {
        let field = fields.field(&key)?;
        match &field.kind {
            Kind::Record(inner) => fields = inner,
            _ => return keys.peek().is_none().then_some((table, field.slot)),
        }
    }
    None
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
