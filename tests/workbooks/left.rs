//! No cell of a workbook is passed over: what stands where nothing is filled in may be an answer all the same.

use std::io::Cursor;

use bulou_messages::diagnostic::Lang;
use calamine::{Data, Reader as _};
use serde_json::json;

use super::{drawn, pack, read};

const PACK: &str = "规则集 a \"a\" { 版本 1 }
选项 级 { 重大, 一般 }
记录 址 { 镇: 文本  邮编: 文本 }
记录 项 { 编号: 文本  等级: 级  销号日期: 日期? 已发生 }
数据 b { 标识码: 文本 格式 学校标识码  日期: 日期 已发生  址: 址  住宿: 是否?  隐患: [项] }
";

type Rows = Vec<Vec<String>>;

/// A workbook's sheets as texts.
fn sheets(bytes: &[u8]) -> Vec<(String, Rows)> {
    let mut book = calamine::Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::DateTime(when) => {
            let (year, month, day, ..) = when.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    };
    let names = book.sheet_names();
    let sheet = |name: String| {
        let range = book.worksheet_range(&name).expect("a sheet");
        let (rows, columns) = range.end().map_or((0, 0), |(row, column)| (row + 1, column + 1));
        let cell = |row, column| range.get_value((row, column)).map(text).unwrap_or_default();
        let rows = (0..rows).map(|row| (0..columns).map(|column| cell(row, column)).collect()).collect();
        (name, rows)
    };
    names.into_iter().map(sheet).collect()
}

fn book(sheets: &[(String, Rows)]) -> Vec<u8> {
    let rows: Vec<Vec<Vec<&str>>> = sheets
        .iter()
        .map(|(_, rows)| rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect())
        .collect();
    let rows: Vec<Vec<&[&str]>> = rows.iter().map(|rows| rows.iter().map(Vec::as_slice).collect()).collect();
    let named: Vec<(&str, &[&[&str]])> =
        sheets.iter().zip(&rows).map(|((name, _), rows)| (name.as_str(), rows.as_slice())).collect();
    drawn(&named)
}

/// Writes a text into a cell, wherever it is.
fn put(rows: &mut Rows, row: usize, column: usize, text: &str) {
    rows.resize_with(rows.len().max(row + 1), Vec::new);
    let width = rows[row].len().max(column + 1);
    rows[row].resize(width, String::new());
    rows[row][column] = text.to_owned();
}

