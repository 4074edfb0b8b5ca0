//! Whether values are among a list: asked of each school against each school, as a county's rules do, that would take
//! the square of their number. So a list that is asked often is gone through once and remembered.

use std::collections::hash_map::Entry;
use std::rc::Rc;

use super::alike::who;
use super::evaluator::Evaluator;
use super::lists::Flow;
use bulou_base::date::Date;
use bulou_base::hash::HashMap;
use bulou_base::value::{Quotient, Row, Text, Truth, Value};
use bulou_document::placeholder::{People, Who};
use bulou_ir::expr::List;

/// How often a list is asked before it is remembered; a school's own lists are short, and nothing is allocated for them.
const FEW: usize = 64;

/// A list that is asked for its members.
pub(crate) struct Members<'d> {
    list: &'d List,
    asked: usize,
    index: Option<Index<'d>>,
}

/// The values of a list.
#[derive(Default)]
pub(crate) struct Index<'d> {
    /// Each value, and whether it surely belongs to the list.
    sure: HashMap<Key<'d>, bool>,
    /// Those that say who somebody is, and may be another that does.
    persons: People,
    /// How many elements are not known, and may be any value each.
    unknown: usize,
    /// Of a part of the list it is not even known how many elements it has.
    open: bool,
}

/// A known value, to be looked up; equal when the values are.
#[derive(PartialEq, Eq, Hash)]
enum Key<'d> {
    Bool(bool),
    /// Few lists are of numbers, and one is larger than all other values.
    Number(Box<Quotient>),
    Text(Text<'d>),
    Date(Date),
    Duration(i64),
    Option(u16),
    Row(Row),
}

impl<'d> Members<'d> {
    pub fn new(list: &'d List) -> Self {
        Self { list, asked: 0, index: None }
    }

    /// Whether a value is among the list, as [`Evaluator::contains`] answers.
    pub fn contain(&mut self, evaluator: &mut Evaluator<'d>, value: Value<'d>) -> Truth {
        self.asked += 1;
        if self.asked <= FEW || !value.is_known() {
            return evaluator.contains(self.list, value);
        }
        let list = self.list;
        let index = self.index.get_or_insert_with(|| Index::new(evaluator, list));
        match key(value) {
            Some(key) if evaluator.step() => index.find(&key),
            _ => Truth::Unknown,
        }
    }
}

impl<'d> Index<'d> {
    pub fn new(evaluator: &mut Evaluator<'d>, list: &'d List) -> Self {
        let mut index = Self::default();
        let frames = evaluator.frames;
        let _ = evaluator.each(list, &mut |evaluator, item| {
            match key(item.value) {
                Some(key) => {
                    if let Some(person) = person(item.value) {
                        index.persons.add(person);
                    }
                    *index.sure.entry(key).or_default() |= item.sure;
                }
                None => index.unknown += 1,
            }
            index.open |= item.part;
            if evaluator.step() {
                return Flow::Continue(());
            }
            index.open = true;
            Flow::Break(())
        });
        evaluator.frames = frames;
        index
    }

    fn find(&self, key: &Key<'d>) -> Truth {
        match self.sure.get(key) {
            Some(true) => Truth::True,
            None if self.unknown == 0 && !self.open && !self.may_hold(key) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// Whether a value is known, and no element that is known.
    pub fn lacks(&self, value: Value<'d>) -> bool {
        key(value).is_some_and(|key| !self.sure.contains_key(&key) && !self.may_hold(&key))
    }

    /// Whether a text that is not among the values may say the same person as one of them.
    fn may_hold(&self, key: &Key<'d>) -> bool {
        let Key::Text(text) = key else { return false };
        self.persons.may_have(&who(*text))
    }

    /// How many elements are not known; none where that is not known either.
    pub fn unread(&self) -> Option<usize> {
        (!self.open).then_some(self.unknown)
    }
}

/// Known values that were met, each with whether it surely belongs to the list. A few are compared one by one.
#[derive(Default)]
pub(crate) struct Seen<'d> {
    few: Vec<(Value<'d>, bool)>,
    many: HashMap<Key<'d>, bool>,
    persons: People,
}

impl<'d> Seen<'d> {
    /// Adds a value, and answers whether it was met before.
    pub fn add(&mut self, value: Value<'d>, sure: bool) -> Truth {
        self.add_who(value, sure, person(value))
    }

    /// Adds a value of which it is known already who it says.
    pub fn add_who(&mut self, value: Value<'d>, sure: bool, person: Option<Rc<Who>>) -> Truth {
        let met = self.add_value(value, sure);
        let Some(person) = person.filter(|_| met == Truth::False) else { return met };
        let may_be_met = self.persons.may_have(&person);
        self.persons.add(person);
        if may_be_met { Truth::Unknown } else { Truth::False }
    }

    fn add_value(&mut self, value: Value<'d>, sure: bool) -> Truth {
        let few = self.few.len();
        let before = match self.few.iter_mut().find(|(other, _)| *other == value) {
            Some((_, before)) => before,
            None if few < FEW => {
                self.few.push((value, sure));
                return Truth::False;
            }
            None => match key(value).map(|key| self.many.entry(key)) {
                Some(Entry::Occupied(entry)) => entry.into_mut(),
                Some(Entry::Vacant(entry)) => {
                    entry.insert(sure);
                    return Truth::False;
                }
                None => return Truth::Unknown,
            },
        };
        let answer = if *before { Truth::True } else { Truth::Unknown };
        *before |= sure;
        answer
    }
}

/// Who a value says, where it says somebody.
pub(crate) fn person(value: Value<'_>) -> Option<Rc<Who>> {
    match value {
        Value::Text(text) if text.person => Some(who(text)),
        _ => None,
    }
}

fn key(value: Value<'_>) -> Option<Key<'_>> {
    match value {
        Value::Absent | Value::Unknown | Value::Astray(_) => None,
        Value::Bool(value) => Some(Key::Bool(value)),
        Value::Number(value) => Some(Key::Number(Box::new(value))),
        Value::Text(value) => Some(Key::Text(value)),
        Value::Date(value) => Some(Key::Date(value)),
        Value::Duration(length) => Some(Key::Duration(length.count)),
        Value::Option(value) => Some(Key::Option(value)),
        Value::Row(value) => Some(Key::Row(value)),
    }
}
