//! Bounds that are not those of the words that a rule rests on: `< 8` for 不高于8, `≤ 3` for 至少三人, three working days for
//! 三日. A row of a table that the rule asks compares as well: `| > 600 | 2 |` for 满六百人.

use crate::bounded::Bounded;
use crate::counted::Unit;
use crate::declared::Declared;
use crate::polarity::Search;
use crate::quote_numbers;
use crate::spelled::{Said, literal, numbers};
use bulou_base::order;
use bulou_base::source::Span;
use bulou_base::value::Quotient;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Lang, LocalizedText};
use bulou_messages::texts;
use bulou_syntax::ast::{ArithOp, Cell, CellKind, CompareOp, DurationUnit, Expr, ExprKind, Rule};
use bulou_syntax::print;
use bulou_syntax::tree::{number, walk};

pub(super) fn warnings(declared: &Declared<'_>) -> Vec<Diagnostic> {
    declared.rules.iter().flat_map(|rule| of_rule(declared, rule)).collect()
}

/// What compares.
#[derive(Clone, Copy)]
enum Place<'d> {
    Expr(&'d Expr),
    Cell(&'d Cell),
}

impl Place<'_> {
    fn span(self) -> Span {
        match self {
            Self::Expr(expr) => expr.span,
            Self::Cell(cell) => cell.span,
        }
    }

    fn words(self) -> LocalizedText {
        let print = |lang| match self {
            Self::Expr(expr) => print::expr(expr, lang),
            Self::Cell(cell) => print::cell(cell, lang),
        };
        LocalizedText::new(print(Lang::Zh), print(Lang::En))
    }
}

/// A comparison with a number of the rule.
pub(super) struct Asked<'d> {
    place: Place<'d>,
    /// What holds of the other side.
    op: CompareOp,
    pub value: Quotient,
    /// The unit of a length of time.
    unit: Option<DurationUnit>,
    /// The rule asks for it, whatever else is so.
    must: bool,
}

impl<'d> Asked<'d> {
    /// The expression that compares; none where a table's row does.
    pub fn expr(&self) -> Option<&'d Expr> {
        match self.place {
            Place::Expr(expr) => Some(expr),
            Place::Cell(_) => None,
        }
    }
}

/// The numbers that the words say which a rule rests on: its quotes and its title.
pub(super) fn said(rule: &Rule) -> Vec<Said> {
    let texts = rule.citations.iter().filter_map(|citation| citation.quote.as_ref()).chain(&rule.title);
    texts.flat_map(|text| numbers(&text.text)).collect()
}

fn of_rule(declared: &Declared<'_>, rule: &Rule) -> Vec<Diagnostic> {
    let said = said(rule);
    let is_bound = said.iter().any(|one| one.bound.is_some());
    let asked = if is_bound { comparisons(declared, rule) } else { Vec::new() };
    let mut found = Vec::new();
    for (one, (bound, around)) in said.iter().filter_map(|one| Some((one, one.bound.as_ref()?))) {
        let same: Vec<&Asked<'_>> = asked.iter().filter(|asked| is_of(asked, one)).collect();
        if let Some(first) = same.first()
            && !same.iter().any(|asked| agrees(asked, *bound))
        {
            found.push(differs(first.place, around));
        }
    }
    for asked in &rule.requirements {
        let message = asked.message.iter().flat_map(|message| numbers(&literal(&message.parts)));
        let own: Vec<Said> = message.collect();
        let all: Vec<&Said> = said.iter().chain(&own).collect();
        if !all.iter().any(|one| one.unit == Some(Unit::WorkDay)) {
            walk(&asked.expr, &mut |expr| found.extend(working_days(expr, &all)));
        }
    }
    found
}

/// Whether a comparison is the bound, or where either may be meant, the other side of it.
fn agrees(asked: &Asked<'_>, Bounded { op, demanded, .. }: Bounded) -> bool {
    asked.op == op || (!demanded || !asked.must) && asked.op == op.opposite()
}

/// Working days for as many days.
fn working_days(expr: &Expr, said: &[&Said]) -> Option<Diagnostic> {
    let ExprKind::Duration(length) = &expr.kind else { return None };
    let count = Quotient::from_integer(i128::from(length.count));
    let mut days = said.iter().filter(|one| one.unit == Some(Unit::Day) && one.value == count);
    days.next().filter(|_| length.unit == DurationUnit::WorkDays).map(|one| differs(Place::Expr(expr), &one.words))
}

