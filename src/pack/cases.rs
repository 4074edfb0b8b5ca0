//! A pack's own tests: `cases/*.json`, each an object or an array of objects.

use std::collections::BTreeMap;

use crate::date::Date;
use serde::Deserialize;
use serde_json::Value as Json;

use crate::county::{Own, Roll, contribution, finish};
use crate::diagnostic::Words;
use crate::eval::{Checker, Options, Waiver};
use crate::ir::RuleSet;
use crate::pack::Files;
use crate::report::{PackInfo, RuleResult, Status};

/// What running a pack's cases showed.
#[derive(Debug, Default)]
pub struct CaseResults {
    /// Every case with what did not come out as expected.
    pub cases: Vec<CaseResult>,
    /// Rules without a passing (`pass`) or a failing (`fail`) case.
    pub uncovered: Vec<(String, &'static str)>,
    /// Case files that could not be read.
    pub problems: Vec<Words>,
}

/// One case.
#[derive(Debug)]
pub struct CaseResult {
    /// Its file.
    pub file: String,
    /// Its 说明.
    pub title: String,
    /// What did not come out as expected; empty when all did.
    pub mismatches: Vec<Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(rename = "说明")]
    title: String,
    #[serde(rename = "今天", deserialize_with = "crate::date::deserialize")]
    today: Date,
    #[serde(rename = "参数", default)]
    params: BTreeMap<String, String>,
    #[serde(rename = "豁免", default)]
    waivers: Vec<Waiver>,
    #[serde(rename = "数据", default)]
    data: Option<Json>,
    #[serde(rename = "基准", default)]
    base: Option<String>,
    #[serde(rename = "修改", default)]
    change: Option<Json>,
    /// Makes it a case of the county: `数据` or `基准` is the county's document, these are the schools'.
    #[serde(rename = "各校", default)]
    schools: Option<Vec<School>>,
    #[serde(rename = "期望")]
    expected: BTreeMap<String, Status>,
    #[serde(rename = "证据", default)]
    evidence: BTreeMap<String, Vec<String>>,
}

/// A school's document in a case of the county: a base's name, a base with changes, or the document itself.
#[derive(Deserialize)]
#[serde(untagged)]
enum School {
    Base(String),
    Changed {
        #[serde(rename = "基准")]
        base: String,
        #[serde(rename = "修改")]
        change: Json,
    },
    Document(Json),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    One(Box<Case>),
    Many(Vec<Case>),
}

/// Runs every case of a pack.
#[must_use]
pub fn run(rules: &RuleSet, files: &Files) -> CaseResults {
    let mut results = CaseResults::default();
    let mut seen: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    for (name, bytes) in &files.0 {
        let is_case = name.strip_prefix("cases/").is_some_and(|rest| rest.ends_with(".json") && !rest.contains('/'));
        if !is_case {
            continue;
        }
        let cases = match serde_json::from_slice(bytes) {
            Ok(File::One(case)) => vec![*case],
            Ok(File::Many(cases)) => cases,
            Err(error) => {
                results
                    .problems
                    .push(Words::new(format!("{name} 读不懂:{error}"), format!("{name} cannot be read: {error}")));
                continue;
            }
        };
        for case in cases {
            let mismatches = run_case(rules, files, &case, &mut seen).unwrap_or_else(|words| vec![words]);
            results.cases.push(CaseResult { file: name.clone(), title: case.title, mismatches });
        }
    }
    let county = rules.county.iter().flat_map(|county| &county.rules.rules);
    for rule in rules.rules.iter().chain(county) {
        let (passed, failed) = seen.get(&rule.id).copied().unwrap_or_default();
        if !passed {
            results.uncovered.push((rule.id.clone(), "pass"));
        }
        if !failed {
            results.uncovered.push((rule.id.clone(), "fail"));
        }
    }
    results
}

