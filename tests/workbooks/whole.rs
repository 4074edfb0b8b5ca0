//! Documents that go through a workbook and come back.

use bulou_document::shape::{Element, Fields, Kind, Shape};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_report::Report;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use super::packs_support::{rules, sample};
use super::{pack, report, value};

const SAMPLES: [&str; 3] = ["南街小学.json", "北关小学-有问题.json", "县幼儿园-未填完.json"];

/// Without `null`, which says no more than no key, and with `1.0` as `1`.
fn said(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            members.into_iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (key, said(value))).collect()
        }
        Value::Array(items) => Value::Array(items.into_iter().map(said).collect()),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => json!(float as i64),
            _ => Value::Number(number),
        },
        other => other,
    }
}

/// What a report says, apart from the file and the places in it.
fn judged(mut report: Report<'_>) -> Value {
    report.document = Default::default();
    report.structure.retain(|problem| !problem.notice);
    for problem in &mut report.structure {
        (problem.line, problem.column, problem.cell) = (1, 1, None);
    }
    report.structure.sort_by(|one, other| (&one.path, one.code).cmp(&(&other.path, other.code)));
    for finding in report.rules.iter_mut().flat_map(|rule| &mut rule.findings) {
        finding.cells.clear();
    }
    serde_json::to_value(report).expect("a report is JSON")
}

#[test]
fn the_samples_come_through_a_workbook_whole_and_are_judged_the_same() {
    let rules = rules();
    for name in SAMPLES {
        let text = sample(name);
        let bytes = bulou_sheets::workbook(&rules, &text).expect("a workbook");
        let reading = bulou_sheets::read(&rules, &bytes, Lang::Zh).expect("it is read");
        assert_eq!(reading.problems, [], "{name}");
        assert_eq!(value(&reading.text), value(&text), "{name}");
        let read = report(&rules, name, &bytes);
        assert_eq!(
            read.document.sha256,
            bulou_eval::sha256(&bytes),
            "the hash speaks of the bytes that were handed in"
        );
        assert_eq!(judged(read), judged(report(&rules, name, text.as_bytes())), "{name}");
    }
}

#[test]
fn wrong_answers_are_refused_in_a_workbook_as_in_json() {
    let rules = rules();
    let mut document = value(&sample(SAMPLES[0]));
    document["学校"]["学生数"] = json!("很多");
    document["学校"]["教职工数"] = json!("78");
    document["学校"]["寄宿"] = json!("否");
    document["学校"]["标识码"] = json!(2_141_000_345_i64);
    document["学校"]["校训"] = json!("好好学习");
    document["填报"]["日期"] = json!("2022.6.28");
    document["隐患"][0]["身份证号"] = json!("411302199001011234");
    document["隐患"][0]["等级"] = json!("较大");
    document["制度"] = json!("齐全");
    document["消防"]["巡查日期"] = json!(["2022-06-24", "无"]);
    let text = document.to_string();
    let bytes = bulou_sheets::workbook(&rules, &text).expect("a workbook");
    let read = report(&rules, "a", &bytes);
    assert!(read.structure.len() > 8, "{:?}", read.structure);
    assert!(read.structure.iter().all(|problem| problem.cell.is_some()), "{:?}", read.structure);
    assert_eq!(judged(read), judged(report(&rules, "a", text.as_bytes())));
}

#[test]
fn leading_zeros_long_codes_and_dates_are_kept_to_the_digit() {
    let rules = pack(
        "规则集 a \"a\" { 版本 1 }\n数据 b { 号: 文本  码: 文本 格式 统一社会信用代码  日: 日期  数: 小数  多: [文本] }\n",
    );
    let text = r#"{"规则集":"a@1","号":"000123456789012345678","码":"911100006000373410","日":"2024-02-29","数":0.10000000000000000001,"多":["007","411302199001011234"]}"#;
    let bytes = bulou_sheets::workbook(&rules, text).expect("a workbook");
    let reading = bulou_sheets::read(&rules, &bytes, Lang::Zh).expect("it is read");
    let packed: String = reading.text.split_whitespace().collect();
    assert_eq!((packed.as_str(), reading.problems.as_slice()), (text, &[][..]));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let rules = rules();
    let text = sample(SAMPLES[0]);
    assert_eq!(bulou_sheets::workbook(&rules, &text), bulou_sheets::workbook(&rules, &text));
    assert_eq!(bulou_sheets::template(&rules), bulou_sheets::template(&rules));
}

