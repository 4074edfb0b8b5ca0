//! A small pack with a case, for tests of its publication.

pub mod bureau;
pub mod place;

use std::collections::BTreeMap;

use bulou_pack::Files;

/// The pack in a version, with a deadline of so many days.
pub fn pack(version: &str, days: u32) -> Files {
    let rules = format!(
        "规则集 demo \"校园安全示例\" {{ 版本 {version} 发布 \"县教体局\" 施行 2022-06-24 }}
来源 会议 \"source/meeting.txt\" \"会议发言\"
参数 会议日期: 日期 = 2022-06-24 范围 2022-01-01 至 2029-12-31 \"部署之日\"
记录 学校项 {{ 标识码: 文本 格式 学校标识码 留存 \"标识\" }}
数据 学校 {{
  标识 学校.标识码
  学校: 学校项
  摸底完成日期: 日期 已发生
}}
规则 三日摸底 \"按期完成摸底排查\" {{
  依据 会议 \"三日内必需完成摸底排查\"
  严重 重大
  要求 摸底完成日期 须在 会议日期 起 {days}日 内 不符 \"没有按期完成摸底排查\"
  整改 \"立即完成\"
}}
"
    );
    let case = r#"{"说明": "会后第二天完成", "今天": "2022-06-30", "期望": {"三日摸底": "pass"},
        "数据": {"学校": {"标识码": "2141000345"}, "摸底完成日期": "2022-06-25"}}"#;
    let files = [
        ("rules.bulou", rules.as_str()),
        ("source/meeting.txt", "三日内必需完成摸底排查。\n"),
        ("cases/demo.json", case),
    ];
    Files(files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into_iter().collect::<BTreeMap<_, _>>())
}

/// A waiver for the pack's rule.
#[allow(dead_code, reason = "not every test has waivers")]
pub const WAIVERS: &str = r#"[{"标识码": "2141000345", "规则": "三日摸底", "理由": "新校", "批准": "县教体局", "自": "2022-06-24", "至": "2022-12-31"}]"#;
