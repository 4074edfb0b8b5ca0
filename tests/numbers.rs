//! Numbers as large as documents and rules can make them: exact, or unknown; never another number, and never the end.

#![allow(clippy::expect_used, reason = "a test fails by panic")]

use bulou_eval::{Checker, Options};
use bulou_pack::{Files, load};
use bulou_report::{RuleResult, Status};

/// What became of the one rule, owned.
fn check(requirement: &str) -> RuleResult<'static> {
    let text = format!(
        "规则集 a \"甲\" {{ 版本 1 }}\n数据 学校 {{ 甲: 整数 留存 \"例\"  乙: 小数 留存 \"例\" }}\n规则 r \"r\" {{ 要求 {requirement} }}\n"
    );
    let rules = load(&Files([("a.bulou".to_owned(), text.into_bytes())].into())).rules.expect("a pack");
    let options = Options::on(bulou_base::date::parse("2022-06-28").expect("a day"));
    let document = format!("{{\"甲\": {}, \"乙\": 0.000000000000000001}}", i64::MAX);
    let mut checker = Checker::new(&rules, &options).expect("the options fit");
    checker.check("a.json", document.as_bytes()).rules.pop().expect("a rule").into_owned()
}

#[test]
fn a_quotient_beyond_all_digits_is_shown_as_one() {
    let rule = check("甲 * 甲 / 11 < 0 不符 \"{甲 * 甲 / 11}\"");
    let message = rule.findings.first().map(|one| one.message.as_str());
    assert_eq!(message, Some("85070591730234615847396907784232501249/11"));
}

#[test]
fn the_least_numbers_are_divided_like_others() {
    // -2^127 + 2, which is no multiple of 3.
    let rule = check("(0 - 甲 * 甲 * 2 - 甲 - 甲 - 甲 - 甲 - 2) 整除 3 < 0");
    assert_eq!(rule.status, Status::Pass, "{rule:?}");
}

#[test]
fn what_does_not_fit_is_unknown() {
    for requirement in ["甲 * 甲 * 甲 > 0", "甲 / 乙 / 乙 / 乙 > 0", "0 - 甲 * 甲 * 3 < 0", "甲 * 甲 整除 乙 > 0"]
    {
        assert_eq!(check(requirement).status, Status::Undetermined, "{requirement}");
    }
}

/// The elements of a list may have digits after their points wherever they are named.
#[test]
fn no_fraction_comes_where_a_whole_number_is_declared() {
    let refused = |list: &str, asks: &str| {
        let text = format!(
            "规则集 a \"甲\" {{ 版本 1 }}\n数据 学校 {{ 数: [{list}] 范围 0 至 9 }}\n\
             表 够(n: 整数) -> 是否 {{ | n | 结果 | | ≤ 3 | 否 | | ≥ 4 | 是 | }}\n规则 r \"r\" {{ 要求 {asks} }}\n"
        );
        let loaded = load(&Files([("a.bulou".to_owned(), text.into_bytes())].into()));
        let codes: Vec<&str> = loaded.diagnostics.iter().map(|found| found.code.as_str()).collect();
        assert_eq!(loaded.rules.is_some(), !codes.contains(&"E020"), "{asks}: {codes:?}");
        codes.contains(&"E020")
    };
    for asks in [
        "每个 数 记作 x 满足 够(x)",
        "没有 数 记作 x 满足 够(x + 1)",
        "数量(数 记作 x [够(x)]) > 0",
        "够(最大(数) 缺省 0)",
    ] {
        assert!(refused("小数", asks), "{asks}");
        assert!(!refused("整数", asks), "{asks}");
    }
}
