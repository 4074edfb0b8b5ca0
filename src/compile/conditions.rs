//! Conditions and requirements: connectives with the guards they give, quantifiers. Those about days are in [`super::deadlines`].

use crate::guards::Asked;
use crate::infer::{element_of, is_all, is_own_list};
use crate::scope::Checker;
use crate::types::{Node, Ty, Typed};
use bulou_base::source::Span;
use bulou_ir::expr::{Cond, CondKind, FieldRef, Header, ListKind, ScalarKind};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::{Expr, Name, Quantifier};

impl<'a> Checker<'a> {
    pub fn and(&mut self, parts: &'a [Expr], span: Span) -> Typed<'a> {
        let mut typed = self.cond(CondKind::And(Vec::new()), span);
        let mut conds = Vec::new();
        let known = self.facts.len();
        for part in parts {
            let part = self.yes_or_no(part, true);
            self.facts.extend(part.when_true.iter().cloned());
            typed.when_true.extend(part.when_true.iter().cloned());
            typed.requirement = typed.requirement.or(part.requirement);
            conds.push(part.into_cond());
        }
        self.facts.truncate(known);
        typed.node = Node::Cond(CondKind::And(conds));
        typed
    }

    pub fn or(&mut self, parts: &'a [Expr], span: Span) -> Typed<'a> {
        let mut typed = self.cond(CondKind::Or(Vec::new()), span);
        let mut conds = Vec::new();
        let known = self.facts.len();
        let mut common: Option<Vec<String>> = None;
        for part in parts {
            let part = self.yes_or_no(part, true);
            self.facts.extend(part.when_false.iter().cloned());
            typed.when_false.extend(part.when_false.iter().cloned());
            common = Some(match common {
                None => part.when_true.clone(),
                Some(common) => common.into_iter().filter(|fact| part.when_true.contains(fact)).collect(),
            });
            typed.requirement = typed.requirement.or(part.requirement);
            conds.push(part.into_cond());
        }
        self.facts.truncate(known);
        typed.when_true = common.unwrap_or_default();
        typed.node = Node::Cond(CondKind::Or(conds));
        typed
    }

    pub fn negation(&mut self, inner: &'a Expr, span: Span) -> Typed<'a> {
        let inner = self.yes_or_no_within(inner, false);
        let (when_true, when_false) = (inner.when_false.clone(), inner.when_true.clone());
        let mut typed = self.cond(CondKind::Not(Box::new(inner.into_cond())), span);
        typed.when_true = when_true;
        typed.when_false = when_false;
        typed
    }

    pub fn branch(
        &mut self,
        test: &'a Expr,
        yes: &'a Expr,
        no: Option<&'a Expr>,
        span: Span,
        want: Option<&Ty<'a>>,
    ) -> Typed<'a> {
        let test = self.yes_or_no(test, false);
        let around = self.condition.replace(yes.span);
        let yes = self.knowing(&test.when_true, |checker| {
            let typed = checker.infer(yes, want);
            checker.present(typed)
        });
        self.condition = around;
        let Some(no) = no else { return self.implication(test, yes, span) };
        self.condition = Some(no.span);
        let no = self.knowing(&test.when_false, |checker| {
            let typed = checker.infer(no, Some(&yes.ty));
            checker.present(typed)
        });
        self.condition = around;
        self.same_type(&yes, &no.ty, span);
        if matches!(yes.ty, Ty::Bool) {
            let requirement = yes.requirement.or(no.requirement);
            let kind =
                CondKind::If(Box::new(test.into_cond()), Box::new(yes.into_cond()), Some(Box::new(no.into_cond())));
            let mut typed = self.cond(kind, span);
            typed.requirement = requirement;
            return typed;
        }
        let (yes, no) = (self.scalar_only(yes), self.scalar_only(no));
        let ty = yes.ty.clone();
        let kind = ScalarKind::If(Box::new(test.into_cond()), Box::new(yes.into_scalar()), Box::new(no.into_scalar()));
        Typed::new(Node::Scalar(kind), ty, span, self.text(span))
    }

    fn implication(&mut self, test: Typed<'a>, yes: Typed<'a>, span: Span) -> Typed<'a> {
        if !matches!(yes.ty, Ty::Bool | Ty::Bad) {
            self.error(Code::IfWithoutElse, span, texts::if_gives_value_needs().text(), texts::add_else().text());
            return self.bad(span);
        }
        let requirement = yes.requirement;
        let kind = CondKind::If(Box::new(test.into_cond()), Box::new(yes.into_cond()), None);
        let mut typed = self.cond(kind, span);
        typed.requirement = requirement;
        typed
    }

    pub fn quantifier(
        &mut self,
        quantifier: Quantifier,
        list: &'a Expr,
        name: Option<&'a Name>,
        body: &'a Expr,
        span: Span,
    ) -> Typed<'a> {
        let list = self.list(list, None);
        let (frame, body) = self.over(&list, name, body, quantifier != Quantifier::None);
        let requirement = body.requirement;
        let kind = CondKind::Quantifier(quantifier, Box::new(list.into_list()), frame, Box::new(body.into_cond()));
        let mut typed = self.cond(kind, span);
        typed.requirement = requirement;
        typed
    }

