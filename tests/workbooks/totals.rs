//! Rows of sums: no elements, and what they say agrees with the rows above or is a contradiction.

use bulou_document::{Clock, Document, TextMemo, decode};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
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
    judged(&pack(PACK), &book)
}

/// How many elements its list has, and the problems of its sheet and of them.
fn judged(rules: &RuleSet, book: &[u8]) -> (usize, Vec<String>) {
    let (document, mut problems) = read(rules, book);
    let clock = Clock { today: bulou_base::date::parse("2022-06-28").expect("a date"), params: &[] };
    let bytes = document.to_string();
    let decoded =
        decode(&rules.shape, clock, bytes.as_bytes(), Lang::Zh, &mut Document::default(), &mut TextMemo::default());
    problems.extend(decoded.problems.iter().map(|problem| format!("{} {}", problem.code, problem.path)));
    let of_list = |problem: &String| problem.contains(" 表!") || problem.contains(" /表/");
    (document["表"].as_array().map_or(0, Vec::len), problems.into_iter().filter(of_list).collect())
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
        (vec![["甲", "约三", "", ""], ["合计", "9", "", ""]], vec!["D052 表!A4", "D003 /表/0/数"]),
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
        (vec![["甲", "3", "", ""], ["合计", "0", "", ""]], vec!["D052 表!A4", "D033 表!B4"]),
        (vec![["合计", "0", "", ""], ["甲", "3", "", ""]], vec!["D052 表!A3", "D033 表!B3"]),
        (vec![["甲", "3", "0.5", "2"], ["合计", "3", "0.6", "3"]], vec!["D052 表!A4", "D033 表!C4", "D033 表!D4"]),
    ] {
        assert_eq!(told(&rows).1, sums, "{rows:?}");
    }
}

#[test]
fn what_may_be_a_row_of_sums_is_told_and_may_be_none() {
    for called in
        ["本页合计", "一年级小计", "累计", "【合计】1", "合计:3", "共两项", "总人数", "Grand Total", "平均", "其中男生"]
    {
        assert_eq!(told(&[["甲", "3", "", ""], [called, "3", "", ""]]), (2, vec!["D037 /表/1".to_owned()]), "{called}");
    }
    for (more, faults) in [
        (["合计", "7人", "", ""], vec!["D037 /表/1"]),
        (["合计", "七", "", ""], vec!["D003 /表/1/数", "D037 /表/1"]),
        (["乙", "3", "", ""], vec![]),
    ] {
        let (elements, mut told) = told(&[["甲", "3", "", ""], more]);
        told.sort();
        assert_eq!((elements, told), (2, faults.into_iter().map(str::to_owned).collect()), "{more:?}");
    }
}

#[test]
fn a_row_of_sums_that_says_more_is_no_element_in_silence() {
    let pack = pack("规则集 a \"a\" { 版本 1 }\n记录 项 { 名: 文本  数: 整数  备注: 文本? }\n数据 b { 表: [项] }\n");
    let head: [&[&str]; 2] = [&["/表/-/名", "/表/-/数", "/表/-/备注"], &["名", "数", "备注"]];
    for (last, faults) in [
        (["合计", "7", "已核"], vec!["D037 /表/1"]),
        (["合计", "70", "张老师"], vec!["D037 /表/1"]),
        (["本页合计", "7", "已核"], vec!["D037 /表/1"]),
        (["乙", "4", "合计"], vec!["D037 /表/1"]),
        (["乙", "4", "已核"], vec![]),
    ] {
        let rows: Vec<&[&str]> = head.into_iter().chain([&["甲", "3", ""][..], &last[..]]).collect();
        let book = drawn(&[
            ("填写", &[&["键", "项目", "填写"], &["/规则集", "规则集(请不要改)", "a@1"], &["/表", "表", "有"]]),
            ("表", &rows),
        ]);
        assert_eq!(judged(&pack, &book), (2, faults.into_iter().map(str::to_owned).collect()), "{last:?}");
    }
}

#[test]
fn a_sum_of_secrets_is_not_told() {
    let rows: [&[&str]; 4] = [&["/表/-/名", "/表/-/密"], &["名", "密数"], &["甲", "41"], &["合计", "83"]];
    let book = drawn(&[
        ("填写", &[&["键", "项目", "填写"], &["/规则集", "规则集(请不要改)", "a@1"], &["/表", "表", "有"]]),
        ("表", &rows),
    ]);
    let reading = bulou_sheets::read(&pack(PACK), &book, Lang::Zh).expect("a workbook");
    let told: Vec<&str> = reading.problems.iter().map(|one| one.message.as_str()).collect();
    assert!(told.iter().any(|words| words.contains("对不上")), "{told:?}");
    assert!(!json!(told).to_string().contains("41") && !json!(told).to_string().contains("83"), "{told:?}");
}
