//! Every name of a pack: where it is declared, as what, and where it is used.

mod about;

use bulou_base::order;
use bulou_base::source::{SourceId, Span};
use bulou_compile::Survey;
use bulou_syntax::ast::{
    AttributeKind, Citable, Data, Declaration, Field, File, Forbidden, Name, Path, Record, TypeExpr, TypeKind,
};
use bulou_syntax::built_in::BuiltIn;

use super::TokenKind;
pub(super) use about::About;

/// The names of a pack. All lists are in the order of the places.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    /// What is declared, by the place of the name.
    declared: Vec<(Span, About<'a>)>,
    /// Uses with what they mean; a name that means several things has several.
    uses: Vec<(Span, Span)>,
    /// Words of fixed lists: severities, formats and their like.
    fixed: Vec<(Span, TokenKind)>,
    /// Nameless sets of options, each the first with its texts.
    nameless: Vec<&'a [Name]>,
}

impl<'a> Names<'a> {
    /// Goes through the trees of all files; what stands in expressions the checker has noted.
    pub fn new(files: impl Iterator<Item = &'a File> + Clone, survey: &'a Survey) -> Self {
        let mut names = Self { uses: survey.uses.clone(), ..Self::default() };
        let declarations = files.flat_map(|file| &file.declarations);
        for declaration in declarations.clone() {
            names.declare(declaration);
        }
        // Definitions have a type as well and are declared already: of two at one place the first is kept.
        names.declared.extend(survey.types.iter().map(|(span, _)| (*span, About::Binding)));
        order::sort_by_key(&mut names.declared, |(span, _)| *span);
        names.declared.dedup_by_key(|(span, _)| *span);
        for declaration in declarations {
            names.mention(declaration);
        }
        order::sort(&mut names.uses);
        names.uses.dedup();
        names
    }

