//! The kinds of small changes.

use serde::Serialize;

use bulou_messages::diagnostic::LocalizedText;

/// What a mutant changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// `≥` → `>`, `=` → `≠`, the sides of `不漏` changed over.
    Operator,
    /// A number, date or duration one more or one less; of a date or duration this shifts deadlines.
    Number,
    /// `且` ↔ `或`
    Connective,
    /// A part of `且` or `或` left out.
    Part,
    /// `每个` ↔ `存在` ↔ `没有`
    Quantifier,
    /// A filter, `适用` or `若` left out.
    Guard,
    /// A member of `{a, b}` left out.
    Member,
    /// A `要求` or `约束` left out.
    Requirement,
    /// A condition turned round.
    Negation,
    /// An option replaced by the next of its set.
    Option,
    /// A bound between two rows of a table moved, or two values of a column exchanged.
    Table,
    /// Another value after `缺省`.
    Default,
    /// `顺延` left out, `前` a day earlier or later, another way of counting days.
    Deadline,
    /// Another period, or no `除`.
    Frequency,
    /// `+` ↔ `-`, `*` ↔ `/`, a sign left out.
    Arithmetic,
    /// `最大` ↔ `最小`, `去重` left out …
    Aggregate,
    /// `施行` a day earlier or later.
    Effective,
    /// An end of a `范围` moved, or one item more or fewer in `至少`.
    Range,
    /// `已发生` ↔ `计划`
    Days,
    /// `范围`, `格式`, `唯一` or `可填` left out.
    Attribute,
}

impl Kind {
    /// A few words for lists.
    #[must_use]
    pub fn words(self) -> LocalizedText {
        let (zh, en) = match self {
            Self::Operator => ("运算符", "operator"),
            Self::Number => ("数值", "number"),
            Self::Connective => ("且或", "connective"),
            Self::Part => ("少一个条件", "part left out"),
            Self::Quantifier => ("量词", "quantifier"),
            Self::Guard => ("少一个前提", "guard left out"),
            Self::Member => ("少一个成员", "member left out"),
            Self::Requirement => ("少一条要求", "requirement left out"),
            Self::Negation => ("条件取反", "negation"),
            Self::Option => ("换一个选项", "other option"),
            Self::Table => ("表格", "table"),
            Self::Default => ("缺省值", "default value"),
            Self::Deadline => ("期限", "deadline"),
            Self::Frequency => ("频次", "frequency"),
            Self::Arithmetic => ("算式", "arithmetic"),
            Self::Aggregate => ("统计", "aggregate"),
            Self::Effective => ("施行日期", "effective date"),
            Self::Range => ("范围", "range"),
            Self::Days => ("哪些日期", "which days"),
            Self::Attribute => ("少一个限定", "attribute left out"),
        };
        LocalizedText::new(zh, en)
    }
}
