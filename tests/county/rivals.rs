//! Several documents of a school of which one cannot be believed, and rows of the roster that are no schools.

use serde_json::{Value, json};

use super::{COUNTY, Folder, county, report, sample};

const ID: &str = "2141000345";

fn document(edition: i64, changes: &[(&str, Value)]) -> Vec<u8> {
    let mut document = sample("南街小学.json");
    document["填报"]["版次"] = json!(edition);
    for (pointer, value) in changes {
        *document.pointer_mut(pointer).expect("a place") = value.clone();
    }
    document.to_string().into_bytes()
}

/// Which kinds of trouble a school has in a folder of these documents.
fn troubles(name: &str, documents: &[Vec<u8>]) -> Vec<String> {
    let folder = Folder::new(name);
    documents.iter().enumerate().for_each(|(at, bytes)| folder.write(&format!("{at}.json"), bytes));
    let report = report(&[&folder.path("")]);
    let schools = report["schools"].as_object().expect("lists");
    let names = ["conflict", "duplicate", "undated"].into_iter();
    let has = |kind: &&str| schools[*kind].as_array().expect("a list").iter().any(|one| one["id"] == ID);
    names.filter(has).map(str::to_owned).collect()
}

#[test]
fn a_corrected_document_ends_the_conflict_with_one_that_contradicts_its_own_day() {
    // It tells of days after its own: nobody knows of which day it is, but of none before those.
    let early = document(1, &[("/填报/日期", json!("2022-06-25"))]);
    let undated = document(1, &[("/填报/日期", json!(null))]);
    for other in [&early, &undated] {
        assert_eq!(troubles("rival", std::slice::from_ref(other)), ["undated"]);
        for (edition, wanted) in [(9, "duplicate"), (1, "conflict"), (0, "conflict")] {
            let corrected = document(edition, &[]);
            assert_eq!(troubles("rival", &[other.clone(), corrected.clone()]), [wanted], "{edition}");
            assert_eq!(troubles("rival", &[corrected, other.clone()]), [wanted], "{edition}");
        }
    }
    // What a later one says does not follow from an earlier day, whatever its number.
    let later = document(1, &[("/填报/日期", json!(null)), ("/研判/0/日期", json!("2022-06-28"))]);
    let mut before = sample("南街小学.json");
    before["填报"] = json!({"日期": "2022-06-27", "版次": 9, "填报人": "王明", "审核人": "李强"});
    assert!(troubles("rival", &[later, before.to_string().into_bytes()]).contains(&"conflict".to_owned()));
}

#[test]
fn each_document_in_conflict_tells_of_itself() {
    let folder = Folder::new("told");
    folder.write("a.json", &document(1, &[]));
    folder.write("b.json", &document(1, &[("/规则集", json!("campus-safety@2021.1.1"))]));
    let report = report(&[&folder.path("")]);
    let told = report["schools"]["told"].as_array().expect("a list");
    let of_school: Vec<&Value> = told.iter().filter(|one| one["id"] == ID).collect();
    assert_eq!(of_school.len(), 1, "{told:?}");
    assert_eq!(of_school[0]["file"], "b.json");
}

#[test]
fn a_letter_about_a_conflict_orders_only_what_all_documents_lack() {
    let folder = Folder::new("letters");
    folder.write("a.json", &document(1, &[]));
    let mut other = sample("北关小学-有问题.json");
    other["学校"]["标识码"] = json!(ID);
    other["填报"]["日期"] = json!("2022-06-28");
    folder.write("b.json", other.to_string().as_bytes());
    let letters = folder.path("letters.html");
    county(&["--county", COUNTY, &folder.path("a.json"), &folder.path("b.json"), "--notices", &letters]);
    let letters = std::fs::read_to_string(letters).expect("letters");
    let own = letters.split("<article>").find(|letter| letter.contains(ID)).expect("a letter");
    assert!(!own.contains("现予督办"), "the sound one has done all of it");
    assert!(own.contains("几份表说法不一") && own.contains("a.json") && own.contains("b.json"));
}

#[test]
fn sums_and_footers_of_a_roster_are_no_schools() {
    for (id, name) in
        [("合计", "14所"), ("合计", "15"), ("共14所", ""), ("制表人:张三", ""), ("5", "合计"), ("本页小计", "5所")]
    {
        let folder = Folder::new("footer");
        let mut own: Value = serde_json::from_slice(&std::fs::read(COUNTY).expect("a file")).expect("JSON");
        let before = own["名册"].as_array().expect("a roster").len();
        own["名册"].as_array_mut().expect("a roster").push(json!({"标识码": id, "名称": name}));
        folder.write("全县.json", own.to_string().as_bytes());
        let args = ["--county", &folder.path("全县.json"), "tests/samples", "--format", "json"];
        let report: Value = serde_json::from_slice(&county(&args).stdout).expect("JSON");
        assert_eq!(report["schools"]["expected"], before, "{id} {name}");
        let missing = report["schools"]["missing"].as_array().expect("a list");
        assert!(missing.iter().all(|one| one["id"] != id), "{id} {name}");
        let told = report["structure"].as_array().expect("a list");
        let words = if name.is_empty() { id } else { name };
        let asked =
            |one: &Value| one["code"] == "D070" && one["message"].as_str().is_some_and(|text| text.contains(words));
        assert!(told.iter().any(asked), "{id} {name}: {told:?}");
    }
}
