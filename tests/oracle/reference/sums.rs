//! Elements that are called as sums are, or say what all others come to and may be called so.

use bulou_syntax::ast::{Field, TypeExpr, TypeKind};
use bulou_syntax::built_in::BuiltIn;
use num_rational::Ratio;
use serde_json::Value;

use super::reading::{Number, Val};
use super::texts::normal;
use super::world::World;

/// What is generated and called as a sum is, and as one may be.
const SUM: &str = "合计";
const MAY_BE: &str = "全校";

impl<'a> World<'a> {
    /// Which elements may be sums of the others.
    pub fn may_be_sums(&self, ty: &'a TypeExpr, items: &'a [Value]) -> Vec<bool> {
        let Some(fields) = self.record_of(ty) else {
            let is_text = matches!(ty.kind, TypeKind::BuiltIn(BuiltIn::Text));
            return items.iter().map(|item| is_text && item.as_str().map(normal).as_deref() == Some(SUM)).collect();
        };
        let rows: Vec<Vec<Val<'a>>> = items.iter().map(|item| self.values(fields, item)).collect();
        let texts = |row: &[Val<'a>]| -> Vec<String> {
            let of = |(field, value): (&Field, &Val<'a>)| match value {
                Val::Text(text) if is(field, &[BuiltIn::Text]) => Some(text.clone()),
                _ => None,
            };
            fields.iter().zip(row).filter_map(of).collect()
        };
        let is_sum: Vec<bool> = rows.iter().map(|row| texts(row).iter().any(|text| text == SUM)).collect();
        let others: Vec<&Vec<Val<'a>>> =
            rows.iter().zip(&is_sum).filter(|(_, sum)| !**sum).map(|(row, _)| row).collect();
        let comes_to_others = |row: &[Val<'a>]| {
            let numbers =
                fields.iter().enumerate().filter(|(_, field)| is(field, &[BuiltIn::Integer, BuiltIn::Decimal]));
            numbers.into_iter().any(|(at, _)| {
                let Val::Number(own) = row[at] else { return false };
                let column: Option<Vec<Option<Number>>> = others.iter().map(|other| number(&other[at])).collect();
                let Some(column) = column else { return false };
                let said: Vec<Number> = column.into_iter().flatten().collect();
                let total: Number = said.iter().sum();
                said.len() > 2 && own != Ratio::from_integer(0) && total - own == own
            })
        };
        let may_be = |row: &Vec<Val<'a>>| texts(row).first().is_some_and(|name| name == MAY_BE) && comes_to_others(row);
        rows.iter().zip(&is_sum).map(|(row, is_sum)| *is_sum || may_be(row)).collect()
    }
}

fn is(field: &Field, types: &[BuiltIn]) -> bool {
    matches!(&field.ty.kind, TypeKind::BuiltIn(built_in) if types.contains(built_in))
}

/// A number if one is there; nothing if that is not known.
fn number(value: &Val<'_>) -> Option<Option<Number>> {
    match value {
        Val::Number(number) => Some(Some(*number)),
        Val::Absent => Some(None),
        _ => None,
    }
}
