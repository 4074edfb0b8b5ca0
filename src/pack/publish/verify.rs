//! Published rule files from somewhere else: whether they are what the bureau published, whole, and the newest known.

use std::collections::{BTreeMap, BTreeSet};

use minisign_verify::{Error, PublicKey, Signature};
use serde::{Deserialize, Serialize};

use super::index::{Edition, Engine, FORMAT, FORMAT_VERSION, FileInfo, Index, compare_versions};
use super::keys::{self, key_line};
use super::refusal::Refusal;
use super::unbundle;
use crate::fingerprint;
use bulou_base::date::Date;
use bulou_base::filename::{is_litter, is_portable, is_portable_path};
use bulou_base::limits;
use bulou_base::sanitize::visible;
use bulou_eval::sha256;

/// A comment, the signature, the trusted comment, and what signs both.
const SIGNATURE_LINES: usize = 4;

/// The index that was accepted last; whoever accepts keeps it for the next time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Accepted {
    /// Its serial.
    pub serial: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// The key that signed it.
    pub key: String,
    /// The key that it names as the next.
    #[cfg_attr(feature = "wasm", serde(default), tsify(optional))]
    #[cfg_attr(not(feature = "wasm"), serde(deserialize_with = "there"))]
    pub next_key: Option<String>,
    /// Keys that it or an earlier one revoked.
    #[cfg_attr(feature = "wasm", serde(default), tsify(optional, type = "string[]"))]
    pub revoked: BTreeSet<String>,
    /// The pack that was taken from it.
    #[cfg_attr(feature = "wasm", serde(default), tsify(optional))]
    #[cfg_attr(not(feature = "wasm"), serde(deserialize_with = "there"))]
    pub pack: Option<String>,
}

/// What is always written: a record that lacks it was written in part, and would forget what was revoked. Only a browser
/// leaves out what is nothing.
#[cfg(not(feature = "wasm"))]
fn there<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::deserialize(deserializer)
}

/// What came from the bureau, by whatever way.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// The bytes of `index.json`.
    pub index: &'a [u8],
    /// The bytes of `index.json.minisig`, when there are any.
    pub signature: Option<&'a [u8]>,
    /// The other files by name. One that the index does not list is refused by its name, whatever it holds.
    pub files: &'a BTreeMap<String, Vec<u8>>,
    /// Files of versions that a newer one replaced need not be there; what is there is checked all the same.
    pub newest_only: bool,
}

/// Published rule files that are what they claim to be.
#[derive(Clone, Debug)]
pub struct Verified {
    /// What was published.
    pub index: Index,
    /// What to keep for the next time.
    pub accepted: Accepted,
}

/// Checks that rule files are what the holder of a key published, whole, valid on a day, and no older than what was
/// accepted before. `public_key` is the text of a minisign public key file, or its second line alone.
///
/// # Errors
/// The first reason not to accept them.
pub fn verify(
    received: Received<'_>,
    public_key: &str,
    accepted: Option<&Accepted>,
    today: Date,
    engine: &Engine,
) -> Result<Verified, Refusal> {
    let verified = current(received, public_key, accepted, today, engine)?;
    whole(&verified.index, received)?;
    Ok(verified)
}

/// The part of [`verify`] for which the index, its signature and the earlier indexes beside it are enough, so that the
/// sizes of the other files are known before these are read.
///
/// # Errors
/// The first reason not to accept the index.
pub fn current(
    received: Received<'_>,
    public_key: &str,
    accepted: Option<&Accepted>,
    today: Date,
    engine: &Engine,
) -> Result<Verified, Refusal> {
    let verified = keys::trusted(received, public_key, accepted)?;
    let index = &verified.index;
    if today < index.published {
        return Err(Refusal::NotYetValid(index.published));
    }
    if today > index.expires {
        return Err(Refusal::Expired(index.expires));
    }
    if let Some(edition) = index.in_force().find(|edition| !engine.satisfies(&edition.engine)) {
        let Engine { bulou, language } = edition.engine.clone();
        return Err(Refusal::NeedsEngine(edition.id.clone(), bulou, language));
    }
    Ok(verified)
}

/// Checks only that the holder of the key signed this index, whatever the day and whatever was accepted before.
///
/// # Errors
/// The signature or the index is none, or they do not fit each other or the key.
pub fn authentic(index: &[u8], signature: Option<&[u8]>, public_key: &str) -> Result<Verified, Refusal> {
    let signature = signature.ok_or(Refusal::NoSignature)?;
    let line = key_line(public_key)?;
    let key = PublicKey::from_base64(&line).map_err(|_| Refusal::KeyUnreadable)?;
    for (name, bytes, limit) in
        [(super::INDEX, index, limits::INDEX_BYTES), (super::SIGNATURE, signature, limits::SIGNATURE_BYTES)]
    {
        if bytes.len() > limit {
            return Err(Refusal::TooLarge(name.to_owned()));
        }
    }
    // What follows the four lines of a signature is none of it, and nobody signed it.
    let text = std::str::from_utf8(signature).ok().filter(|text| text.trim_end().lines().count() <= SIGNATURE_LINES);
    let text = text.ok_or(Refusal::SignatureUnreadable)?;
    let signature = Signature::decode(text).map_err(|_| Refusal::SignatureUnreadable)?;
    key.verify(index, &signature, false).map_err(|error| match error {
        Error::UnexpectedKeyId => Refusal::OtherKey,
        Error::UnexpectedAlgorithm => Refusal::SignatureUnreadable,
        _ if ends_early(index) => Refusal::Truncated,
        _ => Refusal::WrongSignature,
    })?;
    let sha256 = sha256(index);
    let index = read(index)?;
    if index.key != line {
        return Err(Refusal::Unreadable("key".into()));
    }
    if signature.trusted_comment() != index.comment() {
        return Err(Refusal::OtherComment(index.comment()));
    }
    let (serial, next_key, revoked) = (index.serial, index.next_key.clone(), index.revoked.clone());
    Ok(Verified { accepted: Accepted { serial, sha256, key: line, next_key, revoked, pack: None }, index })
}

