//! Rules: their clauses, requirements and messages.

use std::collections::HashMap;

use crate::declared::{is_county, twice};
use crate::scope::Checker;
use crate::source_text::{By, Cited, cite};
use crate::survey::CandidateKind;
use crate::types::{Node, Ty, Typed};
use bulou_base::source::Span;
use bulou_ir::expr::{CondKind, ListKind};
use bulou_ir::{Effective, MessagePart, Requirement, Rule};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix, Lang, LocalizedText};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_report::{Citation, RuleCard, RuleSeverity};
use bulou_syntax::ast::{self, Expr, ExprKind, Name, Quantifier, Template, TemplatePart};
use bulou_syntax::built_in::{self, SEVERITIES, Term};

impl<'a> Checker<'a> {
    /// Checks a rule; `None` for one of the other scope.
    pub fn rule(&mut self, rule: &'a ast::Rule, cited: &mut [Cited<'a>]) -> Option<Rule> {
        if self.is_county(rule.scope.as_ref()) != self.county {
            return None;
        }
        let citations = self.citations(rule, cited);
        let severity = self.severity(rule.severity.as_ref());
        if rule.requirements.is_empty() {
            self.error(
                Code::Clause,
                rule.id.span,
                texts::rule_asks_nothing(&rule.id.text).text(),
                texts::write_least_one_requires().text(),
            );
        }
        let (applies, facts) = match &rule.applies {
            None => (None, Vec::new()),
            Some(cond) => {
                let typed = self.yes_or_no(cond, false);
                let facts = typed.when_true.clone();
                (Some(typed.into_cond()), facts)
            }
        };
        let requirements = self.knowing(&facts, |checker| {
            rule.requirements.iter().map(|requirement| checker.requirement(requirement)).collect()
        });
        let text = |text: &Option<ast::Str>| text.as_ref().map(|text| text.text.clone()).unwrap_or_default();
        let card = RuleCard {
            id: rule.id.text.clone(),
            title: rule.title.as_ref().map_or_else(|| rule.id.text.clone(), |title| title.text.clone()),
            group: text(&rule.group),
            severity,
            responsible: text(&rule.responsible),
            remedy: text(&rule.remedy),
            citations,
        };
        let pack = self.declared.pack.and_then(|pack| pack.effective.as_ref());
        let effective = rule.effective.as_ref().and_then(|effective| self.in_force(effective, pack));
        Some(Rule { card, effective, applies, requirements })
    }

    /// The days of a `施行`; a rule's lie within its pack's, whatever it says.
    pub fn in_force(&mut self, own: &ast::Effective, pack: Option<&ast::Effective>) -> Option<Effective> {
        let earliest = pack.map_or(own.from, |pack| pack.from.max(own.from));
        let latest = [own.until, pack.and_then(|pack| pack.until)].into_iter().flatten().min();
        if latest.is_some_and(|latest| latest < earliest) {
            let reversed = own.until.is_some_and(|until| until < own.from);
            self.error(
                Code::NeverInForce,
                own.span,
                if reversed { texts::last_day_before_first().text() } else { texts::rules_days_lie_outside().text() },
                texts::check_days_effective_earlier().text(),
            );
            return None;
        }
        if let Some(pack) = pack
            && (own.from < pack.from || own.until.is_some_and(|until| pack.until.is_some_and(|end| end < until)))
        {
            self.error(
                Code::OutlivesPack,
                own.span,
                texts::rules_days_go_beyond().text(),
                texts::change_days_rule_those().text(),
            );
        }
        Some(Effective { from: earliest, until: latest })
    }

    fn citations(&mut self, rule: &'a ast::Rule, cited: &mut [Cited<'a>]) -> Vec<Citation> {
        if rule.citations.is_empty() {
            self.error(
                Code::NoCitation,
                rule.id.span,
                texts::rule_cites_nothing(&rule.id.text).text(),
                texts::write_cites_source_quote().text(),
            );
        }
        let mut seen = HashMap::new();
        for citation in &rule.citations {
            let (span, quote) = (citation.source.span, citation.quote.as_ref().map(|quote| quote.text.as_str()));
            let first = *seen.entry((citation.source.text.as_str(), quote)).or_insert(span);
            if first != span {
                self.diagnostics.push(twice(&citation.source.text, span, first));
            }
        }
        rule.citations
            .iter()
            .map(|citation| Citation {
                source: citation.source.text.clone(),
                section: cite(
                    cited,
                    &citation.source,
                    citation.quote.as_ref(),
                    &By::Rule(&rule.id.text, citation.shortfall.as_ref().map(|text| text.text.as_str())),
                    (&self.declared.nearness, &mut self.diagnostics),
                ),
                quote: citation.quote.as_ref().map(|quote| quote.text.clone()).unwrap_or_default(),
            })
            .collect()
    }

    fn severity(&mut self, name: Option<&Name>) -> RuleSeverity {
        let Some(name) = name else { return RuleSeverity::Minor };
        let message = texts::no_severity(&name.text).text();
        self.word_of(&SEVERITIES, name, message).unwrap_or(RuleSeverity::Minor)
    }

    /// What a word means of those that can stand there; any other is reported with a message.
    pub(super) fn word_of<T: Copy>(&mut self, terms: &[Term<T>], word: &Name, message: LocalizedText) -> Option<T> {
        let known = built_in::named(terms, &word.text);
        if known.is_none() {
            let words = |lang, mark: &str| built_in::words(terms, lang).join(mark);
            let help = texts::write_one(&Each(&words(Lang::Zh, "、"), &words(Lang::En, ", "))).text();
            self.unknown_word(word, &built_in::words(terms, Lang::Zh), message, help);
        }
        known
    }

    pub fn is_county(&mut self, scope: Option<&Name>) -> bool {
        match scope {
            None => false,
            Some(scope) if is_county(&scope.text) => true,
            Some(scope) if matches!(scope.text.as_str(), "学校" | "school") => false,
            Some(other) => {
                let message = texts::no_scope(&other.text).text();
                self.unknown_word(other, &["学校", "全县"], message, texts::write_school_county().text());
                false
            }
        }
    }

    /// Reports a word that is not among the few that can stand in a clause.
    fn unknown_word(&mut self, word: &Name, known: &[&'static str], message: LocalizedText, help: LocalizedText) {
        let fix =
            self.declared.nearness.nearest(&word.text, known.iter().copied()).map(|near| Fix::new(word.span, near));
        let known = known.iter().map(|word| self.candidate(word, CandidateKind::Word, &Ty::Bad, None)).collect();
        self.unknown(Diagnostic::new(Code::Clause, word.span, message, help).with_fix(fix), &word.text, known);
    }

    fn requirement(&mut self, requirement: &'a ast::Requirement) -> Requirement {
        let cond = self.yes_or_no(&requirement.expr, true);
        let omits = matches!(spine_end(&requirement.expr).kind, ExprKind::Covers(..));
        let cond = cond.into_cond().required();
        let reported = self.diagnostics.len();
        let spoken = Spoken { omits, hidden: cond.hidden };
        let message = requirement.message.as_ref().map(|message| self.in_spine(&requirement.expr, message, spoken));
        if let ExprKind::Quantifier(Quantifier::Some | Quantifier::None, ..) = spine_end(&requirement.expr).kind {
            let missed = self.diagnostics.iter_mut().skip(reported).filter(|found| found.code == Code::TemplateName);
            missed.for_each(|found| found.help = no_element());
        }
        Requirement { cond, message }
    }

    /// A message sees what the requirement's outer 每个 bind: the elements whose failure it speaks of. Where a `敏感`
    /// value decides which these are, naming one would tell the value.
    fn in_spine(&mut self, expr: &'a Expr, message: &'a Template, spoken: Spoken) -> Vec<MessagePart> {
        match &expr.kind {
            ExprKind::Quantifier(Quantifier::Every, list, name, body) => {
                let reported = self.diagnostics.len();
                let mut list = self.list(list, None);
                list.sensitive |= spoken.hidden;
                let (element, facts) = self.elements(&list, name.as_ref());
                self.diagnostics.truncate(reported);
                self.bound(&list, (&element, &facts), name.as_ref(), list.span, |checker, _, _| {
                    checker.in_spine(body, message, spoken)
                })
            }
            ExprKind::If(_, inner, None) | ExprKind::By(_, inner) => self.in_spine(inner, message, spoken),
            _ => self.template(message, spoken),
        }
    }

    /// A message that speaks of what is bound already.
    pub fn said(&mut self, message: &'a Template, hidden: bool) -> Vec<MessagePart> {
        self.template(message, Spoken { omits: false, hidden })
    }

    fn template(&mut self, template: &'a Template, spoken: Spoken) -> Vec<MessagePart> {
        template.parts.iter().filter_map(|part| self.template_part(part, spoken)).collect()
    }

    fn template_part(&mut self, part: &'a TemplatePart, spoken: Spoken) -> Option<MessagePart> {
        match part {
            TemplatePart::Text(text) => Some(MessagePart::Text(text.clone())),
            TemplatePart::Omitted(span) if !spoken.omits => {
                self.error(
                    Code::TemplateName,
                    *span,
                    texts::omitted_belongs_requirements_covers().text(),
                    texts::remove_write_requirement_covers().text(),
                );
                None
            }
            TemplatePart::Omitted(span) if spoken.hidden => {
                self.told("遗漏", *span);
                None
            }
            TemplatePart::Omitted(_) => Some(MessagePart::Omitted),
            TemplatePart::Value(expr) => {
                let reported = self.diagnostics.len();
                let used = std::mem::take(&mut self.used_fields);
                let typed = self.infer(expr, None);
                let printed = std::mem::replace(&mut self.used_fields, used);
                self.printed_fields.extend(printed);
                for diagnostic in self.diagnostics.iter_mut().skip(reported) {
                    if matches!(diagnostic.code, Code::UnknownName) {
                        diagnostic.code = Code::TemplateName;
                    }
                }
                self.shown(typed)
            }
        }
    }

    /// Reports a part of a message by which a `敏感` value would be told.
    fn told(&mut self, text: &str, span: Span) {
        let message = texts::message_would_tell_sensitive(&text).text();
        let help = texts::use_field_does_not().text();
        self.error(Code::TemplateSensitive, span, message, help);
    }

    fn shown(&mut self, typed: Typed<'a>) -> Option<MessagePart> {
        if typed.sensitive {
            self.told(&typed.text, typed.span);
            return None;
        }
        match &typed.node {
            Node::Bad => None,
            Node::Cond(CondKind::Definition(_)) | Node::Cond(_) => Some(MessagePart::Cond(typed.into_cond())),
            Node::List(ListKind::Definition(_)) | Node::List(_) => Some(MessagePart::List(typed.into_list())),
            Node::Scalar(_) => Some(MessagePart::Value(typed.into_scalar())),
            Node::Record(_) => {
                self.error(
                    Code::TemplateName,
                    typed.span,
                    texts::whole_record_cannot_printed(&typed.text).text(),
                    texts::name_one_fields().text(),
                );
                None
            }
        }
    }
}

/// What a message may speak of.
#[derive(Clone, Copy)]
struct Spoken {
    /// Its requirement is a 不漏.
    omits: bool,
    /// Its requirement depends on a `敏感` value.
    hidden: bool,
}

/// Where the elements are not one by one what fails, a message cannot name one.
fn no_element() -> LocalizedText {
    texts::message_exists_none_cannot().text()
}

/// What a requirement asks in the end, below its outer 每个, 若 and 至迟.
fn spine_end(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Quantifier(Quantifier::Every, _, _, body) => spine_end(body),
        ExprKind::If(_, inner, None) | ExprKind::By(_, inner) => spine_end(inner),
        _ => expr,
    }
}
