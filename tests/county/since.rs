//! What changed since an earlier report: what is not surely better does not count as mended, nobody drops out, and what
//! is no earlier report of this county is refused.

use std::collections::BTreeMap;

use bulou_api::Pack;
use bulou_api::county::County;
use bulou_county::Earlier;
use bulou_messages::diagnostic::Lang;
use serde_json::{Value, json};

use super::Folder;

const RULES: &str = r#"规则集 b "比" { 版本 1 }
来源 文 外部 "文"
参数 下限: 整数 = 3 范围 0 至 9 "几个"
记录 学校项 { 标识码: 文本 名称: 文本 }
数据 学校 { 标识 学校.标识码 名称 学校.名称 日期 填报日期 学校: 学校项 填报日期: 日期 已发生 好: 是否 数: 整数 范围 0 至 9 住: 是否? }
数据 全县 { 名册 名册.标识码 名册: [学校项] 各校: 汇总 学校 }
规则 好 "好" { 依据 文 要求 好 不符 "不好" 整改 "改" }
规则 数 "数" { 依据 文 要求 数 ≥ 下限 不符 "少" 整改 "改" }
规则 住 "住" { 依据 文 适用 住 缺省 否 要求 数 ≥ 6 不符 "住而只有{数}" 整改 "改" }
规则 交 "交" 范围 全县 { 依据 文 要求 各校.学校.标识码 不漏 名册.标识码 不符 "缺:{遗漏}" 整改 "催" }
"#;

fn document(id: &str, good: bool) -> Value {
    json!({"学校": {"标识码": id, "名称": format!("校{id}")}, "填报日期": "2022-06-20", "好": good, "数": 5})
}

/// A document of a later day than [`before`]'s.
fn later(id: &str, good: bool) -> Value {
    with(document(id, good), "填报日期", json!("2022-06-21"))
}

fn with(mut document: Value, key: &str, value: Value) -> Value {
    document[key] = value;
    document
}

/// A report of documents, of which a text is what it is, beside a roster of some ids, compared with an earlier one.
fn compared(
    rules: &str,
    options: Value,
    (roster, documents): (&[&str], &[Value]),
    earlier: Option<&Value>,
) -> Result<Value, String> {
    let pack = Pack::load(BTreeMap::from([("a.bulou".to_owned(), rules.to_owned())]));
    let mut county = County::new(&pack, serde_json::from_value(options).expect("options")).expect("a county");
    for (number, document) in documents.iter().enumerate() {
        let (name, text) = match document {
            Value::String(text) => (text.clone(), "{\"断".to_owned()),
            document => (format!("{number}.json"), document.to_string()),
        };
        county.add(&name, text.as_bytes(), &|_| None).expect("added");
    }
    let list: Vec<Value> = roster.iter().map(|id| json!({"标识码": id, "名称": format!("校{id}")})).collect();
    let own = json!({"名册": list}).to_string();
    let earlier: Option<Earlier> = earlier
        .map(|earlier| serde_json::from_value(earlier.clone()))
        .transpose()
        .map_err(|error| error.to_string())?;
    let report = county
        .finish("全县.json", own.as_bytes(), earlier.as_ref(), &|_| None)
        .map_err(|error| error.lines(Lang::Zh))?;
    Ok(serde_json::to_value(report).expect("JSON"))
}

const ROSTER: [&str; 3] = ["S1", "S2", "S3"];

/// The first report: S1 and S2 are not good, S3 is missing.
fn before() -> Value {
    let documents = [document("S1", false), document("S2", false)];
    compared(RULES, json!({"as_of": "2022-06-25"}), (&ROSTER, &documents), None).expect("a report")
}

fn since(roster: &[&str], documents: &[Value], earlier: &Value) -> Value {
    let report = compared(RULES, json!({"as_of": "2022-06-28"}), (roster, documents), Some(earlier));
    report.expect("a report")["since"].clone()
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|one| one["id"].as_str().expect("an id")).collect()
}

