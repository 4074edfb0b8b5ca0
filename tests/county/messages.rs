//! What a county rule's message says of a school is what the school wrote, also where no rule asks for it.

use std::collections::BTreeMap;

use bulou_api::Pack;
use bulou_api::county::County;
use serde_json::{Value, json};

/// A field of each kind of place that the message alone uses.
const RULES: &str = r#"规则集 b "比" { 版本 1 }
来源 文 外部 "文"
记录 学校项 { 标识码: 文本 名称: 文本 签: 文本? 级: 整数? 范围 0 至 9 }
数据 学校 { 标识 学校.标识码 名称 学校.名称 日期 填报日期 学校: 学校项 填报日期: 日期 已发生 数: 整数 范围 0 至 9 电话: 文本 备注: 文本? }
数据 全县 { 名册 名册.标识码 名册: [学校项] 各校: 汇总 学校 }
规则 数 "数" { 依据 文 要求 数 ≥ 1 不符 "少" 整改 "改" }
规则 多 "多" 范围 全县 { 依据 文
  要求 每个 各校 满足 数 > 5 不符 "{学校.签}、{学校.级}、{电话}、{备注},{填报日期}" 整改 "催"
  要求 每个 各校[数 < 9] 满足 数 > 5 不符 "选出的{学校.签}、{备注}" }
"#;

#[test]
fn a_message_says_what_the_school_wrote_whoever_else_uses_it() {
    let pack = Pack::load(BTreeMap::from([("a.bulou".to_owned(), RULES.to_owned())]));
    let options = serde_json::from_value(json!({"as_of": "2022-06-28"})).expect("options");
    let mut county = County::new(&pack, options).expect("a county");
    let school = json!({"标识码": "S1", "名称": "南街小学", "签": "甲", "级": 7});
    let said = json!({"学校": school, "填报日期": "2022-06-20", "数": 1, "电话": "2830000", "备注": "乙"});
    county.add("1.json", said.to_string().as_bytes(), &|_| None).expect("added");
    let own = json!({"名册": [school]}).to_string();
    let report = county.finish("全县.json", own.as_bytes(), None, &|_| None).expect("a report");
    let report: Value = serde_json::to_value(report).expect("JSON");
    let rules = report["rules"].to_string();
    for message in ["甲、7、2830000、乙,2022-06-20", "选出的甲、乙"] {
        assert!(rules.contains(message), "{message}: {rules}");
    }
}
