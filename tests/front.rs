//! The front for Rust programs says what the rooms behind it say.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test may fail and reads its files"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use bulou::files::{self as disk, Document, Documents};
use bulou::{Error, Lang, LocalizedText, Pack, Settings, Verdict};

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
    assert!(matches!(unfit, Error::Unfit(unfit) if unfit.params.len() == 2 && unfit.waivers.is_empty()));
    let mut county = pack.county(&Settings::on("2022-06-28").expect("a day")).expect("a county");
    assert!(matches!(county.merge("{}"), Err(Error::County(_))));
}

#[test]
fn what_cannot_be_read_is_no_pass() {
    let pack = campus();
    let mut checker = pack.checker(&Settings::on("2022-06-28").expect("a day")).expect("a checker");
    for bytes in [&b""[..], b"{", b"[]", b"PK\x03\x04", b"{}"] {
        assert_ne!(checker.check("a.json", bytes).verdict, Verdict::Pass, "{bytes:?}");
    }
}

#[test]
fn documents_of_disk_and_memory_keep_their_order_on_any_number_of_threads() {
    let pack = Pack::load(disk::pack(None, Lang::En).expect("the embedded pack"), Lang::En).expect("it is sound");
    assert_eq!(pack.info().id, campus().info().id);
    assert!(pack.cases().cases.iter().all(|case| case.mismatches.is_empty()));
    let settings = Settings::on("2022-06-28").expect("a day").lang(Lang::En);
    let mut read = Documents::new(&[root().join("tests/samples")], false).expect("a folder");
    let mut documents = read.round();
    assert!(read.several() && read.round().is_empty() && documents.len() == samples().len());
    documents.push(Document::unread("c.json", LocalizedText::new("没有", "there is none")));
    documents.push(Document::of("d.json", b"{".to_vec()).called("e.json"));
    let json = |threads| {
        let each = pack.each(&documents, &settings, threads, &|checker, document| {
            serde_json::to_string(&checker.check_document(document)).expect("JSON")
        });
        each.expect("the settings fit")
    };
    let expected = json(1);
    assert_eq!(expected.len(), documents.len());
    for (report, document) in expected.iter().zip(&documents) {
        let name = serde_json::to_string(document.name()).expect("JSON");
        assert!(report.contains(&format!("\"name\":{name}")), "{report}");
    }
    for threads in [0, 2, 3, 9] {
        assert_eq!(json(threads), expected);
    }
    let last = pack.each(&documents, &settings, 2, &|checker, document| checker.check_document(document).verdict);
    let last = last.expect("the settings fit");
    assert!(last.iter().rev().take(2).all(|verdict| *verdict == Verdict::Undetermined), "{last:?}");
}

#[test]
fn a_county_on_several_threads_is_the_county_on_one() {
    let pack = campus();
    let settings = Settings::on("2022-06-28").expect("a day");
    let mut documents: Vec<_> = samples().into_iter().map(|(name, bytes)| Document::of(&name, bytes)).collect();
    // A document in memory has no file that it could be read from again, whatever it is called.
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("x.json");
    std::fs::copy(root().join("tests/samples/南街小学.json"), &file).expect("a copy");
    documents.push(Document::unread(&file.display().to_string(), LocalizedText::new("没有", "there is none")));
    let roster = std::fs::read(root().join("tests/county/全县.json")).expect("the county's document");
    let roster = Document::of("全县.json", roster);
    let mut one = pack.county(&settings).expect("a county");
    documents.iter().for_each(|document| drop(one.add_document(document)));
    let mut several = pack.county(&settings).expect("a county");
    several.add_documents(&documents, 3).expect("not too many");
    let mut read = bulou::Part::read(&one.partial().expect("a part")).expect("its own");
    read.merge(several.into_part()).expect("of the same rules");
    let mut merged = pack.county(&settings).expect("a county");
    merged.add_part(read).expect("of the same rules");
    let [one, merged] = [one, merged].map(|county| county.finish_document(&roster, None).expect("a report"));
    assert_eq!(serde_json::to_string(&one).ok(), serde_json::to_string(&merged).ok());
    let unread = &one.schools.unreadable;
    assert!(unread.iter().all(|file| file.schools.is_empty()) && unread.len() == 1, "{unread:?}");
    assert!(one.schools.submitted >= 3);
    let gone = Document::unread("全县.json", LocalizedText::new("没有", "there is none"));
    assert!(matches!(pack.county(&settings).expect("a county").finish_document(&gone, None), Err(Error::Unread(_))));
}

/// The sentences of the group, each with the names of what stands in it.
fn catalogue() -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(root().join("src/messages/texts/zh.ftl")).expect("the catalogue");
    let group = text.split("\n## ").find(|group| group.starts_with("reasons:")).expect("the group");
    let names = |sentence: &str| {
        let parts = sentence.split("{ $").skip(1).filter_map(|part| part.split_once(" }"));
        parts.map(|(name, _)| name.to_owned()).collect()
    };
    let lines = group.lines().filter_map(|line| line.split_once(" = "));
    lines.map(|(key, sentence)| (key.to_owned(), names(sentence))).collect()
}

/// The reasons of all findings about the samples.
fn reasons(lang: Lang) -> Vec<serde_json::Value> {
    let pack = campus();
    let mut checker = pack.checker(&Settings::on("2022-06-28").expect("a day").lang(lang)).expect("the settings fit");
    let reports = samples().into_iter().map(|(name, bytes)| checker.check(&name, &bytes));
    let rules = reports.flat_map(|report| report.rules).flat_map(|rule| rule.findings);
    let reasons = rules.flat_map(|finding| finding.reasons);
    reasons.map(|reason| serde_json::to_value(reason).expect("JSON")).collect()
}

#[test]
fn each_reason_is_of_the_catalogue_and_has_what_it_names() {
    let catalogue = catalogue();
    let mut met = BTreeSet::new();
    for reason in reasons(Lang::Zh) {
        let code = reason["code"].as_str().expect("a code");
        let named = catalogue.get(code).unwrap_or_else(|| panic!("{code} is no sentence"));
        let arguments = reason["arguments"].as_object().expect("arguments");
        // What is about no element of a list has no item, and a field's note may tell whose it is.
        let missing = named.iter().filter(|name| *name != "item" && !arguments.contains_key(*name));
        assert_eq!(missing.count(), 0, "{reason}");
        assert!(arguments.keys().all(|name| named.contains(name) || name == "item"), "{reason}");
        met.insert(code.to_owned());
    }
    assert!(met.len() > 4, "{met:?}");
}

#[test]
fn a_reason_is_the_same_in_all_languages() {
    let codes = |lang| reasons(lang).into_iter().map(|reason| reason["code"].clone()).collect::<Vec<_>>();
    assert_eq!(codes(Lang::Zh), codes(Lang::En));
}
