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
fn which_element_says_the_same_is_told_unless_that_tells_of_a_secret() {
    let said = |data: &str, drill: &Value| {
        let rules = pack(&format!("{data}{}", rule("数量(演练) ≥ 1")));
        let report = check(&rules, &document(json!({"演练": [drill, drill]})));
        assert_eq!(faults(&report), [("D036", "/演练/1")], "{data}");
        report.structure.iter().find(|one| one.code == "D036").map(|one| one.message.clone()).expect("the problem")
    };
    let plain = drill(json!({}));
    assert!(said(DATA, &plain).contains("第 1 项"));
    let within = drill(json!({"谁": {"名": "甲"}}));
    let named = DATA.replace("注: 文本?", "注: 文本? 谁: 谁项") + "记录 谁项 { 名: 文本 }\n";
    assert!(said(&named, &within).contains("第 1 项"));
    for (data, drill) in [
        (DATA.replace("人: 整数", "人: 整数 敏感"), &plain),
        (DATA.replace("演练: [次]", "演练: [次] 敏感"), &plain),
        (named.replace("谁项 { 名: 文本 }", "谁项 { 名: 文本 敏感 }"), &within),
        (DATA.replace("细 { 名: 文本 }", "细 { 名: 文本 敏感 }"), &plain),
        (named.replace("谁: 谁项", "谁: 谁项 敏感"), &within),
    ] {
        let said = said(&data, drill);
        assert!(!said.contains("第 1 项"), "{data}: {said}");
    }
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
        // The one that says less may be the other, in whichever order they stand.
        (json!({"人": null, "型": null}), json!({"人": null}), "存在 演练 满足 型 = 消防", Status::Pass),
        (json!({"人": null}), json!({"人": null, "型": null}), "存在 演练 满足 型 = 消防", Status::Pass),
        // What is known of both is not the same.
        (json!({"注": "上午"}), json!({"人": null}), "数量(演练) ≥ 2", Status::Pass),
        (json!({"人": null, "日": "2022-06-01"}), json!({}), "数量(演练) ≥ 2", Status::Pass),
        (json!({"人": null, "细": [{"名": "一"}]}), json!({}), "数量(演练) ≥ 2", Status::Pass),
        (json!({"人": null, "细": [{"名": "一"}, {"名": "三"}]}), json!({}), "数量(演练) ≥ 2", Status::Pass),
    ] {
        let document = document(json!({"演练": [drill(first), drill(second)]}));
        assert_eq!(status(&with(requirement), &document), wanted, "{requirement} {document}");
        assert!(!faults(&check(&with(requirement), &document)).contains(&("D036", "/演练/1")), "{document}");
    }
    // However many there are, what tells them apart tells them apart.
    let rules = with("数量(演练) ≥ 65");
    let drills: Vec<Value> = (0..700).map(|number| drill(json!({"人": number, "日": null}))).collect();
    assert_eq!(status(&rules, &document(json!({"演练": drills}))), Status::Pass);
    let alike: Vec<Value> = (0..700).map(|number| drill(json!({"人": number / 350, "日": null}))).collect();
    assert_eq!(status(&rules, &document(json!({"演练": alike}))), Status::Undetermined);
    // One of which nothing is known is compared with no more than some, and the others are as they were.
    let mut drills: Vec<Value> = (0..700).map(|number| drill(json!({"人": number, "日": null}))).collect();
    drills.push(drill(json!({"人": null, "日": null})));
    assert_eq!(status(&rules, &document(json!({"演练": drills}))), Status::Pass);
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

/// A list of classes, and rules about how many there are and what they come to.
fn classes(rows: &[(&str, Value)]) -> (RuleSet, Value) {
    let rules = pack(&format!(
        "记录 班 {{ 名: 文本 人: 整数 均: 小数? 备注: 文本? }}\n数据 学校 {{ 标识 码 码: 文本 格式 学校标识码 班: [班] }}\n{}",
        rule("合计(班.人) ≥ 170")
    ));
    let rows: Vec<Value> = rows.iter().map(|(name, people)| json!({"名": name, "人": people})).collect();
    (rules, json!({"码": "2141000345", "班": rows}))
}

#[test]
fn a_row_of_sums_is_no_further_element() {
    for sum in ["合计", "合 计", "本页合计", "一年级(小计)", "共2个班", "总人数", "全校总人数", "平均", "Σ", "TOTAL"]
    {
        let (rules, document) = classes(&[("一(1)班", json!(40)), ("一(2)班", json!(45)), (sum, json!(85))]);
        assert_eq!(faults(&check(&rules, &document)), [("D037", "/班/2")], "{sum}");
        assert_eq!(status(&rules, &document), Status::Undetermined, "{sum}");
    }
    let (rules, document) = classes(&[("一(1)班", json!(40)), ("一(2)班", json!(45)), ("二(1)班", json!(85))]);
    assert_eq!((faults(&check(&rules, &document)), status(&rules, &document)), (vec![], Status::Pass));
}

