//! `示例`: what forms show as the way to fill in a field has to be a way to fill it in.

use crate::shape::Builder;
use bulou_document::types::{Kind, Written};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::texts;
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
                texts::example_would_not_taken(&shown, &name).text(),
                texts::give_one_fits_type().text(),
            ));
        }
    }

    /// Whether a field takes what somebody writes.
    fn takes(&self, kind: &Kind, unit: Option<&str>, may_be: &[String], written: &str) -> bool {
        let shape = &self.built.shape;
        let (sets, placeholders) = (&shape.option_sets, &shape.placeholders);
        match kind {
            // An example of a list shows elements.
            Kind::List(table) => shape.scalars(*table).is_none_or(|element| {
                let mut parts = written.split(['、', ',', '\u{FF0C}', ';', '\u{FF1B}']);
                parts.all(|part| self.takes(element, unit, may_be, part))
            }),
            scalar => scalar.takes(Written { text: written, unit, placeholders, may_be, sets }),
        }
    }
}
