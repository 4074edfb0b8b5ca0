//! The checker's state: what names mean at a place, and which optional data is known to be there.

use std::collections::{HashMap, HashSet};

use crate::atoms::Atom;
use crate::called::Calls;
use crate::declared::Declared;
use crate::guards::Asked;
use crate::survey::{CURSOR, Candidate, CandidateKind, Survey};
use crate::types::{Node, Place, Ty, Typed};
use bulou_base::limits;
use bulou_base::source::{Source, Span};
use bulou_document::shape::{Element, Field, Fields, Kind, Shape};
use bulou_document::types::Domain;
use bulou_ir::expr::{Header, ListKind, ScalarKind};
use bulou_ir::{Body, Param, ParamType, Table};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix, LocalizedText};
use bulou_messages::texts;
use bulou_syntax::ast::{Name, TableParam};
use bulou_syntax::built_in::Format;
use bulou_syntax::keywords::split;

/// A binding of list elements (or the document, the outermost).
#[derive(Clone, Debug)]
pub(crate) struct Scope<'a> {
    /// Unique key of the binding among the facts.
    pub id: String,
    pub frame: u8,
    /// Its name by `记作`; the fields of a named element are reached through it alone.
    pub name: Option<&'a Name>,
    pub ty: Ty<'a>,
    /// The elements are values of a `敏感` field, or were chosen by one.
    pub sensitive: bool,
    /// The elements are numbers that may have digits after their points.
    pub fractions: bool,
    /// Records on the way from the bound row.
    pub way: Vec<Header>,
    /// It is there for what is reached through it; its own fields mean nothing.
    pub hidden: bool,
}

/// What the checker knows of a definition or table while and after it is checked.
#[derive(Clone, Debug)]
pub(crate) enum State<'a> {
    Open,
    Done(usize, Ty<'a>, Flags),
    Bad,
}

/// Properties of a definition that its uses inherit.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Flags {
    pub requirement: Option<Span>,
    pub unguarded: bool,
    pub sensitive: bool,
    /// Levels of its body, and of what that names.
    pub depth: usize,
}

/// How deep expressions, and the definitions they name, stand within one another.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Depth {
    pub now: usize,
    pub deepest: usize,
}

/// The checker.
pub(crate) struct Checker<'a> {
    /// Compiles the county's rules instead of the schools'.
    pub county: bool,
    pub texts: &'a [Source],
    pub declared: &'a Declared<'a>,
    pub shape: &'a Shape,
    pub spans: &'a HashMap<(u16, u32), Span>,
    pub params: Vec<Param>,
    /// The parameters by name.
    pub param_numbers: HashMap<&'a str, usize>,
    pub definitions: Vec<Body>,
    pub tables: Vec<Table>,
    pub states: HashMap<&'a str, State<'a>>,
    pub arguments: &'a [TableParam],
    pub scopes: Vec<Scope<'a>>,
    pub facts: Vec<String>,
    pub next_id: usize,
    /// The expression that is being checked has looked at something `敏感`.
    pub tainted: bool,
    /// How deep in expressions the checker is, and how deep it has been.
    pub depth: Depth,
    pub used_fields: HashSet<Span>,
    /// Fields of the county's document that hold a school's 标识.
    pub codes: HashSet<Span>,
    /// Where `有` or `缺` asks about a field.
    pub presence: HashMap<Span, Asked>,
    /// Comparisons of which types and ranges alone decide the outcome.
    pub decided: HashMap<Span, bool>,
    /// What tables are asked about.
    pub calls: Calls,
    /// What conditions compare.
    pub atoms: HashMap<Span, Atom>,
    /// Fields that messages print.
    pub printed_fields: HashSet<Span>,
    /// The fields that each definition reads: who uses the definition uses them.
    pub read_by: HashMap<&'a str, HashSet<Span>>,
    pub used_names: HashSet<String>,
    pub used_options: HashSet<(u16, u16)>,
    /// The fields of long records by name, and the tables by their record.
    pub field_index: HashMap<*const Fields, HashMap<&'a str, &'a Field>>,
    /// See `field_index`.
    pub table_numbers: HashMap<*const Fields, u16>,
    pub diagnostics: Vec<Diagnostic>,
    /// Conditions that county rules put to each school.
    pub asked: Vec<&'a bulou_syntax::ast::Expr>,
    /// Those of them that are answered when a school's document is read, and whether they depend on a `敏感` value; the
    /// n-th answer is the field [`answer`]`(n)`.
    pub answers: Vec<(Span, bool)>,
    /// Reports what does not fold: on once the answers are known.
    pub folding: bool,
    /// A `约束` is being checked.
    pub constraining: bool,
    /// The innermost condition that is being checked, before which a guard can stand.
    pub condition: Option<Span>,
    /// What editors ask for.
    pub survey: Survey,
}

