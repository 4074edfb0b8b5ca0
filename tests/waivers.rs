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
fn a_placeholder_is_no_reason_and_no_approver() {
    let unseen = ["\u{3164}", "\u{115F}\u{1160}", "\u{FFA0} \u{FFA0}", "\u{2800}", "\u{13441}", "\u{13442}\u{200B}"];
    let unseen = unseen.into_iter().flat_map(|said| [("理由", said), ("批准", said)]);
    let nobody = ["未批准", "没有批准", "待批", "(待批准)", "无人。", "1", "Ａ"].map(|said| ("批准", said));
    let none = nobody.into_iter().chain(["测试", "如题", "1", "a"].map(|said| ("理由", said)));
    for (key, said) in
        [("理由", "待定"), ("批准", "同上"), ("理由", "(略)"), ("批准", "—")].into_iter().chain(unseen).chain(none)
    {
        let mut waiver = waiver("2022-06-01", "2022-12-31");
        waiver[key] = serde_json::json!(said);
        let output = check("placeholder.json", &serde_json::json!([waiver]), &[]);
        assert_eq!(output.status.code(), Some(2), "{key} {said}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(&format!("`{key}` 没有填")), "{key} {said}");
    }
}

#[test]
fn an_approval_that_is_none_and_one_text_for_both_are_refused() {
    for (key, said, words) in [
        ("批准", "尚未批准", "没有批准"),
        ("批准", "县教体局未获批准", "没有批准"),
        ("批准", "不同意", "没有批准"),
        ("批准", "正在报批", "没有批准"),
        ("批准", "拟同意", "没有批准"),
        ("批准", "批准", "`批准` 没有填"),
        ("批准", "理由", "`批准` 没有填"),
        ("批准", "教学楼整修。", "同一句"),
        ("理由", "待签字", "`理由` 没有填"),
        ("理由", "后补", "`理由` 没有填"),
        ("理由", "123", "`理由` 没有填"),
        ("理由", "啊啊啊", "`理由` 没有填"),
        ("自", "0202-06-01", "0202-06-01"),
    ] {
        let mut waiver = waiver("2022-06-01", "2022-12-31");
        waiver[key] = serde_json::json!(said);
        let output = check("approval.json", &serde_json::json!([waiver]), &[]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), told.contains(words)), (Some(2), true), "{key} {said}: {told}");
    }
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
fn a_school_that_approves_its_own_waiver_is_judged() {
    for (said, wanted, code) in [
        ("南街小学", "fail", "D083"),
        ("南街小学 王五", "fail", "D083"),
        ("县教体局", "not_applicable", "D080"),
        ("南街小学申请,县教体局批准", "not_applicable", "D080"),
    ] {
        let mut waiver = waiver("2022-06-01", "2022-12-31");
        waiver["批准"] = said.into();
        let output = check("own.json", &serde_json::json!([waiver]), &["--format", "json"]);
        assert_eq!(status(&output), wanted, "{said}");
        assert!(String::from_utf8_lossy(&output.stdout).contains(code), "{said}");
    }
    let mut waiver = waiver("2022-06-01", "2022-12-31");
    waiver["批准"] = "校长李四".into();
    let output = check("own.json", &serde_json::json!([waiver]), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("学校自己"));
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
        let table = check("table.json", &serde_json::json!([waiver("2022-06-01", until)]), &["--format", "csv"]);
        let table = String::from_utf8_lossy(&table.stdout).into_owned();
        let of_rule = |line: &&str| line.contains(",不适用,") && line.contains(",部位每天巡查,");
        let why = table.lines().find(of_rule).map(|line| line.contains("教学楼整修"));
        assert_eq!(why, (code == "D080").then_some(true), "{table}");
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

#[test]
fn waivers_of_no_school_beyond_those_named_are_counted() {
    for (count, more) in [(20, None), (21, Some("另有 1 条豁免也没有用到"))] {
        let of = |number: usize| {
            let mut one = waiver("2022-06-01", "2022-12-31");
            one["标识码"] = format!("21419999{number:02}").into();
            one
        };
        let waivers: Vec<_> = (0..count).map(of).collect();
        let said = check("many.json", &serde_json::json!(waivers), &[]).stderr;
        let said = String::from_utf8_lossy(&said).into_owned();
        assert_eq!(said.matches("豁免没有用到").count(), 20, "{said}");
        assert!(more.map_or(!said.contains("另有"), |more| said.contains(more)), "{said}");
    }
}

/// What the county's report says, in a format.
fn county(folder: &Path, waivers: &serde_json::Value, format: &str, args: &[&str]) -> Vec<u8> {
    let path = folder.join("w.json");
    std::fs::write(&path, waivers.to_string()).expect("a file");
    let out = folder.join(format!("out.{format}"));
    let output = Command::new(env!("CARGO_BIN_EXE_bulou"))
        .args(["county", "--county", &sample("county/全县.json"), &sample("samples"), "--as-of", "2022-06-28"])
        .args(["--format", format, "--waivers"])
        .arg(&path)
        .arg("-o")
        .arg(&out)
        .args(args)
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(out).expect("a report")
}

#[test]
fn the_county_s_report_names_every_waiver_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut of_missing = waiver("2022-06-01", "2022-12-31");
    of_missing["标识码"] = "2141000347".into();
    for (from, until, state, word) in [
        ("2022-06-01", "2022-12-31", "in_force", "有效"),
        ("2022-06-01", "2022-06-27", "ended", "已到期"),
        ("2022-06-29", "2022-12-31", "not_begun", "还没有开始"),
    ] {
        let waivers = serde_json::json!([waiver(from, until), of_missing]);
        for format in ["text", "csv", "html"] {
            let said = String::from_utf8(county(folder.path(), &waivers, format, &[])).expect("UTF-8");
            for part in ["南街小学", "东关小学", word, until, "县教体局", "教学楼整修"] {
                assert!(said.contains(part), "{format} {part}: {said}");
            }
        }
        let report: serde_json::Value =
            serde_json::from_slice(&county(folder.path(), &waivers, "json", &[])).expect("JSON");
        let one = &report["waivers"][0];
        assert_eq!((&one["id"], &one["state"]), (&ID.into(), &state.into()), "{one}");
        let book = county(folder.path(), &waivers, "xlsx", &[]);
        let mut sheets: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(book)).expect("xlsx");
        let sheet = calamine::Reader::worksheet_range(&mut sheets, "豁免").expect("the sheet");
        let cells: Vec<String> = sheet.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
        assert!(cells.iter().any(|cell| cell.contains(word)) && cells.iter().any(|cell| cell == until), "{cells:?}");
    }
}

