//! Formats for CI, with what is wrong marked where it stands in the submitted file; pages to read and to print.

pub mod county;
pub mod github;
pub mod html;
pub mod junit;
pub mod notices;
pub mod sarif;
pub mod trace;

use bulou::data::places::places;
use bulou::report::{Report, RuleResult, RuleSeverity, Verdict};
use bulou::source::position;
use bulou::xlsx::{self, is_workbook};

use super::inputs::Input;

/// How grave a remark is for a machine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It does not hold, or the file itself is wrong.
    Error,
    /// It could not be judged.
    Warning,
    /// It is not due yet, or is advice.
    Note,
}

/// One thing to say of one place in a file.
pub struct Remark<'r> {
    /// The rule's id, or the code of a problem with the file itself.
    pub id: &'r str,
    /// The rule, unless the file itself is the trouble.
    pub rule: Option<&'r RuleResult<'r>>,
    pub level: Level,
    pub message: String,
    /// Where in the document: a JSON Pointer.
    pub pointer: &'r str,
    /// One-based.
    pub line: usize,
    /// One-based, in characters.
    pub column: usize,
    /// The cell of a workbook; line and column are its row and column then.
    pub cell: Option<&'r str>,
}

/// Everything that a report has to say, in its order.
pub fn remarks<'r>(report: &'r Report<'_>, input: &Input) -> Vec<Remark<'r>> {
    let findings = || report.rules.iter().flat_map(|rule| rule.findings.iter().map(move |finding| (rule, finding)));
    // A workbook has cells for lines.
    let text = if is_workbook(input.content.as_deref().unwrap_or_default()) { "".into() } else { input.text() };
    let pointer = |paths: &'r [String]| paths.first().map_or("", String::as_str);
    let places = places(&text, findings().map(|(_, finding)| pointer(&finding.paths)));
    let structure = report.structure.iter().map(|problem| Remark {
        id: problem.code,
        rule: None,
        level: if problem.notice { Level::Note } else { Level::Error },
        message: at(problem.cell.as_deref(), &problem.message),
        pointer: &problem.path,
        line: problem.line + input.first_line - 1,
        column: problem.column,
        cell: problem.cell.as_deref(),
    });
    let findings = findings().map(|(rule, finding)| {
        let pointer = pointer(&finding.paths);
        let cell = finding.cells.first().map(String::as_str).filter(|cell| !cell.is_empty());
        let (line, column) = match cell {
            Some(cell) => xlsx::position(cell),
            None => position(&text, places.get(pointer).copied().unwrap_or_default()),
        };
        let level = match (rule.card.severity, finding.status) {
            (RuleSeverity::Hint, _) | (_, Verdict::Pass | Verdict::Pending) => Level::Note,
            (_, Verdict::Undetermined) => Level::Warning,
            (_, Verdict::Fail) => Level::Error,
        };
        let message = at(cell, &format!("{}: {}", rule.card.title, finding.message));
        let line = line + input.first_line - 1;
        Remark { id: &rule.card.id, rule: Some(rule), level, message, pointer, line, column, cell }
    });
    structure.chain(findings).collect()
}

/// A message that begins with its cell, for tools that show no more than a line.
fn at(cell: Option<&str>, message: &str) -> String {
    cell.map_or_else(|| message.to_owned(), |cell| format!("{cell} {message}"))
}
