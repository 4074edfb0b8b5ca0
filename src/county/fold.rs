//! The schools in the county's document: a row a school, in the order of their 标识.

use std::collections::BTreeSet;

use crate::county::kept::schools_list;
use crate::county::{Entry, Roll};
use crate::data::shape::Shape;
use crate::data::{Clock, Document, Slot, decode_row};
use crate::eval::Checker;
use crate::ir::RuleSet;
use crate::value::Row;

/// Puts what was kept of all schools into their field of the county's document. What stands there already is not the
/// county's to say, and makes the field unknown. A document that names no school is a school's all the same; which one
/// is unknown.
pub(super) fn add_schools(rules: &RuleSet, roll: &Roll, checker: &mut Checker<'_>) {
    let Some(county) = rules.county.as_deref() else { return };
    let Some((slot, table)) = schools_list(county) else { return };
    let (root, shape) = (Row { table: 0, index: 0 }, &county.rules.shape);
    let (clock, document) = checker.clock_and_document();
    let first = document.rows(table);
    for entry in roll.schools.values() {
        add_school((shape, clock, table), entry, document);
    }
    let mut seen = BTreeSet::new();
    for file in &roll.unreadable {
        if let Some(kept) = file.kept.as_ref().filter(|_| seen.insert(file.sha256)) {
            decode_row(shape, clock, table, kept, document);
        }
    }
    let list = match document.slot(root, slot) {
        Slot::Absent => Slot::List(first, document.rows(table) - first),
        _ => Slot::Malformed,
    };
    document.set(root, slot, list);
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
