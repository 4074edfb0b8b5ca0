//! The front for Rust programs says what the rooms behind it say.
#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a test may fail and reads its files")]

use std::path::{Path, PathBuf};

use bulou::{Error, Lang, Pack, Settings, Verdict};

fn files(folder: &Path, within: &str, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = format!("{within}{}", path.file_name().expect("a name").to_string_lossy());
        if path.is_dir() {
            files(&path, &format!("{name}/"), found);
        } else {
            found.push((name, std::fs::read(&path).expect("a file")));
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn campus() -> Pack {
    let mut found = Vec::new();
    files(&root().join("rules/campus-safety"), "", &mut found);
    found.push(("calendar/cn.json".into(), std::fs::read(root().join("rules/calendar/cn.json")).expect("a calendar")));
    Pack::load(found, Lang::En).expect("the pack is sound")
}

fn samples() -> Vec<(String, Vec<u8>)> {
    let read = |name: &str| std::fs::read(root().join(format!("tests/samples/{name}.json"))).expect("a sample");
    ["南街小学", "北关小学-有问题", "县幼儿园-未填完"].map(|name| (format!("{name}.json"), read(name))).into()
}

#[test]
fn a_county_in_parts_is_the_county_at_once() {
    let pack = campus();
    let settings = Settings::on("2022-06-28").expect("a day");
    let mut whole = pack.county(&settings).expect("a county");
    let mut merged = pack.county(&settings).expect("a county");
    for (name, bytes) in samples() {
        let report = whole.add(&name, &bytes);
        let alone = pack.checker(&settings).expect("a checker").check(&name, &bytes);
        assert_eq!(serde_json::to_string(&report).ok(), serde_json::to_string(&alone).ok(), "{name}");
        let mut part = pack.county(&settings).expect("a county");
        part.add(&name, &bytes);
        merged.merge(&part.partial().expect("a part")).expect("of the same rules");
    }
    let roster = std::fs::read(root().join("tests/county/全县.json")).expect("the county's document");
    let [whole, merged] = [whole, merged].map(|county| county.finish("全县.json", &roster, None).expect("a report"));
    let whole = serde_json::to_string(&whole).expect("JSON");
    assert_eq!(whole, serde_json::to_string(&merged).expect("JSON"));
    let again = pack.county(&settings).expect("a county").finish("全县.json", &roster, Some(whole.as_bytes()));
    assert!(again.expect("a report").since.is_some());
}

#[test]
fn what_is_refused_says_all_that_is_wrong_in_either_language() {
    let bad = Pack::load([("a.bulou", "规则 r \"乙\" { 要求 好 且 坏 }")], Lang::Zh).expect_err("no header, no data");
    let Error::Pack(found) = &bad else { panic!("{bad:?}") };
    assert!(found.iter().filter(|one| one.error).count() > 1, "{found:?}");
    assert!(bad.lines(Lang::Zh).starts_with("规则集有错误"), "{}", bad.lines(Lang::Zh));

    assert!(matches!(Settings::on("2022-02-30"), Err(Error::Day(_))));
    let pack = campus();
    let settings = Settings::on("2022-06-28").expect("a day").param("没有的参数", "3").param("每日巡查下限", "-5");
    let unfit = pack.checker(&settings).expect_err("neither fits");
    assert_eq!(unfit.lines(Lang::Zh).lines().count(), 2, "{}", unfit.lines(Lang::Zh));
    let mut county = pack.county(&Settings::on("2022-06-28").expect("a day")).expect("a county");
    assert!(matches!(county.merge("{}"), Err(Error::Unfit(_))));
}

#[test]
fn what_cannot_be_read_is_no_pass() {
    let pack = campus();
    let mut checker = pack.checker(&Settings::on("2022-06-28").expect("a day")).expect("a checker");
    for bytes in [&b""[..], b"{", b"[]", b"PK\x03\x04", b"{}"] {
        assert_ne!(checker.check("a.json", bytes).verdict, Verdict::Pass, "{bytes:?}");
    }
}
