//! Rules as they are written: citations, requirements, messages.

use super::expr::Expr;
use super::{Effective, Name, Str};
use bulou_base::source::Span;

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
