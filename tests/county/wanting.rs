//! While schools are wanting, a county rule says only what it would say whatever they turn out to submit; that they did
//! not submit is itself a fact.

use std::collections::BTreeMap;

use bulou_api::Pack;
use bulou_api::county::County;
use proptest::prelude::*;
use serde_json::{Value, json};

const RULES: &str = r#"规则集 w "盯办" { 版本 1 }
来源 文 外部 "文"
记录 学校项 { 标识码: 文本 名称: 文本 }
记录 隐患项 { 编号: 文本 销号日期: 日期? 已发生 }
数据 学校 { 标识 学校.标识码  名称 学校.名称  学校: 学校项  人数: 整数 范围 0 至 100  建档: 日期? 已发生  隐患: [隐患项] }
数据 全县 { 名册 名册.标识码  名册: [学校项]  各校: 汇总 学校  盯办: [文本] }
规则 甲 "甲" { 依据 文 要求 人数 ≥ 0 不符 "少" 整改 "改" }
规则 盯办 "盯办" 范围 全县 { 依据 文
  要求 盯办 不漏 各校[存在 隐患 满足 缺 销号日期].学校.标识码 不符 "{遗漏}" 整改 "盯" }
规则 无隐患 "无隐患" 范围 全县 { 依据 文 要求 数量(各校[存在 隐患 满足 缺 销号日期]) = 0 不符 "有" 整改 "改" }
规则 至多两所 "至多两所" 范围 全县 { 依据 文 要求 数量(各校[存在 隐患 满足 缺 销号日期]) ≤ 2 不符 "多" 整改 "改" }
规则 都有人 "都有人" 范围 全县 { 依据 文 要求 每个 各校 满足 人数 > 0 不符 "没有人" 整改 "改" }
规则 没有空校 "没有空校" 范围 全县 { 依据 文 要求 没有 各校 满足 人数 = 0 不符 "空" 整改 "改" }
规则 有大校 "有大校" 范围 全县 { 依据 文 要求 存在 各校 满足 人数 > 50 不符 "没有" 整改 "改" }
规则 平均 "平均" 范围 全县 { 依据 文 要求 平均(各校.人数) 缺省 0 ≤ 30 不符 "多" 整改 "改" }
规则 总数 "总数" 范围 全县 { 依据 文 要求 合计(各校.人数) ≤ 150 不符 "多" 整改 "改" }
规则 最少 "最少" 范围 全县 { 依据 文 要求 最小(各校.人数) 缺省 0 ≥ 0 不符 "少" 整改 "改" }
规则 若空 "若空" 范围 全县 { 依据 文 适用 存在 各校 满足 人数 = 0 要求 数量(盯办) ≥ 1 不符 "没有盯" 整改 "盯" }
规则 交表 "交表" 范围 全县 { 依据 文 要求 各校.学校.标识码 不漏 名册.标识码 不符 "{遗漏}" 整改 "催" }
规则 建档 "建档" 范围 全县 { 依据 文 要求 各校[有 建档].学校.标识码 不漏 名册.标识码 不符 "{遗漏}" 整改 "催" }
规则 交齐 "交齐" 范围 全县 { 依据 文 要求 数量(各校) ≥ 数量(名册) 不符 "没有交齐" 整改 "催" }
"#;
/// Rules for which not to submit is not to meet them.
const SUBMISSION: [&str; 3] = ["交表", "建档", "交齐"];
const DAY: &str = "2022-06-28";
const SCHOOLS: usize = 3;

fn id(number: usize) -> String {
    format!("214100034{number}")
}

fn document(number: usize, people: u8, filed: bool, open: &[bool]) -> Value {
    let hazard =
        |(number, open): (usize, &bool)| json!({"编号": number.to_string(), "销号日期": (!open).then_some(DAY)});
    json!({
        "学校": {"标识码": id(number), "名称": format!("第{number}校")},
        "人数": people,
        "建档": filed.then_some("2022-06-01"),
        "隐患": open.iter().enumerate().map(hazard).collect::<Vec<_>>(),
    })
}

