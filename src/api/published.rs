//! Publishing a pack, and accepting one that was published, for a caller that holds all files in memory as texts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::trial::in_bytes;
use bulou_base::date::{Date, plus_days};
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_pack::publish::{
    Accepted, Before, Edition, Engine, INDEX, Obstacles, Prepared, Publication, Received, Refusal, RefusalView,
    SIGNATURE, Taken, Verified, Wanted, continued, current, handovers_named, prepare, taken, verify, whole,
};

/// What is to be published.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct PublishCall {
    /// The pack's files, cases included.
    #[cfg_attr(feature = "wasm", tsify(type = "Record<string, string>"))]
    pub files: BTreeMap<String, String>,
    /// The county's parameters as JSON; without them those of the version before stay.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub params: Option<String>,
    /// The county's waivers as JSON; without them those of the version before stay.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub waivers: Option<String>,
    /// All files of the last publication; none for the first.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Record<string, string>"))]
    pub before: Option<BTreeMap<String, String>>,
    /// The public key of the one that will sign, and that signed the last publication.
    pub public_key: String,
    /// The day of publication.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    #[serde(deserialize_with = "bulou_base::date::deserialize")]
    pub today: Date,
    /// For how many days it is valid.
    pub days: u32,
    /// Language of the answer.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "\"zh\" | \"en\""))]
    pub lang: Lang,
}

/// A publication that is ready, or everything that stands against it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct PublishAnswer {
    /// What stands against it.
    pub problems: Vec<String>,
    /// What is to be written and signed.
    pub published: Option<PublishedView>,
}

/// A publication.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct PublishedView {
    /// Its number.
    pub serial: u64,
    /// Id and version of the pack.
    pub pack: String,
    /// Fingerprint of the pack.
    pub sha256: String,
    /// SHA-256 of the index.
    pub index: String,
    /// Last day on which it is valid.
    pub expires: String,
    /// The trusted comment to sign with.
    pub comment: String,
    /// All files of the folder but the signature, by name.
    #[cfg_attr(feature = "wasm", tsify(type = "Record<string, string>"))]
    pub files: BTreeMap<String, String>,
}

/// Prepares a publication; its index is still to be signed.
#[must_use]
pub fn publish(call: &PublishCall) -> PublishAnswer {
    let lang = call.lang;
    match published(call) {
        Ok(published) => PublishAnswer { problems: Vec::new(), published: Some(published) },
        Err(problems) => {
            let problems = problems.iter().map(|words| words.get(lang).to_owned()).collect();
            PublishAnswer { problems, published: None }
        }
    }
}

fn published(call: &PublishCall) -> Result<PublishedView, Vec<LocalizedText>> {
    let held = call.before.as_ref().map(in_bytes).map(|files| files.0).unwrap_or_default();
    let last = match &call.before {
        Some(_) => Some(last(&held, &call.public_key).map_err(|words| vec![words])?),
        None => None,
    };
    let bytes = |name| held.get(name).map(Vec::as_slice).unwrap_or_default();
    let before = last.as_ref().map(|last| Before {
        index: &last.index,
        bytes: bytes(INDEX),
        signature: bytes(SIGNATURE),
        files: &held,
    });
    let too_long = || vec![texts::would_valid_too_long().text()];
    let prepared = prepare(Publication {
        pack: &in_bytes(&call.files),
        params: call.params.as_ref().map(|text| text.as_bytes()),
        waivers: call.waivers.as_ref().map(|text| text.as_bytes()),
        before: before.as_ref(),
        key: &call.public_key,
        next_key: None,
        revoke: &[],
        today: call.today,
        expires: plus_days(call.today, call.days.into()).ok_or_else(too_long)?,
        engine: &Engine::current(),
    })
    .map_err(|Obstacles(problems)| problems)?;
    Ok(folder(prepared, held))
}

/// The last publication, when it is what the holder of the key published.
fn last(held: &BTreeMap<String, Vec<u8>>, public_key: &str) -> Result<Verified, LocalizedText> {
    let received = received(held)?;
    let checked =
        continued(received, public_key).and_then(|verified| whole(&verified.index, received).map(|()| verified));
    checked.map_err(|refusal| {
        let words = refusal.words();
        texts::last_publication_cannot_continued(&refusal.code(), &Each(&words.zh, &words.en)).text()
    })
}

fn received(files: &BTreeMap<String, Vec<u8>>) -> Result<Received<'_>, LocalizedText> {
    let index = files.get(INDEX).ok_or_else(|| Refusal::MissingFile(INDEX.to_owned()).words())?;
    Ok(Received { index, signature: files.get(SIGNATURE).map(Vec::as_slice), files, newest_only: true })
}

/// What the folder holds from now on: bundles of earlier versions stay.
fn folder(prepared: Prepared, held: BTreeMap<String, Vec<u8>>) -> PublishedView {
    let Prepared { index, bytes, files, comment, .. } = prepared;
    let mut all: BTreeMap<_, _> = held.into_iter().filter(|(name, _)| index.files.contains_key(name)).collect();
    all.extend(files);
    let sha256 = bulou_eval::sha256(&bytes);
    all.insert(INDEX.to_owned(), bytes);
    let newest = index.packs.last();
    PublishedView {
        serial: index.serial,
        pack: newest.map(|one| format!("{}@{}", one.id, one.version)).unwrap_or_default(),
        sha256: newest.map(|one| one.sha256.clone()).unwrap_or_default(),
        index: sha256,
        expires: index.expires.to_string(),
        comment,
        files: all.into_iter().map(|(name, bytes)| (name, in_text(&bytes))).collect(),
    }
}