    /// A condition over a list's elements.
    pub fn over(
        &mut self,
        list: &Typed<'a>,
        name: Option<&'a Name>,
        body: &'a Expr,
        requirement: bool,
    ) -> (u8, Typed<'a>) {
        let (element, facts) = self.elements(list, name);
        self.bound(list, (&element, &facts), name, list.span, |checker, frame, id| {
            let mut body = checker.yes_or_no(body, requirement);
            body.when_true.retain(|fact| fact.starts_with(id));
            for fact in &mut body.when_true {
                *fact = fact.strip_prefix(id).unwrap_or_default().to_owned();
            }
            (frame, body)
        })
    }

    /// A list's element type and what is known of it; a scalar element needs a name.
    pub fn elements(&mut self, list: &Typed<'a>, name: Option<&'a Name>) -> (Ty<'a>, Vec<String>) {
        let Ty::List(element, facts) = &list.ty else { return (Ty::Bad, Vec::new()) };
        if name.is_none() && !matches!(**element, Ty::Record(_) | Ty::Bad) {
            let text = &list.text;
            let message = texts::elements_no_fields_need(&text).text();
            let help = texts::write_x(&text).text();
            let fix = Some(Fix::after(list.span, " 记作 x"));
            self.diagnostics.push(Diagnostic::new(Code::NeedsBinding, list.span, message, help).with_fix(fix));
        }
        ((**element).clone(), facts.clone())
    }

