//! Small changes to an expression: at every place in it, everything that its form allows.

use crate::mutate::kind::Kind;
use crate::mutate::speech::Speech;
use bulou_base::date::plus_days;
use bulou_base::source::Span;
use bulou_syntax::aggregates::Instead;
use bulou_syntax::ast::{
    Aggregate, ArithOp, CompareOp, Due, DurationLit, DurationUnit, Expr, ExprKind, Frequency, NumberLit, Period,
    Quantifier,
};
use bulou_syntax::tree::{Role, parts, parts_mut};

/// What was changed, in the rule's words.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub kind: Kind,
    /// Where.
    pub span: Span,
    pub from: String,
    pub to: String,
}

/// A whole with one change in it.
pub(crate) type Variant<T> = (Change, T);

/// What may stand in the place of an expression: a part of it, or another form.
type Made = (Kind, Expr);

/// Makes a form that stands in the place of the expression.
type At<'e> = &'e dyn Fn(ExprKind) -> Expr;

/// Every variant of an expression that is `own` to the whole.
pub(crate) fn variants(expr: &Expr, own: Role, speech: &Speech<'_>) -> Vec<Variant<Expr>> {
    let mut all: Vec<Variant<Expr>> = local(expr, own, speech)
        .into_iter()
        .map(|(kind, made)| {
            let (from, to) = (speech.text(expr), speech.text(&made));
            (Change { kind, span: expr.span, from, to }, made)
        })
        .collect();
    for (index, (role, part)) in parts(expr, own).into_iter().enumerate() {
        for (change, made) in variants(part, role, speech) {
            let mut whole = expr.clone();
            if let Some((_, place)) = parts_mut(&mut whole, own).into_iter().nth(index) {
                *place = made;
            }
            all.push((change, whole));
        }
    }
    all
}

/// The variants at an expression itself.
fn local(expr: &Expr, own: Role, speech: &Speech<'_>) -> Vec<Made> {
    let at = |kind: ExprKind| Expr { kind, span: expr.span };
    let mut made = match &expr.kind {
        ExprKind::Bool(value) => vec![(Kind::Negation, at(ExprKind::Bool(!value)))],
        ExprKind::Number(literal) => numbers(*literal, &at),
        ExprKind::Duration(literal) => durations(*literal, &at),
        ExprKind::Date(date) => {
            let days = [-1, 1].into_iter().filter_map(|by| plus_days(*date, by));
            days.map(|date| (Kind::Number, at(ExprKind::Date(date)))).collect()
        }
        ExprKind::Text(name) => options(name, ExprKind::Text, speech, &at),
        ExprKind::Name(name) => options(name, ExprKind::Name, speech, &at),
        ExprKind::And(all) => chain(all, ExprKind::And, ExprKind::Or, &at),
        ExprKind::Or(all) => chain(all, ExprKind::Or, ExprKind::And, &at),
        ExprKind::Not(inner) => vec![(Kind::Negation, (**inner).clone())],
        ExprKind::If(_, yes, no) => {
            let branches = [Some(yes), no.as_ref()].into_iter().flatten();
            branches.map(|branch| (Kind::Guard, (**branch).clone())).collect()
        }
        ExprKind::Quantifier(quantifier, list, name, body) => {
            let others = [Quantifier::Every, Quantifier::Some, Quantifier::None].into_iter();
            let other = |other| at(ExprKind::Quantifier(other, list.clone(), name.clone(), body.clone()));
            others.filter(|other| other != quantifier).map(|found| (Kind::Quantifier, other(found))).collect()
        }
        ExprKind::Filter(list, _, _) => vec![(Kind::Guard, (**list).clone())],
        ExprKind::Covers(left, right) => vec![(Kind::Operator, at(ExprKind::Covers(right.clone(), left.clone())))],
        ExprKind::Compare(op, left, right) => comparisons(*op, left, right, speech, &at),
        ExprKind::Deadline(done, due) => deadlines(done, due, &at),
        ExprKind::By(due, cond) => by(due, cond, &at),
        ExprKind::Frequency(frequency) => frequencies(frequency, &at),
        ExprKind::Default(value, fallback) => defaults(value, fallback, &at),
        ExprKind::Arith(op, left, right) => {
            let turned = ExprKind::Arith(turned_arithmetic(*op), left.clone(), right.clone());
            vec![(Kind::Arithmetic, at(turned))]
        }
        ExprKind::Neg(inner) => vec![(Kind::Arithmetic, (**inner).clone())],
        ExprKind::Aggregate(aggregate, list, None) => aggregates(*aggregate, list, &at),
        ExprKind::Has(inner, present) => vec![(Kind::Negation, at(ExprKind::Has(inner.clone(), !present)))],
        ExprKind::List(all) if all.len() > 1 => {
            without_one(all).map(|rest| (Kind::Member, at(ExprKind::List(rest)))).collect()
        }
        _ => Vec::new(),
    };
    if turns(expr, own) {
        made.push((Kind::Negation, at(ExprKind::Not(Box::new(expr.clone())))));
    }
    made
}

