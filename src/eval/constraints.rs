//! What must hold within each record of a document, whatever the rules say: a breach is a fault of the document itself.

use crate::data::locate::owner;
use crate::data::{Document, Problems, Slot, places, pointer, pointer_of_row};
use crate::diagnostic::{Lang, Words};
use crate::eval::explain::Explainer;
use crate::eval::machine::Machine;
use crate::ir::{Constraint, RuleSet};
use crate::limits;
use crate::report::{Problem, Verdict};
use crate::value::{Row, Truth, Value};

/// Every breach, with its place in the document's text. What a constraint asks of blanks is not known, and of them only
/// that is said which they are.
pub(crate) fn breaches(machine: &mut Machine<'_>, utf8: &[u8], lang: Lang) -> Vec<Problem> {
    let (rules, document) = (machine.rules, machine.document);
    let (mut found, mut more) = (Vec::new(), 0);
    for constraint in &rules.constraints {
        for index in 0..document.rows(constraint.table) {
            let row = Row { table: constraint.table, index };
            let there = constraint.way.iter().all(|header| *document.slot_at(row, header.slot) == Slot::Present);
            machine.bind(constraint.frame, Value::Row(row));
            if !there || machine.truth(&constraint.cond) != Truth::False {
                continue;
            }
            if constraint.cond.hidden && constraint.table != 0 {
                // Which of them it is would tell a value that no report may show.
                found.extend(breach(machine, constraint, row).map(|(_, words)| (list_of(document, rules, row), words)));
                break;
            }
            if found.len() < limits::STRUCTURE_PROBLEMS {
                found.extend(breach(machine, constraint, row));
            } else {
                more += 1;
            }
        }
    }
    let mut problems = if found.is_empty() { Vec::new() } else { placed(found, more, utf8, lang) };
    if machine.steps == 0 {
        problems.push(super::too_long(lang));
    }
    problems
}

/// Where a row breaks a constraint, and the words for it.
fn breach<'d>(machine: &mut Machine<'d>, constraint: &'d Constraint, row: Row) -> Option<(String, Words)> {
    let message = constraint.message.as_deref();
    let (findings, _) = Explainer::new(machine).findings(0, &constraint.cond, message, Truth::False);
    // What fails says more than a blank beside it.
    let finding = findings.into_iter().min_by_key(|finding| finding.status != Verdict::Fail)?;
    let whole = || {
        let record = constraint.way.last().map(|header| header.slot);
        pointer_of_row(machine.document, &machine.rules.shape, row, record)
    };
    let path = finding.paths.into_iter().next().unwrap_or_else(whole);
    let words = Words::new(
        format!("数据自相矛盾:{}", finding.message),
        format!("the document contradicts itself: {}", finding.message),
    );
    Some((path, words))
}

/// The outermost list that a row stands in.
fn list_of(document: &Document, rules: &RuleSet, row: Row) -> String {
    let mut path = String::new();
    let mut row = row;
    while let Some((parent, slot, _)) = owner(document, &rules.shape, row) {
        path = pointer(document, &rules.shape, parent, slot);
        row = parent;
    }
    path
}

fn placed(found: Vec<(String, Words)>, more: usize, utf8: &[u8], lang: Lang) -> Vec<Problem> {
    let text = String::from_utf8_lossy(utf8);
    let places = places::places(&text, found.iter().map(|(path, _)| path.as_str()));
    let mut problems = Problems::new(lang);
    for (path, words) in &found {
        let offset = places.get(path.as_str()).copied().unwrap_or_default();
        problems.add("D033", offset, path.clone(), words);
    }
    problems.leave_out(more);
    problems.placed(&text)
}
