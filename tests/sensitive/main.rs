//! A `敏感` value is shown by no way that a rule can take: what is computed from it is as sensitive as itself.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test starts programs and fails by panic"
)]

mod outputs;

use bulou_messages::codes::Code;
use bulou_pack::{Files, Loaded, load};

const HEAD: &str = r#"规则集 甲 "甲" { 版本 1 }
来源 文 "source/text.txt" "来源"
记录 家长项 { 姓名: 文本 留存 "案例"  电话: 文本 留存 "案例" }
记录 孩子项 { 号: 文本 唯一 留存 "案例"  岁: 整数 留存 "案例"  父母: 家长项 敏感 留存 "案例"  报到日: 日期? 已发生 留存 "案例" }
数据 学校 {
  标识 编号
  编号: 文本 留存 "案例"
  体重: 整数 敏感 留存 "案例"
  生日: 日期 已发生 敏感 留存 "案例"
  残疾: 是否 敏感 留存 "案例"
  证号: [文本] 敏感 留存 "案例"
  可有: 文本? 敏感 留存 "案例"
  家长: 家长项 敏感 留存 "案例"
  孩子: [孩子项] 留存 "案例"
  病人: [家长项] 敏感 留存 "案例"
}
表 原样(数: 整数) -> 整数 {
  | 数 | 结果 |
  | 任意 | 数 |
}
定义 重 = 体重
定义 两个 = {家长.电话, 编号}
定义 多个 = {体重, 1}
定义 胖 = 体重 > 100
定义 几岁 = 若 生日 > 2010-01-01 则 1 否则 2
表 另取(数: 整数) -> 整数 {
  | 数 | 结果 |
  | 任意 | 数 + 重 |
}
"#;

fn compile(rest: &str) -> Loaded {
    let files = [("a.bulou", format!("{HEAD}{rest}")), ("source/text.txt", "三日内完成。".to_owned())];
    load(&Files(files.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()))
}

fn rule(requirement: &str) -> Loaded {
    compile(&format!("规则 乙 \"标题\" {{\n  依据 文 \"三日内完成\"\n  要求 {requirement}\n}}\n"))
}

fn codes(loaded: &Loaded) -> Vec<&'static str> {
    let errors = loaded.diagnostics.iter().filter(|one| one.severity() == bulou_messages::diagnostic::Severity::Error);
    errors.map(|one| one.code.as_str()).collect()
}

#[test]
fn a_message_shows_nothing_that_is_computed_of_a_sensitive_value() {
    for shown in [
        "体重",
        "-体重",
        "体重 + 1",
        "1000 - 体重",
        "重",
        "原样(体重)",
        "另取(1)",
        "若 有 编号 则 体重 否则 0",
        "非 残疾",
        "若 有 编号 则 残疾 否则 是",
        "证号",
        "去重(证号)",
        "证号 记作 x [x ≠ 编号]",
        "两个",
        "家长.电话",
        "孩子.父母.电话",
        "病人.姓名",
        "最大(多个)",
        "体重 在 16 至 17 之间",
        "若 体重 > 15 则 2 否则 1",
        "若 有 编号 则 残疾 否则 是",
        "证号 包含 编号",
        "编号 属于 证号",
        "数量(证号)",
        "数量(孩子[父母.姓名 = 编号])",
        "孩子[父母.姓名 = 编号].号",
        "去重(孩子[父母.姓名 = 编号].号)",
        "最大(孩子[父母.姓名 = 编号].岁) 缺省 0",
        "占比(孩子, 父母.姓名 = 编号) 缺省 0",
        "存在 孩子 满足 父母.姓名 = 编号",
        "每个 孩子[父母.姓名 = 编号] 满足 岁 > 3",
        "证号 不漏 证号",
        "胖",
        "几岁",
        "若 胖 则 编号 否则 家长.姓名",
        "原样(若 残疾 则 1 否则 0)",
        "有 可有",
        "缺 可有",
        "可有 缺省 编号",
        "今天 - 生日",
        "若 缺 可有 则 1 否则 2",
    ] {
        let loaded = rule(&format!("体重 > 1000 不符 \"{{{shown}}}\""));
        assert_eq!(codes(&loaded), [Code::TemplateSensitive.as_str()], "{shown}: {:?}", loaded.diagnostics);
    }
    for (requirement, shown) in [
        ("每个 证号 记作 x 满足 x = \"\"", "x"),
        ("每个 孩子 记作 k 满足 k.父母.姓名 = \"\"", "k.父母.姓名"),
        ("每个 病人 满足 姓名 = \"\"", "姓名"),
        ("每个 孩子.父母.电话 记作 x 满足 x = \"\"", "x"),
        // Which elements they are, a secret decides.
        ("每个 孩子[父母.姓名 = \"x\"] 满足 岁 > 3", "号"),
        ("每个 孩子 满足 父母.姓名 = \"x\"", "号"),
        ("每个 孩子 记作 k 满足 若 k.岁 > 3 则 k.父母.姓名 = \"x\"", "k.号"),
        ("若 残疾 则 每个 孩子 满足 岁 > 3", "号"),
        ("证号 不漏 {编号}", "遗漏"),
        ("孩子.号 不漏 孩子[父母.姓名 = \"x\"].号", "遗漏"),
    ] {
        let loaded = rule(&format!("{requirement} 不符 \"{{{shown}}}\""));
        assert_eq!(codes(&loaded), [Code::TemplateSensitive.as_str()], "{requirement}: {:?}", loaded.diagnostics);
    }
}

