//! The annotated copy.

use std::io::Read as _;

use bulou_messages::diagnostic::Lang;

use super::packs_support::{rules, sample};
use super::{read, report, value};

/// The text of all parts whose names begin so.
fn parts(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut all = String::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        if part.name().is_ok_and(|part| part.starts_with(name)) {
            part.read_to_string(&mut all).expect("text");
        }
    }
    all
}

#[test]
fn findings_stand_at_their_cells_and_on_a_sheet_and_the_document_is_whole() {
    let rules = rules();
    let text = sample("北关小学-有问题.json");
    let report = report(&rules, "北关.json", text.as_bytes());
    let bytes = bulou_sheets::annotated(&rules, &text, &report, Lang::Zh).expect("a workbook");
    assert_eq!(read(&rules, &bytes), (value(&text), Vec::new()));
    let strings = parts(&bytes, "xl/sharedStrings");
    let notes = parts(&bytes, "xl/comments");
    for finding in report.rules.iter().flat_map(|rule| &rule.findings) {
        assert!(strings.contains(&finding.message), "{} is not on the sheet", finding.message);
        let somewhere = finding.paths.iter().any(|path| !path.is_empty());
        assert!(!somewhere || notes.contains(&finding.message), "{} has no note", finding.message);
    }
    assert!(notes.contains(r#"ref="I4""#), "the hazard's missing measure");
    let links = parts(&bytes, "xl/worksheets/sheet1");
    assert!(links.contains("location=\"'隐患'!I4\""), "the way to the cell");
    let plain = bulou_sheets::workbook(&rules, &text).expect("a workbook");
    assert!(!parts(&plain, "xl/comments").contains("不符合") && !parts(&plain, "xl/styles").contains("8F0D1A"));
    assert!(parts(&bytes, "xl/styles").contains("8F0D1A"));
}
