//! Which of a school's documents count, and what several of a day come to: beside a plain second reading of the rule, for
//! any documents in any order, in any split into parts, with parts that are merged more than once.

use std::collections::{BTreeMap, BTreeSet};

use bulou_api::Pack;
use bulou_api::county::County;
use proptest::prelude::*;
use serde_json::{Value, json};

const RULES: &str = r#"规则集 s "收表" { 版本 1 }
来源 文 外部 "文"
记录 学校项 { 标识码: 文本 名称: 文本 }
记录 填报项 { 日期: 日期 版次: 整数? }
数据 学校 {
  标识 学校.标识码
  名称 学校.名称
  日期 填报.日期
  版次 填报.版次
  学校: 学校项
  填报: 填报项
  甲: 是否
  乙: 是否
  办结: 日期?
}
数据 全县 { 名册 名册.标识码 名册: [学校项] 各校: 汇总 学校 }
规则 甲 "甲" { 依据 文 要求 甲 不符 "不甲" 整改 "改" }
规则 乙 "乙" { 依据 文 要求 乙 不符 "不乙" 整改 "改" }
规则 期 "期" { 依据 文 要求 办结 须在 2022-07-10 前 不符 "没有办结" 整改 "办" }
规则 交 "交" 范围 全县 { 依据 文 要求 各校.学校.标识码 不漏 名册.标识码 不符 "缺:{遗漏}" 整改 "催" }
规则 都甲 "都甲" 范围 全县 { 依据 文 要求 每个 各校 满足 甲 不符 "有的不甲" 整改 "改" }
规则 两乙 "两乙" 范围 全县 { 依据 文 要求 数量(各校[乙]) ≥ 2 不符 "不到两所" 整改 "改" }
"#;
const DAY: &str = "2022-06-28";

/// A document as it comes in.
#[derive(Clone, Debug)]
struct Doc {
    file: String,
    /// 0 to 2; 3 is a document without 标识.
    school: usize,
    date: Option<&'static str>,
    edition: Option<i64>,
    first: Option<bool>,
    second: Option<bool>,
    /// It cannot be read.
    broken: bool,
}

impl Doc {
    fn id(&self) -> Option<String> {
        (self.school < 3).then(|| format!("S{}", self.school))
    }

    fn text(&self) -> String {
        if self.broken {
            return format!("{{\"标识码\": \"S{}\" ", self.school);
        }
        let school = json!({"标识码": self.id(), "名称": format!("第{}校", self.school)});
        let about = json!({"日期": self.date, "版次": self.edition});
        json!({"学校": school, "填报": about, "甲": self.first, "乙": self.second}).to_string()
    }
}

fn doc() -> impl Strategy<Value = Doc> {
    let date = prop_oneof![
        1 => Just(None),
        2 => Just(Some("2022-06-27")),
        4 => Just(Some(DAY)),
        1 => Just(Some("2022-06-29")),
        1 => Just(Some("2099-01-01")),
    ];
    let edition = prop_oneof![3 => Just(None), 2 => (1..4_i64).prop_map(Some)];
    let answer = || prop_oneof![4 => Just(Some(true)), 2 => Just(Some(false)), 1 => Just(None)];
    let school = prop_oneof![12 => 0..3_usize, 1 => Just(3)];
    ((0..30_u8, school, date), edition, (answer(), answer()), prop::bool::weighted(0.05)).prop_map(
        |((file, school, date), edition, (first, second), broken)| {
            let file = format!("{file:02}.json");
            Doc { file, school, date, edition, first, second, broken }
        },
    )
}

/// The documents of a school that count: of the latest day that is not to come those of the greatest 版次, and those
/// without one; and of no day those that no dated one of a greater 版次 follows. Those of a day to come count where there are no others.
fn counting<'d>(docs: &[&'d Doc]) -> Vec<&'d Doc> {
    let (to_come, others): (Vec<&Doc>, Vec<&Doc>) =
        docs.iter().partition(|doc| doc.date.is_some_and(|date| date > DAY));
    if others.is_empty() {
        return to_come;
    }
    let latest = others.iter().filter_map(|doc| doc.date).max();
    let of_day = || others.iter().filter(|doc| doc.date.is_some() && doc.date == latest);
    let greatest = of_day().filter_map(|doc| doc.edition).max();
    let counts = of_day().filter(|doc| doc.edition.is_none() || doc.edition == greatest);
    let follows = |doc: &&Doc, other: &&Doc| other.date.is_some() && other.edition > Some(doc.edition.unwrap_or(0));
    let open = others.iter().filter(|doc| doc.date.is_none() && !others.iter().any(|other| follows(doc, other)));
    counts.chain(open).copied().collect()
}

fn letter(answer: Option<bool>) -> char {
    match answer {
        Some(true) => 'p',
        Some(false) => 'f',
        None => 'u',
    }
}

fn agreed<T: Copy + PartialEq>(all: impl Iterator<Item = Option<T>>) -> Option<T> {
    let all: Vec<Option<T>> = all.collect();
    all.iter().all(|one| *one == all[0]).then(|| all[0]).flatten()
}

