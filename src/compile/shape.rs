//! From `选项`, `记录` and `数据` to the shape of documents: where each field stands.

mod kinds;
mod paths;

use std::collections::{HashMap, HashSet};

use crate::declared::{Declared, duplicate, is_county, twice};
use bulou_base::order;
use bulou_base::source::Span;
use bulou_base::value::Quotient;
use bulou_document::normalize::normal;
use bulou_document::placeholder::{core, cores};
use bulou_document::shape::{Element, Field, Fields, Kind, OptionSet, Shape, Table};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, LocalizedText};
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use bulou_syntax::ast::{self, AttributeKind, Data, Expr, ExprKind, Forbidden, Name, TypeKind};
use paths::{DATE, EDITION, TEXT};

/// A shape, with where each of its fields was declared.
#[derive(Debug, Default)]
pub(crate) struct Built {
    pub shape: Shape,
    /// By table and slot.
    pub spans: HashMap<(u16, u32), Span>,
    /// Option sets and records that the shape uses, by name.
    pub used_types: Vec<String>,
    /// Where parameters stand in ranges of dates, and which.
    pub used_params: Vec<(Span, usize)>,
    /// An editor's cursor stands where the end of such a range does.
    pub asks_day: bool,
    pub diagnostics: Vec<Diagnostic>,
}

pub(super) struct Builder<'a, 'k> {
    pub(super) declared: &'a Declared<'a>,
    pub(super) built: Built,
    /// What the records that are being laid out forbid within them.
    forbidden: HashMap<&'a str, &'a Name>,
    /// What any record of the document forbids, and why.
    forbidden_within: Vec<(String, String)>,
    /// Fields that are 唯一, by where they are declared, and whether one of their places is in a list.
    unique: HashMap<Span, (&'a ast::Field, bool)>,
    /// Records being laid out, outermost first.
    open: Vec<&'a str>,
    /// Slots laid out so far, over all tables.
    slots: u32,
    /// Of the schools' fields in a fold, only these, by where they are declared; all when there is none.
    keep: Option<&'k HashSet<Span>>,
    /// How many answers each school has in a fold.
    answers: usize,
    /// Laying out what a fold holds.
    pub(super) folding: bool,
    /// Laying out the county's document.
    pub(super) county: bool,
}

/// Lays out a `数据`.
pub(crate) fn build<'a>(declared: &'a Declared<'a>, data: Option<&'a Data>) -> Built {
    build_with(declared, data, None, 0)
}

/// Lays out the county's `数据` where each school has so many answers, and of its fields only those in `keep`.
pub(crate) fn build_fold<'a>(
    declared: &'a Declared<'a>,
    data: &'a Data,
    keep: Option<&HashSet<Span>>,
    answers: usize,
) -> Built {
    build_with(declared, Some(data), keep, answers)
}

fn build_with<'a>(
    declared: &'a Declared<'a>,
    data: Option<&'a Data>,
    keep: Option<&HashSet<Span>>,
    answers: usize,
) -> Built {
    let county = data.is_some_and(|data| is_county(&data.name.text));
    let built = Built::default();
    let mut builder = Builder {
        declared,
        built,
        forbidden: HashMap::new(),
        forbidden_within: Vec::new(),
        unique: HashMap::new(),
        open: Vec::new(),
        slots: 0,
        keep,
        answers,
        folding: false,
        county,
    };
    let own = declared.pack.and_then(|pack| pack.placeholders.as_ref());
    builder.words_once(own.into_iter().flatten());
    builder.built.shape.placeholders = cores(own.map(|words| words.iter().map(|word| word.text.as_str())));
    for options in &declared.options {
        builder.each_once(&options.options.iter().collect::<Vec<_>>());
        let set = option_set(&options.name.text, &options.options);
        builder.built.shape.option_sets.push(set);
    }
    if let Some(data) = data {
        builder.lay_out(data);
    }
    if let Some(pack) = declared.pack {
        let version = pack.version.as_ref().map(|version| version.text.clone()).unwrap_or_default();
        builder.built.shape.pack = (pack.id.text.clone(), version);
    }
    builder.built
}

