//! What in a case shows nothing, so that it would hold whatever the rules say: it looks like a test and is none.

use std::collections::{BTreeMap, BTreeSet};

use super::{Documents, Outcome, Prepared};
use bulou_document::normalize::is_blank;
use bulou_eval::WaiverState;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;

/// Of several cases that are the same in everything but their 说明, the later ones, by their places, and what to say of each.
/// One whose documents cannot be made up is told by itself, and is like no other.
pub(super) fn repeated(prepared: &[Prepared]) -> BTreeMap<usize, LocalizedText> {
    let mut first: BTreeMap<(String, &Documents), &Prepared> = BTreeMap::new();
    let mut found = BTreeMap::new();
    for (index, one) in prepared.iter().enumerate() {
        let Ok(documents) = one.documents() else { continue };
        let known = *first.entry((one.case.judged(), documents)).or_insert(one);
        if !std::ptr::eq(known, one) {
            let (file, number, title) = (&known.file, known.place + 1, &known.case.title);
            found.insert(index, texts::same_case_remove_one(&file, &number, &title).text());
        }
    }
    found
}

impl Prepared {
    /// What it says that shows nothing, whatever comes out.
    pub(super) fn in_vain(&self, rules: &RuleSet) -> Vec<LocalizedText> {
        let mut found = Vec::new();
        if is_blank(&self.case.title) {
            found.push(texts::title_blank_say_what().text());
        }
        for id in self.case.evidence.iter().filter(|(_, paths)| paths.is_empty()).map(|(id, _)| id) {
            found.push(texts::evidence_lists_no_place(&id).text());
        }
        found.extend(again("拒绝", self.case.refused.iter()));
        found.extend(again("结构", self.case.faults().map(|fault| &fault.0)));
        found.extend(self.unlisted(rules));
        found
    }

    /// Parameters that are refused as well, and of which the case says nothing.
    fn unlisted(&self, rules: &RuleSet) -> Vec<LocalizedText> {
        if self.case.refused.is_empty() {
            return Vec::new();
        }
        let others = self.case.params.iter().filter(|(name, _)| !self.case.refused.contains(name));
        let refused = others.filter(|(name, value)| self.refusal(rules, name, value).is_some());
        let words = |(name, value): (&String, &String)| texts::value_parameter_refused_too(&name, &value).text();
        refused.map(words).collect()
    }

    /// Its waivers that take no effect on its documents.
    pub(super) fn idle_waivers(&self, outcome: &Outcome<'_>) -> Vec<LocalizedText> {
        let idle = self.case.waivers.iter().filter_map(|waiver| {
            let (id, rule) = (&waiver.id, &waiver.rule);
            let words = if !outcome.schools.contains(id) {
                texts::no_document_case_schools()
            } else if waiver.state(self.case.today) != WaiverState::InForce && !self.case.expected.contains_key(rule) {
                texts::not_force_day_case()
            } else {
                return None;
            };
            Some(texts::waiver_no_effect_mend(&id, &rule, &words).text())
        });
        idle.collect()
    }
}

/// What stands in a list more than once.
fn again<'t>(key: &str, texts: impl Iterator<Item = &'t String>) -> Vec<LocalizedText> {
    let mut seen = BTreeSet::new();
    let twice: BTreeSet<&String> = texts.filter(|text| !seen.insert(*text)).collect();
    let words = |text: &String| texts::stands_twice_keep_one_two(&key, &text).text();
    twice.into_iter().map(words).collect()
}
