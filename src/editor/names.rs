//! Every name of a pack: where it is declared, as what, and where it is used.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::check::Survey;
use crate::source::{SourceId, Span};
use crate::syntax::ast::{
    AttributeKind, Calendar, Citable, Data, Declaration, Define, Field, File, Forbidden, Name, Options, Pack, Param,
    Path, Record, Rule, Table, TableParam, TypeExpr, TypeKind,
};

use super::TokenKind;

/// The type of a parameter that says how days are counted.
pub(super) const COUNTING: &str = "期间";

/// What a name is declared as.
#[derive(Clone, Copy, Debug)]
pub(super) enum About<'a> {
    Pack(&'a Pack),
    Source(&'a Citable),
    Param(&'a Param),
    Options(&'a Options),
    /// An option, and the name of its set when it has one.
    Option(&'a str),
    Record(&'a Record),
    Data,
    /// A field, and the record it belongs to.
    Field(&'a Field, &'a str),
    Define(&'a Define),
    Table(&'a Table),
    Argument(&'a TableParam),
    Calendar(&'a Calendar),
    Rule(&'a Rule),
    /// By `记作`.
    Binding,
}

impl About<'_> {
    /// How the name is coloured.
    pub fn token(&self) -> TokenKind {
        match self {
            Self::Pack(_) | Self::Calendar(_) | Self::Source(_) => TokenKind::Source,
            Self::Param(_) => TokenKind::Param,
            Self::Options(_) | Self::Record(_) | Self::Data => TokenKind::Type,
            Self::Option(_) => TokenKind::Option,
            Self::Field(..) => TokenKind::Field,
            Self::Define(_) => TokenKind::Define,
            Self::Table(_) => TokenKind::Function,
            Self::Argument(_) | Self::Binding => TokenKind::Variable,
            Self::Rule(_) => TokenKind::Rule,
        }
    }
}

/// The names of a pack.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    /// What is declared, by the place of the name.
    pub declared: BTreeMap<Span, About<'a>>,
    /// Uses with what they mean; a name that means several things has several.
    uses: BTreeSet<(Span, Span)>,
    /// Words of fixed lists: severities, formats and their like.
    fixed: Vec<(Span, TokenKind)>,
    types: HashMap<&'a str, Span>,
    sources: HashMap<&'a str, Span>,
    documents: HashMap<&'a str, &'a Data>,
    records: HashMap<&'a str, &'a Record>,
    /// The first nameless set of options with these texts.
    nameless: HashMap<Vec<&'a str>, &'a [Name]>,
}

impl<'a> Names<'a> {
    /// Goes through the trees of all files; what stands in expressions the checker has noted.
    pub fn new(files: impl Iterator<Item = &'a File> + Clone, survey: &'a Survey) -> Self {
        let mut names = Self { uses: survey.uses.clone(), ..Self::default() };
        let declarations = files.flat_map(|file| &file.declarations);
        for declaration in declarations.clone() {
            names.declare(declaration);
        }
        for declaration in declarations {
            names.mention(declaration);
        }
        for span in survey.types.keys() {
            names.declared.entry(*span).or_insert(About::Binding);
        }
        names
    }

    fn declare(&mut self, declaration: &'a Declaration) {
        let (name, about) = match declaration {
            Declaration::Pack(pack) => (&pack.id, About::Pack(pack)),
            Declaration::Citable(citable) => {
                self.sources.entry(&citable.name.text).or_insert(citable.name.span);
                (&citable.name, About::Source(citable))
            }
            Declaration::Param(param) => (&param.name, About::Param(param)),
            Declaration::Options(options) => {
                self.types.entry(&options.name.text).or_insert(options.name.span);
                let set = options.name.text.as_str();
                self.declared.extend(options.options.iter().map(|option| (option.span, About::Option(set))));
                (&options.name, About::Options(options))
            }
            Declaration::Record(record) => {
                self.types.entry(&record.name.text).or_insert(record.name.span);
                self.records.entry(&record.name.text).or_insert(record);
                self.fields(&record.name.text, &record.fields);
                (&record.name, About::Record(record))
            }
            Declaration::Data(data) => {
                self.documents.entry(&data.name.text).or_insert(data);
                self.fields(&data.name.text, &data.fields);
                (&data.name, About::Data)
            }
            Declaration::Define(define) => (&define.name, About::Define(define)),
            Declaration::Table(table) => {
                let arguments = table.params.iter().map(|param| (param.name.span, About::Argument(param)));
                self.declared.extend(arguments);
                (&table.name, About::Table(table))
            }
            Declaration::Calendar(calendar) => (&calendar.name, About::Calendar(calendar)),
            Declaration::Rule(rule) => (&rule.id, About::Rule(rule)),
            Declaration::Excuse(_) => return,
        };
        self.declared.insert(name.span, about);
    }

    fn fields(&mut self, owner: &'a str, fields: &'a [Field]) {
        for field in fields {
            self.declared.insert(field.name.span, About::Field(field, owner));
            let Some(options) = crate::check::nameless(&field.ty) else { continue };
            let texts = options.iter().map(|option| option.text.as_str()).collect();
            let first = *self.nameless.entry(texts).or_insert(options);
            for (option, first) in options.iter().zip(first) {
                if option.span == first.span {
                    self.declared.insert(option.span, About::Option(""));
                } else {
                    self.uses.insert((option.span, first.span));
                }
            }
        }
    }

    /// Uses outside of expressions.
    fn mention(&mut self, declaration: &'a Declaration) {
        match declaration {
            Declaration::Param(param) => {
                self.ty(&param.ty);
                if matches!(&param.ty.kind, TypeKind::Named(name) if name.text == COUNTING) {
                    self.fixed.extend([(param.ty.span, TokenKind::Type), (param.default.span, TokenKind::Option)]);
                }
            }
            Declaration::Record(record) => self.members(&record.fields, &record.forbidden),
            Declaration::Data(data) => {
                self.members(&data.fields, &data.forbidden);
                for path in [&data.identity, &data.title, &data.date, &data.roster].into_iter().flatten() {
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
                        self.uses.insert((cell.span, param.name.span));
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
                if let Some(declared) = self.types.get(name.text.as_str()) {
                    self.uses.insert((name.span, *declared));
                }
            }
            TypeKind::List(element) => self.ty(element),
            TypeKind::Fold(name) => self.document(Some(name)),
            TypeKind::Options(_) => {}
        }
    }

    fn document(&mut self, name: Option<&Name>) {
        let Some(name) = name else { return };
        match self.documents.get(name.text.as_str()) {
            Some(data) => {
                self.uses.insert((name.span, data.name.span));
            }
            None => self.fixed.push((name.span, TokenKind::Option)),
        }
    }

    fn source(&mut self, name: &Name) {
        if let Some(declared) = self.sources.get(name.text.as_str()) {
            self.uses.insert((name.span, *declared));
        }
    }

    fn path(&mut self, data: &'a Data, path: &Path) {
        let mut fields = data.fields.as_slice();
        for name in &path.names {
            let Some(field) = fields.iter().find(|field| field.name.text == name.text) else { return };
            self.uses.insert((name.span, field.name.span));
            fields = self.record(&field.ty).map(|record| record.fields.as_slice()).unwrap_or_default();
        }
    }

    /// The record that a type or the elements of a list are.
    pub fn record(&self, ty: &TypeExpr) -> Option<&'a Record> {
        match &ty.kind {
            TypeKind::Named(name) => self.records.get(name.text.as_str()).copied(),
            TypeKind::List(element) => self.record(element),
            TypeKind::Options(_) | TypeKind::Fold(_) => None,
        }
    }

    /// The document of a name.
    pub fn data(&self, name: &str) -> Option<&'a Data> {
        self.documents.get(name).copied()
    }

    /// The name at a byte of a file, with where what it means is declared: several where it means several things.
    pub fn at(&self, source: SourceId, byte: usize) -> Vec<(Span, Span)> {
        let at = u32::try_from(byte).unwrap_or(u32::MAX);
        let touches = |span: &Span| span.source == source && span.start <= at && at <= span.end;
        let used = self.uses.iter().filter(|(used, _)| touches(used)).copied();
        let declared = self.declared.keys().filter(|span| touches(span)).map(|span| (*span, *span));
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

    /// What the names of one file are, by their first byte, each with its end.
    pub fn kinds(&self, source: SourceId) -> BTreeMap<u32, (u32, TokenKind)> {
        let used = self.uses.iter().filter_map(|(used, target)| Some((used, self.declared.get(target)?)));
        let all = used.chain(self.declared.iter()).map(|(span, about)| (*span, about.token()));
        let all = all.chain(self.fixed.iter().copied()).filter(|(span, _)| span.source == source);
        all.map(|(span, kind)| (span.start, (span.end, kind))).collect()
    }

    /// The names of types: those declared.
    pub fn type_names(&self) -> impl Iterator<Item = (&'a str, About<'a>)> {
        self.types.iter().filter_map(|(name, span)| Some((*name, *self.declared.get(span)?)))
    }

    /// The sources.
    pub fn sources(&self) -> impl Iterator<Item = &'a Citable> {
        self.declared.values().filter_map(|about| match about {
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
