//! What documents are called: those of a school's name or code are hers, however documents are named.

use serde_json::{Value, json};

use super::{COUNTY, Folder, county, json_of, sample};

const NANJIE: &str = "2141000345";

#[test]
fn a_file_keeps_its_name_where_lines_are_called_by_what_they_say() {
    let folder = Folder::new("called-by-hash");
    std::fs::create_dir(folder.path("收")).expect("a folder");
    let broken = format!("收/IMG{NANJIE}.json");
    folder.write(&broken, b"{");
    folder.write("收/2141000346.pdf", b"x");
    folder.write("收/第一中学.pdf", b"x");
    folder.write("收/多份.ndjson", format!("{}\n[]\n", sample("北关小学-有问题.json")).as_bytes());
    let part = folder.path("part");
    for args in [&["--name-by", "hash"][..], &[]] {
        county(&[args, &["--partial", "-o", &part, &folder.path("收")]].concat());
        let report = json_of(&["--county", COUNTY, "--merge", &part]);
        let missing = report["schools"]["missing"].as_array().expect("a list").iter();
        let one = missing.clone().find(|one| one["id"] == NANJIE).expect("the school");
        assert_eq!(one["received"], json!([format!("IMG{NANJIE}.json")]), "{args:?}");
        let names = report["schools"]["unreadable"].as_array().expect("a list").iter();
        let names: Vec<&str> = names.map(|one| one["name"].as_str().expect("a name")).collect();
        assert!(names.contains(&"2141000346.pdf") && names.contains(&"第一中学.pdf"), "{args:?}: {names:?}");
        let is_hash = |name: &&str| name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert_eq!(names.iter().any(is_hash), !args.is_empty(), "{names:?}");
    }
}

#[test]
fn a_school_whose_document_bears_another_s_name_is_called_in_a_letter() {
    let folder = Folder::new("called-otherwise");
    let mut document = sample("南街小学.json");
    document["学校"]["名称"] = json!("东关小学");
    folder.write("a.json", document.to_string().as_bytes());
    let letters = folder.path("通知单.html");
    let report = json_of(&["--county", COUNTY, "--notices", &letters, &folder.path("a.json")]);
    let verdict = &report["by_school"][0]["verdict"];
    assert!(verdict == "undetermined" || verdict == "fail", "{verdict}");
    let page = std::fs::read_to_string(&letters).expect("the letters");
    let sheet = page.split("<article").find(|sheet| sheet.contains("南街小学<")).expect("its letter");
    assert!(sheet.contains("校名却写“东关小学”") && !sheet.contains("尚未收到"), "{sheet}");
}

#[test]
fn a_letter_names_what_could_not_be_read_beside_what_was_submitted() {
    let folder = Folder::new("called-besides");
    std::fs::create_dir(folder.path("收")).expect("a folder");
    folder.write("收/a.json", sample("南街小学.json").to_string().as_bytes());
    folder.write(&format!("收/{NANJIE}v2.docx"), b"x");
    folder.write("收/b.json", sample("北关小学-有问题.json").to_string().as_bytes());
    folder.write("收/北关小学补充.docx", b"x");
    let letters = folder.path("通知单.html");
    county(&["--county", COUNTY, "--notices", &letters, &folder.path("收")]);
    let page = std::fs::read_to_string(&letters).expect("the letters");
    for (school, file) in [("南街小学<", "2141000345v2.docx"), ("北关小学<", "北关小学补充.docx")] {
        let sheet = page.split("<article").find(|sheet| sheet.contains(school)).expect("its letter");
        assert!(sheet.contains("另收到可能是你校的文件 1 份") && sheet.contains(file), "{school}: {sheet}");
    }
}

#[test]
fn a_code_in_the_county_s_own_lists_that_is_on_no_roster_leaves_the_county_open() {
    let folder = Folder::new("called-nowhere");
    let county_of = |code: &str| {
        let mut own: Value = serde_json::from_slice(&std::fs::read(COUNTY).expect("a file")).expect("JSON");
        own["盯办"] = json!([{"标识码": code}]);
        folder.write("全县.json", own.to_string().as_bytes());
        json_of(&["--county", &folder.path("全县.json"), "tests/samples"])
    };
    let code = |report: &Value| report["structure"].to_string().contains("D071");
    let (right, wrong) = (county_of("2141000346"), county_of("2141000364"));
    assert_eq!((code(&right), code(&wrong)), (false, true));
    assert_ne!(wrong["verdict"], "pass");
    assert_ne!(wrong["verdict"], "pending");
}
