//! Attacks on published files, by the names that The Update Framework gives them, against the library that every reader
//! of such files uses.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail")]

mod publish_support;

use bulou_base::filename::is_portable;
use bulou_base::limits;
use bulou_pack::publish::{Accepted, FileInfo, Index, Refusal, Wanted, handover, signature_of, taken};
use minisign::KeyPair;
use publish_support::bureau::{Change, Folder, READ, day, keys, line, sign};
use publish_support::pack;

fn accepted(folder: &Folder) -> Accepted {
    folder.verify(None, READ).expect("accepted")
}

/// A folder by a key that names the next one, and the two keys.
fn announced() -> (Folder, KeyPair, KeyPair) {
    let (one, two) = (keys(), keys());
    let change = Change { keys: Some(&one), next: Some(&two), ..Change::default() };
    (Folder::first(&pack("1.0", 3), change), one, two)
}

#[test]
fn arbitrary_software_is_not_taken() {
    let folder = Folder::new(&pack("1.0", 3), None);
    let stranger = Folder::new(&pack("1.0", 99), None);
    assert_eq!(stranger.read_by(&folder.public, None, READ), Err(Refusal::OtherKey));
    // The stranger's rules beside the bureau's index, and under the bureau's key's name.
    let bundle = "demo-1.0.bulou.json";
    let swapped = folder.holding(bundle, &stranger.files[bundle]);
    assert_eq!(swapped.refusal(), Refusal::AlteredFile(bundle.into()));
    let claimed = stranger.with(|index| index.key = folder.public.clone());
    assert_eq!(claimed.read_by(&folder.public, None, READ), Err(Refusal::OtherKey));
    assert!(matches!(claimed.refusal(), Refusal::Unreadable(_)), "an index names the key that signs it");
}

#[test]
fn rollback_is_noticed_in_the_serial_and_in_a_packs_version() {
    let first = Folder::new(&pack("1.0", 3), None);
    let second = first.then(&pack("1.1", 5), None).expect("a newer version");
    assert_eq!(first.verify(Some(&accepted(&second)), READ), Err(Refusal::Rollback(1, 2)));
    let reversed = second.with(|index| index.packs.reverse());
    assert!(matches!(reversed.refusal(), Refusal::Unreadable(_)), "1.0 cannot come after 1.1");
    let twice = second.with(|index| index.packs.push(index.packs[1].clone()));
    assert!(matches!(twice.refusal(), Refusal::Unreadable(_)));
}

#[test]
fn an_indefinite_freeze_ends_with_the_index() {
    let folder = Folder::new(&pack("1.0", 3), None);
    let kept = accepted(&folder);
    assert_eq!(folder.verify(Some(&kept), "2023-01-01"), Err(Refusal::Expired(day("2022-12-31"))));
    let never = folder.with(|index| index.expires = day("2022-06-30"));
    assert!(matches!(never.refusal(), Refusal::Unreadable(_)), "it ends before it begins");
}

#[test]
fn a_fast_forward_by_a_stolen_key_is_undone_by_the_next_key() {
    let (folder, stolen, next) = announced();
    let before = accepted(&folder);
    // The thief makes every later index of the bureau look old.
    let forged = folder.with(|index| {
        index.serial = 1000;
        index.previous = std::iter::once(before.sha256.clone()).chain((0..998).map(|_| "0".repeat(64))).collect();
    });
    let fooled = forged.verify(Some(&before), READ).expect("nobody can know yet");
    let honest = folder.changed(&pack("1.1", 5), Change::default()).expect("published");
    assert_eq!(honest.verify(Some(&fooled), READ), Err(Refusal::Rollback(2, 1000)));
    let change = Change { keys: Some(&next), revoke: Some(&stolen), ..Change::default() };
    let recovered = folder.changed(&pack("1.1", 5), change).expect("published");
    let kept = recovered.read_by(&line(&stolen), Some(&fooled), READ).expect("recovered");
    assert_eq!((kept.serial, kept.key.as_str()), (2, line(&next).as_str()));
    assert_eq!(forged.read_by(&line(&stolen), Some(&kept), READ), Err(Refusal::KeyReplaced));
}

