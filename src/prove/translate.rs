//! Compiled conditions as terms, by the rules of `bulou_eval`: what its evaluator does with values, this does with terms.

use std::collections::HashMap;

use bulou_document::Constant;
use bulou_ir::expr::{Cond, CondKind, FieldRef, Scalar, ScalarKind};
use bulou_ir::{Body, Effective, RuleSet};
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;
use bulou_syntax::ast::{CompareOp, Quantifier};
use chrono::Datelike as _;

use crate::document::{Document, Sheet, Slot, headers, names_of};
use crate::lists::Item;
use crate::term::{Sort, Term, Terms};
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

    /// What a rule comes to.
    pub fn rule(&mut self, index: usize) -> Told<Statuses> {
        let Some(rule) = self.rules.rules.get(index) else {
            return Err(Untranslated(texts::translate_no_such_rule().text()));
        };
        let in_force = self.in_force(rule.effective.or(self.rules.effective));
        let applies = rule.applies.as_ref().map_or(Ok(Truth::TRUE), |applies| self.cond(applies))?;
        let mut least = Truth::TRUE;
        for requirement in &rule.requirements {
            let truth = self.cond(&requirement.cond)?;
            least = least.min(truth, self.terms());
        }
        let terms = self.terms();
        let (surely, not) = (terms.and(in_force, applies.holds), terms.not(applies.unknown));
        let (open, out) = (terms.not(applies.holds), terms.not(in_force));
        let open = terms.all([in_force, applies.unknown, open]);
        let (fails, unsettled, late) = (terms.not(least.unknown), terms.not(least.pending), terms.not(least.holds));
        let undetermined = terms.all([surely, least.unknown, unsettled]);
        Ok(Statuses {
            fail: terms.and(surely, fails),
            undetermined: terms.or(open, undetermined),
            pending: terms.all([surely, least.pending, late]),
            pass: terms.and(surely, least.holds),
            not_applicable: terms.or(out, not),
        })
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

    /// What a condition or requirement says.
    pub fn cond(&mut self, cond: &Cond) -> Told<Truth> {
        Ok(match &cond.kind {
            CondKind::Const(value) => Truth::of(self.terms().bool(*value)),
            CondKind::Value(scalar) => {
                let value = self.scalar(scalar)?;
                self.truth_of(value)
            }
            CondKind::HasField(field, _) => self.has_field(field)?,
            CondKind::HasValue(scalar) => self.has_value(scalar)?,
            CondKind::Not(inner) => {
                let truth = self.cond(inner)?;
                truth.not(self.terms())
            }
            CondKind::And(parts) => self.fold(parts, Truth::TRUE, Truth::min)?,
            CondKind::Or(parts) => self.fold(parts, Truth::FALSE, Truth::max)?,
            CondKind::If(test, yes, no) => self.branch(test, yes, no.as_deref())?,
            CondKind::Quantifier(quantifier, list, frame, body) => {
                let items = self.list(list)?;
                self.quantify(*quantifier, &items, *frame, body)?
            }
            CondKind::Covers(have, want) => self.covers(have, want)?,
            CondKind::Deadline(deadline) => self.deadline(deadline)?,
            CondKind::By(by) => self.by(by)?,
            CondKind::Frequency(frequency) => self.frequency(frequency)?,
            CondKind::Compare(op, left, right) => {
                let (one, other) = (self.scalar(left)?, self.scalar(right)?);
                self.compared(*op, (left, one), (right, other))?
            }
            CondKind::In(item, list) => {
                let item = self.scalar(item)?;
                let items = self.list(list)?;
                self.contains(&items, item)
            }
            CondKind::Between(value, low, high) => {
                let (of, least, most) = (self.scalar(value)?, self.scalar(low)?, self.scalar(high)?);
                let above = self.compared(CompareOp::Ge, (value, of), (low, least))?;
                let below = self.compared(CompareOp::Le, (value, of), (high, most))?;
                above.min(below, self.terms())
            }
            CondKind::TextContains(text, part) => self.text_contains(text, part)?,
            CondKind::Definition(index) => self.defined(*index)?,
        })
    }

    fn fold(&mut self, parts: &[Cond], from: Truth, join: fn(Truth, Truth, &mut Terms) -> Truth) -> Told<Truth> {
        let mut all = from;
        for part in parts {
            let truth = self.cond(part)?;
            all = join(all, truth, self.terms());
        }
        Ok(all)
    }

    fn branch(&mut self, test: &Cond, yes: &Cond, no: Option<&Cond>) -> Told<Truth> {
        let (test, yes) = (self.cond(test)?, self.cond(yes)?);
        let no = no.map(|no| self.cond(no)).transpose()?;
        let terms = self.terms();
        let open = match no {
            None => Truth::UNKNOWN.max(yes, terms),
            Some(no) => {
                let same = yes.same(no, terms);
                Truth::choose(same, yes, Truth::UNKNOWN, terms)
            }
        };
        let fails = test.fails(terms);
        let other = Truth::choose(fails, no.unwrap_or(Truth::TRUE), open, terms);
        Ok(Truth::choose(test.holds, yes, other, terms))
    }

    pub fn truth_of(&mut self, value: Value) -> Truth {
        let Known::Bool(is) = value.is else { return Truth::UNKNOWN };
        let terms = self.terms();
        let holds = terms.and(value.known, is);
        let not = terms.not(value.known);
        Truth { unknown: terms.or(not, holds), pending: holds, holds }
    }

    fn has_field(&mut self, field: &FieldRef) -> Told<Truth> {
        // In a complete document nothing is missing that has to be there.
        let (slot, there) = self.field(field)?;
        let Slot::List { len, .. } = slot else { return Ok(Truth::of(there)) };
        let terms = self.terms();
        let zero = terms.int(0);
        let some = terms.less(zero, len);
        Ok(Truth::of(if field.optional { terms.and(there, some) } else { there }))
    }

    fn has_value(&mut self, scalar: &Scalar) -> Told<Truth> {
        let value = self.scalar(scalar)?;
        let unknown = value.unknown(self.terms());
        let open = if unknown == Terms::FALSE { Truth::UNKNOWN } else { self.present(scalar)? };
        let there = Truth::of(value.known);
        Ok(Truth::choose(unknown, open, there, self.terms()))
    }

    /// Whether a value that is not known is there at all.
    fn present(&mut self, scalar: &Scalar) -> Told<Truth> {
        match &scalar.kind {
            ScalarKind::Aggregate(_, list, _) => {
                let items = self.list(list)?;
                let terms = self.terms();
                let sure: Vec<Term> = items.iter().map(|item| terms.and(item.there, item.sure)).collect();
                let (holds, unknown) = (terms.any(sure), terms.any(items.iter().map(|item| item.there)));
                Ok(Truth { unknown, pending: holds, holds })
            }
            ScalarKind::Hoisted(_, inner) => self.present(inner),
            ScalarKind::Definition(index) => match self.rules.definitions.get(*index) {
                Some(Body::Scalar(body)) => self.unbound(|translator| translator.present(body)),
                _ => Ok(Truth::UNKNOWN),
            },
            _ => Ok(Truth::UNKNOWN),
        }
    }

    /// Runs something as seen from the document, whatever is bound here.
    pub fn unbound<T>(&mut self, run: impl FnOnce(&mut Self) -> Told<T>) -> Told<T> {
        let outside = (self.frames.clone(), self.arguments.clone());
        let answer = run(self);
        (self.frames, self.arguments) = outside;
        answer
    }

    fn defined(&mut self, index: usize) -> Told<Truth> {
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

    fn quantify(&mut self, quantifier: Quantifier, items: &[Item], frame: u8, body: &Cond) -> Told<Truth> {
        let every = quantifier == Quantifier::Every;
        let neutral = Truth::of(self.terms().bool(every));
        let mut all = neutral;
        for item in items {
            let truth = self.of_item(item, frame, body, every)?;
            let terms = self.terms();
            let truth = Truth::choose(item.there, truth, neutral, terms);
            all = if every { all.min(truth, terms) } else { all.max(truth, terms) };
        }
        Ok(if quantifier == Quantifier::None { all.not(self.terms()) } else { all })
    }

    /// What one element adds to a quantifier: an element that may not belong decides nothing against it.
    pub fn of_item(&mut self, item: &Item, frame: u8, body: &Cond, every: bool) -> Told<Truth> {
        self.bind(frame, item.value);
        let truth = self.cond(body)?;
        let terms = self.terms();
        let same = if every { truth.holds } else { terms.not(truth.unknown) };
        let counts = terms.or(item.sure, same);
        Ok(Truth::choose(counts, truth, Truth::UNKNOWN, terms))
    }

    fn compared(&mut self, op: CompareOp, left: (&Scalar, Value), right: (&Scalar, Value)) -> Told<Truth> {
        let (one, other) = (left.1, right.1);
        let holds = one
            .is
            .compare(op, other.is, self.terms())
            .ok_or_else(|| Untranslated(texts::asks_which_two_first().text()))?;
        let terms = self.terms();
        let (known, unknown) = (terms.and(one.known, other.known), [one.unknown(terms), other.unknown(terms)]);
        let holds = terms.and(known, holds);
        let not = terms.not(known);
        let truth = Truth { unknown: terms.or(not, holds), pending: holds, holds };
        // Of what is not known, and of what it can be at most and at least, the engine knows more than is said here.
        let soft = [(left.0, unknown.first()), (right.0, unknown.last())];
        let mut doubts = Vec::new();
        for (scalar, unknown) in soft {
            let unknown = unknown.copied().unwrap_or(Terms::FALSE);
            if unknown != Terms::FALSE && !self.is_unbounded(scalar) {
                doubts.push(unknown);
            }
        }
        let doubt = self.terms().any(doubts);
        Ok(self.doubted(doubt, truth))
    }

    /// Where there is a doubt, any answer; it is looked for without doubts first.
    pub fn doubted(&mut self, doubt: Term, truth: Truth) -> Truth {
        if doubt == Terms::FALSE {
            return truth;
        }
        let terms = &mut self.document.terms;
        let (one, other) = (terms.variable(Sort::Bool), terms.variable(Sort::Bool));
        let holds = terms.and(one, other);
        let any = Truth { unknown: one, pending: holds, holds };
        let none = terms.not(doubt);
        self.document.doubts.push(none);
        Truth::choose(doubt, any, truth, self.terms())
    }

    /// Whether nothing is known of a value that is unknown: neither the least nor the greatest that it can be.
    fn is_unbounded(&self, scalar: &Scalar) -> bool {
        match &scalar.kind {
            ScalarKind::Arith(_, left, right)
            | ScalarKind::DurationArith(_, left, right)
            | ScalarKind::DaysBetween(left, right)
            | ScalarKind::Shift(left, right, ..) => self.is_plain(left) && self.is_plain(right),
            ScalarKind::Neg(inner) | ScalarKind::Hoisted(_, inner) => self.is_unbounded(inner),
            ScalarKind::Definition(index) => match self.rules.definitions.get(*index) {
                Some(Body::Scalar(body)) => self.is_unbounded(body),
                _ => true,
            },
            ScalarKind::Cond(_) => true,
            _ => false,
        }
    }

    /// Whether a value of a complete document is always known, or nothing is known of it.
    fn is_plain(&self, scalar: &Scalar) -> bool {
        match &scalar.kind {
            ScalarKind::Const(_) | ScalarKind::Param(_) | ScalarKind::Field(_) | ScalarKind::Today => true,
            _ => self.is_unbounded(scalar),
        }
    }

    fn text_contains(&mut self, text: &Scalar, part: &Scalar) -> Told<Truth> {
        let (text, part) = (self.scalar(text)?, self.scalar(part)?);
        let name = |translator: &Self, value: Value| match value.is {
            Known::Name(term) if value.known == Terms::TRUE => {
                let code = translator.document.terms.as_int(term)?;
                translator.document.names.name(code).map(str::to_owned)
            }
            _ => None,
        };
        match (name(self, text), name(self, part)) {
            (Some(text), Some(part)) => Ok(Truth::of(self.terms().bool(text.contains(&part)))),
            _ => Err(Untranslated(texts::asks_what_text_contains().text())),
        }
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
