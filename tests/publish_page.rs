//! Published rules at the page: the same attacks against the code that the page receives them with.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod publish_support;

use std::collections::BTreeMap;

use bulou_api::published::{OfferView, PublishCall, VerifyCall, needed, publish, receive};
use bulou_messages::diagnostic::Lang;
use bulou_pack::publish::{Accepted, handover, signature_of};
use publish_support::bureau::{Change, Folder, READ, day, keys, line};
use publish_support::pack;

fn call(files: BTreeMap<String, String>, trusted: &str, accepted: Option<&Accepted>) -> VerifyCall {
    VerifyCall {
        files,
        public_key: trusted.to_owned(),
        accepted: accepted.cloned(),
        pack: "campus-safety".to_owned(),
        today: day(READ),
        lang: Lang::Zh,
    }
}

fn offer(folder: &Folder, accepted: Option<&Accepted>) -> OfferView {
    let answer = receive(&call(folder.texts(), &folder.public, accepted));
    answer.offer.unwrap_or_else(|| panic!("{:?}", answer.refusal))
}

fn code(call: &VerifyCall) -> &'static str {
    let answer = receive(call);
    assert!(answer.offer.is_none());
    answer.refusal.expect("a refusal").code
}

fn refused(folder: &Folder, accepted: Option<&Accepted>) -> &'static str {
    code(&call(folder.texts(), &folder.public, accepted))
}

/// Fetches what is asked for, as the page does from a server.
fn fetched(server: &BTreeMap<String, String>, trusted: &str) -> BTreeMap<String, String> {
    let begin = ["index.json", "index.json.minisig"];
    let mut files: BTreeMap<_, _> =
        begin.iter().filter_map(|name| Some(((*name).to_owned(), server.get(*name)?.clone()))).collect();
    loop {
        let asked = needed(&call(files.clone(), trusted, None)).files;
        let new = asked.into_iter().filter(|file| !files.contains_key(&file.name));
        let found: Vec<_> = new
            .filter_map(|file| {
                let text = server.get(&file.name)?.clone();
                assert!(text.len() <= file.bytes, "{}", file.name);
                Some((file.name, text))
            })
            .collect();
        if found.is_empty() {
            return files;
        }
        files.extend(found);
    }
}

