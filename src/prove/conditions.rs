//! Conditions and requirements, as terms.

use bulou_ir::Body;
use bulou_ir::expr::{Cond, CondKind, FieldRef, Scalar, ScalarKind};
use bulou_messages::texts;
use bulou_syntax::ast::{CompareOp, Quantifier};

use crate::document::Slot;
use crate::lists::Item;
use crate::term::{Sort, Term, Terms};
use crate::translate::{Told, Translator, Untranslated};
use crate::truth::{Known, Truth, Value};

impl<'r, 'd> Translator<'r, 'd> {
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
    pub(super) fn present(&mut self, scalar: &Scalar) -> Told<Truth> {
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
