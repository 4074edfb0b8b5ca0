//! SARIF 2.1.0 (OASIS): one run, a result a finding, with the line and column in the submitted file.

use std::collections::{BTreeMap, HashMap};

use bulou_eval::sha256;
use bulou_ir::{Rule, RuleSet};
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_report::{Report, Verdict};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use serde_sarif::sarif;

use super::remarks::{self, Level, Remark};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// What a URI reference spells out (RFC 3986); the rest it encodes.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// As many results as code scanning takes of a run; the last is the notice that there are more.
const RESULTS: usize = 25_000;

/// A document's results.
pub struct Document {
    /// Whom it is about: 标识, or else its file.
    about: String,
    results: Vec<Found>,
    /// What differs from the pack's parameters, and that said at this file.
    params: Option<(String, Found)>,
    /// It could not be read, or is none.
    unread: bool,
}

/// A result with what its fingerprint is made of.
struct Found {
    level: Level,
    print: String,
    times: usize,
    result: sarif::Result,
}

impl Document {
    /// Of a report.
    pub fn new(report: &Report<'_>, remarks: &[Remark<'_>], path: &str, lang: Lang) -> Self {
        let uri = utf8_percent_encode(&path.replace('\\', "/"), PATH).to_string();
        let about = if report.subject.id.is_empty() { path } else { &report.subject.id };
        let mut seen = HashMap::new();
        let found = |remark: &Remark<'_>| {
            let print = [remark.id, &remark.key].join("\0");
            // Elements that nothing tells apart are told apart by how many there are before.
            let before: &mut usize = seen.entry(print.clone()).or_default();
            *before += 1;
            let print = format!("{print}\0{before}");
            Found { level: remark.level, print, times: remark.times, result: result(remark, &uri) }
        };
        let params = report.params_changed.words(lang).map(|words| {
            let print = ["bulou", "params"].join("\0");
            let result = result(&of_run(words.clone()), &uri);
            (words, Found { level: Level::Warning, print, times: 1, result })
        });
        let results = remarks.iter().map(found).collect();
        Self { about: about.to_owned(), results, params, unread: !report.is_submission() }
    }
}

/// What is said of a whole run, at one of its files.
fn of_run(message: String) -> Remark<'static> {
    Remark {
        id: "bulou",
        rule: None,
        key: String::new(),
        times: 1,
        level: Level::Warning,
        message,
        pointer: "",
        line: 1,
        column: 1,
        cell: None,
    }
}

/// The results of a run: of each level no more than code scanning takes of all.
#[derive(Default)]
pub struct Results {
    levels: [Vec<sarif::Result>; 3],
    /// How many findings there are.
    all: usize,
    /// What differs from the pack's parameters; it is the same for all documents.
    params: Option<String>,
    /// How many documents came of one school.
    documents: HashMap<String, usize>,
    /// Whether a document could not be read.
    unread: bool,
}

impl Results {
    /// Adds a document's.
    pub fn add(&mut self, document: Document) {
        let Document { about, mut results, params, unread } = document;
        self.unread |= unread;
        if let (Some((words, found)), None) = (params, &self.params) {
            self.params = Some(words);
            results.insert(0, found);
        }
        let number = self.documents.entry(about.clone()).or_default();
        *number += 1;
        // The same finding about the same school keeps its fingerprint when lines move, and when its file has another name.
        let about = format!("{about}\0{number}");
        for Found { level, print, times, mut result } in results {
            self.all += times;
            let place = match level {
                Level::Error => &mut self.levels[0],
                Level::Warning => &mut self.levels[1],
                Level::Note => &mut self.levels[2],
            };
            if place.len() < RESULTS {
                let print = sha256(format!("{about}\0{print}").as_bytes());
                result.partial_fingerprints = Some(BTreeMap::from([("bulou/v2".to_owned(), print)]));
                place.push(result);
            }
        }
        // What is grave displaces what is less so.
        let mut room = RESULTS;
        for level in &mut self.levels {
            level.truncate(room);
            room -= level.len();
        }
    }