#[test]
fn parts_made_with_other_waivers_are_not_merged() {
    let folder = tempfile::tempdir().expect("a folder");
    let waivers = serde_json::json!([waiver("2022-06-01", "2022-12-31")]);
    let path = folder.path().join("w.json");
    std::fs::write(&path, waivers.to_string()).expect("a file");
    let run = |args: &[&std::ffi::OsStr]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bulou"));
        command.args(["county", "--as-of", "2022-06-28"]).args(args).output().expect("the program runs")
    };
    let (part, own) = (folder.path().join("a.part"), sample("county/全县.json"));
    let samples = sample("samples");
    let given = ["--waivers".as_ref(), path.as_os_str()];
    let made = run(&[&["--partial".as_ref(), "-o".as_ref(), part.as_os_str(), samples.as_ref()], &given[..]].concat());
    assert_eq!(made.status.code(), Some(0));
    let merge = ["--county".as_ref(), own.as_ref(), "--merge".as_ref(), part.as_os_str()];
    let without = run(&merge);
    let said = String::from_utf8_lossy(&without.stderr).into_owned();
    assert!(without.status.code() == Some(2) && said.contains("豁免不同"), "{said}");
    let with = run(&[&merge[..], &given[..]].concat());
    assert_eq!(with.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&with.stdout).contains("教学楼整修"));
}
