//! Zip archives of documents, as schools and townships send them: the files in them, named, in an order of their own.

mod content;
mod error;
mod left;
mod locks;
mod record;
mod text;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Seek, SeekFrom, Write as _};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use bulou_base::filename::is_litter;
use bulou_base::{limits, order};

pub(crate) use content::unpack;
pub use error::Error;
pub use left::{OF_VOLUME, in_system_folder, is_left, looked_at};
pub use locks::{abandoned_locks, lock, owner_of_lock};
pub use text::text;
pub use whole::Fault;
pub(crate) use whole::whole;

/// Parts that the first entry of a document that is itself a zip (a workbook, a Word file) has in its name.
const DOCUMENT_PARTS: [&[u8]; 7] =
    [b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"word/", b"ppt/", b"mimetype"];
/// Where the length of the first entry's name stands in an archive, and where the name begins.
const NAME_LENGTH: usize = 26;
const NAME: usize = 30;

/// The folder in which macOS keeps what it knows of files beside those that it packs.
pub const OF_MAC: &str = "__MACOSX";

/// A file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its path in the archive, with `/` between folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A file of an archive that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its path in the archive; empty when the archive itself is at fault.
    pub name: String,
    /// Why.
    pub why: Error,
}

/// Whether bytes begin a zip archive of files; a workbook or a Word file, which are zips as well, is a document. The
/// first 64 bytes are enough.
///
/// ```
/// assert!(!bulou_sheets::archive::is_archive(b"{\"a\": 1}"));
/// ```
#[must_use]
pub fn is_archive(prefix: &[u8]) -> bool {
    if prefix.starts_with(b"PK\x05\x06") {
        return true;
    }
    let length = prefix.get(NAME_LENGTH..NAME_LENGTH + 2).and_then(|bytes| bytes.try_into().ok());
    let length = usize::from(u16::from_le_bytes(length.unwrap_or_default()));
    let name = prefix.get(NAME..).unwrap_or_default();
    let name = name.get(..length).unwrap_or(name);
    prefix.starts_with(b"PK\x03\x04") && !DOCUMENT_PARTS.iter().any(|part| name.starts_with(part))
}

/// The outermost folders among the entries' names in which none of the files is; those that hide are none.
fn empty_folders(names: &[String], files: &[(String, Entry)]) -> BTreeSet<String> {
    let folders = |name: &str| {
        let ends: Vec<usize> = name.match_indices('/').map(|(at, _)| at).filter(|at| *at > 0).collect();
        ends.into_iter().filter_map(|at| name.get(..at).map(str::to_owned)).collect::<Vec<_>>()
    };
    let used: BTreeSet<String> = files.iter().flat_map(|(name, _)| folders(name)).collect();
    let outermost = |name: &String| folders(name).into_iter().find(|folder| !used.contains(folder));
    names.iter().filter_map(outermost).filter(|folder| !is_litter(folder)).collect()
}

/// The files of an archive by name, whatever their order in it, one in memory at a time. `gb18030` decodes names that
/// are no UTF-8, as Windows in Chinese writes them; it is the caller's, for only the caller has a table.
///
/// # Errors
/// The archive itself is damaged, is not one archive and no more, or holds more entries than
/// [`limits::ARCHIVE_ENTRIES`].
pub fn members<R: Read + Seek>(mut reader: R, gb18030: &dyn Fn(&[u8]) -> Option<String>) -> Result<Members<R>, Error> {
    whole(&mut reader).map_err(|fault| Error::NotOne(fault.called(&|raw| name(raw, gb18030))))?;
    reader.seek(SeekFrom::Start(0)).map_err(ZipError::Io)?;
    let mut archive = ZipArchive::new(reader)?;
    let names: Vec<String> = archive.file_names_raw().map(|raw| name(raw, gb18030)).collect();
    // What is called a folder and has content is read as the file that it is.
    let is_folder = |(index, name): &(usize, &String)| {
        name.ends_with('/') && archive.by_index_raw(*index).is_ok_and(|entry| entry.size() == 0)
    };
    let folders: BTreeSet<usize> = names.iter().enumerate().filter(is_folder).map(|(index, _)| index).collect();
    let files = || names.iter().enumerate().filter(|(index, _)| !folders.contains(index));
    let paths: Vec<&str> = names.iter().map(String::as_str).collect();
    let abandoned: BTreeSet<&str> = abandoned_locks(&paths).into_iter().map(|(path, _)| path).collect();
    let (mut order, mut passed_over, mut looked) = (Vec::new(), Vec::new(), limits::ARCHIVE_BYTES);
    for (index, name) in files() {
        match left_in(&mut archive, index, name, &mut looked) {
            false => order.push((name.clone(), Entry::File(index))),
            true if abandoned.contains(name.as_str()) => order.push((name.clone(), Entry::Lock)),
            true => passed_over.push(name.clone()),
        }
    }
    if order.is_empty() {
        return Err(Error::Nothing(files().count()));
    }
    order.extend(empty_folders(&names, &order).into_iter().map(|folder| (folder, Entry::Empty)));
    order::sort(&mut order);
    order::sort(&mut passed_over);
    // Of files of the same name the archive's reader knows only the last.
    let same = archive.has_duplicate_names().then(|| Unread { name: String::new(), why: Error::SameName });
    Ok(Members { archive, same, order: order.into_iter(), passed_over, left: limits::ARCHIVE_BYTES })
}

