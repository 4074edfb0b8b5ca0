//! All that was found, as a table.

use std::sync::Arc;

use arrow_array::builder::{Date32Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, Int64Array};
use bulou::{Lang, Report, Status};

use super::{Few, Words, days, status};
use crate::report::word;

/// A row for each thing that was found: of the document itself, by its code, or of a rule.
#[derive(Default)]
pub(super) struct Findings {
    document: Vec<i64>,
    name: StringBuilder,
    id: Words,
    school: Words,
    code: Words,
    rule: Words,
    title: Words,
    severity: Few,
    status: Few,
    message: StringBuilder,
    paths: ListBuilder<StringBuilder>,
    cells: ListBuilder<StringBuilder>,
    line: Int64Builder,
    due: Date32Builder,
    days_left: Int64Builder,
    done: Date32Builder,
    responsible: Words,
    remedy: Words,
    more: Int64Builder,
}

/// What one row of findings says, beside whose document it is.
#[derive(Default)]
struct Found<'r> {
    code: Option<&'r str>,
    rule: Option<&'r bulou::RuleCard>,
    status: &'r str,
    message: &'r str,
    paths: &'r [String],
    cells: &'r [String],
    line: Option<i64>,
    due: Option<&'r str>,
    days_left: Option<i64>,
    done: Option<&'r str>,
    more: Option<i64>,
}

impl Findings {
    pub(super) fn add(&mut self, place: i64, report: &Report<'_>, lang: Lang) {
        for problem in &report.structure {
            self.row(
                place,
                report,
                Found {
                    code: Some(problem.code.as_str()),
                    status: if problem.notice { "notice" } else { "fault" },
                    message: &problem.message,
                    paths: std::slice::from_ref(&problem.path),
                    cells: problem.cell.as_slice(),
                    line: i64::try_from(problem.line).ok().filter(|line| *line > 0),
                    ..Found::default()
                },
            );
        }
        for rule in &report.rules {
            for finding in &rule.findings {
                self.row(
                    place,
                    report,
                    Found {
                        rule: Some(&rule.card),
                        status: if rule.status == Status::Hint { "hint" } else { word(finding.status) },
                        message: &finding.message,
                        paths: &finding.paths,
                        cells: &finding.cells,
                        due: finding.due.as_deref(),
                        days_left: finding.days_left,
                        done: finding.done.as_deref(),
                        ..Found::default()
                    },
                );
            }
            if rule.more_findings > 0 {
                self.row(
                    place,
                    report,
                    Found {
                        rule: Some(&rule.card),
                        status: status(rule.status),
                        message: &bulou::unlisted(rule.more_findings, lang),
                        more: i64::try_from(rule.more_findings).ok(),
                        ..Found::default()
                    },
                );
            }
        }
    }

    fn row(&mut self, place: i64, report: &Report<'_>, found: Found<'_>) {
        self.document.push(place);
        self.name.append_value(&report.document.name);
        self.id.append_value(&report.subject.id);
        self.school.append_value(&report.subject.name);
        self.code.append_option(found.code);
        self.rule.append_option(found.rule.map(|rule| rule.id.as_str()));
        self.title.append_option(found.rule.map(|rule| rule.title.as_str()));
        self.severity.append_option(found.rule.map(|rule| rule.severity.words(Lang::En)));
        self.status.append_value(found.status);
        self.message.append_value(found.message);
        for (column, texts) in [(&mut self.paths, found.paths), (&mut self.cells, found.cells)] {
            texts.iter().for_each(|text| column.values().append_value(text));
            column.append(true);
        }
        self.line.append_option(found.line);
        self.due.append_option(found.due.and_then(days));
        self.days_left.append_option(found.days_left);
        self.done.append_option(found.done.and_then(days));
        self.responsible.append_option(found.rule.map(|rule| rule.responsible.as_str()));
        self.remedy.append_option(found.rule.map(|rule| rule.remedy.as_str()));
        self.more.append_option(found.more);
    }

    pub(super) fn columns(&mut self, first: i64) -> Vec<ArrayRef> {
        vec![
            places(&self.document, first),
            Arc::new(self.name.finish()),
            Arc::new(self.id.finish()),
            Arc::new(self.school.finish()),
            Arc::new(self.code.finish()),
            Arc::new(self.rule.finish()),
            Arc::new(self.title.finish()),
            Arc::new(self.severity.finish()),
            Arc::new(self.status.finish()),
            Arc::new(self.message.finish()),
            Arc::new(self.paths.finish()),
            Arc::new(self.cells.finish()),
            Arc::new(self.line.finish()),
            Arc::new(self.due.finish()),
            Arc::new(self.days_left.finish()),
            Arc::new(self.done.finish()),
            Arc::new(self.responsible.finish()),
            Arc::new(self.remedy.finish()),
            Arc::new(self.more.finish()),
        ]
    }
}

/// A column of documents by their places among all.
pub(super) fn places(places: &[i64], first: i64) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(places.iter().map(|place| first + place)))
}
