//! Typed calls and answers for callers that hold everything in memory, such as the page. Nothing here knows JavaScript.

pub mod county;
mod decoded;
mod error;
pub mod form;
#[cfg(feature = "verify")]
pub mod published;
pub mod trial;
mod view;
#[cfg(feature = "xlsx")]
mod workbooks;

use std::collections::BTreeMap;
use std::sync::Mutex;

use bulou_base::date::Date;
use serde::Deserialize;

pub use decoded::{Decoded, Gb18030, check_any_encoding, decoded, named};
#[cfg(feature = "xlsx")]
pub use decoded::{of_sheets, of_table};
#[cfg(feature = "xlsx")]
use decoded::{sheet_of_table, text_of_table};
pub use error::Error;
pub use view::{DiagnosticView, LoadAnswer, PackView, ParamView, SentenceView, SourceView, diagnostics};

use bulou_document::{TextMemo, schema};
use bulou_eval::{Checker, Options};
pub use bulou_eval::{Unfit, Waiver};
use bulou_ir::{RuleSet, compiled};
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_pack::{Files, Loaded, load};
use bulou_report::{Report, Status};

/// What a check depends on besides the document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct CheckOptions {
    /// 今天, `2022-06-28`
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    #[serde(deserialize_with = "bulou_base::date::deserialize")]
    pub as_of: Date,
    /// Parameters that override the pack's.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Record<string, string>"))]
    pub params: BTreeMap<String, String>,
    /// The bureau's waivers.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "unknown[]"))]
    pub waivers: Vec<Waiver>,
    /// Language of the tool's own words: `zh` or `en`.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "\"zh\" | \"en\""))]
    pub lang: Lang,
}

impl From<CheckOptions> for Options {
    fn from(options: CheckOptions) -> Self {
        let params = options.params.into_iter().collect();
        Self { today: options.as_of, params, waivers: options.waivers, lang: options.lang }
    }
}

/// A loaded pack.
#[derive(Debug)]
pub struct Pack {
    loaded: Loaded,
    /// What fields took in the documents that were checked.
    memo: Mutex<TextMemo>,
}

impl Pack {
    /// Loads a pack from its files by path.
    ///
    /// ```
    /// use bulou_api::Pack;
    /// let text = "规则集 a \"甲\" { 版本 1 }
    /// 数据 学校 { 好: 是否 }
    /// 规则 r \"乙\" { 要求 好 }";
    /// let pack = Pack::load([("a.bulou".into(), text.into())].into());
    /// assert_eq!(pack.answer(bulou_messages::diagnostic::Lang::En).pack.map(|pack| pack.title), Some("甲".into()));
    /// ```
    #[must_use]
    pub fn load(files: BTreeMap<String, String>) -> Self {
        let files = files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
        Self { loaded: load(&Files(files)), memo: Mutex::default() }
    }

    /// A pack that [`compiled`] wrote.
    ///
    /// # Errors
    /// The bytes are another build's, cut off or altered: load the pack's own files.
    pub fn from_compiled(bytes: &[u8]) -> Result<Self, compiled::Error> {
        let rules = Some(compiled::from_bytes(bytes)?);
        Ok(Self { loaded: Loaded { rules, ..Loaded::default() }, memo: Mutex::default() })
    }

    /// The pack as bytes that load without a compiler.
    ///
    /// # Errors
    /// The pack has errors.
    pub fn compiled(&self) -> Result<Vec<u8>, Error> {
        compiled::to_bytes(self.rules()?).map_err(|error| Error::Unwritten(error.into()))
    }

    /// What the pack is, or what is wrong with it.
    #[must_use]
    pub fn answer(&self, lang: Lang) -> LoadAnswer {
        LoadAnswer { pack: self.loaded.rules.as_ref().map(view::view), diagnostics: diagnostics(&self.loaded, lang) }
    }

    /// Checks a document.
    ///
    /// # Errors
    /// The pack has errors, or a parameter or waiver does not fit it.
    pub fn check(
        &self,
        name: &str,
        bytes: &[u8],
        options: CheckOptions,
        gb18030: Gb18030<'_>,
    ) -> Result<Report<'_>, Error> {
        let lang = options.lang;
        self.with_checker(&options.into(), |checker| check_any_encoding(checker, name, bytes, lang, gb18030))
    }

    /// The report of a document that could not be had, for the reason that `words` give: it never passes.
    ///
    /// # Errors
    /// As [`Pack::check`].
    pub fn unread(&self, name: &str, words: &LocalizedText, options: CheckOptions) -> Result<Report<'_>, Error> {
        self.with_checker(&options.into(), |checker| checker.unread(name, words))
    }

    /// The status of every rule, in the pack's order, without reasons and without waivers: for whoever asks only
    /// whether. Empty when the document cannot be read.
    ///
    /// # Errors
    /// The pack has errors, or a parameter does not fit it.
    pub fn statuses(&self, bytes: &[u8], options: CheckOptions, gb18030: Gb18030<'_>) -> Result<Vec<Status>, Error> {
        let decoded = decoded(self.rules()?, bytes, options.lang, gb18030);
        let options: Options = options.into();
        let of = |checker: &mut Checker<'_>| checker.statuses(&decoded.utf8, &[options.today]).pop();
        Ok(self.with_checker(&options, of)?.unwrap_or_default())
    }

    /// What a checker says that has the memo of the documents before. Of several threads one has it.
    fn with_checker<'p, T>(&'p self, options: &Options, say: impl FnOnce(&mut Checker<'p>) -> T) -> Result<T, Error> {
        let checker = Checker::new(self.rules()?, options)?;
        let mut kept = self.memo.try_lock().ok();
        let memo = kept.as_deref_mut().map(std::mem::take).unwrap_or_default();
        let mut checker = checker.with_memo(memo);
        let said = say(&mut checker);
        if let Some(kept) = &mut kept {
            **kept = checker.into_memo();
        }
        Ok(said)
    }

    /// An empty document as JSON.
    ///
    /// # Errors
    /// The pack has errors.
    pub fn template(&self) -> Result<String, Error> {
        Ok(format!("{:#}\n", schema::template(&self.rules()?.shape)))
    }

    /// The document's JSON Schema.
    ///
    /// # Errors
    /// The pack has errors.
    pub fn schema(&self) -> Result<String, Error> {
        Ok(format!("{:#}\n", schema::schema(&self.rules()?.shape)))
    }

    fn rules(&self) -> Result<&RuleSet, Error> {
        self.loaded.rules.as_ref().ok_or_else(|| Error::Pack(diagnostics(&self.loaded, Lang::Zh)))
    }
}