fn county(pack: &Pack) -> County {
    County::new(pack, serde_json::from_value(json!({"as_of": DAY})).expect("options")).expect("a county")
}

fn add(county: &mut County, doc: &Doc) {
    county.add(&doc.file, doc.text().as_bytes(), &|_| None).expect("added");
}

fn finished(county: &County) -> Value {
    let own = json!({"名册": (0..4).map(|number| json!({"标识码": format!("S{number}"), "名称": format!("第{number}校")})).collect::<Vec<_>>()});
    let report = county.finish("全县.json", own.to_string().as_bytes(), None, &|_| None).expect("a report");
    serde_json::to_value(report).expect("JSON")
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("no {key} in {value}"))
}

fn status<'r>(report: &'r Value, rule: &str) -> &'r str {
    let rule = list(report, "rules").iter().find(|one| one["id"] == rule).expect("the rule");
    rule["status"].as_str().expect("a status")
}

fn check(docs: &[Doc], report: &Value) {
    let readable = || docs.iter().filter(|doc| !doc.broken);
    let mut by_school: BTreeMap<String, Vec<&Doc>> = BTreeMap::new();
    for doc in readable() {
        if let Some(id) = doc.id() {
            by_school.entry(id).or_default().push(doc);
        }
    }
    let contents = |docs: &[&Doc]| docs.iter().map(|doc| doc.text()).collect::<BTreeSet<_>>();
    assert_eq!(list(report, "by_school").len(), by_school.len());
    let (mut firsts, mut seconds) = (Vec::new(), Vec::new());
    for school in list(report, "by_school") {
        let id = school["id"].as_str().expect("an id");
        let all = &by_school[id];
        let counts = counting(all);
        let (first, second) = (agreed(counts.iter().map(|doc| doc.first)), agreed(counts.iter().map(|doc| doc.second)));
        let letters = format!("{}{}d", letter(first), letter(second));
        assert_eq!(school["statuses"], json!(letters), "{id}");
        firsts.push(first);
        seconds.push(second);
        let conflict = list(&report["schools"], "conflict").iter().find(|one| one["id"] == id);
        let expected = contents(&counts);
        assert_eq!(conflict.map_or(1, |one| list(one, "files").len()), expected.len(), "{id}");
        let files = |all: &BTreeSet<String>| -> BTreeSet<String> {
            all.iter().map(|text| all_names(all_of(docs), text).into_iter().next().expect("a file")).collect()
        };
        if let Some(conflict) = conflict {
            let named: BTreeSet<String> =
                list(conflict, "files").iter().map(|one| one["name"].as_str().expect("a name").to_owned()).collect();
            assert_eq!(named, files(&expected), "{id}");
            assert_eq!(school["document"], json!({"name": "", "sha256": ""}), "none of them alone");
            assert_ne!(school["verdict"], "pass");
        }
        let earlier = contents(all).difference(&expected).cloned().collect::<BTreeSet<_>>();
        let again = list(&report["schools"], "duplicate").iter().find(|one| one["id"] == id);
        assert_eq!(again.map_or(0, |one| list(one, "earlier").len()), earlier.len(), "{id}");
        // What is due is due in each of them: here always the same.
        assert_eq!(list(report, "due").iter().filter(|one| one["id"] == id).count(), 1);
    }
    // A document without 标识 is some school's; which one's, and what of that school counts then, is unknown.
    let nameless: BTreeSet<String> = readable().filter(|doc| doc.school == 3).map(Doc::text).collect();
    // S3 is on the roster and submits nothing that says so; of who is missing nothing is known.
    let missing: Vec<&Value> = list(&report["schools"], "missing").iter().map(|one| &one["id"]).collect();
    assert_eq!(missing.len(), 4 - by_school.len(), "{missing:?}");
    // A file that cannot be read may be a later one of its school.
    let broken: BTreeSet<usize> = docs.iter().filter(|doc| doc.broken).map(|doc| doc.school).collect();
    // Of which day its last word is has to be known.
    let dayless = |id: &str| {
        let all = &by_school[id];
        let to_come = all.iter().any(|doc| doc.date.is_some_and(|date| date > DAY));
        to_come || all.iter().all(|doc| doc.date.is_none())
    };
    let unsure: Vec<bool> = list(report, "by_school")
        .iter()
        .map(|one| one["id"].as_str().expect("an id"))
        .map(|id| dayless(id) || broken.iter().any(|school| id == format!("S{school}")))
        .collect();
    for answers in [&mut firsts, &mut seconds] {
        answers.iter_mut().zip(&unsure).filter(|(_, unsure)| **unsure).for_each(|(answer, _)| *answer = None);
        answers.extend(missing.iter().map(|_| None));
    }
    let all_first = if !nameless.is_empty() {
        "undetermined"
    } else if firsts.contains(&Some(false)) {
        "fail"
    } else if firsts.contains(&None) {
        "undetermined"
    } else {
        "pass"
    };
    assert_eq!(status(report, "都甲"), all_first);
    let sure = seconds.iter().filter(|one| **one == Some(true)).count();
    let possible = seconds.iter().filter(|one| **one != Some(false)).count();
    let two = if !nameless.is_empty() {
        "undetermined"
    } else if sure >= 2 {
        "pass"
    } else if possible < 2 {
        "fail"
    } else {
        "undetermined"
    };
    assert_eq!(status(report, "两乙"), two);
    // So many documents without 标识 cannot be those of more schools.
    assert_eq!(status(report, "交"), if missing.len() > nameless.len() { "fail" } else { "undetermined" });
    let unreadable: BTreeSet<(String, &String)> =
        docs.iter().filter(|doc| doc.broken || doc.school == 3).map(|doc| (doc.text(), &doc.file)).collect();
    assert_eq!(list(&report["schools"], "unreadable").len(), unreadable.len());
    // Every file that came in is somewhere.
    let said = report["schools"].to_string() + &report["by_school"].to_string();
    for doc in docs {
        assert!(said.contains(&format!("\"{}\"", doc.file)), "{} is nowhere in {said}", doc.file);
    }
}

