//! What can be named at a place of a rule, and which of it is known to be there.

use super::model::{Kind, Model, Scalar};
use crate::choices::Choices;

/// An element that is bound, or the document.
#[derive(Clone, Debug)]
struct Scope {
    /// What stands before its fields: empty, or its name and a point.
    prefix: String,
    element: Kind,
}

/// A way to a field, or to a bound value.
#[derive(Clone, Debug)]
pub struct Way {
    /// As written.
    pub text: String,
    /// What is there.
    pub kind: Kind,
    /// Usable without a further guard.
    pub there: bool,
    /// A guard could make it usable: it, or a record on the way, is optional.
    pub optional: bool,
}

/// A global name.
#[derive(Clone, Debug)]
pub struct Global {
    /// As written.
    pub name: String,
    /// Its value; `None` for a condition.
    pub kind: Option<Kind>,
    /// It may be absent.
    pub optional: bool,
}

/// A decision table.
#[derive(Clone, Debug)]
pub struct Table {
    /// As written.
    pub name: String,
    /// Types of its parameters.
    pub params: Vec<Scalar>,
    /// Type of its result.
    pub result: Scalar,
}

/// Writes expressions at one place.
#[derive(Debug)]
pub struct Writer<'m, 'c> {
    /// The pack's records.
    pub model: &'m Model,
    /// What decides.
    pub choices: &'c mut Choices,
    /// Parameters.
    pub params: Vec<(String, Kind)>,
    /// Definitions so far.
    pub definitions: Vec<Global>,
    /// Tables so far.
    pub tables: Vec<Table>,
    /// Parameters of the table that is written; the document is out of reach there.
    pub arguments: Vec<(String, Scalar)>,
    scopes: Vec<Scope>,
    guards: Vec<String>,
}

impl<'m, 'c> Writer<'m, 'c> {
    /// A writer with the document in scope.
    pub fn new(model: &'m Model, choices: &'c mut Choices) -> Self {
        let scopes = vec![Scope { prefix: String::new(), element: Kind::Record(0) }];
        let (params, definitions, tables) = Default::default();
        Self { model, choices, params, definitions, tables, arguments: Vec::new(), scopes, guards: Vec::new() }
    }

    /// Writes a table's cells: only its parameters are in scope.
    pub fn within_table<T>(&mut self, arguments: Vec<(String, Scalar)>, body: impl FnOnce(&mut Self) -> T) -> T {
        let scopes = std::mem::take(&mut self.scopes);
        self.arguments = arguments;
        let written = body(self);
        self.arguments.clear();
        self.scopes = scopes;
        written
    }

    /// Binds a list's element, whose fields in `present` are known to be there; gives the `记作` to write.
    pub fn bound<T>(&mut self, element: &Kind, present: &[String], body: impl FnOnce(&mut Self) -> T) -> (String, T) {
        let open = |scope: &Scope| scope.prefix.is_empty() && scope.element == *element;
        let named = matches!(element, Kind::Scalar(_)) || self.scopes.iter().any(open) || self.choices.chance(25);
        let name = format!("x{}", self.scopes.len());
        let (binding, prefix) =
            if named { (format!(" 记作 {name}"), format!("{name}.")) } else { Default::default() };
        let known = self.guards.len();
        self.guards.extend(present.iter().map(|field| format!("{prefix}{field}")));
        self.scopes.push(Scope { prefix, element: element.clone() });
        let written = body(self);
        self.scopes.pop();
        self.guards.truncate(known);
        (binding, written)
    }

    /// The same without a name, where the element can go without one.
    pub fn bound_bare<T>(
        &mut self,
        element: &Kind,
        present: &[String],
        body: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        if matches!(element, Kind::Scalar(_))
            || self.scopes.iter().any(|scope| scope.prefix.is_empty() && scope.element == *element)
        {
            return None;
        }
        let known = self.guards.len();
        self.guards.extend_from_slice(present);
        self.scopes.push(Scope { prefix: String::new(), element: element.clone() });
        let written = body(self);
        self.scopes.pop();
        self.guards.truncate(known);
        Some(written)
    }

    /// What the innermost binding binds.
    pub fn innermost(&self) -> Kind {
        self.scopes.last().map_or(Kind::Record(0), |scope| scope.element.clone())
    }

    /// What stands before the fields of the innermost element.
    pub fn innermost_prefix(&self) -> String {
        self.scopes.last().map(|scope| scope.prefix.clone()).unwrap_or_default()
    }

    /// Writes with something known to be there.
    pub fn knowing<T>(&mut self, present: &str, body: impl FnOnce(&mut Self) -> T) -> T {
        self.guards.push(present.to_owned());
        let written = body(self);
        self.guards.pop();
        written
    }

    /// Whether a guard speaks of this path or of something in it.
    pub fn known(&self, path: &str) -> bool {
        self.guards
            .iter()
            .any(|guard| guard.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    }

    /// All ways from what is in scope.
    pub fn ways(&self) -> Vec<Way> {
        let mut ways = Vec::new();
        for scope in &self.scopes {
            match &scope.element {
                Kind::Record(record) => self.fields(&scope.prefix, *record, (true, false), &mut ways),
                kind => {
                    let text = scope.prefix.trim_end_matches('.').to_owned();
                    ways.push(Way { text, kind: kind.clone(), there: true, optional: false });
                }
            }
        }
        ways
    }

    /// The ways from one element of a record, which stands before each.
    pub fn ways_in(&self, record: usize) -> Vec<Way> {
        let mut ways = Vec::new();
        self.fields("", record, (true, false), &mut ways);
        ways
    }

    fn fields(&self, prefix: &str, record: usize, (there, optional): (bool, bool), ways: &mut Vec<Way>) {
        for field in &self.model.records[record].fields {
            let text = format!("{prefix}{}", field.name);
            let there = (there || self.known(&text)) && (!field.optional || self.known(&text));
            let optional = optional || field.optional;
            if let Kind::Record(inner) = field.kind {
                self.fields(&format!("{text}."), inner, (there, optional), ways);
            }
            ways.push(Way { text, kind: field.kind.clone(), there, optional });
        }
    }
}

/// Whether a value of a type can stand where one of another is asked for.
pub fn serves(value: &Kind, asked: &Kind) -> bool {
    alike(value, asked) || (value, asked) == (&Kind::Scalar(Scalar::Plan), &Kind::Scalar(Scalar::Date))
}

/// Whether values of the two types go together.
pub fn alike(a: &Kind, b: &Kind) -> bool {
    let numeric = |kind: &Kind| matches!(kind, Kind::Scalar(Scalar::Whole | Scalar::Decimal));
    match (a, b) {
        (Kind::List(a), Kind::List(b)) => alike(a, b),
        _ => a == b || numeric(a) && numeric(b),
    }
}
