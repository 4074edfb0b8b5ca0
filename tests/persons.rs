//! Persons in rules: documents say who somebody is in several ways, and are compared by the name alone. What a rule
//! compares with them must be a name as documents are compared by, or the comparison would never hold.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panic")]

use bulou_base::date::parse;
use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Severity;
use bulou_pack::{Files, load};
use bulou_report::Status;
use serde_json::{Value, json};

const FIELDS: &str = "甲: 文本 格式 人员  乙: 文本 格式 人员  丙: 文本? 格式 人员  众: [人]  话: 文本  词: [文本]";

fn pack(more: &str, requirement: &str) -> String {
    format!(
        "规则集 t \"测试\" {{ 版本 1 施行 2000-01-01 }}\n来源 文 外部 \"文\"\n数据 学校 {{\n  {FIELDS}\n}}\n记录 人 {{ 名: 文本 格式 人员 }}\n{more}\n\
         规则 r \"则\" {{ 依据 文 要求 {requirement} 不符 \"{{甲}}\" 整改 \"改\" }}\n"
    )
}

/// The rule set, or the codes of its errors with what is proposed instead.
fn compile(text: &str) -> Result<RuleSet, Vec<(String, Option<String>)>> {
    let loaded = load(&Files([("a.bulou".to_owned(), text.as_bytes().to_vec())].into()));
    let errors = loaded.diagnostics.iter().filter(|found| found.severity() == Severity::Error);
    let errors: Vec<_> = errors
        .map(|found| (found.code.as_str().to_owned(), found.fix.as_ref().map(|fix| fix.replacement.clone())))
        .collect();
    if errors.is_empty() { Ok(loaded.rules.expect("a pack without errors has rules")) } else { Err(errors) }
}

fn refused(more: &str, requirement: &str) -> bool {
    match compile(&pack(more, requirement)) {
        Ok(_) => false,
        Err(errors) => {
            assert!(errors.iter().all(|(code, _)| code == "E020"), "{more} {requirement}: {errors:?}");
            true
        }
    }
}

fn options(params: &[(&str, &str)]) -> Options {
    let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Options { params, ..Options::on(parse("2022-06-28").expect("a day")) }
}

fn status(rules: &RuleSet, change: &[(&str, Value)]) -> Status {
    let mut document = json!({
        "规则集": "t@1", "甲": "张三", "乙": "李四", "众": [{"名": "王五"}, {"名": "赵六"}], "话": "加固围墙", "词": ["加固"]
    });
    for (name, value) in change {
        document[*name] = value.clone();
    }
    let mut checker = Checker::new(rules, &options(&[])).expect("the options fit");
    checker.check("a.json", document.to_string().as_bytes()).rules[0].status
}

/// How documents say who somebody is.
fn written() -> impl Iterator<Item = String> {
    let names = ["张三", "王建国", "欧阳明", "买买提·艾力", "Ann Lee", "教导处", "城关派出所", "校长", "总务主任"];
    let ways: [fn(&str) -> String; 12] = [
        str::to_owned,
        |name| format!("{name}主任"),
        |name| format!("{name}(主任)"),
        |name| format!("主任{name}"),
        |name| format!("{name}同志"),
        |name| format!("{name}(兼)"),
        |name| format!("{name}。"),
        |name| format!("{name} "),
        |name| format!("总务处{name}"),
        |name| format!("{name}13800000000"),
        |name| format!("{name}(东校区)"),
        |name| format!("{name}等3人"),
    ];
    names.into_iter().flat_map(move |name| ways.into_iter().map(move |way| way(name)))
}

