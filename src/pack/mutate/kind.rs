//! The kinds of small changes.

use serde::Serialize;

use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;

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
        let words = match self {
            Self::Operator => texts::operator(),
            Self::Number => texts::number_3(),
            Self::Connective => texts::connective(),
            Self::Part => texts::part_left_out(),
            Self::Quantifier => texts::quantifier(),
            Self::Guard => texts::guard_left_out(),
            Self::Member => texts::member_left_out(),
            Self::Requirement => texts::requirement_left_out(),
            Self::Negation => texts::negation(),
            Self::Option => texts::other_option(),
            Self::Table => texts::table_2(),
            Self::Default => texts::default_value(),
            Self::Deadline => texts::deadline(),
            Self::Frequency => texts::frequency(),
            Self::Arithmetic => texts::arithmetic(),
            Self::Aggregate => texts::aggregate(),
            Self::Effective => texts::effective_date(),
            Self::Range => texts::range(),
            Self::Days => texts::days_2(),
            Self::Attribute => texts::attribute_left_out(),
        };
        words.text()
    }
}