impl<'a> Checker<'a> {
    pub fn error(&mut self, code: Code, span: Span, message: LocalizedText, help: LocalizedText) {
        self.diagnostics.push(Diagnostic::new(code, span, message, help));
    }

    /// The rule's words at a place, white space folded.
    pub fn text(&self, span: Span) -> Box<str> {
        let text = self.texts.get(span.source.0 as usize).map(|source| source.slice(span)).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ").into_boxed_str()
    }

    pub fn bad(&self, span: Span) -> Typed<'a> {
        Typed::new(Node::Bad, Ty::Bad, span, self.text(span))
    }

    pub fn root_scope(&self) -> Vec<Scope<'a>> {
        let ty = match self.shape.tables.first().map(|table| &table.element) {
            Some(Element::Record(fields)) => Ty::Record(fields),
            _ => Ty::Bad,
        };
        let (way, sensitive, hidden) = (Vec::new(), false, false);
        vec![Scope { id: "#0".into(), frame: 0, name: None, ty, sensitive, fractions: false, way, hidden }]
    }

    /// Runs `body` with a list's element bound, and the facts that the list gives about it.
    pub fn bound<T>(
        &mut self,
        list: &Typed<'a>,
        (element, facts): (&Ty<'a>, &[String]),
        name: Option<&'a Name>,
        span: Span,
        body: impl FnOnce(&mut Self, u8, &str) -> T,
    ) -> T {
        self.next_id += 1;
        let id = format!("#{}", self.next_id);
        let depth = self.scopes.len();
        if depth >= limits::BINDINGS {
            self.error(
                Code::TooDeepBindings,
                span,
                texts::too_many_lists_bound().text(),
                texts::move_inner_part_into().text(),
            );
        }
        if let Some(name) = name {
            self.survey.types.push((name.span, self.type_names(element).0));
        }
        let frame = u8::try_from(depth.min(limits::BINDINGS - 1)).unwrap_or_default();
        let (ty, sensitive) = (element.clone(), list.sensitive);
        let fractions = matches!(&list.node, Node::List(kind) if self.holds_fractions(kind));
        self.scopes.push(Scope {
            id: id.clone(),
            frame,
            name,
            ty,
            sensitive,
            fractions,
            way: Vec::new(),
            hidden: false,
        });
        let known = self.facts.len();
        self.facts.extend(facts.iter().map(|fact| format!("{id}{fact}")));
        let answer = body(self, frame, &id);
        self.facts.truncate(known);
        self.scopes.pop();
        answer
    }

    /// Runs `body` with further facts.
    pub fn knowing<T>(&mut self, facts: &[String], body: impl FnOnce(&mut Self) -> T) -> T {
        let known = self.facts.len();
        self.facts.extend_from_slice(facts);
        let answer = body(self);
        self.facts.truncate(known);
        answer
    }

    pub(super) fn knows(&self, key: &str) -> bool {
        self.facts
            .iter()
            .any(|fact| fact.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    }

    /// What a bare name means here; every meaning it could have, innermost first.
    pub fn meanings(&mut self, name: &str, span: Span) -> Vec<Typed<'a>> {
        let mut found = Vec::new();
        for index in (0..self.scopes.len()).rev() {
            let Some(scope) = self.scopes.get(index).filter(|scope| !scope.hidden).cloned() else { continue };
            if let Some(bound) = scope.name {
                if bound.text == name {
                    self.note(span, bound.span);
                    found.push(self.element(&scope, span));
                }
            } else if let Ty::Record(fields) = scope.ty
                && self.named_field(fields, name).is_some()
            {
                let place = Place::row(&scope, fields);
                found.extend(self.field_of(&place, name, span, span));
            }
        }
        if let Some(index) = self.arguments.iter().position(|argument| argument.name.text == name) {
            if let Some(argument) = self.arguments.get(index) {
                self.note(span, argument.name.span);
            }
            found.push(self.argument(index, span));
        }
        found.extend(self.global(name, span));
        found
    }

    fn element(&self, scope: &Scope<'a>, span: Span) -> Typed<'a> {
        let node = match &scope.ty {
            Ty::Record(fields) => Node::Record(Place::row(scope, fields)),
            _ => Node::Scalar(ScalarKind::Bound(scope.frame)),
        };
        let mut typed = Typed::new(node, scope.ty.clone(), span, self.text(span));
        typed.sensitive = scope.sensitive;
        typed
    }

    fn argument(&mut self, index: usize, span: Span) -> Typed<'a> {
        let ty = match self.arguments.get(index) {
            Some(argument) => {
                let argument = argument.ty.clone();
                self.written_type(&argument)
            }
            None => Ty::Bad,
        };
        let node = Node::Scalar(ScalarKind::Argument(u8::try_from(index).unwrap_or(u8::MAX)));
        Typed::new(node, ty, span, self.text(span))
    }

    fn global(&mut self, name: &str, span: Span) -> Option<Typed<'a>> {
        if let Some(index) = self.param_numbers.get(name).copied() {
            self.used_names.insert(name.to_owned());
            if let Some(param) = self.declared.param(name) {
                self.note(span, param.name.span);
            }
            let ty = param_ty(&self.params.get(index)?.ty);
            let node = match &ty {
                Ty::List(..) => Node::List(ListKind::Param(index)),
                _ => Node::Scalar(ScalarKind::Param(index)),
            };
            return Some(Typed::new(node, ty, span, self.text(span)));
        }
        let define = self.declared.define(name)?;
        self.used_names.insert(name.to_owned());
        self.note(span, define.name.span);
        let state = self.definition(define, span);
        let State::Done(index, ty, flags) = state else { return Some(self.bad(span)) };
        let node = match (self.definitions.get(index), &ty) {
            (Some(Body::Cond(_)), _) => Node::Cond(bulou_ir::expr::CondKind::Definition(index)),
            (Some(Body::List(_)), _) => Node::List(ListKind::Definition(index)),
            (Some(Body::Scalar(_)), _) => Node::Scalar(ScalarKind::Definition(index)),
            (None, _) => return Some(self.bad(span)),
        };
        let mut typed = Typed::new(node, ty, span, self.text(span));
        typed.requirement = flags.requirement.map(|_| span);
        typed.sensitive = flags.sensitive;
        typed.key = Some(format!("={name}"));
        typed.unguarded = flags.unguarded && !self.knows(&format!("={name}"));
        Some(typed)
    }

    /// Reports a name that means nothing here, with the nearest that does.
    pub fn unknown_name(&mut self, name: &str, span: Span, want: Option<&Ty<'a>>) {
        // An editor asks with a name of its own, and is always answered.
        let asked = name == CURSOR || self.declared.nearness.affords(name.len(), 1);
        let known = if asked { self.name_candidates(want) } else { Vec::new() };
        let otherwise = texts::check_names_fields_parameters().text();
        let values = known.iter().filter(|known| known.kind != CandidateKind::Table);
        let split = || split(name).map(|split| (texts::write_2(&split).text(), Some(Fix::new(span, split))));
        let (help, fix) = match self.meant(name, span).or_else(|| self.joined(name, span)).or_else(split) {
            Some(meant) => meant,
            None => self.declared.nearness.suggest(name, span, values.map(|known| known.name.as_str()), otherwise),
        };
        let message = texts::no_name_here(&name).text();
        self.unknown(Diagnostic::new(Code::UnknownName, span, message, help).with_fix(fix), name, known);
    }

    /// Reports a name that is not among those known; at an editor's cursor these are what could stand there.
    pub fn unknown(&mut self, diagnostic: Diagnostic, name: &str, known: Vec<Candidate>) {
        if name == CURSOR {
            self.survey.candidates.extend(known);
        }
        self.diagnostics.push(diagnostic);
    }

    /// The type of a definition as far as it is known by now.
    pub fn defined_ty(&self, name: &str) -> Ty<'a> {
        match self.states.get(name) {
            Some(State::Done(_, ty, _)) => ty.clone(),
            _ => Ty::Bad,
        }
    }
}

/// The type of a scalar field.
pub(crate) fn scalar_ty<'a>(kind: &Kind, unit: Option<&'a str>) -> Ty<'a> {
    match kind.domain() {
        Domain::Bool => Ty::Bool,
        Domain::Whole(_) | Domain::Decimal(_) => Ty::Number(unit),
        Domain::Text(Some(Format::Person)) => Ty::Person,
        Domain::Text(_) => Ty::Text,
        Domain::Date(when) => Ty::Date(when.tense),
        Domain::Duration(unit) => Ty::Duration(unit),
        Domain::Option(set) => Ty::Option(set),
        Domain::Record(_) | Domain::List(_) => Ty::Bad,
    }
}

/// The type of a parameter's uses.
pub(crate) fn param_ty(ty: &ParamType) -> Ty<'static> {
    match ty {
        ParamType::Field(kind) => match scalar_ty(kind, None) {
            // What a parameter says is no evidence of anything.
            Ty::Date(_) => Ty::DATE,
            ty => ty,
        },
        ParamType::Counting => Ty::Counting,
        ParamType::List(element) => Ty::List(Box::new(param_ty(element)), Vec::new()),
    }
}
