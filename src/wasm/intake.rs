//! Files of a folder or an archive, told apart as the command line tells them.

use std::collections::BTreeMap;
use std::io::Cursor;

use wasm_bindgen::prelude::*;

use super::{gb18030, json, lang};
use bulou_base::limits;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::stopped;
use bulou_sheets::archive;

/// How many bytes of a file so called tell whether a system left it; none where its name does.
#[wasm_bindgen(js_name = lookedAt)]
#[must_use]
pub fn looked_at(path: &str) -> u32 {
    u32::try_from(archive::looked_at(path)).unwrap_or(u32::MAX)
}

/// Whether a file is what systems leave, by its name, its size and so many of its first bytes.
#[wasm_bindgen(js_name = isLeft)]
#[must_use]
pub fn is_left(path: &str, size: f64, start: &[u8]) -> bool {
    archive::is_left(path, size as u64, start)
}

/// Whether a file that begins with these bytes is an archive of files.
#[wasm_bindgen(js_name = isArchive)]
#[must_use]
pub fn is_archive(prefix: &[u8]) -> bool {
    archive::is_archive(prefix)
}

/// Locks and doubles among paths whose files are not among them: what each is taken for, as JSON pairs of path and reason.
#[wasm_bindgen(js_name = abandonedLocks)]
pub fn abandoned_locks(paths: Vec<String>, language: &str) -> Result<String, JsError> {
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let said =
        |(path, owner): (&str, String)| (path.to_owned(), archive::lock(path, &owner).get(lang(language)).to_owned());
    json(&archive::abandoned_locks(&paths).into_iter().map(said).collect::<Vec<_>>())
}

/// The seconds that the parsing of a workbook of so many bytes may take.
#[wasm_bindgen(js_name = workbookSeconds)]
#[must_use]
pub fn workbook_seconds(bytes: usize) -> u32 {
    u32::try_from(limits::workbook_seconds(bytes)).unwrap_or(u32::MAX)
}

/// The seconds that an archive may take to be opened, or to hand out a file.
#[wasm_bindgen(js_name = archiveSeconds)]
#[must_use]
pub fn archive_seconds() -> u32 {
    u32::try_from(limits::ARCHIVE_SECONDS).unwrap_or(u32::MAX)
}

/// How many bytes of memory may be taken for that.
#[wasm_bindgen(js_name = parseMemory)]
#[must_use]
pub fn parse_memory() -> f64 {
    limits::PARSE_MEMORY as f64
}

/// Why a file was not read: after so many seconds, or because it ended whoever read it.
pub(super) fn why_stopped(seconds: Option<u32>) -> LocalizedText {
    seconds.map_or_else(stopped::broke, |seconds| stopped::too_long(u64::from(seconds)))
}

/// The same for people.
#[wasm_bindgen(js_name = stoppedReading)]
#[must_use]
pub fn stopped_reading(seconds: Option<u32>, language: &str) -> String {
    why_stopped(seconds).get(lang(language)).to_owned()
}

/// How many readers may be lost to one archive.
#[wasm_bindgen(js_name = mostLost)]
#[must_use]
pub fn most_lost() -> usize {
    stopped::LOST
}

/// Why what comes then is not read.
#[wasm_bindgen(js_name = brokenArchive)]
#[must_use]
pub fn broken_archive(language: &str) -> String {
    stopped::broken_archive().get(lang(language)).to_owned()
}

/// What is said of a file of lines in which there is none.
#[wasm_bindgen(js_name = noLines)]
#[must_use]
pub fn no_lines(language: &str) -> String {
    bulou_document::no_lines().get(lang(language)).to_owned()
}

/// An archive of the files of a JSON object of names and texts.
#[wasm_bindgen]
pub fn zip(files: &str) -> Result<Vec<u8>, JsError> {
    let files: BTreeMap<String, String> = serde_json::from_str(files)?;
    archive::write(&files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect())
        .map_err(|error| JsError::new(&error.to_string()))
}

/// An archive's files, one after another.
#[wasm_bindgen]
pub struct Archive {
    members: archive::Members<Cursor<Vec<u8>>>,
    lang: Lang,
}

/// A file of an archive.
#[wasm_bindgen(getter_with_clone)]
pub struct Member {
    /// Its path in the archive; empty when the archive itself is at fault.
    pub name: String,
    /// Its bytes, unless it could not be read.
    pub bytes: Option<Vec<u8>>,
    /// Why it could not be read.
    pub trouble: Option<String>,
}

#[wasm_bindgen]
impl Archive {
    /// Opens an archive behind its first files; the error says for people why it cannot be read.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>, after: usize, language: &str) -> Result<Self, JsError> {
        let lang = lang(language);
        let members = archive::members(Cursor::new(bytes), &gb18030);
        let members = members.map_err(|error| JsError::new(error.text().get(lang)))?;
        Ok(Self { members: members.after(after), lang })
    }

    /// The names of the files that are still to come.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.members.names().map(str::to_owned).collect()
    }

    /// The names of the files that are not handed out, because a system left them.
    #[wasm_bindgen(js_name = passedOver)]
    #[must_use]
    pub fn passed_over(&self) -> Vec<String> {
        self.members.passed_over().to_vec()
    }

    /// The next file by name.
    pub fn next(&mut self) -> Option<Member> {
        Some(match self.members.next()? {
            Ok(member) => Member { name: member.name, bytes: Some(member.bytes), trouble: None },
            Err(unread) => {
                Member { name: unread.name, bytes: None, trouble: Some(unread.why.text().get(self.lang).to_owned()) }
            }
        })
    }
}