#[test]
fn only_what_is_surely_met_counts_as_mended() {
    let earlier = before();
    let plain = since(&ROSTER, &[later("S1", true), document("S2", false)], &earlier);
    assert_eq!((ids(&plain["fixed"]), ids(&plain["unproven"])), (vec!["S1"], vec![]));
    for doubtful in [
        with(later("S1", true), "填报日期", json!("2022-07-20")),
        with(later("S1", true), "填报日期", Value::Null),
        with(later("S1", true), "学校", json!({"标识码": "S1", "名称": "别校"})),
        with(later("S1", true), "好", Value::Null),
        with(later("S1", true), "数", json!("五")),
        with(later("S1", true), "住 校", json!(true)),
        with(later("S1", true), "住", json!("住")),
    ] {
        let found = since(&ROSTER, &[doubtful.clone(), document("S2", false)], &earlier);
        assert_eq!((ids(&found["fixed"]), ids(&found["unproven"])), (vec![], vec!["S1"]), "{doubtful}");
        assert!(found["unproven"][0]["why"].as_str().is_some_and(|why| !why.is_empty()));
    }
    // A file that cannot be read, or a document without a code that calls itself so, may be its last word.
    let nameless = with(later("S1", false), "学校", json!({"名称": "校S1"}));
    for last in [json!("S1-又.json"), json!("校S1.json"), nameless] {
        let unread = since(&ROSTER, &[later("S1", true), last], &earlier);
        assert_eq!((ids(&unread["fixed"]), ids(&unread["unproven"])), (vec![], vec!["S1"]));
    }
    let waiver = json!([{"标识码": "S1", "规则": "好", "自": "2022-06-01", "至": "2022-06-30", "理由": "教学楼整修停课", "批准": "县教体局李四"}]);
    let options = json!({"as_of": "2022-06-28", "waivers": waiver});
    let waived = compared(RULES, options, (&ROSTER, &[document("S1", false)]), Some(&earlier));
    let found = waived.expect("a report")["since"].clone();
    assert_eq!((ids(&found["fixed"]), ids(&found["unproven"])), (vec![], vec!["S1"]));
}

#[test]
fn what_no_longer_applies_or_is_older_than_then_is_not_mended() {
    let boarding = |is: bool| with(later("S1", true), "住", json!(is));
    let on = |day: &str| with(document("S1", true), "填报日期", json!(day));
    let report = |document: Value| compared(RULES, json!({"as_of": "2022-06-25"}), (&ROSTER, &[document]), None);
    let why = |earlier: &Value, now: Value| {
        let found = since(&ROSTER, &[now], earlier);
        assert_eq!((ids(&found["fixed"]), ids(&found["unproven"])), (vec![], vec!["S1"]));
        found["unproven"][0]["why"].as_str().expect("a reason").to_owned()
    };
    assert!(why(&report(boarding(true)).expect("a report"), boarding(false)).contains("不适用"));
    assert!(why(&before(), on("2022-06-19")).contains("比上次的还早"));
    assert_eq!(why(&before(), on("2022-06-29")), "填报日期在核对日之后");
    for day in ["", "2022-06-3x"] {
        assert_eq!(why(&before(), on(day)), "填报日期没有写、读不出来或不可信", "{day}");
    }
    assert_eq!(ids(&since(&ROSTER, &[on("2022-06-21")], &before())["fixed"]), ["S1"]);
    // Of one that bore no day, or one that had not come, nothing can be later.
    for day in ["x", "2022-06-26"] {
        let then = report(with(document("S1", false), "填报日期", json!(day))).expect("a report");
        assert!(why(&then, on("2022-01-01")).contains("哪一份在后说不准"), "{day}");
    }
    // Another document of the same day may be the earlier one, and the same one was not mended.
    assert!(why(&before(), on("2022-06-20")).contains("同一天的另一份"));
    let day = "规则 日 \"日\" { 依据 文 要求 今天 > 2022-06-26 不符 \"早\" 整改 \"等\" }\n规则 交";
    let rules = RULES.replacen("规则 交", day, 1);
    let of = |today: &str, earlier: Option<&Value>| {
        compared(&rules, json!({"as_of": today}), (&ROSTER, &[document("S1", true)]), earlier).expect("a report")
    };
    let found = of("2022-06-28", Some(&of("2022-06-25", None)))["since"].clone();
    assert_eq!((ids(&found["fixed"]), ids(&found["unproven"])), (vec![], vec!["S1"]));
    assert_eq!(found["unproven"][0]["why"], "还是上次那一份表");
}

