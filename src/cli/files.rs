//! Reading files of which nobody vouches for the kind, the size or the place.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use bulou_base::sanitize::visible;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::texts;

use super::destination::PART;
use super::terminal::tell;

/// Why a file was not read.
#[derive(Debug)]
pub enum Unread {
    /// It is a link.
    Link,
    /// It is a folder, a pipe or a device.
    NoFile,
    /// It has more bytes than this.
    TooLarge(usize),
    /// The system says so.
    Failed(std::io::Error),
}

/// The bytes of a file that the caller named: a link is followed. Nothing is opened that is no ordinary file, for a pipe
/// or a device need not end, nor what has more bytes than `limit`.
pub fn named(path: &Path, limit: usize) -> Result<Vec<u8>, LocalizedText> {
    let about = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    let bytes = if of_shell(path) { bounded(path, limit) } else { ordinary(path, &about, limit) };
    bytes.map_err(|unread| unread.words(path))
}

/// Whether a name is that of a file which a run that was stopped did not finish.
pub fn is_unfinished(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(PART)
}

/// Names what such runs left in a folder that is read: nothing counts it, and nobody sees it.
pub fn tell_unfinished(left: &[PathBuf], lang: Lang) {
    for path in left {
        let shown = path.display();
        let words = texts::not_finished_earlier_run(&shown).get(lang);
        tell(&format!("bulou: {}", visible(&words)));
    }
}

/// Whether a shell hands a command's output over by this name (`<(…)`), which ends as the command does.
pub fn of_shell(path: &Path) -> bool {
    ["/dev/fd", "/dev/stdin", "/proc/self/fd"].iter().any(|own| path.starts_with(own))
}

/// A file's text, as [`named`] reads it.
pub fn named_text(path: &Path, limit: usize) -> Result<String, LocalizedText> {
    String::from_utf8(named(path, limit)?).map_err(|_| {
        let shown = path.display();
        texts::no_text_utf_8(&shown).text()
    })
}

/// The bytes of a file that was found in a folder: it has to be an ordinary file, for a link may lead anywhere, and a
/// pipe or a device need not end.
pub fn found(path: &Path, limit: usize) -> Result<Vec<u8>, Unread> {
    let about = std::fs::symlink_metadata(path).map_err(Unread::Failed)?;
    if about.is_symlink() { Err(Unread::Link) } else { ordinary(path, &about, limit) }
}

fn ordinary(path: &Path, about: &Metadata, limit: usize) -> Result<Vec<u8>, Unread> {
    if !about.is_file() {
        Err(Unread::NoFile)
    } else if about.len() > limit as u64 {
        Err(Unread::TooLarge(limit))
    } else {
        bounded(path, limit)
    }
}

fn bounded(path: &Path, limit: usize) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(Unread::Failed)?;
    let read = file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(Unread::Failed)?;
    if read > limit { Err(Unread::TooLarge(limit)) } else { Ok(bytes) }
}

impl Unread {
    /// What is wrong with the file and what to do.
    pub fn words(&self, path: &Path) -> LocalizedText {
        let shown = path.display();
        match self {
            Self::Link => texts::link_not_read_put(&shown).text(),
            Self::NoFile => texts::folder_pipe_device_not(&shown).text(),
            Self::TooLarge(limit) => {
                let megabytes = limit.div_ceil(1 << 20);
                texts::more_than_mb_not(&shown, &megabytes).text()
            }
            Self::Failed(error) => unreadable(path, error),
        }
    }
}

/// Why a file or a folder could not be read.
pub fn unreadable(path: &Path, error: &std::io::Error) -> LocalizedText {
    let shown = path.display();
    match error.kind() {
        ErrorKind::NotFound => texts::no_check_path_written(&shown).text(),
        ErrorKind::NotADirectory => texts::no_folder_check_path(&shown).text(),
        ErrorKind::PermissionDenied => texts::no_permission_read_check(&shown).text(),
        _ => texts::cannot_read(&shown, &error).text(),
    }
}