fn in_text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Published rule files that came from somewhere.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct VerifyCall {
    /// All that came, by name: the index, its signature, the rest.
    #[cfg_attr(feature = "wasm", tsify(type = "Record<string, string>"))]
    pub files: BTreeMap<String, String>,
    /// The bureau's public key.
    pub public_key: String,
    /// The index that was accepted last.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub accepted: Option<Accepted>,
    /// The pack in force, whose newest version is wanted; until one was accepted, a single other will do.
    pub pack: String,
    /// Today.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    #[serde(deserialize_with = "bulou_base::date::deserialize")]
    pub today: Date,
    /// Language of the answer.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "\"zh\" | \"en\""))]
    pub lang: Lang,
}

/// What is to be fetched besides an index and its signature, when they are authentic.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct NeededAnswer {
    /// Why the index is not accepted.
    pub refusal: Option<RefusalView>,
    /// The files, each with the bytes that it has at most.
    pub files: Vec<NeededFile>,
}

/// A file to fetch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct NeededFile {
    /// Its name.
    pub name: String,
    /// How many bytes to read of it at most.
    pub bytes: usize,
}

/// A published version that can be accepted, or why not.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct VerifyAnswer {
    /// Why it is not accepted.
    pub refusal: Option<RefusalView>,
    /// What can be accepted.
    pub offer: Option<OfferView>,
}

/// A published version that is authentic, whole, in its time and no older than what was accepted.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct OfferView {
    /// Number of the index.
    pub serial: u64,
    /// What to remember of the index once it is accepted.
    pub accepted: Accepted,
    /// The day of publication.
    pub published: String,
    /// Last day on which the index is valid.
    pub expires: String,
    /// The pack.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Fingerprint over its rule files.
    pub sha256: String,
    /// Its rule files.
    #[cfg_attr(feature = "wasm", tsify(type = "Record<string, string>"))]
    pub files: BTreeMap<String, String>,
    /// The county's parameters.
    #[cfg_attr(feature = "wasm", tsify(type = "Record<string, string>"))]
    pub params: BTreeMap<String, String>,
    /// The county's waivers.
    #[cfg_attr(feature = "wasm", tsify(type = "unknown[]"))]
    pub waivers: Value,
}

/// The files that the newest versions of all packs consist of; before an index can be told to be the bureau's, the earlier
/// ones that lead to its key.
#[must_use]
pub fn needed(call: &VerifyCall) -> NeededAnswer {
    let files = in_bytes(&call.files).0;
    let outcome = received(&files).map_err(|_| Refusal::MissingFile(INDEX.to_owned())).and_then(|received| {
        current(received, &call.public_key, call.accepted.as_ref(), call.today, &Engine::current())
    });
    let file = |(name, bytes): (String, usize)| NeededFile { name, bytes };
    match outcome {
        Ok(Verified { index, .. }) => {
            let named = index.in_force().flat_map(Edition::needed);
            let listed = named.filter_map(|name| Some((name.clone(), index.files.get(name)?.bytes)));
            NeededAnswer { refusal: None, files: listed.map(file).collect() }
        }
        Err(refusal) => {
            let index = files.get(INDEX).map(Vec::as_slice).unwrap_or_default();
            let mut names = handovers_named(index);
            names.retain(|(name, _)| !files.contains_key(name));
            let refusal = names.is_empty().then(|| refusal.view(call.lang));
            NeededAnswer { refusal, files: names.into_iter().map(file).collect() }
        }
    }
}

/// Checks what came.
#[must_use]
pub fn receive(call: &VerifyCall) -> VerifyAnswer {
    match offered(call) {
        Ok(offer) => VerifyAnswer { refusal: None, offer: Some(offer) },
        Err(refusal) => VerifyAnswer { refusal: Some(refusal.view(call.lang)), offer: None },
    }
}

fn offered(call: &VerifyCall) -> Result<OfferView, Refusal> {
    let files = in_bytes(&call.files).0;
    let received = received(&files).map_err(|_| Refusal::MissingFile(INDEX.to_owned()))?;
    let Verified { index, accepted } =
        verify(received, &call.public_key, call.accepted.as_ref(), call.today, &Engine::current())?;
    let id = index.newest(&call.pack).map(|edition| edition.id.as_str()).filter(|_| accepted.pack.is_none());
    let edition = Wanted { id, accepted: Some(&accepted) }.of(&index)?;
    let Taken { edition, files: rules, params, .. } = taken(edition, &files, call.today)?;
    let waivers = edition.waivers.as_ref().and_then(|name| bulou_document::from_json(files.get(name)?).ok());
    Ok(OfferView {
        serial: accepted.serial,
        accepted: Accepted { pack: Some(edition.id.clone()), ..accepted },
        published: index.published.to_string(),
        expires: index.expires.to_string(),
        id: edition.id,
        version: edition.version,
        sha256: edition.sha256,
        files: rules.0.into_iter().map(|(name, bytes)| (name, in_text(&bytes))).collect(),
        params: params.into_iter().collect(),
        waivers: waivers.unwrap_or(Value::Array(Vec::new())),
    })
}
