//! A `敏感` value is shown by no way that a rule can take: what is computed from it is as sensitive as itself.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panic")]

use bulou::codes::Code;
use bulou::pack::{Files, Loaded, load};

const HEAD: &str = r#"规则集 甲 "甲" { 版本 1 }
来源 文 "source/text.txt" "来源"
记录 家长项 { 姓名: 文本 留存 "案例"  电话: 文本 留存 "案例" }
记录 孩子项 { 编号: 文本 唯一 留存 "案例"  家长: 家长项 敏感 留存 "案例" }
数据 学校 {
  标识 编号
  编号: 文本 留存 "案例"
  体重: 整数 敏感 留存 "案例"
  生日: 日期 敏感 留存 "案例"
  残疾: 是否 敏感 留存 "案例"
  证号: [文本] 敏感 留存 "案例"
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
    let errors = loaded.diagnostics.iter().filter(|one| one.severity() == bulou::diagnostic::Severity::Error);
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
        "孩子.家长.电话",
        "病人.姓名",
        "最大(多个)",
    ] {
        let loaded = rule(&format!("体重 > 1000 不符 \"{{{shown}}}\""));
        assert_eq!(codes(&loaded), [Code::TemplateSensitive.as_str()], "{shown}: {:?}", loaded.diagnostics);
    }
    for (requirement, shown) in [
        ("每个 证号 记作 x 满足 x = \"\"", "x"),
        ("每个 孩子 记作 k 满足 k.家长.姓名 = \"\"", "k.家长.姓名"),
        ("每个 病人 满足 姓名 = \"\"", "姓名"),
        ("每个 孩子.家长.电话 记作 x 满足 x = \"\"", "x"),
    ] {
        let loaded = rule(&format!("{requirement} 不符 \"{{{shown}}}\""));
        assert_eq!(codes(&loaded), [Code::TemplateSensitive.as_str()], "{requirement}: {:?}", loaded.diagnostics);
    }
}

#[test]
fn what_is_not_sensitive_may_be_shown_beside_it() {
    for shown in ["编号", "原样(1)", "孩子.编号", "体重 > 3 且 有 编号"] {
        let loaded = rule(&format!("体重 > 1000 不符 \"{{{shown}}}\""));
        let wanted: &[&str] = if shown.starts_with("体重") { &["E051"] } else { &[] };
        assert_eq!(codes(&loaded), wanted, "{shown}: {:?}", loaded.diagnostics);
    }
}

#[test]
fn a_deadline_says_its_days_and_so_has_no_sensitive_one() {
    for requirement in ["生日 须在 2022-06-24 前", "今天 须在 生日 起 3日 内", "今天 须在 生日 前"]
    {
        assert_eq!(codes(&rule(requirement)), ["E051"], "{requirement}");
    }
    assert_eq!(codes(&rule("生日 ≤ 2022-06-24")), [""; 0]);
}

#[test]
fn whom_a_report_is_about_is_not_sensitive() {
    for (clause, name) in [("标识", "证"), ("名称", "证"), ("日期", "日"), ("名称", "人.姓名")] {
        let text = format!(
            "规则集 甲 \"甲\" {{ 版本 1 }}\n记录 人项 {{ 姓名: 文本 留存 \"例\" }}\n数据 学校 {{\n  {clause} {name}\n  证: 文本 敏感 留存 \"例\"\n  日: 日期 敏感 留存 \"例\"\n  人: 人项 敏感 留存 \"例\"\n}}\n"
        );
        let loaded = load(&Files([("a.bulou".to_owned(), text.into_bytes())].into()));
        assert_eq!(codes(&loaded), ["E060"], "{clause} {name}: {:?}", loaded.diagnostics);
    }
}

#[test]
fn a_wrong_value_of_a_sensitive_list_is_not_repeated() {
    let text = "规则集 甲 \"甲\" { 版本 1 }\n数据 学校 {\n  日: [日期] 敏感 留存 \"例\"\n  级: [{ 甲, 乙 }] 敏感 留存 \"例\"\n}\n";
    let rules = load(&Files([("a.bulou".to_owned(), text.as_bytes().to_vec())].into())).rules.expect("a pack");
    let options = bulou::eval::Options::on(bulou::date::parse("2022-06-28").expect("a day"));
    let mut checker = bulou::eval::Checker::new(&rules, &options).expect("the options fit");
    let report = checker.check("a.json", "{\"日\": [\"SECRET-1\"], \"级\": [\"SECRET-2\"]}".as_bytes());
    assert_eq!(report.structure.iter().map(|one| one.code).collect::<Vec<_>>(), ["D005", "D004"]);
    assert!(report.structure.iter().all(|one| !one.message.contains("SECRET")), "{:?}", report.structure);
}
