//! The files of the paths that the caller named.

use std::collections::HashMap;
use std::fs::{DirEntry, File, Metadata};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use bulou::archive::is_archive;
use bulou::diagnostic::Words;
use bulou::filename::is_litter;

use super::Place;
use super::sources::cannot_open;

/// A file, or why it cannot be one.
pub struct Found {
    pub place: Place,
    pub file: Result<PathBuf, Words>,
    /// How many bytes it has, where that is known before it is read.
    pub size: Option<u64>,
}

impl Found {
    fn new(place: Place, path: PathBuf, about: Option<&Metadata>) -> Self {
        Self { place, file: Ok(path), size: about.filter(|about| about.is_file()).map(Metadata::len) }
    }

    fn refused(place: Place, words: Words) -> Self {
        Self { place, file: Err(words), size: Some(0) }
    }

    /// Whether the file is many documents.
    pub fn holds_several(&self) -> bool {
        self.place.is_ndjson() || self.file.as_deref().is_ok_and(starts_archive)
    }
}

/// Whether it is an archive; standard input is not looked at.
fn starts_archive(path: &Path) -> bool {
    let mut prefix = [0; 64];
    let read = File::open(path).and_then(|mut file| file.read(&mut prefix)).unwrap_or_default();
    is_archive(prefix.get(..read).unwrap_or_default())
}

/// All files of `paths`: of a folder everything in it but litter and what is `apart`.
pub fn gather(paths: &[PathBuf], apart: &[Option<&Path>]) -> Vec<Found> {
    let apart: Vec<PathBuf> = apart.iter().flatten().filter_map(|path| path.canonicalize().ok()).collect();
    let mut found = Vec::new();
    for path in paths {
        let shown = path.display().to_string();
        if path.is_dir() {
            folder(path, None, &apart, &mut found);
        } else {
            let name = path.file_name().map_or(shown.clone(), |name| name.to_string_lossy().into_owned());
            let about = std::fs::metadata(path).ok();
            found.push(Found::new(Place { name, path: shown }, path.clone(), about.as_ref()));
        }
    }
    tell_apart(&mut found);
    found
}

/// Files of one name in several folders that the caller named are called by their paths.
fn tell_apart(found: &mut [Found]) {
    let mut times: HashMap<String, usize> = HashMap::new();
    for one in found.iter() {
        *times.entry(one.place.name.clone()).or_default() += 1;
    }
    for one in found.iter_mut().filter(|one| times.get(&one.place.name).is_some_and(|times| *times > 1)) {
        one.place.name.clone_from(&one.place.path);
    }
}

/// What is in a folder; `within` is the folder's own name when it is not the caller's.
fn folder(folder: &Path, within: Option<&Place>, apart: &[PathBuf], found: &mut Vec<Found>) {
    let entries = match std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) => {
            let path = folder.display().to_string();
            let place = within.cloned().unwrap_or(Place { name: path.clone(), path });
            found.push(Found::refused(place, cannot_open(&error)));
            return;
        }
    };
    let mut entries: Vec<(String, DirEntry)> =
        entries.into_iter().map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry)).collect();
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (name, entry) in entries.into_iter().filter(|(name, _)| !is_litter(name)) {
        let path = entry.path();
        let shown = path.display().to_string();
        let place = within.map_or(Place { name: name.clone(), path: shown }, |folder| folder.inside(&name));
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            self::folder(&path, Some(&place), apart, found);
        } else if !is_apart(&path, apart) {
            found.push(regular(place, path));
        }
    }
}

/// A name is compared first, for it costs nothing.
fn is_apart(path: &Path, apart: &[PathBuf]) -> bool {
    let named = || apart.iter().filter(|one| one.file_name() == path.file_name());
    named().next().is_some() && path.canonicalize().is_ok_and(|path| named().any(|one| *one == path))
}

/// The path when it is that of a file: reading a pipe or a device in a folder might never end, a linked folder might
/// hold this one.
fn regular(place: Place, path: PathBuf) -> Found {
    match std::fs::metadata(&path) {
        Err(error) => Found::refused(place, cannot_open(&error)),
        Ok(about) if about.is_file() => Found::new(place, path, Some(&about)),
        Ok(about) if about.is_dir() => {
            let words = Words::new(
                "这是指向文件夹的链接,没有进去看;请直接写那个文件夹",
                "this is a link to a folder and was not followed; name that folder itself",
            );
            Found::refused(place, words)
        }
        Ok(_) => {
            let words = Words::new("这不是普通的文件,没有读取", "this is no ordinary file and was not read");
            Found::refused(place, words)
        }
    }
}
