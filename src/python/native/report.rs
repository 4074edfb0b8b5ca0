//! Reports of documents. They borrow from their pack, so that those of one call are kept together with it.

use std::sync::Arc;

use bulou::files::{page, text};
use bulou::{Lang, Verdict};
use pyo3::prelude::{PyErr, PyResult, Python, pyclass, pymethods};

use crate::error::refused;

type Reports<'p> = Vec<bulou::Report<'p>>;

self_cell::self_cell!(
    /// A pack, and reports by its rules.
    pub struct Batch {
        owner: Arc<bulou::Pack>,
        #[covariant]
        dependent: Reports,
    }
);

/// What a check answers about one document.
#[pyclass(frozen, module = "bulou._native")]
pub struct Report {
    batch: Arc<Batch>,
    index: usize,
    lang: Lang,
}

impl Batch {
    /// Reports by a pack, where a call makes them.
    pub fn of<F>(pack: &Arc<bulou::Pack>, make: F) -> Result<Self, bulou::Error>
    where
        F: for<'p> FnOnce(&'p bulou::Pack) -> Result<Reports<'p>, bulou::Error>,
    {
        Self::try_new(Arc::clone(pack), |pack| make(pack))
    }
}

impl Report {
    /// The reports of a batch, in order.
    pub fn all(batch: Batch, lang: Lang) -> impl Iterator<Item = Self> {
        let count = batch.borrow_dependent().len();
        let batch = Arc::new(batch);
        (0..count).map(move |index| Self { batch: Arc::clone(&batch), index, lang })
    }

    fn with<T>(&self, py: Python<'_>, use_report: impl FnOnce(&bulou::Report<'_>) -> T) -> PyResult<T> {
        let report = self.batch.borrow_dependent().get(self.index);
        report.map(use_report).ok_or_else(|| lost(py))
    }
}

/// No report is without its batch.
fn lost(py: Python<'_>) -> PyErr {
    refused(py, &bulou::Error::Unwritten("no report".into()))
}

/// The word for a verdict in reports.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Pending => "pending",
        Verdict::Undetermined => "undetermined",
        Verdict::Fail => "fail",
    }
}

#[pymethods]
impl Report {
    #[getter]
    fn verdict(&self, py: Python<'_>) -> PyResult<&'static str> {
        self.with(py, |report| word(report.verdict))
    }

    #[getter]
    fn is_submission(&self, py: Python<'_>) -> PyResult<bool> {
        self.with(py, |report| report.is_submission())
    }

    #[getter]
    fn name(&self, py: Python<'_>) -> PyResult<String> {
        self.with(py, |report| report.document.name.clone())
    }

    #[getter]
    fn subject(&self, py: Python<'_>) -> PyResult<(String, String)> {
        self.with(py, |report| (report.subject.id.clone(), report.subject.name.clone()))
    }

    /// As `bulou check --format json` writes it, or in one line as `ndjson` does.
    fn json(&self, py: Python<'_>, pretty: bool) -> PyResult<String> {
        let json = self.with(py, |report| {
            let json = if pretty { serde_json::to_string_pretty(report) } else { serde_json::to_string(report) };
            json.map(|json| json + "\n")
        })?;
        json.map_err(|error| refused(py, &bulou::Error::Unwritten(error.into())))
    }

    fn text(&self, py: Python<'_>) -> PyResult<String> {
        self.with(py, |report| text(report, self.lang))
    }

    fn html(&self, py: Python<'_>) -> PyResult<String> {
        self.with(py, |report| page(report, self.lang))
    }
}
