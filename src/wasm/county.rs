//! The county's roll-up, in the module that is loaded only for it.

use wasm_bindgen::prelude::*;

use super::{Pack, gb18030, json, refused};
use bulou_county::{CountyReport, Earlier, text, xlsx};
use bulou_messages::diagnostic::Lang;

/// What all schools submitted, folded one document at a time.
#[wasm_bindgen]
pub struct County {
    county: bulou_api::county::County,
    lang: Lang,
}

#[wasm_bindgen]
impl County {
    /// A roll-up that holds nothing yet; `options` is a `CheckOptions` as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(pack: &Pack, options: &str) -> Result<Self, JsError> {
        let options: bulou_api::CheckOptions = serde_json::from_str(options)?;
        let lang = options.lang;
        Ok(Self { county: bulou_api::county::County::new(&pack.pack, options).map_err(refused(lang))?, lang })
    }

    /// Adds a document of a school; an `Added` as JSON.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<String, JsError> {
        json(&self.county.add(name, bytes, &gb18030).map_err(refused(self.lang))?)
    }

    /// Adds a file that could not be read, with the reason for people.
    pub fn unread(&mut self, name: &str, message: &str) {
        self.county.unread(name, message);
    }

    /// Whether a document is the county's own.
    #[wasm_bindgen(js_name = isOwn)]
    #[must_use]
    pub fn is_own(&self, name: &str, bytes: &[u8]) -> bool {
        self.county.is_own(name, bytes, &gb18030)
    }

    /// The county's own document as JSON, whatever file it is.
    pub fn text(&self, name: &str, bytes: &[u8]) -> Result<String, JsError> {
        self.county.text(name, bytes, &gb18030).map_err(refused(self.lang))
    }

    /// What was added so far, as `bulou county --partial` writes it.
    pub fn partial(&self) -> Result<String, JsError> {
        self.county.partial().map_err(refused(self.lang))
    }

    /// Adds what `partial` or the command line wrote.
    pub fn merge(&mut self, partial: &str) -> Result<(), JsError> {
        self.county.merge(partial).map_err(refused(self.lang))
    }

    /// The county's report, with `bytes` as the county's own document and `previous` the bytes of an earlier report.
    pub fn finish(&self, name: &str, bytes: &[u8], previous: Option<Vec<u8>>) -> Result<CountyAnswer, JsError> {
        let read = |bytes: Vec<u8>| Earlier::read(&bytes).map_err(|error| refused(self.lang)(error.into()));
        let previous = previous.map(read).transpose()?;
        let report = self.county.finish(name, bytes, previous.as_ref(), &gb18030).map_err(refused(self.lang))?;
        Ok(CountyAnswer { report, lang: self.lang })
    }
}

/// A county's report and the forms it goes out in.
#[wasm_bindgen]
pub struct CountyAnswer {
    report: CountyReport,
    lang: Lang,
}

#[wasm_bindgen]
impl CountyAnswer {
    /// A `CountyReport` as JSON, indented as `bulou county --format json` prints it.
    pub fn json(&self) -> Result<String, JsError> {
        Ok(serde_json::to_string_pretty(&self.report)? + "\n")
    }

    /// The report as `bulou county` prints it.
    #[cfg(feature = "package")]
    #[must_use]
    pub fn text(&self) -> String {
        bulou_base::sanitize::visible_lines(&text::render(&self.report, self.lang, false))
    }

    /// Schools by rules, as `bulou county --format csv` prints it.
    #[must_use]
    pub fn csv(&self) -> String {
        text::matrix(&self.report, self.lang)
    }

    /// A workbook, as `bulou county --format xlsx` writes it.
    pub fn xlsx(&self) -> Result<Vec<u8>, JsError> {
        let unwritten = |error| bulou_api::Error::Unwritten(Box::new(error));
        xlsx::workbook(&self.report, self.lang).map_err(unwritten).map_err(refused(self.lang))
    }
}
