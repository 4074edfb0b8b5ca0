use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Error, Member, Unread, is_archive, members};
use bulou_base::limits;

pub(super) fn pack(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

fn unpack(bytes: &[u8]) -> Result<Vec<Result<Member, Unread>>, String> {
    let gb18030 = |bytes: &[u8]| Some(encoding_rs::GB18030.decode(bytes).0.into_owned());
    members(Cursor::new(bytes), &gb18030).map(Iterator::collect).map_err(|error| error.to_string())
}

fn names(bytes: &[u8]) -> Vec<String> {
    unpack(bytes).expect("an archive").into_iter().map(|member| member.expect("readable").name).collect()
}

/// Changes bytes of an archive wherever they stand.
fn patch(bytes: &mut [u8], from: &[u8], to: &[u8]) {
    assert_eq!(from.len(), to.len());
    for at in 0..=bytes.len() - from.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
        }
    }
}

/// Changes the unpacked sizes that the archive states, from `from` to `to`.
fn state(bytes: &mut [u8], from: u32, to: u32) {
    for (magic, offset) in [(b"PK\x01\x02", 24), (b"PK\x03\x04", 22)] {
        for at in 0..bytes.len() - 30 {
            if bytes[at..].starts_with(magic) && bytes[at + offset..at + offset + 4] == from.to_le_bytes() {
                bytes[at + offset..at + offset + 4].copy_from_slice(&to.to_le_bytes());
            }
        }
    }
}

fn why(bytes: &[u8]) -> Vec<(String, String)> {
    let unread = unpack(bytes).expect("an archive").into_iter().filter_map(Result::err);
    unread.map(|one| (one.name, one.why.to_string())).collect()
}

#[test]
fn files_come_by_name_without_folders_and_litter() {
    let packed = pack(&[
        ("城关镇/b.json", b"2"),
        ("__MACOSX/._a.json", b"\0\x05\x16\x07"),
        ("城关镇/.DS_Store", b"\0\0\0\x01Bud1"),
        ("Thumbs.db", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        ("~$a.json", b"x"),
        ("城关镇/", b""),
        ("a.json", b"1"),
    ]);
    assert_eq!(names(&packed), ["a.json", "城关镇/b.json"]);
    let turned = pack(&[("a.json", b"1"), ("城关镇/b.json", b"2")]);
    assert_eq!(unpack(&packed), unpack(&turned));
}

#[test]
fn a_folder_without_files_is_named_once() {
    let entries = [("a.json", &b"1"[..]), ("空/", b""), ("空/村/", b""), ("藏/.gitkeep", b""), (".git/", b"")];
    let found = why(&pack(&entries));
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["空", "藏"]);
}

#[test]
fn a_lock_without_its_file_is_named() {
    let found = why(&pack(&[("a.json", b"1"), ("乡/~$南街.xlsx", b"x")]));
    assert!(found.len() == 1 && found[0].0 == "乡/~$南街.xlsx" && found[0].1.contains("`乡/南街.xlsx`"), "{found:?}");
}

#[test]
fn names_of_chinese_windows_are_read_as_gb18030() {
    let mut packed = pack(&[("ABCD\\EFGH.json", b"1")]);
    let (gbk, _, _) = encoding_rs::GB18030.encode("城关\\南街");
    patch(&mut packed, b"ABCD\\EFGH", &gbk);
    assert_eq!(names(&packed), ["城关/南街.json"]);
}

#[test]
fn a_workbook_is_a_document_and_an_empty_archive_is_one() {
    assert!(is_archive(&pack(&[("南街小学.json", b"{}")])));
    assert!(is_archive(&pack(&[])));
    for (files, why) in
        [(&[][..], "no file"), (&[("空/", &b""[..])][..], "no file"), (&[(".gitkeep", &b""[..])][..], "1 files")]
    {
        assert!(unpack(&pack(files)).expect_err("nothing to check").contains(why), "{files:?}");
    }
    for part in ["[Content_Types].xml", "xl/workbook.xml", "word/document.xml", "_rels/.rels", "mimetype"] {
        let packed = pack(&[(part, b"<x/>")]);
        assert!(!is_archive(&packed) && !is_archive(&packed[..64]), "{part}");
    }
    assert!(!is_archive(b"PK") && !is_archive(b"") && is_archive(b"PK\x03\x04"));
}

