//! What stands in a document at a place, by the type that is declared for it.

use bulou_base::date;
use bulou_syntax::ast::{Attribute, AttributeKind, DurationUnit, Expr, ExprKind, Field, TypeExpr, TypeKind};
use bulou_syntax::built_in::BuiltIn;
use chrono::NaiveDate;
use num_rational::Ratio;
use serde_json::{Map, Value};

use super::bounds::Range;
use super::texts::{self, core, normal};
use super::world::World;

/// A number.
pub type Number = Ratio<i128>;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Val<'a> {
    /// Optional and not there.
    Absent,
    /// Required and not there.
    Missing,
    /// There, but what it is cannot be said.
    Unknown,
    /// 是否
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text, or an option.
    Text(String),
    /// A date.
    Date(NaiveDate),
    /// A field's date that is not one of those it may be.
    Astray(NaiveDate),
    /// A duration, and whether it was written as weeks.
    Duration(i64, DurationUnit, bool),
    /// A record.
    Record(Record<'a>),
    /// A list.
    List(List<'a>),
}

/// A record in the document; `None` where something else stands in its place.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    pub fields: &'a [Field],
    pub members: Option<&'a Map<String, Value>>,
    /// It has to be there, and nothing is.
    pub missing: bool,
    /// Nothing is said in it: what may be left out of it may have been forgotten.
    pub hollow: bool,
}

impl PartialEq for Record<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self.members, other.members) {
            (Some(a), Some(b)) => std::ptr::eq(a, b),
            _ => false,
        }
    }
}

/// A list as far as it is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List<'a> {
    pub items: Vec<Item<'a>>,
    /// There may be more elements.
    pub open: bool,
    /// It is an optional field's, where an empty list counts as absent.
    pub optional: bool,
    /// It has to be there, and nothing is.
    pub missing: bool,
    /// The fields of its elements, where those are records.
    pub fields: Option<&'a [Field]>,
    /// What its elements can be, where those are numbers, dates or durations.
    pub within: Option<Range>,
}

/// An element.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<'a> {
    pub value: Val<'a>,
    /// It is in the list for certain.
    pub sure: bool,
}

impl<'a> List<'a> {
    /// A list of values that are all in it.
    pub fn of(values: impl IntoIterator<Item = Val<'a>>) -> Self {
        let items = values.into_iter().map(|value| Item { value, sure: true }).collect();
        Self { items, ..Self::default() }
    }
}

/// What a JSON value is for a declared type.
pub enum Leaf<'a> {
    Blank,
    Wrong,
    Is(Val<'a>),
}

