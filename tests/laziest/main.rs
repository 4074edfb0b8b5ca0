//! Mutation of documents: what a small pack notices, one change at a time, its marks and its cheapest documents; and that
//! the campus-safety pack notices what nobody would mean.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test may fail by panic, and starts the program on files"
)]

#[path = "../packs_support/mod.rs"]
mod packs_support;

use std::path::Path;
use std::process::Command;

use bulou_messages::diagnostic::Lang;
use bulou_pack::laziest::{Fate, Laziest, problems, run, text};
use bulou_pack::{Files, load};
use serde_json::{Value, json};

const PACK: &str = r#"规则集 small "小" { 版本 1 施行 2020-01-01 至 2030-12-31 }
记录 项 { 编号: 文本 唯一 责任人: 文本 等级: { 一般, 重大 } 销号: 日期? 已发生 范围 2020-01-01 至 今天 }
数据 学校 {
  标识 号 日期 日
  号: 文本 日: 日期 已发生 范围 2020-01-01 至 今天 名: 文本 可填 无 人数: 整数 范围 1 至 100 面积: 小数 寄宿: 是否 隔: 时长
  项: [项] 次: [日期] 范围 2020-01-01 至 今天 备注: 文本?
  附: { 甲, 乙 }?
}
规则 销号 "销号" { 要求 每个 项 满足 有 销号 不符 "{编号}" 整改 "销号" }
规则 有人 "有人" { 要求 人数 ≥ 10 不符 "少" 整改 "加" }
规则 有次 "有次" { 要求 数量(次) ≥ 1 不符 "没有" 整改 "做" }
"#;

const DOCUMENT: &str = r#"{"号": "一", "日": "2022-03-01", "名": "南街", "人数": 80, "面积": 2.5, "寄宿": true, "隔": "3日",
  "项": [{"编号": "A1", "责任人": "张三", "等级": "一般", "销号": "2022-03-01"}, {"编号": "A2", "责任人": "李四", "等级": "重大", "销号": "2022-03-01"}],
  "次": ["2022-02-01", "2022-02-02"]}"#;

/// What of it passes in silence.
const SILENT: [&str; 11] = [
    "名 → 无",
    "面积 → 0",
    "面积 → -1",
    "面积 → 最大",
    "寄宿 → 反过来",
    "隔 → 0",
    "项 → 空表",
    "项 → 只留一行",
    "项/责任人 → 各行同一个",
    "项/等级 → 重大",
    "次 → 只留一行",
];

fn files(marks: &[Value]) -> Files {
    let document: Value = serde_json::from_str(DOCUMENT).expect("JSON");
    let case = json!([
        {"说明": "样样符合", "今天": "2022-03-31", "数据": document, "期望": {"销号": "pass"}},
        {"说明": "没有次数", "今天": "2022-03-31", "数据": {"号": "一"}, "期望": {"有次": "undetermined"}},
    ]);
    let all = [
        ("pack.bulou", PACK.to_owned()),
        ("cases/all.json", case.to_string()),
        ("cases/accepted.json", json!(marks).to_string()),
    ];
    Files(all.map(|(name, text)| (name.to_owned(), text.into_bytes())).into())
}

fn tried(files: &Files) -> Laziest {
    run(&load(files).rules.expect("a sound pack"), files, &|_, _| ()).expect("a case that passes")
}

fn silent(laziest: &Laziest) -> Vec<String> {
    let missed = laziest.changes.iter().filter(|change| change.fate == Fate::Missed);
    missed.map(|change| format!("{} → {}", change.field, change.to.zh)).collect()
}

fn mark(field: &str, to: &str, reason: &str) -> Value {
    json!({"数据": "学校", "字段": field, "改成": to, "理由": reason})
}

#[test]
fn what_nobody_would_mean_is_listed_with_who_should_notice() {
    let laziest = tried(&files(&[]));
    assert_eq!(silent(&laziest), SILENT);
    assert_eq!(laziest.cases, 1);
    assert_eq!(laziest.untried.iter().map(|(_, field)| field.as_str()).collect::<Vec<_>>(), ["备注", "附"]);
    let shown = text::text(&laziest, Lang::Zh);
    assert!(shown.contains("✖ 学校 次 → 只留一行\n    用这个字段的规则都没有发现:有次;"), "{shown}");
    assert!(shown.contains("✖ 学校 寄宿 → 反过来\n    没有规则用这个字段:"), "{shown}");
    assert!(shown.contains("案例: cases/all.json · 样样符合"), "{shown}");
}