    pub fn covers(&mut self, have: &'a Expr, wanted: &'a Expr, span: Span) -> Typed<'a> {
        let have = self.list(have, None);
        let wanted = self.list(wanted, Some(&element_of(&have)));
        let (have, wanted) = self.as_persons(have, wanted);
        let element = Typed { ty: element_of(&have), ..have.clone() };
        self.same_type(&element, &element_of(&wanted), span);
        self.compared_codes(&have, &wanted);
        let (have, wanted) = (have.into_list(), wanted.into_list());
        if !self.county && is_own_list(&wanted.kind) {
            let message = texts::schools_own_list_what(&wanted.text).text();
            // All that there is has to be covered: nothing can fail to lie in it.
            let turned = is_all(&have.kind).then(|| format!("{} 不漏 {}", wanted.text, have.text));
            let help = turned.as_ref().map_or_else(
                || texts::compare_all_parameter_definition().text(),
                |turned| texts::turn_covers_round(turned).text(),
            );
            let fix = turned.map(|turned| Fix::new(span, turned));
            self.diagnostics.push(Diagnostic::new(Code::OwnList, span, message, help).with_fix(fix));
        }
        self.cond(CondKind::Covers(Box::new(have), Box::new(wanted)), span)
    }

    /// Reports a value whose type is not the one that the place asks for.
    pub fn expect(&mut self, typed: &Typed<'a>, want: &Ty<'a>) {
        if typed.ty.fits(want) {
            return;
        }
        let ((is, is_en), (must, must_en)) = (self.type_names(&typed.ty), self.type_names(want));
        let message = texts::must_stand_here(&Each(&must, &must_en), &typed.text, &Each(&is, &is_en)).text();
        self.error(Code::TypeMismatch, typed.span, message, texts::use_word(&Each(&must, &must_en)).text());
    }

    pub fn between(&mut self, value: &'a Expr, low: &'a Expr, high: &'a Expr, span: Span) -> Typed<'a> {
        let value = self.value(value, None);
        let low = self.value(low, Some(&value.ty));
        let high = self.value(high, Some(&value.ty));
        self.same_type(&value, &low.ty, low.span);
        self.same_type(&value, &high.ty, high.span);
        self.in_order(&value, span);
        if let (Some(low), Some(high)) = (low.constant(), high.constant()) {
            self.not_reversed(&low, &high, span);
        }
        [&value, &low, &high].into_iter().for_each(|side| self.by_hand(side));
        self.note_between(&value, (&low, &high), span);
        let kind =
            CondKind::Between(Box::new(value.into_scalar()), Box::new(low.into_scalar()), Box::new(high.into_scalar()));
        self.cond(kind, span)
    }

    pub fn contains(&mut self, whole: &'a Expr, part: &'a Expr, span: Span) -> Typed<'a> {
        let whole = self.infer(whole, None);
        let whole = self.present(whole);
        if let Ty::List(element, _) = whole.ty.clone() {
            let part = self.value(part, Some(&element));
            let (part, whole) = self.as_persons(part, whole);
            self.same_type(&part, &element_of(&whole), span);
            self.compared_codes(&part, &whole);
            return self.cond(CondKind::In(Box::new(part.into_scalar()), Box::new(whole.into_list())), span);
        }
        let part = self.value(part, Some(&Ty::Text));
        self.expect(&whole, &Ty::Text);
        if !matches!(part.ty, Ty::Person) {
            self.expect(&part, &Ty::Text);
        }
        self.cond(CondKind::TextContains(Box::new(whole.into_scalar()), Box::new(part.into_scalar())), span)
    }

    pub fn has(&mut self, inner: &'a Expr, present: bool, span: Span) -> Typed<'a> {
        let outside = self.tainted;
        let inner = self.infer(inner, None);
        if inner.requirement.is_some() {
            return self.not_requirement_here(&inner);
        }
        // That something required was left out is said of every document: it tells no value.
        let hidden = if matches!(inner.node, Node::Record(_)) || inner.field().is_some() {
            inner.chosen
        } else {
            inner.sensitive
        };
        self.tainted = outside || hidden;
        let (key, is_yes_no) = (inner.key.clone(), matches!(inner.ty, Ty::Bool));
        let kind = match inner.node.clone() {
            Node::Record(place) if !place.headers.is_empty() => {
                let mut headers = place.headers;
                let Some(Header { slot, optional }) = headers.pop() else { return self.bad(span) };
                let headers = headers.into_boxed_slice();
                let table = self.table_of(place.frame).unwrap_or_default();
                CondKind::HasField(FieldRef { frame: place.frame, table, headers, slot, optional }, false)
            }
            Node::Scalar(ScalarKind::Field(field)) | Node::List(ListKind::Field(field, ..)) => {
                CondKind::HasField(field, false)
            }
            Node::Scalar(_) => CondKind::HasValue(Box::new(inner.into_scalar())),
            Node::Bad => return self.bad(span),
            Node::Cond(_) | Node::List(_) | Node::Record(_) => {
                self.error(
                    Code::TypeMismatch,
                    span,
                    texts::lacks_take_field().text(),
                    texts::ask_count_0_exists().text(),
                );
                return self.bad(span);
            }
        };
        if let CondKind::HasField(field, _) = &kind {
            let is_required = !field.optional && field.headers.iter().all(|header| !header.optional);
            self.presence.insert(span, Asked { is_required, is_yes_no });
            self.note_presence(field, span);
        }
        let has = Cond { kind, text: self.text(span), hidden };
        let facts: Vec<String> = key.into_iter().collect();
        let mut typed = self.cond(has.kind.clone(), span);
        if present {
            typed.when_true = facts;
        } else {
            typed.node = Node::Cond(CondKind::Not(Box::new(has)));
            typed.when_false = facts;
        }
        typed
    }

    fn not_requirement_here(&mut self, typed: &Typed<'a>) -> Typed<'a> {
        self.error(
            Code::RequirementAsCondition,
            typed.span,
            texts::does_not_take_deadline().text(),
            texts::name_field_after().text(),
        );
        self.bad(typed.span)
    }
}
