//! Compiled conditions as terms, by the rules of `bulou_eval`: what its evaluator does with values, this does with terms.

use std::collections::HashMap;

use bulou_document::Constant;
use bulou_ir::expr::FieldRef;
use bulou_ir::{Body, Effective, RuleSet};
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;
use chrono::Datelike as _;

use crate::document::{Document, Sheet, Slot, headers, names_of};
use crate::lists::Item;
use crate::requirements::Asked;
use crate::term::{Term, Terms};
use crate::truth::{Known, Truth, Value};
use crate::uses::slot_of;

/// Why something has no translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untranslated(pub LocalizedText);

/// An answer, or that it has no translation.
pub type Told<T> = Result<T, Untranslated>;

/// How many elements lists may come to before a translation is given up, two by two.
const MANY: usize = 400;

/// The translation of one version of a pack over a document.
pub struct Translator<'r, 'd> {
    pub rules: &'r RuleSet,
    pub params: &'r [Constant],
    pub document: &'d mut Document,
    pub frames: Vec<Value>,
    pub arguments: Vec<Value>,
    /// How many periods of a frequency are looked at where the day of the check is open.
    pub periods: usize,
    conds: HashMap<usize, Truth>,
    values: HashMap<usize, Value>,
    lists: HashMap<usize, Vec<Item>>,
    paths: HashMap<(u16, u32), Option<String>>,
}

/// What a rule comes to.
#[derive(Clone, Copy, Debug)]
pub struct Statuses {
    pub fail: Term,
    pub undetermined: Term,
    pub pending: Term,
    pub pass: Term,
    pub not_applicable: Term,
}

impl<'r, 'd> Translator<'r, 'd> {
    pub fn new(sheet: Sheet<'r>, rules: &'r RuleSet, document: &'d mut Document, periods: usize) -> Self {
        let mut frames = vec![Value::UNKNOWN; bulou_base::limits::BINDINGS];
        if let Some(whole) = frames.first_mut() {
            *whole = Value::known(Known::Row(0));
        }
        Self {
            rules,
            params: sheet.params,
            document,
            frames,
            arguments: Vec::new(),
            periods,
            conds: HashMap::new(),
            values: HashMap::new(),
            lists: HashMap::new(),
            paths: HashMap::new(),
        }
    }

    pub fn terms(&mut self) -> &mut Terms {
        &mut self.document.terms
    }

    /// What a rule comes to, and each of its requirements.
    pub fn rule(&mut self, index: usize) -> Told<(Statuses, Vec<Asked>)> {
        let Some(rule) = self.rules.rules.get(index) else {
            return Err(Untranslated(texts::translate_no_such_rule().text()));
        };
        let in_force = self.in_force(rule.effective.or(self.rules.effective));
        let applies = rule.applies.as_ref().map_or(Ok(Truth::TRUE), |applies| self.cond(applies))?;
        let (mut least, mut asked) = (Truth::TRUE, Vec::new());
        let surely = self.terms().and(in_force, applies.holds);
        for requirement in &rule.requirements {
            let truth = self.cond(&requirement.cond)?;
            let terms = self.terms();
            least = least.min(truth, terms);
            let fails = truth.fails(terms);
            asked.push(Asked { fails: terms.and(surely, fails), holds: terms.and(surely, truth.holds) });
        }
        let terms = self.terms();
        let not = terms.not(applies.unknown);
        let (open, out) = (terms.not(applies.holds), terms.not(in_force));
        let open = terms.all([in_force, applies.unknown, open]);
        let (fails, unsettled, late) = (terms.not(least.unknown), terms.not(least.pending), terms.not(least.holds));
        let undetermined = terms.all([surely, least.unknown, unsettled]);
        let statuses = Statuses {
            fail: terms.and(surely, fails),
            undetermined: terms.or(open, undetermined),
            pending: terms.all([surely, least.pending, late]),
            pass: terms.and(surely, least.holds),
            not_applicable: terms.or(out, not),
        };
        Ok((statuses, asked))
    }

    fn in_force(&mut self, days: Option<Effective>) -> Term {
        let Some(Effective { from, until }) = days else { return Terms::TRUE };
        let today = self.document.today;
        let terms = self.terms();
        let from = terms.int(from.num_days_from_ce());
        let begun = terms.at_most(from, today);
        let Some(until) = until else { return begun };
        let until = terms.int(until.num_days_from_ce());
        let over = terms.at_most(today, until);
        terms.and(begun, over)
    }

    /// That each constraint holds.
    pub fn constraints(&mut self) -> Told<Vec<Term>> {
        let (rules, mut each) = (self.rules, Vec::new());
        for constraint in &rules.constraints {
            let mut all = Vec::new();
            for row in self.rows_of(constraint.table) {
                let mut there = vec![self.document.rows.get(row).map_or(Terms::FALSE, |row| row.there)];
                for header in &constraint.way {
                    there.push(
                        self.slot(row, constraint.table, header.slot).map_or(Terms::FALSE, |slot| slot.present()),
                    );
                }
                self.bind(constraint.frame, Value::known(Known::Row(row)));
                let truth = self.cond(&constraint.cond)?;
                let there = self.terms().all(there);
                all.push(self.terms().implies(there, truth.holds));
            }
            each.push(self.terms().all(all));
        }
        Ok(each)
    }

