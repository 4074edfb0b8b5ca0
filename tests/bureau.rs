//! What the page asks the library for when rules are changed, published and received.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail")]

mod publish_support;

use std::collections::BTreeMap;
use std::io::Cursor;

use bulou_api::published::{PublishCall, PublishedView, VerifyCall, needed, publish, receive};
use bulou_api::trial::{Effects, difference, run_cases};
use bulou_api::{CheckOptions, Pack};
use bulou_messages::diagnostic::Lang;
use bulou_pack::publish::Accepted;
use minisign::KeyPair;
use publish_support::{WAIVERS, pack};
use serde_json::json;

type Texts = BTreeMap<String, String>;

fn texts(version: &str, days: u32) -> Texts {
    let text = |bytes| String::from_utf8(bytes).expect("a text");
    pack(version, days).0.into_iter().map(|(name, bytes)| (name, text(bytes))).collect()
}

fn call(files: &Texts, key: &KeyPair) -> PublishCall {
    let (key, day) = (key.pk.to_box().expect("a key").into_string(), "2022-07-01");
    let call =
        json!({ "files": files, "waivers": WAIVERS, "public_key": key, "today": day, "days": 180, "lang": "zh" });
    serde_json::from_value(call).expect("a call")
}

fn published(call: &PublishCall) -> PublishedView {
    let answer = publish(call);
    assert_eq!(answer.problems, Vec::<String>::new());
    answer.published.expect("a publication")
}

/// The folder with its signature.
fn signed(key: &KeyPair, published: &PublishedView) -> Texts {
    let index = Cursor::new(published.files["index.json"].as_bytes());
    let signature = minisign::sign(None, &key.sk, index, Some(&published.comment), None).expect("a signature");
    let mut files = published.files.clone();
    files.insert("index.json.minisig".into(), signature.into_string());
    files
}

fn received(files: &Texts, key: &KeyPair, accepted: Option<&Accepted>) -> VerifyCall {
    let key = key.pk.to_box().expect("a key").into_string();
    let call =
        json!({ "files": files, "public_key": key, "accepted": accepted, "pack": "demo", "today": "2022-07-02" });
    serde_json::from_value(call).expect("a call")
}

#[test]
fn what_is_published_and_signed_is_offered_with_its_waivers_and_followed() {
    let key = KeyPair::generate_unencrypted_keypair().expect("a key");
    let first = published(&call(&texts("1.0", 3), &key));
    let folder = signed(&key, &first);
    let names: Vec<_> = needed(&received(&folder, &key, None)).files.into_iter().map(|file| file.name).collect();
    assert_eq!(names, ["demo-1.0.bulou.json", "demo.豁免.json"]);
    let offer = receive(&received(&folder, &key, None)).offer.expect("an offer");
    assert_eq!((offer.serial, offer.version.as_str(), &offer.accepted.sha256), (1, "1.0", &first.index));
    assert_eq!(offer.waivers, serde_json::from_str::<serde_json::Value>(WAIVERS).expect("JSON"));
    assert!(offer.files.contains_key("rules.bulou") && !offer.files.contains_key("cases/demo.json"));

    let next = PublishCall { before: Some(folder.clone()), waivers: None, ..call(&texts("1.1", 5), &key) };
    let second = published(&next);
    assert_eq!(second.serial, 2);
    assert!(second.files.contains_key("demo-1.0.bulou.json"), "earlier bundles stay");
    let folder = signed(&key, &second);
    let accepted = receive(&received(&folder, &key, Some(&offer.accepted))).offer.expect("an offer");
    assert_eq!(accepted.waivers, offer.waivers, "what is not given anew stays");
    let back = receive(&received(&signed(&key, &first), &key, Some(&accepted.accepted)));
    assert_eq!(back.refusal.map(|refusal| refusal.code), Some("P009"));
    let alone = PublishCall { public_key: String::new(), ..next };
    assert!(publish(&alone).problems[0].contains("公钥"));
}

#[test]
fn every_reason_against_publishing_is_told() {
    let mut files = texts("1.0", 3);
    let case = files["cases/demo.json"].replace("\"pass\"", "\"fail\"");
    files.insert("cases/demo.json".into(), case);
    let key = KeyPair::generate_unencrypted_keypair().expect("a key");
    assert!(publish(&call(&files, &key)).problems.iter().any(|problem| problem.contains("案例不对")));
    let broken = PublishCall { files: [("a.bulou".into(), "规则 {".into())].into(), ..call(&files, &key) };
    assert!(publish(&broken).problems[0].contains("个错误"));
}

#[test]
fn cases_differences_and_effects_are_told_of_sound_packs_alone() {
    let (old, new) = (texts("1.0", 3), texts("1.1", 5));
    let answer = run_cases(&old, Lang::Zh).expect("a sound pack");
    assert!(
        !answer.cases.is_empty()
            && answer.cases.iter().all(|case| case.mismatches.is_empty() && case.statuses.is_empty())
    );
    let found = difference(&old, &new, "2022-07-01".parse().expect("a day"), Lang::Zh).expect("sound packs");
    assert!(!found.same && found.header[0].words.contains("1.0 → 1.1"));
    assert!(found.rules.iter().any(|rule| rule.kind == "放宽" && !rule.examples.is_empty()));
    let broken: Texts = [("a.bulou".into(), "规则 {".into())].into();
    assert!(run_cases(&broken, Lang::Zh).is_none());
    assert!(difference(&old, &broken, "2022-07-01".parse().expect("a day"), Lang::Zh).is_none());

    let options = || -> CheckOptions { serde_json::from_value(json!({ "as_of": "2022-06-28" })).expect("options") };
    let (before, after) = (Pack::load(old), Pack::load(new));
    let mut effects = Effects::new((&before, options()), (&after, options())).expect("sound packs");
    let none = |_: &[u8]| None;
    effects.add("a.json", before.template().expect("a template").as_bytes(), &none).expect("added");
    effects.add("b.json", b"{", &none).expect("added");
    effects.unread("c.json");
    assert_eq!(
        (effects.found().documents, effects.found().unreadable.as_slice()),
        (1, ["b.json".into(), "c.json".into()].as_slice())
    );
}
