//! Fields, options and documents that nothing asks about, or not as they are declared.

use super::{HEAD, codes, found};

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
