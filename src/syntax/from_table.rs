//! From pest's pairs to the tree: decision tables.

use crate::ast::{Cell, CellKind, Expr, ExprKind, Table, TableParam, TableRow};
use crate::from_expr::{compare_op, innermost};
use crate::from_pairs::{Builder, Node, is_keyword};
use crate::parser::Rule;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::texts;

impl Builder {
    pub fn table<'i>(&mut self, span: Span, mut inner: impl Iterator<Item = Node<'i>>) -> Option<Table> {
        let name = self.name(&inner.next()?);
        let (mut params, mut result, mut rows) = (Vec::new(), None, Vec::new());
        for part in inner {
            match part.as_rule() {
                Rule::table_param => {
                    let mut pieces = part.into_inner();
                    let name = self.name(&pieces.next()?);
                    params.push(TableParam { name, ty: self.ty(pieces.next()?)? });
                }
                Rule::r#type => result = self.ty(part),
                Rule::row => rows.push(part),
                _ => {}
            }
        }
        let mut rows = rows.into_iter();
        let head = rows.next()?;
        let header = head.into_inner().map(|cell| self.name(&innermost(cell))).collect();
        let rows = rows.filter_map(|row| self.row(row)).collect();
        Some(Table { span, name, params, result: result?, header, rows })
    }

    fn row(&mut self, pair: Node<'_>) -> Option<TableRow> {
        let span = self.span(&pair);
        let mut cells: Vec<Node<'_>> = pair.into_inner().collect();
        let result = cells.pop()?.into_inner().next()?;
        if result.as_rule() != Rule::expr {
            let message = texts::last_cell_result_must().text();
            let place = self.span(&result);
            self.error(Code::TableShape, place, message, texts::write_expression().text());
            return None;
        }
        let result = self.expr(result);
        Some(TableRow { cells: cells.into_iter().filter_map(|cell| self.cell(cell)).collect(), result, span })
    }

    fn cell(&mut self, pair: Node<'_>) -> Option<Cell> {
        let span = self.span(&pair);
        let form = pair.into_inner().next()?;
        let kind = match form.as_rule() {
            Rule::any_cell => CellKind::Any,
            Rule::compare_cell => {
                let mut inner = form.into_inner();
                CellKind::Compare(compare_op(&inner.next()?), self.expr(inner.next()?))
            }
            Rule::range_cell => {
                let mut ends = form.into_inner().filter(|part| !is_keyword(part.as_rule()));
                CellKind::Range(self.expr(ends.next()?), self.expr(ends.next()?))
            }
            _ => match self.expr(form) {
                Expr { kind: ExprKind::List(options), .. } => CellKind::OneOf(options),
                value => CellKind::OneOf(vec![value]),
            },
        };
        Some(Cell { kind, span })
    }
}