#[test]
fn files_that_counted_as_nothing_then_are_named() {
    let documents =
        [document("S1", false), json!("坏.json"), with(document("S2", true), "学校", json!({"名称": "校S2"}))];
    let earlier = compared(RULES, json!({"as_of": "2022-06-25"}), (&ROSTER, &documents), None).expect("a report");
    let found = since(&ROSTER, &[later("S1", true)], &earlier);
    let files = found["unread_then"].as_array().expect("a list");
    let names: Vec<&str> = files.iter().map(|file| file["name"].as_str().expect("a name")).collect();
    assert_eq!(names, ["2.json", "坏.json"], "{found}");
    assert!(files.iter().all(|file| !file["why"].as_str().unwrap_or_default().is_empty()));
}

#[test]
fn of_one_day_the_greater_edition_is_the_later() {
    let rules = RULES.replace("日期 填报日期 学校:", "日期 填报日期 版次 次 次: 整数? 范围 1 至 99 学校:");
    let edition = |document: Value, edition: u8| with(document, "次", json!(edition));
    let of = |document: Value, earlier: Option<&Value>| {
        compared(&rules, json!({"as_of": "2022-06-25"}), (&ROSTER, &[document]), earlier).expect("a report")
    };
    let earlier = of(edition(document("S1", false), 5), None);
    assert_eq!(earlier["by_school"][0]["edition"], 5);
    for (now, mended) in [
        (edition(document("S1", true), 6), true),
        (edition(document("S1", true), 2), false),
        (document("S1", true), false),
    ] {
        let found = of(now, Some(&earlier))["since"].clone();
        let (fixed, unproven) = (ids(&found["fixed"]), ids(&found["unproven"]));
        assert_eq!(if mended { (fixed, unproven) } else { (unproven, fixed) }, (vec!["S1"], vec![]), "{found}");
    }
}

#[test]
fn under_other_rules_or_parameters_nothing_counts_as_mended_and_that_is_said() {
    let earlier = before();
    let documents = [document("S1", true), document("S2", false)];
    let other =
        compared(RULES, json!({"as_of": "2022-06-28", "params": {"下限": "1"}}), (&ROSTER, &documents), Some(&earlier))
            .expect("a report");
    let newer = RULES
        .replace("版本 1", "版本 2")
        .replace("规则 数 \"数\" { 依据 文 要求 数 ≥ 下限", "规则 量 \"数\" { 依据 文 要求 数 ≥ 下限");
    let newer =
        compared(&newer, json!({"as_of": "2022-06-28"}), (&ROSTER, &documents), Some(&earlier)).expect("a report");
    for (report, word) in [(&other, "下限"), (&newer, "规则变了")] {
        let since = &report["since"];
        assert_eq!((ids(&since["fixed"]), ids(&since["unproven"])), (vec![], vec!["S1"]), "{since}");
        assert!(since["notes"].to_string().contains(word), "{since}");
    }
    assert!(newer["since"]["notes"].to_string().contains("这次不查的规则:数"), "{}", newer["since"]);
}

#[test]
fn nobody_of_the_earlier_report_drops_out() {
    let earlier = before();
    let found = since(&ROSTER, &[json!("S1.json")], &earlier);
    assert_eq!((ids(&found["unread"]), ids(&found["gone"])), (vec!["S1"], vec!["S2"]));
    assert_eq!((ids(&found["missing_again"]), ids(&found["left"])), (vec!["S3"], vec![]));
    let left = since(&["S2"], &[document("S2", false)], &earlier);
    assert_eq!(ids(&left["left"]), ["S1", "S3"]);
    assert_eq!(left["left"][0]["name"], "校S1");
}