fn pack() -> Pack {
    Pack::load(BTreeMap::from([("a.bulou".to_owned(), RULES.to_owned())]))
}

/// The report of some files, and the statuses of the county's rules.
fn report(pack: &Pack, files: &[(String, Vec<u8>)], watched: &[String]) -> (Value, BTreeMap<String, String>) {
    let roster: Vec<Value> =
        (0..SCHOOLS).map(|number| json!({"标识码": id(number), "名称": format!("第{number}校")})).collect();
    of_own(pack, files, &json!({"名册": roster, "盯办": watched}).to_string())
}

/// The same beside a document of the county.
fn of_own(pack: &Pack, files: &[(String, Vec<u8>)], own: &str) -> (Value, BTreeMap<String, String>) {
    let options = serde_json::from_value(json!({"as_of": DAY})).expect("options");
    let mut county = County::new(pack, options).expect("a county");
    for (name, bytes) in files {
        county.add(name, bytes, &|_| None).expect("added");
    }
    let report = county.finish("全县.json", own.as_bytes(), None, &|_| None).expect("a report");
    let report = serde_json::to_value(report).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let rules = report["rules"].as_array().expect("rules").iter();
    let statuses = rules.map(|rule| (text(&rule["id"]), text(&rule["status"]))).collect();
    (report, statuses)
}

fn file(number: usize, document: &Value) -> (String, Vec<u8>) {
    (format!("{number}.json"), document.to_string().into_bytes())
}

#[test]
fn to_delete_or_to_damage_a_file_lets_no_county_rule_pass() {
    let pack = pack();
    let good = |number| file(number, &document(number, 10, true, &[]));
    let bad = document(1, 10, true, &[true]);
    let (_, with) = report(&pack, &[good(0), file(1, &bad), good(2)], &[]);
    assert_eq!((with["盯办"].as_str(), with["无隐患"].as_str()), ("fail", "fail"));
    let text = bad.to_string();
    let cut = ("1.json".to_owned(), text.as_bytes()[..text.len() / 2].to_vec());
    // What cannot be read may be later than what was read.
    let again = ("又.json".to_owned(), cut.1.clone());
    for files in [vec![good(0), good(2)], vec![good(0), cut, good(2)], vec![good(0), good(1), again, good(2)]] {
        let (report, without) = report(&pack, &files, &[]);
        for rule in ["盯办", "无隐患", "都有人", "没有空校", "有大校", "若空", "平均"] {
            assert_eq!(without[rule], "undetermined", "{rule}");
        }
        // Whatever the school says, these are so.
        for rule in ["至多两所", "最少", "总数"] {
            assert_eq!(without[rule], "pass", "{rule}");
        }
        let rules = report["rules"].as_array().expect("rules");
        let said = rules.iter().find(|rule| rule["id"] == "盯办").expect("the rule")["findings"].to_string();
        assert!(said.contains(&id(1)) && said.contains("定不下来"), "{said}");
        let (all_in, open) = (without["交表"] == "pass", report["counts"]["undetermined"].clone());
        assert_eq!(open, if all_in { 8 } else { 7 });
        assert_eq!(without["建档"], if all_in { "undetermined" } else { "fail" });
        assert_eq!(report["verdict"], if all_in { "undetermined" } else { "fail" });
    }
    let (_, watched) = report(&pack, &[good(0), good(2)], &[id(1)]);
    assert_eq!(watched["盯办"], "pass", "watched it is, whatever it says");
    let (_, nothing) = report(&pack, &[], &[]);
    assert!(nothing.iter().all(|(rule, status)| status != "pass" || rule == "最少"), "{nothing:?}");
    assert!(SUBMISSION.iter().all(|rule| nothing[*rule] == "fail"), "{nothing:?}");
}

