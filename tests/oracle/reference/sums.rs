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

/// What an element has to do with sums.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Summed {
    No,
    /// It would be one if what is not known of the others were so.
    Perhaps,
    Yes,
}

impl<'a> World<'a> {
    /// Which elements may be sums of the others.
    pub fn may_be_sums(&self, ty: &'a TypeExpr, items: &'a [Value]) -> Vec<Summed> {
        let Some(fields) = self.record_of(ty) else {
            let is_text = matches!(ty.kind, TypeKind::BuiltIn(BuiltIn::Text));
            let is_sum = |item: &Value| is_text && item.as_str().map(normal).as_deref() == Some(SUM);
            return items.iter().map(|item| if is_sum(item) { Summed::Yes } else { Summed::No }).collect();
        };
        let rows: Vec<Vec<Val<'a>>> = items.iter().map(|item| self.values(fields, item)).collect();
        let says = |row: &[Val<'a>], what: &str| {
            fields
                .iter()
                .zip(row)
                .any(|(field, value)| is(field, &[BuiltIn::Text]) && matches!(value, Val::Text(text) if text == what))
        };
        let kinds: Vec<(bool, bool)> = rows.iter().map(|row| (says(row, SUM), says(row, MAY_BE))).collect();
        let numbers =
            || fields.iter().enumerate().filter(|(_, field)| is(field, &[BuiltIn::Integer, BuiltIn::Decimal]));
        let of = |at: usize, chosen: &dyn Fn(usize) -> bool| -> Vec<Option<Number>> {
            let chosen = rows.iter().enumerate().filter(|(row, _)| chosen(*row));
            chosen.filter_map(|(_, row)| number(&row[at])).collect()
        };
        let whole = |row: usize| !kinds[row].0 && kinds[row].1;
        let judged = |row: usize| match kinds[row] {
            (true, _) => Summed::Yes,
            (false, false) => Summed::No,
            (false, true) => numbers()
                .flat_map(|(at, _)| {
                    let own = number(&rows[row][at]);
                    let elements = of(at, &|other| !kinds[other].0 && !kinds[other].1);
                    let wholes = of(at, &|other| whole(other) && other != row);
                    let all = [elements.clone(), wholes.clone()].concat();
                    [(elements, 1), (all, 1), (wholes, 2)].map(|(others, least)| agrees(own, &others, least))
                })
                .max()
                .unwrap_or(Summed::No),
        };
        (0..rows.len()).map(judged).collect()
    }
}

/// Whether a number is what others come to, as far as its last digit says.
fn agrees(own: Option<Option<Number>>, others: &[Option<Number>], least: usize) -> Summed {
    let Some(own) = own.filter(|_| others.len() >= least) else { return Summed::No };
    let (Some(own), Some(others)) = (own, others.iter().copied().collect::<Option<Vec<_>>>()) else {
        return Summed::Perhaps;
    };
    let apart = own - others.iter().sum::<Number>();
    let mut digit = Ratio::from_integer(1);
    while !(own / digit).is_integer() {
        digit /= Ratio::from_integer(10);
    }
    let is_close = apart * Ratio::from_integer(2) <= digit && -apart * Ratio::from_integer(2) <= digit;
    if own != Ratio::from_integer(0) && is_close { Summed::Yes } else { Summed::No }
}

fn is(field: &Field, types: &[BuiltIn]) -> bool {
    matches!(&field.ty.kind, TypeKind::BuiltIn(built_in) if types.contains(built_in))
}

/// A number that is said, if it is known; nothing where none needs to be.
fn number(value: &Val<'_>) -> Option<Option<Number>> {
    match value {
        Val::Number(number) => Some(Some(*number)),
        Val::Absent => None,
        _ => Some(None),
    }
}
