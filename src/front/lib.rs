//! Bulou (不漏, "nothing left out"): a rules and compliance checker. Rule text and documents go in, reports come out; nothing
//! is read from disk, clock or network.
//!
//! ```
//! use bulou::{Lang, Pack, Settings, Verdict};
//!
//! let rules = "规则集 demo \"演示\" { 版本 1 }
//! 来源 文 外部 \"文\"
//! 数据 学校 { 保安人数: 整数 范围 0 至 100 }
//! 规则 保安 \"有保安\" { 依据 文 要求 保安人数 >= 1 不符 \"没有保安\" }";
//! let pack = Pack::load([("demo.bulou", rules)], Lang::En)?;
//! let mut checker = pack.checker(&Settings::on("2022-06-28")?)?;
//!
//! let report = checker.check("a.json", "{\"规则集\": \"demo\", \"保安人数\": 0}".as_bytes());
//! assert_eq!(report.verdict, Verdict::Fail);
//! // What is missing is never met: nothing can be said of it yet.
//! let report = checker.check("b.json", "{\"规则集\": \"demo\"}".as_bytes());
//! assert_eq!(report.verdict, Verdict::Undetermined);
//! # Ok::<(), bulou::Error>(())
//! ```
//!
//! The rooms behind it are crates of their own (`bulou-syntax`, `bulou-eval`, …; see `ARCHITECTURE.md`); what they export is for
//! each other and changes as they do.

#[cfg(feature = "cli")]
pub mod files;

use std::collections::BTreeMap;

use bulou_api::county::{own, part};
use bulou_api::{Decoded, named};
use bulou_base::date;
use bulou_county::{Earlier, Roll, contribution, since};
use bulou_eval::{Checker as Evaluator, Options};
use bulou_ir::RuleSet;

pub use bulou_api::{DiagnosticView as Diagnostic, Error};
pub use bulou_county::CountyReport;
pub use bulou_eval::Waiver;
pub use bulou_messages::diagnostic::{Lang, LocalizedText};
pub use bulou_messages::problem_codes::ProblemCode;
pub use bulou_pack::cases::{CaseResult, CaseResults, not_covered};
pub use bulou_report::{
    Citation, Counts, Finding, PackInfo, Problem, Reason, Report, RuleCard, RuleResult, Status, Verdict, unlisted,
};

/// What a check depends on besides the rules and the document.
#[derive(Clone, Debug)]
pub struct Settings(Options);

impl Settings {
    /// A check on a day, `2022-06-28`, with the pack's own parameters and no waivers, in Chinese.
    ///
    /// # Errors
    /// [`Error::Day`]
    pub fn on(day: &str) -> Result<Self, Error> {
        date::parse(day).map(|day| Self(Options::on(day))).ok_or_else(|| Error::Day(day.to_owned()))
    }

    /// A parameter that overrides the pack's, as text.
    #[must_use]
    pub fn param(mut self, name: &str, value: &str) -> Self {
        self.0.params.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Rules that schools need not meet until a day.
    #[must_use]
    pub fn waivers(mut self, waivers: impl IntoIterator<Item = Waiver>) -> Self {
        self.0.waivers.extend(waivers);
        self
    }

    /// The language of the program's own words.
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> Self {
        self.0.lang = lang;
        self
    }
}

/// A rule pack that can be checked by.
#[derive(Debug)]
pub struct Pack {
    rules: RuleSet,
    warnings: Vec<Diagnostic>,
    files: bulou_pack::Files,
}

impl Pack {
    /// Compiles a pack from its files: paths within the pack, with `/`, and their texts. What is
    /// wrong is said in `lang`.
    ///
    /// # Errors
    /// [`Error::Pack`] with everything that is wrong, warnings too.
    pub fn load<N, T>(files: impl IntoIterator<Item = (N, T)>, lang: Lang) -> Result<Self, Error>
    where
        N: Into<String>,
        T: Into<Vec<u8>>,
    {
        let files = bulou_pack::Files(files.into_iter().map(|(name, text)| (name.into(), text.into())).collect());
        let mut loaded = bulou_pack::load(&files);
        let found = bulou_api::diagnostics(&loaded, lang);
        match loaded.rules.take() {
            Some(rules) => Ok(Self { rules, warnings: found, files }),
            None => Err(Error::Pack(found)),
        }
    }

    /// What its compiler warns of.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// What it is: id, version, fingerprint.
    #[must_use]
    pub fn info(&self) -> &PackInfo {
        &self.rules.pack
    }

    /// Its rules: what each asks, of whom, on what grounds.
    pub fn rules(&self) -> impl Iterator<Item = &RuleCard> {
        self.rules.rules.iter().map(|rule| &rule.card)
    }

    /// The files that it was loaded from.
    #[must_use]
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files.0
    }

    /// Runs its cases, `cases/*.json`. That there are none is a problem of them.
    #[must_use]
    pub fn cases(&self) -> CaseResults {
        if bulou_pack::cases::none(&self.files) {
            return CaseResults { problems: vec![bulou_pack::cases::untried()], ..CaseResults::default() };
        }
        bulou_pack::cases::run(&self.rules, &self.files)
    }

    /// The JSON Schema (2020-12) of its documents.
    #[must_use]
    pub fn schema(&self) -> serde_json::Value {
        bulou_document::schema::schema(&self.rules.shape)
    }

    /// An empty document.
    #[must_use]
    pub fn template(&self) -> serde_json::Value {
        bulou_document::schema::template(&self.rules.shape)
    }

