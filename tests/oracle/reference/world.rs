//! What an expression is evaluated in: the pack's declarations, the document, the day.

use std::collections::HashMap;

use bulou_syntax::ast;
use bulou_syntax::ast::{
    Data, Declaration, Define, DurationUnit, Expr, ExprKind, File, Param, Table, TypeExpr, TypeKind,
};
use bulou_syntax::built_in::BuiltIn;
use chrono::NaiveDate;
use num_rational::Ratio;
use serde_json::{Map, Value};

use super::bounds::Extent;
use super::days::Calendar;
use super::reading::{List, Record, Val, is_secret};
use super::texts::{normal, placeholders};

/// What a check depends on besides the pack and the document.
#[derive(Clone, Debug)]
pub struct Setting {
    pub today: NaiveDate,
    /// Parameters that the caller gives.
    pub params: Vec<(String, String)>,
    /// Waivers: the school's id, the rule, the first and the last day.
    pub waivers: Vec<(String, String, NaiveDate, NaiveDate)>,
}

/// Something bound by name, or the document or an element whose fields go without one.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    pub name: Option<&'a str>,
    pub value: Val<'a>,
    /// Of a table's input: what it can be.
    pub extent: Option<Extent>,
}

/// How a plain `N日` counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    Natural,
    Rolled,
    Working,
}

/// The declarations, the document, the day.
pub struct World<'a> {
    pub records: HashMap<&'a str, &'a ast::Record>,
    pub options: HashMap<&'a str, Vec<&'a str>>,
    pub params: HashMap<&'a str, Val<'a>>,
    pub defines: HashMap<&'a str, &'a Define>,
    pub tables: HashMap<&'a str, &'a Table>,
    pub calendar: Option<Calendar>,
    pub counting: Counting,
    pub today: NaiveDate,
    pub root: Record<'a>,
    /// What is required to be there, or to be done by a day, and is not, is not met; else nothing is said of it yet.
    pub silence_fails: bool,
    /// The cores of what is no answer.
    pub placeholders: Vec<String>,
    /// Keys that are no fields and yet known.
    pub beside: Vec<&'a str>,
}

impl<'a> World<'a> {
    /// Gathers a pack's declarations; `document` must be an object.
    pub fn new(file: &'a File, calendar: &str, document: &'a Value, setting: &'a Setting) -> (Self, &'a Data) {
        let data = file.declarations.iter().find_map(|declaration| match declaration {
            Declaration::Data(data) => Some(data),
            _ => None,
        });
        let data = data.expect("数据");
        let mut world = Self {
            beside: std::iter::once("规则集")
                .chain(data.forbidden.iter().flat_map(|clause| &clause.names).map(|name| name.text.as_str()))
                .collect(),
            records: HashMap::new(),
            options: HashMap::new(),
            params: HashMap::new(),
            defines: HashMap::new(),
            tables: HashMap::new(),
            calendar: None,
            counting: Counting::Natural,
            today: setting.today,
            root: Record { fields: &data.fields, members: document.as_object(), missing: false, hollow: false },
            silence_fails: true,
            placeholders: placeholders(None),
        };
        for declaration in &file.declarations {
            match declaration {
                Declaration::Record(record) => drop(world.records.insert(&record.name.text, record)),
                Declaration::Options(options) => {
                    let names = options.options.iter().map(|option| option.text.as_str()).collect();
                    world.options.insert(&options.name.text, names);
                }
                Declaration::Define(define) => drop(world.defines.insert(&define.name.text, define)),
                Declaration::Table(table) => drop(world.tables.insert(&table.name.text, table)),
                Declaration::Calendar(_) => world.calendar = Some(Calendar::parse(calendar)),
                Declaration::Param(param) => world.param(param, &setting.params),
                Declaration::Pack(pack) => world.placeholders = placeholders(pack.placeholders.as_deref()),
                _ => {}
            }
        }
        (world, data)
    }

