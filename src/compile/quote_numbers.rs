//! Numbers in the words that a rule rests on or says, and that it does not use: 三日 asks for a 3, 100多万 for 1000000. What a rule
//! uses stands in it, or in what it names: definitions, tables, the defaults of parameters. A length of time asks for its
//! unit as well: 10日 are no ten months, though 半年 may be 183日; and so does a 每日 of a rule that counts how often something
//! is done, or looks back a length of time.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use num_rational::Ratio;

use crate::counted::Unit;
use crate::declared::Declared;
use crate::spelled::{Said, literal, numbers};
use bulou_base::value::Quotient;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, LocalizedText};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::{
    ArithOp, Assertion, CellKind, DurationUnit, Expr, ExprKind, Param, Period, Rule, Str, Table, TypeKind,
};
use bulou_syntax::built_in::BuiltIn;
use bulou_syntax::tree::{number, walk};

/// Warns of quotes, titles and messages with numbers that their rule or assertion does not use.
pub(crate) fn warnings(declared: &Declared<'_>) -> Vec<Diagnostic> {
    let rules = declared.rules.iter().flat_map(|rule| of_rule(declared, rule));
    rules.chain(declared.assertions.iter().filter_map(|assertion| of_assertion(declared, assertion))).collect()
}

fn of_rule(declared: &Declared<'_>, rule: &Rule) -> Vec<Diagnostic> {
    let asked = rule.requirements.iter().map(|asked| &asked.expr);
    let used = Used::by(declared, asked.chain(&rule.applies));
    let id = &rule.id.text;
    let quotes = rule.citations.iter().filter_map(|citation| citation.quote.as_ref());
    let mut found: Vec<Diagnostic> = quotes
        .filter_map(|quote| {
            warning(&used, quote, &texts::mend_number_rule_where(&id).text(), |words| {
                texts::rule_uses_quote_nowhere(words, &id).text()
            })
        })
        .collect();
    found.extend(rule.requirements.iter().filter_map(|asked| {
        let message = asked.message.as_ref()?;
        let text = Str { text: literal(&message.parts), span: message.span };
        warning(&used, &text, &texts::mend_number_message_or_condition(&id).text(), |words| {
            texts::rule_uses_message_nowhere(words, &id).text()
        })
    }));
    found.extend(rule.title.as_ref().and_then(|title| {
        warning(&used, title, &texts::mend_number_title_or_rule(&id).text(), |words| {
            texts::rule_uses_title_nowhere(words, &id).text()
        })
    }));
    found
}

fn of_assertion(declared: &Declared<'_>, assertion: &Assertion) -> Option<Diagnostic> {
    let used = Used::by(declared, [&assertion.premise]);
    warning(&used, &assertion.title, &texts::mend_number_assertion().text(), |words| {
        texts::assertion_uses_title_nowhere(words).text()
    })
}

/// What is said of a text's numbers that are not among those used.
fn warning(
    used: &Used<'_>,
    text: &Str,
    help: &LocalizedText,
    message: impl Fn(&Each<'_>) -> LocalizedText,
) -> Option<Diagnostic> {
    let missing = numbers(&text.text).into_iter().filter(|said| !used.has(said));
    let mut missing: Vec<String> = missing.map(|said| said.words).collect();
    // Both ends of a range are named by the same words.
    missing.dedup();
    (!missing.is_empty()).then(|| {
        let marked: Vec<String> = missing.iter().map(|words| format!("`{words}`")).collect();
        let message = message(&Each(&marked.join("、"), &marked.join(", ")));
        Diagnostic::new(Code::QuoteNumber, text.span, message, help.clone()).about(missing)
    })
}

/// The numbers that a rule uses.
#[derive(Default)]
struct Used<'d> {
    /// Those without a unit.
    plain: HashSet<Quotient>,
    lengths: HashSet<(DurationUnit, i32)>,
    periods: HashSet<Period>,
    names: HashSet<&'d str>,
    /// Whether the pack has a `期间`.
    counts: bool,
}

