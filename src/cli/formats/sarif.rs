//! SARIF 2.1.0 (OASIS): one run, a result a finding, with the line and column in the submitted file.

use std::collections::BTreeMap;

use bulou::eval::sha256;
use bulou::ir::{Rule, RuleSet};
use bulou::report::{Report, RuleSeverity};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_sarif::sarif;

use super::{Level, Remark};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// What a URI reference spells out (RFC 3986); the rest it encodes.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A document's results.
pub fn results(report: &Report<'_>, remarks: &[Remark<'_>], path: &str) -> Vec<sarif::Result> {
    let uri = utf8_percent_encode(&path.replace('\\', "/"), PATH).to_string();
    remarks.iter().map(|remark| result(report, remark, &uri)).collect()
}

fn result(report: &Report<'_>, remark: &Remark<'_>, uri: &str) -> sarif::Result {
    let region = sarif::Region::builder().start_line(whole(remark.line)).start_column(whole(remark.column)).build();
    let artifact = sarif::ArtifactLocation::builder().uri(uri).build();
    let place = sarif::PhysicalLocation::builder().artifact_location(artifact).region(region).build();
    let mut logical = sarif::LogicalLocation::builder().fully_qualified_name(remark.pointer).kind("member").build();
    logical.name = remark.cell.map(str::to_owned);
    let location = sarif::Location::builder().physical_location(place).logical_locations([logical]).build();
    let text = match remark.rule {
        Some(rule) => format!("{}\n{} ({})", remark.message, rule.card.remedy, rule.card.responsible),
        None => remark.message.clone(),
    };
    // What looks like a link in a message would be one where it is shown (SARIF 2.1.0, 3.11.6).
    let text = text.replace("](", "] (");
    // The same finding about the same school keeps its fingerprint when lines move.
    let print = sha256([remark.id, &report.subject.id, remark.pointer].join("\0").as_bytes());
    sarif::Result::builder()
        .rule_id(remark.id)
        .level(level(remark.level))
        .message(sarif::Message::builder().text(text).build())
        .locations([location])
        .partial_fingerprints(BTreeMap::from([("bulou/v1".to_owned(), print)]))
        .build()
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn level(level: Level) -> sarif::ResultLevel {
    match level {
        Level::Error => sarif::ResultLevel::Error,
        Level::Warning => sarif::ResultLevel::Warning,
        Level::Note => sarif::ResultLevel::Note,
    }
}

/// The log of a run.
pub fn log(rules: &RuleSet, results: Vec<sarif::Result>) -> Result<String, serde_json::Error> {
    let driver = sarif::ToolComponent::builder()
        .name("bulou")
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .full_name(format!("bulou {} · {} {}", env!("CARGO_PKG_VERSION"), rules.pack.id, rules.pack.version))
        .rules(rules.rules.iter().map(descriptor).collect::<Vec<_>>())
        .build();
    let run = sarif::Run::builder()
        .tool(sarif::Tool::builder().driver(driver).build())
        .column_kind("unicodeCodePoints")
        .language("zh-CN")
        .results(results)
        .build();
    let log = sarif::Sarif::builder().schema(SCHEMA).version("2.1.0").runs([run]).build();
    Ok(serde_json::to_string_pretty(&log)? + "\n")
}

fn descriptor(rule: &Rule) -> sarif::ReportingDescriptor {
    let text = |text: &str| sarif::MultiformatMessageString::builder().text(text).build();
    let quotes = rule.card.citations.iter().map(|one| [&*one.source, &one.section, &one.quote].join(" "));
    let help = [rule.card.remedy.clone()].into_iter().chain(quotes).collect::<Vec<_>>().join("\n");
    let level = match rule.card.severity {
        RuleSeverity::Hint => "note",
        RuleSeverity::Major | RuleSeverity::Serious | RuleSeverity::Minor => "error",
    };
    sarif::ReportingDescriptor::builder()
        .id(&rule.card.id)
        .name(&rule.card.title)
        .short_description(text(&rule.card.title))
        .help(text(&help))
        .default_configuration(sarif::ReportingConfiguration::builder().level(level).build())
        .build()
}
