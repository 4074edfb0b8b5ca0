//! A new expectation written into a case file, which else stays as it was laid out.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::value::RawValue;

use bulou_messages::diagnostic::Lang;
use bulou_report::Status;

/// An object's members, as they are written.
type Members<'t> = HashMap<Cow<'t, str>, &'t RawValue>;

/// A case file in which the case at a place expects another status of a rule; nothing where the file is none, or where
/// that case expects nothing of the rule. The status is written in the language of the one before.
///
/// ```
/// use bulou_pack::cases::expecting;
/// use bulou_report::Status;
/// let file = r#"[{"说明": "甲",  "期望": {"三日摸底": "pass"}}]"#;
/// let renewed = expecting(file, 0, "三日摸底", Status::Fail).expect("a case");
/// assert_eq!(renewed, r#"[{"说明": "甲",  "期望": {"三日摸底": "fail"}}]"#);
/// assert_eq!(expecting(file, 1, "三日摸底", Status::Fail), None);
/// ```
#[must_use]
pub fn expecting(text: &str, place: usize, rule: &str, status: Status) -> Option<String> {
    if let Some(unmarked) = text.strip_prefix('\u{FEFF}') {
        return expecting(unmarked, place, rule, status).map(|renewed| format!("\u{FEFF}{renewed}"));
    }
    let cases: Vec<&RawValue> = match text.trim_start().strip_prefix('[') {
        Some(_) => serde_json::from_str(text).ok()?,
        None => vec![serde_json::from_str(text).ok()?],
    };
    let case: Members<'_> = serde_json::from_str(cases.get(place)?.get()).ok()?;
    let expected: Members<'_> = serde_json::from_str(case.get("期望")?.get()).ok()?;
    let before = expected.get(rule)?.get();
    let after = match before.is_ascii() {
        true => serde_json::to_string(&status).ok()?,
        false => format!("\"{}\"", status.words(Lang::Zh)),
    };
    // What was read borrows from the text: its place there is how far it lies from the beginning.
    let start = (before.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let (head, rest) = text.split_at_checked(start)?;
    Some(format!("{head}{after}{}", rest.strip_prefix(before)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_the_status_changes() {
        let file = "\u{20}[ {\"说明\":\"甲\",\r\n\t\"期望\": {\"甲\": \"pass\", \"\\u4e59\" : \"不符合\"}},\n{\"期望\":{\"甲\":\"未到期\"}} ]\n";
        let change = |place, rule, status| expecting(file, place, rule, status).expect("a case");
        assert_eq!(change(0, "甲", Status::Fail), file.replacen("\"pass\"", "\"fail\"", 1));
        let marked = format!("\u{FEFF}{file}");
        let renewed = expecting(&marked, 0, "甲", Status::Fail).expect("a case");
        assert_eq!(renewed, marked.replacen("\"pass\"", "\"fail\"", 1));
        assert_eq!(change(0, "乙", Status::NotApplicable), file.replacen("不符合", "不适用", 1));
        assert_eq!(change(1, "甲", Status::Pass), file.replacen("未到期", "符合", 1));
        assert_eq!(
            expecting("{\"期望\": {\"甲\": \"fail\"}}", 0, "甲", Status::Pass).as_deref(),
            Some("{\"期望\": {\"甲\": \"pass\"}}")
        );
        for (text, place, rule) in [(file, 2, "甲"), (file, 1, "乙"), ("{}", 0, "甲"), ("[", 0, "甲"), ("", 0, "甲")]
        {
            assert_eq!(expecting(text, place, rule, Status::Pass), None, "{text}");
        }
    }
}
