//! Many reports as three tables of Arrow: the schools' documents, the status of every rule for each, and all that was found.
//! Columns are filled as documents are checked, so that no more than a round of reports is in memory.

mod findings;
mod schema;

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Int32Builder, Int64Builder, StringBuilder, StringDictionaryBuilder,
};
use arrow_array::types::{Int8Type, Int32Type};
use arrow_array::{Array as _, ArrayRef, LargeBinaryArray, RecordBatch, make_array};
use arrow_pyarrow::{FromPyArrow, IntoPyArrow as _, Table};
use arrow_schema::ArrowError;
use bulou::files::Document;
use bulou::{Lang, LocalizedText, Report, Status};
use pyo3::prelude::{Bound, PyAny, PyErr, PyResult, Python};

use crate::error::refused;
use crate::pack::Settings;
use crate::report::word;
use bulou_messages::texts;
use findings::{Findings, places};
use schema::schema;

/// Documents of a column that are checked together.
pub const ROUND: usize = 4096;

/// The tables there are.
const NAMES: [&str; 3] = ["schools", "statuses", "findings"];

/// The tables that are wanted, as far as they are filled.
pub struct Tables {
    wanted: Vec<usize>,
    batches: Vec<Vec<RecordBatch>>,
    /// The place of the next document.
    next: i64,
}

impl Tables {
    /// Of these names; others are nothing.
    pub fn new(wanted: &[String]) -> Self {
        let wanted: Vec<usize> =
            wanted.iter().filter_map(|name| NAMES.iter().position(|known| known == name)).collect();
        Self { batches: wanted.iter().map(|_| Vec::new()).collect(), wanted, next: 0 }
    }

    /// Checks a round of documents, and adds what came of it.
    pub fn add(
        &mut self,
        py: Python<'_>,
        pack: &bulou::Pack,
        round: &[Document],
        settings: &Settings,
        jobs: usize,
    ) -> PyResult<()> {
        let wanted = &self.wanted;
        let part = |checker: &mut bulou::Checker<'_>, part: &[Document]| {
            let mut rows = Rows::default();
            for document in part {
                rows.add(&checker.check_document(document), settings.lang, wanted);
            }
            rows
        };
        let parts = py.detach(|| pack.parts(round, &settings.settings, jobs, &part));
        for rows in parts.map_err(|error| refused(py, &error))? {
            let first = self.next;
            self.next += rows.count;
            let batches = rows.finish(&self.wanted, first).map_err(|error| failed(py, error))?;
            self.batches.iter_mut().zip(batches).for_each(|(all, one)| all.push(one));
        }
        Ok(())
    }

    /// The tables as pyarrow's, in the order in which they are wanted.
    pub fn into_python(self, py: Python<'_>) -> PyResult<Vec<Bound<'_, PyAny>>> {
        let tables = self.wanted.iter().zip(self.batches).map(|(kind, batches)| {
            let table = Table::try_new(batches, schema(*kind)).map_err(|error| failed(py, error))?;
            table.into_pyarrow(py)
        });
        tables.collect()
    }
}

fn failed(py: Python<'_>, error: ArrowError) -> PyErr {
    refused(py, &bulou::Error::Unwritten(error.into()))
}

/// Documents in columns.
pub struct Column {
    documents: LargeBinaryArray,
    names: Option<LargeBinaryArray>,
}

impl Column {
    /// Of arrays of pyarrow's, both of the type large binary and of one length.
    pub fn new(documents: &Bound<'_, PyAny>, names: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let column = |array: &Bound<'_, PyAny>| -> PyResult<LargeBinaryArray> {
            let array = make_array(FromPyArrow::from_pyarrow_bound(array)?);
            Ok(array
                .as_any()
                .downcast_ref::<LargeBinaryArray>()
                .cloned()
                .unwrap_or_else(|| LargeBinaryArray::new_null(array.len())))
        };
        Ok(Self { documents: column(documents)?, names: names.map(column).transpose()? })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Those of a round that starts at a row; `first` is the place of the column's first row among all.
    pub fn documents(&self, start: usize, first: usize) -> Vec<Document> {
        let end = (start + ROUND).min(self.len());
        let document = |row: usize| {
            let name = match &self.names {
                Some(names) if names.is_valid(row) => String::from_utf8_lossy(names.value(row)).into_owned(),
                _ => format!("documents[{}]", first + row),
            };
            if self.documents.is_null(row) {
                return Document::unread(&name, nothing());
            }
            Document::of(&name, self.documents.value(row).to_vec())
        };
        (start..end).map(document).collect()
    }
}

fn nothing() -> LocalizedText {
    texts::row_null_holds_no().text()
}

/// A column of words of which there are few.
type Words = StringDictionaryBuilder<Int32Type>;
/// The same of a handful.
type Few = StringDictionaryBuilder<Int8Type>;

/// Rows of all tables; documents are counted from the first of these.
#[derive(Default)]
struct Rows {
    count: i64,
    schools: Schools,
    statuses: Statuses,
    findings: Findings,
}

impl Rows {
    fn add(&mut self, report: &Report<'_>, lang: Lang, wanted: &[usize]) {
        let place = self.count;
        self.count += 1;
        for kind in wanted {
            match kind {
                0 => self.schools.add(place, report),
                1 => self.statuses.add(place, report),
                _ => self.findings.add(place, report, lang),
            }
        }
    }

