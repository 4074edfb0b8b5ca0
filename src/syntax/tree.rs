//! Expressions as what they are themselves and their parts. Places, comments, layout and the language of keywords are no
//! part of it, so they are no difference.

use bulou_base::value::Quotient;

use crate::ast::{Cell, CellKind, Due, Expr, ExprKind, Name, NumberLit, Table};

/// What a part is to the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A value or list.
    Value,
    /// A condition or requirement.
    Condition,
    /// A condition that decides whether something else is asked: of a filter, of `若`, of `适用`.
    Guard,
    /// What stands under `非`.
    Negated,
}

/// The parts of every form are listed here and nowhere else, once for looking and once for changing.
macro_rules! parts {
    ($(#[$doc:meta])* $name:ident, $days:ident, $iter:ident $(, $mut:tt)?) => {
        $(#[$doc])*
        pub fn $name(expr: &$($mut)? Expr, own: Role) -> Vec<(Role, &$($mut)? Expr)> {
            match &$($mut)? expr.kind {
                ExprKind::Bool(_)
                | ExprKind::Number(_)
                | ExprKind::Text(_)
                | ExprKind::Date(_)
                | ExprKind::Duration(_)
                | ExprKind::Name(_)
                | ExprKind::Today
                | ExprKind::All(_) => Vec::new(),
                ExprKind::Field(inner, _) | ExprKind::Neg(inner) | ExprKind::Has(inner, _) => {
                    vec![(Role::Value, &$($mut)? **inner)]
                }
                ExprKind::Call(_, all) | ExprKind::List(all) => all.$iter().map(|part| (Role::Value, part)).collect(),
                ExprKind::And(all) | ExprKind::Or(all) => all.$iter().map(|part| (Role::Condition, part)).collect(),
                ExprKind::Not(inner) => vec![(Role::Negated, &$($mut)? **inner)],
                ExprKind::If(test, yes, no) => {
                    let branches = std::iter::once(yes).chain(no.$iter()).map(|branch| (own, &$($mut)? **branch));
                    std::iter::once((Role::Guard, &$($mut)? **test)).chain(branches).collect()
                }
                ExprKind::Quantifier(_, list, _, body) => {
                    vec![(Role::Value, &$($mut)? **list), (Role::Condition, &$($mut)? **body)]
                }
                ExprKind::Filter(list, _, cond) => {
                    vec![(Role::Value, &$($mut)? **list), (Role::Guard, &$($mut)? **cond)]
                }
                ExprKind::Aggregate(_, list, share) => {
                    let share = share.$iter().map(|cond| (Role::Guard, &$($mut)? **cond));
                    std::iter::once((Role::Value, &$($mut)? **list)).chain(share).collect()
                }
                ExprKind::Covers(left, right)
                | ExprKind::Compare(_, left, right)
                | ExprKind::In(left, right)
                | ExprKind::Contains(left, right)
                | ExprKind::Default(left, right)
                | ExprKind::Arith(_, left, right) => {
                    vec![(Role::Value, &$($mut)? **left), (Role::Value, &$($mut)? **right)]
                }
                ExprKind::Between(value, low, high) => {
                    [value, low, high].map(|part| (Role::Value, &$($mut)? **part)).into()
                }
                ExprKind::Deadline(done, due) => {
                    std::iter::once(&$($mut)? **done).chain($days(due)).map(|part| (Role::Value, part)).collect()
                }
                ExprKind::By(due, cond) => {
                    let days = $days(due).into_iter().map(|part| (Role::Value, part));
                    days.chain([(Role::Condition, &$($mut)? **cond)]).collect()
                }
                ExprKind::Frequency(frequency) => {
                    let frequency = &$($mut)? **frequency;
                    let fixed =
                        [&$($mut)? frequency.dates, &$($mut)? frequency.times, &$($mut)? frequency.since];
                    fixed.into_iter().chain(frequency.except.$iter()).map(|part| (Role::Value, part)).collect()
                }
            }
        }

        fn $days(due: &$($mut)? Due) -> Vec<&$($mut)? Expr> {
            match due {
                Due::Before(day) => vec![day],
                Due::Within { start, length, .. } => vec![start, length],
            }
        }
    };
}

parts! {
    /// The expressions directly within one that is itself `own` to something, in order, and what each is to it.
    parts, days, iter
}
parts! {
    /// The same, to be changed.
    parts_mut, days_mut, iter_mut, mut
}

/// An expression as what it is itself and its parts, so that one walk serves every form.
pub struct Node<'e> {
    /// Form, names and literals; equal for expressions that differ in their parts alone.
    pub head: String,
    /// The expressions within, in order.
    pub parts: Vec<&'e Expr>,
}

/// Takes an expression apart.
pub fn node(expr: &Expr) -> Node<'_> {
    let parts = parts(expr, Role::Value).into_iter().map(|(_, part)| part).collect();
    Node { head: head(expr), parts }
}

