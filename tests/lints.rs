//! What a compiler can tell of rules that nobody can meet, of words that cite nothing, and of fields that nobody checks.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test fails by panic"
)]

#[path = "lints/county.rs"]
mod county;
#[path = "lints/implied.rs"]
mod implied;
#[path = "lints/printed.rs"]
mod printed;
#[path = "lints/slips.rs"]
mod slips;
#[path = "lints/words.rs"]
mod words;

use bulou_messages::diagnostic::Diagnostic;
use bulou_pack::{Files, load};

/// What is said of a pack of one file and one source.
fn found(rules: &str, source: &str) -> Vec<Diagnostic> {
    let files = [("a.bulou", rules), ("source/text.txt", source)];
    let loaded = load(&Files(files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()));
    loaded.diagnostics
}

/// The codes of it, but for numbers without a range, documents of nobody, files that nothing uses, and what small rules
/// leave unsaid.
fn codes(rules: &str, source: &str) -> Vec<&'static str> {
    found(rules, source)
        .iter()
        .map(|one| one.code.as_str())
        .filter(|code| !["W118", "W120", "W126", "W137", "W138", "W139", "W140", "W141"].contains(code))
        .collect()
}

const HEAD: &str = r#"规则集 甲 "甲" { 版本 1 施行 2022-01-01 至 2022-12-31 }
来源 文 外部 "文"
选项 类 { 小学, 初中, 高中 }
记录 校项 { 数: 整数 留存 "例" }
数据 学校 {
  数: 整数 留存 "例"
  率: 小数 留存 "例"
  日: 日期 已发生 留存 "例"
  长: 时长 留存 "例"
  类: 类 留存 "例"
  名: 文本 留存 "例"
  寄宿: 是否 留存 "例"
  校: 校项 留存 "例"
  选: 整数? 留存 "例"
}
定义 够 = 数 ≥ 3
"#;

/// Two requirements, each with what else its rule says.
fn pair(first: (&str, &str), second: (&str, &str)) -> Vec<&'static str> {
    let rule = |id: &str, (asked, more): (&str, &str)| {
        format!("规则 {id} \"规则\" {{ 依据 文 {more} 要求 {asked} 整改 \"改\" }}\n")
    };
    let more = "规则 用 \"用\" { 依据 文 要求 够 或 类 = 小学 整改 \"改\" }\n";
    codes(&format!("{HEAD}{}{}{more}", rule("一", first), rule("二", second)), "")
}

/// What is said of a rule over data that has required and optional parts.
fn guarded(rule: &str) -> Vec<&'static str> {
    let data = "记录 项 { 项必: 文本 项选: 文本? 项数: 整数 项内: 校项? 项对: 是否 } 记录 校项 { 人: 整数 }
数据 学校 { 必: 文本 选: 文本? 数: 整数 列: [项] 可列: [项]? 校: 校项 选校: 校项? 对: 是否 选对: 是否? }
定义 有必 = 有 必
定义 有项 = 列[有 项必]
定义 对数 = 数量(列[有 项对])
";
    let head = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 外部 \"文\"\n";
    let found = codes(&format!("{head}{data}规则 一 \"规则\" {{ 依据 文 {rule} 整改 \"改\" }}\n"), "");
    found.into_iter().filter(|code| !matches!(*code, "W103" | "W104")).collect()
}

