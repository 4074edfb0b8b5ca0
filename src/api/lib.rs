//! Typed calls and answers for callers that hold everything in memory, such as the page. Nothing here knows JavaScript.

pub mod county;
pub mod form;
#[cfg(feature = "verify")]
pub mod published;
pub mod trial;
#[cfg(feature = "xlsx")]
mod workbooks;

use std::borrow::Cow;
use std::collections::BTreeMap;

use bulou_base::date::Date;
use serde::{Deserialize, Serialize};

use self::form::{FormField, form};
use bulou_base::source::{Lines, Source};
use bulou_document::encoding::{Encoding, sniff};
use bulou_document::foreign::foreign;
use bulou_document::shape::Fields;
use bulou_document::{problem, schema};
use bulou_eval::{Checker, Options, Waiver, show};
use bulou_ir::{RuleSet, compiled};
use bulou_messages::diagnostic::{Diagnostic, Lang, Severity, Words};
use bulou_pack::{Files, Loaded, load};
use bulou_report::{Problem, Report, RuleCard, Status};

/// What became of loading a pack.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct LoadAnswer {
    /// The pack, when nothing is wrong but warnings.
    pub pack: Option<PackView>,
    /// What is wrong, in the order of the files.
    pub diagnostics: Vec<DiagnosticView>,
}

/// A pack for people: what it asks, of whom, on what grounds.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct PackView {
    /// `campus-safety`
    pub id: String,
    /// For people.
    pub title: String,
    /// `2022.6.24`
    pub version: String,
    /// Who publishes it.
    pub publisher: String,
    /// First day in force.
    pub effective: Option<String>,
    /// Fingerprint over its files.
    pub sha256: String,
    /// Its parameters with their defaults.
    pub params: Vec<ParamView>,
    /// Its rules.
    pub rules: Vec<RuleCard>,
    /// Its sources, sentence by sentence.
    pub sources: Vec<SourceView>,
    /// The form of its documents.
    pub form: Vec<FormField>,
    /// Keys that must not be in a document; what must not be in one of its records, that record says.
    pub forbidden: Vec<String>,
}

/// A parameter.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct ParamView {
    /// Its name.
    pub name: String,
    /// Its default.
    pub value: String,
    /// What it means.
    pub note: String,
}

/// A text that rules cite.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct SourceView {
    /// Its name in the rules.
    pub name: String,
    /// For people.
    pub label: String,
    /// Its sentences.
    pub sentences: Vec<SentenceView>,
}

/// A sentence of a cited text.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct SentenceView {
    /// One-based line; sentences of one line make a paragraph.
    pub line: usize,
    /// Its words.
    pub text: String,
    /// Ids of the rules that cite it.
    pub rules: Vec<String>,
    /// Why no data shows it.
    pub excuses: Vec<String>,
}

/// What is wrong with a pack, placed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct DiagnosticView {
    /// `E012`
    pub code: &'static str,
    /// Whether the pack cannot be used.
    pub error: bool,
    /// Its file.
    pub file: String,
    /// One-based.
    pub line: usize,
    /// One-based, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do next.
    pub help: String,
}

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
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub lang: LangName,
}

impl From<CheckOptions> for Options {
    fn from(options: CheckOptions) -> Self {
        let params = options.params.into_iter().collect();
        Self { today: options.as_of, params, waivers: options.waivers, lang: options.lang.into() }
    }
}

/// A language by its code.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum LangName {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl From<LangName> for Lang {
    fn from(name: LangName) -> Self {
        match name {
            LangName::Zh => Self::Zh,
            LangName::En => Self::En,
        }
    }
}

