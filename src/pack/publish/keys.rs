//! Which key may sign: the one that a reader trusts, or one that it leads to.
//!
//! An index names the key that signs it and may name the next one. Where another key signs the next index, the one before
//! stays in the folder with its signature, so that whoever trusts the old key is led to the new one. A next key that was
//! accepted cannot be exchanged by the key that named it, so whoever steals a key cannot put another in its place; what
//! the stolen key signed since is undone by an index of the next key that revokes it.

use std::collections::BTreeSet;

use minisign_verify::PublicKey;

use super::index::{INDEX, Index, handover, signature_of};
use super::refusal::Refusal;
use super::verify::{Accepted, Received, Verified, authentic, read};
use super::{Before, Publication};
use bulou_base::limits;
use bulou_eval::sha256;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;

/// How many times a key may have changed for a reader who fetches files one by one.
const HANDOVERS: usize = 16;

/// A public key as an index names it: the second line of minisign's file, which may be given whole.
///
/// # Errors
/// It is none of minisign's keys.
pub fn key_line(text: &str) -> Result<String, Refusal> {
    let line = match text.trim().lines().collect::<Vec<_>>()[..] {
        [line] | [_, line] => line.trim(),
        _ => return Err(Refusal::KeyUnreadable),
    };
    PublicKey::from_base64(line).map(|_| line.to_owned()).map_err(|_| Refusal::KeyUnreadable)
}

/// An index that a trusted key signed, or one that it leads to; and the keys on the way, the trusted one first.
fn reached(received: Received<'_>, trusted: &str) -> Result<(Verified, Vec<String>), Refusal> {
    let handovers = handovers(received);
    let mut keys = vec![key_line(trusted)?];
    loop {
        let key = keys.last().map(String::as_str).unwrap_or_default();
        match authentic(received.index, received.signature, key) {
            Err(Refusal::OtherKey) => {}
            outcome => return outcome.map(|verified| (verified, keys)),
        }
        let signed = |(index, signature): &(&[u8], &[u8])| authentic(index, Some(signature), key).ok();
        let next = handovers.iter().filter_map(signed).find_map(|verified| verified.index.next_key);
        keys.push(next.filter(|next| !keys.contains(next)).ok_or(Refusal::OtherKey)?);
    }
}

/// The earlier indexes that came with an index and are part of its history, with their signatures.
fn handovers<'a>(received: Received<'a>) -> Vec<(&'a [u8], &'a [u8])> {
    let Ok(index) = read(received.index) else { return Vec::new() };
    let file = |name: &str| received.files.get(name).map(Vec::as_slice);
    let kept = (1..).zip(&index.previous).filter_map(|(serial, hash)| {
        let name = handover(serial);
        let bytes = file(&name).filter(|bytes| sha256(bytes) == *hash)?;
        Some((bytes, file(&signature_of(&name))?))
    });
    kept.collect()
}

/// The files by which an index may lead to the key that signed it, with the bytes that each may have; as nothing is known
/// yet of who wrote the index, no more than a few.
#[must_use]
pub fn handovers_named(index: &[u8]) -> Vec<(String, usize)> {
    let Ok(index) = read(index) else { return Vec::new() };
    let pair = |serial| {
        let name = handover(serial);
        [(signature_of(&name), limits::SIGNATURE_BYTES), (name, limits::INDEX_BYTES)]
    };
    let named = (1..index.serial).rev().map(pair);
    named.filter(|[_, (name, _)]| index.files.contains_key(name)).take(HANDOVERS).flatten().collect()
}

