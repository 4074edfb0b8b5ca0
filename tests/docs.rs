//! The examples of the documents: ```bulou pieces of one document make one pack, whose sources hold every quote;
//! a ```json piece is checked with it on the day that the text names, and a ```report piece shows what comes out.
//! A piece ```refused CODE is an error of that code beside the others.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a test reads its files and fails by panic"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use bulou_eval::{Checker, Options};
use bulou_messages::diagnostic::{Lang, Severity};
use bulou_pack::{Files, Loaded, load};
use bulou_report::text::{TextOptions, render};
use bulou_syntax::keywords::KEYWORDS;

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

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the document")
}

/// The pack of these rules, and the codes and messages of its errors.
fn compiled(rules: &str) -> (Loaded, Vec<(&'static str, String)>) {
    let files = Files(BTreeMap::from([
        ("rules.bulou".to_owned(), rules.as_bytes().to_vec()),
        ("source/meeting.txt".to_owned(), source(rules).into_bytes()),
    ]));
    let loaded = load(&files);
    let errors = loaded.diagnostics.iter().filter(|found| found.severity() == Severity::Error);
    let errors = errors.map(|found| (found.code.as_str(), found.message.get(Lang::En).to_owned())).collect();
    (loaded, errors)
}

fn holds(path: &str) {
    let text = read(path);
    let rules = pieces(&text, "bulou").join("\n");
    let (loaded, errors) = compiled(&rules);
    assert!(errors.is_empty(), "{path}: {errors:#?}");
    for refused in text.split("```refused ").skip(1) {
        let (code, rest) = refused.split_once('\n').expect("a code, then the piece");
        let piece = rest.split("```").next().unwrap_or_default();
        let (_, errors) = compiled(&format!("{rules}\n{piece}"));
        assert!(errors.iter().any(|(found, _)| *found == code), "{path}: {code} {errors:#?}\n{piece}");
    }
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

#[test]
fn the_references_examples_compile_are_refused_and_report_as_it_says() {
    holds("docs/language.md");
}

/// Each rule of the cookbook is a pack as the page tells to write it: its head, the rule, the rule's cases.
#[test]
fn each_rule_of_the_cookbook_lints_clean_and_its_cases_hold() {
    let text = read("docs/cookbook.md");
    let (rules, cases) = (pieces(&text, "bulou"), pieces(&text, "json"));
    let (head, rules) = rules.split_first().expect("the head");
    let headings = text.matches("\n## ").count();
    assert_eq!((rules.len(), cases.len()), (headings, headings), "a rule and its cases under each heading");
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("written");
    };
    write("calendar/cn.json", &read("rules/calendar/cn.json"));
    for (number, (rule, cases)) in (1..).zip(rules.iter().zip(cases)) {
        write(&format!("{number}/pack.bulou"), head);
        write(&format!("{number}/rules.bulou"), rule);
        write(&format!("{number}/cases/rules.json"), &cases);
        let bulou = |args: &[&str]| {
            let pack = folder.path().join(number.to_string());
            let output = Command::new(env!("CARGO_BIN_EXE_bulou")).args(args).arg(pack).output().expect("it runs");
            let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{number} {args:?}: {said}");
            said.into_owned()
        };
        bulou(&["lint", "--deny", "warnings"]);
        bulou(&["fmt", "--check"]);
        // A case in which the rule passes, and one in which it does not.
        let tried = bulou(&["test"]);
        assert!(tried.contains("0 个不对,0 处没有案例"), "{number}: {tried}");
    }
}

#[test]
fn the_reference_names_every_keyword() {
    let text = read("docs/language.md");
    for keyword in KEYWORDS {
        let pair = format!("{} `{}`", keyword.zh, keyword.en);
        assert!(text.contains(&pair), "{pair}");
    }
}

/// Every file and folder that a document for developers names is there, at the end of some path.
#[test]
fn what_developers_are_told_of_is_there() {
    let mut all = Vec::new();
    paths(Path::new(env!("CARGO_MANIFEST_DIR")), "", &mut all);
    let mut lost = Vec::new();
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "www/README.md"] {
        let text = read(document);
        let named = text.split('`').skip(1).step_by(2).filter(|quoted| is_path(quoted)).flat_map(spelled_out);
        let is_lost = |path: &String| {
            let end = format!("/{}", path.trim_end_matches('/'));
            !is_made(path) && !all.iter().any(|known| known.ends_with(&end))
        };
        lost.extend(named.filter(is_lost).map(|path| format!("{document}: {path}")));
    }
    assert!(lost.is_empty(), "{lost:?}");
}

/// What mdbook makes a site of is every page, and no link on the way leads nowhere.
#[test]
fn every_page_is_in_the_summary_and_every_link_leads_to_a_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = std::fs::read_dir(root.join("docs")).expect("the pages").filter_map(Result::ok);
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let pages: BTreeSet<String> = names.filter(|name| name.ends_with(".md") && name != "SUMMARY.md").collect();
    let listed = links(&read("docs/SUMMARY.md"));
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), pages);
    assert_eq!(listed.len(), pages.len(), "a page is listed once");
    let others = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"].map(str::to_owned);
    let mut lost = Vec::new();
    for document in pages.iter().map(|page| format!("docs/{page}")).chain(others) {
        let beside = root.join(&document);
        let beside = beside.parent().expect("a folder");
        let found = links(&read(&document)).into_iter().filter(|link| !beside.join(link).exists());
        lost.extend(found.map(|link| format!("{document}: {link}")));
    }
    assert!(lost.is_empty(), "{lost:?}");
}

/// The files that a Markdown text links to.
fn links(text: &str) -> Vec<String> {
    let targets = text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0));
    // What holds a blank is code; an address is somebody else's.
    let files = targets.filter(|target| !target.contains([' ', '\n']) && !target.contains("://"));
    let files = files.map(|target| target.split('#').next());
    files.flatten().filter(|file| !file.is_empty()).map(str::to_owned).collect()
}

/// All files and folders below one, with a slash before each, but what is built.
fn paths(folder: &Path, within: &str, all: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if ["target", "node_modules", "dist", ".git"].contains(&name.as_str()) {
            continue;
        }
        let path = format!("{within}/{name}");
        if entry.path().is_dir() {
            paths(&entry.path(), &path, all);
        }
        all.push(path);
    }
}

fn is_path(quoted: &str) -> bool {
    let ends = [".rs", ".md", ".ftl", ".mjs", ".ts", ".css", ".toml", ".pest", "/"];
    ends.iter().any(|end| quoted.ends_with(end))
        && !quoted.contains([' ', '*', '…', '<', '|'])
        && !quoted.contains("CODE")
}

/// `texts/{zh,en}.ftl` is two paths.
fn spelled_out(path: &str) -> Vec<String> {
    match path.split_once('{').and_then(|(head, rest)| Some((head, rest.split_once('}')?))) {
        Some((head, (among, tail))) => among.split(',').map(|one| format!("{head}{one}{tail}")).collect(),
        None => vec![path.to_owned()],
    }
}

/// What is built, or somebody is to add.
fn is_made(path: &str) -> bool {
    ["www/dist/", "target/", "xx."].iter().any(|made| path.contains(made))
}