impl<'a> World<'a> {
    /// The value of a field.
    pub fn read(&self, field: &'a Field, json: Option<&'a Value>) -> Val<'a> {
        match json.map_or(Leaf::Blank, |json| self.leaf(&field.ty, &field.attributes, json)) {
            Leaf::Blank if field.ty.optional => Val::Absent,
            Leaf::Blank => self.unreadable(field, true),
            // A record that has to be there is, though nothing is said in it.
            Leaf::Wrong => match (json.and_then(Value::as_object), self.record_of(&field.ty)) {
                (Some(members), Some(fields)) if !field.ty.optional => {
                    Val::Record(Record { fields, members: Some(members), missing: false, hollow: true })
                }
                _ => self.unreadable(field, false),
            },
            Leaf::Is(Val::List(list)) => {
                Val::List(List { items: list.items, optional: field.ty.optional, ..self.nothing_known_of(field) })
            }
            Leaf::Is(value) => value,
        }
    }

    /// What cannot be known of a field: not there, or wrong. Its type still says what it would have been.
    pub fn unreadable(&self, field: &'a Field, missing: bool) -> Val<'a> {
        match &field.ty.kind {
            TypeKind::List(_) => Val::List(List { open: true, missing, ..self.nothing_known_of(field) }),
            _ => match self.record_of(&field.ty) {
                Some(fields) => Val::Record(Record { fields, members: None, missing, hollow: false }),
                None if missing => Val::Missing,
                None => Val::Unknown,
            },
        }
    }

    /// A list without elements, of which still is known what they would be: a field's own, or the field of each of some.
    pub fn nothing_known_of(&self, field: &'a Field) -> List<'a> {
        let element = if let TypeKind::List(element) = &field.ty.kind { element } else { &field.ty };
        List { fields: self.record_of(element), within: Range::declared(field), ..List::default() }
    }

    pub fn record_of(&self, ty: &'a TypeExpr) -> Option<&'a [Field]> {
        let TypeKind::Named(name) = &ty.kind else { return None };
        self.records.get(name.text.as_str()).map(|record| record.fields.as_slice())
    }

    /// Reads a JSON value as a declared type.
    pub fn leaf(&self, ty: &'a TypeExpr, attributes: &'a [Attribute], json: &'a Value) -> Leaf<'a> {
        let written = json.as_str().map(normal);
        if json.is_null() || written.as_deref() == Some("") {
            return Leaf::Blank;
        }
        match &ty.kind {
            TypeKind::List(element) => json.as_array().map_or(Leaf::Wrong, |items| {
                let doubted = self.may_be_none(element, items);
                let read = |(item, doubted): (&'a Value, bool)| Item {
                    value: self.element(element, attributes, item),
                    sure: !doubted,
                };
                Leaf::Is(Val::List(List { items: items.iter().zip(doubted).map(read).collect(), ..List::default() }))
            }),
            TypeKind::Options(options) => option(options.iter().map(|option| option.text.as_str()), written),
            TypeKind::BuiltIn(built_in) => match built_in {
                BuiltIn::Bool => json.as_bool().map_or(Leaf::Wrong, |yes| Leaf::Is(Val::Bool(yes))),
                BuiltIn::Integer | BuiltIn::Decimal => number(json, *built_in == BuiltIn::Integer, attributes),
                BuiltIn::Text => written.map_or(Leaf::Wrong, |text| self.text(text, attributes)),
                BuiltIn::Date => written.map_or(Leaf::Wrong, |text| match date::parse(&text) {
                    Some(date) if self.may_be(date, attributes) => Leaf::Is(Val::Date(date)),
                    Some(date) => Leaf::Is(Val::Astray(date)),
                    None => Leaf::Wrong,
                }),
                BuiltIn::Duration => written
                    .and_then(|text| days(&text))
                    .map_or(Leaf::Wrong, |(days, weeks)| Leaf::Is(Val::Duration(days, DurationUnit::Days, weeks))),
                BuiltIn::Counting => Leaf::Wrong,
            },
            TypeKind::Named(name) => match (self.records.get(&*name.text), self.options.get(&*name.text)) {
                (Some(record), _) => json.as_object().filter(|members| !self.is_empty(&record.fields, members)).map_or(
                    Leaf::Wrong,
                    |members| {
                        Leaf::Is(Val::Record(Record {
                            fields: &record.fields,
                            members: Some(members),
                            missing: false,
                            hollow: false,
                        }))
                    },
                ),
                (None, options) => option(options.into_iter().flatten().copied(), written),
            },
            TypeKind::Fold(_) => Leaf::Wrong,
        }
    }

    /// Whether nothing is known of a record: nothing is said in it, or something in it is missing or wrong, and whatever else
    /// is said is secret.
    pub fn is_empty(&self, fields: &'a [Field], members: &'a Map<String, Value>) -> bool {
        let said = self.said(fields, members, false);
        !said.openly && (!said.secretly || said.wrong)
    }

    fn said(&self, fields: &'a [Field], members: &'a Map<String, Value>, secret: bool) -> Said {
        let all = fields.iter().map(|field| match members.get(&field.name.text) {
            None => Said { wrong: !field.ty.optional, ..Said::default() },
            Some(json) => self.said_by(&field.ty, &field.attributes, secret || is_secret(field), json),
        });
        all.fold(Said { wrong: self.is_strange(fields, members), ..Said::default() }, Said::and)
    }

    fn said_by(&self, ty: &'a TypeExpr, attributes: &'a [Attribute], secret: bool, json: &'a Value) -> Said {
        let something = Said { openly: !secret, secretly: secret, wrong: false };
        match (&ty.kind, json) {
            // That there is none of what has to be told says something.
            (TypeKind::List(_), Value::Array(items)) if items.is_empty() && !ty.optional => something,
            (TypeKind::List(element), Value::Array(items)) => {
                let all = items.iter().map(|item| self.said_by(element, attributes, secret, item));
                all.fold(Said::default(), Said::and)
            }
            (_, Value::Object(members)) if self.record_of(ty).is_some() => {
                let said = self.said(self.record_of(ty).unwrap_or_default(), members, secret);
                Said { wrong: said.wrong || !said.openly && !said.secretly, ..said }
            }
            _ => match self.leaf(ty, attributes, json) {
                Leaf::Blank => Said { wrong: !ty.optional, ..Said::default() },
                Leaf::Wrong | Leaf::Is(Val::Astray(_)) => Said { wrong: true, ..Said::default() },
                Leaf::Is(_) => something,
            },
        }
    }

    /// Whether a date is one of those that its field may hold.
    fn may_be(&self, date: NaiveDate, attributes: &'a [Attribute]) -> bool {
        let end = |end: &'a Expr| match self.value(end, &[]) {
            Val::Date(day) => day,
            other => panic!("no day: {other:?}"),
        };
        let mut happened = true;
        for attribute in attributes {
            match &attribute.kind {
                AttributeKind::Range(low, high) if date < end(low) || end(high) < date => return false,
                AttributeKind::Range(..) | AttributeKind::Planned => happened = false,
                _ => {}
            }
        }
        let said = attributes.iter().any(|attribute| matches!(attribute.kind, AttributeKind::Happened));
        !(happened || said) || date <= self.today
    }

    /// A text, unless it is a formula, or only says that there is nothing to say.
    fn text(&self, text: String, attributes: &[Attribute]) -> Leaf<'static> {
        // Of the formulas, documents here have those of one cell.
        if text.strip_prefix('=').is_some_and(|cell| cell.len() == 2 && cell.is_ascii()) {
            return Leaf::Wrong;
        }
        let core = core(&text);
        let allowed = attributes.iter().any(|attribute| match &attribute.kind {
            AttributeKind::MayBe(word) => texts::core(&word.text) == core,
            _ => false,
        });
        let held = texts::tells_nothing(&text) || self.placeholders.contains(&core);
        if held && !allowed { Leaf::Blank } else { Leaf::Is(Val::Text(text)) }
    }

    /// An element of a list: nothing in it is optional.
    fn element(&self, ty: &'a TypeExpr, attributes: &'a [Attribute], json: &'a Value) -> Val<'a> {
        match self.leaf(ty, attributes, json) {
            Leaf::Is(value) => value,
            Leaf::Blank | Leaf::Wrong => match self.record_of(ty) {
                Some(fields) => {
                    let members = json.as_object();
                    Val::Record(Record { fields, members, missing: false, hollow: members.is_some() })
                }
                None => Val::Unknown,
            },
        }
    }
}

/// Whether nobody shall see what a field says.
pub fn is_secret(field: &Field) -> bool {
    field.attributes.iter().any(|attribute| matches!(attribute.kind, AttributeKind::Sensitive))
}

/// What is said in a record.
#[derive(Clone, Copy, Default)]
struct Said {
    openly: bool,
    secretly: bool,
    /// Something is missing, or cannot be read.
    wrong: bool,
}

impl Said {
    fn and(self, other: Self) -> Self {
        Self {
            openly: self.openly || other.openly,
            secretly: self.secretly || other.secretly,
            wrong: self.wrong || other.wrong,
        }
    }
}

fn option<'o>(mut options: impl Iterator<Item = &'o str>, written: Option<String>) -> Leaf<'static> {
    match written {
        Some(text) if options.any(|option| option == text) => Leaf::Is(Val::Text(text)),
        _ => Leaf::Wrong,
    }
}

