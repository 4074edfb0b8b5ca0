//! Compiled expressions. Three kinds, so that the evaluator needs no run-time type checks: conditions and
//! requirements ([`Cond`]), values ([`Scalar`]) and lists ([`List`]). Each keeps the rule's own words for explanations.

use serde::{Deserialize, Serialize};

use bulou_base::value::Length;
use bulou_document::Constant;
use bulou_syntax::ast::{Aggregate, ArithOp, CompareOp, DurationUnit, Period, Quantifier};
use bulou_syntax::built_in::Counting;

/// How values of a type are shown to people.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum Show {
    /// Numbers, with their unit.
    Number(String),
    /// 是 否
    Bool,
    /// Text as it is.
    Text,
    /// A school's 标识, with its 名称 where that is known.
    Code,
    /// 2022-06-24
    Date,
    /// With its unit.
    Duration(DurationUnit),
    /// The option's name, of this set.
    Option(u16),
    /// A record: the label of its item.
    Row,
    /// `敏感`: never shown.
    Hidden,
}

/// A field of a bound row, with the records on the way.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct FieldRef {
    /// Which binding; 0 is the document.
    pub frame: u8,
    /// The table whose rows are bound there.
    pub table: u16,
    /// Records on the way, outermost first.
    pub headers: Box<[Header]>,
    /// The field's slot.
    pub slot: u32,
    /// Absent is a proper answer.
    pub optional: bool,
}

/// A record on the way to a field.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its header slot.
    pub slot: u32,
    /// It may be absent.
    pub optional: bool,
}

/// A condition or a requirement.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Cond {
    /// Its form.
    pub kind: CondKind,
    /// The rule's words.
    pub text: Box<str>,
    /// It depends on a `敏感` value, so that nothing is told of it but what it comes to.
    pub hidden: bool,
}

/// Forms of conditions and requirements.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub enum CondKind {
    /// 是 否
    Const(bool),
    /// A 是否 value.
    Value(Box<Scalar>),
    /// `有 field`: present, and not blank; an empty optional list counts as absent. A required field that is missing
    /// makes it unknown, and false where it is itself what is required: the flag.
    HasField(FieldRef, bool),
    /// `有` of any other value that may be absent.
    HasValue(Box<Scalar>),
    /// 非
    Not(Box<Cond>),
    /// 且
    And(Vec<Cond>),
    /// 或
    Or(Vec<Cond>),
    /// 若 则 否则
    If(Box<Cond>, Box<Cond>, Option<Box<Cond>>),
    /// 每个 存在 没有; the element is bound to the frame.
    Quantifier(Quantifier, Box<List>, u8, Box<Cond>),
    /// `A 不漏 B`
    Covers(Box<List>, Box<List>),
    /// 须在
    Deadline(Box<Deadline>),
    /// 至迟
    By(Box<By>),
    /// 每 月 不少于
    Frequency(Box<Frequency>),
    /// Comparison
    Compare(CompareOp, Box<Scalar>, Box<Scalar>),
    /// 属于, and 包含 of a list
    In(Box<Scalar>, Box<List>),
    /// 在 … 至 … 之间
    Between(Box<Scalar>, Box<Scalar>, Box<Scalar>),
    /// 包含 of a text
    TextContains(Box<Scalar>, Box<Scalar>),
    /// A definition
    Definition(usize),
}

impl Cond {
    /// The same where a rule requires it, and not as a test of something else: to leave out what is required to be there
    /// is not to meet that. A definition asks the same wherever it is named.
    pub fn required(mut self) -> Self {
        self.require();
        self
    }

    fn require(&mut self) {
        match &mut self.kind {
            CondKind::HasField(_, required) => *required = true,
            CondKind::And(parts) | CondKind::Or(parts) => parts.iter_mut().for_each(Self::require),
            CondKind::If(_, yes, no) => [Some(yes), no.as_mut()].into_iter().flatten().for_each(|part| part.require()),
            CondKind::Quantifier(Quantifier::Every | Quantifier::Some, _, _, body) => body.require(),
            CondKind::By(by) => by.cond.require(),
            _ => {}
        }
    }
}

/// A deadline.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Deadline {
    /// When it was done; its own last field may be absent.
    pub done: Scalar,
    /// When it is due.
    pub due: Due,
    /// It may be done before its start: `或更早`.
    pub early: bool,
}