#[test]
fn what_was_published_is_offered_with_its_parameters_and_waivers() {
    let folder = Folder::new(&pack("1.0", 3), Some(r#"{"会议日期": "2022-06-23"}"#));
    let offer = offer(&folder, None);
    assert_eq!((offer.id.as_str(), offer.version.as_str(), offer.serial), ("demo", "1.0", 1));
    assert_eq!(offer.params["会议日期"], "2022-06-23");
    assert_eq!(offer.waivers[0]["规则"], "三日摸底");
    assert!(offer.files.keys().eq(["rules.bulou", "source/meeting.txt"].iter()));
    assert_eq!(offer.accepted.pack.as_deref(), Some("demo"));
}

#[test]
fn every_attack_is_refused_with_its_code() {
    let params = Some(r#"{"会议日期": "2022-06-23"}"#);
    let first = Folder::new(&pack("1.0", 3), params);
    let second = first.then(&pack("1.1", 5), params).expect("published");
    let kept = offer(&second, None).accepted;
    let without = |name: &str| {
        let mut texts = first.texts();
        texts.remove(name);
        code(&call(texts, &first.public, None))
    };
    assert_eq!(without("index.json.minisig"), "P001", "arbitrary software");
    assert_eq!(code(&call(first.texts(), &line(&keys()), None)), "P004", "arbitrary software");
    assert_eq!(refused(&first, Some(&kept)), "P009", "rollback");
    let fork = first.then(&pack("1.1", 9), params).expect("published");
    assert_eq!(refused(&fork, Some(&kept)), "P010", "another history");
    let late = VerifyCall { today: day("2023-02-01"), ..call(second.texts(), &second.public, None) };
    assert_eq!(code(&late), "P012", "freeze");
    let (bundle, rules) = ("demo-1.1.bulou.json", "demo.参数.json");
    assert_eq!(refused(&second.holding(bundle, b"{}"), None), "P015", "an altered file");
    assert_eq!(refused(&second.holding(bundle, &second.files["demo-1.0.bulou.json"]), None), "P016", "mix and match");
    assert_eq!(without(rules), "P014", "a mirror that withholds");
    assert_eq!(refused(&second.holding("甲.豁免.json", b"[]"), None), "P017", "extraneous dependencies");
    assert_eq!(refused(&second.signed(second.prepared.bytes.clone(), "test"), None), "P018", "another comment");
    let endless = " ".repeat(bulou_base::limits::INDEX_BYTES + 1);
    let texts = [second.texts(), [("index.json".to_owned(), endless)].into()].into_iter().flatten().collect();
    assert_eq!(code(&call(texts, &second.public, None)), "P024", "endless data");
    let described = second.with(|index| index.packs[1].version = "2.0".into());
    assert_eq!(refused(&described, None), "P022", "an index that says something else");
    let named = second.with(|index| index.packs[1].title = "甲\n乙".into());
    assert_eq!(refused(&named, None), "P021", "a name that speaks");
}

#[test]
fn another_pack_is_not_offered_in_the_place_of_the_accepted_one() {
    let folder = Folder::new(&pack("1.0", 3), None);
    let kept = offer(&folder, None).accepted;
    assert_eq!(offer(&folder, Some(&kept)).id, "demo");
    let other = Accepted { pack: Some("campus-safety".into()), ..kept };
    assert_eq!(refused(&folder, Some(&other)), "P023");
}

#[test]
fn a_page_with_the_old_key_is_led_to_the_new_one() {
    let (one, two) = (keys(), keys());
    let first = Folder::first(&pack("1.0", 3), Change { keys: Some(&one), next: Some(&two), ..Change::default() });
    let second = first.changed(&pack("1.1", 5), Change { keys: Some(&two), ..Change::default() }).expect("published");
    let texts = fetched(&second.texts(), &line(&one));
    assert!(texts.contains_key(&handover(1)) && texts.contains_key(&signature_of(&handover(1))));
    let answer = receive(&call(texts, &line(&one), None));
    assert_eq!(answer.offer.map(|offer| offer.version), Some("1.1".to_owned()), "{:?}", answer.refusal);
    let kept = offer(&first, None).accepted;
    let revoking = first
        .changed(&pack("1.1", 5), Change { keys: Some(&two), revoke: Some(&one), ..Change::default() })
        .expect("published");
    assert_eq!(code(&call(revoking.texts(), &line(&one), None)), "P019", "a stolen key leads nowhere");
    let answer = receive(&call(revoking.texts(), &line(&one), Some(&kept)));
    assert!(answer.offer.is_some(), "but the next key was known: {:?}", answer.refusal);
    let thief = Folder::first(&pack("1.0", 99), Change { keys: Some(&keys()), ..Change::default() });
    assert_eq!(code(&call(thief.texts(), &thief.public, Some(&kept))), "P020");
}

#[test]
fn no_more_is_fetched_than_the_bureau_published() {
    let folder = Folder::new(&pack("1.0", 3), Some("{}"));
    let mut server = folder.texts();
    server.insert("甲.豁免.json".into(), "[]".into());
    let files = fetched(&server, &folder.public);
    let mut whole = folder.texts();
    whole.retain(|name, _| files.contains_key(name));
    assert_eq!(files, whole);
    assert!(!files.contains_key("甲.豁免.json") && files.contains_key("demo.参数.json"));
    // Of a stranger's index nothing is fetched.
    let stranger = Folder::new(&pack("1.0", 99), None);
    let answer = needed(&call(stranger.texts(), &folder.public, None));
    assert_eq!((answer.files.len(), answer.refusal.map(|refusal| refusal.code)), (0, Some("P004")));
}

#[test]
fn a_publication_prepared_in_the_page_goes_on_from_its_own_last_one_alone() {
    let folder = Folder::new(&pack("1.0", 3), None);
    let files = |days| {
        pack("1.1", days).0.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).expect("a text"))).collect()
    };
    let call = |before: BTreeMap<String, String>, key: &str| PublishCall {
        files: files(5),
        params: None,
        waivers: None,
        before: Some(before),
        public_key: key.to_owned(),
        today: day(READ),
        days: 180,
        lang: Lang::Zh,
    };
    let ready = publish(&call(folder.texts(), &folder.public));
    assert_eq!(ready.published.map(|ready| ready.serial), Some(2), "{:?}", ready.problems);
    let said = |call: &PublishCall| publish(call).problems.join("\n");
    assert!(said(&call(folder.texts(), &line(&keys()))).contains("P004"));
    let planted = folder.holding("甲.参数.json", b"{}");
    assert!(said(&call(planted.texts(), &folder.public)).contains("P017"));
    let nobody = PublishCall { before: None, ..call(folder.texts(), "") };
    assert!(said(&nobody).contains("公钥"), "an index names its key");
}
