//! Texts that are compared with a literal where being unlike it is what passes: `没有 事件 满足 类别 = "外人闯入"` is passed by
//! writing 外来人员闯入.

use std::collections::HashMap;

use crate::atoms::Atom;
use crate::declared::Declared;
use crate::polarity::Search;
use bulou_base::order;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::texts;
use bulou_syntax::ast::{CompareOp, Expr, ExprKind};

pub(super) fn warnings(declared: &Declared<'_>, atoms: &HashMap<Span, Atom>) -> Vec<Diagnostic> {
    let mut spans: Vec<Span> = Vec::new();
    let mut see = |expr: &Expr, must: bool| spans.extend(escaped(expr, must));
    let mut search = Search::new(declared, &mut see);
    for rule in &declared.rules {
        rule.applies.iter().for_each(|expr| search.condition(expr, true));
        rule.requirements.iter().for_each(|asked| search.condition(&asked.expr, true));
    }
    order::sort(&mut spans);
    spans.dedup();
    // A quoted option is one of its list.
    let is_text = |span: &Span| match atoms.get(span) {
        Some(Atom::Compare(_, sides)) => sides.iter().all(|side| side.among.is_none()),
        Some(Atom::OneOf(side, _)) => side.among.is_none(),
        _ => true,
    };
    spans.into_iter().filter(is_text).map(warning).collect()
}

/// Where a text is compared with a literal, and being unlike it is what passes.
fn escaped(expr: &Expr, must: bool) -> Option<Span> {
    let is_text = |expr: &Expr| matches!(expr.kind, ExprKind::Text(_));
    let (compared, equal) = match &expr.kind {
        ExprKind::Compare(op @ (CompareOp::Eq | CompareOp::Ne), one, other) => {
            (is_text(one) || is_text(other), *op == CompareOp::Eq)
        }
        ExprKind::In(_, list) => (matches!(&list.kind, ExprKind::List(parts) if parts.iter().any(is_text)), true),
        _ => return None,
    };
    (compared && equal != must).then_some(expr.span)
}

fn warning(span: Span) -> Diagnostic {
    let message = texts::free_text_compared_word().text();
    let help = texts::make_field_option_list().text();
    Diagnostic::new(Code::TextEscapes, span, message, help)
}
