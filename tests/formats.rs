//! Formats for CI, each read by something that is not ours: the published SARIF schema, an XML parser.

#![allow(
    clippy::expect_used,
    clippy::panic,
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
        results.iter().map(|one| one["partialFingerprints"]["bulou/v2"].to_string()).collect()
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
        // What is wrong with the document itself is an error beside the rules.
        let wrong = report["structure"].as_array().expect("problems").len() as u64;
        assert_eq!(Some(count("error") - wrong), counts["undetermined"].as_u64());
        assert_eq!(Some(count("skipped")), counts["not_applicable"].as_u64());
        assert_eq!(suite.attribute("failures"), Some(counts["fail"].to_string().as_str()));
        assert_eq!(count("testcase") - wrong, report["rules"].as_array().expect("rules").len() as u64);
    }
}

#[test]
fn github_shows_at_most_what_the_platform_shows_and_says_how_many_there_are() {
    let printed = check("github", &["tests/samples"]);
    let mut levels = BTreeMap::new();
    for line in printed.lines().filter(|line| line.starts_with("::")) {
        *levels.entry(line[2..].split(' ').next().expect("a level")).or_insert(0) += 1;
    }
    assert!(levels.values().all(|count| *count <= 10), "{levels:?}");
    let reports = json(&check("json", &["tests/samples"]));
    let rules =
        reports.as_array().expect("reports").iter().flat_map(|report| report["rules"].as_array().expect("rules"));
    let findings =
        rules.filter(|rule| rule["severity"] != "hint").flat_map(|rule| rule["findings"].as_array().expect("findings"));
    let errors = findings.filter(|finding| finding["status"] == "fail").count();
    let wrong = reports
        .as_array()
        .expect("reports")
        .iter()
        .flat_map(|report| report["structure"].as_array().expect("problems"));
    let errors = errors + wrong.count();
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

/// A folder of this test's own, gone when it ends.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("bulou-formats-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("written");
        path.to_str().expect("a path").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn sarif_fingerprints_are_unique_and_stay_when_a_list_is_put_into_another_order() {
    let folder = Folder::new("prints");
    let mut document = json(&read(FAULTY));
    let hazards = document["隐患"].as_array_mut().expect("a list");
    // Elements that nothing tells apart have fingerprints of their own, too.
    hazards.extend([json("{}"), json("{}"), json("{\"等级\": \"没有\"}")]);
    let prints = |document: &Value| -> Vec<String> {
        let path = folder.write("a.json", &document.to_string());
        let log = json(&check("sarif", &[&path]));
        let results = log["runs"][0]["results"].as_array().expect("results").clone();
        let mut prints: Vec<String> =
            results.iter().map(|one| one["partialFingerprints"]["bulou/v2"].to_string()).collect();
        prints.sort();
        prints
    };
    let before = prints(&document);
    let mut distinct = before.clone();
    distinct.dedup();
    assert_eq!(distinct.len(), before.len(), "each is one finding's alone");
    document["隐患"].as_array_mut().expect("a list").reverse();
    assert_eq!(prints(&document), before);
}

#[test]
fn several_documents_end_with_what_they_come_to_and_the_worst_decides_the_exit_code() {
    let folder = Folder::new("worst");
    let good = read("tests/samples/南街小学.json");
    let paths = [folder.write("a.json", &read(FAULTY)), folder.write("b.json", ""), folder.write("c.json", &good)];
    let run = |paths: &[&String], more: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_bulou"))
            .args(["check", "--as-of", "2022-06-28"])
            .args(more)
            .args(paths)
            .output()
            .expect("the program runs")
    };
    let code = |paths: &[&String]| run(paths, &["--fail-on", "fail"]).status.code();
    assert_eq!(
        (code(&[&paths[2]]), code(&[&paths[0], &paths[2]]), code(&[&paths[2], &paths[0]])),
        (Some(0), Some(1), Some(1))
    );
    assert_eq!((code(&[&paths[1], &paths[2]]), code(&[&paths[1], &paths[0], &paths[2]])), (Some(2), Some(2)));
    let text = String::from_utf8(run(&[&paths[0], &paths[1], &paths[2]], &[]).stdout).expect("UTF-8");
    assert!(text.contains("共 3 份:不合格 1 · 无法判断 0 · 未到期 1 · 合格 0 · 读不了 1"), "{text}");
    for path in &paths {
        assert!(text.contains(&format!("文件 {path}\n")), "{path} stands before its report");
    }
    let summary = text.split("共 3 份").nth(1).expect("a summary");
    assert!(summary.contains("北关小学(2141000346)") && summary.find("b.json") < summary.find("a.json"), "{summary}");
    let csv = String::from_utf8(run(&[&paths[0], &paths[2]], &["--format", "csv"]).stdout).expect("UTF-8");
    assert!(csv.starts_with("\u{feff}文件,标识,") && csv.contains("\na.json,2141000346,"), "{csv}");
}

