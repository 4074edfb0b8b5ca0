//! Workbooks of schools.

use wasm_bindgen::prelude::*;

use super::intake::why_stopped;
use super::{Pack, gb18030, lang, refused};

/// Goes through a workbook's cells and forgets them. A damaged file may end this call in a trap, as no call that holds a
/// value of the module's may end.
#[wasm_bindgen(js_name = probeWorkbook)]
pub fn probe(bytes: &[u8]) {
    bulou_sheets::probe(bytes);
}

/// What is said of a workbook that cannot be gone through.
#[wasm_bindgen(js_name = damagedWorkbook)]
#[must_use]
pub fn damaged(language: &str) -> String {
    bulou_sheets::damaged().get(lang(language)).to_owned()
}

#[wasm_bindgen]
impl Pack {
    /// The report of a workbook whose reading was stopped, after so many seconds or because it ended whoever read it.
    pub fn stopped(&self, name: &str, bytes: &[u8], options: &str, seconds: Option<u32>) -> Result<String, JsError> {
        let refusal = bulou_sheets::Refusal::Stopped(why_stopped(seconds));
        let options: bulou_api::CheckOptions = serde_json::from_str(options)?;
        let lang = options.lang;
        let report = self.pack.refused_workbook(name, bytes, options, refusal).map_err(refused(lang))?;
        Ok(serde_json::to_string_pretty(&report)? + "\n")
    }

    /// A workbook to fill in, as `bulou template --format xlsx` writes it.
    pub fn template(&self, language: &str) -> Result<Vec<u8>, JsError> {
        self.pack.workbook_template().map_err(refused(lang(language)))
    }

    /// A document as a workbook, as `bulou template --fill` writes it.
    pub fn workbook(&self, bytes: &[u8], language: &str) -> Result<Vec<u8>, JsError> {
        self.pack.workbook(bytes, lang(language), &gb18030).map_err(refused(lang(language)))
    }

    /// A document as a workbook with what a check finds at its cells, as `bulou check --annotated` writes it.
    pub fn annotated(&self, name: &str, bytes: &[u8], options: &str) -> Result<Vec<u8>, JsError> {
        let options: bulou_api::CheckOptions = serde_json::from_str(options)?;
        let lang = options.lang;
        self.pack.annotated(name, bytes, options, &gb18030).map_err(refused(lang))
    }

    /// What a workbook says, as JSON; empty when it cannot be read.
    pub fn document(&self, bytes: &[u8], language: &str) -> Result<String, JsError> {
        self.pack.document(bytes, lang(language), &gb18030).map_err(refused(lang(language)))
    }
}
