//! What the npm package asks for beside what the page does: its refusals in all languages, settings that are looked at by
//! themselves, reports for people, and reports of what is no document.

use wasm_bindgen::prelude::*;

use super::{Pack, json, refused};
use bulou_api::{CheckOptions, Error, Unfit};
use bulou_base::date;
use bulou_base::sanitize::visible_lines;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::texts;
use bulou_report::text::{TextOptions, render};

/// Columns of a report as text, as the command line writes it to no terminal.
const WIDTH: usize = 100;

/// A function of each sentence that the package's JavaScript says.
macro_rules! sentences {
    ($(texts::$sentence:ident($($argument:ident),*);)*) => {
        /// A sentence of the catalogue by its name and words, as `{ zh, en }`; nothing where there is none.
        #[wasm_bindgen]
        pub fn said(sentence: &str, words: Vec<String>) -> Result<Option<String>, JsError> {
            let mut words = words.into_iter();
            let text = match sentence {
                $(stringify!($sentence) => {
                    $(let $argument = words.next().unwrap_or_default();)*
                    texts::$sentence($(&$argument),*).text()
                })*
                _ => return Ok(None),
            };
            json(&visible(&text)).map(Some)
        }
    };
}

sentences! {
    texts::documents_and_names_unequal(documents, names);
    texts::js_day_no_text(kind);
    texts::js_files_unfit(kind);
    texts::js_kind_json_none(kind);
    texts::js_looks_like_file(text);
    texts::js_nan();
    texts::js_no_document(kind);
    texts::js_one_document(kind);
    texts::js_pack_freed();
    texts::js_param_unfit(name, kind);
    texts::js_undefined();
    texts::js_workbook_needs_module();
    texts::key_no_text_but(kind);
    texts::name_no_text(kind);
    texts::nests_too_deep_holds();
    texts::no_document_nothing_was_checked();
    texts::no_iterable_of_documents(kind);
    texts::no_language_only_zh(code);
    texts::place_and_what(place, what);
    texts::report_neither_true_nor_false();
    texts::text_lone_surrogate_none();
    texts::the_whole_value();
    texts::these_no_waivers(error);
}

/// As a terminal may show it: names of others stand in it.
fn visible(text: &LocalizedText) -> LocalizedText {
    LocalizedText::new(visible_lines(&text.zh), visible_lines(&text.en))
}

/// What is refused, as `{ code, zh, en }`.
pub(super) fn refusal(error: &Error) -> String {
    let code = match error {
        Error::Pack(_) => "pack",
        Error::Day(_) => "day",
        Error::Unwritten(_) => "unwritten",
        _ => "unfit",
    };
    let words = visible(&LocalizedText::new(error.lines(Lang::Zh), error.lines(Lang::En)));
    serde_json::json!({ "code": code, "zh": words.zh, "en": words.en }).to_string()
}

/// Refuses what is no day.
#[wasm_bindgen(js_name = askDay)]
pub fn ask_day(text: &str) -> Result<(), JsError> {
    date::parse(text).map(drop).ok_or_else(|| refused(Lang::Zh)(Error::Day(text.to_owned())))
}

/// Refuses what are no waivers, as JSON.
#[wasm_bindgen(js_name = askWaivers)]
pub fn ask_waivers(waivers: &str) -> Result<(), JsError> {
    let read = serde_json::from_str::<Vec<bulou_api::Waiver>>(waivers);
    read.map(drop).map_err(|error| {
        let mut unfit = Unfit::default();
        unfit.waivers.push(texts::these_no_waivers(&error).text());
        refused(Lang::Zh)(unfit.into())
    })
}

#[wasm_bindgen]
impl Pack {
    /// Refuses settings, `CheckOptions` as JSON, that do not fit the pack.
    #[wasm_bindgen(js_name = askSettings)]
    pub fn ask_settings(&self, options: &str) -> Result<(), JsError> {
        self.report("", b"{}", serde_json::from_str(options)?).map(drop)
    }

    /// A report as `bulou check` prints it where there is no terminal.
    pub fn text(&self, name: &str, bytes: &[u8], options: &str) -> Result<String, JsError> {
        let options: CheckOptions = serde_json::from_str(options)?;
        let lang = options.lang;
        let report = self.report(name, bytes, options)?;
        Ok(visible_lines(&render(&report, TextOptions { color: false, width: WIDTH, lang, quiet: false })))
    }

    /// The `Report` of something that is no document, for the reason `words`, which is a sentence as JSON.
    pub fn unread(&self, name: &str, words: &str, options: &str) -> Result<String, JsError> {
        let (words, options): (LocalizedText, CheckOptions) =
            (serde_json::from_str(words)?, serde_json::from_str(options)?);
        let lang = options.lang;
        let report = self.pack.unread(name, &words, options).map_err(refused(lang))?;
        Ok(serde_json::to_string_pretty(&report)? + "\n")
    }
}
