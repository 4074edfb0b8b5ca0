//! A document that was found, written out as JSON; and a document of which everything is fixed, as terms.

use std::collections::{BTreeMap, HashMap};

use bulou_base::value::{Quotient, Row as Place, Value as Read};
use bulou_document::shape::{Element, Field, Fields, Kind, Shape};
use bulou_document::types::Domain;
use bulou_document::{Document as Decoded, Slot as Cell};
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_syntax::ast::DurationUnit;
use bulou_syntax::built_in::Format;
use chrono::Datelike as _;
use num_rational::Ratio;
use num_traits::ToPrimitive as _;
use serde_json::{Map, Number, Value, json};

use crate::days;
use crate::document::{Document, Slot};
use crate::solver::Constant;
use crate::term::Term;
use crate::truth::Known;

/// The values of a document that was found.
pub type Model = HashMap<Term, Constant>;

impl Document {
    /// All that a document is made of, for a solver to say what it is.
    pub fn variables(&self) -> Vec<Term> {
        let mut all = vec![self.today];
        for row in &self.rows {
            for slot in row.slots.values() {
                all.push(slot.present());
                match slot {
                    Slot::List { len, .. } => all.push(*len),
                    Slot::Record { .. } => {}
                    Slot::Scalar { is, .. } => match is {
                        Known::Bool(term) | Known::Number(term) | Known::Name(term) | Known::Date(term) => {
                            all.push(*term);
                        }
                        Known::Duration(count, weeks) => all.extend([*count, *weeks]),
                        Known::Row(_) | Known::Never => {}
                    },
                }
            }
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The document as a pack sees it.
    pub fn written(&self, shape: &Shape, model: &Model) -> Value {
        self.written_among(shape, &[shape], model)
    }

    /// The same where others see it too: what is the same text for one is so for all.
    pub fn written_among(&self, shape: &Shape, all: &[&Shape], model: &Model) -> Value {
        let mut formats = BTreeMap::new();
        for shape in all {
            let writer = Writer { document: self, shape, model, texts: BTreeMap::new() };
            shape.document().iter().for_each(|fields| writer.formats(fields, 0, "", &mut formats));
        }
        let texts = self.names.invented(&formats, shape.lang());
        let Some(fields) = shape.document() else { return json!({}) };
        Value::Object(Writer { document: self, shape, model, texts }.record(fields, 0, ""))
    }

    /// That the document is one that was decoded; nothing where that is not complete or too long.
    pub fn fixed(&mut self, shape: &Shape, decoded: &Decoded) -> Option<Vec<Term>> {
        let mut fixing = Fixing { document: self, shape, decoded, texts: HashMap::new(), all: Vec::new() };
        let fields = shape.document()?;
        fixing.record(fields, Place { table: 0, index: 0 }, (0, ""))?;
        Some(fixing.all)
    }
}

struct Writer<'w> {
    document: &'w Document,
    shape: &'w Shape,
    model: &'w Model,
    texts: BTreeMap<i128, String>,
}

impl Writer<'_> {
    fn slot(&self, row: usize, path: &str) -> Option<&Slot> {
        let slot = self.document.rows.get(row)?.slots.get(path)?;
        self.holds(slot.present()).then_some(slot)
    }

    fn holds(&self, term: Term) -> bool {
        matches!(self.model.get(&term), Some(Constant::Bool(true)))
    }

    fn number(&self, term: Term) -> Option<Quotient> {
        match self.model.get(&term) {
            Some(Constant::Number(number)) => Some(*number),
            _ => None,
        }
    }

