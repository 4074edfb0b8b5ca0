//! Lists that must have elements, numbers within bounds, parameters within ranges, and whether reports say which differ.

use bulou_document::schema;
use bulou_eval::{Checker, Options};
use bulou_messages::diagnostic::Lang;
use bulou_report::{Report, Verdict, csv, text};
use serde_json::json;

use super::{check, faults, options, pack, packs_support, rule, verdict};

#[test]
fn a_list_that_is_too_short_is_a_fault() {
    let data = "记录 项 { 名: 文本 }\n数据 学校 { 校名: 文本 表: [项] 至少 2 项 可: [文本]? 至少 1 项 }\n";
    let rules = pack(&format!("{data}{}", rule("没有 表 满足 名 = \"乙\"")));
    let of = |names: &[&str]| {
        let list: Vec<_> = names.iter().map(|name| json!({"名": name})).collect();
        json!({"校名": "甲", "表": list})
    };
    assert_eq!(verdict(&rules, &of(&["一", "二"])), Verdict::Pass);
    for names in [&[][..], &["一"]] {
        let report = check(&rules, &of(names));
        assert_eq!((faults(&report), report.verdict), (vec![("D032", "/表")], Verdict::Undetermined));
    }
    let mut empty = of(&["一", "二"]);
    empty["可"] = json!([]);
    assert_eq!(faults(&check(&rules, &empty)), [("D032", "/可")]);
    assert_eq!(schema::schema(&rules.shape)["properties"]["表"]["minItems"], 2);
    let template = schema::template(&rules.shape);
    assert_eq!((&template["表"], &template["可"]), (&json!([{"名": null}, {"名": null}]), &json!(null)));
}

#[test]
fn no_number_of_the_campus_pack_may_be_negative_or_absurd() {
    let rules = packs_support::rules();
    let sample: serde_json::Value = serde_json::from_str(&packs_support::sample("南街小学.json")).expect("JSON");
    let mut numbers = Vec::new();
    numbers_of(&sample, "", &mut numbers);
    assert!(numbers.len() > 40, "{}", numbers.len());
    for pointer in numbers {
        for wrong in [json!(-1), json!(1_000_000_000_000_000_i64)] {
            let mut document = sample.clone();
            *document.pointer_mut(&pointer).expect("a number") = wrong.clone();
            let report = check(&rules, &document);
            assert_eq!(faults(&report), [("D008", pointer.as_str())], "{wrong}");
            assert!(report.verdict >= Verdict::Undetermined);
        }
    }
}

fn numbers_of(value: &serde_json::Value, at: &str, into: &mut Vec<String>) {
    match value {
        serde_json::Value::Number(_) => into.push(at.to_owned()),
        serde_json::Value::Object(members) => {
            members.iter().for_each(|(key, value)| numbers_of(value, &format!("{at}/{key}"), into));
        }
        serde_json::Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| numbers_of(value, &format!("{at}/{index}"), into));
        }
        _ => {}
    }
}

const PARAMS: &str = "参数 数: 整数 = 5 范围 1 至 100 \"次\"
参数 小: 小数 = 0.5 范围 0 至 1
参数 日: 日期 = 2022-06-24 范围 2022-06-01 至 2022-12-31
参数 长: 时长 = 31日 范围 1日 至 366日
参数 月: [整数] = {7, 8} 范围 1 至 12
数据 学校 { 名: 文本 甲: 整数 范围 0 至 9 }
";

fn given(name: &str, value: &str) -> Options {
    Options { params: vec![(name.to_owned(), value.to_owned())], ..options() }
}

