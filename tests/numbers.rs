//! Numbers as large as documents and rules can make them: exact, or unknown; never another number, and never the end.

#![allow(clippy::expect_used, reason = "a test fails by panic")]

use bulou::eval::{Checker, Options};
use bulou::pack::{Files, load};
use bulou::report::{Report, Status};

fn check(requirement: &str) -> Report {
    let text = format!(
        "规则集 a \"甲\" {{ 版本 1 }}\n数据 学校 {{ 甲: 整数 留存 \"例\"  乙: 小数 留存 \"例\" }}\n规则 r \"r\" {{ 要求 {requirement} }}\n"
    );
    let rules = load(&Files([("a.bulou".to_owned(), text.into_bytes())].into())).rules.expect("a pack");
    let options = Options::on(bulou::date::parse("2022-06-28").expect("a day"));
    let document = format!("{{\"甲\": {}, \"乙\": 0.000000000000000001}}", i64::MAX);
    Checker::new(&rules, &options).expect("the options fit").check("a.json", document.as_bytes())
}

#[test]
fn a_quotient_beyond_all_digits_is_shown_as_one() {
    let report = check("甲 * 甲 / 11 < 0 不符 \"{甲 * 甲 / 11}\"");
    let message = report.rules.first().and_then(|rule| rule.findings.first()).map(|one| one.message.as_str());
    assert_eq!(message, Some("85070591730234615847396907784232501249/11"));
}

#[test]
fn the_least_numbers_are_divided_like_others() {
    // -2^127 + 2, which is no multiple of 3.
    let report = check("(0 - 甲 * 甲 * 2 - 甲 - 甲 - 甲 - 甲 - 2) 整除 3 < 0");
    assert_eq!(report.counts.pass, 1, "{:?}", report.rules);
}

#[test]
fn what_does_not_fit_is_unknown() {
    for requirement in ["甲 * 甲 * 甲 > 0", "甲 / 乙 / 乙 / 乙 > 0", "0 - 甲 * 甲 * 3 < 0", "甲 * 甲 整除 乙 > 0"]
    {
        let report = check(requirement);
        assert!(report.rules.iter().all(|rule| rule.status == Status::Undetermined), "{requirement}");
    }
}
