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
use bulou_messages::diagnostic::LocalizedText;
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
                _ => {
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
            let message = LocalizedText::new(
                format!("声明的是整数,写的是 `{text}`"),
                format!("an integer is declared, and `{text}` is written"),
            );
            let help = LocalizedText::new("写整数,或把类型改成 `小数`", "write a whole number, or declare `decimal`");
            self.error(Code::TypeMismatch, span, message, help);
        }
    }

    /// A parameter that is blank would switch off what rules ask by it.
    fn says_something(&mut self, param: &'a ast::Param, default: &Constant) {
        if is_blank(default, &self.shape.placeholders) {
            self.error(
                Code::BlankParam,
                param.default.span,
                LocalizedText::new(
                    format!("参数 `{}` 等于没有填:用到它的规则什么也不查", param.name.text),
                    format!(
                        "the parameter `{}` says nothing, and rules that use it would ask for nothing",
                        param.name.text
                    ),
                ),
                LocalizedText::new(
                    "写上实际内容:列表至少一项,每一项都不能是空的,也不能是「待定」一类的占位字样",
                    "write what it is: a list has an element at least, and none is blank or a placeholder",
                ),
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
                    LocalizedText::new(
                        format!("参数 `{}` 没有范围,设成多少、哪一天都会接受", param.name.text),
                        format!(
                            "the parameter `{}` has no bounds: any number, date or duration would be taken",
                            param.name.text
                        ),
                    ),
                    LocalizedText::new("写上 `范围 最小 至 最大`", "write `scope least to greatest`"),
                );
            }
            return None;
        };
        let span = low.span.to(high.span);
        if !has_order {
            let words =
                LocalizedText::new("`范围` 不适用于这个类型的参数", "`scope` does not fit a parameter of this type");
            let help = LocalizedText::new(
                "`范围` 只用于:整数、小数、日期、时长",
                "`scope` is for integer, decimal, date and duration",
            );
            self.error(Code::Attribute, span, words, help);
            return None;
        }
        let wanted = scope::param_ty(if let ParamType::List(element) = ty { element } else { ty });
        let range = (self.literal(low, &wanted)?, self.literal(high, &wanted)?);
        let ordered = compare_constants(CompareOp::Le, &range.0, &range.1) == Truth::True;
        if !ordered || !is_within(&range, default) {
            let message = if ordered {
                LocalizedText::new(
                    format!("参数 `{}` 的缺省值不在它的范围里", param.name.text),
                    format!("the default of the parameter `{}` is not within its range", param.name.text),
                )
            } else {
                LocalizedText::new("范围的两端颠倒了", "the ends of the range are the wrong way round")
            };
            let help =
                LocalizedText::new("改缺省值或范围,小的在前", "change the default or the range, the smaller end first");
            self.error(Code::ParamRange, span, message, help);
            return None;
        }
        Some(range)
    }

    fn unknown_param_type(&mut self, param: &ast::Param) {
        self.error(
            Code::UnknownType,
            param.ty.span,
            LocalizedText::new("参数没有这种类型", "a parameter cannot have this type"),
            LocalizedText::new(
                "可用:是否 整数 小数 文本 日期 时长 期间、选项组,以及它们的列表",
                "use boolean integer decimal text date duration counting, an option set, or a list of these",
            ),
        );
    }

    /// Warns of what counts rest days in a pack that knows none: it would never be decided.
    pub(crate) fn needs_calendar(&mut self, span: Span, what: &str) {
        if self.declared.calendars.is_empty() {
            self.error(
                Code::NoCalendar,
                span,
                LocalizedText::new(
                    format!("这里用到 `{what}`,规则集却没有 `日历`:哪天放假、哪天补班无从知道,一直是「无法判断」"),
                    format!("`{what}` is used, but the pack has no `calendar`: which days are rest days is not known, and it stays undetermined"),
                ),
                LocalizedText::new("写 `日历 中国 \"calendar/cn.json\"`", "write `calendar china \"calendar/cn.json\"`"),
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
                LocalizedText::new("期间的算法不对", "there is no such way of counting days"),
                LocalizedText::new("可写:自然日、顺延、工作日", "write natural, rolled or working"),
            );
        }
        counting
    }
}
