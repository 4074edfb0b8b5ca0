//! What Python calls a document: bytes, a text, a dict, a path. All else is refused by its type.

use std::path::{Path, PathBuf};

use bulou::LocalizedText;
use bulou::files::{Document, Documents};
use bulou_messages::texts;
use pyo3::prelude::{Bound, PyAny, PyAnyMethods as _, PyErr, PyResult};
use pyo3::types::{PyByteArray, PyBytes, PyBytesMethods as _, PyDict, PyMemoryView, PyString, PyStringMethods as _};

use crate::error::exception;
use crate::json::{Unfit, kind, write};

/// Endings of the files that documents come in.
const ENDINGS: [&str; 9] = ["json", "ndjson", "jsonl", "xlsx", "xls", "ods", "et", "csv", "zip"];
/// A longer text is no path.
const PATH_CHARS: usize = 1024;

/// A document, called `name` or else as its file is or `otherwise`.
pub fn document(value: &Bound<'_, PyAny>, name: Option<&str>, otherwise: &str) -> Result<Document, Unfit> {
    let called = name.unwrap_or(otherwise);
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Ok(Document::of(called, bytes.as_bytes().to_vec()));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return of_text(text, called);
    }
    if value.is_instance_of::<PyDict>() {
        let mut bytes = Vec::new();
        write(value, &mut bytes)?;
        return Ok(Document::of(called, bytes));
    }
    if value.is_instance_of::<PyByteArray>() || value.is_instance_of::<PyMemoryView>() {
        let bytes = value.py().get_type::<PyBytes>().call1((value,));
        let bytes = bytes.and_then(|bytes| bytes.extract::<Vec<u8>>()).map_err(|error| Unfit::raised(error, value))?;
        return Ok(Document::of(called, bytes));
    }
    if value.hasattr("__fspath__").unwrap_or(false) {
        let path = value.extract::<PathBuf>().map_err(|error| Unfit::raised(error, value))?;
        let document = of_file(&path)?;
        return Ok(match name {
            Some(name) => document.called(name),
            None => document,
        });
    }
    Err(Unfit::Said("type", texts::no_document_give_bytes(&kind(value)).text()))
}

/// The same where one that is none must not cost the others: its report says why.
pub fn any(value: &Bound<'_, PyAny>, name: Option<&str>, otherwise: &str) -> PyResult<Document> {
    match document(value, name, otherwise) {
        Ok(document) => Ok(document),
        Err(Unfit::Said(_, words)) => Ok(Document::unread(name.unwrap_or(otherwise), words)),
        Err(Unfit::Raised(error)) => Err(error),
    }
}

/// What a caller with one document is told.
pub fn raised(value: &Bound<'_, PyAny>, unfit: Unfit) -> PyErr {
    match unfit {
        Unfit::Said(code, words) => exception(value.py(), "DocumentError", code, &words, None),
        Unfit::Raised(error) => error,
    }
}

fn of_text(text: &Bound<'_, PyString>, called: &str) -> Result<Document, Unfit> {
    let Ok(text) = text.to_cow() else {
        return Err(Unfit::Said("surrogate", texts::text_lone_surrogate_none().text()));
    };
    if is_path(&text) {
        return Err(Unfit::Said("path", texts::looks_like_files_name(&text).text()));
    }
    Ok(Document::of(called, text.as_bytes().to_vec()))
}

/// Whether a text is none of JSON and names a file.
fn is_path(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > PATH_CHARS || text.starts_with(['{', '[', '"']) || text.contains('\n')
    {
        return false;
    }
    let ending = Path::new(text).extension().unwrap_or_default();
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)) || Path::new(text).exists()
}

/// A file as `bulou check` takes it; a folder, an archive and lines are several.
fn of_file(path: &Path) -> Result<Document, Unfit> {
    // Standard input has no path.
    let path = if path == Path::new("-") { Path::new("./-") } else { path };
    let words = |error: &bulou::Error| LocalizedText::new(error.lines(bulou::Lang::Zh), error.lines(bulou::Lang::En));
    let mut documents =
        Documents::new(&[path.to_owned()], false).map_err(|error| Unfit::Said("file", words(&error)))?;
    if !path.is_dir()
        && !documents.several()
        && let Some(document) = documents.round().pop()
    {
        return Ok(document);
    }
    Err(Unfit::Said("several", texts::not_one_document_several(&path.display()).text()))
}
