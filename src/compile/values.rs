//! Values and lists: fields, tables, aggregates, arithmetic, filters, projections.

use num_traits::{CheckedAdd as _, CheckedDiv as _, CheckedMul as _, CheckedSub as _, Zero as _};

use crate::infer::element_of;
use crate::nearest::listed;
use crate::scope::Checker;
use crate::survey::CandidateKind;
use crate::types::{Bound, Node, Place, Ty, Typed};
use bulou_base::source::Span;
use bulou_document::shape::Kind;
use bulou_ir::answer;
use bulou_ir::expr::{Cond, CondKind, FieldRef, ListKind, Scalar, ScalarKind, Show};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::aggregates::{Aggregate, Gives, Takes};
use bulou_syntax::ast::{ArithOp, DurationUnit, Expr, ExprKind, Name};

impl<'a> Checker<'a> {
    /// A path, from its root on. The root is inferred once, however long the path is.
    pub fn field(&mut self, base: &'a Expr, name: &'a Name, span: Span) -> Typed<'a> {
        let (mut root, mut steps) = (base, vec![(name, span)]);
        while let ExprKind::Field(inner, name) = &root.kind {
            steps.push((name, root.span));
            root = inner;
        }
        steps.reverse();
        let mut typed = self.infer(root, None);
        let mut rest = steps.as_slice();
        while let Some((name, span)) = rest.first().copied() {
            if !matches!(typed.node, Node::List(_)) {
                typed = self.step(typed, name, span);
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            let (path, after) = rest.split_at(through_records(&typed, rest) + 1);
            let names: Vec<&Name> = path.iter().map(|(name, _)| *name).collect();
            let list = self.present_list(typed);
            typed = self.project(list, &names, path.last().map_or(span, |(_, span)| *span));
            rest = after;
        }
        typed
    }

