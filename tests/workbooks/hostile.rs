//! What no workbook can do to the program.

use std::io::{Cursor, Read as _, Write as _};

use bulou_base::limits;
use bulou_messages::diagnostic::Lang;
use bulou_report::Verdict;
use rust_xlsxwriter::{Chart, ChartType, Workbook};
use zip::write::SimpleFileOptions;

use super::packs_support::{rules, sample};
use super::{drawn, pack, report};

/// A zip of parts, each a text repeated.
fn zip(parts: &[(&str, &str, usize)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text, times) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a part");
        for _ in 0..*times {
            archive.write_all(text.as_bytes()).expect("bytes");
        }
    }
    archive.finish().expect("a zip").into_inner()
}

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#;

/// A workbook of one sheet with these rows.
fn workbook(row: &str, times: usize) -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>"#,
        row.repeat(times)
    );
    zip(&[
        ("[Content_Types].xml", TYPES, 1),
        ("_rels/.rels", ROOT, 1),
        ("xl/workbook.xml", BOOK, 1),
        ("xl/_rels/workbook.xml.rels", RELS, 1),
        ("xl/worksheets/sheet1.xml", &sheet, 1),
    ])
}

fn refused(bytes: &[u8]) -> String {
    let rules = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 校: 文本 }\n");
    let report = report(&rules, "a.xlsx", bytes);
    assert_eq!((report.verdict, report.rules.len(), report.structure.len()), (Verdict::Undetermined, 0, 1));
    format!("{} {}", report.structure[0].code, report.structure[0].message)
}

#[test]
fn a_bomb_is_refused_before_it_is_read() {
    let text = "0".repeat(1 << 20);
    let times = usize::try_from(limits::WORKBOOK_UNPACKED >> 20).expect("a size") + 1;
    let bomb = zip(&[("[Content_Types].xml", TYPES, 1), ("xl/worksheets/sheet1.xml", &text, times)]);
    assert!(bomb.len() < 1 << 20);
    assert!(refused(&bomb).starts_with("D019 工作簿太大"), "{}", refused(&bomb));
}

#[test]
fn more_cells_or_bytes_than_any_school_needs_are_refused() {
    let row = r#"<row><c><v>1</v></c></row>"#.repeat(1000);
    let many = refused(&workbook(&row, limits::WORKBOOK_CELLS / 1000 + 1));
    assert!(many.starts_with("D019"), "{many}");
    let far = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    let rules = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 校: 文本 }\n");
    let reading =
        bulou_sheets::read(&rules, &workbook(far, 1), Lang::Zh).expect("two cells are no burden, however far apart");
    assert_eq!(reading.problems.len(), 1);
    assert!(
        refused(
            &[
                b"PK\x03\x04".to_vec(),
                vec![0; 22],
                b"\x13\0\0\0[Content_Types].xml".to_vec(),
                vec![0; limits::WORKBOOK_BYTES]
            ]
            .concat()
        )
        .starts_with("D019")
    );
}

#[test]
fn damaged_files_and_files_of_other_kinds_are_called_what_they_are() {
    assert!(refused(&zip(&[("[Content_Types].xml", TYPES, 1), ("word/document.xml", "a", 1)])).contains("Word"));
    assert!(refused(&zip(&[("[Content_Types].xml", TYPES, 1), ("xl/workbook.xml", "<a", 1)])).contains("已损坏"));
    let wide = |name: &str| name.bytes().flat_map(|byte| [byte, 0]).collect::<Vec<u8>>();
    let old = |name: &str| [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600], &wide(name)].concat();
    assert!(refused(&old("EncryptedPackage")).contains("密码"));
    assert!(refused(&old("WordDocument")).contains("Word"));
    assert!(refused(&old("Workbook")).contains("已损坏"));
}

#[test]
fn another_workbook_is_no_self_assessment_and_is_accused_of_nothing() {
    let rules = rules();
    // Some of the headings are those of a list in the pack, by chance.
    let people: &[&[&str]] = &[&["部位", "姓名", "电话", "责任人"], &["大门", "李", "13800000000", "王"]];
    let others = [
        drawn(&[("工资表", &[&["姓名", "基本工资"], &["李", "3000"]])]),
        drawn(&[("Sheet1", people)]),
        drawn(&[("重点部位", people)]),
        drawn(&[("空", &[&[""]])]),
    ];
    for bytes in others {
        let report = report(&rules, "a.xlsx", &bytes);
        let codes: Vec<&str> = report.structure.iter().map(|one| one.code.as_str()).collect();
        assert_eq!((codes.as_slice(), report.rules.len()), (&["D049"][..], 0), "{:?}", report.structure);
    }
    // With its school's name it is one, however little it says.
    let named: &[&[&str]] = &[&["学校全称", "北关小学"], &["学校标识码", "2141000346"]];
    assert!(!report(&rules, "a.xlsx", &drawn(&[("Sheet1", named)])).rules.is_empty());
}

