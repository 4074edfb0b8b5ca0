//! Small changes to a declaration, and the names that it uses.

use std::collections::BTreeSet;

use crate::mutate::expression::{Change, Variant, variants};
use crate::mutate::kind::Kind;
use crate::mutate::members::{member_variants, range_change, range_variants};
use crate::mutate::speech::Speech;
use crate::mutate::table::table_variants;
use bulou_base::date::{Date, plus_days};
use bulou_base::source::Span;
use bulou_syntax::ast::{
    Declaration, Define, Due, Effective, Expr, ExprKind, Name, Pack, Param, Rule, TypeExpr, TypeKind,
};
use bulou_syntax::built_in::{BuiltIn, COUNTINGS, Counting};
use bulou_syntax::tree::{Role, walk};

/// Stands for the parameter of type 期间 among the names that a declaration uses.
pub(crate) const COUNTING: &str = "#期间";
/// Stands for the pack's own 施行.
pub(crate) const EFFECTIVE: &str = "#施行";

/// The name and whole place of a declaration that can be changed.
pub(crate) fn named(declaration: &Declaration) -> Option<(&Name, Span)> {
    match declaration {
        Declaration::Pack(pack) => Some((&pack.id, pack.span)),
        Declaration::Param(param) => Some((&param.name, param.span)),
        Declaration::Define(define) => Some((&define.name, define.span)),
        Declaration::Table(table) => Some((&table.name, table.span)),
        Declaration::Rule(rule) => Some((&rule.id, rule.span)),
        Declaration::Record(record) => Some((&record.name, record.span)),
        Declaration::Data(data) => Some((&data.name, data.span)),
        _ => None,
    }
}

/// The name by which other declarations use this one.
pub(crate) fn used_as(declaration: &Declaration) -> Option<&str> {
    match declaration {
        Declaration::Pack(_) => Some(EFFECTIVE),
        Declaration::Param(param) if is_counting(&param.ty) => Some(COUNTING),
        Declaration::Rule(_) | Declaration::Record(_) | Declaration::Data(_) => None,
        other => named(other).map(|(name, _)| name.text.as_str()),
    }
}

fn is_counting(ty: &TypeExpr) -> bool {
    matches!(ty.kind, TypeKind::BuiltIn(BuiltIn::Counting))
}

/// Every variant of a declaration.
pub(crate) fn declaration_variants(declaration: &Declaration, speech: &Speech<'_>) -> Vec<Variant<Declaration>> {
    match declaration {
        Declaration::Rule(rule) => {
            let variants = rule_variants(rule, speech).into_iter();
            variants.map(|(change, rule)| (change, Declaration::Rule(Box::new(rule)))).collect()
        }
        Declaration::Define(define) => {
            let variants = variants(&define.value, Role::Condition, speech).into_iter();
            let whole = |value| Declaration::Define(Define { value, ..define.clone() });
            variants.map(|(change, value)| (change, whole(value))).collect()
        }
        Declaration::Table(table) => {
            let variants = table_variants(table, speech).into_iter();
            variants.map(|(change, table)| (change, Declaration::Table(table))).collect()
        }
        Declaration::Param(param) => {
            let variants = param_variants(param, speech).into_iter();
            let whole = |default| Declaration::Param(Param { default, ..param.clone() });
            variants.map(|(change, default)| (change, whole(default))).collect()
        }
        Declaration::Pack(pack) => {
            let variants = pack.effective.iter().flat_map(|effective| effective_variants(effective, speech));
            let whole = |effective| Pack { effective: Some(effective), ..pack.clone() };
            variants.map(|(change, effective)| (change, Declaration::Pack(whole(effective)))).collect()
        }
        other => member_variants(other, speech),
    }
}

/// Every variant of what a parameter may be set to.
pub(crate) fn bound_variants(declaration: &Declaration, speech: &Speech<'_>) -> Vec<Variant<Declaration>> {
    let Declaration::Param(param) = declaration else { return Vec::new() };
    let Some((low, high)) = &param.range else { return Vec::new() };
    let to = |(first, last): (Expr, Expr)| {
        let change = range_change(low.span, (low, high), (&first, &last), speech);
        (change, Declaration::Param(Param { range: Some((first, last)), ..param.clone() }))
    };
    range_variants((low, high), speech).into_iter().map(to).collect()
}

