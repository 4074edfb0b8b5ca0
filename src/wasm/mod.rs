//! What JavaScript sees: [`crate::api`] with texts and bytes. Answers are JSON texts, so that a report is the same byte
//! for byte as the command line's; their types are generated from `api`, `county` and `report`.

#[cfg(feature = "wasm-office")]
mod county;
#[cfg(feature = "wasm-office")]
mod intake;
#[cfg(feature = "wasm-office")]
mod workbooks;

#[cfg(feature = "wasm-compiler")]
mod editor;
#[cfg(feature = "wasm-office")]
mod effects;
#[cfg(feature = "wasm-compiler")]
mod published;
#[cfg(feature = "wasm-compiler")]
mod trial;

use wasm_bindgen::prelude::*;

use crate::api;
use crate::diagnostic::Lang;
use crate::report::{Report, csv};

/// A loaded pack.
#[wasm_bindgen]
pub struct Pack {
    pack: api::Pack,
}

fn lang(name: &str) -> Lang {
    if name == "en" { Lang::En } else { Lang::Zh }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, JsError> {
    serde_json::to_string(value).map_err(|error| JsError::new(&error.to_string()))
}

fn refused(message: String) -> JsError {
    JsError::new(&message)
}

impl Pack {
    fn report(&self, name: &str, bytes: &[u8], options: api::CheckOptions) -> Result<Report, JsError> {
        self.pack.check(name, bytes, options, &gb18030).map_err(refused)
    }
}

/// The browser's own table of GB18030.
fn gb18030(bytes: &[u8]) -> Option<String> {
    web_sys::TextDecoder::new_with_label("gb18030").ok()?.decode_with_u8_array(bytes).ok()
}

#[wasm_bindgen]
impl Pack {
    /// A pack that this build compiled.
    pub fn compiled(bytes: &[u8]) -> Result<Self, JsError> {
        Ok(Self { pack: api::Pack::from_compiled(bytes).map_err(refused)? })
    }

    /// Compiles a pack from a JSON object of file names and texts.
    #[cfg(feature = "wasm-compiler")]
    pub fn compile(files: &str) -> Result<Self, JsError> {
        let files = serde_json::from_str(files)?;
        Ok(Self { pack: api::Pack::load(files) })
    }

    /// The pack for `Pack.compiled` of another module.
    #[cfg(feature = "wasm-compiler")]
    pub fn bytes(&self) -> Result<Vec<u8>, JsError> {
        self.pack.compiled().map_err(refused)
    }

    /// A `LoadAnswer` as JSON.
    pub fn answer(&self, language: &str) -> Result<String, JsError> {
        json(&self.pack.answer(lang(language)))
    }

    /// A `Report` as JSON, indented as `bulou check --format json` prints it.
    pub fn check(&self, name: &str, bytes: &[u8], options: &str) -> Result<String, JsError> {
        Ok(serde_json::to_string_pretty(&self.report(name, bytes, serde_json::from_str(options)?)?)? + "\n")
    }

    /// A report for a spreadsheet, as `bulou check --format csv` prints it.
    pub fn csv(&self, name: &str, bytes: &[u8], options: &str) -> Result<String, JsError> {
        let options: api::CheckOptions = serde_json::from_str(options)?;
        let lang = options.lang.into();
        Ok(csv::headings(lang) + &csv::rows(&self.report(name, bytes, options)?, lang))
    }
}
