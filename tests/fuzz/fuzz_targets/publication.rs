//! Any bytes as an index, signed for the occasion; any bytes as a signature and as a bundle.
#![no_main]

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::LazyLock;

use bulou::diagnostic::Lang;
use bulou::pack::publish::{Engine, Received, authentic, unbundle, verify};
use libfuzzer_sys::fuzz_target;
use minisign::KeyPair;

static KEYS: LazyLock<(KeyPair, String)> = LazyLock::new(|| {
    let keys = KeyPair::generate_unencrypted_keypair().expect("a key pair");
    let public = keys.pk.to_box().expect("a public key").to_string();
    (keys, public)
});

fuzz_target!(|bytes: &[u8]| {
    let (keys, public) = &*KEYS;
    let signed = minisign::sign(Some(&keys.pk), &keys.sk, Cursor::new(bytes), Some("trusted"), None).expect("a signature");
    let files = BTreeMap::from([("a.json".to_owned(), bytes.to_vec())]);
    let today = bulou::date::parse("2022-06-28").expect("a date");
    let signature = signed.to_string();
    let received = Received { index: bytes, signature: Some(signature.as_bytes()), files: &files, newest_only: true };
    match verify(received, public, None, today, &Engine::current()) {
        // An index that is accepted is the one that it says it is.
        Ok(verified) => assert!(verified.index.to_bytes().is_ok()),
        Err(refusal) => assert!(!refusal.words().get(Lang::Zh).is_empty()),
    }
    // Nobody else's bytes are a signature.
    assert!(authentic(b"{}", Some(bytes), public).is_err());
    let _ = unbundle(bytes);
});