fn option_set(name: &str, options: &[Name]) -> OptionSet {
    OptionSet { name: name.to_owned(), options: options.iter().map(|option| option.text.clone()).collect() }
}

impl<'a> Builder<'a, '_> {
    fn lay_out(&mut self, data: &'a Data) {
        self.built.shape.tables.push(Table::default());
        let mut width = 0;
        let mut fields = self.fields(&data.name.text, &data.fields, &data.forbidden, 0, &mut width);
        self.forbid_everywhere(&mut fields);
        self.alone_everywhere();
        if let Some(root) = self.built.shape.tables.first_mut() {
            *root = Table { width, element: Element::Record(fields) };
        }
        self.built.shape.identity = self.path(data.identity.as_ref(), TEXT);
        self.whom(data);
        self.built.shape.title = self.path(data.title.as_ref(), TEXT);
        self.built.shape.date = self.path(data.date.as_ref(), DATE);
        self.built.shape.edition = self.path(data.edition.as_ref(), EDITION);
        self.dated(data.date.as_ref());
    }

    /// What a record forbids must not be anywhere: under another key or in another place it is as harmful.
    fn forbid_everywhere(&mut self, root: &mut Fields) {
        let forbidden = root.forbidden.iter().map(|(name, _)| name.clone());
        let mut known: HashSet<String> = root.fields.iter().map(|field| field.name.clone()).chain(forbidden).collect();
        let within = std::mem::take(&mut self.forbidden_within).into_iter();
        root.forbidden.extend(within.filter(|(name, _)| known.insert(name.clone())));
    }

    pub(super) fn error(&mut self, code: Code, span: Span, message: LocalizedText, help: LocalizedText) {
        self.built.diagnostics.push(Diagnostic::new(code, span, message, help));
    }

    /// Reports names that stand in a list twice.
    fn each_once(&mut self, names: &[&Name]) {
        let mut seen = HashMap::new();
        for name in names {
            let first = *seen.entry(normal(&name.text)).or_insert(*name);
            if !std::ptr::eq(first, *name) {
                self.built.diagnostics.push(duplicate(name, first));
            }
        }
    }

    /// Warns of words that are one and the same placeholder.
    pub(super) fn words_once<'w>(&mut self, words: impl Iterator<Item = &'w ast::Str>) {
        let mut seen = HashMap::new();
        for word in words {
            let first = *seen.entry(core(&word.text)).or_insert(word.span);
            if first != word.span {
                self.built.diagnostics.push(twice(&word.text, word.span, first));
            }
        }
    }

    fn fields(
        &mut self,
        name: &str,
        declared: &'a [ast::Field],
        forbidden: &'a [Forbidden],
        table: u16,
        next: &mut u32,
    ) -> Fields {
        let mut fields = Fields { name: name.to_owned(), ..Fields::default() };
        let mut own: Vec<&'a Name> = forbidden.iter().flat_map(|clause| &clause.names).collect();
        self.each_once(&own);
        own.retain(|name| self.forbidden.insert(&name.text, name).is_none());
        let mut seen = HashMap::new();
        for field in declared {
            let first = *seen.entry(field.name.text.as_str()).or_insert(&field.name);
            if !std::ptr::eq(first, &field.name) {
                self.built.diagnostics.push(duplicate(&field.name, first));
                continue;
            }
            if self.folding && self.keep.is_some_and(|keep| !self.uses(keep, field)) {
                continue;
            }
            self.slots += 1;
            if self.slots > bulou_base::limits::SHAPE_SLOTS {
                self.too_wide(&field.name);
                break;
            }
            if let Some(name) = self.forbidden.get(field.name.text.as_str()) {
                self.built.diagnostics.push(duplicate(name, &field.name));
            }
            let slot = *next;
            *next += 1;
            self.built.spans.insert((table, slot), field.name.span);
            let Some(mut kind) = self.kind(&field.ty, table, next) else { continue };
            if matches!(field.ty.kind, TypeKind::Fold(_)) {
                self.built.shape.fold = Some(slot);
            }
            let attributes = self.attributes(field, &mut kind);
            self.example(field, &kind, &attributes.may_be);
            if attributes.unique {
                let listed = self.unique.entry(field.name.span).or_insert((field, false));
                listed.1 |= table != 0;
            }
            self.unbounded(field, &mut kind);
            fields.fields.push(Field {
                name: field.name.text.clone(),
                label: field.label.as_ref().map_or_else(|| field.name.text.clone(), |label| label.text.clone()),
                slot,
                optional: field.ty.optional,
                kind,
                unique: attributes.unique,
                sensitive: attributes.sensitive,
                min_items: attributes.min_items,
                may_be: attributes.may_be,
                notes: attributes.notes,
            });
        }
        for clause in forbidden {
            let reason = clause.reason.as_ref().map(|reason| reason.text.clone()).unwrap_or_default();
            fields.forbidden.extend(clause.names.iter().map(|name| (name.text.clone(), reason.clone())));
        }
        if !self.folding {
            self.forbidden_within.extend(fields.forbidden.iter().cloned());
        }
        for name in own {
            self.forbidden.remove(name.text.as_str());
        }
        fields
    }

    /// Records of records multiply; said once, for then nothing more is laid out.
    fn too_wide(&mut self, name: &Name) {
        let limit = bulou_base::limits::SHAPE_SLOTS;
        if self.slots == limit + 1 {
            self.error(
                Code::Nesting,
                name.span,
                texts::document_more_than_fields(&limit).text(),
                texts::nest_fewer_levels_use().text(),
            );
        }
    }

    pub(super) fn no_effect(&mut self, span: Span, message: LocalizedText, help: LocalizedText) {
        self.error(Code::NoEffect, span, message, help);
    }

    /// Reports `唯一` of fields that are in no list anywhere.
    fn alone_everywhere(&mut self) {
        let mut alone: Vec<_> = self.unique.values().filter(|(_, listed)| !listed).map(|(field, _)| *field).collect();
        order::sort_by_key(&mut alone, |field| field.name.span.start);
        alone.into_iter().for_each(|field| self.alone(field));
    }

    /// Nothing stands beside what is in no list.
    fn alone(&mut self, field: &ast::Field) {
        let unique = field.attributes.iter().find(|attribute| matches!(attribute.kind, AttributeKind::Unique));
        let Some(unique) = unique else { return };
        let name = &field.name.text;
        let message = texts::unique_does_nothing_outside(&name).text();
        let help = texts::put_record_into_list().text();
        self.no_effect(unique.span, message, help);
    }

    /// What is `敏感` as a whole is so in all its parts.
    pub(super) fn hide(&mut self, kind: &mut Kind) {
        match kind {
            Kind::Record(fields) => self.hide_all(fields),
            Kind::List(table) => {
                let table = usize::from(*table);
                let Some(mut own) = self.built.shape.tables.get_mut(table).map(std::mem::take) else { return };
                if let Element::Record(fields) = &mut own.element {
                    self.hide_all(fields);
                }
                if let Some(place) = self.built.shape.tables.get_mut(table) {
                    *place = own;
                }
            }
            _ => {}
        }
    }

    fn hide_all(&mut self, fields: &mut Fields) {
        for field in &mut fields.fields {
            field.sensitive = true;
            self.hide(&mut field.kind);
        }
    }

    pub(super) fn misplaced(&mut self, span: Span, what: &str, fits: Phrase) {
        self.error(
            Code::Attribute,
            span,
            texts::does_not_fit_field(&what).text(),
            texts::what_fits(&what, &fits).text(),
        );
    }

    pub(super) fn root(&self) -> Option<Fields> {
        match &self.built.shape.tables.first()?.element {
            Element::Record(fields) => Some(fields.clone()),
            Element::Scalar(_) => None,
        }
    }
}

/// The number a constant expression is.
pub(crate) fn number(expr: &Expr) -> Option<Quotient> {
    match &expr.kind {
        ExprKind::Number(literal) => {
            let scale = 10_i128.checked_pow(literal.scale)?;
            Some(Quotient::new(i128::from(literal.mantissa), scale))
        }
        ExprKind::Neg(inner) => number(inner).map(|value| -value),
        _ => None,
    }
}
