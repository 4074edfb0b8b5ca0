//! Dates of one record of which nothing says the order: what was closed before it was found passes.

use std::collections::HashSet;

use super::{each, fields};
use crate::declared::Declared;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::{Expr, ExprKind, Field, TypeKind};
use bulou_syntax::built_in::BuiltIn;
use bulou_syntax::tree::walk;

pub(super) fn warnings(declared: &Declared<'_>) -> Vec<Diagnostic> {
    let dates: HashSet<&str> =
        fields(declared).filter(|field| is_date(field)).map(|field| field.name.text.as_str()).collect();
    let mut together = HashSet::new();
    each(declared, &mut |expr| {
        if matches!(
            expr.kind,
            ExprKind::Compare(..) | ExprKind::Deadline(..) | ExprKind::By(..) | ExprKind::Between(..)
        ) {
            let named = names(expr, &dates);
            together.extend(named.iter().flat_map(|one| named.iter().map(move |other| (*one, *other))));
        }
    });
    let records = declared.records.iter().map(|record| &record.fields);
    let all = records.chain(declared.school.iter().chain(&declared.county).map(|data| &data.fields));
    all.filter_map(|fields| warning(fields, &together)).collect()
}

/// The dates that an expression names.
fn names<'e>(expr: &'e Expr, dates: &HashSet<&str>) -> HashSet<&'e str> {
    let mut found = HashSet::new();
    walk(expr, &mut |part| match &part.kind {
        ExprKind::Name(name) => _ = found.insert(name.as_str()),
        ExprKind::Field(_, name) => _ = found.insert(name.text.as_str()),
        _ => {}
    });
    found.retain(|name| dates.contains(name));
    found
}

/// About the first date that nothing puts before or after those above it.
fn warning(fields: &[Field], together: &HashSet<(&str, &str)>) -> Option<Diagnostic> {
    let dates: Vec<&str> = fields.iter().filter(|field| is_date(field)).map(|field| field.name.text.as_str()).collect();
    let mut ordered: Vec<&str> = dates.first().copied().into_iter().collect();
    // One that is compared with one of these belongs to them, and what is compared with it in turn.
    let mut at = 0;
    while let Some(known) = ordered.get(at).copied() {
        let linked = dates.iter().filter(|date| together.contains(&(known, **date)) && !ordered.contains(date));
        ordered.extend(linked.copied().collect::<Vec<_>>());
        at += 1;
    }
    let alone = fields.iter().find(|field| is_date(field) && !ordered.contains(&field.name.text.as_str()))?;
    let earliest = fields.iter().find(|field| is_date(field))?;
    let (date, first) = (&alone.name.text, &earliest.name.text);
    // What may be left out is no comparison's.
    let unless = |words: &str| {
        let optional = [alone, earliest].into_iter().filter(|field| field.ty.optional);
        optional.map(|field| format!("{words} {} 或 ", field.name.text)).collect::<String>()
    };
    let (zh, en) = (unless("缺"), unless("lacks").replace(" 或 ", " or "));
    let message = texts::no_rule_no_constraint(&date, &first).text();
    let help = texts::write_constraint_otherwise_where(&date, &Each(&zh, &en), &first).text();
    Some(Diagnostic::new(Code::UnorderedDates, alone.name.span, message, help))
}

fn is_date(field: &Field) -> bool {
    matches!(field.ty.kind, TypeKind::BuiltIn(BuiltIn::Date))
}
