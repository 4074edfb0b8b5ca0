//! `有` and `缺` of what every document must have, where they seem to excuse something: what is required is there or the
//! document is incomplete, so that such a guard is never false, nor `缺` ever true.

use std::collections::HashSet;

use crate::declared::Declared;
use crate::polarity::Search;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, LocalizedText};
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
    let (zh, en) = if present { ("不成立", "false") } else { ("成立", "true") };
    let name = bulou_syntax::print::expr(inner, bulou_messages::diagnostic::Lang::Zh);
    let message = LocalizedText::new(
        format!("`{name}` 是必填的,这个判断永远不会{zh}:没有填就是无法判断,免不了什么"),
        format!(
            "`{name}` is required, so that this is never {en}: where it is blank it is unknown and excuses nothing"
        ),
    );
    let help = LocalizedText::new(
        "可以没有的,给类型加 `?`;一定要有的,删去这个判断",
        "put `?` behind its type if it may be absent; else take the guard away",
    );
    Diagnostic::new(Code::GuardRequired, span, message, help)
}
