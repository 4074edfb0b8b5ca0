//! A bureau's published folder in memory, and a school that reads it.

#![allow(dead_code, reason = "not every test asks for all of it")]

use std::collections::BTreeMap;
use std::io::Cursor;

use bulou_base::date::Date;
use bulou_messages::diagnostic::LocalizedText;
use bulou_pack::Files;
use bulou_pack::publish::{
    Accepted, Before, Engine, INDEX, Index, Obstacles, Prepared, Publication, Received, Refusal, SIGNATURE, key_line,
    prepare, verify,
};
use minisign::KeyPair;

use super::WAIVERS;

/// The day on which schools read, unless they say another.
pub const READ: &str = "2022-07-20";

pub fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

pub fn keys() -> KeyPair {
    KeyPair::generate_unencrypted_keypair().expect("a key")
}

/// The second line of a public key file.
pub fn line(keys: &KeyPair) -> String {
    key_line(&keys.pk.to_box().expect("a key").into_string()).expect("a line")
}

pub fn sign(keys: &KeyPair, bytes: &[u8], comment: &str) -> Vec<u8> {
    let signed = minisign::sign(None, &keys.sk, Cursor::new(bytes), Some(comment), None);
    signed.expect("a signature").into_string().into_bytes()
}

/// A folder of published files, and the key that the last of them is signed with.
#[derive(Clone)]
pub struct Folder {
    pub keys: KeyPair,
    pub public: String,
    pub prepared: Prepared,
    pub files: BTreeMap<String, Vec<u8>>,
    pub signature: Vec<u8>,
}

/// What changes with a publication besides the pack.
#[derive(Default)]
pub struct Change<'a> {
    pub params: Option<&'a str>,
    pub keys: Option<&'a KeyPair>,
    pub next: Option<&'a KeyPair>,
    pub revoke: Option<&'a KeyPair>,
}

impl Folder {
    /// A first publication, by a new key.
    pub fn new(files: &Files, params: Option<&str>) -> Self {
        Self::first(files, Change { params, ..Change::default() })
    }

    pub fn first(files: &Files, change: Change<'_>) -> Self {
        let keys = change.keys.cloned().unwrap_or_else(keys);
        Self::published(files, &change, &keys, None).expect("a sound pack")
    }

    /// A first publication, or why there is none.
    pub fn started(files: &Files) -> Result<Self, Vec<LocalizedText>> {
        Self::published(files, &Change::default(), &keys(), None)
    }

    /// The same folder with a further publication in it.
    pub fn then(&self, files: &Files, params: Option<&str>) -> Result<Self, Vec<LocalizedText>> {
        self.changed(files, Change { params, ..Change::default() })
    }

    pub fn changed(&self, files: &Files, change: Change<'_>) -> Result<Self, Vec<LocalizedText>> {
        let keys = change.keys.unwrap_or(&self.keys);
        let mut next = Self::published(files, &change, keys, Some(self))?;
        let older = self.files.iter().filter(|(name, _)| !next.files.contains_key(*name));
        let older: Vec<_> = older.map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
        next.files.extend(older);
        Ok(next)
    }

    fn published(
        files: &Files,
        change: &Change<'_>,
        keys: &KeyPair,
        last: Option<&Self>,
    ) -> Result<Self, Vec<LocalizedText>> {
        let before = last.map(|last| Before {
            index: &last.prepared.index,
            bytes: &last.prepared.bytes,
            signature: &last.signature,
            files: &last.files,
        });
        let (public, engine) = (line(keys), Engine::current());
        let (next, revoke) = (change.next.map(line), change.revoke.map(line));
        let prepared = prepare(Publication {
            pack: files,
            params: change.params.map(str::as_bytes),
            waivers: last.is_none().then_some(WAIVERS.as_bytes()),
            before: before.as_ref(),
            key: &public,
            next_key: next.as_deref(),
            revoke: revoke.as_slice(),
            today: day(if last.is_none() { "2022-07-01" } else { "2022-07-15" }),
            expires: day(if last.is_none() { "2022-12-31" } else { "2023-01-31" }),
            engine: &engine,
        })
        .map_err(|Obstacles(problems)| problems)?;
        let signature = sign(keys, &prepared.bytes, &prepared.comment);
        Ok(Self { keys: keys.clone(), public, files: prepared.files.clone(), prepared, signature })
    }

    /// The folder with another index, signed by the same key.
    pub fn with(&self, change: impl Fn(&mut Index)) -> Self {
        let mut index = self.prepared.index.clone();
        change(&mut index);
        self.signed(index.to_bytes().expect("JSON"), &index.comment())
    }

    /// The folder with other bytes as its index.
    pub fn signed(&self, bytes: Vec<u8>, comment: &str) -> Self {
        let signature = sign(&self.keys, &bytes, comment);
        let index = serde_json::from_slice(&bytes).unwrap_or_else(|_| self.prepared.index.clone());
        Self { prepared: Prepared { bytes, index, ..self.prepared.clone() }, signature, ..self.clone() }
    }

    /// The folder with another file in it, or with one that was altered.
    pub fn holding(&self, name: &str, bytes: &[u8]) -> Self {
        let mut folder = self.clone();
        folder.files.insert(name.to_owned(), bytes.to_vec());
        folder
    }

    /// What a school says that trusts a key.
    pub fn read_by(&self, trusted: &str, accepted: Option<&Accepted>, today: &str) -> Result<Accepted, Refusal> {
        let received = Received {
            index: &self.prepared.bytes,
            signature: Some(&self.signature),
            files: &self.files,
            newest_only: false,
        };
        verify(received, trusted, accepted, day(today), &Engine::current()).map(|verified| verified.accepted)
    }

    /// The same of a school that trusts the key which signed.
    pub fn verify(&self, accepted: Option<&Accepted>, today: &str) -> Result<Accepted, Refusal> {
        self.read_by(&self.public, accepted, today)
    }

    pub fn refusal(&self) -> Refusal {
        self.verify(None, READ).expect_err("a refusal")
    }

    /// All files of the folder by name, as texts.
    pub fn texts(&self) -> BTreeMap<String, String> {
        let index = [(INDEX, &self.prepared.bytes), (SIGNATURE, &self.signature)];
        let all = self.files.iter().map(|(name, bytes)| (name.as_str(), bytes)).chain(index);
        all.map(|(name, bytes)| (name.to_owned(), String::from_utf8_lossy(bytes).into_owned())).collect()
    }
}
