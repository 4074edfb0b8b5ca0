//! What formats for programs say of a report: each remark with where in the submitted file it is about.

use bulou_base::source::Lines;
use bulou_document::places::places;
use bulou_messages::diagnostic::Lang;
use bulou_report::{Report, RuleResult, RuleSeverity, Verdict, unlisted};
use bulou_sheets::{is_workbook, position};

use crate::inputs::Input;

/// How grave a remark is for a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// What tells it from others of the same rule, wherever in its list its element stands: its field first.
    pub key: String,
    /// How many findings it stands for: more than one where it says how many are not listed.
    pub times: usize,
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
pub fn remarks<'r>(report: &'r Report<'_>, input: &Input, lang: Lang) -> Vec<Remark<'r>> {
    let findings = || report.rules.iter().flat_map(|rule| rule.findings.iter().map(move |finding| (rule, finding)));
    // A workbook has cells for lines.
    let text = if is_workbook(input.content.as_deref().unwrap_or_default()) { "".into() } else { input.text() };
    let pointer = |paths: &'r [String]| paths.first().map_or("", String::as_str);
    let lines = Lines::of(&text);
    let places = places(&text, findings().map(|(_, finding)| pointer(&finding.paths)));
    let structure = report.structure.iter().map(|problem| Remark {
        id: problem.code.as_str(),
        rule: None,
        key: format!("{}\0", unplaced(&problem.path)),
        times: 1,
        level: if problem.notice { Level::Note } else { Level::Error },
        message: at(problem.cell.as_deref(), &problem.message),
        pointer: &problem.path,
        // What a workbook has no cell for still stands in its file.
        line: problem.line.max(1) + input.first_line - 1,
        column: problem.column.max(1),
        cell: problem.cell.as_deref(),
    });
    let findings = findings().map(|(rule, finding)| {
        let pointer = pointer(&finding.paths);
        let cell = finding.cells.first().map(String::as_str).filter(|cell| !cell.is_empty());
        let (line, column) = match cell {
            Some(cell) => position(cell),
            None if finding.hidden => (1, 1),
            None => lines.position(&text, places.get(pointer).copied().unwrap_or_default()),
        };
        let level = level(rule.card.severity, finding.status);
        let message = at(cell, &format!("{}: {}", rule.card.title, finding.message));
        let line = line + input.first_line - 1;
        // Which element is named first hangs on the order of a list.
        let field = finding.paths.iter().map(|path| unplaced(path)).min().unwrap_or_default();
        let key = format!("{field}\0{}\0{}", finding.requirement, finding.item);
        Remark { id: &rule.card.id, rule: Some(rule), key, times: 1, level, message, pointer, line, column, cell }
    });
    let unlisted = report.rules.iter().filter(|rule| rule.more_findings > 0).map(|rule| Remark {
        id: &rule.card.id,
        rule: Some(rule),
        key: "\0…".into(),
        times: rule.more_findings,
        level: level(rule.card.severity, rule.findings.first().map_or(Verdict::Undetermined, |finding| finding.status)),
        message: format!("{}: {}", rule.card.title, unlisted(rule.more_findings, lang)),
        pointer: "",
        line: input.first_line,
        column: 1,
        cell: None,
    });
    structure.chain(findings).chain(unlisted).collect()
}

/// A JSON Pointer without the places in lists: they change when a list is put into another order.
fn unplaced(pointer: &str) -> String {
    let named = |step: &&str| !step.bytes().all(|byte| byte.is_ascii_digit());
    pointer.split('/').filter(named).collect::<Vec<_>>().join("/")
}

/// How grave it is that a rule of some severity has a status.
pub fn level(severity: RuleSeverity, status: Verdict) -> Level {
    match (severity, status) {
        (RuleSeverity::Hint, _) | (_, Verdict::Pass | Verdict::Pending) => Level::Note,
        (_, Verdict::Undetermined) => Level::Warning,
        (_, Verdict::Fail) => Level::Error,
    }
}

/// A message that begins with its cell, for tools that show no more than a line.
fn at(cell: Option<&str>, message: &str) -> String {
    cell.map_or_else(|| message.to_owned(), |cell| format!("{cell} {message}"))
}
