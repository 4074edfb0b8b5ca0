//! The tree that the parser makes and the checker reads: only what was written, with its places.
//! No type of the parsing library appears here.

pub use crate::aggregates::Aggregate;
use crate::built_in::BuiltIn;
use bulou_base::date::Date;

use bulou_base::source::Span;

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

/// A named option set.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Whole declaration.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// Its options in order.
    pub options: Vec<Name>,
}

/// A record type.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Whole declaration.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Keys that must not appear.
    pub forbidden: Vec<Forbidden>,
    /// `约束`: what must hold within each such record.
    pub constraints: Vec<Requirement>,
}

/// A document's shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// Whole declaration.
    pub span: Span,
    /// `学校` or `全县`.
    pub name: Name,
    /// `标识` path: who the document is about.
    pub identity: Option<Path>,
    /// `名称` path.
    pub title: Option<Path>,
    /// `日期` path: which of two documents is later.
    pub date: Option<Path>,
    /// `版次` path: which of two documents of one day is later.
    pub edition: Option<Path>,
    /// `名册` path (county).
    pub roster: Option<Path>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Keys that must not appear.
    pub forbidden: Vec<Forbidden>,
    /// `约束`: what must hold within the document.
    pub constraints: Vec<Requirement>,
}

/// A dotted path of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// At least one name.
    pub names: Vec<Name>,
    /// From the first to the last.
    pub span: Span,
}

/// `禁填 身份证号, 诊断 理由 "…"`
#[derive(Clone, Debug, PartialEq)]
pub struct Forbidden {
    /// The keys.
    pub names: Vec<Name>,
    /// Why.
    pub reason: Option<Str>,
    /// Whole clause.
    pub span: Span,
}

/// A field of a record or document.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its key in the document.
    pub name: Name,
    /// Its type.
    pub ty: TypeExpr,
    /// What the form calls it.
    pub label: Option<Str>,
    /// Its attributes in order.
    pub attributes: Vec<Attribute>,
    /// Whole field.
    pub span: Span,
}

/// A field's attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// What it says.
    pub kind: AttributeKind,
    /// Where it stands.
    pub span: Span,
}

/// What an attribute says.
#[derive(Clone, Debug, PartialEq)]
pub enum AttributeKind {
    /// `说明 "…"`
    Hint(Str),
    /// `单位 "人"`
    Unit(Str),
    /// `范围 0 至 100` (constant expressions; those of a date may name 今天 and parameters)
    Range(Expr, Expr),
    /// `已发生`: a date that is not after the day of the check
    Happened,
    /// `计划`: a date of any day
    Planned,
    /// `唯一`
    Unique,
    /// `敏感`
    Sensitive,
    /// `格式 学校标识码`
    Format(Name),
    /// `示例 "…"`
    Example(Str),
    /// `留存 "why it is asked for though no rule uses it"`
    Keep(Str),
    /// `来源方 "中心校"`
    Vouched(Str),
    /// `至少 1 项`
    MinItems(u32),
    /// `可填 无`: a placeholder that counts as an answer here.
    MayBe(Str),
}

/// A written type.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeExpr {
    /// Its form.
    pub kind: TypeKind,
    /// `?` follows: may be absent.
    pub optional: bool,
    /// Where it stands.
    pub span: Span,
}

/// The forms of a written type.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeKind {
    /// A type of the language.
    BuiltIn(BuiltIn),
    /// A record or option set by name.
    Named(Name),
    /// `[T]`
    List(Box<TypeExpr>),
    /// `{ 一般, 重大 }`
    Options(Vec<Name>),
    /// `汇总 学校`
    Fold(Name),
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

/// A rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Whole declaration.
    pub span: Span,
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: Option<Str>,
    /// `范围 全县`, when written.
    pub scope: Option<Name>,
    /// Quotes it rests on.
    pub citations: Vec<Citation>,
    /// Who is responsible.
    pub responsible: Option<Str>,
    /// Heading in reports.
    pub group: Option<Str>,
    /// `重大` …, as written.
    pub severity: Option<Name>,
    /// `施行 … 至 …`
    pub effective: Option<Effective>,
    /// When it applies.
    pub applies: Option<Expr>,
    /// What it asks.
    pub requirements: Vec<Requirement>,
    /// What to do.
    pub remedy: Option<Str>,
}

/// `依据 会议 "quote" 不足 "…"`
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// The source's name.
    pub source: Name,
    /// The words cited; a source without held text may be cited without.
    pub quote: Option<Str>,
    /// What the words ask for and the rule does not show.
    pub shortfall: Option<Str>,
}

/// `要求 expr 不符 "message"`, or `约束 …` of a record
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// What must hold.
    pub expr: Expr,
    /// Template for what to say when it does not.
    pub message: Option<Template>,
    /// Whole clause.
    pub span: Span,
}

/// A message with `{expr}` parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Its parts in order.
    pub parts: Vec<TemplatePart>,
    /// Where it stands.
    pub span: Span,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum TemplatePart {
    /// Plain text (`{{` and `}}` already undoubled).
    Text(String),
    /// `{expr}`
    Value(Expr),
    /// `{遗漏}`: what a `不漏` found left out.
    Omitted(Span),
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
