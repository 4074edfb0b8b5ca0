//! Every required field of the campus-safety pack, at every depth, is left blank in turn.

use std::collections::BTreeSet;

use bulou_document::shape::{Element, Fields, Kind, Shape};
use bulou_report::{Status, Verdict};
use bulou_syntax::built_in::Format;
use serde_json::{Map, Value, json};

use super::{check, faults, only, pack, packs_support, rule, status, verdict};

/// A document in which every field and list of a shape is filled in.
fn filled(shape: &Shape, fields: &Fields) -> Value {
    let members: Map<String, Value> =
        fields.fields.iter().map(|field| (field.name.clone(), value(shape, &field.kind))).collect();
    Value::Object(members)
}

fn value(shape: &Shape, kind: &Kind) -> Value {
    match kind {
        Kind::Bool => json!(true),
        Kind::Integer(bounds) | Kind::Decimal(bounds) => {
            json!(bounds.min.map_or(1, |least| least.to_integer().max(0) as i64))
        }
        Kind::Text(Some(Format::SchoolCode)) => json!("2141000345"),
        Kind::Text(Some(Format::Phone)) => json!("0379-6123456"),
        Kind::Text(Some(Format::DocumentNumber)) => json!("教任〔2022〕11号"),
        Kind::Text(_) => json!("甲"),
        Kind::Date(_) => json!("2022-06-25"),
        Kind::Duration(_) => json!("3日"),
        Kind::Option(set) => json!(shape.option_sets[usize::from(*set)].options[0]),
        Kind::Record(inner) => filled(shape, inner),
        Kind::List(table) => match &shape.tables[usize::from(*table)].element {
            Element::Record(inner) => json!([filled(shape, inner)]),
            Element::Scalar(scalar) => json!([value(shape, scalar)]),
        },
    }
}

/// Where a required field stands, its label, and whether it is a record or list of its own.
struct Required {
    pointer: String,
    label: String,
    text: bool,
}

fn required(shape: &Shape, fields: &Fields, at: &str, into: &mut Vec<Required>) {
    for field in &fields.fields {
        let pointer = format!("{at}/{}", field.name);
        if !field.optional {
            let text = matches!(field.kind, Kind::Text(_));
            into.push(Required { pointer: pointer.clone(), label: field.label.clone(), text });
        }
        match &field.kind {
            Kind::Record(inner) => required(shape, inner, &pointer, into),
            Kind::List(table) => {
                if let Element::Record(inner) = &shape.tables[usize::from(*table)].element {
                    required(shape, inner, &format!("{pointer}/0"), into);
                }
            }
            _ => {}
        }
    }
}

/// The same document with the value at a pointer gone, or another in its place.
fn changed(document: &Value, pointer: &str, value: Option<&Value>) -> Value {
    let mut document = document.clone();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let members = document.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
    match value {
        Some(value) => drop(members.insert(key.to_owned(), value.clone())),
        None => drop(members.remove(key)),
    }
    document
}

#[test]
fn a_required_field_left_blank_is_named_and_never_passes() {
    let rules = packs_support::rules();
    let shape = &rules.shape;
    let fields = shape.document().expect("a record");
    let document = filled(shape, fields);
    let whole = check(&rules, &document);
    assert_eq!(faults(&whole), [], "the document is filled in");
    let mut all = Vec::new();
    required(shape, fields, "", &mut all);
    assert!(all.len() > 160, "{}", all.len());
    let blanks = [None, Some(json!(null)), Some(json!("")), Some(json!("  ")), Some(json!("\u{200B}\u{3000}"))];
    for one in &all {
        let placeholders = [Some(json!("无")), Some(json!("/")), Some(json!("(待定)"))];
        for blank in blanks.iter().chain(if one.text { &placeholders[..] } else { &placeholders[..1] }) {
            let report = check(&rules, &changed(&document, &one.pointer, blank.as_ref()));
            let named = report.structure.iter().any(|problem| {
                !problem.notice && problem.path.starts_with(&one.pointer) && {
                    // A document that does not say whose it is says so in its own words.
                    problem.code == "D034" || problem.message.contains(&one.label)
                }
            });
            assert!(named, "{} {blank:?}: {:?}", one.pointer, report.structure);
            assert!(report.verdict >= Verdict::Undetermined, "{} {blank:?}: {:?}", one.pointer, report.verdict);
        }
    }
}

