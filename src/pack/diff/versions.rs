//! Two versions of a pack, and what each name in them depends on.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::report::Change;
use super::tree::{table_parts, walk};
use crate::Loaded;
use bulou_base::source::{Source, SourceId, Span};
use bulou_compile::Declared;
use bulou_document::Constant;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_syntax::ast::{self, Due, DurationUnit, Expr, ExprKind, File};
use bulou_syntax::built_in::Counting;
use bulou_syntax::lex::{LexKind, lex};
use bulou_syntax::parse;

/// One version: its trees and its rule set.
pub(super) struct Version<'p> {
    pub rules: &'p RuleSet,
    pub declared: Declared<'p>,
    /// The language of the program's own words.
    pub lang: Lang,
    /// What its names stand for.
    named: Named<'p>,
    sources: &'p [Source],
}

/// Declarations by name.
#[derive(Default)]
struct Named<'p> {
    defines: HashMap<&'p str, &'p ast::Define>,
    params: HashMap<&'p str, &'p ast::Param>,
    tables: HashMap<&'p str, &'p ast::Table>,
    rules: HashMap<&'p str, &'p ast::Rule>,
}

impl<'p> Named<'p> {
    fn of(declared: &Declared<'p>) -> Self {
        Self {
            defines: declared.defines.iter().map(|define| (define.name.text.as_str(), *define)).collect(),
            params: declared.params.iter().map(|param| (param.name.text.as_str(), *param)).collect(),
            tables: declared.tables.iter().map(|table| (table.name.text.as_str(), *table)).collect(),
            rules: declared.rules.iter().map(|rule| (rule.id.text.as_str(), *rule)).collect(),
        }
    }
}

/// The trees of a loaded pack's rule files.
pub(super) fn trees(loaded: &Loaded) -> Vec<File> {
    let numbered = (0_u32..).zip(&loaded.sources).filter(|(_, source)| source.name.ends_with(".bulou"));
    numbered.map(|(number, source)| parse(SourceId(number), &source.text).0).collect()
}

impl<'p> Version<'p> {
    pub fn new((rules, loaded): (&'p RuleSet, &'p Loaded), trees: &'p [File], lang: Lang) -> Self {
        let files: Vec<&File> = trees.iter().collect();
        let declared = Declared::gather(&files, &mut Vec::new());
        Self { rules, named: Named::of(&declared), declared, lang, sources: &loaded.sources }
    }

    /// The words at a place, without comments and with white space between them folded.
    pub fn words(&self, span: Span) -> String {
        let text = self.sources.get(span.source.0 as usize).map(|source| source.slice(span)).unwrap_or_default();
        let (mut words, mut end) = (String::new(), 0);
        for word in lex(text).filter(|word| word.kind != LexKind::Comment) {
            if !words.is_empty() && end < word.range.start {
                words.push(' ');
            }
            words.push_str(text.get(word.range.clone()).unwrap_or_default());
            end = word.range.end;
        }
        words
    }