    /// The gravest first, and that there are more where there are.
    fn listed(self, lang: Lang) -> (Vec<sarif::Result>, Option<String>) {
        let (all, mut listed) = (self.all, self.levels.concat());
        let count = listed.len();
        if count == all {
            return (listed, None);
        }
        listed.truncate(RESULTS - 1);
        let count = listed.len();
        let words = texts::findings_all_gravest_listed(&all, &count).get(lang);
        let notice = listed.first().map(|first| {
            let mut notice = sarif::Result::builder()
                .rule_id("bulou")
                .level(sarif::ResultLevel::Error)
                .message(sarif::Message::builder().text(words.clone()).build())
                .build();
            notice.locations.clone_from(&first.locations);
            // There is one a run, whatever it counts.
            let print = sha256(["bulou", "more"].join("\0").as_bytes());
            notice.partial_fingerprints = Some(BTreeMap::from([("bulou/v2".to_owned(), print)]));
            notice
        });
        listed.splice(0..0, notice);
        (listed, Some(words))
    }
}

fn result(remark: &Remark<'_>, uri: &str) -> sarif::Result {
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
    sarif::Result::builder()
        .rule_id(remark.id)
        .level(level(remark.level))
        .message(sarif::Message::builder().text(text).build())
        .locations([location])
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
pub fn log(rules: &RuleSet, results: Results, lang: Lang) -> sarif::Sarif {
    let (params, unread) = (results.params.clone(), results.unread);
    let (results, more) = results.listed(lang);
    let notification = |words: String| {
        let message = sarif::Message::builder().text(words).build();
        sarif::Notification::builder().level("warning").message(message).build()
    };
    let invocation = sarif::Invocation::builder()
        .execution_successful(!unread)
        .tool_execution_notifications(more.into_iter().map(notification).collect::<Vec<_>>())
        .tool_configuration_notifications(params.into_iter().map(notification).collect::<Vec<_>>())
        .build();
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
        .invocations([invocation])
        .results(results)
        .build();
    sarif::Sarif::builder().schema(SCHEMA).version("2.1.0").runs([run]).build()
}

fn descriptor(rule: &Rule) -> sarif::ReportingDescriptor {
    let text = |text: &str| sarif::MultiformatMessageString::builder().text(text).build();
    let quotes = rule.card.citations.iter().map(|one| [&*one.source, &one.section, &one.quote].join(" "));
    let help = [rule.card.remedy.clone()].into_iter().chain(quotes).collect::<Vec<_>>().join("\n");
    let failed = level(remarks::level(rule.card.severity, Verdict::Fail));
    sarif::ReportingDescriptor::builder()
        .id(&rule.card.id)
        .name(&rule.card.title)
        .short_description(text(&rule.card.title))
        .help(text(&help))
        .default_configuration(sarif::ReportingConfiguration::builder().level(json!(failed)).build())
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(level: Level, count: usize) -> Document {
        let remark = |line: usize| Remark {
            id: "甲",
            rule: None,
            key: line.to_string(),
            times: 1,
            level,
            message: "不行".into(),
            pointer: "/L/0",
            line,
            column: 1,
            cell: None,
        };
        let mut seen = 0;
        let found = |line| {
            seen += 1;
            Found { level, print: format!("{seen}"), times: 1, result: result(&remark(line), "a.json") }
        };
        Document { about: format!("{level:?}"), results: (1..=count).map(found).collect(), params: None, unread: false }
    }

    #[test]
    fn no_more_results_than_code_scanning_takes_and_the_gravest_of_them() {
        let mut results = Results::default();
        for (level, count) in [(Level::Note, 20_000), (Level::Warning, 9_000), (Level::Error, 100), (Level::Note, 10)] {
            results.add(document(level, count));
        }
        assert_eq!(results.levels.iter().map(Vec::len).collect::<Vec<_>>(), [100, 9_000, 15_900]);
        let (listed, more) = results.listed(Lang::Zh);
        assert_eq!(listed.len(), RESULTS);
        assert!(more.is_some_and(|words| words.contains("共 29110 处") && words.contains("24999 处")));
        assert_eq!(listed.first().map(|one| one.rule_id.as_deref()), Some(Some("bulou")));
        assert_eq!(listed.iter().filter(|one| one.level == Some(sarif::ResultLevel::Error)).count(), 101);
    }
}
