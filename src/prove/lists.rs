//! Lists: every element that may be there, with the condition under which it is.

use bulou_base::value::Length;
use bulou_document::Constant;
use bulou_ir::expr::{Cond, List, ListKind};
use bulou_messages::texts;

use crate::document::Slot;
use crate::term::{Term, Terms};
use crate::translate::{Told, Translator, Untranslated, few};
use crate::truth::{Known, Truth, Value};

/// An element of a list: whether it is met there, and then whether it surely belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    pub there: Term,
    pub sure: Term,
    pub value: Value,
}

impl Item {
    fn sure(value: Value) -> Self {
        Self { there: Terms::TRUE, sure: Terms::TRUE, value }
    }
}

impl Translator<'_, '_> {
    /// All elements that a list may have.
    pub fn list(&mut self, list: &List) -> Told<Vec<Item>> {
        let items = match &list.kind {
            ListKind::Field(field, _, scalar) => {
                let (slot, present) = self.field(field)?;
                let Slot::List { rows, .. } = slot else {
                    return Err(Untranslated(texts::list_one_version_none().text()));
                };
                rows.iter().map(|row| self.element(*row, present, *scalar)).collect()
            }
            ListKind::Filter(inner, frame, cond) => {
                let items = self.list(inner)?;
                items.into_iter().map(|item| self.filtered(item, *frame, cond)).collect::<Told<Vec<_>>>()?
            }
            ListKind::Project(inner, frame, scalar) => {
                let mut items = self.list(inner)?;
                for item in &mut items {
                    self.bind(*frame, item.value);
                    item.value = self.scalar(scalar)?;
                }
                items
            }
            ListKind::Flatten(inner, frame, nested) => {
                let mut all = Vec::new();
                for outer in self.list(inner)? {
                    self.bind(*frame, outer.value);
                    for item in self.list(nested)? {
                        let terms = self.terms();
                        let there = terms.and(outer.there, item.there);
                        all.push(Item { there, sure: terms.and(outer.sure, item.sure), ..item });
                    }
                }
                all
            }
            ListKind::Literal(parts) => {
                parts.iter().map(|part| self.scalar(part).map(Item::sure)).collect::<Told<Vec<_>>>()?
            }
            ListKind::All(_) => {
                let bulou_ir::expr::Show::Option(set) = list.show else {
                    return Err(Untranslated(texts::not_said_which_options().text()));
                };
                self.options(set)
            }
            ListKind::Distinct(inner) => {
                let items = self.list(inner)?;
                self.distinct(&items)?
            }
            ListKind::Hoisted(_, inner) | ListKind::Optimized(inner, _) => self.list(inner)?,
            ListKind::Param(index) => match self.params.get(*index) {
                Some(Constant::List(parts)) => {
                    let of = self.rules.params.get(*index).map(|param| &param.ty);
                    let set = match of {
                        Some(bulou_ir::ParamType::List(inner)) => inner.option_set(),
                        _ => None,
                    };
                    parts.iter().map(|part| self.constant(part, set).map(Item::sure)).collect::<Told<Vec<_>>>()?
                }
                _ => return Err(Untranslated(texts::parameter_no_list().text())),
            },
            ListKind::Definition(index) => self.defined_list(*index)?,
        };
        Ok(items.into_iter().filter(|item| item.there != Terms::FALSE).collect())
    }

    fn element(&mut self, row: usize, list: Term, scalar: bool) -> Item {
        let of = self.document.rows.get(row);
        let there = of.map_or(Terms::FALSE, |row| row.there);
        let value = match of.and_then(|row| row.slots.get("")) {
            Some(Slot::Scalar { is, .. }) if scalar => Value::known(*is),
            _ => Value::known(Known::Row(row)),
        };
        Item { there: self.terms().and(there, list), sure: Terms::TRUE, value }
    }

    fn filtered(&mut self, item: Item, frame: u8, cond: &Cond) -> Told<Item> {
        self.bind(frame, item.value);
        let truth = self.cond(cond)?;
        let terms = self.terms();
        Ok(Item { there: terms.and(item.there, truth.unknown), sure: terms.and(item.sure, truth.holds), ..item })
    }

