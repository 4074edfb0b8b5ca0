//! Texts for people that say nothing, examples that their fields do not take, and what stands twice.

use super::{HEAD, codes};

/// Of two that say different things only one could hold, and nobody would know which.
#[test]
fn what_is_said_once_is_not_said_twice() {
    for (ty, attribute, other) in [
        ("整数", "范围 0 至 5", "范围 0 至 500"),
        ("整数", "单位 \"人\"", "单位 \"所\""),
        ("整数", "说明 \"甲\"", "说明 \"乙\""),
        ("整数", "示例 \"1\"", "示例 \"2\""),
        ("整数", "留存 \"甲\"", "留存 \"乙\""),
        ("整数", "来源方 \"甲\"", "来源方 \"乙\""),
        ("整数", "敏感", "敏感"),
        ("文本", "格式 手机号", "格式 电话"),
        ("[文本]", "至少 3 项", "至少 1 项"),
        ("日期", "已发生", "已发生"),
        ("日期", "计划", "计划"),
    ] {
        let with = |attributes: &str| codes(&HEAD.replace("名: 文本", &format!("添: {ty} {attributes} 名: 文本")), "");
        let twice = |codes: &[&str]| codes.contains(&"E061");
        assert!(!twice(&with(attribute)), "{attribute}");
        assert!(twice(&with(&format!("{attribute} {other}"))), "{attribute} {other}");
    }
    let words = HEAD.replace("名: 文本", "名: 文本 可填 无 可填 \"/\"");
    assert!(!codes(&words, "").contains(&"E061"), "several words may be answers");
    for (once, twice) in [
        ("版本 1", "版本 1 版本 2"),
        ("版本 1", "版本 1 发布 \"甲\" 发布 \"乙\""),
        ("版本 1", "版本 1 占位 {\"甲\"} 占位 {\"乙\"}"),
        ("施行 2022-01-01 至 2022-12-31", "施行 2022-01-01 至 2022-12-31 施行 2023-01-01 至 2023-12-31"),
        ("数据 学校 {", "数据 学校 { 标识 名 标识 校.名"),
        ("数据 学校 {", "数据 学校 { 名称 名 名称 名"),
        ("数据 学校 {", "数据 学校 { 日期 日 日期 日"),
        ("数据 学校 {", "数据 学校 { 版次 数 版次 数"),
    ] {
        let codes = codes(&HEAD.replace(once, twice), "");
        assert!(codes.contains(&"E063"), "{twice}: {codes:?}");
    }
}

#[test]
fn what_stands_twice_in_a_list_is_told() {
    let of = |header: &str, declarations: &str, cites: &str, asked: &str| {
        let rules = format!(
            "规则集 甲 \"甲\" {{ 版本 1 {header} }}\n来源 文 外部 \"文\"\n选项 类 {{ 小学, 初中 }}\n{declarations}
规则 一 \"规则\" {{ 依据 文 {cites} 要求 {asked} 整改 \"改\" }}\n"
        );
        codes(&rules, "")
    };
    let data = "数据 学校 { 数: 整数 范围 0 至 9 类: 类 名: 文本 }\n";
    let table = |row: &str| format!("{data}表 表一(类: 类, 数: 整数) -> 是否 {{\n | 类 | 数 | 结果 |\n {row}\n}}\n");
    for (twice, found) in [(false, ""), (true, "W125")] {
        let with = |more: &'static str| if twice { more } else { "" };
        let told = |codes: Vec<&'static str>| codes == [found] || (codes.is_empty() && found.is_empty());
        assert!(told(of(
            &format!("占位 {{\"无\"{}}}", with(", \"(无)\"")),
            data,
            "",
            "名 = \"a\" 且 数 > 1 且 类 = 小学"
        )));
        for asked in [
            format!("类 属于 {{小学{}}} 且 数 > 1 且 名 = \"a\"", with(", 小学")),
            format!("数 属于 {{1, 2{}}} 且 类 = 小学 且 名 = \"a\"", with(", 1")),
            format!("名 属于 {{\"a\"{}}} 且 数 > 1 且 类 = 小学", with(", \" ａ\"")),
        ] {
            assert!(told(of("", data, "", &asked)), "{asked}");
        }
        let asked = "名 = \"a\" 且 数 > 1 且 类 = 小学";
        assert!(told(of("", data, &format!("\"甲\" 依据 文 \"乙\"{}", with(" 依据 文 \"甲\"")), asked)));
        let may_be = data.replace("名: 文本", &format!("名: 文本 可填 无{}", with(" 可填 \"(无)\"")));
        assert!(told(of("", &may_be, "", asked)));
        let param = format!("{data}参数 几: [整数] = {{1, 2{}}} 范围 0 至 5\n", with(", 2"));
        assert!(told(of("", &param, "", "名 = \"a\" 且 数 属于 几 且 类 = 小学")));
        let row = format!("| {{小学{}}} | 任意 | 是 |\n | {{初中}} | 任意 | 否 |", with(", 小学"));
        assert!(told(of("", &table(&row), "", "表一(类, 数) 且 名 = \"a\"")));
    }
    let any = "| 任意 | 任意 | 是 |";
    let again =
        table(any).replace("类: 类, 数: 整数) ->", "数: 整数, 数: 整数) ->").replace("| 类 | 数 |", "| 数 | 数 |");
    assert_eq!(of("", &again, "", "表一(数, 数) 且 名 = \"a\" 且 类 = 小学"), ["E011"]);
    for forbidden in ["禁填 电话, 电话", "禁填 电话 理由 \"甲\" 禁填 电话 理由 \"乙\""] {
        let data = data.replace(" }", &format!(" {forbidden} }}"));
        assert_eq!(of("", &data, "", "名 = \"a\" 且 数 > 1 且 类 = 小学"), ["E011"], "{forbidden}");
    }
}

