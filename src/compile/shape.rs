//! From `选项`, `记录` and `数据` to the shape of documents: where each field stands.

use std::collections::{HashMap, HashSet};

use crate::declared::{Declared, duplicate, is_county, twice};
use bulou_base::order;
use bulou_base::source::Span;
use bulou_base::value::Quotient;
use bulou_document::normalize::normal;
use bulou_document::placeholder::{core, cores};
use bulou_document::shape::{Element, Field, Fields, Kind, Notes, OptionSet, Shape, SlotPath, Table};
use bulou_document::types::Domain;
use bulou_ir::answer;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Lang, LocalizedText};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::{self, AttributeKind, Data, Expr, ExprKind, Forbidden, Name, Path, TypeExpr, TypeKind};
use bulou_syntax::built_in::{BuiltIn, TYPES};

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

/// What a path of a `数据` has to lead to.
#[derive(Clone, Copy)]
struct Leads {
    to: fn(&Kind) -> bool,
    zh: &'static str,
    en: &'static str,
}

const TEXT: Leads = Leads { to: |kind| matches!(kind.domain(), Domain::Text(_)), zh: "文本", en: "text" };
const DATE: Leads = Leads { to: |kind| matches!(kind.domain(), Domain::Date(_)), zh: "日期", en: "date" };
const EDITION: Leads = Leads { to: |kind| matches!(kind.domain(), Domain::Whole(_)), zh: "整数", en: "integer" };

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

    fn kind(&mut self, ty: &'a TypeExpr, table: u16, next: &mut u32) -> Option<Kind> {
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
    fn uses(&self, keep: &HashSet<Span>, field: &ast::Field) -> bool {
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

    pub(super) fn misplaced(&mut self, span: Span, what: &str, fits: &str) {
        self.error(
            Code::Attribute,
            span,
            texts::does_not_fit_field(&what).text(),
            texts::what_fits(&what, &fits).text(),
        );
    }

    fn path(&mut self, path: Option<&Path>, leads: Leads) -> Option<SlotPath> {
        let path = path?;
        let mut fields = self.root()?;
        let mut slot = None;
        for (index, name) in path.names.iter().enumerate() {
            let last = index + 1 == path.names.len();
            match fields.field(&name.text).map(|field| (field.slot, field.kind.clone(), field.sensitive)) {
                Some((.., true)) => {
                    self.error(
                        Code::DataPath,
                        name.span,
                        texts::sensitive_identity_name_date(&name.text).text(),
                        texts::use_another_field_take().text(),
                    );
                    return None;
                }
                Some((_, Kind::Record(inner), _)) if !last => fields = *inner,
                Some((found, kind, _)) if last && (leads.to)(&kind) => slot = Some(found),
                Some((_, kind, _)) if last && !matches!(kind, Kind::Record(_) | Kind::List(_)) => {
                    self.error(
                        Code::DataPath,
                        name.span,
                        texts::no_field_type(&name.text, &Each(&leads.zh, &leads.en)).text(),
                        texts::path_field_type_stands(&Each(&leads.zh, &leads.en)).text(),
                    );
                    return None;
                }
                _ => {
                    self.error(
                        Code::DataPath,
                        name.span,
                        texts::no_field_here(&name.text).text(),
                        texts::write_path_from_here().text(),
                    );
                    return None;
                }
            }
        }
        slot.map(|slot| SlotPath { slot })
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
