//! Files of a folder or an archive, told apart as the command line tells them.

use std::collections::BTreeMap;
use std::io::Cursor;

use wasm_bindgen::prelude::*;

use super::{gb18030, lang, refused};
use crate::archive;
use crate::diagnostic::Lang;
use crate::{data, limits};

/// Whether a path names what no one submitted.
#[wasm_bindgen(js_name = isLitter)]
#[must_use]
pub fn is_litter(path: &str) -> bool {
    crate::filename::is_litter(path)
}

/// Whether a file that begins with these bytes is an archive of files.
#[wasm_bindgen(js_name = isArchive)]
#[must_use]
pub fn is_archive(prefix: &[u8]) -> bool {
    archive::is_archive(prefix)
}

/// How many bytes one document may have.
#[wasm_bindgen(js_name = documentLimit)]
#[must_use]
pub fn document_limit() -> usize {
    limits::DOCUMENT_BYTES
}

/// Why a larger one is not read.
#[wasm_bindgen(js_name = tooLarge)]
#[must_use]
pub fn too_large(language: &str) -> String {
    data::too_large().get(lang(language)).to_owned()
}

/// What is said of a file of lines in which there is none.
#[wasm_bindgen(js_name = noLines)]
#[must_use]
pub fn no_lines(language: &str) -> String {
    data::no_lines().get(lang(language)).to_owned()
}

/// An archive of the files of a JSON object of names and texts.
#[wasm_bindgen]
pub fn zip(files: &str) -> Result<Vec<u8>, JsError> {
    let files: BTreeMap<String, String> = serde_json::from_str(files)?;
    archive::write(&files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect()).map_err(refused)
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
    /// Opens an archive; the error says for people why it cannot be read.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>, language: &str) -> Result<Self, JsError> {
        let lang = lang(language);
        let members = archive::members(Cursor::new(bytes), &gb18030);
        Ok(Self { members: members.map_err(|words| JsError::new(words.get(lang)))?, lang })
    }

    /// How many files are still to come.
    #[must_use]
    pub fn left(&self) -> usize {
        self.members.len()
    }

    /// The next file by name.
    pub fn next(&mut self) -> Option<Member> {
        Some(match self.members.next()? {
            Ok(member) => Member { name: member.name, bytes: Some(member.bytes), trouble: None },
            Err(unread) => {
                Member { name: unread.name, bytes: None, trouble: Some(unread.words.get(self.lang).to_owned()) }
            }
        })
    }
}