    /// The rows of a table that the document may have.
    fn rows_of(&mut self, table: u16) -> Vec<usize> {
        if table == 0 {
            return vec![0];
        }
        let mut found = Vec::new();
        for (index, of) in (0..).zip(&self.rules.shape.tables) {
            let bulou_document::shape::Element::Record(fields) = &of.element else { continue };
            let Some(slot) = slot_of(fields, table) else { continue };
            for row in self.rows_of(index) {
                if let Some(Slot::List { rows, .. }) = self.slot(row, index, slot) {
                    found.extend(rows);
                }
            }
        }
        found
    }

    pub fn bind(&mut self, frame: u8, value: Value) {
        if let Some(place) = self.frames.get_mut(usize::from(frame)) {
            *place = value;
        }
    }

    fn path(&mut self, table: u16, slot: u32) -> Option<String> {
        let shape = &self.rules.shape;
        self.paths.entry((table, slot)).or_insert_with(|| names_of(shape, table, slot)).clone()
    }

    /// What a row of the document has there.
    pub fn slot(&mut self, row: usize, table: u16, slot: u32) -> Option<Slot> {
        let path = self.path(table, slot)?;
        self.document.rows.get(row)?.slots.get(&path).cloned()
    }

    /// A field of a bound row: what is there, and whether every record on the way and it itself is.
    pub fn field(&mut self, field: &FieldRef) -> Told<(Slot, Term)> {
        let missing = || Untranslated(texts::asks_all_schools_documents().text());
        let Some(Known::Row(row)) = self.frames.get(usize::from(field.frame)).map(|value| value.is) else {
            return Err(missing());
        };
        let path = self.path(field.table, field.slot).ok_or_else(missing)?;
        let of = self.document.rows.get(row).ok_or_else(missing)?;
        let slot = of.slots.get(&path).cloned().ok_or_else(missing)?;
        let way = headers(of, &path);
        let present = slot.present();
        Ok((slot, self.terms().all(way.into_iter().chain([present]))))
    }

    /// Runs something as seen from the document, whatever is bound here.
    pub fn unbound<T>(&mut self, run: impl FnOnce(&mut Self) -> Told<T>) -> Told<T> {
        let outside = (self.frames.clone(), self.arguments.clone());
        let answer = run(self);
        (self.frames, self.arguments) = outside;
        answer
    }

    pub(super) fn defined(&mut self, index: usize) -> Told<Truth> {
        if let Some(known) = self.conds.get(&index) {
            return Ok(*known);
        }
        let truth = match self.rules.definitions.get(index) {
            Some(Body::Cond(cond)) => self.unbound(|translator| translator.cond(cond))?,
            Some(Body::Scalar(_)) => {
                let value = self.defined_value(index)?;
                self.truth_of(value)
            }
            _ => Truth::UNKNOWN,
        };
        self.conds.insert(index, truth);
        Ok(truth)
    }

    pub fn defined_value(&mut self, index: usize) -> Told<Value> {
        if let Some(known) = self.values.get(&index) {
            return Ok(*known);
        }
        let value = match self.rules.definitions.get(index) {
            Some(Body::Scalar(scalar)) => self.unbound(|translator| translator.scalar(scalar))?,
            Some(Body::Cond(_)) => {
                let truth = self.defined(index)?;
                self.value_of(truth)
            }
            _ => Value::UNKNOWN,
        };
        self.values.insert(index, value);
        Ok(value)
    }

    pub fn defined_list(&mut self, index: usize) -> Told<Vec<Item>> {
        if let Some(known) = self.lists.get(&index) {
            return Ok(known.clone());
        }
        let Some(Body::List(list)) = self.rules.definitions.get(index) else { return Err(too_long()) };
        let items = self.unbound(|translator| translator.list(list))?;
        self.lists.insert(index, items.clone());
        Ok(items)
    }

    /// A condition as a value: known where it is true or false.
    pub fn value_of(&mut self, truth: Truth) -> Value {
        let terms = self.terms();
        let fails = terms.not(truth.unknown);
        let known = terms.or(truth.holds, fails);
        Value { known, absent: Terms::FALSE, is: Known::Bool(truth.holds) }
    }
}

/// A list with more elements than are worth comparing.
pub fn too_long() -> Untranslated {
    Untranslated(texts::lists_more_than_compared().text())
}

/// Whether so many elements can be compared two by two.
pub fn few(items: &[Item]) -> Told<()> {
    if items.len() <= MANY { Ok(()) } else { Err(too_long()) }
}
