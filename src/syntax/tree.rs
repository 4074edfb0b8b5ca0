//! Expressions as what they are themselves and their parts. Places, comments, layout and the language of keywords are no
//! part of it, so they are no difference.

use bulou_base::value::Quotient;

use crate::ast::{Due, Expr, ExprKind, NumberLit};

/// An expression as what it is itself and its parts, so that one walk serves every form.
pub struct Node<'e> {
    /// Form, names and literals; equal for expressions that differ in their parts alone.
    pub head: String,
    /// The expressions within, in order.
    pub parts: Vec<&'e Expr>,
}

fn of<'e>(head: impl Into<String>, parts: impl IntoIterator<Item = &'e Expr>) -> Node<'e> {
    Node { head: head.into(), parts: parts.into_iter().collect() }
}

/// Takes an expression apart.
pub fn node(expr: &Expr) -> Node<'_> {
    leaf(expr).or_else(|| condition(expr)).unwrap_or_else(|| value(expr))
}

fn leaf(expr: &Expr) -> Option<Node<'_>> {
    let head = match &expr.kind {
        ExprKind::Bool(value) => format!("bool {value}"),
        ExprKind::Number(literal) => format!("number {} {}", number(*literal), literal.times),
        ExprKind::Text(text) => format!("text {text}"),
        ExprKind::Date(date) => format!("date {date}"),
        ExprKind::Duration(literal) => format!("duration {} {:?} {}", literal.count, literal.unit, literal.weeks),
        ExprKind::Name(name) => format!("name {name}"),
        ExprKind::Today => "today".to_owned(),
        ExprKind::All(name) => format!("all {}", name.text),
        _ => return None,
    };
    Some(of(head, []))
}

fn condition(expr: &Expr) -> Option<Node<'_>> {
    Some(match &expr.kind {
        ExprKind::If(cond, yes, no) => of("if", [&**cond, yes].into_iter().chain(no.as_deref())),
        ExprKind::And(parts) => of("and", parts),
        ExprKind::Or(parts) => of("or", parts),
        ExprKind::Not(inner) => of("not", [&**inner]),
        ExprKind::Quantifier(kind, list, bound, body) => {
            let bound = bound.as_ref().map_or("", |name| &name.text);
            of(format!("{kind:?} {bound}"), [&**list, body])
        }
        ExprKind::Covers(all, each) => of("covers", [&**all, each]),
        ExprKind::Deadline(done, due) => match &**due {
            Due::Before(day) => of("before", [&**done, day]),
            Due::Within { start, length, rolled, early } => {
                of(format!("within {rolled} {early}"), [&**done, start, length])
            }
        },
        ExprKind::By(due, cond) => match &**due {
            Due::Before(day) => of("by", [day, cond]),
            Due::Within { start, length, rolled, .. } => of(format!("by within {rolled}"), [start, length, &**cond]),
        },
        ExprKind::Frequency(one) => {
            let parts = [&one.dates, &one.times, &one.since].into_iter().chain(&one.except);
            of(format!("each {:?}", one.period), parts)
        }
        ExprKind::Compare(op, left, right) => of(format!("compare {op:?}"), [&**left, right]),
        ExprKind::In(one, list) => of("in", [&**one, list]),
        ExprKind::Between(one, low, high) => of("between", [&**one, low, high]),
        ExprKind::Contains(one, other) => of("contains", [&**one, other]),
        ExprKind::Has(one, present) => of(format!("has {present}"), [&**one]),
        _ => return None,
    })
}

fn value(expr: &Expr) -> Node<'_> {
    match &expr.kind {
        ExprKind::Field(base, name) => of(format!("field {}", name.text), [&**base]),
        ExprKind::Call(name, arguments) => of(format!("call {}", name.text), arguments),
        ExprKind::Aggregate(kind, list, cond) => {
            of(format!("{kind:?}"), std::iter::once(&**list).chain(cond.as_deref()))
        }
        ExprKind::Default(one, other) => of("default", [&**one, other]),
        ExprKind::Arith(op, left, right) => of(format!("arith {op:?}"), [&**left, right]),
        ExprKind::Neg(inner) => of("neg", [&**inner]),
        ExprKind::Filter(list, bound, cond) => {
            let bound = bound.as_ref().map_or("", |name| &name.text);
            of(format!("filter {bound}"), [&**list, cond])
        }
        ExprKind::List(parts) => of("list", parts),
        // Those of `leaf` and `condition`, one by one, so that no form can be added without a word here.
        ExprKind::Bool(_)
        | ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Date(_)
        | ExprKind::Duration(_)
        | ExprKind::Name(_)
        | ExprKind::Today
        | ExprKind::All(_)
        | ExprKind::If(..)
        | ExprKind::And(_)
        | ExprKind::Or(_)
        | ExprKind::Not(_)
        | ExprKind::Quantifier(..)
        | ExprKind::Covers(..)
        | ExprKind::Deadline(..)
        | ExprKind::By(..)
        | ExprKind::Frequency(_)
        | ExprKind::Compare(..)
        | ExprKind::In(..)
        | ExprKind::Between(..)
        | ExprKind::Contains(..)
        | ExprKind::Has(..) => of("", []),
    }
}

/// A number literal's value.
pub fn number(literal: NumberLit) -> Quotient {
    let scale = 10_i128.checked_pow(literal.scale).unwrap_or(i128::MAX);
    Quotient::new(i128::from(literal.mantissa), scale)
}

/// Whether two expressions say the same by the names that they use.
pub fn same(old: &Expr, new: &Expr) -> bool {
    let (old, new) = (node(old), node(new));
    old.head == new.head
        && old.parts.len() == new.parts.len()
        && old.parts.iter().zip(&new.parts).all(|(old, new)| same(old, new))
}

/// Calls `see` for an expression and all within.
pub fn walk<'e>(expr: &'e Expr, see: &mut impl FnMut(&'e Expr)) {
    see(expr);
    for part in node(expr).parts {
        walk(part, see);
    }
}
