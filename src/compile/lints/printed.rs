//! Messages that print what their condition does not use: a parameter that was compared once, or the value of the field next
//! to the one that stands before it in words.

use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Lang};
use bulou_messages::texts;
use bulou_syntax::ast::{Expr, ExprKind, Requirement, TemplatePart, TypeKind};
use bulou_syntax::print;
use bulou_syntax::tree::walk;

use super::constraints;
use super::named::Names;
use crate::declared::Declared;
use crate::quote_numbers;

pub(super) fn warnings(declared: &Declared<'_>) -> Vec<Diagnostic> {
    let of_rules =
        declared.rules.iter().flat_map(|rule| rule.requirements.iter().map(|asked| (asked, rule.applies.as_ref())));
    let all = of_rules.chain(constraints(declared).map(|asked| (asked, None)));
    let names = Names::of(declared);
    all.flat_map(|(asked, applies)| {
        let mut found = unused(declared, asked, applies);
        found.extend(names.warnings(asked));
        found.extend(elsewhere(declared, asked, applies));
        found
    })
    .collect()
}

/// `{责任.分管负责人}` where nothing of 责任 is asked about: who reads it takes it for what was compared. Whose document it
/// is may always be said.
fn elsewhere(declared: &Declared<'_>, asked: &Requirement, applies: Option<&Expr>) -> Vec<Diagnostic> {
    let used = quote_numbers::names(declared, [&asked.expr].into_iter().chain(applies));
    let datas = || declared.school.iter().chain(&declared.county);
    let told =
        || datas().flat_map(|data| data.identity.iter().chain(&data.title)).filter_map(|path| path.names.first());
    let is_record = |name: &str| {
        let field = datas().flat_map(|data| &data.fields).find(|field| field.name.text == name);
        field.is_some_and(
            |field| matches!(&field.ty.kind, TypeKind::Named(name) if declared.record(&name.text).is_some()),
        )
    };
    let is_elsewhere = |value: &&Expr| match &value.kind {
        ExprKind::Field(inner, _) => match &inner.kind {
            ExprKind::Name(name) => {
                !used.contains(name.as_str()) && is_record(name) && !told().any(|first| first.text == *name)
            }
            _ => false,
        },
        _ => false,
    };
    let said = values(asked).filter(is_elsewhere);
    said.map(|value| {
        let message = texts::message_prints_of_elsewhere(&print::expr(value, Lang::Zh)).text();
        Diagnostic::new(Code::PrintsOther, value.span, message, texts::print_what_is_compared().text())
    })
    .collect()
}

/// Parameters that the message prints and nothing asks about.
fn unused(declared: &Declared<'_>, asked: &Requirement, applies: Option<&Expr>) -> Vec<Diagnostic> {
    let printed = parameters(declared, asked);
    if printed.is_empty() {
        return Vec::new();
    }
    let used = quote_numbers::names(declared, [&asked.expr].into_iter().chain(applies));
    let silent = printed.into_iter().filter(|(name, _)| !used.contains(name));
    silent
        .map(|(name, expr)| {
            let message = texts::message_prints_parameter_unused(&name).text();
            Diagnostic::new(Code::PrintsOther, expr.span, message, texts::ask_by_it_or_print_other().text())
        })
        .collect()
}

fn parameters<'d>(declared: &Declared<'_>, asked: &'d Requirement) -> Vec<(&'d str, &'d Expr)> {
    let mut found = Vec::new();
    for value in values(asked) {
        walk(value, &mut |expr: &'d Expr| {
            if let ExprKind::Name(name) = &expr.kind
                && declared.param(name).is_some()
            {
                found.push((name.as_str(), expr));
            }
        });
    }
    found
}

fn parts(asked: &Requirement) -> &[TemplatePart] {
    asked.message.as_ref().map(|message| message.parts.as_slice()).unwrap_or_default()
}

fn values(asked: &Requirement) -> impl Iterator<Item = &Expr> {
    parts(asked).iter().filter_map(|part| match part {
        TemplatePart::Value(expr) => Some(expr),
        TemplatePart::Text(_) | TemplatePart::Omitted(_) => None,
    })
}
