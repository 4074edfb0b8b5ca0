//! The report as a text, of packs that only the rooms above can load.
#![allow(clippy::expect_used, reason = "a test may fail")]

use bulou_api::Pack;
use bulou_messages::diagnostic::Lang;
use bulou_report::text::{TextOptions, render};

#[test]
fn each_open_rule_stands_in_its_section_and_what_is_cut_is_counted() {
    let failing: String = (0..10).map(|at| format!("规则 r{at} \"r\" {{ 要求 甲 不符 \"不行\" }}\n")).collect();
    let text = format!(
        "规则集 a \"甲\" {{ 版本 1 }}\n记录 项 {{ 好: 是否 }}\n数据 学校 {{ 甲: 是否  表: [项]  办结: 日期? }}\n{failing}\
         规则 示 \"提示的\" {{ 严重 提示 要求 甲 不符 \"提示一句\" }}\n\
         规则 空 \"空的\" {{ 要求 每个 表 满足 好 }}\n\
         规则 期 \"期限\" {{ 要求 办结 须在 2022-06-28 前 }}\n"
    );
    let pack = Pack::load([("a.bulou".into(), text)].into());
    let options = serde_json::from_str(r#"{"as_of": "2022-06-28", "lang": "en"}"#).expect("options");
    let document = "{\"甲\": false, \"表\": []}".as_bytes();
    let report = pack.check("a.json", document, options, &|_| None).expect("the pack is sound");
    let said = render(&report, TextOptions { color: false, width: 100, lang: Lang::En, quiet: false });
    for part in ["and 1 more below", "fail(10)", "pending(1)", "hint(1)", "提示一句", "空的 (nothing to check)"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // No section follows there, so that nothing is below.
    let said = render(&report, TextOptions { color: false, width: 100, lang: Lang::En, quiet: true });
    assert!(said.contains("11. ") && !said.contains("12. ") && !said.contains("below"), "{said}");
}

/// What a rule does not say has no label in its place.
#[test]
fn nothing_stands_for_a_remedy_or_a_quote_that_a_rule_does_not_have() {
    let text = "规则集 a \"甲\" { 版本 1 }\n来源 文 外部 \"文\"\n数据 学校 { 甲: 是否 办结: 日期? }\n\
                规则 行 \"行\" { 依据 文 要求 甲 }\n\
                规则 期 \"期限\" { 依据 文 要求 办结 须在 2022-06-20 前 }\n";
    let pack = Pack::load([("a.bulou".into(), text.to_owned())].into());
    let options = serde_json::from_str(r#"{"as_of": "2022-06-28", "lang": "en"}"#).expect("options");
    let report = pack.check("a.json", "{\"甲\": false}".as_bytes(), options, &|_| None).expect("the pack is sound");
    let said = render(&report, TextOptions { color: false, width: 100, lang: Lang::En, quiet: false });
    let lines = || said.lines().map(str::trim_end);
    assert!(lines().all(|line| !line.ends_with(':') && !line.contains(": ;")), "{said}");
    assert!(!said.contains("“”") && said.contains("2022-06-20"), "{said}");
}
