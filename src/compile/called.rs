//! Rows of decision tables that no call reaches: whatever documents say, the table is asked about nothing that fits them.

use std::collections::HashMap;

use crate::contradictions::number;
use crate::declared::Declared;
use crate::extent::hull;
use crate::scope::Checker;
use crate::types::Bound;
use bulou_ir::expr::Scalar;
use bulou_ir::{Cell, Table};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::texts;

/// What tables are asked about, by their names: the ends of each input over all calls.
pub(crate) type Calls = HashMap<String, Vec<Bound>>;

impl Checker<'_> {
    pub(crate) fn note_call(&mut self, table: &str, inputs: &[Scalar]) {
        let ends: Vec<Bound> = inputs.iter().map(|input| self.extent(&input.kind)).collect();
        match self.calls.get_mut(table) {
            Some(known) => known.iter_mut().zip(ends).for_each(|(known, ends)| *known = hull(*known, ends)),
            None => _ = self.calls.insert(table.to_owned(), ends),
        }
    }
}

/// Warns of the rows that no call reaches. The checkers of schools and of the county each have calls of their own.
pub(crate) fn warnings(declared: &Declared<'_>, checkers: [&Checker<'_>; 2]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for table in &declared.tables {
        let name = table.name.text.as_str();
        let mut compiled = checkers.iter().flat_map(|checker| &checker.tables);
        let Some(Table { rows, .. }) = compiled.find(|table| table.name == name) else { continue };
        let asked: Vec<&Vec<Bound>> = checkers.iter().filter_map(|checker| checker.calls.get(name)).collect();
        let is_out =
            |cells: &[Cell]| asked.iter().all(|ends| cells.iter().zip(*ends).any(|(cell, ends)| misses(cell, *ends)));
        let dead = table.rows.iter().zip(rows).filter(|(_, row)| !asked.is_empty() && is_out(&row.cells));
        found.extend(dead.map(|(row, _)| {
            let message = texts::no_call_reaches_row(&name).text();
            Diagnostic::new(Code::DeadRow, row.span, message, texts::correct_cells_remove_row().text())
        }));
    }
    found
}

/// Whether a cell fits nothing between two ends.
fn misses(cell: &Cell, (least, most): Bound) -> bool {
    let Cell::Interval(low, high) = cell else { return false };
    let above = low.as_ref().and_then(|(low, included)| Some((number(low)?, *included)));
    let below = high.as_ref().and_then(|(high, included)| Some((number(high)?, *included)));
    let is_above = above.zip(most).is_some_and(|((low, included), most)| most < low || most == low && !included);
    let is_below = below.zip(least).is_some_and(|((high, included), least)| high < least || high == least && !included);
    is_above || is_below
}