/// A loaded pack.
#[derive(Debug)]
pub struct Pack {
    loaded: Loaded,
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
        Self { loaded: load(&Files(files)) }
    }

    /// A pack that [`compiled`] wrote.
    ///
    /// # Errors
    /// The bytes are another build's, cut off or altered: load the pack's own files.
    pub fn from_compiled(bytes: &[u8]) -> Result<Self, Words> {
        let rules = Some(compiled::from_bytes(bytes)?);
        Ok(Self { loaded: Loaded { rules, ..Loaded::default() } })
    }

    /// The pack as bytes that load without a compiler.
    ///
    /// # Errors
    /// The pack has errors.
    pub fn compiled(&self) -> Result<Vec<u8>, String> {
        compiled::to_bytes(self.rules(Lang::En)?)
    }

    /// What the pack is, or what is wrong with it.
    #[must_use]
    pub fn answer(&self, lang: Lang) -> LoadAnswer {
        LoadAnswer { pack: self.loaded.rules.as_ref().map(view), diagnostics: diagnostics(&self.loaded, lang) }
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
    ) -> Result<Report<'_>, String> {
        let lang = options.lang.into();
        let mut checker = checker(self.rules(lang)?, &options.into())?;
        Ok(check_any_encoding(&mut checker, name, bytes, lang, gb18030))
    }

    /// The status of every rule, in the pack's order, without reasons and without waivers: for whoever asks only
    /// whether. Empty when the document cannot be read.
    ///
    /// # Errors
    /// The pack has errors, or a parameter does not fit it.
    pub fn statuses(&self, bytes: &[u8], options: CheckOptions, gb18030: Gb18030<'_>) -> Result<Vec<Status>, String> {
        let lang = options.lang.into();
        let rules = self.rules(lang)?;
        let options: Options = options.into();
        let decoded = decoded(rules, bytes, lang, gb18030);
        Ok(checker(rules, &options)?.statuses(&decoded.utf8, &[options.today]).pop().unwrap_or_default())
    }

    /// An empty document as JSON.
    ///
    /// # Errors
    /// The pack has errors.
    pub fn template(&self, lang: Lang) -> Result<String, String> {
        Ok(format!("{:#}\n", schema::template(&self.rules(lang)?.shape)))
    }

    /// The document's JSON Schema.
    ///
    /// # Errors
    /// The pack has errors.
    pub fn schema(&self, lang: Lang) -> Result<String, String> {
        Ok(format!("{:#}\n", schema::schema(&self.rules(lang)?.shape)))
    }

    fn rules(&self, lang: Lang) -> Result<&RuleSet, String> {
        let words = Words::new("规则集有错误,不能用来检查", "the pack has errors and cannot be used");
        self.loaded.rules.as_ref().ok_or_else(|| words.get(lang).to_owned())
    }
}

/// Decodes bytes in GB18030; it is the caller's, for only the caller has a table.
pub type Gb18030<'d> = &'d dyn Fn(&[u8]) -> Option<String>;

/// A document's text, and what is to be said of how it was had.
#[derive(Debug, Default)]
pub struct Decoded<'b> {
    /// In UTF-8, as far as the bytes could be decoded.
    pub utf8: Cow<'b, [u8]>,
    /// What the report says of it.
    pub notices: Vec<Problem>,
    /// Nothing could be read, for the reason among the notices.
    refused: bool,
    /// The cells of its values, when it is a workbook.
    #[cfg(feature = "xlsx")]
    places: Option<bulou_sheets::Places>,
}

impl Decoded<'_> {
    /// Checks it; `bytes` are those that it was read from.
    pub fn check<'r>(&self, checker: &mut Checker<'r>, name: &str, bytes: &[u8]) -> Report<'r> {
        let (report, readable) = self.unnamed(checker, name, bytes);
        self.named(if readable { checker.judged(report) } else { report })
    }

    /// The same as of its own day, where it has one before the checker's.
    pub fn check_on_own_day<'r>(&self, checker: &mut Checker<'r>, name: &str, bytes: &[u8]) -> Report<'r> {
        let (mut report, readable) = self.unnamed(checker, name, bytes);
        if !readable {
            return self.named(report);
        }
        let own = checker.document_day().filter(|day| *day < report.as_of);
        let today = own.map(|day| checker.set_today(day));
        if today.is_some() {
            // What its dates are depends on the day.
            report = self.unnamed(checker, name, bytes).0;
        }
        let report = self.named(checker.judged(report));
        if let Some(today) = today {
            checker.set_today(today);
        }
        report
    }

    /// Reads it and judges nothing yet, as [`Checker::read`] does.
    pub fn read<'r>(&self, checker: &mut Checker<'r>, name: &str, bytes: &[u8]) -> (Report<'r>, bool) {
        let (report, readable) = self.unnamed(checker, name, bytes);
        (self.named(report), readable)
    }

    fn unnamed<'r>(&self, checker: &mut Checker<'r>, name: &str, bytes: &[u8]) -> (Report<'r>, bool) {
        let notices = self.notices.clone();
        if self.refused {
            return (checker.refused(name, bytes, notices), false);
        }
        checker.read(name, bytes, &self.utf8, notices)
    }

    /// With the cells of a workbook beside its problems and findings.
    fn named<'r>(&self, report: Report<'r>) -> Report<'r> {
        #[cfg(feature = "xlsx")]
        if let Some(places) = &self.places {
            return places.named_in(report);
        }
        report
    }
}

