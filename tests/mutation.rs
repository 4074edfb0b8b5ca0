//! Mutation on small packs whose unnoticed mutants are known one by one: an example for each kind of change, the marks
//! of equivalent ones, and what stops a run.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test may fail by panic, and starts the program on files"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use bulou_messages::diagnostic::Lang;
use bulou_pack::Files;
use bulou_pack::mutate::{Fate, Kind, Mutation, run, text};
use serde_json::{Value, json};

// Nothing bounds its fields, so that only rules are changed.
const HEAD: &str = r#"规则集 small "小" { 版本 1 }
日历 中国 "calendar.json"
选项 级别 { 一般, 重大 }
记录 项 { 编号: 文本 级别: 级别 数: 整数 期限: 日期? 销号: 日期? }
数据 学校 {
  标识 号
  号: 文本 甲: 整数 乙: 整数 是甲: 是否 是乙: 是否 备注: 文本? 起日: 日期 完成: 日期 项: [项] 次: [日期]
}
记录 名册项 { 号: 文本 }
数据 全县 { 名册 名册.号 各校: 汇总 学校 名册: [名册项] }
"#;

/// The school that every case starts from.
const BASE: &str = r#"{
  "号": "1", "甲": 5, "乙": 5, "是甲": true, "是乙": true, "起日": "2022-03-01", "完成": "2022-03-04",
  "项": [{"编号": "A", "级别": "重大", "数": 5, "期限": "2022-03-05", "销号": "2022-03-05"}], "次": ["2022-03-10"]
}"#;

/// A rule, its cases on 2022-03-31 (what each changes in the base, and the status it expects), and every mutant that
/// these cases leave unnoticed.
struct Example {
    kind: Kind,
    rules: &'static str,
    cases: &'static [(&'static str, &'static str)],
    missed: &'static [&'static str],
}

/// A change as a case writes it; one of nothing is not written.
fn changing(change: &str) -> Value {
    if change == "{}" { Value::Null } else { serde_json::from_str(change).expect("a change") }
}

fn case(change: &str, status: &str) -> Value {
    let change = changing(change);
    let case = json!({"说明": "案例", "今天": "2022-03-31", "基准": "base/school.json", "修改": change, "期望": {"规矩": status}});
    unchanged(case)
}

/// Without the key of a change that there is not.
fn unchanged(mut case: Value) -> Value {
    case.as_object_mut().expect("a case").retain(|key, value| key != "修改" || !value.is_null());
    case
}