#[test]
fn a_guard_that_asks_about_what_is_required_is_told() {
    for rule in [
        "要求 若 有 必 则 数 ≥ 3",
        "适用 有 必 要求 数 ≥ 3",
        "适用 非 缺 必 要求 数 ≥ 3",
        "要求 缺 必 或 数 ≥ 3",
        "要求 非 有 必 或 数 ≥ 3",
        "要求 若 缺 必 则 数 ≥ 3",
        "要求 每个 列[有 项必] 满足 项数 ≥ 3",
        "要求 每个 列[有 项必 且 项数 > 3] 满足 有 项选",
        "要求 每个 列 满足 若 有 项必 则 项数 ≥ 3",
        "要求 没有 列[有 项必] 满足 项数 ≥ 3",
        "要求 没有 列 满足 有 项必 且 项数 ≥ 3",
        "要求 列.项必 不漏 列[有 项数].项必",
        "要求 若 有 列 则 数 ≥ 3",
        "要求 若 有 校 则 校.人 ≥ 3",
        "要求 若 有 校.人 则 校.人 ≥ 3",
        "要求 若 有必 则 数 ≥ 3",
        "要求 每个 有项 满足 项数 ≥ 3",
        "要求 至迟 2022-06-24 满足 缺 必",
        // Of what is yes or no, no is there too.
        "要求 有 对",
        "要求 有 选对 且 数 ≥ 3",
        "要求 若 有 对 则 数 ≥ 3",
        "要求 每个 列 满足 有 项对",
        // Counted as well, whichever way the count is asked.
        "要求 数量(列[有 项对]) ≥ 3",
        "要求 数量(列[有 项对]) ≤ 3",
        "要求 数量(列[缺 项对]) = 0",
        "要求 数量(列[项数 > 3 且 有 项对]) ≥ 数",
        "要求 若 数量(列[有 项对]) > 3 则 数 ≥ 3",
        "要求 数 在 0 至 数量(列[有 项对]) 之间",
        "要求 占比(列, 有 项对) 缺省 1 ≥ 80%",
        "要求 占比(列[有 项对], 项数 > 3) 缺省 1 ≥ 80%",
        "要求 合计(列[有 项对].项数) / 数 ≥ 3",
        "要求 对数 ≥ 3",
        "要求 数量(列[缺 项必]) ≥ 3",
        "要求 数量(列[有 项必]) ≤ 3",
        "要求 数 - 数量(列[有 项必]) ≥ 3",
    ] {
        assert!(guarded(rule).contains(&"W115"), "{rule}: {:?}", guarded(rule));
    }
    for rule in [
        "要求 有 必 且 数 ≥ 3",
        "要求 有 必 或 对",
        "要求 若 有 选 则 有 必",
        "要求 每个 列[有 项选] 满足 有 项必",
        "要求 存在 列[有 项必] 满足 项数 ≥ 3",
        "要求 存在 列 满足 有 项必",
        "要求 若 有 可列 则 对",
        "要求 若 有 选校 则 对",
        "要求 每个 列 满足 若 有 项内 则 有 项必",
        "要求 列[有 项必].项必 不漏 {\"甲\"}",
        "要求 有必",
        "要求 存在 有项 满足 项数 ≥ 3",
        "要求 有 选对 且 选对",
        "要求 若 有 选对 则 选对 或 数 ≥ 3",
        "要求 数量(列[有 项选]) ≥ 3",
        "要求 数量(列[缺 项选]) ≤ 3",
        "要求 数量(列[有 项必]) ≥ 3",
        "要求 占比(列, 有 项选) 缺省 1 ≥ 80%",
        "要求 数量(列[项对]) ≥ 3",
        "要求 数量(列[缺 项内]) = 0",
    ] {
        // What settles a rule is another matter.
        assert!(guarded(rule).iter().all(|code| ["W105", "W133"].contains(code)), "{rule}: {:?}", guarded(rule));
    }
}

#[test]
fn what_no_document_can_meet_is_told() {
    for (one, other) in [
        ("数 ≥ 3", "数 < 3"),
        ("数 > 3", "数 < 4"),
        ("率 > 0.5", "率 ≤ 0.5"),
        ("3 ≤ 数", "数 不满 3"),
        ("数 = 3", "数 = 4"),
        ("数 = 3", "数 ≠ 3"),
        ("数 = 3", "数 > 3"),
        ("数 属于 {1, 2}", "数 ≥ 3"),
        ("数 在 1 至 2 之间", "数 在 3 至 4 之间"),
        ("日 ≥ 2022-06-24", "日 < 2022-06-24"),
        ("长 ≥ 3日", "长 ≤ 2日"),
        ("类 = 小学", "类 = 初中"),
        ("类 属于 {小学, 初中}", "类 = 高中"),
        ("名 = \"甲\"", "名 = \"乙\""),
        ("寄宿", "非 寄宿"),
        ("寄宿 = 是", "寄宿 = 否"),
        ("校.数 ≥ 3", "校.数 < 3"),
        ("够", "数 < 3"),
        ("非 够", "数 ≥ 3"),
        ("率 ≥ 1 且 数 ≥ 3", "有 名 且 数 < 2"),
        ("非 (数 < 3 或 率 < 1)", "数 < 3"),
        ("有 选 且 选 ≥ 3", "有 选 且 选 < 3"),
    ] {
        assert_eq!(pair((one, ""), (other, "")), ["W121"], "{one}; {other}");
        assert_eq!(pair((other, ""), (one, "")), ["W121"], "{other}; {one}");
    }
    assert_eq!(pair(("数 ≥ 3 且 数 < 3", ""), ("有 名", "")), ["W121", "W134"]);
    assert_eq!(pair(("数 ≥ 3", "适用 寄宿"), ("数 < 3", "适用 寄宿")), ["W121"]);
    assert_eq!(pair(("数 ≥ 3", "适用 寄宿"), ("数 < 3", "")), ["W121"]);
    assert_eq!(
        pair(("数 ≥ 3", "施行 2022-01-01 至 2022-06-30"), ("数 < 3", "施行 2022-06-30 至 2022-12-31")),
        ["W121"]
    );
}

