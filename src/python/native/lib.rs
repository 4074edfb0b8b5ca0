//! The extension module `bulou._native`: the front crate for Python. What a person uses is written in Python, in `bulou/`,
//! with its documentation; here is only what has to be Rust. The modules know nothing of rooms behind the front.

mod county;
mod error;
mod intake;
mod json;
mod pack;
mod report;
mod tables;
mod words;

use std::ffi::OsString;
use std::path::PathBuf;

use pyo3::prelude::{Bound, PyModule, PyModuleMethods as _, PyResult, Python, pyfunction, pymodule, wrap_pyfunction};

/// Runs the command line; the answer is the exit code. The words of a command begin with the program's name.
#[pyfunction]
fn command_line(py: Python<'_>, words: Vec<OsString>) -> u8 {
    py.detach(|| bulou::files::command_line(&words))
}

/// Says how the command line is started in a process of its own.
#[pyfunction]
fn started_by(program: PathBuf, words: Vec<OsString>) {
    bulou::files::started_by(program, words);
}

/// The current day in Asia/Shanghai.
#[pyfunction]
fn today() -> String {
    bulou::files::today()
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(command_line, module)?)?;
    module.add_function(wrap_pyfunction!(started_by, module)?)?;
    module.add_function(wrap_pyfunction!(today, module)?)?;
    module.add_class::<pack::Pack>()?;
    module.add_class::<pack::Settings>()?;
    module.add_class::<report::Report>()?;
    module.add_class::<county::County>()?;
    module.add_class::<county::CountyReport>()?;
    let words = PyModule::new(module.py(), "words")?;
    words::add(&words)?;
    module.add_submodule(&words)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