/// The default changes; a way of counting days becomes another.
fn param_variants(param: &Param, speech: &Speech<'_>) -> Vec<Variant<Expr>> {
    if !is_counting(&param.ty) {
        return variants(&param.default, Role::Value, speech);
    }
    let own = speech.text(&param.default);
    let ways = COUNTINGS.iter().filter(|way| Some(way.means) != Counting::named(&own)).map(|way| way.zh);
    ways.map(|way| {
        let span = param.default.span;
        let change = Change { kind: Kind::Deadline, span, from: own.clone(), to: way.to_owned() };
        (change, Expr { kind: ExprKind::Name(way.to_owned()), span })
    })
    .collect()
}

fn effective_variants(effective: &Effective, speech: &Speech<'_>) -> Vec<Variant<Effective>> {
    let mut all = Vec::new();
    let mut add = |own: Date, make: &dyn Fn(Date) -> Effective| {
        for day in [-1, 1].into_iter().filter_map(|by| plus_days(own, by)) {
            let from = format!("{} {own}", speech.word("kw_effective"));
            let to = format!("{} {day}", speech.word("kw_effective"));
            all.push((Change { kind: Kind::Effective, span: effective.span, from, to }, make(day)));
        }
    };
    add(effective.from, &|from| Effective { from, ..effective.clone() });
    if let Some(until) = effective.until {
        add(until, &|until| Effective { until: Some(until), ..effective.clone() });
    }
    all
}

fn rule_variants(rule: &Rule, speech: &Speech<'_>) -> Vec<Variant<Rule>> {
    let mut all: Vec<Variant<Rule>> = Vec::new();
    if let Some(applies) = &rule.applies {
        let from = format!("{} {}", speech.word("kw_applies"), speech.text(applies));
        let change = Change { kind: Kind::Guard, span: applies.span, from, to: speech.nothing() };
        all.push((change, Rule { applies: None, ..rule.clone() }));
        let variants = variants(applies, Role::Guard, speech).into_iter();
        all.extend(variants.map(|(change, applies)| (change, Rule { applies: Some(applies), ..rule.clone() })));
    }
    if let Some(effective) = &rule.effective {
        let variants = effective_variants(effective, speech).into_iter();
        all.extend(variants.map(|(change, effective)| (change, Rule { effective: Some(effective), ..rule.clone() })));
    }
    for (index, requirement) in rule.requirements.iter().enumerate() {
        if rule.requirements.len() > 1 {
            let from = format!("{} {}", speech.word("kw_requires"), speech.text(&requirement.expr));
            let change = Change { kind: Kind::Requirement, span: requirement.span, from, to: speech.nothing() };
            let mut whole = rule.clone();
            whole.requirements.remove(index);
            all.push((change, whole));
        }
        for (change, expr) in variants(&requirement.expr, Role::Condition, speech) {
            let mut whole = rule.clone();
            if let Some(requirement) = whole.requirements.get_mut(index) {
                requirement.expr = expr;
            }
            all.push((change, whole));
        }
    }
    all
}

/// A rule without what has no part in its verdict: a message that names what a change leaves out would make it no
/// rule at all, and a quote is compared with its source again for every mutant.
pub(crate) fn bare(rule: &Rule) -> Rule {
    let mut bare = Rule { citations: Vec::new(), ..rule.clone() };
    for requirement in &mut bare.requirements {
        requirement.message = None;
    }
    bare
}

/// The names that a declaration uses, fields of the same name included: what is judged in vain does no harm.
pub(crate) fn names(declaration: &Declaration) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    match declaration {
        Declaration::Rule(rule) => {
            let requirements = rule.requirements.iter().map(|requirement| &requirement.expr);
            for expr in requirements.chain(&rule.applies) {
                gather(expr, &mut names);
            }
            // A rule's own days lie within the pack's.
            names.insert(EFFECTIVE.to_owned());
        }
        Declaration::Define(define) => gather(&define.value, &mut names),
        Declaration::Table(table) => {
            for row in &table.rows {
                gather(&row.result, &mut names);
            }
        }
        _ => {}
    }
    names
}

/// Adds the names that an expression uses.
pub(crate) fn gather(expr: &Expr, names: &mut BTreeSet<String>) {
    walk(expr, &mut |part| match &part.kind {
        ExprKind::Name(name) => {
            names.insert(name.clone());
        }
        ExprKind::Call(name, _) => {
            names.insert(name.text.clone());
        }
        ExprKind::Deadline(_, due) | ExprKind::By(due, _) if matches!(**due, Due::Within { .. }) => {
            names.insert(COUNTING.to_owned());
        }
        _ => {}
    });
}
