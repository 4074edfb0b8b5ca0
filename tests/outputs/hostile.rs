//! A pack, a county and a school that try to be more than text.

use serde_json::{Value, json};

/// Markup, attributes, commands of GitHub and of terminals, links, characters that XML has not, turned text.
pub const NASTY: &str = "</script><script>alert(1)</script>\" onmouseover=\"alert(2)' ]]>\n::error::假\r%0A&#60; \
                         [点](http://evil.example) \u{1b}[31m红\u{9b}2J\u{7}\0\u{7f}\u{202e}倒\u{2066}\u{200f}\u{2028}\u{fffe}";
/// Values of `敏感` fields.
pub const SECRETS: [&str; 7] = ["SECRET-1", "SECRET-2", "SECRET-3", "SECRET-4", "SECRET-5", "7654321", "2013-02-03"];
/// Stands at keys that are `禁填`.
pub const FORBIDDEN: &str = "FORBIDDEN";
/// What a spreadsheet takes for a formula begins so.
pub const FORMULAS: [&str; 6] =
    ["=HYPERLINK(\"http://evil.example\",\"x\")", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1"];
/// A file's name.
pub const FILE: &str = "=a\u{1b}[31m\u{202e}<img src=x>,%::\n.json";
/// The text that the rules cite.
pub const SOURCE: &str = "三日内完成。<script>alert(3)</script>全部到位。\u{1b}[31m\u{202e}倒。\n";

/// The rules; the later ones are stricter, so that documents tell them apart.
pub fn pack(later: bool) -> String {
    let (version, telephone, weight) =
        if later { (2, "有 电话 且 电话 = \"1\"", 20) } else { (1, "有 电话", 10) };
    // Only a school's own number tells these apart.
    let number = format!("非 (家.门牌 包含 \"S\" 且 家.门牌 包含 \"{}\")", if later { 9 } else { 5 });
    format!(
        r#"规则集 nasty "<b>规则</b> [x](http://evil.example)" {{ 版本 {version} }}
来源 文 "source/text.txt" "来源 <i>"
记录 学校项 {{ 标识码: 文本  名称: 文本 }}
记录 家项 {{ 住址: 文本  门牌: 文本 }}
记录 隐患项 {{ 编号: 文本 唯一  部位: 文本  期限: 日期? 计划  销号: 日期? 已发生  禁填 身份证号 理由 "个人信息" }}
数据 学校 {{
  标识 学校.标识码
  名称 学校.名称
  学校: 学校项
  隐患: [隐患项]
  电话: 文本? 敏感
  体重: 整数 敏感 范围 0 至 100
  生日: 日期 已发生 敏感
  等级: {{ 甲级, 乙级 }} 敏感
  证号: [文本] 敏感
  家: 家项 敏感
  禁填 病名 理由 "个人信息"
}}
参数 应有: [文本] = {{"一"}}
数据 全县 {{
  名册 名册.标识码
  名册: [学校项]
  各校: 汇总 学校
}}
规则 甲 "<u>甲</u>" {{ 依据 文 "三日内完成" 责任 "校长 <i>" 要求 每个 隐患 满足 部位 = "大门" 不符 "隐患 {{编号}} 在 {{部位}}" 整改 "=1+1" }}
规则 乙 "=乙" {{ 依据 文 "三日内完成" 要求 每个 隐患 满足 部位 属于 应有 整改 "+改" }}
规则 丙 "丙" {{ 依据 文 "三日内完成" 适用 家.住址 = "没有这里" 要求 有 学校.名称 整改 "改" }}
规则 丁 "丁" {{ 依据 文 "三日内完成" 要求 证号 不漏 应有 整改 "改" }}
规则 戊 "戊" {{ 依据 文 "三日内完成" 要求 每个 证号 记作 x 满足 x = "一" 整改 "改" }}
规则 己 "己" {{ 依据 文 "三日内完成" 要求 每个 隐患[有 期限] 满足 销号 须在 期限 前 整改 "改" }}
规则 庚 "庚" {{ 依据 文 "三日内完成" 要求 {telephone} 不符 "电话不对" 整改 "改" }}
规则 辛 "辛" {{ 依据 文 "三日内完成" 要求 家.住址 = "这里" 且 家.门牌 包含 "1" 整改 "改" }}
规则 壬 "壬" {{ 依据 文 "三日内完成" 要求 体重 > {weight} 且 等级 = 甲级 且 生日 ≤ 2000-01-01 整改 "改" }}
规则 癸 "癸" {{ 依据 文 "三日内完成" 要求 {number} 整改 "改" }}
规则 县 "<u>县</u>" 范围 全县 {{ 依据 文 "全部到位" 要求 各校.学校.标识码 不漏 名册.标识码 不符 "缺:{{遗漏}}" 整改 "=催" }}
规则 县名 "=县名" 范围 全县 {{ 依据 文 "全部到位" 要求 每个 各校 满足 学校.名称 = "甲" 不符 "名:{{学校.名称}}" 整改 "改" }}
"#
    )
}

/// A school whose every text is hostile, and whose sensitive values are wrong in all the ways they can be.
pub fn school() -> Value {
    let hazards: Vec<Value> = FORMULAS
        .iter()
        .map(|formula| {
            let number = format!("{formula}{NASTY}");
            json!({"编号": number, "部位": NASTY, "期限": "2022-06-24", "身份证号": FORBIDDEN})
        })
        .chain([json!({"编号": "重", "部位": "大门"}), json!({"编号": "重", "部位": "大门"})])
        .collect();
    json!({
        "规则集": format!("nasty@{NASTY}"),
        "学校": {"标识码": format!("={NASTY}"), "名称": format!("@名{NASTY}"), NASTY: 1},
        "隐患": hazards,
        "电话": "SECRET-1",
        "体重": 7_654_321,
        "生日": "2013-02-03",
        "等级": "SECRET-2",
        "证号": ["SECRET-3"],
        "家": {"住址": "SECRET-4", "门牌": "SECRET-5"},
        "病名": {"名": [FORBIDDEN]},
    })
}

/// The county: a school that did not submit has a hostile name.
pub fn county() -> Value {
    json!({"名册": [{"标识码": format!("={NASTY}"), "名称": "一"}, {"标识码": format!("+缺{NASTY}"), "名称": format!("-缺{NASTY}")}]})
}
