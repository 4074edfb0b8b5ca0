//! Documents that are none, and rules that hold because there was nothing to look at.

use bulou_messages::diagnostic::Lang;
use bulou_report::{Status, Verdict};
use serde_json::{Value, json};

use super::{check, only, pack, packs_support, rule};

#[test]
fn what_is_no_document_of_the_pack_gets_one_sentence() {
    let rules = packs_support::rules();
    for document in [
        json!({}),
        json!([]),
        json!([{"填报": {}}]),
        json!("甲"),
        json!({"name": "bulou-page", "version": "0.1.0", "scripts": {"build": "vite"}, "dependencies": {}}),
        json!({"compilerOptions": {"strict": true}, "include": ["src"]}),
        json!({"学校": 1, "a": 1, "b": 2, "c": 3, "d": 4, "e": 5}),
        json!({"规则集": "fire-safety@1", "学校": {}, "隐患": [{}]}),
    ] {
        let report = check(&rules, &document);
        let codes: Vec<_> = report.structure.iter().map(|one| one.code.as_str()).collect();
        let wanted = if document.get("规则集").is_some() { "D018" } else { "D049" };
        assert_eq!((codes, report.rules.len()), (vec![wanted], 0), "{document}");
        assert_eq!((report.verdict, report.is_submission()), (Verdict::Undetermined, false));
    }
    // Little is not nothing: it is read, and what it lacks is named.
    for document in [
        json!({"规则集": "campus-safety"}),
        json!({"学校": {"标识码": "2141000345"}}),
        json!({"填报日期": 1, "隐患": []}),
    ] {
        assert!(!check(&rules, &document).rules.is_empty(), "{document}");
    }
}

#[test]
fn a_document_of_no_version_says_so() {
    let rules = packs_support::rules();
    for (envelope, told) in [
        (json!("campus-safety"), true),
        (json!("campus-safety@"), true),
        (json!(rules.shape.envelope()), false),
        (json!(null), false),
        // What only blanks are written for is not written; it is no other pack's.
        (json!(""), false),
        (json!("\u{3000}"), false),
        // Nor do blanks around a name make another of it.
        (json!(format!("\u{3000}{} ", rules.shape.envelope())), false),
    ] {
        let report = check(&rules, &json!({"规则集": envelope, "隐患": []}));
        let found: Vec<_> = report.structure.iter().filter(|one| one.code == "D018").map(|one| one.notice).collect();
        assert_eq!(found, vec![true; usize::from(told)], "{envelope}");
    }
}

#[test]
fn a_document_without_identity_is_no_submission() {
    let rules = packs_support::rules();
    let sample: Value = serde_json::from_str(&packs_support::sample("南街小学.json")).expect("JSON");
    assert!(check(&rules, &sample).is_submission());
    for blank in [json!(null), json!(""), json!("\u{200B}"), json!("无"), json!("123"), json!(7)] {
        let mut document = sample.clone();
        document["学校"]["标识码"] = blank.clone();
        let report = check(&rules, &document);
        assert!(report.verdict >= Verdict::Undetermined && !report.is_submission(), "{blank}");
    }
    let mut document = sample.clone();
    document["学校"] = json!(null);
    let report = check(&rules, &document);
    assert!(report.structure.iter().any(|one| one.code == "D034") && !report.is_submission());
}

const DATA: &str = "记录 项 { 名: 文本 级: 整数 范围 0 至 9 期: 日期? 已发生 件: [文本] }
数据 学校 { 名: 文本 甲: 整数 范围 0 至 9 表: [项] 他: [项] }
定义 高 = 表[级 > 5]
定义 全低 = 每个 表 满足 级 < 3
";

#[test]
fn a_rule_that_had_nothing_to_look_at_says_so() {
    let item = json!({"名": "一", "级": 1, "件": []});
    let (empty, some) =
        (json!({"名": "甲", "甲": 1, "表": [], "他": []}), json!({"名": "甲", "甲": 1, "表": [item], "他": []}));
    for (requirement, of_empty, of_some) in [
        ("每个 表 满足 级 < 3", true, false),
        ("没有 表 满足 级 > 3", true, false),
        ("没有 表[级 > 5] 满足 有 期", true, false),
        ("每个 表[有 期] 满足 级 > 3", true, true),
        ("{\"一\"} 不漏 表.名", true, false),
        ("非 (存在 表 满足 级 > 3)", true, false),
        ("若 存在 表 满足 级 > 3 则 甲 = 9", true, false),
        ("每个 表 满足 每个 件 记作 x 满足 x = \"好\"", true, true),
        ("每个 高 满足 级 > 7", true, true),
        ("全低", true, false),
        ("(每个 表 满足 级 < 3) 且 没有 他 满足 级 > 3", true, false),
        ("(每个 表 满足 级 < 3) 且 甲 = 1", false, false),
        ("(每个 表 满足 级 < 3) 或 甲 = 1", false, false),
        ("(每个 表 满足 级 < 3) 或 甲 = 2", true, false),
        ("数量(表) < 3", false, false),
        ("若 甲 = 2 则 甲 = 3", false, false),
        ("至迟 2022-07-01 满足 没有 表 满足 级 > 3", true, false),
    ] {
        let rules = pack(&format!("{DATA}{}", rule(requirement)));
        for (document, vacuous) in [(&empty, of_empty), (&some, of_some)] {
            let report = check(&rules, document);
            let one = only(&report);
            assert_eq!((one.status, one.vacuous), (Status::Pass, vacuous), "{requirement} {document}");
            let words = if vacuous { "符合(没有可查的)" } else { "符合" };
            assert_eq!(one.outcome(Lang::Zh), words);
            let json = serde_json::to_value(one).expect("JSON");
            assert_eq!(json.get("vacuous"), vacuous.then_some(&json!(true)));
        }
    }
}

#[test]
fn nothing_to_look_at_is_said_of_no_other_status_and_not_where_it_would_tell_a_secret() {
    let rules = pack(&format!("{DATA}{}", rule("存在 表 满足 级 > 3")));
    assert!(!only(&check(&rules, &json!({"名": "甲", "甲": 1, "表": [], "他": []}))).vacuous);
    let data = "记录 项 { 密: 整数 范围 0 至 9 敏感 级: 整数 范围 0 至 9 }\n数据 学校 { 名: 文本 表: [项] }\n";
    let rules = pack(&format!("{data}{}", rule("每个 表[密 > 5] 满足 级 = 1")));
    for secret in [1, 6] {
        let report = check(&rules, &json!({"名": "甲", "表": [{"密": secret, "级": 1}]}));
        assert_eq!((only(&report).status, only(&report).vacuous), (Status::Pass, false));
    }
}