/// A pack in which each text for people may be replaced by another.
const TEXTS: &str = r#"规则集 甲 "题" { 版本 1 发布 "县" 占位 {"待定"} }
来源 文 "source/text.txt" "文"
参数 线: 整数 = 3 范围 0 至 9 "线的出处"
记录 项 { 号: 文本 "编号" 唯一 说明 "怎么填" 示例 "A1" 来源方 "中心校" 留存 "给核对的人读" 禁填 身份证号 理由 "法律不许" }
数据 学校 { 标识 码  码: 文本  数: 整数 单位 "人" 范围 0 至 9  表: [项] 约束 数 ≥ 线 不符 "不够线" }
规则 一 "题目" { 依据 文 "三日内完成" 责任 "谁" 分组 "组" 要求 数 > 线 或 数量(表) > 3 不符 "不多" 整改 "改正" }
不查 文 "另一句话" 理由 "没有数据可证"
"#;

#[test]
fn every_text_for_people_says_something() {
    let found = |text: &str| codes(text, "三日内完成。另一句话。");
    assert_eq!(found(TEXTS), [""; 0]);
    let told = [
        "题",
        "县",
        "待定",
        "文",
        "线的出处",
        "编号",
        "怎么填",
        "A1",
        "中心校",
        "给核对的人读",
        "法律不许",
        "人",
        "不够线",
        "题目",
        "谁",
        "组",
        "不多",
        "改正",
        "没有数据可证",
    ];
    for text in told {
        let quoted = format!("\"{text}\"");
        assert_eq!(TEXTS.matches(&quoted).count(), 1, "{text}");
        for blank in ["", " ", "\u{3000}", "\u{200B}"] {
            let found = found(&TEXTS.replace(&quoted, &format!("\"{blank}\"")));
            assert!(found.contains(&"E098"), "{text} {blank:?}: {found:?}");
        }
        let reason = ["给核对的人读", "法律不许", "没有数据可证"].contains(&text);
        for word in ["无", "-", "(略)", "N/A", "……"] {
            let found = found(&TEXTS.replace(&quoted, &format!("\"{word}\"")));
            assert_eq!(found.contains(&"E098"), reason, "{text} {word}: {found:?}");
        }
    }
    assert_eq!(found(&TEXTS.replace("{\"待定\"}", "{}")), ["E099"]);
}

#[test]
fn an_example_is_one_that_its_field_takes() {
    for (ty, example, fits) in [
        ("整数 范围 0 至 9", "9", true),
        ("整数 范围 0 至 9", "10", false),
        ("整数 范围 0 至 9", "1.5", false),
        ("整数 单位 \"人\" 范围 0 至 9", "3人", true),
        ("小数 范围 0 至 1", "0.5", true),
        ("小数 范围 0 至 1", "1.01", false),
        ("日期 计划", "2022-06-24", true),
        ("日期 计划", "2022-06-31", false),
        ("日期 计划", "下周", false),
        ("是否", "是", true),
        ("是否", "也许", false),
        ("时长", "31日", true),
        ("时长", "很久", false),
        ("类", "小学", true),
        ("类", "大学", false),
        ("[类]", "小学、初中", true),
        ("[类]", "小学、大学", false),
        ("文本", "随便", true),
        ("文本", "待定", false),
        ("文本 可填 无", "无", true),
        ("文本 格式 手机号", "13812345678", true),
        ("文本 格式 手机号", "1381234567", false),
    ] {
        let text = format!(
            "规则集 甲 \"甲\" {{ 版本 1 }}\n来源 文 外部 \"文\"\n选项 类 {{ 小学, 初中 }}\n数据 学校 {{ 码: 文本 类: 类 例: {ty} 示例 \"{example}\" 留存 \"试试\" }}\n规则 一 \"一\" {{ 依据 文 要求 码 ≠ \"甲\" 且 类 = 小学 }}\n"
        );
        let wanted: &[&str] = if fits { &[] } else { &["W130"] };
        assert_eq!(codes(&text, ""), wanted, "{ty} {example}");
    }
}
