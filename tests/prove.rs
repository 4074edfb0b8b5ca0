//! `bulou prove`: what is proved of rules, what is found, and what is said where neither is. Needs z3.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test starts the program, reads its answer and fails by panic"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const RULES: &str = r#"规则集 p "要证明的" { 版本 1.0 施行 2022-06-24 }
来源 国标 外部 "国家标准"
参数 会议日期: 日期 = 2022-06-24 范围 2022-01-01 至 2022-12-31
记录 处 {
  编号: 文本 唯一
  等级: { 一般, 重大 }
  数: 整数 范围 0 至 9
  发现: 日期 已发生
  销号: 日期? 已发生
  约束 缺 销号 或 销号 ≥ 发现 不符 "销号早于发现"
}
数据 学校 {
  标识 码
  码: 文本 格式 学校标识码
  人数: 整数 范围 0 至 100
  车数: 整数 范围 0 至 100
  寄宿: 是否
  有车: 是否
  负责人: 文本
  管: 文本 格式 人员
  完成: 日期? 已发生
  处: [处]
  约束 有车 或 车数 = 0 不符 "没有车,却有车数"
  约束 有车 或 车数 ≤ 5 不符 "没有车,却有许多车"
}
规则 够 "人数够" { 依据 国标 要求 人数 ≥ 5 }
规则 总够 "总是够的" { 依据 国标 要求 人数 ≥ 0 }
规则 不够 "总是不够" { 依据 国标 要求 人数 > 100 }
规则 不用 "从不适用" { 依据 国标 适用 人数 > 100 要求 寄宿 }
规则 有人 "要有负责人" { 依据 国标 要求 有 负责人 }
规则 每处 "每处都不少" { 依据 国标 要求 每个 处 满足 数 ≥ 0 且 (缺 销号 或 销号 ≥ 发现) }
规则 两处 "有重大的,也有销了号的" { 依据 国标 要求 存在 处 满足 等级 = 重大 要求 存在 处 满足 有 销号 }
规则 总数 "总数不少" { 依据 国标 要求 合计(处.数) ≥ 0 }
规则 人均 "人均够" { 依据 国标 要求 人数 / 车数 ≥ 1 }
规则 没车 "没有车就没有车数" { 依据 国标 适用 非 有车 要求 车数 = 0 }
规则 一月 "一个月内完成" { 依据 国标 要求 完成 须在 会议日期 起 1个月 内 }
规则 月月 "月月有" { 依据 国标 要求 处.发现 每 月 不少于 1 次 自 会议日期 }
规则 起点 "从发现起月月有" { 依据 国标 适用 有 完成 要求 若 有 完成 则 处.发现 每 月 不少于 1 次 自 完成 }
"#;

/// Rules that have something to do with one another, over the same data.
const PAIRS: &str = r#"规则 多 "多" { 依据 国标 要求 人数 ≥ 50 }
规则 少 "少" { 依据 国标 要求 人数 ≤ 40 }
规则 同 "同" { 依据 国标 要求 人数 超过 49 }
规则 些 "些" { 依据 国标 要求 人数 ≥ 5 }
规则 带 "有车的" { 依据 国标 适用 有车 要求 车数 ≥ 2 }
规则 不带 "没车的" { 依据 国标 适用 非 有车 要求 人数 ≥ 60 }
规则 松 "每处" { 依据 国标 要求 每个 处 满足 数 ≥ 1 }
规则 紧 "每处更多" { 依据 国标 要求 每个 处 满足 数 ≥ 2 }
规则 几 "几处" { 依据 国标 要求 合计(处.数) ≥ 1 }
规则 好些 "好几处" { 依据 国标 要求 合计(处.数) ≥ 2 }
"#;

fn pack(name: &str) -> PathBuf {
    with(name, RULES)
}

/// The data of the rules above, with other rules.
fn data(rules: &str) -> String {
    let data = RULES.split("规则 够").next().expect("data");
    format!("{data}{rules}")
}

