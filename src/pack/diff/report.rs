//! What differs between two versions of a pack, as plain data for every output.

mod aspect;

use serde::Serialize;
use serde_json::Value;

use super::effects::Effects;
pub use aspect::Aspect;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_report::{PackInfo, Status};

/// What differs between two versions of a pack.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Diff {
    /// Version of this program.
    pub bulou: String,
    /// The earlier version.
    pub old: PackInfo,
    /// The later version.
    pub new: PackInfo,
    /// The day that examples and data are checked for, unless an example names its own.
    pub as_of: String,
    /// The pack's header: version, title, publisher, dates.
    pub header: Vec<Change>,
    /// Rules that were added, removed or changed, or are affected by what else changed; in the new version's order.
    pub rules: Vec<RuleChange>,
    /// Parameters, option sets, tables, definitions, calendars and sources that changed.
    pub declarations: Vec<DeclarationChange>,
    /// Fields of the schools' documents, and of the county's.
    pub fields: Vec<FieldChange>,
    /// Whose result changes, when documents were given.
    pub data: Option<Effects>,
}

impl Diff {
    /// Whether nothing differs but the layout of the rule files.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.header.is_empty() && self.rules.is_empty() && self.declarations.is_empty() && self.fields.is_empty()
    }
}

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Change {
    /// What it is about.
    pub aspect: Aspect,
    /// In the earlier version's words; absent when it is new.
    pub from: Option<String>,
    /// In the later version's words; absent when it is gone.
    pub to: Option<String>,
    /// The requirement, definition or row that it is part of, in the later version's words.
    pub within: Option<String>,
}

impl Change {
    /// A change, unless both sides are the same.
    pub(super) fn of<T: PartialEq + ToString>(aspect: Aspect, old: Option<T>, new: Option<T>) -> Option<Self> {
        let text = |side: Option<T>| side.map(|side| side.to_string());
        (old != new).then(|| Self { aspect, from: text(old), to: text(new), within: None })
    }

    /// The same for two texts, of which an empty one is none.
    pub(super) fn texts(aspect: Aspect, old: &str, new: &str) -> Option<Self> {
        let side = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Self::of(aspect, side(old), side(new))
    }
}

/// What became of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum RuleKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Whoever meets it now met it before, and somebody does no longer; shown by its form and by an example.
    Tightened,
    /// The other way round.
    Loosened,
    /// It asks something else, or it could not be shown in which direction.
    Changed,
    /// It asks the same in other words.
    Reworded,
}

impl RuleKind {
    /// Its name.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        let words = match self {
            Self::Added => texts::added(),
            Self::Removed => texts::removed(),
            Self::Tightened => texts::tightened(),
            Self::Loosened => texts::loosened(),
            Self::Changed => texts::changed(),
            Self::Reworded => texts::reworded(),
        };
        words.get(lang)
    }
}

/// A rule of which something changed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct RuleChange {
    /// `三日摸底`
    pub id: String,
    /// For people.
    pub title: String,
    /// It is about the county.
    pub county: bool,
    /// What became of it.
    pub kind: RuleKind,
    /// What changed in the rule itself.
    pub changes: Vec<Change>,
    /// Changed definitions, parameters, tables, option sets and fields that it uses.
    pub because: Vec<String>,
    /// Small documents on which the two versions differ: of each direction the smallest that was found.
    pub examples: Vec<Example>,
    /// How many documents were tried to find them; absent when none were, as for county rules.
    pub tried: Option<usize>,
}

/// A document on which two versions of a rule differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Example {
    /// 今天
    pub as_of: String,
    /// The document; all else is left out.
    #[cfg_attr(feature = "wasm", tsify(type = "unknown"))]
    pub document: Value,
    /// What the earlier version says.
    pub old: Status,
    /// What the later version says.
    pub new: Status,
    /// No document with fewer parts was found to differ this way although all were tried; otherwise parts were taken
    /// away from a larger one until none could be spared.
    pub smallest: bool,
}

/// What became of a declaration or field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It differs.
    Changed,
}

impl Fate {
    /// Its name.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        let words = match self {
            Self::Added => texts::added(),
            Self::Removed => texts::removed(),
            Self::Changed => texts::changed(),
        };
        words.get(lang)
    }
}

/// Kinds of declarations besides rules and data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum DeclarationKind {
    /// 参数
    Param,
    /// 选项
    Options,
    /// 表
    Table,
    /// 定义
    Definition,
    /// 日历
    Calendar,
    /// 来源
    Source,
    /// 不查
    Excuse,
    /// 允许
    Allowance,
    /// 断言
    Assertion,
}

impl DeclarationKind {
    /// Its keyword.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        let words = match self {
            Self::Param => texts::parameter(),
            Self::Options => texts::options_2(),
            Self::Table => texts::table(),
            Self::Definition => texts::definition(),
            Self::Calendar => texts::calendar(),
            Self::Source => texts::source(),
            Self::Excuse => texts::excuse(),
            Self::Allowance => texts::allowance(),
            Self::Assertion => texts::assertion(),
        };
        words.get(lang)
    }
}

/// A declaration of which something changed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct DeclarationChange {
    /// What it is.
    pub kind: DeclarationKind,
    /// Its name.
    pub name: String,
    /// What became of it.
    pub fate: Fate,
    /// What changed in it.
    pub changes: Vec<Change>,
    /// Ids of the rules that use it, directly or through others.
    pub rules: Vec<String>,
}

/// What becomes of a field of a document that was filled in for the earlier version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Migration {
    /// It stays as it is.
    Kept,
    /// It stays where it fits the new options, bounds or format; the rest is set aside.
    KeptWhereItFits,
    /// There is no place for it any more.
    SetAside,
    /// It was not asked before and must be filled in.
    Asked,
    /// It was not asked before and may be filled in.
    Offered,
}

impl Migration {
    /// What it means for an old document.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        let words = match self {
            Self::Kept => texts::old_values_kept(),
            Self::KeptWhereItFits => texts::old_values_fit_kept(),
            Self::SetAside => texts::old_values_set_aside(),
            Self::Asked => texts::newly_asked(),
            Self::Offered => texts::may_filled(),
        };
        words.get(lang)
    }
}

/// A field of which something changed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct FieldChange {
    /// `隐患.部位`
    pub path: String,
    /// It is the county's.
    pub county: bool,
    /// What became of it.
    pub fate: Fate,
    /// What changed in it.
    pub changes: Vec<Change>,
    /// What becomes of it in documents of the earlier version.
    pub migration: Migration,
    /// Ids of the rules that use it, in the version that has it.
    pub rules: Vec<String>,
}