    /// The tables that are wanted, where documents before these are `first`.
    fn finish(mut self, wanted: &[usize], first: i64) -> Result<Vec<RecordBatch>, ArrowError> {
        let batch = |kind: &usize| {
            let columns = match kind {
                0 => self.schools.columns(first),
                1 => self.statuses.columns(first),
                _ => self.findings.columns(first),
            };
            RecordBatch::try_new(schema(*kind), columns)
        };
        wanted.iter().map(batch).collect()
    }
}

/// A row a document.
#[derive(Default)]
struct Schools {
    document: Vec<i64>,
    name: StringBuilder,
    sha256: StringBuilder,
    id: StringBuilder,
    school: StringBuilder,
    as_of: Date32Builder,
    verdict: Few,
    is_submission: BooleanBuilder,
    counts: [Int32Builder; 6],
    faults: Int32Builder,
}

/// The statuses in the order of their columns.
const STATUSES: [Status; 6] =
    [Status::Pass, Status::Fail, Status::Pending, Status::Undetermined, Status::Hint, Status::NotApplicable];

impl Schools {
    fn add(&mut self, place: i64, report: &Report<'_>) {
        self.document.push(place);
        self.name.append_value(&report.document.name);
        self.sha256.append_value(&report.document.sha256);
        self.id.append_value(&report.subject.id);
        self.school.append_value(&report.subject.name);
        self.as_of.append_option(days(&report.as_of.to_string()));
        self.verdict.append_value(word(report.verdict));
        self.is_submission.append_value(report.is_submission());
        for (column, status) in self.counts.iter_mut().zip(STATUSES) {
            column.append_value(i32::try_from(report.counts.of(status)).unwrap_or(i32::MAX));
        }
        let faults = report.structure.iter().filter(|problem| !problem.notice).count();
        self.faults.append_value(i32::try_from(faults).unwrap_or(i32::MAX));
    }

    fn columns(&mut self, first: i64) -> Vec<ArrayRef> {
        let mut columns: Vec<ArrayRef> = vec![
            places(&self.document, first),
            Arc::new(self.name.finish()),
            Arc::new(self.sha256.finish()),
            Arc::new(self.id.finish()),
            Arc::new(self.school.finish()),
            Arc::new(self.as_of.finish()),
            Arc::new(self.verdict.finish()),
            Arc::new(self.is_submission.finish()),
        ];
        columns.extend(self.counts.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef));
        columns.push(Arc::new(self.faults.finish()));
        columns
    }
}

/// A row a document and rule.
#[derive(Default)]
struct Statuses {
    document: Vec<i64>,
    id: Words,
    rule: Words,
    status: Few,
    vacuous: BooleanBuilder,
    because: StringBuilder,
    due: Date32Builder,
    days_left: Int64Builder,
}

impl Statuses {
    fn add(&mut self, place: i64, report: &Report<'_>) {
        for rule in &report.rules {
            self.document.push(place);
            self.id.append_value(&report.subject.id);
            self.rule.append_value(&rule.card.id);
            self.status.append_value(status(rule.status));
            self.vacuous.append_value(rule.vacuous);
            self.because.append_option(rule.because.as_deref());
            self.due.append_option(rule.due.as_deref().and_then(days));
            self.days_left.append_option(rule.days_left);
        }
    }

    fn columns(&mut self, first: i64) -> Vec<ArrayRef> {
        vec![
            places(&self.document, first),
            Arc::new(self.id.finish()),
            Arc::new(self.rule.finish()),
            Arc::new(self.status.finish()),
            Arc::new(self.vacuous.finish()),
            Arc::new(self.because.finish()),
            Arc::new(self.due.finish()),
            Arc::new(self.days_left.finish()),
        ]
    }
}

/// The word for a status in reports.
fn status(status: Status) -> &'static str {
    match status {
        Status::Pass => "pass",
        Status::Pending => "pending",
        Status::Undetermined => "undetermined",
        Status::Fail => "fail",
        Status::Hint => "hint",
        Status::NotApplicable => "not_applicable",
    }
}

/// Days from 1970 on to a day that is written `2022-06-28` (H. Hinnant's `days_from_civil`).
fn days(day: &str) -> Option<i32> {
    let mut parts = day.splitn(3, '-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}
