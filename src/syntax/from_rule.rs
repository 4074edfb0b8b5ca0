//! From pest's pairs to the tree: a rule and its clauses.

use crate::built_in::SEVERITIES;

use crate::ast::{Citation, Requirement, Rule as RuleDeclaration};
use crate::from_pairs::{Builder, Node, is_keyword, last};
use crate::parser::Rule;
use bulou_base::source::Span;

impl Builder {
    pub(super) fn rule<'i>(
        &mut self,
        span: Span,
        mut inner: impl Iterator<Item = Node<'i>>,
    ) -> Option<RuleDeclaration> {
        let id = self.name(&inner.next()?);
        let mut rule = RuleDeclaration {
            span,
            id,
            title: None,
            scope: None,
            citations: Vec::new(),
            responsible: None,
            group: None,
            severity: None,
            effective: None,
            applies: None,
            requirements: Vec::new(),
            remedy: None,
        };
        for part in inner {
            match part.as_rule() {
                Rule::text => rule.title = Some(self.string(&part)),
                Rule::rule_scope => rule.scope = last(part).map(|name| self.name(&name)),
                Rule::clause => self.clause(&mut rule, part),
                _ => {}
            }
        }
        Some(rule)
    }

    fn clause(&mut self, rule: &mut RuleDeclaration, pair: Node<'_>) {
        let span = self.span(&pair);
        let Some(form) = pair.into_inner().next() else { return };
        let kind = form.as_rule();
        if kind == Rule::effective {
            let effective = self.effective(form);
            return self.once(&mut rule.effective, effective, span);
        }
        let mut inner = form.into_inner().filter(|pair| !is_keyword(pair.as_rule()));
        let Some(first) = inner.next() else { return };
        match kind {
            Rule::cites => {
                let (mut quote, mut shortfall) = (None, None);
                for pair in inner {
                    match pair.as_rule() {
                        Rule::shortfall => shortfall = last(pair).map(|text| self.string(&text)),
                        _ => quote = Some(self.string(&pair)),
                    }
                }
                rule.citations.push(Citation { source: self.name(&first), quote, shortfall });
            }
            Rule::requires => {
                let expr = self.expr(first);
                let message = inner.next().and_then(last).map(|text| self.template(&text));
                rule.requirements.push(Requirement { expr, message, span });
            }
            Rule::applies => {
                let applies = Some(self.expr(first));
                self.once(&mut rule.applies, applies, span);
            }
            Rule::severity => {
                let severity = Some(self.term(&SEVERITIES, &first));
                self.once(&mut rule.severity, severity, span);
            }
            _ => {
                let text = Some(self.string(&first));
                let place = match kind {
                    Rule::responsible => &mut rule.responsible,
                    Rule::group => &mut rule.group,
                    _ => &mut rule.remedy,
                };
                self.once(place, text, span);
            }
        }
    }
}
