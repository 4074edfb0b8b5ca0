//! Formats for CI, each read by something that is not ours: the published SARIF schema, an XML parser.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test starts programs and fails by panic"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn check(format: &str, paths: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_bulou"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["check", "--as-of", "2022-06-28", "--format", format])
        .args(paths)
        .output()
        .expect("the program runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// The SARIF 2.1.0 schema as published, from the package that the output's types are generated of.
fn sarif_schema() -> Value {
    let output = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("metadata");
    let packages = metadata["packages"].as_array().expect("packages");
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").expect("the package");
    let manifest = Path::new(package["manifest_path"].as_str().expect("a path"));
    let schema = manifest.parent().expect("a folder").join("src/schema.json");
    // As published, a pattern of it has one bracket too many.
    json(&std::fs::read_to_string(schema).expect("the schema").replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$"))
}

const FAULTY: &str = "tests/samples/北关小学-有问题.json";

#[test]
fn sarif_meets_its_schema_and_marks_the_lines_in_the_submitted_file() {
    let log = json(&check("sarif", &["tests/samples"]));
    let schema = sarif_schema();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<_> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let faulty: Vec<_> = results.iter().filter(|one| uri(one).contains("%E5%8C%97")).collect();
    assert!(faulty.len() >= 12, "{} results", faulty.len());
    let text = read(FAULTY);
    let document = json(&text);
    for result in &faulty {
        let place = &result["locations"][0];
        let pointer = place["logicalLocations"][0]["fullyQualifiedName"].as_str().expect("a pointer");
        let region = &place["physicalLocation"]["region"];
        let number = |key: &str| usize::try_from(region[key].as_u64().expect("a number")).expect("small");
        let line = text.lines().nth(number("startLine") - 1).expect("the line");
        let at: String = line.chars().skip(number("startColumn") - 1).collect();
        let value = document.pointer(pointer);
        let starts = match value {
            Some(Value::Array(_)) => at.starts_with('['),
            Some(Value::Object(_)) => at.starts_with('{'),
            Some(scalar) => at.starts_with(&scalar.to_string()),
            // What is missing is marked at the value around it.
            None => at.starts_with(['{', '[']),
        };
        assert!(starts, "{pointer} at `{at}`");
    }
}

fn uri(result: &Value) -> &str {
    result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a URI")
}

#[test]
fn a_sarif_fingerprint_stays_when_lines_move() {
    let folder = std::env::temp_dir().join(format!("bulou-formats-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("北关小学-有问题.json");
    std::fs::write(&path, format!("\n\n\n{}", read(FAULTY))).expect("written");
    let prints = |path: &str| -> Vec<String> {
        let log = json(&check("sarif", &[path]));
        let results = log["runs"][0]["results"].as_array().expect("results").clone();
        results.iter().map(|one| one["partialFingerprints"]["bulou/v1"].to_string()).collect()
    };
    assert_eq!(prints(FAULTY), prints(path.to_str().expect("a path")));
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn junit_counts_what_the_report_counts() {
    let reports = json(&check("json", &["tests/samples"]));
    let text = check("junit", &["tests/samples"]);
    let xml = roxmltree::Document::parse(&text).expect("XML");
    let suites: Vec<_> = xml.descendants().filter(|node| node.has_tag_name("testsuite")).collect();
    let reports = reports.as_array().expect("reports");
    assert_eq!(suites.len(), reports.len());
    for (suite, report) in suites.iter().zip(reports) {
        let count = |tag| suite.descendants().filter(|node| node.has_tag_name(tag)).count() as u64;
        let counts = &report["counts"];
        assert_eq!(Some(count("failure")), counts["fail"].as_u64());
        assert_eq!(Some(count("error")), counts["undetermined"].as_u64());
        assert_eq!(Some(count("skipped")), counts["not_applicable"].as_u64());
        assert_eq!(suite.attribute("failures"), Some(counts["fail"].to_string().as_str()));
        assert_eq!(count("testcase"), report["rules"].as_array().expect("rules").len() as u64);
    }
}

#[test]
fn github_shows_at_most_what_the_platform_shows_and_says_how_many_there_are() {
    let printed = check("github", &["tests/samples"]);
    let mut levels = BTreeMap::new();
    for line in printed.lines() {
        *levels.entry(line[2..].split(' ').next().expect("a level")).or_insert(0) += 1;
    }
    assert!(levels.values().all(|count| *count <= 10), "{levels:?}");
    let reports = json(&check("json", &["tests/samples"]));
    let rules =
        reports.as_array().expect("reports").iter().flat_map(|report| report["rules"].as_array().expect("rules"));
    let findings =
        rules.filter(|rule| rule["severity"] != "hint").flat_map(|rule| rule["findings"].as_array().expect("findings"));
    let errors = findings.filter(|finding| finding["status"] == "fail").count();
    let total = printed.lines().find(|line| line.contains("title=bulou")).expect("a total");
    assert!(total.starts_with("::error") && total.contains(&format!("共 {errors} 处")), "{total}");
}

#[test]
fn html_loads_nothing_and_shows_markup_as_text() {
    let folder = std::env::temp_dir().join(format!("bulou-html-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("a.json");
    std::fs::write(&path, r#"{"学校": {"名称": "<script>alert(1)</script>"}}"#).expect("written");
    let page = check("html", &[path.to_str().expect("a path"), FAULTY]);
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script"), "markup is text");
    assert!(!page.contains("src=") && !page.contains("href="), "nothing is loaded");
    assert_eq!(page.matches("<article>").count(), 2);
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn a_line_of_many_is_marked_as_that_line() {
    let folder = std::env::temp_dir().join(format!("bulou-lines-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("a.ndjson");
    std::fs::write(&path, "{}\n\n{\"学校\": {\"学生数\": \"x\"}}\n").expect("written");
    let log = json(&check("sarif", &[path.to_str().expect("a path")]));
    let results = log["runs"][0]["results"].as_array().expect("results");
    let structure = results.iter().find(|one| one["ruleId"] == "D003").expect("the problem");
    assert_eq!(structure["locations"][0]["physicalLocation"]["region"]["startLine"], 3);
    std::fs::remove_dir_all(&folder).expect("removed");
}
