//! A school's code is one code however it is typed: on the roster, in documents, parts, waivers, earlier reports, names of
//! files and files that cannot be read.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{COUNTY, Folder, county, json_of, sample};

const NANJIE: &str = "2141000345";
/// The same to whoever reads it.
const TYPED: [&str; 4] =
    ["２１４１０００３４５", " 2141000345\u{3000}", "2141\u{200B}000345", "\u{FEFF}21410003４5\u{A0}"];

fn own(folder: &Folder, code: &str) -> String {
    let text =
        std::fs::read_to_string(COUNTY).expect("a file").replace(&format!("\"{NANJIE}\""), &format!("\"{code}\""));
    folder.write("全县.json", text.as_bytes());
    folder.path("全县.json")
}

fn missing(report: &Value) -> BTreeSet<&str> {
    let missing = report["schools"]["missing"].as_array().expect("a list");
    missing.iter().map(|one| one["id"].as_str().expect("an id")).collect()
}

#[test]
fn the_roster_and_documents_agree_however_a_code_is_typed() {
    for (number, code) in TYPED.into_iter().enumerate() {
        let folder = Folder::new(&format!("typed-{number}"));
        let mut document = sample("南街小学.json");
        let plain = json_of(&["--county", &own(&folder, code), "tests/samples/南街小学.json"]);
        document["学校"]["标识码"] = json!(code);
        folder.write("a.json", document.to_string().as_bytes());
        let typed = json_of(&["--county", COUNTY, &folder.path("a.json")]);
        for report in [&plain, &typed] {
            assert!(!missing(report).contains(NANJIE), "{code:?}");
            assert_eq!(report["by_school"][0]["id"], NANJIE, "{code:?}");
            for list in ["unknown", "misnamed"] {
                assert_eq!(report["schools"][list], json!([]), "{code:?} {list}");
            }
        }
        assert_eq!(plain["by_school"], json_of(&["--county", COUNTY, "tests/samples/南街小学.json"])["by_school"]);
        // One school, and two documents of it that differ.
        let both = json_of(&["--county", COUNTY, "tests/samples/南街小学.json", &folder.path("a.json")]);
        assert_eq!(both["by_school"].as_array().map(Vec::len), Some(1), "{code:?}");
        assert_eq!(both["schools"]["conflict"][0]["id"], NANJIE, "{code:?}");
    }
}

#[test]
fn a_part_that_another_program_wrote_merges_into_the_same_school() {
    let folder = Folder::new("typed-part");
    let part = String::from_utf8(county(&["--partial", "tests/samples/南街小学.json"]).stdout).expect("UTF-8");
    for code in TYPED {
        folder.write("part.json", part.replace(&format!("\"{NANJIE}\":"), &format!("\"{code}\":")).as_bytes());
        let merged = json_of(&["--county", COUNTY, "--merge", &folder.path("part.json")]);
        assert_eq!(
            (missing(&merged).contains(NANJIE), &merged["by_school"][0]["id"]),
            (false, &json!(NANJIE)),
            "{code:?}"
        );
        assert_eq!(merged["schools"]["unknown"], json!([]), "{code:?}");
    }
}

#[test]
fn waivers_and_earlier_reports_speak_of_the_same_school() {
    let folder = Folder::new("typed-given");
    let rule = "部位每天巡查";
    let waiver = |code: &str| json!({"标识码": code, "规则": rule, "自": "2022-06-01", "至": "2022-12-31", "理由": "整修", "批准": "县教体局"});
    let args = ["--county", COUNTY, "tests/samples/北关小学-有问题.json", "--param", "每日巡查下限=7"];
    let before = county(&[&args[..2], &["--format", "json"]].concat()).stdout;
    let before = String::from_utf8(before).expect("UTF-8");
    for code in TYPED {
        folder.write("w.json", json!([waiver(code)]).to_string().as_bytes());
        let with = |args: &[&str]| county(&[&["--county", COUNTY, "tests/samples/南街小学.json"], args].concat());
        let output = with(&["--waivers", &folder.path("w.json"), "--format", "csv", "--param", "每日巡查下限=7"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && said.is_empty(), "{code:?}: {said}");
        folder.write("w.json", json!([waiver(NANJIE), waiver(code)]).to_string().as_bytes());
        let said = with(&["--waivers", &folder.path("w.json")]).stderr;
        assert!(String::from_utf8_lossy(&said).contains("只留一条"), "{code:?}");
        folder.write("before.json", before.replace(&format!("\"{NANJIE}\""), &format!("\"{code}\"")).as_bytes());
        let again = json_of(&["--county", COUNTY, args[2], "--previous", &folder.path("before.json")]);
        let again = again["since"]["missing_again"].to_string();
        assert!(again.contains(NANJIE), "{code:?}: {again}");
    }
}

#[test]
fn a_file_that_cannot_be_read_stands_beside_its_school_however_it_is_named() {
    for (number, code) in TYPED.into_iter().enumerate() {
        let folder = Folder::new(&format!("typed-unread-{number}"));
        std::fs::create_dir(folder.path("收")).expect("a folder");
        folder.write(&format!("收/{code}.docx"), b"PK");
        folder.write("收/b.json", format!("{{\"学校\": {{\"标识码\": \"{code}\", ").as_bytes());
        let report = json_of(&["--county", COUNTY, &folder.path("收")]);
        let missing = report["schools"]["missing"].as_array().expect("a list").iter();
        let one = missing.clone().find(|one| one["id"] == NANJIE).expect("the school");
        let received = one["received"].as_array().expect("files").iter().map(|name| name.as_str().expect("a name"));
        let received: BTreeSet<&str> = received.collect();
        assert_eq!(received, BTreeSet::from(["b.json", format!("{code}.docx").as_str()]), "{code:?}");
    }
}
