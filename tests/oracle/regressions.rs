//! Faults of the engine, each as small as it gets; both evaluators must give the status.

use bulou_report::Status;
use serde_json::{Value, json};

use crate::cases::{Submitted, compile, engine, reference, report};
use crate::generate::model::{Kind, Scalar};
use crate::generate::twice::twice;
use crate::reference::Setting;

const DATA: &str = "规则集 oracle \"对照\" { 版本 1 }
记录 项 { 名: 文本 日: 日期 已发生 }
数据 学校 { 完成: 日期 已发生 寄宿: 是否 数表: [整数] 除外: [整数] 项表: [项]? }
定义 项日 = 项表.日
定义 办结 = 完成
";

/// The requirement's status for a document on 2022-06-28.
fn check(requirement: &str, document: Value, expected: Status) {
    check_with(DATA, requirement, document, expected);
}

/// The same with these declarations.
fn check_with(data: &str, requirement: &str, mut document: Value, expected: Status) {
    // A file with nothing in it would be no document.
    document["规则集"] = json!("oracle");
    let text = format!("{data}规则 规 \"规则\" {{ 要求 {requirement} }}\n");
    let pack = compile(text).unwrap_or_else(|code| panic!("{requirement}: {code}"));
    let today = bulou_base::date::parse("2022-06-28").expect("a date");
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
    let today = bulou_base::date::parse("2022-06-28").expect("a date");
    for (given, fits) in [("2022-06-29", true), ("2022-6-29", false), ("+12022-06-29", false)] {
        let params = vec![("起点".to_owned(), given.to_owned())];
        let options = bulou_eval::Options { params, ..bulou_eval::Options::on(today) };
        assert_eq!(bulou_eval::Checker::new(&pack.rules, &options).is_ok(), fits, "{given}");
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

/// One blank made a count, a sum or a comparison unknown, however little hung on it.
#[test]
fn what_is_not_known_is_bounded() {
    let document = || json!({"数表": [1, null, 4], "项表": [{"名": "甲", "日": "2022-06-20"}, {"日": "2022-05-01"}, {"名": "乙", "日": "2022-05-02"}]});
    for (bounded, status) in [
        ("数量(项表[名 = \"甲\"]) ≥ 1", Status::Pass),
        ("数量(项表[名 = \"甲\"]) > 2", Status::Fail),
        ("数量(项表[名 = \"甲\"]) = 1", Status::Undetermined),
        ("最晚(项表.日) 缺省 2022-01-01 ≥ 2022-06-01", Status::Pass),
        ("最早(项表.日) 缺省 2022-01-01 ≤ 2022-05-01", Status::Pass),
        ("数量(项表[名 ≠ \"甲\"]) 在 1 至 2 之间", Status::Pass),
        ("数量(项表) / 2 + 1 > 数量(项表[名 = \"甲\"])", Status::Pass),
        ("(占比(项表, 名 = \"甲\") 缺省 0) ≥ 30%", Status::Pass),
        ("若 有 最大(数表) 则 最大(数表) ≥ 4", Status::Pass),
        ("有 最大(项表[名 = \"丙\"].日)", Status::Undetermined),
        ("存在 项表 满足 名 = \"甲\"", Status::Pass),
        ("(若 寄宿 则 3 否则 4) ≥ 2", Status::Pass),
        ("(若 寄宿 则 3 否则 4) ≥ 4", Status::Undetermined),
        ("若 寄宿 则 数量(数表) = 3 否则 数量(数表) > 2", Status::Pass),
        ("除外 包含 7", Status::Undetermined),
        ("完成 属于 项表[否].日", Status::Fail),
        ("完成 ≤ 2199-12-31", Status::Pass),
    ] {
        check(bounded, document(), status);
    }
    // The third may be the second.
    let same = || json!({"项表": [{"名": "甲", "日": "2022-06-20"}, {"日": "2022-05-01"}, {"名": "乙"}]});
    for bounded in [
        "最晚(项表.日) 缺省 2022-01-01 ≤ 2022-06-20",
        "数量(项表) / 2 + 1 > 数量(项表[名 = \"甲\"])",
        "(占比(项表, 名 = \"甲\") 缺省 0) ≥ 30%",
    ] {
        check(bounded, same(), Status::Undetermined);
    }
}

/// A field lies within its 范围, what is made of it within what follows from that; unless something could overflow.
#[test]
fn a_field_that_is_missing_lies_within_its_range() {
    let data = DATA.replace(
        "完成: 日期 已发生 ",
        "完成: 日期 已发生 一: 整数 范围 0 至 10 二: 小数 范围 1 至 2 三: 整数 四: 小数 ",
    );
    let document = || json!({"数表": [3, 4]});
    for (bounded, status) in [
        ("一 ≥ 0", Status::Pass),
        ("一 ≥ 11", Status::Fail),
        ("一 > 9", Status::Undetermined),
        ("一 + 合计(数表) 在 7 至 17 之间", Status::Pass),
        ("-一 * 二 ≥ -20", Status::Pass),
        ("(一 - 5) * (一 - 5) ≥ -25", Status::Pass),
        ("一 / 2 ≤ 5", Status::Pass),
        ("10 / 二 ≤ 10", Status::Undetermined),
        ("一 / 一 ≥ 0", Status::Undetermined),
        ("(一 + 1) 整除 4 ≤ 2", Status::Pass),
        ("三 ≤ 9223372036854775807", Status::Pass),
        ("四 * 四 * 四 + 1 > 四 * 四 * 四", Status::Undetermined),
        ("二 * 二 * 二 ≥ 0", Status::Undetermined),
        ("二 * 二 ≥ 1", Status::Pass),
        ("合计({一, 2, 三 - 三}) * 0 = 0", Status::Pass),
    ] {
        check_with(&data, bounded, document(), status);
    }
}

/// One row's answer was not known where another row's input was not.
#[test]
fn a_row_of_a_table_depends_on_no_input_that_may_be_anything() {
    let table = "表 应配(人数: 整数, 寄宿: 是否) -> 整数 {
  | 人数 | 寄宿 | 结果 |
  | 不满 100 | 否 | 1 |
  | 100 至 999 | 否 | 1 |
  | 不少于 1000 | 否 | 2 + 人数 整除 1000 |
  | 任意 | 是 | 4 |
}
";
    let data =
        format!("{}{table}", DATA.replace("完成: 日期 已发生 ", "完成: 日期 已发生 一: 整数 范围 0 至 900 二: 整数 "));
    for (document, required, status) in [
        (json!({"寄宿": true}), "应配(二, 寄宿) = 4", Status::Pass),
        (json!({"寄宿": false}), "应配(二, 寄宿) ≥ 1", Status::Pass),
        (json!({"寄宿": false}), "应配(二, 寄宿) = 4", Status::Undetermined),
        (json!({"寄宿": false}), "应配(一, 寄宿) = 1", Status::Pass),
        (json!({}), "应配(一, 寄宿) ≤ 4", Status::Pass),
        (json!({}), "应配(一, 寄宿) ≥ 2", Status::Undetermined),
        (json!({"二": 2000}), "应配(二, 寄宿) = 4", Status::Pass),
    ] {
        check_with(&data, required, document, status);
    }
}

/// One element that could not be read made it unknown whether three were left out.
#[test]
fn an_element_that_cannot_be_read_is_one() {
    let document = || json!({"数表": [1, null], "除外": [null, 2]});
    for (covered, status) in [
        ("数表 不漏 {1}", Status::Pass),
        ("数表 不漏 {1, 2}", Status::Undetermined),
        ("数表 不漏 {1, 2, 2}", Status::Undetermined),
        ("数表 不漏 {1, 2, 3}", Status::Fail),
        ("数表 不漏 除外", Status::Undetermined),
        ("{} 不漏 除外", Status::Fail),
        ("{2022-04-02} 每 月 不少于 1 次 自 2022-05-01", Status::Fail),
    ] {
        check(covered, document(), status);
    }
    let dates = |dates: Value| json!({"项表": dates});
    let twice = "项表.日 每 月 不少于 2 次 自 2022-05-01";
    check(twice, dates(json!([{"日": "2022-05-03"}, {}])), Status::Undetermined);
    check(twice, dates(json!([{}])), Status::Fail);
}

const WORKING: &str = "规则集 oracle \"对照\" { 版本 1 }
日历 历 \"calendar.json\"
数据 学校 { 完成: 日期 已发生 别日: 日期 范围 2022-01-01 至 2022-06-28 寄宿: 是否 名: 文本? 敏感 }
";

/// A day that is counted in working days was unknown beside one that is not known.
#[test]
fn a_day_some_working_days_later_is_known() {
    let astray = || json!({"完成": "2022-06-27", "别日": "2022-07-29"});
    for (required, status) in [
        ("有 最晚({别日, 完成 + 1个工作日}) 且 最晚({别日, 完成 + 1个工作日}) > 完成", Status::Pass),
        ("有 最晚({别日, 完成 + 1个工作日}) 且 最晚({别日, 完成 + 1个工作日}) < 完成", Status::Fail),
        ("(若 寄宿 则 完成 否则 完成 + 1个工作日) ≥ 完成", Status::Pass),
        ("(若 寄宿 则 完成 否则 完成 + 1个工作日) > 完成", Status::Undetermined),
        ("有 最晚({完成, 别日 + 1个工作日}) 且 最晚({完成, 别日 + 1个工作日}) ≥ 完成", Status::Undetermined),
    ] {
        check_with(WORKING, required, astray(), status);
    }
}

/// Whether a secret is there shows beside a key that is no field as little as elsewhere.
#[test]
fn a_secret_beside_an_unknown_key_is_open() {
    for document in [json!({"寄宿": false, "名": "甲", "多余": 1}), json!({"寄宿": false, "多余": 1})] {
        check_with(WORKING, "缺 名 或 寄宿", document, Status::Undetermined);
    }
}

/// A record in which nothing can be read counted as known to lack what it may leave out.
#[test]
fn of_a_record_in_which_nothing_can_be_read_nothing_is_known() {
    let data = "规则集 oracle \"对照\" { 版本 1 }
记录 组 { 日: 日期 已发生 数: 整数 注: 文本? 密: 文本? 敏感 }
数据 学校 { 甲: 组 乙: 组? 寄宿: 是否 }
";
    let check = |record: Value, required: [&str; 2], status: [Status; 2]| {
        for (required, status) in required.into_iter().zip(status) {
            check_with(data, required, json!({"寄宿": false, "甲": record.clone(), "乙": record}), status);
        }
    };
    let (unknown, known) = ([Status::Undetermined; 2], [Status::Pass; 2]);
    let doubled = |value: Value| twice(&Kind::Scalar(Scalar::Whole), &value, &value);
    for unread in [
        json!({"日": "2022-02-30"}),
        json!({"日": "2022-06-29"}),
        json!({"数": {"多": 1}}),
        json!({"数": doubled(json!(1))}),
        json!({"数": twice(&Kind::Scalar(Scalar::Whole), &json!(1), &json!(null))}),
        json!({"日": doubled(json!("2022-06-01")), "密": "甲"}),
        json!({"日": 7, "密": "甲"}),
        json!({}),
    ] {
        check(unread, ["缺 甲.注 或 寄宿", "有 乙 或 寄宿"], unknown);
    }
    for read in [json!({"日": "2022-02-30", "数": 3}), json!({"数": 3}), json!({"日": doubled(json!(7)), "数": 3})]
    {
        check(read, ["缺 甲.注 或 寄宿", "有 乙 或 寄宿"], known);
    }
}
