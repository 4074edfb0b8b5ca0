//! Lists that are longer than what is compared one by one: the evaluator and the decoder go over to look-up tables at
//! some length, and have to answer there as they do for short lists.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panic")]

use bulou::diagnostic::Lang;
use bulou::eval::{Checker, Options};
use bulou::ir::RuleSet;
use bulou::pack::{Files, load};
use bulou::report::Status;

const PACK: &str = "规则集 a \"甲\" { 版本 1 }
来源 文 外部 \"文\"
记录 项 { 编号: 文本 唯一  证件: 文本? 敏感 唯一 }
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
    let options = Options { lang: Lang::En, ..Options::on(bulou::date::parse("2022-06-28").expect("a date")) };
    let mut checker = Checker::new(rules, &options).expect("the options fit");
    let report = checker.check("a.json", document.as_bytes());
    let structure = report.structure.iter().map(|problem| (problem.code.to_owned(), problem.message.clone())).collect();
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
