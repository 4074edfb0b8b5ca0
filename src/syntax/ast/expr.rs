//! Expressions, as they are written.

use bulou_base::date::Date;
use bulou_base::source::Span;

use super::{Aggregate, Name};

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// Its form.
    pub kind: ExprKind,
    /// Where it stands, without enclosing parentheses.
    pub span: Span,
}

/// The forms of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `是` `否`
    Bool(bool),
    /// A number, percent and 万 already applied, exact: `mantissa / 10^scale`. `3次` has the count unit.
    Number(NumberLit),
    /// `"…"`
    Text(String),
    /// `2022-06-24`
    Date(Date),
    /// `3日` `5个工作日` `2周` `1个月` `1年`
    Duration(DurationLit),
    /// A bare name: field, parameter, definition, binding or option.
    Name(String),
    /// `a.b` (one step; nested for more)
    Field(Box<Expr>, Name),
    /// `name(args)`: a table; aggregates have their own form.
    Call(Name, Vec<Expr>),
    /// `数量(L)` …; `占比` has a condition.
    Aggregate(Aggregate, Box<Expr>, Option<Box<Expr>>),
    /// `今天`
    Today,
    /// `若 A 则 B 否则 C`
    If(Box<Expr>, Box<Expr>, Option<Box<Expr>>),
    /// `A 且 B 且 …`, two or more
    And(Vec<Expr>),
    /// `A 或 B 或 …`, two or more
    Or(Vec<Expr>),
    /// `非 A`
    Not(Box<Expr>),
    /// `每个/存在/没有 L [记作 x] 满足 E`; a `记作` directly after the list is the binding here.
    Quantifier(Quantifier, Box<Expr>, Option<Name>, Box<Expr>),
    /// `A 不漏 B`
    Covers(Box<Expr>, Box<Expr>),
    /// `D 须在 …`
    Deadline(Box<Expr>, Box<Due>),
    /// `至迟 … 满足 C`
    By(Box<Due>, Box<Expr>),
    /// `D 每 月 不少于 n 次 自 S 除 X`
    Frequency(Box<Frequency>),
    /// `= ≠ < ≤ > ≥`
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// `x 属于 L`
    In(Box<Expr>, Box<Expr>),
    /// `x 在 a 至 b 之间`, both included
    Between(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `x 包含 y`
    Contains(Box<Expr>, Box<Expr>),
    /// `x 缺省 v`
    Default(Box<Expr>, Box<Expr>),
    /// `+ - * / 整除`
    Arith(ArithOp, Box<Expr>, Box<Expr>),
    /// `-x`
    Neg(Box<Expr>),
    /// `有 x` (true) or `缺 x` (false)
    Has(Box<Expr>, bool),
    /// `L [记作 p] [cond]`
    Filter(Box<Expr>, Option<Name>, Box<Expr>),
    /// `全部 部位`
    All(Name),
    /// `{a, b}`
    List(Vec<Expr>),
}

/// A number literal: `mantissa / 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberLit {
    /// All digits, sign not included.
    pub mantissa: i64,
    /// How many of them stand after the point.
    pub scale: u32,
    /// Written with `次`.
    pub times: bool,
}

/// A duration literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DurationLit {
    /// How many.
    pub count: i32,
    /// Of what; a week is 7 days, a year 12 months.
    pub unit: DurationUnit,
    /// Days that were written as weeks: they never count as working days.
    pub weeks: bool,
}

/// The units durations are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum DurationUnit {
    /// 日
    Days,
    /// 个工作日
    WorkDays,
    /// 个月
    Months,
}

impl DurationUnit {
    /// What it is called after a number.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Days => "日",
            Self::WorkDays => "个工作日",
            Self::Months => "个月",
        }
    }

    /// The same in a language.
    #[must_use]
    pub fn called(self, lang: bulou_messages::diagnostic::Lang) -> &'static str {
        let en = match self {
            Self::Days => "days",
            Self::WorkDays => "workdays",
            Self::Months => "months",
        };
        lang.pick(self.name(), en)
    }
}

/// Quantifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Quantifier {
    /// 每个
    Every,
    /// 存在
    Some,
    /// 没有
    None,
}

/// Comparisons (`不少于` is `Ge`, `不超过` `Le`, `超过` `Gt`, `不满` `Lt`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum CompareOp {
    /// `=`
    Eq,
    /// `≠`
    Ne,
    /// `<`
    Lt,
    /// `≤`
    Le,
    /// `>`
    Gt,
    /// `≥`
    Ge,
}

impl CompareOp {
    /// What holds where this does not.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Eq => Self::Ne,
            Self::Ne => Self::Eq,
            Self::Lt => Self::Ge,
            Self::Ge => Self::Lt,
            Self::Le => Self::Gt,
            Self::Gt => Self::Le,
        }
    }

    /// The same with its sides exchanged.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Lt => Self::Gt,
            Self::Gt => Self::Lt,
            Self::Le => Self::Ge,
            Self::Ge => Self::Le,
            same => same,
        }
    }
}

/// Arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum ArithOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `整除` (towards negative infinity)
    IntDiv,
}

/// When a deadline is due.
#[derive(Clone, Debug, PartialEq)]
pub enum Due {
    /// `E 前`, or the E of `至迟 E`: the day E included, never rolled.
    Before(Expr),
    /// `S 起 N日 内 [顺延] [或更早]`
    Within {
        /// The start; its day is not counted.
        start: Expr,
        /// How long: a duration expression.
        length: Expr,
        /// `顺延` was written.
        rolled: bool,
        /// `或更早` was written; it has no place in `至迟`.
        early: bool,
    },
}

/// `D 每 月 不少于 n 次 自 S 除 X`
#[derive(Clone, Debug, PartialEq)]
pub struct Frequency {
    /// The dates.
    pub dates: Expr,
    /// The calendar period.
    pub period: Period,
    /// How often at least.
    pub times: Expr,
    /// From when on.
    pub since: Expr,
    /// Months that are excepted.
    pub except: Option<Expr>,
}

/// Calendar periods; weeks begin on Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Period {
    /// 日
    Day,
    /// 周
    Week,
    /// 月
    Month,
    /// 季
    Quarter,
}
