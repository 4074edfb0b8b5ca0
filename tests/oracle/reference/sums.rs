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
        let name = |row: usize| texts().next().map(|(at, _)| &rows[row][at]);
        let judged = |row: usize| match kinds[row] {
            Kind::Sum => Summed::Yes,
            Kind::Element => Summed::No,
            Kind::Whole => {
                let is_named = !matches!(name(row), Some(Val::Text(text)) if text == MAY_BE);
                let same_name = |other: usize| is_named.then(|| same(name(row)?, name(other)?)).flatten();
                numbers()
                    .map(|(at, _)| {
                        let said = rows.iter().enumerate().filter_map(|(other, row)| {
                            Some(Said {
                                row: other,
                                kind: kinds[other],
                                name: same_name(other),
                                number: number(&row[at])?,
                            })
                        });
                        judge(row, is_named, &said.collect::<Vec<_>>())
                    })
                    .max()
                    .unwrap_or(Summed::No)
            }
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

/// What an element says in a column.
struct Said {
    row: usize,
    kind: Kind,
    /// Whether it has the name of the one that is judged: so, or perhaps.
    name: Option<Summed>,
    number: Option<Number>,
}

/// Whether an element that says it is all there is has a number that others come to.
fn judge(row: usize, is_named: bool, said: &[Said]) -> Summed {
    let Some(own) = said.iter().find(|one| one.row == row) else { return Summed::No };
    let of = |chosen: &dyn Fn(&Said) -> bool| -> Vec<Option<Number>> {
        said.iter().filter(|one| one.row != row && chosen(one)).map(|one| one.number).collect()
    };
    let (levels, least) = if is_named { (1, 2) } else { (3, 1) };
    let mut found = vec![
        agrees(own.number, &of(&|one| one.kind == Kind::Element), levels, least),
        agrees(own.number, &of(&|one| one.kind != Kind::Sum), levels, least),
        agrees(own.number, &of(&|_| true), levels, least),
        agrees(own.number, &of(&|one| one.kind == Kind::Whole), 1, 2),
    ];
    let namesakes = said.iter().filter(|one| one.kind == Kind::Element && one.name.is_some());
    let namesakes = namesakes.map(|one| one.number.filter(|_| one.name == Some(Summed::Yes)));
    found.push(agrees(own.number, &namesakes.collect::<Vec<_>>(), 1, 1));
    if !is_named {
        let elements: Vec<&Said> = said.iter().filter(|one| one.kind == Kind::Element).collect();
        let before = elements.iter().filter(|one| one.row < row).count();
        let ends = (0..before).map(|from| &elements[from..before]);
        let begins = (before..=elements.len()).map(|to| &elements[before..to]);
        for run in ends.chain(begins).filter(|run| run.len() >= 2) {
            let total = run.iter().map(|one| one.number).sum::<Option<Number>>();
            let is_known = elements.iter().all(|one| one.number.is_some());
            if is_known && total == own.number && total != Some(Ratio::from_integer(0)) {
                found.push(Summed::Yes);
            }
        }
        if elements.len() >= 2 && (own.number.is_none() || elements.iter().any(|one| one.number.is_none())) {
            found.push(Summed::Perhaps);
        }
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
        while !(own / digit).is_integer() {
            digit /= Ratio::from_integer(10);
        }
        let is_close = apart * Ratio::from_integer(2) <= digit && -apart * Ratio::from_integer(2) <= digit;
        if own != Ratio::from_integer(0) && is_close { Summed::Yes } else { Summed::No }
    });
    found.max().unwrap_or(Summed::No)
}

/// Whether two names are the same, or may be.
fn same(a: &Val<'_>, b: &Val<'_>) -> Option<Summed> {
    match (a, b) {
        (Val::Absent, _) | (_, Val::Absent) => None,
        (Val::Text(a), Val::Text(b)) => (a == b).then_some(Summed::Yes),
        _ => Some(Summed::Perhaps),
    }
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
