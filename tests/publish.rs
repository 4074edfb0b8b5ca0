//! Publishing a pack and accepting it, through the library: what is signed, and every reason to refuse.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail")]

mod publish_support;

use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::publication_codes::PublicationCode;
use bulou_pack::Files;
use bulou_pack::cases::Lacks;
use bulou_pack::publish::{Engine, Obstacles, Publication, Received, Refusal, authentic, prepare, unbundle, verify};
use publish_support::bureau::{Change, Folder, day, keys, line};
use publish_support::pack;

fn said(outcome: Result<Folder, Vec<LocalizedText>>) -> String {
    LocalizedText::lines(&outcome.err().expect("a refusal to publish"), Lang::Zh)
}

#[test]
fn what_was_published_is_accepted_and_loads_as_the_same_pack() {
    let pack = pack("1.0", 3);
    let folder = Folder::new(&pack, Some(r#"{"会议日期": "2022-06-23"}"#));
    let accepted = folder.verify(None, "2022-07-01").expect("accepted");
    assert_eq!(accepted.serial, 1);
    assert_eq!(folder.verify(Some(&accepted), "2022-12-31").expect("accepted again"), accepted);

    let edition = folder.prepared.index.newest("demo").expect("the pack").clone();
    assert_eq!(edition.bundle, "demo-1.0.bulou.json");
    assert_eq!(edition.effective_from.as_deref(), Some("2022-06-24"));
    let files = unbundle(&folder.files[&edition.bundle]).expect("a bundle");
    assert!(files.0.keys().eq(["rules.bulou", "source/meeting.txt"].iter()), "cases stay at home");
    let rules = bulou_pack::load(&files).rules.expect("it compiles");
    assert_eq!(rules.pack.sha256, edition.sha256);
    assert!(folder.files.contains_key("demo.参数.json") && folder.files.contains_key("demo.豁免.json"));
    assert_eq!(folder.prepared.comment, "bulou serial:1 published:2022-07-01 expires:2022-12-31 pack:demo@1.0");
}

#[test]
fn a_pack_without_cases_is_not_published_and_a_rule_without_one_is_named() {
    let mut bare = pack("1.0", 3);
    bare.0.remove("cases/demo.json");
    let refused = said(Folder::started(&bare));
    assert!(refused.contains("规则集没有案例"), "{refused}");
    let folder = Folder::new(&pack("1.0", 3), None);
    assert_eq!(folder.prepared.uncovered, [("三日摸底".to_owned(), Lacks::Fail)]);
}

#[test]
fn several_packs_and_none_chosen_is_said() {
    let several = Refusal::OtherPack(String::new(), "bus, demo".to_owned()).words();
    assert!(several.zh.contains("--pack-id") && !several.zh.contains("``"), "{several:?}");
    assert!(several.en.contains("bus, demo") && !several.en.contains("``"), "{several:?}");
}

#[test]
fn only_what_the_pack_consists_of_is_published() {
    let mut beside = pack("1.0", 3);
    for name in ["bureau.key", "图.png", "README.md", "旧稿.txt", "source/另一篇.txt", "calendar/cn.json"] {
        beside.0.insert(name.into(), "草稿".into());
    }
    let bureau = keys();
    let publish = |files: &Files| Folder::first(files, Change { keys: Some(&bureau), ..Change::default() });
    let (with, without) = (publish(&beside), publish(&pack("1.0", 3)));
    assert_eq!(with.prepared.bytes, without.prepared.bytes);
    assert_eq!(with.files, without.files);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let bureau = keys();
    let publish = || Folder::first(&pack("1.0", 3), Change { keys: Some(&bureau), ..Change::default() });
    let (one, two) = (publish(), publish());
    assert_eq!(one.prepared.bytes, two.prepared.bytes);
}

#[test]
fn a_signature_is_needed_from_the_trusted_key_over_these_bytes() {
    let folder = Folder::new(&pack("1.0", 3), None);
    let index = folder.prepared.bytes.as_slice();
    let refused =
        |signature: Option<&[u8]>, key: &str, index: &[u8]| authentic(index, signature, key).expect_err("refused");
    assert_eq!(refused(None, &folder.public, index), Refusal::NoSignature);
    assert_eq!(refused(Some(b"hello"), &folder.public, index), Refusal::SignatureUnreadable);
    for tail in ["evil\n", "\nx\n", &String::from_utf8_lossy(&folder.signature)] {
        let longer = [&folder.signature[..], tail.as_bytes()].concat();
        assert_eq!(refused(Some(&longer), &folder.public, index), Refusal::SignatureUnreadable, "{tail:?}");
    }
    assert_eq!(refused(Some(&folder.signature), "hello", index), Refusal::KeyUnreadable);
    let other = Folder::new(&pack("1.0", 3), None);
    assert_eq!(refused(Some(&folder.signature), &other.public, index), Refusal::OtherKey);
    let altered = String::from_utf8_lossy(index).replace("\"serial\": 1", "\"serial\": 2");
    assert_eq!(refused(Some(&folder.signature), &folder.public, altered.as_bytes()), Refusal::WrongSignature);
    let comment = String::from_utf8_lossy(&folder.signature).replace("expires:2022", "expires:2032");
    assert_eq!(refused(Some(comment.as_bytes()), &folder.public, index), Refusal::WrongSignature);
    let file = folder.keys.pk.to_box().expect("a key").into_string();
    assert!(file.lines().count() == 2 && authentic(index, Some(&folder.signature), &file).is_ok(), "a whole key file");
    assert!(authentic(index, Some(&folder.signature), &folder.public).is_ok(), "its second line alone");
}

#[test]
fn an_index_that_is_cut_off_or_of_another_format_says_so() {
    let folder = Folder::new(&pack("1.0", 3), None);
    let half = &folder.prepared.bytes[..folder.prepared.bytes.len() / 2];
    assert_eq!(authentic(half, Some(&folder.signature), &folder.public).expect_err("refused"), Refusal::Truncated);
    assert_eq!(folder.signed(half.to_vec(), "test").refusal(), Refusal::Truncated);
    assert!(matches!(folder.signed(b"[]".to_vec(), "test").refusal(), Refusal::Unreadable(_)));
    assert_eq!(folder.with(|index| index.format_version = 3).refusal(), Refusal::UnknownFormat(3));
    assert!(matches!(folder.with(|index| index.format = "other".into()).refusal(), Refusal::Unreadable(_)));
    assert!(matches!(folder.with(|index| index.serial = 5).refusal(), Refusal::Unreadable(_)));
    let outside = folder.with(|index| {
        let info = index.files.values().next().expect("a file").clone();
        index.files.insert("../x.json".into(), info);
    });
    assert_eq!(outside.refusal(), Refusal::BadName("../x.json".into()));
}

#[test]
fn an_index_is_valid_from_its_first_to_its_last_day() {
    let folder = Folder::new(&pack("1.0", 3), None);
    assert_eq!(folder.verify(None, "2022-06-30"), Err(Refusal::NotYetValid(day("2022-07-01"))));
    assert!(folder.verify(None, "2022-07-01").is_ok() && folder.verify(None, "2022-12-31").is_ok());
    assert_eq!(folder.verify(None, "2023-01-01"), Err(Refusal::Expired(day("2022-12-31"))));
}

#[test]
fn a_newer_program_is_asked_for() {
    let folder = Folder::new(&pack("1.0", 3), None);
    let newer = folder.with(|index| index.packs[0].engine.bulou = "99.0.0".into());
    assert_eq!(newer.refusal(), Refusal::NeedsEngine("demo".into(), "99.0.0".into(), 1));
    assert!(matches!(folder.with(|index| index.packs[0].engine.language = 9).refusal(), Refusal::NeedsEngine(..)));
    assert!(matches!(
        folder.with(|index| index.packs[0].engine.bulou = "new".into()).refusal(),
        Refusal::NeedsEngine(..)
    ));
}

#[test]
fn every_file_must_be_there_and_be_the_one_that_was_published() {
    let folder = Folder::new(&pack("1.0", 3), Some("{}"));
    for name in folder.files.keys() {
        let mut missing = folder.clone();
        missing.files.remove(name);
        assert_eq!(missing.refusal(), Refusal::MissingFile(name.clone()));
        let mut altered = folder.clone();
        altered.files.get_mut(name).expect("the file").push(b' ');
        assert_eq!(altered.refusal(), Refusal::AlteredFile(name.clone()));
    }
    let next = folder.then(&pack("1.1", 5), None).expect("a newer version");
    let mut swapped = next.clone();
    let (old, new) = ("demo-1.0.bulou.json".to_owned(), "demo-1.1.bulou.json".to_owned());
    let bytes = (swapped.files[&old].clone(), swapped.files[&new].clone());
    swapped.files.extend([(old.clone(), bytes.1), (new.clone(), bytes.0)]);
    assert_eq!(swapped.refusal(), Refusal::Swapped(old, new));
    let mislabelled = next.with(|index| index.packs[0].sha256 = "0".repeat(64));
    assert_eq!(mislabelled.refusal(), Refusal::AlteredFile("demo-1.0.bulou.json".into()));
}

#[test]
fn replaced_versions_may_be_absent_only_where_the_caller_says_so() {
    let first = Folder::new(&pack("1.0", 3), None);
    let mut next = first.then(&pack("1.1", 5), None).expect("a newer version");
    next.files.remove("demo-1.0.bulou.json");
    assert_eq!(next.refusal(), Refusal::MissingFile("demo-1.0.bulou.json".into()));
    let received = Received {
        index: &next.prepared.bytes,
        signature: Some(&next.signature),
        files: &next.files,
        newest_only: true,
    };
    assert!(verify(received, &next.public, None, day("2022-07-20"), &Engine::current()).is_ok());
}

#[test]
fn going_back_and_forking_are_noticed() {
    let first = Folder::new(&pack("1.0", 3), None);
    let second = first.then(&pack("1.1", 5), None).expect("a newer version");
    let third = second.then(&pack("1.2", 5), None).expect("a newer version");
    let other = first.then(&pack("1.1", 6), None).expect("another history");
    let accepted = |folder: &Folder| folder.verify(None, "2022-07-20").expect("accepted");
    let (one, two, three) = (accepted(&first), accepted(&second), accepted(&third));
    assert_eq!(third.verify(Some(&one), "2022-07-20"), Ok(three.clone()), "versions may be skipped");
    assert_eq!(first.verify(Some(&three), "2022-07-20"), Err(Refusal::Rollback(1, 3)));
    assert_eq!(other.verify(Some(&two), "2022-07-20"), Err(Refusal::Fork(2)), "same serial, other content");
    let longer = other.then(&pack("1.2", 5), None).expect("a newer version");
    assert_eq!(longer.verify(Some(&two), "2022-07-20"), Err(Refusal::Fork(2)), "a longer history without it");
    assert_eq!(longer.verify(Some(&one), "2022-07-20").map(|accepted| accepted.serial), Ok(3));
}

#[test]
fn a_version_follows_only_when_it_is_newer_or_nothing_changed() {
    let first = Folder::new(&pack("1.9", 3), Some(r#"{"会议日期": "2022-06-23"}"#));
    assert!(said(first.then(&pack("1.9", 5), None)).contains("内容却改了"));
    assert!(said(first.then(&pack("1.8", 3), None)).contains("不比已发布的 1.9 新"));
    let renewed = first.then(&pack("1.9", 3), None).expect("nothing changed");
    assert_eq!((renewed.prepared.index.serial, renewed.prepared.index.packs.len()), (2, 1));
    let newer = renewed.then(&pack("1.10", 5), None).expect("1.10 is newer than 1.9");
    let packs = &newer.prepared.index.packs;
    assert_eq!(packs[1].previous.as_ref(), Some(&packs[0].sha256));
    assert_eq!(packs[1].params.as_deref(), Some("demo.参数.json"), "the county's parameters stay");
    assert_eq!(packs[0].params, None);
    assert_eq!(newer.prepared.index.previous.len(), 2);
}

#[test]
fn a_pack_that_is_not_sound_is_not_published() {
    let mut broken = pack("1.0", 3);
    broken.0.insert("x.bulou".into(), "规则 甲 {".into());
    let publish = |files: &Files, params: Option<&str>| {
        let (engine, key) = (Engine::current(), line(&keys()));
        let publication = Publication {
            pack: files,
            params: params.map(str::as_bytes),
            waivers: None,
            before: None,
            key: &key,
            next_key: None,
            revoke: &[],
            today: day("2022-07-01"),
            expires: day("2022-12-31"),
            engine: &engine,
        };
        prepare(publication)
            .map_or_else(|Obstacles(problems)| LocalizedText::lines(&problems, Lang::Zh), |_| String::new())
    };
    assert!(publish(&broken, None).contains("个错误"));
    let mut failing = pack("1.0", 3);
    let case = String::from_utf8_lossy(&failing.0["cases/demo.json"]).replace("\"pass\"", "\"fail\"");
    failing.0.insert("cases/demo.json".into(), case.into_bytes());
    assert!(publish(&failing, None).contains("会后第二天完成"));
    assert!(publish(&pack("1.0", 3), Some(r#"{"会义日期": "2022-06-23"}"#)).contains("会义日期"));
    assert!(publish(&pack("1.0", 3), Some("[")).contains("demo.参数.json 读不懂"));
    let twice = r#"{"会议日期": "2022-06-23", "会议日期": "2022-06-24"}"#;
    assert!(publish(&pack("1.0", 3), Some(twice)).contains("`/会议日期` 写了两次"));
    assert_eq!(publish(&pack("1.0", 3), None), "");
}

#[test]
fn every_refusal_has_its_own_code_and_sentence_and_an_explanation() {
    let text = String::new;
    let all = [
        Refusal::NoSignature,
        Refusal::SignatureUnreadable,
        Refusal::KeyUnreadable,
        Refusal::OtherKey,
        Refusal::WrongSignature,
        Refusal::Truncated,
        Refusal::Unreadable(text()),
        Refusal::UnknownFormat(2),
        Refusal::Rollback(1, 2),
        Refusal::Fork(2),
        Refusal::NotYetValid(day("2022-07-01")),
        Refusal::Expired(day("2022-07-01")),
        Refusal::NeedsEngine(text(), text(), 1),
        Refusal::MissingFile(text()),
        Refusal::AlteredFile(text()),
        Refusal::Swapped(text(), text()),
        Refusal::Unlisted(text()),
        Refusal::OtherComment(text()),
        Refusal::RevokedKey,
        Refusal::KeyReplaced,
        Refusal::BadName(text()),
        Refusal::Misdescribed(text()),
        Refusal::OtherPack(text(), text()),
        Refusal::TooLarge(text()),
        Refusal::NoFile(text()),
        Refusal::Unusable(text(), LocalizedText::default()),
    ];
    for refusal in &all {
        for lang in [Lang::Zh, Lang::En] {
            assert!(refusal.words().get(lang).len() > 20, "{}", refusal.code());
            assert!(bulou_messages::explain::explain(refusal.code().as_str(), lang).is_some(), "{}", refusal.code());
        }
        assert!(all.iter().filter(|other| other.words() == refusal.words()).count() == 1, "{}", refusal.code());
    }
    assert_eq!(all.iter().map(Refusal::code).collect::<Vec<_>>(), PublicationCode::ALL);
}