#[test]
fn a_parameter_stays_in_its_range() {
    let rules = pack(&format!("{PARAMS}{}", rule("甲 ≤ 数 且 甲 ≥ 小 且 今天 ≥ 日 且 长 > 0日 且 非 甲 属于 月")));
    for (name, good, bad) in [
        ("数", &["1", "100"][..], &["0", "-5", "101", "1000000000000000"][..]),
        ("小", &["0", "1", "0.75"], &["-0.1", "1.1"]),
        ("日", &["2022-06-01", "2022-12-31"], &["2022-05-31", "2099-01-01"]),
        ("长", &["1日", "52周"], &["0日", "367日", "-1日"]),
        ("月", &["1", "1,12"], &["0", "7,13"]),
    ] {
        for value in good {
            assert!(Checker::new(&rules, &given(name, value)).is_ok(), "{name}={value}");
        }
        for value in bad {
            let words = Checker::new(&rules, &given(name, value)).err().unwrap_or_else(|| panic!("{name}={value}"));
            assert!(words.params.iter().all(|words| words.zh.contains(name) && words.zh.contains(value)), "{words:?}");
        }
    }
}

#[test]
fn a_parameter_always_says_something() {
    let rules = pack(&format!(
        "参数 必备: [文本] = {{\"灭火器\", \"急救箱\"}} \"物\"\n参数 主管: 文本 = \"教体局\" \"谁\"\n参数 长: 时长 = 5日 范围 1日 至 9日\n\
         数据 学校 {{ 名: 文本 有的: [文本] }}\n{}",
        rule("必备 不漏 有的 且 主管 = 名 且 长 > 0日")
    ));
    let blanks = [
        "",
        " ",
        "{}",
        "[]",
        "{\"\"}",
        "[\"灭火器\",\"\"]",
        "灭火器,",
        "灭火器,,急救箱",
        "待定",
        "灭火器,待定",
        "○○",
        "#REF!",
    ];
    for blank in blanks {
        let words = Checker::new(&rules, &given("必备", blank)).err().unwrap_or_else(|| panic!("必备={blank}"));
        assert!(words.params.iter().any(|words| words.zh.contains("必备") && words.zh.contains("没有填")), "{words:?}");
    }
    for blank in ["", " ", "\"\"", "待定", "/", "\u{200B}", "没填"] {
        assert!(Checker::new(&rules, &given("主管", blank)).is_err(), "主管={blank}");
    }
    for negative in ["-5日", "-1周", "5"] {
        assert!(Checker::new(&rules, &given("长", negative)).is_err(), "长={negative}");
    }
    for json in [r#"{"必备":[]}"#, r#"{"必备":[null,"急救箱"]}"#, r#"{"主管":null}"#, r#"{"主管":" "}"#] {
        let params = bulou_eval::params_from_json(json.as_bytes()).expect("JSON");
        assert!(Checker::new(&rules, &Options { params, ..options() }).is_err(), "{json}");
    }
    assert!(Checker::new(&rules, &given("必备", "[\"灭火器\", \"担架\"]")).is_ok());
}

#[test]
fn a_report_says_which_parameters_differ() {
    let rules = packs_support::rules();
    let sample = packs_support::sample("南街小学.json");
    let report = |options: &Options| {
        let mut checker = Checker::new(&rules, options).expect("options");
        let report = checker.check("a.json", sample.as_bytes());
        (shown(&report), serde_json::to_value(&report).expect("JSON"))
    };
    let (texts, json) = report(&given("每日巡查下限", "1"));
    for text in texts {
        assert!(text.contains("参数与规则集不同: 每日巡查下限 1(规则集 5)"), "{text}");
    }
    assert_eq!(json["params_changed"], json!([{"name": "每日巡查下限", "value": "1", "default": "5"}]));
    for options in [options(), given("每日巡查下限", "5")] {
        let (texts, json) = report(&options);
        assert!(texts.iter().all(|text| !text.contains("参数与规则集不同")) && json.get("params_changed").is_none());
    }
}

fn shown(report: &Report<'_>) -> [String; 2] {
    let options = text::TextOptions { color: false, width: 100, lang: Lang::Zh, quiet: true };
    [text::render(report, options), csv::rows(report, Lang::Zh)]
}