#[test]
fn what_is_more_than_is_listed_is_told_in_every_format() {
    let folder = Folder::new("more");
    let sample = json(&read("tests/samples/南街小学.json"));
    let mut document = sample.clone();
    let hazard = |number: usize| {
        let mut hazard = sample["隐患"][0].clone();
        hazard["编号"] = Value::from(format!("Z{number}"));
        for plan in ["责任人", "整改期限", "整改措施"] {
            hazard[plan] = Value::Null;
        }
        hazard
    };
    for more in [1, 100] {
        document["隐患"] = (0..1000 + more).map(hazard).collect();
        let path = folder.write("a.json", &document.to_string());
        for format in ["text", "csv", "sarif", "junit", "html"] {
            assert!(check(format, &[&path]).contains(&format!("还有 {more} 处没有列出")), "{format} {more}");
        }
        // The first finding stands for its rule there.
        let quiet = check("text", &["--quiet", &path]);
        assert!(quiet.contains(&format!("还有 {} 处没有列出", 999 + more)), "{quiet}");
        let github = check("github", &[&path]);
        assert!(github.contains("这里列出 9 处"), "{github}");
    }
}

#[test]
fn a_field_without_a_cell_stands_nowhere_in_lines() {
    let made_by_hand = "tests/workbooks/手工.xlsx";
    let report = json(&check("json", &[made_by_hand]));
    let nowhere = |problem: &Value| problem["line"] == 0;
    assert!(report["structure"].as_array().expect("problems").iter().any(nowhere), "{report}");
    for format in ["text", "csv", "junit", "html"] {
        let said = check(format, &[made_by_hand]);
        assert!(said.contains("表里没有这一格") && !said.contains("0:0"), "{format}: {said}");
    }
    assert!(!check("github", &[made_by_hand]).contains("line=0"));
    let log = json(&check("sarif", &[made_by_hand]));
    let schema = sarif_schema();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    assert!(validator.is_valid(&log), "a line is at least 1");
}

#[test]
fn what_is_gravest_is_to_be_done_first() {
    let rules = "规则集 a \"甲\" { 版本 1 }\n来源 文 外部 \"文\"\n数据 学校 { 甲: 是否 }\n\
        规则 轻 \"轻\" { 依据 文 严重 一般 要求 甲 不符 \"轻的\" 整改 \"改\" }\n\
        规则 重 \"重\" { 依据 文 严重 重大 要求 甲 不符 \"重的\" 整改 \"改\" }\n\
        规则 中 \"中\" { 依据 文 严重 较大 要求 甲 不符 \"中的\" 整改 \"改\" }\n";
    let folder = Folder::new("gravest");
    std::fs::create_dir_all(folder.0.join("pack")).expect("a folder");
    folder.write("pack/a.bulou", rules);
    let path = folder.write("a.json", "{\"甲\": false}");
    let pack = folder.0.join("pack").to_str().expect("a path").to_owned();
    let text = check("text", &["--pack", &pack, &path]);
    let first = text.split("先办这几件").nth(1).expect("a list");
    let at = |words: &str| first.find(words).unwrap_or_else(|| panic!("no {words} in {first}"));
    assert!(at("重的") < at("中的") && at("中的") < at("轻的"), "{first}");
}
