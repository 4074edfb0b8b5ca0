//! The index of a folder with published rule files: what is in force, since when, until when, and the hash of each file.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use bulou_base::date::Date;
use bulou_eval::sha256;
use bulou_ir::RuleSet;

/// The index's file.
pub const INDEX: &str = "index.json";
/// Its signature's file, where `minisign -V -m index.json` looks for it.
pub const SIGNATURE: &str = "index.json.minisig";
/// What the key `format` of an index says.
pub const FORMAT: &str = "bulou-index";
/// The version of the index that this program reads and writes.
pub const FORMAT_VERSION: u32 = 2;
/// The version of the rule language that this program knows; it rises when an older program would misread a pack.
pub const LANGUAGE: u32 = 1;

/// What a published folder holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// [`FORMAT`]
    pub format: String,
    /// [`FORMAT_VERSION`]
    pub format_version: u32,
    /// 1 for the folder's first index, one more for each that follows.
    pub serial: u64,
    /// The day it was made; not valid before.
    #[serde(with = "bulou_base::date")]
    pub published: Date,
    /// Last day on which it is valid.
    #[serde(with = "bulou_base::date")]
    pub expires: Date,
    /// The key that signs it, as the second line of minisign's public key file.
    pub key: String,
    /// The key that may sign in its place from the next index on; once named, it is exchanged by its own signature alone.
    pub next_key: Option<String>,
    /// Keys that were lost to others: what they signed is refused.
    pub revoked: BTreeSet<String>,
    /// SHA-256 of the bytes of every earlier index, the first one first: who accepted one of them notices a fork.
    pub previous: Vec<String>,
    /// Every version of every pack, in the order of publication.
    pub packs: Vec<Edition>,
    /// Every file of the folder besides the index and its signature.
    pub files: BTreeMap<String, FileInfo>,
}

/// One version of a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// `campus-safety`
    pub id: String,
    /// For people.
    pub title: String,
    /// `2022.6.24`
    pub version: String,
    /// Who publishes it.
    pub publisher: String,
    /// The pack's first day in force, when it names one.
    pub effective_from: Option<String>,
    /// The pack's last day in force, when it names one.
    pub effective_until: Option<String>,
    /// Fingerprint over the rule files, as reports state it.
    pub sha256: String,
    /// Fingerprint of the version before.
    pub previous: Option<String>,
    /// The program that is needed at least.
    pub engine: Engine,
    /// The file with all rule files: a JSON object of names and texts.
    pub bundle: String,
    /// SHA-256 of each rule file in the bundle.
    pub files: BTreeMap<String, String>,
    /// The file with the county's parameters; only for the newest version.
    pub params: Option<String>,
    /// The file with the county's waivers; only for the newest version.
    pub waivers: Option<String>,
}

/// A program that reads rule files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engine {
    /// Its version, `0.1.0`.
    pub bulou: String,
    /// Its rule language, see [`LANGUAGE`].
    pub language: u32,
}

impl Engine {
    /// This program.
    #[must_use]
    pub fn current() -> Self {
        Self { bulou: env!("CARGO_PKG_VERSION").to_owned(), language: LANGUAGE }
    }

    /// Whether a text is a version of the program: `0.1.0`.
    #[must_use]
    pub fn is_version(text: &str) -> bool {
        numbers(text).is_some_and(|numbers| numbers.len() == 3)
    }

    /// Whether it can read what needs `least`; a version it cannot read is none that it can satisfy.
    #[must_use]
    pub fn satisfies(&self, least: &Self) -> bool {
        match (numbers(&self.bulou), numbers(&least.bulou)) {
            (Some(own), Some(least_parts)) => own >= least_parts && self.language >= least.language,
            _ => false,
        }
    }
}

/// The numbers of a version such as `0.1.0`.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten();
    version.split('.').map(number).collect()
}

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileInfo {
    /// Over its bytes.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: usize,
}

impl FileInfo {
    /// What the index says of a file with these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self { sha256: sha256(bytes), bytes: bytes.len() }
    }
}

impl Index {
    /// The bytes that are signed: keys in a fixed order, files sorted by name, two spaces of indentation, a newline.
    ///
    /// # Errors
    /// None that these types can cause; the serializer's signature has one.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The trusted comment that it is signed with, which says what the signature is for.
    #[must_use]
    pub fn comment(&self) -> String {
        let Self { serial, published, expires, .. } = self;
        let pack = self.packs.last().map(|edition| format!("{}@{}", edition.id, edition.version)).unwrap_or_default();
        format!("bulou serial:{serial} published:{published} expires:{expires} pack:{pack}")
    }

    /// The version of a pack that was published last.
    #[must_use]
    pub fn newest(&self, id: &str) -> Option<&Edition> {
        self.packs.iter().rev().find(|edition| edition.id == id)
    }

    /// The newest version of every pack.
    pub fn in_force(&self) -> impl Iterator<Item = &Edition> {
        self.packs.iter().filter(|edition| self.newest(&edition.id).is_some_and(|newest| newest == *edition))
    }
}

/// The file in which the index with this serial stays, where another key signs the next one: it names that key.
#[must_use]
pub fn handover(serial: u64) -> String {
    format!("index-{serial}.json")
}

/// The file with the signature of an index or of what [`handover`] names.
#[must_use]
pub fn signature_of(index: &str) -> String {
    format!("{index}.minisig")
}

impl Edition {
    /// The files that a reader of this version needs.
    pub fn needed(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.bundle).chain(&self.params).chain(&self.waivers)
    }

    /// The same with what its rules say of themselves: what is published and what is compared with it.
    pub(super) fn describing(self, rules: &RuleSet) -> Self {
        Self {
            id: rules.pack.id.clone(),
            title: rules.title.clone(),
            version: rules.pack.version.clone(),
            publisher: rules.publisher.clone(),
            effective_from: rules.effective.map(|effective| effective.from.to_string()),
            effective_until: rules.effective.and_then(|effective| effective.until).map(|day| day.to_string()),
            sha256: rules.pack.sha256.clone(),
            ..self
        }
    }
}

/// Compares versions part by part, whole numbers by value: `2022.6.24` comes after `2022.6.3`.
///
/// ```
/// use bulou_pack::publish::compare_versions;
/// assert!(compare_versions("2022.6.24", "2022.6.3").is_gt());
/// assert!(compare_versions("1", "1.0").is_lt());
/// ```
#[must_use]
pub fn compare_versions(left: &str, right: &str) -> Ordering {
    let parts = |version: &str| {
        let part = |part: &str| (part.parse::<u64>().ok(), part.to_owned());
        version.split(['.', '-']).map(part).collect::<Vec<_>>()
    };
    parts(left).cmp(&parts(right))
}