/// A duty with a due day that is no field: `至迟 … 满足 C`.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct By {
    /// When it is due.
    pub due: Due,
    /// What must hold by then: a condition.
    pub cond: Cond,
}

/// When a deadline is due.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub enum Due {
    /// `E 前` and `至迟 E`, the day included.
    Before(Scalar),
    /// `S 起 N 内`
    Within {
        /// Its day is not counted.
        start: Scalar,
        /// How many units.
        length: Scalar,
        /// Which units.
        unit: DurationUnit,
        /// Fixed by the rule; `None` asks the pack's parameter.
        counting: Option<Counting>,
    },
}

/// A frequency.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Frequency {
    /// The dates.
    pub dates: List,
    /// The period.
    pub period: Period,
    /// How often.
    pub times: Scalar,
    /// From when on.
    pub since: Scalar,
    /// Excepted months.
    pub except: Option<List>,
}

/// A value.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Scalar {
    /// Its form.
    pub kind: ScalarKind,
    /// The rule's words.
    pub text: Box<str>,
    /// How it is shown.
    pub show: Show,
}

/// Forms of values.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub enum ScalarKind {
    /// A constant.
    Const(Constant),
    /// A parameter.
    Param(usize),
    /// A field.
    Field(FieldRef),
    /// A bound element.
    Bound(u8),
    /// A table's argument.
    Argument(u8),
    /// A definition.
    Definition(usize),
    /// A decision table's answer.
    Table(usize, Vec<Scalar>),
    /// Numbers
    Arith(ArithOp, Box<Scalar>, Box<Scalar>),
    /// date ± duration; the flag subtracts
    Shift(Box<Scalar>, Box<Scalar>, DurationUnit, bool),
    /// date − date, in days
    DaysBetween(Box<Scalar>, Box<Scalar>),
    /// duration ± duration of one unit, and number × duration
    DurationArith(ArithOp, Box<Scalar>, Box<Scalar>),
    /// Unary minus
    Neg(Box<Scalar>),
    /// 缺省
    Default(Box<Scalar>, Box<Scalar>),
    /// 若 则 否则
    If(Box<Cond>, Box<Scalar>, Box<Scalar>),
    /// An aggregate; the condition of 占比 is over the frame.
    Aggregate(Aggregate, Box<List>, Option<(u8, Box<Cond>)>),
    /// A condition as a value.
    Cond(Box<Cond>),
    /// A value that is the same wherever it stands in a document, by its number; see [`super::hoist`].
    Hoisted(usize, Box<Scalar>),
    /// 今天
    Today,
}

impl ScalarKind {
    /// The constant that it is, if it is one, negated or not.
    pub fn constant(&self) -> Option<Constant> {
        match self {
            Self::Const(constant) => Some(constant.clone()),
            Self::Neg(inner) => match inner.kind.constant()? {
                Constant::Number(value) => Some(Constant::Number(-value)),
                Constant::Duration(count) => {
                    count.count.checked_neg().map(|negative| Constant::Duration(Length { count: negative, ..count }))
                }
                _ => None,
            },
            _ => None,
        }
    }
}

/// A list.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct List {
    /// Its form.
    pub kind: ListKind,
    /// The rule's words.
    pub text: Box<str>,
    /// How an element is shown.
    pub show: Show,
}

/// Forms of lists.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub enum ListKind {
    /// A list field: its table, and whether its elements are scalars.
    Field(FieldRef, u16, bool),
    /// `L[cond]`, the element bound to the frame.
    Filter(Box<List>, u8, Box<Cond>),
    /// `L.field`, the element bound to the frame the field reads.
    Project(Box<List>, u8, Box<Scalar>),
    /// `L.list`, flattened.
    Flatten(Box<List>, u8, Box<List>),
    /// `{a, b}`
    Literal(Vec<Scalar>),
    /// 全部, of a set with so many options
    All(u16),
    /// 去重
    Distinct(Box<List>),
    /// A parameter.
    Param(usize),
    /// A definition.
    Definition(usize),
    /// A list that is the same wherever it stands in a document, by its number; see [`super::hoist`].
    Hoisted(usize, Box<List>),
    /// Two ways to the same elements: the first as it is written and explained, the second to run.
    Optimized(Box<List>, Box<List>),
}
