//! A school's name stands beside its code where a value is a code, and nowhere else.

use serde_json::{Value, json};

use super::Folder;

const RULES: &str = r#"规则集 m "名" { 版本 1 }
来源 文 外部 "文"
记录 学校项 { 标识码: 文本 名称: 文本 }
记录 盯办项 { 学校: 文本 唯一 份数: 整数 范围 0 至 9999 名称: 文本 }
数据 学校 { 标识 学校.标识码 名称 学校.名称 日期 填报日期 学校: 学校项 填报日期: 日期 已发生 好: 是否 }
数据 全县 { 名册 名册.标识码 名册: [学校项] 各校: 汇总 学校 盯办: [盯办项] }
规则 够数 "够数" 范围 全县 { 依据 文
  要求 数量(各校[好 = 是]) ≥ 9 不符 "到 {今天} 只有 {数量(各校[好 = 是])} 所好,编号 2022-06" }
规则 交齐 "交齐" 范围 全县 { 依据 文 要求 各校.学校.标识码 不漏 名册.标识码 不符 "缺:{遗漏}" }
规则 盯 "盯" 范围 全县 { 依据 文
  要求 每个 盯办 满足 学校 属于 名册.标识码 且 份数 ≥ 100 不符 "{学校}({名称}) 报了 {份数} 份" }
规则 册 "册" 范围 全县 { 依据 文 要求 数量(名册) ≥ 9 不符 "名册上是 {名册.标识码}" }
规则 份 "份" 范围 全县 { 依据 文 要求 每个 盯办 满足 份数 ≥ 1000 }
"#;

/// Messages of rules by id, and the report whole.
fn said(roster: &[(&str, &str)], watched: Value) -> (impl Fn(&str) -> String, Value) {
    said_by(RULES, roster, watched)
}

fn said_by(rules: &str, roster: &[(&str, &str)], watched: Value) -> (impl Fn(&str) -> String, Value) {
    let folder = Folder::new(&format!("names-{}-{}", roster.len(), rules.len()));
    std::fs::create_dir_all(folder.path("p")).expect("a folder");
    folder.write("p/p.bulou", rules.as_bytes());
    let list: Vec<Value> = roster.iter().map(|(id, name)| json!({"标识码": id, "名称": name})).collect();
    folder.write("c.json", json!({"名册": list, "盯办": watched}).to_string().as_bytes());
    let mut files = Vec::new();
    for (id, name) in &roster[..roster.len() - 1] {
        let document = json!({"学校": {"标识码": id, "名称": name}, "填报日期": "2022-06-20", "好": true});
        let file = format!("{id}.json");
        folder.write(&file, document.to_string().as_bytes());
        files.push(folder.path(&file));
    }
    let (pack, own) = (folder.path("p"), folder.path("c.json"));
    let mut args = vec!["--pack", &pack, "--county", &own, "--format", "json"];
    args.extend(files.iter().map(String::as_str));
    let report: Value = {
        let out = super::county(&args);
        serde_json::from_slice(&out.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&out.stderr)))
    };
    let rules = report["rules"].clone();
    let message = move |id: &str| {
        let rules = rules.as_array().expect("rules").iter();
        let rule = rules.clone().find(|rule| rule["id"] == id).expect("the rule");
        rule["findings"][0]["message"].as_str().expect("a message").to_owned()
    };
    (message, report)
}

#[test]
fn numbers_and_days_that_look_like_codes_are_left_as_they_are() {
    let roster = [("2022", "甲校"), ("06", "乙校"), ("28", "丙校"), ("3", "丁校"), ("1", "戊校")];
    let watched = json!([{"学校": "28", "份数": 3, "名称": "无名"}, {"学校": "06", "份数": 2022, "名称": "乙校"}]);
    let (message, report) = said(&roster, watched);
    assert_eq!(message("交齐"), "缺:1 戊校");
    assert_eq!(message("盯"), "28 丙校(无名) 报了 3 份");
    assert_eq!(message("册"), "名册上是 2022 甲校、06 乙校、28 丙校、3 丁校、1 戊校");
    assert!(message("份").contains("28 丙校") && !message("份").contains("丁校"), "{}", message("份"));
    // What is not there may come: of that the program itself speaks.
    let words = message("够数");
    assert!(
        words.contains("有 1 所学校没有交表:1 戊校;") || words.starts_with("到 2022-06-28 只有 4 所好,编号 2022-06"),
        "{words}"
    );
    let omitted = report["rules"].as_array().expect("rules").iter().find(|rule| rule["id"] == "交齐");
    assert_eq!(omitted.expect("the rule")["findings"][0]["omitted"], json!(["1"]), "the code alone, for programs");
}

#[test]
fn a_message_of_a_pack_is_kept_to_the_character() {
    let roster = [("2022", "甲校"), ("06", "乙校"), ("28", "丙校"), ("4", "丁校")];
    let (message, _) = said(&roster, json!([{"学校": "06", "份数": 5, "名称": "乙校"}]));
    // The name that the pack prints itself is not said twice.
    assert_eq!(message("盯"), "06(乙校) 报了 5 份");
}

#[test]
fn a_name_that_is_a_secret_on_the_roster_stands_nowhere() {
    let rules = RULES
        .replace("名册: [学校项]", "名册: [册项]")
        .replace("记录 盯办项", "记录 册项 { 标识码: 文本 唯一  名称: 文本 敏感 }\n记录 盯办项");
    let roster = [("2022", "密校"), ("06", "密二"), ("3", "密三")];
    let (message, report) = said_by(&rules, &roster, json!([]));
    assert_eq!(message("交齐"), "缺:3");
    assert!(!report.to_string().contains("密三"), "{report}");
}
