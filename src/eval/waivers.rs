//! Waivers: one rule that one school need not meet from a day until a day, with the reason and who approved it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::approval::{is_by, is_denied, is_own, says_nothing};
use bulou_base::date::Date;
use bulou_base::hash::HashMap;
use bulou_document::normalize::normal;
use bulou_document::placeholder::core;
use bulou_document::problem;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;
use bulou_report::Problem;

/// One rule that one school need not meet for some days.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// 标识码 of the school, in its normal form, by which schools are told apart.
    #[serde(rename = "标识码", alias = "id", deserialize_with = "bulou_document::normalize::deserialize")]
    pub id: String,
    /// Id of the rule.
    #[serde(rename = "规则", alias = "rule")]
    pub rule: String,
    /// Why.
    #[serde(rename = "理由", alias = "reason")]
    pub reason: String,
    /// Who approved it.
    #[serde(rename = "批准", alias = "approved_by")]
    pub approved_by: String,
    /// First day.
    #[serde(rename = "自", alias = "from")]
    #[serde(with = "bulou_base::date")]
    pub from: Date,
    /// Last day.
    #[serde(rename = "至", alias = "to")]
    #[serde(with = "bulou_base::date")]
    pub until: Date,
}

/// How a waiver stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum WaiverState {
    /// The rule is not judged.
    InForce,
    /// It is over, and the rule is judged.
    Ended,
    /// It is still to come, and the rule is judged.
    NotBegun,
    /// The school itself approved it, and the rule is judged.
    OwnApproval,
}

impl WaiverState {
    /// For people.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::InForce => texts::force_not_judged().get(lang),
            Self::Ended => texts::ended_judged().get(lang),
            Self::NotBegun => texts::not_begun_judged().get(lang),
            Self::OwnApproval => texts::approved_school_itself_judged().get(lang),
        }
    }
}

impl Waiver {
    /// How it stands on a day.
    #[must_use]
    pub fn state(&self, today: Date) -> WaiverState {
        if today < self.from {
            WaiverState::NotBegun
        } else if today > self.until {
            WaiverState::Ended
        } else {
            WaiverState::InForce
        }
    }

    /// The same where the school's name is known: the school excuses nobody.
    #[must_use]
    pub fn state_for(&self, school: &str, today: Date) -> WaiverState {
        if is_by(&self.approved_by, school) { WaiverState::OwnApproval } else { self.state(today) }
    }

    /// What the report of its school says of it, in force or not: a rule that is not judged is never passed over.
    pub(crate) fn told(&self, school: &str, today: Date, lang: Lang) -> Problem {
        let Self { rule, reason, approved_by, from, until, .. } = self;
        let (code, words) = match self.state_for(school, today) {
            WaiverState::InForce => (
                ProblemCode::Waived,
                texts::waived_not_judged_approved(&rule, &from, &until, &approved_by, &reason).text(),
            ),
            WaiverState::Ended => (
                ProblemCode::WaiverEnded,
                texts::waiver_ended_approved_judged(&rule, &until, &approved_by, &reason).text(),
            ),
            WaiverState::NotBegun => (
                ProblemCode::WaiverNotBegun,
                texts::waiver_begins_approved_judged(&rule, &from, &approved_by, &reason).text(),
            ),
            WaiverState::OwnApproval => {
                (ProblemCode::OwnWaiver, texts::waiver_says_school_itself(&rule, &approved_by, &reason).text())
            }
        };
        Problem { notice: true, ..problem(code, &words, lang) }
    }
}

/// Days that are taken: first and last of each stretch, none of which meet.
#[derive(Default)]
struct Days(BTreeMap<Date, Date>);

impl Days {
    /// Takes the days from one to another; whether none of them was taken before.
    fn take(&mut self, from: Date, until: Date) -> bool {
        let (mut first, mut last, mut free) = (from, until, true);
        // Every stretch goes once: all of them cost no more than they are many.
        while let Some((begin, end)) = self.0.range(..=last).next_back().map(|(begin, end)| (*begin, *end))
            && end >= first
        {
            self.0.remove(&begin);
            (first, last, free) = (first.min(begin), last.max(end), false);
        }
        self.0.insert(first, last);
        free
    }
}

/// Everything that is wrong with waivers of these rules.
pub(crate) fn problems(rules: &RuleSet, waivers: &[Waiver]) -> Vec<LocalizedText> {
    let mut problems = Vec::new();
    let has = |rules: &RuleSet, id: &String| rules.rules.iter().any(|rule| rule.card.id == *id);
    let mut taken: HashMap<(&str, &str), Days> = HashMap::default();
    for (place, waiver) in waivers.iter().enumerate() {
        let number = place + 1;
        let mut wrong = |why: LocalizedText| problems.push(texts::waiver_2(&number, &why).text());
        let Waiver { id, rule, reason, approved_by, from, until } = waiver;
        if !has(rules, rule) {
            if rules.county.as_ref().is_some_and(|county| has(&county.rules, rule)) {
                wrong(texts::rule_countys_from_no(&rule).text());
            } else {
                wrong(texts::rule_not_pack(&rule).text());
            }
        }
        let placeholders = &rules.shape.placeholders;
        let nobody = placeholders.contains(&core(id)) || !normal(id).chars().any(char::is_alphanumeric);
        for (key, blank) in [
            ("标识码", nobody),
            ("理由", says_nothing(reason, placeholders)),
            ("批准", says_nothing(approved_by, placeholders)),
        ] {
            if blank {
                wrong(texts::blank_2(&key).text());
            }
        }
        if is_denied(approved_by) {
            wrong(texts::approved_says_not_approved().text());
        }
        if is_own(approved_by) || core(approved_by) == core(id) {
            wrong(texts::approved_school_itself_write().text());
        }
        if core(reason) == core(approved_by) {
            wrong(texts::reason_approved_one_text().text());
        }
        if until < from {
            wrong(texts::last_day_before_first_2(&until, &from).text());
        }
        if !taken.entry((id, rule)).or_default().take(*from, *until) {
            wrong(texts::waived_these_days_already(&id, &rule).text());
        }
    }
    problems
}
