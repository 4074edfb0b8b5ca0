//! Packs, and documents checked by them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bulou::files::{self, Document, Documents};
use bulou::{Lang, LocalizedText, Waiver};
use pyo3::prelude::{Bound, PyAny, PyAnyMethods as _, PyErr, PyResult, Python, pyclass, pymethods};

use bulou_messages::texts;
use crate::error::{exception, of_pack, refused};
use crate::intake::{any, document, raised};
use crate::report::{Batch, Report};
use crate::tables;

/// Documents that are taken from Python before they are checked together; between two rounds an interrupt is heard.
pub const ROUND: usize = 256;

/// A rule pack.
#[pyclass(frozen, module = "bulou._native")]
pub struct Pack {
    pub pack: Arc<bulou::Pack>,
    pub lang: Lang,
}

/// The day, parameters and waivers of checks, and the language of their words.
#[pyclass(frozen, module = "bulou._native")]
pub struct Settings {
    pub settings: bulou::Settings,
    pub lang: Lang,
}

/// A language by its code.
fn language(py: Python<'_>, code: &str) -> PyResult<Lang> {
    Lang::from_code(code)
        .ok_or_else(|| exception(py, "Error", "lang", &texts::no_language_only_zh(&code).text(), None))
}

/// Something as JSON text.
fn json(py: Python<'_>, value: &impl serde::Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| refused(py, &bulou::Error::Unwritten(error.into())))
}

impl Pack {
    fn load(py: Python<'_>, files: BTreeMap<String, Vec<u8>>, lang: Lang) -> PyResult<Self> {
        py.detach(|| {
            let load =
                |lang| bulou::Pack::load(files.iter().map(|(name, text)| (name.as_str(), text.as_slice())), lang);
            load(lang).map_err(|error| match lang {
                Lang::Zh => (load(Lang::En).err(), error),
                Lang::En => (Some(error), load(Lang::Zh).err().unwrap_or(bulou::Error::Pack(Vec::new()))),
            })
        })
        .map(|pack| Self { pack: Arc::new(pack), lang })
        .map_err(|(en, zh)| of_pack(py, &zh, en.as_ref().unwrap_or(&zh)))
    }

    fn batch(&self, py: Python<'_>, documents: &[Document], settings: &Settings, jobs: usize) -> PyResult<Batch> {
        let judged = py.detach(|| {
            Batch::of(&self.pack, |pack| {
                pack.each(documents, &settings.settings, jobs, &|checker, document| checker.check_document(document))
            })
        });
        judged.map_err(|error| refused(py, &error))
    }
}

#[pymethods]
impl Pack {
    /// A pack from its folder, or the one in the program.
    #[staticmethod]
    fn open(py: Python<'_>, folder: Option<PathBuf>, lang: &str) -> PyResult<Self> {
        let lang = language(py, lang)?;
        let read = py.detach(|| files::pack(folder.as_deref().map(Path::new), lang));
        Self::load(py, read.map_err(|error| refused(py, &error))?, lang)
    }

    /// A pack from its files.
    #[staticmethod]
    fn of_files(py: Python<'_>, files: BTreeMap<String, Vec<u8>>, lang: &str) -> PyResult<Self> {
        Self::load(py, files, language(py, lang)?)
    }

    #[getter]
    fn info(&self) -> (String, String, String) {
        let info = self.pack.info();
        (info.id.clone(), info.version.clone(), info.sha256.clone())
    }