    /// Checks documents one after another.
    ///
    /// # Errors
    /// [`Error::Unfit`]: a parameter or waiver that the pack does not have, or whose value does not fit.
    pub fn checker(&self, settings: &Settings) -> Result<Checker<'_>, Error> {
        Ok(Checker(Evaluator::new(&self.rules, &settings.0)?))
    }

    /// Rolls schools up into a county's report.
    ///
    /// # Errors
    /// As [`Pack::checker`]; [`Error::NoCounty`]: the pack has no `数据 全县`.
    pub fn county(&self, settings: &Settings) -> Result<County<'_>, Error> {
        County::of(&self.rules, settings)
    }
}

/// Checks any number of documents by one pack, as of one day.
#[derive(Debug)]
pub struct Checker<'p>(Evaluator<'p>);

impl<'p> Checker<'p> {
    /// Checks a document: JSON in UTF-8 or GB18030; with the feature `xlsx` a workbook, or by its name a CSV file, too. Whatever
    /// cannot be read is in the report, whose verdict is then [`Verdict::Fail`] or [`Verdict::Undetermined`].
    pub fn check(&mut self, name: &str, bytes: &[u8]) -> Report<'p> {
        let text = named(self.0.rules(), name, bytes, self.0.lang(), &gb18030);
        text.check(&mut self.0, name, bytes)
    }
}

/// What all schools of a county submitted, folded one document at a time: no document is kept, and the order in which they
/// come changes nothing.
#[derive(Debug)]
pub struct County<'p> {
    part: &'p bulou_ir::County,
    options: Options,
    checker: Checker<'p>,
    roll: Roll,
}

impl<'p> County<'p> {
    fn of(rules: &'p RuleSet, settings: &Settings) -> Result<Self, Error> {
        let mut checker = Checker(Evaluator::new(rules, &settings.0)?);
        let part = part(rules)?;
        let roll = Roll::of(&mut checker.0);
        Ok(Self { part, options: settings.0.clone(), checker, roll })
    }

    /// Adds a school's document and answers its own report.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Report<'p> {
        let report = self.checker.check(name, bytes);
        self.roll.add(contribution(&self.checker.0, self.part, &report, bytes), self.options.lang);
        report
    }

    /// What was added so far, apart from the rules.
    #[must_use]
    pub fn into_part(self) -> Part {
        Part(self.roll)
    }

    /// Adds what another county of the same pack and settings held.
    ///
    /// # Errors
    /// [`Error::County`]: it is of other rules, another day or other parameters.
    pub fn add_part(&mut self, part: Part) -> Result<(), Error> {
        Ok(self.roll.merge(part.0)?)
    }

    /// What was added so far, as JSON for [`County::merge`] of another process.
    ///
    /// # Errors
    /// [`Error::Unwritten`]: it is too large for memory.
    pub fn partial(&self) -> Result<String, Error> {
        serde_json::to_string(&self.roll).map_err(|error| Error::Unwritten(error.into()))
    }

    /// Adds what [`County::partial`] or `bulou county --partial` wrote.
    ///
    /// # Errors
    /// [`Error::County`]: the text is no such state, or that of other rules, another day or other parameters.
    pub fn merge(&mut self, partial: &str) -> Result<(), Error> {
        Ok(self.roll.merge(Roll::read(partial.as_bytes())?)?)
    }

    /// The county's report, by the county's own document (the roster), and what changed since an earlier one.
    ///
    /// # Errors
    /// [`Error::County`]: the earlier report is of other rules or a later day.
    pub fn finish(&self, name: &str, roster: &[u8], earlier: Option<&[u8]>) -> Result<CountyReport, Error> {
        let text = named(&self.part.rules, name, roster, self.options.lang, &gb18030);
        self.report(name, roster, &text, earlier)
    }

    fn report(
        &self,
        name: &str,
        roster: &[u8],
        text: &Decoded<'_>,
        earlier: Option<&[u8]>,
    ) -> Result<CountyReport, Error> {
        let own = own(self.checker.0.rules(), &self.options, name, roster, text)?;
        let mut report = own.finish(self.roll.clone());
        if let Some(bytes) = earlier {
            let earlier = Earlier::read(bytes)?;
            report.since = Some(since(&report, &earlier, self.options.lang)?);
        }
        Ok(report)
    }
}

/// What a county holds of its schools, for a caller that cannot keep it beside the pack. Parts of one pack and one set of
/// settings add up to the same, in whatever order.
#[derive(Clone, Debug)]
pub struct Part(Roll);

impl Part {
    /// Adds another.
    ///
    /// # Errors
    /// As [`County::add_part`].
    pub fn merge(&mut self, other: Self) -> Result<(), Error> {
        Ok(self.0.merge(other.0)?)
    }

    /// As [`County::partial`] writes it.
    ///
    /// # Errors
    /// As there.
    pub fn write(&self) -> Result<String, Error> {
        serde_json::to_string(&self.0).map_err(|error| Error::Unwritten(error.into()))
    }

    /// Of what [`Part::write`] or `bulou county --partial` wrote.
    ///
    /// # Errors
    /// [`Error::County`]: the text is no such state.
    pub fn read(text: &str) -> Result<Self, Error> {
        Ok(Self(Roll::read(text.as_bytes())?))
    }
}

/// A text in GB18030, as Chinese editors still write them.
fn gb18030(bytes: &[u8]) -> Option<String> {
    Some(encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned())
}
