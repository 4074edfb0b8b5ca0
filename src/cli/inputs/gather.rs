//! The files of the paths that the caller named.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fs::{DirEntry, File, Metadata};
use std::io::{ErrorKind, Read as _};
use std::path::{Component, Path, PathBuf};

use bulou_base::filename::is_litter;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;
use bulou_sheets::archive::{
    OF_MAC, OF_VOLUME, abandoned_locks, in_system_folder, is_archive, is_left, lock, looked_at,
};

use super::Place;
use super::sources::cannot_open;
use crate::canonicalize;
use crate::files::{is_unfinished, of_shell};

/// A file, or why it cannot be one.
pub struct Found {
    pub place: Place,
    pub file: Result<PathBuf, LocalizedText>,
    /// How many bytes it has, where that is known before it is read.
    pub size: Option<u64>,
}

impl Found {
    fn new(place: Place, path: PathBuf, about: Option<&Metadata>) -> Self {
        Self { place, file: Ok(path), size: about.filter(|about| about.is_file()).map(Metadata::len) }
    }

    fn refused(place: Place, words: LocalizedText) -> Self {
        Self { place, file: Err(words), size: Some(0) }
    }

    /// Whether the file is many documents.
    pub fn holds_several(&self) -> bool {
        // Of what is no ordinary file nothing is read twice.
        self.place.is_ndjson() || (self.size.is_some() && self.file.as_deref().is_ok_and(starts_archive))
    }
}

/// Whether it is an archive; standard input is not looked at.
fn starts_archive(path: &Path) -> bool {
    let mut prefix = [0; 64];
    let read = File::open(path).and_then(|mut file| file.read(&mut prefix)).unwrap_or_default();
    is_archive(prefix.get(..read).unwrap_or_default())
}

/// What was found.
#[derive(Default)]
pub struct Gathered {
    /// Files, and what cannot be one.
    pub found: Vec<Found>,
    /// Folders in which there is nothing.
    pub empty: Vec<Found>,
    /// Folders in which there is nothing but what is named otherwise, by their paths.
    pub spent: Vec<String>,
    /// What runs that were stopped left there.
    pub unfinished: Vec<PathBuf>,
}

/// All files of `paths`: of a folder everything in it but litter and what is `apart`.
pub fn gather(paths: &[PathBuf], apart: &[Option<&Path>]) -> Gathered {
    let apart: Vec<PathBuf> = apart.iter().flatten().filter_map(|path| canonicalize(path).ok()).collect();
    let mut all = Gathered::default();
    for path in paths {
        if path.is_dir() {
            let (before, shown) = (all.found.len(), shown_path(path));
            if !all.folder(path, None, &apart) {
                all.empty.push(Found::refused(Place { name: shown.clone(), path: shown }, nothing_in_it()));
            } else if all.found.len() == before {
                all.spent.push(shown);
            }
        } else {
            all.found.push(named(path));
        }
    }
    if paths.len() > 1 {
        once(&mut all.found);
    }
    all
}

/// Leaves each file in once, whatever ways lead to its folder: a folder and a file in it, named both.
fn once(found: &mut Vec<Found>) {
    let (mut seen, mut folders) = (HashSet::new(), HashMap::new());
    found.retain(|one| {
        let Ok(path) = one.file.as_deref() else { return true };
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return true };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let whole = folders.entry(folder.to_owned()).or_insert_with(|| canonicalize(folder).ok());
        whole.as_ref().is_none_or(|whole| seen.insert(whole.join(name)))
    });
}

/// Files of one name in several folders that the caller named are called by their paths.
pub fn tell_apart(found: &mut [Found]) {
    let mut times: HashMap<String, usize> = HashMap::new();
    for one in found.iter() {
        *times.entry(one.place.name.clone()).or_default() += 1;
    }
    for one in found.iter_mut().filter(|one| times.get(&one.place.name).is_some_and(|times| *times > 1)) {
        one.place.name.clone_from(&one.place.path);
    }
}

/// A file that the caller named. Standard input and what a shell hands over as a file (`<(…)`) are read to their end; any
/// other pipe or device may never have one.
fn named(path: &Path) -> Found {
    let shown = shown_path(path);
    let name = path.file_name().map_or_else(|| shown.clone(), shown_name);
    let place = Place { name, path: shown };
    match std::fs::metadata(path) {
        Err(_) if is_link(path) => Found::refused(place, leads_nowhere()),
        Ok(about) if !about.is_file() && !of_shell(path) => Found::refused(place, no_file()),
        about => Found::new(place, path.to_owned(), about.ok().as_ref()),
    }
}

/// A file's name in UTF-8, or else in GB18030, as an archive that Chinese Windows made may have left it.
fn shown_name(name: &OsStr) -> String {
    #[cfg(unix)]
    if name.to_str().is_none() {
        use std::os::unix::ffi::OsStrExt as _;
        return super::gb18030(name.as_bytes()).unwrap_or_default();
    }
    name.to_string_lossy().into_owned()
}

