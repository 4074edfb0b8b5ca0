//! From a roll to the county's report.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::county::{Roll, status};
use crate::data::field_path;
use crate::date::{parse, plus_days};
use crate::eval::Checker;
use crate::ir::RuleSet;
use crate::report::{Counts, DocumentInfo, PackInfo, Problem, Report, RuleResult, RuleSeverity, Status, Verdict};

/// The county's report.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct CountyReport {
    /// Version of this program.
    pub bulou: String,
    /// Which rules.
    pub pack: PackInfo,
    /// The day the check speaks of.
    pub as_of: String,
    /// The parameters in force.
    #[cfg_attr(feature = "wasm", tsify(type = "Record<string, string>"))]
    pub params: BTreeMap<String, String>,
    /// The county's own document.
    pub document: DocumentInfo,
    /// The worst of the county's rules; undetermined when something could not be read.
    pub verdict: Verdict,
    /// County rules by status.
    pub counts: Counts,
    /// Who submitted.
    pub schools: Schools,
    /// How the schools stand under each of their rules.
    pub by_rule: Vec<RuleCount>,
    /// How each school stands.
    pub by_school: Vec<Submitted>,
    /// What is due, or overdue, where.
    pub due: Vec<Due>,
    /// What is wrong with the county's document itself.
    pub structure: Vec<Problem>,
    /// The county's rules.
    pub rules: Vec<RuleResult>,
    /// What changed since an earlier report, when one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub since: Option<super::Since>,
}

/// Who has to submit and who did. Whether they comply is said elsewhere.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Schools {
    /// How many the roster names.
    pub expected: usize,
    /// How many of these submitted.
    pub submitted: usize,
    /// Of the roster, who did not.
    pub missing: Vec<School>,
    /// Who submitted more than once; the last file counts.
    pub duplicate: Vec<Duplicate>,
    /// Who submitted and is not on the roster.
    pub unknown: Vec<School>,
    /// Who filled in for other rules, or another version of these.
    pub other_rules: Vec<OtherRules>,
    /// Files that could not be read, or name no school.
    pub unreadable: Vec<Unreadable>,
}

/// A school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct School {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
}

/// A school with several files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Duplicate {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// Its files, the one that counts last.
    pub files: Vec<String>,
}

/// A school whose document names other rules than these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct OtherRules {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// `campus-safety@2022.6.20`
    pub rules: String,
}

/// A file that contributes nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Unreadable {
    /// The file.
    pub name: String,
    /// Why.
    pub message: String,
}

/// One rule over all schools.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct RuleCount {
    /// `三日摸底`
    pub id: String,
    /// For people.
    pub title: String,
    /// Its heading.
    pub group: String,
    /// How much it weighs.
    pub severity: RuleSeverity,
    /// Schools by status.
    pub counts: Counts,
}

/// One school under all rules.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Submitted {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// The file that counts.
    pub document: DocumentInfo,
    /// Its 日期; empty when it has none.
    pub date: String,
    /// How it stands.
    pub verdict: Verdict,
    /// Rules by status.
    pub counts: Counts,
    /// A letter a rule, in the order of `by_rule`: p pass, d pending, u undetermined, f fail, h hint, n not applicable.
    pub statuses: String,
}

/// Something due.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Due {
    /// When.
    pub due: String,
    /// Days until then; negative when overdue.
    pub days_left: i64,
    /// 标识 of the school.
    pub id: String,
    /// 名称
    pub name: String,
    /// Id of the rule.
    pub rule: String,
}

/// The county's own document.
#[derive(Clone, Debug)]
pub struct Own<'d> {
    /// What the county's rules say of it alone.
    pub report: Report,
    /// As the county has it.
    pub bytes: &'d [u8],
    /// Its text.
    pub utf8: &'d [u8],
}

