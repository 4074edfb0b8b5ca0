//! Publishing a pack, and accepting one that was published, for a caller that holds all files in memory as texts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::LangName;
use super::trial::in_bytes;
use crate::date::{Date, plus_days};
use crate::diagnostic::Words;
use crate::eval::params_from_json;
use crate::pack::publish::{
    Accepted, Before, Edition, Engine, INDEX, Prepared, Publication, Received, Refusal, RefusalView, SIGNATURE,
    Verified, authentic, continued, prepare, unbundle, verify,
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
    /// The public key that the last publication is checked with.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub public_key: Option<String>,
    /// The day of publication.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    #[serde(deserialize_with = "crate::date::deserialize")]
    pub today: Date,
    /// For how many days it is valid.
    pub days: u32,
    /// Language of the answer.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub lang: LangName,
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
    let lang = call.lang.into();
    match published(call) {
        Ok(published) => PublishAnswer { problems: Vec::new(), published: Some(published) },
        Err(problems) => {
            let problems = problems.iter().map(|words| words.get(lang).to_owned()).collect();
            PublishAnswer { problems, published: None }
        }
    }
}

fn published(call: &PublishCall) -> Result<PublishedView, Vec<Words>> {
    let held = call.before.as_ref().map(in_bytes).map(|files| files.0).unwrap_or_default();
    let last = match &call.before {
        Some(_) => Some(last(&held, call.public_key.as_deref()).map_err(|words| vec![words])?),
        None => None,
    };
    let bytes = held.get(INDEX).map(Vec::as_slice).unwrap_or_default();
    let before = last.as_ref().map(|last| Before { index: &last.index, bytes, files: &held });
    let too_long = || vec![Words::new("有效期太长", "it would be valid for too long")];
    let prepared = prepare(Publication {
        pack: &in_bytes(&call.files),
        params: call.params.as_ref().map(|text| text.as_bytes()),
        waivers: call.waivers.as_ref().map(|text| text.as_bytes()),
        before: before.as_ref(),
        today: call.today,
        expires: plus_days(call.today, call.days.into()).ok_or_else(too_long)?,
        engine: &Engine::current(),
    })?;
    Ok(folder(prepared, held))
}

/// The last publication, when it is what the holder of the key published.
fn last(held: &BTreeMap<String, Vec<u8>>, public_key: Option<&str>) -> Result<Verified, Words> {
    let no_key = || {
        Words::new(
            "要接着上一次发布,请给出公钥文件,好核对上一次的没有被改过",
            "to go on from the last publication, give the public key file, so that it can be checked",
        )
    };
    let key = public_key.ok_or_else(no_key)?;
    continued(received(held)?, key).map_err(|refusal| {
        let words = refusal.words();
        Words::new(
            format!("不能接着上一次发布:{} {}", refusal.code(), words.zh),
            format!("the last publication cannot be continued: {} {}", refusal.code(), words.en),
        )
    })
}

fn received(files: &BTreeMap<String, Vec<u8>>) -> Result<Received<'_>, Words> {
    let index = files.get(INDEX).ok_or_else(|| Refusal::MissingFile(INDEX.to_owned()).words())?;
    Ok(Received { index, signature: files.get(SIGNATURE).map(Vec::as_slice), files, newest_only: true })
}

/// What the folder holds from now on: bundles of earlier versions stay.
fn folder(prepared: Prepared, held: BTreeMap<String, Vec<u8>>) -> PublishedView {
    let Prepared { index, bytes, files, comment } = prepared;
    let mut all: BTreeMap<_, _> = held.into_iter().filter(|(name, _)| index.files.contains_key(name)).collect();
    all.extend(files);
    let sha256 = crate::eval::sha256(&bytes);
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
    #[cfg_attr(feature = "wasm", tsify(optional, type = "{ serial: number; sha256: string }"))]
    pub accepted: Option<Accepted>,
    /// The pack whose newest version is wanted.
    pub pack: String,
    /// Today.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    #[serde(deserialize_with = "crate::date::deserialize")]
    pub today: Date,
    /// Language of the answer.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub lang: LangName,
}

/// What is to be fetched besides an index and its signature, when they are authentic.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct NeededAnswer {
    /// Why the index is not accepted.
    pub refusal: Option<RefusalView>,
    /// Names of files.
    pub files: Vec<String>,
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
    /// SHA-256 of the index.
    pub index: String,
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

/// The files that the newest version of the wanted pack consists of.
#[must_use]
pub fn needed(call: &VerifyCall) -> NeededAnswer {
    let files = in_bytes(&call.files).0;
    let index = files.get(INDEX).map(Vec::as_slice).unwrap_or_default();
    match authentic(index, files.get(SIGNATURE).map(Vec::as_slice), &call.public_key) {
        Ok(verified) => {
            let names = verified.index.in_force().flat_map(Edition::needed).cloned().collect();
            NeededAnswer { refusal: None, files: names }
        }
        Err(refusal) => NeededAnswer { refusal: Some(refusal.view(call.lang.into())), files: Vec::new() },
    }
}

/// Checks what came.
#[must_use]
pub fn receive(call: &VerifyCall) -> VerifyAnswer {
    match offered(call) {
        Ok(offer) => VerifyAnswer { refusal: None, offer: Some(offer) },
        Err(refusal) => VerifyAnswer { refusal: Some(refusal.view(call.lang.into())), offer: None },
    }
}

fn offered(call: &VerifyCall) -> Result<OfferView, Refusal> {
    let files = in_bytes(&call.files).0;
    let index = files.get(INDEX).ok_or_else(|| Refusal::MissingFile(INDEX.to_owned()))?;
    let signature = files.get(SIGNATURE).map(Vec::as_slice);
    let received = Received { index, signature, files: &files, newest_only: true };
    let Verified { index, accepted, .. } =
        verify(received, &call.public_key, call.accepted.as_ref(), call.today, &Engine::current())?;
    let edition = index.newest(&call.pack).or_else(|| index.packs.last());
    let edition = edition.ok_or_else(|| Refusal::MissingFile(call.pack.clone()))?;
    let bytes = |name: Option<&String>| name.and_then(|name| files.get(name)).map(Vec::as_slice);
    let altered = |name: &Option<String>| Refusal::AlteredFile(name.clone().unwrap_or_default());
    let params = bytes(edition.params.as_ref()).map(params_from_json).transpose();
    let waivers = bytes(edition.waivers.as_ref()).map(serde_json::from_slice).transpose();
    let rules = bytes(Some(&edition.bundle)).and_then(unbundle).unwrap_or_default();
    Ok(OfferView {
        serial: accepted.serial,
        index: accepted.sha256,
        published: index.published.to_string(),
        expires: index.expires.to_string(),
        id: edition.id.clone(),
        version: edition.version.clone(),
        sha256: edition.sha256.clone(),
        files: rules.0.into_iter().map(|(name, bytes)| (name, in_text(&bytes))).collect(),
        params: params.map_err(|_| altered(&edition.params))?.unwrap_or_default().into_iter().collect(),
        waivers: waivers.map_err(|_| altered(&edition.waivers))?.unwrap_or(Value::Array(Vec::new())),
    })
}
