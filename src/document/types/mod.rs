//! The types of fields and parameters, a file for each: what differs from type to type is said there, whoever asks.
//! What differs only with what values are (how they are stored, computed with, put to a solver) is asked of the
//! [`Domain`], which types may share. What a type is read from (JSON, a cell, the page's form) is with the readers:
//! CONTRIBUTING.md lists them.

mod boolean;
mod compound;
mod date;
mod decimal;
mod duration;
mod integer;
mod option;
mod text;

use num_rational::Ratio;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Constant;
use crate::shape::{Bounds, Fields, OptionSet, Tense, When};
use crate::typed::Asked;
use bulou_base::value::Quotient;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use bulou_syntax::ast::DurationUnit;
use bulou_syntax::built_in::{BuiltIn, Format};

pub use text::sample;

/// What a slot may hold.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Kind {
    /// 是否
    Bool,
    /// 整数 within bounds, both included.
    Integer(Bounds),
    /// 小数 within bounds.
    Decimal(Bounds),
    /// 文本
    Text(Option<Format>),
    /// 日期
    Date(When),
    /// 时长, written `31日`, `2周`, `1个月`, in this unit.
    Duration(DurationUnit),
    /// An option of this set.
    Option(u16),
    /// A record; its fields' slots follow its header slot. A field's `slot` counts from the row's start.
    Record(Box<Fields>),
    /// A list: the index of its table.
    List(u16),
}

/// What the values of a type are.
#[derive(Clone, Copy, Debug)]
pub enum Domain<'k> {
    /// Yes or no.
    Bool,
    /// Whole numbers.
    Whole(&'k Bounds),
    /// Numbers with digits after the point.
    Decimal(&'k Bounds),
    /// Texts, of a format or any.
    Text(Option<Format>),
    /// Days.
    Date(&'k When),
    /// Lengths in a unit.
    Duration(DurationUnit),
    /// Options of a set.
    Option(u16),
    /// A record.
    Record(&'k Fields),
    /// Rows of a table.
    List(u16),
}

/// What somebody writes as the value of a field, with what the pack says of it.
#[derive(Clone, Copy, Debug)]
pub struct Written<'w> {
    /// The text.
    pub text: &'w str,
    /// The field's unit.
    pub unit: Option<&'w str>,
    /// What is no answer, as [`crate::placeholder::core`] writes it.
    pub placeholders: &'w [String],
    /// Those of them that the field takes.
    pub may_be: &'w [String],
    /// The pack's option sets.
    pub sets: &'w [OptionSet],
}

/// The least and the greatest value of a type in numbers, and into how many parts one is divided.
pub type Ends = (Quotient, Quotient, i128);

/// What nobody would mean, in words and as JSON.
pub type Absurd = (LocalizedText, Value);

/// What every type is asked; see the methods of [`Kind`] for the questions.
trait FieldType<'k>: Copy {
    fn domain(self) -> Domain<'k>;
    fn name(self, lang: Lang) -> String;
    fn asked(self, sets: &[OptionSet]) -> Asked<'_>;
    fn wanted(self) -> Phrase;
    fn schema(self, sets: &[OptionSet]) -> Value;
    fn takes(self, written: Written<'_>) -> bool;
    fn guidance(self, lang: Lang) -> String;
    fn width(self) -> u16;

    fn blank_cell(self) -> &'static str {
        "@"
    }

    fn param(self, _text: &str, _sets: &[OptionSet]) -> Option<Constant> {
        None
    }

    fn param_example(self) -> Phrase {
        texts::mark()
    }

    fn absurd(self, _value: &Value, _sets: &[OptionSet], _lang: Lang) -> Vec<Absurd> {
        Vec::new()
    }

    fn less(self, _value: &Value, _lang: Lang) -> Vec<Value> {
        Vec::new()
    }

    fn ends(self) -> Option<Ends> {
        None
    }

    fn tells_apart(self) -> bool {
        false
    }
}

/// Asks the type that a kind is.
macro_rules! ask {
    ($kind:expr, $question:ident($($argument:expr),*)) => {
        match $kind {
            Kind::Bool => boolean::Boolean.$question($($argument),*),
            Kind::Integer(bounds) => integer::Integer(bounds).$question($($argument),*),
            Kind::Decimal(bounds) => decimal::Decimal(bounds).$question($($argument),*),
            Kind::Text(format) => text::Text(*format).$question($($argument),*),
            Kind::Date(when) => date::Date(when).$question($($argument),*),
            Kind::Duration(unit) => duration::Duration(*unit).$question($($argument),*),
            Kind::Option(set) => option::Choice(*set).$question($($argument),*),
            Kind::Record(fields) => compound::Record(fields).$question($($argument),*),
            Kind::List(table) => compound::List(*table).$question($($argument),*),
        }
    };
}

impl Kind {
    /// A type of the language as it is where no attribute says more; nothing for one that no field can have.
    #[must_use]
    pub fn built_in(built_in: BuiltIn) -> Option<Self> {
        Some(match built_in {
            BuiltIn::Bool => Self::Bool,
            BuiltIn::Integer => Self::Integer(Bounds::default()),
            BuiltIn::Decimal => Self::Decimal(Bounds::default()),
            BuiltIn::Text => Self::Text(None),
            // Of what it says nothing it is taken to have happened, for then it proves nothing by standing there.
            BuiltIn::Date => Self::Date(When { tense: Tense::Happened, range: None }),
            BuiltIn::Duration => Self::Duration(DurationUnit::Days),
            // Nobody fills in how days are counted.
            BuiltIn::Counting => return None,
        })
    }

    /// What its values are.
    #[inline]
    #[must_use]
    pub fn domain(&self) -> Domain<'_> {
        ask!(self, domain())
    }

    /// Which days it may be, when it is a date.
    #[must_use]
    pub fn when(&self) -> Option<&When> {
        match self.domain() {
            Domain::Date(when) => Some(when),
            _ => None,
        }
    }

    /// The set that its options are of.
    #[must_use]
    pub fn option_set(&self) -> Option<u16> {
        match self.domain() {
            Domain::Option(set) => Some(set),
            _ => None,
        }
    }

    /// The bounds that `范围` sets, when it is a number.
    pub fn bounds_mut(&mut self) -> Option<&mut Bounds> {
        match self {
            Self::Integer(bounds) | Self::Decimal(bounds) => Some(bounds),
            _ => None,
        }
    }

    /// Its name in rules, with what tells it from others of that name; bounds and options do not.
    #[must_use]
    pub fn name(&self, lang: Lang) -> String {
        ask!(self, name(lang))
    }

    /// How a text is read where it is asked for.
    #[must_use]
    pub fn asked<'o>(&self, sets: &'o [OptionSet]) -> Asked<'o> {
        ask!(self, asked(sets))
    }

    /// What has to stand in its place in a document, in Chinese and in English.
    #[must_use]
    pub fn wanted(&self) -> Phrase {
        ask!(self, wanted())
    }

    /// Its JSON Schema; of what has parts, see [`crate::schema`].
    #[must_use]
    pub fn schema(&self, sets: &[OptionSet]) -> Value {
        ask!(self, schema(sets))
    }

    /// Whether it takes what somebody writes; of what has parts, whoever asks goes through them.
    #[must_use]
    pub fn takes(&self, written: Written<'_>) -> bool {
        ask!(self, takes(written))
    }

    /// What is said beside a cell that asks for it; empty when that is plain.
    #[must_use]
    pub fn guidance(&self, lang: Lang) -> String {
        ask!(self, guidance(lang))
    }

    /// How wide a column of it is, in characters.
    #[must_use]
    pub fn width(&self) -> u16 {
        ask!(self, width())
    }

    /// The number format of a cell that waits for it. What is none of a spreadsheet's own kinds is a text, so that no
    /// number is made of it.
    #[must_use]
    pub fn blank_cell(&self) -> &'static str {
        ask!(self, blank_cell())
    }

    /// The value of a parameter, as it is written on the command line.
    #[must_use]
    pub fn param(&self, text: &str, sets: &[OptionSet]) -> Option<Constant> {
        ask!(self, param(text, sets))
    }

    /// What a parameter takes, in Chinese and in English.
    #[must_use]
    pub fn param_example(&self) -> Phrase {
        ask!(self, param_example())
    }

    /// What nobody would mean in the place of a value, and a rule should notice.
    #[must_use]
    pub fn absurd(&self, value: &Value, sets: &[OptionSet], lang: Lang) -> Vec<Absurd> {
        ask!(self, absurd(value, sets, lang))
    }

    /// What says less than a value, the least first.
    #[must_use]
    pub fn less(&self, value: &Value, lang: Lang) -> Vec<Value> {
        ask!(self, less(value, lang))
    }

    /// The least and the greatest that a well-formed value can be in numbers, and into how many parts one is divided.
    #[must_use]
    pub fn ends(&self) -> Option<Ends> {
        ask!(self, ends())
    }

    /// Whether elements of a list may be told apart by it: `唯一`.
    #[must_use]
    pub fn tells_apart(&self) -> bool {
        ask!(self, tells_apart())
    }
}

