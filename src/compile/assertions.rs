//! 断言: what the rules together must come to, as their author says it. They decide nothing about a document; they are asked
//! of the solver, and of the pack's own cases.

use std::collections::HashMap;

use crate::declared::{duplicate, is_county};
use crate::scope::Checker;
use crate::survey::{CURSOR, CandidateKind};
use crate::types::Ty;
use bulou_ir::{Assertion, Requirement, Rule};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix};
use bulou_messages::texts;
use bulou_report::{RuleCard, RuleSeverity};
use bulou_syntax::ast::{self, Name};
use bulou_syntax::built_in::{STANDINGS, Standing};

impl<'a> Checker<'a> {
    /// The assertions about the rules of schools.
    pub(super) fn assertions(&mut self, rules: &[Rule]) -> Vec<Assertion> {
        let declared = self.declared;
        let mut titles: HashMap<&str, Name> = HashMap::new();
        let mut found = Vec::new();
        for assertion in &declared.assertions {
            let title = Name { text: assertion.title.text.clone(), span: assertion.title.span };
            if let Some(first) = titles.get(assertion.title.text.as_str()) {
                self.diagnostics.push(duplicate(&title, first));
            }
            titles.entry(&assertion.title.text).or_insert(title);
            found.extend(self.assertion(assertion, rules));
        }
        found
    }

    fn assertion(&mut self, assertion: &'a ast::Assertion, rules: &[Rule]) -> Option<Assertion> {
        // To be asserted about makes no field one that decides something.
        let before = (self.used_fields.clone(), self.used_options.clone(), self.presence.clone());
        let cond = self.yes_or_no(&assertion.premise, false).into_cond();
        (self.used_fields, self.used_options, self.presence) = before;
        let mut outcomes = Vec::new();
        for outcome in &assertion.outcomes {
            let (rule, standing) = (self.asserted_rule(&outcome.rule, rules), self.standing(&outcome.stands));
            outcomes.extend(rule.zip(standing));
        }
        let title = assertion.title.text.clone();
        let card = RuleCard {
            id: title.clone(),
            title: title.clone(),
            group: String::new(),
            severity: RuleSeverity::Minor,
            responsible: String::new(),
            remedy: String::new(),
            citations: Vec::new(),
        };
        let requirements = vec![Requirement { cond, message: None }];
        let premise = Rule { card, effective: None, applies: None, requirements };
        (outcomes.len() == assertion.outcomes.len()).then_some(Assertion { title, premise, outcomes })
    }

    /// The rule that an assertion names, by its place.
    fn asserted_rule(&mut self, name: &'a Name, rules: &[Rule]) -> Option<usize> {
        let declared = self.declared;
        let known = |rule: &&&ast::Rule| !rule.scope.as_ref().is_some_and(|scope| is_county(&scope.text));
        if let Some(rule) = declared.rules.iter().find(|rule| rule.id.text == name.text) {
            self.note(name.span, rule.id.span);
            if !known(&rule) {
                let message = texts::assertion_about_rules_schools(&name.text).text();
                let help = texts::name_rule_schools().text();
                self.error(Code::Clause, name.span, message, help);
            }
            return rules.iter().position(|rule| rule.card.id == name.text);
        }
        // It may be a rule with an error of syntax.
        if declared.left_out && name.text != CURSOR {
            return None;
        }
        let names: Vec<&str> = declared.rules.iter().filter(known).map(|rule| rule.id.text.as_str()).collect();
        let fix = declared.nearness.nearest(&name.text, names.iter().copied());
        let fix = fix.map(|near| Fix::new(name.span, near));
        let message = texts::no_rule(&name.text).text();
        let help = texts::write_name_rule().text();
        let candidates = names.iter().map(|name| self.candidate(name, CandidateKind::Word, &Ty::Bad, None)).collect();
        let diagnostic = Diagnostic::new(Code::UnknownName, name.span, message, help).with_fix(fix);
        self.unknown(diagnostic, &name.text, candidates);
        None
    }

    fn standing(&mut self, word: &Name) -> Option<Standing> {
        let message = texts::no_rule_comes(&word.text).text();
        self.word_of(&STANDINGS, word, message)
    }
}
