//! Slips of writing, each told with all that mends it: blanks between words, the word for any other case of a table.

use super::found;

const HEAD: &str = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 外部 \"文\"\n选项 级 { 一般, 重大 }\n选项 类 { 小学, 其他 }\n记录 班 { 人数: 整数 班主任: 文本? 满足度: 整数 }\n\
数据 学校 { 数: 整数 级: 级 类: 类 有食堂: 是否 班级: [班] 宿舍: [班] 日: 日期 已发生 }\n";

/// What is told of the first error of some declarations: its code, its help, and its text once the fix is made.
fn told(rules: &str) -> (&'static str, String, Option<String>) {
    let text = format!("{HEAD}{rules}");
    let said = found(&text, "");
    let first = said.iter().find(|one| one.code.as_str().starts_with('E')).expect("an error");
    let fixed = first.fix.as_ref().map(|fix| {
        let mut text = text.clone();
        text.replace_range(fix.span.start as usize..fix.span.end as usize, &fix.replacement);
        text.get(HEAD.len()..).unwrap_or_default().to_owned()
    });
    (first.code.as_str(), first.help.zh.clone(), fixed)
}

#[test]
fn all_blanks_that_a_line_lacks_are_told_at_once() {
    for (written, wanted) in [
        ("每个班级满足人数≤55", "每个 班级 满足 人数 ≤ 55"),
        ("每个班级满足人数>1", "每个 班级 满足 人数 > 1"),
        ("每个宿舍满足人数>1", "每个 宿舍 满足 人数 > 1"),
        ("每个 班级满足人数≤55", "每个 班级 满足 人数 ≤ 55"),
        ("每个班级 满足人数≤55", "每个 班级 满足 人数 ≤ 55"),
        ("每个班级满足有班主任", "每个 班级 满足 有 班主任"),
        ("每个班级满足人数≤55且有班主任", "每个 班级 满足 人数 ≤ 55 且 有 班主任"),
        ("每个班级满足人数≠55或人数不超过50", "每个 班级 满足 人数 ≠ 55 或 人数 不超过 50"),
        ("存在班级满足满足度≥3", "存在 班级 满足 满足度 ≥ 3"),
        ("若有食堂则数≥3", "若 有食堂 则 数 ≥ 3"),
        ("若有食堂且数不少于3则数量(班级)≥3", "若 有食堂 且 数 不少于 3 则 数量(班级) ≥ 3"),
        ("日须在 日 起3日内", "日 须在 日 起 3日 内"),
        ("日 须在日起3日内", "日 须在 日 起 3日 内"),
    ] {
        let rule = |asked: &str| {
            format!("规则 一 \"一\" {{ 依据 文\n  要求 {asked} 不符 \"每个班级满足人数≤55\"\n  整改 \"改\" }}\n")
        };
        let (_, help, fixed) = told(&rule(written));
        assert!(help.contains(&format!("要求 {wanted}")), "{written}: {help}");
        assert_eq!(fixed, Some(rule(wanted)), "{written}");
    }
}

/// A name that is wrong, on a line that lacks no blank, is told as such.
#[test]
fn a_line_that_lacks_no_blank_is_not_written_anew() {
    let of = |asked: &str| told(&format!("规则 一 \"一\" {{ 依据 文\n  要求 {asked} 整改 \"改\" }}\n")).1;
    for asked in ["每个 班级 满足 年人≤55", "数≥没有的", "有食 且 数≥3", "每个 班级 满足 人数 ≤ ≤ 55"]
    {
        assert!(!of(asked).contains("要求 "), "{asked}: {}", of(asked));
    }
}

/// Each row says itself what it is for: two that fit are an error, and so `任意` is no row for all else.
#[test]
fn what_a_row_for_all_else_is_written_as_is_told() {
    let rule = "规则 一 \"一\" { 依据 文 要求 数 ≥ 配(级) 整改 \"改\" }\n";
    let table =
        |word: &str| format!("表 配(级: 级) -> 整数 {{\n  | 级 | 结果 |\n  | 重大 | 2 |\n  | {word} | 1 |\n}}\n{rule}");
    for word in ["其余", "其他情况", "其它", "默认", "otherwise", "other", "其他", "所有", "任何", "\"其余\""]
    {
        let (_, help, fixed) = told(&table(word));
        assert!(help.contains("`任意`") && help.contains("`一般`"), "{word}: {help}");
        assert_eq!(fixed, Some(table("一般")), "{word}");
    }
    for word in ["否则", "缺省", "default", "else", "*", "-", "—", "全部"] {
        let (_, help, _) = told(&table(word));
        assert!(help.contains("`任意`") && help.contains("其余的值"), "{word}: {help}");
    }
    // Of numbers, and beside another column, only the author knows.
    let table = "表 配(数: 整数, 级: 级) -> 整数 { | 数 | 级 | 结果 | | < 100 | 任意 | 2 | | ≥ 100 | 其余 | 1 | }\n规则 一 \"一\" { 依据 文 要求 数 ≥ 配(数, 级) 整改 \"改\" }\n";
    let (code, help, _) = told(table);
    assert!(code == "E032" && help.contains("`任意`") && help.contains("`< 100`"), "{code} {help}");
    // An option may be called so.
    let table = "表 配(类: 类) -> 整数 { | 类 | 结果 | | 小学 | 2 | | 其他 | 1 | }\n规则 一 \"一\" { 依据 文 要求 数 ≥ 配(类) 整改 \"改\" }\n";
    let said = found(&format!("{HEAD}{table}"), "");
    assert!(said.iter().all(|one| !one.code.as_str().starts_with('E')), "{said:?}");
}
