//! One scope of a pack, the school or the county, from its declarations to compiled rules.

use std::collections::{HashMap, HashSet};

use crate::declared::Declared;
use crate::scope::{Checker, Depth};
use crate::shape::Built;
use crate::source_text::{By, Cited, cite};
use crate::survey::Survey;
use crate::{FieldRules, contradictions};
use bulou_base::source::{Source, Span};
use bulou_document::shape::{Element, Fields, Shape};
use bulou_ir::expr::Cond;
use bulou_ir::{ParamType, Rule, RuleSet, hoist};
use bulou_messages::codes::Code;
use bulou_messages::texts;
use bulou_syntax::ast::Expr;

/// The tables of records, by the record.
fn table_numbers(shape: &Shape) -> HashMap<*const Fields, u16> {
    let tables = (0_u16..).zip(&shape.tables);
    let records = tables.filter_map(|(number, table)| match &table.element {
        Element::Record(fields) => Some((std::ptr::from_ref(fields), number)),
        Element::Scalar(_) => None,
    });
    records.collect()
}

impl<'a> Checker<'a> {
    pub(super) fn new(texts: &'a [Source], declared: &'a Declared<'a>, built: &'a Built, county: bool) -> Self {
        let mut checker = Checker {
            county,
            texts,
            declared,
            shape: &built.shape,
            spans: &built.spans,
            params: Vec::new(),
            param_numbers: HashMap::new(),
            definitions: Vec::new(),
            tables: Vec::new(),
            states: HashMap::new(),
            arguments: &[],
            scopes: Vec::new(),
            facts: Vec::new(),
            next_id: 0,
            tainted: false,
            depth: Depth::default(),
            used_fields: HashSet::new(),
            codes: HashSet::new(),
            presence: HashMap::new(),
            calls: HashMap::new(),
            decided: HashMap::new(),
            atoms: HashMap::new(),
            printed_fields: HashSet::new(),
            read_by: HashMap::new(),
            used_names: HashSet::new(),
            used_options: HashSet::new(),
            field_index: HashMap::new(),
            table_numbers: table_numbers(&built.shape),
            diagnostics: Vec::new(),
            asked: Vec::new(),
            answers: Vec::new(),
            folding: false,
            constraining: false,
            condition: None,
            survey: Survey::default(),
        };
        checker.scopes = checker.root_scope();
        checker.params();
        checker
    }

    /// Of conditions that county rules put to each school, those that its own document can answer.
    pub(super) fn answered(&mut self, asked: &[&'a Expr]) -> Vec<(Span, Cond)> {
        let mut found: Vec<(Span, Cond)> = Vec::new();
        for cond in asked {
            let before = self.diagnostics.len();
            let typed = self.yes_or_no(cond, false);
            let known = found.iter().any(|(span, _)| *span == cond.span);
            if self.diagnostics.len() == before && !known {
                found.push((cond.span, typed.into_cond()));
            }
            self.diagnostics.truncate(before);
        }
        found
    }

    /// The rules of this scope; a county rule without the county's data is reported.
    pub(super) fn scope_rules(&mut self, cited: &mut [Cited<'a>]) -> (Vec<Rule>, FieldRules) {
        if self.county && self.declared.county.is_none() {
            for rule in &self.declared.rules {
                if self.is_county(rule.scope.as_ref()) {
                    self.error(
                        Code::Clause,
                        rule.id.span,
                        texts::rule_about_county_but(&rule.id.text).text(),
                        texts::declare_data_county().text(),
                    );
                }
            }
            return Default::default();
        }
        self.rules(cited)
    }

    /// What was compiled, with the pack's header.
    pub(super) fn set(self, (rules, field_rules): (Vec<Rule>, FieldRules), built: &Built, header: RuleSet) -> RuleSet {
        let shape = Shape { codes: self.code_fields(), ..built.shape.clone() };
        let counting = self.params.iter().position(|param| param.ty == ParamType::Counting);
        let mut set = RuleSet {
            shape,
            params: self.params,
            counting,
            definitions: self.definitions,
            tables: self.tables,
            rules,
            field_rules,
            ..header
        };
        hoist::mark(&mut set);
        set
    }
}

impl<'a> Checker<'a> {
    /// The rules, and which of them use a field.
    fn rules(&mut self, cited: &mut [Cited<'a>]) -> (Vec<Rule>, FieldRules) {
        let (mut rules, mut users, declared) = (Vec::new(), FieldRules::new(), self.declared);
        let mut places: HashMap<Span, Vec<(u16, u32)>> = HashMap::new();
        for (place, span) in self.spans {
            places.entry(*span).or_default().push(*place);
        }
        for rule in &declared.rules {
            let before = (std::mem::take(&mut self.used_fields), std::mem::take(&mut self.printed_fields));
            if let Some(compiled) = self.rule(rule, cited) {
                let named = self.used_fields.union(&self.printed_fields);
                for place in named.filter_map(|span| places.get(span)).flatten() {
                    users.entry(*place).or_default().push(rules.len());
                }
                rules.push((*rule, compiled));
            }
            let (mut used, mut printed) = before;
            used.extend(self.used_fields.drain());
            printed.extend(self.printed_fields.drain());
            (self.used_fields, self.printed_fields) = (used, printed);
        }
        if !self.folding {
            contradictions::report(self, &rules);
        }
        (rules.into_iter().map(|(_, compiled)| compiled).collect(), users)
    }

    /// What no rule reached: definitions and tables nobody uses are checked all the same, and 不查 are counted.
    pub(super) fn remaining(&mut self, cited: &mut [Cited<'a>]) {
        let declared = self.declared;
        for define in &declared.defines {
            if define.scope.is_none() {
                self.definition(define, define.name.span);
            }
        }
        for table in &declared.tables {
            self.table(table, table.name.span);
        }
        for excuse in &declared.excuses {
            let by = By::Excuse(&excuse.reason.text);
            cite(cited, &excuse.source, Some(&excuse.quote), &by, (&declared.nearness, &mut self.diagnostics));
        }
        for source in cited.iter().filter(|source| !source.used) {
            let name = &source.citable.name;
            self.error(Code::Unused, name.span, texts::source_not_used(&name.text).text(), texts::cite_remove().text());
        }
    }
}