#[test]
fn a_roster_that_was_read_in_part_lets_no_rule_pass_that_asks_for_each_school() {
    let pack = pack();
    let row = |number| json!({"标识码": id(number), "名称": format!("第{number}校")}).to_string();
    let files = [0, 1].map(|number| file(number, &document(number, 10, true, &[])));
    let both = format!("{}, {}", row(0), row(1));
    for own in [
        format!("{{\"名册\": [{both}], \"盯办\": [], \"名册\": [{}]}}", row(2)),
        format!(
            "{{\"名册\": [{both}, {{\"标识码\": \"{}\", \"标识码\": \"{}\", \"名称\": \"乙\"}}], \"盯办\": []}}",
            id(2),
            id(1)
        ),
        // More is wrong than is listed: what else it was nobody knows.
        format!("{{\"名册\": [{both}], \"盯办\": [{}]}}", vec!["1"; 2000].join(",")),
        // Who reads the last of the two knows of no third school.
        format!(
            "{{\"名册\": [{}, {{\"标识码\": \"{}\", \"标识码\": \"{}\", \"名称\": \"乙\"}}], \"盯办\": []}}",
            row(0),
            id(2),
            id(1)
        ),
    ] {
        let (report, said) = of_own(&pack, &files, &own);
        assert!(report["structure"].to_string().contains("D070"), "{}", report["structure"]);
        for rule in ["盯办", "无隐患", "都有人", "没有空校", "平均", "交表", "建档", "交齐"] {
            assert_ne!(said[rule], "pass", "{rule}: {own}");
        }
    }
    let whole = format!("{{\"名册\": [{both}], \"盯办\": []}}");
    assert_eq!(of_own(&pack, &files, &whole).1["交表"], "pass");
}

#[test]
fn a_file_that_cannot_be_read_may_be_any_school_s() {
    let pack = pack();
    let all = [0, 1, 2].map(|number| file(number, &document(number, 10, true, &[])));
    let with = |name: &str, bytes: &[u8]| [&all[..], &[(name.to_owned(), bytes.to_vec())]].concat();
    for (name, bytes) in [("扫描件.pdf", &b"%PDF-1.4"[..]), ("新.json", "{\"学校\": {\"名称\": \"第1".as_bytes())]
    {
        let (report, said) = report(&pack, &with(name, bytes), &[]);
        assert_eq!(
            (&said["盯办"], &said["都有人"]),
            (&"undetermined".to_owned(), &"undetermined".to_owned()),
            "{name}"
        );
        assert!(report["rules"].to_string().contains("看不出是哪所学校的"), "{name}");
    }
    // One that names two schools may be either's.
    let (_, either) = report(&pack, &with(&format!("{} {}.json", id(0), id(1)), b"{"), &[]);
    assert_eq!((either["盯办"].as_str(), either["交表"].as_str()), ("undetermined", "pass"));
    // What is surely no school's document is named, and decides nothing.
    let (report, said) = report(&pack, &with("package.json", b"{\"name\": \"x\"}"), &[]);
    assert_eq!(said["盯办"], "pass");
    assert!(report["schools"]["unreadable"].to_string().contains("package.json"));
}

#[test]
fn a_file_of_nobody_s_may_be_the_last_word_of_a_school_that_submitted() {
    let pack = pack();
    let mut all = [10, 60, 10]
        .into_iter()
        .enumerate()
        .map(|(number, people)| file(number, &document(number, people, true, &[])))
        .collect::<Vec<_>>();
    let (_, before) = report(&pack, &all, &[]);
    assert_eq!(before["有大校"], "pass");
    all.push(("新.json".to_owned(), b"{\"\xE5\xBB\xBA".to_vec()));
    let (_, said) = report(&pack, &all, &[]);
    assert_eq!(
        (&*said["有大校"], &*said["最少"]),
        ("undetermined", "pass"),
        "the only large school may have become small"
    );
    all[0] = file(0, &document(0, 10, true, &[true]));
    let (_, said) = report(&pack, &all, &[]);
    assert_eq!(said["无隐患"], "fail", "a fault is told all the same");
}