fn all_of(docs: &[Doc]) -> BTreeMap<String, BTreeSet<String>> {
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for doc in docs {
        names.entry(doc.text()).or_default().insert(doc.file.clone());
    }
    names
}

fn all_names(all: BTreeMap<String, BTreeSet<String>>, text: &str) -> BTreeSet<String> {
    all[text].clone()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn which_documents_count_follows_from_what_they_say_of_themselves(
        docs in prop::collection::vec(doc(), 1..14),
        parts in prop::collection::vec(0..4_usize, 14),
        order in any::<u64>(),
    ) {
        let pack = Pack::load(BTreeMap::from([("a.bulou".to_owned(), RULES.to_owned())]));
        let mut whole = county(&pack);
        docs.iter().for_each(|doc| add(&mut whole, doc));
        let report = finished(&whole);
        check(&docs, &report);
        // Backwards, in four parts that are merged in any order, and some of them twice.
        let mut split: Vec<County> = (0..4).map(|_| county(&pack)).collect();
        for (doc, part) in docs.iter().zip(&parts).rev() {
            add(&mut split[*part], doc);
        }
        let states: Vec<String> = split.iter().map(|part| part.partial().expect("a state")).collect();
        let mut merged = county(&pack);
        let mut middle = county(&pack);
        for turn in 0..6 {
            let which = usize::try_from((order >> (turn * 2)) & 3).expect("small");
            let into = if turn % 2 == 0 { &mut merged } else { &mut middle };
            into.merge(&states[which]).expect("merged");
        }
        states.iter().for_each(|state| merged.merge(state).expect("merged"));
        merged.merge(&middle.partial().expect("a state")).expect("merged");
        prop_assert_eq!(merged.partial().expect("a state"), whole.partial().expect("a state"));
        prop_assert_eq!(finished(&merged), report);
    }
}

#[test]
fn a_document_of_no_certain_day_lets_no_county_rule_pass() {
    let pack = Pack::load(BTreeMap::from([("a.bulou".to_owned(), RULES.to_owned())]));
    let document = |school: usize, date: Option<&'static str>, file: &str| Doc {
        file: file.to_owned(),
        school,
        date,
        edition: None,
        first: Some(true),
        second: Some(true),
        broken: false,
    };
    let said = |further: &[Doc]| {
        let mut county = county(&pack);
        add(&mut county, &document(0, Some(DAY), "0.json"));
        further.iter().for_each(|doc| add(&mut county, doc));
        let own = json!({"名册": [{"标识码": "S0", "名称": "第0校"}, {"标识码": "S1", "名称": "第1校"}]});
        let report = county.finish("全县.json", own.to_string().as_bytes(), None, &|_| None).expect("a report");
        serde_json::to_value(report).expect("JSON")
    };
    let plain = said(&[document(1, Some(DAY), "1.json")]);
    assert_eq!((status(&plain, "两乙"), &plain["verdict"]), ("pass", &json!("pass")));
    for (date, list_of) in [
        (None, "undated"),
        (Some("0202-06-20"), "undated"),
        (Some("2022-02-30"), "undated"),
        (Some("2022-06-29"), "to_come"),
        (Some("2099-01-01"), "to_come"),
    ] {
        let report = said(&[document(1, date, "1.json")]);
        assert_eq!((status(&report, "都甲"), status(&report, "两乙")), ("undetermined", "undetermined"), "{date:?}");
        assert_eq!(report["verdict"], "undetermined", "{date:?}");
        assert_eq!((status(&report, "交"), list(&report["schools"], list_of).len()), ("pass", 1), "{date:?}");
        let words = list(&report, "rules")[1]["findings"][0]["message"].as_str().expect("words");
        assert!(words.contains("S1 第1校") && words.contains("填报日期"), "{words}");
    }
    // Which of the two is the later one, nobody knows.
    let both = said(&[document(1, Some("2022-06-27"), "1.json"), document(1, Some("2099-01-01"), "2.json")]);
    assert_eq!(status(&both, "两乙"), "undetermined");
    // What both say is certain.
    let agreed = said(&[document(1, Some("2022-06-27"), "1.json"), document(1, None, "2.json")]);
    assert_eq!(status(&agreed, "两乙"), "pass");
}
