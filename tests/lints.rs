//! What a compiler can tell of rules that nobody can meet, of words that cite nothing, and of fields that nobody checks.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test fails by panic"
)]

#[path = "lints/allowances.rs"]
mod allowances;
#[path = "lints/county.rs"]
mod county;
#[path = "lints/fields.rs"]
mod fields;
#[path = "lints/implied.rs"]
mod implied;
#[path = "lints/printed.rs"]
mod printed;
#[path = "lints/quotes.rs"]
mod quotes;
#[path = "lints/slips.rs"]
mod slips;
#[path = "lints/texts.rs"]
mod texts;
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