#[test]
fn a_damaged_member_is_named_and_the_others_are_read() {
    let mut packed = pack(&[("a.json", b"{\"one\": 1}"), ("b.json", b"{\"two\": 2}")]);
    // Deflated bytes of the first: the middle of them.
    let at = 30 + "a.json".len() + 4;
    packed[at] ^= 0xFF;
    let found = unpack(&packed).expect("an archive");
    let [Err(unread), Ok(member)] = found.as_slice() else { panic!("{found:?}") };
    assert!(unread.name == "a.json" && matches!(unread.why, Error::Damaged(_)), "{unread:?}");
    assert_eq!((member.name.as_str(), member.bytes.as_slice()), ("b.json", &b"{\"two\": 2}"[..]));
    assert!(unpack(&packed[..packed.len() / 2]).expect_err("cut off").contains("damaged"));
    assert!(unpack(b"{}").is_err());
}

#[test]
fn a_password_is_said() {
    let mut packed = pack(&[("a.json", b"{}")]);
    // The lowest bit of the flags says so, in both headers.
    for (magic, offset) in [(b"PK\x01\x02", 8), (b"PK\x03\x04", 6)] {
        let at = (0..packed.len()).find(|at| packed[*at..].starts_with(magic)).expect("a header");
        packed[at + offset] |= 1;
    }
    let found = why(&packed);
    assert!(found.len() == 1 && found[0].1.contains("password"), "{found:?}");
}

#[test]
fn more_is_not_unpacked_than_stated() {
    let mut packed = pack(&[("a.json", &[b' '; 5000])]);
    state(&mut packed, 5000, 4000);
    assert!(why(&packed)[0].1.contains("larger than stated"));
    let mut packed = pack(&[("a.json", &[b' '; 5000])]);
    state(&mut packed, 5000, 6000);
    assert!(why(&packed)[0].1.contains("not the one stated"));
}

#[test]
fn a_large_member_is_not_unpacked() {
    let mut packed = pack(&[("a.json", &[b' '; 5000]), ("b.json", b"{}")]);
    state(&mut packed, 5000, u32::try_from(limits::DOCUMENT_BYTES + 1).expect("small"));
    let found = why(&packed);
    assert!(found.len() == 1 && found[0].1.contains("this file is larger than 256 MB"), "{found:?}");
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_read_up_to_there() {
    let size = u32::try_from(limits::DOCUMENT_BYTES).expect("small");
    let fit = usize::try_from(limits::ARCHIVE_BYTES).expect("64 bits") / limits::DOCUMENT_BYTES;
    let files: Vec<String> = (0..fit + 2).map(|number| format!("{number:02}.json")).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|name| (name.as_str(), &b"{\"a\": 1}"[..])).collect();
    let mut packed = pack(&files);
    state(&mut packed, 8, size);
    let found = why(&packed);
    let over: Vec<_> = found.iter().filter(|(_, why)| why.contains("the whole archive")).map(|one| &one.0).collect();
    assert_eq!(over, [&format!("{fit:02}.json"), &format!("{:02}.json", fit + 1)]);
    assert_eq!(found.len(), fit + 2);
}

#[test]
fn an_archive_of_too_many_entries_is_refused() {
    let names: Vec<String> = (0..=limits::ARCHIVE_ENTRIES).map(|number| number.to_string()).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert!(unpack(&pack(&files)).expect_err("too many").contains("more than"));
}

#[test]
fn two_files_of_one_name_are_said() {
    let mut packed = pack(&[("a.json", b"1"), ("b.json", b"2")]);
    patch(&mut packed, b"b.json", b"a.json");
    let found = unpack(&packed).expect("an archive");
    let [Ok(member), Err(archive)] = found.as_slice() else { panic!("{found:?}") };
    assert!(member.name == "a.json" && archive.name.is_empty() && archive.why == Error::SameName);
}