/// What every rule is content with does not hide what is blank beside it.
#[test]
fn a_sample_that_passes_does_not_pass_with_a_blank() {
    let rules = packs_support::rules();
    let mut sample: Value = serde_json::from_str(&packs_support::sample("南街小学.json")).expect("JSON");
    for (key, day) in [("完成日期", "2022-06-28"), ("销号日期", "2022-06-28")] {
        sample["隐患"][1][key] = json!(day);
    }
    assert_eq!(check(&rules, &sample).verdict, Verdict::Pass);
    let mut all = Vec::new();
    required(&rules.shape, rules.shape.document().expect("a record"), "", &mut all);
    let there: Vec<_> = all.iter().filter(|one| sample.pointer(&one.pointer).is_some()).collect();
    assert!(there.len() > 130, "{}", there.len());
    let passed: BTreeSet<&str> = there
        .iter()
        .filter(|one| {
            [None, Some(json!("")), Some(json!("无"))]
                .iter()
                .any(|blank| check(&rules, &changed(&sample, &one.pointer, blank.as_ref())).verdict <= Verdict::Pending)
        })
        .map(|one| one.pointer.as_str())
        .collect();
    assert_eq!(passed, BTreeSet::new());
}

/// What a record is filled with that has been filled in with nothing.
fn nothings() -> [Value; 7] {
    [
        json!({}),
        json!({"期": ""}),
        json!({"期": null, "人": " "}),
        json!({"人": "待定"}),
        json!({"人": "#REF!"}),
        json!({"件": []}),
        json!({"里": null, "期": "\u{200B}"}),
    ]
}

#[test]
fn a_record_in_which_nothing_is_filled_in_is_none() {
    let data = "记录 里 { 名: 文本? }
记录 演 { 期: 日期? 已发生 人: 文本? 件: [文本]? 里: 里? }
数据 学校 { 名: 文本 演练: [演] 至少 2 项 预案: 演? 必备: 演 }
";
    let rules = pack(&format!("{data}{}", rule("数量(演练) ≥ 2 且 有 预案")));
    let (some, other) = (json!({"人": "甲"}), json!({"人": "乙"}));
    let document = |elements: [&Value; 2], optional: &Value, required: &Value| json!({"名": "甲", "演练": elements, "预案": optional, "必备": required});
    assert_eq!(verdict(&rules, &document([&some, &other], &some, &some)), Verdict::Pass);
    for nothing in &nothings() {
        for (document, wanted) in [
            (document([&some, nothing], &some, &some), vec![("D031", "/演练"), ("D031", "/演练/1")]),
            (
                document([nothing, nothing], &some, &some),
                vec![("D031", "/演练"), ("D031", "/演练/0"), ("D031", "/演练/1")],
            ),
            (document([&some, &other], nothing, &some), vec![("D031", "/预案")]),
            (document([&some, &other], &some, nothing), vec![("D031", "/必备")]),
        ] {
            let report = check(&rules, &document);
            assert_eq!(faults(&report), wanted, "{document}");
            assert!(report.verdict >= Verdict::Undetermined, "{document}");
        }
        let report = check(&rules, &document([&some, &other], nothing, &some));
        assert_eq!(only(&report).status, Status::Undetermined, "whether it is there is not known: {nothing}");
    }
    // However deep it lies; that a list which has to be filled in is empty says something.
    let deep = json!({"人": "甲", "里": {"名": "/"}});
    assert_eq!(faults(&check(&rules, &document([&some, &deep], &some, &some))), [("D031", "/演练/1/里")]);
    let data = "记录 组 { 人: [文本] } 数据 学校 { 名: 文本 组: 组 }\n";
    let rules = pack(&format!("{data}{}", rule("名 = \"甲\"")));
    assert_eq!(faults(&check(&rules, &json!({"名": "甲", "组": {"人": []}}))), []);
}

const ROWS: &str = "记录 子 { 数: 整数? 范围 0 至 9 }
记录 必 { 名: 文本 次: 整数? 范围 0 至 9 }
记录 行 { 编号: 文本 好: 是否 次: 整数? 范围 0 至 9 子: 子? 件: [必]? }
数据 学校 { 名: 文本 表: [行] 有必: 必 可: 必? }
";

