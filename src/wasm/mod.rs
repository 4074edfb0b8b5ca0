//! What JavaScript sees: [`crate::api`] with texts and bytes. Answers are JSON texts, so that a report is the same byte
//! for byte as the command line's; their types are generated from `api`, `county` and `report`. Every module of the page
//! has its own part of this, by one feature.

#[cfg(feature = "wasm-checker")]
mod check;
#[cfg(feature = "wasm-compiler")]
mod compile;
#[cfg(feature = "wasm-compiler")]
mod editor;

#[cfg(feature = "wasm-bureau")]
mod published;
#[cfg(feature = "wasm-bureau")]
mod trial;

#[cfg(feature = "wasm-office")]
mod county;
#[cfg(feature = "wasm-office")]
mod effects;
#[cfg(feature = "wasm-office")]
mod intake;
#[cfg(feature = "wasm-office")]
mod workbooks;

#[cfg(feature = "wasm-office")]
use check::{Pack, gb18030};
use wasm_bindgen::prelude::*;

use crate::diagnostic::Lang;

fn lang(name: &str) -> Lang {
    if name == "en" { Lang::En } else { Lang::Zh }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, JsError> {
    serde_json::to_string(value).map_err(|error| JsError::new(&error.to_string()))
}

#[cfg(any(feature = "wasm-checker", feature = "wasm-compiler"))]
fn refused(message: String) -> JsError {
    JsError::new(&message)
}
