//! What has happened did so before the document was filled in.

use bulou_report::{Status, Verdict};
use serde_json::{Value, json};

use super::{check, faults, pack, rule, verdict};

const DATA: &str = "记录 填报项 { 日期: 日期 \"填报日期\" 已发生 }
记录 检查项 { 日期: 日期 \"检查日期\" 已发生 复查: 日期? 计划 }
记录 密项 { 谈话: 日期? \"谈话日期\" 已发生 敏感 }
数据 学校 {
  日期 填报.日期
  填报: 填报项
  检查: [检查项]
  巡查: [日期] \"巡查日期\" 已发生
  密: 密项?
  安装: 日期? 已发生 范围 2000-01-01 至 今天
  限期: 日期? 范围 2000-01-01 至 今天
}
";

fn document(changes: &[(&str, Value)]) -> Value {
    let mut document =
        json!({"填报": {"日期": "2022-06-20"}, "检查": [{"日期": "2022-06-20"}], "巡查": ["2022-06-20"]});
    for (pointer, value) in changes {
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
        let place = document.pointer_mut(parent).expect("a place");
        match place {
            Value::Array(list) => list.push(value.clone()),
            place => place[key] = value.clone(),
        }
    }
    document
}

#[test]
fn what_happened_after_the_document_was_filled_in_is_a_fault_of_it() {
    let rules = pack(&format!("{DATA}{}", rule("数量(检查) ≥ 1")));
    assert_eq!(verdict(&rules, &document(&[])), Verdict::Pass);
    for (pointer, value, fault, words) in [
        ("/检查/1", json!({"日期": "2022-06-21"}), "/检查/1/日期", "「检查日期」填的 2022-06-21"),
        ("/巡查/1", json!("2022-06-21"), "/巡查/1", "「巡查日期」填的 2022-06-21"),
        ("/密", json!({"谈话": "2022-06-21"}), "/密/谈话", "「谈话日期」填的 …"),
        ("/安装", json!("2022-06-21"), "/安装", "「安装」填的 2022-06-21"),
    ] {
        let report = check(&rules, &document(&[(pointer, value)]));
        assert_eq!(faults(&report), [("D033", fault)]);
        let problem = &report.structure[0];
        let told = format!("数据自相矛盾:{words} 晚于「填报日期」2022-06-20,那天还没有发生");
        assert_eq!((report.verdict, problem.message.as_str()), (Verdict::Undetermined, told.as_str()));
        assert_eq!(report.rules[0].status, Status::Pass, "the rules look at something else");
    }
}

#[test]
fn what_is_planned_may_come_after_it() {
    let rules = pack(&format!("{DATA}{}", rule("数量(检查) ≥ 1")));
    for (pointer, value) in
        [("/检查/1", json!({"日期": "2022-06-19", "复查": "2023-01-01"})), ("/限期", json!("2022-06-21"))]
    {
        assert_eq!(faults(&check(&rules, &document(&[(pointer, value)]))), []);
    }
}

#[test]
fn without_a_day_that_can_be_believed_only_that_is_said() {
    let rules = pack(&format!("{DATA}{}", rule("数量(检查) ≥ 1")));
    for (day, code) in [(json!(null), "D031"), (json!("2099-01-01"), "D025"), (json!("某天"), "D005")] {
        let report = check(&rules, &document(&[("/填报/日期", day), ("/检查/1", json!({"日期": "2022-06-21"}))]));
        assert_eq!(faults(&report), [(code, "/填报/日期")]);
    }
    // A date that is a fault already is told once.
    let report = check(&rules, &document(&[("/检查/1", json!({"日期": "2099-06-21"}))]));
    assert_eq!(faults(&report), [("D025", "/检查/1/日期")]);
}

#[test]
fn as_many_are_listed_as_of_other_faults_and_the_rest_counted() {
    let rules = pack(&format!("{DATA}{}", rule("数量(检查) ≥ 1")));
    let dates: Vec<&str> = vec!["2022-06-21"; 1000];
    let report = check(&rules, &document(&[("/巡查", json!(dates))]));
    let listed = report.structure.iter().filter(|problem| problem.code == "D033").count();
    assert_eq!(listed, bulou_base::limits::STRUCTURE_PROBLEMS);
    assert!(report.structure.iter().any(|problem| problem.message.contains(&(1000 - listed).to_string())));
}
