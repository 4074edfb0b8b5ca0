//! What has to stand at a place: one value, a yes or no, what is there, two of one type.

use crate::scope::Checker;
use crate::types::{Node, Ty, Typed};
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::Expr;

impl<'a> Checker<'a> {
    /// A value that must be there: scalar, not optional unless guarded.
    pub fn value(&mut self, expr: &'a Expr, want: Option<&Ty<'a>>) -> Typed<'a> {
        let typed = self.infer(expr, want);
        let typed = self.present(typed);
        self.scalar_only(typed)
    }

    /// A value that may be absent.
    pub fn scalar_only(&mut self, typed: Typed<'a>) -> Typed<'a> {
        if matches!(typed.ty, Ty::List(..) | Ty::Counting)
            || (matches!(&typed.node, Node::Record(place) if !place.headers.is_empty()))
        {
            let (zh, en) = self.type_names(&typed.ty);
            self.error(
                Code::TypeMismatch,
                typed.span,
                texts::single_value_must_stand(&typed.text, &Each(&zh, &en)).text(),
                texts::use_aggregate_quantifier_list().text(),
            );
            return self.bad(typed.span);
        }
        if typed.requirement.is_some() {
            return self.not_a_requirement(typed);
        }
        typed
    }

    /// Refuses optional data that no guard covers.
    pub fn present(&mut self, mut typed: Typed<'a>) -> Typed<'a> {
        if typed.unguarded {
            let text = &typed.text;
            let help = texts::guard_if_then_list(&text).text();
            let message = texts::may_absent_used_without(&text).text();
            let fix = self.guard(text, typed.span);
            self.diagnostics.push(Diagnostic::new(Code::Unguarded, typed.span, message, help).with_fix(fix));
            typed.unguarded = false;
        }
        typed
    }

    /// The guard before the innermost condition around a place.
    fn guard(&self, text: &str, used: Span) -> Option<Fix> {
        let condition = self.condition.filter(|condition| condition.to(used) == *condition)?;
        let condition = (condition.source == used.source).then_some(condition)?;
        Some(Fix::before(condition, format!("有 {text} 且 ")))
    }

    fn not_a_requirement(&mut self, typed: Typed<'a>) -> Typed<'a> {
        let place = typed.requirement.unwrap_or(typed.span);
        let text = self.text(place);
        self.error(
            Code::RequirementAsCondition,
            place,
            texts::deadline_frequency_cannot_condition(&text).text(),
            texts::deadlines_frequencies_stand_requires().text(),
        );
        self.bad(typed.span)
    }

    /// Something with a yes-or-no answer: a condition, or a requirement where `requirement` allows one.
    pub fn yes_or_no(&mut self, expr: &'a Expr, requirement: bool) -> Typed<'a> {
        let around = self.condition.replace(expr.span);
        let typed = self.yes_or_no_within(expr, requirement);
        self.condition = around;
        typed
    }

    /// The same where a guard belongs before what stands around.
    pub fn yes_or_no_within(&mut self, expr: &'a Expr, requirement: bool) -> Typed<'a> {
        let typed = self.infer(expr, Some(&Ty::Bool));
        let typed = self.present(typed);
        if typed.requirement.is_some() && !requirement {
            return self.not_a_requirement(typed);
        }
        if !matches!(typed.ty, Ty::Bool | Ty::Bad) {
            let (zh, en) = self.type_names(&typed.ty);
            self.error(
                Code::TypeMismatch,
                typed.span,
                texts::condition_must_stand_here(&typed.text, &Each(&zh, &en)).text(),
                texts::example_compare_value(&typed.text).text(),
            );
            return self.bad(typed.span);
        }
        self.note_truth(&typed);
        typed
    }

    /// Reports two types that do not go together.
    pub fn same_type(&mut self, left: &Typed<'a>, right: &Ty<'a>, span: Span) -> bool {
        let unit = match (&left.ty, right) {
            (Ty::Duration(_), Ty::Number(_)) | (Ty::Number(_), Ty::Duration(_)) => true,
            (Ty::Duration(a), Ty::Duration(b)) => a != b,
            (Ty::Number(Some(a)), Ty::Number(Some(b))) => a != b,
            _ => false,
        };
        if !unit && left.ty.fits(right) {
            return true;
        }
        let ((a, one), (b, other)) = (self.type_names(&left.ty), self.type_names(right));
        let message = texts::does_not_go(&left.text, &Each(&a, &one), &Each(&b, &other)).text();
        if unit {
            let days = [self.text(span).as_ref(), &left.text].iter().find_map(|text| last_number(text));
            let days = format!("{}日", days.unwrap_or("31".into()));
            let help = texts::use_one_unit_both(&days).text();
            // Only a number at the end of a place can become a count of days by what is put in there.
            let place = [span, left.span].into_iter().find(|place| last_number(&self.text(*place)).is_some());
            let fix = place.map(|place| Fix::after(place, "日"));
            self.diagnostics.push(Diagnostic::new(Code::UnitMismatch, span, message, help).with_fix(fix));
        } else {
            let plain = || texts::use_values_one_type().text();
            let help = crate::persons::help(&left.ty, right).unwrap_or_else(plain);
            self.error(Code::TypeMismatch, span, message, help);
        }
        false
    }

    /// Two operands whose types tell each other what bare names are.
    pub fn pair(&mut self, left: &'a Expr, right: &'a Expr) -> (Typed<'a>, Typed<'a>) {
        if self.is_literal_name(left) && !self.is_literal_name(right) {
            let right = self.value(right, None);
            let left = self.value(left, Some(&right.ty));
            return (left, right);
        }
        let left = self.value(left, None);
        let right = self.value(right, Some(&left.ty));
        (left, right)
    }
}

/// The whole number that an expression ends in.
fn last_number(text: &str) -> Option<String> {
    let head = text.trim_end_matches(|c: char| c.is_ascii_digit());
    text.strip_prefix(head).filter(|digits| !digits.is_empty()).map(str::to_owned)
}
