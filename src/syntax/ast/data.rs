//! What documents hold, as it is written: records, fields, attributes, types.

use super::expr::Expr;
use super::rule::Requirement;
use super::{Name, Path, Str};
use crate::built_in::BuiltIn;
use bulou_base::source::Span;

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
