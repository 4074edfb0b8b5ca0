//! Declarations.

use bulou_base::source::Span;
use bulou_syntax::ast::{
    Allow, Assertion, Attribute, AttributeKind, Calendar, Cell, CellKind, Citable, Citation, Data, Declaration, Define,
    Excuse, Expr, ExprKind, Field, Forbidden, Name, Options, Outcome, Pack, Param, Path, Record, Requirement, Rule,
    Table, TableParam, TableRow, TypeExpr, TypeKind,
};
use bulou_syntax::built_in::{STANDINGS, TYPES};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

use super::expressions::{compare_op, expr, template};
use super::{effective, name, named, text};

const NOWHERE: Span = Span { source: bulou_base::source::SourceId(0), start: 0, end: 0 };

fn names() -> impl Strategy<Value = Vec<Name>> {
    vec(name(), 1..4)
}

fn ty() -> impl Strategy<Value = TypeExpr> {
    let typed = |(kind, optional)| TypeExpr { kind, optional, span: NOWHERE };
    let plain = prop_oneof![
        name().prop_map(TypeKind::Named),
        proptest::sample::select(TYPES.iter().map(|term| term.means).collect::<Vec<_>>()).prop_map(TypeKind::BuiltIn),
        names().prop_map(TypeKind::Options),
        name().prop_map(TypeKind::Fold),
    ];
    (plain, any::<bool>()).prop_map(typed).prop_recursive(2, 4, 1, move |inner| {
        (inner.prop_map(|inner| TypeKind::List(Box::new(inner))), any::<bool>()).prop_map(typed)
    })
}

fn attribute() -> impl Strategy<Value = Attribute> {
    prop_oneof![
        text().prop_map(AttributeKind::Hint),
        text().prop_map(AttributeKind::Unit),
        (expr(), expr()).prop_map(|(low, high)| AttributeKind::Range(low, high)),
        Just(AttributeKind::Happened),
        Just(AttributeKind::Planned),
        Just(AttributeKind::Unique),
        Just(AttributeKind::Sensitive),
        name().prop_map(AttributeKind::Format),
        text().prop_map(AttributeKind::Example),
        text().prop_map(AttributeKind::Keep),
        text().prop_map(AttributeKind::Vouched),
        (0..u32::MAX).prop_map(AttributeKind::MinItems),
        text().prop_map(AttributeKind::MayBe),
    ]
    .prop_map(|kind| Attribute { kind, span: NOWHERE })
}

/// A field has each attribute once, but for the words that are an answer.
fn each_once(attributes: Vec<Attribute>) -> Vec<Attribute> {
    let mut kept: Vec<Attribute> = Vec::new();
    for attribute in attributes {
        let kind = std::mem::discriminant(&attribute.kind);
        let again = kept.iter().any(|known| std::mem::discriminant(&known.kind) == kind);
        if !again || matches!(attribute.kind, AttributeKind::MayBe(_)) {
            kept.push(attribute);
        }
    }
    kept
}

fn fields() -> impl Strategy<Value = Vec<Field>> {
    let field = (name(), ty(), of(text()), vec(attribute(), 0..4)).prop_map(|(name, ty, label, attributes)| Field {
        name,
        ty,
        label,
        attributes: each_once(attributes),
        span: NOWHERE,
    });
    vec(field, 0..4)
}

fn forbidden() -> impl Strategy<Value = Vec<Forbidden>> {
    let forbidden = (names(), of(text())).prop_map(|(names, reason)| Forbidden { names, reason, span: NOWHERE });
    vec(forbidden, 0..2)
}

fn constraints() -> impl Strategy<Value = Vec<Requirement>> {
    let constraint =
        (expr(), template()).prop_map(|(expr, said)| Requirement { expr, message: Some(said), span: NOWHERE });
    vec(constraint, 0..2)
}

fn path() -> impl Strategy<Value = Path> {
    names().prop_map(|names| Path { names, span: NOWHERE })
}

fn pack() -> impl Strategy<Value = Declaration> {
    (text(), of(Just(named("2022.6.24"))), of(text()), of(effective()), of(vec(text(), 0..3))).prop_map(
        |(title, version, publisher, effective, placeholders)| {
            let id = named("campus-safety");
            Declaration::Pack(Pack { span: NOWHERE, id, title, version, publisher, effective, placeholders })
        },
    )
}

