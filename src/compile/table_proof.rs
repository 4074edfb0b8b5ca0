//! Proves that a decision table has exactly one row for every input, or shows an input that has none or two.
//!
//! Each column is cut at every end that its cells name; between two neighbouring cuts all inputs are treated alike, so
//! one input of each piece stands for all of them.

use std::cmp::Ordering;
use std::collections::HashSet;

use num_rational::Ratio;

use crate::scope::Checker;
use crate::types::Ty;
use bulou_base::date::{Date, plus_days};
use bulou_base::order;
use bulou_base::value::{Length, Quotient, Truth};
use bulou_document::Constant;
use bulou_document::types::{Domain, Kind};
use bulou_ir::{Cell, TableRow};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast;

/// How many combinations of pieces are tried; a larger table is reported as too large.
const COMBINATIONS: usize = 200_000;

impl<'a> Checker<'a> {
    pub(crate) fn prove(&mut self, table: &'a ast::Table, types: &[Ty<'a>], rows: &[TableRow]) {
        let columns: Vec<Vec<Constant>> =
            types.iter().enumerate().map(|(index, ty)| self.pieces(ty, is_whole(table, index), index, rows)).collect();
        let total = columns.iter().try_fold(1_usize, |all, column| all.checked_mul(column.len()));
        if total.is_none_or(|total| total > COMBINATIONS) {
            self.error(
                Code::TableShape,
                table.name.span,
                texts::table_too_large_proved().text(),
                texts::split_into_smaller_tables().text(),
            );
            return;
        }
        let fits: Vec<Vec<Vec<usize>>> =
            columns.iter().enumerate().map(|(index, pieces)| fitting_rows(pieces, index, rows)).collect();
        let (mut reported, mut used) = (HashSet::new(), vec![false; rows.len()]);
        for number in 0..total.unwrap_or_default() {
            let input: Vec<Constant> = chosen(&columns, number).cloned().collect();
            let Some(fewest) = chosen(&fits, number).min_by_key(|rows| rows.len()) else { continue };
            let mut fitting = fewest.iter().copied().filter(|row| {
                rows.get(*row).is_some_and(|row| row.cells.iter().zip(&input).all(|(cell, value)| covers(cell, value)))
            });
            let found = (fitting.next(), fitting.next());
            for row in [found.0, found.1].into_iter().flatten() {
                if let Some(used) = used.get_mut(row) {
                    *used = true;
                }
            }
            match found {
                (None, _) if reported.insert(None) => self.gap(table, &input, types),
                (Some(first), Some(second)) if reported.insert(Some((first, second))) => {
                    self.overlap(table, (first, second), &input, types);
                }
                _ => {}
            }
        }
        // Where rows overlap, not every row that fits was looked for.
        let dead = table.rows.iter().zip(used).filter(|(_, used)| !used && reported.iter().all(Option::is_none));
        for (row, _) in dead {
            self.error(
                Code::DeadRow,
                row.span,
                texts::nothing_fits_row().text(),
                texts::correct_cells_remove_row().text(),
            );
        }
    }

    /// One input for each piece of a column.
    fn pieces(&self, ty: &Ty<'a>, whole: bool, column: usize, rows: &[TableRow]) -> Vec<Constant> {
        match ty {
            Ty::Bool => vec![Constant::Bool(false), Constant::Bool(true)],
            Ty::Option(set) => {
                let count = self.shape.option_sets.get(usize::from(*set)).map_or(0, |set| set.options.len());
                (0..count).filter_map(|index| u16::try_from(index).ok()).map(Constant::Option).collect()
            }
            _ => {
                let ends = rows.iter().filter_map(|row| row.cells.get(column)).flat_map(ends);
                let mut pieces: Vec<Constant> = ends.flat_map(|end| around(end, whole)).collect();
                if pieces.is_empty() || matches!(ty, Ty::Text) {
                    pieces.push(other(ty));
                }
                order::sort_by(&mut pieces, order);
                pieces.dedup();
                pieces
            }
        }
    }

    fn gap(&mut self, table: &'a ast::Table, input: &[Constant], types: &[Ty<'a>]) {
        let (input, inputs) = self.described(table, input, types);
        self.error(
            Code::TableGap,
            table.name.span,
            texts::table_gap_no_row(&table.name.text, &Each(&input, &inputs)).text(),
            texts::add_row_widen_neighbouring(&Each(&input, &inputs)).text(),
        );
    }

    fn overlap(&mut self, table: &'a ast::Table, rows: (usize, usize), input: &[Constant], types: &[Ty<'a>]) {
        let (input, inputs) = self.described(table, input, types);
        let span = |row: usize| table.rows.get(row).map_or(table.name.span, |row| row.span);
        let diagnostic = Diagnostic::new(
            Code::TableOverlap,
            span(rows.1),
            texts::two_rows_table_fit(&table.name.text, &Each(&input, &inputs)).text(),
            texts::narrow_one_rows().text(),
        )
        .with_label(span(rows.0), texts::row_fits_well().text());
        self.diagnostics.push(diagnostic);
    }

    /// Inputs of a table, in Chinese and in English.
    fn described(&self, table: &'a ast::Table, input: &[Constant], types: &[Ty<'a>]) -> (String, String) {
        let described = |lang| self.describe(table, input, types, lang);
        (described(Lang::Zh), described(Lang::En))
    }

    fn describe(&self, table: &'a ast::Table, input: &[Constant], types: &[Ty<'a>], lang: Lang) -> String {
        let parts: Vec<String> = table
            .params
            .iter()
            .zip(input.iter().zip(types))
            .map(|(param, (value, ty))| {
                let shown = bulou_eval::show::constant(value, &ty.show(), &self.shape.option_sets, lang);
                format!("{} = {shown}", param.name.text)
            })
            .collect();
        parts.join(", ")
    }
}