/// What expressions name, and whatever that leads to.
pub(crate) fn names<'d>(declared: &'d Declared<'_>, asked: impl IntoIterator<Item = &'d Expr>) -> HashSet<&'d str> {
    Used::by(declared, asked).names
}

/// How many days so many months may have, the round 30 for each included.
fn days(months: i128) -> Option<RangeInclusive<i32>> {
    // The longest row of one month, of two, and so on.
    const LONGEST: [i32; 12] = [0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337];
    let months = i32::try_from(months).ok().filter(|months| (1..=1200).contains(months))?;
    let (years, rest) = (months / 12, months % 12);
    let least = years * 365 + rest * 30;
    let most = years * 365 + (years + 3) / 4 + LONGEST.get(usize::try_from(rest).ok()?)?;
    Some(least..=most)
}

impl<'d> Used<'d> {
    fn by(declared: &'d Declared<'_>, asked: impl IntoIterator<Item = &'d Expr>) -> Self {
        let is_counting = |param: &&Param| matches!(param.ty.kind, TypeKind::BuiltIn(BuiltIn::Counting));
        let mut used = Self { counts: declared.params.iter().any(is_counting), ..Self::default() };
        let mut waiting: Vec<&'d Expr> = asked.into_iter().collect();
        while let Some(expr) = waiting.pop() {
            walk(expr, &mut |part| waiting.extend(used.add(declared, part)));
        }
        used
    }

    /// Whether the rule uses what words say. The same day asks nothing of a rule without lengths of time: it
    /// compares the days themselves.
    fn has(&self, said: &Said) -> bool {
        let length = |units: &[DurationUnit], times: i32| {
            let count = said.value * Ratio::from_integer(i128::from(times));
            let of = |count: i32| units.iter().any(|unit| self.lengths.contains(&(*unit, count)));
            count.is_integer() && i32::try_from(count.to_integer()).is_ok_and(of)
        };
        let months = |times: i128| {
            let months = said.value * Ratio::from_integer(times);
            let days = months.is_integer().then(|| days(months.to_integer())).flatten();
            let of_days = |(unit, count): &(DurationUnit, i32)| {
                *unit == DurationUnit::Days && days.as_ref().is_some_and(|days| days.contains(count))
            };
            length(&[DurationUnit::Months], i32::try_from(times).unwrap_or(1)) || self.lengths.iter().any(of_days)
        };
        let time = match said.unit {
            Some(Unit::Each(period)) => return self.keeps(period),
            // Whether a plain `N日` means working days, `期间` says.
            Some(Unit::WorkDay) if self.counts => length(&[DurationUnit::WorkDays, DurationUnit::Days], 1),
            Some(Unit::WorkDay) => length(&[DurationUnit::WorkDays], 1),
            Some(Unit::Day) if said.value == Ratio::from_integer(0) => {
                return self.lengths.is_empty() || length(&[DurationUnit::Days], 1);
            }
            Some(Unit::Day) => length(&[DurationUnit::Days], 1),
            Some(Unit::Week) => length(&[DurationUnit::Days], 7),
            Some(Unit::Month) => months(1),
            Some(Unit::Year) => months(12),
            Some(Unit::Hour) => {
                let days = said.value / Ratio::from_integer(24);
                days.is_integer()
                    && self.lengths.iter().any(|(unit, count)| {
                        *unit == DurationUnit::Days && Ratio::from_integer(i128::from(*count)) == days
                    })
            }
            Some(Unit::Other) => false,
            None => length(&[DurationUnit::Days, DurationUnit::WorkDays, DurationUnit::Months], 1),
        };
        time || self.plain.contains(&said.value)
    }

    /// Whether the rule counts a period, or else looks back no longer than one. Neither asks how often: that something is
    /// there, once, is not that it is done each month.
    fn keeps(&self, period: Period) -> bool {
        let (days, months) = match period {
            // A list of days is asked for in other ways.
            Period::Day => return self.periods.is_empty() || self.periods.contains(&period),
            Period::Week => (7, 0),
            Period::Month => (31, 1),
            Period::Quarter => (92, 3),
        };
        let within = |(unit, count): &(DurationUnit, i32)| match unit {
            DurationUnit::Days | DurationUnit::WorkDays => *count <= days,
            DurationUnit::Months => *count <= months,
        };
        match (self.periods.is_empty(), self.lengths.is_empty()) {
            (false, _) => self.periods.contains(&period),
            (true, true) => false,
            (true, false) => self.lengths.iter().any(within),
        }
    }

