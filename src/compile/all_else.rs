//! Words for all else in the cells of decision tables, where no option or parameter is called so.

use crate::scope::Checker;
use crate::types::Ty;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix};
use bulou_messages::texts;
use bulou_syntax::ast::{Cell, CellKind, ExprKind, Table};
use bulou_syntax::is_all_else;
use bulou_syntax::keywords::spelled;

impl<'a> Checker<'a> {
    /// Reports a cell that says all else; whether it is one.
    pub(crate) fn says_all_else(&mut self, cell: &Cell, ty: &Ty<'a>, table: &Table) -> bool {
        let Some(word) = name(cell).filter(|word| is_all_else(word)) else { return false };
        let options = match ty {
            Ty::Option(set) => self.shape.option_sets.get(usize::from(*set)).map(|set| &set.options),
            _ => None,
        };
        let is_option = options.is_some_and(|options| options.iter().any(|option| option == word));
        if is_option || self.declared.param(word).is_some() {
            return false;
        }
        let rest = options.filter(|_| table.params.len() == 1).map(|options| {
            let said: Vec<&str> = table.rows.iter().flat_map(|row| &row.cells).flat_map(names).collect();
            let rest = options.iter().filter(|option| !said.contains(&option.as_str()));
            rest.map(|option| spelled(option)).collect::<Vec<_>>()
        });
        let words = rest.filter(|rest| !rest.is_empty()).map(|rest| match rest.as_slice() {
            [only] => only.clone(),
            rest => format!("{{{}}}", rest.join(", ")),
        });
        let help = match &words {
            Some(words) => texts::row_all_else_is(words).text(),
            None => texts::row_says_itself().text(),
        };
        let fix = words.map(|words| Fix::new(cell.span, words));
        let message = texts::no_word_of_rules(&word).text();
        self.diagnostics.push(Diagnostic::new(Code::TableShape, cell.span, message, help).with_fix(fix));
        true
    }
}

/// The name that is all of a cell.
fn name(cell: &Cell) -> Option<&str> {
    match names(cell).as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// The names that a cell lists.
fn names(cell: &Cell) -> Vec<&str> {
    let CellKind::OneOf(values) = &cell.kind else { return Vec::new() };
    let name = |kind| match kind {
        &ExprKind::Name(ref name) | &ExprKind::Text(ref name) => Some(name.as_str()),
        _ => None,
    };
    values.iter().filter_map(|value| name(&value.kind)).collect()
}