#[test]
fn what_is_not_sensitive_may_be_shown_beside_it() {
    // That something required was left out is said of every document.
    for shown in ["编号", "原样(1)", "孩子.号", "数量(孩子)", "有 体重", "孩子[岁 > 3].号"] {
        let loaded = rule(&format!("体重 > 1000 不符 \"{{{shown}}}\""));
        assert_eq!(codes(&loaded), [""; 0], "{shown}: {:?}", loaded.diagnostics);
    }
    assert_eq!(codes(&rule("每个 孩子 满足 岁 > 3 不符 \"{号}\"")), [""; 0]);
}

#[test]
fn the_county_keeps_no_secret_of_a_school() {
    const COUNTY: &str =
        "记录 名册项 { 标识码: 文本 }\n数据 全县 { 名册 名册.标识码\n  名册: [名册项]\n  各校: 汇总 学校\n}\n";
    let county = |requirement: &str| {
        compile(&format!("{COUNTY}规则 乙 \"标题\" 范围 全县 {{\n  依据 文 \"三日内完成\"\n  要求 {requirement}\n}}\n"))
    };
    for requirement in
        ["每个 各校 满足 体重 > 3", "各校[有 可有].可有 不漏 名册.标识码", "存在 各校 满足 有 家长 且 家长.姓名 = 编号"]
    {
        let loaded = county(requirement);
        assert_eq!(codes(&loaded).first(), Some(&"E064"), "{requirement}: {:?}", loaded.diagnostics);
    }
    // Yes or no is kept, and which schools these are is told no more than which elements of another list.
    for (requirement, wanted) in [
        ("数量(各校[体重 > 3]) > 2 不符 \"不够\"", &[][..]),
        ("各校[体重 > 3].编号 不漏 名册.标识码 不符 \"{遗漏}\"", &["E051"]),
        ("数量(各校[编号 = \"1\"]) > 2 不符 \"{各校[体重 > 3].编号}\"", &["E051"]),
        ("数量(各校[有 编号]) > 2 不符 \"{数量(各校[有 编号])}\"", &[]),
    ] {
        let loaded = county(requirement);
        assert_eq!(codes(&loaded), wanted, "{requirement}: {:?}", loaded.diagnostics);
    }
}

#[test]
fn a_deadline_says_its_days_and_so_has_no_sensitive_one() {
    for requirement in ["生日 须在 2022-06-24 前", "今天 须在 生日 起 3日 内", "今天 须在 生日 前"]
    {
        assert_eq!(codes(&rule(requirement)), ["E051"], "{requirement}");
    }
    assert_eq!(codes(&rule("生日 ≤ 2022-06-24")), [""; 0]);
    // Of an element that a secret chose no day is said.
    assert_eq!(codes(&rule("每个 孩子[父母.姓名 = \"x\"] 满足 报到日 须在 2022-06-24 前")), [""; 0]);
}

#[test]
fn of_a_requirement_that_asks_about_a_secret_no_element_is_named() {
    let rules = rule("每个 孩子[父母.姓名 = \"王五\"] 满足 报到日 须在 2022-06-30 前").rules.expect("a pack");
    let options = bulou_eval::Options::on(bulou_base::date::parse("2022-06-28").expect("a day"));
    let mut checker = bulou_eval::Checker::new(&rules, &options).expect("the options fit");
    let text = r#"{"编号": "1", "孩子": [{"号": "A", "岁": 1, "父母": {"姓名": "王五"}}, {"号": "B", "岁": 1, "父母": {"姓名": "李四"}}]}"#;
    let report = checker.check("a.json", text.as_bytes());
    let [rule] = &report.rules[..] else { panic!("one rule") };
    let [finding] = &rule.findings[..] else { panic!("one finding: {:?}", rule.findings) };
    assert_eq!((rule.status, rule.due.as_deref()), (bulou_report::Status::Pending, None));
    assert_eq!((finding.paths.as_slice(), finding.due.as_deref()), (&["/孩子".to_owned()][..], None));
}

