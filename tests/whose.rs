//! `check --county`: a document counts under the code and the name of a school on the roster, and under no other.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test starts programs and may fail"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

const COUNTY: &str = "tests/county/全县.json";
const ID: &str = "2141000345";
const NAME: &str = "南街小学";

/// A folder for one test, with a compliant document in it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("whose").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn file(&self, name: &str, text: &str) -> String {
        std::fs::write(self.0.join(name), text).expect("written");
        self.path(name)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("UTF-8").to_owned()
    }

    /// The compliant document under another code and name.
    fn school(&self, id: &str, name: &str) -> String {
        let text = std::fs::read_to_string("tests/samples/南街小学.json").expect("a sample");
        let text = text.replacen(&format!("\"标识码\": \"{ID}\""), &format!("\"标识码\": \"{id}\""), 1);
        self.file("a.json", &text.replacen(&format!("\"名称\": \"{NAME}\""), &format!("\"名称\": \"{name}\""), 1))
    }

    /// A county's document with this roster alone.
    fn roster(&self, rows: &Value) -> String {
        self.file("名册.json", &json!({"名册": rows}).to_string())
    }
}

fn bulou(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bulou"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args).output().expect("the program runs")
}

fn check(county: &str, path: &str, args: &[&str]) -> Output {
    bulou(&[&["check", "--as-of", "2022-06-28", "--county", county, path], args].concat())
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// The verdict, and what is said of whose the document is.
fn judged(output: &Output) -> (String, Vec<Value>) {
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let structure = report["structure"].as_array().expect("a list").iter();
    let told = structure.filter(|problem| problem["code"] == "D072").cloned().collect();
    (report["verdict"].as_str().expect("a verdict").to_owned(), told)
}

#[test]
fn a_document_counts_for_the_school_that_the_roster_knows_by_its_code_and_name() {
    let folder = Folder::new("same");
    for (id, name) in [(ID, NAME), ("２１４１０００３４５", NAME), (ID, " 南街\u{200B}小学\u{3000}")] {
        let output = check(COUNTY, &folder.school(id, name), &["--format", "json"]);
        assert_eq!((code(&output), judged(&output)), (Some(0), ("pending".to_owned(), vec![])), "{id} {name}");
    }
}

#[test]
fn another_school_s_code_and_a_code_of_nobody_are_told_and_fail() {
    let folder = Folder::new("other");
    for (id, name, zh, en) in [
        // Another's code: whose it is, and which is the school's own.
        ("2141000346", NAME, ["2141000346", "北关小学", ID], ["2141000346", "北关小学", ID]),
        (ID, "南街第二小学", [ID, "「南街小学」", "教育局"], [ID, "“南街小学”", "bureau"]),
        ("2141000999", NAME, ["2141000999", "不在名册上", ID], ["2141000999", "not on the roster", ID]),
        (
            "2141000999",
            "新办小学",
            ["2141000999", "不在名册上", "教育局"],
            ["2141000999", "not on the roster", "bureau"],
        ),
    ] {
        let path = folder.school(id, name);
        for (lang, words) in [("zh", zh), ("en", en)] {
            let output = check(COUNTY, &path, &["--format", "json", "--lang", lang]);
            let (verdict, told) = judged(&output);
            assert_eq!((code(&output), verdict.as_str(), told.len()), (Some(1), "undetermined", 1), "{id} {name}");
            let message = told[0]["message"].as_str().expect("words");
            assert!(words.iter().all(|word| message.contains(word)), "{words:?}: {message}");
            assert_eq!((&told[0]["path"], &told[0]["notice"]), (&json!("/学校/标识码"), &Value::Null));
        }
        assert_eq!(code(&bulou(&["check", "--as-of", "2022-06-28", &path])), Some(0), "only the roster tells");
    }
}

#[test]
fn every_format_tells_it_where_the_code_stands() {
    let folder = Folder::new("formats");
    let path = folder.school("2141000346", NAME);
    for format in ["text", "json", "ndjson", "csv", "sarif", "junit", "github", "html"] {
        for day in [&["--format", format][..], &["--format", format, "--own-day"]] {
            let output = check(COUNTY, &path, day);
            assert!(code(&output) == Some(1) && out(&output).contains("D072"), "{format}: {}", out(&output));
        }
    }
    let github = out(&check(COUNTY, &path, &["--format", "github"]));
    assert!(github.starts_with("::error file=") && github.contains("line=10,col=12,title=D072::"), "{github}");
    let book = folder.path("a.xlsx");
    assert_eq!(code(&bulou(&["template", "--fill", &path, "-o", &book])), Some(0));
    let (_, told) = judged(&check(COUNTY, &book, &["--format", "json"]));
    assert!(told[0]["cell"].as_str().is_some_and(|cell| cell.contains('!')), "{told:?}");
}

#[test]
fn the_county_s_report_asks_about_the_same_documents() {
    let folder = Folder::new("county");
    for (id, name) in [(ID, NAME), (ID, " 南街小学 "), (ID, "北关小学"), ("2141000346", NAME), ("2141000999", NAME)]
    {
        let path = folder.school(id, name);
        let args = ["county", "--as-of", "2022-06-28", "--county", COUNTY, &path, "--format", "json"];
        let report: Value = serde_json::from_slice(&bulou(&args).stdout).expect("JSON");
        let asked = ["misnamed", "unknown"].iter().any(|list| report["schools"][list] != json!([]));
        let (_, told) = judged(&check(COUNTY, &path, &["--format", "json"]));
        assert_eq!(!told.is_empty(), asked, "{id} {name}: {}", report["schools"]);
    }
}

#[test]
fn a_roster_that_is_none_or_has_faults_lets_nothing_pass() {
    let folder = Folder::new("roster");
    let school = folder.school(ID, NAME);
    let row = |id: &str, name: &str| json!({"标识码": id, "名称": name});
    let good = row(ID, NAME);
    for (rows, words) in [
        (json!([]), "D070"),
        (json!("无"), "名册"),
        (json!([good, row("", "北关小学")]), "D070"),
        (json!([good, good]), "D070"),
        (json!([good, row("2141000346", "")]), "/名册/1/名称"),
        (json!([good, {"标识码": "2141000346", "名称": 3}]), "/名册/1/名称"),
        (json!([good, row("214", "北关小学")]), "/名册/1/标识码"),
        (json!([good, 3]), "名册"),
    ] {
        let output = check(&folder.roster(&rows), &school, &[]);
        assert_eq!((code(&output), out(&output).as_str()), (Some(2), ""), "{rows}");
        assert!(err(&output).contains("名册.json") && err(&output).contains(words), "{rows}: {}", err(&output));
    }
    let twice = folder.file("twice.json", &format!("{{\"名册\": [{good}], \"名册\": []}}"));
    let cut = folder.file("cut.json", "{\"名册\": [");
    let photo = folder.file("photo.json", "\u{89}PNG");
    let other = folder.file("other.json", "{}");
    for path in [&folder.path("none.json"), &twice, &cut, &photo, &other, &school, "tests", "rules"] {
        let output = check(path, "tests/samples/南街小学.json", &[]);
        assert_eq!((code(&output), out(&output).as_str()), (Some(2), ""), "{path}");
        assert!(err(&output).contains(path.rsplit('/').next().expect("a name")), "{path}: {}", err(&output));
    }
    assert_eq!(code(&check(&folder.roster(&json!([good])), &folder.path("none.json"), &[])), Some(2));
}

#[test]
fn what_else_the_county_s_document_lacks_is_not_asked_for() {
    let folder = Folder::new("rest");
    let school = folder.school(ID, NAME);
    let bare = folder.roster(&json!([{"标识码": ID, "名称": NAME}]));
    let table = folder.file("名册.csv", &format!("标识码,名称\n{ID},{NAME}\n"));
    for county in [&bare, &table, "tests/county/学校名册.csv", "tests/county/全县.ods"] {
        let output = check(county, &school, &[]);
        assert_eq!(code(&output), Some(0), "{county}: {}", err(&output));
    }
    // Among the submissions the county's document is none of them.
    let all = check(&bare, folder.0.to_str().expect("UTF-8"), &["--format", "json"]);
    let files: Value = serde_json::from_slice(&all.stdout).expect("JSON");
    let names: Vec<&str> =
        files.as_array().expect("a list").iter().filter_map(|one| one["document"]["name"].as_str()).collect();
    assert_eq!(names, ["a.json", "名册.csv"]);
}

#[test]
fn a_pack_without_a_county_has_no_roster_to_go_by() {
    let folder = Folder::new("pack");
    std::fs::create_dir(folder.0.join("pack")).expect("a folder");
    let rules = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 外部 \"文\"\n数据 学校 { 标识 标识码 标识码: 文本 人数: 整数 }\n规则 够 \"人数够\" { 依据 文 责任 \"学校\" 要求 人数 ≥ 10 整改 \"补\" }\n";
    folder.file("pack/p.bulou", rules);
    let school = folder.file("a.json", "{\"标识码\": \"1\", \"人数\": 12}");
    let output = check(COUNTY, &school, &["--pack", &folder.path("pack")]);
    assert_eq!((code(&output), out(&output).as_str()), (Some(2), ""));
    assert!(err(&output).contains("数据 全县"), "{}", err(&output));
}