/// The text of a document in UTF-8, or in GB18030 with a notice; with the feature `xlsx` of a workbook, too, which is then
/// parsed here: see [`of_sheets`].
pub fn decoded<'b>(rules: &RuleSet, bytes: &'b [u8], lang: Lang, gb18030: Gb18030<'_>) -> Decoded<'b> {
    #[cfg(feature = "xlsx")]
    if bulou_sheets::is_workbook(bytes) {
        return of_sheets(rules, &bulou_sheets::sheets(bytes), lang);
    }
    #[cfg(not(feature = "xlsx"))]
    let _ = rules;
    let text = if foreign(bytes).is_none() && sniff(bytes) == Encoding::Gb18030 { gb18030(bytes) } else { None };
    let Some(text) = text else { return Decoded { utf8: Cow::Borrowed(bytes), ..Decoded::default() } };
    let words = Words::new(
        "文件是 GB18030(国标)编码,已按它读取;下次请另存为 UTF-8",
        "the file is encoded in GB18030 and was read as such; save it as UTF-8 next time",
    );
    let mut notice = problem("D016", &words, lang);
    notice.notice = true;
    Decoded { utf8: Cow::Owned(text.into_bytes()), notices: vec![notice], ..Decoded::default() }
}

/// The same where the file's name may say that it is a table as text.
pub fn named<'b>(rules: &RuleSet, name: &str, bytes: &'b [u8], lang: Lang, gb18030: Gb18030<'_>) -> Decoded<'b> {
    #[cfg(feature = "xlsx")]
    if let Some(table) = of_table(rules, name, bytes, lang, gb18030) {
        return table;
    }
    #[cfg(not(feature = "xlsx"))]
    let _ = name;
    decoded(rules, bytes, lang, gb18030)
}

/// A table as text by its file's name: one sheet, called as the file is. `None` for any other file.
#[cfg(feature = "xlsx")]
pub fn of_table<'b>(
    rules: &RuleSet,
    name: &str,
    bytes: &[u8],
    lang: Lang,
    gb18030: Gb18030<'_>,
) -> Option<Decoded<'b>> {
    let sheet = sheet_of_table(name, bytes)?;
    let Some(text) = text_of_table(rules, bytes, gb18030) else {
        let words = Words::new(
            "认不出表格的文字编码,或者文件里有损坏、断开的字:请在 Excel 或 WPS 里打开,另存为 .xlsx,或「CSV UTF-8」",
            "the encoding of the table cannot be told, or characters in it are damaged or cut off: open it in a spreadsheet and save it as .xlsx or as CSV in UTF-8",
        );
        return Some(Decoded { notices: vec![problem("D001", &words, lang)], refused: true, ..Decoded::default() });
    };
    Some(of_sheets(rules, &bulou_sheets::of_csv(&sheet, &text), lang))
}

/// What the sheet of a table as text is called, whose file's name says that it is one. `None` for any other file.
#[cfg(feature = "xlsx")]
pub(crate) fn sheet_of_table<'n>(name: &'n str, bytes: &[u8]) -> Option<Cow<'n, str>> {
    let path = std::path::Path::new(name);
    let is_table = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    (is_table && !bulou_sheets::is_workbook(bytes)).then(|| path.file_stem().unwrap_or_default().to_string_lossy())
}

/// A table's text. What is neither UTF-8 nor UTF-16 with its mark is GB18030 where it has a word of the form then: bytes of
/// other encodings are GB18030 as often as not, and damaged UTF-8 too.
#[cfg(feature = "xlsx")]
pub(crate) fn text_of_table<'b>(rules: &RuleSet, bytes: &'b [u8], gb18030: Gb18030<'_>) -> Option<Cow<'b, str>> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        // UTF-16 of ASCII alone is UTF-8 as well.
        return (!text.contains('\0')).then_some(Cow::Borrowed(text));
    }
    if let Some(text) = bulou_document::encoding::utf16(bytes) {
        return (!text.contains('\0')).then_some(Cow::Owned(text));
    }
    let text = gb18030(bytes)?;
    let known = |name: &str| !name.is_ascii() && text.contains(name);
    let tables = 0..rules.shape.tables.len();
    let mut fields =
        tables.filter_map(|table| rules.shape.records(u16::try_from(table).ok()?)).flat_map(|one| &one.fields);
    let fits = !text.contains(['\u{FFFD}', '\0']) && fields.any(|field| known(&field.name) || known(&field.label));
    fits.then_some(Cow::Owned(text))
}

