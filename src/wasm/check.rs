//! Packs that judge documents.

use wasm_bindgen::prelude::*;

use super::{json, lang, refused};
use bulou_base::limits;
use bulou_document::typed::{Asked, Meant};
use bulou_report::{Report, csv};

/// A pack that was compiled before.
#[wasm_bindgen]
pub struct Pack {
    pub(super) pack: bulou_api::Pack,
}

impl Pack {
    pub(super) fn report(
        &self,
        name: &str,
        bytes: &[u8],
        options: bulou_api::CheckOptions,
    ) -> Result<Report<'_>, JsError> {
        let lang = options.lang;
        self.pack.check(name, bytes, options, &gb18030).map_err(refused(lang))
    }
}

/// The browser's own table of GB18030.
pub(super) fn gb18030(bytes: &[u8]) -> Option<String> {
    web_sys::TextDecoder::new_with_label("gb18030").ok()?.decode_with_u8_array(bytes).ok()
}

/// What a person's text means where this is asked for, as JSON: `kind` and `options` are a `FormKind`'s. Nothing when it
/// means none, and stays the text that it is.
#[wasm_bindgen]
pub fn meant(kind: &str, options: Vec<String>, unit: Option<String>, text: &str) -> Result<Option<String>, JsError> {
    let asked = match kind {
        "bool" => Asked::Bool,
        "integer" | "decimal" => Asked::Number,
        "date" => Asked::Date,
        "duration" => Asked::Duration,
        "code" => Asked::Code,
        "option" => Asked::Option(&options),
        _ => Asked::Words,
    };
    asked.meant(unit.as_deref(), text).map(|meant| as_json(&meant)).transpose()
}

fn as_json(meant: &Meant) -> Result<String, JsError> {
    match meant {
        Meant::Bool(value) => json(value),
        Meant::Number(digits) => Ok(digits.clone()),
        Meant::Date(date) => json(&date.to_string()),
        Meant::Text(text) => json(text),
    }
}

/// Whether a text holds nothing that can be seen: where it stands, nothing was filled in.
#[wasm_bindgen(js_name = isBlank)]
#[must_use]
pub fn is_blank(text: &str) -> bool {
    bulou_document::normalize::is_blank(text)
}

/// What of a key tells it from others where it must not be, however it is typed.
#[wasm_bindgen(js_name = keyCore)]
#[must_use]
pub fn key_core(key: &str) -> String {
    bulou_document::forbidden::core(key)
}

/// How many bytes one document may have.
#[wasm_bindgen(js_name = documentLimit)]
#[must_use]
pub fn document_limit() -> usize {
    limits::DOCUMENT_BYTES
}

/// Why a larger one is not read.
#[wasm_bindgen(js_name = tooLarge)]
#[must_use]
pub fn too_large(language: &str) -> String {
    bulou_document::too_large().get(lang(language)).to_owned()
}

#[wasm_bindgen]
impl Pack {
    /// A pack that this build compiled; any other bytes are refused.
    pub fn compiled(bytes: &[u8]) -> Result<Self, JsError> {
        let pack = bulou_api::Pack::from_compiled(bytes)
            .map_err(|error| error.text())
            .map_err(|words| JsError::new(&format!("{} {}", words.zh, words.en)))?;
        Ok(Self { pack })
    }

    /// A `LoadAnswer` as JSON.
    pub fn answer(&self, language: &str) -> Result<String, JsError> {
        json(&self.pack.answer(lang(language)))
    }

    /// A `Report` as JSON, indented as `bulou check --format json` prints it.
    pub fn check(&self, name: &str, bytes: &[u8], options: &str) -> Result<String, JsError> {
        Ok(serde_json::to_string_pretty(&self.report(name, bytes, serde_json::from_str(options)?)?)? + "\n")
    }

    /// One byte a rule, in the pack's order: its status by its place among pass, pending, undetermined, fail, hint and
    /// not applicable. Nothing when the document cannot be read.
    pub fn statuses(&self, bytes: &[u8], options: &str) -> Result<Vec<u8>, JsError> {
        let options: bulou_api::CheckOptions = serde_json::from_str(options)?;
        let lang = options.lang;
        let statuses = self.pack.statuses(bytes, options, &gb18030).map_err(refused(lang))?;
        Ok(statuses.into_iter().map(|status| status as u8).collect())
    }

    /// A report for a spreadsheet, as `bulou check --format csv` prints it.
    pub fn csv(&self, name: &str, bytes: &[u8], options: &str) -> Result<String, JsError> {
        let options: bulou_api::CheckOptions = serde_json::from_str(options)?;
        let lang = options.lang;
        Ok(csv::headings(lang) + &csv::rows(&self.report(name, bytes, options)?, lang))
    }
}
