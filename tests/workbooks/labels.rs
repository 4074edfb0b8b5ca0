//! Hidden keys and the labels beside them.

use serde_json::{Value, json};

use super::{drawn, pack, read};

const PACK: &str = "规则集 a \"a\" { 版本 1 }\n记录 项 { 名: 文本  数: 整数 \"数目\"  期: 整数 \"期数\" }\n数据 b { 校: 文本 \"校名\"  址: 文本 \"地址\"  表: [项] }\n";

/// A form of keys, labels and values, and a list of keys, headings and one row.
fn book(form: &[[&str; 3]], list: [&[&str]; 3], version: &str) -> Vec<u8> {
    let mut rows: Vec<Vec<&str>> = vec![vec!["键", "项目", "填写"], vec!["/规则集", "规则集(请不要改)", version]];
    rows.extend(form.iter().map(|row| row.to_vec()));
    rows.push(vec!["/表", "表", "有"]);
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    drawn(&[("Sheet7", &rows), ("工作表 2", &[&[], list[0], list[1], list[2]])])
}

fn told(form: &[[&str; 3]], list: [&[&str]; 3], version: &str) -> (Value, Vec<String>) {
    let (mut document, problems) = read(&pack(PACK), &book(form, list, version));
    document.as_object_mut().expect("an object").remove("规则集");
    (document, problems)
}

#[test]
fn keys_make_moved_columns_renamed_sheets_and_headings_left_out_harmless() {
    let list: [&[&str]; 3] = [&["/表/-/数", "/表/-/名", "/表/-/期"], &["数目 *", "名", ""], &["3", "门", "7"]];
    let (document, problems) = told(&[["/校", "校名 *", "南街"], ["/址", "", "一号"]], list, "a@1");
    assert_eq!(document, json!({"校": "南街", "址": "一号", "表": [{"数": 3, "名": "门", "期": 7}]}));
    assert_eq!(problems, Vec::<String>::new());
    // A column that someone added is told by its heading.
    let list: [&[&str]; 3] =
        [&["/表/-/数", "/表/-/名", "/表/-/期"], &["数目", "名", "期数", "新列"], &["3", "门", "7", "多的"]];
    assert_eq!(told(&[], list, "a@1").0["表"][0]["新列"], "多的");
}

#[test]
fn a_label_that_means_something_else_than_its_key_is_a_fault_and_its_value_is_not_read() {
    // The headings were moved and the keys were not; a line's label was written over.
    let list: [&[&str]; 3] = [&["/表/-/名", "/表/-/数", "/表/-/期"], &["名", "期数", "数目"], &["门", "3", "7"]];
    let (document, problems) = told(&[["/校", "地址", "一号"], ["/址", "校名", "南街"]], list, "a@1");
    assert_eq!(document, json!({"表": [{"名": "门"}]}));
    let faults: Vec<&str> = problems.iter().filter_map(|problem| problem.strip_prefix("D050 ")).collect();
    assert_eq!(faults, ["Sheet7!B3", "Sheet7!B4", "工作表 2!B3", "工作表 2!C3"]);
    // The label of no other question is no better.
    let list: [&[&str]; 3] = [&["/表/-/名", "/表/-/数"], &["名", "完成数"], &["门", "3"]];
    let (document, problems) = told(&[], list, "a@1");
    assert_eq!(document, json!({"表": [{"名": "门"}]}));
    assert!(problems.contains(&"D050 工作表 2!B3".to_owned()), "{problems:?}");
}

#[test]
fn another_version_of_the_pack_may_call_a_key_otherwise_but_not_by_anothers_name() {
    let list: [&[&str]; 3] = [&["/表/-/名", "/表/-/数", "/表/-/期"], &["名", "数量", "数目"], &["门", "3", "7"]];
    let (document, problems) = told(&[], list, "a@0.9");
    assert_eq!(document, json!({"表": [{"名": "门", "数": 3}]}));
    let faults: Vec<&str> = problems.iter().filter_map(|problem| problem.strip_prefix("D050 ")).collect();
    assert_eq!(faults, ["工作表 2!C3"]);
}
