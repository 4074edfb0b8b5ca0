//! What the campus-safety pack notices: of each complete document that passes, each field in turn says what nobody would
//! mean, and a rule, a range, a constraint or the form of the field has to speak up.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test may fail and read files"
)]

mod accepted;
mod mutants;

#[path = "../packs_support/mod.rs"]
mod packs_support;

use std::collections::BTreeSet;

use bulou_api::Pack;
use bulou_api::county::County;
use bulou_api::form::form;
use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_report::{Problem, RuleResult, Status};
use mutants::{Mutant, mutants};
use packs_support::{files, rules};
use serde_json::{Value, json};

use accepted::ACCEPTED;

/// What speaks against a document: rules by their ids, faults by code and place.
type Said = BTreeSet<String>;

fn base(name: &str) -> Value {
    let mut base: Value = serde_json::from_slice(&files().0[&format!("cases/base/{name}.json")]).expect("JSON");
    // Its one hazard that is not yet due is dealt with, so that nothing is pending.
    if let Some(hazard) = base.pointer_mut("/隐患/1") {
        hazard["销号日期"] = json!(DAY);
        hazard["销号人"] = json!("分管负责人");
    }
    base
}

/// The day of the check.
const DAY: &str = "2022-06-28";

fn said(rules: &[RuleResult<'_>], structure: &[Problem]) -> Said {
    let against = |status| matches!(status, Status::Fail | Status::Undetermined | Status::Hint | Status::Pending);
    let rules = rules.iter().filter(|rule| against(rule.status)).map(|rule| rule.card.id.clone());
    let faults = structure.iter().filter(|fault| !fault.notice);
    rules.chain(faults.map(|fault| format!("{} {}", fault.code, fault.path))).collect()
}

/// The mutants of a document that are noticed, and the others.
fn sorted(document: &Value, made: Vec<Mutant>, judge: &mut dyn FnMut(&Value) -> Said) -> (Vec<String>, Vec<String>) {
    let before = judge(document);
    let (mut noticed, mut missed) = (Vec::new(), Vec::new());
    for mutant in made {
        let after = judge(&mutant.document);
        if after.is_subset(&before) { missed.push(mutant.name) } else { noticed.push(mutant.name) }
    }
    (noticed, missed)
}

fn school(rules: &RuleSet) -> (Vec<String>, Vec<String>) {
    let document = base("primary");
    let mut checker = Checker::new(rules, &Options::on(DAY.parse().expect("a day"))).expect("good options");
    let mut judge = |document: &Value| {
        let report = checker.check("school.json", document.to_string().as_bytes());
        said(&report.rules, &report.structure)
    };
    assert_eq!(judge(&document), Said::new(), "the base passes");
    sorted(&document, mutants(&form(rules), &document), &mut judge)
}

fn county(rules: &RuleSet) -> (Vec<String>, Vec<String>) {
    let document = base("county");
    let texts = files().0.into_iter().filter_map(|(name, bytes)| Some((name, String::from_utf8(bytes).ok()?)));
    let options = serde_json::from_value(json!({ "as_of": DAY })).expect("options");
    let mut county = County::new(&Pack::load(texts.collect()), options).expect("a county");
    for row in document["名册"].as_array().expect("a list") {
        county.add("school.json", school_of(row).as_bytes(), &|_| None).expect("a school");
    }
    let mut judge = |document: &Value| {
        let report = county.finish("county.json", document.to_string().as_bytes(), None, &|_| None).expect("a report");
        said(&report.rules, &report.structure)
    };
    assert_eq!(judge(&document), Said::new(), "the base passes");
    let rules = &rules.county.as_ref().expect("a county").rules;
    sorted(&document, mutants(&form(rules), &document), &mut judge)
}

/// The school of a row of the roster.
fn school_of(row: &Value) -> String {
    let mut school = base("primary");
    for key in ["标识码", "名称", "办学类型"] {
        school["学校"][key] = row[key].clone();
    }
    school.to_string()
}

#[test]
fn what_nobody_would_mean_does_not_pass_in_silence() {
    let rules = rules();
    let found = [("学校", school(&rules)), ("全县", county(&rules))];
    let mut unused: BTreeSet<&str> = ACCEPTED.iter().map(|(name, _)| *name).collect();
    let (mut noticed, mut taken, mut silent) = (0, 0, Vec::new());
    for (document, (seen, missed)) in found {
        noticed += seen.len();
        for name in missed {
            let name = format!("{document} {name}");
            if unused.remove(name.as_str()) { taken += 1 } else { silent.push(name) }
        }
    }
    let all = noticed + taken + silent.len();
    println!("noticed {noticed} of {all}, {taken} accepted with a reason, {} in silence:", silent.len());
    silent.iter().for_each(|name| println!("  {name}"));
    assert!(all > 500, "the documents are changed at all");
    assert!(noticed * 100 >= 95 * all, "noticed {noticed} of {all}");
    assert!(silent.is_empty(), "{} pass in silence: a rule or range for each, or a reason", silent.len());
    assert_eq!(unused, BTreeSet::new(), "accepted, and yet noticed or no mutant");
    assert!(ACCEPTED.iter().all(|(_, reason)| !reason.is_empty()));
}
