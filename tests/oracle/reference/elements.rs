//! Elements of which nobody can say whether they are one more: they say what another says, or may.

use bulou_syntax::ast::{Field, TypeExpr};
use serde_json::Value;

use super::reading::{List, Record, Val};
use super::sums::Summed;
use super::world::World;

/// What the fields of an element are, and whether something of them is not known.
struct Element<'a> {
    values: Vec<Val<'a>>,
    /// What of them is known, in the order of the declaration: 0 blank, 1 unreadable, 2 read.
    known: Vec<u8>,
    open: bool,
}

impl<'a> World<'a> {
    /// Which elements may be none.
    pub fn may_be_none(&self, ty: &'a TypeExpr, items: &'a [Value]) -> Vec<bool> {
        let sums: Vec<bool> = self.may_be_sums(ty, items).into_iter().map(|sum| sum != Summed::No).collect();
        let Some(elements) = self.elements(ty, items) else { return sums };
        let may_be = |(at, one): (usize, &Element<'a>)| {
            // Of two of which something is not known, the one that says less, or the later one, may be the other.
            let is_first = |other: usize, element: &Element<'a>| match (element.open, one.open) {
                (false, false) => other < at,
                (false, true) => true,
                (true, false) => false,
                (true, true) => (&one.known, other) < (&element.known, at),
            };
            let mut others = elements.iter().enumerate().filter(|(other, _)| *other != at);
            others.any(|(other, element)| is_first(other, element) && self.may_be_same(&element.values, &one.values))
        };
        elements.iter().enumerate().map(may_be).zip(sums).map(|(another, sum)| another || sum).collect()
    }

    /// Whether an element of which all is known says what an earlier one says.
    pub fn repeat(&self, ty: &'a TypeExpr, items: &'a [Value]) -> bool {
        let elements = self.elements(ty, items).unwrap_or_default();
        let known: Vec<_> = elements.iter().filter(|element| !element.open).collect();
        let repeats = |(at, one): (usize, &&Element<'a>)| {
            known[..at].iter().any(|other| self.may_be_same(&other.values, &one.values))
        };
        known.iter().enumerate().any(repeats)
    }

    fn elements(&self, ty: &'a TypeExpr, items: &'a [Value]) -> Option<Vec<Element<'a>>> {
        let fields = self.record_of(ty).filter(|_| items.len() > 1)?;
        let read = |item| {
            let values = self.values(fields, item);
            let mut known = Vec::new();
            values.iter().for_each(|value| self.knowledge(value, &mut known));
            Element { values, open: known.iter().any(|one| *one < 2), known }
        };
        Some(items.iter().map(read).collect())
    }

    pub fn values(&self, fields: &'a [Field], item: &'a Value) -> Vec<Val<'a>> {
        let members = item.as_object();
        let hollow = members.is_some_and(|members| self.is_empty(fields, members));
        let record = Record { fields, members, missing: false, hollow };
        fields.iter().map(|field| self.field(&record, &field.name.text).expect("a field")).collect()
    }

    fn knowledge(&self, value: &Val<'a>, known: &mut Vec<u8>) {
        match value {
            Val::Missing => known.push(0),
            Val::Unknown | Val::Astray(_) => known.push(1),
            Val::List(list) if list.open => known.push(u8::from(!list.missing)),
            Val::List(list) => {
                known.push(2);
                for item in &list.items {
                    if !item.sure {
                        known.push(1);
                    }
                    match &item.value {
                        // An element is there, whatever it says.
                        Val::Record(record) => self.of(record).iter().for_each(|value| self.knowledge(value, known)),
                        value => self.knowledge(value, known),
                    }
                }
            }
            Val::Record(record) if record.members.is_none() => known.push(u8::from(!record.missing)),
            Val::Record(record) => {
                known.push(2);
                self.of(record).iter().for_each(|value| self.knowledge(value, known));
            }
            _ => known.push(2),
        }
    }

    /// What the fields of a record are.
    fn of(&self, record: &Record<'a>) -> Vec<Val<'a>> {
        record.fields.iter().map(|field| self.field(record, &field.name.text).expect("a field")).collect()
    }

    fn may_be_same(&self, one: &[Val<'a>], other: &[Val<'a>]) -> bool {
        one.iter().zip(other).all(|(one, other)| self.may_be_same_value(one, other))
    }

    fn may_be_same_value(&self, one: &Val<'a>, other: &Val<'a>) -> bool {
        let is_nothing = |list: &List<'a>| list.optional && !list.open && list.items.is_empty();
        match (one, other) {
            (Val::Unknown | Val::Missing | Val::Astray(_), _) | (_, Val::Unknown | Val::Missing | Val::Astray(_)) => {
                true
            }
            (Val::List(list), Val::Absent) | (Val::Absent, Val::List(list)) => list.open || is_nothing(list),
            (Val::List(one), Val::List(other)) => {
                let mut both = one.items.iter().zip(&other.items);
                let same = |(one, other): (&super::reading::Item<'a>, &super::reading::Item<'a>)| {
                    self.may_be_same_value(&one.value, &other.value)
                };
                let is_open = |list: &List<'a>| list.open || list.items.iter().any(|item| !item.sure);
                is_open(one) || is_open(other) || one.items.len() == other.items.len() && both.all(same)
            }
            (Val::Record(one), Val::Record(other)) => self.may_be_same(&self.of(one), &self.of(other)),
            (Val::Record(record), _) | (_, Val::Record(record)) => record.members.is_none(),
            _ => plain(one.clone()) == plain(other.clone()),
        }
    }
}

/// Two dates are the same whether or not they may be there.
pub fn plain(value: Val<'_>) -> Val<'_> {
    match value {
        Val::Astray(date) => Val::Date(date),
        Val::Duration(days, unit, _) => Val::Duration(days, unit, false),
        other => other,
    }
}
