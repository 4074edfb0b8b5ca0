//! Whether a number may have digits after its point: where 整数 is declared only whole numbers may come, or a table that was
//! proved without gaps has one.

use crate::scope::Checker;
use bulou_base::source::Span;
use bulou_document::types::{Domain, Kind};
use bulou_document::{Constant, field_label};
use bulou_ir::expr::{ListKind, Scalar, ScalarKind};
use bulou_ir::{Body, ParamType};
use bulou_messages::codes::Code;
use bulou_messages::texts;
use bulou_syntax::aggregates::Aggregate;
use bulou_syntax::ast::{ArithOp, TypeExpr};

impl Checker<'_> {
    /// Where a whole number is declared nothing else comes.
    pub(super) fn whole(&mut self, declared: &TypeExpr, scalar: &Scalar, span: Span) {
        if self.is_whole(declared) && self.may_be_fraction(scalar) {
            let text = self.text(span);
            let message = texts::integer_declared_may_none(&text).text();
            let help = texts::write_whole_number_divide().text();
            self.error(Code::TypeMismatch, span, message, help);
        }
    }

    fn is_whole(&self, declared: &TypeExpr) -> bool {
        self.param_type(declared).is_some_and(|ty| matches!(ty.domain(), Some(Domain::Whole(_))))
    }

    pub(super) fn may_be_fraction(&self, scalar: &Scalar) -> bool {
        match &scalar.kind {
            ScalarKind::Const(constant) => is_fraction(constant),
            ScalarKind::Param(index) => self.params.get(*index).is_some_and(|param| is_decimal(&param.ty)),
            ScalarKind::Field(field) => {
                let kind = field_label(self.shape, field.table, field.slot).map(|field| &field.kind);
                kind.is_some_and(has_fractions)
            }
            ScalarKind::Bound(frame) => self.scopes.iter().any(|scope| scope.frame == *frame && scope.fractions),
            ScalarKind::Argument(index) => {
                self.arguments.get(usize::from(*index)).is_some_and(|argument| !self.is_whole(&argument.ty))
            }
            ScalarKind::Definition(index) => match self.definitions.get(*index) {
                Some(Body::Scalar(body)) => self.may_be_fraction(body),
                _ => false,
            },
            ScalarKind::Table(index, _) => {
                let table = self.tables.get(*index).and_then(|table| self.declared.table(&table.name));
                table.is_some_and(|table| !self.is_whole(&table.result))
            }
            ScalarKind::Arith(ArithOp::Div, ..) => true,
            ScalarKind::Arith(ArithOp::IntDiv, ..) => false,
            ScalarKind::Arith(_, one, other) | ScalarKind::Default(one, other) | ScalarKind::If(_, one, other) => {
                self.may_be_fraction(one) || self.may_be_fraction(other)
            }
            ScalarKind::Neg(inner) | ScalarKind::Hoisted(_, inner) => self.may_be_fraction(inner),
            ScalarKind::Aggregate(aggregate, list, _) => match aggregate {
                Aggregate::Average | Aggregate::Share => true,
                Aggregate::Sum | Aggregate::Max | Aggregate::Min => self.holds_fractions(&list.kind),
                Aggregate::Count | Aggregate::Earliest | Aggregate::Latest | Aggregate::Distinct => false,
            },
            _ => false,
        }
    }

    pub(super) fn holds_fractions(&self, list: &ListKind) -> bool {
        match list {
            ListKind::Field(_, table, _) => self.shape.scalars(*table).is_some_and(has_fractions),
            ListKind::Filter(inner, ..)
            | ListKind::Distinct(inner)
            | ListKind::Hoisted(_, inner)
            | ListKind::Optimized(inner, _)
            | ListKind::Flatten(_, _, inner) => self.holds_fractions(&inner.kind),
            ListKind::Project(_, _, each) => self.may_be_fraction(each),
            ListKind::Literal(each) => each.iter().any(|one| self.may_be_fraction(one)),
            ListKind::Param(index) => self.params.get(*index).is_some_and(|param| is_decimal(&param.ty)),
            ListKind::Definition(index) => match self.definitions.get(*index) {
                Some(Body::List(body)) => self.holds_fractions(&body.kind),
                _ => false,
            },
            ListKind::All(_) => false,
        }
    }
}

/// Whether a constant, or one in it, is no whole number.
pub(crate) fn is_fraction(constant: &Constant) -> bool {
    match constant {
        Constant::Number(value) => !value.is_integer(),
        Constant::List(elements) => elements.iter().any(is_fraction),
        _ => false,
    }
}

fn has_fractions(kind: &Kind) -> bool {
    matches!(kind.domain(), Domain::Decimal(_))
}

fn is_decimal(ty: &ParamType) -> bool {
    matches!(ty.domain(), Some(Domain::Decimal(_)))
}
