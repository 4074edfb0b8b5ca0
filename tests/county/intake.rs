//! What comes in: folders as they are, archives, files that are no documents. Every one is accounted for.

use std::io::{Cursor, Write as _};
use std::process::Command;

use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{COUNTY, Folder, county, report, school};

fn pack(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

/// The archive as Windows in Chinese names its files; the names here are as long in both encodings.
fn windows(mut packed: Vec<u8>, name: &str, stand_in: &str) -> Vec<u8> {
    let (encoded, _, _) = encoding_rs::GB18030.encode(name);
    assert_eq!(encoded.len(), stand_in.len());
    for at in 0..packed.len() - stand_in.len() {
        if packed[at..].starts_with(stand_in.as_bytes()) {
            packed[at..at + encoded.len()].copy_from_slice(&encoded);
        }
    }
    packed
}

/// Name and message of everything that could not be read.
fn unreadable(report: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let list = report["schools"]["unreadable"].as_array().expect("a list");
    list.iter().map(|one| (text(&one["name"]), text(&one["message"]))).collect()
}

fn reports_of_check(path: &str) -> Vec<Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_bulou"))
        .args(["check", "--as-of", "2022-06-28", "--format", "json", path])
        .output()
        .expect("the program runs");
    serde_json::from_slice(&output.stdout).expect("an array")
}

#[test]
fn an_archive_is_its_files() {
    let folder = Folder::new("archive");
    let documents: Vec<String> = (0..6).map(|number| school(number).to_string()).collect();
    let lines = documents[4..].join("\n");
    let packed = pack(&[
        ("ABCDEF/z.json", documents[0].as_bytes()),
        ("ABCDEF/a.json", documents[1].as_bytes()),
        ("__MACOSX/ABCDEF/._a.json", b"\0\x05\x16\x07\0\x02\0\0Mac OS X"),
        ("b.json", documents[2].as_bytes()),
        ("more.zip", &pack(&[("c.json", documents[3].as_bytes())])),
        ("rest.ndjson", lines.as_bytes()),
    ]);
    folder.write("收表.zip", &windows(packed, "城关镇", "ABCDEF"));
    let whole = report(&[&folder.path("收表.zip")]);
    let ids: Vec<_> = whole["by_school"].as_array().expect("schools").iter().map(|one| one["id"].clone()).collect();
    assert_eq!(ids, ["2141000000", "2141000001", "2141000002", "2141000004", "2141000005"]);
    assert_eq!(unreadable(&whole).len(), 1, "an archive in an archive");
    assert!(unreadable(&whole)[0].1.contains("ZIP 压缩包"), "{:?}", unreadable(&whole));
    assert_eq!(report(&[&folder.path("")]), whole);
    let reports = reports_of_check(&folder.path(""));
    let names: Vec<_> = reports.iter().map(|one| one["document"]["name"].as_str().expect("a name")).collect();
    let expected = ["b.json", "more.zip", "rest.ndjson:1", "rest.ndjson:2", "城关镇/a.json", "城关镇/z.json"];
    assert_eq!(names, expected.map(|name| format!("收表.zip/{name}")));
}

#[test]
fn what_is_damaged_in_an_archive_is_named_and_the_rest_counts() {
    let folder = Folder::new("damaged");
    let document = school(1).to_string();
    let mut packed = pack(&[("坏.json", document.as_bytes()), ("好.json", document.as_bytes())]);
    packed[80] ^= 0xFF;
    folder.write("a.zip", &packed);
    folder.write("b.zip", &packed[..packed.len() / 2]);
    let report = report(&[&folder.path("")]);
    let unreadable = unreadable(&report);
    let names: Vec<&str> = unreadable.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a.zip/坏.json", "b.zip"]);
    assert!(unreadable.iter().all(|(_, why)| why.contains("坏了")), "{unreadable:?}");
    assert_eq!(report["by_school"].as_array().map(Vec::len), Some(1));
}