/// Whether a condition is turned round with `非`: where no other change does that.
fn turns(expr: &Expr, own: Role) -> bool {
    match &expr.kind {
        ExprKind::Name(_)
        | ExprKind::Field(..)
        | ExprKind::Call(..)
        | ExprKind::In(..)
        | ExprKind::Between(..)
        | ExprKind::Contains(..)
        | ExprKind::Covers(..) => matches!(own, Role::Condition | Role::Guard),
        ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Quantifier(..) => own == Role::Guard,
        _ => false,
    }
}

/// One more and one less in the last place; nothing becomes negative.
fn numbers(literal: NumberLit, at: At<'_>) -> Vec<Made> {
    let next = [-1, 1].into_iter().filter_map(|by| literal.mantissa.checked_add(by)).filter(|next| *next >= 0);
    next.map(|mantissa| (Kind::Number, at(ExprKind::Number(NumberLit { mantissa, ..literal })))).collect()
}

fn durations(literal: DurationLit, at: At<'_>) -> Vec<Made> {
    let step = if literal.weeks { 7 } else { 1 };
    let next = [-step, step].into_iter().filter_map(|by| literal.count.checked_add(by)).filter(|next| *next >= 0);
    next.map(|count| (Kind::Number, at(ExprKind::Duration(DurationLit { count, ..literal })))).collect()
}

fn options(name: &str, form: fn(String) -> ExprKind, speech: &Speech<'_>, at: At<'_>) -> Vec<Made> {
    speech.next_options(name).into_iter().map(|next| (Kind::Option, at(form(next)))).collect()
}

/// The other connective, and each part left out.
fn chain(all: &[Expr], same: fn(Vec<Expr>) -> ExprKind, turned: fn(Vec<Expr>) -> ExprKind, at: At<'_>) -> Vec<Made> {
    let rests = without_one(all).filter_map(|mut rest| match rest.len() {
        1 => rest.pop(),
        _ => Some(at(same(rest))),
    });
    std::iter::once((Kind::Connective, at(turned(all.to_vec())))).chain(rests.map(|rest| (Kind::Part, rest))).collect()
}

/// The parts with each of them left out in turn.
fn without_one(all: &[Expr]) -> impl Iterator<Item = Vec<Expr>> {
    (0..all.len()).map(|index| {
        let mut rest = all.to_vec();
        rest.remove(index);
        rest
    })
}

/// Where the bound belongs changed, the answer turned round, and equality alone (or an order instead of it).
fn comparisons(op: CompareOp, left: &Expr, right: &Expr, speech: &Speech<'_>, at: At<'_>) -> Vec<Made> {
    let unordered = |side: &Expr| match &side.kind {
        ExprKind::Name(name) => !speech.next_options(name).is_empty(),
        kind => matches!(kind, ExprKind::Text(_) | ExprKind::Bool(_)),
    };
    let others: &[CompareOp] = match op {
        CompareOp::Eq if unordered(left) || unordered(right) => &[CompareOp::Ne],
        CompareOp::Eq => &[CompareOp::Ne, CompareOp::Le, CompareOp::Ge],
        CompareOp::Ne => &[CompareOp::Eq],
        CompareOp::Lt => &[CompareOp::Le, CompareOp::Ge, CompareOp::Eq],
        CompareOp::Le => &[CompareOp::Lt, CompareOp::Gt, CompareOp::Eq],
        CompareOp::Gt => &[CompareOp::Ge, CompareOp::Le, CompareOp::Eq],
        CompareOp::Ge => &[CompareOp::Gt, CompareOp::Lt, CompareOp::Eq],
    };
    let made = |op: CompareOp| at(ExprKind::Compare(op, Box::new(left.clone()), Box::new(right.clone())));
    others.iter().map(|other| (Kind::Operator, made(*other))).collect()
}