/// The option set of an index.
fn options(sets: &[OptionSet], set: u16) -> &[String] {
    sets.get(usize::from(set)).map(|set| set.options.as_slice()).unwrap_or_default()
}

/// A number's bounds, or what fits where it has none.
fn ends(bounds: &Bounds, parts: i128) -> Ends {
    let end = |end: Option<Quotient>, last: i64| end.unwrap_or(Ratio::from_integer(last.into()));
    (end(bounds.min, i64::MIN), end(bounds.max, i64::MAX), parts)
}

/// What a cell says that wants a number.
fn bounded(what: &str, bounds: &Bounds, lang: Lang) -> String {
    use bulou_base::value::shown_number;
    match (bounds.min.map(shown_number), bounds.max.map(shown_number)) {
        (Some(min), Some(max)) => texts::from(&what, &min, &max).get(lang),
        (Some(min), None) => texts::more_2(&what, &min).get(lang),
        (None, Some(max)) => texts::less(&what, &max).get(lang),
        (None, None) => what.to_owned(),
    }
}

/// Numbers that nobody would mean, each as it is written.
fn absurd_numbers(written: impl Fn(i64) -> Value) -> Vec<Absurd> {
    let same = |text: &str| LocalizedText::new(text, text);
    let greatest = texts::greatest().text();
    [(same("0"), 0), (same("-1"), -1), (greatest, i64::MAX)].map(|(to, number)| (to, written(number))).into()
}

/// The schema of numbers: `widest` is said where a pack sets no bound.
fn number_schema(name: &str, bounds: &Bounds, widest: (Option<i64>, Option<i64>)) -> Value {
    let mut schema = serde_json::Map::new();
    schema.insert("type".into(), name.into());
    for (key, bound, widest) in [("minimum", bounds.min, widest.0), ("maximum", bounds.max, widest.1)] {
        if let Some(bound) = bound.map(literal).or(widest.map(Value::from)) {
            schema.insert(key.into(), bound);
        }
    }
    Value::Object(schema)
}

/// A bound as a JSON number: bounds are decimals with few digits.
fn literal(bound: Quotient) -> Value {
    serde_json::from_str(&bulou_base::value::shown_number(bound)).unwrap_or_default()
}
