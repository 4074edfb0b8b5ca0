//! Bounds that are not those of the words that a rule rests on: `< 8` for 不高于8, `≤ 3` for 至少三人, three working days for
//! 三日.

use crate::bounded::Bounded;
use crate::counted::Unit;
use crate::declared::Declared;
use crate::polarity::Search;
use crate::spelled::{Said, literal, numbers};
use bulou_base::value::Quotient;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Lang, LocalizedText};
use bulou_messages::texts;
use bulou_syntax::ast::{ArithOp, CompareOp, DurationUnit, Expr, ExprKind, Rule};
use bulou_syntax::tree::{number, walk};

pub(super) fn warnings(declared: &Declared<'_>) -> Vec<Diagnostic> {
    declared.rules.iter().flat_map(|rule| of_rule(declared, rule)).collect()
}

/// A comparison with a number of the rule.
struct Asked<'d> {
    expr: &'d Expr,
    /// What holds of the other side.
    op: CompareOp,
    value: Quotient,
    /// The rule asks for it, whatever else is so.
    must: bool,
}

fn of_rule(declared: &Declared<'_>, rule: &Rule) -> Vec<Diagnostic> {
    let texts = rule.citations.iter().filter_map(|citation| citation.quote.as_ref()).chain(&rule.title);
    let said: Vec<Said> = texts.flat_map(|text| numbers(&text.text)).collect();
    let is_bound = said.iter().any(|one| one.bound.is_some());
    let asked = if is_bound { comparisons(declared, rule) } else { Vec::new() };
    let mut found = Vec::new();
    for (one, (bound, around)) in said.iter().filter_map(|one| Some((one, one.bound.as_ref()?))) {
        let same: Vec<&Asked<'_>> = asked.iter().filter(|asked| asked.value == one.value).collect();
        if let Some(first) = same.first()
            && !same.iter().any(|asked| agrees(asked, *bound))
        {
            found.push(differs(first.expr, around));
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
    days.next().filter(|_| length.unit == DurationUnit::WorkDays).map(|one| differs(expr, &one.words))
}

fn differs(expr: &Expr, words: &str) -> Diagnostic {
    let print = |lang| bulou_syntax::print::expr(expr, lang);
    let condition = LocalizedText::new(print(Lang::Zh), print(Lang::En));
    let message = texts::bound_other_than_quote(&words, &condition).text();
    Diagnostic::new(Code::QuoteBound, expr.span, message, texts::bounds_that_include().text())
        .about(vec![words.to_owned()])
}

fn comparisons<'d>(declared: &'d Declared<'_>, rule: &'d Rule) -> Vec<Asked<'d>> {
    let mut all = Vec::new();
    let mut see = |expr: &'d Expr, must: bool| match &expr.kind {
        ExprKind::Compare(op, left, right) => {
            if let Some(value) = constant(declared, right) {
                all.push(Asked { expr, op: *op, value, must });
            } else if let Some(value) = constant(declared, left) {
                all.push(Asked { expr, op: op.mirrored(), value, must });
            }
        }
        ExprKind::Between(_, low, high) => {
            for (op, end) in [(CompareOp::Ge, low), (CompareOp::Le, high)] {
                all.extend(constant(declared, end).map(|value| Asked { expr, op, value, must }));
            }
        }
        _ => {}
    };
    let mut search = Search::new(declared, &mut see);
    rule.applies.iter().for_each(|expr| search.condition(expr, false));
    rule.requirements.iter().for_each(|asked| search.condition(&asked.expr, true));
    all
}

/// The number that an expression is: a literal, what a parameter is set to, days.
fn constant(declared: &Declared<'_>, expr: &Expr) -> Option<Quotient> {
    match &expr.kind {
        ExprKind::Number(literal) => Some(number(*literal)),
        ExprKind::Neg(inner) => constant(declared, inner).map(|value| -value),
        ExprKind::Duration(length) => Some(Quotient::from_integer(i128::from(length.count))),
        ExprKind::Name(name) => declared.param(name).and_then(|param| constant(declared, &param.default)),
        // `筛查日期 + 3日`, `人数 * 40%`: what the other side is compared with, of something that varies.
        ExprKind::Arith(ArithOp::Add, of, by) if matches!(by.kind, ExprKind::Duration(_)) => {
            constant(declared, by).filter(|_| constant(declared, of).is_none())
        }
        ExprKind::Arith(ArithOp::Mul, one, other) => match (constant(declared, one), constant(declared, other)) {
            (Some(share), None) | (None, Some(share)) => Some(share),
            _ => None,
        },
        _ => None,
    }
}