    fn options(&mut self, set: u16) -> Vec<Item> {
        let options = self.rules.shape.option_sets.get(usize::from(set)).map(|set| set.options.clone());
        let name = |option: &String| {
            let code = self.document.names.option(option);
            Item::sure(Value::known(Known::Name(self.document.terms.int(code))))
        };
        options.unwrap_or_default().iter().map(name).collect()
    }

    /// A constant; `set` is that of an option.
    pub fn constant(&mut self, constant: &Constant, set: Option<u16>) -> Told<Value> {
        Ok(Value::known(match constant {
            Constant::Bool(value) => Known::Bool(self.terms().bool(*value)),
            Constant::Number(value) => Known::Number(self.terms().number(*value)),
            Constant::Text(text) => {
                let code = self.document.names.text(text.text().normal);
                Known::Name(self.terms().int(code))
            }
            Constant::Date(date) => Known::Date(self.terms().int(chrono::Datelike::num_days_from_ce(date))),
            Constant::Duration(Length { count, weeks }) => {
                let (count, weeks) = (self.terms().int(*count), self.terms().bool(*weeks));
                Known::Duration(count, weeks)
            }
            Constant::Option(index) => {
                let options = set.and_then(|set| self.rules.shape.option_sets.get(usize::from(set)));
                let Some(option) = options.and_then(|set| set.options.get(usize::from(*index))) else {
                    return Err(Untranslated(texts::not_said_which_options().text()));
                };
                let code = self.document.names.option(option);
                Known::Name(self.terms().int(code))
            }
            Constant::Counting(_) | Constant::List(_) => return Ok(Value::UNKNOWN),
        }))
    }

