//! Changes of the rules.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::declared::{expressions, list, scope};
use super::direction::Direction;
use super::report::{Aspect, Change, Example, RuleChange, RuleKind};
use super::search::{Found, Search};
use super::tree::{alike, differences, rest, said_alike, same};
use super::versions::{Version, Versions, conditions};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_report::Status;
use bulou_syntax::ast::{self, Template};

/// The rules that differ, in the new version's order, then those that are gone. `fields` are changed fields with the
/// ids of the rules that use them.
pub(super) fn changes(
    versions: &Versions<'_>,
    fields: &BTreeMap<String, Vec<String>>,
    search: &Search<'_>,
) -> Vec<RuleChange> {
    let (old, new) = (compiled(&versions.old), compiled(&versions.new));
    let before: HashMap<&str, &bulou_ir::Rule> = old.iter().map(|(rule, _)| (rule.card.id.as_str(), *rule)).collect();
    let after: HashSet<&str> = new.iter().map(|(rule, _)| rule.card.id.as_str()).collect();
    let changed = new.iter().filter_map(|(rule, county)| match before.get(rule.card.id.as_str()) {
        None => Some(plain(rule, *county, RuleKind::Added)),
        Some(before) => compare(versions, fields, search, (before, rule, *county)),
    });
    let gone = old.iter().filter(|(rule, _)| !after.contains(rule.card.id.as_str()));
    changed.chain(gone.map(|(rule, county)| plain(rule, *county, RuleKind::Removed))).collect()
}

/// A version's rules, each with whether it is about the county.
fn compiled<'p>(version: &Version<'p>) -> Vec<(&'p bulou_ir::Rule, bool)> {
    let county = version.rules.county.iter().flat_map(|county| &county.rules.rules);
    version.rules.rules.iter().map(|rule| (rule, false)).chain(county.map(|rule| (rule, true))).collect()
}

fn plain(rule: &bulou_ir::Rule, county: bool, kind: RuleKind) -> RuleChange {
    RuleChange {
        id: rule.card.id.clone(),
        title: rule.card.title.clone(),
        county,
        kind,
        changes: Vec::new(),
        because: Vec::new(),
        examples: Vec::new(),
        tried: None,
    }
}

fn compare(
    versions: &Versions<'_>,
    fields: &BTreeMap<String, Vec<String>>,
    search: &Search<'_>,
    (before, after, county): (&bulou_ir::Rule, &bulou_ir::Rule, bool),
) -> Option<RuleChange> {
    let (old, new) = (versions.old.rule(&before.card.id)?, versions.new.rule(&after.card.id)?);
    let texts = texts((&versions.old, before, old), (&versions.new, after, new));
    let lang = versions.new.lang;
    let mut weight = weight(before, after, lang);
    weight.extend(scope(old.scope.as_ref(), new.scope.as_ref(), lang));
    let asked = asked(versions, old, new);
    let mut because = versions.changes_behind(&conditions(old), &conditions(new));
    because.extend(fields.iter().filter(|(_, rules)| rules.contains(&after.card.id)).map(|(path, _)| path.clone()));
    if weight.is_empty() && asked.is_empty() && because.is_empty() {
        return (!texts.is_empty()).then(|| RuleChange { changes: texts, ..plain(after, county, RuleKind::Reworded) });
    }
    let direction = match versions.direction(old, new) {
        // Dates in force and severity speak for themselves; days that are counted otherwise and other fields do not.
        Direction::Same if !because.is_empty() => Direction::Unclear,
        direction => direction,
    };
    let found = (!county).then(|| search.examples((before, old), (after, new)));
    let same_fields = reads(versions.old.rules, before) == reads(versions.new.rules, after);
    let kind = kind(direction, found.as_ref(), same_fields);
    let tried = found.as_ref().map(|found| found.tried);
    let examples = found.map(Found::chosen).unwrap_or_default();
    let changes = [weight, asked, texts].concat();
    Some(RuleChange { changes, because, examples, tried, ..plain(after, county, kind) })
}

/// The fields that a rule reads, by table and slot.
fn reads(rules: &RuleSet, rule: &bulou_ir::Rule) -> BTreeSet<(u16, u32)> {
    let index = rules.rules.iter().position(|known| known.card.id == rule.card.id);
    let users = rules.field_rules.iter().filter(|(_, users)| index.is_some_and(|index| users.contains(&index)));
    users.map(|(place, _)| *place).collect()
}

/// Tightened or loosened only when the form says so and an example shows it, and none shows the contrary. That another
/// field has to be filled in or no longer has to is no contrary; that of the same fields nothing can be said any more is one.
fn kind(direction: Direction, found: Option<&Found>, same_fields: bool) -> RuleKind {
    let examples = found.map(|found| found.all.as_slice()).unwrap_or_default();
    let shown = |stricter: bool| examples.iter().any(|example| strictness(example) == Some(stricter));
    let known = |example: &&Example| {
        same_fields || (example.old != Status::Undetermined && example.new != Status::Undetermined)
    };
    let clear = |stricter: bool| examples.iter().filter(known).any(|example| strictness(example) == Some(stricter));
    match direction {
        Direction::Less | Direction::Same if shown(true) && !clear(false) => RuleKind::Tightened,
        Direction::More | Direction::Same if shown(false) && !clear(true) => RuleKind::Loosened,
        _ => RuleKind::Changed,
    }
}

/// Whether an example shows the later version as the stricter one; `None` when a rule applies in one version only and
/// does not fail there.
pub(super) fn strictness(example: &Example) -> Option<bool> {
    use Status::{Fail, Hint, NotApplicable, Pass, Pending, Undetermined};
    let rank = |status| match status {
        Pass | NotApplicable => 4,
        Pending => 3,
        Undetermined => 2,
        Hint => 1,
        Fail => 0,
    };
    let (old, new) = (rank(example.old), rank(example.new));
    (old != new).then_some(new < old)
}