/// The county's report of a roll, by the county's rules, which `checker` checks.
pub fn finish(rules: &RuleSet, checker: &mut Checker<'_>, own: Own<'_>, mut roll: Roll) -> CountyReport {
    let Own { report: own, bytes, utf8 } = own;
    roll.unreadable.sort();
    let text = with_schools(rules, utf8, &mut roll);
    let whole = text.map(|text| checker.check_decoded(&own.document.name, bytes, text.as_bytes(), Vec::new()));
    let whole = whole.unwrap_or_else(|| own.clone());
    checker.forget();
    let schools = schools(rules, utf8, &roll);
    let mut verdict = verdict(&own, &whole);
    if !schools.unreadable.is_empty() {
        verdict = verdict.max(Verdict::Undetermined);
    }
    CountyReport {
        bulou: own.bulou,
        pack: roll.pack.clone(),
        as_of: roll.as_of.clone(),
        params: std::mem::take(&mut roll.params),
        document: own.document,
        verdict,
        counts: whole.counts,
        schools,
        by_rule: by_rule(rules, &roll),
        due: due(rules, &roll),
        by_school: roll.schools.into_iter().map(|(id, entry)| submitted(id, *entry.latest)).collect(),
        structure: own.structure,
        rules: whole.rules,
        since: None,
    }
}

/// What is wrong with the county's own document weighs; what is wrong with a school's was said in its own report, and
/// makes what depends on it unknown.
fn verdict(own: &Report, whole: &Report) -> Verdict {
    let broken = own.rules.is_empty() || own.structure.iter().any(|problem| !problem.notice);
    let rules = whole.rules.iter().filter_map(|rule| match rule.status {
        Status::Pass => Some(Verdict::Pass),
        Status::Pending => Some(Verdict::Pending),
        Status::Undetermined => Some(Verdict::Undetermined),
        Status::Fail => Some(Verdict::Fail),
        Status::Hint | Status::NotApplicable => None,
    });
    let worst = rules.max().unwrap_or(Verdict::Undetermined);
    if broken { worst.max(Verdict::Undetermined) } else { worst }
}

/// The county's document with all schools in their field; what was kept of them moves there.
fn with_schools(rules: &RuleSet, bytes: &[u8], roll: &mut Roll) -> Option<String> {
    let key = rules.county.as_ref()?.schools.as_ref()?;
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{FEFF}').trim_end();
    let open = text.strip_suffix('}')?.trim_end();
    let comma = if open.trim_end().ends_with('{') { "" } else { "," };
    // As long as it will be: it is one of the largest things in memory.
    let kept: usize = roll.schools.values().map(|entry| entry.latest.kept.get().len() + 1).sum();
    let mut out = String::with_capacity(open.len() + key.len() + kept + 8);
    out.push_str(open);
    out.push_str(comma);
    out.push_str(&Value::from(key.as_str()).to_string());
    out.push_str(":[");
    for (index, entry) in roll.schools.values_mut().enumerate() {
        out.push_str(if index == 0 { "" } else { "," });
        out.push_str(std::mem::take(&mut entry.latest.kept).get());
    }
    out.push_str("]}");
    Some(out)
}

fn schools(rules: &RuleSet, bytes: &[u8], roll: &Roll) -> Schools {
    let roster = roster(rules, bytes);
    let missing: Vec<School> = roster.iter().filter(|school| !roll.schools.contains_key(&school.id)).cloned().collect();
    let listed: HashSet<&str> = roster.iter().map(|school| school.id.as_str()).collect();
    let named = |(id, entry): (&String, &super::Entry)| School { id: id.clone(), name: entry.latest.name.to_string() };
    let other = |(id, entry): (&String, &super::Entry)| {
        let (id, name) = (id.clone(), entry.latest.name.to_string());
        entry.latest.other_rules.as_deref().map(|rules| OtherRules { id, name, rules: rules.to_owned() })
    };
    let several = roll.schools.iter().filter(|(_, entry)| !entry.earlier.is_empty());
    Schools {
        expected: roster.len(),
        submitted: roster.len() - missing.len(),
        missing,
        duplicate: several
            .map(|(id, entry)| Duplicate {
                id: id.clone(),
                name: entry.latest.name.to_string(),
                files: {
                    let files = entry.earlier.iter().chain([&entry.latest.origin]);
                    files.map(|origin| origin.name.to_string()).collect()
                },
            })
            .collect(),
        unknown: roll
            .schools
            .iter()
            .filter(|(id, _)| !roster.is_empty() && !listed.contains(id.as_str()))
            .map(named)
            .collect(),
        other_rules: roll.schools.iter().filter_map(other).collect(),
        unreadable: roll.unreadable.clone(),
    }
}

