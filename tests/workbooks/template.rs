//! What a template says of each question and offers as its answers, and that what is filled in there comes back.

use std::io::Read as _;

use bulou_messages::diagnostic::Lang;
use serde_json::{Value, json};

use super::{pack, report, value};

const PACK: &str = r#"规则集 甲 "甲" { 版本 1 }
参数 开始: 日期 = 2022-01-01
选项 部位 { 大门, 围墙 }
记录 项 {
  部位: 部位 留存 "例"
  数: 整数 范围 -3 至 90000000000 留存 "例"
  率: 小数 范围 0 至 1 留存 "例"
  做完: 日期? 已发生 留存 "例"
  限期: 日期? 计划 留存 "例"
  检查: 日期? 范围 开始 至 今天 + 1个月 留存 "例"
  措施: 文本 可填 无 留存 "例"
}
数据 学校 {
  标识 编号
  编号: 文本 留存 "例"
  长表: [项] 至少 25 项 留存 "例"
  短表: [项] 留存 "例"
  几处: [部位] 至少 2 项 留存 "例"
}
"#;

/// The parts of a workbook by their names.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook");
    (0..archive.len())
        .filter_map(|index| {
            let mut file = archive.by_index(index).expect("a file");
            let mut text = String::new();
            let name = file.name().expect("a name").into_owned();
            file.read_to_string(&mut text).ok().map(|_| (name, text))
        })
        .collect()
}

/// The sheet whose hidden keys begin with those of a list, by its number in the workbook.
fn sheet(parts: &[(String, String)], number: usize) -> &str {
    let name = format!("xl/worksheets/sheet{number}.xml");
    parts.iter().find(|(part, _)| *part == name).map_or_else(|| panic!("{name}"), |(_, text)| text)
}

#[test]
fn a_template_says_and_offers_what_the_pack_asks() {
    let rules = pack(PACK);
    let parts = parts(&bulou_sheets::template(&rules).expect("a template"));
    let all: String = parts.iter().map(|(_, text)| text.as_str()).collect();
    for words in [
        "至少填 25 项",
        "至少 25 项(点这里",
        "至少 2 项,用顿号",
        "填已经发生的日期,还没有发生就不填",
        "填计划的日期",
        "范围 2022-01-01 至 今天之后 1个月",
        "整数,-3 至 90000000000",
        "数,0 至 1",
        "可以只填「无」",
        "不晚于填表那天",
    ] {
        assert!(all.contains(words), "{words}");
    }
    assert!(all.contains("<t>大门</t>") && all.contains("<t>围墙</t>"), "options to choose from");
    let (form, long, short) = (sheet(&parts, 2), sheet(&parts, 3), sheet(&parts, 4));
    for rule in [
        r#"type="whole""#,
        "<formula1>-3</formula1><formula2>90000000000</formula2>",
        r#"type="decimal""#,
        "<formula1>0</formula1><formula2>1</formula2>",
        "<formula1>DATE(1950,1,1)</formula1><formula2>TODAY()</formula2>",
        "<formula1>DATE(1950,1,1)</formula1><formula2>DATE(2100,12,31)</formula2>",
        r#"type="list""#,
    ] {
        assert!(long.contains(rule), "{rule}");
    }
    assert!(form.contains("<formula1>\"有\"</formula1>"), "that there is none is not offered where some must be");
    assert!(form.matches("<dataValidation ").count() >= 2, "and is where it may");
    // Rows from the fourth on are drawn: 25 of the long list, at least.
    assert!(long.contains("<row r=\"28\"") && !short.contains("<row r=\"28\""), "rows to fill in");
}

#[test]
fn what_is_filled_in_a_template_of_bounded_lists_comes_back_and_is_judged_the_same() {
    let rules = pack(PACK);
    let item = |number: usize| {
        json!({"部位": if number.is_multiple_of(2) { "大门" } else { "围墙" }, "数": 90_000_000_000_i64 - number as i64, "率": 0.25,
            "做完": "2022-06-01", "限期": "2030-01-01", "检查": "2022-07-01", "措施": if number.is_multiple_of(3) { "无" } else { "换" }})
    };
    for (count, places, faults) in [(25, 2, 0), (24, 2, 1), (40, 1, 1), (0, 0, 2)] {
        let items: Vec<Value> = (0..count).map(item).collect();
        let places: Vec<&str> = ["大门", "围墙"].into_iter().take(places).collect();
        let document = json!({"编号": "1", "长表": items, "短表": [], "几处": places}).to_string();
        let bytes = bulou_sheets::workbook(&rules, &document).expect("a workbook");
        let reading = bulou_sheets::read(&rules, &bytes, Lang::Zh).expect("it is read");
        assert_eq!(reading.problems, [], "{count}");
        assert_eq!(value(&reading.text), value(&document), "{count}");
        let found = |report: bulou_report::Report<'_>| {
            report.structure.iter().map(|one| (one.code, one.path.clone())).collect::<Vec<_>>()
        };
        let direct = found(report(&rules, "a.json", document.as_bytes()));
        assert_eq!(found(report(&rules, "a.xlsx", &bytes)), direct, "{count}");
        assert_eq!(direct.iter().filter(|(code, _)| *code == "D032").count(), faults, "{direct:?}");
    }
}
