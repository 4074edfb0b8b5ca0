//! Whose result changes between two packs.

use wasm_bindgen::prelude::*;

use super::{Pack, gb18030, json, refused};
use bulou_api::{CheckOptions, trial};
use bulou_messages::diagnostic::Lang;

/// Documents checked by two packs, one after another.
#[wasm_bindgen]
pub struct Effects {
    effects: trial::Effects,
    lang: Lang,
}

#[wasm_bindgen]
impl Effects {
    /// No document yet; each pack has its own `CheckOptions` as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(old: &Pack, old_options: &str, new: &Pack, new_options: &str) -> Result<Self, JsError> {
        let (before, after): (CheckOptions, CheckOptions) =
            (serde_json::from_str(old_options)?, serde_json::from_str(new_options)?);
        let lang = after.lang;
        let effects = trial::Effects::new((&old.pack, before), (&new.pack, after)).map_err(refused(lang))?;
        Ok(Self { effects, lang })
    }

    /// Adds a document.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), JsError> {
        self.effects.add(name, bytes, &gb18030).map_err(refused(self.lang))
    }

    /// Adds a file that could not be read.
    pub fn unread(&mut self, name: &str) {
        self.effects.unread(name);
    }

    /// The `Effects` of `pack::diff` as JSON.
    pub fn found(&self) -> Result<String, JsError> {
        json(self.effects.found())
    }
}
