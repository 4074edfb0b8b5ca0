//! What is declared and serves nothing: fields asked of schools without need above all.

use std::collections::HashSet;

use crate::check::scope::Checker;
use crate::codes::Code;
use crate::data::shape::{Element, Fields, Kind};
use crate::diagnostic::Words;
use crate::source::Span;
use crate::syntax::ast::Name;

impl<'a> Checker<'a> {
    /// Warns of everything declared that no rule uses. `types` are the records and option sets that documents use.
    pub fn unused(&mut self, types: &HashSet<String>) {
        self.mark_paths();
        let mut reported = HashSet::new();
        for index in 0..self.shape.tables.len() {
            let shape = self.shape;
            if let Some(Element::Record(fields)) = shape.tables.get(index).map(|table| &table.element) {
                let table = u16::try_from(index).unwrap_or(u16::MAX);
                self.unused_fields(table, fields, &mut reported);
            }
        }
        let declared = self.declared;
        let values = declared.params.iter().map(|param| (&param.name, "参数", "parameter"));
        let values = values.chain(declared.defines.iter().map(|define| (&define.name, "定义", "definition")));
        let values = values.chain(declared.tables.iter().map(|table| (&table.name, "表", "table")));
        for (name, zh, en) in values {
            let counting =
                self.params.iter().any(|param| param.name == name.text && param.ty == crate::ir::ParamType::Counting);
            if !counting && !self.used_names.contains(&name.text) {
                self.unused_name(name, zh, en);
            }
        }
        for options in &declared.options {
            if !types.contains(&options.name.text) && !self.used_names.contains(&format!("选项 {}", options.name.text))
            {
                self.unused_name(&options.name, "选项", "option set");
            }
        }
        for record in &declared.records {
            if !types.contains(&record.name.text) {
                self.unused_name(&record.name, "记录", "record");
            }
        }
    }

    fn unused_name(&mut self, name: &Name, zh: &str, en: &str) {
        self.error(
            Code::Unused,
            name.span,
            Words::new(format!("{zh} `{}` 没有使用", name.text), format!("the {en} `{}` is not used", name.text)),
            Words::new("使用它,或删去", "use it or remove it"),
        );
    }

    /// Fields that say whom and when a document is about are used by the checker itself.
    fn mark_paths(&mut self) {
        self.used_fields.extend(super::paths(self.shape, self.spans));
    }

    fn unused_fields(&mut self, table: u16, fields: &Fields, reported: &mut HashSet<Span>) {
        for field in &fields.fields {
            let Some(span) = self.spans.get(&(table, field.slot)).copied() else { continue };
            if let Kind::Record(inner) = &field.kind {
                self.unused_fields(table, inner, reported);
                continue;
            }
            if self.used_fields.contains(&span) || field.notes.keep.is_some() || !reported.insert(span) {
                continue;
            }
            self.error(
                Code::UnusedField,
                span,
                Words::new(
                    format!("字段 `{}` 没有规则使用", field.name),
                    format!("no rule uses the field `{}`", field.name),
                ),
                Words::new(
                    "不需要就不要让学校填;确需留存,写 `留存 \"理由\"`",
                    "do not ask for what is not needed; if it must be kept, write `留存 \"why\"`",
                ),
            );
        }
    }
}
