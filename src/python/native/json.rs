//! Python's own values as the JSON of a document. What JSON does not have is refused by its place and type, never guessed.

use bulou::LocalizedText;
use bulou_messages::sentence::Say;
use bulou_messages::texts;
use pyo3::exceptions::PyException;
use pyo3::prelude::{Bound, PyAny, PyAnyMethods as _, PyErr, PyResult, PyStringMethods as _, PyTypeMethods as _};
use pyo3::types::{PyBool, PyBoolMethods as _, PyDict, PyDictMethods as _, PyFloat, PyInt, PyList, PyString, PyTuple};

/// Deeper no value is followed: it may hold itself.
const NESTING: usize = 400;

/// Why a value is no document, or an exception that is none of ours, such as an interrupt.
pub enum Unfit {
    /// In words, with a stable code.
    Said(&'static str, LocalizedText),
    /// To be raised as it is.
    Raised(PyErr),
}

/// One document that raises must not cost the others; what is to end the program still does.
impl Unfit {
    /// An exception of Python's.
    pub fn raised(error: PyErr, value: &Bound<'_, PyAny>) -> Self {
        if error.is_instance_of::<PyException>(value.py()) {
            return Self::Said("unreadable", texts::kind_cannot_read(&kind(value), &error).text());
        }
        Self::Raised(error)
    }
}

/// The name of a value's type.
pub fn kind(value: &Bound<'_, PyAny>) -> String {
    value.get_type().fully_qualified_name().map_or_else(|_| "?".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Writes a value.
pub fn write(value: &Bound<'_, PyAny>, out: &mut Vec<u8>) -> Result<(), Unfit> {
    Writer { out, path: Vec::new() }.value(value)
}

struct Writer<'o> {
    out: &'o mut Vec<u8>,
    /// The steps of the value's JSON Pointer.
    path: Vec<String>,
}

impl Writer<'_> {
    fn value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), Unfit> {
        if self.path.len() > NESTING {
            return Err(self.unfit("nesting", &texts::nests_too_deep_holds()));
        }
        if value.is_none() {
            self.out.extend_from_slice(b"null");
        } else if let Ok(text) = value.cast::<PyString>() {
            self.text(text)?;
        } else if let Ok(truth) = value.cast::<PyBool>() {
            self.out.extend_from_slice(if truth.is_true() { b"true" } else { b"false" });
        } else if value.is_instance_of::<PyInt>() {
            self.whole(value)?;
        } else if let Ok(number) = value.cast::<PyFloat>() {
            self.number(value, number)?;
        } else if let Ok(members) = value.cast::<PyDict>() {
            self.object(members)?;
        } else if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
            self.array(value)?;
        } else {
            self.other(value)?;
        }
        Ok(())
    }

    fn text(&mut self, text: &Bound<'_, PyString>) -> Result<(), Unfit> {
        let Ok(text) = text.to_cow() else {
            return Err(self.unfit("surrogate", &texts::text_lone_surrogate_none()));
        };
        serde_json::to_writer(&mut *self.out, text.as_ref())
            .map_err(|error| self.unfit("text", &error))
    }

    fn whole(&mut self, value: &Bound<'_, PyAny>) -> Result<(), Unfit> {
        // Of an enumeration, a number's own `str` is something else.
        let digits = value.py().get_type::<PyInt>().call_method1("__repr__", (value,));
        let digits =
            digits.and_then(|digits| digits.extract::<String>()).map_err(|error| Unfit::raised(error, value))?;
        self.out.extend_from_slice(digits.as_bytes());
        Ok(())
    }

    fn number(&mut self, value: &Bound<'_, PyAny>, number: &Bound<'_, PyFloat>) -> Result<(), Unfit> {
        let number: f64 = number.extract().map_err(|error| Unfit::raised(error, value))?;
        if !number.is_finite() {
            return Err(self.unfit("nan", &texts::nan_infinite_json_none()));
        }
        serde_json::to_writer(&mut *self.out, &number)
            .map_err(|error| self.unfit("number", &error))
    }

    fn object(&mut self, members: &Bound<'_, PyDict>) -> Result<(), Unfit> {
        self.out.push(b'{');
        for (index, (key, value)) in members.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            let Ok(name) = key.cast::<PyString>() else {
                return Err(self.unfit("key", &texts::key_no_text_but(&kind(&key))));
            };
            self.text(name)?;
            self.out.push(b':');
            self.path.push(name.to_string_lossy().replace('~', "~0").replace('/', "~1"));
            self.value(&value)?;
            self.path.pop();
        }
        self.out.push(b'}');
        Ok(())
    }

    fn array(&mut self, items: &Bound<'_, PyAny>) -> Result<(), Unfit> {
        self.out.push(b'[');
        let items_of = items.try_iter().map_err(|error| Unfit::raised(error, items))?;
        for (index, item) in items_of.enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            self.path.push(index.to_string());
            self.value(&item.map_err(|error| Unfit::raised(error, items))?)?;
            self.path.pop();
        }
        self.out.push(b']');
        Ok(())
    }

    /// A day, and the whole numbers of other libraries; nothing else has one meaning in JSON.
    fn other(&mut self, value: &Bound<'_, PyAny>) -> Result<(), Unfit> {
        let of_class =
            |class: &str| -> PyResult<bool> { value.is_instance(&value.py().import("datetime")?.getattr(class)?) };
        if of_class("date").unwrap_or(false) && !of_class("datetime").unwrap_or(true) {
            let day = value.call_method0("isoformat").and_then(|day| day.extract::<String>());
            let day = day.map_err(|error| Unfit::raised(error, value))?;
            self.out.extend_from_slice(format!("\"{day}\"").as_bytes());
            return Ok(());
        }
        if value.hasattr("__index__").unwrap_or(false) {
            let whole = value.call_method0("__index__").map_err(|error| Unfit::raised(error, value))?;
            return self.whole(&whole);
        }
        Err(self.unfit("type", &texts::kind_json_none_make(&kind(value))))
    }

    fn unfit(&self, code: &'static str, what: &dyn Say) -> Unfit {
        let place: String = self.path.iter().map(|step| format!("/{step}")).collect();
        let words = match place.is_empty() {
            true => texts::place_and_what(&texts::the_whole_value(), what).text(),
            false => texts::place_and_what(&format!("`{place}`"), what).text(),
        };
        Unfit::Said(code, words)
    }
}
