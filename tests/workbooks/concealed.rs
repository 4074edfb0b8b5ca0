//! What must not be repeated is not repeated of a workbook either: values of `敏感` fields, and whatever stands at a key
//! that is `禁填`.

use bulou_messages::diagnostic::Lang;
use rust_xlsxwriter::{Format, Formula, Workbook};

use super::{pack, report};

const PACK: &str = r#"规则集 甲 "甲" { 版本 1 }
记录 人项 {
  姓名: 文本 留存 "例"
  手机: 文本 格式 手机号 敏感 留存 "例"
  证号: 文本 敏感 留存 "例"
  生日: 日期 已发生 敏感 留存 "例"
  残疾: 是否 敏感 留存 "例"
  禁填 病名 理由 "个人信息"
}
数据 学校 { 标识 编号  编号: 文本 留存 "例"  人: [人项] 留存 "例"  禁填 身份证号 理由 "个人信息" }
"#;
/// All that is secret in the workbook.
const SECRETS: [&str; 6] = ["13800009999", "41018", "19990101", "39999", "2009-07-05", "机密"];

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("人").expect("a name");
    for (column, heading) in (0_u16..).zip(["姓名", "手机", "证号", "生日", "残疾", "病名"]) {
        sheet.write_string(0, column, heading).expect("a cell");
    }
    sheet.write_string(1, 0, "甲").expect("a cell");
    // A telephone number and an identity number as numbers, the latter longer than a number's digits.
    sheet.write_number(1, 1, 13_800_009_999_f64).expect("a cell");
    sheet.write_number(1, 2, 410_181_999_010_112_345_f64).expect("a cell");
    sheet.write_number(1, 3, 39_999_f64).expect("a cell");
    sheet.write_number(1, 4, 1_f64).expect("a cell");
    sheet.write_string(1, 5, "机密").expect("a cell");
    sheet.write_string(2, 0, "乙").expect("a cell");
    sheet.write_formula(2, 1, Formula::new("13800009999/0").set_result("#DIV/0!")).expect("a cell");
    sheet.write_number(2, 2, 19_990_101_f64).expect("a cell");
    sheet.write_string(3, 0, "丙").expect("a cell");
    sheet.merge_range(3, 2, 4, 2, "41018机密", &Format::new()).expect("a range");
    sheet.write_string(4, 0, "丁").expect("a cell");
    sheet.merge_range(3, 5, 4, 5, "机密", &Format::new()).expect("a range");
    let form = book.add_worksheet().set_name("填报表").expect("a name");
    form.write_string(0, 0, "编号").expect("a cell").write_string(0, 1, "一").expect("a cell");
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn what_was_made_of_a_sensitive_cell_is_told_without_its_value() {
    let rules = pack(PACK);
    let reading = bulou_sheets::read(&rules, &workbook(), Lang::Zh).expect("a workbook");
    let codes: Vec<&str> = reading.problems.iter().map(|problem| problem.code.as_str()).collect();
    assert!(["D044", "D045", "D047"].iter().all(|code| codes.contains(code)), "{codes:?}");
    let report = report(&rules, "人.xlsx", &workbook());
    let told = serde_json::to_string(&report).expect("JSON");
    for secret in SECRETS {
        assert!(!told.contains(secret), "{secret}: {told}");
    }
}

#[test]
fn a_forbidden_column_or_line_is_found_however_it_is_headed() {
    let rules = pack(PACK);
    for (column, line) in [
        ("病名", "身份证号"),
        (" 病\u{3000}名 ", "身份 证号"),
        ("病\u{200B}名", "身份证号\u{FF1A}"),
        ("病名\u{FE0F}", "*身份证号"),
        ("病名:", "身份证号:"),
        ("「病名」", "身份_证号"),
    ] {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("人").expect("a name");
        for (at, (heading, value)) in (0_u16..).zip([("姓名", "甲"), (column, "机密")]) {
            sheet.write_string(0, at, heading).expect("a cell").write_string(1, at, value).expect("a cell");
        }
        let form = book.add_worksheet().set_name("填报表").expect("a name");
        for (at, (label, value)) in (0_u32..).zip([("编号", "一"), (line, "机密")]) {
            form.write_string(at, 0, label).expect("a cell").write_string(at, 1, value).expect("a cell");
        }
        let bytes = book.save_to_buffer().expect("a workbook");
        let report = report(&rules, "人.xlsx", &bytes);
        let found = report.structure.iter().filter(|one| one.code == "D012").count();
        let told = serde_json::to_string(&report).expect("JSON");
        assert_eq!(found, 2, "{column} {line}: {told}");
        assert!(!told.contains("机密"), "{column} {line}: {told}");
        let reading = bulou_sheets::read(&rules, &bytes, Lang::Zh).expect("a workbook");
        assert!(!bulou_sheets::copied(&rules, &reading.text).expect("a copy").contains("机密"), "{column} {line}");
    }
}

#[test]
fn a_workbook_of_a_document_does_not_copy_what_is_forbidden() {
    let rules = pack(PACK);
    let document = r#"{"编号": "1", "身份证号": {"机密一": 1}, "人": [{"姓名": "甲", "病名": ["机密二"], "身份证号": "机密三",
        "其他": {"病名": "机密四", "深": [[{"身份证号": "机密五"}]]}}], "别的": [{"更多": {"身份证号": "机密六"}}], "人数": {"身份证号": "机密七"}}"#;
    let report = report(&rules, "甲.json", document.as_bytes());
    let forbidden = report.structure.iter().filter(|one| one.code == "D012").map(|one| one.path.as_str());
    assert_eq!(
        forbidden.collect::<Vec<_>>(),
        [
            "/身份证号",
            "/人/0/病名",
            "/人/0/身份证号",
            "/人/0/其他/病名",
            "/人/0/其他/深/0/0/身份证号",
            "/别的/0/更多/身份证号",
            "/人数/身份证号"
        ]
    );
    assert!(!serde_json::to_string(&report).expect("JSON").contains("机密"));
    assert!(!bulou_sheets::copied(&rules, document).expect("a copy").contains("机密"));
    for bytes in [
        bulou_sheets::workbook(&rules, document).expect("a workbook"),
        bulou_sheets::annotated(&rules, document, &report, Lang::Zh).expect("a workbook"),
    ] {
        let again = bulou_sheets::read(&rules, &bytes, Lang::Zh).expect("a workbook");
        assert!(!again.text.contains("机密"), "{}", again.text);
        // The key is still there, so that nobody takes the document for one that was mended.
        assert!(again.text.contains("身份证号") && again.text.contains("病名"), "{}", again.text);
    }
}
