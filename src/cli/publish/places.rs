//! Where a publication comes from and goes to: what must not lie there.

use std::path::{Path, PathBuf};

use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_pack::publish::Prepared;

use super::folder::Folder;
use super::secret::{files_with, secrets_in};
use crate::canonicalize;

/// Everything that stands against publishing from one folder into another, before anything is read.
pub fn checked(from: Option<&Path>, to: &Path, key: Option<&Path>) -> Result<(), Vec<LocalizedText>> {
    let mut problems = Vec::new();
    let shown = to.display();
    if std::fs::symlink_metadata(to).is_ok_and(|about| about.is_symlink()) {
        problems.push(texts::link_nothing_published_through(&shown).text());
    }
    let (out, pack) = (whole(to), from.map(whole));
    if let (Some(out), Some(Some(pack))) = (&out, &pack)
        && (out.starts_with(pack) || pack.starts_with(out))
    {
        problems.push(texts::packs_folder_lie_within(&shown).text());
    }
    for folder in [Some(to), from].into_iter().flatten() {
        problems.extend(secrets_in(folder));
    }
    if let Some(key) = key
        && problems.is_empty()
        && let Some(place) = canonicalize(key).ok()
        && [out, pack.flatten()].iter().flatten().any(|folder| place.starts_with(folder))
    {
        let shown = key.display();
        problems.push(texts::secret_key_lies_packs(&shown).text());
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// A folder's whole path, also where it is still to be made.
fn whole(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let there = path.ancestors().find(|path| path.exists())?;
    Some(canonicalize(there).ok()?.join(path.strip_prefix(there).ok()?))
}

/// Refuses a folder that holds what no publication in it consists of: schools would refuse it.
pub fn only_published(folder: &Folder, prepared: &Prepared) -> Result<(), LocalizedText> {
    let names: Vec<String> = folder.unlisted(&prepared.index).map(|name| format!("`{name}`")).collect();
    if names.is_empty() {
        return Ok(());
    }
    let (names, en) = (names.join("、"), names.join(", "));
    Err(texts::folder_holds_other_things(&Each(&names, &en)).text())
}

/// Refuses to publish the secret key that signs, wherever in the files it was pasted.
pub fn without_secret(key: &Path, prepared: &Prepared) -> Result<(), LocalizedText> {
    let names = files_with(key, &prepared.files)?;
    if names.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let (names, en) = (names.join("、"), names.join(", "));
    Err(texts::secret_key_stands_packs(&Each(&names, &en)).text())
}
