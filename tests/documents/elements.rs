//! An element of a list that may be none: the same record twice, or what may be the same.

use bulou_ir::RuleSet;
use bulou_report::{Status, Verdict};
use serde_json::{Value, json};

use super::{check, faults, only, pack, rule, status, verdict};

const DATA: &str = "选项 型 { 消防, 地震 }
记录 次 { 日: 日期 已发生 人: 整数 注: 文本? 型: 型 细: [细] }
记录 细 { 名: 文本 }
数据 学校 {
  标识 码
  码: 文本 格式 学校标识码
  演练: [次]
   日子: [日期] 已发生
  名单: [文本]
}
";

fn with(requirement: &str) -> RuleSet {
    pack(&format!("{DATA}{}", rule(requirement)))
}

fn document(changes: Value) -> Value {
    let mut document = json!({"码": "2141000345", "演练": [drill(json!({}))], "日子": ["2022-06-01"], "名单": ["甲"]});
    for (key, value) in changes.as_object().expect("changes") {
        document[key] = value.clone();
    }
    document
}

fn drill(changes: Value) -> Value {
    let mut drill = json!({"日": "2022-06-20", "人": 350, "型": "消防", "细": [{"名": "一"}, {"名": "二"}]});
    for (key, value) in changes.as_object().expect("changes") {
        drill[key] = value.clone();
    }
    drill
}

#[test]
fn the_same_record_twice_is_not_known_to_be_two() {
    let twice = document(json!({"演练": [drill(json!({})), drill(json!({}))]}));
    for (requirement, wanted) in [
        // What one of them decides is decided.
        ("数量(演练) ≥ 1", Status::Pass),
        ("数量(演练) ≥ 2", Status::Undetermined),
        ("数量(演练) ≥ 3", Status::Fail),
        ("数量(演练) ≤ 1", Status::Undetermined),
        ("合计(演练.人) ≥ 350", Status::Pass),
        ("合计(演练[型 = 消防].人) ≥ 700", Status::Undetermined),
        ("合计(演练.人) ≥ 701", Status::Fail),
        ("每个 演练 满足 人 ≥ 350", Status::Pass),
        ("数量(去重(演练.日)) = 1", Status::Pass),
        ("数量(演练.细) ≥ 3", Status::Undetermined),
    ] {
        let rules = with(requirement);
        assert_eq!(faults(&check(&rules, &twice)), [("D036", "/演练/1")], "{requirement}");
        assert_eq!(verdict(&rules, &twice), if wanted == Status::Fail { Verdict::Fail } else { Verdict::Undetermined });
        assert_eq!(status(&rules, &twice), wanted, "{requirement}");
    }
    let rules = with("数量(演练) ≥ 2");
    let report = check(&rules, &twice);
    let finding = &only(&report).findings[0];
    assert!(finding.message.contains("说不准算不算"), "{}", finding.message);
    assert!(finding.paths.iter().any(|path| path == "/演练/1"), "{:?}", finding.paths);
}

#[test]
fn however_it_is_written_the_same_is_the_same() {
    let rules = with("数量(演练) ≥ 2");
    for other in [
        drill(json!({"注": null})),
        drill(json!({"注": " "})),
        drill(json!({"人": 350.0})),
        drill(json!({"型": "消 防"})),
        drill(json!({"细": [{"名": "一 "}, {"名": "二"}]})),
    ] {
        let document = document(json!({"演练": [drill(json!({})), drill(json!({"人": 1})), other]}));
        assert!(faults(&check(&rules, &document)).contains(&("D036", "/演练/2")), "{document}");
    }
    for other in [
        drill(json!({"注": "下午"})),
        drill(json!({"人": 351})),
        drill(json!({"日": "2022-06-21"})),
        drill(json!({"细": [{"名": "二"}, {"名": "一"}]})),
        drill(json!({"细": [{"名": "一"}]})),
    ] {
        let document = document(json!({"演练": [drill(json!({})), other]}));
        assert_eq!(faults(&check(&rules, &document)), [], "{document}");
        assert_eq!(status(&rules, &document), Status::Pass, "{document}");
    }
}

#[test]
fn what_is_not_known_may_be_the_same() {
    for (first, second, requirement, wanted) in [
        (json!({}), json!({"人": null}), "数量(演练) ≥ 2", Status::Undetermined),
        (json!({"人": null}), json!({}), "数量(演练) ≥ 2", Status::Undetermined),
        (json!({"人": null}), json!({"人": "几百"}), "数量(演练) ≥ 2", Status::Undetermined),
        (json!({"人": null}), json!({}), "数量(演练) ≥ 1", Status::Pass),
        (json!({"人": null}), json!({"型": null}), "数量(演练) ≤ 2", Status::Pass),
        (json!({}), json!({"日": "2099-01-01"}), "数量(演练) ≥ 2", Status::Undetermined),
        (json!({}), json!({"细": [{"名": "一"}, {"名": "二"}, {"名": "二"}]}), "数量(演练) ≥ 2", Status::Undetermined),
        (json!({}), json!({"细": [{"名": "一"}, {"名": null}]}), "数量(演练) ≥ 2", Status::Undetermined),
        // What is known of both is not the same.
        (json!({"注": "上午"}), json!({"人": null}), "数量(演练) ≥ 2", Status::Pass),
        (json!({"人": null, "日": "2022-06-01"}), json!({}), "数量(演练) ≥ 2", Status::Pass),
    ] {
        let document = document(json!({"演练": [drill(first), drill(second)]}));
        assert_eq!(status(&with(requirement), &document), wanted, "{requirement} {document}");
        assert!(!faults(&check(&with(requirement), &document)).contains(&("D036", "/演练/1")), "{document}");
    }
    // More than are compared with one another.
    let drills = |count: i32| (0..count).map(|number| drill(json!({"人": number, "日": null}))).collect::<Vec<_>>();
    let rules = with("数量(演练) ≥ 64");
    assert_eq!(status(&rules, &document(json!({"演练": drills(64)}))), Status::Pass);
    assert_eq!(status(&rules, &document(json!({"演练": drills(65)}))), Status::Undetermined);
}

#[test]
fn a_day_or_a_name_may_well_come_twice() {
    let twice = document(json!({"日子": ["2022-06-01", "2022-06-01"], "名单": ["甲", "甲"]}));
    assert_eq!(status(&with("数量(日子) ≥ 2 且 数量(名单) ≥ 2"), &twice), Status::Pass);
}

#[test]
fn a_long_list_is_looked_through_whole() {
    let mut drills: Vec<Value> = (0..600).map(|number| drill(json!({"人": number + 1}))).collect();
    drills.push(drill(json!({"人": 300})));
    let document = document(json!({"演练": drills}));
    let rules = with("数量(演练) ≥ 600");
    assert_eq!(faults(&check(&rules, &document)), [("D036", "/演练/600")]);
    assert_eq!(status(&rules, &document), Status::Pass);
}
