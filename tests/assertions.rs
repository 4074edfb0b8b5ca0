//! 断言: what is refused in one, and what a pack's cases say against it.

#![allow(clippy::expect_used, reason = "a test may fail by panic")]

use bulou_messages::diagnostic::Lang;
use bulou_pack::{Files, cases, load};

const PACK: &str = r#"规则集 a "甲" { 版本 1 施行 2022-01-01 至 2022-12-31 }
来源 文 外部 "文"
数据 学校 {
  标识 号
  号: 文本 人数: 整数 范围 0 至 100 选: 整数? 范围 0 至 9
}
数据 全县 { 日: 日期 已发生 范围 2020-01-01 至 今天 各校: 汇总 学校 名册 名册.号 名册: [校项] }
记录 校项 { 号: 文本 唯一 }
定义 少 = 人数 < 10
规则 够 "够" { 依据 文 要求 人数 ≥ 10 且 (缺 选 或 选 < 9) 不符 "少" 整改 "加" }
规则 县 "县" 范围 全县 { 依据 文 要求 数量(各校) ≥ 1 不符 "没有" 整改 "加" }
"#;

fn files(assertions: &str, cases: &str) -> Files {
    let files = [("a.bulou", format!("{PACK}{assertions}")), ("cases/all.json", cases.to_owned())];
    Files(files.map(|(name, text)| (name.to_owned(), text.into_bytes())).into())
}

/// The codes of errors, and of warnings about assertions.
fn codes(assertions: &str) -> Vec<&'static str> {
    let found = load(&files(assertions, "[]")).diagnostics;
    found.iter().map(|one| one.code.as_str()).filter(|code| code.starts_with('E') || *code == "W101").collect()
}

#[test]
fn what_cannot_be_asserted_is_refused() {
    for (assertions, wrong) in [
        (r#"断言 "少了不行" 若 少 则 规则 够 不符合"#, &[][..]),
        (r#"断言 "少了不行" 若 少 则 规则 够 不符合 或 规则 够 不适用"#, &[]),
        (r#"assert "too few fail" if 少 then rule 够 fail or rule 够 not_applicable"#, &[]),
        (r#"断言 "少了不行" 若 少 则 规则 购 不符合"#, &["E012"]),
        (r#"断言 "少了不行" 若 少 则 规则 够 不合格"#, &["E063"]),
        (r#"断言 "少了不行" 若 少 则 规则 县 不符合"#, &["E063"]),
        (r#"断言 "少了不行" 若 人数 则 规则 够 不符合"#, &["E020"]),
        (r#"断言 "少了不行" 若 选 > 3 则 规则 够 不符合"#, &["E023"]),
        (r#"断言 "少了不行" 若 人 < 3 则 规则 够 不符合"#, &["E012"]),
        (r#"断言 "少了不行" 若 人数 > 200 则 规则 够 不符合"#, &["W101"]),
        ("断言 \"一样\" 若 少 则 规则 够 不符合\n断言 \"一样\" 若 少 则 规则 够 不适用", &["E011"]),
        (r#"断言 "没有结果" 若 少"#, &["E001"]),
    ] {
        assert_eq!(codes(assertions), wrong, "{assertions}");
    }
}

#[test]
fn an_assertion_counts_for_no_field_and_is_in_no_report() {
    let unused = "断言 \"选\" 若 有 选 且 选 > 3 则 规则 够 符合\n";
    let pack = PACK.replace(" 且 (缺 选 或 选 < 9)", "");
    let text = format!("{pack}{unused}").into_bytes();
    let loaded = load(&Files([("a.bulou".to_owned(), text)].into()));
    let of_field = loaded.diagnostics.iter().any(|one| one.code.as_str() == "W103" && one.message.zh.contains('选'));
    assert!(of_field, "{:?}", loaded.diagnostics);
    let rules = loaded.rules.expect("a sound pack");
    assert_eq!((rules.rules.len(), rules.assertions.len(), rules.with_premises().rules.len()), (1, 1, 2));
}

#[test]
fn a_case_that_refutes_an_assertion_fails_the_test() {
    let case = |number: usize, more: &str, expected: &str| {
        format!(
            r#"{{"说明": "{number} 人", "今天": "2022-03-31", "数据": {{"号": "1", "人数": {number}{more}}}, "期望": {{"够": "{expected}"}}}}"#
        )
    };
    // One of them leaves out what is required, and says nothing of complete documents.
    let blank = r#"{"说明": "没有人数", "今天": "2022-03-31", "数据": {"号": "1"}, "期望": {"够": "undetermined"}}"#;
    let all =
        format!("[{}, {}, {}, {blank}]", case(12, "", "pass"), case(12, ", \"选\": 9", "fail"), case(3, "", "fail"));
    let said = |assertion: &str| {
        let files = files(assertion, &all);
        let rules = load(&files).rules.expect("a sound pack");
        let results = cases::run(&rules, &files);
        results.problems.iter().map(|words| words.get(Lang::Zh).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(said(r#"断言 "少了不行" 若 少 则 规则 够 不符合"#), [""; 0]);
    assert_eq!(said(r#"断言 "够了就行" 若 非 少 则 规则 够 符合"#), ["断言「够了就行」不成立:cases/all.json · 12 人"]);
    assert_eq!(said(r#"断言 "够了就行" 若 非 少 则 规则 够 符合 或 规则 够 不符合"#), [""; 0]);
}
