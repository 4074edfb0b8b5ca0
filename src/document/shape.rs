//! What documents look like: a pack's `数据`, compiled.
//!
//! A document is a set of tables. Table 0 has one row, the document; every list of the shape is a further table whose
//! rows are the list's elements, so that each row of a table has the same width. A record inside a row takes one
//! header slot and, right behind it, its fields. A list of scalars is a table of width 1.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

use bulou_base::date::{self, Date};
use bulou_base::value::Quotient;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_syntax::ast::DurationUnit;

pub use crate::types::Kind;

/// The key by which every document may say for which pack it was filled in, as `id@version`.
pub const ENVELOPE: &str = "规则集";

/// A compiled `数据`.
#[derive(Serialize, Deserialize, Clone, Debug, Default)]
pub struct Shape {
    /// Tells it from every other.
    #[serde(skip)]
    pub id: ShapeId,
    /// Pack id that the envelope key `规则集` must name, and the pack's version.
    pub pack: (String, String),
    /// The tables; 0 is the document.
    pub tables: Vec<Table>,
    /// What is no answer where a text must be filled in, as [`crate::placeholder::core`] writes it.
    pub placeholders: Vec<String>,
    /// The slot of the field that no document holds, for all schools' documents stand for it.
    pub fold: Option<u32>,
    /// Of the county's document: what holds a school's 标识, by table and slot; a list of such by its own table.
    pub codes: BTreeSet<(u16, u32)>,
    /// Option sets by index.
    pub option_sets: Vec<OptionSet>,
    /// Paths from `标识`, `名称`, `日期`, `版次`.
    pub identity: Option<SlotPath>,
    /// See `identity`.
    pub title: Option<SlotPath>,
    /// See `identity`.
    pub date: Option<SlotPath>,
    /// See `identity`.
    pub edition: Option<SlotPath>,
}

/// Which shape it is of all that a process has ever had: what is remembered of one is not asked of another, though it may
/// lie at the same address. A copy is another, for it may be changed.
///
/// ```
/// use bulou_document::shape::ShapeId;
/// let id = ShapeId::default();
/// assert!(id != ShapeId::default() && id != Clone::clone(&id));
/// ```
#[derive(PartialEq, Eq)]
pub struct ShapeId(u64);

/// Rules that were read twice are shown alike.
impl fmt::Debug for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShapeId")
    }
}

impl Default for ShapeId {
    fn default() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl Clone for ShapeId {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl ShapeId {
    /// As a number that no other has; 0 is none.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.0
    }
}

impl Shape {
    /// The record that a document is.
    #[must_use]
    pub fn document(&self) -> Option<&Fields> {
        self.records(0)
    }

    /// The record that a table's rows are; nothing for a list of scalars.
    #[must_use]
    pub fn records(&self, table: u16) -> Option<&Fields> {
        match &self.tables.get(usize::from(table))?.element {
            Element::Record(fields) => Some(fields),
            Element::Scalar(_) => None,
        }
    }

    /// The scalar that a table's rows are; nothing for a list of records.
    #[must_use]
    pub fn scalars(&self, table: u16) -> Option<&Kind> {
        match &self.tables.get(usize::from(table))?.element {
            Element::Record(_) => None,
            Element::Scalar(kind) => Some(kind),
        }
    }

    /// The key of the field of the document that a path leads to.
    #[must_use]
    pub fn key(&self, path: &SlotPath) -> Option<&str> {
        crate::field_label(self, 0, path.slot).map(|field| field.name.as_str())
    }

    /// Which days a date may be, or each of a list of dates.
    #[must_use]
    pub fn when<'s>(&'s self, kind: &'s Kind) -> Option<&'s When> {
        match kind {
            Kind::List(table) => self.scalars(*table)?.when(),
            scalar => scalar.when(),
        }
    }

    /// What the envelope key `规则集` of a document says.
    #[must_use]
    pub fn envelope(&self) -> String {
        format!("{}@{}", self.pack.0, self.pack.1)
    }
}

/// Slot offsets from the document's row: the headers of the records on the way, then the field.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct SlotPath {
    /// The field's slot.
    pub slot: u32,
}

/// One table: the document, or the elements of one list.
#[derive(Serialize, Deserialize, Clone, Debug, Default)]
pub struct Table {
    /// Slots a row.
    pub width: u32,
    /// What an element is: its fields, or one scalar.
    pub element: Element,
}

/// What the rows of a table are.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub enum Element {
    /// A record's fields.
    Record(Fields),
    /// One scalar in slot 0.
    Scalar(Kind),
}

