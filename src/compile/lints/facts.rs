//! What is known of values where a condition stands: what ranges say, what was asked before it, what a filter let through.
//! Only what is certain is kept, so that a contradiction is one.

use std::collections::BTreeMap;

use num_rational::Ratio;
use num_traits::{CheckedAdd as _, CheckedSub as _};

use crate::atoms::{Atom, Side};
use crate::contradictions::number;
use bulou_base::value::Quotient;
use bulou_document::Constant;
use bulou_syntax::ast::CompareOp;

/// What is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    values: BTreeMap<String, Known>,
    /// Of two values: whether the first may be less, equal, greater.
    orders: BTreeMap<(String, String), [bool; 3]>,
    said: BTreeMap<String, bool>,
}

/// An end, and whether it is itself left out.
type End = Option<(Quotient, bool)>;

/// What a value may be.
#[derive(Clone, Debug)]
struct Known {
    low: End,
    high: End,
    whole: bool,
    among: Option<Vec<Constant>>,
    not: Vec<Constant>,
}

impl Known {
    fn of(side: &Side) -> Self {
        let end = |value: Option<Quotient>| value.map(|value| (value, false));
        let among = side.constant.clone().map(|constant| vec![constant]).or_else(|| side.among.clone());
        let low = side.constant.as_ref().map_or(side.extent.0, number);
        let high = side.constant.as_ref().map_or(side.extent.1, number);
        Self { low: end(low), high: end(high), whole: side.whole, among, not: Vec::new() }
    }

    /// Takes in that it is so to another value.
    fn narrow(&mut self, op: CompareOp, other: &Self) {
        let strict = |end: End| end.map(|(value, _)| (value, true));
        match op {
            CompareOp::Ge => self.at_least(other.low),
            CompareOp::Gt => self.at_least(strict(other.low)),
            CompareOp::Le => self.at_most(other.high),
            CompareOp::Lt => self.at_most(strict(other.high)),
            CompareOp::Eq => {
                self.at_least(other.low);
                self.at_most(other.high);
                if let Some(parts) = &other.among {
                    self.one_of(parts);
                }
            }
            CompareOp::Ne => self.not.extend(other.only()),
        }
    }

    fn at_least(&mut self, end: End) {
        if let Some((value, open)) = end
            && self.low.is_none_or(|(low, shut)| low < value || low == value && !shut)
        {
            self.low = Some((value, open || self.low == Some((value, true))));
        }
    }

    fn at_most(&mut self, end: End) {
        if let Some((value, open)) = end
            && self.high.is_none_or(|(high, shut)| high > value || high == value && !shut)
        {
            self.high = Some((value, open || self.high == Some((value, true))));
        }
    }

    fn one_of(&mut self, parts: &[Constant]) {
        match &mut self.among {
            Some(among) => among.retain(|one| parts.contains(one)),
            None => self.among = Some(parts.to_vec()),
        }
    }

    /// The one value that it has, if there is but one.
    fn only(&self) -> Option<Constant> {
        match self.among.as_deref() {
            Some([one]) => Some(one.clone()),
            _ => None,
        }
    }

    /// Whether nothing is left that it could be.
    fn is_none(&self) -> bool {
        if let Some(among) = &self.among {
            return !among.iter().any(|one| self.admits(one));
        }
        let one = Ratio::from_integer(1);
        let (Some((mut low, over)), Some((mut high, under))) = (self.low, self.high) else { return false };
        if self.whole {
            low = if over { low.floor() + one } else { low.ceil() };
            high = if under { high.ceil() - one } else { high.floor() };
            let is_not = |value: Quotient| self.not.iter().any(|not| number(not) == Some(value));
            // Each of them moves an end once at most.
            for _ in 0..self.not.len() {
                low = Some(low).filter(|low| is_not(*low)).and_then(|low| low.checked_add(&one)).unwrap_or(low);
                high = Some(high).filter(|high| is_not(*high)).and_then(|high| high.checked_sub(&one)).unwrap_or(high);
            }
            return low > high;
        }
        low > high || low == high && (over || under || self.not.iter().any(|not| number(not) == Some(low)))
    }

