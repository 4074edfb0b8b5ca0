//! Numbers that the words a rule rests on say in one unit, and that the rule compares with a field of another: `25米` and a
//! 污染源距离 that is filled in in 千米.

use crate::declared::Declared;
use crate::spelled::Said;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::texts;
use bulou_syntax::ast::{AttributeKind, Expr, ExprKind, Field, Rule};

use super::bounds::{Asked, comparisons, constant, said};
use super::fields;

/// What can be told in several units.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measured {
    Length,
    Mass,
    Money,
    Time,
}

/// Units with how many of the smallest of their kind each is.
const MEASURES: [(&str, Measured, u32); 18] = [
    ("厘米", Measured::Length, 1),
    ("米", Measured::Length, 100),
    ("千米", Measured::Length, 100_000),
    ("公里", Measured::Length, 100_000),
    ("克", Measured::Mass, 1),
    ("斤", Measured::Mass, 500),
    ("千克", Measured::Mass, 1000),
    ("公斤", Measured::Mass, 1000),
    ("吨", Measured::Mass, 1_000_000),
    ("元", Measured::Money, 1),
    ("圆", Measured::Money, 1),
    ("万元", Measured::Money, 10_000),
    ("秒", Measured::Time, 1),
    ("分", Measured::Time, 60),
    ("分钟", Measured::Time, 60),
    ("小时", Measured::Time, 3600),
    ("个小时", Measured::Time, 3600),
    ("天", Measured::Time, 86_400),
];

fn measure(unit: &str) -> Option<(Measured, u32)> {
    MEASURES.iter().find(|(word, ..)| *word == unit).map(|(_, measured, size)| (*measured, *size))
}

/// `uses` has the place of each name, and of what it is.
pub(super) fn warnings(declared: &Declared<'_>, uses: &[(Span, Span)]) -> Vec<Diagnostic> {
    let measured = |field: &&Field| unit(field).is_some_and(|unit| measure(unit).is_some());
    let measured: Vec<&Field> = fields(declared).filter(measured).collect();
    if measured.is_empty() {
        return Vec::new();
    }
    let field_of = |expr: &Expr| {
        let at = match &expr.kind {
            ExprKind::Name(_) => expr.span,
            ExprKind::Field(_, name) => name.span,
            _ => return None,
        };
        let mut named = uses.iter().filter(|(used, _)| *used == at);
        named.find_map(|(_, named)| measured.iter().find(|field| field.name.span == *named).copied())
    };
    declared.rules.iter().flat_map(|rule| of_rule(declared, rule, &field_of)).collect()
}

fn of_rule<'d>(
    declared: &'d Declared<'_>,
    rule: &'d Rule,
    field_of: &impl Fn(&Expr) -> Option<&'d Field>,
) -> Vec<Diagnostic> {
    let said = said(rule);
    if !said.iter().any(|one| one.counter.is_some()) {
        return Vec::new();
    }
    let all = comparisons(declared, rule);
    all.iter().filter_map(|asked| differs(asked, &said, field_of(compared(declared, asked)?)?)).collect()
}

/// What is compared with the number.
fn compared<'d>(declared: &Declared<'_>, asked: &Asked<'d>) -> Option<&'d Expr> {
    match &asked.expr()?.kind {
        ExprKind::Compare(_, one, other) if constant(declared, one).is_some() => Some(other),
        ExprKind::Compare(_, one, _) | ExprKind::Between(one, ..) => Some(one),
        _ => None,
    }
}

/// The number is said in another unit than the field's, and nowhere in that, or without any.
fn differs(asked: &Asked<'_>, said: &[Said], field: &Field) -> Option<Diagnostic> {
    let own = unit(field)?;
    let (measured, size) = measure(own)?;
    let mut same = said.iter().filter(|one| one.value == asked.value).map(|one| (one, one.counter.and_then(measure)));
    let (first, _) = same.clone().next()?;
    let is_other = |(_, of): (_, Option<(Measured, u32)>)| of.is_some_and(|of| of.0 == measured && of.1 != size);
    if !same.all(is_other) {
        return None;
    }
    let words =
        format!("{}{}", first.words, first.counter.filter(|unit| !first.words.ends_with(unit)).unwrap_or_default());
    let message = texts::quote_in_other_unit(&words, &field.name.text, &own).text();
    let help = texts::mend_unit_of_quote(&own).text();
    Some(Diagnostic::new(Code::QuoteBound, asked.expr()?.span, message, help).about(vec![words]))
}

fn unit(field: &Field) -> Option<&str> {
    field.attributes.iter().find_map(|attribute| match &attribute.kind {
        AttributeKind::Unit(unit) => Some(unit.text.as_str()),
        _ => None,
    })
}
