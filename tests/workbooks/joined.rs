//! Two documents in one workbook's file: only one of them would be read.

use std::io::{Cursor, Write as _};

use bulou_messages::diagnostic::Lang;
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
    let made = bulou_sheets::workbook(&rules, &json).expect("a workbook");
    let books = [made.clone(), fixture("手工.xlsx"), fixture("手工.ods"), fixture("县幼儿园.ods"), fixture("手工.xls")];
    let refused = |bytes: &[u8], what: &str| {
        let found = report(&rules, "a", bytes).structure;
        let [problem] = found.as_slice() else { panic!("{what}: {found:?}") };
        assert!(problem.code == "D015" && problem.message.contains("只读会漏"), "{what}: {problem:?}");
    };
    for (number, one) in books.iter().enumerate() {
        assert!(bulou_sheets::read(&rules, one, Lang::Zh).is_ok(), "{number}");
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
            assert!(bulou_sheets::read(&rules, &with(one, "xl/embeddings/表.xlsx", &made), Lang::Zh).is_ok());
        }
    }
}

/// A workbook in which a name is written otherwise, wherever it stands; both are of one length.
fn renamed(book: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = book.to_vec();
    for at in 0..=bytes.len() - from.len() {
        if bytes[at..].starts_with(from.as_bytes()) {
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        }
    }
    bytes
}

#[test]
fn a_workbook_with_two_parts_of_one_name_is_refused() {
    let rules = rules();
    for book in ["手工.xlsx", "手工.ods"].map(fixture) {
        let archive = ZipArchive::new(Cursor::new(&book)).expect("a workbook");
        let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
        for name in names.iter().filter(|name| !name.ends_with('/')) {
            let other = "=".repeat(name.len());
            let two = with(&book, &other, b"<x/>");
            assert!(bulou_sheets::read(&rules, &two, Lang::Zh).is_ok(), "{name}");
            for same in [name.clone(), name.to_uppercase(), name.replace('/', "\\")] {
                let refused = bulou_sheets::read(&rules, &renamed(&two, &other, &same), Lang::Zh).expect_err(&same);
                assert!(refused.code == "D015" && refused.message.contains("同名的部件"), "{same}: {refused:?}");
            }
        }
    }
}

#[test]
fn an_old_workbook_ends_where_its_last_sector_does() {
    let rules = rules();
    let book = fixture("手工.xls");
    let read = |more: &[u8]| bulou_sheets::read(&rules, &[&book, more].concat(), Lang::Zh);
    for filling in [&[0; 512][..], &[0xFF; 100], b"\r\n"] {
        assert!(read(filling).is_ok());
    }
    let image = [&[0; 700][..], b"\x89PNG\r\n"].concat();
    for more in [&b"x"[..], "标识码,名称\n1,甲\n".as_bytes(), b"BZh91AY&SY", &image, &[7; 512]] {
        let refused = read(more).expect_err("a refusal");
        assert!(refused.code == "D015" && refused.message.contains("只读会漏"), "{refused:?}");
    }
    // One that says of more sectors than it has that they hold its table.
    let mut bent = [&book[..], b"x"].concat();
    bent[44..48].fill(0x7F);
    assert!(bulou_sheets::read(&rules, &bent, Lang::Zh).is_err());
}