fn head(expr: &Expr) -> String {
    let bound = |bound: &Option<Name>| bound.as_ref().map_or("", |name| &name.text).to_owned();
    match &expr.kind {
        ExprKind::Bool(value) => format!("bool {value}"),
        ExprKind::Number(literal) => format!("number {} {}", number(*literal), literal.times),
        ExprKind::Text(text) => format!("text {text}"),
        ExprKind::Date(date) => format!("date {date}"),
        ExprKind::Duration(literal) => format!("duration {} {:?} {}", literal.count, literal.unit, literal.weeks),
        ExprKind::Name(name) => format!("name {name}"),
        ExprKind::Today => "today".into(),
        ExprKind::All(name) => format!("all {}", name.text),
        ExprKind::If(..) => "if".into(),
        ExprKind::And(_) => "and".into(),
        ExprKind::Or(_) => "or".into(),
        ExprKind::Not(_) => "not".into(),
        ExprKind::Quantifier(kind, _, name, _) => format!("{kind:?} {}", bound(name)),
        ExprKind::Covers(..) => "covers".into(),
        ExprKind::Deadline(_, due) => match &**due {
            Due::Before(_) => "before".into(),
            Due::Within { rolled, early, .. } => format!("within {rolled} {early}"),
        },
        ExprKind::By(due, _) => match &**due {
            Due::Before(_) => "by".into(),
            Due::Within { rolled, .. } => format!("by within {rolled}"),
        },
        ExprKind::Frequency(one) => format!("each {:?}", one.period),
        ExprKind::Compare(op, ..) => format!("compare {op:?}"),
        ExprKind::In(..) => "in".into(),
        ExprKind::Between(..) => "between".into(),
        ExprKind::Contains(..) => "contains".into(),
        ExprKind::Has(_, present) => format!("has {present}"),
        ExprKind::Field(_, name) => format!("field {}", name.text),
        ExprKind::Call(name, _) => format!("call {}", name.text),
        ExprKind::Aggregate(kind, ..) => format!("{kind:?}"),
        ExprKind::Default(..) => "default".into(),
        ExprKind::Arith(op, ..) => format!("arith {op:?}"),
        ExprKind::Neg(_) => "neg".into(),
        ExprKind::Filter(_, name, _) => format!("filter {}", bound(name)),
        ExprKind::List(_) => "list".into(),
    }
}

/// The expressions in a table, row by row.
pub fn table_parts(table: &Table) -> impl Iterator<Item = &Expr> {
    table.rows.iter().flat_map(|row| row.cells.iter().flat_map(cell_parts).chain([&row.result]))
}

/// The expressions in a table's cell.
pub fn cell_parts(cell: &Cell) -> Vec<&Expr> {
    match &cell.kind {
        CellKind::Any => Vec::new(),
        CellKind::Compare(_, value) => vec![value],
        CellKind::Range(from, to) => vec![from, to],
        CellKind::OneOf(values) => values.iter().collect(),
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
    for (_, part) in parts(expr, Role::Value) {
        walk(part, see);
    }
}
