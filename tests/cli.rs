//! The command line as a user meets it: exit codes, formats, inputs, options.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test starts the program and fails by panic"
)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const DAY: [&str; 2] = ["--as-of", "2022-06-28"];

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name)
}

fn bulou(args: &[&str]) -> Output {
    with_input(args, b"")
}

fn with_input(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bulou"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that refuses its options closes its input first.
    let _ = child.stdin.take().expect("its input").write_all(input);
    child.wait_with_output().expect("the program ends")
}

fn check(args: &[&str], path: &Path) -> Output {
    let path = path.to_str().expect("a path");
    bulou(&[&["check"], &DAY[..], args, &[path]].concat())
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn bulou_codes() -> usize {
    bulou_messages::explain::all(bulou_messages::diagnostic::Lang::En).count()
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn exit_codes_tell_compliant_not_compliant_and_unreadable_apart() {
    assert_eq!(code(&check(&[], &sample("南街小学.json"))), 0);
    assert_eq!(code(&check(&["--fail-on", "pending"], &sample("南街小学.json"))), 1);
    assert_eq!(code(&check(&[], &sample("北关小学-有问题.json"))), 1);
    assert_eq!(code(&check(&[], &sample("没有这个文件.json"))), 2);
    assert_eq!(code(&bulou(&["check", "--as-of", "tomorrow", "x.json"])), 2);
    assert_eq!(code(&bulou(&["check"])), 2);
}

#[test]
fn one_bad_file_in_a_folder_does_not_stop_the_rest() {
    let folder = folder("mixed");
    std::fs::copy(sample("南街小学.json"), folder.join("b.json")).expect("a copy");
    std::fs::write(folder.join("a.json"), b"{\"\xff").expect("a file");
    std::fs::write(folder.join("c.json"), b"\xD0\xCF\x11\xE0 a spreadsheet").expect("a file");
    std::fs::write(folder.join("notes.txt"), b"not a document").expect("a file");
    let output = check(&["--format", "json"], &folder);
    assert_eq!(code(&output), 2);
    let reports = json(&output);
    let names: Vec<_> = reports.as_array().expect("an array").iter().map(|r| r["document"]["name"].clone()).collect();
    assert_eq!(names, ["a.json", "b.json", "c.json", "notes.txt"], "no file is passed over in silence");
    assert_eq!(reports[1]["verdict"], "pending");
    assert_eq!(reports[2]["structure"][0]["code"], "D015");
}

#[test]
fn standard_input_lines_and_jobs_give_the_same_reports_in_order() {
    let good = std::fs::read_to_string(sample("南街小学.json")).expect("a sample");
    let line = serde_json::from_str::<serde_json::Value>(&good).expect("JSON").to_string();
    let lines = format!("{line}\n\n{{}}\n{line}\r\nnull\n").repeat(40);
    let run = |jobs: &str| {
        let args = [&["check"], &DAY[..], &["--ndjson", "--format", "ndjson", "--jobs", jobs, "-"]].concat();
        with_input(&args, lines.as_bytes())
    };
    let (one, three) = (run("1"), run("3"));
    assert_eq!(code(&one), 2);
    assert_eq!(one.stdout, three.stdout);
    let reports: Vec<serde_json::Value> =
        out(&one).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(reports.len(), 160);
    assert_eq!(reports[1]["document"]["name"], "-:3");
    assert_eq!(reports[0]["verdict"], "pending");
    assert_eq!(reports[1]["counts"]["pass"], 0, "an empty document passes nothing");
}

#[test]
fn each_document_can_be_checked_as_of_its_own_day() {
    let folder = folder("own-day");
    let dated = |name: &str, date: serde_json::Value| {
        let mut document: serde_json::Value =
            serde_json::from_slice(&std::fs::read(sample("南街小学.json")).expect("a sample")).expect("JSON");
        document["填报"]["日期"] = date;
        std::fs::write(folder.join(name), document.to_string()).expect("a file");
    };
    dated("a.json", serde_json::json!("2022-06-26"));
    dated("b.json", serde_json::json!("2022-07-01"));
    dated("c.json", serde_json::json!(null));
    dated("d.json", serde_json::json!("2022-06-28"));
    std::fs::write(folder.join("e.json"), "{").expect("a file");
    let days = |args: &[&str]| -> Vec<String> {
        let reports = json(&check(&[&["--format", "json"], args].concat(), &folder));
        let day = |one: &serde_json::Value| one["as_of"].as_str().expect("a day").to_owned();
        reports.as_array().expect("an array").iter().map(day).collect()
    };
    assert_eq!(days(&[]), ["2022-06-28"; 5]);
    // A day to come is no day to check as of, and what cannot be read has none.
    assert_eq!(days(&["--own-day"]), ["2022-06-26", "2022-06-28", "2022-06-28", "2022-06-28", "2022-06-28"]);
    assert_eq!(days(&["--own-day", "--jobs", "1"])[0], "2022-06-26");
}

#[test]
fn parameters_and_waivers_come_from_files_and_are_checked() {
    let folder = folder("options");
    let (params, waivers) = (folder.join("参数.json"), folder.join("豁免.json"));
    std::fs::write(&params, r#"{"会议日期": "2022-06-20", "每日巡查下限": 7}"#).expect("a file");
    let waiver = r#"[{"标识码": "2141000345", "规则": "部位每天巡查", "理由": "整修", "批准": "县教体局", "自": "2022-06-01", "至": "2022-12-31"}]"#;
    std::fs::write(&waivers, waiver).expect("a file");
    let with = |args: &[&str]| json(&check(&[&["--format", "json"], args].concat(), &sample("南街小学.json")));
    let status = |report: &serde_json::Value, id: &str| {
        let rules = report["rules"].as_array().expect("rules");
        rules.iter().find(|rule| rule["id"] == id).map(|rule| rule["status"].clone()).expect("the rule")
    };
    let report = with(&["--params", params.to_str().expect("a path")]);
    assert_eq!(status(&report, "三日摸底"), "fail");
    assert_eq!(status(&report, "部位每天巡查"), "fail");
    assert_eq!(report["params"]["会议日期"], "2022-06-20");
    let paths = [params.to_str().expect("a path"), waivers.to_str().expect("a path")];
    let report = with(&["--params", paths[0], "--waivers", paths[1], "--param", "会议日期=2022-06-24"]);
    assert_eq!(status(&report, "三日摸底"), "pass");
    assert_eq!(status(&report, "部位每天巡查"), "not_applicable");
    let told = check(&["--params", paths[0], "--param", "每日巡查下限=1"], &sample("南街小学.json"));
    assert!(err(&told).contains("以 --param 的 1 为准,不用 --params 里的 7"), "{}", err(&told));

    let wrong = check(&["--param", "会义日期=2022-06-20"], &sample("南街小学.json"));
    assert_eq!(code(&wrong), 2);
    assert!(err(&wrong).contains("会义日期"), "{}", err(&wrong));
    let wrong = check(&["--param", "会议日期=昨天"], &sample("南街小学.json"));
    assert_eq!(code(&wrong), 2);
    let twice = check(&["--param", "每日巡查下限=5", "--param", "每日巡查下限=1"], &sample("南街小学.json"));
    assert_eq!(code(&twice), 2);
    assert!(err(&twice).contains("每日巡查下限"), "{}", err(&twice));
}

#[test]
#[cfg(target_os = "linux")]
fn where_nobody_can_be_told_the_exit_code_stays() {
    let folder = folder("untold");
    std::fs::write(folder.join("a.bulou"), "规则集 a \"a\" { 版本 1 }\n规则 甲 \"t\" { 要求 有 x }\n").expect("a file");
    let pack = folder.to_str().expect("a path");
    for (args, wanted) in [
        (vec!["lint", pack], 1),
        (vec!["test", "--pack", pack], 2),
        (vec!["check", "--param", "无此参数=1", "tests/samples"], 2),
        (vec!["fmt", "没有这个文件.bulou"], 2),
        (vec!["verify", "没有这个文件夹"], 2),
    ] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a device");
        let mut command = Command::new(env!("CARGO_BIN_EXE_bulou"));
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(&args).stdout(Stdio::null());
        let status = command.stderr(full).status().expect("the program starts");
        assert_eq!(status.code(), Some(wanted), "{args:?}");
    }
}

#[test]
fn two_packs_that_differ_are_one_too_many() {
    let folder = folder("two-packs");
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_bulou")).args(args).output().expect("the program runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(run(&["new", &path("good")]).0, Some(0));
    std::fs::create_dir_all(path("bad")).expect("a folder");
    std::fs::write(folder.join("bad/a.bulou"), "规则 坏 {").expect("a file");
    let file = path("good/pack.bulou");
    for command in [
        &["lint"][..],
        &["test"],
        &["schema"],
        &["template"],
        &["prove"],
        &["trace"],
        &["fmt", "--check", &file],
        &["publish", "-o", &path("out"), "--public-key", &path("key.pub")],
    ] {
        let named: &[&str] = if command[0] == "fmt" { &[] } else { &[&path("good")] };
        let (code, said) = run(&[command, named, &["--pack", &path("bad")]].concat());
        assert!(code == Some(2) && said.contains("规则集写了两处"), "{command:?}: {code:?} {said}");
    }
    // One that is named twice is one.
    assert_eq!(run(&["lint", &path("good"), "--pack", &path("good")]).0, Some(0));
}

#[test]
fn a_further_schema_can_only_refuse() {
    let folder = folder("schema");
    let schema = folder.join("s.json");
    std::fs::write(&schema, r#"{"properties": {"学校": {"properties": {"学生数": {"maximum": 500}}}}}"#)
        .expect("a file");
    let output = check(&["--format", "json", "--schema", schema.to_str().expect("a path")], &sample("南街小学.json"));
    assert_eq!(code(&output), 1);
    assert_eq!(json(&output)["structure"][0]["path"], "/学校/学生数");
    std::fs::write(&schema, r#"{"required": ["多"]}"#).expect("a file");
    let output = check(&["--schema", schema.to_str().expect("a path")], &sample("南街小学.json"));
    assert!(String::from_utf8_lossy(&output.stdout).contains("缺「多」"));
    std::fs::write(&schema, r#"{"type": 3}"#).expect("a file");
    assert_eq!(code(&check(&["--schema", schema.to_str().expect("a path")], &sample("南街小学.json"))), 2);
    // A file that asks for nothing would let everything pass.
    for idle in ["{}", "true", r#"{"学校": {"学生数": 3}}"#] {
        std::fs::write(&schema, idle).expect("a file");
        assert_eq!(
            code(&check(&["--schema", schema.to_str().expect("a path")], &sample("南街小学.json"))),
            2,
            "{idle}"
        );
    }
    // What is wrong with it is said in the user's language alone.
    for (text, words) in [
        (r#"{"type": 3}"#, "`/type`写得不对"),
        (r#"{"properties": {"a": {"pattern": "("}}}"#, "`/properties/a/pattern`写得不对"),
        ("5", "整个文件写得不对"),
        (r#"{"$ref": "http://example.org/a"}"#, "`$ref` 引用的找不到"),
        (r##"{"$ref": "#/a"}"##, "`$ref` 引用的找不到"),
    ] {
        std::fs::write(&schema, text).expect("a file");
        let output = check(&["--schema", schema.to_str().expect("a path")], &sample("南街小学.json"));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let (_, said) = said.split_once("JSON Schema:").expect("what is wrong");
        assert!(said.contains(words) && !said.contains("valid") && !said.contains("exist"), "{text}: {said}");
    }
}

#[test]
fn what_was_done_before_its_days_count_is_told_in_every_format() {
    let folder = folder("early");
    std::fs::create_dir_all(folder.join("pack")).expect("a folder");
    let rules = "规则集 a \"试\" { 版本 1 }\n来源 文 外部 \"文\"\n数据 学校 { 甲: 日期 已发生 乙: 日期? 已发生 }\n规则 一 \"一\" {\n  依据 文\n  要求 乙 须在 甲 起 3日 内 不符 \"没有按时办\"\n  整改 \"改\"\n}\n";
    std::fs::write(folder.join("pack/a.bulou"), rules).expect("a file");
    let document = folder.join("a.json");
    let pack = folder.join("pack").display().to_string();
    for format in ["text", "json", "ndjson", "csv", "html", "sarif", "junit", "github"] {
        std::fs::write(&document, r#"{"甲": "2022-06-10", "乙": "2022-06-09"}"#).expect("a file");
        let said = out(&check(&["--format", format, "--pack", &pack], &document));
        assert!(said.contains("2022-06-09,早于起算日 2022-06-10"), "{format}: {said}");
    }
}

#[test]
fn gb18030_gives_the_same_verdict_with_a_notice() {
    let folder = folder("gb");
    let text = std::fs::read_to_string(sample("南街小学.json")).expect("a sample");
    let path = folder.join("南街小学.json");
    std::fs::write(&path, encoding_rs::GB18030.encode(&text).0).expect("a file");
    let output = check(&["--format", "json"], &path);
    assert_eq!(code(&output), 0);
    let report = json(&output);
    assert_eq!(report["structure"][0]["code"], "D016");
    assert_eq!(report["structure"][0]["notice"], true);
}

#[test]
fn the_report_goes_to_a_file_and_trouble_to_standard_error() {
    let folder = folder("output");
    let path = folder.join("报告.txt");
    let output = check(&["-o", path.to_str().expect("a path")], &sample("北关小学-有问题.json"));
    assert_eq!((code(&output), out(&output)), (1, String::new()));
    let report = std::fs::read_to_string(&path).expect("the report");
    assert!(report.contains("隐患 Y01(围墙)缺整改措施"), "{report}");
    assert!(!report.contains('\u{1b}'), "no colour in a file");
    let quiet = check(&["--quiet", "--lang", "en"], &sample("北关小学-有问题.json"));
    assert!(out(&quiet).contains("not compliant") && !out(&quiet).contains("basis"), "{}", out(&quiet));
}

#[test]
fn a_sensitive_value_is_in_no_output() {
    let text = std::fs::read_to_string(sample("南街小学.json")).expect("a sample");
    let folder = folder("sensitive");
    let path = folder.join("x.json");
    for phone in ["\"138-0000-9999\"", "13800009999", "[\"13800009999\"]"] {
        let start = text.find("\"电话\": ").expect("the key") + "\"电话\": ".len();
        let end = start + text[start..].find(['\n', ',']).expect("its end");
        std::fs::write(&path, format!("{}{phone}{}", &text[..start], &text[end..])).expect("a file");
        for format in ["text", "json", "ndjson"] {
            let output = check(&["--format", format], &path);
            let all = out(&output) + &err(&output);
            assert!(!all.contains("9999") && !all.contains("0000-"), "{all}");
        }
    }
}

#[test]
fn commands_about_the_pack_work_on_the_embedded_one() {
    assert_eq!(code(&bulou(&["lint"])), 0);
    assert_eq!(code(&bulou(&["lint", "--deny", "warnings"])), 0);
    assert_eq!(code(&bulou(&["test"])), 0);
    assert!(out(&bulou(&["trace"])).contains("三日摸底"));
    assert!(json(&bulou(&["schema"]))["$schema"].as_str().is_some_and(|id| id.contains("2020-12")));
    let empty = out(&bulou(&["template"]));
    let folder = folder("template");
    std::fs::write(folder.join("空.json"), &empty).expect("a file");
    let report = json(&check(&["--format", "json"], &folder.join("空.json")));
    assert_eq!(report["counts"]["pass"], 0, "an empty document passes nothing");
    // All that must be filled in is named, and nothing else is wrong.
    let structure = report["structure"].as_array().expect("problems");
    assert!(structure.iter().all(|problem| problem["code"] == "D031" || problem["code"] == "D034"), "{structure:?}");
    assert!(structure.len() > 80, "{}", structure.len());
    // What a rule asks to be there, and is not, fails.
    assert_eq!(report["verdict"], "fail");
    assert!(out(&bulou(&["explain", "D006"])).starts_with("D006 "));
    assert_eq!(code(&bulou(&["explain", "X1"])), 2);
    assert_eq!(out(&bulou(&["explain", "--lang", "en"])).lines().count(), bulou_codes());
}

#[test]
fn a_broken_pack_is_refused_with_its_place() {
    let folder = folder("broken");
    std::fs::write(folder.join("a.bulou"), "规则集 a \"a\" { 版本 1 }\n规则 甲 \"t\" {\n  要求 有 x\n}\n")
        .expect("a file");
    let output = check(&["--pack", folder.to_str().expect("a path")], &sample("南街小学.json"));
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("E012") && err(&output).contains("a.bulou:3"), "{}", err(&output));
}

#[test]
fn a_reader_that_has_had_enough_is_no_trouble() {
    for args in
        [&["schema"][..], &["explain"], &["test"], &["trace"], &["check", "--as-of", "2022-06-28", "tests/samples"]]
    {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bulou"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(err(&output), "", "{args:?}");
        assert!(code(&output) < 2, "{args:?}");
    }
}

#[test]
fn a_pack_is_a_folder() {
    let output = bulou(&["lint", sample("南街小学.json").to_str().expect("a path")]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("是一个文件:请写规则集的文件夹"), "{}", err(&output));
}
