//! Workbooks on the command line.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use super::packs_support::sample;
use super::value;

fn bulou(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bulou")).current_dir(folder).args(args).output().expect("the program runs")
}

fn checked(folder: &Path, args: &[&str]) -> String {
    let output = bulou(folder, &[&["check", "--as-of", "2022-06-28"], args].concat());
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn a_template_is_filled_in_checked_annotated_and_turned_back_into_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    std::fs::write(folder.join("a.json"), sample("北关小学-有问题.json")).expect("a file");
    assert!(bulou(folder, &["template", "-o", "空.xlsx"]).status.success());
    assert!(bulou(folder, &["template", "--fill", "a.json", "--format", "xlsx", "-o", "b.xlsx"]).status.success());
    let json: Value = value(&checked(folder, &["a.json", "--format", "json"]));
    let read: Value = value(&checked(folder, &["b.xlsx", "--format", "json", "--annotated", "批注.xlsx"]));
    assert_eq!(json["counts"], read["counts"]);
    assert_eq!(read["document"]["name"], "b.xlsx");
    assert!(
        json["rules"].to_string().contains("findings") && !json.to_string().contains("\"cells\""),
        "JSON has no cells"
    );
    let back = bulou(folder, &["template", "--fill", "批注.xlsx"]).stdout;
    assert_eq!(value(&String::from_utf8(back).expect("UTF-8")), value(&sample("北关小学-有问题.json")));
    std::fs::create_dir(folder.join("交")).expect("a folder");
    for name in ["b.xlsx", "空.xlsx", "a.json"] {
        std::fs::rename(folder.join(name), folder.join("交").join(name)).expect("moved");
    }
    let all = value(&checked(folder, &["交", "--format", "json"]));
    assert_eq!(all.as_array().map(Vec::len), Some(3), "workbooks in folders are documents");
    let refused = bulou(folder, &["check", "交", "--annotated", "x.xlsx"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn every_format_for_people_names_the_cell() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    for format in ["text", "csv", "html", "sarif"] {
        let shown = checked(folder, &["tests/workbooks/手工.xlsx", "--format", format]);
        assert!(shown.contains("隐患!D6") && shown.contains("隐患!G6"), "{format}: {shown}");
        assert!(!shown.contains("第 1 行第 1 列"), "{format}");
    }
    let github = checked(folder, &["tests/workbooks/手工.xlsx", "--format", "github"]);
    assert!(github.contains(",line=12,col=3,title=保安配足::自查表!C12 专职保安配足"), "{github}");
    let sarif = value(&checked(folder, &["tests/workbooks/手工.xlsx", "--format", "sarif"]));
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let one = results.iter().find(|one| one["ruleId"] == "D004").expect("a wrong option");
    let place = &one["locations"][0];
    assert_eq!(place["physicalLocation"]["region"]["startLine"], 6);
    assert_eq!(place["logicalLocations"][0]["name"], "隐患!B6");
}

#[test]
fn a_copy_in_json_holds_nothing_forbidden_and_is_of_a_whole_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = sample("南街小学.json").replacen('{', "{ \"身份证号\": \"机密\",", 1);
    let copy = |text: &str| {
        std::fs::write(folder.path().join("a.json"), text).expect("a file");
        bulou(folder.path(), &["template", "--fill", "a.json", "--format", "json"])
    };
    for text in [whole.clone(), format!("\u{FEFF}{whole}")] {
        let copied = copy(&text);
        let out = String::from_utf8(copied.stdout).expect("UTF-8");
        assert!(copied.status.success() && out.contains("身份证号") && !out.contains("机密"), "{out}");
    }
    let (cut, _) = whole.rsplit_once(',').expect("a comma");
    for text in [cut, "[1]", "", "学校,人数"] {
        let refused = copy(text);
        assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0), "{text}");
    }
}

#[test]
fn a_copy_that_would_lack_something_is_not_made() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let refused = bulou(folder, &["template", "--fill", "tests/workbooks/手工.xlsx"]);
    let said = String::from_utf8(refused.stderr).expect("UTF-8");
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0));
    assert!(said.contains("D040 Sheet9!C4"), "{said}");
}
