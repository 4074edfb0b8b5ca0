//! Rows of sums: no elements, and what they say agrees with the rows above or is a contradiction.

use serde_json::json;

use super::{drawn, pack, read};

const PACK: &str = "规则集 a \"a\" { 版本 1 }
记录 项 { 名: 文本  数: 整数 \"数目\"  重: 小数? \"重量\"  密: 整数? \"密数\" 敏感 }
数据 b { 表: [项] }\n";

/// The problems of a list's sheet with these rows below its headings, of those that rows of sums have.
fn told(rows: &[[&str; 4]]) -> (usize, Vec<String>) {
    let head: [&[&str]; 2] = [&["/表/-/名", "/表/-/数", "/表/-/重", "/表/-/密"], &["名", "数目", "重量", "密数"]];
    let rows: Vec<&[&str]> = head.into_iter().chain(rows.iter().map(|row| row.as_slice())).collect();
    let book = drawn(&[
        ("填写", &[&["键", "项目", "填写"], &["/规则集", "规则集(请不要改)", "a@1"], &["/表", "表", "有"]]),
        ("表", &rows),
    ]);
    let (document, problems) = read(&pack(PACK), &book);
    let elements = document["表"].as_array().map_or(0, Vec::len);
    (elements, problems.into_iter().filter(|problem| problem.contains(" 表!")).collect())
}

#[test]
fn sums_that_agree_are_noticed_and_no_more() {
    for (rows, sums) in [
        (vec![["甲", "3", "0.1", "1"], ["乙", "4", "0.2", ""], ["合计", "7", "0.3", "1"]], vec!["D052 表!A5"]),
        (
            vec![
                ["甲", "3", "", ""],
                ["小计", "3", "", ""],
                ["乙", "4", "", ""],
                ["小计", "4", "", ""],
                ["总计", "7", "", ""],
            ],
            vec!["D052 表!A4", "D052 表!A6", "D052 表!A7"],
        ),
        // What is no number has its own fault, and of what it would add nobody knows.
        (vec![["甲", "约三", "", ""], ["合计", "9", "", ""]], vec!["D052 表!A4"]),
        (vec![["甲", "3", "", ""], ["合计", "", "", ""]], vec!["D052 表!A4"]),
        // Above its rows.
        (vec![["总计", "7", "", ""], ["甲", "3", "", ""], ["乙", "4", "", ""]], vec!["D052 表!A3"]),
        (
            vec![
                ["总计", "7", "", ""],
                ["小计", "3", "", ""],
                ["甲", "3", "", ""],
                ["小计", "4", "", ""],
                ["乙", "4", "", ""],
            ],
            vec!["D052 表!A3", "D052 表!A4", "D052 表!A6"],
        ),
    ] {
        let (elements, told) = told(&rows);
        assert_eq!(elements, rows.iter().filter(|row| !row[0].contains('计')).count());
        assert_eq!(told, sums, "{rows:?}");
    }
}

#[test]
fn a_sum_of_other_rows_than_stand_there_is_a_contradiction() {
    for (rows, sums) in [
        (vec![["甲", "3", "", ""], ["合计", "7", "", ""]], vec!["D052 表!A4", "D033 表!B4"]),
        (vec![["合计", "7", "", ""]], vec!["D052 表!A3", "D033 表!B3"]),
        (vec![["甲", "3", "0.5", "2"], ["合计", "3", "0.6", "3"]], vec!["D052 表!A4", "D033 表!C4", "D033 表!D4"]),
    ] {
        assert_eq!(told(&rows).1, sums, "{rows:?}");
    }
}

#[test]
fn what_may_be_a_row_of_sums_is_no_element_and_is_told() {
    for called in [
        "本页合计",
        "全校合计",
        "本页小计",
        "年度合计",
        "累计",
        "合計",
        "总和",
        "【合计】",
        "合计1项",
        "合计:3",
        "共1项",
        "共两所",
        "汇总",
        "Grand Total",
        "平均",
    ] {
        let (elements, told) = told(&[["甲", "3", "", ""], [called, "3", "", ""]]);
        assert_eq!((elements, told), (1, vec!["D052 表!A4".to_owned()]), "{called}");
    }
    for counted in ["7人", "约7", "7 项"] {
        assert_eq!(told(&[["甲", "3", "", ""], ["合计", counted, "", ""]]).0, 1, "{counted}");
    }
    for element in ["共青团活动", "甲合乙", "总务处", "统计室主任带队的消防演练", "平安校园"]
    {
        let (elements, told) = told(&[["甲", "3", "", ""], [element, "3", "", ""]]);
        assert_eq!((elements, told), (2, Vec::new()), "{element}");
    }
}

#[test]
fn a_sum_of_secrets_is_not_told() {
    let rows: [&[&str]; 4] = [&["/表/-/名", "/表/-/密"], &["名", "密数"], &["甲", "41"], &["合计", "83"]];
    let book = drawn(&[
        ("填写", &[&["键", "项目", "填写"], &["/规则集", "规则集(请不要改)", "a@1"], &["/表", "表", "有"]]),
        ("表", &rows),
    ]);
    let reading = bulou_sheets::read(&pack(PACK), &book, bulou_messages::diagnostic::Lang::Zh).expect("a workbook");
    let told: Vec<&str> = reading.problems.iter().map(|one| one.message.as_str()).collect();
    assert!(told.iter().any(|words| words.contains("对不上")), "{told:?}");
    assert!(!json!(told).to_string().contains("41") && !json!(told).to_string().contains("83"), "{told:?}");
}