/// Whose a document is that bears another school's 标识 nobody knows, and that school has shown nothing.
#[test]
fn a_document_under_another_name_than_the_roster_s_lets_no_school_pass() {
    let rules = RULES
        .replace("名册: [学校项]", "名册: [名册项]")
        .replace("记录 隐患项", "记录 名册项 { 标识码: 文本 校名: 文本 }\n记录 隐患项");
    let pack = Pack::load(BTreeMap::from([("a.bulou".to_owned(), rules)]));
    let files = [file(0, &document(0, 10, true, &[]))];
    for (name, verdict) in [("第0校", "pass"), ("西街小学", "undetermined")] {
        let own = json!({"名册": [{"标识码": id(0), "校名": name}], "盯办": []}).to_string();
        let (report, _) = of_own(&pack, &files, &own);
        assert_eq!(report["by_school"][0]["verdict"], verdict, "{name}");
    }
}

#[test]
fn a_name_is_compared_however_the_roster_calls_it_and_a_county_needs_no_rules_for_schools() {
    let rules = RULES
        .replace("名册: [学校项]", "名册: [名册项]")
        .replace("记录 隐患项", "记录 名册项 { 标识码: 文本 校名: 文本 }\n记录 隐患项")
        .replace("规则 甲 \"甲\" { 依据 文 要求 人数 ≥ 0 不符 \"少\" 整改 \"改\" }\n", "");
    let pack = Pack::load(BTreeMap::from([("a.bulou".to_owned(), rules)]));
    let own = |name: &str| json!({"名册": [{"标识码": id(0), "校名": name}], "盯办": []}).to_string();
    let files = [file(0, &document(0, 10, true, &[]))];
    let (report, _) = of_own(&pack, &files, &own("第0校"));
    assert_eq!((&report["schools"]["misnamed"], &report["schools"]["submitted"]), (&json!([]), &json!(1)));
    assert_eq!(report["schools"]["unreadable"], json!([]));
    let (report, _) = of_own(&pack, &files, &own("西街小学"));
    assert_eq!(report["schools"]["misnamed"][0]["roster"], "西街小学");
    // What is surely no school's document decides nothing here either.
    let foreign = ("package.json".to_owned(), b"{\"name\": \"x\"}".to_vec());
    let (report, said) = of_own(&pack, &[&files[..], &[foreign]].concat(), &own("第0校"));
    assert_eq!(said["都有人"], "pass");
    assert!(report["schools"]["unreadable"].to_string().contains("package.json"));
}

#[test]
fn a_school_on_no_roster_meets_no_rule_and_breaks_none() {
    let pack = pack();
    let roster = json!([{"标识码": id(0), "名称": "第0校"}, {"标识码": id(1), "名称": "第1校"}]);
    let own = json!({"名册": roster, "盯办": []}).to_string();
    let files = |people: [u8; 2], open: bool| {
        let schools = people.map(|people| document(0, people, true, &[]));
        let mut all: Vec<_> = schools
            .iter()
            .enumerate()
            .map(|(number, one)| {
                let mut one = one.clone();
                one["学校"] = json!({"标识码": id(number), "名称": format!("第{number}校")});
                file(number, &one)
            })
            .collect();
        all.push(file(9, &document(9, 90, true, if open { &[true] } else { &[] })));
        all
    };
    let (report, said) = of_own(&pack, &files([10, 10], false), &own);
    assert_eq!(said["有大校"], "undetermined", "the only large school is on no roster");
    assert_eq!((&*said["无隐患"], &*said["交表"]), ("pass", "pass"));
    assert!(report["rules"].to_string().contains("不在名册上的学校"));
    let (_, said) = of_own(&pack, &files([60, 10], true), &own);
    assert_eq!((&*said["有大校"], &*said["无隐患"]), ("pass", "undetermined"));
    assert_eq!(said["交齐"], "pass");
    let (_, said) = of_own(&pack, &files([60, 10], true)[1..], &own);
    assert_eq!((&*said["交齐"], &*said["交表"], &*said["有大校"]), ("undetermined", "fail", "undetermined"));
}

