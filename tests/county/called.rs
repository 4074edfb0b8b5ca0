//! What documents are called: those of a school's name or code are hers, however documents are named.

use serde_json::{Value, json};

use super::{COUNTY, Folder, county, sample};

const NANJIE: &str = "2141000345";

fn json_of(args: &[&str]) -> Value {
    serde_json::from_slice(&county(&[args, &["--format", "json"]].concat()).stdout).expect("JSON")
}

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
    let sheet = page.split("<article").find(|sheet| sheet.contains(NANJIE)).expect("its letter");
    assert!(sheet.contains("东关小学") && !sheet.contains("尚未收到"), "{sheet}");
}
