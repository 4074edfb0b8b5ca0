//! The tree that the parser makes and the checker reads: only what was written, with its places.
//! No type of the parsing library appears here.

mod data;
mod expr;
mod rule;

pub use crate::aggregates::Aggregate;
use bulou_base::date::Date;
use bulou_base::source::Span;
pub use data::{Attribute, AttributeKind, Data, Field, Forbidden, Options, Record, TypeExpr, TypeKind};
pub use expr::{
    ArithOp, CompareOp, Due, DurationLit, DurationUnit, Expr, ExprKind, Frequency, NumberLit, Period, Quantifier,
};
pub use rule::{Citation, Requirement, Rule, Template, TemplatePart};

/// A name as written (without backticks) and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The text of the name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A string literal's content and place; `span` includes the quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Str {
    /// What stands between the marks.
    pub text: String,
    /// Where it stands, marks included.
    pub span: Span,
}

/// One parsed file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// Its declarations in order; those with a syntax error are left out.
    pub declarations: Vec<Declaration>,
    /// A declaration was left out.
    pub left_out: bool,
    /// A declaration that gives names to others was left out, so that a name may seem unknown and is not.
    pub names_missing: bool,
}

/// A top-level declaration.
#[derive(Clone, Debug, PartialEq)]
pub enum Declaration {
    /// `规则集 id "title" { 版本 … 发布 … 施行 … }`
    Pack(Pack),
    /// `来源 会议 "source/meeting.txt" "label"` or `来源 国标 外部 "label"`
    Citable(Citable),
    /// `参数 name: type = default "note"`
    Param(Param),
    /// `选项 name { a, b }`
    Options(Options),
    /// `记录 name { fields }`
    Record(Record),
    /// `数据 学校 { 标识 … fields }`
    Data(Data),
    /// `定义 name = expr`
    Define(Define),
    /// `表 name(params) -> type { rows }`
    Table(Table),
    /// `日历 name "file"`
    Calendar(Calendar),
    /// `规则 id "title" { clauses }`
    Rule(Box<Rule>),
    /// `不查 source "quote" 理由 "why"`
    Excuse(Excuse),
    /// `允许 W131 name "why"`
    Allow(Allow),
    /// `断言 "title" 若 expr 则 规则 id 不符合`
    Assertion(Assertion),
}

/// The pack's header.
#[derive(Clone, Debug, PartialEq)]
pub struct Pack {
    /// Whole declaration.
    pub span: Span,
    /// `campus-safety`
    pub id: Name,
    /// Human title.
    pub title: Str,
    /// `2022.6.24`, as written.
    pub version: Option<Name>,
    /// Who publishes it.
    pub publisher: Option<Str>,
    /// In force from, and until.
    pub effective: Option<Effective>,
    /// `占位 {…}`: what counts as not filled in, instead of the built-in words.
    pub placeholders: Option<Vec<Str>>,
}

/// `施行 2022-06-24 至 2023-06-30`, both days included.
#[derive(Clone, Debug, PartialEq)]
pub struct Effective {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Option<Date>,
    /// Whole clause.
    pub span: Span,
}

/// A text that rules cite.
#[derive(Clone, Debug, PartialEq)]
pub struct Citable {
    /// Whole declaration.
    pub span: Span,
    /// Name used in `依据`.
    pub name: Name,
    /// The file with its text; `None` for `外部` (cited, its text not held).
    pub file: Option<Str>,
    /// Its title for people.
    pub label: Option<Str>,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Whole declaration.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// Its type (`期间` is a type name here).
    pub ty: TypeExpr,
    /// Its default, a constant expression.
    pub default: Expr,
    /// `范围 a 至 b`, constant expressions: what it may be set to.
    pub range: Option<(Expr, Expr)>,
    /// What it means and where the number comes from.
    pub note: Option<Str>,
}

/// A dotted path of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// At least one name.
    pub names: Vec<Name>,
    /// From the first to the last.
    pub span: Span,
}

/// `定义 name = expr`
#[derive(Clone, Debug, PartialEq)]
pub struct Define {
    /// Whole declaration.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// `范围 全县`, when written.
    pub scope: Option<Name>,
    /// Its value.
    pub value: Expr,
}

/// A decision table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Whole declaration.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// Its parameters.
    pub params: Vec<TableParam>,
    /// Type of its result.
    pub result: TypeExpr,
    /// Cells of the head row, in order (the parameters, then 结果).
    pub header: Vec<Name>,
    /// Its rows.
    pub rows: Vec<TableRow>,
}

/// A table's parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct TableParam {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: TypeExpr,
}

/// A table's row.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// One a parameter.
    pub cells: Vec<Cell>,
    /// The last cell.
    pub result: Expr,
    /// Whole row.
    pub span: Span,
}

/// One condition of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What it asks.
    pub kind: CellKind,
    /// Where it stands.
    pub span: Span,
}

/// What a cell asks of its column's value. Values are constant expressions or option names.
#[derive(Clone, Debug, PartialEq)]
pub enum CellKind {
    /// `任意`
    Any,
    /// `不满 100`, `= 3`, `≥ 5`
    Compare(CompareOp, Expr),
    /// `100 至 999`, both included
    Range(Expr, Expr),
    /// `是`, `小学`, `{小学, 初级中学}`
    OneOf(Vec<Expr>),
}

/// `日历 中国 "calendar/cn.json"`
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// Whole declaration.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// Its file.
    pub file: Str,
}

/// `不查 会议 "quote" 理由 "why"`
#[derive(Clone, Debug, PartialEq)]
pub struct Excuse {
    /// Whole declaration.
    pub span: Span,
    /// The source's name.
    pub source: Name,
    /// The words excused.
    pub quote: Str,
    /// Why no data can show it.
    pub reason: Str,
}

/// `允许 W131 name "why"`
#[derive(Clone, Debug, PartialEq)]
pub struct Allow {
    /// Whole declaration.
    pub span: Span,
    /// The warning's code.
    pub code: Name,
    /// What it is about: a declaration, or a field of one.
    pub about: Path,
    /// Why it may stand.
    pub reason: Str,
}

/// `断言 "title" 若 expr 则 规则 id 不符合 或 规则 id 不适用`
#[derive(Clone, Debug, PartialEq)]
pub struct Assertion {
    /// Whole declaration.
    pub span: Span,
    /// What it says, for people.
    pub title: Str,
    /// Of which documents it says that.
    pub premise: Expr,
    /// What then comes out: at least one of these.
    pub outcomes: Vec<Outcome>,
}

/// `规则 id 不符合`
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The rule.
    pub rule: Name,
    /// How it stands.
    pub stands: Name,
}
