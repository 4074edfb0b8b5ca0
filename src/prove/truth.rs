//! The four answers of conditions and requirements, and the values, as terms.

use crate::term::{Term, Terms};
use bulou_syntax::ast::CompareOp;

/// An answer: whether it is at least unknown, at least pending, and true. So the least of two is both of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truth {
    pub unknown: Term,
    pub pending: Term,
    pub holds: Term,
}

impl Truth {
    pub const FALSE: Self = Self { unknown: Terms::FALSE, pending: Terms::FALSE, holds: Terms::FALSE };
    pub const UNKNOWN: Self = Self { unknown: Terms::TRUE, ..Self::FALSE };
    pub const PENDING: Self = Self { pending: Terms::TRUE, ..Self::UNKNOWN };
    pub const TRUE: Self = Self { holds: Terms::TRUE, ..Self::PENDING };

    /// True or false.
    pub fn of(holds: Term) -> Self {
        Self { unknown: holds, pending: holds, holds }
    }

    pub fn min(self, other: Self, terms: &mut Terms) -> Self {
        Self {
            unknown: terms.and(self.unknown, other.unknown),
            pending: terms.and(self.pending, other.pending),
            holds: terms.and(self.holds, other.holds),
        }
    }

    pub fn max(self, other: Self, terms: &mut Terms) -> Self {
        Self {
            unknown: terms.or(self.unknown, other.unknown),
            pending: terms.or(self.pending, other.pending),
            holds: terms.or(self.holds, other.holds),
        }
    }

    /// Of a condition; what is pending comes to unknown.
    pub fn not(self, terms: &mut Terms) -> Self {
        let holds = terms.not(self.unknown);
        Self { unknown: terms.not(self.holds), pending: holds, holds }
    }

    pub fn choose(test: Term, yes: Self, no: Self, terms: &mut Terms) -> Self {
        Self {
            unknown: terms.choose(test, yes.unknown, no.unknown),
            pending: terms.choose(test, yes.pending, no.pending),
            holds: terms.choose(test, yes.holds, no.holds),
        }
    }

    pub fn fails(self, terms: &mut Terms) -> Term {
        terms.not(self.unknown)
    }

    pub fn same(self, other: Self, terms: &mut Terms) -> Term {
        let parts = [
            terms.equal(self.unknown, other.unknown),
            terms.equal(self.pending, other.pending),
            terms.equal(self.holds, other.holds),
        ];
        terms.all(parts)
    }
}

/// A value: what it is where it is known, and whether it is known, or surely absent; else it is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    pub known: Term,
    pub absent: Term,
    pub is: Known,
}

/// What a value is where it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// 是否
    Bool(Term),
    /// A number.
    Number(Term),
    /// A text or an option, by its number among all of them.
    Name(Term),
    /// 日期, as the number of its day
    Date(Term),
    /// 时长: how many units, and whether they were written as weeks.
    Duration(Term, Term),
    /// An element that is a record, by its number.
    Row(usize),
    /// Nothing: it is never known.
    Never,
}

impl Value {
    pub const UNKNOWN: Self = Self { known: Terms::FALSE, absent: Terms::FALSE, is: Known::Never };
    pub const ABSENT: Self = Self { known: Terms::FALSE, absent: Terms::TRUE, is: Known::Never };

    pub fn known(is: Known) -> Self {
        Self { known: Terms::TRUE, absent: Terms::FALSE, is }
    }

    /// Neither known nor absent.
    pub fn unknown(self, terms: &mut Terms) -> Term {
        let said = terms.or(self.known, self.absent);
        terms.not(said)
    }

    /// Known only where something holds as well.
    pub fn only(self, condition: Term, terms: &mut Terms) -> Self {
        let absent = terms.and(self.absent, condition);
        Self { known: terms.and(self.known, condition), absent, ..self }
    }

    pub fn choose(test: Term, yes: Self, no: Self, terms: &mut Terms) -> Option<Self> {
        match terms.as_bool(test) {
            Some(true) => return Some(yes),
            Some(false) => return Some(no),
            None => {}
        }
        Some(Self {
            known: terms.choose(test, yes.known, no.known),
            absent: terms.choose(test, yes.absent, no.absent),
            is: Known::choose(test, yes.is, no.is, terms)?,
        })
    }

    /// Whether two are known and equal.
    pub fn equal(self, other: Self, terms: &mut Terms) -> Term {
        let same = self.is.same(other.is, terms);
        terms.all([self.known, other.known, same])
    }

    /// The number of a comparison, a calculation.
    pub fn number(self) -> Option<Term> {
        match self.is {
            Known::Number(term) | Known::Date(term) | Known::Duration(term, _) | Known::Name(term) => Some(term),
            _ => None,
        }
    }
}

impl Known {
    fn choose(test: Term, yes: Self, no: Self, terms: &mut Terms) -> Option<Self> {
        Some(match (yes, no) {
            (Self::Bool(a), Self::Bool(b)) => Self::Bool(terms.choose(test, a, b)),
            (Self::Number(a), Self::Number(b)) => Self::Number(terms.choose(test, a, b)),
            (Self::Name(a), Self::Name(b)) => Self::Name(terms.choose(test, a, b)),
            (Self::Date(a), Self::Date(b)) => Self::Date(terms.choose(test, a, b)),
            (Self::Duration(a, weeks), Self::Duration(b, others)) => {
                Self::Duration(terms.choose(test, a, b), terms.choose(test, weeks, others))
            }
            (Self::Row(a), Self::Row(b)) if a == b => yes,
            (Self::Never, other) | (other, Self::Never) => other,
            _ => return None,
        })
    }

    /// Whether two are equal where both are known.
    pub fn same(self, other: Self, terms: &mut Terms) -> Term {
        match (self, other) {
            (Self::Bool(a), Self::Bool(b))
            | (Self::Number(a), Self::Number(b))
            | (Self::Name(a), Self::Name(b))
            | (Self::Date(a), Self::Date(b))
            | (Self::Duration(a, _), Self::Duration(b, _)) => terms.equal(a, b),
            (Self::Row(a), Self::Row(b)) => terms.bool(a == b),
            _ => Terms::FALSE,
        }
    }

    /// What a comparison says where both are known; nothing where they have no order.
    pub fn compare(self, op: CompareOp, other: Self, terms: &mut Terms) -> Option<Term> {
        if let CompareOp::Eq | CompareOp::Ne = op {
            let same = self.same(other, terms);
            return Some(if op == CompareOp::Eq { same } else { terms.not(same) });
        }
        let (a, b) = match (self, other) {
            (Self::Number(a), Self::Number(b))
            | (Self::Date(a), Self::Date(b))
            | (Self::Duration(a, _), Self::Duration(b, _)) => (a, b),
            (Self::Never, _) | (_, Self::Never) => return Some(Terms::FALSE),
            _ => return None,
        };
        Some(match op {
            CompareOp::Lt => terms.less(a, b),
            CompareOp::Gt => terms.less(b, a),
            CompareOp::Le => terms.at_most(a, b),
            _ => terms.at_most(b, a),
        })
    }
}