#[test]
fn what_is_no_earlier_report_of_this_county_is_refused() {
    let earlier = before();
    let documents = [document("S1", true)];
    let refused = |why: &str, change: &dyn Fn(&mut Value)| {
        let mut other = earlier.clone();
        change(&mut other);
        let answer = compared(RULES, json!({"as_of": "2022-06-28"}), (&ROSTER, &documents), Some(&other));
        let said = answer.err().unwrap_or_else(|| panic!("{why}: taken {other}"));
        assert!(said.contains(why), "{why}: {said}");
    };
    refused("另一套规则", &|report| report["pack"]["id"] = json!("zz"));
    refused("另一个县", &|report| {
        for list in ["/by_school", "/schools/missing"] {
            let schools = report.pointer_mut(list).and_then(Value::as_array_mut).expect("a list");
            schools.iter_mut().for_each(|one| one["id"] = json!(format!("别{}", one["id"].as_str().expect("an id"))));
        }
    });
    refused("还晚", &|report| report["as_of"] = json!("2022-06-29"));
    for day in ["2022-02-30", "0202-06-28", ""] {
        refused("不是一天", &|report| report["as_of"] = json!(day));
    }
    for letters in ["", "fpnn", "zpn", "f"] {
        refused("S1", &|report| report["by_school"][0]["statuses"] = json!(letters));
    }
    refused("S1", &|report| report["by_school"][0]["verdict"] = json!("pass"));
    refused("规则 好 的学校数", &|report| report["by_school"][0]["statuses"] = json!("pfn"));
    let again = |id: &str| {
        let mut school = earlier["by_school"][0].clone();
        school["id"] = json!(id);
        school
    };
    for id in ["S1", "Ｓ1", " S1\u{200B}"] {
        refused("写了两次", &|report| report["by_school"].as_array_mut().expect("a list").push(again(id)));
    }
    refused("写了两次", &|report| report["schools"]["missing"][0]["id"] = json!("S2"));
    refused("没有标识", &|report| report["by_school"][0]["id"] = json!(" "));
    refused("对不上", &|report| report["by_school"] = json!([]));
    refused("对不上", &|report| report["by_rule"] = json!([]));
    refused("写了两次", &|report| report["by_rule"][1] = report["by_rule"][0].clone());
    refused("好", &|report| report["by_rule"][0]["counts"]["fail"] = json!(1));
    refused("学校数对不上", &|report| report["schools"]["missing"] = json!([]));
    refused("学校数对不上", &|report| report["schools"]["submitted"] = json!(3));
}

#[test]
fn every_form_of_the_report_shows_all_lists() {
    let folder = Folder::new("since-forms");
    std::fs::create_dir_all(folder.path("p")).expect("a folder");
    std::fs::create_dir_all(folder.path("s")).expect("a folder");
    folder.write("p/p.bulou", RULES.as_bytes());
    let mut earlier = before();
    earlier["pack"]["sha256"] = json!("0");
    folder.write("before.json", earlier.to_string().as_bytes());
    let list = json!({"名册": [{"标识码": "S1", "名称": "校S1"}, {"标识码": "S2", "名称": "校S2"}]});
    folder.write("c.json", list.to_string().as_bytes());
    folder.write("s/1.json", with(document("S1", true), "填报日期", json!("2022-07-20")).to_string().as_bytes());
    folder.write("s/S2.json", "{\"断".as_bytes());
    let (pack, own, earlier, all) =
        (folder.path("p"), folder.path("c.json"), folder.path("before.json"), folder.path("s"));
    let args = ["--pack", &pack, "--county", &own, "--previous", &earlier, &all];
    let words = ["规则变了", "还不能算改好的", "收到了文件,但不能算数", "上次有,现在不在名册上了", "校S3"];
    for format in ["text", "html"] {
        let said =
            String::from_utf8(super::county(&[&args[..], &["--format", format]].concat()).stdout).expect("UTF-8");
        assert!(words.iter().all(|word| said.contains(word)), "{format}: {said}");
    }
    let rows = &super::workbook::sheets(&super::workbook::workbook(&args))["与上次相比"];
    let said: String = rows.iter().flatten().map(ToString::to_string).collect();
    assert!(words.iter().all(|word| said.contains(word)), "{said}");
}
