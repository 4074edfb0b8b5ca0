//! Single values of a document that is looked for, as variables within what their types allow.

use bulou_base::date;
use bulou_document::shape::{Bounds, Field, Kind, Tense, When};
use bulou_document::types::Domain;
use bulou_syntax::ast::DurationUnit;
use chrono::Datelike as _;

use super::{At, Document, Sheet, Slot, Text, Unlike};
use crate::days;
use crate::term::{Sort, Term, Terms};
use crate::truth::Known;

impl Document {
    pub(super) fn scalar(
        &mut self,
        sheet: Sheet<'_>,
        kind: &Kind,
        field: &Field,
        at: At<'_>,
        (known, present): (Option<Slot>, Term),
    ) -> Result<(), Unlike> {
        let is = match &known {
            Some(Slot::Scalar { is, .. }) => *is,
            _ => self.variable(kind),
        };
        self.keep(at, known, Slot::Scalar { present, is })?;
        let limits = match (kind.domain(), is) {
            (Domain::Bool, Known::Bool(_)) => Terms::TRUE,
            (Domain::Whole(bounds), Known::Number(term)) if self.terms.sort(term) == Sort::Int => {
                self.bounded(term, bounds)
            }
            (Domain::Decimal(bounds), Known::Number(term)) if self.terms.sort(term) == Sort::Real => {
                self.few_digits(term);
                self.bounded(term, bounds)
            }
            (Domain::Text(format), Known::Name(term)) => {
                let (may_be, names) = (field.may_be.clone(), [field.name.clone(), field.label.clone()]);
                self.texts.push(Text { there: at.there, is: term, format, may_be, names, sheet: self.sheets });
                Terms::TRUE
            }
            (Domain::Date(when), Known::Date(term)) => {
                if when.tense == Tense::Happened {
                    self.happened.push((at.there, term));
                }
                self.on(sheet, when, term)
            }
            (Domain::Duration(unit), Known::Duration(count, weeks)) => self.lasting(unit, count, weeks),
            (Domain::Option(set), Known::Name(term)) => {
                let options = sheet.shape.option_sets.get(usize::from(set));
                let options = options.map(|set| set.options.as_slice()).unwrap_or_default();
                let codes: Vec<i128> = options.iter().map(|option| self.names.option(option)).collect();
                self.one_of(term, &codes)
            }
            (
                Domain::Bool
                | Domain::Whole(_)
                | Domain::Decimal(_)
                | Domain::Text(_)
                | Domain::Date(_)
                | Domain::Duration(_)
                | Domain::Option(_)
                | Domain::Record(_)
                | Domain::List(_),
                _,
            ) => return Err(Unlike(at.path.to_owned())),
        };
        let limits = self.terms.implies(at.there, limits);
        self.valid.push(limits);
        Ok(())
    }

    pub(super) fn variable(&mut self, kind: &Kind) -> Known {
        let mut new = |sort| self.terms.variable(sort);
        match kind.domain() {
            Domain::Bool => Known::Bool(new(Sort::Bool)),
            Domain::Whole(_) => Known::Number(new(Sort::Int)),
            Domain::Decimal(_) => Known::Number(new(Sort::Real)),
            Domain::Text(_) | Domain::Option(_) => Known::Name(new(Sort::Int)),
            Domain::Date(_) => Known::Date(new(Sort::Int)),
            Domain::Duration(_) => Known::Duration(new(Sort::Int), new(Sort::Bool)),
            Domain::Record(_) | Domain::List(_) => Known::Never,
        }
    }

    fn bounded(&mut self, term: Term, bounds: &Bounds) -> Term {
        let (low, high) = (self.terms.int(i64::MIN), self.terms.int(i64::MAX));
        let low = bounds.min.map_or(low, |min| self.terms.number(min));
        let high = bounds.max.map_or(high, |max| self.terms.number(max));
        let (above, below) = (self.terms.at_most(low, term), self.terms.at_most(term, high));
        self.terms.and(above, below)
    }

    /// A decimal that can be written with four digits.
    fn few_digits(&mut self, term: Term) {
        let scale = self.terms.int(10_000);
        let scaled = self.terms.times(scale, term);
        let whole = self.terms.whole(scaled);
        let few = self.terms.equal(whole, scaled);
        let small = self.terms.within(term, -100_000_000_000_000_i128, 100_000_000_000_000_i128);
        self.plain.extend([few, small]);
    }

    pub fn one_of(&mut self, term: Term, codes: &[i128]) -> Term {
        let codes: Vec<Term> = codes.iter().map(|code| self.terms.int(*code)).collect();
        let same: Vec<Term> = codes.into_iter().map(|code| self.terms.equal(term, code)).collect();
        self.terms.any(same)
    }

    fn on(&mut self, sheet: Sheet<'_>, when: &When, term: Term) -> Term {
        let Some((first, last)) = date::ends() else { return Terms::FALSE };
        let mut limits = vec![self.terms.within(term, first.num_days_from_ce(), last.num_days_from_ce())];
        if when.tense == Tense::Happened {
            limits.push(self.terms.at_most(term, self.today));
        }
        if let Some(range) = &when.range {
            let ends = [&range.first, &range.last];
            let [first, last] = ends.map(|day| days::end(day, self.today, sheet.params, &mut self.terms));
            limits.extend([self.terms.at_most(first, term), self.terms.at_most(term, last)]);
        }
        self.terms.all(limits)
    }

    fn lasting(&mut self, unit: DurationUnit, count: Term, weeks: Term) -> Term {
        // As many digits as a document may have; months may be written as years, and days as weeks.
        let (digits, of) = (
            9_999_999_i128,
            match unit {
                DurationUnit::Days => 7,
                DurationUnit::WorkDays => 1,
                DurationUnit::Months => 12,
            },
        );
        let rest = self.terms.modulo(count, of);
        let zero = self.terms.int(0);
        let (even, few) = (self.terms.equal(rest, zero), self.terms.within(count, 0, digits));
        let many = self.terms.within(count, 0, digits * of);
        let many = self.terms.and(even, many);
        match unit {
            DurationUnit::Days => self.terms.choose(weeks, many, few),
            DurationUnit::WorkDays | DurationUnit::Months => {
                let (plain, either) = (self.terms.not(weeks), self.terms.or(few, many));
                self.terms.and(plain, either)
            }
        }
    }
}