impl Versions<'_> {
    /// How what a rule asks changed, by its form.
    fn direction(&self, old: &ast::Rule, new: &ast::Rule) -> Direction {
        let applies = match (&old.applies, &new.applies) {
            (None, None) => Direction::Same,
            (Some(_), None) => Direction::Less,
            (None, Some(_)) => Direction::More,
            (Some(old), Some(new)) => self.condition(old, new).turned(),
        };
        let (before, after) = (requirements(old), requirements(new));
        let pairs = rest(&before, &after, |old, new| self.same(old, new));
        pairs.into_iter().fold(applies, |direction, pair| {
            direction.and(match pair {
                (Some(old), Some(new)) => self.condition(old, new),
                (Some(_), None) => Direction::More,
                _ => Direction::Less,
            })
        })
    }
}

/// Severity and dates.
fn weight(old: &bulou_ir::Rule, new: &bulou_ir::Rule, lang: Lang) -> Vec<Change> {
    let severity = Change::texts(Aspect::Severity, old.card.severity.words(lang), new.card.severity.words(lang));
    severity
        .into_iter()
        .chain(Change::texts(Aspect::Effective, &days(old.effective, lang), &days(new.effective, lang)))
        .collect()
}

/// Days in force, for people.
pub(super) fn days(effective: Option<bulou_ir::Effective>, lang: Lang) -> String {
    let Some(effective) = effective else { return String::new() };
    match effective.until {
        Some(until) => format!("{} {} {until}", effective.from, texts::to().get(lang)),
        None => effective.from.to_string(),
    }
}

/// When a rule applies and what it asks.
fn asked(versions: &Versions<'_>, old: &ast::Rule, new: &ast::Rule) -> Vec<Change> {
    let (before, after) = (&versions.old, &versions.new);
    let mut found = match (&old.applies, &new.applies) {
        (Some(one), Some(other)) => expressions((before, one), (after, other), Aspect::Applies),
        (one, other) => {
            let words =
                |version: &Version<'_>, expr: &Option<ast::Expr>| expr.as_ref().map(|expr| version.words(expr.span));
            Change::of(Aspect::Applies, words(before, one), words(after, other)).into_iter().collect()
        }
    };
    let (one, other) = (requirements(old), requirements(new));
    for pair in rest(&one, &other, |old, new| differences(old, new).is_empty()) {
        match pair {
            (Some(one), Some(other)) => found.extend(expressions((before, one), (after, other), Aspect::Requirement)),
            (one, other) => {
                let from = one.map(|expr| before.words(expr.span));
                found.extend(Change::of(Aspect::Requirement, from, other.map(|expr| after.words(expr.span))));
            }
        }
    }
    found
}

/// What a rule says besides what it asks.
fn texts(
    (old, before, one): (&Version<'_>, &bulou_ir::Rule, &ast::Rule),
    (new, after, other): (&Version<'_>, &bulou_ir::Rule, &ast::Rule),
) -> Vec<Change> {
    let plain = [
        Change::texts(Aspect::Title, &before.card.title, &after.card.title),
        Change::texts(Aspect::Group, &before.card.group, &after.card.group),
        Change::texts(Aspect::Responsible, &before.card.responsible, &after.card.responsible),
        Change::texts(Aspect::Remedy, &before.card.remedy, &after.card.remedy),
    ];
    let quotes = |rule: &bulou_ir::Rule| -> Vec<String> {
        rule.card
            .citations
            .iter()
            .map(|citation| format!("{} {}", citation.source, new.lang.quoted(&citation.quote)))
            .collect()
    };
    let messages = messages((old, one), (new, other));
    plain
        .into_iter()
        .flatten()
        .chain(list(Aspect::Citation, &quotes(before), &quotes(after), new.lang))
        .chain(list(Aspect::Shortfall, &shortfalls(one), &shortfalls(other), new.lang))
        .chain(messages)
        .collect()
}

/// What a rule says that it does not show.
fn shortfalls(rule: &ast::Rule) -> Vec<String> {
    rule.citations.iter().filter_map(|citation| citation.shortfall.as_ref()).map(|text| text.text.clone()).collect()
}

/// What is said of failures: other messages, or the same ones of other requirements.
fn messages((old, one): (&Version<'_>, &ast::Rule), (new, other): (&Version<'_>, &ast::Rule)) -> Vec<Change> {
    let words = |version: &Version<'_>, message: Option<&Template>| message.map(|message| version.words(message.span));
    let change = |(one, other): (Option<&Template>, Option<&Template>)| {
        Change::of(Aspect::Message, words(old, one), words(new, other))
    };
    let said = |rule| -> Vec<&Template> { said(rule).collect() };
    let found: Vec<Change> = rest(&said(one), &said(other), alike).into_iter().filter_map(change).collect();
    if !found.is_empty() {
        return found;
    }
    let exchanged = one.requirements.iter().filter_map(|before| {
        let mut twins = other.requirements.iter().filter(|after| same(&before.expr, &after.expr));
        let first = twins.next()?;
        let none_kept = !said_alike(before, first) && !twins.any(|twin| said_alike(before, twin));
        none_kept.then(|| change((before.message.as_ref(), first.message.as_ref()))).flatten()
    });
    exchanged.collect()
}

fn requirements(rule: &ast::Rule) -> Vec<&ast::Expr> {
    rule.requirements.iter().map(|requirement| &requirement.expr).collect()
}

fn said(rule: &ast::Rule) -> impl Iterator<Item = &Template> {
    rule.requirements.iter().filter_map(|requirement| requirement.message.as_ref())
}
