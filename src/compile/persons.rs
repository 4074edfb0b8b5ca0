//! Persons in rules. Documents say who somebody is in several ways (`张三主任`, `张三(主任)`), and are compared by the name
//! alone ([`Placeholders::person`]); what a rule compares with them is written so, or the comparison would never hold.

use crate::scope::Checker;
use crate::types::{Node, Ty, Typed};
use bulou_base::source::Span;
use bulou_document::Constant;
use bulou_document::field_label;
use bulou_document::normalize::normal;
use bulou_document::placeholder::{Placeholders, core, is_person};
use bulou_document::shape::Kind;
use bulou_document::types::Domain;
use bulou_ir::Names;
use bulou_ir::expr::{ListKind, ScalarKind};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix, LocalizedText};
use bulou_messages::texts;
use bulou_syntax::built_in::Format;

impl<'a> Checker<'a> {
    /// A text in a rule that says who somebody is: the name, and nothing beside it.
    pub(super) fn person(&mut self, text: &str, span: Span) -> Typed<'a> {
        let normal = normal(text);
        if !is_person(&normal) && !self.may_say(&normal) {
            let name = Placeholders::new(&[]).person(&normal, text).filter(|name| is_person(name));
            let message = texts::persons_compared_their_names_nobodys(&text).text();
            let help = match &name {
                Some(name) => texts::write(name).text(),
                None => texts::write_who_name_or_post().text(),
            };
            let fix = name.map(|name| Fix::new(span, format!("\"{name}\"")));
            self.diagnostics.push(Diagnostic::new(Code::TypeMismatch, span, message, help).with_fix(fix));
        }
        self.constant(Constant::of_text(text), Ty::Person, span)
    }

    /// Whether a field that asks for somebody takes these words as an answer nevertheless (`可填`).
    fn may_say(&self, normal: &str) -> bool {
        let word = core(normal);
        let fields = self.spans.keys().filter_map(|(table, slot)| field_label(self.shape, *table, *slot));
        fields.filter(|field| is_person_field(&field.kind)).any(|field| field.may_be.contains(&word))
    }

    /// Two sides of a comparison: where one is of persons, a parameter on the other is.
    pub(super) fn as_persons(&mut self, left: Typed<'a>, right: Typed<'a>) -> (Typed<'a>, Typed<'a>) {
        let (of_left, of_right) = (are_persons(&left.ty), are_persons(&right.ty));
        let left = if of_right { self.named(left) } else { left };
        let right = if of_left { self.named(right) } else { right };
        (left, right)
    }

    fn named(&mut self, typed: Typed<'a>) -> Typed<'a> {
        let (Node::Scalar(ScalarKind::Param(index)) | Node::List(ListKind::Param(index))) = typed.node else {
            return typed;
        };
        let ty = match &typed.ty {
            Ty::Text => Ty::Person,
            Ty::List(element, facts) if matches!(**element, Ty::Text) => Ty::List(Box::new(Ty::Person), facts.clone()),
            _ => return typed,
        };
        if let Some(param) = self.params.get_mut(index) {
            param.names = Some(Names::Persons);
            if !param.admits(&param.default) {
                let name = param.name.clone();
                self.not_by_name(&name, typed.span);
            }
        }
        Typed { ty, ..typed }
    }

    fn not_by_name(&mut self, param: &str, span: Span) {
        let message = texts::persons_compared_their_names_parameter(&param).text();
        let help = texts::write_name_post_nothing().text();
        self.error(Code::TypeMismatch, span, message, help);
    }
}

fn is_person_field(kind: &Kind) -> bool {
    matches!(kind.domain(), Domain::Text(Some(Format::Person)))
}

/// Whether persons are compared: one, or the elements of a list.
fn are_persons(ty: &Ty<'_>) -> bool {
    match ty {
        Ty::List(element, _) => matches!(**element, Ty::Person),
        ty => matches!(ty, Ty::Person),
    }
}

/// What to do where a person is compared with another text, which is compared as it is written.
pub(crate) fn help(one: &Ty<'_>, other: &Ty<'_>) -> Option<LocalizedText> {
    let help = || texts::persons_compared_their_names().text();
    matches!((one, other), (Ty::Person, Ty::Text | Ty::Code) | (Ty::Text | Ty::Code, Ty::Person)).then(help)
}