    fn param(&mut self, param: &'a Param, given: &'a [(String, String)]) {
        if let (TypeKind::BuiltIn(BuiltIn::Counting), ExprKind::Name(counting)) = (&param.ty.kind, &param.default.kind)
        {
            self.counting = match counting.as_str() {
                "顺延" => Counting::Rolled,
                "工作日" => Counting::Working,
                _ => Counting::Natural,
            };
            return;
        }
        let given = given.iter().find(|(name, _)| *name == param.name.text);
        let value =
            given.map(|(_, text)| given_value(&param.ty, text)).unwrap_or_else(|| self.constant(&param.default));
        self.params.insert(&param.name.text, value);
    }

    fn constant(&self, expr: &'a Expr) -> Val<'a> {
        self.value(expr, &[])
    }

    /// What a bare name is at a place: bound, a field of what is bound, a parameter, a definition, and else an option.
    pub fn named(&self, name: &'a str, scopes: &[Scope<'a>]) -> Val<'a> {
        for scope in scopes.iter().rev() {
            match (&scope.name, &scope.value) {
                (Some(bound), value) if *bound == name => return value.clone(),
                (None, Val::Record(record)) => {
                    if let Some(value) = self.field(record, name) {
                        return value;
                    }
                }
                _ => {}
            }
        }
        if let Some(value) = self.params.get(name) {
            return value.clone();
        }
        match self.defines.get(name) {
            Some(define) => self.value(&define.value, &self.outermost()),
            None => Val::Text(name.to_owned()),
        }
    }

    /// The document alone.
    pub fn outermost(&self) -> Vec<Scope<'a>> {
        vec![Scope { name: None, value: Val::Record(self.root.clone()), extent: None }]
    }

    /// Whether an object has a key that is no field, and neither one that must not be there nor the pack's name.
    pub fn is_strange(&self, fields: &[ast::Field], members: &Map<String, Value>) -> bool {
        let is_known = |key: &str| fields.iter().any(|field| field.name.text == key) || self.beside.contains(&key);
        members.keys().any(|key| !is_known(key))
    }

    /// A field of a record; `None` when it declares none of that name.
    pub fn field(&self, record: &Record<'a>, name: &str) -> Option<Val<'a>> {
        let field = record.fields.iter().find(|field| field.name.text == name)?;
        Some(match record.members {
            Some(members) => {
                let value = self.read(field, members.get(name));
                let says_nothing = match &value {
                    Val::Absent => true,
                    Val::List(list) => list.optional && list.items.is_empty(),
                    _ => false,
                };
                // In a record that says nothing, or says something under a key that is no field, it may have been forgotten;
                // whether a secret was, nobody shall see.
                let is_open = record.hollow || self.is_strange(record.fields, members);
                let may_be_left_out = says_nothing || field.ty.optional && is_secret(field);
                if may_be_left_out && is_open { self.unreadable(field, false) } else { value }
            }
            None => self.unreadable(field, false),
        })
    }
}

/// A parameter's value as the caller writes it.
fn given_value(ty: &TypeExpr, text: &str) -> Val<'static> {
    match &ty.kind {
        TypeKind::List(element) => {
            let parts = text.trim_matches(['{', '}']).split(", ").map(|part| given_value(element, part));
            Val::List(List::of(parts.collect::<Vec<_>>()))
        }
        TypeKind::BuiltIn(built_in) => match built_in {
            BuiltIn::Date => Val::Date(text.parse().expect("a date")),
            BuiltIn::Integer => Val::Number(Ratio::from_integer(text.parse().expect("a number"))),
            BuiltIn::Duration => match text.strip_suffix("周") {
                Some(weeks) => Val::Duration(7 * weeks.parse::<i64>().expect("weeks"), DurationUnit::Days, true),
                None => Val::Duration(text.trim_end_matches('日').parse().expect("days"), DurationUnit::Days, false),
            },
            _ => Val::Text(normal(text)),
        },
        _ => Val::Text(normal(text)),
    }
}
