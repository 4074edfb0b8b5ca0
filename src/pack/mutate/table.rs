//! Small changes to a decision table that leave it complete: a bound between two rows moves for both of them, two
//! values of a column change places, a result changes.

use std::collections::BTreeSet;

use chrono::Datelike as _;

use crate::mutate::expression::{Change, Variant, variants};
use crate::mutate::kind::Kind;
use crate::mutate::speech::Speech;
use bulou_base::date::plus_days;
use bulou_syntax::ast::{Cell, CellKind, CompareOp, DurationLit, Expr, ExprKind, NumberLit, Table};
use bulou_syntax::tree::Role;

/// Every variant of a table.
pub(crate) fn table_variants(table: &Table, speech: &Speech<'_>) -> Vec<Variant<Table>> {
    let mut all = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        for (change, result) in variants(&row.result, Role::Value, speech) {
            let mut whole = table.clone();
            if let Some(row) = whole.rows.get_mut(index) {
                row.result = result;
            }
            all.push((change, whole));
        }
    }
    for column in 0..table.params.len() {
        let bounds: BTreeSet<i64> = cells(table, column).flat_map(bounds).collect();
        for bound in bounds {
            all.extend([-1, 1].into_iter().filter_map(|step| moved(table, column, bound, step, speech)));
        }
        let mut values: Vec<&Expr> = Vec::new();
        for value in cells(table, column).flat_map(values_of) {
            if !values.iter().any(|known| known.kind == value.kind) {
                values.push(value);
            }
        }
        for pair in values.windows(2) {
            all.extend(exchanged(table, column, pair, speech));
        }
    }
    all
}

fn cells(table: &Table, column: usize) -> impl Iterator<Item = &Cell> {
    table.rows.iter().filter_map(move |row| row.cells.get(column))
}

/// The places at which a cell begins or ends: before the value with that number, so that `不满 100` and `不少于 100`
/// have one place in common, and so have `不超过 99` and `100 至 200`.
fn bounds(cell: &Cell) -> Vec<i64> {
    let place = |end: &Expr, after: i64| position(end).map(|position| position + after);
    match &cell.kind {
        CellKind::Compare(CompareOp::Lt | CompareOp::Ge, end) => place(end, 0).into_iter().collect(),
        CellKind::Compare(CompareOp::Le | CompareOp::Gt, end) => place(end, 1).into_iter().collect(),
        CellKind::Range(low, high) => [place(low, 0), place(high, 1)].into_iter().flatten().collect(),
        _ => Vec::new(),
    }
}

/// A constant as a whole number of its last place.
fn position(end: &Expr) -> Option<i64> {
    match &end.kind {
        ExprKind::Number(literal) => Some(literal.mantissa),
        ExprKind::Duration(literal) => Some(i64::from(literal.count)),
        ExprKind::Date(date) => Some(i64::from(date.num_days_from_ce())),
        _ => None,
    }
}

/// An end so many steps of its last place further.
fn stepped(end: &Expr, step: i64) -> Option<Expr> {
    let kind = match &end.kind {
        ExprKind::Number(literal) => {
            let mantissa = literal.mantissa.checked_add(step).filter(|mantissa| *mantissa >= 0)?;
            ExprKind::Number(NumberLit { mantissa, ..*literal })
        }
        ExprKind::Duration(literal) => {
            let count = literal.count.checked_add(i32::try_from(step).ok()?)?;
            ExprKind::Duration(DurationLit { count, ..*literal })
        }
        ExprKind::Date(date) => ExprKind::Date(plus_days(*date, step)?),
        _ => return None,
    };
    Some(Expr { kind, span: end.span })
}

/// The table with a bound of a column moved, in all cells that it belongs to.
fn moved(table: &Table, column: usize, bound: i64, step: i64, speech: &Speech<'_>) -> Option<Variant<Table>> {
    let shift = |end: &mut Expr, after: i64| {
        if position(end).is_some_and(|position| position + after == bound)
            && let Some(stepped) = stepped(end, step)
        {
            *end = stepped;
        }
    };
    changed(table, column, speech, &|cell| match &mut cell.kind {
        CellKind::Compare(CompareOp::Lt | CompareOp::Ge, end) => shift(end, 0),
        CellKind::Compare(CompareOp::Le | CompareOp::Gt, end) => shift(end, 1),
        CellKind::Range(low, high) => {
            shift(low, 0);
            shift(high, 1);
        }
        _ => {}
    })
}

fn values_of(cell: &Cell) -> &[Expr] {
    match &cell.kind {
        CellKind::OneOf(all) => all,
        _ => &[],
    }
}

/// The table with two values of a column in each other's place.
fn exchanged(table: &Table, column: usize, pair: &[&Expr], speech: &Speech<'_>) -> Option<Variant<Table>> {
    let [a, b] = pair else { return None };
    changed(table, column, speech, &|cell| {
        let CellKind::OneOf(all) = &mut cell.kind else { return };
        for value in all {
            if value.kind == a.kind {
                value.kind = b.kind.clone();
            } else if value.kind == b.kind {
                value.kind = a.kind.clone();
            }
        }
    })
}

/// The table with a change to the cells of a column, told by those that it changes.
fn changed(table: &Table, column: usize, speech: &Speech<'_>, change: &dyn Fn(&mut Cell)) -> Option<Variant<Table>> {
    let mut whole = table.clone();
    let (mut span, mut from, mut to) = (None, Vec::new(), Vec::new());
    for cell in whole.rows.iter_mut().filter_map(|row| row.cells.get_mut(column)) {
        let before = cell.clone();
        change(cell);
        if *cell != before {
            span.get_or_insert(cell.span);
            from.push(speech.cell(&before));
            to.push(speech.cell(cell));
        }
    }
    let change = Change { kind: Kind::Table, span: span?, from: from.join(" | "), to: to.join(" | ") };
    Some((change, whole))
}