#[test]
fn nothing_is_known_of_a_row_in_which_nothing_is_said() {
    let row = json!({"编号": "一", "好": true});
    for hollow in [
        json!({}),
        json!({"编号": ""}),
        json!({"编号": "无", "次": null}),
        json!({"好": null, "次": ""}),
        json!({"子": {}}),
        json!({"子": {"数": null}}),
        json!({"件": [{}]}),
        json!({"件": [null]}),
        json!({"件": []}),
        json!({"未知": 1}),
        json!(null),
    ] {
        for requirement in [
            "没有 表 满足 有 次 且 次 > 3",
            "合计(表[有 次].次) ≤ 8",
            "每个 表[有 次] 满足 好",
            "非 (存在 表 满足 有 子)",
            "没有 表 满足 有 件",
        ] {
            let rules = pack(&format!("{ROWS}{}", rule(requirement)));
            let of = |rows: Value| {
                let document = json!({"名": "甲", "表": rows, "有必": {"名": "乙"}});
                only(&check(&rules, &document)).status
            };
            assert_eq!(of(json!([row])), Status::Pass, "{requirement}");
            // That there is an element is known, if only that.
            let has_element = hollow["件"].as_array().is_some_and(|elements| !elements.is_empty());
            let is_known = has_element && requirement.ends_with("有 件");
            let status = if is_known { Status::Fail } else { Status::Undetermined };
            assert_eq!(of(json!([row, hollow])), status, "{requirement} of {hollow}");
        }
    }
}

#[test]
fn nothing_is_known_of_a_record_in_which_nothing_is_said() {
    for (part, hollow) in [
        ("有必", json!({})),
        ("有必", json!({"名": " "})),
        ("有必", json!({"多": 1})),
        ("可", json!({})),
        ("可", json!({"名": ""})),
    ] {
        for requirement in ["缺 有必.次 且 缺 可", "非 (有 可) 且 缺 有必.次"] {
            let rules = pack(&format!("{ROWS}{}", rule(requirement)));
            let mut document = json!({"名": "甲", "表": [], "有必": {"名": "乙"}});
            assert_eq!(only(&check(&rules, &document)).status, Status::Pass, "{requirement}");
            document[part] = hollow.clone();
            assert_eq!(only(&check(&rules, &document)).status, Status::Undetermined, "{requirement} of {hollow}");
        }
    }
}

#[test]
fn a_record_that_may_be_left_out_and_says_nothing_may_be_there_or_not() {
    for attributes in ["", "敏感 留存 \"查\""] {
        let data = format!(
            "记录 病 {{ 号: 文本 病: 文本? {attributes} }}\n记录 去 {{ 甲: 文本? 乙: 整数? 范围 0 至 9 }}\n数据 学校 {{ 名: 文本 一: 病? 去: 去? }}\n"
        );
        for (part, hollow) in
            [("一", json!({})), ("一", json!({"号": ""})), ("去", json!({})), ("去", json!({"甲": "待定"}))]
        {
            for (requirement, absent) in [(format!("有 {part}"), Status::Fail), (format!("缺 {part}"), Status::Pass)]
            {
                let rules = pack(&format!("{data}{}", rule(&requirement)));
                assert_eq!(status(&rules, &json!({"名": "甲"})), absent, "{requirement}");
                let mut document = json!({"名": "甲"});
                document[part] = hollow.clone();
                assert_eq!(status(&rules, &document), Status::Undetermined, "{requirement} {hollow} {attributes}");
            }
        }
    }
}

/// A misspelt key holds what its field would.
#[test]
fn what_stands_under_an_unknown_key_may_be_an_absent_field_s() {
    for (requirement, document) in [
        (
            "没有 表 满足 有 次 且 次 > 3",
            json!({"名": "甲", "表": [{"编号": "一", "好": true, "次数": 9}], "有必": {"名": "乙"}}),
        ),
        ("缺 有必.次", json!({"名": "甲", "表": [], "有必": {"名": "乙", "次 数": 9}})),
        ("缺 可", json!({"名": "甲", "表": [], "有必": {"名": "乙"}, "可以": {"名": "丙"}})),
    ] {
        let rules = pack(&format!("{ROWS}{}", rule(requirement)));
        assert_eq!(only(&check(&rules, &document)).status, Status::Undetermined, "{requirement}");
    }
}