#[test]
fn files_of_different_publications_do_not_mix() {
    let first = Folder::new(&pack("1.0", 3), Some(r#"{"会议日期": "2022-06-23"}"#));
    let second = first.then(&pack("1.1", 5), Some(r#"{"会议日期": "2022-06-24"}"#)).expect("a newer version");
    let params = "demo.参数.json";
    assert_eq!(second.holding(params, &first.files[params]).refusal(), Refusal::AlteredFile(params.into()));
    let mut mixed = second.clone();
    (mixed.prepared, mixed.signature) = (first.prepared.clone(), first.signature.clone());
    assert!(matches!(mixed.refusal(), Refusal::Unlisted(_) | Refusal::AlteredFile(_)));
    let (old, new) = ("demo-1.0.bulou.json", "demo-1.1.bulou.json");
    let swapped = second.holding(old, &second.files[new]).holding(new, &second.files[old]);
    assert_eq!(swapped.refusal(), Refusal::Swapped(old.into(), new.into()));
    let mut other = first.clone();
    other.signature.clone_from(&second.signature);
    assert_eq!(other.refusal(), Refusal::WrongSignature);
}

#[test]
fn endless_data_is_not_read() {
    let folder = Folder::new(&pack("1.0", 3), None);
    let mut endless = folder.clone();
    endless.prepared.bytes.resize(limits::INDEX_BYTES + 1, b' ');
    assert_eq!(endless.refusal(), Refusal::TooLarge("index.json".into()));
    let mut endless = folder.clone();
    endless.signature.resize(limits::SIGNATURE_BYTES + 1, b' ');
    assert_eq!(endless.refusal(), Refusal::TooLarge("index.json.minisig".into()));
    let bundle = "demo-1.0.bulou.json";
    let longer = folder.holding(bundle, &[&folder.files[bundle][..], b" "].concat());
    assert_eq!(longer.refusal(), Refusal::AlteredFile(bundle.into()));
}

#[test]
fn extraneous_files_are_refused_by_name() {
    let folder = Folder::new(&pack("1.0", 3), None);
    for name in ["demo.参数.json", "校园安全.豁免.json", "rules.bulou", "index-0.json", "README.md", "index.json.bak"]
    {
        assert_eq!(folder.holding(name, b"{}").refusal(), Refusal::Unlisted(name.into()));
    }
    for litter in [".DS_Store", "Thumbs.db", "desktop.ini", "System Volume Information", "._index.json"] {
        assert!(folder.holding(litter, b"{}").verify(None, READ).is_ok(), "{litter}");
    }
    // A rule file in the bundle that the pack's fingerprint does not know.
    let bundle = "demo-1.0.bulou.json";
    let mut files: serde_json::Value = serde_json::from_slice(&folder.files[bundle]).expect("JSON");
    files["x.bulou"] = "".into();
    let bytes = files.to_string().into_bytes();
    let wider = folder.holding(bundle, &bytes).with(|index| {
        index.files.insert(bundle.into(), FileInfo::of(&bytes));
        index.packs[0].files.insert("x.bulou".into(), bulou_eval::sha256(b""));
    });
    assert_eq!(wider.refusal(), Refusal::AlteredFile(bundle.into()));
}

#[test]
fn a_file_of_no_use_to_the_pack_is_no_part_of_it() {
    let folder = Folder::new(&pack("1.0", 3), None);
    let bundle = "demo-1.0.bulou.json";
    let mut files = bulou_pack::publish::unbundle(&folder.files[bundle]).expect("a bundle");
    files.0.insert("bureau.key".into(), b"secret".to_vec());
    let texts: std::collections::BTreeMap<_, _> =
        files.0.iter().map(|(name, bytes)| (name, String::from_utf8_lossy(bytes))).collect();
    let bytes = serde_json::to_vec(&texts).expect("JSON");
    let wider = folder.holding(bundle, &bytes).with(|index| {
        index.files.insert(bundle.into(), FileInfo::of(&bytes));
        index.packs[0].files.insert("bureau.key".into(), bulou_eval::sha256(b"secret"));
        index.packs[0].sha256 = bulou_pack::fingerprint(&files.0);
    });
    assert!(wider.verify(None, READ).is_ok(), "the bureau signed it");
    let outcome = taken(&wider.prepared.index.packs[0], &wider.files, day(READ));
    assert_eq!(outcome.err(), Some(Refusal::Misdescribed(bundle.into())));
}

#[test]
fn another_pack_never_takes_the_place_of_the_one_that_was_accepted() {
    let folder = Folder::new(&pack("1.0", 3), None);
    let index = &folder.prepared.index;
    let mut kept = accepted(&folder);
    let wanted = |id: Option<&str>, kept: &Accepted| {
        Wanted { id, accepted: Some(kept) }.of(index).map(|edition| edition.id.clone())
    };
    let refused = |wanted: &str| Err(Refusal::OtherPack(wanted.into(), "demo".into()));
    assert_eq!(wanted(None, &kept), Ok("demo".into()), "the only one");
    assert_eq!(wanted(Some("other"), &kept), refused("other"));
    kept.pack = Some("campus-safety".into());
    assert_eq!(wanted(None, &kept), refused("campus-safety"));
    assert_eq!(wanted(Some("demo"), &kept), refused("campus-safety"));
}

#[test]
fn a_mirror_can_withhold_and_nothing_else() {
    let folder = Folder::new(&pack("1.0", 3), Some("{}"));
    for name in folder.files.keys() {
        let mut part = folder.clone();
        part.files.remove(name);
        assert_eq!(part.refusal(), Refusal::MissingFile(name.clone()));
    }
    let mut half = folder.clone();
    half.prepared.bytes.truncate(100);
    assert_eq!(half.refusal(), Refusal::Truncated);
}

#[test]
fn a_key_hands_over_to_the_next_one() {
    let (first, one, two) = announced();
    let kept = accepted(&first);
    assert_eq!(kept.next_key, Some(line(&two)));
    let second = first.changed(&pack("1.1", 5), Change { keys: Some(&two), ..Change::default() }).expect("published");
    for trusted in [&one, &two] {
        assert!(second.read_by(&line(trusted), None, READ).is_ok(), "the old key leads to the new one");
    }
    let known = second.read_by(&line(&one), Some(&kept), READ).expect("the history goes on");
    assert_eq!((known.key.as_str(), known.serial), (line(&two).as_str(), 2));
    let third = second.then(&pack("1.2", 5), None).expect("published");
    assert!(third.read_by(&line(&one), Some(&kept), READ).is_ok(), "a publication may be skipped");
    assert!(third.read_by(&line(&one), Some(&known), READ).is_ok());
    // What the old key signs from now on counts no more.
    let late = first.then(&pack("1.1", 99), None).expect("published");
    assert_eq!(late.read_by(&line(&one), Some(&known), READ), Err(Refusal::KeyReplaced));
    // Without the index that names the next key nobody is led to it.
    for missing in [handover(1), signature_of(&handover(1))] {
        let mut without = second.clone();
        without.files.remove(&missing);
        assert_eq!(without.read_by(&line(&one), None, READ), Err(Refusal::OtherKey));
    }
}

#[test]
fn whoever_steals_a_key_cannot_put_another_in_the_place_of_the_next() {
    let (folder, stolen, next) = announced();
    let kept = accepted(&folder);
    let thief = keys();
    for swapped in [Some(line(&thief)), None] {
        let forged = folder.with(|index| {
            (index.serial, index.previous) = (2, vec![kept.sha256.clone()]);
            index.next_key.clone_from(&swapped);
        });
        assert_eq!(forged.verify(Some(&kept), READ), Err(Refusal::KeyReplaced));
    }
    let refused = folder.changed(&pack("1.1", 5), Change { next: Some(&thief), ..Change::default() });
    assert!(refused.is_err(), "nor can the bureau by mistake");
    let other = Folder::first(&pack("1.0", 3), Change { keys: Some(&thief), ..Change::default() });
    assert_eq!(other.read_by(&line(&stolen), Some(&kept), READ), Err(Refusal::OtherKey));
    let change = Change { keys: Some(&next), revoke: Some(&stolen), ..Change::default() };
    let safe = folder.changed(&pack("1.1", 5), change).expect("published");
    assert!(safe.read_by(&line(&stolen), Some(&kept), READ).is_ok());
}

#[test]
fn a_revoked_key_is_refused() {
    let (folder, stolen, next) = announced();
    let change = Change { keys: Some(&next), revoke: Some(&stolen), ..Change::default() };
    let safe = folder.changed(&pack("1.1", 5), change).expect("published");
    // A stolen key leads nobody anywhere who was not told of the next one before.
    assert_eq!(safe.read_by(&line(&stolen), None, READ), Err(Refusal::RevokedKey));
    let known = safe.read_by(&line(&next), None, READ).expect("the new key");
    assert!(known.revoked.contains(&line(&stolen)));
    // A revocation is not taken back, and a revoked key signs nothing.
    let taken_back = safe.with(|index| {
        (index.serial, index.revoked) = (3, Default::default());
        index.previous.push(known.sha256.clone());
    });
    let still = taken_back.verify(Some(&known), READ).expect("signed by the right key");
    assert!(still.revoked.contains(&line(&stolen)));
    let itself = safe.with(|index| index.revoked.extend([index.key.clone()]));
    assert!(matches!(itself.refusal(), Refusal::Unreadable(_)));
    assert!(safe.changed(&pack("1.2", 5), Change { next: Some(&stolen), ..Change::default() }).is_err());
    assert!(safe.changed(&pack("1.2", 5), Change { keys: Some(&stolen), ..Change::default() }).is_err());
    // Whoever was not told of a next key may take one from the bureau by another way.
    let unannounced = Folder::first(&pack("1.0", 3), Change { keys: Some(&stolen), ..Change::default() });
    let before = accepted(&unannounced);
    let named =
        unannounced.changed(&pack("1.1", 5), Change { next: Some(&next), ..Change::default() }).expect("published");
    let moved = named
        .changed(&pack("1.2", 5), Change { keys: Some(&next), revoke: Some(&stolen), ..Change::default() })
        .expect("published");
    assert_eq!(moved.read_by(&line(&stolen), Some(&before), READ), Err(Refusal::RevokedKey));
    assert!(moved.read_by(&line(&next), Some(&before), READ).is_ok());
}

#[test]
fn a_handover_is_part_of_the_history_and_signed() {
    let (first, one, two) = announced();
    let second = first.changed(&pack("1.1", 5), Change { keys: Some(&two), ..Change::default() }).expect("published");
    let thief = keys();
    // The thief holds the first key and makes up another beginning that leads to the thief's own.
    let other = first.with(|index| index.next_key = Some(line(&thief)));
    let planted =
        second.holding(&handover(1), &other.prepared.bytes).holding(&signature_of(&handover(1)), &other.signature);
    assert_eq!(planted.read_by(&line(&one), None, READ), Err(Refusal::OtherKey));
    let unsigned = second.holding(&signature_of(&handover(1)), &sign(&thief, &first.prepared.bytes, "x"));
    assert_eq!(unsigned.read_by(&line(&one), None, READ), Err(Refusal::OtherKey));
}

#[test]
fn a_comment_that_says_something_else_than_the_index_is_refused() {
    let folder = Folder::new(&pack("1.0", 3), None);
    let comment = folder.prepared.comment.clone();
    for other in [
        "test",
        "",
        &comment.replace("serial:1", "serial:2"),
        &comment.replace("2022-12-31", "2032-12-31"),
        &format!("{comment} "),
    ] {
        assert_eq!(
            folder.signed(folder.prepared.bytes.clone(), other).refusal(),
            Refusal::OtherComment(comment.clone())
        );
    }
    assert!(folder.signed(folder.prepared.bytes.clone(), &comment).verify(None, READ).is_ok());
}

#[test]
fn an_index_describes_the_rules_that_it_lists() {
    let folder = Folder::new(&pack("1.0", 3), None);
    let changes: [fn(&mut Index); 6] = [
        |index| index.packs[0].version = "2.0".into(),
        |index| index.packs[0].id = "campus-safety".into(),
        |index| index.packs[0].title = "另一份".into(),
        |index| index.packs[0].publisher = "别处".into(),
        |index| index.packs[0].effective_from = Some("2023-01-01".into()),
        |index| index.packs[0].effective_until = Some("2023-01-01".into()),
    ];
    for (number, change) in changes.iter().enumerate() {
        let other = folder.with(change);
        assert!(other.verify(None, READ).is_ok(), "{number}: the files are whole");
        let outcome = taken(&other.prepared.index.packs[0], &other.files, day(READ));
        assert_eq!(outcome.err(), Some(Refusal::Misdescribed("demo-1.0.bulou.json".into())), "{number}");
    }
    let honest = taken(&folder.prepared.index.packs[0], &folder.files, day(READ)).expect("taken");
    assert_eq!((honest.edition.version.as_str(), honest.waivers.len()), ("1.0", 1));
}

#[test]
fn parameters_and_waivers_that_fit_no_rule_are_refused() {
    let folder = Folder::new(&pack("1.0", 3), Some("{}"));
    for (name, text) in
        [("demo.参数.json", r#"{"会义日期": "2022-06-23"}"#), ("demo.参数.json", "["), ("demo.豁免.json", "{}")]
    {
        let other = folder.holding(name, text.as_bytes()).with(|index| {
            index.files.insert(name.into(), FileInfo::of(text.as_bytes()));
        });
        assert!(other.verify(None, READ).is_ok(), "signed as it is");
        let outcome = taken(&other.prepared.index.packs[0], &other.files, day(READ)).err();
        assert!(matches!(&outcome, Some(Refusal::Unusable(file, _)) if file == name), "{outcome:?}");
    }
}

#[test]
fn names_that_lead_elsewhere_or_speak_are_refused() {
    let folder = Folder::new(&pack("1.0", 3), None);
    let bad = [
        "/etc/passwd",
        "a/b.json",
        "..",
        "nul.json",
        "a\nb.json",
        "甲\u{202e}nosj.json",
        "index.json",
        "INDEX.JSON.minisig",
        "Thumbs.db",
        "",
    ];
    for name in bad {
        let other = folder.with(|index| {
            index.files.insert(name.into(), FileInfo::of(b""));
        });
        assert!(matches!(other.refusal(), Refusal::BadName(_)), "{name:?}: {:?}", other.refusal());
    }
    let same = folder.with(|index| {
        index.files.insert("DEMO-1.0.bulou.json".into(), FileInfo::of(b""));
    });
    assert!(matches!(same.refusal(), Refusal::BadName(_)), "some systems know no case");
    let speaking = [
        folder.with(|index| index.packs[0].title = "安全\n  签名无误".into()),
        folder.with(|index| index.packs[0].publisher = "\u{1b}[2K".into()),
        folder.with(|index| {
            index.packs[0].files.insert("../x.bulou".into(), String::new());
        }),
    ];
    for other in speaking {
        assert!(matches!(other.refusal(), Refusal::BadName(_)), "{:?}", other.refusal());
    }
    assert!(folder.files.keys().all(|name| is_portable(name)));
}
