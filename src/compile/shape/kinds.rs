//! From a written type to the kind of a field: built in, declared, a list, or the schools of a county.

use std::collections::HashSet;

use super::{Builder, option_set};
use bulou_base::source::Span;
use bulou_document::shape::{Element, Field, Fields, Kind, Notes, OptionSet, Table};
use bulou_ir::answer;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Lang};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::{self, Data, Name, TypeExpr, TypeKind};
use bulou_syntax::built_in::{BuiltIn, TYPES};

impl<'a> Builder<'a, '_> {
    pub(super) fn kind(&mut self, ty: &'a TypeExpr, table: u16, next: &mut u32) -> Option<Kind> {
        match &ty.kind {
            TypeKind::BuiltIn(built_in) => self.built_in(*built_in, ty.span),
            TypeKind::Named(name) => self.declared_type(name, table, next),
            TypeKind::Options(options) => {
                self.each_once(&options.iter().collect::<Vec<_>>());
                Some(Kind::Option(self.add_set(option_set("", options))))
            }
            TypeKind::List(element) => self.list(element),
            TypeKind::Fold(school) => self.fold(school, ty.span),
        }
    }

    /// `汇总 学校`: a list of the schools' documents, which only the county's document stands for.
    fn fold(&mut self, named: &Name, span: Span) -> Option<Kind> {
        if self.folding {
            return None;
        }
        if !self.county {
            self.error(
                Code::TypeMismatch,
                span,
                texts::fold_stands_only_data().text(),
                texts::move_field_data_county().text(),
            );
            return None;
        }
        let school = self.schools(named)?;
        self.table(|builder, table, width| Some(Element::Record(builder.school(school, table, width))))
    }

    /// What the county's document holds of a school.
    fn school(&mut self, school: &'a Data, table: u16, width: &mut u32) -> Fields {
        self.folding = true;
        let mut fields = self.fields(&school.name.text, &school.fields, &school.forbidden, table, width);
        self.folding = false;
        // What must not be there was said of the school's own document.
        fields.forbidden.clear();
        for number in 0..self.answers {
            fields.fields.push(Field {
                name: answer(number),
                label: answer(number),
                slot: *width,
                optional: false,
                kind: Kind::Bool,
                unique: false,
                sensitive: true,
                min_items: 0,
                may_be: Vec::new(),
                notes: Notes::default(),
            });
            *width += 1;
        }
        fields
    }

    /// Whether a field, or one within it, is among those to keep.
    pub(super) fn uses(&self, keep: &HashSet<Span>, field: &ast::Field) -> bool {
        keep.contains(&field.name.span)
            || self.inner(&field.ty).is_some_and(|record| record.fields.iter().any(|field| self.uses(keep, field)))
    }

    fn inner(&self, ty: &TypeExpr) -> Option<&'a ast::Record> {
        match &ty.kind {
            TypeKind::Named(name) => self.declared.record(&name.text),
            TypeKind::List(element) => self.inner(element),
            TypeKind::BuiltIn(_) | TypeKind::Options(_) | TypeKind::Fold(_) => None,
        }
    }

    fn add_set(&mut self, set: OptionSet) -> u16 {
        let sets = &mut self.built.shape.option_sets;
        let index = sets.iter().position(|other| *other == set).unwrap_or_else(|| {
            sets.push(set);
            sets.len() - 1
        });
        u16::try_from(index).unwrap_or(u16::MAX)
    }

    fn list(&mut self, element: &'a TypeExpr) -> Option<Kind> {
        self.table(|builder, table, width| match builder.kind(element, table, width)? {
            // An element's fields start the row; there is no header slot before them.
            Kind::Record(fields) => Some(Element::Record(*fields)),
            Kind::List(_) => {
                builder.error(
                    Code::TypeMismatch,
                    element.span,
                    texts::list_cannot_hold_lists().text(),
                    texts::put_inner_list_into().text(),
                );
                None
            }
            scalar => Some(Element::Scalar(scalar)),
        })
    }

    /// A further table, whose rows `lay_out` describes; it is told the table and counts the slots of a row.
    fn table(&mut self, lay_out: impl FnOnce(&mut Self, u16, &mut u32) -> Option<Element>) -> Option<Kind> {
        let table = u16::try_from(self.built.shape.tables.len()).unwrap_or(u16::MAX);
        self.built.shape.tables.push(Table::default());
        let mut width = 0;
        let element = lay_out(self, table, &mut width)?;
        if let Some(place) = self.built.shape.tables.get_mut(usize::from(table)) {
            *place = Table { width: width.max(1), element };
        }
        Some(Kind::List(table))
    }

    fn built_in(&mut self, built_in: BuiltIn, span: Span) -> Option<Kind> {
        let kind = Kind::built_in(built_in);
        if kind.is_none() {
            self.unknown_type(span, (built_in.word(Lang::Zh), built_in.word(Lang::En)));
        }
        kind
    }

    fn declared_type(&mut self, name: &'a Name, table: u16, next: &mut u32) -> Option<Kind> {
        if let Some((index, _)) = self.declared.option_set(&name.text) {
            self.built.used_types.push(name.text.clone());
            return Some(Kind::Option(u16::try_from(index).unwrap_or(u16::MAX)));
        }
        let Some(record) = self.declared.record(&name.text) else {
            self.unknown_type(name.span, (&name.text, &name.text));
            return None;
        };
        self.built.used_types.push(name.text.clone());
        if self.open.len() >= bulou_base::limits::BINDINGS {
            let limit = bulou_base::limits::BINDINGS;
            self.error(
                Code::Nesting,
                name.span,
                texts::records_stand_within_one(&limit).text(),
                texts::use_fewer_levels().text(),
            );
            return None;
        }
        if self.open.contains(&name.text.as_str()) {
            self.error(
                Code::Cycle,
                name.span,
                texts::record_contains_itself(&name.text).text(),
                texts::remove_field_use_another().text(),
            );
            return None;
        }
        self.open.push(&record.name.text);
        let fields = self.fields(&record.name.text, &record.fields, &record.forbidden, table, next);
        self.open.pop();
        Some(Kind::Record(Box::new(fields)))
    }

    /// A type that there is not, or not for fields; by its name in Chinese and in English.
    fn unknown_type(&mut self, span: Span, (zh, en): (&str, &str)) {
        let built_in =
            |lang| TYPES.iter().filter(|term| term.means != BuiltIn::Counting).map(move |term| term.word(lang));
        let known = self.declared.options.iter().map(|options| options.name.text.as_str());
        let known = known.chain(self.declared.records.iter().map(|record| record.name.text.as_str()));
        let known = known.chain(built_in(Lang::Zh)).chain(built_in(Lang::En));
        let list = |lang| built_in(lang).collect::<Vec<_>>().join(" ");
        let otherwise = texts::types_declared_options_records(&Each(&list(Lang::Zh), &list(Lang::En))).text();
        let (help, fix) = self.declared.nearness.suggest(zh, span, known, otherwise);
        let message = texts::no_type(&Each(&zh, &en)).text();
        self.built.diagnostics.push(Diagnostic::new(Code::UnknownType, span, message, help).with_fix(fix));
    }
}
