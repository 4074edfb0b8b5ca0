//! `bulou diff` as a bureau meets it.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test starts the program and fails by panic"
)]

mod packs_support;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use packs_support::sample;
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// A copy of the campus-safety pack with five days instead of three, and some schools' documents beside it.
fn place(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    copy(&root().join("rules"), &folder.join("rules"));
    let survey = folder.join("rules/campus-safety/4-survey.bulou");
    let text = std::fs::read_to_string(&survey).expect("a file");
    assert!(text.contains("会议日期 起 3日 内"));
    std::fs::write(&survey, text.replace("会议日期 起 3日 内", "会议日期 起 5日 内")).expect("a file");
    std::fs::create_dir(folder.join("schools")).expect("a folder");
    for (number, day) in ["2022-06-27", "2022-06-28", "2022-06-29", "2022-06-30"].into_iter().enumerate() {
        let mut document: Value = serde_json::from_str(&sample("南街小学.json")).expect("JSON");
        document["摸底排查"]["完成日期"] = json!(day);
        document["学校"]["标识码"] = json!(format!("214100000{number}"));
        document["学校"]["名称"] = json!(format!("第{number}小学"));
        std::fs::write(folder.join(format!("schools/{number}.json")), document.to_string()).expect("a file");
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").filter_map(Result::ok) {
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            std::fs::copy(entry.path(), place).expect("a copy");
        }
    }
}

fn diff(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bulou"))
        .arg("diff")
        .arg(root().join("rules/campus-safety"))
        .arg(folder.join("rules/campus-safety"))
        .args(["--as-of", "2022-07-01"])
        .args(args)
        .output()
        .expect("the program ends")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

#[test]
fn text_names_the_change_the_schools_and_a_document_that_tells_the_versions_apart() {
    let folder = place("text");
    let schools = folder.join("schools");
    let output = diff(&folder, &["--data", schools.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = out(&output);
    for words in [
        "放宽 三日摸底",
        "期限 3日 → 5日",
        r#"{"摸底排查":{"完成日期":"2022-06-28"}}"#,
        "4 份文件,2 份有变化,其中 2 份结论不同",
        "第1小学(2141000001)",
        "第2小学(2141000002)",
        "三日摸底: 不符合 → 符合: 2",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(!text.contains("第0小学") && !text.contains("第3小学"), "{text}");
    std::fs::write(schools.join("坏.json"), "{").expect("a file");
    let output = diff(&folder, &["--data", schools.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(2), "what could not be read is not compared");
    assert!(out(&output).contains("坏.json"), "{}", out(&output));
}

#[test]
fn json_is_for_machines_and_html_escapes() {
    let folder = place("formats");
    let schools = folder.join("schools");
    let report: Value = serde_json::from_slice(
        &diff(&folder, &["--format", "json", "--data", schools.to_str().expect("a path")]).stdout,
    )
    .expect("JSON");
    let survey =
        report["rules"].as_array().expect("rules").iter().find(|rule| rule["id"] == "三日摸底").expect("the rule");
    assert_eq!(survey["kind"], "loosened");
    assert_eq!((&survey["changes"][0]["aspect"], &survey["changes"][0]["to"]), (&json!("deadline"), &json!("5日")));
    assert_eq!((&survey["examples"][0]["old"], &survey["examples"][0]["new"]), (&json!("fail"), &json!("pass")));
    assert_eq!(report["data"]["schools"][0]["rules"][0], json!({"rule": "三日摸底", "old": "fail", "new": "pass"}));
    let rules = folder.join("rules/campus-safety/4-survey.bulou");
    let text = std::fs::read_to_string(&rules).expect("a file");
    std::fs::write(&rules, text.replace("立即完成摸底排查", "<script>x</script>")).expect("a file");
    let page = out(&diff(&folder, &["--format", "html"]));
    assert!(page.contains("期限 3日 → 5日") && page.contains("&lt;script&gt;") && !page.contains("<script>"), "{page}");
    let kept = folder.join("diff.html");
    let written = diff(&folder, &["--format", "html", "-o", kept.to_str().expect("a path")]);
    assert_eq!((out(&written), std::fs::read_to_string(&kept).expect("the page")), (String::new(), page));
}

#[test]
fn parameters_of_either_version_count_and_unknown_ones_and_broken_packs_are_refused() {
    let folder = place("options");
    let schools = folder.join("schools").to_str().expect("a path").to_owned();
    let moved = out(&diff(&folder, &["--param", "会议日期=2022-06-20", "--data", &schools]));
    assert!(moved.contains("4 份文件,0 份有变化"), "late by both versions: {moved}");
    let unknown = diff(&folder, &["--param", "会义日期=2022-06-20", "--data", &schools]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("会义日期"));
    std::fs::write(folder.join("rules/campus-safety/x.bulou"), "规则 甲 {").expect("a file");
    assert_eq!(diff(&folder, &[]).status.code(), Some(2));
}