#[test]
fn what_some_document_can_meet_is_not() {
    for (one, other) in [
        (("数 ≥ 3", ""), ("数 ≤ 3", "")),
        (("数 > 3", ""), ("数 < 5", "")),
        (("率 > 3", ""), ("率 < 3.5", "")),
        (("率 ≥ 0.5", ""), ("率 ≤ 0.5", "")),
        (("数 ≥ 3", ""), ("率 < 3", "")),
        (("校.数 ≥ 3", ""), ("数 < 3", "")),
        (("类 ≠ 小学", ""), ("类 ≠ 初中", "")),
        (("类 属于 {小学, 初中}", ""), ("类 属于 {初中, 高中}", "")),
        (("若 寄宿 则 数 ≥ 3", ""), ("数 < 3", "")),
        (("数 ≥ 3 或 寄宿", ""), ("数 < 3", "")),
        (("数 ≥ 3", "适用 寄宿"), ("数 < 3", "适用 非 寄宿")),
        (("数 ≥ 3", "施行 2022-01-01 至 2022-06-29"), ("数 < 3", "施行 2022-06-30 至 2022-12-31")),
        (("数 ≥ 选 缺省 3", ""), ("数 < 3", "")),
        (("日 ≥ 今天", ""), ("日 < 2022-06-24", "")),
    ] {
        assert_eq!(pair(one, other), [""; 0], "{one:?}; {other:?}");
    }
}

#[test]
fn constants_that_cannot_be_are_errors() {
    let one = |asked: &str| pair((asked, ""), ("有 名", ""));
    for asked in ["数 / 0 ≥ 1", "数 整除 0 ≥ 1", "数 / (2 - 2) ≥ 1", "数 / (-0) ≥ 1", "数 / (0 * 3) ≥ 1"]
    {
        assert_eq!(one(asked), ["E084"], "{asked}");
    }
    for asked in ["数 在 5 至 3 之间", "日 在 2022-06-24 至 2022-06-01 之间", "长 在 3日 至 2日 之间"]
    {
        assert_eq!(one(asked), ["E085"], "{asked}");
    }
    assert_eq!(one("数 / 2 ≥ 1 且 数 在 3 至 3 之间"), [""; 0]);
}

/// Rules with one quote each.
fn quoted(quotes: &[&str], source: &str) -> Vec<&'static str> {
    let mut text =
        "规则集 甲 \"甲\" { 版本 1 }\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 { 数: 整数 }\n".to_owned();
    for (number, quote) in quotes.iter().enumerate() {
        text += &format!("规则 规{number} \"规则\" {{ 依据 文 \"{quote}\" 要求 数 > 1{number} 整改 \"改\" }}\n");
    }
    let mut codes = codes(&text, source);
    // The rules are about no number.
    codes.retain(|code| *code != "W132");
    codes.sort_unstable();
    codes
}

#[test]
fn every_sentence_of_an_english_text_counts() {
    let doors = "Doors shall be closed. Extinguishers shall be checked monthly. Drills shall be held twice a year.";
    assert_eq!(quoted(&["Doors shall be closed"], doors), ["W102", "W102"]);
    assert_eq!(quoted(&["Doors shall be closed. Extinguishers shall be checked monthly"], doors), ["W102"]);
    assert_eq!(
        quoted(
            &["Drills shall be held twice a year", "Doors shall be closed", "Extinguishers shall be checked monthly"],
            doors
        ),
        [""; 0]
    );
    // Numbers, marks of items and what stands within a word end no sentence.
    for one in [
        "At least 3.5 litres shall be held",
        "1. Doors shall be closed by 2022.6.24 at the latest",
        "See www.example.org for v1.2 of it",
    ] {
        assert_eq!(quoted(&[one], one), [""; 0], "{one}");
    }
}

#[test]
fn a_quote_has_to_tell_what_it_quotes() {
    let text = "第一句说安全。第二句说消防,要有灭火器。第三句说三日内完成。";
    for short in ["火", "一", "说消防", "防,要有"] {
        let found = quoted(&[short], text);
        assert!(
            found.contains(&"W123") && found.iter().filter(|code| **code == "W102").count() == 3,
            "{short}: {found:?}"
        );
    }
    // A mark at its beginning belongs to the sentence before, and a sentence that is only touched is not cited.
    assert_eq!(quoted(&["。第二句说消防,要有灭火器。第三句"], text), ["W102", "W102", "W124"]);
    assert_eq!(quoted(&["第二句说消防,要有灭火器。第三句说三日内完成"], text), ["W102"]);
    // What a quote only reaches into it does not cover: `第二` and `火器` are left.
    for (clause, open) in [
        ("要有灭火器", 1),
        ("第二句说消防", 1),
        ("句说消防,要有灭", 2),
        ("第二句说消防,要", 1),
        ("第二句说消防,要有灭火器", 0),
    ] {
        let found = quoted(&["第一句说安全", clause, "第三句说三日内完成"], text);
        assert_eq!(found, vec!["W102"; open], "{clause}");
    }
}

