//! Faults of the engine that the oracle found, each as small as it gets; both evaluators must give the status.

use bulou::report::Status;
use serde_json::{Value, json};

use crate::cases::{Submitted, compile, engine, reference, report};
use crate::reference::Setting;

const DATA: &str = "规则集 oracle \"对照\" { 版本 1 }
记录 项 { 名: 文本 日: 日期 已发生 }
数据 学校 { 完成: 日期 已发生 寄宿: 是否 数表: [整数] 除外: [整数] 项表: [项]? }
定义 项日 = 项表.日
定义 办结 = 完成
";

/// The requirement's status for a document on 2022-06-28.
fn check(requirement: &str, document: Value, expected: Status) {
    let text = format!("{DATA}规则 规 \"规则\" {{ 要求 {requirement} }}\n");
    let pack = compile(text).unwrap_or_else(|code| panic!("{requirement}: {code}"));
    let today = bulou::date::parse("2022-06-28").expect("a date");
    let submitted = Submitted { document, setting: Setting { today, params: Vec::new(), waivers: Vec::new() } };
    let expected = [("规".to_owned(), expected)];
    assert_eq!(engine(&report(&pack.rules, &submitted)).rules, expected, "engine: {requirement}");
    assert_eq!(reference(&pack, &submitted).rules, expected, "reference: {requirement}");
}

/// An element that cannot be read made the whole quantifier unknown, whatever was asked of it.
#[test]
fn a_condition_that_holds_without_the_unknown_element_holds() {
    let document = json!({"寄宿": true, "数表": [1, null]});
    check("每个 数表 记作 x 满足 x > 0 或 寄宿", document.clone(), Status::Pass);
    check("没有 数表 记作 x 满足 x > 3 且 非 寄宿", document.clone(), Status::Pass);
    check("数量(数表 记作 x [x > 3 且 非 寄宿]) = 0", document.clone(), Status::Pass);
    check("每个 数表 记作 x 满足 x > 0", document, Status::Undetermined);
}

/// A blank counted as a further value.
#[test]
fn an_unknown_element_may_be_the_double_of_another() {
    let document = json!({"数表": [1, null]});
    check("数量(去重(数表)) ≥ 2", document.clone(), Status::Undetermined);
    check("存在 去重(数表) 记作 x 满足 x = 1", document, Status::Pass);
    check("存在 去重(数表) 记作 x 满足 x = 1", json!({"数表": [null, 1]}), Status::Pass);
    check("数量(去重(数表)) ≥ 1", json!({"数表": [null]}), Status::Pass);
}

/// A period that an unknown month may leave out was a failure.
#[test]
fn an_unknown_month_may_be_the_one_that_is_left_out() {
    let frequency = "{2022-04-02, 2022-06-02} 每 月 不少于 1 次 自 2022-04-01 除 除外";
    check(frequency, json!({"除外": [7]}), Status::Fail);
    check(frequency, json!({"除外": [7, null]}), Status::Undetermined);
    check(frequency, json!({"除外": [null, 5]}), Status::Pass);
}

/// Only a list named directly was unknown when absent, not one whose elements' dates are named.
#[test]
fn dates_of_an_absent_list_are_unknown() {
    for dates in ["项表.日", "项表[名 = \"甲\"].日", "项日"] {
        check(&format!("{dates} 每 月 不少于 1 次 自 2022-04-01"), json!({}), Status::Undetermined);
        check(&format!("{dates} 每 月 不少于 1 次 自 2022-04-01"), json!({"项表": []}), Status::Fail);
    }
}

/// `2022-6-24` was read as a date.
#[test]
fn a_date_given_for_a_parameter_has_the_one_notation() {
    let text = format!("{DATA}参数 起点: 日期 = 2022-06-24\n规则 规 \"规则\" {{ 要求 今天 ≥ 起点 }}\n");
    let pack = compile(text).unwrap_or_else(|code| panic!("{code}"));
    let today = bulou::date::parse("2022-06-28").expect("a date");
    for (given, fits) in [("2022-06-29", true), ("2022-6-29", false), ("+12022-06-29", false)] {
        let params = vec![("起点".to_owned(), given.to_owned())];
        let options = bulou::eval::Options { params, ..bulou::eval::Options::on(today) };
        assert_eq!(bulou::eval::Checker::new(&pack.rules, &options).is_ok(), fits, "{given}");
    }
}

/// A definition that names a field turned "not done yet" into "cannot be said".
#[test]
fn a_deadline_is_pending_whether_its_field_is_named_by_a_definition_or_not() {
    for done in ["完成", "办结"] {
        check(&format!("{done} 须在 2022-06-30 前"), json!({}), Status::Pending);
        check(&format!("{done} 须在 2022-06-27 前"), json!({}), Status::Fail);
        check(&format!("{done} 须在 2022-06-30 前"), json!({"完成": "2022-02-30"}), Status::Undetermined);
    }
}

/// A number of times beyond 64 bits made the frequency unknown.
#[test]
fn a_number_of_times_is_exact() {
    let frequency = |times: &str| format!("{{2022-04-02}} 每 月 不少于 {times} 自 2022-04-01");
    check(&frequency("(-9223372036854775807 - 2)"), json!({}), Status::Pass);
    check(&frequency("(9223372036854775807 + 1)"), json!({}), Status::Fail);
    check(&frequency("0.5"), json!({}), Status::Fail);
}

/// What has to be filled in and is not excused what it guards.
#[test]
fn a_required_field_that_is_missing_excuses_nothing() {
    let blank = || json!({"数表": [1], "项表": [{}, {"名": " "}]});
    for (excuse, status) in [
        ("若 有 寄宿 则 数量(数表) ≥ 5", Status::Undetermined),
        ("若 缺 寄宿 则 数量(数表) = 1 否则 数量(数表) = 5", Status::Undetermined),
        ("缺 寄宿 或 数量(数表) ≥ 5", Status::Undetermined),
        ("非 (有 寄宿)", Status::Undetermined),
        ("每个 项表[有 名] 满足 名 = \"甲\"", Status::Undetermined),
        ("没有 项表 满足 有 名", Status::Undetermined),
        ("数量(项表[缺 名]) = 2", Status::Undetermined),
        ("若 有 寄宿 则 数量(数表) = 1", Status::Pass),
        // As what is required, it is not there.
        ("有 寄宿", Status::Fail),
        ("数量(数表) = 1 且 有 寄宿", Status::Fail),
        ("若 数量(数表) = 1 则 有 寄宿", Status::Fail),
        ("每个 项表 满足 有 名", Status::Fail),
        ("存在 项表 满足 有 名", Status::Fail),
        ("有 除外", Status::Fail),
        ("有 数表", Status::Pass),
    ] {
        check(excuse, blank(), status);
    }
}
