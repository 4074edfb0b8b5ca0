//! What is told of rules of the county, which fold what schools answer.

use super::codes;

/// The schools' answers as the county has them were left out.
#[test]
fn a_county_counts_what_schools_answer() {
    let of = |asked: &str| {
        let data = "记录 项 { 好: 是否 名: 文本 附: 文本? }\n记录 在册 { 码: 文本 }\n数据 学校 { 标识 码\n 码: 文本 好: 是否 附: 文本? 列: [项] }\n数据 全县 { 名册 名册.码\n 名册: [在册] 各校: 汇总 学校 }\n";
        let rule = format!("规则 一 \"一\" 范围 全县 {{ 依据 文 要求 {asked} 不符 \"不行\" 整改 \"改\" }}\n");
        let said = codes(&format!("规则集 甲 \"甲\" {{ 版本 1 }}\n来源 文 外部 \"文\"\n{data}{rule}"), "");
        assert!(said.iter().all(|code| !code.starts_with('E')), "{asked}: {said:?}");
        said.contains(&"W115")
    };
    for asked in [
        "数量(各校[有 好]) ≥ 3",
        "占比(各校, 有 好) 缺省 1 ≥ 80%",
        "每个 各校[有 好] 满足 有 附",
        "每个 各校 满足 有 好",
    ] {
        assert!(of(asked), "{asked}");
    }
    for asked in ["数量(各校[有 附]) ≥ 3", "占比(各校, 好) 缺省 1 ≥ 80%"] {
        assert!(!of(asked), "{asked}");
    }
}