/// Which elements of a list of classes are told as sums.
fn sums(rows: &[(&str, Value)]) -> Vec<usize> {
    let (rules, document) = classes(rows);
    let report = check(&rules, &document);
    let told = faults(&report).into_iter().filter(|(code, _)| *code == "D037");
    told.map(|(_, path)| path.trim_start_matches("/班/").parse().expect("an element")).collect()
}

#[test]
fn what_is_called_as_all_there_is_is_a_sum_if_it_says_what_the_others_come_to() {
    for name in ["全校", "南街小学", "全校(人)", "全校师生", "班级"] {
        for (at, people, wanted) in [(2, 85, true), (0, 85, true), (2, 86, false), (1, 84, false)] {
            let mut rows = vec![("一(1)班", json!(40)), ("一(2)班", json!(45))];
            rows.insert(at, (name, json!(people)));
            assert_eq!(sums(&rows), if wanted { vec![at] } else { vec![] }, "{name} {at} {people}");
        }
    }
    for (rows, wanted) in [
        (vec![("南街小学", json!(40)), ("北关小学", json!(45)), ("东乡小学", json!(85))], vec![]),
        (
            vec![
                ("男生", json!(40)),
                ("女生", json!(45)),
                ("学生", json!(85)),
                ("教职工", json!(5)),
                ("全校", json!(90)),
            ],
            vec![2, 4],
        ),
        (vec![("教师", json!(60)), ("职工", json!(40)), ("保安", json!(20))], vec![]),
        (vec![("甲", json!(85)), ("南街小学", json!(85))], vec![]),
        (vec![("甲", json!(0)), ("全校", json!(0))], vec![]),
        (vec![("甲", json!(85)), ("全校", json!(85))], vec![1]),
        // Several of them, of the same or of one another.
        (vec![("甲", json!(40)), ("乙", json!(45)), ("全校", json!(85)), ("学生", json!(85))], vec![2, 3]),
        (vec![("甲", json!(40)), ("乙", json!(45)), ("南街小学", json!(85)), ("全校", json!(85))], vec![2, 3]),
        (vec![("学生", json!(85)), ("职工", json!(10)), ("全校", json!(95))], vec![2]),
        (
            vec![("甲", json!(40)), ("乙", json!(45)), ("学生", json!(85)), ("全体", json!(9)), ("全校", json!(94))],
            vec![2, 4],
        ),
    ] {
        assert_eq!(sums(&rows), wanted, "{rows:?}");
    }
}

