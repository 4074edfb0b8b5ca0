//! Lists that are longer than what is compared one by one: the evaluator and the decoder go over to look-up tables at
//! some length, and have to answer there as they do for short lists.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panic")]

use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_pack::{Files, load};
use bulou_report::Status;

const PACK: &str = "规则集 a \"甲\" { 版本 1 }
来源 文 外部 \"文\"
记录 项 { 编号: 文本 唯一  证件: 文本? 敏感 唯一  工号: 文本? 唯一 }
数据 学校 { 标识 码  码: 文本  表: [项]  有的: [文本]  要的: [文本] }
规则 甲 \"r\" { 依据 文 要求 有的 不漏 要的 整改 \"改\" }
规则 乙 \"r\" { 依据 文 要求 数量(去重(要的)) = 数量(要的) 整改 \"改\" }
规则 丙 \"r\" { 依据 文 要求 每个 要的 记作 x 满足 有的 包含 x 整改 \"改\" }
";

fn rules() -> RuleSet {
    let loaded = load(&Files([("a.bulou".to_owned(), PACK.as_bytes().to_vec())].into()));
    loaded.rules.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

/// What is wrong with a document, and how its rules stand.
fn checked(
    rules: &RuleSet,
    table: &[String],
    have: &[String],
    want: &[String],
) -> (Vec<(String, String)>, Vec<Status>) {
    let texts = |all: &[String]| all.iter().map(|one| format!("\"{one}\"")).collect::<Vec<_>>().join(",");
    let document = format!(
        "{{\"码\": \"a\", \"表\": [{}], \"有的\": [{}], \"要的\": [{}]}}",
        table.join(","),
        texts(have),
        texts(want)
    );
    let options = Options { lang: Lang::En, ..Options::on(bulou_base::date::parse("2022-06-28").expect("a date")) };
    let mut checker = Checker::new(rules, &options).expect("the options fit");
    let report = checker.check("a.json", document.as_bytes());
    let structure =
        report.structure.iter().map(|problem| (problem.code.to_string(), problem.message.clone())).collect();
    (structure, report.rules.iter().map(|rule| rule.status).collect())
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("n{at}")).collect()
}

#[test]
fn doubles_of_a_unique_field_are_found_however_far_apart() {
    let rules = rules();
    for (first, second) in [(0, 1), (0, 7), (0, 8), (7, 8), (8, 9), (0, 9), (9, 20), (3, 63), (63, 64), (70, 199)] {
        let row = |at: usize| format!("{{\"编号\": \"Y{}\"}}", if at == second { first } else { at });
        let (structure, _) = checked(&rules, &(0..200).map(row).collect::<Vec<_>>(), &[], &[]);
        let found: Vec<_> = structure.iter().filter(|(code, _)| code == "D011").collect();
        assert_eq!(found.len(), 1, "rows {first} and {second}: {structure:?}");
        assert!(found[0].1.contains(&format!("item {}", first + 1)), "rows {first} and {second}: {found:?}");
    }
}

#[test]
fn doubles_are_found_whatever_stands_between_that_says_nothing() {
    let rules = rules();
    for (gap, blank) in (0..20).flat_map(|gap| {
        ["", ", \"工号\": null", ", \"工号\": \"\"", ", \"工号\": \"无\"", ", \"工号\": 7"].map(|blank| (gap, blank))
    }) {
        for (first, second) in (0..20).flat_map(|second| (0..second).map(move |first| (first, second))) {
            if first == gap || second == gap {
                continue;
            }
            let number = |at: usize| format!(", \"工号\": \"N{}\"", if at == second { first } else { at });
            let row = |at: usize| {
                let number = if at == gap { blank.to_owned() } else { number(at) };
                format!("{{\"编号\": \"Y{at}\"{number}}}")
            };
            let (structure, _) = checked(&rules, &(0..20).map(row).collect::<Vec<_>>(), &[], &[]);
            let found: Vec<_> = structure.iter().filter(|(code, _)| code == "D011").collect();
            assert_eq!(found.len(), 1, "rows {first} and {second}, {blank:?} at {gap}: {structure:?}");
        }
    }
}

#[test]
fn a_sensitive_double_is_reported_without_its_value() {
    let rules = rules();
    for length in [2, 9, 100] {
        let row = |at: usize| format!("{{\"编号\": \"Y{at}\", \"证件\": \"秘密{}\"}}", at.min(length - 2));
        let (structure, _) = checked(&rules, &(0..length).map(row).collect::<Vec<_>>(), &[], &[]);
        let found: Vec<_> = structure.iter().filter(|(code, _)| code == "D011").collect();
        assert_eq!(found.len(), 1, "{structure:?}");
        assert!(!found[0].1.contains("秘密"), "{found:?}");
    }
}

#[test]
fn what_is_wanted_of_a_long_list_may_be_what_cannot_be_read() {
    let rules = rules();
    for length in [3, 63, 64, 65, 66, 200] {
        let want = names(length);
        for missing in [0, length / 2, length - 1] {
            let mut have = want.clone();
            have.remove(missing);
            let status = |have: &[String]| checked(&rules, &[], have, &want).1;
            assert_eq!(status(&want), [Status::Pass, Status::Pass, Status::Pass], "{length}");
            let left_out = status(&have);
            assert_eq!((left_out[0], left_out[2]), (Status::Fail, Status::Fail), "{length}, {missing}");
            have.push(String::new());
            let unread = status(&have);
            let unknown = (Status::Undetermined, Status::Undetermined);
            assert_eq!((unread[0], unread[2]), unknown, "{length}, {missing}");
        }
    }
}