    /// The text of a source's file.
    pub fn source_text(&self, file: &str) -> Option<&'p str> {
        self.sources.iter().find(|source| source.name == file).map(|source| source.text.as_str())
    }

    pub fn define(&self, name: &str) -> Option<&'p ast::Define> {
        self.named.defines.get(name).copied()
    }

    pub fn param(&self, name: &str) -> Option<&'p ast::Param> {
        self.named.params.get(name).copied()
    }

    pub fn table(&self, name: &str) -> Option<&'p ast::Table> {
        self.named.tables.get(name).copied()
    }

    pub fn options(&self, name: &str) -> Option<&'p ast::Options> {
        self.declared.options.iter().find(|options| options.name.text == name).copied()
    }

    /// The `数据` of the schools, or of the county.
    pub fn data(&self, county: bool) -> Option<&'p ast::Data> {
        if county { self.declared.county } else { self.declared.school }
    }

    pub fn record(&self, name: &str) -> Option<&'p ast::Record> {
        self.declared.records.iter().find(|record| record.name.text == name).copied()
    }

    pub fn rule(&self, id: &str) -> Option<&'p ast::Rule> {
        self.named.rules.get(id).copied()
    }

    /// The expression that a name stands for.
    pub fn value(&self, name: &str) -> Option<&'p Expr> {
        self.define(name).map(|define| &define.value).or_else(|| self.param(name).map(|param| &param.default))
    }

    /// Every expression that some expressions lead to through definitions, parameters and tables, themselves included,
    /// and the keys of all that they use on the way.
    pub fn reach<'e>(&'e self, from: impl IntoIterator<Item = &'e Expr>) -> (Vec<&'e Expr>, BTreeSet<String>) {
        let mut found: Vec<&Expr> = from.into_iter().collect();
        let mut keys = BTreeSet::new();
        let mut at = 0;
        while let Some(expr) = found.get(at).copied() {
            at += 1;
            walk(expr, &mut |part| {
                for key in self.keys(part) {
                    if keys.insert(key.clone()) {
                        found.extend(self.value(&key));
                        found.extend(self.table(&key).into_iter().flat_map(table_parts));
                    }
                }
            });
        }
        (found, keys)
    }

    /// What an expression itself uses, as keys of changes: the name of a value or table, `全部` and an option set, and
    /// for days that are counted the parameter that says how, and the calendar.
    fn keys(&self, expr: &Expr) -> Vec<String> {
        match &expr.kind {
            ExprKind::Name(name) => vec![name.clone()],
            ExprKind::Call(name, _) => vec![name.text.clone()],
            ExprKind::All(name) => vec![options_key(&name.text)],
            ExprKind::Duration(length) if length.unit == DurationUnit::WorkDays => vec![CALENDAR.to_owned()],
            ExprKind::Deadline(_, due) | ExprKind::By(due, _) => match &**due {
                Due::Within { rolled: true, .. } => vec![CALENDAR.to_owned()],
                Due::Within { .. } => self.counting(),
                Due::Before(_) => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// What decides how plain days are counted.
    fn counting(&self) -> Vec<String> {
        let Some(param) = self.rules.counting.and_then(|at| self.rules.params.get(at)) else { return Vec::new() };
        let calendar = param.default != Constant::Counting(Counting::Natural);
        std::iter::once(param.name.clone()).chain(calendar.then(|| CALENDAR.to_owned())).collect()
    }
}

/// The key of the calendar.
pub(super) const CALENDAR: &str = "日历";

/// The key of an option set, which values of the same name do not share.
pub(super) fn options_key(name: &str) -> String {
    format!("全部 {name}")
}

/// Both versions.
pub(super) struct Versions<'p> {
    pub old: Version<'p>,
    pub new: Version<'p>,
    /// What changed in itself, by key, and what changed there.
    pub changed: BTreeMap<String, Vec<Change>>,
}

impl Versions<'_> {
    /// The keys of what changed, of all that some expressions use.
    pub fn changes_behind<'e>(&'e self, old: &[&'e Expr], new: &[&'e Expr]) -> Vec<String> {
        let mut keys = self.old.reach(old.iter().copied()).1;
        keys.extend(self.new.reach(new.iter().copied()).1);
        keys.into_iter().filter(|key| self.changed.contains_key(key)).collect()
    }

    /// Whether two expressions say the same, also behind the names that they use.
    pub fn same(&self, old: &Expr, new: &Expr) -> bool {
        super::tree::differences(old, new).is_empty() && self.changes_behind(&[old], &[new]).is_empty()
    }
}

/// The conditions of a rule.
pub(super) fn conditions(rule: &ast::Rule) -> Vec<&Expr> {
    rule.applies.iter().chain(rule.requirements.iter().map(|requirement| &requirement.expr)).collect()
}
