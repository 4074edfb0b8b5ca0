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
        let texts = || fields.iter().enumerate().filter(|(_, field)| is(field, &[BuiltIn::Text]));
        let kinds: Vec<Kind> = rows
            .iter()
            .map(|row| match (says(row, SUM), says(row, MAY_BE)) {
                (true, _) => Kind::Sum,
                (false, true) => Kind::Whole,
                (false, false) => Kind::Element,
            })
            .collect();
        let numbers =
            || fields.iter().enumerate().filter(|(_, field)| is(field, &[BuiltIn::Integer, BuiltIn::Decimal]));
        let name = |row: usize| match texts().next().map(|(at, _)| &rows[row][at]) {
            None | Some(Val::Absent) => Name::None,
            Some(Val::Text(text)) if text.is_ascii() || text == MAY_BE || text == SUM => Name::None,
            Some(Val::Text(text)) => Name::Said(text.to_string()),
            Some(_) => Name::Unknown,
        };
        let judged = |row: usize| match kinds[row] {
            Kind::Sum => Summed::Yes,
            Kind::Element => Summed::No,
            Kind::Whole => numbers()
                .map(|(at, _)| {
                    let said = rows.iter().enumerate().filter_map(|(row, values)| {
                        Some(Said { row, kind: kinds[row], name: name(row), number: number(&values[at])? })
                    });
                    let wholes = kinds.iter().filter(|kind| **kind == Kind::Whole).count();
                    judge(row, &name(row), wholes, &said.collect::<Vec<_>>())
                })
                .max()
                .unwrap_or(Summed::No),
        };
        (0..rows.len()).map(judged).collect()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Element,
    Whole,
    Sum,
}

/// What an element is, if it has a name like any other.
#[derive(PartialEq)]
enum Name {
    None,
    Said(String),
    Unknown,
}

/// What an element says in a column.
struct Said {
    row: usize,
    kind: Kind,
    name: Name,
    number: Option<Number>,
}

/// Whether an element that says it is all there is has a number that others come to.
fn judge(row: usize, name: &Name, wholes: usize, said: &[Said]) -> Summed {
    let Some(own) = said.iter().find(|one| one.row == row) else { return Summed::No };
    let namesakes: Vec<Option<Number>> = said
        .iter()
        .filter(|one| one.kind == Kind::Element && one.name != Name::None)
        .filter(|one| one.name == *name || one.name == Name::Unknown || *name == Name::Unknown)
        .map(|one| one.number.filter(|_| one.name == *name && *name != Name::Unknown))
        .collect();
    let named = agrees(own.number, &namesakes, 1, 1);
    match name {
        Name::Said(_) => named,
        Name::None => of_all(own, wholes, said),
        Name::Unknown => named.max(of_all(own, wholes, said)).min(Summed::Perhaps),
    }
}

/// Whether a number is that of all others, or of some that stand together.
fn of_all(own: &Said, wholes: usize, said: &[Said]) -> Summed {
    let of = |chosen: &dyn Fn(&Said) -> bool| -> Vec<Option<Number>> {
        said.iter().filter(|one| one.row != own.row && chosen(one)).map(|one| one.number).collect()
    };
    let least = if wholes > 1 { 2 } else { 1 };
    let mut found = vec![
        agrees(own.number, &of(&|one| one.kind == Kind::Element), 3, least),
        agrees(own.number, &of(&|one| one.kind != Kind::Sum), 3, least),
        agrees(own.number, &of(&|_| true), 3, least),
        agrees(own.number, &of(&|one| one.kind == Kind::Whole), 1, 2),
    ];
    let elements: Vec<&Said> = said.iter().filter(|one| one.kind == Kind::Element).collect();
    let is_known = own.number.is_some() && elements.iter().all(|one| one.number.is_some());
    let before = elements.iter().filter(|one| one.row < own.row).count();
    let ends = (0..before).map(|from| &elements[from..before]);
    let begins = (before..=elements.len()).map(|to| &elements[before..to]);
    for run in ends.chain(begins).filter(|run| run.len() >= 2) {
        let total = run.iter().map(|one| one.number).sum::<Option<Number>>();
        if is_known && total == own.number && total != Some(Ratio::from_integer(0)) {
            found.push(Summed::Yes);
        }
    }
    if elements.len() >= 2 && !is_known {
        found.push(Summed::Perhaps);
    }
    found.into_iter().max().unwrap_or(Summed::No)
}

/// Whether a number is what others come to, as far as its last digit says, each counted once or up to so many times.
fn agrees(own: Option<Number>, others: &[Option<Number>], levels: i64, least: usize) -> Summed {
    let found = (1..=levels).filter(|level| others.len() >= least.max(2 * *level as usize - 1)).map(|level| {
        let (Some(own), Some(others)) = (own, others.iter().copied().collect::<Option<Vec<_>>>()) else {
            return Summed::Perhaps;
        };
        let apart = own - others.iter().sum::<Number>() / Number::from_integer(level.into());
        let mut digit = Ratio::from_integer(1);
        while !(own / digit).is_integer() && digit > Ratio::new(1, 1_000_000) {
            digit /= Ratio::from_integer(10);
        }
        let is_close = apart < digit && -apart < digit;
        if own != Ratio::from_integer(0) && is_close { Summed::Yes } else { Summed::No }
    });
    found.max().unwrap_or(Summed::No)
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