/// An index whose key a reader may trust, as the history goes that it accepted before.
pub(super) fn trusted(
    received: Received<'_>,
    public_key: &str,
    accepted: Option<&Accepted>,
) -> Result<Verified, Refusal> {
    let (verified, keys) = reached(received, public_key)?;
    let Some(accepted) = accepted else {
        let revoked = &verified.index.revoked;
        return if keys.iter().any(|key| revoked.contains(key)) { Err(Refusal::RevokedKey) } else { Ok(verified) };
    };
    let since = match keys.iter().position(|key| *key == accepted.key) {
        Some(place) => keys.iter().skip(place).cloned().collect(),
        None => match reached(received, &accepted.key) {
            Err(Refusal::OtherKey) => return Err(Refusal::KeyReplaced),
            outcome => outcome?.1,
        },
    };
    let next = since.get(1).or(verified.index.next_key.as_ref());
    if accepted.next_key.is_some() && next != accepted.next_key.as_ref() {
        return Err(Refusal::KeyReplaced);
    }
    let revoked: BTreeSet<String> = verified.index.revoked.union(&accepted.revoked).cloned().collect();
    let signer_revoked = keys.last().is_some_and(|key| revoked.contains(key));
    // A stolen key leads on only to the key that was named before it was stolen.
    let named = since
        .iter()
        .enumerate()
        .all(|(place, key)| !revoked.contains(key) || (place == 0 && since.len() > 1 && accepted.next_key.is_some()));
    if signer_revoked || (keys.iter().any(|key| revoked.contains(key)) && !named) {
        return Err(Refusal::RevokedKey);
    }
    // What a stolen key signed is no history.
    if !revoked.contains(&accepted.key) {
        succeeds(&verified, accepted)?;
    }
    let kept = Accepted { revoked, pack: accepted.pack.clone(), ..verified.accepted };
    Ok(Verified { accepted: kept, ..verified })
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

/// The keys of the next index.
pub(super) struct Keys {
    pub key: String,
    pub next_key: Option<String>,
    pub revoked: BTreeSet<String>,
}

impl Keys {
    /// As the publisher wants them, when the index before allows it.
    pub fn of(publication: &Publication<'_>, problems: &mut Vec<LocalizedText>) -> Self {
        let mut line = |text: &str| match key_line(text) {
            Ok(line) => line,
            Err(refusal) => {
                problems.push(refusal.words());
                String::new()
            }
        };
        let key = line(publication.key);
        let given = publication.next_key.map(&mut line);
        let mut revoked: BTreeSet<String> = publication.revoke.iter().map(|text| line(text)).collect();
        let before = publication.before.map(|before| before.index);
        let named = before.and_then(|before| before.next_key.as_ref()).filter(|next| **next != key);
        if let Some(before) = before {
            revoked.extend(before.revoked.iter().cloned());
            if key != before.key && before.next_key.as_ref() != Some(&key) {
                problems.push(texts::index_before_does_not().text());
            }
        }
        if given.as_ref().is_some_and(|given| named.is_some_and(|named| named != given)) {
            problems.push(texts::next_key_named_already().text());
        }
        let next_key = given.or_else(|| named.cloned());
        if next_key.as_ref() == Some(&key)
            || revoked.contains(&key)
            || next_key.iter().any(|next| revoked.contains(next))
        {
            problems.push(texts::key_signs_next_one().text());
        }
        Self { key, next_key, revoked }
    }
}

/// The files that lead readers of the key before to the one that signs now; none while the key stays.
pub(super) fn handed_over(before: Option<&Before<'_>>, key: &str) -> Vec<(String, Vec<u8>)> {
    let Some(before) = before.filter(|before| before.index.key != key) else { return Vec::new() };
    let name = handover(before.index.serial);
    vec![(signature_of(&name), before.signature.to_vec()), (name, before.bytes.to_vec())]
}

/// Whether a name is the index's, its signature's, or that of an earlier one with a signature.
pub(super) fn is_of_index(name: &str) -> bool {
    name.strip_suffix(".minisig").unwrap_or(name) == INDEX
}

/// What an index says of its keys, when that contradicts itself.
pub(super) fn contradiction(index: &Index) -> Option<&'static str> {
    let Index { key, next_key, revoked, .. } = index;
    let all = || std::iter::once(key).chain(next_key).chain(revoked);
    if all().any(|key| key_line(key).as_ref() != Ok(key)) {
        return Some("key, next_key, revoked");
    }
    let clash =
        next_key.as_ref() == Some(key) || revoked.contains(key) || next_key.iter().any(|next| revoked.contains(next));
    clash.then_some("key, next_key, revoked")
}
