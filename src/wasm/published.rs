//! Published rule files. Calls and answers are JSON texts.

use wasm_bindgen::prelude::*;

use super::json;
use bulou_api::published;

/// Prepares a publication: from a `PublishCall` to a `PublishAnswer`.
#[wasm_bindgen]
pub fn publish(call: &str) -> Result<String, JsError> {
    json(&published::publish(&serde_json::from_str(call)?))
}

/// The files that belong to an index: from a `VerifyCall` to a `NeededAnswer`.
#[wasm_bindgen]
pub fn needed(call: &str) -> Result<String, JsError> {
    json(&published::needed(&serde_json::from_str(call)?))
}

/// Checks published rule files: from a `VerifyCall` to a `VerifyAnswer`.
#[wasm_bindgen]
pub fn receive(call: &str) -> Result<String, JsError> {
    json(&published::receive(&serde_json::from_str(call)?))
}