#[test]
fn doubles_of_a_long_list_are_counted_once() {
    let rules = rules();
    for length in [2, 63, 64, 65, 66, 200] {
        for (first, second) in [(0, length - 1), (length - 2, length - 1), (length / 2, length - 1)] {
            let mut want = names(length);
            if first != second {
                want[second] = want[first].clone();
                assert_eq!(checked(&rules, &[], &want, &want).1[1], Status::Fail, "{length}: {first} and {second}");
            }
        }
    }
}

/// A pack whose list holds a record `外` that reaches a `唯一` field through other records.
fn nested(records: &str, fields: &str) -> RuleSet {
    let text = format!(
        "规则集 a \"甲\" {{ 版本 1 }}\n来源 文 外部 \"文\"\n{records}\n\
         数据 学校 {{ 标识 码  码: 文本  {fields} }}\n规则 甲 \"r\" {{ 依据 文 要求 有 码 整改 \"改\" }}\n"
    );
    let loaded = load(&Files([("a.bulou".to_owned(), text.into_bytes())].into()));
    let said: Vec<_> = loaded.diagnostics.iter().map(|one| one.code).collect();
    assert!(!said.contains(&bulou_messages::codes::Code::NoEffect), "{said:?}");
    loaded.rules.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

#[test]
fn a_unique_field_counts_over_the_nearest_list_however_deep_it_stands() {
    const SMALL: &str = "记录 小 { 号: 文本 唯一 }";
    let doubles = |rules: &RuleSet, members: &str| {
        let document = format!("{{\"码\": \"a\", {members}}}");
        let options = Options { lang: Lang::En, ..Options::on(bulou_base::date::parse("2022-06-28").expect("a date")) };
        let mut checker = Checker::new(rules, &options).expect("the options fit");
        let report = checker.check("a.json", document.as_bytes());
        let found = report.structure.iter().filter(|problem| problem.code == "D011");
        found.map(|problem| (problem.path.clone(), problem.message.clone())).collect::<Vec<_>>()
    };
    let rules = nested(&format!("{SMALL}\n记录 外 {{ 小: 小? }}"), "表: [外]");
    for (first, second) in [(0, 1), (0, 7), (7, 8), (0, 20), (9, 30)] {
        let row = |at: usize| format!("{{\"小\": {{\"号\": \"Y{}\"}}}}", if at == second { first } else { at });
        let rows: Vec<String> = (0..40).map(row).collect();
        let found = doubles(&rules, &format!("\"表\": [{}]", rows.join(",")));
        assert_eq!(found.len(), 1, "{first} and {second}: {found:?}");
        assert_eq!(found[0].0, format!("/表/{second}/小/号"));
        assert!(found[0].1.contains(&format!("item {}", first + 1)), "{found:?}");
    }
    let some = r#""表": [{"小": {"号": "a"}}, {"小": null}, {"小": {"号": "b"}}, {"小": {"号": "a"}}]"#;
    assert_eq!(doubles(&rules, some).len(), 1);

    let rules = nested(&format!("{SMALL}\n记录 中 {{ 小: 小 }}\n记录 外 {{ 中: 中? }}"), "表: [外]");
    let deep = r#""表": [{"中": {"小": {"号": "a"}}}, {"中": {"小": {"号": "b"}}}, {"中": {"小": {"号": "a"}}}]"#;
    assert_eq!(doubles(&rules, deep).len(), 1);

    // The lists are apart, and so are the places of one element.
    let records = format!("{SMALL}\n记录 里 {{ 小: 小 }}\n记录 外 {{ 里: [里]  甲: 小  乙: 小 }}");
    let rules = nested(&records, "表: [外]  另: [小]");
    let outer = |inner: [&str; 2], first: &str, second: &str| {
        let inner = inner.map(|one| format!("{{\"小\": {{\"号\": \"{one}\"}}}}")).join(",");
        format!("{{\"里\": [{inner}], \"甲\": {{\"号\": \"{first}\"}}, \"乙\": {{\"号\": \"{second}\"}}}}")
    };
    let table =
        |rows: &[String]| format!("\"另\": [{{\"号\": \"a\"}}, {{\"号\": \"b\"}}], \"表\": [{}]", rows.join(","));
    let apart = [outer(["a", "b"], "m", "m"), outer(["a", "b"], "n", "n")];
    assert_eq!(doubles(&rules, &table(&apart)), []);
    let within = [outer(["a", "b"], "m", "n"), outer(["a", "a"], "m", "k")];
    let found: Vec<String> = doubles(&rules, &table(&within)).into_iter().map(|(path, _)| path).collect();
    assert_eq!(found, ["/表/1/里/1/小/号", "/表/1/甲/号"]);
}

#[test]
fn a_record_that_is_in_a_list_too_has_what_its_unique_field_is_for() {
    let rules = nested("记录 小 { 号: 文本 唯一 }", "小: 小  表: [小]");
    let options = Options::on(bulou_base::date::parse("2022-06-28").expect("a date"));
    let mut checker = Checker::new(&rules, &options).expect("the options fit");
    let document = r#"{"码": "a", "小": {"号": "a"}, "表": [{"号": "a"}, {"号": "b"}, {"号": "b"}]}"#;
    let report = checker.check("a.json", document.as_bytes());
    let found: Vec<_> = report.structure.iter().map(|problem| (problem.code.as_str(), problem.path.as_str())).collect();
    assert_eq!(found, [("D011", "/表/2/号")]);
}