fn run_case(
    rules: &RuleSet,
    files: &Files,
    case: &Case,
    seen: &mut BTreeMap<String, (bool, bool)>,
) -> Result<Vec<Words>, Words> {
    let document = document(files, case.data.as_ref(), case.base.as_deref(), case.change.as_ref())?;
    let options = Options {
        params: case.params.clone().into_iter().collect(),
        waivers: case.waivers.clone(),
        ..Options::on(case.today)
    };
    let mut checker = Checker::new(rules, &options).map_err(|mut words| words.pop().unwrap_or_default())?;
    let found = match &case.schools {
        None => checker.check("case.json", document.to_string().as_bytes()).rules,
        Some(schools) => county(rules, files, &mut checker, &options, (&document, schools))?,
    };
    let mut mismatches = Vec::new();
    for (id, expected) in &case.expected {
        let Some(result) = found.iter().find(|rule| rule.id == *id) else {
            mismatches.push(Words::new(format!("没有规则 `{id}`"), format!("there is no rule `{id}`")));
            continue;
        };
        let entry = seen.entry(id.clone()).or_default();
        entry.0 |= *expected == Status::Pass;
        entry.1 |= matches!(expected, Status::Fail | Status::Hint);
        if result.status != *expected {
            mismatches.push(Words::new(
                format!("{id}:期望 {expected:?},实际 {:?}({})", result.status, messages(&found, id)),
                format!("{id}: expected {expected:?}, got {:?} ({})", result.status, messages(&found, id)),
            ));
        }
    }
    for (id, paths) in &case.evidence {
        let found = found.iter().filter(|rule| rule.id == *id).flat_map(|rule| &rule.findings);
        let found: Vec<&String> = found.flat_map(|finding| &finding.paths).collect();
        for path in paths.iter().filter(|path| !found.contains(path)) {
            mismatches.push(Words::new(
                format!("{id}:证据里没有 {path},有 {found:?}"),
                format!("{id}: the evidence lacks {path}, it has {found:?}"),
            ));
        }
    }
    Ok(mismatches)
}

/// The county's rules over its document and the schools'.
fn county(
    rules: &RuleSet,
    files: &Files,
    checker: &mut Checker<'_>,
    options: &Options,
    (document, schools): (&Json, &[School]),
) -> Result<Vec<RuleResult>, Words> {
    let none = || Words::new("规则集没有 `数据 全县`", "the pack has no `数据 全县`");
    let county = rules.county.as_ref().ok_or_else(none)?;
    let mut roll = Roll::new(PackInfo::default(), options.today.to_string(), BTreeMap::new());
    for school in schools {
        let school = match school {
            School::Base(base) => self::document(files, None, Some(base), None)?,
            School::Changed { base, change } => self::document(files, None, Some(base), Some(change))?,
            School::Document(document) => document.clone(),
        };
        let text = school.to_string();
        let report = checker.check("school.json", text.as_bytes());
        roll.add(contribution(checker, county, &report));
    }
    let mut own = Checker::new(&county.rules, options).map_err(|mut words| words.pop().unwrap_or_default())?;
    let text = document.to_string();
    let report = own.check("county.json", text.as_bytes());
    let document = Own { report, bytes: text.as_bytes(), utf8: text.as_bytes() };
    Ok(finish(rules, &mut own, document, roll).rules)
}

fn messages(rules: &[RuleResult], id: &str) -> String {
    let findings = rules.iter().filter(|rule| rule.id == id).flat_map(|rule| &rule.findings);
    let messages: Vec<&str> = findings.map(|finding| finding.message.as_str()).collect();
    messages.join("; ")
}

/// The case's own document, or a base document with its changes (RFC 7396 merge patch, or RFC 6902 patch).
fn document(files: &Files, data: Option<&Json>, base: Option<&str>, change: Option<&Json>) -> Result<Json, Words> {
    let mut document = match (data, base) {
        (Some(data), _) => data.clone(),
        (None, Some(base)) => {
            let bytes = files.0.get(&format!("cases/{base}"));
            let parsed = bytes.and_then(|bytes| serde_json::from_slice(bytes).ok());
            parsed
                .ok_or_else(|| Words::new(format!("没有基准 cases/{base}"), format!("there is no base cases/{base}")))?
        }
        (None, None) => return Err(Words::new("案例没有数据也没有基准", "the case has neither data nor base")),
    };
    match change {
        Some(patch @ Json::Array(_)) => {
            let wrong = |error: &dyn std::fmt::Display| {
                Words::new(format!("修改不对:{error}"), format!("the change is wrong: {error}"))
            };
            let patch: json_patch::Patch = serde_json::from_value(patch.clone()).map_err(|error| wrong(&error))?;
            json_patch::patch(&mut document, &patch).map_err(|error| wrong(&error))?;
        }
        Some(patch) => json_patch::merge(&mut document, patch),
        None => {}
    }
    Ok(document)
}