/// The index that the next one goes on from: it must be the same holder's; whether it has expired since, or needs
/// another program, does not matter.
///
/// # Errors
/// The first reason not to go on from it.
pub fn continued(received: Received<'_>, public_key: &str) -> Result<Verified, Refusal> {
    keys::trusted(received, public_key, None)
}

/// Whether bytes are the beginning of a JSON text and no more.
fn ends_early(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Value>(bytes).is_err_and(|error| error.is_eof())
}

#[derive(Deserialize)]
struct Head {
    format: String,
    format_version: u32,
}

/// An index, signed or not, that says nothing impossible.
pub(super) fn read(bytes: &[u8]) -> Result<Index, Refusal> {
    if ends_early(bytes) {
        return Err(Refusal::Truncated);
    }
    let unreadable = |error: serde_json::Error| Refusal::Unreadable(error.to_string());
    let head: Head = serde_json::from_slice(bytes).map_err(unreadable)?;
    if head.format != FORMAT {
        return Err(Refusal::Unreadable(format!("format {:?}", head.format)));
    }
    if head.format_version != FORMAT_VERSION {
        return Err(Refusal::UnknownFormat(head.format_version));
    }
    let index: Index = serde_json::from_slice(bytes).map_err(unreadable)?;
    if let Some(name) = bad_name(&index) {
        return Err(Refusal::BadName(name.clone()));
    }
    let serial = u64::try_from(index.previous.len()).ok().and_then(|before| before.checked_add(1));
    let wrong = if serial != Some(index.serial) {
        Some("serial, previous")
    } else if index.expires < index.published {
        Some("published, expires")
    } else if goes_back(&index.packs) {
        Some("packs")
    } else {
        keys::contradiction(&index)
    };
    match wrong {
        Some(wrong) => Err(Refusal::Unreadable(wrong.into())),
        None => Ok(index),
    }
}

/// The first name that cannot be a file's everywhere, or that says something to whoever reads it.
fn bad_name(index: &Index) -> Option<&String> {
    let mut seen = BTreeSet::new();
    let listed = index.files.keys().find(|name| {
        !is_portable(name)
            || is_litter(name)
            || keys::is_of_index(&name.to_lowercase())
            || !seen.insert(name.to_lowercase())
    });
    let of_edition = |edition: &Edition| {
        let inner = edition.files.keys().find(|name| !is_portable_path(name));
        let said = [&edition.id, &edition.title, &edition.version, &edition.publisher];
        inner.is_some() || said.into_iter().any(|text| visible(text) != *text)
    };
    listed.or_else(|| index.packs.iter().find(|edition| of_edition(edition)).map(|edition| &edition.id))
}

/// Whether a version of a pack comes after a newer one, or twice.
fn goes_back(packs: &[Edition]) -> bool {
    packs.iter().enumerate().any(|(place, edition)| {
        let earlier = packs.iter().take(place).rfind(|earlier| earlier.id == edition.id);
        earlier.is_some_and(|earlier| compare_versions(&edition.version, &earlier.version).is_le())
    })
}

/// Checks that every file is there and holds what was published, and that no other is.
///
/// # Errors
/// The first reason not to accept the files.
pub fn whole(index: &Index, received: Received<'_>) -> Result<(), Refusal> {
    for (name, bytes) in received.files.iter().filter(|(name, _)| !keys::is_of_index(name)) {
        let Some(info) = index.files.get(name) else {
            // What systems leave on a stick by themselves is used by nothing.
            if is_litter(name) {
                continue;
            }
            return Err(Refusal::Unlisted(name.clone()));
        };
        let found = FileInfo::of(bytes);
        if found != *info {
            let other = index.files.iter().find(|(_, other)| **other == found);
            return Err(match other {
                Some((other, _)) => Refusal::Swapped(name.clone(), other.clone()),
                None => Refusal::AlteredFile(name.clone()),
            });
        }
    }
    for edition in &index.packs {
        let newest = index.newest(&edition.id) == Some(edition);
        for name in edition.needed() {
            if !index.files.contains_key(name)
                || (!received.files.contains_key(name) && (newest || !received.newest_only))
            {
                return Err(Refusal::MissingFile(name.clone()));
            }
        }
        if let Some(bytes) = received.files.get(&edition.bundle) {
            same_pack(edition, bytes)?;
        }
    }
    Ok(())
}

/// Whether a bundle holds the rule files that its version is said to consist of.
fn same_pack(edition: &Edition, bytes: &[u8]) -> Result<(), Refusal> {
    let altered = || Refusal::AlteredFile(edition.bundle.clone());
    let files = unbundle(bytes).ok_or_else(altered)?;
    let hashes: BTreeMap<String, String> = files.0.iter().map(|(name, bytes)| (name.clone(), sha256(bytes))).collect();
    if hashes == edition.files && fingerprint(&files.0) == edition.sha256 { Ok(()) } else { Err(altered()) }
}
