//! A rule's result as JSON: its card's members and its own in the order in which people read them.

use serde::{Serialize, Serializer};

use super::{Citation, Finding, RuleSeverity, Status, is_false};

/// What became of one rule, and why.
#[derive(Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
struct RuleResult<'w> {
    /// `三日摸底`
    id: &'w str,
    /// For people.
    title: &'w str,
    /// Heading; empty when the rule names none.
    group: &'w str,
    /// How much it weighs.
    severity: RuleSeverity,
    /// What became of it.
    status: Status,
    /// It is met only because there was nothing to look at.
    #[serde(skip_serializing_if = "is_false")]
    vacuous: bool,
    /// Why it does not apply: the condition, the dates, or the waiver.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'w str>,
    /// Earliest due day of its open findings.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<&'w str>,
    /// Days until `due`; negative when overdue.
    #[serde(skip_serializing_if = "Option::is_none")]
    days_left: Option<i64>,
    /// Who is responsible.
    responsible: &'w str,
    /// What to do.
    remedy: &'w str,
    /// What it rests on.
    citations: &'w [Citation],
    /// Why it is not a plain pass; empty when it is.
    findings: &'w [Finding],
    /// How many findings more than are listed.
    #[serde(skip_serializing_if = "is_zero")]
    more_findings: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
pub(super) fn is_zero(value: &usize) -> bool {
    *value == 0
}

impl Serialize for super::RuleResult<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { card, status, vacuous, because, due, days_left, findings, more_findings } = self;
        let written = RuleResult {
            id: &card.id,
            title: &card.title,
            group: &card.group,
            severity: card.severity,
            status: *status,
            vacuous: *vacuous,
            because: because.as_deref(),
            due: due.as_deref(),
            days_left: *days_left,
            responsible: &card.responsible,
            remedy: &card.remedy,
            citations: &card.citations,
            findings,
            more_findings: *more_findings,
        };
        written.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Citation, RuleCard, RuleResult, RuleSeverity, Status};

    #[test]
    fn a_result_is_one_object_in_the_order_in_which_people_read_it() {
        let text = |text: &str| text.to_owned();
        let card = RuleCard {
            id: text("甲"),
            title: text("一"),
            group: text("组"),
            severity: RuleSeverity::Major,
            responsible: text("校"),
            remedy: text("改"),
            citations: vec![Citation { source: text("源"), section: text("第三"), quote: text("句") }],
        };
        let passed = RuleResult::plain(&card, Status::Pass);
        let json = |result: &RuleResult<'_>| serde_json::to_string(result).unwrap_or_default();
        assert_eq!(
            json(&passed),
            "{\"id\":\"甲\",\"title\":\"一\",\"group\":\"组\",\"severity\":\"major\",\"status\":\"pass\",\
             \"responsible\":\"校\",\"remedy\":\"改\",\
             \"citations\":[{\"source\":\"源\",\"section\":\"第三\",\"quote\":\"句\"}],\"findings\":[]}"
        );
        let open = RuleResult { due: Some(text("2022-07-04")), days_left: Some(6), more_findings: 2, ..passed };
        let owned = json(&open.clone().into_owned());
        assert!(
            owned.contains("\"status\":\"pass\",\"due\":\"2022-07-04\",\"days_left\":6,\"responsible\""),
            "{owned}"
        );
        assert!(owned.ends_with("\"findings\":[],\"more_findings\":2}"), "{owned}");
        assert_eq!(json(&open), owned);
    }
}
