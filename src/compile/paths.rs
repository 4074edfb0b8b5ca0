//! Paths: a field of a record, of a record in it, and of each element of a list.

use crate::nearest::listed;
use crate::scope::Checker;
use crate::types::{Node, Place, Ty, Typed};
use bulou_base::source::Span;
use bulou_document::shape::Kind;
use bulou_ir::expr::ListKind;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::{Expr, ExprKind, Name};

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
