//! Expressions: names, types, guards, and the compiled form, in one walk.

use crate::scope::Checker;
use crate::survey::CURSOR;
use crate::types::{Bound, Node, Ty, Typed};
use bulou_base::limits;
use bulou_base::source::Span;
use bulou_base::value::{Length, Quotient};
use bulou_document::Constant;
use bulou_ir::expr::{CondKind, ListKind, ScalarKind};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::{CompareOp, DurationUnit, Expr, ExprKind};
use bulou_syntax::keywords::spelled;

impl<'a> Checker<'a> {
    /// Checks an expression; `want` is the type that the place expects, which decides what a bare name can be. Whatever
    /// its form, it is `敏感` when anything is that was looked at on the way.
    pub fn infer(&mut self, expr: &'a Expr, want: Option<&Ty<'a>>) -> Typed<'a> {
        if !self.within_depth(1, expr.span) {
            return self.bad(expr.span);
        }
        let outside = std::mem::take(&mut self.tainted);
        self.depth.now += 1;
        let mut typed = self.form(expr, want);
        self.depth.now -= 1;
        typed.sensitive |= self.tainted;
        self.tainted = outside || typed.sensitive;
        typed
    }

    /// Whether so many levels more are not too many; else it is reported.
    pub fn within_depth(&mut self, levels: usize, span: Span) -> bool {
        let reached = self.depth.now + levels;
        self.depth.deepest = self.depth.deepest.max(reached);
        if reached > limits::RULE_DEPTH {
            self.diagnostics.push(bulou_syntax::too_deep(span));
        }
        reached <= limits::RULE_DEPTH
    }

    fn form(&mut self, expr: &'a Expr, want: Option<&Ty<'a>>) -> Typed<'a> {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Bool(value) => self.constant(Constant::Bool(*value), Ty::Bool, span),
            ExprKind::Number(literal) => match super::shape::number(expr) {
                Some(value) => {
                    let mut typed =
                        self.constant(Constant::Number(value), Ty::Number(literal.times.then_some("次")), span);
                    typed.bounds = Some((Some(value), Some(value)));
                    typed
                }
                None => self.bad(span),
            },
            ExprKind::Text(text) => self.text_literal(text, span, want),
            ExprKind::Date(date) => self.constant(Constant::Date(*date), Ty::DATE, span),
            ExprKind::Duration(literal) => {
                if literal.unit == DurationUnit::WorkDays {
                    self.needs_calendar(expr.span, "工作日");
                }
                let length = Length { count: i64::from(literal.count), weeks: literal.weeks };
                self.constant(Constant::Duration(length), Ty::Duration(literal.unit), span)
            }
            ExprKind::Today => Typed::new(Node::Scalar(ScalarKind::Today), Ty::DATE, span, self.text(span)),
            ExprKind::Name(name) => self.name(name, span, want),
            ExprKind::Field(base, name) => self.field(base, name, span),
            ExprKind::Call(name, args) => self.call(name, args, span),
            ExprKind::Aggregate(aggregate, list, share) => self.aggregate(*aggregate, list, share.as_deref(), span),
            ExprKind::If(test, yes, no) => self.branch(test, yes, no.as_deref(), span, want),
            ExprKind::And(parts) => self.and(parts, span),
            ExprKind::Or(parts) => self.or(parts, span),
            ExprKind::Not(inner) => self.negation(inner, span),
            ExprKind::Quantifier(quantifier, list, name, body) => {
                self.quantifier(*quantifier, list, name.as_ref(), body, span)
            }
            ExprKind::Covers(have, wanted) => self.covers(have, wanted, span),
            ExprKind::Deadline(done, due) => self.deadline(done, due, span),
            ExprKind::By(due, cond) => self.by(due, cond, span),
            ExprKind::Frequency(frequency) => self.frequency(frequency, span),
            ExprKind::Compare(op, left, right) => self.comparison(*op, left, right, span),
            ExprKind::In(item, list) => {
                let (item, list) = self.item_and_list(item, list);
                let (item, list) = self.as_persons(item, list);
                self.same_type(&item, &element_of(&list), list.span);
                self.compared_codes(&item, &list);
                self.note_membership(&item, &list, span);
                let kind = CondKind::In(Box::new(item.into_scalar()), Box::new(list.into_list()));
                self.cond(kind, span)
            }
            ExprKind::Between(value, low, high) => self.between(value, low, high, span),
            ExprKind::Contains(whole, part) => self.contains(whole, part, span),
            ExprKind::Default(value, fallback) => self.default(value, fallback, span, want),
            ExprKind::Arith(op, left, right) => self.arith(*op, left, right, span),
            ExprKind::Neg(inner) => self.negative(inner, span),
            ExprKind::Has(inner, present) => self.has(inner, *present, span),
            ExprKind::Filter(list, name, cond) => self.filter(list, name.as_ref(), cond, span, want),
            ExprKind::All(name) => self.all_options(name, span),
            ExprKind::List(parts) => self.list_literal(parts, span, want),
        }
    }

    pub fn constant(&self, constant: Constant, ty: Ty<'a>, span: Span) -> Typed<'a> {
        Typed::new(Node::Scalar(ScalarKind::Const(constant)), ty, span, self.text(span))
    }

    pub fn cond(&self, kind: CondKind, span: Span) -> Typed<'a> {
        Typed::new(Node::Cond(kind), Ty::Bool, span, self.text(span))
    }

    fn text_literal(&mut self, text: &str, span: Span, want: Option<&Ty<'a>>) -> Typed<'a> {
        match want {
            Some(Ty::Option(set)) => self.option(*set, text, span).unwrap_or_else(|| {
                self.unknown_option(*set, text, span);
                self.bad(span)
            }),
            Some(Ty::Person) => self.person(text, span),
            _ => self.constant(Constant::of_text(text), Ty::Text, span),
        }
    }

    fn option(&mut self, set: u16, name: &str, span: Span) -> Option<Typed<'a>> {
        let options = &self.shape.option_sets.get(usize::from(set))?.options;
        let index = u16::try_from(options.iter().position(|option| option == name)?).ok()?;
        self.used_options.insert((set, index));
        self.note_option(set, index, span);
        Some(self.constant(Constant::Option(index), Ty::Option(set), span))
    }

    fn unknown_option(&mut self, set: u16, name: &str, span: Span) {
        let Some(options) = self.shape.option_sets.get(usize::from(set)) else { return };
        let known = options.options.iter().map(String::as_str);
        let near = self.declared.nearness.nearest(name, known.clone());
        let known = super::nearest::listed(known);
        let help = match near {
            Some(near) => texts::did_you_mean_options(&near, &known).text(),
            None => texts::options(&known).text(),
        };
        let fix = near.map(|near| Fix::new(span, spelled(near)));
        let message = texts::no_option(&name).text();
        let mut known = Vec::new();
        if name == CURSOR {
            known = self.option_candidates(set);
            known.extend(self.name_candidates(Some(&Ty::Option(set))));
        }
        self.unknown(Diagnostic::new(Code::UnknownOption, span, message, help).with_fix(fix), name, known);
    }

    fn name(&mut self, name: &'a str, span: Span, want: Option<&Ty<'a>>) -> Typed<'a> {
        let before = (self.used_fields.clone(), self.diagnostics.len());
        let mut meanings = self.meanings(name, span);
        if let Some(Ty::Option(set)) = want {
            if let Some(option) = self.option(*set, name, span) {
                if meanings.is_empty() {
                    return option;
                }
                self.used_fields = before.0;
                self.diagnostics.truncate(before.1);
                let message = texts::option_name_here_well(&name).text();
                let help = texts::write_option_path_field(&name).text();
                let fix = Some(Fix::new(span, format!("\"{name}\"")));
                self.diagnostics.push(Diagnostic::new(Code::AmbiguousName, span, message, help).with_fix(fix));
                return self.bad(span);
            }
            if meanings.is_empty() {
                self.unknown_option(*set, name, span);
                return self.bad(span);
            }
        }
        match meanings.len() {
            0 => {
                self.unknown_name(name, span, want);
                self.bad(span)
            }
            1 => meanings.pop().unwrap_or_else(|| self.bad(span)),
            _ => {
                self.error(
                    Code::AmbiguousName,
                    span,
                    texts::means_more_than_one(&name).text(),
                    texts::name_element_x_then(&name).text(),
                );
                self.bad(span)
            }
        }
    }

    /// A value and the list that it is looked for in; a literal is of the list's type.
    fn item_and_list(&mut self, item: &'a Expr, list: &'a Expr) -> (Typed<'a>, Typed<'a>) {
        if matches!(item.kind, ExprKind::Text(_)) {
            let list = self.list(list, None);
            return (self.value(item, Some(&element_of(&list))), list);
        }
        let item = self.value(item, None);
        let list = self.list(list, Some(&item.ty));
        (item, list)
    }

    /// A bare name or text that means nothing by itself here, so it can only be an option.
    pub(super) fn is_literal_name(&mut self, expr: &'a Expr) -> bool {
        match &expr.kind {
            ExprKind::Text(_) => true,
            ExprKind::Name(name) => {
                let (fields, reported) = (self.used_fields.clone(), self.diagnostics.len());
                let none = self.meanings(name, expr.span).is_empty();
                self.used_fields = fields;
                self.diagnostics.truncate(reported);
                none
            }
            _ => false,
        }
    }

    fn comparison(&mut self, op: CompareOp, left: &'a Expr, right: &'a Expr, span: Span) -> Typed<'a> {
        let (left, right) = self.pair(left, right);
        let (left, right) = self.as_persons(left, right);
        if self.same_type(&left, &right.ty, span) && !matches!(op, CompareOp::Eq | CompareOp::Ne) {
            self.in_order(&left, span);
        }
        self.compared_codes(&left, &right);
        self.by_hand(&left);
        self.by_hand(&right);
        self.always(op, &left, &right, span);
        self.note_comparison(op, (&left, &right), span);
        self.cond(CondKind::Compare(op, Box::new(left.into_scalar()), Box::new(right.into_scalar())), span)
    }

    /// Refuses to ask which of two values comes first where there is no order.
    pub(super) fn in_order(&mut self, value: &Typed<'a>, span: Span) {
        if matches!(value.ty, Ty::Text | Ty::Code | Ty::Person | Ty::Bool | Ty::Option(_)) {
            let (zh, en) = self.type_names(&value.ty);
            self.error(Code::TypeMismatch, span, texts::no_order(&Each(&zh, &en)).text(), texts::use_word_2().text());
        }
    }

    /// Warns of a comparison whose answer the types alone decide.
    fn always(&mut self, op: CompareOp, left: &Typed<'a>, right: &Typed<'a>, span: Span) {
        let same = left.text == right.text && left.field().is_some();
        let answer = if same {
            Some(matches!(op, CompareOp::Eq | CompareOp::Le | CompareOp::Ge))
        } else {
            by_bounds(op, self.ends(left), self.ends(right))
        };
        let Some(answer) = answer else { return };
        self.decided.insert(span, answer);
        let word = if answer { texts::comes_out_true() } else { texts::comes_out_false() };
        let is = |asked: fn(&ScalarKind) -> bool| {
            [left, right].iter().any(|side| matches!(&side.node, Node::Scalar(kind) if asked(kind)))
        };
        let (message, help) = if is(|kind| matches!(kind, ScalarKind::Aggregate(..))) {
            (texts::comparison_always_count(&word), texts::write_number_that_is())
        } else if is(|kind| matches!(kind, ScalarKind::DaysBetween(..))) {
            (texts::comparison_always_days(&word), texts::write_later_day_first())
        } else {
            (texts::comparison_always(&word), texts::check_both_sides_scope())
        };
        let (message, help) = (message.text(), help.text());
        self.error(Code::AlwaysSame, span, message, help);
    }

    fn ends(&self, value: &Typed<'a>) -> Bound {
        match &value.node {
            Node::Scalar(kind) => value.bounds.unwrap_or_else(|| self.extent(kind)),
            _ => (None, None),
        }
    }
}