/// Other due days, and `或更早` allowed or not.
fn deadlines(done: &Expr, due: &Due, at: At<'_>) -> Vec<Made> {
    let to = |due: Due| (Kind::Deadline, at(ExprKind::Deadline(Box::new(done.clone()), Box::new(due))));
    let early = match due {
        Due::Before(_) => None,
        Due::Within { start, length, rolled, early } => {
            let (start, length) = (start.clone(), length.clone());
            Some(Due::Within { start, length, rolled: *rolled, early: !early })
        }
    };
    other_days(due).into_iter().chain(early).map(to).collect()
}

/// Other due days, and what has to hold by then asked at once.
fn by(due: &Due, cond: &Expr, at: At<'_>) -> Vec<Made> {
    let to = |due: Due| at(ExprKind::By(Box::new(due), Box::new(cond.clone())));
    let others = other_days(due).into_iter().map(to);
    others.chain([cond.clone()]).map(|made| (Kind::Deadline, made)).collect()
}

/// `顺延` left out; a due day a day earlier and later. The length of `S 起 N 内` is a number of its own.
fn other_days(due: &Due) -> Vec<Due> {
    match due {
        Due::Before(day) if matches!(day.kind, ExprKind::Date(_)) => Vec::new(),
        Due::Before(day) => [ArithOp::Sub, ArithOp::Add].map(|op| Due::Before(shifted(day, op))).into(),
        Due::Within { start, length, rolled: true, early } => {
            vec![Due::Within { start: start.clone(), length: length.clone(), rolled: false, early: *early }]
        }
        Due::Within { .. } => Vec::new(),
    }
}

/// A day expression one day earlier or later.
fn shifted(day: &Expr, op: ArithOp) -> Expr {
    let one = ExprKind::Duration(DurationLit { count: 1, unit: DurationUnit::Days, weeks: false });
    let one = Expr { kind: one, span: day.span };
    Expr { kind: ExprKind::Arith(op, Box::new(day.clone()), Box::new(one)), span: day.span }
}

/// The next shorter and longer period, and no exceptions. How often is a number of its own.
fn frequencies(frequency: &Frequency, at: At<'_>) -> Vec<Made> {
    let to = |frequency: Frequency| (Kind::Frequency, at(ExprKind::Frequency(Box::new(frequency))));
    let near: &[Period] = match frequency.period {
        Period::Day => &[Period::Week],
        Period::Week => &[Period::Day, Period::Month],
        Period::Month => &[Period::Week, Period::Quarter],
        Period::Quarter => &[Period::Month],
    };
    let periods = near.iter().map(|period| Frequency { period: *period, ..frequency.clone() });
    let unexcepted = frequency.except.is_some().then(|| Frequency { except: None, ..frequency.clone() });
    periods.chain(unexcepted).map(to).collect()
}

/// Another value after `缺省`, where it is no constant, which changes by itself: a day later, or one more. Of the two
/// only the one that fits the type compiles.
fn defaults(value: &Expr, fallback: &Expr, at: At<'_>) -> Vec<Made> {
    if !matches!(fallback.kind, ExprKind::Name(_) | ExprKind::Field(..) | ExprKind::Call(..) | ExprKind::Today) {
        return Vec::new();
    }
    let one = Expr { kind: ExprKind::Number(NumberLit { mantissa: 1, scale: 0, times: false }), span: fallback.span };
    let more = ExprKind::Arith(ArithOp::Add, Box::new(fallback.clone()), Box::new(one));
    let others = [shifted(fallback, ArithOp::Add), Expr { kind: more, span: fallback.span }];
    let to = |other: Expr| at(ExprKind::Default(Box::new(value.clone()), Box::new(other)));
    others.map(|other| (Kind::Default, to(other))).into()
}

fn turned_arithmetic(op: ArithOp) -> ArithOp {
    match op {
        ArithOp::Add => ArithOp::Sub,
        ArithOp::Sub => ArithOp::Add,
        ArithOp::Mul | ArithOp::IntDiv => ArithOp::Div,
        ArithOp::Div => ArithOp::Mul,
    }
}

fn aggregates(aggregate: Aggregate, list: &Expr, at: At<'_>) -> Vec<Made> {
    match aggregate.function().instead {
        Instead::Function(other) => {
            vec![(Kind::Aggregate, at(ExprKind::Aggregate(other, Box::new(list.clone()), None)))]
        }
        Instead::List => vec![(Kind::Aggregate, list.clone())],
        Instead::Nothing => Vec::new(),
    }
}
