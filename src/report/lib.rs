//! What a check answers: plain data that every output format takes. Chinese texts come from the pack, and what is the
//! same in every report of a rule set is borrowed from it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use bulou_base::date::{self, Date};
use bulou_messages::diagnostic::Lang;
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;

mod colours;
pub mod csv;
mod rule;
pub mod text;
mod written;

pub use bulou_syntax::built_in::RuleSeverity;
pub use colours::Colours;
pub use rule::{Citation, Finding, Reason, RuleCard, RuleResult, Step};

/// The answer about one document.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Report<'r> {
    /// Version of this program.
    pub bulou: &'static str,
    /// Which rules.
    pub pack: &'r PackInfo,
    /// The day the check speaks of, `2022-06-28`.
    #[serde(serialize_with = "date::serialize")]
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub as_of: Date,
    /// The parameters in force, in the pack's order.
    #[cfg_attr(feature = "wasm", tsify(type = "Record<string, string>"))]
    pub params: Params,
    /// Those among them that are not the pack's own.
    #[serde(skip_serializing_if = "ParamChanges::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "ParamChange[]"))]
    pub params_changed: ParamChanges,
    /// Which bytes.
    pub document: DocumentInfo,
    /// Whom the document is about; empty strings where it does not say.
    pub subject: Subject,
    /// Its rules ask for whom it is about, and it does not say so in a way that can be read.
    #[serde(skip)]
    pub unnamed: bool,
    /// The overall verdict.
    pub verdict: Verdict,
    /// How many rules have which status.
    pub counts: Counts,
    /// What is wrong with the document's structure.
    pub structure: Vec<Problem>,
    /// Every rule of the pack, in its order; empty when the bytes could not be read.
    pub rules: Vec<RuleResult<'r>>,
}

impl Report<'_> {
    /// Whether it is about a document that can be accepted as somebody's submission: one of these rules, of which is
    /// known whom it is about.
    #[must_use]
    pub fn is_submission(&self) -> bool {
        !self.rules.is_empty() && !self.unnamed
    }
}

/// Which pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct PackInfo {
    /// `campus-safety`
    pub id: String,
    /// `2022.6.24`
    pub version: String,
    /// Over its files: names and bytes, sorted by name.
    pub sha256: String,
}

/// Parameters as an object that keeps its order. One checker's reports share them; no two checkers do, so that threads
/// do not count on one place.
#[derive(Clone, Debug, Default)]
pub struct Params(pub Arc<[(String, String)]>);

impl Serialize for Params {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A parameter that is not set as the pack has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct ParamChange {
    /// Its name.
    pub name: String,
    /// What it is set to.
    pub value: String,
    /// What the pack says.
    pub default: String,
}

/// All of them; shared like [`Params`].
#[derive(Clone, Debug, Default)]
pub struct ParamChanges(pub Arc<[ParamChange]>);

impl ParamChanges {
    /// Every parameter is the pack's own.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One line for people; nothing when there is none.
    #[must_use]
    pub fn words(&self, lang: Lang) -> Option<String> {
        self.told(lang).map(|(what, which)| format!("{what}: {which}"))
    }

    /// The same in two: what it is about, and which they are.
    #[must_use]
    pub fn told(&self, lang: Lang) -> Option<(&'static str, String)> {
        let one = |change: &ParamChange| {
            let ParamChange { name, value, default } = change;
            texts::value_pack_has(name, value, default).get(lang)
        };
        let all: Vec<String> = self.0.iter().map(one).collect();
        let head = texts::parameters_differ_from_packs().get(lang);
        (!all.is_empty()).then(|| (head, all.join(texts::note_semicolon().get(lang))))
    }
}

impl Serialize for ParamChanges {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter())
    }
}

/// Which document.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct DocumentInfo {
    /// The file's name without its folder, or what the caller called it.
    pub name: String,
    /// Over the original bytes.
    pub sha256: String,
}

