//! What must hold within each record of a document, whatever the rules say: a breach is a fault of the document itself, and
//! so is what happened after it was filled in.

use std::collections::BTreeSet;
use std::ops::Bound;

use crate::checker::too_long;
use crate::evaluator::Evaluator;
use crate::explain::Explainer;
use crate::filed;
use bulou_base::value::{Row, Truth, Value};
use bulou_base::{limits, order};
use bulou_document::locate::owner;
use bulou_document::{Document, Problems, Slot, places, pointer, pointer_of_row};
use bulou_ir::{Constraint, RuleSet};
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;
use bulou_report::{Finding, Problem};

/// Every breach, and every constraint that cannot be judged, with its place in the document's text; `structure` is what
/// is wrong with the document so far. What a constraint asks of those values is not known, and of them only that is said
/// what is wrong with them.
pub(crate) fn breaches(evaluator: &mut Evaluator<'_>, utf8: &[u8], lang: Lang, structure: &[Problem]) -> Vec<Problem> {
    let (rules, document) = (evaluator.rules, evaluator.document);
    let wrong = structure.iter().filter(|problem| !problem.notice).map(|problem| problem.path.as_str());
    let wrong = Wrong(order::set(wrong));
    let (mut found, mut more, mut said) = (Vec::new(), 0, BTreeSet::new());
    let mut unfinished = Vec::new();
    for constraint in &rules.constraints {
        evaluator.begin();
        for index in 0..document.rows(constraint.table) {
            let row = Row { table: constraint.table, index };
            let there = constraint.way.iter().all(|header| *document.slot_at(row, header.slot) == Slot::Present);
            evaluator.bind(constraint.frame, Value::Row(row));
            let truth = if there { evaluator.truth(&constraint.cond) } else { Truth::True };
            if evaluator.is_exhausted() {
                unfinished.push(constraint.cond.text.to_string());
                break;
            }
            if truth == Truth::True {
                continue;
            }
            // Beyond those that are listed a breach is counted, and what nobody can work out changes nothing.
            if found.len() >= limits::STRUCTURE_PROBLEMS {
                more += usize::from(truth == Truth::False);
                continue;
            }
            let Some(breach) = breach(evaluator, constraint, row, truth, &wrong) else { continue };
            // What makes one constraint undecidable may make the next so: a division by zero at one place is said once.
            if !said.insert((breach.code, breach.path.clone(), breach.words.zh.clone())) {
                continue;
            }
            if constraint.cond.hidden && constraint.table != 0 {
                // Which of them it is would tell a value that no report may show.
                found.push(Breach { path: list_of(document, rules, row), ..breach });
                break;
            }
            found.push(breach);
        }
    }
    let (late, later) = filed::later(document, &rules.shape, limits::STRUCTURE_PROBLEMS.saturating_sub(found.len()));
    found.extend(late);
    more += later;
    let mut problems = if found.is_empty() { Vec::new() } else { placed(found, more, utf8, lang) };
    if !unfinished.is_empty() {
        problems.push(too_long(&unfinished, lang));
    }
    problems
}

/// Places of a document at which something is wrong already.
struct Wrong<'p>(BTreeSet<&'p str>);

impl Wrong<'_> {
    /// Whether one of them is a place, stands within it or around it.
    fn touch(&self, path: &str) -> bool {
        let within = format!("{path}/");
        let around = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        self.0.contains(path)
            || self
                .0
                .range::<str, _>((Bound::Included(within.as_str()), Bound::Unbounded))
                .next()
                .is_some_and(|one| one.starts_with(&within))
            || around.filter(|path| !path.is_empty()).any(|path| self.0.contains(path))
    }
}

/// A constraint that does not hold, or of which nobody can say so.
pub(crate) struct Breach {
    pub code: ProblemCode,
    pub path: String,
    pub words: LocalizedText,
}

/// Why a row does not meet a constraint; nothing where that follows from what is wrong already.
fn breach<'d>(
    evaluator: &mut Evaluator<'d>,
    constraint: &'d Constraint,
    row: Row,
    truth: Truth,
    wrong: &Wrong<'_>,
) -> Option<Breach> {
    let (document, shape) = (evaluator.document, &evaluator.rules.shape);
    let message = constraint.message.as_deref();
    let whole = || {
        let record = constraint.way.last().map(|header| header.slot);
        pointer_of_row(document, shape, row, record)
    };
    let is_known = |finding: &Finding| match finding.paths.as_slice() {
        [] => wrong.touch(&whole()),
        paths => paths.iter().any(|path| wrong.touch(path)),
    };
    let mut explainer = Explainer::new(evaluator);
    let (code, words, finding, unexplained) = match truth {
        Truth::False => {
            let failing = explainer.first(&constraint.cond, message);
            (ProblemCode::Contradiction, texts::document_contradicts_itself(), failing, true)
        }
        _ => {
            let (findings, _) = explainer.findings(0, &constraint.cond, message, truth);
            let unexplained = findings.is_empty();
            let open = findings.into_iter().find(|finding| !is_known(finding));
            (ProblemCode::OpenContradiction, texts::whether_document_contradicts_itself(), open, unexplained)
        }
    };
    let (message, path) = match finding {
        Some(finding) => (finding.message, finding.paths.into_iter().next()),
        None if unexplained => (constraint.cond.text.to_string(), None),
        None => return None,
    };
    let words = texts::label_and_message(&words, &message).text();
    Some(Breach { code, path: path.unwrap_or_else(whole), words })
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

fn placed(found: Vec<Breach>, more: usize, utf8: &[u8], lang: Lang) -> Vec<Problem> {
    let text = String::from_utf8_lossy(utf8);
    let places = places::places(&text, found.iter().map(|breach| breach.path.as_str()));
    let mut problems = Problems::new(lang);
    for Breach { code, path, words } in &found {
        let offset = places.get(path.as_str()).copied().unwrap_or_default();
        problems.add(*code, offset, path.clone(), words);
    }
    problems.leave_out(more);
    problems.placed(&text)
}
