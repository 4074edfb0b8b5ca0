//! What is kept of a school's document: those of its answers that county rules use, as JSON under their own keys, taken
//! from the document as it was decoded.

use std::fmt::Write as _;

use crate::check::answer;
use crate::data::shape::{Element, Field, Fields, Kind, Shape};
use crate::data::{Document, Slot};
use crate::eval::Checker;
use crate::ir::County;
use crate::syntax::ast::DurationUnit;
use crate::value::Row;

const ROOT: Row = Row { table: 0, index: 0 };

/// What is kept of the document that was just checked. An answer that could not be read is kept as one that cannot be
/// read, for what the county's rules make of it is unknown.
pub(super) fn kept(checker: &Checker<'_>, county: &County) -> String {
    let shape = &checker.rules().shape;
    let mut keeper =
        Keeper { shape, county: &county.rules.shape, document: checker.document(), out: String::from("{") };
    if let (Some(fields), Some(wanted)) = (shape.document(), school_fields(county)) {
        keeper.fields(ROOT, fields, wanted);
    }
    for (number, cond) in county.answers.iter().enumerate() {
        // One that is not known is left out.
        if let Some(holds) = checker.holds(cond) {
            keeper.key(&answer(number));
            keeper.out.push_str(if holds { "true" } else { "false" });
        }
    }
    keeper.out + "}"
}

/// What the county's rules know of a school.
fn school_fields(county: &County) -> Option<&Fields> {
    let shape = &county.rules.shape;
    let field = shape.document()?.fields.iter().find(|field| Some(&field.name) == county.schools.as_ref())?;
    let Kind::List(table) = field.kind else { return None };
    shape.records(table)
}

struct Keeper<'d> {
    shape: &'d Shape,
    county: &'d Shape,
    document: &'d Document,
    out: String,
}

impl Keeper<'_> {
    /// Those of a record's fields that are wanted; the document's and the county's have the same names.
    fn fields(&mut self, row: Row, fields: &Fields, wanted: &Fields) {
        for wanted in &wanted.fields {
            let Some(field) = fields.fields.iter().find(|field| field.name == wanted.name) else { continue };
            let slot = self.document.slot(row, field.slot);
            if slot != Slot::Absent {
                self.key(&field.name);
                self.field(row, slot, field, wanted);
            }
        }
    }

    fn field(&mut self, row: Row, slot: Slot, field: &Field, wanted: &Field) {
        match (slot, &field.kind, &wanted.kind) {
            (Slot::Present, Kind::Record(fields), Kind::Record(wanted)) => {
                self.out.push('{');
                self.fields(row, fields, wanted);
                self.out.push('}');
            }
            (Slot::List(first, count), Kind::List(table), Kind::List(wanted)) => {
                self.list(first, count, *table, *wanted)
            }
            (slot, kind, _) => self.scalar(slot, kind),
        }
    }

    fn list(&mut self, first: u32, count: u32, table: u16, wanted: u16) {
        let (shape, county) = (self.shape, self.county);
        self.out.push('[');
        for index in first..first.saturating_add(count) {
            if index > first {
                self.out.push(',');
            }
            let row = Row { table, index };
            match (shape.tables.get(usize::from(table)).map(|table| &table.element), county.records(wanted)) {
                (Some(Element::Record(fields)), Some(wanted)) => {
                    self.out.push('{');
                    self.fields(row, fields, wanted);
                    self.out.push('}');
                }
                (Some(Element::Scalar(kind)), _) => self.scalar(self.document.slot(row, 0), kind),
                _ => self.out.push_str("null"),
            }
        }
        self.out.push(']');
    }

    fn scalar(&mut self, slot: Slot, kind: &Kind) {
        let _ = match (slot, kind) {
            (Slot::Bool(value), _) => write!(self.out, "{value}"),
            (Slot::Integer(value), _) => write!(self.out, "{value}"),
            (Slot::Decimal(mantissa, scale), _) => self.decimal(mantissa, usize::from(scale)),
            (Slot::Date(date), _) => write!(self.out, "\"{date}\""),
            (Slot::Duration(count), Kind::Duration(DurationUnit::Days)) => write!(self.out, "\"{count}日\""),
            (Slot::Duration(count), Kind::Duration(DurationUnit::WorkDays)) => write!(self.out, "\"{count}个工作日\""),
            (Slot::Duration(count), _) => write!(self.out, "\"{count}个月\""),
            (Slot::Text(start, len), _) => {
                self.text(self.document.text_at(start, len));
                Ok(())
            }
            (Slot::Option(index), Kind::Option(set)) => {
                let set = self.shape.option_sets.get(usize::from(*set));
                self.text(set.and_then(|set| set.options.get(usize::from(index))).map_or("", String::as_str));
                Ok(())
            }
            (Slot::Absent, _) => write!(self.out, "null"),
            // No kind of value is written so, wherever it stands.
            (_, Kind::Record(_)) => write!(self.out, "[]"),
            _ => write!(self.out, "{{}}"),
        };
    }

    /// All digits, as they were counted.
    fn decimal(&mut self, mantissa: i64, scale: usize) -> std::fmt::Result {
        let digits = format!("{:0width$}", mantissa.unsigned_abs(), width = scale + 1);
        let (whole, part) = digits.split_at(digits.len() - scale);
        let sign = if mantissa < 0 { "-" } else { "" };
        write!(self.out, "{sign}{whole}{}{part}", if scale == 0 { "" } else { "." })
    }

    fn key(&mut self, key: &str) {
        if !self.out.ends_with(['{', '[']) {
            self.out.push(',');
        }
        self.text(key);
        self.out.push(':');
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(&serde_json::Value::from(text).to_string());
    }
}