/// Whom a document is about.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Subject {
    /// From the pack's `标识`.
    pub id: String,
    /// From the pack's `名称`.
    pub name: String,
}

/// The overall verdict, worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Verdict {
    /// 合格
    Pass,
    /// 未到期
    Pending,
    /// 无法判断
    Undetermined,
    /// 不合格
    Fail,
}

/// What became of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Status {
    /// 符合
    #[serde(alias = "符合")]
    Pass,
    /// 未到期
    #[serde(alias = "未到期")]
    Pending,
    /// 无法判断
    #[serde(alias = "无法判断")]
    Undetermined,
    /// 不符合
    #[serde(alias = "不符合")]
    Fail,
    /// 提示: a rule of severity 提示 that does not hold.
    #[serde(alias = "提示")]
    Hint,
    /// 不适用
    #[serde(alias = "不适用")]
    NotApplicable,
}

impl Status {
    /// Its sign: shape, not colour.
    #[must_use]
    pub fn mark(self) -> char {
        match self {
            Self::Pass => '✔',
            Self::Fail => '✖',
            Self::Undetermined => '?',
            Self::Pending => '◷',
            Self::Hint => '!',
            Self::NotApplicable => '–',
        }
    }

    /// Its name.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        let words = match self {
            Self::Pass => texts::pass_2(),
            Self::Fail => texts::fail_2(),
            Self::Undetermined => texts::undetermined(),
            Self::Pending => texts::pending(),
            Self::Hint => texts::hint(),
            Self::NotApplicable => texts::not_applicable(),
        };
        words.get(lang)
    }
}

impl From<Verdict> for Status {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Pass => Self::Pass,
            Verdict::Pending => Self::Pending,
            Verdict::Undetermined => Self::Undetermined,
            Verdict::Fail => Self::Fail,
        }
    }
}

/// Rules by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Counts {
    /// 合格
    pub pass: u32,
    /// 不合格
    pub fail: u32,
    /// 未到期
    pub pending: u32,
    /// 无法判断
    pub undetermined: u32,
    /// 提示
    pub hint: u32,
    /// 不适用
    pub not_applicable: u32,
}

impl Counts {
    /// How many have a status.
    #[must_use]
    pub fn of(mut self, status: Status) -> u32 {
        *self.place(status)
    }

    /// Counts one more.
    pub fn add(&mut self, status: Status) {
        *self.place(status) += 1;
    }

    fn place(&mut self, status: Status) -> &mut u32 {
        match status {
            Status::Pass => &mut self.pass,
            Status::Fail => &mut self.fail,
            Status::Pending => &mut self.pending,
            Status::Undetermined => &mut self.undetermined,
            Status::Hint => &mut self.hint,
            Status::NotApplicable => &mut self.not_applicable,
        }
    }
}

/// One structural problem.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Problem {
    /// `D004`
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub code: ProblemCode,
    /// A notice does not make the document wrong.
    #[serde(skip_serializing_if = "is_false")]
    pub notice: bool,
    /// JSON Pointer; empty for the document itself.
    pub path: String,
    /// One-based; 0 where a workbook has no cell for it.
    pub line: usize,
    /// One-based, in characters; likewise.
    pub column: usize,
    /// The cell of a workbook, `隐患!D7`; `line` and `column` are its row and column then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}

impl Problem {
    /// Where it is, for people: the cell of a workbook, or the line and column of a text.
    #[must_use]
    pub fn place(&self, lang: Lang) -> String {
        match &self.cell {
            Some(cell) => cell.clone(),
            None if self.line == 0 => texts::no_cell_workbook().get(lang).to_owned(),
            None => texts::line_column(&self.line, &self.column).get(lang),
        }
    }
}

/// That so many more are not listed.
#[must_use]
pub fn unlisted(more: usize, lang: Lang) -> String {
    texts::more_not_listed_2(&more).get(lang)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_false(value: &bool) -> bool {
    !value
}
