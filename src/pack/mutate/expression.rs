//! Small changes to an expression: at every place in it, everything that its form allows.

use crate::date::plus_days;
use crate::pack::mutate::kind::Kind;
use crate::pack::mutate::parts::{Role, parts};
use crate::pack::mutate::speech::{Speech, decimal, sign};
use crate::source::Span;
use crate::syntax::ast::{
    Aggregate, ArithOp, CompareOp, Due, DurationLit, DurationUnit, Expr, ExprKind, Frequency, NumberLit, Period,
    Quantifier,
};

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

/// What may stand in the place of one expression.
type Made = (Kind, Expr, String);

/// Every variant of an expression that is `own` to the whole.
pub(crate) fn variants(expr: &Expr, own: Role, speech: &Speech<'_>) -> Vec<Variant<Expr>> {
    let here = local(expr, own, speech).into_iter();
    let change = |kind, to| Change { kind, span: expr.span, from: speech.text(expr), to };
    let mut all: Vec<Variant<Expr>> = here.map(|(kind, made, to)| (change(kind, to), made)).collect();
    let mut whole = expr.clone();
    let inner: Vec<(Role, Expr)> =
        parts(&mut whole, own).into_iter().map(|(role, part)| (role, part.clone())).collect();
    for (index, (role, part)) in inner.iter().enumerate() {
        for (change, made) in variants(part, *role, speech) {
            let mut whole = expr.clone();
            if let Some((_, place)) = parts(&mut whole, own).into_iter().nth(index) {
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
        ExprKind::Bool(value) => vec![(Kind::Negation, at(ExprKind::Bool(!value)), boolean(!value, speech))],
        ExprKind::Number(literal) => numbers(*literal, &at),
        ExprKind::Duration(literal) => durations(*literal, speech, &at),
        ExprKind::Date(date) => {
            let days = [-1, 1].into_iter().filter_map(|by| plus_days(*date, by));
            days.map(|date| (Kind::Number, at(ExprKind::Date(date)), date.to_string())).collect()
        }
        ExprKind::Text(name) | ExprKind::Name(name) => {
            let next = speech.next_options(name).into_iter();
            next.map(|next| (Kind::Option, at(ExprKind::Text(next.clone())), next)).collect()
        }
        ExprKind::And(all) => chain(all, ("kw_and", "kw_or"), ExprKind::And, ExprKind::Or, speech, &at),
        ExprKind::Or(all) => chain(all, ("kw_or", "kw_and"), ExprKind::Or, ExprKind::And, speech, &at),
        ExprKind::Not(inner) => vec![(Kind::Negation, (**inner).clone(), speech.text(inner))],
        ExprKind::If(_, yes, no) => {
            let branches = [Some(yes), no.as_ref()].into_iter().flatten();
            branches.map(|branch| (Kind::Guard, (**branch).clone(), speech.text(branch))).collect()
        }
        ExprKind::Quantifier(quantifier, list, _, _) => quantifiers(expr, *quantifier, list, speech),
        ExprKind::Filter(list, _, _) => vec![(Kind::Guard, (**list).clone(), speech.text(list))],
        ExprKind::Covers(left, right) => {
            let turned = ExprKind::Covers(right.clone(), left.clone());
            vec![(Kind::Operator, at(turned), speech.joined(right, "kw_covers", left))]
        }
        ExprKind::Compare(op, left, right) => comparisons(*op, left, right, speech, &at),
        ExprKind::Deadline(done, due) => deadlines(done, due, speech, &at),
        ExprKind::Frequency(frequency) => frequencies(frequency, speech, &at),
        ExprKind::Default(value, fallback) => defaults(value, fallback, speech, &at),
        ExprKind::Arith(op, left, right) => arithmetic(*op, left, right, speech, &at),
        ExprKind::Neg(inner) => vec![(Kind::Arithmetic, (**inner).clone(), speech.text(inner))],
        ExprKind::Aggregate(aggregate, list, None) => aggregates(*aggregate, list, speech, &at),
        ExprKind::Has(inner, present) => {
            let word = speech.word(if *present { "kw_lacks" } else { "kw_has" });
            let turned = at(ExprKind::Has(inner.clone(), !present));
            vec![(Kind::Negation, turned, format!("{word} {}", speech.text(inner)))]
        }
        ExprKind::List(all) if all.len() > 1 => members(all, speech, &at),
        _ => Vec::new(),
    };
    made.extend(negated(expr, own, speech));
    made
}

/// A condition turned round, where no other change does that.
fn negated(expr: &Expr, own: Role, speech: &Speech<'_>) -> Option<Made> {
    let turned = match &expr.kind {
        ExprKind::Name(_)
        | ExprKind::Field(..)
        | ExprKind::Call(..)
        | ExprKind::In(..)
        | ExprKind::Between(..)
        | ExprKind::Contains(..)
        | ExprKind::Covers(..) => matches!(own, Role::Condition | Role::Guard),
        ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Quantifier(..) => own == Role::Guard,
        _ => false,
    };
    let not = || Expr { kind: ExprKind::Not(Box::new(expr.clone())), span: expr.span };
    turned.then(|| (Kind::Negation, not(), format!("{} {}", speech.word("kw_not"), speech.operand(expr))))
}

fn boolean(value: bool, speech: &Speech<'_>) -> String {
    speech.word(if value { "kw_yes" } else { "kw_no" }).to_owned()
}

/// One more and one less in the last place; nothing becomes negative.
fn numbers(literal: NumberLit, at: &dyn Fn(ExprKind) -> Expr) -> Vec<Made> {
    let next = [-1, 1].into_iter().filter_map(|by| literal.mantissa.checked_add(by)).filter(|next| *next >= 0);
    next.map(|mantissa| {
        let unit = if literal.times { "次" } else { "" };
        let text = format!("{}{unit}", decimal(mantissa, literal.scale));
        (Kind::Number, at(ExprKind::Number(NumberLit { mantissa, ..literal })), text)
    })
    .collect()
}

fn durations(literal: DurationLit, speech: &Speech<'_>, at: &dyn Fn(ExprKind) -> Expr) -> Vec<Made> {
    let next = [-1, 1].into_iter().filter_map(|by| literal.count.checked_add(by)).filter(|next| *next >= 0);
    next.map(|count| {
        let made = at(ExprKind::Duration(DurationLit { count, ..literal }));
        (Kind::Number, made, speech.duration(count, literal.unit))
    })
    .collect()
}

/// The other connective, and each part left out.
fn chain(
    all: &[Expr],
    (own, other): (&str, &str),
    same: fn(Vec<Expr>) -> ExprKind,
    turned: fn(Vec<Expr>) -> ExprKind,
    speech: &Speech<'_>,
    at: &dyn Fn(ExprKind) -> Expr,
) -> Vec<Made> {
    let text = |parts: &[Expr], word: &str| {
        let parts: Vec<String> = parts.iter().map(|part| part_text(part, speech)).collect();
        parts.join(&format!(" {} ", speech.word(word)))
    };
    let mut made = vec![(Kind::Connective, at(turned(all.to_vec())), text(all, other))];
    for index in 0..all.len() {
        let mut rest = all.to_vec();
        rest.remove(index);
        let words = text(&rest, own);
        let left = match rest.len() {
            1 => rest.pop(),
            _ => Some(at(same(rest))),
        };
        made.extend(left.map(|left| (Kind::Part, left, words)));
    }
    made
}

/// A part of `且` or `或`, in parentheses only where it binds looser.
fn part_text(part: &Expr, speech: &Speech<'_>) -> String {
    match &part.kind {
        ExprKind::And(_) | ExprKind::Or(_) | ExprKind::If(..) | ExprKind::Quantifier(..) => speech.operand(part),
        _ => speech.text(part),
    }
}

/// The two other quantifiers; the element's name and the condition stay.
fn quantifiers(expr: &Expr, own: Quantifier, list: &Expr, speech: &Speech<'_>) -> Vec<Made> {
    let words = [(Quantifier::Every, "kw_every"), (Quantifier::Some, "kw_some"), (Quantifier::None, "kw_none")];
    let others = words.into_iter().filter(|(other, _)| *other != own);
    others
        .filter_map(|(other, word)| {
            let ExprKind::Quantifier(_, list_, name, body) = &expr.kind else { return None };
            let kind = ExprKind::Quantifier(other, list_.clone(), name.clone(), body.clone());
            let text = format!("{} {} …", speech.word(word), speech.text(list));
            Some((Kind::Quantifier, Expr { kind, span: expr.span }, text))
        })
        .collect()
}

/// Where the bound belongs changed, the answer turned round, and equality alone (or none of it).
fn comparisons(
    op: CompareOp,
    left: &Expr,
    right: &Expr,
    speech: &Speech<'_>,
    at: &dyn Fn(ExprKind) -> Expr,
) -> Vec<Made> {
    let unordered = |side: &Expr| matches!(side.kind, ExprKind::Text(_) | ExprKind::Bool(_));
    let others: &[CompareOp] = match op {
        CompareOp::Eq if unordered(left) || unordered(right) => &[CompareOp::Ne],
        CompareOp::Eq => &[CompareOp::Ne, CompareOp::Le, CompareOp::Ge],
        CompareOp::Ne => &[CompareOp::Eq],
        CompareOp::Lt => &[CompareOp::Le, CompareOp::Ge, CompareOp::Eq],
        CompareOp::Le => &[CompareOp::Lt, CompareOp::Gt, CompareOp::Eq],
        CompareOp::Gt => &[CompareOp::Ge, CompareOp::Le, CompareOp::Eq],
        CompareOp::Ge => &[CompareOp::Gt, CompareOp::Lt, CompareOp::Eq],
    };
    let others = others.iter().map(|other| {
        let made = at(ExprKind::Compare(*other, Box::new(left.clone()), Box::new(right.clone())));
        let text = format!("{} {} {}", side_text(left, speech), sign(*other), side_text(right, speech));
        (Kind::Operator, made, text)
    });
    others.collect()
}

/// A side of a comparison, in parentheses only where it binds looser.
fn side_text(side: &Expr, speech: &Speech<'_>) -> String {
    match side.kind {
        ExprKind::Arith(..) | ExprKind::Default(..) => speech.text(side),
        _ => speech.operand(side),
    }
}

/// `顺延` left out; `E 前` a day earlier and later. The length of `S 起 N 内` is a number of its own.
fn deadlines(done: &Expr, due: &Due, speech: &Speech<'_>, at: &dyn Fn(ExprKind) -> Expr) -> Vec<Made> {
    let to = |due: Due| at(ExprKind::Deadline(Box::new(done.clone()), Box::new(due)));
    let head = format!("{} {}", speech.text(done), speech.word("kw_due"));
    match due {
        Due::Before(day) if matches!(day.kind, ExprKind::Date(_)) => Vec::new(),
        Due::Before(day) => [(ArithOp::Sub, '-'), (ArithOp::Add, '+')]
            .into_iter()
            .map(|(op, sign)| {
                let text = format!("{head} {} {sign} 1日 {}", speech.operand(day), speech.word("kw_before"));
                (Kind::Deadline, to(Due::Before(shifted(day, op))), text)
            })
            .collect(),
        Due::Within { start, length, rolled: true } => {
            let (from, within) = (speech.word("kw_from"), speech.word("kw_within"));
            let text = format!("{head} {} {from} {} {within}", speech.text(start), speech.text(length));
            let due = Due::Within { start: start.clone(), length: length.clone(), rolled: false };
            vec![(Kind::Deadline, to(due), text)]
        }
        Due::Within { .. } => Vec::new(),
    }
}

/// A day expression one day earlier or later.
fn shifted(day: &Expr, op: ArithOp) -> Expr {
    let one = ExprKind::Duration(DurationLit { count: 1, unit: DurationUnit::Days });
    let one = Expr { kind: one, span: day.span };
    Expr { kind: ExprKind::Arith(op, Box::new(day.clone()), Box::new(one)), span: day.span }
}

/// The next shorter and longer period, and no exceptions. How often is a number of its own.
fn frequencies(frequency: &Frequency, speech: &Speech<'_>, at: &dyn Fn(ExprKind) -> Expr) -> Vec<Made> {
    let periods = [Period::Day, Period::Week, Period::Month, Period::Quarter];
    let words = ["kw_day", "kw_week", "kw_month", "kw_quarter"];
    let own = periods.iter().position(|period| *period == frequency.period).unwrap_or_default();
    let near = periods.iter().zip(words).enumerate().filter(|(index, _)| index.abs_diff(own) == 1);
    let mut made: Vec<Made> = near
        .map(|(_, (period, word))| {
            let kind = ExprKind::Frequency(Box::new(Frequency { period: *period, ..frequency.clone() }));
            let text = format!("{} {} {} …", speech.text(&frequency.dates), speech.word("kw_each"), speech.word(word));
            (Kind::Frequency, at(kind), text)
        })
        .collect();
    if let Some(except) = &frequency.except {
        let kind = ExprKind::Frequency(Box::new(Frequency { except: None, ..frequency.clone() }));
        let left_out = format!("… {} {}: {}", speech.word("kw_except"), speech.text(except), speech.nothing());
        made.push((Kind::Frequency, at(kind), left_out));
    }
    made
}

/// Another value after `缺省`, where it is no constant, which changes by itself: one more, or a day later. Of the two
/// only the one that fits the type compiles.
fn defaults(value: &Expr, fallback: &Expr, speech: &Speech<'_>, at: &dyn Fn(ExprKind) -> Expr) -> Vec<Made> {
    if !matches!(fallback.kind, ExprKind::Name(_) | ExprKind::Field(..) | ExprKind::Call(..) | ExprKind::Today) {
        return Vec::new();
    }
    let one = NumberLit { mantissa: 1, scale: 0, times: false };
    let one = Expr { kind: ExprKind::Number(one), span: fallback.span };
    let more =
        Expr { kind: ExprKind::Arith(ArithOp::Add, Box::new(fallback.clone()), Box::new(one)), span: fallback.span };
    let others = [(shifted(fallback, ArithOp::Add), "1日"), (more, "1")];
    let others = others.into_iter().map(|(other, by)| {
        let text = format!("{} + {by}", speech.joined(value, "kw_default", fallback));
        (Kind::Default, at(ExprKind::Default(Box::new(value.clone()), Box::new(other))), text)
    });
    others.collect()
}

fn arithmetic(op: ArithOp, left: &Expr, right: &Expr, speech: &Speech<'_>, at: &dyn Fn(ExprKind) -> Expr) -> Vec<Made> {
    let (other, sign) = match op {
        ArithOp::Add => (ArithOp::Sub, "-"),
        ArithOp::Sub => (ArithOp::Add, "+"),
        ArithOp::Mul => (ArithOp::Div, "/"),
        ArithOp::Div => (ArithOp::Mul, "*"),
        ArithOp::IntDiv => (ArithOp::Div, "/"),
    };
    let made = at(ExprKind::Arith(other, Box::new(left.clone()), Box::new(right.clone())));
    vec![(Kind::Arithmetic, made, format!("{} {sign} {}", speech.operand(left), speech.operand(right)))]
}

fn aggregates(aggregate: Aggregate, list: &Expr, speech: &Speech<'_>, at: &dyn Fn(ExprKind) -> Expr) -> Vec<Made> {
    let (other, word) = match aggregate {
        Aggregate::Max => (Aggregate::Min, speech.either("最小", "min")),
        Aggregate::Min => (Aggregate::Max, speech.either("最大", "max")),
        Aggregate::Earliest => (Aggregate::Latest, speech.either("最晚", "latest")),
        Aggregate::Latest => (Aggregate::Earliest, speech.either("最早", "earliest")),
        Aggregate::Sum | Aggregate::Average => (Aggregate::Count, speech.either("数量", "count")),
        Aggregate::Distinct => return vec![(Kind::Aggregate, list.clone(), speech.text(list))],
        Aggregate::Count | Aggregate::Share => return Vec::new(),
    };
    let made = at(ExprKind::Aggregate(other, Box::new(list.clone()), None));
    vec![(Kind::Aggregate, made, format!("{word}({})", speech.text(list)))]
}

/// Each member of `{a, b}` left out.
fn members(all: &[Expr], speech: &Speech<'_>, at: &dyn Fn(ExprKind) -> Expr) -> Vec<Made> {
    let without = (0..all.len()).map(|index| {
        let mut rest = all.to_vec();
        rest.remove(index);
        let text: Vec<String> = rest.iter().map(|part| speech.text(part)).collect();
        (Kind::Member, at(ExprKind::List(rest)), format!("{{{}}}", text.join(", ")))
    });
    without.collect()
}
