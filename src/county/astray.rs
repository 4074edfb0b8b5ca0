//! Codes in the county's own lists that are on no roster: a slip there, or a school that nobody asks for its document.

use std::collections::{BTreeMap, BTreeSet};

use crate::roster::Roster;
use bulou_base::value::Row;
use bulou_document::{Document, Slot, pointer_of_row, problem};
use bulou_ir::County;
use bulou_messages::diagnostic::Lang;
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;
use bulou_report::Problem;

/// The notice's code.
pub(super) const CODE: ProblemCode = ProblemCode::NotOnRoster;
/// So many codes a notice names.
const NAMED: usize = 20;

/// A notice for each list of the county's document that names codes which the roster does not.
pub(super) fn notices(county: &County, roster: &Roster, document: &Document, lang: Lang) -> Vec<Problem> {
    let listed: BTreeSet<&str> = roster.iter().map(|(id, _)| id).collect();
    let shape = &county.rules.shape;
    // By the place of the list, without the places of its elements.
    let mut astray: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (table, slot) in &shape.codes {
        for index in 0..document.rows(*table) {
            let row = Row { table: *table, index };
            let Slot::Text(start, len, written) = document.slot(row, *slot) else { continue };
            let code = document.text_of(start, len, written).normal;
            if code.is_empty() || listed.contains(code) {
                continue;
            }
            let place = pointer_of_row(document, shape, row, None);
            let keys = place.split('/').filter(|key| key.parse::<u32>().is_err());
            astray.entry(keys.collect::<Vec<_>>().join("/")).or_default().insert(code);
        }
    }
    let notice = |(list, codes): (String, BTreeSet<&str>)| {
        let (count, more) = (codes.len(), if codes.len() > NAMED { "…" } else { "" });
        let named = codes.iter().take(NAMED).copied().collect::<Vec<_>>().join(lang.comma());
        let words = texts::ids_not_roster_correct(&count, &named, &more).text();
        Problem { path: list, notice: true, ..problem(CODE, &words, lang) }
    };
    astray.into_iter().map(notice).collect()
}
