//! Expressions and messages.

use bulou_base::source::Span;
use bulou_syntax::ast::{
    Aggregate, ArithOp, CompareOp, Due, DurationLit, DurationUnit, Expr, ExprKind, Frequency, NumberLit, Period,
    Quantifier, Template, TemplatePart,
};
use proptest::prelude::*;

use super::{day, name, text};

fn plain(kind: ExprKind) -> Expr {
    Expr { kind, span: Span::default() }
}

fn number() -> impl Strategy<Value = ExprKind> {
    let usual = (0..=999_999_999_999_999_i64, 0_u32..=15, any::<bool>());
    let tiny = (0..=99_999_999_999_999_999_i64, 16_u32..=17, Just(false));
    prop_oneof![3 => usual, 1 => tiny]
        .prop_map(|(mantissa, scale, times)| ExprKind::Number(NumberLit { mantissa, scale, times }))
}

fn duration() -> impl Strategy<Value = ExprKind> {
    let unit = prop::sample::select(vec![DurationUnit::Days, DurationUnit::WorkDays, DurationUnit::Months]);
    let plain = (0..=100_000, unit).prop_map(|(count, unit)| DurationLit { count, unit, weeks: false });
    let weeks = (0..=14_285).prop_map(|weeks| DurationLit { count: 7 * weeks, unit: DurationUnit::Days, weeks: true });
    prop_oneof![3 => plain, 1 => weeks].prop_map(ExprKind::Duration)
}

fn atom() -> impl Strategy<Value = Expr> {
    prop_oneof![
        any::<bool>().prop_map(ExprKind::Bool),
        number(),
        text().prop_map(|text| ExprKind::Text(text.text)),
        day().prop_map(ExprKind::Date),
        duration(),
        name().prop_map(|name| ExprKind::Name(name.text)),
        Just(ExprKind::Today),
        name().prop_map(ExprKind::All),
    ]
    .prop_map(plain)
}

pub fn compare_op() -> impl Strategy<Value = CompareOp> {
    use CompareOp::{Eq, Ge, Gt, Le, Lt, Ne};
    prop::sample::select(vec![Eq, Ne, Lt, Le, Gt, Ge])
}

fn aggregate() -> impl Strategy<Value = Aggregate> {
    use Aggregate::{Average, Count, Distinct, Earliest, Latest, Max, Min, Sum};
    prop::sample::select(vec![Count, Sum, Average, Max, Min, Earliest, Latest, Distinct])
}

type Inner = BoxedStrategy<Expr>;

fn boxed(inner: &Inner) -> impl Strategy<Value = Box<Expr>> + use<> {
    inner.clone().prop_map(Box::new)
}

fn logic(inner: &Inner) -> impl Strategy<Value = ExprKind> + use<> {
    let several = || prop::collection::vec(inner.clone(), 2..4);
    let quantifier = prop::sample::select(vec![Quantifier::Every, Quantifier::Some, Quantifier::None]);
    prop_oneof![
        several().prop_map(ExprKind::And),
        several().prop_map(ExprKind::Or),
        boxed(inner).prop_map(ExprKind::Not),
        (boxed(inner), boxed(inner), prop::option::of(boxed(inner))).prop_map(|(a, b, c)| ExprKind::If(a, b, c)),
        (due(inner, Just(false).boxed()), boxed(inner)).prop_map(|(due, cond)| ExprKind::By(Box::new(due), cond)),
        (quantifier, boxed(inner), prop::option::of(name()), boxed(inner))
            .prop_map(|(quantifier, list, name, body)| ExprKind::Quantifier(quantifier, list, name, body)),
    ]
}

fn due(inner: &Inner, early: BoxedStrategy<bool>) -> impl Strategy<Value = Due> + use<> {
    prop_oneof![
        inner.clone().prop_map(Due::Before),
        (inner.clone(), inner.clone(), any::<bool>(), early).prop_map(|(start, length, rolled, early)| Due::Within {
            start,
            length,
            rolled,
            early
        }),
    ]
}