fn with(name: &str, rules: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("prove").join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("rules.bulou"), rules).expect("the rules");
    folder
}

fn prove(name: &str, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bulou"));
    command.arg("prove").arg(pack(name)).args(args).output().expect("the program")
}

fn answers(name: &str, args: &[&str]) -> (Option<i32>, Value) {
    let output = prove(name, &[args, &["--format", "json"]].concat());
    let said = String::from_utf8_lossy(&output.stderr);
    (
        output.status.code(),
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| unreachable!("{error}: {said}")),
    )
}

/// What is answered of each rule: whether it can apply, pass, fail, and be undetermined with a complete document.
fn told(report: &Value) -> Vec<String> {
    let rules = report["rules"].as_array().expect("rules").iter();
    let of = |rule: &Value, question: &str| match (&rule[question]["answer"], &rule[question]["elements"]) {
        (Value::String(answer), Value::Number(elements)) => format!("{answer} {elements}"),
        (Value::String(answer), _) => answer.clone(),
        _ => "-".into(),
    };
    let line = |rule: &Value| {
        let answers = ["apply", "pass", "fail", "undetermined"].map(|question| of(rule, question));
        format!("{} {}", rule["rule"].as_str().expect("an id"), answers.join(" · "))
    };
    rules.map(line).collect()
}

#[test]
fn what_rules_cannot_do_is_proved_and_what_they_can_is_found() {
    let (code, report) = answers("found", &[]);
    assert_eq!(
        told(&report),
        [
            "够 found · found · found · proved",
            "总够 found · found · proved · proved",
            "不够 found · proved · found · proved",
            "不用 proved · proved · proved · proved",
            "有人 found · found · only_blank · proved",
            "每处 found · found · proved · proved",
            "两处 found · found · found · proved",
            "总数 found · found · none 8 · none 8",
            "人均 found · found · found · found",
            "没车 found · found · proved · proved",
            "一月 found · found · found · proved",
            "月月 found · found · found · none 8",
            "起点 - · - · - · -",
        ]
    );
    assert_eq!(code, Some(1));
    let breached = |number: usize| report["constraints"][number]["breach"]["answer"].as_str().unwrap_or_default();
    assert_eq!([0, 1, 2].map(breached), ["found", "proved", "found"]);
    let untranslated = &report["rules"][12]["untranslated"];
    assert_eq!(untranslated, "频次从哪天算起要看数据");
}

/// Each document that is told of is one of which the engine says so.
#[test]
fn what_is_found_is_checked_by_the_program_itself() {
    let (_, report) = answers("checked", &["--rule", "两处", "--rule", "人均", "--rule", "一月"]);
    let folder = pack("checked");
    for rule in report["rules"].as_array().expect("rules") {
        for (question, statuses) in [("pass", &["pass"][..]), ("fail", &["fail"]), ("undetermined", &["undetermined"])]
        {
            if rule[question]["answer"] != "found" {
                continue;
            }
            let (file, day) = (folder.join("found.json"), rule[question]["today"].as_str().expect("a day"));
            std::fs::write(&file, rule[question]["document"].to_string()).expect("the document");
            let mut command = Command::new(env!("CARGO_BIN_EXE_bulou"));
            command.arg("check").arg(&file).arg("--pack").arg(&folder).args(["--as-of", day, "--format", "json"]);
            let report: Value = serde_json::from_slice(&command.output().expect("the program").stdout).expect("JSON");
            assert_eq!(report["structure"], Value::Array(Vec::new()));
            let rules = report["rules"].as_array().expect("rules").iter();
            let status = rules.clone().find(|one| one["id"] == rule["rule"]).map(|one| one["status"].clone());
            assert!(statuses.iter().any(|one| status == Some((*one).into())), "{rule} {status:?}");
        }
    }
}

