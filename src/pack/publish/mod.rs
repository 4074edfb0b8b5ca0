//! Publishing a pack: a folder that schools can download or get on a USB stick, and whose content nobody can change,
//! withhold or replace by an older one without being noticed.

mod index;
mod keys;
mod refusal;
mod taken;
mod verify;

use std::collections::{BTreeMap, BTreeSet};

pub use index::{
    Edition, Engine, FORMAT, FORMAT_VERSION, FileInfo, INDEX, Index, LANGUAGE, SIGNATURE, compare_versions, handover,
    signature_of,
};
pub use keys::{handovers_named, key_line};
pub use refusal::{Refusal, RefusalView};
pub use taken::{Taken, Wanted, taken};
pub use verify::{Accepted, Received, Verified, authentic, continued, current, verify, whole};

use crate::cases::Lacks;
use crate::{Files, cases, load};
use bulou_base::date::Date;
use bulou_base::filename::{is_portable, is_portable_path};
use bulou_base::limits;
use bulou_document::Unread;
use bulou_eval::{Checker, Options, params_from_json, sha256};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::{Lang, LocalizedText, Severity};
use bulou_messages::texts;
use keys::Keys;

/// What is to be published.
#[derive(Clone, Copy, Debug)]
pub struct Publication<'a> {
    /// The pack's files, cases included: they are run, not published.
    pub pack: &'a Files,
    /// The county's parameters, a JSON object; without them those of the version before stay.
    pub params: Option<&'a [u8]>,
    /// The county's waivers, a JSON array; without them those of the version before stay.
    pub waivers: Option<&'a [u8]>,
    /// What the folder holds already.
    pub before: Option<&'a Before<'a>>,
    /// The public key of the one that the index will be signed with.
    pub key: &'a str,
    /// The public key that may sign from the next index on; without it the one named before stays.
    pub next_key: Option<&'a str>,
    /// Public keys that were lost to others, beside those that were revoked before.
    pub revoke: &'a [String],
    /// The day of publication.
    pub today: Date,
    /// Last day on which the index is valid.
    pub expires: Date,
    /// The program that readers need at least.
    pub engine: &'a Engine,
}

/// The index before, whose signature the caller has checked, and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// The index.
    pub index: &'a Index,
    /// What was signed.
    pub bytes: &'a [u8],
    /// Its signature.
    pub signature: &'a [u8],
    /// The folder's parameter and waiver files, as far as they are there.
    pub files: &'a BTreeMap<String, Vec<u8>>,
}

/// A publication, ready to be written and signed.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The index.
    pub index: Index,
    /// Its bytes, which are what to sign.
    pub bytes: Vec<u8>,
    /// The files to write before it, by name.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The trusted comment to sign with: serial, last day, pack and version.
    pub comment: String,
    /// Rules that the cases do not cover.
    pub uncovered: Vec<(String, Lacks)>,
}

/// A pack cannot be published: everything that stands against it, each with what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", LocalizedText::lines(.0, Lang::En))]
pub struct Obstacles(pub Vec<LocalizedText>);

/// Compiles a pack, runs its cases, and makes the index that follows the one before.
///
/// # Errors
/// Everything that stands against publishing it.
pub fn prepare(publication: Publication<'_>) -> Result<Prepared, Obstacles> {
    let Sound { rules, content, uncovered } = sound(publication.pack)?;
    let newest = publication.before.and_then(|before| before.index.newest(&rules.pack.id));
    let mut problems: Vec<LocalizedText> = named(&rules).into_iter().chain(follows(&rules, newest)).collect();
    if publication.expires < publication.today {
        problems.push(texts::last_day_over_give(&publication.expires).text());
    }
    let bundle = bundle(publication.pack, &content, &mut problems);
    let given = Given::of(&publication, &rules, newest, &mut problems);
    let keys = Keys::of(&publication, &mut problems);
    if !problems.is_empty() {
        return Err(Obstacles(problems));
    }
    let edition = edition(&rules, &publication, newest, &given, &bundle);
    let mut files = given.files;
    let bytes = serde_json::to_vec_pretty(&bundle).map(|bytes| [bytes, b"\n".to_vec()].concat());
    files.insert(edition.bundle.clone(), bytes.map_err(unwritten)?);
    files.extend(keys::handed_over(publication.before, &keys.key));
    let index = following(&publication, edition, keys, &files);
    let bytes = index.to_bytes().map_err(unwritten)?;
    if bytes.len() > limits::INDEX_BYTES || files.values().any(|bytes| bytes.len() > limits::PACK_BYTES) {
        return Err(Obstacles(vec![texts::files_would_too_large().text()]));
    }
    Ok(Prepared { bytes, comment: index.comment(), index, files, uncovered })
}