fn files(rules: &str, cases: &[Value]) -> Files {
    let files = [
        ("pack.bulou", format!("{HEAD}{rules}")),
        ("calendar.json", r#"{"years": {"2022": {"rest": [], "work": []}}}"#.to_owned()),
    ];
    let tried = [("cases/base/school.json", BASE.to_owned()), ("cases/all.json", json!(cases).to_string())];
    let all = files.into_iter().chain(tried.into_iter().filter(|_| !cases.is_empty()));
    Files(all.map(|(name, text)| (name.to_owned(), text.into_bytes())).collect())
}

fn mutated(rules: &str, cases: &[Value]) -> Mutation {
    run(&files(rules, cases), 2, &|_, _| ()).expect("a pack whose cases hold")
}

fn missed(mutation: &Mutation) -> Vec<String> {
    mutation.missed().map(|mutant| format!("{} → {}", mutant.from, mutant.to)).collect()
}

const EXAMPLES: &[Example] = &[
    Example {
        kind: Kind::Operator,
        rules: "规则 规矩 { 要求 甲 ≥ 乙 }",
        cases: &[(r#"{"甲": 6}"#, "pass"), (r#"{"甲": 4}"#, "fail")],
        missed: &["甲 ≥ 乙 → 甲 > 乙"],
    },
    Example {
        kind: Kind::Number,
        rules: "规则 规矩 { 要求 甲 ≥ 5 }",
        cases: &[(r#"{"甲": 9}"#, "pass"), (r#"{"甲": 1}"#, "fail")],
        missed: &["甲 ≥ 5 → 甲 > 5", "5 → 4", "5 → 6"],
    },
    Example {
        kind: Kind::Number,
        rules: "规则 规矩 { 要求 完成 ≤ 2022-03-04 且 今天 - 完成 ≤ 30日 }",
        cases: &[("{}", "pass"), (r#"{"完成": "2022-03-06"}"#, "fail")],
        missed: &[
            "完成 ≤ 2022-03-04 且 今天 - 完成 ≤ 30日 → 完成 ≤ 2022-03-04",
            "完成 ≤ 2022-03-04 → 完成 = 2022-03-04",
            "2022-03-04 → 2022-03-05",
            "今天 - 完成 ≤ 30日 → 今天 - 完成 < 30日",
            "30日 → 29日",
            "30日 → 31日",
        ],
    },
    Example {
        kind: Kind::Connective,
        rules: "规则 规矩 { 要求 是甲 或 是乙 }",
        cases: &[("{}", "pass"), (r#"{"是甲": false, "是乙": false}"#, "fail")],
        missed: &["是甲 或 是乙 → 是甲 且 是乙", "是甲 或 是乙 → 是乙", "是甲 或 是乙 → 是甲"],
    },
    Example {
        kind: Kind::Part,
        rules: "规则 规矩 { 要求 是甲 且 (是乙 或 甲 = 乙) }",
        cases: &[("{}", "pass"), (r#"{"是甲": false}"#, "fail"), (r#"{"是乙": false, "甲": 7}"#, "fail")],
        missed: &[
            "是乙 或 甲 = 乙 → 是乙 且 甲 = 乙",
            "是乙 或 甲 = 乙 → 甲 = 乙",
            "是乙 或 甲 = 乙 → 是乙",
            "甲 = 乙 → 甲 ≤ 乙",
        ],
    },
    Example {
        kind: Kind::Quantifier,
        rules: "规则 规矩 { 要求 每个 项 满足 有 销号 }",
        cases: &[("{}", "pass"), (r#"[{"op": "remove", "path": "/项/0/销号"}]"#, "fail")],
        missed: &["每个 项 满足 有 销号 → 存在 项 满足 有 销号"],
    },
    Example {
        kind: Kind::Guard,
        rules: "规则 规矩 { 适用 是甲 要求 若 是乙 则 没有 项[级别 = 重大] 满足 缺 销号 }",
        cases: &[("{}", "pass"), (r#"[{"op": "remove", "path": "/项/0/销号"}]"#, "fail")],
        missed: &[
            "适用 是甲 → (删去)",
            "若 是乙 则 没有 项[级别 = 重大] 满足 缺 销号 → 没有 项[级别 = 重大] 满足 缺 销号",
            "项[级别 = 重大] → 项",
        ],
    },
    Example {
        kind: Kind::Member,
        rules: "规则 规矩 { 要求 备注 缺省 \"甲\" 属于 {\"甲\", \"乙\"} }",
        cases: &[("{}", "pass"), (r#"{"备注": "丙"}"#, "fail")],
        missed: &["{\"甲\", \"乙\"} → {\"甲\"}"],
    },
    Example {
        kind: Kind::Requirement,
        rules: "规则 规矩 { 要求 是甲 要求 是乙 }",
        cases: &[("{}", "pass"), (r#"{"是甲": false}"#, "fail")],
        missed: &["要求 是乙 → (删去)"],
    },
    Example {
        kind: Kind::Negation,
        rules: "规则 规矩 { 要求 若 是甲 则 是乙 否则 甲 在 1 至 9 之间 }",
        cases: &[("{}", "pass"), (r#"{"是甲": false}"#, "pass")],
        missed: &[
            "若 是甲 则 是乙 否则 甲 在 1 至 9 之间 → 是乙",
            "若 是甲 则 是乙 否则 甲 在 1 至 9 之间 → 甲 在 1 至 9 之间",
            "是甲 → 非 是甲",
            "1 → 0",
            "1 → 2",
            "9 → 8",
            "9 → 10",
        ],
    },
    Example {
        kind: Kind::Option,
        rules: "规则 规矩 { 要求 没有 项 满足 级别 = 重大 且 数 > 5 }",
        cases: &[("{}", "pass"), (r#"[{"op": "replace", "path": "/项/0/数", "value": 9}]"#, "fail")],
        missed: &["级别 = 重大 且 数 > 5 → 数 > 5", "5 → 6"],
    },
    Example {
        kind: Kind::Option,
        rules: "规则 规矩 { 要求 数量(项[级别 = 重大]) = 数量(项[级别 = 一般]) }",
        cases: &[("{}", "fail"), (r#"{"项": []}"#, "pass")],
        missed: &[
            "数量(项[级别 = 重大]) = 数量(项[级别 = 一般]) → 数量(项[级别 = 重大]) ≤ 数量(项[级别 = 一般])",
            "项[级别 = 重大] → 项",
        ],
    },
    Example {
        kind: Kind::Table,
        rules: "表 应配(人数: 整数) -> 整数 { | 人数 | 结果 | | 不满 10 | 1 | | 10 至 19 | 2 | | 不少于 20 | 3 | }\n\
                规则 规矩 { 要求 乙 ≥ 应配(甲) }",
        cases: &[
            (r#"{"甲": 10, "乙": 1}"#, "fail"),
            (r#"{"甲": 9, "乙": 1}"#, "pass"),
            (r#"{"甲": 1, "乙": 0}"#, "fail"),
            (r#"{"甲": 30, "乙": 2}"#, "fail"),
            (r#"{"甲": 30, "乙": 3}"#, "pass"),
            (r#"{"甲": 15, "乙": 2}"#, "pass"),
            (r#"{"甲": 15, "乙": 9}"#, "pass"),
        ],
        missed: &["10 至 19 | ≥ 20 → 10 至 18 | ≥ 19", "10 至 19 | ≥ 20 → 10 至 20 | ≥ 21"],
    },
    Example {
        kind: Kind::Table,
        rules: "表 几(级别: 级别) -> 整数 { | 级别 | 结果 | | 一般 | 1 | | 重大 | 2 | }\n\
                规则 规矩 { 要求 每个 项 满足 数 ≥ 几(级别) }",
        cases: &[("{}", "pass"), (r#"[{"op": "replace", "path": "/项/0/数", "value": 0}]"#, "fail")],
        missed: &[
            "1 → 0",
            "1 → 2",
            "2 → 1",
            "2 → 3",
            "一般 | 重大 → 重大 | 一般",
            "每个 项 满足 数 ≥ 几(级别) → 存在 项 满足 数 ≥ 几(级别)",
            "数 ≥ 几(级别) → 数 > 几(级别)",
        ],
    },
    Example {
        kind: Kind::Default,
        rules: "规则 规矩 { 要求 最早(次) 缺省 起日 ≤ 起日 }",
        cases: &[("{}", "fail"), (r#"{"次": ["2022-03-01"]}"#, "pass")],
        missed: &[
            "最早(次) 缺省 起日 → 最早(次) 缺省 起日 + 1日",
            "最早(次) → 最晚(次)",
            "最早(次) 缺省 起日 ≤ 起日 → 最早(次) 缺省 起日 = 起日",
        ],
    },
    Example {
        kind: Kind::Deadline,
        rules: "规则 规矩 { 要求 完成 须在 起日 起 3日 内 顺延 }",
        cases: &[("{}", "pass"), (r#"{"完成": "2022-03-08"}"#, "fail")],
        missed: &[
            "完成 须在 起日 起 3日 内 顺延 → 完成 须在 起日 起 3日 内",
            "完成 须在 起日 起 3日 内 顺延 → 完成 须在 起日 起 3日 内 顺延 或更早",
            "3日 → 4日",
        ],
    },
    Example {
        kind: Kind::Deadline,
        rules: "参数 期间: 期间 = 自然日\n规则 规矩 { 要求 完成 须在 起日 起 5日 内 }",
        cases: &[("{}", "pass"), (r#"{"完成": "2022-03-08"}"#, "fail"), (r#"{"完成": "2022-02-28"}"#, "fail")],
        missed: &["自然日 → 顺延", "5日 → 4日", "5日 → 6日"],
    },
    Example {
        kind: Kind::Deadline,
        rules: "规则 规矩 { 要求 (至迟 起日 起 2周 内 满足 是甲) 且 至迟 起日 + 30日 满足 是乙 }",
        cases: &[("{}", "pass"), (r#"{"是甲": false}"#, "fail"), (r#"{"是乙": false}"#, "pending")],
        missed: &[
            "至迟 起日 + 30日 满足 是乙 → 至迟 起日 + 30日 + 1日 满足 是乙",
            "2周 → 1周",
            "2周 → 3周",
            "30日 → 31日",
            "至迟 起日 起 2周 内 满足 是甲 → 是甲",
        ],
    },
    Example {
        kind: Kind::Deadline,
        rules: "规则 规矩 { 要求 完成 须在 起日 前 }",
        cases: &[(r#"{"完成": "2022-03-01"}"#, "pass"), (r#"{"完成": "2022-03-03"}"#, "fail")],
        missed: &["完成 须在 起日 前 → 完成 须在 起日 + 1日 前"],
    },
    Example {
        kind: Kind::Frequency,
        rules: "规则 规矩 { 要求 次 每 月 不少于 1次 自 起日 除 {1, 2} }",
        cases: &[("{}", "pass"), (r#"{"次": []}"#, "pending")],
        missed: &[
            "次 每 月 不少于 1 次 自 起日 除 {1, 2} → 次 每 季 不少于 1 次 自 起日 除 {1, 2}",
            "次 每 月 不少于 1 次 自 起日 除 {1, 2} → 次 每 月 不少于 1 次 自 起日",
            "{1, 2} → {1}",
            "{1, 2} → {2}",
            "1 → 2",
            "2 → 1",
        ],
    },
    Example {
        kind: Kind::Arithmetic,
        rules: "规则 规矩 { 要求 (甲 + 乙) * 2 ≥ -甲 }",
        cases: &[("{}", "pass"), (r#"{"甲": -4}"#, "fail")],
        missed: &[
            "(甲 + 乙) * 2 ≥ -甲 → (甲 + 乙) * 2 > -甲",
            "(甲 + 乙) * 2 → (甲 + 乙) / 2",
            "甲 + 乙 → 甲 - 乙",
            "2 → 1",
            "2 → 3",
        ],
    },
    Example {
        kind: Kind::Aggregate,
        rules: "规则 规矩 { 要求 合计(去重(项).数) ≤ 8 且 最大(项.数) 缺省 9 ≤ 8 }",
        cases: &[
            ("{}", "pass"),
            (r#"[{"op": "add", "path": "/项/-", "value": {"编号": "B", "级别": "一般", "数": 9}}]"#, "fail"),
        ],
        missed: &[
            "合计(去重(项).数) ≤ 8 且 最大(项.数) 缺省 9 ≤ 8 → 合计(去重(项).数) ≤ 8 或 最大(项.数) 缺省 9 ≤ 8",
            "合计(去重(项).数) ≤ 8 且 最大(项.数) 缺省 9 ≤ 8 → 合计(去重(项).数) ≤ 8",
            "合计(去重(项).数) ≤ 8 且 最大(项.数) 缺省 9 ≤ 8 → 最大(项.数) 缺省 9 ≤ 8",
            "合计(去重(项).数) ≤ 8 → 合计(去重(项).数) < 8",
            "合计(去重(项).数) → 数量(去重(项).数)",
            "去重(项) → 项",
            "最大(项.数) 缺省 9 ≤ 8 → 最大(项.数) 缺省 9 < 8",
            "最大(项.数) → 最小(项.数)",
            "8 → 7",
            "8 → 9",
            "9 → 8",
            "9 → 10",
        ],
    },
    Example {
        kind: Kind::Effective,
        rules: "规则 规矩 { 施行 2022-03-31 至 2022-04-30 要求 是甲 }",
        cases: &[("{}", "pass"), (r#"{"是甲": false}"#, "fail")],
        missed: &[
            "施行 2022-03-31 → 施行 2022-03-30",
            "施行 2022-04-30 → 施行 2022-04-29",
            "施行 2022-04-30 → 施行 2022-05-01",
        ],
    },
];

#[test]
fn every_unnoticed_mutant_of_the_examples_is_known() {
    let mut wrong = Vec::new();
    for example in EXAMPLES {
        let cases: Vec<Value> = example.cases.iter().map(|(change, status)| case(change, status)).collect();
        let mutation = mutated(example.rules, &cases);
        let found: BTreeSet<String> = missed(&mutation).into_iter().collect();
        let known: BTreeSet<String> = example.missed.iter().map(|mutant| (*mutant).to_owned()).collect();
        if found != known {
            let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<Vec<_>>();
            wrong.push((example.rules, only(&found, &known), only(&known, &found)));
        }
        let of_kind = mutation.mutants.iter().any(|mutant| mutant.kind == example.kind);
        assert!(of_kind, "no {:?} in {}", example.kind, example.rules);
    }
    assert_eq!(wrong, [], "rule, unnoticed though not known, known though noticed");
}

/// Two rules over one definition, a waiver of the other rule, a county rule, and a mutant that cannot be noticed.
const SEVERAL: &str = r#"定义 够 = 甲 ≥ 最少
参数 最少: 整数 = 5
规则 规矩 { 要求 够 }
规则 别的 { 要求 够 要求 数量(项) = 0 或 数量(项) > 0 }
规则 全县交表 范围 全县 { 要求 各校[是甲].号 不漏 名册.号 }
"#;

fn several() -> Vec<Value> {
    let waived = json!({"说明": "豁免的是别的规则", "今天": "2022-03-31", "基准": "base/school.json",
        "豁免": [{"标识码": "1", "规则": "别的", "理由": "停课", "批准": "县局", "自": "2022-01-01", "至": "2022-04-01"}],
        "期望": {"规矩": "pass", "别的": "not_applicable"}});
    let county = |change: Value, status: &str| {
        let base = json!("base/school.json");
        let school = if change == json!({}) { base } else { json!({"基准": base, "修改": change}) };
        json!({"说明": "全县", "今天": "2022-03-31", "数据": {"名册": [{"号": "1"}]},
            "各校": [school], "期望": {"全县交表": status}})
    };
    let other = json!({"说明": "一项也没有", "今天": "2022-03-31", "基准": "base/school.json", "修改": {"项": []}, "期望": {"别的": "pass"}});
    let few = case(r#"{"甲": 4}"#, "fail");
    vec![case("{}", "pass"), few, waived, other, county(json!({}), "pass"), county(json!({"是甲": false}), "fail")]
}

#[test]
fn definitions_parameters_and_county_rules_are_judged_by_the_cases_of_the_rules_they_bear_on() {
    let mutation = mutated(SEVERAL, &several());
    let missed: BTreeSet<String> = missed(&mutation).into_iter().collect();
    let known = [
        "甲 ≥ 最少 → 甲 = 最少",
        "数量(项) = 0 → 数量(项) ≤ 0",
        "数量(项) = 0 或 数量(项) > 0 → 数量(项) = 0",
        "数量(项) > 0 → 数量(项) ≤ 0",
        "数量(项) > 0 → 数量(项) = 0",
        "数量(项) > 0 → 数量(项) ≥ 0",
        "0 → 1",
        "要求 够 → (删去)",
        "要求 数量(项) = 0 或 数量(项) > 0 → (删去)",
        "数量(项) = 0 → 数量(项) ≥ 0",
    ];
    assert_eq!(missed, known.map(str::to_owned).into());
    let of = |name: &str| mutation.by_declaration().into_iter().find(|(found, _)| found == name).expect("a score").1;
    assert_eq!((of("够").noticed, of("够").missed), (2, 1), "≥ is changed in three ways");
    assert_eq!((of("最少").noticed, of("最少").missed), (2, 0));
    assert_eq!((of("全县交表").missed, of("全县交表").noticed > 2), (0, true));
}

#[test]
fn marks_take_what_cannot_be_noticed_out_and_stale_ones_are_named() {
    let mark = |from: &str, to: &str, nth: Option<usize>, reason: &str| {
        let mark = json!({"规则": "别的", "原文": from, "改文": to, "理由": reason});
        match (mark, nth) {
            (Value::Object(mut mark), Some(nth)) => {
                mark.insert("处".into(), json!(nth));
                Value::Object(mark)
            }
            (mark, _) => mark,
        }
    };
    let marks = [
        (mark("数量(项) = 0", "数量(项)  ≤ 0", None, "数量不小于 0"), None),
        (mark("数量(项) = 0", "数量(项) ≤ 0", None, "又一次"), Some("标了两次")),
        (mark("0", "1", None, "哪一个 0"), Some("请用 `处` 写明")),
        (mark("0", "1", Some(2), "两个条件合起来总是成立"), None),
        (mark("数量(项) = 0", "数量(项) ≠ 0", None, "不对"), Some("有案例发现了它")),
        (mark("数量(项) = 1", "数量(项) ≤ 1", None, "改过"), Some("没有这个变异")),
        (mark("数量(项) > 0", "数量(项) ≥ 0", None, " "), Some("没有写理由")),
    ];
    let mut files = files(SEVERAL, &several());
    let written: Vec<&Value> = marks.iter().map(|(mark, _)| mark).collect();
    files.0.insert("cases/equivalent.json".into(), json!(written).to_string().into_bytes());
    let mutation = run(&files, 1, &|_, _| ()).expect("a run");
    let stale: Vec<&str> = mutation.stale.iter().map(|words| words.zh.as_str()).collect();
    let named: Vec<&str> = marks.iter().filter_map(|(_, stale)| *stale).collect();
    assert_eq!(stale.len(), named.len(), "{stale:?}");
    for (words, part) in stale.iter().zip(named) {
        assert!(words.contains(part), "{words} lacks {part}");
    }
    let reasons = mutation.mutants.iter().filter(|mutant| matches!(mutant.fate, Fate::Equivalent(_)));
    assert_eq!((reasons.count(), mutation.score().equivalent), (2, 2));
}

#[test]
fn a_pack_that_does_not_compile_or_whose_cases_do_not_hold_is_not_mutated() {
    let words = |rules: &str, cases: &[Value]| run(&files(rules, cases), 1, &|_, _| ()).expect_err("no run").text().zh;
    assert!(words("规则 规矩 { 要求 且 }", &[]).contains("编译不过"));
    assert!(words("规则 规矩 { 要求 丙 }", &[]).contains("编译不过"));
    assert!(words("规则 规矩 { 要求 是甲 }", &[case("{}", "fail")]).contains("期望不符合,实际符合"));
    assert!(words("规则 规矩 { 要求 是甲 }", &[json!({"说明": "没有今天"})]).contains("今天"));
}

#[test]
fn evidence_notices_what_the_status_does_not() {
    let rules = "规则 规矩 { 要求 每个 项 满足 有 期限 且 有 销号 }";
    let gone = r#"[{"op": "remove", "path": "/项/0/期限"}, {"op": "remove", "path": "/项/0/销号"}]"#;
    let part = "有 期限 且 有 销号 → 有 销号".to_owned();
    let mut fails = case(gone, "fail");
    assert!(missed(&mutated(rules, &[case("{}", "pass"), fails.clone()])).contains(&part));
    if let Some(object) = fails.as_object_mut() {
        object.insert("证据".into(), json!({"规矩": ["/项/0/期限"]}));
    }
    assert!(!missed(&mutated(rules, &[case("{}", "pass"), fails])).contains(&part));
}

#[test]
fn the_score_is_told_in_words_and_as_an_object() {
    let mutation = mutated(
        "规则 规矩 { 要求 甲 ≥ 乙 且 有 备注 }",
        &[case("{}", "fail"), case(r#"{"备注": "有", "甲": 9}"#, "pass")],
    );
    let score = mutation.score();
    assert_eq!((score.noticed, score.missed, score.uncompiled), (5, 2, 0));
    let told = text::text(&mutation, Lang::Zh);
    assert!(told.contains("✖ pack.bulou:11 规矩 [运算符] `甲 ≥ 乙` → `甲 > 乙`"), "{told}");
    assert!(told.contains("71.4 %:变异发现 5 个,没有发现 2 个"), "{told}");
    let object = text::json(&mutation, Lang::En);
    assert_eq!(object.pointer("/score"), Some(&json!(71.4)));
    assert_eq!(object.pointer("/by_kind/operator/noticed"), Some(&json!(2)));
    assert_eq!(object.pointer("/mutants/0/line"), Some(&json!(11)));
    assert_eq!(object.pointer("/mutants/0/fate"), Some(&json!("missed")));
}

#[test]
fn english_rules_are_told_in_english() {
    let mutation = mutated("rule r { requires 是甲 and every 项 satisfies has 销号 }", &[]);
    let missed = missed(&mutation);
    for mutant in
        ["是甲 → not 是甲", "every 项 satisfies has 销号 → exists 项 satisfies has 销号", "has 销号 → lacks 销号"]
    {
        assert!(missed.iter().any(|found| found == mutant), "{mutant} is not among {missed:?}");
    }
}

/// Whatever bounds a document, and a parameter.
const BOUNDED: &str = r#"规则集 small "小" { 版本 1 }
参数 最少: 整数 = 5 范围 1 至 9
记录 项 { 编号: 文本 唯一 数: 整数 范围 0 至 9 期限: 日期? 计划 措施: 文本 可填 无 }
数据 学校 {
  标识 号
  号: 文本 格式 学校标识码
  起日: 日期 已发生 范围 2022-01-01 至 今天
  项: [项] 至少 1 项
  约束 数量(项) 不超过 最少 不符 "多了"
}
规则 规矩 { 要求 有 号 }
"#;

/// A case about a sound document, or about what is wrong with it.
fn of_document(change: &str, faults: &[&str]) -> Value {
    let data = json!({"号": "2141000345", "起日": "2022-01-01", "项": [
        {"编号": "A", "数": 0, "期限": "2023-01-01", "措施": "无"}, {"编号": "B", "数": 9, "措施": "换"}]});
    let change = changing(change);
    unchanged(json!({"说明": "文件", "今天": "2022-03-31", "数据": data, "修改": change, "结构": faults}))
}

fn bounded(cases: &[Value]) -> Mutation {
    let pass = json!({"说明": "文件", "今天": "2022-03-31", "数据": {"号": "2141000345"}, "期望": {"规矩": "pass"}});
    let cases: Vec<Value> = cases.iter().cloned().chain([pass]).collect();
    let files = [("pack.bulou", BOUNDED.to_owned()), ("cases/all.json", json!(cases).to_string())];
    let files = Files(files.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect());
    run(&files, 2, &|_, _| ()).expect("a pack whose cases hold")
}

#[test]
fn what_bounds_documents_and_parameters_is_changed_too() {
    let none = missed(&bounded(&[]));
    let all = [
        "最少 范围 1 至 9 → 范围 0 至 9",
        "编号 唯一 → (删去)",
        "数 范围 0 至 9 → 数 范围 1 至 9",
        "数 范围 0 至 9 → 数 范围 -1 至 9",
        "数 范围 0 至 9 → 数 范围 0 至 8",
        "数 范围 0 至 9 → 数 范围 0 至 10",
        "数 范围 0 至 9 → (删去)",
        "期限 计划 → 期限 已发生",
        "措施 可填 无 → (删去)",
        "号 格式 学校标识码 → (删去)",
        "起日 已发生 → 起日 计划",
        "起日 范围 2022-01-01 至 今天 → 起日 范围 2022-01-02 至 今天",
        "起日 范围 2022-01-01 至 今天 → 起日 范围 2021-12-31 至 今天",
        "起日 范围 2022-01-01 至 今天 → (删去)",
        "项 至少 1 项 → 项 至少 0 项",
        "项 至少 1 项 → 项 至少 2 项",
        "约束 数量(项) ≤ 最少 → (删去)",
        "数量(项) ≤ 最少 → 数量(项) < 最少",
        "数量(项) ≤ 最少 → 数量(项) > 最少",
        "数量(项) ≤ 最少 → 数量(项) = 最少",
        "5 → 4",
        "5 → 6",
    ];
    let absent: Vec<&&str> =
        all.iter().filter(|mutant| !none.contains(&mutant.trim_start_matches("最少 ").to_owned())).collect();
    assert_eq!(absent, Vec::<&&str>::new(), "not among {none:#?}");

    let item = |name: &str| json!({"编号": name, "数": 1, "措施": "换"});
    let items =
        |count: usize| json!({"项": (0..count).map(|at| item(&at.to_string())).collect::<Vec<_>>()}).to_string();
    let set = |value: &str, more: Value| {
        let mut case = json!({"说明": "参数", "今天": "2022-03-31", "参数": {"最少": value}});
        if let (Some(case), Value::Object(more)) = (case.as_object_mut(), more) {
            case.extend(more);
        }
        case
    };
    let alone = json!({"号": "2141000345", "起日": "2022-01-01", "项": [item("A")]});
    let far =
        r#"[{"op": "replace", "path": "/项/0/数", "value": -1}, {"op": "replace", "path": "/项/1/数", "value": 10}]"#;
    let cases = [
        of_document("{}", &[]),
        of_document(&items(1), &[]),
        of_document(&items(5), &[]),
        of_document(&items(6), &["D033 /项"]),
        of_document(r#"{"项": []}"#, &["D032 /项"]),
        of_document(far, &["D008 /项/0/数", "D008 /项/1/数"]),
        of_document(r#"{"起日": "2022-04-01"}"#, &["D025 /起日"]),
        of_document(r#"{"起日": "2021-12-31"}"#, &["D026 /起日"]),
        of_document(r#"{"号": "214"}"#, &["D010 /号"]),
        of_document(r#"[{"op": "replace", "path": "/项/1/编号", "value": "A"}]"#, &["D011 /项/1/编号"]),
        set("1", json!({"数据": alone.clone(), "结构": []})),
        set("9", json!({"数据": alone, "结构": []})),
        set("0", json!({"拒绝": ["最少"]})),
        set("10", json!({"拒绝": ["最少"]})),
    ];
    assert_eq!(missed(&bounded(&cases)), Vec::<String>::new());
}

#[test]
fn a_case_that_says_too_much_or_of_another_place_does_not_hold() {
    let wrong = |case: Value| {
        let files = Files(
            [("pack.bulou", BOUNDED.to_owned()), ("cases/all.json", json!([case]).to_string())]
                .map(|(name, text)| (name.to_owned(), text.into_bytes()))
                .into(),
        );
        let rules = bulou_pack::load(&files).rules.expect("a pack");
        let results = bulou_pack::cases::run(&rules, &files);
        let mismatches = results.cases.iter().flat_map(|case| case.mismatches.words());
        mismatches.map(|words| words.zh.clone()).collect::<Vec<_>>()
    };
    let low = r#"[{"op": "replace", "path": "/项/0/数", "value": -1}]"#;
    assert_eq!(wrong(of_document(low, &["D008 /项/0/数"])), Vec::<String>::new());
    assert_eq!(wrong(of_document(low, &["D008"])), Vec::<String>::new());
    let elsewhere = wrong(of_document(low, &["D008 /项/1/数"]));
    assert!(
        elsewhere.len() == 2 && elsewhere.iter().any(|words| words.contains("没有 D008 /项/1/数")),
        "{elsewhere:?}"
    );
    assert_eq!(wrong(of_document(low, &[])).len(), 1, "an empty list says that nothing is wrong");
    let blank = r#"[{"op": "remove", "path": "/项/0/数"}]"#;
    assert!(wrong(of_document(blank, &[]))[0].contains("D031 /项/0/数"), "nor is anything blank");
    assert_eq!(wrong(of_document(blank, &["D031"])), Vec::<String>::new());
    let refused = |value: &str, more: Value| {
        wrong(json!({"说明": "参数", "今天": "2022-03-31", "参数": {"最少": value}, "拒绝": ["最少"], "期望": more}))
    };
    assert_eq!(refused("0", json!({})), Vec::<String>::new());
    assert!(refused("3", json!({})).iter().any(|words| words.contains("`3` 没有被拒绝")));
    let misspelt = json!({"说明": "参数", "今天": "2022-03-31", "参数": {"最小": "0"}, "拒绝": ["最小"], "期望": {}});
    assert!(wrong(misspelt).iter().any(|words| words.contains("没有参数 `最小`")));
    assert!(refused("0", json!({"规矩": "pass"})).iter().any(|words| words.contains("分成两个案例")));
}

/// Runs `bulou test --mutate` on a pack in a folder: the exit code, standard output and standard error.
fn program(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let command = Command::new(env!("CARGO_BIN_EXE_bulou")).arg("test").arg(folder).arg("--mutate").args(args).output();
    let output = command.expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("an exit code"), text(output.stdout), text(output.stderr))
}

#[test]
fn exit_codes_tell_too_low_a_score_and_stale_marks() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    };
    let rules = "规则 规矩 { 要求 甲 ≥ 乙 }";
    for (name, bytes) in &files(rules, &[case(r#"{"甲": 6}"#, "pass"), case(r#"{"甲": 4}"#, "fail")]).0 {
        write(name, bytes);
    }
    let (code, out, err) = program(folder.path(), &[]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("66.6 %:变异发现 2 个,没有发现 1 个"), "{out}");
    assert_eq!(program(folder.path(), &["--min-score", "66"]).0, 0);
    assert_eq!(program(folder.path(), &["--min-score", "67"]).0, 1);
    let (_, out, _) = program(folder.path(), &["--format", "json", "--jobs", "1"]);
    let object: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(object.pointer("/counts"), Some(&json!({"noticed": 2, "missed": 1, "equivalent": 0, "uncompiled": 0})));
    let mark = |to: &str| json!([{"规则": "规矩", "原文": "甲 ≥ 乙", "改文": to, "理由": "这里只作测试"}]).to_string();
    write("cases/equivalent.json", mark("甲 > 乙").as_bytes());
    assert_eq!(program(folder.path(), &["--min-score", "100"]).0, 0);
    write("cases/equivalent.json", mark("甲 < 乙").as_bytes());
    let (code, out, _) = program(folder.path(), &[]);
    assert_eq!(code, 1);
    assert!(out.contains("! 等价标记 规矩 `甲 ≥ 乙` → `甲 < 乙`:有案例发现了它"), "{out}");
    write("cases/all.json", json!([case("{}", "fail")]).to_string().as_bytes());
    let (code, out, err) = program(folder.path(), &[]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("案例本身不对"), "{err}");
}