    fn admits(&self, value: &Constant) -> bool {
        let within = |value: Quotient| {
            self.low.is_none_or(|(low, open)| value > low || value == low && !open)
                && self.high.is_none_or(|(high, open)| value < high || value == high && !open)
        };
        !self.not.contains(value) && number(value).is_none_or(within)
    }
}

impl Facts {
    /// Takes in that a condition in words holds, or does not; false where that is against what is known.
    pub fn say(&mut self, words: String, holds: bool) -> bool {
        *self.said.entry(words).or_insert(holds) == holds
    }

    /// The same of a comparison.
    pub fn take(&mut self, atom: &Atom, holds: bool) -> bool {
        match atom {
            Atom::Divisor(_) => true,
            Atom::Has(key) => self.say(format!("有 {key}"), holds),
            Atom::Compare(op, sides) => {
                let [left, right] = &**sides;
                self.compare(if holds { *op } else { op.opposite() }, left, right)
            }
            Atom::Between(sides) => {
                let [value, low, high] = &**sides;
                if holds {
                    return self.compare(CompareOp::Ge, value, low) && self.compare(CompareOp::Le, value, high);
                }
                let below = self.but(|facts| facts.compare(CompareOp::Lt, value, low));
                let above = self.but(|facts| facts.compare(CompareOp::Gt, value, high));
                self.either(below, above)
            }
            Atom::OneOf(side, parts) => {
                let known = self.values.entry(side.key.clone()).or_insert_with(|| Known::of(side));
                if holds {
                    known.one_of(parts);
                } else {
                    known.not.extend(parts.iter().cloned());
                }
                !known.is_none()
            }
        }
    }

    /// What is known where something more holds; nothing where it cannot.
    pub fn but(&self, take: impl FnOnce(&mut Self) -> bool) -> Option<Self> {
        let mut facts = self.clone();
        take(&mut facts).then_some(facts)
    }

    fn either(&mut self, one: Option<Self>, other: Option<Self>) -> bool {
        match (one, other) {
            (None, None) => return false,
            (Some(only), None) | (None, Some(only)) => *self = only,
            (Some(_), Some(_)) => {}
        }
        true
    }

    /// Whether a value surely is not 0.
    pub fn is_not_zero(&self, side: &Side) -> bool {
        let mut known = self.values.get(&side.key).cloned().unwrap_or_else(|| Known::of(side));
        let zero = Constant::Number(Ratio::from_integer(0));
        known
            .narrow(CompareOp::Eq, &Known { among: None, ..Known::of(&Side { constant: Some(zero), ..side.clone() }) });
        known.is_none()
    }

    fn compare(&mut self, op: CompareOp, left: &Side, right: &Side) -> bool {
        if left.key == right.key {
            return matches!(op, CompareOp::Eq | CompareOp::Le | CompareOp::Ge);
        }
        if left.constant.is_none() && right.constant.is_none() && !self.order(op, &left.key, &right.key) {
            return false;
        }
        let known = |side: &Side| self.values.get(&side.key).cloned().unwrap_or_else(|| Known::of(side));
        let (mut one, mut other) = (known(left), known(right));
        one.narrow(op, &other);
        other.narrow(op.mirrored(), &one);
        let holds = !one.is_none() && !other.is_none();
        self.values.insert(left.key.clone(), one);
        self.values.insert(right.key.clone(), other);
        holds
    }

    fn order(&mut self, op: CompareOp, left: &str, right: &str) -> bool {
        let (op, first, second) = if left < right { (op, left, right) } else { (op.mirrored(), right, left) };
        let wanted = match op {
            CompareOp::Lt => [true, false, false],
            CompareOp::Le => [true, true, false],
            CompareOp::Eq => [false, true, false],
            CompareOp::Ne => [true, false, true],
            CompareOp::Ge => [false, true, true],
            CompareOp::Gt => [false, false, true],
        };
        let known = self.orders.entry((first.to_owned(), second.to_owned())).or_insert([true; 3]);
        known.iter_mut().zip(wanted).for_each(|(may, wanted)| *may &= wanted);
        known.contains(&true)
    }
}
