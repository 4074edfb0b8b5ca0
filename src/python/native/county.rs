//! Counties: what all schools submitted, folded.

use std::sync::{Arc, Mutex, PoisonError};

use bulou::files::{county_page, county_text};
use bulou::{Error, Lang, Part};
use pyo3::prelude::{Bound, Py, PyAny, PyRef, PyResult, Python, pyclass, pymethods};

use crate::error::refused;
use crate::intake::{document, raised};
use crate::pack::{Pack, Settings, rounds};
use crate::report::{Batch, Report, word};

/// What was added so far; no document is kept.
#[pyclass(frozen, module = "bulou._native")]
pub struct County {
    pack: Arc<bulou::Pack>,
    settings: Py<Settings>,
    part: Mutex<Part>,
}

impl County {
    fn merge_part(&self, py: Python<'_>, part: Part) -> PyResult<()> {
        let merged = py.detach(|| self.part.lock().unwrap_or_else(PoisonError::into_inner).merge(part));
        merged.map_err(|error| refused(py, &error))
    }

    fn part(&self, py: Python<'_>) -> Part {
        py.detach(|| self.part.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

#[pymethods]
impl County {
    #[new]
    fn new(py: Python<'_>, pack: PyRef<'_, Pack>, settings: Py<Settings>) -> PyResult<Self> {
        let pack = Arc::clone(&pack.pack);
        let part = pack.county(&settings.get().settings).map(bulou::County::into_part);
        let part = Mutex::new(part.map_err(|error| refused(py, &error))?);
        Ok(Self { pack, settings, part })
    }

    /// Adds a school's document, and answers its report.
    fn add(&self, value: &Bound<'_, PyAny>, name: Option<&str>) -> PyResult<Report> {
        let py = value.py();
        let document = document(value, name, "document").map_err(|unfit| raised(value, unfit))?;
        let settings = self.settings.get();
        let mut part = None;
        let judged = py.detach(|| {
            Batch::of(&self.pack, |pack| {
                let mut county = pack.county(&settings.settings)?;
                let report = county.add_document(&document);
                part = Some(county.into_part());
                Ok(vec![report])
            })
        });
        let batch = judged.map_err(|error| refused(py, &error))?;
        if let Some(part) = part {
            self.merge_part(py, part)?;
        }
        Report::all(batch, settings.lang).next().ok_or_else(|| refused(py, &Error::Unwritten("no report".into())))
    }

    /// Adds what an iterator gives, documents with their names; the answer is how many there were.
    fn add_many(&self, documents: &Bound<'_, PyAny>, jobs: usize) -> PyResult<usize> {
        let py = documents.py();
        let failed = |error: Error| refused(py, &error);
        let mut county = self.pack.county(&self.settings.get().settings).map_err(failed)?;
        let mut count = 0;
        rounds(documents, |round| {
            count += round.len();
            py.detach(|| county.add_documents(&round, jobs)).map_err(failed)
        })?;
        self.merge_part(py, county.into_part())?;
        Ok(count)
    }

    fn partial(&self, py: Python<'_>) -> PyResult<String> {
        let part = self.part(py);
        py.detach(|| part.write()).map(|json| json + "\n").map_err(|error| refused(py, &error))
    }

    fn merge(&self, py: Python<'_>, partial: &str) -> PyResult<()> {
        let part = py.detach(|| Part::read(partial)).map_err(|error| refused(py, &error))?;
        self.merge_part(py, part)
    }

    /// The county's report by its own document, beside an earlier report's JSON.
    fn report(&self, value: &Bound<'_, PyAny>, name: Option<&str>, earlier: Option<&str>) -> PyResult<CountyReport> {
        let py = value.py();
        let document = document(value, name, "county").map_err(|unfit| raised(value, unfit))?;
        let (part, settings) = (self.part(py), self.settings.get());
        let finish = || -> Result<bulou::CountyReport, Error> {
            let mut county = self.pack.county(&settings.settings)?;
            county.add_part(part)?;
            county.finish_document(&document, earlier.map(str::as_bytes))
        };
        let report = py.detach(finish).map_err(|error| refused(py, &error))?;
        Ok(CountyReport { report, lang: settings.lang })
    }
}

/// What a county's check answers.
#[pyclass(frozen, module = "bulou._native")]
pub struct CountyReport {
    report: bulou::CountyReport,
    lang: Lang,
}

#[pymethods]
impl CountyReport {
    /// The verdict of the county's rules.
    #[getter]
    fn verdict(&self) -> &'static str {
        word(self.report.verdict)
    }

    /// The worst of that and of all schools' own.
    #[getter]
    fn overall(&self) -> &'static str {
        word(self.report.overall)
    }

    /// As `bulou county --format json` writes it.
    fn json(&self, py: Python<'_>) -> PyResult<String> {
        let json = py.detach(|| serde_json::to_string_pretty(&self.report));
        json.map(|json| json + "\n").map_err(|error| refused(py, &Error::Unwritten(error.into())))
    }

    fn text(&self, py: Python<'_>) -> String {
        py.detach(|| county_text(&self.report, self.lang))
    }

    fn html(&self, py: Python<'_>) -> String {
        py.detach(|| county_page(&self.report, self.lang))
    }
}