fn unwritten(error: serde_json::Error) -> Obstacles {
    Obstacles(vec![texts::no_json_could_written(&error).text()])
}

/// A pack without errors whose cases all come out as expected.
struct Sound {
    rules: RuleSet,
    /// The files that it consists of.
    content: BTreeSet<String>,
    uncovered: Vec<(String, Lacks)>,
}

fn sound(pack: &Files) -> Result<Sound, Obstacles> {
    let loaded = load(pack);
    let errors = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).count();
    let Some(rules) = loaded.rules else {
        return Err(Obstacles(vec![texts::pack_errors_cannot_published(&errors).text()]));
    };
    if cases::none(pack) {
        return Err(Obstacles(vec![cases::untried()]));
    }
    let results = cases::run(&rules, pack);
    let mut problems = results.problems;
    for case in results.cases.iter().filter(|case| !case.mismatches.is_empty()) {
        problems.push(texts::case_fails_pack_cannot(&case.file, &case.title).text());
        problems.extend(case.mismatches.words());
    }
    if !problems.is_empty() {
        return Err(Obstacles(problems));
    }
    Ok(Sound { rules, content: loaded.content, uncovered: results.uncovered })
}

/// Id and version become part of file names, so they must be plain.
fn named(rules: &RuleSet) -> Option<LocalizedText> {
    let plain = |text: &str| is_portable(text) && text.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    (!plain(&rules.pack.id) || !plain(&rules.pack.version))
        .then(|| texts::id_version_become_file(&rules.pack.id, &rules.pack.version).text())
}

/// A version must be newer than the one before, unless it is the same to the byte.
fn follows(rules: &RuleSet, newest: Option<&Edition>) -> Option<LocalizedText> {
    let newest = newest?;
    let order = compare_versions(&rules.pack.version, &newest.version);
    if order.is_gt() || (rules.pack.version == newest.version && rules.pack.sha256 == newest.sha256) {
        return None;
    }
    Some(if rules.pack.version == newest.version {
        texts::version_published_already_other(&newest.version).text()
    } else {
        texts::version_not_newer_than(&rules.pack.version, &newest.version).text()
    })
}

/// What the pack consists of as texts; cases, and whatever else lies in its folder, stay at home.
fn bundle(pack: &Files, content: &BTreeSet<String>, problems: &mut Vec<LocalizedText>) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (name, bytes) in pack.0.iter().filter(|(name, _)| content.contains(*name)) {
        if !is_portable_path(name) {
            problems.push(texts::file_name_none_every(&name).text());
        }
        match String::from_utf8(bytes.clone()) {
            Ok(text) => {
                texts.insert(name.clone(), text);
            }
            Err(_) => problems.push(texts::file_no_utf_8(&name).text()),
        }
    }
    texts
}

/// The rule files of a bundle; `None` when it is no JSON object of texts.
#[must_use]
pub fn unbundle(bytes: &[u8]) -> Option<Files> {
    let texts: BTreeMap<String, String> = bulou_document::from_json(bytes).ok()?;
    Some(Files(texts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect()))
}

