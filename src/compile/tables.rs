//! Definitions and decision tables: checked where they are first named, so that a cycle shows; each table is proved
//! to have exactly one row for every input.

use std::collections::{HashMap, HashSet};

use crate::declared::{duplicate, twice};
use crate::scope::{Checker, Flags, State, param_ty};
use crate::table_proof;
use crate::types::{Node, Ty, Typed};
use bulou_base::order;
use bulou_base::source::Span;
use bulou_base::value::Length;
use bulou_base::value::Truth;
use bulou_document::Constant;
use bulou_document::types::Kind;
use bulou_eval::compare_constants;
use bulou_ir::expr::ScalarKind;
use bulou_ir::{Body, Cell, ParamType, Table, TableRow};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix};
use bulou_messages::texts;
use bulou_syntax::ast::{self, CellKind, CompareOp, Define, Expr, TypeExpr, TypeKind};

impl<'a> Checker<'a> {
    /// A definition's compiled body, checked on first use.
    pub fn definition(&mut self, define: &'a Define, used: Span) -> State<'a> {
        match self.states.get(define.name.text.as_str()) {
            Some(State::Open) => {
                self.cycle(&define.name, used);
                return State::Bad;
            }
            Some(state) => {
                let state = state.clone();
                self.used_fields.extend(self.read_by.get(define.name.text.as_str()).into_iter().flatten());
                return if self.has_room(&state, used) { state } else { State::Bad };
            }
            None => {}
        }
        let before = std::mem::take(&mut self.used_fields);
        self.states.insert(&define.name.text, State::Open);
        let state = self.apart(&[], |checker| {
            let (typed, depth) = checker.measured(|checker| checker.infer(&define.value, None));
            let Typed { requirement, unguarded, sensitive, .. } = typed;
            let flags = Flags { requirement, unguarded, sensitive, depth };
            let ty = typed.ty.clone();
            checker.survey.types.push((define.name.span, checker.type_names(&ty).0));
            let body = match &typed.node {
                Node::Cond(_) => Body::Cond(typed.into_cond()),
                Node::Scalar(_) => Body::Scalar(typed.into_scalar()),
                Node::List(_) => Body::List(typed.into_list()),
                Node::Bad => return State::Bad,
                Node::Record(_) => {
                    checker.error(
                        Code::TypeMismatch,
                        define.value.span,
                        texts::definition_cannot_whole_record().text(),
                        texts::name_field_record().text(),
                    );
                    return State::Bad;
                }
            };
            checker.definitions.push(body);
            State::Done(checker.definitions.len() - 1, ty, flags)
        });
        self.states.insert(&define.name.text, state.clone());
        self.read_by.insert(&define.name.text, self.used_fields.clone());
        self.used_fields.extend(before);
        state
    }

    /// Runs `body` as seen from the document alone, whatever is bound here.
    fn apart<T>(&mut self, arguments: &'a [ast::TableParam], body: impl FnOnce(&mut Self) -> T) -> T {
        let root = if arguments.is_empty() { self.root_scope() } else { Vec::new() };
        let scopes = std::mem::replace(&mut self.scopes, root);
        let facts = std::mem::take(&mut self.facts);
        let outer = std::mem::replace(&mut self.arguments, arguments);
        let answer = body(self);
        self.arguments = outer;
        self.facts = facts;
        self.scopes = scopes;
        answer
    }

    /// Runs `body` and says how many levels deeper than here it went.
    fn measured<T>(&mut self, body: impl FnOnce(&mut Self) -> T) -> (T, usize) {
        let before = std::mem::replace(&mut self.depth.deepest, self.depth.now);
        let answer = body(self);
        let depth = self.depth.deepest - self.depth.now;
        self.depth.deepest = self.depth.deepest.max(before);
        (answer, depth)
    }

    /// Whether what was checked before fits in here as deep as it is.
    fn has_room(&mut self, state: &State<'a>, used: Span) -> bool {
        match state {
            State::Done(_, _, flags) => self.within_depth(flags.depth, used),
            State::Open | State::Bad => true,
        }
    }

    fn cycle(&mut self, name: &ast::Name, used: Span) {
        let diagnostic = Diagnostic::new(
            Code::Cycle,
            used,
            texts::defined_way_itself(&name.text).text(),
            texts::remove_one_references().text(),
        )
        .with_label(name.span, texts::declared_here().text());
        self.diagnostics.push(diagnostic);
    }

    /// A table's index and its result's type; checked on first use.
    pub fn table(&mut self, table: &'a ast::Table, used: Span) -> (Option<usize>, Ty<'a>) {
        let result = self.written_type(&table.result);
        match self.states.get(table.name.text.as_str()) {
            Some(State::Open) => {
                self.cycle(&table.name, used);
                return (None, result);
            }
            Some(State::Done(index, _, flags)) => {
                let (index, flags) = (*index, *flags);
                self.tainted |= flags.sensitive;
                return (self.within_depth(flags.depth, used).then_some(index), result);
            }
            Some(State::Bad) => return (None, result),
            None => {}
        }
        self.states.insert(&table.name.text, State::Open);
        let before = self.diagnostics.len();
        self.header(table);
        let types: Vec<Ty<'a>> = table.params.iter().map(|param| self.written_type(&param.ty)).collect();
        let outside = std::mem::take(&mut self.tainted);
        let (rows, depth) = self.measured(|checker| -> Vec<TableRow> {
            table.rows.iter().filter_map(|row| checker.row(row, &types, &result, table)).collect()
        });
        let sensitive = self.tainted;
        self.tainted |= outside;
        if self.diagnostics.len() == before {
            self.prove(table, &types, &rows);
        }
        self.tables.push(Table { name: table.name.text.clone(), rows });
        let index = self.tables.len() - 1;
        let flags = Flags { depth, sensitive, ..Flags::default() };
        self.states.insert(&table.name.text, State::Done(index, result.clone(), flags));
        (Some(index), result)
    }

    fn header(&mut self, table: &'a ast::Table) {
        let mut seen = HashMap::new();
        for param in &table.params {
            let first = *seen.entry(param.name.text.as_str()).or_insert(&param.name);
            if !std::ptr::eq(first, &param.name) {
                self.diagnostics.push(duplicate(&param.name, first));
            }
        }
        let wanted: Vec<&str> = table.params.iter().map(|param| param.name.text.as_str()).chain(["结果"]).collect();
        let given: Vec<&str> = table.header.iter().map(|name| name.text.as_str()).collect();
        let english = matches!(given.last(), Some(&"result"));
        if given.len() != wanted.len() || given.iter().zip(&wanted).any(|(a, b)| a != b && !(english && *b == "结果"))
        {
            let wrong = table.header.iter().enumerate().find(|(at, name)| wanted.get(*at) != Some(&name.text.as_str()));
            let span = wrong.map(|(_, name)| name).or(table.header.last()).map_or(table.name.span, |name| name.span);
            let wanted = wanted.join(" | ");
            let message = texts::head_row_does_not().text();
            let help = texts::write_head_row(&wanted).text();
            let row = table.header.first().zip(table.header.last()).map(|(first, last)| first.span.to(last.span));
            let fix = row.map(|row| Fix::new(row, wanted));
            self.diagnostics.push(Diagnostic::new(Code::TableShape, span, message, help).with_fix(fix));
        }
        if table.params.len() > bulou_eval::TABLE_ARGUMENTS {
            self.error(
                Code::TableShape,
                table.name.span,
                texts::table_too_many_parameters().text(),
                texts::most_possible(&bulou_eval::TABLE_ARGUMENTS).text(),
            );
        }
    }

    fn row(
        &mut self,
        row: &'a ast::TableRow,
        types: &[Ty<'a>],
        result: &Ty<'a>,
        table: &'a ast::Table,
    ) -> Option<TableRow> {
        if row.cells.len() != types.len() {
            self.error(
                Code::TableShape,
                row.span,
                texts::row_cells_should(&(row.cells.len() + 1), &(types.len() + 1)).text(),
                texts::one_cell_parameter_then().text(),
            );
            return None;
        }
        let cells = row.cells.iter().zip(types);
        let cells = cells.map(|(cell, ty)| match self.says_all_else(cell, ty, table) {
            true => Cell::Any,
            false => self.cell(cell, ty),
        });
        let cells = cells.collect();
        let result = self.apart(&table.params, |checker| {
            let typed = checker.value(&row.result, Some(result));
            checker.same_type(&typed, result, row.result.span);
            let scalar = typed.into_scalar();
            checker.whole(&table.result, &scalar, row.result.span);
            scalar
        });
        Some(TableRow { cells, result })
    }

    fn cell(&mut self, cell: &'a ast::Cell, ty: &Ty<'a>) -> Cell {
        match &cell.kind {
            CellKind::Any => Cell::Any,
            CellKind::Range(low, high) => {
                let ends = self.literal(low, ty).zip(self.literal(high, ty));
                if let Some((low, high)) = &ends {
                    self.not_reversed(low, high, cell.span);
                }
                ends.map_or(Cell::Any, |(low, high)| Cell::Interval(Some((low, true)), Some((high, true))))
            }
            CellKind::OneOf(options) => Cell::OneOf(self.literals(options, ty, true)),
            CellKind::Compare(op, end) => {
                let Some(end) = self.literal(end, ty) else { return Cell::Any };
                match op {
                    CompareOp::Eq => Cell::OneOf(vec![end]),
                    CompareOp::Lt => Cell::Interval(None, Some((end, false))),
                    CompareOp::Le => Cell::Interval(None, Some((end, true))),
                    CompareOp::Gt => Cell::Interval(Some((end, false)), None),
                    CompareOp::Ge => Cell::Interval(Some((end, true)), None),
                    CompareOp::Ne => {
                        self.error(
                            Code::TableShape,
                            cell.span,
                            texts::cannot_stand_table().text(),
                            texts::list_values_apply_such().text(),
                        );
                        Cell::Any
                    }
                }
            }
        }
    }

    /// The constants of a list, with a warning of those that stand there twice; the others alone where `once`.
    pub fn literals(&mut self, parts: &'a [Expr], ty: &Ty<'a>, once: bool) -> Vec<Constant> {
        let found: Vec<(Constant, Span)> =
            parts.iter().filter_map(|part| Some((self.literal(part, ty)?, part.span))).collect();
        let again = self.again(&found.iter().map(|(constant, span)| (constant, *span)).collect::<Vec<_>>());
        let kept = found.into_iter().enumerate().filter(|(place, _)| !once || !again.contains(place));
        kept.map(|(_, (constant, _))| constant).collect()
    }

    /// Warns of the constants of a list that stood in it before; where they are.
    pub fn again(&mut self, constants: &[(&Constant, Span)]) -> HashSet<usize> {
        let kind = |(constant, _): &(&Constant, Span)| std::mem::discriminant(*constant);
        // Of several types, which is told elsewhere, there is no order.
        if constants.iter().any(|one| constants.first().is_some_and(|first| kind(first) != kind(one))) {
            return HashSet::new();
        }
        let mut sorted: Vec<(usize, &Constant, Span)> =
            constants.iter().enumerate().map(|(place, (constant, span))| (place, *constant, *span)).collect();
        // What is equal stays as it was written.
        order::sort_by(&mut sorted, |(_, one, _), (_, other, _)| table_proof::order(one, other));
        let mut found = HashSet::new();
        for pair in sorted.windows(2) {
            if let [(_, before, first), (place, constant, span)] = pair
                && table_proof::order(before, constant).is_eq()
            {
                found.insert(*place);
                let diagnostic = twice(&self.text(*span), *span, *first);
                self.diagnostics.push(diagnostic);
            }
        }
        found
    }

    /// Reports a range whose ends stand the wrong way round.
    pub fn not_reversed(&mut self, low: &Constant, high: &Constant, span: Span) {
        if compare_constants(CompareOp::Gt, low, high) == Truth::True {
            let text = self.text(span);
            let message = texts::ends_reversed_nothing_within(&text).text();
            let help = texts::put_smaller_end_first().text();
            self.error(Code::ReversedRange, span, message, help);
        }
    }

    /// A constant of a type.
    pub fn literal(&mut self, expr: &'a Expr, ty: &Ty<'a>) -> Option<Constant> {
        let typed = self.apart(&[], |checker| {
            checker.scopes.clear();
            checker.value(expr, Some(ty))
        });
        if typed.ty.is_bad() || !self.same_type(&typed, ty, expr.span) {
            return None;
        }
        match typed.node {
            Node::Scalar(ScalarKind::Const(constant)) => Some(constant),
            Node::Scalar(ScalarKind::Neg(inner)) => match inner.kind {
                ScalarKind::Const(Constant::Number(value)) => Some(Constant::Number(-value)),
                ScalarKind::Const(Constant::Duration(length)) => {
                    Some(Constant::Duration(Length { count: -length.count, ..length }))
                }
                _ => self.not_constant(expr.span),
            },
            _ => self.not_constant(expr.span),
        }
    }

    fn not_constant(&mut self, span: Span) -> Option<Constant> {
        self.error(
            Code::Constant,
            span,
            texts::constant_must_stand_here().text(),
            texts::write_number_date_duration().text(),
        );
        None
    }

    /// The type that a parameter's or table's declaration names.
    pub fn written_type(&mut self, ty: &TypeExpr) -> Ty<'a> {
        self.param_type(ty).map_or(Ty::Bad, |ty| param_ty(&ty))
    }

    /// Likewise, as a parameter's type. Unknown types are reported by [`Checker::param_type_of`].
    pub fn param_type(&self, ty: &TypeExpr) -> Option<ParamType> {
        match &ty.kind {
            TypeKind::BuiltIn(built_in) => {
                Some(Kind::built_in(*built_in).map_or(ParamType::Counting, ParamType::Field))
            }
            TypeKind::Named(name) => {
                let is_it = |set: &bulou_document::shape::OptionSet| !name.text.is_empty() && set.name == name.text;
                let index = self.shape.option_sets.iter().position(is_it)?;
                Some(ParamType::Field(Kind::Option(u16::try_from(index).ok()?)))
            }
            TypeKind::List(element) => Some(ParamType::List(Box::new(self.param_type(element)?))),
            TypeKind::Options(options) => {
                let names: Vec<&str> = options.iter().map(|option| option.text.as_str()).collect();
                let index = self.shape.option_sets.iter().position(|set| set.options == names)?;
                Some(ParamType::Field(Kind::Option(u16::try_from(index).ok()?)))
            }
            TypeKind::Fold(_) => None,
        }
    }
}
