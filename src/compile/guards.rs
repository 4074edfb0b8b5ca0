//! `有` and `缺` of what every document must have, where they seem to excuse something: what is required is there or the
//! document is incomplete, so that such a guard is never false, nor `缺` ever true.

use std::collections::HashSet;

use crate::declared::Declared;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, LocalizedText};
use bulou_syntax::ast::{Aggregate, Expr, ExprKind, Quantifier};

/// Warns of the guards among `required`, the places where `有` or `缺` asks about what is required.
pub(super) fn warnings<'a>(declared: &Declared<'a>, required: &HashSet<Span>) -> Vec<Diagnostic> {
    let mut search = Search { declared, required, seen: HashSet::new(), found: Vec::new() };
    let records = declared.records.iter().flat_map(|record| &record.constraints);
    let datas = declared.school.iter().chain(&declared.county).flat_map(|data| &data.constraints);
    let constraints = records.chain(datas);
    for rule in &declared.rules {
        rule.applies.iter().for_each(|expr| search.condition(expr, false));
    }
    let requirements = declared.rules.iter().flat_map(|rule| &rule.requirements);
    requirements.chain(constraints).for_each(|requirement| search.condition(&requirement.expr, true));
    search.found
}

struct Search<'s, 'a> {
    declared: &'s Declared<'a>,
    required: &'s HashSet<Span>,
    /// Definitions that were gone into, and how they stood.
    seen: HashSet<(&'a str, bool)>,
    found: Vec<Diagnostic>,
}

impl<'a> Search<'_, 'a> {
    /// Looks through a condition that has to hold, or (`must` is false) that excuses what it does not hold for.
    fn condition(&mut self, expr: &'a Expr, must: bool) {
        match &expr.kind {
            ExprKind::Has(inner, present) => self.has(expr.span, inner, *present, must),
            ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().for_each(|part| self.condition(part, must)),
            ExprKind::Not(inner) => self.condition(inner, !must),
            ExprKind::If(test, yes, no) => {
                if no.is_none() {
                    self.condition(test, !must);
                }
                self.condition(yes, must);
                no.iter().for_each(|no| self.condition(no, must));
            }
            ExprKind::Quantifier(quantifier, list, _, body) => {
                self.list(list, must == (*quantifier == Quantifier::Some));
                self.condition(body, must == (*quantifier != Quantifier::None));
            }
            ExprKind::Covers(have, wanted) => {
                self.list(have, must);
                self.list(wanted, !must);
            }
            ExprKind::By(_, cond) => self.condition(cond, must),
            ExprKind::Name(name) => self.definition(name, must, Self::condition),
            _ => {}
        }
    }

    /// Looks through a list of which every element helps, or (`must` is false) asks for something.
    fn list(&mut self, expr: &'a Expr, must: bool) {
        match &expr.kind {
            ExprKind::Filter(list, _, cond) => {
                self.list(list, must);
                self.condition(cond, must);
            }
            ExprKind::Field(list, _) | ExprKind::Aggregate(Aggregate::Distinct, list, _) => self.list(list, must),
            ExprKind::Name(name) => self.definition(name, must, Self::list),
            _ => {}
        }
    }

    fn definition(&mut self, name: &'a str, must: bool, look: fn(&mut Self, &'a Expr, bool)) {
        if let Some(define) = self.declared.define(name)
            && self.seen.insert((name, must))
        {
            look(self, &define.value, must);
        }
    }

    /// `有` excuses where it is a guard, `缺` where it suffices; and a guard that is `缺` lets nothing through.
    fn has(&mut self, span: Span, inner: &Expr, present: bool, must: bool) {
        if (present && must) || !self.required.contains(&span) {
            return;
        }
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
        if !self.found.iter().any(|one| one.primary.span == span) {
            self.found.push(Diagnostic::new(Code::GuardRequired, span, message, help));
        }
    }
}