#[test]
fn what_two_rules_have_to_do_with_one_another_is_found() {
    let folder = with("pairs", &data(PAIRS));
    let mut command = Command::new(env!("CARGO_BIN_EXE_bulou"));
    let output = command.arg("prove").arg(&folder).args(["--format", "json"]).output().expect("the program");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let pairs = report["pairs"].as_array().expect("pairs").iter();
    let told = pairs.map(|pair| {
        let text = |key: &Value| key.as_str().unwrap_or_default().to_owned();
        let (one, other) = (text(&pair["rules"][0]), text(&pair["rules"][1]));
        format!("{one} {other} {} {}", text(&pair["relation"]), text(&pair["answer"]))
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            "多 少 contradictory proved",
            "多 同 equivalent proved",
            "些 多 implied proved",
            "少 同 contradictory proved",
            "少 不带 contradictory proved",
            "些 同 implied proved",
            "带 不带 disjoint proved",
            "松 紧 implied proved",
            "几 好些 implied none",
        ]
    );
    assert_eq!(output.status.code(), Some(1));
    let output = Command::new(env!("CARGO_BIN_EXE_bulou")).arg("prove").arg(&folder).output().expect("the program");
    let text = String::from_utf8(output.stdout).expect("text");
    for said in [
        "✖ 多 与 少 矛盾:两条都适用,就有一条不符合(已证明)",
        "· 些 没有比 多 多要求什么:些 不符合,多 一定不符合(已证明)",
        "· 另有 1 对规则,列表短的时候没有找到不同,更长的没有看,不算结论:用 `--rule` 点名可以看",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

const OLD: &str = r#"规则 甲 "甲" { 依据 国标 要求 人数 ≥ 5 }
规则 乙 "乙" { 依据 国标 要求 人数 ≥ 10 }
规则 丙 "丙" { 依据 国标 要求 人数 ≥ 5 }
规则 丁 "丁" { 依据 国标 要求 人数 ≥ 5 }
规则 戊 "戊" { 依据 国标 要求 每个 处 满足 数 ≥ 1 }
规则 己 "己" { 依据 国标 要求 寄宿 }
规则 庚 "庚" { 依据 国标 要求 有车 或 人数 ≥ 5 }
规则 辛 "辛" { 依据 国标 要求 合计(处.数) ≥ 3 }
"#;
const NEW: &str = r#"规则 甲 "甲" { 依据 国标 要求 人数 ≥ 10 }
规则 乙 "乙" { 依据 国标 要求 人数 ≥ 5 }
规则 丙 "丙" { 依据 国标 要求 人数 超过 4 }
规则 丁 "丁" { 依据 国标 要求 车数 ≥ 5 }
规则 戊 "戊" { 依据 国标 要求 没有 处 满足 数 不满 1 }
规则 己 "己" { 依据 国标 要求 寄宿 }
规则 庚 "庚" { 依据 国标 适用 非 有车 要求 人数 ≥ 5 }
规则 辛 "辛" { 依据 国标 要求 合计(处.数) 超过 2 }
"#;

#[test]
fn what_a_new_version_asks_for_more_or_less_is_proved() {
    // A field of the new version is none of the old one's.
    let new = data(NEW).replace("  寄宿: 是否", "  寄宿: 是否\n  新项: 文本?");
    let (old, new) = (with("old", &data(OLD)), with("new", &new));
    let diff = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bulou"));
        let output = command.arg("diff").args([&old, &new]).arg("--prove").args(args).output().expect("the program");
        String::from_utf8(output.stdout).expect("text")
    };
    let text = diff(&[]);
    for said in [
        "  甲: 只收紧(已证明)\n    新版不符合,旧版没有 · 20",
        "  乙: 只放宽(已证明)\n    旧版不符合,新版没有 · 20",
        "  丙: 等价(已证明)\n",
        "  丁: 有的收紧,有的放宽\n",
        "  戊: 等价(已证明)\n",
        "  庚: 不符合的一样,别的结果有变(已证明)\n",
        "  辛: 等价(列表最多 8 项时;更长的没有看)\n",
        "  1 条规则译出来完全一样\n",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let told: Value = serde_json::from_str(&diff(&["--format", "json"])).expect("JSON");
    let tightened = &told["proved"][0]["tightened"];
    let count = tightened["document"]["人数"].as_i64().expect("a number");
    assert!(tightened["answer"] == "found" && (5..10).contains(&count), "{tightened}");
    assert_eq!(told["proved"][0]["loosened"]["answer"], "proved");
    assert!(diff(&["--format", "html"]).is_empty());
}

/// Assertions about [`RULES`]: one that is proved, one up to a length, one that a document refutes, one that speaks of none.
const ASSERTED: &str = r#"断言 "人少就不够" 若 人数 < 5 则 规则 够 不符合
断言 "一处也没有销号,总有一条不符合" 若 每个 处 满足 缺 销号 则 规则 两处 不符合 或 规则 人均 不符合
断言 "人不多就不够" 若 人数 < 9 则 规则 够 不符合
断言 "没车就不问车数" 若 有车 则 规则 没车 不适用
断言 "没有这样的" 若 人数 < 5 且 人数 > 7 则 规则 够 符合
断言 "张三管的就够" 若 管 = "张三" 则 规则 够 符合
断言 "没有翻译的" 若 人数 < 5 则 规则 起点 适用 或 规则 起点 不适用
"#;

#[test]
fn what_an_author_asserts_is_proved_or_refuted() {
    let folder = with("asserted", &format!("{RULES}{ASSERTED}"));
    let run = |args: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_bulou")).arg("prove").arg(&folder).args(args).output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (code, report) = run(&["--format", "json"]);
    let report: Value = serde_json::from_str(&report).expect("JSON");
    let told: Vec<String> = report["assertions"].as_array().expect("a list").iter().map(assertion).collect();
    assert_eq!(
        (code, told.as_slice()),
        (
            Some(1),
            ["proved", "proved", "found", "proved", "proved vacuous", "found", "untranslated"]
                .map(String::from)
                .as_slice()
        )
    );
    // What refutes it is checked by the program itself, and is as small as can be.
    let found = &report["assertions"][2]["refuted"];
    let path = folder.join("found.json");
    std::fs::write(&path, found["document"].to_string()).expect("written");
    let checked = Command::new(env!("CARGO_BIN_EXE_bulou"))
        .args(["check", "--format", "json", "--as-of", found["today"].as_str().expect("a day"), "--pack"])
        .args([&folder, &path])
        .output()
        .expect("it runs");
    std::fs::remove_file(&path).expect("removed");
    let checked: Value = serde_json::from_slice(&checked.stdout).expect("a report");
    assert_eq!(
        (&checked["rules"][0]["id"], &checked["rules"][0]["status"]),
        (&"够".into(), &"pass".into()),
        "{checked}"
    );
    let text = run(&[]).1;
    for line in
        ["✔ 断言「人少就不够」成立(已证明)", "✖ 断言「人不多就不够」不成立:", "✖ 断言「没有这样的」什么也没有说:"]
    {
        assert!(text.contains(line), "{line}: {text}");
    }
    let of_one = run(&["--rule", "没车"]).1;
    assert!(
        of_one.contains("断言「没车就不问车数」") && !of_one.contains("人少就不够"),
        "those about that rule: {of_one}"
    );
}

fn assertion(one: &Value) -> String {
    let answer = match &one["untranslated"] {
        Value::Null => one["refuted"]["answer"].as_str().expect("an answer"),
        _ => "untranslated",
    };
    format!("{answer}{}", if one["vacuous"] == true { " vacuous" } else { "" })
}

#[test]
fn what_the_campus_pack_asserts_holds() {
    let output = Command::new(env!("CARGO_BIN_EXE_bulou"))
        .args(["prove", "rules/campus-safety", "--format", "json"])
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| unreachable!("{error}: {said}"));
    let told: Vec<String> = report["assertions"].as_array().expect("a list").iter().map(assertion).collect();
    assert_eq!((output.status.code(), told.len()), (Some(0), 9), "{told:?}");
    assert!(told.iter().all(|answer| answer == "proved" || answer == "none"), "{told:?}");
}

/// Rules of which one requirement is idle, or hopeless, beside one that is not.
const SETTLED: &str = r#"规则 空 "一条查不出" { 依据 国标
  要求 人数 ≥ 5
  要求 寄宿 或 人数 ≥ 0
}
规则 死 "一条谁也不能" { 依据 国标
  要求 寄宿
  要求 人数 > 100
}
规则 漏 "漏填才不符合" { 依据 国标 要求 人数 ≥ 5 要求 有 负责人 }
规则 长 "列表没有看完" { 依据 国标 要求 人数 ≥ 5 要求 合计(处.数) ≥ 0 }
"#;

