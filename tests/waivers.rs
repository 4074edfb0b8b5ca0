//! Waivers: from a day to a day, with a reason and who approved them, and named in every report.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test starts programs and may fail"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ID: &str = "2141000345";

fn sample(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name).to_str().expect("a path").to_owned()
}

fn file(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("waivers");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(name), text).expect("a file");
    folder.join(name)
}

fn waiver(from: &str, until: &str) -> serde_json::Value {
    serde_json::json!({"标识码": ID, "规则": "部位每天巡查", "理由": "教学楼整修", "批准": "县教体局", "自": from, "至": until})
}

fn check(name: &str, waivers: &serde_json::Value, args: &[&str]) -> Output {
    let path = file(name, &waivers.to_string());
    Command::new(env!("CARGO_BIN_EXE_bulou"))
        .args([
            "check",
            &sample("samples/南街小学.json"),
            "--as-of",
            "2022-06-28",
            "--param",
            "每日巡查下限=7",
            "--waivers",
        ])
        .arg(path)
        .args(args)
        .output()
        .expect("the program runs")
}

fn status(output: &Output) -> String {
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let rules = report["rules"].as_array().expect("rules");
    let rule = rules.iter().find(|rule| rule["id"] == "部位每天巡查").expect("the rule");
    rule["status"].as_str().expect("a status").to_owned()
}

#[test]
fn a_waiver_counts_from_its_first_day_to_its_last() {
    for (from, until, wanted, code) in [
        ("2022-06-28", "2022-06-28", "not_applicable", "D080"),
        ("2022-06-01", "2022-12-31", "not_applicable", "D080"),
        ("2022-06-01", "2022-06-27", "fail", "D081"),
        ("2022-06-29", "2022-12-31", "fail", "D082"),
    ] {
        let output = check("days.json", &serde_json::json!([waiver(from, until)]), &["--format", "json"]);
        assert_eq!(status(&output), wanted, "{from} to {until}");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.contains(code) && text.contains("教学楼整修"), "{from} to {until}");
    }
}

#[test]
fn every_format_names_a_waiver_in_force_and_one_that_is_over() {
    for (until, code) in [("2022-12-31", "D080"), ("2022-06-27", "D081")] {
        for format in ["text", "json", "ndjson", "csv", "sarif", "junit", "github", "html"] {
            let output =
                check("formats.json", &serde_json::json!([waiver("2022-06-01", until)]), &["--format", format]);
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(said.contains(code) && said.contains("教学楼整修"), "{format} {code}: {said}");
        }
        let quiet = check("quiet.json", &serde_json::json!([waiver("2022-06-01", until)]), &["--quiet"]);
        assert!(String::from_utf8_lossy(&quiet.stdout).contains(code));
    }
}

#[test]
fn a_waiver_that_is_none_is_refused_with_all_that_is_wrong() {
    let with = |key: &str, value: &str| {
        let mut one = waiver("2022-06-01", "2022-12-31");
        one[key] = value.into();
        one
    };
    let mut without = waiver("2022-06-01", "2022-12-31");
    without.as_object_mut().expect("an object").remove("自");
    let mut further = waiver("2022-06-01", "2022-12-31");
    further["备注"] = "x".into();
    let cases = [
        (with("规则", "不存在"), "不在规则集里"),
        (with("规则", "全县建档"), "全县的"),
        (with("理由", "  "), "`理由` 没有填"),
        (with("理由", "/"), "`理由` 没有填"),
        (with("批准", "—"), "`批准` 没有填"),
        (with("标识码", ""), "`标识码` 没有填"),
        (with("自", "2023-01-01"), "早于自"),
        (with("至", "2022-13-01"), "2022-13-01"),
        (without, "自"),
        (further, "备注"),
    ];
    for (one, words) in cases {
        let output = check("wrong.json", &serde_json::json!([one]), &[]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(words), "{words}: {said}");
    }
    let twice =
        serde_json::json!([waiver("2022-01-01", "2022-06-30"), waiver("2022-06-30", "2022-12-31"), with("理由", "")]);
    let said = String::from_utf8_lossy(&check("twice.json", &twice, &[]).stderr).into_owned();
    assert!(said.contains("第 2 条豁免") && said.contains("第 3 条豁免") && said.contains("没有填"), "{said}");
    let after = serde_json::json!([waiver("2022-01-01", "2022-06-01"), waiver("2022-06-02", "2022-12-31")]);
    assert_eq!(status(&check("after.json", &after, &["--format", "json"])), "not_applicable", "one after another");
}

#[test]
fn a_waiver_of_a_school_that_is_nowhere_is_named() {
    let mut other = waiver("2022-06-01", "2022-12-31");
    other["标识码"] = "2141999999".into();
    let waivers = serde_json::json!([other]);
    let output = check("other.json", &waivers, &[]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("2141999999"));
    let path = file("county.json", &waivers.to_string());
    let run = |waivers: &[&std::ffi::OsStr]| {
        let output = Command::new(env!("CARGO_BIN_EXE_bulou"))
            .args([
                "county",
                "--county",
                &sample("county/全县.json"),
                &sample("samples/南街小学.json"),
                "--as-of",
                "2022-06-28",
            ])
            .args(waivers)
            .output();
        output.expect("the program runs")
    };
    let with = run(&["--waivers".as_ref(), path.as_os_str()]);
    assert_eq!(with.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&with.stderr).contains("2141999999"));
    assert!(!String::from_utf8_lossy(&run(&[]).stderr).contains("2141999999"));
}
