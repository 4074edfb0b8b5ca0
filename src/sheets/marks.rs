//! What a report says of single cells.

use bulou_base::order;
use bulou_messages::texts;
use std::collections::BTreeMap;

use bulou_messages::diagnostic::Lang;
use bulou_report::{Report, RuleSeverity, Status};

use super::place::{Place, Places};

/// What is said of one cell.
#[derive(Debug)]
pub(super) struct Mark {
    /// The gravest of the findings.
    pub status: Status,
    /// Their words.
    pub lines: Vec<String>,
}

/// What is said of cells.
#[derive(Debug, Default)]
pub(super) struct Marks(BTreeMap<Place, Mark>);

impl Marks {
    /// The findings of a report at the cells of the values that decided them.
    pub fn new(report: &Report<'_>, places: &Places, lang: Lang) -> Self {
        let mut marks: BTreeMap<Place, Mark> = BTreeMap::new();
        for remark in remarks(report, lang) {
            let line = format!("{}: {}", written(remark.status, lang), remark.message);
            for place in remark.paths.iter().filter_map(|path| places.find(path)) {
                let mark = marks.entry(place.clone()).or_insert(Mark { status: remark.status, lines: Vec::new() });
                if weight(remark.status) < weight(mark.status) {
                    mark.status = remark.status;
                }
                if !mark.lines.contains(&line) {
                    mark.lines.push(line.clone());
                }
            }
        }
        Self(marks)
    }

    pub fn at(&self, place: &Place) -> Option<&Mark> {
        self.0.get(place)
    }
}

/// How a status is written in a cell.
pub(super) fn written(status: Status, lang: Lang) -> String {
    format!("{} {}", status.mark(), status.words(lang))
}

/// Every status as it may be written.
fn all_written() -> impl Iterator<Item = String> {
    let all = [Status::Fail, Status::Undetermined, Status::Pending, Status::Hint, Status::Pass, Status::NotApplicable];
    all.into_iter().flat_map(|status| [Lang::Zh, Lang::En].map(|lang| written(status, lang)))
}

/// Whether a cell holds a status.
pub(super) fn is_status(text: &str) -> bool {
    all_written().any(|status| status == text)
}

/// Whether a line is one of such a note.
pub(super) fn is_mark(line: &str) -> bool {
    all_written().any(|status| line.strip_prefix(&status).is_some_and(|rest| rest.starts_with(": ")))
}

/// One thing that a report says.
pub(super) struct Remark<'r> {
    pub status: Status,
    pub title: &'r str,
    pub message: &'r str,
    pub paths: &'r [String],
    /// Where it stood in the workbook that was checked.
    pub cell: &'r str,
    pub remedy: &'r str,
    pub responsible: &'r str,
    pub due: &'r str,
}

/// Everything that a report says of what is not a plain pass, gravest first.
pub(super) fn remarks<'r>(report: &'r Report<'_>, lang: Lang) -> Vec<Remark<'r>> {
    let structure = report.structure.iter().map(|problem| Remark {
        status: match problem.code {
            code if code.fails() => Status::Fail,
            _ if problem.notice => Status::Hint,
            _ => Status::Undetermined,
        },
        title: texts::file_itself().get(lang),
        message: &problem.message,
        paths: std::slice::from_ref(&problem.path),
        cell: problem.cell.as_deref().unwrap_or_default(),
        remedy: "",
        responsible: "",
        due: "",
    });
    let rules = report.rules.iter().flat_map(|rule| {
        rule.findings.iter().map(move |finding| Remark {
            status: if rule.card.severity == RuleSeverity::Hint { Status::Hint } else { finding.status.into() },
            title: &rule.card.title,
            message: &finding.message,
            paths: &finding.paths,
            cell: "",
            remedy: &rule.card.remedy,
            responsible: &rule.card.responsible,
            due: finding.due.as_deref().unwrap_or_default(),
        })
    });
    let mut all: Vec<_> = structure.chain(rules).collect();
    order::sort_by_key(&mut all, |remark| weight(remark.status));
    all
}

fn weight(status: Status) -> u8 {
    match status {
        Status::Fail => 0,
        Status::Undetermined => 1,
        Status::Pending => 2,
        Status::Hint => 3,
        Status::Pass | Status::NotApplicable => 4,
    }
}