#[test]
fn a_document_without_its_id_leaves_every_rule_open_that_asks_what_schools_say() {
    let pack = pack();
    let mut nobodys = document(2, 90, true, &[true]);
    nobodys["学校"]["标识码"] = json!(null);
    let all = [0, 1].map(|number| file(number, &document(number, 10, true, &[])));
    let (report, said) = report(&pack, &[&all[..], &[file(7, &nobodys)]].concat(), &[]);
    // `最少` holds of every number that may be filled in.
    for (rule, status) in said.iter().filter(|(rule, _)| !SUBMISSION.contains(&rule.as_str()) && *rule != "最少") {
        assert_ne!(status, "pass", "{rule}");
    }
    for rule in ["无隐患", "都有人", "没有空校", "有大校", "平均"] {
        assert_eq!(said[rule], "undetermined", "{rule}");
    }
    assert_ne!(said["交表"], "pass", "it may be the missing one's");
    assert!(report["rules"].to_string().contains("没有写标识"));
}

#[test]
fn of_two_documents_of_a_day_only_what_both_say_is_known() {
    let pack = pack();
    let others = [0, 2].map(|number| file(number, &document(number, 10, true, &[])));
    let said = |first: &Value, second: &Value| {
        let files = [("甲.json", first), ("乙.json", second)];
        let files = files.map(|(name, document)| (name.to_owned(), document.to_string().into_bytes()));
        let (report, said) = report(&pack, &[&others[..], &files].concat(), &[]);
        assert_eq!(report["schools"]["conflict"].as_array().map(Vec::len), Some(1));
        said
    };
    // Which of two is read first is for no one to choose: among several pairs there are both orders.
    for people in 10..18 {
        let [none, one, two] = [&[][..], &[true], &[true, true]].map(|open| document(1, people, true, open));
        for (first, second, any_open) in [(&none, &one, "undetermined"), (&one, &two, "fail")] {
            let said = said(first, second);
            assert_eq!((&*said["无隐患"], &*said["盯办"]), (any_open, any_open), "{people}");
            for rule in ["交表", "建档", "都有人", "没有空校", "平均"] {
                assert_eq!(said[rule], "pass", "{rule}: both say so");
            }
        }
        let said = said(&none, &document(1, people + 50, true, &[]));
        assert_eq!((&*said["有大校"], &*said["无隐患"]), ("undetermined", "pass"), "{people}");
    }
}

#[test]
fn that_schools_are_missing_counts_beside_a_rule_that_waits_for_something_else() {
    // The rules that a missing school leaves open are not what is tested here.
    let school = RULES.split("规则 盯办").next().expect("rules").to_owned();
    let by = |id: &str, cond: &str| {
        format!(
            "规则 {id} \"{id}\" 范围 全县 {{ 依据 文 要求 至迟 开会 起 3日 内 满足 {cond} 不符 \"等\" 整改 \"等\" }}\n"
        )
    };
    let waits =
        format!("{school}参数 开会: 日期 = 2022-06-27 范围 2022-01-01 至 2029-12-31\n{}", by("等", "数量(盯办) ≥ 1"));
    let asks = waits.clone() + &by("交", "各校.学校.标识码 不漏 名册.标识码");
    let files = [0, 1].map(|number| file(number, &document(number, 10, true, &[])));
    for (rules, verdict) in [(waits, "undetermined"), (asks, "pending")] {
        let pack = Pack::load(BTreeMap::from([("a.bulou".to_owned(), rules)]));
        let (report, said) = report(&pack, &files, &[]);
        assert_eq!((said["等"].as_str(), &report["verdict"]), ("pending", &json!(verdict)), "{said:?}");
    }
}

