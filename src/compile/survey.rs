//! What the checker learns of names on its way and only editors ask for.

use crate::scope::{Checker, scalar_ty};
use crate::types::Ty;
use bulou_base::source::Span;
use bulou_document::shape::{Element, Field, Fields, Kind};
use bulou_messages::diagnostic::Lang;
use bulou_syntax::ast::Name;

/// The name that stands where an editor's cursor is. It means nothing anywhere, and what would have been known in its
/// place is kept as [`Survey::candidates`].
pub const CURSOR: &str = "__cursor__";

/// Names and what they mean.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// Each use of a name, with the name's place in the declaration that it means; a use may be there twice.
    pub uses: Vec<(Span, Span)>,
    /// The types of definitions and of names by `记作`, by the name's place in their declaration.
    pub types: Vec<(Span, String)>,
    /// What could stand where [`CURSOR`] does.
    pub candidates: Vec<Candidate>,
    /// Sentences that no rule cites and nothing excuses, in the cited texts.
    pub uncovered: Vec<Span>,
}

/// A name that could stand at the cursor.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: CandidateKind,
    /// Its type, for people.
    pub ty: String,
    /// What the form calls it, for a field; what it means, for a parameter.
    pub label: String,
    /// How it is filled in, for a field.
    pub hint: String,
    /// It is of the type that the place asks for.
    pub fits: bool,
}

/// What a name that could stand at the cursor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CandidateKind {
    /// A field of the document or of a list's element.
    Field,
    /// An option.
    Option,
    /// A parameter.
    Param,
    /// A definition.
    Define,
    /// A table, which takes values.
    Table,
    /// A list's element by `记作`.
    Binding,
    /// A parameter of the table around.
    Argument,
    /// An option set.
    Options,
    /// A word of a fixed list: a severity, a scope, a format.
    Word,
}

impl Survey {
    /// Adds what another checker learnt.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.uses.extend(other.uses);
        self.types.extend(other.types);
        self.candidates.extend(other.candidates);
    }
}

impl<'a> Checker<'a> {
    /// A name was used that is declared there.
    pub fn note(&mut self, used: Span, declared: Span) {
        self.survey.uses.push((used, declared));
    }

    /// The option of a set is used; options of nameless sets are declared where such a set stands first.
    pub fn note_option(&mut self, set: u16, index: u16, used: Span) {
        let Some(found) = self.shape.option_sets.get(usize::from(set)) else { return };
        let declared = self.declared;
        let named = declared.option_set(&found.name).map(|(_, options)| options);
        let same = |options: &&&'a [Name]| options.iter().map(|option| &option.text).eq(&found.options);
        let options = match named {
            Some(options) => Some(options.options.as_slice()),
            None => declared.nameless.iter().find(same).copied(),
        };
        if let Some(option) = options.and_then(|options| options.get(usize::from(index))) {
            self.note(used, option.span);
        }
    }

    /// A type's name in Chinese and in English.
    pub fn type_names(&self, ty: &Ty<'a>) -> (String, String) {
        let name = |lang| ty.name(&self.shape.option_sets, lang);
        (name(Lang::Zh), name(Lang::En))
    }

    /// A candidate of a type, for a place that asks for another.
    pub fn candidate(&self, name: &str, kind: CandidateKind, ty: &Ty<'a>, want: Option<&Ty<'a>>) -> Candidate {
        let fits = want.is_some_and(|want| !ty.is_bad() && ty.fits(want));
        let ty = if ty.is_bad() { String::new() } else { self.type_names(ty).0 };
        Candidate { name: name.to_owned(), kind, ty, label: String::new(), hint: String::new(), fits }
    }

    /// The fields of a record as candidates.
    pub fn field_candidates(&self, fields: &'a Fields, want: Option<&Ty<'a>>) -> Vec<Candidate> {
        let of = |field: &'a Field| {
            let mut found = self.candidate(&field.name, CandidateKind::Field, &self.field_ty(field), want);
            found.label.clone_from(&field.label);
            found.hint = field.notes.hint.clone().unwrap_or_default();
            if field.optional {
                found.ty.push('?');
            }
            found
        };
        fields.fields.iter().map(of).collect()
    }

    fn field_ty(&self, field: &'a Field) -> Ty<'a> {
        let unit = field.notes.unit.as_deref();
        match &field.kind {
            Kind::Record(fields) => Ty::Record(fields),
            Kind::List(table) => {
                let element = match self.shape.tables.get(usize::from(*table)).map(|table| &table.element) {
                    Some(Element::Record(fields)) => Ty::Record(fields),
                    Some(Element::Scalar(kind)) => scalar_ty(kind, unit),
                    None => Ty::Bad,
                };
                Ty::List(Box::new(element), Vec::new())
            }
            kind => scalar_ty(kind, unit),
        }
    }

    /// The options of a set as candidates.
    pub fn option_candidates(&self, set: u16) -> Vec<Candidate> {
        let options =
            self.shape.option_sets.get(usize::from(set)).map(|set| set.options.as_slice()).unwrap_or_default();
        let ty = Ty::Option(set);
        options.iter().map(|option| self.candidate(option, CandidateKind::Option, &ty, Some(&ty))).collect()
    }

    /// Everything that a bare name could mean here.
    pub fn name_candidates(&mut self, want: Option<&Ty<'a>>) -> Vec<Candidate> {
        let mut found = Vec::new();
        for scope in self.scopes.clone().iter().rev().filter(|scope| !scope.hidden) {
            match (scope.name, &scope.ty) {
                (Some(name), ty) => found.push(self.candidate(&name.text, CandidateKind::Binding, ty, want)),
                (None, Ty::Record(fields)) => found.extend(self.field_candidates(fields, want)),
                _ => {}
            }
        }
        for argument in self.arguments {
            let ty = self.written_type(&argument.ty);
            found.push(self.candidate(&argument.name.text, CandidateKind::Argument, &ty, want));
        }
        let declared = self.declared;
        for param in &declared.params {
            let ty = self.written_type(&param.ty);
            let label = param.note.as_ref().map(|note| note.text.clone()).unwrap_or_default();
            found.push(Candidate { label, ..self.candidate(&param.name.text, CandidateKind::Param, &ty, want) });
        }
        for define in &declared.defines {
            let ty = self.defined_ty(&define.name.text);
            found.push(self.candidate(&define.name.text, CandidateKind::Define, &ty, want));
        }
        for table in &declared.tables {
            let ty = self.written_type(&table.result);
            found.push(self.candidate(&table.name.text, CandidateKind::Table, &ty, want));
        }
        found
    }
}
