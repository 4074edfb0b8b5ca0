//! Whether a zip is one container and no more. Readers of zips look at the directory at its end alone: of two archives one
//! behind the other, of a file that the directory leaves out, they say nothing. Here every byte has to belong to one entry,
//! the directory or the end, and what an entry says of itself has to be what the directory says of it.

use std::io::{BufReader, Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use super::record::{self, Central, End, Local};
use bulou_base::limits;
use bulou_base::order;
use bulou_base::sanitize::shortened;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::sentence::Each;
use bulou_messages::texts;

/// Bytes that are read at once.
const BUFFER: usize = 1 << 16;

/// Why a zip is not one container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// What begins at this byte belongs to no entry, or to two.
    Unlisted(u64),
    /// So many bytes stand before its beginning.
    Before(u64),
    /// The directory lists so many entries, the end says so many.
    Count(u64, u64),
    /// The entry of this name says something else of itself than the directory.
    Disagrees(Vec<u8>),
    /// A comment is no text for people.
    Comment,
    /// More entries than are read.
    TooMany,
    /// It is no whole zip.
    Damaged(String),
}

impl Fault {
    /// The same with the name as its writer meant it.
    pub(super) fn called(self, name: &dyn Fn(&[u8]) -> String) -> Self {
        match self {
            Self::Disagrees(raw) => Self::Disagrees(name(&raw).into_bytes()),
            other => other,
        }
    }

    /// What is wrong, as a part of a sentence.
    pub(crate) fn text(&self) -> LocalizedText {
        match self {
            Self::Unlisted(at) => texts::what_begins_byte_not(&at).text(),
            Self::Before(count) => texts::bytes_stand_before_beginning(&count).text(),
            Self::Count(listed, said) => texts::directory_lists_files_end(&listed, &said).text(),
            Self::Disagrees(raw) => {
                let name = String::from_utf8_lossy(raw);
                let name = shortened(&name);
                texts::not_directory_says_name(&name).text()
            }
            Self::Comment => texts::comment_holds_other_data().text(),
            Self::TooMany => texts::more_than_files(&limits::ARCHIVE_ENTRIES).text(),
            Self::Damaged(how) => texts::its_data_damaged(&Each(&"", &format!(" ({how})"))).text(),
        }
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// Reads all of a zip but what its entries hold.
///
/// # Errors
/// It is not one container, or damaged.
pub(crate) fn whole<R: Read + Seek>(reader: &mut R) -> Result<(), Fault> {
    let size = reader.seek(SeekFrom::End(0))?;
    let end = End::find(reader, size)?;
    if end.entries > limits::ARCHIVE_ENTRIES as u64 {
        return Err(Fault::TooMany);
    }
    if end.directory.checked_add(end.size) != Some(end.at) {
        // Whatever stands before the archive moves all of it, the directory as well.
        let begins = end.at.saturating_sub(end.size);
        return Err(match begins.checked_sub(end.directory) {
            Some(count) if is_moved(reader, end.directory, begins)? => Fault::Before(count),
            _ => Fault::Unlisted(begins.min(end.directory)),
        });
    }
    let mut entries = directory(reader, &end)?;
    order::sort_by_key(&mut entries, |entry| entry.at);
    tile(reader, &entries, end.directory)
}

/// Whether a directory begins later than the end says, and not at an entry of the one that it speaks of.
fn is_moved<R: Read + Seek>(reader: &mut R, said: u64, begins: u64) -> Result<bool, Fault> {
    reader.seek(SeekFrom::Start(said))?;
    while reader.stream_position()? < begins && Central::read(reader)?.is_some() {}
    let leads_there = reader.stream_position()? == begins;
    reader.seek(SeekFrom::Start(begins))?;
    Ok(!leads_there && Central::read(reader)?.is_some())
}

/// The records of the directory: as many as the end says, and nothing beside them.
fn directory<R: Read + Seek>(reader: &mut R, end: &End) -> Result<Vec<Central>, Fault> {
    reader.seek(SeekFrom::Start(end.directory))?;
    let mut input = BufReader::with_capacity(BUFFER, reader).take(end.size);
    let mut entries = Vec::new();
    while input.limit() > 0 {
        if entries.len() > limits::ARCHIVE_ENTRIES {
            return Err(Fault::TooMany);
        }
        let at = end.at - input.limit();
        entries.push(Central::read(&mut input)?.ok_or(Fault::Unlisted(at))?);
    }
    let listed = entries.len() as u64;
    if listed == end.entries { Ok(entries) } else { Err(Fault::Count(listed, end.entries)) }
}

/// Goes through the entries as they stand: each begins where the one before it ends, the directory after the last.
fn tile<R: Read + Seek>(reader: &mut R, entries: &[Central], directory: u64) -> Result<(), Fault> {
    reader.seek(SeekFrom::Start(0))?;
    let mut input = BufReader::with_capacity(BUFFER, reader);
    let mut at = 0;
    let nexts = entries.iter().skip(1).map(|next| next.at).chain([directory]);
    for (entry, next) in entries.iter().zip(nexts) {
        if entry.at != at {
            return Err(Fault::Unlisted(at.min(entry.at)));
        }
        let local = Local::read(&mut input)?.ok_or(Fault::Unlisted(at))?;
        if !local.agrees(entry) {
            return Err(Fault::Disagrees(entry.name.clone()));
        }
        let content_ends = (at + local.length).saturating_add(entry.packed);
        let behind = next.checked_sub(content_ends).ok_or(Fault::Unlisted(next))?;
        let packed = i64::try_from(entry.packed).map_err(|_| Fault::Unlisted(content_ends))?;
        input.seek_relative(packed)?;
        if behind > record::DESCRIPTOR {
            return Err(Fault::Unlisted(content_ends));
        }
        let mut descriptor = Vec::new();
        input.by_ref().take(behind).read_to_end(&mut descriptor)?;
        if !local.may_be_followed_by(&descriptor, entry) {
            return Err(Fault::Unlisted(content_ends));
        }
        at = next;
    }
    if at == directory { Ok(()) } else { Err(Fault::Unlisted(at)) }
}

#[cfg(test)]
mod tests;
