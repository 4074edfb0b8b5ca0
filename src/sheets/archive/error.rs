//! Why an archive, or a file of one, is not read.

use serde::{Deserialize, Serialize};
use zip::result::ZipError;

use super::locks::{lock, owner_of_lock};
use super::whole::Fault;
use bulou_base::limits;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::sentence::{Each, Phrase};
use bulou_messages::texts;

/// Why an archive, or a file of one, is not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", self.text().en)]
#[non_exhaustive]
pub enum Error {
    /// It is not one archive and no more: what its reader would read of it might be less than what was packed.
    NotOne(Fault),
    /// Its data are damaged: how, in English.
    Damaged(String),
    /// It needs a password.
    Locked,
    /// It is packed in a way that is not read here.
    Compression,
    /// There is nothing to check in it; it has so many files, which systems left.
    Nothing(usize),
    /// A folder in which there is nothing to check.
    EmptyFolder,
    /// The lock of a file, or its double, by its path, and not that file.
    Lock(String),
    /// Its name leads out of the archive.
    Outside,
    /// Several files have the same name.
    SameName,
    /// It is a link.
    Link,
    /// The file is larger than [`limits::DOCUMENT_BYTES`].
    FileSize,
    /// The files are larger than [`limits::ARCHIVE_BYTES`] together.
    ArchiveSize,
    /// Whoever read it was stopped: why.
    Stopped(LocalizedText),
}

impl Error {
    /// The reason, and what to do.
    #[must_use]
    pub fn text(&self) -> LocalizedText {
        match self {
            Self::NotOne(Fault::TooMany) => texts::archive_holds_more_than(&limits::ARCHIVE_ENTRIES).text(),
            Self::NotOne(Fault::Damaged(how)) | Self::Damaged(how) => {
                texts::data_archive_damaged_pack(&Each(&"", &format!(" ({how})"))).text()
            }
            // Nobody knows what was meant by an archive that its reader would read in part.
            Self::NotOne(fault) => texts::archive_reading_would_leave(&fault.text()).text(),
            Self::Locked => texts::protected_password_pack_again().text(),
            Self::Compression => texts::way_compression_not_common().text(),
            Self::Nothing(0) => texts::archive_nothing_check_look(&texts::no_file()).text(),
            Self::Nothing(files) => {
                texts::archive_nothing_check_look(&texts::only_files_hidden_left(files).text()).text()
            }
            Self::EmptyFolder => texts::no_file_check_folder_archive().text(),
            Self::Lock(path) => lock(path, &owner_of_lock(path).unwrap_or_default()),
            Self::Outside => texts::name_leads_out_archive().text(),
            Self::SameName => texts::archive_holds_files_same().text(),
            Self::Link => texts::link_no_file_pack().text(),
            Self::FileSize => larger(limits::DOCUMENT_BYTES as u64, texts::this_file()),
            Self::ArchiveSize => larger(limits::ARCHIVE_BYTES, texts::whole_archive()),
            Self::Stopped(words) => words.clone(),
        }
    }
}

impl From<ZipError> for Error {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Self::Locked,
            ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => Self::Compression,
            error => Self::Damaged(error.to_string()),
        }
    }
}

fn larger(limit: u64, what: Phrase) -> LocalizedText {
    let megabytes = limit >> 20;
    texts::larger_than_mb_unpacked(&what, &megabytes).text()
}