fn by_bounds(op: CompareOp, left: Bound, right: Bound) -> Option<bool> {
    let below = |a: Option<Quotient>, b: Option<Quotient>, strict: bool| matches!((a, b), (Some(a), Some(b)) if if strict { a < b } else { a <= b });
    let (less, less_equal) = (below(left.1, right.0, true), below(left.1, right.0, false));
    let (more, more_equal) = (below(right.1, left.0, true), below(right.1, left.0, false));
    let pick = |yes: bool, no: bool| {
        if yes {
            Some(true)
        } else if no {
            Some(false)
        } else {
            None
        }
    };
    match op {
        CompareOp::Lt => pick(less, more_equal),
        CompareOp::Le => pick(less_equal, more),
        CompareOp::Gt => pick(more, less_equal),
        CompareOp::Ge => pick(more_equal, less),
        CompareOp::Eq => pick(less_equal && more_equal, less || more),
        CompareOp::Ne => pick(less || more, less_equal && more_equal),
    }
}

/// The type of a list's elements.
pub(crate) fn element_of<'a>(list: &Typed<'a>) -> Ty<'a> {
    match &list.ty {
        Ty::List(element, _) => (**element).clone(),
        _ => Ty::Bad,
    }
}

/// The list kinds that name a school's own entries.
/// Whether a list is made of all options of a set.
pub(crate) fn is_all(kind: &ListKind) -> bool {
    match kind {
        ListKind::All(_) => true,
        ListKind::Filter(inner, ..) | ListKind::Hoisted(_, inner) | ListKind::Optimized(inner, _) => {
            is_all(&inner.kind)
        }
        _ => false,
    }
}

pub(crate) fn is_own_list(kind: &ListKind) -> bool {
    match kind {
        ListKind::Field(..) => true,
        ListKind::Project(inner, ..) | ListKind::Filter(inner, ..) | ListKind::Flatten(inner, ..) => {
            is_own_list(&inner.kind)
        }
        ListKind::Distinct(inner) | ListKind::Hoisted(_, inner) | ListKind::Optimized(inner, _) => {
            is_own_list(&inner.kind)
        }
        ListKind::Literal(_) | ListKind::All(_) | ListKind::Param(_) | ListKind::Definition(_) => false,
    }
}
