//! `约束`: what must hold within each record, whatever the rules say.

use bulou_report::{Status, Verdict};
use serde_json::{Value, json};

use super::{check, faults, pack, packs_support, rule, verdict};

const DATA: &str = "记录 设备 {
  名: 文本
  数量: 整数 范围 0 至 100
  完好: 整数? 范围 0 至 100
  约束 缺 完好 或 完好 不超过 数量 不符 \"{名}共 {数量},完好 {完好}\"
}
记录 组 { 一: 设备 二: 设备? 约束 一.数量 ≥ 1 不符 \"一是空的\" }
数据 学校 {
  组: 组
  表: [设备]
  起日: 日期 已发生
  止日: 日期? 计划
  约束 若 有 止日 则 止日 ≥ 起日 不符 \"{止日} 早于 {起日}\"
}
";

fn document(changes: &[(&str, Value)]) -> Value {
    let one = json!({"名": "灯", "数量": 3, "完好": 3});
    let other = json!({"名": "灯", "数量": 3, "完好": 2});
    let mut document = json!({"组": {"一": one}, "表": [other, one], "起日": "2022-06-01"});
    for (pointer, value) in changes {
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
        document.pointer_mut(parent).expect("a place")[key] = value.clone();
    }
    document
}

#[test]
fn a_record_that_contradicts_itself_is_a_fault_wherever_it_stands() {
    let rules = pack(&format!("{DATA}{}", rule("数量(表) ≥ 1")));
    assert_eq!(verdict(&rules, &document(&[])), Verdict::Pass);
    for (pointer, value, fault, words) in [
        ("/表/1/完好", json!(4), "/表/1/完好", "数据自相矛盾:灯共 3,完好 4"),
        ("/组/一/完好", json!(4), "/组/一/完好", "数据自相矛盾:灯共 3,完好 4"),
        ("/组/二", json!({"名": "锁", "数量": 1, "完好": 2}), "/组/二/完好", "数据自相矛盾:锁共 1,完好 2"),
        ("/止日", json!("2022-05-31"), "/止日", "数据自相矛盾:2022-05-31 早于 2022-06-01"),
    ] {
        let report = check(&rules, &document(&[(pointer, value)]));
        assert_eq!(faults(&report), [("D033", fault)]);
        let problem = &report.structure[0];
        assert_eq!((report.verdict, problem.message.as_str()), (Verdict::Undetermined, words));
        assert_eq!(report.rules[0].status, Status::Pass, "the rules look at something else");
    }
    let report = check(&rules, &document(&[("/组/一/数量", json!(0)), ("/组/一/完好", json!(0))]));
    assert_eq!(faults(&report), [("D033", "/组/一/数量")]);
}

#[test]
fn a_breach_has_its_line() {
    let rules = pack(&format!("{DATA}{}", rule("数量(表) ≥ 1")));
    let text = format!("{:#}", document(&[("/表/1/完好", json!(4))]));
    let (before, _) = text.split_once("\"完好\": 4").expect("the breach");
    let line = 1 + before.matches('\n').count();
    let mut checker = bulou_eval::Checker::new(&rules, &super::options()).expect("options");
    assert_eq!(checker.check("a.json", text.as_bytes()).structure[0].line, line);
}

#[test]
fn of_what_is_not_known_only_the_blank_is_said() {
    let rules = pack(&format!("{DATA}{}", rule("数量(表) ≥ 1")));
    for (pointer, value, code) in
        [("/表/0/数量", json!(null), "D031"), ("/表/0/数量", json!("很多"), "D003"), ("/表/0/完好", json!(101), "D008")]
    {
        let report = check(&rules, &document(&[(pointer, value)]));
        assert_eq!(faults(&report), [(code, pointer)]);
    }
    assert_eq!(faults(&check(&rules, &document(&[("/表/0/完好", json!(null))]))), []);
}

#[test]
fn of_a_breach_beside_a_blank_the_breach_is_said() {
    let data = "记录 设备 { 名: 文本 数量: 整数 范围 0 至 100 }
数据 学校 { 表: [设备] 约束 每个 表 满足 数量 ≥ 1 不符 \"有一样是空的\" }
";
    let rules = pack(&format!("{data}{}", rule("数量(表) ≥ 1")));
    let document = json!({"表": [{"名": "灯", "数量": null}, {"名": "锁", "数量": 0}]});
    let report = check(&rules, &document);
    assert_eq!(faults(&report), [("D031", "/表/0/数量"), ("D033", "/表/1/数量")]);
    assert_eq!(report.structure[1].message, "数据自相矛盾:有一样是空的");
}

#[test]
fn more_breaches_than_are_listed_are_counted() {
    let rules = pack(&format!("{DATA}{}", rule("数量(表) ≥ 1")));
    let wrong = json!({"名": "灯", "数量": 1, "完好": 2});
    let report = check(&rules, &document(&[("/表", json!(vec![wrong; 1500]))]));
    let listed = report.structure.iter().filter(|one| one.code == "D033").count();
    assert_eq!(listed, 1000);
    assert!(report.structure.iter().any(|one| one.code == "D021" && one.message.contains("500")));
}

#[test]
fn a_sensitive_value_does_not_say_which_record_it_contradicts() {
    let data = "记录 人 { 号: 文本 甲: 整数 范围 0 至 9 敏感 乙: 整数 范围 0 至 9 约束 甲 ≤ 乙 不符 \"甲大于乙\" }\n数据 学校 { 表: [人] }\n";
    let rules = pack(&format!("{data}{}", rule("数量(表) ≥ 1")));
    let person = |number: usize, first: usize| json!({"号": number.to_string(), "甲": first, "乙": 5});
    let of = |first: usize, second: usize| json!({"表": [person(1, first), person(2, second)]});
    let said = |document: &Value| serde_json::to_string(&check(&rules, document).structure).expect("JSON");
    assert_eq!(faults(&check(&rules, &of(6, 1))), [("D033", "/表")]);
    assert_eq!(said(&of(6, 1)), said(&of(1, 9)));
    assert_eq!(said(&of(6, 7)), said(&of(1, 9)));
}

#[test]
fn the_constraints_of_the_campus_pack_each_find_their_breach() {
    let rules = packs_support::rules();
    let sample: Value = serde_json::from_str(&packs_support::sample("南街小学.json")).expect("JSON");
    assert_eq!(faults(&check(&rules, &sample)), []);
    for (changes, fault) in [
        (vec![("/学校/寄宿生数", json!(900)), ("/学校/寄宿", json!(true))], "/学校/寄宿生数"),
        (vec![("/学校/寄宿生数", json!(3))], "/学校/寄宿"),
        (vec![("/纠纷/0/化解日期", json!("2022-06-01"))], "/纠纷/0/化解日期"),
        (vec![("/保卫/持证保安数", json!(3))], "/保卫/持证保安数"),
        (vec![("/保卫/超龄保安数", json!(3))], "/保卫/超龄保安数"),
        (vec![("/门卫登记/止", json!("2022-05-01"))], "/门卫登记/起"),
        (vec![("/技防/完好数", json!(25))], "/技防/完好数"),
        (vec![("/技防/红外/1/完好数", json!(2))], "/技防/红外/1/完好数"),
        (vec![("/踩踏防范/值守楼梯口数", json!(5))], "/踩踏防范/值守楼梯口数"),
        (vec![("/隐患/0/销号日期", json!("2022-06-01"))], "/隐患/0/销号日期"),
        (vec![("/隐患/1/整改期限", json!("2022-06-01"))], "/隐患/1/整改期限"),
        (vec![("/教育培训/0/实到", json!(813))], "/教育培训/0/实到"),
        (vec![("/教育培训/0/补训", json!(813))], "/教育培训/0/实到"),
        (vec![("/摸底排查/完成日期", json!("2022-06-01"))], "/摸底排查/完成日期"),
    ] {
        let mut document = sample.clone();
        for (pointer, value) in &changes {
            *document.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value.clone();
        }
        let report = check(&rules, &document);
        assert_eq!(faults(&report), [("D033", fault)], "{changes:?}");
        assert!(report.verdict >= Verdict::Undetermined, "{changes:?}");
    }
}

#[test]
fn a_constraint_that_nobody_can_judge_is_told_where_nothing_is_blank() {
    let data = "记录 小 { 甲: 整数 范围 0 至 9  乙: 整数 范围 0 至 9  约束 甲 / 乙 ≤ 3 不符 \"比太大\"  约束 甲 / 乙 ≥ 0 不符 \"比太小\" }
数据 学校 {
  列: [小]  一: 小?  始: 日期 计划  终: 日期 计划
  约束 终 ≤ 始 + 3个工作日 不符 \"太晚\"
  约束 每个 列 满足 (10 / 乙) ≤ 10 不符 \"太大\"
}
";
    let rules = pack(&format!("{data}{}", rule("数量(列) ≥ 1")));
    let of = |changes: &[(&str, Value)]| {
        let mut document = json!({"列": [{"甲": 3, "乙": 1}], "始": "2022-06-06", "终": "2022-06-07"});
        for (pointer, value) in changes {
            let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
            document.pointer_mut(parent).expect("a place")[key] = value.clone();
        }
        check(&rules, &document)
    };
    assert_eq!(of(&[("/一", json!({"甲": 1, "乙": 0}))]).verdict, Verdict::Undetermined);
    let codes = |report: &bulou_report::Report<'_>| -> Vec<&str> {
        report.structure.iter().map(|one| one.code.as_str()).collect()
    };
    assert_eq!(codes(&of(&[])), [""; 0]);
    // One quotient that cannot be worked out is said once, whatever is asked of it.
    assert_eq!(codes(&of(&[("/列/0/乙", json!(0))])), ["D035", "D035"]);
    assert_eq!(codes(&of(&[("/一", json!({"甲": 1, "乙": 0}))])), ["D035"]);
    // Where something is missing, that alone is said.
    assert_eq!(codes(&of(&[("/列/0/乙", json!(null)), ("/始", json!(""))])), ["D031", "D031"]);
    assert_eq!(codes(&of(&[("/列/0/乙", json!("a")), ("/始", json!("x"))])), ["D003", "D005"]);
}
