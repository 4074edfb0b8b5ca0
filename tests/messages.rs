//! What a rule's own message says where an answer that it names is not there.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panic")]

use bulou_eval::{Checker, Options};
use bulou_messages::diagnostic::Lang;
use bulou_pack::{Files, load};

const PACK: &str = "规则集 a \"甲\" { 版本 1 }
来源 文 外部 \"文\"
记录 项 { 编号: 文本  部位: 文本?  数: 整数 }
数据 学校 { 标识 码  码: 文本  表: [项] }
规则 甲 \"r\" {
    依据 文 要求 每个 表 满足 数 > 0 不符 \"{编号}({部位})一、{编号} ({部位})二、({编号}、{部位})三\"
    整改 \"改\"
}
";

#[test]
fn an_answer_that_is_not_there_is_said_in_one_pair_of_parentheses() {
    let loaded = load(&Files([("a.bulou".to_owned(), PACK.as_bytes().to_vec())].into()));
    let rules = loaded.rules.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    for (lang, words) in [
        (Lang::Zh, "(还不知道)(未填)一、(还不知道) (未填)二、((还不知道)、(未填))三"),
        (Lang::En, "(not yet known)(blank)一、(not yet known) (blank)二、((not yet known)、(blank))三"),
    ] {
        let options = Options { lang, ..Options::on(bulou_base::date::parse("2022-06-28").expect("a date")) };
        let mut checker = Checker::new(&rules, &options).expect("the options fit");
        let report = checker.check("a.json", "{\"码\": \"a\", \"表\": [{\"数\": 0}]}".as_bytes());
        assert_eq!(report.rules[0].findings[0].message, words);
    }
}
