//! `示例`: what forms show as the way to fill in a field has to be a way to fill it in.

use crate::shape::Builder;
use bulou_base::value::Quotient;
use bulou_document::normalize::normal;
use bulou_document::number;
use bulou_document::placeholder::core;
use bulou_document::shape::{Bounds, Kind};
use bulou_document::text;
use bulou_document::typed::{self, Meant};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, LocalizedText};
use bulou_syntax::ast::{self, AttributeKind};

impl Builder<'_, '_> {
    /// Warns of an example that its own field would not take.
    pub(super) fn example(&mut self, field: &ast::Field, kind: &Kind, may_be: &[String]) {
        let unit = field.attributes.iter().find_map(|attribute| match &attribute.kind {
            AttributeKind::Unit(unit) => Some(unit.text.as_str()),
            _ => None,
        });
        let examples = field.attributes.iter().filter_map(|attribute| match &attribute.kind {
            AttributeKind::Example(example) => Some(example),
            _ => None,
        });
        for example in examples {
            if self.takes(kind, unit, may_be, &example.text) {
                continue;
            }
            let (name, shown) = (&field.name.text, &example.text);
            self.built.diagnostics.push(Diagnostic::new(
                Code::Example,
                example.span,
                LocalizedText::new(
                    format!("示例 `{shown}` 填进 `{name}` 不会被接受"),
                    format!("the example `{shown}` would not be taken as `{name}`"),
                ),
                LocalizedText::new(
                    "按这一项的类型、格式和范围举例",
                    "give one that fits the type, format and range of the field",
                ),
            ));
        }
    }

    /// Whether a field takes what somebody writes.
    fn takes(&self, kind: &Kind, unit: Option<&str>, may_be: &[String], written: &str) -> bool {
        let shape = &self.built.shape;
        let meant = || typed::meant(kind, &shape.option_sets, unit, written);
        match kind {
            Kind::Text(format) => {
                let core = core(written);
                let says = may_be.contains(&core) || !shape.placeholders.contains(&core);
                says && format.is_none_or(|format| text::format(format, &normal(written)).is_none())
            }
            Kind::Integer(bounds) | Kind::Decimal(bounds) => {
                let Some(Meant::Number(digits)) = meant() else { return false };
                let whole = matches!(kind, Kind::Integer(_));
                let read =
                    if whole { number::integer(&digits).map(|value| (value, 0)) } else { number::decimal(&digits) };
                read.is_ok_and(|(mantissa, scale)| within(bounds, mantissa, scale))
            }
            Kind::Duration(unit) => text::duration(&normal(written), *unit).is_some(),
            Kind::Bool | Kind::Date(_) | Kind::Option(_) => meant().is_some(),
            // An example of a list shows elements.
            Kind::List(table) => shape.scalars(*table).is_none_or(|element| {
                let mut parts = written.split(['、', ',', '\u{FF0C}', ';', '\u{FF1B}']);
                parts.all(|part| self.takes(element, unit, may_be, part))
            }),
            Kind::Record(_) => true,
        }
    }
}

fn within(bounds: &Bounds, mantissa: i64, scale: u8) -> bool {
    let value = 10_i128.checked_pow(scale.into()).map(|scale| Quotient::new(i128::from(mantissa), scale));
    value.is_some_and(|value| {
        bounds.min.as_ref().is_none_or(|min| *min <= value) && bounds.max.as_ref().is_none_or(|max| value <= *max)
    })
}
