//! `有` and `缺` of what every document must have, where they seem to excuse something: what is required is there or the
//! document is incomplete, so that such a guard is never false, nor `缺` ever true. And `有` of what is yes or no, where it
//! is all that is asked: no is an answer too.

use std::collections::{HashMap, HashSet};

use crate::declared::Declared;
use crate::polarity::Search;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix, Lang, LocalizedText};
use bulou_messages::texts;
use bulou_syntax::ast::{Expr, ExprKind};
use bulou_syntax::tree::{Role, parts, same};

/// A field of which `有` or `缺` asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// Every document must have it.
    pub is_required: bool,
    /// It is yes or no.
    pub is_yes_no: bool,
}

/// Warns of the guards among the places where `有` or `缺` asks about a field.
pub(super) fn warnings<'d>(declared: &Declared<'d>, asked: &HashMap<Span, Asked>) -> Vec<Diagnostic> {
    let (mut seen, mut found, mut answered) = (HashSet::new(), Vec::new(), Vec::new());
    let mut see = |expr: &'d Expr, must: bool| {
        let Expr { kind: ExprKind::Has(inner, present), span, .. } = expr else { return };
        let Some(asked) = asked.get(span).filter(|_| !seen.contains(span)) else { return };
        // `有` excuses where it is a guard, `缺` where it suffices; and a guard that is `缺` lets nothing through.
        let (needed, excuses) = (*present && must, asked.is_required);
        match (needed, asked.is_yes_no) {
            (true, true) => answered.push((expr, inner)),
            (false, true) if excuses => found.push(answers(expr, inner, *present)),
            (false, false) if excuses => found.push(excused(*span, inner, *present)),
            _ => return,
        }
        seen.insert(*span);
    };
    let mut search = Search::with_counted(declared, &mut see);
    let records = declared.records.iter().flat_map(|record| &record.constraints);
    let datas = declared.school.iter().chain(&declared.county).flat_map(|data| &data.constraints);
    for rule in &declared.rules {
        rule.applies.iter().for_each(|expr| search.condition(expr, false));
    }
    let requirements = declared.rules.iter().flat_map(|rule| &rule.requirements).chain(records).chain(datas);
    let all: Vec<&Expr> = requirements.map(|requirement| &requirement.expr).collect();
    all.iter().for_each(|expr| search.condition(expr, true));
    // What a definition counts is asked for wherever the definition stands.
    let applies = declared.rules.iter().filter_map(|rule| rule.applies.as_ref());
    let wholes: Vec<&Expr> =
        all.into_iter().chain(applies).chain(declared.defines.iter().map(|define| &define.value)).collect();
    let alone = answered.into_iter().filter(|(expr, inner)| {
        let around = wholes.iter().find(|whole| whole.span.to(expr.span) == whole.span);
        around.is_some_and(|whole| !reads(whole, inner))
    });
    found.extend(alone.map(|(expr, inner)| answers(expr, inner, true)));
    found
}

/// Whether the value of a field is looked at, not only whether there is one.
fn reads(expr: &Expr, field: &Expr) -> bool {
    let is_asked = matches!(expr.kind, ExprKind::Has(..));
    !is_asked && (same(expr, field) || parts(expr, Role::Value).into_iter().any(|(_, part)| reads(part, field)))
}

fn answers(expr: &Expr, inner: &Expr, present: bool) -> Diagnostic {
    let print = |lang| bulou_syntax::print::expr(expr, lang);
    let asked = LocalizedText::new(print(Lang::Zh), print(Lang::En));
    let name = bulou_syntax::print::expr(inner, Lang::Zh);
    let value = if present { name } else { format!("非 {name}") };
    Diagnostic::new(
        Code::GuardRequired,
        expr.span,
        texts::asks_only_answered(&asked).text(),
        texts::ask_value(&value).text(),
    )
    .with_fix(Some(Fix::new(expr.span, value)))
}

fn excused(span: Span, inner: &Expr, present: bool) -> Diagnostic {
    let words = if present { texts::false_word() } else { texts::true_word() };
    let name = bulou_syntax::print::expr(inner, Lang::Zh);
    let message = texts::required_never_where_blank(&name, &words).text();
    let help = texts::put_behind_type_if().text();
    Diagnostic::new(Code::GuardRequired, span, message, help)
}