/// An object's members.
type Json<'t, T> = HashMap<Cow<'t, str>, T>;

/// The schools that have to submit, each once, in the roster's order.
fn roster(rules: &RuleSet, bytes: &[u8]) -> Vec<School> {
    let Some([list, id]) = rules.county.as_ref().map(|county| county.roster.as_slice()) else { return Vec::new() };
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // One item at a time: a roster is the longest part of a county's document.
    let document: Json<'_, &RawValue> = serde_json::from_slice(text).unwrap_or_default();
    let items = document.get(list.as_str()).and_then(|items| serde_json::from_str(items.get()).ok());
    let items: Vec<&RawValue> = items.unwrap_or_default();
    let title = rules.shape.title.as_ref().and_then(|path| field_path(&rules.shape, path.slot));
    // A roster names its schools under the same key as the schools name themselves.
    let key = title.as_deref().and_then(|pointer| pointer.rsplit('/').next()).unwrap_or_default();
    let text = |item: &Json<'_, Value>, key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut found: Vec<School> = Vec::new();
    let mut seen = HashSet::new();
    for item in items {
        let item: Json<'_, Value> = serde_json::from_str(item.get()).unwrap_or_default();
        let school = School { id: text(&item, id), name: text(&item, key) };
        if !school.id.is_empty() && seen.insert(school.id.clone()) {
            found.push(school);
        }
    }
    found
}

fn by_rule(rules: &RuleSet, roll: &Roll) -> Vec<RuleCount> {
    let mut counts = vec![Counts::default(); rules.rules.len()];
    for entry in roll.schools.values() {
        for (counts, letter) in counts.iter_mut().zip(entry.latest.statuses.chars()) {
            counts.add(status(letter));
        }
    }
    let rule = |(rule, counts): (&crate::ir::Rule, Counts)| RuleCount {
        id: rule.id.clone(),
        title: rule.title.clone(),
        group: rule.group.clone(),
        severity: rule.severity,
        counts,
    };
    rules.rules.iter().zip(counts).map(rule).collect()
}

fn submitted(id: String, submission: super::Submission) -> Submitted {
    let mut counts = Counts::default();
    submission.statuses.chars().for_each(|letter| counts.add(status(letter)));
    let super::Submission { origin, name, verdict, statuses, .. } = submission;
    let super::Origin { date, sha256, name: file } = origin;
    let document = DocumentInfo { name: file.into(), sha256: sha256.to_string() };
    Submitted { id, name: name.into(), document, date: date.into(), verdict, counts, statuses: statuses.into() }
}

fn due(rules: &RuleSet, roll: &Roll) -> Vec<Due> {
    let today = parse(&roll.as_of);
    let mut found: Vec<Due> = Vec::new();
    for (id, entry) in &roll.schools {
        for (index, left) in &entry.latest.due {
            let days_left = i64::from(*left);
            let day = today.and_then(|today| plus_days(today, days_left));
            let (Some(day), Some(rule)) = (day, rules.rules.get(usize::from(*index))) else { continue };
            let (id, name) = (id.clone(), entry.latest.name.to_string());
            found.push(Due { due: day.to_string(), days_left, id, name, rule: rule.id.clone() });
        }
    }
    found.sort();
    found
}
