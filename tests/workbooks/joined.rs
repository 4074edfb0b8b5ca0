//! Two documents in one workbook's file: only one of them would be read.

use std::io::{Cursor, Write as _};

use bulou::diagnostic::Lang;
use bulou::xlsx;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::packs_support::{rules, sample};
use super::{fixture, report};

/// A workbook with a file more in it.
fn with(book: &[u8], name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(book)).expect("a workbook");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        to.raw_copy_file(from.by_index(index).expect("a part")).expect("copied");
    }
    to.start_file(name, SimpleFileOptions::default()).expect("an entry");
    to.write_all(bytes).expect("written");
    to.finish().expect("finished").into_inner()
}

#[test]
fn a_workbook_with_another_document_in_it_is_refused() {
    let rules = rules();
    let json = sample("北关小学-有问题.json");
    let made = xlsx::workbook(&rules, &json).expect("a workbook");
    let books = [made.clone(), fixture("手工.xlsx"), fixture("手工.ods"), fixture("县幼儿园.ods"), fixture("手工.xls")];
    let refused = |bytes: &[u8], what: &str| {
        let found = report(&rules, "a", bytes).structure;
        let [problem] = found.as_slice() else { panic!("{what}: {found:?}") };
        assert!(problem.code == "D015" && problem.message.contains("只读会漏"), "{what}: {problem:?}");
    };
    for (number, one) in books.iter().enumerate() {
        assert!(xlsx::read(&rules, one, Lang::Zh).is_ok(), "{number}");
        for (other, more) in books.iter().map(Vec::as_slice).chain([json.as_bytes()]).enumerate() {
            // Of a zip whose end is not among the last 64 KB no reader knows.
            let bytes = [one, more].concat();
            let found = report(&rules, "a", &bytes).structure;
            assert!(found.iter().any(|problem| problem.code == "D015"), "{other} behind {number}: {found:?}");
        }
        refused(&[one, &books[1][..]].concat(), "another workbook");
        if one.starts_with(b"PK") {
            refused(&[one, &b"\n{}"[..]].concat(), "a text");
            refused(&with(one, "补报.json", json.as_bytes()), "a document beside the parts");
            assert!(xlsx::read(&rules, &with(one, "xl/embeddings/表.xlsx", &made), Lang::Zh).is_ok());
        }
    }
}