#[test]
fn a_text_that_a_rule_takes_is_what_documents_with_that_text_say() {
    let mut taken = 0;
    for text in written() {
        for (asks, holds) in [
            (format!("甲 = \"{text}\""), true),
            (format!("\"{text}\" ≠ 甲"), false),
            (format!("甲 属于 {{\"{text}\", \"孙七\"}}"), true),
            (format!("\"{text}\" 属于 众.名"), true),
            (format!("众.名 包含 \"{text}\""), true),
            (format!("存在 众 记作 x 满足 x.名 = \"{text}\""), true),
            (format!("众.名 不漏 {{\"{text}\"}}"), true),
            (format!("丙 缺省 \"{text}\" = 甲"), true),
            (format!("(若 话 = \"无事\" 则 乙 否则 \"{text}\") = 甲"), true),
        ] {
            match compile(&pack("", &asks)) {
                Ok(rules) => {
                    let change = [("甲", json!(text)), ("众", json!([{"名": text}, {"名": "王五"}]))];
                    let expected = if holds { Status::Pass } else { Status::Fail };
                    // A text that names nobody is no answer, and decides nothing.
                    let status = status(&rules, &change);
                    assert!(status == expected || status == Status::Undetermined, "{asks}: {status:?}");
                    taken += usize::from(status == expected);
                }
                Err(errors) => {
                    let [(code, fix)] = errors.as_slice() else { panic!("{asks}: {errors:?}") };
                    assert_eq!(code, "E020", "{asks}");
                    let mended = fix.iter().map(|fix| asks.replace(&format!("\"{text}\""), fix));
                    mended.for_each(|mended| assert!(compile(&pack("", &mended)).is_ok(), "{asks}: {mended}"));
                }
            }
        }
    }
    assert!(taken > 100, "{taken}");
}

#[test]
fn a_person_is_compared_with_persons_alone() {
    let lists = "参数 名单: [文本] = {\"张三\", \"校长\"}\n参数 一人: 文本 = \"张三\"\n";
    for asks in [
        "甲 ≠ 乙",
        "甲 = \"张三\"",
        "甲 属于 众.名",
        "甲 属于 名单",
        "名单 包含 甲",
        "甲 = 一人",
        "一人 ≠ 甲",
        "众.名 不漏 名单",
        "没有 众.名 记作 x 满足 x = 甲",
        "数量(去重(众.名)) = 数量(众)",
        "话 包含 甲",
        "(丙 缺省 甲) ≠ 乙",
        "话 = \"张三主任\"",
        "话 属于 词",
    ] {
        assert!(!refused(lists, asks), "{asks}");
    }
    let plain = "定义 谁 = 话\n表 换(a: 是否) -> 文本 { | a | 结果 | | 任意 | \"张三\" | }\n\
                 表 问(a: 文本) -> 是否 { | a | 结果 | | 任意 | 是 | }\n";
    for asks in [
        "甲 ≠ 话",
        "话 = 甲",
        "甲 属于 词",
        "词 包含 甲",
        "话 属于 众.名",
        "众.名 不漏 词",
        "甲 = 谁",
        "甲 = 换(是)",
        "问(甲)",
        "甲 包含 \"主任\"",
        "没有 词 记作 x 满足 x = 甲",
        "甲 属于 {\"张三\", 话}",
        "(丙 缺省 话) ≠ 乙",
        "甲 < 乙",
        "(若 有 丙 则 甲 否则 话) ≠ 乙",
        "甲 在 \"张三\" 至 话 之间",
    ] {
        assert!(refused(plain, asks), "{asks}");
    }
    for list in ["{\"张三主任\"}", "{\"张三\", \"校长(兼)\"}"] {
        assert!(refused(&format!("参数 名单: [文本] = {list}\n"), "甲 属于 名单"), "{list}");
        // Of a text that nobody is asked for it is as it is written.
        assert!(!refused(&format!("参数 名单: [文本] = {list}\n"), "话 属于 名单"), "{list}");
    }
}

#[test]
fn a_parameter_that_names_persons_is_set_to_names() {
    let rules = compile(&pack("参数 名单: [文本] = {\"张三\"}\n", "甲 属于 名单")).expect("it compiles");
    assert_eq!(status(&rules, &[("甲", json!("张三主任"))]), Status::Pass);
    for (value, fits) in [
        ("李四", true),
        ("李四,校长", true),
        ("李四主任", false),
        ("李四,校长(兼)", false),
        ("没人管", false),
        ("李四食品配送员", false),
    ] {
        assert_eq!(Checker::new(&rules, &options(&[("名单", value)])).is_ok(), fits, "{value}");
    }
}