fn relation(inner: &Inner) -> impl Strategy<Value = ExprKind> + use<> {
    let pair = || (boxed(inner), boxed(inner));
    let due = due(inner, any::<bool>().boxed());
    let period = prop::sample::select(vec![Period::Day, Period::Week, Period::Month, Period::Quarter]);
    let frequency = (inner.clone(), period, inner.clone(), inner.clone(), prop::option::of(inner.clone()))
        .prop_map(|(dates, period, times, since, except)| Frequency { dates, period, times, since, except });
    prop_oneof![
        (boxed(inner), any::<bool>()).prop_map(|(value, present)| ExprKind::Has(value, present)),
        pair().prop_map(|(a, b)| ExprKind::Covers(a, b)),
        pair().prop_map(|(a, b)| ExprKind::In(a, b)),
        pair().prop_map(|(a, b)| ExprKind::Contains(a, b)),
        (compare_op(), pair()).prop_map(|(op, (a, b))| ExprKind::Compare(op, a, b)),
        (pair(), boxed(inner)).prop_map(|((a, b), c)| ExprKind::Between(a, b, c)),
        (boxed(inner), due).prop_map(|(done, due)| ExprKind::Deadline(done, Box::new(due))),
        frequency.prop_map(|frequency| ExprKind::Frequency(Box::new(frequency))),
    ]
}

fn value(inner: &Inner) -> impl Strategy<Value = ExprKind> + use<> {
    use ArithOp::{Add, Div, IntDiv, Mul, Sub};
    let op = prop::sample::select(vec![Add, Sub, Mul, Div, IntDiv]);
    let list = || prop::collection::vec(inner.clone(), 0..4);
    prop_oneof![
        (boxed(inner), boxed(inner)).prop_map(|(a, b)| ExprKind::Default(a, b)),
        (op, boxed(inner), boxed(inner)).prop_map(|(op, a, b)| ExprKind::Arith(op, a, b)),
        boxed(inner).prop_map(ExprKind::Neg),
        (boxed(inner), name()).prop_map(|(value, name)| ExprKind::Field(value, name)),
        (boxed(inner), prop::option::of(name()), boxed(inner))
            .prop_map(|(list, name, cond)| ExprKind::Filter(list, name, cond)),
        (name(), list()).prop_map(|(name, args)| ExprKind::Call(name, args)),
        (aggregate(), boxed(inner)).prop_map(|(aggregate, list)| ExprKind::Aggregate(aggregate, list, None)),
        (boxed(inner), boxed(inner)).prop_map(|(list, cond)| ExprKind::Aggregate(Aggregate::Share, list, Some(cond))),
        list().prop_map(ExprKind::List),
    ]
}

/// Any expression.
pub fn expr() -> BoxedStrategy<Expr> {
    atom()
        .prop_recursive(4, 20, 3, |inner| {
            let inner = inner.boxed();
            prop_oneof![logic(&inner), relation(&inner), value(&inner)].prop_map(plain)
        })
        .boxed()
}

/// What may stand between the braces of a message: neither braces nor both marks of texts can.
fn shown() -> impl Strategy<Value = Expr> {
    let said = |kind: ExprKind| Box::new(plain(kind));
    prop_oneof![
        name().prop_map(|name| ExprKind::Name(name.text)),
        name().prop_map(move |name| {
            let list = ExprKind::Field(said(ExprKind::Name("甲".into())), name);
            ExprKind::Aggregate(Aggregate::Count, said(list), None)
        }),
        (compare_op(), name()).prop_map(move |(op, name)| ExprKind::Compare(
            op,
            said(ExprKind::Name(name.text)),
            said(ExprKind::Text("好".into()))
        )),
        (name(), name())
            .prop_map(move |(a, b)| ExprKind::Default(said(ExprKind::Name(a.text)), said(ExprKind::Name(b.text)))),
    ]
    .prop_map(plain)
}

pub fn template() -> impl Strategy<Value = Template> {
    let words = prop::sample::select(vec!["缺", "他说“好”", "{一}", "}{", " ", "# 号"]);
    let part = prop_oneof![
        words.prop_map(|words| TemplatePart::Text(words.into())),
        shown().prop_map(TemplatePart::Value),
        Just(TemplatePart::Omitted(Span::default())),
    ];
    prop::collection::vec(part, 0..5).prop_map(|mut parts| {
        // Two texts in a row are one.
        parts.dedup_by(|next, before| matches!((next, before), (TemplatePart::Text(_), TemplatePart::Text(_))));
        Template { parts, span: Span::default() }
    })
}