    fn rows<'s>(&self, len: Term, rows: &'s [usize]) -> &'s [usize] {
        let len = self.number(len).and_then(|len| len.to_integer().to_usize()).unwrap_or(0);
        rows.get(..len).unwrap_or(rows)
    }

    /// Which formats the texts have to have that are none of the pack's.
    fn formats(&self, fields: &Fields, row: usize, path: &str, into: &mut BTreeMap<i128, Vec<Format>>) {
        for field in &fields.fields {
            let path = format!("{path}/{}", field.name);
            match (&field.kind, self.slot(row, &path)) {
                (Kind::Record(inner), Some(_)) => self.formats(inner, row, &path, into),
                (Kind::List(table), Some(Slot::List { len, rows, .. })) => {
                    for row in self.rows(*len, rows) {
                        match self.shape.tables.get(usize::from(*table)).map(|table| &table.element) {
                            Some(Element::Record(inner)) => self.formats(inner, *row, "", into),
                            Some(Element::Scalar(kind)) => self.format(kind, self.slot(*row, ""), into),
                            None => {}
                        }
                    }
                }
                (kind, slot) => self.format(kind, slot, into),
            }
        }
    }

    fn format(&self, kind: &Kind, slot: Option<&Slot>, into: &mut BTreeMap<i128, Vec<Format>>) {
        let (Domain::Text(format), Some(Slot::Scalar { is: Known::Name(term), .. })) = (kind.domain(), slot) else {
            return;
        };
        if let Some(code) = self.number(*term).map(|code| code.to_integer()).filter(|code| *code < 0) {
            into.entry(code).or_default().extend(format);
        }
    }

    fn record(&self, fields: &Fields, row: usize, path: &str) -> Map<String, Value> {
        let mut members = Map::new();
        for field in &fields.fields {
            let path = format!("{path}/{}", field.name);
            if let Some(value) = self.slot(row, &path).and_then(|slot| self.value(&field.kind, slot, row, &path)) {
                members.insert(field.name.clone(), value);
            }
        }
        members
    }

    fn value(&self, kind: &Kind, slot: &Slot, row: usize, path: &str) -> Option<Value> {
        match (kind, slot) {
            (Kind::Record(fields), Slot::Record { .. }) => Some(Value::Object(self.record(fields, row, path))),
            (Kind::List(table), Slot::List { len, rows, .. }) => {
                let element = &self.shape.tables.get(usize::from(*table))?.element;
                let of_row = |row: &usize| match element {
                    Element::Record(fields) => Some(Value::Object(self.record(fields, *row, ""))),
                    Element::Scalar(kind) => self.slot(*row, "").and_then(|slot| self.value(kind, slot, *row, "")),
                };
                Some(Value::Array(self.rows(*len, rows).iter().filter_map(of_row).collect()))
            }
            (_, Slot::Scalar { is, .. }) => self.scalar(kind, *is),
            _ => None,
        }
    }

    fn scalar(&self, kind: &Kind, is: Known) -> Option<Value> {
        Some(match is {
            Known::Bool(term) => json!(self.holds(term)),
            Known::Number(term) => Value::Number(written_number(self.number(term)?)?),
            Known::Date(term) => json!(days::day(self.number(term)?.to_integer())?.to_string()),
            Known::Name(term) => {
                let code = self.number(term)?.to_integer();
                json!(self.document.names.name(code).or_else(|| self.texts.get(&code).map(String::as_str))?)
            }
            Known::Duration(count, weeks) => {
                let count = self.number(count)?.to_integer();
                let Domain::Duration(unit) = kind.domain() else { return None };
                let lang = self.shape.lang();
                json!(written_duration(count, self.holds(weeks), unit, lang))
            }
            Known::Row(_) | Known::Never => return None,
        })
    }
}

fn written_duration(count: i128, weeks: bool, unit: DurationUnit, lang: Lang) -> String {
    let (count, word) = match unit {
        DurationUnit::Days if weeks => (count / 7, texts::weeks().get(lang)),
        DurationUnit::Days => (count, texts::days().get(lang)),
        DurationUnit::WorkDays => (count, texts::workdays().get(lang)),
        DurationUnit::Months if count > 9_999_999 => (count / 12, texts::years().get(lang)),
        DurationUnit::Months => (count, texts::months().get(lang)),
    };
    format!("{count}{word}")
}

