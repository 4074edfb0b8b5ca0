//! What a document says and leaves out, whatever the rules ask: blanks, texts, lists, constraints, bounds, parameters.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods, reason = "tests")]

mod blanks;
mod bounds;
mod constraints;
mod elements;
mod filed;
mod nothing;
mod texts;

#[path = "../packs_support/mod.rs"]
mod packs_support;

use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Severity;
use bulou_pack::{Files, load};
use bulou_report::{Report, RuleResult, Status, Verdict};
use serde_json::Value;

/// A pack with these declarations and rules.
fn pack(declarations: &str) -> RuleSet {
    pack_with("", declarations)
}

/// The same with further clauses in its header.
fn pack_with(header: &str, declarations: &str) -> RuleSet {
    let text =
        format!("规则集 t \"试\" {{ 版本 1 {header} }}\n来源 文 外部 \"文\"\n日历 历 \"cn.json\"\n{declarations}\n");
    let calendar = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/calendar/cn.json")).expect("a calendar");
    let files = [("a.bulou", text.into_bytes()), ("cn.json", calendar)];
    let loaded = load(&Files(files.map(|(name, bytes)| (name.to_owned(), bytes)).into()));
    let errors: Vec<_> =
        loaded.diagnostics.iter().filter(|one| one.severity() == Severity::Error).map(|one| &one.message.en).collect();
    loaded.rules.unwrap_or_else(|| panic!("{errors:#?}"))
}

fn rule(requirement: &str) -> String {
    format!("规则 规 \"规则\" {{ 依据 文 要求 {requirement} 整改 \"改\" }}")
}

fn options() -> Options {
    Options::on(bulou_base::date::parse("2022-06-28").expect("a date"))
}

fn check<'r>(rules: &'r RuleSet, document: &Value) -> Report<'r> {
    let mut checker = Checker::new(rules, &options()).unwrap_or_else(|words| panic!("{words:?}"));
    checker.check("a.json", document.to_string().as_bytes())
}

/// The codes and pointers of what is wrong with a document itself, notices apart.
fn faults<'a>(report: &'a Report<'_>) -> Vec<(&'a str, &'a str)> {
    report.structure.iter().filter(|one| !one.notice).map(|one| (one.code.as_str(), one.path.as_str())).collect()
}

fn notices<'a>(report: &'a Report<'_>) -> Vec<(&'a str, &'a str)> {
    report.structure.iter().filter(|one| one.notice).map(|one| (one.code.as_str(), one.path.as_str())).collect()
}

fn only<'a, 'r>(report: &'a Report<'r>) -> &'a RuleResult<'r> {
    report.rules.first().expect("a rule")
}

fn status(rules: &RuleSet, document: &Value) -> Status {
    only(&check(rules, document)).status
}

fn verdict(rules: &RuleSet, document: &Value) -> Verdict {
    check(rules, document).verdict
}
