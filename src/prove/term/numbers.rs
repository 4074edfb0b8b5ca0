//! Terms of numbers: comparison and arithmetic, worked out where both sides are known.

use super::{Node, Op, Sort, Term, Terms};
use num_rational::Ratio;
use num_traits::{CheckedAdd as _, CheckedDiv as _, CheckedMul as _, Zero as _};

impl Terms {
    /// Two numbers of one sort.
    pub(super) fn alike(&mut self, one: Term, other: Term) -> (Term, Term) {
        match (self.sort(one), self.sort(other)) {
            (Sort::Real, Sort::Int) => (one, self.real(other)),
            (Sort::Int, Sort::Real) => (self.real(one), other),
            _ => (one, other),
        }
    }

    pub fn real(&mut self, term: Term) -> Term {
        match (self.sort(term), self.as_int(term)) {
            (Sort::Int, Some(value)) => self.add(Node::Real(Ratio::from_integer(value)), Sort::Real),
            (Sort::Int, None) => self.apply(Op::ToReal, vec![term], Sort::Real),
            _ => term,
        }
    }

    pub fn at_most(&mut self, one: Term, other: Term) -> Term {
        self.ordered(Op::Le, one, other)
    }

    pub fn less(&mut self, one: Term, other: Term) -> Term {
        self.ordered(Op::Lt, one, other)
    }

    fn ordered(&mut self, op: Op, one: Term, other: Term) -> Term {
        if one == other {
            return self.bool(op == Op::Le);
        }
        if let (Some(one), Some(other)) = (self.as_number(one), self.as_number(other)) {
            return self.bool(if op == Op::Le { one <= other } else { one < other });
        }
        let (one, other) = self.alike(one, other);
        self.apply(op, vec![one, other], Sort::Bool)
    }

    /// Between two numbers, both included.
    pub fn within(&mut self, term: Term, low: impl Into<i128>, high: impl Into<i128>) -> Term {
        let (low, high) = (self.int(low), self.int(high));
        let (above, below) = (self.at_most(low, term), self.at_most(term, high));
        self.and(above, below)
    }

    pub fn add_up(&mut self, one: Term, other: Term) -> Term {
        match (self.as_number(one), self.as_number(other)) {
            (Some(a), Some(b)) => {
                if let Some(sum) = a.checked_add(&b) {
                    return self.number(sum);
                }
            }
            (Some(zero), _) if zero.is_zero() => return other,
            (_, Some(zero)) if zero.is_zero() => return one,
            _ => {}
        }
        let (one, other) = self.alike(one, other);
        let sort = self.sort(one);
        self.apply(Op::Add, vec![one.min(other), one.max(other)], sort)
    }

    pub fn negated(&mut self, term: Term) -> Term {
        let minus = self.int(-1);
        self.times(minus, term)
    }

    pub fn minus(&mut self, one: Term, other: Term) -> Term {
        let other = self.negated(other);
        self.add_up(one, other)
    }

    pub fn times(&mut self, one: Term, other: Term) -> Term {
        match (self.as_number(one), self.as_number(other)) {
            (Some(a), Some(b)) => {
                if let Some(product) = a.checked_mul(&b) {
                    return self.number(product);
                }
            }
            (Some(factor), _) | (_, Some(factor)) if factor.is_zero() => return self.int(0),
            (Some(factor), _) if factor == Ratio::from_integer(1) => return other,
            (_, Some(factor)) if factor == Ratio::from_integer(1) => return one,
            _ => {}
        }
        let (one, other) = self.alike(one, other);
        let sort = self.sort(one);
        self.apply(Op::Mul, vec![one.min(other), one.max(other)], sort)
    }

    /// A quotient; what it is by 0 is not asked.
    pub fn divide(&mut self, one: Term, other: Term) -> Term {
        if let (Some(a), Some(b)) = (self.as_number(one), self.as_number(other))
            && !b.is_zero()
            && let Some(quotient) = a.checked_div(&b)
        {
            return self.number(quotient);
        }
        let (one, other) = (self.real(one), self.real(other));
        self.apply(Op::Divide, vec![one, other], Sort::Real)
    }

    /// The greatest whole number that is no greater.
    pub fn whole(&mut self, term: Term) -> Term {
        match (self.sort(term), self.as_number(term)) {
            (_, Some(value)) => self.int(value.numer().div_euclid(*value.denom())),
            (Sort::Int, None) => term,
            _ => self.apply(Op::ToInt, vec![term], Sort::Int),
        }
    }

    /// A whole number divided by a positive one, downwards.
    pub fn floor(&mut self, term: Term, by: i128) -> Term {
        match self.as_int(term) {
            Some(value) => self.int(value.div_euclid(by)),
            None => {
                let by = self.int(by);
                self.apply(Op::Floor, vec![term, by], Sort::Int)
            }
        }
    }

    /// What is left by that.
    pub fn modulo(&mut self, term: Term, by: i128) -> Term {
        match self.as_int(term) {
            Some(value) => self.int(value.rem_euclid(by)),
            None => {
                let by = self.int(by);
                self.apply(Op::Modulo, vec![term, by], Sort::Int)
            }
        }
    }

    pub fn least(&mut self, one: Term, other: Term) -> Term {
        let test = self.at_most(one, other);
        self.choose(test, one, other)
    }

    pub fn greatest(&mut self, one: Term, other: Term) -> Term {
        let test = self.at_most(other, one);
        self.choose(test, one, other)
    }

    /// How many of some hold.
    pub fn count(&mut self, parts: impl IntoIterator<Item = Term>) -> Term {
        let (zero, one) = (self.int(0), self.int(1));
        let mut sum = zero;
        for part in parts {
            let part = self.choose(part, one, zero);
            sum = self.add_up(sum, part);
        }
        sum
    }
}
