//! What JavaScript sees: `bulou_api` with texts and bytes. Answers are JSON texts, so that a report is the same byte
//! for byte as the command line's; their types are generated from `api`, `county` and `report`. Every module of the page
//! has its own part of this, by one feature; those of the npm package have `package` besides.
#![cfg(target_arch = "wasm32")]

#[cfg(feature = "checker")]
mod check;
#[cfg(feature = "compiler")]
mod compile;
#[cfg(feature = "compiler")]
mod editor;

#[cfg(feature = "package")]
mod package;

#[cfg(feature = "bureau")]
mod published;
#[cfg(feature = "bureau")]
mod trial;

#[cfg(feature = "office")]
mod county;
#[cfg(feature = "office")]
mod effects;
#[cfg(feature = "office")]
mod intake;
#[cfg(feature = "office")]
mod workbooks;

#[cfg(any(feature = "office", feature = "package"))]
use check::Pack;
#[cfg(feature = "office")]
use check::gb18030;
use wasm_bindgen::prelude::*;

use bulou_messages::diagnostic::Lang;

fn lang(name: &str) -> Lang {
    Lang::from_code(name).unwrap_or_default()
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, JsError> {
    serde_json::to_string(value).map_err(|error| JsError::new(&error.to_string()))
}

#[cfg(feature = "package")]
fn refused(_: Lang) -> impl Fn(bulou_api::Error) -> JsError {
    |error| JsError::new(&package::refusal(&error))
}

#[cfg(all(any(feature = "checker", feature = "compiler"), not(feature = "package")))]
fn refused(lang: Lang) -> impl Fn(bulou_api::Error) -> JsError {
    move |error| JsError::new(&error.lines(lang))
}
