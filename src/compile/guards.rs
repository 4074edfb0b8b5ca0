//! `有` and `缺` of what every document must have, where they seem to excuse something: what is required is there or the
//! document is incomplete, so that such a guard is never false, nor `缺` ever true.

use std::collections::HashSet;

use crate::declared::Declared;
use crate::polarity::Search;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;

use bulou_messages::texts;
use bulou_syntax::ast::{Expr, ExprKind};

/// Warns of the guards among `required`, the places where `有` or `缺` asks about what is required.
pub(super) fn warnings(declared: &Declared<'_>, required: &HashSet<Span>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut see = |expr: &Expr, must: bool| {
        let ExprKind::Has(inner, present) = &expr.kind else { return };
        // `有` excuses where it is a guard, `缺` where it suffices; and a guard that is `缺` lets nothing through.
        let excuses = !(*present && must) && required.contains(&expr.span);
        if excuses && !found.iter().any(|one| one.primary.span == expr.span) {
            found.push(excused(expr.span, inner, *present));
        }
    };
    let mut search = Search::new(declared, &mut see);
    let records = declared.records.iter().flat_map(|record| &record.constraints);
    let datas = declared.school.iter().chain(&declared.county).flat_map(|data| &data.constraints);
    let constraints = records.chain(datas);
    for rule in &declared.rules {
        rule.applies.iter().for_each(|expr| search.condition(expr, false));
    }
    let requirements = declared.rules.iter().flat_map(|rule| &rule.requirements);
    requirements.chain(constraints).for_each(|requirement| search.condition(&requirement.expr, true));
    found
}

fn excused(span: Span, inner: &Expr, present: bool) -> Diagnostic {
    let words = if present { texts::false_word() } else { texts::true_word() };
    let name = bulou_syntax::print::expr(inner, bulou_messages::diagnostic::Lang::Zh);
    let message = texts::required_never_where_blank(&name, &words).text();
    let help = texts::put_behind_type_if().text();
    Diagnostic::new(Code::GuardRequired, span, message, help)
}
