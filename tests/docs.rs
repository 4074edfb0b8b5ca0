//! The examples of the documents: ```bulou pieces of one document make one pack, whose sources hold every quote;
//! a ```json piece is checked with it on the day that the text names, and a ```report piece shows what comes out.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a test reads its files and fails by panic"
)]

use std::collections::BTreeMap;
use std::path::Path;

use bulou::diagnostic::{Lang, Severity};
use bulou::eval::{Checker, Options};
use bulou::pack::{Files, load};
use bulou::report::text::{TextOptions, render};

/// The fenced pieces of a Markdown text in one notation.
fn pieces(text: &str, notation: &str) -> Vec<String> {
    let opening = format!("```{notation}\n");
    text.split(&opening).skip(1).map(|rest| rest.split("```").next().unwrap_or_default().to_owned()).collect()
}

/// A source text that holds each quote of the rules once.
fn source(rules: &str) -> String {
    let quotes = rules.lines().filter_map(|line| {
        let line = line.trim_start();
        let rest = line.strip_prefix("依据 会议 ").or(line.strip_prefix("不查 会议 "))?;
        rest.split('"').nth(1)
    });
    let mut seen = Vec::new();
    for quote in quotes {
        if !seen.contains(&quote) {
            seen.push(quote);
        }
    }
    seen.iter().map(|quote| format!("{quote}。\n")).collect()
}

fn holds(path: &str) {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the document");
    let rules = pieces(&text, "bulou").join("\n");
    let source = source(&rules);
    let files = Files(BTreeMap::from([
        ("rules.bulou".to_owned(), rules.into_bytes()),
        ("source/meeting.txt".to_owned(), source.into_bytes()),
    ]));
    let loaded = load(&files);
    let errors: Vec<_> = loaded
        .diagnostics
        .iter()
        .filter(|found| found.severity() == Severity::Error)
        .map(|found| &found.message)
        .collect();
    assert!(errors.is_empty(), "{path}: {errors:#?}");
    let set = loaded.rules.expect("a rule set");
    let documents = pieces(&text, "json");
    let reports = pieces(&text, "report");
    assert_eq!(documents.len(), reports.len(), "{path}: a report for each document");
    for (document, report) in documents.iter().zip(reports) {
        let day = report.lines().next().and_then(|line| line.rsplit(' ').next()).and_then(|day| day.parse().ok());
        let mut checker =
            Checker::new(&set, &Options::on(day.expect("a day at the end of the first line"))).expect("options");
        let found = checker.check("例.json", document.as_bytes());
        let options = TextOptions { color: false, width: 100, lang: Lang::Zh, quiet: true };
        assert_eq!(render(&found, options), report, "{path}");
    }
}

#[test]
fn the_readmes_examples_compile_and_report_what_it_says() {
    holds("README.md");
}

#[test]
fn the_guides_examples_compile_and_report_what_it_says() {
    holds("docs/guide.zh.md");
}