    /// What is declared at a place.
    pub fn about(&self, declared: Span) -> Option<About<'a>> {
        let at = self.declared.binary_search_by_key(&declared, |(span, _)| *span).ok()?;
        self.declared.get(at).map(|(_, about)| *about)
    }

    fn type_named(&self, wanted: &str) -> Option<Span> {
        let named = |about: &About<'_>| match about {
            About::Options(options) => options.name.text == wanted,
            About::Record(record) => record.name.text == wanted,
            _ => false,
        };
        self.declared.iter().find(|(_, about)| named(about)).map(|(span, _)| *span)
    }

    fn declare(&mut self, declaration: &'a Declaration) {
        let (name, about) = match declaration {
            Declaration::Pack(pack) => (&pack.id, About::Pack(pack)),
            Declaration::Citable(citable) => (&citable.name, About::Source(citable)),
            Declaration::Param(param) => (&param.name, About::Param(param)),
            Declaration::Options(options) => {
                let set = options.name.text.as_str();
                self.declared.extend(options.options.iter().map(|option| (option.span, About::Option(set))));
                (&options.name, About::Options(options))
            }
            Declaration::Record(record) => {
                self.fields(&record.name.text, &record.fields);
                (&record.name, About::Record(record))
            }
            Declaration::Data(data) => {
                self.fields(&data.name.text, &data.fields);
                (&data.name, About::Data(data))
            }
            Declaration::Define(define) => (&define.name, About::Define(define)),
            Declaration::Table(table) => {
                let arguments = table.params.iter().map(|param| (param.name.span, About::Argument(param)));
                self.declared.extend(arguments);
                (&table.name, About::Table(table))
            }
            Declaration::Calendar(calendar) => (&calendar.name, About::Calendar(calendar)),
            Declaration::Rule(rule) => (&rule.id, About::Rule(rule)),
            Declaration::Excuse(_) | Declaration::Allow(_) | Declaration::Assertion(_) => return,
        };
        self.declared.push((name.span, about));
    }

    fn fields(&mut self, owner: &'a str, fields: &'a [Field]) {
        for field in fields {
            self.declared.push((field.name.span, About::Field(field, owner)));
            let Some(options) = bulou_compile::nameless(&field.ty) else { continue };
            let same =
                |known: &&&'a [Name]| known.iter().map(|name| &name.text).eq(options.iter().map(|name| &name.text));
            let first = self.nameless.iter().find(same).copied().unwrap_or(options);
            self.nameless.push(first);
            for (option, first) in options.iter().zip(first) {
                if option.span == first.span {
                    self.declared.push((option.span, About::Option("")));
                } else {
                    self.uses.push((option.span, first.span));
                }
            }
        }
    }

    /// Uses outside of expressions.
    fn mention(&mut self, declaration: &'a Declaration) {
        match declaration {
            Declaration::Param(param) => {
                self.ty(&param.ty);
                if matches!(&param.ty.kind, TypeKind::BuiltIn(BuiltIn::Counting)) {
                    self.fixed.extend([(param.ty.span, TokenKind::Type), (param.default.span, TokenKind::Option)]);
                }
            }
            Declaration::Record(record) => self.members(&record.fields, &record.forbidden),
            Declaration::Data(data) => {
                self.members(&data.fields, &data.forbidden);
                let paths = [&data.identity, &data.title, &data.date, &data.edition, &data.roster];
                for path in paths.into_iter().flatten() {
                    self.path(data, path);
                }
            }
            Declaration::Table(table) => {
                table.params.iter().for_each(|param| self.ty(&param.ty));
                self.ty(&table.result);
                self.fixed
                    .extend(table.header.get(table.params.len()).map(|result| (result.span, TokenKind::Variable)));
                for (cell, param) in table.header.iter().zip(&table.params) {
                    if cell.text == param.name.text {
                        self.uses.push((cell.span, param.name.span));
                    }
                }
            }
            Declaration::Define(define) => self.document(define.scope.as_ref()),
            Declaration::Rule(rule) => {
                self.document(rule.scope.as_ref());
                self.fixed.extend(rule.severity.iter().map(|name| (name.span, TokenKind::Option)));
                rule.citations.iter().for_each(|citation| self.source(&citation.source));
            }
            Declaration::Excuse(excuse) => self.source(&excuse.source),
            Declaration::Allow(allow) => {
                self.fixed.push((allow.code.span, TokenKind::Option));
                self.allowed(&allow.about);
            }
            Declaration::Assertion(assertion) => {
                self.fixed.extend(assertion.outcomes.iter().map(|one| (one.stands.span, TokenKind::Option)));
            }
            Declaration::Pack(_) | Declaration::Citable(_) | Declaration::Options(_) | Declaration::Calendar(_) => {}
        }
    }

    fn members(&mut self, fields: &'a [Field], forbidden: &'a [Forbidden]) {
        fields.iter().for_each(|field| self.field(field));
        let keys = forbidden.iter().flat_map(|clause| &clause.names);
        self.fixed.extend(keys.map(|name| (name.span, TokenKind::Field)));
    }

    fn field(&mut self, field: &'a Field) {
        self.ty(&field.ty);
        for attribute in &field.attributes {
            if let AttributeKind::Format(name) = &attribute.kind {
                self.fixed.push((name.span, TokenKind::Option));
            }
        }
    }

    fn ty(&mut self, ty: &'a TypeExpr) {
        match &ty.kind {
            TypeKind::Named(name) => {
                if let Some(declared) = self.type_named(&name.text) {
                    self.uses.push((name.span, declared));
                }
            }
            TypeKind::List(element) => self.ty(element),
            TypeKind::Fold(name) => self.document(Some(name)),
            TypeKind::BuiltIn(_) | TypeKind::Options(_) => {}
        }
    }

    fn document(&mut self, name: Option<&Name>) {
        let Some(name) = name else { return };
        match self.data(&name.text) {
            Some(data) => {
                self.uses.push((name.span, data.name.span));
            }
            None => self.fixed.push((name.span, TokenKind::Option)),
        }
    }

    fn source(&mut self, name: &Name) {
        let declared = self.sources().find(|source| source.name.text == name.text).map(|source| source.name.span);
        self.uses.extend(declared.map(|declared| (name.span, declared)));
    }

    fn path(&mut self, data: &'a Data, path: &Path) {
        let mut fields = data.fields.as_slice();
        for name in &path.names {
            let Some(field) = fields.iter().find(|field| field.name.text == name.text) else { return };
            self.uses.push((name.span, field.name.span));
            fields = self.record(&field.ty).map(|record| record.fields.as_slice()).unwrap_or_default();
        }
    }

    /// A declaration, or a field of a record or document.
    fn allowed(&mut self, path: &Path) {
        let [owner, rest @ ..] = path.names.as_slice() else { return };
        let called = |about: &About<'a>| about.declaration().is_some_and(|name| name.text == owner.text);
        let known = self.declared.iter().filter(|(_, about)| called(about)).copied();
        for (span, about) in known.collect::<Vec<_>>() {
            self.uses.push((owner.span, span));
            let fields = match about {
                About::Record(record) => &record.fields,
                About::Data(data) => &data.fields,
                _ => continue,
            };
            let within = rest.iter().flat_map(|name| fields.iter().filter(|field| field.name.text == name.text));
            self.uses.extend(rest.iter().zip(within).map(|(name, field)| (name.span, field.name.span)));
        }
    }

    /// The record that a type or the elements of a list are.
    pub fn record(&self, ty: &TypeExpr) -> Option<&'a Record> {
        match &ty.kind {
            TypeKind::Named(name) => self.declared.iter().find_map(|(_, about)| match about {
                About::Record(record) if record.name.text == name.text => Some(*record),
                _ => None,
            }),
            TypeKind::List(element) => self.record(element),
            TypeKind::BuiltIn(_) | TypeKind::Options(_) | TypeKind::Fold(_) => None,
        }
    }

    /// The document of a name.
    pub fn data(&self, name: &str) -> Option<&'a Data> {
        self.declared.iter().find_map(|(_, about)| match about {
            About::Data(data) if data.name.text == name => Some(*data),
            _ => None,
        })
    }

    /// The name at a byte of a file, with where what it means is declared: several where it means several things.
    pub fn at(&self, source: SourceId, byte: usize) -> Vec<(Span, Span)> {
        let at = u32::try_from(byte).unwrap_or(u32::MAX);
        let touches = |span: &Span| span.source == source && span.start <= at && at <= span.end;
        let used = self.uses.iter().filter(|(used, _)| touches(used)).copied();
        let declared = self.declared.iter().map(|(span, _)| *span).filter(touches).map(|span| (span, span));
        let mut found: Vec<(Span, Span)> = used.chain(declared).collect();
        // Between two names that touch, the one that starts here.
        if let Some(last) = found.iter().map(|(span, _)| *span).max() {
            found.retain(|(span, _)| *span == last);
        }
        found
    }

    /// Where a declared name is used.
    pub fn uses_of(&self, declared: Span) -> impl Iterator<Item = Span> {
        self.uses.iter().filter(move |(_, target)| *target == declared).map(|(used, _)| *used)
    }

    /// What the names of one file are, in order.
    pub fn kinds(&self, source: SourceId) -> Vec<(Span, TokenKind)> {
        let used = self.uses.iter().filter_map(|(used, target)| Some((*used, self.about(*target)?)));
        let all = used.chain(self.declared.iter().copied()).map(|(span, about)| (span, about.token()));
        let all = all.chain(self.fixed.iter().copied()).filter(|(span, _)| span.source == source);
        let mut kinds: Vec<(Span, TokenKind)> = all.collect();
        order::sort(&mut kinds);
        kinds
    }

    /// The names of types: those declared.
    pub fn type_names(&self) -> impl Iterator<Item = (&'a str, About<'a>)> {
        self.declared.iter().filter_map(|(_, about)| match about {
            About::Options(options) => Some((options.name.text.as_str(), *about)),
            About::Record(record) => Some((record.name.text.as_str(), *about)),
            _ => None,
        })
    }

    /// The sources.
    pub fn sources(&self) -> impl Iterator<Item = &'a Citable> {
        self.declared.iter().filter_map(|(_, about)| match about {
            About::Source(citable) => Some(*citable),
            _ => None,
        })
    }
}

/// A field's attribute by its words, when it has that one.
pub(super) fn hint(field: &Field) -> Option<&str> {
    field.attributes.iter().find_map(|attribute| match &attribute.kind {
        AttributeKind::Hint(text) => Some(text.text.as_str()),
        _ => None,
    })
}