/// A number with as many digits as a decimal of a document may have.
fn written_number(number: Quotient) -> Option<Number> {
    if number.is_integer() {
        return number.to_integer().to_i64().map(Number::from);
    }
    let scaled = number * Ratio::from_integer(10_000);
    let digits = scaled.is_integer().then(|| scaled.to_integer())?;
    let (sign, digits) = (if digits < 0 { "-" } else { "" }, digits.unsigned_abs());
    let text = format!("{sign}{}.{:04}", digits / 10_000, digits % 10_000);
    serde_json::from_str(text.trim_end_matches('0')).ok()
}

struct Fixing<'f> {
    document: &'f mut Document,
    shape: &'f Shape,
    decoded: &'f Decoded,
    texts: HashMap<String, i128>,
    all: Vec<Term>,
}

impl Fixing<'_> {
    fn record(&mut self, fields: &Fields, place: Place, (row, path): (usize, &str)) -> Option<()> {
        for field in &fields.fields {
            let path = format!("{path}/{}", field.name);
            self.field(field, place, (row, &path))?;
        }
        Some(())
    }

    fn field(&mut self, field: &Field, place: Place, (row, path): (usize, &str)) -> Option<()> {
        let slot = self.document.rows.get(row)?.slots.get(path).cloned()?;
        let cell = self.decoded.slot(place, field.slot);
        let present = cell != Cell::Absent;
        let given = self.document.terms.bool(present);
        let same = self.document.terms.equal(slot.present(), given);
        self.all.push(same);
        match (&field.kind, cell, slot) {
            (_, Cell::Absent, _) => Some(()),
            (Kind::Record(fields), Cell::Present, Slot::Record { .. }) => self.record(fields, place, (row, path)),
            (Kind::List(table), Cell::List(start, count), Slot::List { len, rows, .. }) => {
                let rows = rows.get(..count as usize)?;
                let count = self.document.terms.int(count);
                let same = self.document.terms.equal(len, count);
                self.all.push(same);
                for (index, row) in (start..).zip(rows) {
                    let place = Place { table: *table, index };
                    match &self.shape.tables.get(usize::from(*table))?.element {
                        Element::Record(fields) => self.record(fields, place, (*row, ""))?,
                        Element::Scalar(kind) => {
                            let slot = self.document.rows.get(*row)?.slots.get("").cloned()?;
                            let Slot::Scalar { is, .. } = slot else { return None };
                            self.scalar(kind, self.decoded.slot(place, 0), is)?;
                        }
                    }
                }
                Some(())
            }
            (kind, cell, Slot::Scalar { is, .. }) => self.scalar(kind, cell, is),
            _ => None,
        }
    }

    fn scalar(&mut self, kind: &Kind, cell: Cell, is: Known) -> Option<()> {
        let decoded = self.decoded;
        let terms = &mut self.document.terms;
        let (term, value) = match (decoded.value(&cell), is) {
            (Read::Bool(value), Known::Bool(term)) => (term, terms.bool(value)),
            (Read::Number(number), Known::Number(term)) => (term, terms.number(number)),
            (Read::Date(date), Known::Date(term)) => (term, terms.int(date.num_days_from_ce())),
            (Read::Duration(length), Known::Duration(count, weeks)) => {
                let given = terms.bool(length.weeks);
                let same = terms.equal(weeks, given);
                self.all.push(same);
                (count, terms.int(length.count))
            }
            (Read::Option(index), Known::Name(term)) => {
                let set = kind.option_set()?;
                let option = self.shape.option_sets.get(usize::from(set))?.options.get(usize::from(index))?;
                let code = self.document.names.option(option);
                (term, terms.int(code))
            }
            (Read::Text(text), Known::Name(term)) => {
                let code = self.code(text.normal);
                (term, self.document.terms.int(code))
            }
            _ => return None,
        };
        let same = self.document.terms.equal(term, value);
        self.all.push(same);
        Some(())
    }

    fn code(&mut self, text: &str) -> i128 {
        if let Some(code) = self.document.names.known(text) {
            return code;
        }
        let rest = crate::names::kind_of(text);
        let next = i128::try_from(self.texts.len() + 1).unwrap_or(i128::MAX);
        *self.texts.entry(text.to_owned()).or_insert(rest - next * crate::names::KINDS)
    }
}