#[test]
fn a_clause_is_covered_by_quotes_of_all_its_words() {
    let text = "校门要有人守,夜里要巡逻到天亮。要做好:(一)关门落锁(二)巡查到天黑";
    let first = ["校门要有人守,夜"];
    assert_eq!(quoted(&first, text), ["W102", "W102"]);
    assert_eq!(quoted(&["校门要有人守,夜", "里要巡逻到天亮", "要做好:(一)关门落锁(二)巡"], text), ["W102"]);
    // The marks of items say nothing, and two quotes may cover a clause together.
    assert_eq!(quoted(&["校门要有人守,夜里要", "巡逻到天亮", "要做好", "关门落锁", "(二)巡查到天黑"], text), [""; 0]);
    // What one quotes of a clause, another may excuse the rest of.
    let excused = |rest: &str| {
        let rule = "规则 一 \"一\" { 依据 文 \"校门要有人守\" 要求 数 > 1 整改 \"改\" }\n";
        let head = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 { 数: 整数 }\n";
        codes(&format!("{head}{rule}不查 文 \"{rest}\" 理由 \"另有安排\"\n"), "校门要有人守好看牢管住。")
    };
    assert_eq!(excused("好看牢管住"), [""; 0]);
    assert_eq!(excused("守好看牢管住"), ["W128"]);
}

#[test]
fn a_field_that_is_only_printed_is_checked_by_nobody() {
    let pack = |unique: &str, asked: &str| {
        let text = format!(
            "规则集 甲 \"甲\" {{ 版本 1 }}\n来源 文 外部 \"文\"\n记录 项 {{ 号: 文本{unique}  数: 整数 }}\n数据 学校 {{ 表: [项] }}\n规则 一 \"一\" {{ 依据 文 要求 {asked} 不符 \"{{号}}\" 整改 \"改\" }}\n"
        );
        codes(&text, "")
    };
    assert_eq!(pack("", "每个 表 满足 数 > 3"), ["W103"]);
    assert_eq!(pack(" 唯一", "每个 表 满足 数 > 3"), [""; 0]);
    assert_eq!(pack(" 留存 \"点名用\"", "每个 表 满足 数 > 3"), [""; 0]);
    assert_eq!(pack("", "每个 表 满足 数 > 3 且 有 号"), [""; 0]);
}

#[test]
fn the_countys_own_fields_count_and_those_that_only_it_uses_do() {
    let text = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 外部 \"文\"\n记录 校项 { 标识码: 文本, 名称: 文本 }\n数据 学校 {\n  标识 校.标识码\n  名称 校.名称\n  校: 校项\n  数: 整数\n}\n记录 名册项 { 标识码: 文本, 名称: 文本, 重点: 是否 }\n数据 全县 {\n  名册 名册.标识码\n  名册: [名册项]\n  各校: 汇总 学校\n  空: 整数\n}\n规则 一 \"一\" 范围 全县 { 依据 文 要求 数量(各校[数 > 3]) > 2 整改 \"改\" }\n";
    let found = found(text, "");
    let named: Vec<_> =
        found.iter().filter(|one| one.code.as_str() == "W103").map(|one| one.message.zh.as_str()).collect();
    assert_eq!(named, ["字段 `重点` 没有规则使用", "字段 `空` 没有规则使用"]);
}

#[test]
fn a_scope_has_one_document() {
    let data = |names: [&str; 2]| {
        let own = |name: &str| if name == "学校" { "标识 码 码: 文本" } else { "名册 册.码 册: [名]" };
        let data = names.map(|name| format!("数据 {name} {{ {} 数: 整数 留存 \"例\" }}\n", own(name))).concat();
        codes(
            &format!(
                "记录 名 {{ 码: 文本 留存 \"例\" }}\n规则集 甲 \"甲\" {{ 版本 1 }}\n来源 文 外部 \"文\"\n{data}规则 一 \"一\" {{ 依据 文 要求 数 > 3 整改 \"改\" }}\n"
            ),
            "",
        )
    };
    assert_eq!(data(["学校", "幼儿园"]), ["E083"]);
    assert_eq!(data(["全县", "county"]), ["E083", "E012"]);
    assert_eq!(data(["学校", "全县"]), [""; 0]);
}

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

