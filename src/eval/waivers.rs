//! Waivers: one rule that one school need not meet from a day until a day, with the reason and who approved it.

use serde::Deserialize;

use crate::data::problem;
use crate::date::Date;
use crate::diagnostic::{Lang, Words};
use crate::ir::RuleSet;
use crate::report::Problem;

/// One rule that one school need not meet for some days.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// 标识码 of the school, in its normal form, by which schools are told apart.
    #[serde(rename = "标识码", deserialize_with = "crate::data::normalize::deserialize")]
    pub id: String,
    /// Id of the rule.
    #[serde(rename = "规则")]
    pub rule: String,
    /// Why.
    #[serde(rename = "理由")]
    pub reason: String,
    /// Who approved it.
    #[serde(rename = "批准")]
    pub approved_by: String,
    /// First day.
    #[serde(rename = "自")]
    #[serde(deserialize_with = "crate::date::deserialize")]
    pub from: Date,
    /// Last day.
    #[serde(rename = "至")]
    #[serde(deserialize_with = "crate::date::deserialize")]
    pub until: Date,
}

impl Waiver {
    /// Whether it counts on a day.
    pub(crate) fn covers(&self, today: Date) -> bool {
        self.from <= today && today <= self.until
    }

    /// What the report of its school says of it, in force or not: a rule that is not judged is never passed over.
    pub(crate) fn told(&self, today: Date, lang: Lang) -> Problem {
        let Self { rule, reason, approved_by, from, until, .. } = self;
        let (code, words) = if self.covers(today) {
            (
                "D080",
                Words::new(
                    format!("按豁免没有查「{rule}」:{from} 至 {until},{approved_by} 批准,{reason}"),
                    format!(
                        "`{rule}` is waived and was not judged: {from} to {until}, approved by {approved_by}: {reason}"
                    ),
                ),
            )
        } else if today > *until {
            (
                "D081",
                Words::new(
                    format!("「{rule}」的豁免 {until} 已经到期({approved_by} 批准,{reason}),这一条照常判定"),
                    format!(
                        "the waiver of `{rule}` ended on {until} (approved by {approved_by}: {reason}), so that it is judged"
                    ),
                ),
            )
        } else {
            (
                "D082",
                Words::new(
                    format!("「{rule}」的豁免从 {from} 才开始({approved_by} 批准,{reason}),这一条照常判定"),
                    format!(
                        "the waiver of `{rule}` begins on {from} (approved by {approved_by}: {reason}), so that it is judged"
                    ),
                ),
            )
        };
        Problem { notice: true, ..problem(code, &words, lang) }
    }
}

/// Everything that is wrong with waivers of these rules.
pub(crate) fn problems(rules: &RuleSet, waivers: &[Waiver]) -> Vec<Words> {
    let mut problems = Vec::new();
    for (place, waiver) in waivers.iter().enumerate() {
        let number = place + 1;
        let mut wrong = |zh: String, en: String| {
            problems.push(Words::new(format!("第 {number} 条豁免:{zh}"), format!("waiver {number}: {en}")));
        };
        let Waiver { id, rule, reason, approved_by, from, until } = waiver;
        if !rules.rules.iter().any(|known| known.card.id == *rule) {
            let county = rules
                .county
                .as_ref()
                .is_some_and(|county| county.rules.rules.iter().any(|known| known.card.id == *rule));
            if county {
                wrong(
                    format!("规则 `{rule}` 是全县的,不能给学校豁免"),
                    format!("the rule `{rule}` is the county's, from which no school can be excused"),
                );
            } else {
                wrong(format!("规则 `{rule}` 不在规则集里"), format!("the rule `{rule}` is not in the pack"));
            }
        }
        for (key, said) in [("标识码", id), ("理由", reason), ("批准", approved_by)] {
            if !said.chars().any(char::is_alphanumeric) {
                wrong(format!("`{key}` 没有填"), format!("`{key}` is blank"));
            }
        }
        if until < from {
            wrong(format!("至 {until} 早于自 {from}"), format!("its last day {until} is before its first, {from}"));
        }
        let same =
            |other: &&Waiver| (&other.id, &other.rule) == (id, rule) && other.from <= *until && *from <= other.until;
        if waivers.iter().take(place).any(|other| same(&other)) {
            wrong(
                format!("{id} 的 `{rule}` 在这些天里已经有一条豁免:只留一条"),
                format!("`{rule}` of {id} is waived on these days already: keep one"),
            );
        }
    }
    problems
}
