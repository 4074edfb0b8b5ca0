//! `bulou publish` and `bulou verify`: packs into a folder with an index and a signature, and back.

mod beside;
pub mod folder;
mod places;
mod secret;
pub mod verify;

use std::path::{Path, PathBuf};

use bulou_base::date::{Date, days_between, plus_days};
use bulou_base::limits;
use bulou_base::sanitize::visible_lines;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::texts;
use bulou_pack::Files;
use bulou_pack::cases::not_covered;
use bulou_pack::publish::{
    Before, Engine, INDEX, Obstacles, Prepared, Publication, SIGNATURE, authentic, key_line, prepare,
};
use clap::Args;
use minisign::SecretKey;

use super::check::{day, today};
use super::destination::{replace, show};
use super::files::{named, named_text};
use super::terminal::language;
use super::{Common, diff, pack};
use folder::{Folder, Opened};

/// Options of `publish`.
#[derive(Args)]
pub struct PublishArgs {
    path: Option<PathBuf>,
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "key")]
    password_file: Option<PathBuf>,
    #[arg(long, value_name = "FILE", required_unless_present = "key")]
    public_key: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    last_key: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    next_key: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    revoke: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    params: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    #[arg(long, value_parser = day)]
    as_of: Option<Date>,
    #[arg(long, default_value_t = 180, value_name = "N")]
    days: u32,
    #[arg(long, value_name = "VERSION", value_parser = engine)]
    min_engine: Option<String>,
}

/// A version as programs compare them; no school would have one that is none.
fn engine(version: &str) -> Result<String, String> {
    if Engine::is_version(version) {
        return Ok(version.to_owned());
    }
    Err(texts::version_such_0_1().get(language()).to_owned())
}

/// `bulou publish`
pub fn publish(args: &PublishArgs, common: &Common) -> Result<u8, String> {
    let lang = common.lang();
    let said = |words: LocalizedText| words.get(lang).to_owned();
    let from = common.folder(args.path.as_deref())?;
    places::checked(from, &args.output, args.key.as_deref())
        .map_err(|problems| LocalizedText::lines(&problems, lang))?;
    let pack = pack::files(from, lang)?;
    if pack::loaded(&pack, true, common).rules.is_none() {
        return Ok(2);
    }
    let secret = args.key.as_deref().map(|path| secret::secret_key(path, args.password_file.as_deref()));
    let secret = secret.transpose().map_err(said)?;
    let key = signing_key(args, secret.as_ref(), lang)?;
    let folder = Folder::read(&args.output).map_err(|fault| fault.message(lang))?;
    let before = last(args, &folder, &key, lang)?;
    let prepared = prepared(args, &pack, &key, (&folder, before.as_ref()), lang)?;
    places::only_published(&folder, &prepared).map_err(said)?;
    if let Some(key) = args.key.as_deref() {
        places::without_secret(key, &prepared).map_err(said)?;
    }
    if let Some(bundle) = replaced(before.as_ref(), &prepared) {
        show(&diff::between_versions(bundle, &pack, prepared.index.published, common)?)?;
    }
    if let Some(words) = another_day(prepared.index.published) {
        show(words.get(lang))?;
    }
    if !prepared.uncovered.is_empty() {
        show(&uncovered(&prepared, lang))?;
    }
    show(&beside::differences(before.as_ref(), &prepared, lang).map_err(|refusal| refusal.view(lang).to_string())?)?;
    let signature = secret.as_ref().map(|secret| sign(secret, &key, &prepared)).transpose()?;
    write_all(&args.output, &prepared, signature.as_deref())?;
    if signature.is_some() {
        // As a school will.
        let written = Folder::read(&args.output).and_then(|folder| folder.go_on(&key));
        written.map_err(|fault| fault.message(lang))?;
    }
    folder.tell_unfinished(lang);
    show(&published(&args.output, &prepared, signature.is_some(), lang))?;
    Ok(0)
}

fn prepared(
    args: &PublishArgs,
    pack: &Files,
    key: &str,
    (folder, before): (&Folder, Option<&Opened>),
    lang: Lang,
) -> Result<Prepared, String> {
    let said = |words: LocalizedText| words.get(lang).to_owned();
    let given = |path: Option<&PathBuf>| path.map(|path| named(path, limits::GIVEN_BYTES)).transpose().map_err(said);
    let text = |path: &PathBuf| named_text(path, limits::GIVEN_BYTES).map_err(said);
    let today = args.as_of.unwrap_or_else(today);
    let engine =
        Engine { bulou: args.min_engine.clone().unwrap_or_else(|| Engine::current().bulou), ..Engine::current() };
    let (params, waivers) = (given(args.params.as_ref())?, given(args.waivers.as_ref())?);
    let next_key = args.next_key.as_ref().map(text).transpose()?;
    let revoke = args.revoke.iter().map(text).collect::<Result<Vec<_>, _>>()?;
    let kept = before.map(|before| Before {
        index: &before.verified.index,
        bytes: folder.index().unwrap_or_default(),
        signature: folder.signature().unwrap_or_default(),
        files: &before.files,
    });
    let too_long = || texts::would_valid_too_long().get(lang);
    let publication = Publication {
        pack,
        params: params.as_deref(),
        waivers: waivers.as_deref(),
        before: kept.as_ref(),
        key,
        next_key: next_key.as_deref(),
        revoke: &revoke,
        today,
        expires: plus_days(today, args.days.into()).ok_or_else(too_long)?,
        engine: &engine,
    };
    prepare(publication).map_err(|Obstacles(problems)| LocalizedText::lines(&problems, lang))
}

