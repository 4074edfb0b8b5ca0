//! Lists: filters, all options of a set, and lists that are written out.

use crate::scope::Checker;
use crate::survey::CandidateKind;
use crate::types::{Node, Ty, Typed};
use bulou_base::source::Span;
use bulou_ir::answer;
use bulou_ir::expr::{Cond, CondKind, FieldRef, ListKind, Scalar, ScalarKind, Show};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::{Expr, ExprKind, Name};

impl<'a> Checker<'a> {
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
        let key = crate::fold_key(self.declared.county);
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
    pub(super) fn present_list(&mut self, mut typed: Typed<'a>) -> Typed<'a> {
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
