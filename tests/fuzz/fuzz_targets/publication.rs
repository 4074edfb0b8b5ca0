//! Any bytes as an index, signed for the occasion; any bytes as a signature and as a bundle.
#![no_main]

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::LazyLock;

use bulou_messages::diagnostic::Lang;
use bulou_pack::publish::{Engine, Index, Received, authentic, handovers_named, key_line, taken, unbundle, verify};
use libfuzzer_sys::fuzz_target;
use minisign::KeyPair;

static KEYS: LazyLock<(KeyPair, String)> = LazyLock::new(|| {
    let keys = KeyPair::generate_unencrypted_keypair().expect("a key pair");
    let public = keys.pk.to_box().expect("a public key").to_string();
    let line = key_line(&public).expect("a public key");
    (keys, line)
});
/// The key in the seed, `cargo xtask fuzz` puts it there.
const SEED: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

fuzz_target!(|bytes: &[u8]| {
    let (keys, public) = &*KEYS;
    let text = String::from_utf8_lossy(bytes).replace(SEED, public);
    let (bytes, any) = (text.as_bytes(), bytes);
    let comment = serde_json::from_slice::<Index>(bytes).map_or_else(|_| "trusted".to_owned(), |index| index.comment());
    // A comment is one line.
    let comment = comment.replace(['\r', '\n'], " ");
    let signed =
        minisign::sign(Some(&keys.pk), &keys.sk, Cursor::new(bytes), Some(&comment), None).expect("a signature");
    let files = BTreeMap::from([("a.json".to_owned(), bytes.to_vec())]);
    let today = bulou_base::date::parse("2022-06-28").expect("a date");
    let signature = signed.to_string();
    let received = Received { index: bytes, signature: Some(signature.as_bytes()), files: &files, newest_only: true };
    match verify(received, public, None, today, &Engine::current()) {
        // An index that is accepted is the one that it says it is.
        Ok(verified) => {
            assert!(verified.index.to_bytes().is_ok());
            for edition in verified.index.in_force() {
                let _ = taken(edition, &files, today);
            }
        }
        Err(refusal) => assert!(!refusal.words().get(Lang::Zh).is_empty()),
    }
    // Nobody else's bytes are a signature.
    assert!(authentic(b"{}", Some(any), public).is_err());
    assert!(key_line(&String::from_utf8_lossy(any)).is_err() || any.len() >= public.len());
    let _ = (unbundle(any), handovers_named(any));
});
