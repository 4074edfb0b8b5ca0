//! A pack that is edited, tried out. Files are JSON objects of names and texts; answers are JSON texts.

use std::collections::BTreeMap;

use wasm_bindgen::prelude::*;

use super::{json, lang};
use bulou_api::trial;
use bulou_pack::cases;
use bulou_report::Status;

type Texts = BTreeMap<String, String>;

/// Runs a pack's cases: a `CasesAnswer`, or `null` when the pack has errors.
#[wasm_bindgen(js_name = runCases)]
pub fn run_cases(files: &str, language: &str) -> Result<String, JsError> {
    json(&trial::run_cases(&serde_json::from_str(files)?, lang(language)))
}

/// A case file in which the case at a place expects another status of a rule; nothing where there is no such case.
#[wasm_bindgen]
pub fn expecting(text: &str, place: usize, rule: &str, status: &str) -> Result<Option<String>, JsError> {
    let status: Status = serde_json::from_value(status.into())?;
    Ok(cases::expecting(text, place, rule, status))
}

/// How two versions of a pack differ: a `DifferenceView`, or `null` when one has errors.
#[wasm_bindgen]
pub fn difference(old: &str, new: &str, as_of: &str, language: &str) -> Result<String, JsError> {
    let (old, new): (Texts, Texts) = (serde_json::from_str(old)?, serde_json::from_str(new)?);
    let as_of = bulou_base::date::parse(as_of).ok_or_else(|| JsError::new(as_of))?;
    json(&trial::difference(&old, &new, as_of, lang(language)))
}
