//! Cells whose numbers stand for dates, and what people write for a number, a date or a yes or no.

use bulou_report::{Report, Status};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::{Value, json};

use super::packs_support::rules;
use super::{drawn, fixture, pack, read, report};

fn status(report: &Report<'_>, id: &str) -> Status {
    report.rules.iter().find(|rule| rule.card.id == id).expect("the rule").status
}

fn problems(report: &Report<'_>) -> Vec<(&'static str, String)> {
    report.structure.iter().map(|one| (one.code.as_str(), one.cell.clone().unwrap_or_default())).collect()
}

#[test]
fn eight_digits_are_the_day_that_they_spell_and_the_reader_is_told() {
    let rules = rules();
    for (name, rule, spelt) in [
        ("licence.xlsx", "食堂安全", "`20220101`,读作日期 2022-01-01"),
        ("deadline.xlsx", "隐患按期销号", "`20220625`,读作日期 2022-06-25"),
    ] {
        let report = report(&rules, name, &fixture(name));
        assert_eq!(status(&report, rule), Status::Fail, "{name}");
        let notice = report.structure.iter().find(|one| one.code == "D047").expect("a notice");
        assert!(notice.notice && notice.message.contains(spelt), "{notice:?}");
    }
}

/// A column of numbers in cells that have the form of a date, or none.
fn days(form: Option<&str>, numbers: &[f64]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("表").expect("a name");
    sheet.write_string(0, 0, "名").expect("a cell").write_string(0, 1, "日").expect("a cell");
    for (row, number) in (1..).zip(numbers) {
        sheet.write_string(row, 0, "甲").expect("a cell");
        match form {
            Some(form) => sheet.write_number_with_format(row, 1, *number, &Format::new().set_num_format(form)),
            None => sheet.write_number(row, 1, *number),
        }
        .expect("a cell");
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_number_in_a_dates_cell_is_a_date_only_where_it_can_be_meant() {
    let rules = pack("规则集 a \"a\" { 版本 1 }\n记录 项 { 名: 文本  日: 日期 }\n数据 b { 表: [项] }\n");
    let numbers = [44717.0, 20_220_605.0, 19_750_501.0, 2022.7, 2022.0, 27_515.0, 99_991_231.0, 20_220_230.0, 44717.5];
    let dates = |form| {
        let report = report(&rules, "a.xlsx", &days(form, &numbers));
        let said: Vec<String> = problems(&report).into_iter().map(|(code, cell)| format!("{code} {cell}")).collect();
        let (document, _) = read(&rules, &days(form, &numbers));
        let dates: Vec<Value> =
            document["表"].as_array().expect("a list").iter().map(|row| row["日"].clone()).collect();
        (dates, said)
    };
    let (read, said) = dates(Some("yyyy-mm-dd"));
    let date = |index: usize| read[index].as_str().and_then(bulou_base::date::parse).map(|date| date.to_string());
    let kept: Vec<_> = (0..numbers.len()).map(date).collect();
    let wanted =
        [Some("2022-06-05"), Some("2022-06-05"), Some("1975-05-01"), None, None, None, None, None, Some("2022-06-05")];
    assert_eq!(kept, wanted.map(|date| date.map(str::to_owned)), "{read:?}");
    let wrong: Vec<&str> = said.iter().filter_map(|one| one.strip_prefix("D005 表!B")).collect();
    assert_eq!(wrong, ["5", "6", "7", "8", "9"], "{said:?}");
    assert!(["D047 表!B3", "D047 表!B4"].iter().all(|notice| said.contains(&(*notice).to_owned())), "{said:?}");
    // Without that form a fraction is no time of day, either.
    let (read, said) = dates(None);
    assert_eq!((&read[0], &read[1]), (&json!("2022-06-05"), &json!("2022-06-05")));
    let wrong: Vec<&str> = said.iter().filter_map(|one| one.strip_prefix("D005 表!B")).collect();
    assert_eq!(wrong, ["5", "6", "7", "8", "9", "10"], "{said:?}");
}

#[test]
fn what_people_write_is_read_as_it_is_meant() {
    let rules = pack(
        "规则集 a \"a\" { 版本 1 }\n数据 b { 人数: 整数 单位 \"人\"  重: 小数 单位 \"千克\"  日: 日期  甲: 是否  乙: 是否  丙: 是否  限: 时长 单位 \"日\" }\n",
    );
    let form: &[&[&str]] = &[
        &["人数", "1\u{FF0C}812 人"],
        &["重", "3.50千克"],
        &["日", "2022年6月5号"],
        &["甲", "✔"],
        &["乙", "错"],
        &["丙", "1"],
        &["限", "31 天"],
    ];
    let (document, problems) = read(&rules, &drawn(&[("填报表", form)]));
    let wanted =
        json!({"人数": 1812, "重": 3.5, "日": "2022-06-05", "甲": true, "乙": false, "丙": true, "限": "31天"});
    assert_eq!((document, problems), (wanted, vec!["D047 填报表!B6".to_owned()]));
    // What it cannot be stays what it is, and is refused by name.
    let form: &[&[&str]] = &[&["人数", "八百人"], &["重", "3斤"], &["日", "6月5日"], &["甲", "待定"]];
    let report = report(&rules, "a.xlsx", &drawn(&[("填报表", form)]));
    let codes: Vec<&str> = report.structure.iter().filter(|one| !one.notice).map(|one| one.code.as_str()).collect();
    assert!(["D003", "D005"].iter().all(|code| codes.contains(code)), "{codes:?}");
    assert_eq!(codes.iter().filter(|code| **code == "D003").count(), 3, "{codes:?}");
}