#[test]
fn no_damage_ends_the_program_or_passes() {
    let rules = rules();
    let whole = bulou_sheets::workbook(&rules, &sample("南街小学.json")).expect("a workbook");
    let old = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/workbooks/手工.xls")).expect("a fixture");
    for bytes in [&whole, &old] {
        for part in 1..40 {
            let mut cut = bytes.clone();
            cut.truncate(bytes.len() * part / 40);
            let mut bent = bytes.clone();
            let at = bytes.len() * part / 40;
            bent[at..(at + 16).min(bytes.len())].fill(0xA5);
            for bytes in [cut, bent] {
                let report = report(&rules, "a", &bytes);
                assert!(report.verdict != Verdict::Pass || !report.rules.is_empty());
            }
        }
    }
}

/// A workbook whose parts are as `part` makes them; nothing takes one away.
fn with_parts(book: &[u8], part: impl Fn(&str, String) -> Option<String>) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(book)).expect("a workbook");
    let mut parts = Vec::new();
    for index in 0..from.len() {
        let (mut entry, mut text) = (from.by_index(index).expect("a part"), String::new());
        let name = entry.name().expect("a name").into_owned();
        entry.read_to_string(&mut text).expect("text");
        parts.extend(part(&name, text).map(|text| (name, text)));
    }
    zip(&parts.iter().map(|(name, text)| (name.as_str(), text.as_str(), 1)).collect::<Vec<_>>())
}

#[test]
fn a_sheet_that_cannot_be_read_is_damaged_and_not_blank() {
    let rules = rules();
    let book = bulou_sheets::workbook(&rules, &sample("南街小学.json")).expect("a workbook");
    assert!(bulou_sheets::read(&rules, &with_parts(&book, |_, text| Some(text)), Lang::Zh).is_ok());
    let refused = |bytes: &[u8], what: &str| {
        let refused = bulou_sheets::read(&rules, bytes, Lang::Zh).expect_err(what);
        assert!(refused.code == "D015" && refused.message.contains("已损坏"), "{what}: {refused:?}");
    };
    let mut from = zip::ZipArchive::new(Cursor::new(&book)).expect("a workbook");
    let names: Vec<String> = from.file_names().map(|name| name.expect("a name").into_owned()).collect();
    for name in names.iter().filter(|name| name.starts_with("xl/worksheets/sheet")) {
        let cut_at = |mark: &str| {
            with_parts(&book, |part, text| {
                let cut = text.split_once(mark).filter(|_| part == name).map(|(before, _)| before.to_owned());
                cut.or(Some(text))
            })
        };
        refused(&cut_at("<sheetData"), name);
        refused(&cut_at("</sheetData>"), name);
        refused(&with_parts(&book, |part, text| (part != name).then_some(text)), name);
        let entry = from.by_name(name).expect("a part");
        let start = usize::try_from(entry.data_start().expect("a place")).expect("a size");
        let size = usize::try_from(entry.compressed_size()).expect("a size");
        // The last bytes lie behind the cells.
        for at in [start + size / 3, start + size - 2] {
            let mut bent = book.clone();
            bent[at] ^= 0x55;
            refused(&bent, name);
        }
    }
}

#[test]
fn two_sheets_of_one_name_are_not_read_as_one() {
    let rules = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 校: 文本 }\n");
    let mut book = Workbook::new();
    for (sheet, school) in [("表A", "甲"), ("表B", "乙")] {
        let form = book.add_worksheet().set_name(sheet).expect("a name");
        form.write_string(0, 0, "校").expect("a cell").write_string(0, 1, school).expect("a cell");
    }
    let book = book.save_to_buffer().expect("a workbook");
    let called = |name: &str| {
        let book = with_parts(&book, |part, text| {
            Some(if part == "xl/workbook.xml" { text.replace("表B", name) } else { text })
        });
        bulou_sheets::read(&rules, &book, Lang::Zh).err().map(|refused| (refused.code, refused.message))
    };
    assert_eq!(called("表C"), None);
    for same in ["表A", "表a"] {
        let (code, message) = called(same).expect("a refusal");
        assert!(code == "D015" && message.contains(&format!("两张工作表都叫「{same}」")), "{message}");
    }
}

#[test]
fn a_chart_on_a_sheet_of_its_own_has_no_cells() {
    let mut book = Workbook::new();
    let form = book.add_worksheet().set_name("填报表").expect("a name");
    form.write_string(0, 0, "校").expect("a cell").write_string(0, 1, "甲").expect("a cell");
    let mut chart = Chart::new(ChartType::Pie);
    chart.add_series().set_values("填报表!$B$1:$B$1");
    book.add_chartsheet().set_name("图").expect("a name").insert_chart(0, 0, &chart).expect("a chart");
    let rules = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 校: 文本 }\n");
    let reading =
        bulou_sheets::read(&rules, &book.save_to_buffer().expect("a workbook"), Lang::Zh).expect("a workbook");
    let told: Vec<_> = reading.problems.iter().map(|one| (one.code.as_str(), one.notice)).collect();
    assert_eq!(told, [("D052", true)], "the sheet's name alone is told");
    assert!(reading.text.contains("甲"), "{reading:?}");
}

#[test]
fn what_no_cell_can_hold_is_said_and_not_cut() {
    let rules = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 校: 文本 \"校名\" }\n");
    let long = format!(r#"{{"校": "{}"}}"#, "长".repeat(32_768));
    assert!(bulou_sheets::workbook(&rules, &long).expect_err("too long").text().zh.contains("「校名」太长"));
    assert!(bulou_sheets::workbook(&rules, "[]").is_err() && bulou_sheets::workbook(&rules, "{").is_err());
}