/// Whether a column holds whole numbers only, so that nothing lies between two neighbours.
fn is_whole(table: &ast::Table, column: usize) -> bool {
    let kind = table.params.get(column).and_then(|param| match param.ty.kind {
        ast::TypeKind::BuiltIn(built_in) => Kind::built_in(built_in),
        _ => None,
    });
    kind.is_some_and(|kind| matches!(kind.domain(), Domain::Whole(_)))
}

/// The rows that each piece of a column fits, for pieces in order.
fn fitting_rows(pieces: &[Constant], column: usize, rows: &[TableRow]) -> Vec<Vec<usize>> {
    let mut fitting = vec![Vec::new(); pieces.len()];
    for (number, row) in rows.iter().enumerate() {
        let Some(cell) = row.cells.get(column) else { continue };
        let place = |value: &Constant| pieces.partition_point(|piece| order(piece, value) == Ordering::Less);
        // A little more than the cell covers does no harm: what fits is looked at once more.
        let spans: Vec<(usize, usize)> = match cell {
            Cell::Any => vec![(0, pieces.len())],
            Cell::OneOf(constants) => constants.iter().map(|value| (place(value), place(value) + 1)).collect(),
            Cell::Interval(low, high) => {
                let low = low.as_ref().map_or(0, |(end, _)| place(end));
                let high = high.as_ref().map_or(pieces.len(), |(end, _)| place(end) + 1);
                vec![(low, high)]
            }
        };
        for (start, end) in spans {
            for rows in fitting.iter_mut().take(end).skip(start) {
                rows.push(number);
            }
        }
    }
    fitting
}

/// Constants of one type in order.
pub(super) fn order(left: &Constant, right: &Constant) -> Ordering {
    match (left, right) {
        (Constant::Number(a), Constant::Number(b)) => a.cmp(b),
        (Constant::Date(a), Constant::Date(b)) => a.cmp(b),
        (Constant::Duration(a), Constant::Duration(b)) => a.count.cmp(&b.count),
        (Constant::Text(a), Constant::Text(b)) => a.text().normal.cmp(b.text().normal),
        (Constant::Option(a), Constant::Option(b)) => a.cmp(b),
        (Constant::Bool(a), Constant::Bool(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}

/// One of each column, the first column changing fastest.
fn chosen<T>(columns: &[Vec<T>], mut number: usize) -> impl Iterator<Item = &T> {
    columns.iter().filter_map(move |column| {
        let count = column.len().max(1);
        let found = column.get(number % count);
        number /= count;
        found
    })
}

fn ends(cell: &Cell) -> Vec<&Constant> {
    match cell {
        Cell::Any => Vec::new(),
        Cell::OneOf(constants) => constants.iter().collect(),
        Cell::Interval(low, high) => low.iter().chain(high).map(|(end, _)| end).collect(),
    }
}

/// The end itself, and inputs right below and above it.
fn around(end: &Constant, whole: bool) -> Vec<Constant> {
    match end {
        Constant::Number(value) => {
            let step: Quotient = if whole { Ratio::from_integer(1) } else { Ratio::new(1, 1000) };
            // Of whole numbers only those that are near can be an input.
            let (below, above) = if whole { (value.floor(), value.ceil()) } else { (*value, *value) };
            [below - step, below, above, above + step].map(Constant::Number).into()
        }
        Constant::Date(date) => {
            [plus_days(*date, -1), Some(*date), plus_days(*date, 1)].into_iter().flatten().map(Constant::Date).collect()
        }
        Constant::Duration(Length { count, .. }) => [count.checked_sub(1), Some(*count), count.checked_add(1)]
            .into_iter()
            .flatten()
            .map(|count| Constant::Duration(Length::of(count)))
            .collect(),
        other => vec![other.clone()],
    }
}

fn other(ty: &Ty<'_>) -> Constant {
    match ty {
        Ty::Number(_) => Constant::Number(Ratio::from_integer(0)),
        Ty::Date(_) => Constant::Date(Date::default()),
        Ty::Duration(_) => Constant::Duration(Length::of(0)),
        // A text that nobody writes into a table.
        _ => Constant::of_text("\u{FFFC}"),
    }
}

fn covers(cell: &Cell, value: &Constant) -> bool {
    let above = |end: &(Constant, bool), op| bulou_eval::compare_constants(op, value, &end.0) == Truth::True;
    match cell {
        Cell::Any => true,
        Cell::OneOf(constants) => constants.contains(value),
        Cell::Interval(low, high) => {
            use ast::CompareOp::{Ge, Gt, Le, Lt};
            low.as_ref().is_none_or(|end| above(end, if end.1 { Ge } else { Gt }))
                && high.as_ref().is_none_or(|end| above(end, if end.1 { Le } else { Lt }))
        }
    }
}