#[test]
fn each_rule_tells_the_least_that_it_takes() {
    let laziest = tried(&files(&[]));
    let least: Vec<_> =
        laziest.cheapest.iter().map(|one| (one.rule.as_str(), one.document.clone(), one.vacuous)).collect();
    assert_eq!(
        least,
        [
            ("销号", Some(json!({"项": []})), true),
            ("有人", Some(json!({"人数": 10})), false),
            ("有次", Some(json!({"次": ["2022-02-01"]})), false),
        ]
    );
}

#[test]
fn what_passes_and_may_is_marked_with_a_reason() {
    let laziest = tried(&files(&[mark("面积", "0", "可以没有房子"), mark("寄宿", "the opposite", "两样都行")]));
    assert_eq!((laziest.counts().1, laziest.stale.len()), (2, 0));
    assert!(!silent(&laziest).contains(&"面积 → 0".to_owned()));
    for (marks, said) in [
        (vec![mark("人数", "0", "可以没有人")], "已经有人发现了"),
        (vec![mark("面积", "7", "可以是 7")], "没有试过这样改"),
        (vec![mark("面积", "0", "无")], "没有写理由"),
        (vec![mark("体积", "0", "可以是 0")], "没有这个字段"),
        (vec![mark("面积", "0", "可以是 0"), mark("面积", "0", "可以是 0")], "标了两次"),
        (vec![json!({"字段": "面积"})], "读不懂"),
    ] {
        let files = files(&marks);
        let stale = tried(&files).stale;
        assert!(stale.len() == 1 && stale.iter().all(|words| words.zh.contains(said)), "{said}: {stale:?}");
        // All that needs no documents, lint tells as well.
        let rules = load(&files).rules.expect("a sound pack");
        let of_lint = problems(&files, &rules).len();
        assert_eq!(of_lint, usize::from(!["已经有人发现了", "没有试过这样改"].contains(&said)), "{said}");
    }
}

#[test]
fn where_no_case_passes_nothing_is_shown() {
    let mut files = files(&[]);
    files.0.insert(
        "cases/all.json".to_owned(),
        json!([{"说明": "空", "今天": "2022-03-31", "数据": {"号": "一"}, "期望": {"有次": "undetermined"}}])
            .to_string()
            .into_bytes(),
    );
    let words = run(&load(&files).rules.expect("a sound pack"), &files, &|_, _| ()).expect_err("nothing to change");
    assert!(words.text().zh.contains("什么也没有试"), "{words:?}");
}

#[test]
fn the_program_fails_when_too_little_is_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files(&[]).0 {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
    }
    let code = |args: &[&str]| program(folder.path(), args).0;
    let noticed: Value = serde_json::from_str(&program(folder.path(), &["--format", "json"]).1).expect("JSON");
    let share = noticed["noticed"].as_f64().expect("a number");
    assert!((50.0..90.0).contains(&share), "{noticed}");
    assert_eq!(code(&["--min-noticed", &format!("{}", share.floor())]), 0);
    assert_eq!(code(&["--min-noticed", &format!("{}", share.floor() + 1.0)]), 1);
    assert_eq!(code(&["--mutate"]), 2);
}

#[test]
fn a_case_that_cannot_be_read_is_named_and_tries_nothing() {
    let mut files = files(&[]);
    files.0.insert("cases/broken.json".to_owned(), b"[{".to_vec());
    let words = run(&load(&files).rules.expect("a sound pack"), &files, &|_, _| ()).expect_err("a broken case");
    assert!(words.text().zh.contains("cases/broken.json"), "{words:?}");
}

/// Runs `bulou test --documents` on a pack in a folder: the exit code and standard output.
fn program(folder: &Path, args: &[&str]) -> (i32, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_bulou")).arg("test").arg(folder).arg("--documents").args(args).output();
    let output = output.expect("it runs");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn the_campus_pack_lets_nothing_pass_in_silence() {
    let laziest = tried(&packs_support::files());
    assert_eq!(silent(&laziest), [""; 0], "a rule or range for each, or a reason");
    assert!(laziest.permille() >= 950, "{} ‰ of {}", laziest.permille(), laziest.changes.len());
    assert!(laziest.changes.len() > 700 && laziest.cases > 100, "the documents are changed at all");
    assert_eq!((laziest.untried.as_slice(), laziest.stale.as_slice()), ([].as_slice(), [].as_slice()));
    assert!(laziest.cheapest.iter().all(|one| one.document.is_some()), "every rule passes in a complete case");
}
