//! The county's roster, by which it is known who is missing: somebody has to be on it, by the codes that schools say of
//! themselves, and it asks for the schools, not they for it.

use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix, Lang};
use bulou_messages::texts;
use bulou_syntax::ast::{Aggregate, AttributeKind, Data, Expr, ExprKind, Field, TypeKind};
use bulou_syntax::built_in::{FORMATS, Format, named as format};
use bulou_syntax::print;

use crate::declared::Declared;

pub(super) fn warnings(declared: &Declared<'_>) -> Vec<Diagnostic> {
    let Some(county) = declared.county else { return Vec::new() };
    let Some([list, id]) = county.roster.as_ref().map(|path| path.names.as_slice()) else { return Vec::new() };
    let Some(roster) = named(&county.fields, &list.text) else { return Vec::new() };
    let mut found = Vec::new();
    if !has(roster, |kind| matches!(kind, AttributeKind::MinItems(least) if *least > 0)) {
        let message = texts::roster_may_be_empty(&list.text).text();
        let help = texts::put_at_least_behind_roster(&list.text).text();
        found.push(Diagnostic::new(Code::EmptyPasses, list.span, message, help));
    }
    let is_code = |field: &&Field| {
        has(
            field,
            |kind| matches!(kind, AttributeKind::Format(word) if format(&FORMATS, &word.text) == Some(Format::SchoolCode)),
        )
    };
    let fields = records(declared, roster);
    if let Some(code) = fields.iter().find(is_code)
        && named(fields, &id.text).is_some_and(|field| !is_code(&field))
    {
        let message = texts::roster_names_by_no_code(&id.text, &code.name.text).text();
        let help = texts::write_2(&format!("{}.{}", list.text, code.name.text)).text();
        let fix = Fix::new(id.span, code.name.text.clone());
        found.push(Diagnostic::new(Code::DataPath, id.span, message, help).with_fix(Some(fix)));
    }
    let (mut asks_all, mut turned) = (false, Vec::new());
    super::asked(declared, &mut |expr| {
        let ExprKind::Covers(have, wanted) = &expr.kind else { return };
        let (Some(have_of), Some(wanted_of)) = (whole(have), whole(wanted)) else { return };
        asks_all |= wanted_of == list.text && is_fold(county, have_of);
        if have_of == list.text && is_fold(county, wanted_of) {
            turned.push(turned_round(expr, have, wanted));
        }
    });
    // Asked both ways, who handed in and is on no roster is found as well.
    found.extend(turned.into_iter().filter(|_| !asks_all));
    found
}

/// Whoever handed in is on the roster as a rule: who did not is found the other way round.
fn turned_round(expr: &Expr, have: &Expr, wanted: &Expr) -> Diagnostic {
    let turned = format!("{} 不漏 {}", print::expr(wanted, Lang::Zh), print::expr(have, Lang::Zh));
    let message = texts::handed_in_covers_nobody(&print::expr(wanted, Lang::Zh)).text();
    Diagnostic::new(Code::OwnList, expr.span, message, texts::turn_covers_round(&turned).text())
        .with_fix(Some(Fix::new(expr.span, turned)))
}

fn named<'f>(fields: &'f [Field], name: &str) -> Option<&'f Field> {
    fields.iter().find(|field| field.name.text == name)
}

fn has(field: &Field, is_it: impl Fn(&AttributeKind) -> bool) -> bool {
    field.attributes.iter().any(|attribute| is_it(&attribute.kind))
}

fn records<'d>(declared: &Declared<'d>, list: &Field) -> &'d [Field] {
    let TypeKind::List(element) = &list.ty.kind else { return &[] };
    let TypeKind::Named(name) = &element.kind else { return &[] };
    declared.record(&name.text).map(|record| record.fields.as_slice()).unwrap_or_default()
}

fn is_fold(county: &Data, name: &str) -> bool {
    named(&county.fields, name).is_some_and(|field| matches!(field.ty.kind, TypeKind::Fold(_)))
}

/// The field of the document of which a list has every element.
fn whole(list: &Expr) -> Option<&str> {
    match &list.kind {
        ExprKind::Name(name) => Some(name),
        ExprKind::Field(inner, _) | ExprKind::Aggregate(Aggregate::Distinct, inner, _) => whole(inner),
        _ => None,
    }
}