    fn step(&mut self, base: Typed<'a>, name: &'a Name, span: Span) -> Typed<'a> {
        match base.node {
            Node::Record(ref place) => match self.field_of(place, &name.text, name.span, span) {
                Some(typed) => typed,
                None => self.no_field(place, name, span),
            },
            Node::Bad | Node::List(_) => self.bad(span),
            Node::Cond(_) | Node::Scalar(_) => {
                let (zh, en) = self.type_names(&base.ty);
                self.error(
                    Code::TypeMismatch,
                    name.span,
                    texts::no_field_2(&base.text, &Each(&zh, &en), &name.text).text(),
                    texts::only_records_lists_records().text(),
                );
                self.bad(span)
            }
        }
    }

    fn no_field(&mut self, place: &Place<'a>, name: &Name, span: Span) -> Typed<'a> {
        let known = place.fields.fields.iter().map(|field| field.name.as_str());
        let otherwise = texts::fields(&listed(known.clone())).text();
        let (help, fix) = self.declared.nearness.suggest(&name.text, name.span, known, otherwise);
        let message = texts::no_field(&place.fields.name, &name.text).text();
        let diagnostic = Diagnostic::new(Code::UnknownName, name.span, message, help).with_fix(fix);
        let known = self.field_candidates(place.fields, None);
        self.unknown(diagnostic, &name.text, known);
        self.bad(span)
    }

    /// `L.field`: the field of each element; lists of lists become one list.
    fn project(&mut self, base: Typed<'a>, names: &[&'a Name], span: Span) -> Typed<'a> {
        let Some((name, records)) = names.split_last() else { return base };
        let (element, facts) = match &base.ty {
            Ty::List(element, facts) => ((**element).clone(), facts.clone()),
            _ => return self.bad(span),
        };
        let Ty::Record(fields) = element else {
            self.error(
                Code::TypeMismatch,
                name.span,
                texts::elements_no_fields(&base.text).text(),
                texts::remove_part_path().text(),
            );
            return self.bad(span);
        };
        let (frame, inner) = self.bound(&base, (&Ty::Record(fields), &facts), None, span, |checker, frame, id| {
            let mut place = Place { frame, headers: Vec::new(), key: id.to_owned(), fields, chosen: base.sensitive };
            for record in records {
                if let Some(Node::Record(inner)) =
                    checker.field_of(&place, &record.text, record.span, span).map(|typed| typed.node)
                {
                    place = inner;
                }
            }
            let typed = match checker.field_of(&place, &name.text, name.span, span) {
                Some(typed) => typed,
                None => checker.no_field(&place, name, span),
            };
            (frame, typed)
        });
        if inner.unguarded && !matches!(inner.node, Node::List(_)) {
            let text = &base.text;
            let field = &name.text;
            let message = texts::may_absent_used_without_guard(&field).text();
            let guarded = format!("{text}[有 {field}].{field}");
            let help = texts::write_3(&guarded).text();
            let fix = records.is_empty().then(|| Fix::new(span, guarded));
            self.diagnostics.push(Diagnostic::new(Code::Unguarded, span, message, help).with_fix(fix));
        }
        self.projected(base, frame, inner, span)
    }

    fn projected(&mut self, base: Typed<'a>, frame: u8, inner: Typed<'a>, span: Span) -> Typed<'a> {
        // The path may go on from here.
        let (sensitive, ty) = (base.sensitive || inner.sensitive, inner.ty.clone());
        let list = Box::new(base.into_list());
        let (kind, ty) = match inner.node {
            Node::List(_) => (ListKind::Flatten(list, frame, Box::new(inner.into_list())), ty),
            Node::Scalar(_) => {
                let projected = ListKind::Project(list, frame, Box::new(inner.into_scalar()));
                (projected, Ty::List(Box::new(ty), Vec::new()))
            }
            Node::Record(_) => {
                self.error(
                    Code::TypeMismatch,
                    span,
                    texts::path_over_list_must().text(),
                    texts::use_every_satisfies_name().text(),
                );
                return self.bad(span);
            }
            Node::Bad | Node::Cond(_) => return self.bad(span),
        };
        let mut typed = Typed::new(Node::List(kind), ty, span, self.text(span));
        typed.sensitive = sensitive;
        typed
    }

    pub fn call(&mut self, name: &'a Name, args: &'a [Expr], span: Span) -> Typed<'a> {
        let Some(table) = self.declared.table(&name.text) else {
            let known = self.declared.tables.iter().map(|table| table.name.text.as_str());
            let otherwise = texts::declare_table_first().text();
            let (help, fix) = self.declared.nearness.suggest(&name.text, name.span, known, otherwise);
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

    pub fn filter(
        &mut self,
        list: &'a Expr,
        name: Option<&'a Name>,
        cond: &'a Expr,
        span: Span,
        want: Option<&Ty<'a>>,
    ) -> Typed<'a> {
        let element = match want {
            Some(Ty::List(element, _)) => Some((**element).clone()),
            _ => None,
        };
        let folds = self.county && name.is_none() && self.is_fold(list);
        let list = self.list(list, element.as_ref());
        if folds {
            self.asked.push(cond);
            if let Some(number) = self.answers.iter().position(|(span, _)| *span == cond.span) {
                return self.answered_filter(list, number, cond, span);
            }
        }
        let (frame, cond) = self.over(&list, name, cond, false);
        let (element, mut facts) = match &list.ty {
            Ty::List(element, facts) => (element.clone(), facts.clone()),
            _ => return self.bad(span),
        };
        facts.extend(cond.when_true.iter().cloned());
        let kind = ListKind::Filter(Box::new(list.into_list()), frame, Box::new(cond.into_cond()));
        Typed::new(Node::List(kind), Ty::List(element, facts), span, self.text(span))
    }

    /// Whether an expression is the field that stands for all schools.
    fn is_fold(&self, list: &Expr) -> bool {
        let key = super::fold_key(self.declared.county);
        matches!(&list.kind, ExprKind::Name(name) if Some(name.as_str()) == key)
    }

    /// `各校[cond]` where each school has answered the condition already.
    fn answered_filter(&mut self, list: Typed<'a>, number: usize, cond: &'a Expr, span: Span) -> Typed<'a> {
        let Ty::List(element, facts) = list.ty.clone() else { return self.bad(span) };
        let Ty::Record(fields) = *element else { return self.bad(span) };
        let slot = fields.field(&answer(number)).map(|field| field.slot);
        let (frame, table) = self.bound(&list, (&element, &facts), None, span, |checker, frame, _| {
            (frame, checker.table_of(frame).unwrap_or_default())
        });
        let slot = slot.unwrap_or_default();
        let field = FieldRef { frame, table, headers: Box::default(), slot, optional: false };
        let (text, hidden) = (self.text(cond.span), self.answers.get(number).is_some_and(|(_, hidden)| *hidden));
        self.tainted |= hidden;
        let show = if hidden { Show::Hidden } else { Show::Bool };
        let value = Scalar { kind: ScalarKind::Field(field), text: text.clone(), show };
        let cond = Cond { kind: CondKind::Value(Box::new(value)), text, hidden };
        let kind = ListKind::Filter(Box::new(list.into_list()), frame, Box::new(cond));
        Typed::new(Node::List(kind), Ty::List(element, facts), span, self.text(span))
    }

    /// A list whose elements are of the wanted type, as far as names have to be told what they are.
    pub fn list(&mut self, expr: &'a Expr, element: Option<&Ty<'a>>) -> Typed<'a> {
        let want = element.map(|element| Ty::List(Box::new(element.clone()), Vec::new()));
        let typed = self.infer(expr, want.as_ref());
        let typed = self.list_only(typed);
        self.present_list(typed)
    }

    pub fn list_only(&mut self, typed: Typed<'a>) -> Typed<'a> {
        if matches!(typed.ty, Ty::List(..)) {
            return typed;
        }
        if !typed.ty.is_bad() {
            let (zh, en) = self.type_names(&typed.ty);
            self.error(
                Code::TypeMismatch,
                typed.span,
                texts::list_must_stand_here(&typed.text, &Each(&zh, &en)).text(),
                texts::use_list_field_all().text(),
            );
        }
        self.bad(typed.span)
    }

    /// A list may be optional itself (an absent one has no elements); an optional record on the way needs a guard.
    fn present_list(&mut self, mut typed: Typed<'a>) -> Typed<'a> {
        let optional_way = |field: &FieldRef| field.headers.iter().any(|header| header.optional);
        if typed.unguarded && !typed.field().is_some_and(optional_way) {
            typed.unguarded = false;
        }
        self.present(typed)
    }

    pub fn all_options(&mut self, name: &'a Name, span: Span) -> Typed<'a> {
        let found = self.shape.option_sets.iter().position(|set| set.name == name.text);
        let Some(index) = found.and_then(|index| u16::try_from(index).ok()) else {
            let known = self.shape.option_sets.iter().map(|set| set.name.as_str()).filter(|name| !name.is_empty());
            let otherwise = texts::declare_options_first().text();
            let (help, fix) = self.declared.nearness.suggest(&name.text, name.span, known, otherwise);
            let message = texts::no_option_set(&name.text).text();
            let named = self.shape.option_sets.iter().filter(|set| !set.name.is_empty());
            let known = named.map(|set| self.candidate(&set.name, CandidateKind::Options, &Ty::Bad, None)).collect();
            self.unknown(Diagnostic::new(Code::UnknownType, name.span, message, help).with_fix(fix), &name.text, known);
            return self.bad(span);
        };
        if let Some((_, options)) = self.declared.option_set(&name.text) {
            self.note(name.span, options.name.span);
        }
        self.used_names.insert(format!("选项 {}", name.text));
        let count = self.shape.option_sets.get(usize::from(index)).map_or(0, |set| set.options.len());
        let count = u16::try_from(count).unwrap_or(u16::MAX);
        for option in 0..count {
            self.used_options.insert((index, option));
        }
        let ty = Ty::List(Box::new(Ty::Option(index)), Vec::new());
        Typed::new(Node::List(ListKind::All(count)), ty, span, self.text(span))
    }

    pub fn list_literal(&mut self, parts: &'a [Expr], span: Span, want: Option<&Ty<'a>>) -> Typed<'a> {
        let mut element = match want {
            Some(Ty::List(element, _)) => Some((**element).clone()),
            _ => None,
        };
        let mut scalars = Vec::new();
        for part in parts {
            let part = self.value(part, element.as_ref());
            if let Some(element) = &element {
                self.same_type(&part, element, part.span);
            }
            element.get_or_insert_with(|| part.ty.clone());
            scalars.push(part.into_scalar());
        }
        let constant = |(scalar, part): (&'_ Scalar, &Expr)| match &scalar.kind {
            ScalarKind::Const(constant) => Some((constant.clone(), part.span)),
            _ => None,
        };
        let constants: Vec<_> = scalars.iter().zip(parts).filter_map(constant).collect();
        self.again(&constants.iter().map(|(constant, span)| (constant, *span)).collect::<Vec<_>>());
        let ty = Ty::List(Box::new(element.unwrap_or(Ty::Bad)), Vec::new());
        Typed::new(Node::List(ListKind::Literal(scalars)), ty, span, self.text(span))
    }
}

/// How many steps of a path over a list go into records of its elements, before the one that reaches a field.
fn through_records(list: &Typed<'_>, steps: &[(&Name, Span)]) -> usize {
    let Ty::List(element, _) = &list.ty else { return 0 };
    let Ty::Record(mut fields) = **element else { return 0 };
    let last = steps.len().saturating_sub(1);
    let mut count = 0;
    for (name, _) in steps.iter().take(last) {
        match fields.field(&name.text).map(|field| &field.kind) {
            Some(Kind::Record(inner)) => fields = inner,
            _ => break,
        }
        count += 1;
    }
    count
}