/// The same of a path.
fn shown_path(path: &Path) -> String {
    if path.to_str().is_some() {
        return path.display().to_string();
    }
    path.components().map(|step| shown_name(step.as_os_str())).collect::<PathBuf>().display().to_string()
}

fn is_link(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink())
}

fn leads_nowhere() -> LocalizedText {
    texts::link_whose_file_not().text()
}

fn nothing_in_it() -> LocalizedText {
    texts::no_file_check_folder().text()
}

fn no_file() -> LocalizedText {
    texts::pipe_device_no_file().text()
}

impl Gathered {
    /// What is in a folder; `within` is the folder's own name when it is not the caller's. Whether there was anything.
    fn folder(&mut self, folder: &Path, within: Option<&Place>, apart: &[PathBuf]) -> bool {
        let entries = match std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
            Ok(entries) => entries,
            // Windows lets nobody into what it keeps on every disk.
            Err(error) if error.kind() == ErrorKind::PermissionDenied && folder.ends_with(OF_VOLUME) => return false,
            Err(error) => {
                let path = shown_path(folder);
                let place = within.cloned().unwrap_or(Place { name: path.clone(), path });
                self.found.push(Found::refused(place, cannot_open(&error)));
                return true;
            }
        };
        let (before, mut something) = (self.found.len(), false);
        let mut entries: Vec<(String, DirEntry)> =
            entries.into_iter().map(|entry| (shown_name(&entry.file_name()), entry)).collect();
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
        let locks: HashMap<String, String> =
            abandoned_locks(&names).into_iter().map(|(name, owner)| (name.to_owned(), owner)).collect();
        let of_mac = without_mac(folder);
        for (name, entry) in entries {
            let (path, is_folder) = (entry.path(), entry.file_type().is_ok_and(|kind| kind.is_dir()));
            let shown = shown_path(&folder.join(&name));
            let place = within.map_or(Place { name: name.clone(), path: shown }, |folder| folder.inside(&name));
            if is_folder {
                // Nobody misses a document in what a system keeps for itself.
                let quiet = in_system_folder(&format!("{name}/"));
                if !quiet && !self.folder(&path, Some(&place), apart) && !is_litter(&name) {
                    self.found.push(Found::refused(place, nothing_in_it()));
                }
            } else if is_unfinished(&name) && is_empty(&path) {
                self.unfinished.push(path);
            } else if left(&place.name, &path) {
                let is_there = |owner: &str| of_mac.as_ref().is_some_and(|folder| folder.join(owner).exists());
                if let Some(owner) = locks.get(&name).filter(|owner| !is_there(owner)) {
                    let owner = within.map_or(owner.clone(), |folder| folder.inside(owner).name);
                    self.found.push(Found::refused(place, lock(&name, &owner)));
                }
            } else if is_apart(&path, apart) {
                something = true;
            } else {
                self.found.push(regular(place, path));
            }
        }
        something || self.found.len() > before
    }
}

/// The folder of whose files one in `__MACOSX` keeps something.
fn without_mac(folder: &Path) -> Option<PathBuf> {
    let is_mac = |step: &Component<'_>| step.as_os_str() == OF_MAC;
    folder.components().any(|step| is_mac(&step)).then(|| folder.components().filter(|step| !is_mac(step)).collect())
}

/// Whether a file is what systems leave; a pipe, a device or what cannot be opened is none.
fn left(name: &str, path: &Path) -> bool {
    let most = looked_at(name);
    let Some(size) = std::fs::metadata(path).ok().filter(Metadata::is_file).map(|about| about.len()) else {
        return false;
    };
    let mut start = Vec::new();
    most > 0
        && File::open(path).and_then(|file| file.take(most).read_to_end(&mut start)).is_ok()
        && is_left(name, size, &start)
}

/// Whether nothing was written to a file yet. What is called as a stopped run's file and holds something may be anybody's.
fn is_empty(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() == 0)
}

/// A name is compared first, for it costs nothing.
fn is_apart(path: &Path, apart: &[PathBuf]) -> bool {
    let named = || apart.iter().filter(|one| one.file_name() == path.file_name());
    named().next().is_some() && canonicalize(path).is_ok_and(|path| named().any(|one| *one == path))
}

/// The path when it is that of a file: reading a pipe or a device in a folder might never end, a linked folder might
/// hold this one.
fn regular(place: Place, path: PathBuf) -> Found {
    match std::fs::metadata(&path) {
        Err(_) if is_link(&path) => Found::refused(place, leads_nowhere()),
        Err(error) => Found::refused(place, cannot_open(&error)),
        Ok(about) if about.is_file() => Found::new(place, path, Some(&about)),
        Ok(about) if about.is_dir() => {
            let words = texts::link_folder_not_followed().text();
            Found::refused(place, words)
        }
        Ok(_) => Found::refused(place, no_file()),
    }
}
