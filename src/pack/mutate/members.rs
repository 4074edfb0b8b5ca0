//! Small changes to what a document must be: constraints, ranges, kinds of days, and what else bounds a field.

use crate::mutate::declaration::gather;
use crate::mutate::expression::{Change, Variant, variants};
use crate::mutate::kind::Kind;
use crate::mutate::speech::Speech;
use bulou_base::source::Span;
use bulou_syntax::ast::{
    Attribute, AttributeKind, Data, Declaration, Expr, ExprKind, Field, NumberLit, Record, Requirement,
};
use bulou_syntax::tree::Role;
use std::collections::BTreeSet;

/// The fields and constraints of a record or data.
#[derive(Clone, PartialEq)]
struct Members {
    fields: Vec<Field>,
    constraints: Vec<Requirement>,
}

fn members(declaration: &Declaration) -> Option<Members> {
    match declaration {
        Declaration::Record(Record { fields, constraints, .. })
        | Declaration::Data(Data { fields, constraints, .. }) => {
            Some(Members { fields: fields.clone(), constraints: constraints.clone() })
        }
        _ => None,
    }
}

/// Every variant of a record or data.
pub(crate) fn member_variants(declaration: &Declaration, speech: &Speech<'_>) -> Vec<Variant<Declaration>> {
    let Some(own) = members(declaration) else { return Vec::new() };
    let whole = |Members { fields, constraints }: Members| match declaration.clone() {
        Declaration::Record(record) => Declaration::Record(Record { fields, constraints, ..record }),
        Declaration::Data(data) => Declaration::Data(Data { fields, constraints, ..data }),
        other => other,
    };
    let all = constraint_variants(&own, speech).into_iter().chain(field_variants(&own, speech));
    all.map(|(change, members)| (change, whole(members))).collect()
}

fn constraint_variants(own: &Members, speech: &Speech<'_>) -> Vec<Variant<Members>> {
    let mut all = Vec::new();
    for (index, constraint) in own.constraints.iter().enumerate() {
        let from = format!("{} {}", speech.word("kw_constraint"), speech.text(&constraint.expr));
        let mut rest = own.clone();
        rest.constraints.remove(index);
        all.push((Change { kind: Kind::Requirement, span: constraint.span, from, to: speech.nothing() }, rest));
        for (change, expr) in variants(&constraint.expr, Role::Condition, speech) {
            let mut changed = own.clone();
            if let Some(place) = changed.constraints.get_mut(index) {
                // A message that names what a change leaves out would make it no constraint at all.
                *place = Requirement { expr, message: None, span: place.span };
            }
            all.push((change, changed));
        }
    }
    all
}

fn field_variants(own: &Members, speech: &Speech<'_>) -> Vec<Variant<Members>> {
    let mut all = Vec::new();
    for (at, field) in own.fields.iter().enumerate() {
        for (index, attribute) in field.attributes.iter().enumerate() {
            let said = |attribute: &Attribute| format!("{} {}", field.name.text, speech.attribute(attribute));
            for (kind, other) in attribute_variants(attribute, speech) {
                let to = other.as_ref().map_or_else(|| speech.nothing(), &said);
                let change = Change { kind, span: attribute.span, from: said(attribute), to };
                let mut changed = own.clone();
                if let Some(field) = changed.fields.get_mut(at) {
                    field.attributes.splice(index..=index, other);
                }
                all.push((change, changed));
            }
        }
    }
    all
}

/// What may stand in the place of an attribute; nothing when it is left out.
fn attribute_variants(attribute: &Attribute, speech: &Speech<'_>) -> Vec<(Kind, Option<Attribute>)> {
    let to = |kind: AttributeKind| Some(Attribute { kind, span: attribute.span });
    match &attribute.kind {
        AttributeKind::Range(low, high) => {
            let ranges = range_variants((low, high), speech).into_iter();
            let ranges = ranges.map(|(low, high)| (Kind::Range, to(AttributeKind::Range(low, high))));
            ranges.chain([(Kind::Attribute, None)]).collect()
        }
        AttributeKind::MinItems(least) => {
            let near = [least.checked_sub(1), least.checked_add(1)].into_iter().flatten();
            near.map(|least| (Kind::Range, to(AttributeKind::MinItems(least)))).collect()
        }
        AttributeKind::Happened => vec![(Kind::Days, to(AttributeKind::Planned))],
        AttributeKind::Planned => vec![(Kind::Days, to(AttributeKind::Happened))],
        AttributeKind::Unique | AttributeKind::Format(_) | AttributeKind::MayBe(_) => vec![(Kind::Attribute, None)],
        // What is only said, kept or concealed decides nothing.
        AttributeKind::Hint(_)
        | AttributeKind::Unit(_)
        | AttributeKind::Sensitive
        | AttributeKind::Example(_)
        | AttributeKind::Keep(_)
        | AttributeKind::Vouched(_) => Vec::new(),
    }
}

/// Each end of a range a little lower and higher.
pub(crate) fn range_variants((low, high): (&Expr, &Expr), speech: &Speech<'_>) -> Vec<(Expr, Expr)> {
    let lower = ends(low, speech).into_iter().map(|low| (low, high.clone()));
    lower.chain(ends(high, speech).into_iter().map(|high| (low.clone(), high))).collect()
}

fn ends(end: &Expr, speech: &Speech<'_>) -> Vec<Expr> {
    let mut all: Vec<Expr> = variants(end, Role::Value, speech).into_iter().map(|(_, end)| end).collect();
    if let ExprKind::Number(zero @ NumberLit { mantissa: 0, .. }) = end.kind {
        let one = Expr { kind: ExprKind::Number(NumberLit { mantissa: 1, ..zero }), span: end.span };
        all.push(Expr { kind: ExprKind::Neg(Box::new(one)), span: end.span });
    }
    all
}

/// What the parameters' ranges are changed to, told like attributes.
pub(crate) fn range_change(span: Span, old: (&Expr, &Expr), new: (&Expr, &Expr), speech: &Speech<'_>) -> Change {
    let said = |(low, high): (&Expr, &Expr)| {
        let kind = AttributeKind::Range(low.clone(), high.clone());
        speech.attribute(&Attribute { kind, span })
    };
    Change { kind: Kind::Range, span, from: said(old), to: said(new) }
}

/// The names that the ranges and constraints of documents use: they bear on whatever reads these.
pub(crate) fn bounding(declaration: &Declaration) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let Some(Members { fields, constraints }) = members(declaration) else { return names };
    for attribute in fields.iter().flat_map(|field| &field.attributes) {
        if let AttributeKind::Range(first, last) = &attribute.kind {
            [first, last].into_iter().for_each(|end| gather(end, &mut names));
        }
    }
    constraints.iter().for_each(|constraint| gather(&constraint.expr, &mut names));
    names
}
