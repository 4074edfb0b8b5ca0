//! The parts of an expression, one list for every walk over it.

use bulou_syntax::ast::{Due, Expr, ExprKind};

/// What a part is to the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A value or list.
    Value,
    /// A condition or requirement.
    Condition,
    /// A condition that decides whether something else is asked: of a filter, of `若`, of `适用`.
    Guard,
    /// What stands under `非`.
    Negated,
}

/// The direct parts of an expression that is itself `own` to something.
pub(crate) fn parts(expr: &mut Expr, own: Role) -> Vec<(Role, &mut Expr)> {
    match &mut expr.kind {
        ExprKind::Bool(_)
        | ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Date(_)
        | ExprKind::Duration(_)
        | ExprKind::Name(_)
        | ExprKind::Today
        | ExprKind::All(_) => Vec::new(),
        ExprKind::Field(inner, _) | ExprKind::Neg(inner) | ExprKind::Has(inner, _) => vec![(Role::Value, &mut **inner)],
        ExprKind::Call(_, all) | ExprKind::List(all) => all.iter_mut().map(|part| (Role::Value, part)).collect(),
        ExprKind::And(all) | ExprKind::Or(all) => all.iter_mut().map(|part| (Role::Condition, part)).collect(),
        ExprKind::Not(inner) => vec![(Role::Negated, &mut **inner)],
        ExprKind::If(test, yes, no) => {
            let branches = [Some(yes), no.as_mut()].into_iter().flatten().map(|branch| (own, &mut **branch));
            std::iter::once((Role::Guard, &mut **test)).chain(branches).collect()
        }
        ExprKind::Quantifier(_, list, _, body) => vec![(Role::Value, &mut **list), (Role::Condition, &mut **body)],
        ExprKind::Filter(list, _, cond) => vec![(Role::Value, &mut **list), (Role::Guard, &mut **cond)],
        ExprKind::Aggregate(_, list, share) => {
            let share = share.as_mut().map(|cond| (Role::Guard, &mut **cond));
            std::iter::once((Role::Value, &mut **list)).chain(share).collect()
        }
        ExprKind::Covers(left, right)
        | ExprKind::Compare(_, left, right)
        | ExprKind::In(left, right)
        | ExprKind::Contains(left, right)
        | ExprKind::Default(left, right)
        | ExprKind::Arith(_, left, right) => vec![(Role::Value, &mut **left), (Role::Value, &mut **right)],
        ExprKind::Between(value, low, high) => [value, low, high].map(|part| (Role::Value, &mut **part)).into(),
        ExprKind::Deadline(done, due) => {
            std::iter::once(&mut **done).chain(days(due)).map(|part| (Role::Value, part)).collect()
        }
        ExprKind::By(due, cond) => {
            days(due).into_iter().map(|part| (Role::Value, part)).chain([(Role::Condition, &mut **cond)]).collect()
        }
        ExprKind::Frequency(frequency) => {
            let frequency = &mut **frequency;
            let fixed = [&mut frequency.dates, &mut frequency.times, &mut frequency.since];
            fixed.into_iter().chain(frequency.except.as_mut()).map(|part| (Role::Value, part)).collect()
        }
    }
}

fn days(due: &mut Due) -> Vec<&mut Expr> {
    match due {
        Due::Before(day) => vec![day],
        Due::Within { start, length, .. } => vec![start, length],
    }
}
