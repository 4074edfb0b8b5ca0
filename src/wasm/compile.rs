//! Packs made of rule files, for the modules that judge by them.

use wasm_bindgen::prelude::*;

use super::{json, lang, refused};
use bulou_messages::diagnostic::Lang;

/// A pack that was compiled here.
#[wasm_bindgen]
pub struct Compiled {
    pack: bulou_api::Pack,
}

#[wasm_bindgen]
impl Compiled {
    /// Compiles a pack from a JSON object of file names and texts.
    #[wasm_bindgen(constructor)]
    pub fn new(files: &str) -> Result<Self, JsError> {
        Ok(Self { pack: bulou_api::Pack::load(serde_json::from_str(files)?) })
    }

    /// A `LoadAnswer` as JSON.
    pub fn answer(&self, language: &str) -> Result<String, JsError> {
        json(&self.pack.answer(lang(language)))
    }

    /// The pack for `Pack.compiled` of another module.
    pub fn bytes(&self) -> Result<Vec<u8>, JsError> {
        self.pack.compiled().map_err(refused(Lang::Zh))
    }
}