    /// Elements without those that stand earlier in the list.
    fn distinct(&mut self, items: &[Item]) -> Told<Vec<Item>> {
        few(items)?;
        let mut kept = Vec::with_capacity(items.len());
        for (number, item) in items.iter().enumerate() {
            let (mut before, mut surely) = (Vec::new(), Vec::new());
            for other in items.iter().take(number) {
                let terms = self.terms();
                let same = item.value.equal(other.value, terms);
                let same = terms.and(other.there, same);
                before.push(same);
                surely.push(terms.and(same, other.sure));
            }
            let others = items.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, other)| other.there);
            let others: Vec<Term> = others.collect();
            let terms = self.terms();
            let (before, surely, others) = (terms.any(before), terms.any(surely), terms.any(others));
            // What is not known may be any other's double, where there is another.
            let perhaps = terms.choose(item.value.known, before, others);
            let (never, unsure) = (terms.not(surely), terms.not(perhaps));
            let there = terms.and(item.there, never);
            kept.push(Item { there, sure: terms.and(item.sure, unsure), ..*item });
        }
        Ok(kept)
    }

    pub fn contains(&mut self, items: &[Item], value: Value) -> Truth {
        let terms = self.terms();
        let mut found = Truth::FALSE;
        for item in items {
            let same = item.value.is.same(value.is, terms);
            let equal = terms.and(item.value.known, same);
            let open = terms.not(item.value.known);
            let holds = terms.all([item.there, equal, item.sure]);
            let perhaps = terms.or(equal, open);
            let unknown = terms.and(item.there, perhaps);
            found = found.max(Truth { unknown, pending: holds, holds }, terms);
        }
        // Whatever it is, it is not among nothing.
        let some = terms.any(items.iter().map(|item| item.there));
        let open = Truth { unknown: some, ..Truth::FALSE };
        Truth::choose(value.known, found, open, terms)
    }

    pub fn covers(&mut self, have: &List, want: &List) -> Told<Truth> {
        let (have, want) = (self.list(have)?, self.list(want)?);
        few(&have)?;
        few(&want)?;
        let mut all = Truth::TRUE;
        for wanted in &want {
            let mut truth = self.contains(&have, wanted.value);
            let terms = self.terms();
            let absent = terms.not(wanted.sure);
            truth.unknown = terms.or(truth.unknown, absent);
            let truth = Truth::choose(wanted.there, truth, Truth::TRUE, terms);
            all = all.min(truth, terms);
        }
        // Too few that cannot be read, for all that is left out: of that the engine knows more.
        let terms = self.terms();
        let unread: Vec<Term> = have
            .iter()
            .map(|item| {
                let open = terms.not(item.value.known);
                terms.and(item.there, open)
            })
            .collect();
        let unread = terms.any(unread);
        let open = terms.not(all.pending);
        let doubt = terms.all([unread, all.unknown, open]);
        Ok(self.doubted(doubt, all))
    }

    /// Whether every element is one that surely belongs.
    fn all_sure(&mut self, items: &[Item]) -> Term {
        let terms = self.terms();
        let sure: Vec<Term> = items.iter().map(|item| terms.implies(item.there, item.sure)).collect();
        terms.all(sure)
    }

    pub fn count(&mut self, items: &[Item]) -> Value {
        let known = self.all_sure(items);
        let count = self.terms().count(items.iter().map(|item| item.there));
        Value { known, absent: Terms::FALSE, is: Known::Number(count) }
    }

    /// The sum, and whether it is known.
    pub fn sum(&mut self, items: &[Item]) -> (Term, Term) {
        let sure = self.all_sure(items);
        let terms = self.terms();
        let (mut sum, mut known) = (terms.int(0), vec![sure]);
        for item in items {
            known.push(terms.implies(item.there, item.value.known));
            let zero = terms.int(0);
            let value = match item.value.is {
                Known::Number(value) => value,
                _ => zero,
            };
            let value = terms.choose(item.there, value, zero);
            sum = terms.add_up(sum, value);
        }
        (terms.all(known), sum)
    }

    pub fn average(&mut self, items: &[Item]) -> Value {
        let (known, sum) = self.sum(items);
        let count = self.terms().count(items.iter().map(|item| item.there));
        self.per(sum, count, items.len(), known)
    }

    /// One number divided by another from 0 to some; by 0 it is absent.
    fn per(&mut self, number: Term, count: Term, most: usize, known: Term) -> Value {
        let terms = self.terms();
        let mut quotient = number;
        for each in 2..=i128::try_from(most).unwrap_or(i128::MAX) {
            let each = terms.int(each);
            let (same, part) = (terms.equal(count, each), terms.divide(number, each));
            quotient = terms.choose(same, part, quotient);
        }
        let zero = terms.int(0);
        let none = terms.equal(count, zero);
        let some = terms.not(none);
        let (known, absent) = (terms.and(known, some), terms.and(known, none));
        Value { known, absent, is: Known::Number(quotient) }
    }

    /// The greatest, or the least.
    pub fn extreme(&mut self, items: &[Item], greatest: bool) -> Told<Value> {
        let sure = self.all_sure(items);
        let (mut best, mut known) = (Value::ABSENT, vec![sure]);
        for item in items {
            let terms = self.terms();
            known.push(terms.implies(item.there, item.value.known));
            let better = match (best.number(), item.value.number()) {
                (Some(best), Some(value)) if greatest => terms.less(best, value),
                (Some(best), Some(value)) => terms.less(value, best),
                _ => Terms::TRUE,
            };
            let first = terms.not(best.known);
            let better = terms.or(first, better);
            let better = terms.and(item.there, better);
            best = Value::choose(better, item.value, best, terms).ok_or_else(mixed)?;
        }
        let terms = self.terms();
        let known = terms.all(known);
        Ok(best.only(known, terms))
    }

    pub fn share(&mut self, items: &[Item], frame: u8, cond: &Cond) -> Told<Value> {
        let sure = self.all_sure(items);
        let (mut hits, mut known) = (Vec::new(), vec![sure]);
        for item in items {
            let truth = self.of_item(item, frame, cond, true)?;
            let terms = self.terms();
            let fails = terms.not(truth.unknown);
            let said = terms.or(truth.holds, fails);
            known.push(terms.implies(item.there, said));
            hits.push(terms.and(item.there, truth.holds));
        }
        let terms = self.terms();
        let (hits, all) = (terms.count(hits), terms.count(items.iter().map(|item| item.there)));
        let known = terms.all(known);
        Ok(self.per(hits, all, items.len(), known))
    }
}

/// Values of two types, which no pack has.
pub fn mixed() -> Untranslated {
    Untranslated(texts::values_two_types_place().text())
}