#[test]
fn every_file_of_a_folder_counts_and_says_what_it_is() {
    let folder = Folder::new("kinds");
    let old =
        [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 64], b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"];
    std::fs::create_dir_all(folder.path("城关镇/一")).expect("a folder");
    std::fs::create_dir_all(folder.path("东乡")).expect("a folder");
    let kinds: [(&str, &[u8], &str); 15] = [
        ("城关镇/一/空.json", b"", "空的"),
        ("东乡/空.json", b"", "空的"),
        ("a.doc", &old.concat(), "旧格式的 Word 文件"),
        ("b.docx", &pack(&[("word/document.xml", b"<x/>")]), "Word 文件"),
        ("c.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF", "图片"),
        ("d.json", b"\xFF\xFE{\0}\0", "UTF-16"),
        ("e.json", b"{\"\xff", "UTF-8"),
        ("f.bz2", b"BZh91AY&SY\xA5\xC0", "bzip2"),
        ("f.lzma", b"\x5D\0\0\x80\0\xFF\xFF", "lzma"),
        ("f.xz", b"\xFD7zXZ\0\0\x04", "xz"),
        ("f.zst", b"\x28\xB5\x2F\xFD\x24\x02", "zstd"),
        ("g.json", b"\xFF\xFE\0\0{\0\0\0", "UTF-32"),
        ("h.json", b"\0\0\0{\0\0\0}", "UTF-32"),
        ("i.json", &[0; 4096], "全是零"),
        ("notes.txt", "会议记录".as_bytes(), "文字或表格"),
    ];
    for (name, bytes, _) in kinds {
        folder.write(name, bytes);
    }
    let litter: [(&str, &[u8]); 5] = [
        ("Thumbs.db", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        ("desktop.ini", b"[.ShellClassInfo]"),
        (".hidden", b"x"),
        ("~$a.doc", b"x"),
        ("城关镇/.DS_Store", b"\0\0\0\x01Bud1"),
    ];
    litter.iter().for_each(|(name, bytes)| folder.write(name, bytes));
    folder.write("good.JSON", school(1).to_string().as_bytes());
    let fifo = Command::new("mkfifo").arg(folder.path("pipe")).status();
    let report = report(&[&folder.path("")]);
    let mut unreadable = unreadable(&report);
    if fifo.is_ok_and(|status| status.success()) {
        let pipe = unreadable.iter().position(|(name, _)| name == "pipe").expect("the pipe is named, not opened");
        unreadable.remove(pipe);
    }
    let mut expected = kinds.to_vec();
    expected.sort_by_key(|(name, ..)| *name);
    assert_eq!(unreadable.len(), expected.len(), "{unreadable:?}");
    for ((name, message), (expected, _, why)) in unreadable.iter().zip(&expected) {
        assert!(name == expected && message.contains(why), "{name}: {message}");
    }
    assert_eq!(report["by_school"].as_array().map(Vec::len), Some(1));
    assert_eq!(reports_of_check(&folder.path("")).len(), expected.len() + 2, "check takes a folder likewise");
}

#[test]
fn two_unreadable_files_of_one_name_are_two() {
    let folder = Folder::new("same-name");
    for town in ["a", "b"] {
        std::fs::create_dir_all(folder.path(town)).expect("a folder");
        folder.write(&format!("{town}/x.json"), b"");
    }
    let report = report(&[&folder.path("a"), &folder.path("b")]);
    assert_eq!(unreadable(&report).len(), 2);
}

#[test]
fn what_the_command_itself_reads_and_writes_is_no_submission() {
    let folder = Folder::new("apart");
    folder.write("a.json", school(1).to_string().as_bytes());
    folder.write("全县.json", &std::fs::read(COUNTY).expect("the county's document"));
    let out = folder.path("报告.json");
    for _ in 0..2 {
        let args = ["--county", &folder.path("全县.json"), "--format", "json", "-o", &out, &folder.path("")];
        county(&args);
        let report: Value = serde_json::from_slice(&std::fs::read(&out).expect("a report")).expect("JSON");
        assert_eq!(report["schools"]["unreadable"], json!([]));
        assert_eq!(report["by_school"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn a_file_that_cannot_be_opened_is_said_and_the_others_are_read() {
    let folder = Folder::new("missing");
    folder.write("a.json", school(1).to_string().as_bytes());
    let args = ["--county", COUNTY, "--format", "json", &folder.path("没有.json"), &folder.path("a.json")];
    let output = county(&args);
    assert_eq!(output.status.code(), Some(2));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let [(name, why)] = &unreadable(&report)[..] else { panic!("{report}") };
    assert!(name == "没有.json" && why.contains("没有这个文件"), "{name}: {why}");
    assert_eq!(report["by_school"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_line_without_end_does_not_stop_the_next() {
    let folder = Folder::new("line");
    let path = folder.path("lines.ndjson");
    let mut file = std::fs::File::create(&path).expect("a file");
    file.set_len(bulou_base::limits::DOCUMENT_BYTES as u64 + 10).expect("a sparse file");
    std::io::Seek::seek(&mut file, std::io::SeekFrom::End(0)).expect("its end");
    writeln!(file, "\n{}", school(1)).expect("written");
    let report = report(&[&path]);
    let [(name, why)] = &unreadable(&report)[..] else { panic!("{:?}", unreadable(&report)) };
    assert!(name == "lines.ndjson:1" && why.contains("超过 256 MB"), "{name}: {why}");
    assert_eq!(report["by_school"].as_array().map(Vec::len), Some(1));
}

#[test]
fn what_a_school_calls_itself_never_commands_a_terminal_or_begins_a_line() {
    let folder = Folder::new("terminal");
    let mut document = school(7);
    document["学校"]["名称"] = json!("\u{1b}]0;x\u{7}东关\n  合格 东关小学\u{202e}");
    folder.write("a.json", document.to_string().as_bytes());
    let output = county(&["--county", COUNTY, "--all", &folder.path("")]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.contains("\u{fffd}]0;x\u{fffd}东关\u{fffd}  合格 东关小学\u{fffd}"), "{text}");
    assert!(!text.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202e}')), "{text}");
}
