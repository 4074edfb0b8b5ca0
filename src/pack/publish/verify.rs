//! Published rule files from somewhere else: whether they are what the bureau published, whole, and the newest known.

use std::collections::BTreeMap;

use minisign_verify::{Error, PublicKey, Signature};
use serde::{Deserialize, Serialize};

use super::index::{Edition, Engine, FORMAT, FORMAT_VERSION, FileInfo, Index};
use super::refusal::Refusal;
use super::unbundle;
use crate::date::Date;
use crate::eval::sha256;
use crate::pack::fingerprint;

/// The index that was accepted last; whoever accepts keeps it for the next time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// Its serial.
    pub serial: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// What came from the bureau, by whatever way.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// The bytes of `index.json`.
    pub index: &'a [u8],
    /// The bytes of `index.json.minisig`, when there are any.
    pub signature: Option<&'a [u8]>,
    /// The other files by name.
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
    /// The signature's trusted comment.
    pub comment: String,
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
    let verified = authentic(received.index, received.signature, public_key)?;
    let index = &verified.index;
    if let Some(accepted) = accepted {
        succeeds(&verified, accepted)?;
    }
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
    whole(index, received)?;
    Ok(verified)
}

/// Checks only that the holder of the key signed this index, whatever the day and whatever was accepted before.
///
/// # Errors
/// The signature or the index is none, or they do not fit each other or the key.
pub fn authentic(index: &[u8], signature: Option<&[u8]>, public_key: &str) -> Result<Verified, Refusal> {
    let signature = signature.ok_or(Refusal::NoSignature)?;
    let key = PublicKey::decode(public_key).or_else(|_| PublicKey::from_base64(public_key.trim()));
    let key = key.map_err(|_| Refusal::KeyUnreadable)?;
    let text = std::str::from_utf8(signature).map_err(|_| Refusal::SignatureUnreadable)?;
    let signature = Signature::decode(text).map_err(|_| Refusal::SignatureUnreadable)?;
    key.verify(index, &signature, false).map_err(|error| match error {
        Error::UnexpectedKeyId => Refusal::OtherKey,
        Error::UnexpectedAlgorithm => Refusal::SignatureUnreadable,
        _ if ends_early(index) => Refusal::Truncated,
        _ => Refusal::WrongSignature,
    })?;
    let accepted = |serial| Accepted { serial, sha256: sha256(index) };
    let index = read(index)?;
    Ok(Verified { accepted: accepted(index.serial), index, comment: signature.trusted_comment().to_owned() })
}

/// Checks a publication that the next one goes on from: it must be the same holder's and whole; whether it has expired
/// since does not matter.
///
/// # Errors
/// The first reason not to go on from it.
pub fn continued(received: Received<'_>, public_key: &str) -> Result<Verified, Refusal> {
    let ours = authentic(received.index, received.signature, public_key)?;
    verify(received, public_key, None, ours.index.published, &Engine::current())
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

fn read(bytes: &[u8]) -> Result<Index, Refusal> {
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
    if u64::try_from(index.previous.len()) != Ok(index.serial.wrapping_sub(1)) {
        return Err(Refusal::Unreadable("serial, previous".into()));
    }
    if let Some(name) = index.files.keys().find(|name| !is_plain(name)) {
        return Err(Refusal::Unreadable(name.clone()));
    }
    Ok(index)
}

/// Whether a file's name stays in its folder.
fn is_plain(name: &str) -> bool {
    !name.starts_with('.') && !name.contains(['/', '\\', ':'])
}

/// Whether an index comes after the one that was accepted, or is the same.
fn succeeds(verified: &Verified, accepted: &Accepted) -> Result<(), Refusal> {
    let serial = verified.index.serial;
    if serial < accepted.serial {
        return Err(Refusal::Rollback(serial, accepted.serial));
    }
    let place = usize::try_from(accepted.serial.saturating_sub(1)).unwrap_or(usize::MAX);
    let then =
        if serial == accepted.serial { Some(&verified.accepted.sha256) } else { verified.index.previous.get(place) };
    if then == Some(&accepted.sha256) { Ok(()) } else { Err(Refusal::Fork(accepted.serial)) }
}

/// Whether every file is there and holds what was published.
fn whole(index: &Index, received: Received<'_>) -> Result<(), Refusal> {
    for (name, info) in &index.files {
        let Some(bytes) = received.files.get(name) else { continue };
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
