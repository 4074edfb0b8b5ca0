//! Parameters: their types, defaults and ranges.

use crate::fractions::is_fraction;
use crate::scope::{self, Checker};
use bulou_base::source::Span;
use bulou_base::value::{Length, Truth};
use bulou_document::Constant;
use bulou_document::types::{Domain, Kind};
use bulou_eval::{compare_constants, is_blank, is_within};
use bulou_ir::{Param, ParamType};
use bulou_messages::codes::Code;
use bulou_messages::texts;
use bulou_syntax::ast::{self, CompareOp, Expr, ExprKind};
use bulou_syntax::built_in::Counting;

impl<'a> Checker<'a> {
    pub(super) fn params(&mut self) {
        let declared = self.declared;
        for param in &declared.params {
            let Some(mut ty) = self.param_type(&param.ty) else {
                self.unknown_param_type(param);
                continue;
            };
            let default = match (&ty, &param.default.kind) {
                (ParamType::Counting, _) => self.counting(&param.default).map(Constant::Counting),
                (ParamType::Field(Kind::Duration(_)), ExprKind::Duration(literal)) => {
                    if literal.unit == ast::DurationUnit::WorkDays {
                        self.needs_calendar(param.default.span, "工作日");
                    }
                    ty = ParamType::Field(Kind::Duration(literal.unit));
                    Some(Constant::Duration(Length { count: i64::from(literal.count), weeks: literal.weeks }))
                }
                (ParamType::List(element), ExprKind::List(parts)) => {
                    let element = scope::param_ty(element);
                    Some(Constant::List(self.literals(parts, &element, false)))
                }
                (
                    ParamType::Field(
                        Kind::Bool
                        | Kind::Integer(_)
                        | Kind::Decimal(_)
                        | Kind::Text(_)
                        | Kind::Date(_)
                        | Kind::Duration(_)
                        | Kind::Option(_)
                        | Kind::Record(_)
                        | Kind::List(_),
                    )
                    | ParamType::List(_),
                    _,
                ) => {
                    let wanted = scope::param_ty(&ty);
                    self.literal(&param.default, &wanted)
                }
            };
            let Some(default) = default else { continue };
            self.says_something(param, &default);
            self.whole_default(&ty, &default, param.default.span);
            let range = self.range(param, &ty, &default);
            let note = param.note.as_ref().map(|note| note.text.clone()).unwrap_or_default();
            self.param_numbers.insert(&param.name.text, self.params.len());
            self.params.push(Param { name: param.name.text.clone(), ty, default, range, note, names: None });
        }
    }

    /// Where a whole number is declared nothing else stands.
    fn whole_default(&mut self, ty: &ParamType, constant: &Constant, span: Span) {
        if is_fraction(constant) && matches!(ty.domain(), Some(Domain::Whole(_))) {
            let text = self.text(span);
            let message = texts::integer_declared_written(&text).text();
            let help = texts::write_whole_number_declare().text();
            self.error(Code::TypeMismatch, span, message, help);
        }
    }

    /// A parameter that is blank would switch off what rules ask by it.
    fn says_something(&mut self, param: &'a ast::Param, default: &Constant) {
        if is_blank(default, &self.shape.placeholders) {
            self.error(
                Code::BlankParam,
                param.default.span,
                texts::parameter_says_nothing_rules(&param.name.text).text(),
                texts::write_what_list_element().text(),
            );
        }
    }

    /// What a parameter may be set to; its own default must be among it.
    fn range(&mut self, param: &'a ast::Param, ty: &ParamType, default: &Constant) -> Option<(Constant, Constant)> {
        let has_order =
            matches!(ty.domain(), Some(Domain::Whole(_) | Domain::Decimal(_) | Domain::Date(_) | Domain::Duration(_)));
        let Some((low, high)) = &param.range else {
            if has_order {
                self.error(
                    Code::Unbounded,
                    param.name.span,
                    texts::parameter_no_bounds_any(&param.name.text).text(),
                    texts::write_scope_least_greatest().text(),
                );
            }
            return None;
        };
        let span = low.span.to(high.span);
        if !has_order {
            let words = texts::scope_does_not_fit().text();
            let help = texts::scope_integer_decimal_date().text();
            self.error(Code::Attribute, span, words, help);
            return None;
        }
        let wanted = scope::param_ty(if let ParamType::List(element) = ty { element } else { ty });
        let range = (self.literal(low, &wanted)?, self.literal(high, &wanted)?);
        let ordered = compare_constants(CompareOp::Le, &range.0, &range.1) == Truth::True;
        if !ordered || !is_within(&range, default) {
            let message = if ordered {
                texts::default_parameter_not_within(&param.name.text).text()
            } else {
                texts::ends_range_wrong_way().text()
            };
            let help = texts::change_default_range_smaller().text();
            self.error(Code::ParamRange, span, message, help);
            return None;
        }
        Some(range)
    }

    fn unknown_param_type(&mut self, param: &ast::Param) {
        self.error(
            Code::UnknownType,
            param.ty.span,
            texts::parameter_cannot_type().text(),
            texts::use_boolean_integer_decimal().text(),
        );
    }

    /// Warns of what counts rest days in a pack that knows none: it would never be decided.
    pub(crate) fn needs_calendar(&mut self, span: Span, what: &str) {
        if self.declared.calendars.is_empty() {
            self.error(
                Code::NoCalendar,
                span,
                texts::used_but_pack_no(&what).text(),
                texts::write_calendar_china_calendar().text(),
            );
        }
    }

    fn counting(&mut self, default: &Expr) -> Option<Counting> {
        let counting = match &default.kind {
            ExprKind::Name(name) => {
                let counting = Counting::named(name);
                if counting.is_some_and(|counting| counting != Counting::Natural) {
                    self.needs_calendar(default.span, name);
                }
                counting
            }
            _ => None,
        };
        if counting.is_none() {
            self.error(
                Code::Constant,
                default.span,
                texts::no_such_way_counting().text(),
                texts::write_natural_rolled_working().text(),
            );
        }
        counting
    }
}