#[test]
fn a_requirement_that_is_settled_is_named_with_its_line() {
    let folder = with("settled", &data(SETTLED));
    let run = |args: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_bulou")).arg("prove").arg(&folder).args(args).output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (code, text) = run(&[]);
    let line = |words: &str| {
        let before = data(SETTLED).split(words).next().map(|before| before.lines().count());
        before.expect("the requirement")
    };
    let (idle, hopeless) = (line("寄宿 或 人数 ≥ 0"), line("人数 > 100\n}"));
    for said in [
        format!("✖ 空「一条查不出」\n    第 2 条要求(rules.bulou:{idle})不可能不符合(已证明):寄宿 或 人数 ≥ 0\n"),
        format!("    第 2 条要求(rules.bulou:{hopeless})不可能符合(已证明):人数 > 100\n"),
    ] {
        assert!(text.contains(&said), "{said}\n{text}");
    }
    assert!(!text.contains("漏填才不符合") && !text.contains("列表没有看完"), "{text}");
    assert_eq!(code, Some(1));
    let report: Value = serde_json::from_str(&run(&["--format", "json"]).1).expect("JSON");
    assert_eq!(report["rules"][0]["requirements"][0]["never"], "fail");
    assert_eq!(report["rules"][1]["requirements"][0]["never"], "hold");
    assert_eq!(run(&["--rule", "漏"]).0, Some(0));
}

