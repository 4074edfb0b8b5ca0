//! What in a case shows nothing, so that it would hold whatever the rules say: it looks like a test and is none.

use std::collections::{BTreeMap, BTreeSet};

use super::{Documents, Outcome, Prepared};
use bulou_document::normalize::is_blank;
use bulou_eval::WaiverState;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::LocalizedText;

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
            found.insert(
                index,
                LocalizedText::new(
                    format!("与 {file} 的第 {number} 个案例({title})完全一样:删去一个,或改成要验的另一种情形"),
                    format!(
                        "the same as case {number} of {file} ({title}): remove one, or make it show something else"
                    ),
                ),
            );
        }
    }
    found
}

impl Prepared {
    /// What it says that shows nothing, whatever comes out.
    pub(super) fn in_vain(&self, rules: &RuleSet) -> Vec<LocalizedText> {
        let mut found = Vec::new();
        if is_blank(&self.case.title) {
            found.push(LocalizedText::new(
                "`说明` 是空的:写明这个案例验什么",
                "its `title` is blank: say what the case shows",
            ));
        }
        for id in self.case.evidence.iter().filter(|(_, paths)| paths.is_empty()).map(|(id, _)| id) {
            found.push(LocalizedText::new(
                format!("`证据` 里 `{id}` 一处也没有列,什么也验不出:列出 JSON Pointer,或删去"),
                format!("its `evidence` lists no place for `{id}` and shows nothing: list JSON Pointers, or remove it"),
            ));
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
        let words = |(name, value): (&String, &String)| {
            LocalizedText::new(
                format!("参数 `{name}` 的值 `{value}` 也被拒绝,`拒绝` 里没有列:列上,或分成两个案例"),
                format!(
                    "the value `{value}` of the parameter `{name}` is refused too, and `refused` does not list it: list it, or make it two cases"
                ),
            )
        };
        refused.map(words).collect()
    }

    /// Its waivers that take no effect on its documents.
    pub(super) fn idle_waivers(&self, outcome: &Outcome<'_>) -> Vec<LocalizedText> {
        let idle = self.case.waivers.iter().filter_map(|waiver| {
            let (id, rule) = (&waiver.id, &waiver.rule);
            let (zh, en) = if !outcome.schools.contains(id) {
                ("案例里没有这所学校的文件", "no document of the case is that school's")
            } else if waiver.state(self.case.today) != WaiverState::InForce && !self.case.expected.contains_key(rule) {
                (
                    "在案例的这一天不生效,`期望` 里也没有这条规则",
                    "it is not in force on the day of the case, and `expected` does not say how the rule stands then",
                )
            } else {
                return None;
            };
            Some(LocalizedText::new(
                format!("豁免 {id} 的 `{rule}` 不起作用:{zh};改好,或删去"),
                format!("the waiver of `{rule}` for {id} has no effect: {en}; mend or remove it"),
            ))
        });
        idle.collect()
    }
}

/// What stands in a list more than once.
fn again<'t>(key: &str, texts: impl Iterator<Item = &'t String>) -> Vec<LocalizedText> {
    let mut seen = BTreeSet::new();
    let twice: BTreeSet<&String> = texts.filter(|text| !seen.insert(*text)).collect();
    let words = |text: &String| {
        LocalizedText::new(
            format!("`{key}` 里 `{text}` 写了两次:只留一处;`结构` 要分清两处,就在代码后面写上位置"),
            format!(
                "`{text}` stands twice in `{key}`: keep one; for two faults of a code, write the place behind each"
            ),
        )
    };
    twice.into_iter().map(words).collect()
}