    /// Takes note of an expression; what it leads to.
    fn add(&mut self, declared: &'d Declared<'_>, expr: &'d Expr) -> Vec<&'d Expr> {
        match &expr.kind {
            ExprKind::Number(literal) => _ = self.plain.insert(number(*literal)),
            ExprKind::Neg(inner) => {
                if let ExprKind::Number(literal) = inner.kind {
                    self.plain.insert(-number(literal));
                }
            }
            ExprKind::Arith(ArithOp::Div | ArithOp::Mul, ..) | ExprKind::Compare(..) => {
                self.plain.extend(shares(expr));
            }
            ExprKind::Duration(length) => _ = self.lengths.insert((length.unit, length.count)),
            ExprKind::Frequency(frequency) => _ = self.periods.insert(frequency.period),
            ExprKind::Name(name) if self.names.insert(name) => {
                let defined = declared.define(name).map(|one| &one.value);
                return defined.or_else(|| declared.param(name).map(|one| &one.default)).into_iter().collect();
            }
            ExprKind::Call(name, _) if self.names.insert(&name.text) => {
                return declared.table(&name.text).into_iter().flat_map(parts).collect();
            }
            _ => {}
        }
        Vec::new()
    }
}

/// The shares that an expression is written by: 三分之二 is `2 / 3`, `数 * 2 / 3`, `数 / 3 * 2`, and `甲 * 3 ≥ 乙 * 2`.
fn shares(expr: &Expr) -> Vec<Quotient> {
    let zero = Ratio::from_integer(0);
    let quotient = |part: Quotient, of: Quotient| (of != zero).then(|| part / of);
    let found = match &expr.kind {
        ExprKind::Compare(_, one, other) => match (factor(one), factor(other)) {
            (Some(one), Some(other)) => vec![quotient(one, other), quotient(other, one)],
            (Some(only), None) | (None, Some(only)) => vec![quotient(Ratio::from_integer(1), only)],
            (None, None) => Vec::new(),
        },
        ExprKind::Arith(ArithOp::Div, part, of) => {
            let of = literal_of(of).unwrap_or(zero);
            let part = literal_of(part).or_else(|| factor(part)).unwrap_or(Ratio::from_integer(1));
            vec![quotient(part, of)]
        }
        ExprKind::Arith(ArithOp::Mul, one, other) => {
            let of = |expr: &Expr| match &expr.kind {
                ExprKind::Arith(ArithOp::Div, _, of) => literal_of(of),
                _ => None,
            };
            let pairs = [(one, other), (other, one)].into_iter();
            pairs.map(|(one, other)| quotient(literal_of(one)?, of(other)?)).collect()
        }
        _ => Vec::new(),
    };
    found.into_iter().flatten().collect()
}

/// The number that something else is multiplied by.
fn factor(expr: &Expr) -> Option<Quotient> {
    match &expr.kind {
        ExprKind::Arith(ArithOp::Mul, one, other) => literal_of(one).or_else(|| literal_of(other)),
        _ => None,
    }
}

fn literal_of(expr: &Expr) -> Option<Quotient> {
    match &expr.kind {
        ExprKind::Number(literal) => Some(number(*literal)),
        _ => None,
    }
}

fn parts(table: &Table) -> impl Iterator<Item = &Expr> {
    table.rows.iter().flat_map(|row| {
        let cells = row.cells.iter().flat_map(|cell| match &cell.kind {
            CellKind::Any => Vec::new(),
            CellKind::Compare(_, end) => vec![end],
            CellKind::Range(low, high) => vec![low, high],
            CellKind::OneOf(values) => values.iter().collect(),
        });
        cells.chain([&row.result])
    })
}
