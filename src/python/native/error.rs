//! Errors as the exceptions of `bulou/_errors.py`, which say everything in both languages.

use bulou::files::visible;
use bulou::{Error, Lang, LocalizedText};
use pyo3::prelude::{PyAnyMethods as _, PyErr, Python};

/// Raises an exception of a class of `bulou._errors`: code, Chinese, English, and more of its arguments.
pub fn exception(py: Python<'_>, class: &str, code: &str, words: &LocalizedText, more: Option<String>) -> PyErr {
    let (zh, en) = (visible(&words.zh), visible(&words.en));
    let class = py.import("bulou._errors").and_then(|module| module.getattr(class));
    let made = class.and_then(|class| match more {
        Some(more) => class.call1((code, zh, en, more)),
        None => class.call1((code, zh, en)),
    });
    made.map_or_else(|error| error, PyErr::from_value)
}

/// What the front refuses.
pub fn refused(py: Python<'_>, error: &Error) -> PyErr {
    let words = LocalizedText::new(error.lines(Lang::Zh), error.lines(Lang::En));
    let (class, code) = match error {
        Error::Pack(_) => return of_pack(py, error, error),
        Error::Day(_) => ("DayError", "day"),
        Error::Unfit(_) | Error::NoCounty(_) | Error::County(_) | Error::Workbook(_) | Error::Unread(_) => {
            ("UnfitError", "unfit")
        }
        Error::Unwritten(_) => ("UnwrittenError", "unwritten"),
        _ => ("Error", "error"),
    };
    exception(py, class, code, &words, None)
}

/// What is wrong with a pack, as it was said in each language.
pub fn of_pack(py: Python<'_>, zh: &Error, en: &Error) -> PyErr {
    let (Error::Pack(found), Error::Pack(other)) = (zh, en) else { return refused(py, zh) };
    let code = found.iter().find(|one| one.error).map_or("pack", |one| one.code);
    let words = LocalizedText::new(zh.lines(Lang::Zh), en.lines(Lang::En));
    let both = serde_json::json!({ "zh": found, "en": other }).to_string();
    exception(py, "PackError", code, &words, Some(both))
}