/// The same of a workbook whose sheets were read before, where that could be stopped: see [`bulou_sheets::sheets`].
#[cfg(feature = "xlsx")]
#[must_use]
pub fn of_sheets<'b>(
    rules: &RuleSet,
    sheets: &Result<bulou_sheets::Sheets, bulou_sheets::Refusal>,
    lang: Lang,
) -> Decoded<'b> {
    match bulou_sheets::read_sheets(rules, sheets, lang) {
        Ok(reading) => Decoded {
            utf8: Cow::Owned(reading.text.into_bytes()),
            notices: reading.problems,
            places: Some(reading.places),
            ..Decoded::default()
        },
        Err(problem) => Decoded { notices: vec![problem], refused: true, ..Decoded::default() },
    }
}

/// A checker, or all that keeps its options from fitting the rules.
fn checker<'r>(rules: &'r RuleSet, options: &Options) -> Result<Checker<'r>, String> {
    Checker::new(rules, options).map_err(|words| Words::lines(&words, options.lang))
}

/// Checks a document in any encoding that can be told.
pub fn check_any_encoding<'r>(
    checker: &mut Checker<'r>,
    name: &str,
    bytes: &[u8],
    lang: Lang,
    gb18030: Gb18030<'_>,
) -> Report<'r> {
    decoded(checker.rules(), bytes, lang, gb18030).check(checker, name, bytes)
}

/// What is wrong with a pack, placed, in a language.
#[must_use]
pub fn diagnostics(loaded: &Loaded, lang: Lang) -> Vec<DiagnosticView> {
    let lines: Vec<Lines> = loaded.sources.iter().map(|source| Lines::of(&source.text)).collect();
    loaded.diagnostics.iter().map(|diagnostic| placed(diagnostic, (&loaded.sources, &lines), lang)).collect()
}

fn placed(diagnostic: &Diagnostic, (sources, lines): (&[Source], &[Lines]), lang: Lang) -> DiagnosticView {
    let span = diagnostic.primary.span;
    let index = span.source.0 as usize;
    let (source, lines) = (sources.get(index), lines.get(index));
    let place = source.zip(lines).map(|(source, lines)| lines.position(&source.text, span.start as usize));
    let (line, column) = place.unwrap_or((1, 1));
    DiagnosticView {
        code: diagnostic.code.as_str(),
        error: diagnostic.severity() == Severity::Error,
        file: source.map(|source| source.name.clone()).unwrap_or_default(),
        line,
        column,
        message: diagnostic.message.get(lang).to_owned(),
        help: diagnostic.help.get(lang).to_owned(),
    }
}

fn view(rules: &RuleSet) -> PackView {
    let sets = &rules.shape.option_sets;
    let param = |param: &bulou_ir::Param| ParamView {
        name: param.name.clone(),
        value: show::constant(&param.default, &bulou_eval::param_show(&param.ty), sets, rules.lang),
        note: param.note.clone(),
    };
    let source = |source: &bulou_ir::CitedText| SourceView {
        name: source.name.clone(),
        label: source.label.clone(),
        sentences: source.sentences.iter().map(sentence).collect(),
    };
    PackView {
        id: rules.pack.id.clone(),
        title: rules.title.clone(),
        version: rules.pack.version.clone(),
        publisher: rules.publisher.clone(),
        effective: rules.effective.map(|effective| effective.from.to_string()),
        sha256: rules.pack.sha256.clone(),
        params: rules.params.iter().map(param).collect(),
        rules: rules.rules.iter().map(|rule| rule.card.clone()).collect(),
        sources: rules.sources.iter().map(source).collect(),
        form: form(rules),
        forbidden: rules.shape.document().map(Fields::forbidden_keys).unwrap_or_default(),
    }
}

fn sentence(sentence: &bulou_ir::Sentence) -> SentenceView {
    SentenceView {
        line: sentence.line,
        text: sentence.text.clone(),
        rules: sentence.rules.clone(),
        excuses: sentence.excuses.clone(),
    }
}
