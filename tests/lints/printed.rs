//! What the words of messages call the values that stand behind them.

use super::codes;

/// A short name, and one that contains the other, went unnoticed.
#[test]
fn a_value_is_called_by_its_own_name() {
    let told = |message: &str| {
        let data = "记录 班 { 班级数: 整数 人数: 整数 男生: 整数 \"男生数\" 女生: 整数 \"女生数\" 数: 整数 人: 整数 保安: 整数 专职保安: 整数 专职保安数: 整数 应配保安: 整数 编号: 文本 隐患: 文本 班主任: 文本 副班主任: 文本 }\n";
        let rule = format!("规则 一 \"一\" {{ 依据 文 要求 每个 班 满足 男生 ≤ 50 不符 \"{message}\" 整改 \"改\" }}\n");
        let text = format!(
            "规则集 甲 \"甲\" {{ 版本 1 }}\n来源 文 外部 \"文\"\n{data}数据 学校 {{ 班: [班] 学校: 文本 名称: 文本 上限: 整数 }}\n{rule}"
        );
        let said = codes(&text, "");
        assert!(said.iter().all(|code| !code.starts_with('E')), "{message}: {said:?}");
        said.contains(&"W142")
    };
    for wrong in [
        "女生{男生}人",
        "女生 {男生} 人",
        "女生数:{男生}",
        "本班,女生{男生}人,男生{女生}人",
        "男生{男生}而女生{男生}",
        "数{人}",
        "这里,人 {数}",
        "专职保安{保安}名",
        "保安{专职保安}名",
        "{编号}人数{女生}",
        "班主任{副班主任}",
        "班级数{人数}",
    ] {
        assert!(told(wrong), "{wrong}");
    }
    for right in [
        "班级数{班级数}",
        "男生{男生}人,女生{女生}人",
        "男生数{男生}",
        "应配保安{应配保安}名,专职保安{专职保安数}名",
        "应配保安{应配保安}名,专职保安{专职保安}名,保安{保安}名",
        "共{人数}人{男生}",
        "超过人数{男生}",
        "学校{名称}",
        "隐患{编号}",
        "男女生{男生}",
        "没有人{男生}",
        "人数{上限}",
        "女生{男生 + 女生}",
    ] {
        assert!(!told(right), "{right}");
    }
}