#[test]
fn on_a_day_that_is_given_less_can_be() {
    let (code, report) = answers("day", &["--rule", "一月", "--as-of", "2022-06-30"]);
    // Nobody is late yet, and what was done before the meeting was too early.
    assert_eq!(told(&report), ["一月 found · found · found · proved"]);
    assert_eq!(report["rules"][0]["fail"]["today"], "2022-06-30");
    assert_eq!(code, Some(0));
    let (_, report) = answers("day", &["--rule", "一月", "--as-of", "2022-01-01"]);
    assert_eq!(told(&report), ["一月 proved · proved · proved · proved"]);
}

#[test]
fn people_are_told_what_to_look_at() {
    let output = prove("text", &[]);
    let text = String::from_utf8(output.stdout).expect("text");
    for said in [
        "✖ 总够「总是够的」\n    填得完整就不可能不符合(已证明)",
        "· 有人「要有负责人」\n    填得完整就不可能不符合:只有漏填才会",
        "· 总数「总数不少」\n    列表最多 8 项时不可能不符合;更长的没有看",
        "· 约束「有车 或 车数 ≤ 5」单独违反不了(已证明):别的约束和范围已经管住了\n",
        "? 没有翻译(频次从哪天算起要看数据):起点",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let output = prove("text", &["--lang", "en", "--rule", "不够"]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("✖ 不够“总是不够”") && text.contains("cannot pass (proved)"), "{text}");
    assert!(text.contains("can fail, as on ") && text.contains("{\"人数\":"), "{text}");
}

#[test]
fn without_a_solver_the_command_to_install_one_is_named() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bulou"));
    let output = command.arg("prove").arg(pack("none")).env("PATH", "").output().expect("the program");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("apt-get install z3") && output.status.code() == Some(2), "{said}");
    let output = prove("none", &["--rule", "没有"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("没有规则 `没有`"));
    let output = prove("none", &["--solver", "/nowhere/z3"]);
    assert_eq!(output.status.code(), Some(2));
}