/// Parameters and waivers that go with a pack: their names and bytes.
struct Given {
    params: Option<String>,
    waivers: Option<String>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Given {
    fn of(
        publication: &Publication<'_>,
        rules: &RuleSet,
        newest: Option<&Edition>,
        problems: &mut Vec<LocalizedText>,
    ) -> Self {
        let mut given = Self { params: None, waivers: None, files: BTreeMap::new() };
        let kept = |name: Option<&String>, problems: &mut Vec<LocalizedText>| {
            let (name, before) = (name?, publication.before?);
            let bytes =
                before.files.get(name).filter(|bytes| before.index.files.get(name) == Some(&FileInfo::of(bytes)));
            if bytes.is_none() {
                problems.push(texts::published_before_missing_altered(&name).text());
            }
            bytes.cloned()
        };
        let mut options = Options::on(publication.today);
        // Files are named in the language of the pack.
        let lang = Lang::of(&rules.title);
        let params = publication.params.map(<[u8]>::to_vec);
        if let Some(bytes) = params.or_else(|| kept(newest.and_then(|newest| newest.params.as_ref()), problems)) {
            let name = format!("{}.{}.json", rules.pack.id, texts::params().get(lang));
            options.params = read(&name, params_from_json(&bytes), problems);
            given.files.insert(name.clone(), bytes);
            given.params = Some(name);
        }
        let waivers = publication.waivers.map(<[u8]>::to_vec);
        if let Some(bytes) = waivers.or_else(|| kept(newest.and_then(|newest| newest.waivers.as_ref()), problems)) {
            let name = format!("{}.{}.json", rules.pack.id, texts::waivers_2().get(lang));
            options.waivers = read(&name, bulou_document::from_json(&bytes), problems);
            given.files.insert(name.clone(), bytes);
            given.waivers = Some(name);
        }
        problems.extend(Checker::new(rules, &options).err().unwrap_or_default().texts());
        given
    }
}

fn read<T: Default>(name: &str, read: Result<T, Unread>, problems: &mut Vec<LocalizedText>) -> T {
    read.unwrap_or_else(|error| {
        problems.push(texts::cannot_read_3(&name, &error.text()).text());
        T::default()
    })
}

fn edition(
    rules: &RuleSet,
    publication: &Publication<'_>,
    newest: Option<&Edition>,
    given: &Given,
    bundle: &BTreeMap<String, String>,
) -> Edition {
    let named = Edition {
        previous: match newest {
            Some(newest) if newest.version == rules.pack.version => newest.previous.clone(),
            newest => newest.map(|newest| newest.sha256.clone()),
        },
        engine: publication.engine.clone(),
        bundle: format!("{}-{}.bulou.json", rules.pack.id, rules.pack.version),
        files: bundle.iter().map(|(name, text)| (name.clone(), sha256(text.as_bytes()))).collect(),
        params: given.params.clone(),
        waivers: given.waivers.clone(),
        ..Edition::default()
    };
    named.describing(rules)
}

/// The index that comes after the one before.
fn following(publication: &Publication<'_>, edition: Edition, keys: Keys, files: &BTreeMap<String, Vec<u8>>) -> Index {
    let before = publication.before;
    let mut previous = before.map(|before| before.index.previous.clone()).unwrap_or_default();
    previous.extend(before.map(|before| sha256(before.bytes)));
    let mut packs = before.map(|before| before.index.packs.clone()).unwrap_or_default();
    packs.retain(|earlier| (&earlier.id, &earlier.version) != (&edition.id, &edition.version));
    for earlier in packs.iter_mut().filter(|earlier| earlier.id == edition.id) {
        (earlier.params, earlier.waivers) = (None, None);
    }
    packs.push(edition);
    let mut listed = before.map(|before| before.index.files.clone()).unwrap_or_default();
    listed.extend(files.iter().map(|(name, bytes)| (name.clone(), FileInfo::of(bytes))));
    Index {
        format: FORMAT.to_owned(),
        format_version: FORMAT_VERSION,
        serial: before.map_or(1, |before| before.index.serial + 1),
        published: publication.today,
        expires: publication.expires,
        key: keys.key,
        next_key: keys.next_key,
        revoked: keys.revoked,
        previous,
        packs,
        files: listed,
    }
}
