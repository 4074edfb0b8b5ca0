//! Values: tables, aggregates, defaults, arithmetic.

use num_traits::{CheckedAdd as _, CheckedDiv as _, CheckedMul as _, CheckedSub as _, Zero as _};

use crate::infer::element_of;
use crate::scope::Checker;
use crate::types::{Bound, Node, Ty, Typed};
use bulou_base::source::Span;
use bulou_ir::expr::{ListKind, ScalarKind};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::aggregates::{Aggregate, Gives, Takes};
use bulou_syntax::ast::{ArithOp, DurationUnit, Expr, Name};

impl<'a> Checker<'a> {
    pub fn call(&mut self, name: &'a Name, args: &'a [Expr], span: Span) -> Typed<'a> {
        let Some(table) = self.declared.table(&name.text) else {
            let known = self.declared.tables.iter().map(|table| table.name.text.as_str());
            let otherwise = texts::declare_table_first().text();
            let near = || self.declared.nearness.suggest(&name.text, name.span, known, otherwise);
            let (help, fix) = self.joined(&name.text, name.span).unwrap_or_else(near);
            let message = texts::no_table(&name.text).text();
            self.diagnostics.push(Diagnostic::new(Code::UnknownName, name.span, message, help).with_fix(fix));
            return self.bad(span);
        };
        self.used_names.insert(name.text.clone());
        self.note(name.span, table.name.span);
        let (index, result) = self.table(table, name.span);
        if args.len() != table.params.len() {
            let names: Vec<&str> = table.params.iter().map(|param| param.name.text.as_str()).collect();
            self.error(
                Code::Arguments,
                span,
                texts::table_takes_values_given(&name.text, &table.params.len(), &args.len()).text(),
                texts::give_order(&Each(&names.join("、"), &names.join(", "))).text(),
            );
            return self.bad(span);
        }
        let mut scalars = Vec::new();
        for (param, arg) in table.params.iter().zip(args) {
            let ty = self.written_type(&param.ty);
            let arg = self.value(arg, Some(&ty));
            self.same_type(&arg, &ty, arg.span);
            let (span, scalar) = (arg.span, arg.into_scalar());
            self.whole(&param.ty, &scalar, span);
            scalars.push(scalar);
        }
        let Some(index) = index else { return self.bad(span) };
        self.note_call(&name.text, &scalars);
        Typed::new(Node::Scalar(ScalarKind::Table(index, scalars)), result, span, self.text(span))
    }

    pub fn aggregate(
        &mut self,
        aggregate: Aggregate,
        list: &'a Expr,
        share: Option<&'a Expr>,
        span: Span,
    ) -> Typed<'a> {
        let list = self.list(list, None);
        let element = element_of(&list);
        let share = share
            .map(|cond| self.over(&list, None, cond, false))
            .map(|(frame, cond)| (frame, Box::new(cond.into_cond())));
        let function = aggregate.function();
        let as_element = Typed { ty: element.clone(), ..list.clone() };
        match function.takes {
            Takes::All => {}
            Takes::Ordered if matches!(element, Ty::Number(_) | Ty::Date(_) | Ty::Duration(_) | Ty::Bad) => {}
            Takes::Numbers | Takes::Ordered => self.expect(&as_element, &Ty::Number(None)),
            Takes::Dates => self.expect(&as_element, &Ty::DATE),
        }
        let ty = match function.gives {
            Gives::List => {
                let ty = list.ty.clone();
                let node = Node::List(ListKind::Distinct(Box::new(list.into_list())));
                return Typed::new(node, ty, span, self.text(span));
            }
            Gives::Number => Ty::Number(None),
            Gives::Element | Gives::Greatest | Gives::Least => element,
        };
        let kind = ScalarKind::Aggregate(aggregate, Box::new(list.into_list()), share);
        let mut typed = Typed::new(Node::Scalar(kind), ty, span, self.text(span));
        if !function.counts {
            let scope = self.scopes.last().map(|scope| scope.id.clone()).unwrap_or_default();
            let key = format!("={scope}:{}", typed.text);
            typed.unguarded = !self.facts.contains(&key);
            typed.key = Some(key);
        }
        typed
    }

    pub fn default(&mut self, value: &'a Expr, fallback: &'a Expr, span: Span, want: Option<&Ty<'a>>) -> Typed<'a> {
        let value = self.infer(value, want);
        if !value.unguarded && !value.ty.is_bad() {
            let message = texts::always_default_does_nothing(&value.text).text();
            let help = texts::remove_default().text();
            let fix = Some(Fix::new(span, value.text.as_ref()));
            self.diagnostics.push(Diagnostic::new(Code::NeedlessDefault, span, message, help).with_fix(fix));
        }
        let value = self.scalar_only(value);
        let fallback = self.value(fallback, Some(&value.ty));
        self.same_type(&value, &fallback.ty, fallback.span);
        let ty = value.ty.clone();
        let kind = ScalarKind::Default(Box::new(value.into_scalar()), Box::new(fallback.into_scalar()));
        Typed::new(Node::Scalar(kind), ty, span, self.text(span))
    }

    /// What two constants come to; a division by one that is zero is reported.
    fn constants(&mut self, op: ArithOp, left: &Typed<'a>, right: &Typed<'a>, span: Span) -> Option<Bound> {
        let constant = |typed: &Typed<'a>| match typed.bounds {
            Some((Some(low), Some(high))) if low == high => Some(low),
            _ => None,
        };
        let divides = matches!(op, ArithOp::Div | ArithOp::IntDiv);
        let right = constant(right);
        if divides && right.is_some_and(|right| right.is_zero()) {
            let message = texts::divides_zero_can_never().text();
            let help = texts::divide_something_not_zero().text();
            self.error(Code::ZeroDivision, span, message, help);
            return None;
        }
        let (left, right) = (constant(left)?, right?);
        let value = match op {
            ArithOp::Add => left.checked_add(&right),
            ArithOp::Sub => left.checked_sub(&right),
            ArithOp::Mul => left.checked_mul(&right),
            ArithOp::Div => left.checked_div(&right),
            ArithOp::IntDiv => None,
        }?;
        Some((Some(value), Some(value)))
    }

    pub fn arith(&mut self, op: ArithOp, left: &'a Expr, right: &'a Expr, span: Span) -> Typed<'a> {
        let (left, right) = (self.value(left, None), self.value(right, None));
        let (lt, rt) = (left.ty.clone(), right.ty.clone());
        let bounds = self.constants(op, &left, &right, span);
        if matches!(op, ArithOp::Div | ArithOp::IntDiv) {
            self.note_divisor(&right, span);
        }
        let boxed = |left: Typed<'a>, right: Typed<'a>| (Box::new(left.into_scalar()), Box::new(right.into_scalar()));
        let (kind, ty) = match (op, &lt, &rt) {
            (_, Ty::Bad, _) | (_, _, Ty::Bad) => return self.bad(span),
            (ArithOp::Add | ArithOp::Sub, Ty::Date(_), Ty::Duration(unit)) => {
                let (left, right) = boxed(left, right);
                (ScalarKind::Shift(left, right, *unit, op == ArithOp::Sub), Ty::DATE)
            }
            (ArithOp::Add, Ty::Duration(unit), Ty::Date(_)) => {
                let (left, right) = boxed(right, left);
                (ScalarKind::Shift(left, right, *unit, false), Ty::DATE)
            }
            (ArithOp::Sub, Ty::Date(_), Ty::Date(_)) => {
                let (left, right) = boxed(left, right);
                (ScalarKind::DaysBetween(left, right), Ty::Duration(DurationUnit::Days))
            }
            (ArithOp::Add | ArithOp::Sub, Ty::Duration(_), Ty::Duration(unit)) => {
                let ty = Ty::Duration(*unit);
                self.same_type(&left, &ty, span);
                let (left, right) = boxed(left, right);
                (ScalarKind::DurationArith(op, left, right), ty)
            }
            (ArithOp::Mul, Ty::Duration(unit), Ty::Number(_)) | (ArithOp::Mul, Ty::Number(_), Ty::Duration(unit)) => {
                let ty = Ty::Duration(*unit);
                let (left, right) = boxed(left, right);
                (ScalarKind::DurationArith(op, left, right), ty)
            }
            (_, Ty::Number(a), Ty::Number(b)) => {
                let sum = matches!(op, ArithOp::Add | ArithOp::Sub);
                if sum {
                    self.same_type(&left, &rt, span);
                }
                let unit = if sum { a.or(*b) } else { None };
                let (left, right) = boxed(left, right);
                (ScalarKind::Arith(op, left, right), Ty::Number(unit))
            }
            _ => {
                let ((a, one), (b, other)) = (self.type_names(&lt), self.type_names(&rt));
                self.error(
                    Code::TypeMismatch,
                    span,
                    texts::do_not_combine_way(&Each(&a, &one), &Each(&b, &other)).text(),
                    texts::numbers_numbers_date_duration().text(),
                );
                return self.bad(span);
            }
        };
        let mut typed = Typed::new(Node::Scalar(kind), ty, span, self.text(span));
        typed.bounds = bounds;
        typed
    }

    pub fn negative(&mut self, inner: &'a Expr, span: Span) -> Typed<'a> {
        let inner = self.value(inner, None);
        if !matches!(inner.ty, Ty::Number(_) | Ty::Duration(_) | Ty::Bad) {
            self.expect(&inner, &Ty::Number(None));
        }
        let ty = inner.ty.clone();
        let bounds = inner.bounds.map(|(low, high)| (high.map(|v| -v), low.map(|v| -v)));
        let mut typed =
            Typed::new(Node::Scalar(ScalarKind::Neg(Box::new(inner.into_scalar()))), ty, span, self.text(span));
        typed.bounds = bounds;
        typed
    }
}