#[test]
fn what_counts_rest_days_wants_a_calendar() {
    let pack = |calendar: &str, length: &str, ending: &str, counting: &str| {
        let text = format!(
            "规则集 甲 \"甲\" {{ 版本 1 }}\n来源 文 外部 \"文\"\n{calendar}\n参数 期间: 期间 = {counting} \"怎么算\"\n数据 学校 {{ 日: 日期? 已发生 }}\n规则 一 \"一\" {{ 依据 文 要求 日 须在 2022-06-24 起 {length} 内{ending} }}\n"
        );
        let files =
            [("a.bulou", text.as_str()), ("calendar/cn.json", r#"{"years": {"2022": {"rest": [], "work": []}}}"#)];
        let loaded = load(&Files(files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()));
        loaded.diagnostics.iter().filter(|one| one.code.as_str() == "W129").count()
    };
    for (length, ending, counting, wanted) in [
        ("3日", "", "自然日", 0),
        ("3日", " 顺延", "自然日", 1),
        ("3个工作日", "", "自然日", 1),
        ("3日", "", "顺延", 1),
        ("3日", "", "工作日", 1),
    ] {
        assert_eq!(pack("", length, ending, counting), wanted, "{length}{ending} {counting}");
        assert_eq!(pack("日历 中国 \"calendar/cn.json\"", length, ending, counting), 0, "{length}{ending} {counting}");
    }
}

#[test]
fn what_is_settled_twice_is_told() {
    let pack = |more: &str| {
        let text = format!(
            "规则集 甲 \"甲\" {{ 版本 1 }}\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 {{ 数: 整数 }}\n规则 一 \"一\" {{ 依据 文 \"三日内完成\" 要求 数 > 3 }}\n不查 文 \"思想上要重视\" 理由 \"没有数据可证\"\n{more}"
        );
        codes(&text, "三日内完成,全体动员起来。思想上要重视。")
    };
    let excuse = |quote: &str| format!("不查 文 \"{quote}\" 理由 \"另一个理由\"\n");
    // Who cites one clause has not cited the sentence.
    assert_eq!(pack(""), ["W102"]);
    // A sentence of two clauses may be checked in one and not in the other.
    assert_eq!(pack(&excuse("全体动员起来")), [""; 0]);
    for (quote, more) in [("三日内完成", true), ("三日内完成,全体动员起来", false), ("思想上要重视", true)]
    {
        let expected: &[&str] = if more { &["W128", "W102"] } else { &["W128"] };
        assert_eq!(pack(&excuse(quote)), expected, "{quote}");
    }
}

#[test]
fn clauses_that_nothing_quotes_are_told_as_they_stand() {
    let text = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 { 数: 整数 }\n规则 一 \"一\" { 依据 文 \"门卫要值班\" 要求 数 > 3 }\n";
    let source = "校门要关,门卫要值班,夜里要巡逻:逐处登记。";
    let said = found(text, source);
    let open: Vec<&str> = said
        .iter()
        .filter(|one| one.code.as_str() == "W102")
        .map(|one| &source[one.primary.span.start as usize..one.primary.span.end as usize])
        .collect();
    assert_eq!(open, ["校门要关,", "夜里要巡逻:逐处登记。"]);
}

#[test]
fn a_warning_may_stand_where_somebody_says_why() {
    let pack = |allow: &str| {
        let rule = "规则 一 \"一\" { 依据 文 \"十五日内\" 要求 数 ≥ 3 整改 \"改\" }\n";
        codes(&format!("{HEAD}{rule}{allow}\n"), "")
    };
    assert_eq!(pack(""), ["W104", "W132"]);
    assert_eq!(pack("允许 W132 一 \"十五日另有规则查\""), ["W104"]);
    assert_eq!(pack("允许 W132 一 \"十五日另有规则查\"\nallow w104 够 \"留着\""), [""; 0]);
    for vain in [
        "允许 W131 一 \"还没有做\"",
        "允许 W132 二 \"写错了名\"",
        "允许 E098 一 \"错误\"",
        "允许 W132 校项.数 \"不在那里\"",
    ] {
        assert_eq!(pack(vain), ["W104", "W132", "W131"], "{vain}");
    }
    // A reason is one.
    assert_eq!(pack("允许 W132 一 \"无\""), ["E098"]);
}

/// A number or an option that came later was let stand with those before it.
#[test]
fn what_an_allowance_does_not_name_is_still_warned_of() {
    let about = |quote: &str, allow: &str| {
        let rule = format!("规则 一 \"一\" {{ 依据 文 \"{quote}\" 要求 数 ≥ 3 整改 \"改\" }}\n{allow}\n");
        codes(&format!("{HEAD}{rule}规则 用 \"用\" {{ 依据 文 要求 够 整改 \"改\" }}\n"), "")
    };
    assert_eq!(about("十五日内,每增加1人", "允许 W132 一 \"十五日和1人另有规则查\""), [""; 0]);
    assert_eq!(about("十五日内,每增加1人", "允许 W132 一 \"1人另有规则查\""), ["W132"]);
    assert_eq!(about("每增加1人", "允许 W132 一 \"10人、21人另有规则查\""), ["W132"]);
    let silent = |allow: &str| {
        let rule = "规则 一 \"一\" { 依据 文 要求 类 ≠ 小学 或 够 整改 \"改\" }\n";
        let said = found(&format!("{HEAD}{rule}{allow}\n"), "");
        let of_options = said.into_iter().filter(|one| ["W131", "W140"].contains(&one.code.as_str()));
        of_options.map(|one| format!("{} {}", one.code.as_str(), one.help.zh)).collect::<Vec<_>>()
    };
    assert_eq!(silent("允许 W140 类 \"初中和高中一样判\""), [""; 0]);
    let [left] = &silent("允许 W140 类 \"初中一样判\"")[..] else { panic!("one warning") };
    assert!(left.starts_with("W140") && left.contains("没有说到 高中"), "{left}");
    // What a longer name says is not said of the shorter.
    let list = |allow: &str| {
        let pack = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 外部 \"文\"\n选项 档 { 一般, 大, 重大 }\n数据 学校 { 档: 档 }
规则 一 \"一\" { 依据 文 要求 档 ≠ 一般 整改 \"改\" }\n";
        found(&format!("{pack}{allow}\n"), "").iter().filter(|one| one.code.as_str() == "W140").count()
    };
    assert_eq!([list("允许 W140 档 \"重大一样判\""), list("允许 W140 档 \"大和重大一样判\"")], [1, 0]);
}

/// `若 … 否则 否` was told to leave its `否则` out, which let pass what it had failed.
#[test]
fn what_a_branch_comes_to_may_be_written() {
    for asked in ["若 数 > 0 则 率 / 数 ≤ 3 否则 否", "若 寄宿 则 数 ≥ 3 否则 是"] {
        let rule = format!("规则 一 \"一\" {{ 依据 文 要求 {asked} 整改 \"改\" }}\n");
        assert_eq!(
            codes(&format!("{HEAD}{rule}规则 用 \"用\" {{ 依据 文 要求 够 整改 \"改\" }}\n"), ""),
            [""; 0],
            "{asked}"
        );
    }
}

/// An option of the same name in another list counted.
#[test]
fn an_option_is_mentioned_where_its_own_list_is() {
    let data = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 外部 \"文\"\n选项 级 { 一般, 特大 }\n选项 类 { 小学, 特大 }
数据 学校 { 级: 级 类: 类 }\n规则 一 \"一\" { 依据 文 要求 级 ≠ 一般 或 类 = 特大 整改 \"改\" }\n断言 \"断\" 若 级 = 特大 则 规则 一 符合\n";
    let said = found(data, "");
    let silent: Vec<&str> =
        said.iter().filter(|one| one.code.as_str() == "W140").map(|one| one.message.zh.as_str()).collect();
    assert!(matches!(&silent[..], [one, other] if one.contains("`特大`") && other.contains("`小学`")), "{silent:?}");
}

#[test]
fn nothing_is_said_of_allowances_where_something_is_not_understood() {
    let rule = "规则 一 \"一\" { 依据 文 \"十五日内\" 要求 数 ≥ 3 整改 \"改\" }\n";
    let allow = "允许 W132 一 \"另有规则查\"\nallow w104 够 \"留着\"\n";
    for slip in ["规则 坏 {", "规则 二 \"二\" { 依据 文 要求 数 ≥≥ 3 }", "规则 三 \"三\" { 依据 文 要求 没有的 ≥ 3 }"]
    {
        let said = codes(&format!("{HEAD}{rule}{allow}{slip}\n"), "");
        assert!(!said.contains(&"W131") && said.iter().any(|code| code.starts_with('E')), "{slip}: {said:?}");
    }
}

#[test]
fn a_number_of_a_quote_is_known_however_it_is_written() {
    let told = |quote: &str, asks: &str| {
        let head = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 { 数: 整数 率: 小数 甲: 日期 乙: 日期 次: [日期] }\n";
        let rule = format!("规则 一 \"一\" {{ 依据 文 \"{quote}\" 要求 {asks} 整改 \"改\" }}\n");
        codes(&format!("{head}{rule}"), &format!("{quote}。")).contains(&"W132")
    };
    for (quote, same, other) in [
        ("应当在１５日内办完", "乙 须在 甲 起 15日 内", "乙 须在 甲 起 30日 内"),
        ("应当在半个月内办完", "乙 须在 甲 起 15日 内", "乙 须在 甲 起 10日 内"),
        ("应当在廿日内全部办完", "乙 须在 甲 起 20日 内", "乙 须在 甲 起 10日 内"),
        ("应当在10个工作日内办完", "乙 须在 甲 起 10个工作日 内", "乙 须在 甲 起 10个月 内"),
        ("应当在十日内全部办完", "乙 须在 甲 起 10日 内", "乙 须在 甲 起 10个工作日 内"),
        ("参加人员要达到七成以上", "率 ≥ 70%", "率 ≥ 80%"),
        ("参加人员要达到百分之七十", "率 ≥ 70%", "率 ≥ 80%"),
        ("参加人员要达到三分之二", "率 ≥ 2/3", "率 ≥ 80%"),
        ("参加人员要超过半数才行", "率 > 1/2", "率 ≥ 80%"),
        ("发放标准不少于1,200元", "数 ≥ 1200", "数 ≥ 200"),
        ("半年内要全部办完手续", "乙 - 甲 ≤ 183日", "乙 - 甲 ≤ 100日"),
        ("应当在三个月内全部办完", "乙 须在 甲 起 90日 内", "乙 须在 甲 起 100日 内"),
        ("应当在三个月内全部办完", "乙 须在 甲 起 92日 内", "乙 须在 甲 起 3日 内"),
        ("应当在一年内全部办完", "乙 须在 甲 起 366日 内", "乙 须在 甲 起 367日 内"),
        ("应当在十个工作日内办完", "乙 须在 甲 起 10个工作日 内", "乙 须在 甲 起 10日 内"),
        ("学校应当每月都要演练", "乙 - 甲 ≤ 31日", "乙 - 甲 ≤ 183日"),
        ("学校应当每季都要演练", "乙 - 甲 ≤ 3个月", "乙 - 甲 ≤ 183日"),
        ("冷冻温度要到零下12度", "数 ≤ -12", "数 ≤ 12"),
        ("冷冻温度要到零下十二度", "数 ≤ -12", "数 ≤ 12"),
        ("全体会议要明天立即召开", "乙 须在 甲 起 1日 内", "乙 须在 甲 前"),
        ("学校应当次日报告情况", "乙 须在 甲 起 1日 内", "乙 须在 甲 起 3日 内"),
        ("学校应当当日报告情况", "乙 须在 甲 起 0日 内", "乙 须在 甲 起 3日 内"),
        ("学校应当当日报告情况", "乙 = 甲", "乙 须在 甲 起 3日 内"),
        ("应当在壹拾伍日内办完", "乙 须在 甲 起 15日 内", "乙 须在 甲 起 10日 内"),
        ("保卫室要有叁人值守", "数 ≥ 3", "数 ≥ 2"),
        ("保卫室要有十几人值守", "数 ≥ 10", "数 ≥ 2"),
        ("保卫室要有2-3人值守", "数 ≥ 2 且 数 ≤ 3", "数 ≥ 2"),
        ("保卫室要有双人值守", "数 ≥ 2", "数 ≥ 1"),
        ("参加人员要达到百分百", "率 ≥ 100%", "率 ≥ 80%"),
        ("应当在24小时内报告情况", "乙 须在 甲 起 1日 内", "乙 须在 甲 起 24日 内"),
        ("应当在24小时内报告情况", "数 ≤ 24", "乙 须在 甲 起 24个月 内"),
        ("保卫室要有三人值守", "数 ≥ 3", "乙 须在 甲 起 3日 内"),
        ("应当在三个工作日内办完", "乙 须在 甲 起 3个工作日 内", "乙 须在 甲 起 3日 内"),
        ("应当在三日内全部办完", "乙 须在 甲 起 3日 内", "乙 须在 甲 起 3个工作日 内"),
        ("参加人员要达到1,200人", "数 ≥ 1200", "数 ≥ 200"),
        ("学校应当每月演练一次", "乙 - 甲 ≤ 31日", "数量(次) ≥ 1"),
        ("学校应当每周至少一次检查", "次 每 周 不少于 1 次 自 甲", "数量(次) ≥ 1"),
        ("应当在两个星期内全部办完", "乙 须在 甲 起 14日 内", "乙 须在 甲 起 21日 内"),
        ("参加人员要达到2/3以上", "率 ≥ 2/3", "率 ≥ 1/2"),
        ("参加人员要达到八成五", "率 ≥ 85%", "率 ≥ 80%"),
        ("参加人员要达到80%-90%", "率 ≥ 80% 且 率 ≤ 90%", "率 ≥ 80%"),
        ("县里拨款一百多万元", "数 ≥ 1000000", "数 ≥ 100"),
        // By arithmetic that comes to the same.
        ("参加人员要达到三分之一", "数 ≥ 率 / 3", "数 ≥ 率 / 2"),
        ("参加人员要达到三分之一", "数 * 3 ≥ 率", "数 * 2 ≥ 率"),
        ("参加人员要达到三分之二", "数 ≥ 率 * 2 / 3", "数 ≥ 率 * 2 / 4"),
        ("参加人员要达到三分之二", "数 ≥ 率 / 3 * 2", "数 ≥ 率 / 3 * 4"),
        ("参加人员要达到三分之二", "数 * 3 ≥ 率 * 2", "数 * 3 ≥ 率 * 5"),
        ("参加人员要超过半数才行", "数 > 率 / 2", "数 > 率 / 3"),
        ("参加人员要超过半数才行", "数 * 2 > 率", "数 * 3 > 率"),
        ("参加人员要达到百分之七十", "数 ≥ 率 * 70%", "数 ≥ 率 * 80%"),
        ("参加人员要达到百分之七十", "数 ≥ 率 * 70 / 100", "数 ≥ 率 * 80 / 100"),
        ("学校应当每日都要巡查", "次 每 日 不少于 1 次 自 甲", "次 每 周 不少于 1 次 自 甲"),
    ] {
        assert!(!told(quote, same), "{quote}: {same}");
        assert!(told(quote, other), "{quote}: {other}");
    }
}

#[test]
fn a_number_in_the_part_of_a_clause_that_nobody_quotes_is_told() {
    let pack = |quote: &str| {
        let text = format!(
            "规则集 甲 \"甲\" {{ 版本 1 }}\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 {{ 发现: 日期 已发生 销号: 日期 已发生 }}\n规则 一 \"一\" {{ 依据 文 \"{quote}\" 要求 销号 须在 发现 起 30日 内 整改 \"改\" }}\n"
        );
        codes(&text, "食堂隐患要在10日内整改销号。")
    };
    assert_eq!(pack("食堂隐患要在"), ["W119", "W102"]);
    assert_eq!(pack("食堂隐患要在10日内整改销号"), ["W132", "W119"]);
}

#[test]
fn working_days_may_be_days_where_the_pack_says_how_days_count() {
    let pack = |counting: &str| {
        let head = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 { 甲: 日期 乙: 日期 }\n";
        let rule = "规则 一 \"一\" { 依据 文 \"应当在十个工作日内办完\" 要求 乙 须在 甲 起 10日 内 整改 \"改\" }\n";
        codes(&format!("{head}{counting}{rule}"), "应当在十个工作日内办完。").contains(&"W132")
    };
    assert!(pack(""));
    assert!(!pack("参数 期间: 期间 = 工作日 \"定了\"\n"));
}

#[test]
fn a_day_by_which_something_is_due_is_told_where_it_is_not_quoted() {
    let pack = |text: &str| {
        let rule = "规则 一 \"一\" { 依据 文 \"各校要把自查表\" 要求 数 ≥ 1 整改 \"改\" }\n";
        let head = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 { 数: 整数 }\n";
        let found = found(&format!("{head}{rule}"), text);
        let told: Vec<_> = found.iter().filter(|one| one.code.as_str() == "W102").collect();
        (told.len(), told.iter().filter(|one| one.message.zh.contains("期限的日子")).count())
    };
    for due in ["在8月31日前报县里", "最迟八月底报县里", "截止到2022-08-31报县里"] {
        assert_eq!(pack(&format!("各校要把自查表{due}。")), (1, 1), "{due}");
    }
    assert_eq!(pack("各校要把自查表按2022年6月24日的样子填好。"), (1, 0));
    // The comma of a number ends no clause.
    assert_eq!(pack("各校要把自查表印1,200份报县里。"), (1, 0));
}

#[test]
fn the_order_of_dates_is_asked_either_way_round() {
    let text = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 外部 \"文\"\n数据 学校 { 填报: 日期 完成: 日期? }\n规则 一 \"一\" { 依据 文 要求 填报 ≥ 2022-01-01 且 (缺 完成 或 完成 ≥ 2022-01-01) 整改 \"改\" }\n";
    let said = found(text, "");
    let order = said.iter().find(|one| one.code.as_str() == "W141").expect("a warning");
    let help = format!("{:?}", order.help);
    assert!(help.contains("约束 缺 完成 或 完成 ≥ 填报") && help.contains("≤"), "{help}");
}

#[test]
fn what_is_declared_a_whole_number_is_one() {
    let of = |param: &str, result: &str| {
        let rules = format!(
            "{HEAD}参数 限: 整数 = {param} 范围 1 至 9\n表 查(类: 类) → 整数 {{ | 类 | 结果 | | 任意 | {result} | }}\n\
             规则 一 \"规则\" {{ 依据 文 要求 数 ≥ 限 且 数 ≥ 查(类) 且 够 整改 \"改\" }}\n"
        );
        codes(&rules, "").iter().filter(|code| **code == "E020").count()
    };
    assert_eq!([of("2", "2"), of("2.0", "2"), of("1.5", "2"), of("2", "1.5"), of("50%", "2")], [0, 0, 1, 1, 1]);
    for (result, wrong) in [
        ("数 * 2 + 1", 0),
        ("数 整除 2", 0),
        ("-数", 0),
        ("限", 0),
        ("数量({1, 2})", 0),
        ("最大({1, 2})", 0),
        ("若 数 > 2 则 1 否则 2", 0),
        ("若 数 > 2 则 1 否则 1.5", 1),
        ("数 * 0.75", 1),
        ("数 / 4", 1),
        ("率", 1),
        ("平均({1, 2})", 1),
        ("最大({1, 2.5})", 1),
    ] {
        let rules = format!(
            "{HEAD}参数 限: 整数 = 2 范围 1 至 9\n表 查(数: 整数) → 整数 {{ | 数 | 结果 | | 任意 | 数 | }}\n\
             规则 一 \"规则\" {{ 依据 文 要求 数 ≥ 查({result}) 且 够 整改 \"改\" }}\n"
        );
        let found = codes(&rules, "").iter().filter(|code| **code == "E020").count();
        assert_eq!(found, wrong, "{result}");
    }
}