/// A number within its 范围, exact: a mantissa of 64 bits, at most 18 digits after the point.
fn number(json: &Value, whole: bool, attributes: &[Attribute]) -> Leaf<'static> {
    let Some(value) = json.as_number().and_then(|number| decimal(&number.to_string())) else { return Leaf::Wrong };
    let within = attributes.iter().all(|attribute| match &attribute.kind {
        AttributeKind::Range(low, high) => constant(low) <= value && value <= constant(high),
        _ => true,
    });
    if !within || whole && !value.is_integer() { Leaf::Wrong } else { Leaf::Is(Val::Number(value)) }
}

fn decimal(text: &str) -> Option<Number> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i32 = exponent.parse().ok()?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mantissa: i128 = format!("{whole}{fraction}").parse().ok()?;
    let scale = exponent - i32::try_from(fraction.len()).ok()?;
    let ten = Ratio::from_integer(10_i128.checked_pow(scale.unsigned_abs().min(40))?);
    let value = if scale < 0 {
        Ratio::from_integer(mantissa) / ten
    } else {
        Ratio::from_integer(mantissa.checked_mul(*ten.numer())?)
    };
    let fits = (0..=18).any(|digits| {
        let shifted = value.numer().checked_mul(10_i128.pow(digits)).filter(|shifted| shifted % value.denom() == 0);
        shifted.is_some_and(|shifted| i64::try_from(shifted / value.denom()).is_ok())
    });
    fits.then_some(value)
}

/// The number that a constant expression is.
pub fn constant(expr: &Expr) -> Number {
    match &expr.kind {
        ExprKind::Number(literal) => Ratio::new(i128::from(literal.mantissa), 10_i128.pow(literal.scale)),
        ExprKind::Neg(inner) => -constant(inner),
        other => panic!("no constant: {other:?}"),
    }
}

/// A field's duration counts days.
fn days(text: &str) -> Option<(i64, bool)> {
    let (number, times) = [("日", 1), ("天", 1), ("周", 7), (" days", 1), (" day", 1), (" weeks", 7), (" week", 7)]
        .iter()
        .find_map(|(unit, times)| Some((text.strip_suffix(unit)?, times)))?;
    let digits = (1..=7).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let days = number.parse::<i64>().ok().filter(|_| digits)?.checked_mul(*times)?;
    i32::try_from(days).ok().map(|days| (i64::from(days), *times == 7))
}
