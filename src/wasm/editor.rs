//! The services of [`bulou_editor`] for the page. Offsets are JavaScript's own: UTF-16 code units from the start of a
//! file, as `selectionStart` and string indices count them. Answers are JSON texts; each method names the type, which
//! is among those generated with the module. `language` is `zh` or `en`.

use std::collections::BTreeMap;

use wasm_bindgen::prelude::*;

use super::{json, lang};
use bulou_editor::TextRange;

/// A pack that is being edited.
///
/// ```js
/// const editor = new Editor(JSON.stringify({ "规则集.bulou": text, "source/meeting.txt": meeting }));
/// editor.set("规则集.bulou", textarea.value);
/// const problems = JSON.parse(editor.problems("zh"));                          // Problem[]
/// const items = JSON.parse(editor.complete(file, textarea.selectionStart, "zh")); // Completion[]
/// textarea.setRangeText(items[0].insert, items[0].range.start, items[0].range.end, "end");
/// ```
#[wasm_bindgen]
pub struct Editor {
    editor: bulou_editor::Editor,
}

#[wasm_bindgen]
impl Editor {
    /// A pack with these files: a JSON object of paths in the pack and texts. Calendars go by the path that the pack
    /// names, such as `calendar/cn.json`.
    #[wasm_bindgen(constructor)]
    pub fn new(files: &str) -> Result<Self, JsError> {
        let files: BTreeMap<String, String> = serde_json::from_str(files)?;
        let files = files.into_iter().map(|(name, text)| (name, text.into_bytes()));
        Ok(Self { editor: bulou_editor::Editor::new(files) })
    }

    /// A file's text as it is now; a new file is added.
    pub fn set(&mut self, file: &str, text: &str) {
        self.editor.set(file, text);
    }

    /// Takes a file out of the pack.
    pub fn remove(&mut self, file: &str) {
        self.editor.remove(file);
    }

    /// A file's text as it is now.
    pub fn text(&self, file: &str) -> Option<String> {
        self.editor.text(file).map(str::to_owned)
    }

    /// The names of the rule files and cited texts: `string[]`.
    pub fn files(&self) -> Result<String, JsError> {
        json(&self.editor.files().collect::<Vec<_>>())
    }

    /// Everything that is wrong, in the order of the files: `Problem[]`.
    pub fn problems(&mut self, language: &str) -> Result<String, JsError> {
        json(&self.editor.problems(lang(language)))
    }

    /// The problems that touch a range and have a `fix`: `Problem[]`.
    pub fn fixes(&mut self, file: &str, start: u32, end: u32, language: &str) -> Result<String, JsError> {
        json(&self.editor.fixes(file, TextRange { start, end }, lang(language)))
    }

    /// What could be written at a place, the likeliest first: `Completion[]`.
    pub fn complete(&mut self, file: &str, offset: u32, language: &str) -> Result<String, JsError> {
        json(&self.editor.complete(file, offset, lang(language)))
    }

    /// What stands at a place: `Hover | null`.
    pub fn hover(&mut self, file: &str, offset: u32, language: &str) -> Result<String, JsError> {
        json(&self.editor.hover(file, offset, lang(language)))
    }

    /// Where the name at a place is declared: `TextLocation[]`.
    pub fn definition(&mut self, file: &str, offset: u32) -> Result<String, JsError> {
        json(&self.editor.definition(file, offset))
    }

    /// Where the name at a place is declared and used: `TextLocation[]`.
    pub fn references(&mut self, file: &str, offset: u32) -> Result<String, JsError> {
        json(&self.editor.references(file, offset, true))
    }

    /// The changes that give the name at a place another: `TextEdit[]`. Throws the reason where that cannot be.
    pub fn rename(&mut self, file: &str, offset: u32, name: &str, language: &str) -> Result<String, JsError> {
        let language = lang(language);
        json(&self.editor.rename(file, offset, name).map_err(|refused| JsError::new(refused.get(language)))?)
    }

    /// A file in canonical layout. Throws the reason where it has errors.
    pub fn format(&self, file: &str, language: &str) -> Result<String, JsError> {
        self.editor.format(file).map_err(|reason| JsError::new(reason.text().get(lang(language))))
    }

    /// What each piece of a rule file is, for colouring: `Token[]`.
    pub fn tokens(&mut self, file: &str) -> Result<String, JsError> {
        json(&self.editor.tokens(file))
    }

    /// The outline of a rule file: `OutlineItem[]`.
    pub fn symbols(&self, file: &str) -> Result<String, JsError> {
        json(&self.editor.symbols(file))
    }
}
