//! Small changes to a decision table that leave it complete: a bound between two rows moves for both of them, two
//! values of a column change places, a result changes.

use std::collections::BTreeSet;

use crate::date::plus_days;
use crate::pack::mutate::expression::{Change, Variant, variants};
use crate::pack::mutate::kind::Kind;
use crate::pack::mutate::parts::Role;
use crate::pack::mutate::speech::{Speech, decimal, sign};
use crate::source::Span;
use crate::syntax::ast::{Cell, CellKind, CompareOp, Expr, ExprKind, NumberLit, Table};
use chrono::Datelike as _;

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
        let bounds: BTreeSet<i64> = cells(table, column).iter().flat_map(|cell| bounds(cell)).collect();
        for bound in bounds {
            all.extend([-1, 1].into_iter().filter_map(|by| moved(table, column, bound, by, speech)));
        }
        let values: BTreeSet<String> = cells(table, column).iter().flat_map(|cell| values(cell, speech)).collect();
        let values: Vec<String> = values.into_iter().collect();
        all.extend(values.windows(2).filter_map(|pair| exchanged(table, column, pair, speech)));
    }
    all
}

fn cells(table: &Table, column: usize) -> Vec<&Cell> {
    table.rows.iter().filter_map(|row| row.cells.get(column)).collect()
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

fn by(end: &Expr, by: i64, speech: &Speech<'_>) -> Option<(Expr, String)> {
    let (kind, text) = match &end.kind {
        ExprKind::Number(literal) => {
            let mantissa = literal.mantissa.checked_add(by).filter(|mantissa| *mantissa >= 0)?;
            (ExprKind::Number(NumberLit { mantissa, ..*literal }), decimal(mantissa, literal.scale))
        }
        ExprKind::Duration(literal) => {
            let count = literal.count.checked_add(i32::try_from(by).ok()?)?;
            let text = speech.duration(count, literal.unit);
            (ExprKind::Duration(crate::syntax::ast::DurationLit { count, ..*literal }), text)
        }
        ExprKind::Date(date) => {
            let date = plus_days(*date, by)?;
            (ExprKind::Date(date), date.to_string())
        }
        _ => return None,
    };
    Some((Expr { kind, span: end.span }, text))
}

/// The table with a bound of a column moved, in all cells that it belongs to.
fn moved(table: &Table, column: usize, bound: i64, step: i64, speech: &Speech<'_>) -> Option<Variant<Table>> {
    let mut whole = table.clone();
    let mut told = Told::default();
    for cell in whole.rows.iter_mut().filter_map(|row| row.cells.get_mut(column)) {
        let before = speech.slice(cell.span);
        let to = match &mut cell.kind {
            CellKind::Compare(op, end) => {
                let after = i64::from(matches!(op, CompareOp::Le | CompareOp::Gt));
                move_end(end, after, bound, step, speech).map(|text| format!("{} {text}", sign(*op)))
            }
            CellKind::Range(low, high) => {
                let low_text = move_end(low, 0, bound, step, speech);
                let high_text = move_end(high, 1, bound, step, speech);
                let to = speech.word("kw_to");
                (low_text.is_some() || high_text.is_some()).then(|| {
                    let low = low_text.unwrap_or_else(|| speech.text(low));
                    let high = high_text.unwrap_or_else(|| speech.text(high));
                    format!("{low} {to} {high}")
                })
            }
            _ => None,
        };
        if let Some(to) = to {
            told.add(cell.span, before, to);
        }
    }
    told.change().map(|change| (change, whole))
}

/// Moves an end that lies at `bound`; its new words.
fn move_end(end: &mut Expr, after: i64, bound: i64, step: i64, speech: &Speech<'_>) -> Option<String> {
    if position(end)? + after != bound {
        return None;
    }
    let (moved, text) = by(end, step, speech)?;
    *end = moved;
    Some(text)
}

fn values(cell: &Cell, speech: &Speech<'_>) -> Vec<String> {
    match &cell.kind {
        CellKind::OneOf(all) => all.iter().map(|value| speech.text(value)).collect(),
        _ => Vec::new(),
    }
}

/// The table with two values of a column in each other's place.
fn exchanged(table: &Table, column: usize, pair: &[String], speech: &Speech<'_>) -> Option<Variant<Table>> {
    let [a, b] = pair else { return None };
    let find = |text: &String| {
        let all = table.rows.iter().filter_map(|row| row.cells.get(column)).filter_map(|cell| match &cell.kind {
            CellKind::OneOf(all) => Some(all),
            _ => None,
        });
        all.flatten().find(|value| speech.text(value) == *text).cloned()
    };
    let (first, second) = (find(a)?, find(b)?);
    let mut whole = table.clone();
    let mut told = Told::default();
    for cell in whole.rows.iter_mut().filter_map(|row| row.cells.get_mut(column)) {
        let (span, before) = (cell.span, speech.slice(cell.span));
        let CellKind::OneOf(all) = &mut cell.kind else { continue };
        for value in all.iter_mut() {
            let text = speech.text(value);
            if text == *a {
                *value = second.clone();
            } else if text == *b {
                *value = first.clone();
            }
        }
        let after: Vec<String> = all.iter().map(|value| speech.text(value)).collect();
        let after = if after.len() > 1 { format!("{{{}}}", after.join(", ")) } else { after.concat() };
        if after != before {
            told.add(span, before, after);
        }
    }
    told.change().map(|change| (change, whole))
}

/// The cells that changed, in their words.
#[derive(Default)]
struct Told {
    span: Option<Span>,
    from: Vec<String>,
    to: Vec<String>,
}

impl Told {
    fn add(&mut self, span: Span, from: String, to: String) {
        self.span.get_or_insert(span);
        self.from.push(from);
        self.to.push(to);
    }

    fn change(self) -> Option<Change> {
        let (from, to) = (self.from.join(" | "), self.to.join(" | "));
        Some(Change { kind: Kind::Table, span: self.span?, from, to })
    }
}