/// What stands beside a name may be of the name: then nobody can say whether two texts are one person.
#[test]
fn who_may_be_one_is_not_told_apart() {
    let of = |asks: &str, change: &[(&str, Value)]| status(&compile(&pack("", asks)).expect("it compiles"), change);
    let list = |names: &[&str]| json!(names.iter().map(|name| json!({"名": name})).collect::<Vec<_>>());
    let many = |last: &str| {
        let letters = "伟芳娜敏静强磊军洋勇艳杰涛明超秀霞平刚桂";
        let names = letters
            .chars()
            .flat_map(|one| letters.chars().filter(move |two| *two != one).map(move |two| format!("王{one}{two}")));
        json!(names.chain([last.to_owned()]).map(|name| json!({"名": name})).collect::<Vec<_>>())
    };
    for (one, other) in [
        ("张三食品配送员", "张三"),
        ("张三、李四", "张三"),
        ("南街小学张三食品配送员", "张三"),
        ("张三等3人", "张三"),
        ("张三(李四代签)", "李四"),
    ] {
        for (one, other) in [(one, other), (other, one)] {
            let both = [("甲", json!(one)), ("乙", json!(other))];
            for asks in ["甲 ≠ 乙", "甲 = 乙", "非 (甲 = 乙)", "甲 属于 {\"孙七\"} 或 甲 = 乙"] {
                assert_eq!(of(asks, &both), Status::Undetermined, "{asks}: {one} {other}");
            }
            for listed in [list(&["王五", other]), many(other)] {
                let both = [("甲", json!(one)), ("众", listed)];
                for asks in ["甲 属于 众.名", "非 (众.名 包含 甲)", "没有 众 满足 名 = 甲", "数量(众[名 = 甲]) = 0"]
                {
                    assert_eq!(of(asks, &both), Status::Undetermined, "{asks}: {one} {other}");
                }
                let both = [("众", both[1].1.clone()), ("乙", json!(one)), ("甲", json!(one))];
                assert_ne!(of("众.名 不漏 {\"孙七\"}", &both), Status::Pass, "{one} {other}");
            }
            let both = [("众", list(&[one, other, "王五"]))];
            assert_eq!(of("数量(去重(众.名)) = 3", &both), Status::Undetermined, "{one} {other}");
            assert_eq!(of("数量(去重(众.名)) ≥ 2", &both), Status::Pass, "{one} {other}");
        }
    }
    assert_eq!(of("众.名 不漏 {\"张三\"}", &[("众", list(&["张三食品配送员", "王五"]))]), Status::Undetermined);
    assert_eq!(of("众.名 不漏 {\"张三\"}", &[("众", list(&["李四(食品配送员)", "王五"]))]), Status::Fail);
    // Whoever is of another name is another, whatever stands beside it.
    assert_eq!(of("甲 ≠ 乙", &[("甲", json!("张三(食品配送员)")), ("乙", json!("李四(食品配送员)"))]), Status::Pass);
}

#[test]
fn that_two_may_be_one_is_said() {
    let rules = compile(&pack("", "甲 ≠ 乙")).expect("it compiles");
    let document = json!({"规则集": "t@1", "甲": "张三食品配送员", "乙": "张三", "众": [], "话": "好", "词": []});
    let mut checker = Checker::new(&rules, &options(&[])).expect("the options fit");
    let report = serde_json::to_string(&checker.check("a.json", document.to_string().as_bytes())).expect("JSON");
    assert!(report.contains("看不出「张三食品配送员」和「张三」是不是同一个人"), "{report}");
}

#[test]
fn one_who_may_be_named_already_is_no_other() {
    let text = "规则集 t \"测试\" { 版本 1 施行 2000-01-01 }\n来源 文 外部 \"文\"\n记录 人 { 名: 文本 格式 人员 唯一 }\n数据 学校 { 众: [人] }\n\
                规则 r \"则\" { 依据 文 要求 数量(众) ≥ 2 不符 \"少\" 整改 \"补\" }\n";
    let rules = compile(text).expect("it compiles");
    let codes = |names: &[&str]| {
        let list: Vec<Value> = names.iter().map(|name| json!({"名": name})).collect();
        let document = json!({"规则集": "t@1", "众": list});
        let mut checker = Checker::new(&rules, &options(&[])).expect("the options fit");
        let report = checker.check("a.json", document.to_string().as_bytes());
        report.structure.iter().map(|problem| problem.code.as_str()).collect::<Vec<_>>()
    };
    let many = |last: &'static str| {
        let mut names = vec!["李四", "王五", "赵六", "孙七", "周八", "吴九", "郑十", "冯一", "陈二", "张三"];
        names.push(last);
        names
    };
    for (last, wrong) in [
        ("张三主任", true),
        ("张三食品配送员", true),
        ("张三、钱多", true),
        ("卫十三", false),
        ("钱多(食品配送员)", false),
        // Whether what stands behind a name is a post nobody knows.
        ("钱多食品配送员", true),
    ] {
        assert_eq!(codes(&["张三", last]).contains(&"D011"), wrong, "{last}");
        assert_eq!(codes(&many(last)).contains(&"D011"), wrong, "{last}");
    }
}