    #[getter]
    fn lang(&self) -> &'static str {
        self.lang.code()
    }

    #[getter]
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.pack.files().clone()
    }

    fn warnings(&self, py: Python<'_>) -> PyResult<String> {
        json(py, &self.pack.warnings())
    }

    fn rules(&self, py: Python<'_>) -> PyResult<String> {
        json(py, &self.pack.rules().collect::<Vec<_>>())
    }

    fn schema(&self, py: Python<'_>) -> PyResult<String> {
        json(py, &self.pack.schema())
    }

    fn template(&self, py: Python<'_>) -> PyResult<String> {
        json(py, &self.pack.template())
    }

    /// What its cases show: each case with its mismatches, what is wrong with their files, what no case covers.
    fn cases(&self, py: Python<'_>) -> PyResult<String> {
        let results = py.detach(|| self.pack.cases());
        let both = |words: &LocalizedText| serde_json::json!([files::visible(&words.zh), files::visible(&words.en)]);
        let case = |case: &bulou::CaseResult| {
            let wrong: Vec<_> = case.mismatches.words().map(|words| both(&words)).collect();
            serde_json::json!({ "file": case.file, "place": case.place, "title": case.title, "wrong": wrong })
        };
        let cases: Vec<_> = results.cases.iter().map(case).collect();
        let problems: Vec<_> = results.problems.iter().map(both).collect();
        let uncovered: Vec<_> = results.uncovered.iter().map(|one| both(&bulou::not_covered(one))).collect();
        json(py, &serde_json::json!({ "cases": cases, "problems": problems, "uncovered": uncovered }))
    }

    /// Checks one document.
    fn check(&self, value: &Bound<'_, PyAny>, name: Option<&str>, settings: &Settings) -> PyResult<Report> {
        let py = value.py();
        let document = document(value, name, "document").map_err(|unfit| raised(value, unfit))?;
        let batch = self.batch(py, &[document], settings, 1)?;
        Report::all(batch, settings.lang)
            .next()
            .ok_or_else(|| refused(py, &bulou::Error::Unwritten("no report".into())))
    }

    /// Checks what an iterator gives: documents, each with its name or none.
    fn check_many(&self, documents: &Bound<'_, PyAny>, settings: &Settings, jobs: usize) -> PyResult<Vec<Report>> {
        let py = documents.py();
        let mut reports = Vec::new();
        rounds(documents, |round| {
            let batch = self.batch(py, &round, settings, jobs)?;
            reports.extend(Report::all(batch, settings.lang));
            Ok(())
        })?;
        Ok(reports)
    }

    /// Checks the documents of files, folders and archives.
    fn check_files(
        &self,
        py: Python<'_>,
        paths: Vec<PathBuf>,
        lines: bool,
        settings: &Settings,
        jobs: usize,
    ) -> PyResult<Vec<Report>> {
        let mut reports = Vec::new();
        py.detach(|| {
            let mut documents =
                Documents::new(&paths, lines).map_err(|error| Python::attach(|py| refused(py, &error)))?;
            loop {
                let round = documents.round();
                if round.is_empty() {
                    return Ok::<(), PyErr>(());
                }
                Python::attach(|py| {
                    py.check_signals()?;
                    let batch = self.batch(py, &round, settings, jobs)?;
                    reports.extend(Report::all(batch, settings.lang));
                    Ok::<(), PyErr>(())
                })?;
            }
        })?;
        Ok(reports)
    }

    /// Checks the same as `check_many`, into tables of Arrow: those that are named.
    fn tables<'py>(
        &self,
        documents: &Bound<'py, PyAny>,
        settings: &Settings,
        jobs: usize,
        wanted: Vec<String>,
    ) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let py = documents.py();
        let mut tables = tables::Tables::new(&wanted);
        rounds(documents, |round| tables.add(py, &self.pack, &round, settings, jobs))?;
        tables.into_python(py)
    }

    /// The same of columns of Arrow, as arrays of large binary: the documents, and their names where there are any.
    fn tables_of_columns<'py>(
        &self,
        columns: Vec<(Bound<'py, PyAny>, Option<Bound<'py, PyAny>>)>,
        settings: &Settings,
        jobs: usize,
        wanted: Vec<String>,
        py: Python<'py>,
    ) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let mut tables = tables::Tables::new(&wanted);
        let mut first = 0;
        for (documents, names) in &columns {
            let column = tables::Column::new(documents, names.as_ref())?;
            for start in (0..column.len()).step_by(tables::ROUND) {
                py.check_signals()?;
                let round = column.documents(start, first);
                tables.add(py, &self.pack, &round, settings, jobs)?;
            }
            first += column.len();
        }
        tables.into_python(py)
    }
}

/// Takes documents from an iterator of pairs of document and name, a round after another.
pub fn rounds(pairs: &Bound<'_, PyAny>, mut take: impl FnMut(Vec<Document>) -> PyResult<()>) -> PyResult<()> {
    let mut round = Vec::new();
    for (index, pair) in pairs.try_iter()?.enumerate() {
        let (value, name): (Bound<'_, PyAny>, Option<String>) = pair?.extract()?;
        round.push(any(&value, name.as_deref(), &format!("documents[{index}]"))?);
        if round.len() == ROUND {
            pairs.py().check_signals()?;
            take(std::mem::take(&mut round))?;
        }
    }
    if round.is_empty() { Ok(()) } else { take(round) }
}

#[pymethods]
impl Settings {
    #[new]
    fn new(py: Python<'_>, as_of: &str, params: BTreeMap<String, String>, waivers: &str, lang: &str) -> PyResult<Self> {
        let lang = language(py, lang)?;
        let settings = bulou::Settings::on(as_of).map_err(|error| refused(py, &error))?;
        let waivers: Vec<Waiver> = serde_json::from_str(waivers).map_err(|error| {
            let words =
                texts::these_no_waivers(&error).text();
            exception(py, "UnfitError", "waivers", &words, None)
        })?;
        let settings =
            params.iter().fold(settings.waivers(waivers), |settings, (name, value)| settings.param(name, value));
        Ok(Self { settings: settings.lang(lang), lang })
    }

    #[getter]
    fn lang(&self) -> &'static str {
        self.lang.code()
    }
}