#[test]
fn what_is_missing_is_named_of_every_element_alike() {
    let rules = rule("每个 孩子[父母.姓名 = \"x\"] 满足 岁 > 3").rules.expect("a pack");
    let options = bulou_eval::Options::on(bulou_base::date::parse("2022-06-28").expect("a day"));
    let mut checker = bulou_eval::Checker::new(&rules, &options).expect("the options fit");
    let text = r#"{"编号": "1", "孩子": [{"号": "A", "父母": {"姓名": "x"}}, {"号": "B", "父母": {"姓名": "y"}}]}"#;
    let report = checker.check("a.json", text.as_bytes());
    let message = &report.rules[0].findings[0].message;
    assert!(message.contains("孩子 A没有填「岁」") && message.contains("孩子 B没有填「岁」"), "{message}");
}

#[test]
fn whom_a_report_is_about_is_not_sensitive() {
    for (clause, name) in [("标识", "证"), ("名称", "证"), ("日期", "日"), ("名称", "人.姓名")] {
        let text = format!(
            "规则集 甲 \"甲\" {{ 版本 1 }}\n记录 人项 {{ 姓名: 文本 留存 \"例\" }}\n数据 学校 {{\n  {clause} {name}\n  证: 文本 敏感 留存 \"例\"\n  日: 日期 敏感 留存 \"例\"\n  人: 人项 敏感 留存 \"例\"\n}}\n规则 常 \"常\" {{ 要求 今天 > 2000-01-01 }}\n"
        );
        let loaded = load(&Files([("a.bulou".to_owned(), text.into_bytes())].into()));
        assert_eq!(codes(&loaded), ["E060"], "{clause} {name}: {:?}", loaded.diagnostics);
    }
}

#[test]
fn a_wrong_value_of_a_sensitive_list_is_not_repeated() {
    let text = "规则集 甲 \"甲\" { 版本 1 }\n数据 学校 {\n  日: [日期] 已发生 敏感 留存 \"例\"\n  级: [{ 甲, 乙 }] 敏感 留存 \"例\"\n}\n规则 常 \"常\" { 要求 今天 > 2000-01-01 }\n";
    let rules = load(&Files([("a.bulou".to_owned(), text.as_bytes().to_vec())].into())).rules.expect("a pack");
    let options = bulou_eval::Options::on(bulou_base::date::parse("2022-06-28").expect("a day"));
    let mut checker = bulou_eval::Checker::new(&rules, &options).expect("the options fit");
    let report = checker.check("a.json", "{\"日\": [\"SECRET-1\"], \"级\": [\"SECRET-2\"]}".as_bytes());
    assert_eq!(report.structure.iter().map(|one| one.code).collect::<Vec<_>>(), ["D005", "D004"]);
    assert!(report.structure.iter().all(|one| !one.message.contains("SECRET")), "{:?}", report.structure);
}

#[test]
fn a_key_within_what_is_sensitive_is_not_shown() {
    let loaded = rule("编号 = \"a\" 不符 \"x\" 整改 \"y\"");
    let rules = loaded.rules.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let options = bulou_eval::Options::on(bulou_base::date::parse("2022-06-28").expect("a date"));
    let mut checker = bulou_eval::Checker::new(&rules, &options).expect("the options fit");
    let mut said = |document: &str| {
        let report = checker.check("a.json", document.as_bytes());
        assert!(report.structure.iter().any(|problem| matches!(problem.code.as_str(), "D003" | "D006")), "{document}");
        serde_json::to_string(&report).expect("JSON")
    };
    for within in [
        r#""家长": {"SECRET": 1}"#,
        r#""家长": {"SECRET": {"SECRET": 1}}"#,
        r#""家长": {"姓名": {"SECRET": 1}}"#,
        r#""病人": [{"SECRET": 1}]"#,
        r#""孩子": [{"号": "1", "父母": {"SECRET": 1}}]"#,
    ] {
        let report = said(&format!(r#"{{"编号": "a", {within}}}"#));
        assert!(!report.contains("SECRET"), "{within}: {report}");
    }
    // What stands behind it is shown again.
    assert!(said(r#"{"编号": "a", "家长": {"姓名": "x"}, "OPEN": 1}"#).contains("OPEN"));
}
