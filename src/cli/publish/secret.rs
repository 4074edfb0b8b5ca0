//! The publisher's secret key, and where it must not lie.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bulou_base::limits;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;
use ct_codecs::{Base64, Decoder as _};
use minisign::{PublicKey, SecretKey, SecretKeyBox};

use crate::files::{found, named_text};

/// The environment variable with the secret key's password.
const PASSWORD: &str = "BULOU_KEY_PASSWORD";
/// What the second line of minisign's secret keys begins with: with a password, and without.
const MINISIGN: [&str; 2] = ["RWRTY0Iy", "RWQAAEIy"];
/// So many letters follow at least; a public key has fewer altogether.
const LETTERS: usize = 92;
/// Where in that line letters stand that are secret: behind what keys have in common, before the public half. Of so many
/// there is chance enough that no other text holds them.
const SECRET: std::ops::Range<usize> = 84..104;
const PART: usize = 16;

/// Reads a secret key of minisign's, encrypted or not.
pub fn secret_key(path: &Path, password_file: Option<&Path>) -> Result<SecretKey, LocalizedText> {
    let text = named_text(path, limits::GIVEN_BYTES)?;
    if let Some(key) = open_key(&text) {
        return Ok(key);
    }
    let password = match password_file {
        Some(path) => Some(named_text(path, limits::GIVEN_BYTES)?.trim_end_matches(['\r', '\n']).to_owned()),
        None => std::env::var(PASSWORD).ok(),
    };
    let key = SecretKeyBox::from_string(&text).and_then(|key| key.into_secret_key(password));
    key.map_err(|error| {
        let shown = path.display();
        texts::secret_key_cannot_opened(&shown, &error).text()
    })
}

/// A secret key that `minisign -G -W` wrote: it has no password and, unlike those of the crate, no checksum either.
fn open_key(text: &str) -> Option<SecretKey> {
    let bytes = Base64::decode_to_vec(text.lines().nth(1)?.trim(), None).ok()?;
    SecretKey::from_bytes(&bytes).ok().filter(|key| !key.is_encrypted())
}

/// The public key of a secret one.
pub fn public_key(key: &SecretKey) -> Result<String, String> {
    let public = PublicKey::from_secret_key(key).and_then(|public| public.to_box());
    Ok(public.map_err(|error| error.to_string())?.into_string())
}

/// Complains of every secret key in a folder that is handed on.
pub fn secrets_in(folder: &Path) -> Vec<LocalizedText> {
    let mut found = Vec::new();
    let mut left = limits::PACK_ENTRIES;
    walk(folder, &mut left, &mut found);
    let complain = |path: PathBuf| {
        let shown = path.display();
        texts::secret_key_packs_published(&shown).text()
    };
    found.into_iter().map(complain).collect()
}

/// The files to be published in which a part of this secret key stands, however it was broken into lines.
pub fn files_with<'f>(key: &Path, files: &'f BTreeMap<String, Vec<u8>>) -> Result<Vec<&'f str>, LocalizedText> {
    let text = named_text(key, limits::GIVEN_BYTES)?;
    let line = text.lines().nth(1).unwrap_or_default().trim().as_bytes();
    let parts: Vec<&[u8]> = SECRET.filter_map(|at| line.get(at..at + PART)).collect();
    let holds = |bytes: &[u8]| bytes.windows(PART).any(|window| parts.contains(&window));
    Ok(files.iter().filter(|(_, bytes)| holds(bytes)).map(|(name, _)| name.as_str()).collect())
}

/// Hidden files as well: a web server hands them on like any other.
fn walk(folder: &Path, left: &mut usize, secrets: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        if *left == 0 {
            return;
        }
        *left -= 1;
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(&path, left, secrets);
        } else if found(&path, limits::PACK_FILE_BYTES).is_ok_and(|bytes| is_secret(&String::from_utf8_lossy(&bytes))) {
            secrets.push(path);
        }
    }
}

/// Whether a secret key is, or stands in, a text.
fn is_secret(text: &str) -> bool {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let letters = |at: usize| text.as_bytes().iter().skip(at).take_while(|byte| is_letter(byte)).take(LETTERS).count();
    let begins = |start: &&str| text.match_indices(*start).any(|(at, _)| letters(at + start.len()) == LETTERS);
    MINISIGN.iter().any(begins) || text.contains("PRIVATE KEY-----")
}