#[test]
fn a_sum_of_parts_and_one_of_their_sums_are_sums() {
    let rows = |rows: &[(&'static str, i64)]| -> Vec<(&'static str, Value)> {
        rows.iter().map(|(name, people)| (*name, json!(people))).collect()
    };
    for (list, wanted) in [
        // Parts, the sum of each, and one of all.
        (
            rows(&[("一班", 30), ("二班", 30), ("学生", 60), ("教师", 5), ("职工", 5), ("教职工", 10), ("全校", 70)]),
            vec![2, 5, 6],
        ),
        (rows(&[("学生", 60), ("一班", 30), ("二班", 30), ("教师", 7)]), vec![0]),
        // The sums of the parts are called as any element.
        (rows(&[("甲", 30), ("乙", 30), ("低段", 60), ("丙", 5), ("丁", 5), ("高段", 10), ("全校", 70)]), vec![6]),
        // A sum that counts the sums once more.
        (rows(&[("甲", 20), ("乙", 30), ("小计", 50), ("全校", 100)]), vec![2, 3]),
        (rows(&[("甲", 10), ("全校", 5)]), vec![]),
        (rows(&[("在册", 10), ("现有", 10), ("在校", 10)]), vec![]),
        (rows(&[("甲", 30), ("学生", 30), ("乙", 7)]), vec![]),
        (rows(&[("学生", 800), ("教职工", 46), ("家长", 800)]), vec![]),
        (rows(&[("学校", 2), ("教体局", 1), ("公安局", 1)]), vec![]),
    ] {
        assert_eq!(sums(&list), wanted, "{list:?}");
    }
    // The school twice, told apart by something else: still the sum of the others.
    let (rules, mut document) = classes(&rows(&[("甲", 30), ("乙", 30), ("南街小学", 60), ("南街小学", 60)]));
    document["班"][3]["备注"] = json!("2022");
    assert_eq!(faults(&check(&rules, &document)), [("D037", "/班/2"), ("D037", "/班/3")]);
}

#[test]
fn what_one_name_comes_to_is_a_sum_of_that_name() {
    let equipment = |rows: &[(&str, i64, &str)]| {
        let (rules, mut document) = classes(&[]);
        document["班"] =
            rows.iter().map(|(name, count, place)| json!({"名": name, "人": count, "备注": place})).collect();
        let report = check(&rules, &document);
        let told = faults(&report).into_iter().filter(|(code, _)| *code == "D037");
        told.map(|(_, path)| path.to_owned()).collect::<Vec<_>>()
    };
    let place = ("盾牌", 3, "门卫室");
    assert_eq!(equipment(&[("钢叉", 1, "门卫室"), place, ("钢叉", 1, "全校")]), ["/班/2"]);
    assert_eq!(equipment(&[("钢叉", 2, "门卫室"), place, ("钢叉", 4, "宿舍"), ("钢叉", 6, "全部")]), ["/班/3"]);
    // An element of its own name for all of the school.
    assert_eq!(equipment(&[("钢叉", 1, "门卫室"), ("盾牌", 1, "全校")]), [""; 0]);
    assert_eq!(equipment(&[("消防", 812, "全校"), ("地震", 400, "低段"), ("防暴", 412, "高段")]), [""; 0]);
    assert_eq!(equipment(&[("钢叉", 1, "门卫室"), place, ("灭火器", 4, "宿舍"), ("钢叉", 2, "全校")]), [""; 0]);
}

#[test]
fn a_sum_of_what_is_not_known_may_be_one() {
    let rows = [("甲", json!(100)), ("乙", json!(50)), ("全校", json!(170))];
    let (rules, document) = classes(&rows);
    assert_eq!(status(&rules, &document), Status::Pass);
    for blank in ["/班/0/人", "/班/1/人", "/班/2/人"] {
        let mut document = document.clone();
        *document.pointer_mut(blank).expect("a number") = json!(null);
        assert_eq!(status(&rules, &document), Status::Undetermined, "{blank}");
        assert_eq!(faults(&check(&rules, &document)), [("D031", blank)]);
    }
}

#[test]
fn a_rounded_sum_is_one() {
    let (rules, mut document) = classes(&[("甲", json!(1)), ("乙", json!(1)), ("全校", json!(1))]);
    for (numbers, wanted) in [
        ([3.33, 6.66, 10.0], true),
        ([3.33, 6.66, 9.99], true),
        ([3.33, 6.66, 9.9], true),
        ([3.33, 6.66, 9.8], false),
        ([0.1, 0.2, 0.300_000_000_000_000_04], true),
    ] {
        for (at, number) in numbers.iter().enumerate() {
            document["班"][at]["均"] = json!(number);
        }
        assert_eq!(faults(&check(&rules, &document)).contains(&("D037", "/班/2")), wanted, "{numbers:?}");
    }
}

#[test]
fn a_sum_may_stand_in_any_text() {
    let (rules, document) = classes(&[("A1", json!(40)), ("A2", json!(45)), ("A3", json!(85))]);
    for (remark, wanted) in [
        ("小计", true),
        ("本页合计", true),
        ("总人数", true),
        ("全校", true),
        ("平均", true),
        ("共3人", false),
        ("已核", false),
    ] {
        let mut document = document.clone();
        document["班"][2]["备注"] = json!(remark);
        let told = if wanted { vec![("D037", "/班/2")] } else { vec![] };
        assert_eq!(faults(&check(&rules, &document)), told, "{remark}");
    }
}

#[test]
fn honest_names_with_a_word_of_sums_in_them_are_names() {
    for name in [
        "共青团",
        "共和班",
        "汇总表填报人",
        "平均主义",
        "平均台",
        "总务处",
        "会计室",
        "合唱班",
        "计三班",
        "共1班",
        "教师",
    ] {
        let (rules, document) = classes(&[("一(1)班", json!(40)), ("一(2)班", json!(50)), (name, json!(90))]);
        assert_eq!((faults(&check(&rules, &document)), status(&rules, &document)), (vec![], Status::Pass), "{name}");
    }
}

#[test]
fn a_sum_among_texts_is_none_of_them() {
    let rules = with("数量(名单) ≥ 2");
    for sum in ["合计", "合计7", "小计", "总计(2)", "共2人", "共 12 人"] {
        let document = document(json!({"名单": ["甲", sum]}));
        assert_eq!(faults(&check(&rules, &document)), [("D037", "/名单/1")], "{sum}");
        assert_eq!(status(&rules, &document), Status::Undetermined, "{sum}");
    }
    let document = document(json!({"名单": ["甲", "全校"]}));
    assert_eq!(status(&rules, &document), Status::Pass);
}