#[test]
fn what_a_list_lacks_may_be_there_with_a_school_that_is_missing() {
    let school = RULES.split("规则 盯办").next().expect("rules").to_owned();
    let by = |id: &str, cond: &str| {
        format!("规则 {id} \"{id}\" 范围 全县 {{ 依据 文 要求 {cond} 不符 \"没有\" 整改 \"等\" }}\n")
    };
    let lacks = ["各校.人数 包含 50", "各校.人数 不漏 {10, 50}", "50 属于 各校.人数", "去重(各校.人数) 包含 50"];
    let rules: String = lacks.iter().enumerate().map(|(at, cond)| by(&format!("缺{at}"), cond)).collect();
    let of_names = "定义 码 范围 全县 = 各校.学校.标识码\n".to_owned()
        + &by("名", "码 不漏 名册.标识码")
        + &by("含", "码 包含 名册的码").replace("名册的码", &format!("\"{}\"", id(2)));
    let pack = Pack::load(BTreeMap::from([("a.bulou".to_owned(), school + &rules + &of_names)]));
    let there = [0, 1].map(|number| file(number, &document(number, 10, true, &[])));
    let (_, said) = report(&pack, &there, &[]);
    let expected = |status: &str| (0..lacks.len()).map(|at| (format!("缺{at}"), status.to_owned())).collect::<Vec<_>>();
    let of = |said: &BTreeMap<String, String>| {
        said.iter()
            .filter(|(id, _)| id.starts_with('缺'))
            .map(|(id, status)| (id.clone(), status.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&said), expected("undetermined"));
    assert_eq!((said["名"].as_str(), said["含"].as_str()), ("fail", "fail"), "to stay away is not to be named");
    let all = [there.to_vec(), vec![file(2, &document(2, 50, true, &[]))]].concat();
    let (_, said) = report(&pack, &all, &[]);
    assert_eq!(of(&said), expected("pass"));
}

#[test]
fn a_roster_without_names_misnames_nobody() {
    let rules =
        RULES.replace("名册: [学校项]", "名册: [码]").replace("记录 隐患项", "记录 码 { 标识码: 文本 }\n记录 隐患项");
    let pack = Pack::load(BTreeMap::from([("a.bulou".to_owned(), rules)]));
    let own = json!({"名册": [{"标识码": id(0)}], "盯办": []}).to_string();
    let (report, _) = of_own(&pack, &[file(0, &document(0, 10, true, &[]))], &own);
    assert_eq!((&report["schools"]["misnamed"], &report["schools"]["submitted"]), (&json!([]), &json!(1)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_without_some_schools_is_said_with_them(
        answers in prop::collection::vec(
            (prop_oneof![Just(0_u8), 0..=100_u8], any::<bool>(), prop::collection::vec(any::<bool>(), 0..3)),
            SCHOOLS,
        ),
        there in prop::collection::vec(any::<bool>(), SCHOOLS),
        watched in prop::collection::vec(0..SCHOOLS, 0..3),
    ) {
        let pack = pack();
        let documents = answers.iter().enumerate().map(|(number, (people, filed, open))| document(number, *people, *filed, open));
        let whole: Vec<_> = documents.enumerate().map(|(number, document)| file(number, &document)).collect();
        let watched: Vec<String> = watched.into_iter().map(id).collect();
        let part: Vec<_> = whole.iter().zip(&there).filter(|(_, there)| **there).map(|(file, _)| file.clone()).collect();
        let (_, before) = report(&pack, &part, &watched);
        let (_, after) = report(&pack, &whole, &watched);
        for (rule, said) in before {
            let certain = match said.as_str() {
                "pass" | "not_applicable" => true,
                "fail" => !SUBMISSION.contains(&rule.as_str()),
                _ => false,
            };
            prop_assert!(!certain || said == after[&rule], "{rule}: {said}, then {}", after[&rule]);
        }
    }
}
