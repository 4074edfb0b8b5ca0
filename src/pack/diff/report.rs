//! What differs between two versions of a pack, as plain data for every output.

use serde::Serialize;
use serde_json::Value;

use super::effects::Effects;
use bulou_messages::diagnostic::Lang;
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

macro_rules! aspects {
    ($($variant:ident $zh:literal $en:literal;)*) => {
        /// What a change is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
        pub enum Aspect {
            $(#[doc = $en] $variant,)*
        }

        impl Aspect {
            /// Its name.
            #[must_use]
            pub fn words(self, lang: Lang) -> &'static str {
                let (zh, en) = match self { $(Self::$variant => ($zh, $en),)* };
                lang.pick(zh, en)
            }
        }
    };
}

aspects! {
    Pack "规则集" "pack";
    Version "版本" "version";
    Title "标题" "title";
    Publisher "发布" "publisher";
    Effective "施行" "in force";
    Group "分组" "group";
    Severity "严重" "severity";
    Responsible "责任" "responsible";
    Remedy "整改" "remedy";
    Citation "依据" "citation";
    Shortfall "不足" "shortfall";
    Message "提示语" "message";
    Applies "适用" "applies";
    Requirement "要求" "requirement";
    Condition "条件" "condition";
    Deadline "期限" "deadline";
    Duration "时长" "duration";
    Number "数值" "number";
    Date "日期" "date";
    Value "取值" "value";
    Counting "期间" "counting of days";
    Row "行" "row";
    Options "选项" "options";
    Type "类型" "type";
    Optional "必填或选填" "required or optional";
    Bounds "范围" "bounds";
    Unit "单位" "unit";
    Unique "唯一" "unique";
    Sensitive "敏感" "sensitive";
    Label "名称" "label";
    Hint "说明" "hint";
    Forbidden "禁填" "forbidden keys";
    Text "文字" "text";
    Reason "理由" "reason";
    Format "格式" "format";
    Days "哪些日期" "which days";
    Example "示例" "example";
    Keep "留存" "why it is kept";
    Vouched "来源方" "who vouches";
    MinItems "至少" "at least";
    MayBe "可填" "may be";
    Constraint "约束" "constraint";
    Order "顺序" "order";
    Identity "标识在" "identity at";
    Name "名称在" "name at";
    FilledOn "日期在" "date at";
    Edition "版次在" "edition at";
    Roster "名册在" "roster at";
    Placeholders "占位" "placeholders";
    Scope "谁的" "whose";
    File "文件" "file";
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
        let (zh, en) = match self {
            Self::Added => ("新增", "added"),
            Self::Removed => ("删去", "removed"),
            Self::Tightened => ("收紧", "tightened"),
            Self::Loosened => ("放宽", "loosened"),
            Self::Changed => ("改变", "changed"),
            Self::Reworded => ("只改措辞", "reworded"),
        };
        lang.pick(zh, en)
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
        let (zh, en) = match self {
            Self::Added => ("新增", "added"),
            Self::Removed => ("删去", "removed"),
            Self::Changed => ("改变", "changed"),
        };
        lang.pick(zh, en)
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
        let (zh, en) = match self {
            Self::Param => ("参数", "parameter"),
            Self::Options => ("选项", "options"),
            Self::Table => ("表", "table"),
            Self::Definition => ("定义", "definition"),
            Self::Calendar => ("日历", "calendar"),
            Self::Source => ("来源", "source"),
            Self::Excuse => ("不查", "excuse"),
            Self::Allowance => ("允许", "allowance"),
            Self::Assertion => ("断言", "assertion"),
        };
        lang.pick(zh, en)
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
        let (zh, en) = match self {
            Self::Kept => ("旧数据保留", "old values are kept"),
            Self::KeptWhereItFits => {
                ("旧数据合乎新要求的保留,其余另存待改", "old values that fit are kept, the rest set aside")
            }
            Self::SetAside => ("旧数据另存,不再使用", "old values are set aside"),
            Self::Asked => ("需要补填", "newly asked"),
            Self::Offered => ("可以补填", "may be filled in"),
        };
        lang.pick(zh, en)
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
