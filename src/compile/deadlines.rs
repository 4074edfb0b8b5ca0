//! Requirements that know "not due yet": deadlines, duties with a due day, frequencies.

use crate::infer::element_of;
use crate::scope::Checker;
use crate::types::{Node, Ty, Typed};
use bulou_base::source::Span;
use bulou_base::value::Quotient;
use bulou_document::Constant;
use bulou_document::shape::Tense;
use bulou_ir::expr::{By, CondKind, Deadline, Due, Frequency, List, ListKind, Scalar, ScalarKind};
use bulou_ir::{Body, Names, ParamType, are_all_months, is_month};
use bulou_messages::codes::Code;
use bulou_messages::texts;
use bulou_syntax::aggregates::Gives;
use bulou_syntax::ast::{self, DurationUnit, Expr};
use bulou_syntax::built_in::Counting;

impl<'a> Checker<'a> {
    pub fn deadline(&mut self, done: &'a Expr, due: &'a ast::Due, span: Span) -> Typed<'a> {
        let done = self.infer(done, None);
        let done = self.scalar_only(done);
        self.expect(&done, &Ty::DATE);
        self.must_have_happened(&done, &done.ty);
        self.must_show(&done, span);
        let mut done = done.into_scalar();
        if let ScalarKind::Field(field) = &mut done.kind {
            if !field.optional && field.headers.iter().all(|header| !header.optional) {
                self.due_before_done(&done.text.clone(), span);
            }
            field.optional = true;
        }
        let early = matches!(due, ast::Due::Within { early: true, .. });
        let Some(due) = self.due(due, span) else { return self.bad(span) };
        let mut typed = self.cond(CondKind::Deadline(Box::new(Deadline { done, due, early })), span);
        typed.requirement = Some(span);
        typed
    }

    /// Warns of a date that has to be filled in before its deadline is over: a document without it is incomplete, and
    /// never only "not due yet".
    fn due_before_done(&mut self, name: &str, span: Span) {
        self.error(
            Code::DueRequired,
            span,
            texts::required_while_not_done(&name).text(),
            texts::put_behind_fields_type().text(),
        );
    }

    /// `至迟 … 满足 C`
    pub fn by(&mut self, due: &'a ast::Due, cond: &'a Expr, span: Span) -> Typed<'a> {
        let due = self.due(due, span);
        let cond = self.yes_or_no(cond, false);
        let Some(due) = due else { return self.bad(span) };
        let mut typed = self.cond(CondKind::By(Box::new(By { due, cond: cond.into_cond() })), span);
        typed.requirement = Some(span);
        typed
    }

    fn due(&mut self, due: &'a ast::Due, span: Span) -> Option<Due> {
        let due = match due {
            ast::Due::Before(day) => {
                let day = self.value(day, Some(&Ty::DATE));
                self.expect(&day, &Ty::DATE);
                self.must_show(&day, span);
                Due::Before(day.into_scalar())
            }
            ast::Due::Within { start, length, rolled, .. } => {
                let start = self.value(start, Some(&Ty::DATE));
                self.expect(&start, &Ty::DATE);
                let length = self.value(length, None);
                let Ty::Duration(unit) = length.ty else {
                    self.expect(&length, &Ty::Duration(DurationUnit::Days));
                    return None;
                };
                [&start, &length].into_iter().for_each(|one| self.must_show(one, span));
                if *rolled {
                    self.needs_calendar(span, "顺延");
                }
                let counting = rolled.then_some(Counting::Rolled);
                Due::Within { start: start.into_scalar(), length: length.into_scalar(), unit, counting }
            }
        };
        self.must_end(&due, span);
        Some(due)
    }

    /// Reports a due day that moves on with every day.
    fn must_end(&mut self, due: &Due, span: Span) {
        let from = match due {
            Due::Before(day) => day,
            Due::Within { start, .. } => start,
        };
        if self.keeps_up(from) {
            self.never(span);
        }
    }

    fn never(&mut self, span: Span) {
        self.error(Code::NeverDue, span, texts::can_never_fail_day().text(), texts::count_from_day_stays().text());
    }

    /// Whether a day is today or later on whatever day one asks.
    fn keeps_up(&self, day: &Scalar) -> bool {
        match &day.kind {
            ScalarKind::Today => true,
            ScalarKind::Shift(day, length, _, back) => {
                let none = matches!(&length.kind, ScalarKind::Const(Constant::Duration(length)) if length.count == 0);
                (!back || none) && self.keeps_up(day)
            }
            ScalarKind::If(_, yes, no) => self.keeps_up(yes) && self.keeps_up(no),
            ScalarKind::Default(value, fallback) => self.keeps_up(value) && self.keeps_up(fallback),
            ScalarKind::Aggregate(aggregate, list, _) => match &list.kind {
                ListKind::Literal(days) if aggregate.function().gives == Gives::Greatest => {
                    days.iter().any(|day| self.keeps_up(day))
                }
                _ => false,
            },
            ScalarKind::Definition(index) => match self.definitions.get(*index) {
                Some(Body::Scalar(day)) => self.keeps_up(day),
                _ => false,
            },
            _ => false,
        }
    }

    /// Reports a planned date where only what was done counts.
    fn must_have_happened(&mut self, dates: &Typed<'a>, element: &Ty<'a>) {
        if !matches!(element, Ty::Date(Tense::Planned)) {
            return;
        }
        self.error(
            Code::PlannedDone,
            dates.span,
            texts::planned_date_day_come(&dates.text).text(),
            texts::deadlines_frequencies_ask_dates().text(),
        );
    }

    /// Reports a `敏感` date whose day a report would have to say. Nothing is said of the days of an element that a
    /// `敏感` value chose.
    fn must_show(&mut self, typed: &Typed<'a>, span: Span) {
        if !typed.sensitive || self.scopes.iter().any(|scope| scope.sensitive) {
            return;
        }
        let text = &typed.text;
        let message = texts::report_says_days_deadline(&text).text();
        let help = texts::compare_dates_instead_what().text();
        self.error(Code::TemplateSensitive, span, message, help);
    }

    pub fn frequency(&mut self, frequency: &'a ast::Frequency, span: Span) -> Typed<'a> {
        let dates = self.infer(&frequency.dates, None);
        let dates = self.list_only(dates);
        let element = Typed { ty: element_of(&dates), ..dates.clone() };
        self.expect(&element, &Ty::DATE);
        self.must_have_happened(&dates, &element.ty);
        let times = self.value(&frequency.times, None);
        self.expect(&times, &Ty::Number(None));
        let since = self.value(&frequency.since, Some(&Ty::DATE));
        self.expect(&since, &Ty::DATE);
        self.must_show(&since, span);
        let (times, since) = (times.into_scalar(), since.into_scalar());
        if self.keeps_up(&since) || asks_nothing(&times) {
            self.never(span);
        }
        let except = frequency.except.as_ref().map(|months| {
            let months = self.list(months, Some(&Ty::Number(None)));
            let element = Typed { ty: element_of(&months), ..months.clone() };
            self.expect(&element, &Ty::Number(None));
            let span = months.span;
            let months = months.into_list();
            self.must_be_months(&months, span);
            months
        });
        let kind = CondKind::Frequency(Box::new(Frequency {
            dates: dates.into_list(),
            period: frequency.period,
            times,
            since,
            except,
        }));
        let mut typed = self.cond(kind, span);
        typed.requirement = Some(span);
        typed
    }

    /// Reports excepted months that no year has, and all that it has: of constants or a parameter's own value.
    fn must_be_months(&mut self, months: &List, span: Span) {
        let constants = self.months(months);
        if let Some(wrong) = constants.iter().find_map(no_month) {
            self.error(
                Code::Months,
                span,
                texts::no_year_month(&wrong).text(),
                texts::after_except_write_months().text(),
            );
        }
        if are_all_months(&constants) {
            self.error(
                Code::NeverDue,
                span,
                texts::except_names_all_12().text(),
                texts::name_months_holidays_alone().text(),
            );
        }
    }

    /// The own value of a parameter that names months.
    fn month_param(&mut self, index: usize) -> Option<Constant> {
        let param = self.params.get_mut(index)?;
        param.names = Some(Names::Months);
        Some(param.default.clone())
    }

    /// The constants among excepted months; the parameters that name months are marked as such.
    fn months(&mut self, months: &List) -> Vec<Constant> {
        match &months.kind {
            ListKind::Literal(parts) => {
                let of = |part: &Scalar| match &part.kind {
                    ScalarKind::Param(index) => self.month_param(*index),
                    _ => constant(part),
                };
                parts.iter().filter_map(of).collect()
            }
            ListKind::Param(index) => self.month_param(*index).into_iter().collect(),
            ListKind::Distinct(inner) | ListKind::Hoisted(_, inner) | ListKind::Optimized(inner, _) => {
                self.months(inner)
            }
            ListKind::Definition(index) => match self.definitions.get(*index) {
                Some(Body::List(body)) => self.months(&body.clone()),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// Warns of a due day that is worked out in a comparison: how the pack counts days does not reach it.
    pub fn by_hand(&mut self, side: &Typed<'a>) {
        let Node::Scalar(day) = &side.node else { return };
        if !self.counted(day) || !self.params.iter().any(|param| param.ty == ParamType::Counting) {
            return;
        }
        self.error(
            Code::ByHand,
            side.span,
            texts::counts_every_day_whatever(&side.text).text(),
            texts::write_d_due_within().text(),
        );
    }

    /// Whether a value is some plain days from a day other than today.
    fn counted(&self, day: &ScalarKind) -> bool {
        match day {
            ScalarKind::Shift(base, length, DurationUnit::Days, _) => {
                let weeks = matches!(&length.kind, ScalarKind::Const(Constant::Duration(length)) if length.weeks);
                !weeks && !matches!(base.kind, ScalarKind::Today)
            }
            ScalarKind::Definition(index) => match self.definitions.get(*index) {
                Some(Body::Scalar(body)) => self.counted(&body.kind),
                _ => false,
            },
            _ => false,
        }
    }
}

/// The first number of a constant that is no month.
fn no_month(constant: &Constant) -> Option<Quotient> {
    match constant {
        Constant::List(parts) => parts.iter().find_map(no_month),
        Constant::Number(month) if !is_month(*month) => Some(*month),
        _ => None,
    }
}

/// Whether a number of times is none.
fn asks_nothing(times: &Scalar) -> bool {
    matches!(constant(times), Some(Constant::Number(times)) if times <= Quotient::from_integer(0))
}

/// The constant that a value is.
fn constant(scalar: &Scalar) -> Option<Constant> {
    match &scalar.kind {
        ScalarKind::Const(constant) => Some(constant.clone()),
        ScalarKind::Neg(inner) => match constant(inner)? {
            Constant::Number(value) => Some(Constant::Number(-value)),
            _ => None,
        },
        _ => None,
    }
}