impl Default for Element {
    fn default() -> Self {
        Self::Record(Fields::default())
    }
}

/// A record's fields and what must not be among them.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Fields {
    /// Name of the record type, for titles in the schema and the form.
    pub name: String,
    /// In order of declaration.
    pub fields: Vec<Field>,
    /// Forbidden keys with the reason.
    pub forbidden: Vec<(String, String)>,
}

impl Fields {
    /// The field of a name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The first field that tells elements apart: each has it, and none has another's.
    #[must_use]
    pub fn key(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.unique && !field.optional)
    }

    /// The forbidden keys.
    #[must_use]
    pub fn forbidden_keys(&self) -> Vec<String> {
        self.forbidden.iter().map(|(key, _)| key.clone()).collect()
    }
}

/// One field.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Field {
    /// Its key.
    pub name: String,
    /// Its label; the key when it has none.
    pub label: String,
    /// Its slot within the row.
    pub slot: u32,
    /// May be absent.
    pub optional: bool,
    /// What it holds.
    pub kind: Kind,
    /// `唯一` among the elements of the nearest list around.
    pub unique: bool,
    /// `敏感`.
    pub sensitive: bool,
    /// `至少 n 项`; 0 for no such list.
    pub min_items: u32,
    /// `可填`: placeholders that count as an answer here.
    pub may_be: Vec<String>,
    /// `说明`, `单位`, `示例`, `来源方`, `留存`, for forms and schemas.
    pub notes: Notes,
}

/// Texts about a field.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Notes {
    /// `说明`
    pub hint: Option<String>,
    /// `单位`
    pub unit: Option<String>,
    /// `示例`
    pub example: Option<String>,
    /// `留存`
    pub keep: Option<String>,
    /// `来源方`
    pub vouched: Option<String>,
    /// Which days a date, or each of a list, may be.
    pub when: Option<String>,
}

impl Shape {
    /// The language of a form: Chinese as soon as a label of the document is.
    #[must_use]
    pub fn lang(&self) -> Lang {
        let fields = self.document().map(|fields| fields.fields.as_slice()).unwrap_or_default();
        let is_chinese = |field: &Field| Lang::of(&field.label) == Lang::Zh;
        if fields.is_empty() || fields.iter().any(is_chinese) { Lang::Zh } else { Lang::En }
    }
}

impl Notes {
    /// What whoever fills it in has to know.
    #[must_use]
    pub fn guidance(&self) -> Option<String> {
        let said: Vec<&str> = [&self.hint, &self.when].into_iter().flatten().map(String::as_str).collect();
        (!said.is_empty()).then(|| said.join(";"))
    }
}

/// Which days a date may be.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// What it says of what it is the day of.
    pub tense: Tense,
    /// `范围`
    pub range: Option<Range>,
}

impl When {
    /// Any day.
    pub const ANY: Self = Self { tense: Tense::Planned, range: None };
}

/// Whether a date says that something has happened.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// `已发生`, and what says nothing at all: not after the day of the check.
    Happened,
    /// `计划`: any day, which is no proof of anything done.
    Planned,
    /// Its range alone says which days.
    Ranged,
}

/// The first and the last day that a date may be.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first.
    pub first: Day,
    /// The last.
    pub last: Day,
    /// Both, as whoever fills in a form reads them.
    pub text: LocalizedText,
}

/// A day that may depend on the day of the check and on parameters.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Where it is counted from.
    pub base: Base,
    /// How much later, one after the other; earlier when negative.
    pub shifts: Vec<(i64, DurationUnit)>,
}

/// Where a [`Day`] is counted from.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// A fixed day.
    On(#[serde(with = "date::days")] Date),
    /// 今天
    Today,
    /// A parameter, by its index.
    Param(usize),
}

/// Bounds of a number, both included.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// Least.
    pub min: Option<Quotient>,
    /// Greatest.
    pub max: Option<Quotient>,
}

impl Bounds {
    /// Whether `mantissa / 10^scale` lies within; a scale is at most 18.
    #[inline]
    #[must_use]
    pub fn hold(&self, mantissa: i64, scale: u8) -> bool {
        if self.min.is_none() && self.max.is_none() {
            return true;
        }
        let value = match scale {
            0 => Quotient::from_integer(i128::from(mantissa)),
            _ => Quotient::new(i128::from(mantissa), 10_i128.pow(u32::from(scale))),
        };
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }
}

/// Options in order.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct OptionSet {
    /// Its name; empty for one written in place.
    pub name: String,
    /// The options.
    pub options: Vec<String>,
}