/// That a publication is of a day far from today's: schools accept it from then on, and its last day is counted from there.
fn another_day(published: Date) -> Option<LocalizedText> {
    let today = today();
    (days_between(today, published).abs() > 1).then(|| texts::day_publication_not_today(&published, &today).text())
}

/// The rules that no case covers, which nothing but reading vouches for.
fn uncovered(prepared: &Prepared, lang: Lang) -> String {
    let lines = prepared.uncovered.iter().map(|one| not_covered(one).get(lang).to_owned());
    visible_lines(&lines.collect::<Vec<_>>().join("\n"))
}

/// The bundle of the version that a publication replaces.
fn replaced<'b>(before: Option<&'b Opened>, prepared: &Prepared) -> Option<&'b [u8]> {
    let (before, edition) = (before?, prepared.index.packs.last()?);
    let replaced = before.verified.index.newest(&edition.id)?;
    before.files.get(&replaced.bundle).map(Vec::as_slice)
}

/// What was written and what is left to do.
fn published(folder: &Path, prepared: &Prepared, signed: bool, lang: Lang) -> String {
    let (serial, expires, shown) = (prepared.index.serial, prepared.index.expires, folder.display());
    let words = if signed {
        texts::published_index_valid_signed(&shown, &serial, &expires).text()
    } else {
        let index = quoted(&folder.join(INDEX).display().to_string());
        let sign = format!("minisign -S -s KEY -m {index} -t '{}'", prepared.comment);
        texts::written_index_valid_not(&shown, &serial, &expires, &sign).text()
    };
    format!("{}\n  sha256 {}", words.get(lang), bulou_eval::sha256(&prepared.bytes))
}

/// A word of a command for a shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// The index that is in the folder already, when there is one: it must be ours, and the files what it says.
fn last(args: &PublishArgs, folder: &Folder, key: &str, lang: Lang) -> Result<Option<Opened>, String> {
    // What is given is read, whether or not it is needed: a wrong path is a mistake.
    let key = match &args.last_key {
        Some(path) => named_text(path, limits::GIVEN_BYTES).map_err(|words| words.get(lang).to_owned())?,
        None => key.to_owned(),
    };
    if folder.index().is_none() {
        return Ok(None);
    }
    folder.go_on(&key).map(Some).map_err(|fault| {
        let why = fault.message(lang);
        let hint = texts::where_key_changes_give().get(lang);
        format!("{}: {why} ({hint})", texts::folders_last_publication_cannot().get(lang))
    })
}

/// The public key of the one that will sign.
fn signing_key(args: &PublishArgs, secret: Option<&SecretKey>, lang: Lang) -> Result<String, String> {
    let own = secret.map(secret::public_key).transpose()?;
    let given = args.public_key.as_deref().map(|path| named_text(path, limits::GIVEN_BYTES));
    let given = given.transpose().map_err(|words| words.get(lang).to_owned())?;
    let line = |text: String| key_line(&text).map_err(|refusal| refusal.view(lang).to_string());
    match (own.map(line).transpose()?, given.map(line).transpose()?) {
        (Some(own), Some(given)) if own != given => Err(texts::key_public_key_no().get(lang).to_owned()),
        (Some(key), _) | (None, Some(key)) => Ok(key),
        (None, None) => Err(texts::key_public_key_needed().get(lang).to_owned()),
    }
}

/// Signs the index, and checks the signature as a school would.
fn sign(secret: &SecretKey, key: &str, prepared: &Prepared) -> Result<Vec<u8>, String> {
    let bytes = prepared.bytes.as_slice();
    let signed =
        minisign::sign(None, secret, bytes, Some(&prepared.comment), None).map_err(|error| error.to_string())?;
    let signature = signed.into_string().into_bytes();
    authentic(bytes, Some(&signature), key).map_err(|refusal| refusal.view(language()).to_string())?;
    Ok(signature)
}

/// Writes the files, then the signature, then the index: what is interrupted is refused, and never half accepted.
fn write_all(folder: &Path, prepared: &Prepared, signature: Option<&[u8]>) -> Result<(), String> {
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("{} `{}`: {error}", texts::cannot_make().get(language()), folder.display()))?;
    for (name, bytes) in &prepared.files {
        replace(&folder.join(name), bytes)?;
    }
    let place = folder.join(SIGNATURE);
    match signature {
        Some(signature) => replace(&place, signature)?,
        None if std::fs::symlink_metadata(&place).is_ok() => {
            std::fs::remove_file(&place).map_err(|error| {
                format!("{} `{}`: {error}", texts::cannot_remove().get(language()), place.display())
            })?;
        }
        None => {}
    }
    replace(&folder.join(INDEX), &prepared.bytes)
}