#[test]
fn a_text_in_any_cell_that_was_blank_becomes_an_answer_or_is_told() {
    let rules = pack(PACK);
    let document = json!({"规则集": "a@1", "标识码": "2141000345", "日期": "2022-06-24", "址": {"镇": "城关", "邮编": "471000"},
        "住宿": true, "隐患": [{"编号": "Y1", "等级": "一般", "销号日期": "2022-06-25"}]});
    let whole = sheets(&bulou_sheets::workbook(&rules, &document.to_string()).expect("a workbook"));
    let before = read(&rules, &book(&whole));
    assert_eq!(before, (document, Vec::new()));
    let mut tried = 0;
    for (at, (name, rows)) in whole.iter().enumerate() {
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        for (row, column) in (0..rows.len() + 3).flat_map(|row| (0..width + 2).map(move |column| (row, column))) {
            let blank = rows.get(row).and_then(|row| row.get(column)).is_none_or(String::is_empty);
            // The column of the form whose heading says that notes stand there.
            if !blank || (name == "填报表" && column == 2) {
                continue;
            }
            for text in ["Y9", "2022-06-20"] {
                let mut changed = whole.clone();
                put(&mut changed[at].1, row, column, text);
                let after = read(&rules, &book(&changed));
                assert_ne!(after, before, "{name} {row} {column} {text}");
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn a_row_above_the_headings_is_told_unless_it_is_a_title() {
    let rules = pack(PACK);
    let rows = |above: &[&'static str]| {
        let form: &[&[&str]] =
            &[&["标识码", "2141000345"], &["日期", "2022-06-24"], &["镇", "城关"], &["邮编", "471000"]];
        let list: [&[&str]; 3] = [above, &["编号", "等级", "销号日期"], &["Y1", "一般", "2022-06-25"]];
        read(&rules, &drawn(&[("填报表", form), ("隐患", &list)])).1
    };
    for title in [&["隐患"][..], &["", "隐患"], &[]] {
        assert_eq!(rows(title), Vec::<String>::new(), "{title:?}");
    }
    // Whatever other words stand there may be more than a title, and are told.
    for title in [&["南街小学隐患清单"][..], &["", "另有一项,在备注"]] {
        assert_eq!(rows(title).len(), 1, "{title:?}");
        assert!(rows(title)[0].starts_with("D052 隐患!"), "{title:?}");
    }
    for data in [&["Y9", "重大"][..], &["Y9"], &["", "重大", "2022-06-20"]] {
        assert_eq!(rows(data).len(), 1, "{data:?}");
        assert!(rows(data)[0].starts_with("D052 隐患!"), "{data:?}");
    }
    // What says what it is decides nothing, and is named.
    let wanted = [("D052", true)];
    let bytes = drawn(&[
        ("填报表", &[&["标识码", "2141000345"]]),
        ("隐患", &[&["单位:南街", "日期:6月"], &["另有一项,在备注"], &["编号", "等级(另有两项)", "销号日期(日)"]]),
    ]);
    let told = bulou_sheets::read(&rules, &bytes, Lang::Zh).expect("a workbook").problems;
    assert_eq!(told.iter().filter(|one| one.code == "D052" && one.notice).count(), 4, "{told:?}");
    assert!(
        wanted.iter().all(|(code, notice)| told.iter().any(|one| one.code == *code && one.notice == *notice)),
        "{told:?}"
    );
}

#[test]
fn a_second_column_of_answers_is_told_and_a_column_of_remarks_is_a_notice() {
    let rules = pack(PACK);
    let told = |third: [&str; 4]| {
        let form: [&[&str]; 4] = [
            &["标识码", "2141000345", third[0]],
            &["日期", "2022-06-24", third[1]],
            &["镇", "城关", third[2]],
            &["邮编", "471000", third[3]],
        ];
        let bytes =
            drawn(&[("填报表", &form), ("隐患", &[&["编号", "等级", "销号日期"], &["Y1", "一般", "2022-06-25"]])]);
        let problems = bulou_sheets::read(&rules, &bytes, Lang::Zh).expect("a workbook").problems;
        problems.iter().map(|one| (one.code.as_str(), one.notice)).collect::<Vec<_>>()
    };
    assert_eq!(told(["2141000346", "2022-06-20", "东关", "471001"]), [("D052", false)]);
    assert_eq!(told(["照证书填", "", "", "问邮局"]), [("D052", true)]);
    assert_eq!(told(["", "", "", ""]), []);
}

#[test]
fn what_stands_in_the_line_of_a_record_is_not_lost_to_what_stands_below() {
    let rules = pack(PACK);
    let form: &[&[&str]] = &[&["标识码", "2141000345"], &["址", "镇上"], &["镇", "城关"], &["邮编", "471000"]];
    assert!(
        read(&rules, &drawn(&[("填报表", form)]))
            .1
            .iter()
            .any(|told| told == "D052 填报表!C2" || told == "D052 填报表!B2")
    );
}

#[test]
fn a_sheet_of_the_program_s_name_is_its_own_only_by_what_stands_on_it() {
    let rules = pack(PACK);
    for name in ["选项", "填写说明", "核对结果"] {
        let (document, told) = read(
            &rules,
            &drawn(&[
                ("填报表", &[&["标识码", "2141000345"], &["日期", "2022-06-24"]]),
                (name, &[&["编号", "等级", "销号日期"], &["Y9", "重大", ""]]),
            ]),
        );
        assert!(document["隐患"][0]["编号"] == "Y9" || !told.is_empty(), "{name}: {document} {told:?}");
    }
}

#[test]
fn a_line_of_the_form_that_speaks_of_a_list_s_element_is_told() {
    let rules = pack(PACK);
    let document = json!({"规则集": "a@1", "标识码": "2141000345", "日期": "2022-06-24", "址": {"镇": "城关", "邮编": "471000"},
        "隐患": [{"编号": "Y1", "等级": "一般", "销号日期": "2022-06-25"}]});
    let whole = sheets(&bulou_sheets::workbook(&rules, &document.to_string()).expect("a workbook"));
    for key in ["/隐患/1/编号", "/隐患/-/编号", "/隐患/编号"] {
        for label in ["", "隐患编号"] {
            let mut changed = whole.clone();
            let form = &mut changed.iter_mut().find(|(name, _)| name == "填报表").expect("the form").1;
            let row = form.len();
            [(0, label), (1, "Y9"), (3, key)].into_iter().filter(|(_, text)| !text.is_empty()).for_each(
                |(column, text)| {
                    put(form, row, column, text);
                },
            );
            let (_, told) = read(&rules, &book(&changed));
            assert!(told.iter().any(|one| one.starts_with("D052 填报表!")), "{key} {label}: {told:?}");
        }
    }
}

#[test]
fn a_column_of_numbers_hides_nothing() {
    let rules = pack(PACK);
    let told = |numbers: [&str; 2], second: &[&str]| {
        let form: &[&[&str]] =
            &[&["标识码", "2141000345"], &["日期", "2022-06-24"], &["镇", "城关"], &["邮编", "471000"]];
        let rows: Vec<Vec<&str>> = vec![
            vec!["序号", "编号", "等级", "销号日期"],
            vec![numbers[0], "Y1", "一般", "2022-06-25"],
            [&[numbers[1]], second].concat(),
        ];
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        read(&rules, &drawn(&[("填报表", form), ("隐患", &rows)])).1
    };
    let item: &[&str] = &["Y2", "一般", "2022-06-25"];
    assert_eq!(told(["1", "2"], item), Vec::<String>::new());
    assert_eq!(told(["1.", "2."], &[]), Vec::<String>::new(), "numbers that were written before the rows");
    assert_eq!(told(["1", "Y2 没有销号"], &[]), ["D052 隐患!A3"]);
    assert_eq!(told(["1", "2141000345"], item), ["D052 隐患!A3"]);
}

#[test]
fn what_stands_in_the_row_of_headings_decides_as_what_stands_below() {
    let rules = pack(PACK);
    let notice = |more: &[&'static str]| {
        let form: &[&[&str]] =
            &[&["标识码", "2141000345"], &["日期", "2022-06-24"], &["镇", "城关"], &["邮编", "471000"]];
        let headings: Vec<&str> = [&["编号", "等级", "销号日期"], more].concat();
        let bytes = drawn(&[("填报表", form), ("隐患", &[&headings, &["Y1", "一般", "2022-06-25"]])]);
        let problems = bulou_sheets::read(&rules, &bytes, Lang::Zh).expect("a workbook").problems;
        problems.iter().map(|one| (one.code.as_str(), one.notice)).collect::<Vec<_>>()
    };
    assert_eq!(notice(&["", "Y9", "重大"]), [("D052", false), ("D052", false)]);
    assert_eq!(notice(&["备注"]), [("D052", true)]);
}

#[test]
fn a_code_in_a_title_a_heading_or_a_sheet_s_name_is_a_fault_however_it_is_typed() {
    let rules = pack(PACK);
    let form: &[&[&str]] = &[&["标识码", "2141000345"], &["日期", "2022-06-24"], &["镇", "城关"], &["邮编", "471000"]];
    let told = |sheet: &str, above: &str, heading: &str| {
        let mut list: Vec<&[&str]> = Vec::new();
        let (above, headings, row) = ([above], [heading, "等级", "销号日期"], ["Y1", "一般", "2022-06-25"]);
        list.extend([above.as_slice()].iter().filter(|row| !row[0].is_empty()));
        list.extend([headings.as_slice(), row.as_slice()]);
        let reading =
            bulou_sheets::read(&rules, &drawn(&[("填报表", form), (sheet, &list)]), Lang::Zh).expect("a workbook");
        reading.problems.iter().map(|one| (one.code.as_str(), one.notice)).collect::<Vec<_>>()
    };
    assert_eq!(told("隐患", "", "编号"), []);
    let (fault, notice) = ([("D052", false)], [("D052", true)]);
    for above in ["另:2141000347", "2141000347:东关", "２１４１０００３４７ 东关小学", "第2141000347号"]
    {
        assert_eq!(told("隐患", above, "编号"), fault, "{above}");
    }
    for above in ["填报日期:20220624", "电话:13800000000", "隐患(另有两项)", "单位:南街"] {
        assert_eq!(told("隐患", above, "编号"), notice, "{above}");
    }
    for heading in ["编号(2141000347)", "编号\u{FF08}２１４１０００３４７\u{FF09}"] {
        assert_eq!(told("隐患", "", heading), fault, "{heading}");
    }
    for (name, expected) in [("隐患 Y2未销号", notice), ("隐患(未完)", notice), ("隐患 2141000347", fault)] {
        assert_eq!(told(name, "", "编号"), expected, "{name}");
    }
    assert_eq!(told("Sheet2", "", "编号"), []);
    let empty: &[&[&str]] = &[];
    let blank = bulou_sheets::read(&rules, &drawn(&[("填报表", form), ("还缺 2141000347", empty)]), Lang::Zh)
        .expect("a workbook");
    assert!(blank.problems.iter().any(|one| one.code == "D052" && !one.notice), "{:?}", blank.problems);
}