fn differs(place: Place<'_>, words: &str) -> Diagnostic {
    let message = texts::bound_other_than_quote(&words, &place.words()).text();
    Diagnostic::new(Code::QuoteBound, place.span(), message, texts::bounds_that_include().text())
        .about(vec![words.to_owned()])
}

/// Whether a comparison is with the number that words say; days may be said in hours and weeks.
fn is_of(asked: &Asked<'_>, said: &Said) -> bool {
    let whole = Quotient::from_integer;
    let days = match said.unit {
        Some(Unit::Week) => said.value * whole(7),
        Some(Unit::Hour) => said.value / whole(24),
        _ => return asked.value == said.value,
    };
    asked.value == said.value && asked.unit.is_none() || asked.unit == Some(DurationUnit::Days) && asked.value == days
}

pub(super) fn comparisons<'d>(declared: &'d Declared<'_>, rule: &'d Rule) -> Vec<Asked<'d>> {
    let mut all = Vec::new();
    let mut see = |expr: &'d Expr, must: bool| {
        let mut compares = |op, of: &'d Expr| {
            let found = constant(declared, of);
            // `乙 - 3日 < 甲`: on the other side it is `乙 - 甲 < 3日`.
            let is_less = matches!(&of.kind, ExprKind::Arith(ArithOp::Sub, ..));
            let place = Place::Expr(expr);
            all.extend(found.map(|(value, unit)| Asked {
                place,
                op: if is_less { CompareOp::mirrored(op) } else { op },
                value,
                unit,
                must,
            }));
            found.is_some()
        };
        match &expr.kind {
            ExprKind::Compare(op, left, right) => {
                _ = compares(*op, right) || compares(op.mirrored(), left);
            }
            ExprKind::Between(_, low, high) => {
                compares(CompareOp::Ge, low);
                compares(CompareOp::Le, high);
            }
            _ => {}
        }
    };
    let mut search = Search::with_counted(declared, &mut see);
    rule.applies.iter().for_each(|expr| search.condition(expr, false));
    rule.requirements.iter().for_each(|asked| search.condition(&asked.expr, true));
    all.extend(rows(declared, rule));
    all
}

/// What the rows of the tables compare that a rule asks. They tell some from others: either side may be meant.
fn rows<'d>(declared: &'d Declared<'_>, rule: &'d Rule) -> Vec<Asked<'d>> {
    let asked = rule.requirements.iter().map(|asked| &asked.expr).chain(&rule.applies);
    let named = quote_numbers::names(declared, asked);
    let mut tables: Vec<_> = named.iter().filter_map(|name| declared.table(name)).collect();
    order::sort_by_key(&mut tables, |table| table.name.span);
    let cells = tables.into_iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    cells
        .flat_map(|cell| {
            let ends = match &cell.kind {
                CellKind::Compare(op, end) => vec![(*op, end)],
                CellKind::Range(low, high) => vec![(CompareOp::Ge, low), (CompareOp::Le, high)],
                CellKind::Any | CellKind::OneOf(_) => Vec::new(),
            };
            let place = Place::Cell(cell);
            let asked = move |(op, end)| {
                let (value, unit) = constant(declared, end)?;
                Some(Asked { place, op, value, unit, must: false })
            };
            ends.into_iter().filter_map(asked)
        })
        .collect()
}

/// The number that an expression is: a literal, what a parameter is set to, days; and the unit of a length of time.
pub(super) fn constant(declared: &Declared<'_>, expr: &Expr) -> Option<(Quotient, Option<DurationUnit>)> {
    match &expr.kind {
        ExprKind::Number(literal) => Some((number(*literal), None)),
        ExprKind::Neg(inner) => constant(declared, inner).map(|(value, unit)| (-value, unit)),
        ExprKind::Duration(length) => Some((Quotient::from_integer(i128::from(length.count)), Some(length.unit))),
        ExprKind::Name(name) => declared.param(name).and_then(|param| constant(declared, &param.default)),
        // `筛查日期 + 3日`, `人数 * 40%`: what the other side is compared with, of something that varies.
        ExprKind::Arith(ArithOp::Add | ArithOp::Sub, of, by) if matches!(by.kind, ExprKind::Duration(_)) => {
            constant(declared, by).filter(|_| constant(declared, of).is_none())
        }
        ExprKind::Arith(ArithOp::Mul, one, other) => match (constant(declared, one), constant(declared, other)) {
            (Some(share), None) | (None, Some(share)) => Some(share),
            _ => None,
        },
        _ => None,
    }
}