fn data() -> impl Strategy<Value = Declaration> {
    ((name(), of(path()), of(path())), (of(path()), of(path())), of(path()), fields(), forbidden(), constraints())
        .prop_map(|((name, identity, title), (date, edition), roster, fields, forbidden, constraints)| {
            let span = NOWHERE;
            Declaration::Data(Data {
                span,
                name,
                identity,
                title,
                date,
                edition,
                roster,
                fields,
                forbidden,
                constraints,
            })
        })
}

fn cell() -> impl Strategy<Value = Cell> {
    let one_of = vec(expr(), 1..3).prop_map(|values| match values.as_slice() {
        // A list in a cell is its elements.
        [Expr { kind: ExprKind::List(items), .. }] => CellKind::OneOf(items.clone()),
        _ => CellKind::OneOf(values),
    });
    prop_oneof![
        Just(CellKind::Any),
        (compare_op(), expr()).prop_map(|(op, value)| CellKind::Compare(op, value)),
        (expr(), expr()).prop_map(|(low, high)| CellKind::Range(low, high)),
        one_of,
    ]
    .prop_map(|kind| Cell { kind, span: NOWHERE })
}

fn table() -> impl Strategy<Value = Declaration> {
    let row = (vec(cell(), 1..3), expr()).prop_map(|(cells, result)| TableRow { cells, result, span: NOWHERE });
    let params = vec((name(), ty()).prop_map(|(name, ty)| TableParam { name, ty }), 1..3);
    (name(), params, ty(), names(), vec(row, 0..3)).prop_map(|(name, params, result, header, rows)| {
        Declaration::Table(Table { span: NOWHERE, name, params, result, header, rows })
    })
}

fn rule() -> impl Strategy<Value = Declaration> {
    let citation = (name(), of(text()), of(text()));
    let citation = citation.prop_map(|(source, quote, shortfall)| Citation { source, quote, shortfall });
    let requirement = (expr(), of(template())).prop_map(|(expr, message)| Requirement { expr, message, span: NOWHERE });
    let head = (name(), of(text()), of(name()), vec(citation, 0..3));
    let words = (of(text()), of(text()), of(name()), of(text()));
    (head, words, of(effective()), of(expr()), vec(requirement, 0..3)).prop_map(
        |((id, title, scope, citations), words, effective, applies, requirements)| {
            let (responsible, group, severity, remedy) = words;
            Declaration::Rule(Box::new(Rule {
                span: NOWHERE,
                id,
                title,
                scope,
                citations,
                responsible,
                group,
                severity,
                effective,
                applies,
                requirements,
                remedy,
            }))
        },
    )
}

fn small() -> impl Strategy<Value = Declaration> {
    prop_oneof![
        (name(), of(text()), of(text()))
            .prop_map(|(name, file, label)| { Declaration::Citable(Citable { span: NOWHERE, name, file, label }) }),
        (name(), ty(), expr(), of((expr(), expr())), of(text())).prop_map(|(name, ty, default, range, note)| {
            Declaration::Param(Param { span: NOWHERE, name, ty, default, range, note })
        }),
        (name(), names())
            .prop_map(|(name, options)| { Declaration::Options(Options { span: NOWHERE, name, options }) }),
        (name(), fields(), forbidden(), constraints()).prop_map(|(name, fields, forbidden, constraints)| {
            Declaration::Record(Record { span: NOWHERE, name, fields, forbidden, constraints })
        }),
        (name(), of(name()), expr())
            .prop_map(|(name, scope, value)| { Declaration::Define(Define { span: NOWHERE, name, scope, value }) }),
        (name(), text()).prop_map(|(name, file)| Declaration::Calendar(Calendar { span: NOWHERE, name, file })),
        (name(), text(), text()).prop_map(|(source, quote, reason)| {
            Declaration::Excuse(Excuse { span: NOWHERE, source, quote, reason })
        }),
        (text(), expr(), vec((name(), standing()), 1..3)).prop_map(|(title, premise, outcomes)| {
            let outcomes = outcomes.into_iter().map(|(rule, stands)| Outcome { rule, stands }).collect();
            Declaration::Assertion(Assertion { span: NOWHERE, title, premise, outcomes })
        }),
        (name(), path(), text())
            .prop_map(|(code, about, reason)| { Declaration::Allow(Allow { span: NOWHERE, code, about, reason }) }),
    ]
}

fn standing() -> impl Strategy<Value = Name> {
    proptest::sample::select(STANDINGS.map(|term| term.zh).to_vec()).prop_map(named)
}

/// Any declaration.
pub fn declaration() -> impl Strategy<Value = Declaration> {
    prop_oneof![1 => pack(), 2 => data(), 2 => table(), 4 => rule(), 6 => small()]
}