#[test]
fn the_template_as_it_is_says_nothing_but_its_pack() {
    let rules = rules();
    let reading =
        bulou_sheets::read(&rules, &bulou_sheets::template(&rules).expect("a template"), Lang::Zh).expect("it is read");
    assert_eq!(reading.problems, []);
    assert_eq!(value(&reading.text), json!({"规则集": rules.shape.envelope()}));
}

/// Texts as people and programs write them, and as a hostile one might.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[\u{4e00}-\u{4e40}a-zA-Z0-9 ]{0,8}",
        1 => any::<String>(),
        1 => prop::sample::select(vec![
            "无", "有", "是", "0012", "2022-06-05", "2022.6.5", "44717", "411302199001011234", "json:1", "_x0041_", " ", "",
            "=1+1", "'a", "甲、乙", "1,460", "TRUE", "/隐患/-/编号", "a\r\nb", "\u{1}", "\u{fffe}", "12345678901234567890", "-0",
        ]).prop_map(str::to_owned),
    ]
}

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        (0_i64..2000).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (any::<i32>(), 0_i32..9).prop_map(|(number, scale)| json!(f64::from(number) / 10_f64.powi(scale))),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Value::from),
    ]
}

/// A value of a kind, now and then one of another.
fn of_kind(shape: &Shape, kind: &Kind) -> BoxedStrategy<Value> {
    let right = match kind {
        Kind::Bool => any::<bool>().prop_map(Value::from).boxed(),
        Kind::Integer(_) | Kind::Decimal(_) => number().boxed(),
        Kind::Text(_) | Kind::Duration(_) => text().prop_map(Value::from).boxed(),
        Kind::Date(_) => {
            (0_i32..10_000, 1_u32..13, 1_u32..31).prop_map(|(y, m, d)| json!(format!("{y:04}-{m:02}-{d:02}"))).boxed()
        }
        Kind::Option(set) => {
            prop::sample::select(shape.option_sets[usize::from(*set)].options.clone()).prop_map(Value::from).boxed()
        }
        Kind::Record(fields) => of_fields(shape, fields),
        Kind::List(table) => {
            let element = match &shape.tables[usize::from(*table)].element {
                Element::Record(fields) => of_fields(shape, fields),
                Element::Scalar(kind) => of_kind(shape, kind),
            };
            prop::collection::vec(element, 0..4).prop_map(Value::from).boxed()
        }
    };
    let wrong = prop_oneof![
        text().prop_map(Value::from),
        number(),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[1, {"a": null}], "甲"])),
        Just(json!({"甲": {"乙": [1]}}))
    ];
    prop_oneof![12 => right, 1 => wrong].boxed()
}

fn of_fields(shape: &Shape, fields: &Fields) -> BoxedStrategy<Value> {
    let members: Vec<_> = fields
        .fields
        .iter()
        .map(|field| {
            prop::option::weighted(0.7, of_kind(shape, &field.kind)).prop_map({
                let name = field.name.clone();
                move |value| value.map(|value| (name.clone(), value))
            })
        })
        .collect();
    let strange = prop::option::weighted(0.05, (text(), number()));
    (members, strange)
        .prop_map(|(members, strange)| {
            let members: Map<String, Value> = members.into_iter().flatten().chain(strange).collect();
            Value::Object(members)
        })
        .boxed()
}

fn comes_back(rules: &RuleSet, cases: u32) {
    let fields = rules.shape.document().expect("a record").clone();
    let documents = of_fields(&rules.shape, &fields);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 2000, ..Config::default() };
    let outcome = TestRunner::new_with_rng(config, rng).run(&documents, |document| {
        let bytes = bulou_sheets::workbook(rules, &document.to_string())
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        let reading =
            bulou_sheets::read(rules, &bytes, Lang::En).map_err(|problem| TestCaseError::fail(problem.message))?;
        prop_assert_eq!(said(value(&reading.text)), said(document));
        prop_assert_eq!(reading.problems, []);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn every_document_comes_through_a_workbook_whole() {
    comes_back(&rules(), 40);
}

#[test]
fn lists_within_lists_and_records_within_lists_come_through_whole() {
    let rules = pack(
        "规则集 嵌套 \"嵌套\" { 版本 1 }\n\
        记录 子项 { 名: 文本  孙: [孙项] }\n\
        记录 孙项 { 号: 整数 唯一  标签: [文本] }\n\
        记录 地址 { 省: 文本  门牌: 整数? }\n\
        记录 项 { 名: 文本  地: 地址  旧址: 地址?  子: [子项]  比: 小数  限: 时长 }\n\
        数据 文件 { 甲: [项]  乙: 地址  丙: 地址?  丁: [小数] }\n",
    );
    comes_back(&rules, 300);
}