/// Whether an entry is what systems leave; what cannot be looked at is said to be unreadable when it is read. No more
/// than `looked` bytes are seen of all of them.
fn left_in<R: Read + Seek>(archive: &mut ZipArchive<R>, index: usize, name: &str, looked: &mut u64) -> bool {
    if in_system_folder(name) {
        return true;
    }
    let most = looked_at(name).min(*looked);
    if most == 0 {
        return false;
    }
    let mut start = Vec::new();
    let Ok(entry) = archive.by_index(index) else { return false };
    let (size, is_link) = (entry.size(), entry.is_symlink());
    let read = entry.take(most).read_to_end(&mut start);
    *looked -= start.len() as u64;
    read.is_ok() && !is_link && is_left(name, size, &start)
}

/// What a name in an archive stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Entry {
    /// A file, at its place.
    File(usize),
    /// A lock or a double whose file is not there.
    Lock,
    /// A folder in which there is nothing.
    Empty,
}

/// The files of an archive; see [`members`].
#[derive(Debug)]
pub struct Members<R> {
    archive: ZipArchive<R>,
    same: Option<Unread>,
    /// By name.
    order: std::vec::IntoIter<(String, Entry)>,
    passed_over: Vec<String>,
    left: u64,
}

impl<R: Read + Seek> Iterator for Members<R> {
    type Item = Result<Member, Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some((name, entry)) = self.order.next() else { return self.same.take().map(Err) };
        let read = match entry {
            // No program packs by such a name; unpacked, the file would lie beside others than those of the archive.
            Entry::File(_) if is_outside(&name) => Err(Error::Outside),
            Entry::File(index) => self.read(index),
            Entry::Lock => Err(Error::Lock(name.clone())),
            Entry::Empty => Err(Error::EmptyFolder),
        };
        Some(match read {
            Ok(bytes) => Ok(Member { name, bytes }),
            Err(why) => Err(Unread { name, why }),
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let count = self.order.len() + usize::from(self.same.is_some());
        (count, Some(count))
    }
}

impl<R: Read + Seek> ExactSizeIterator for Members<R> {}

impl<R: Read + Seek> Members<R> {
    /// The names of the files that are still to come.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.order.as_slice().iter().map(|(name, _)| name.as_str())
    }

    /// The names of the files that are not handed out, because a system left them.
    #[must_use]
    pub fn passed_over(&self) -> &[String] {
        &self.passed_over
    }

    /// Leaves the next so many files out, without reading them.
    #[must_use]
    pub fn after(mut self, count: usize) -> Self {
        if let Some(last) = count.checked_sub(1) {
            let _ = self.order.nth(last);
        }
        self
    }

    fn read(&mut self, index: usize) -> Result<Vec<u8>, Error> {
        let file = self.archive.by_index(index)?;
        if file.is_symlink() {
            return Err(Error::Link);
        }
        // The size is what the archive says; no more than that is ever unpacked, so that it cannot lie.
        let size = file.size();
        if size > limits::DOCUMENT_BYTES as u64 {
            return Err(Error::FileSize);
        }
        self.left = self.left.checked_sub(size).ok_or(Error::ArchiveSize)?;
        drop(file);
        let mut bytes = Vec::new();
        let read = unpack(&mut self.archive, index, size, &mut bytes)?;
        if read > size { Err(Error::Damaged("it is larger than stated".into())) } else { Ok(bytes) }
    }
}

/// A name as its writer meant it. What is valid UTF-8 is taken as such, flagged or not; GB18030 is so only by rare chance.
fn name(raw: &[u8], gb18030: &dyn Fn(&[u8]) -> Option<String>) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => gb18030(raw).unwrap_or_else(|| String::from_utf8_lossy(raw).into_owned()),
    };
    name.replace('\\', "/")
}

/// Whether a path leads out of the archive: upwards, or from the root or a drive.
fn is_outside(path: &str) -> bool {
    let is_drive = path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
    path.starts_with('/') || is_drive || path.split('/').any(|step| step == "..")
}

/// An archive of files by name. The same files give the same bytes.
///
/// ```
/// let bytes = bulou_sheets::archive::write(&[("a.txt".to_owned(), b"a".to_vec())].into())?;
/// assert!(bulou_sheets::archive::is_archive(&bytes));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// A name or file is too large for an archive.
pub fn write(files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, SimpleFileOptions::DEFAULT)?;
        archive.write_all(bytes)?;
    }
    archive.finish().map(Cursor::into_inner)
}

#[cfg(test)]
mod tests;
