//! A published folder: what lies there, and what may be read of it before anything is known to be the bureau's.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use bulou_base::date::Date;
use bulou_base::filename::is_litter;
use bulou_base::limits;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_pack::publish::{
    Accepted, Engine, INDEX, Index, Received, Refusal, SIGNATURE, Verified, continued, current, signature_of, whole,
};

use crate::files::{Unread, found, is_unfinished, tell_unfinished, unreadable};

/// Why a folder is not accepted.
pub enum Fault {
    /// It is not what the bureau published.
    Refused(Refusal),
    /// It could not be read.
    Unreadable(LocalizedText),
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Fault {
    /// What is wrong and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Refused(refusal) => refusal.view(lang).to_string(),
            Self::Unreadable(words) => words.get(lang).to_owned(),
        }
    }
}

/// A published folder, of which only indexes and signatures were read.
pub struct Folder {
    path: PathBuf,
    /// Every name in it but litter.
    pub names: BTreeSet<String>,
    /// What was not finished by runs that were stopped.
    unfinished: Vec<PathBuf>,
    index: Option<Vec<u8>>,
    signature: Option<Vec<u8>>,
    /// Earlier indexes after which the key changed, with their signatures.
    handovers: BTreeMap<String, Vec<u8>>,
}

/// Files that are what the bureau published.
pub struct Opened {
    /// The index.
    pub verified: Verified,
    /// The other files by name.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Folder {
    /// What lies in a folder; nothing when there is none.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let (mut names, mut unfinished) = (BTreeSet::new(), Vec::new());
        for name in listed(path)? {
            if is_unfinished(&name) {
                unfinished.push(path.join(name));
            } else if !is_litter(&name) {
                names.insert(name);
            }
        }
        let mut folder =
            Self { path: path.to_owned(), names, unfinished, index: None, signature: None, handovers: BTreeMap::new() };
        folder.index = folder.optional(INDEX, limits::INDEX_BYTES)?;
        folder.signature = folder.optional(SIGNATURE, limits::SIGNATURE_BYTES)?;
        folder.read_handovers()?;
        Ok(folder)
    }

    /// Names what runs that were stopped left there.
    pub fn tell_unfinished(&self, lang: Lang) {
        tell_unfinished(&self.unfinished, lang);
    }

    /// Together they may have no more bytes than one index.
    fn read_handovers(&mut self) -> Result<(), Fault> {
        let mut left = limits::INDEX_BYTES;
        for name in self.names.iter().filter(|name| is_handover(name)) {
            let bytes = self.file(name, left)?;
            left -= bytes.len().min(left);
            self.handovers.insert(name.clone(), bytes);
        }
        Ok(())
    }

    fn optional(&self, name: &str, limit: usize) -> Result<Option<Vec<u8>>, Fault> {
        self.names.contains(name).then(|| self.file(name, limit)).transpose()
    }

    fn file(&self, name: &str, limit: usize) -> Result<Vec<u8>, Fault> {
        let path = self.path.join(name);
        found(&path, limit).map_err(|unread| match unread {
            Unread::Link | Unread::NoFile => Refusal::NoFile(name.to_owned()).into(),
            Unread::TooLarge(_) => Refusal::TooLarge(name.to_owned()).into(),
            Unread::Failed(error) => Fault::Unreadable(unreadable(&path, &error)),
        })
    }

    /// The index's bytes, when there is one.
    pub fn index(&self) -> Option<&[u8]> {
        self.index.as_deref()
    }

    /// The signature's bytes, when there is one.
    pub fn signature(&self) -> Option<&[u8]> {
        self.signature.as_deref()
    }

    fn received<'a>(
        &'a self,
        files: &'a BTreeMap<String, Vec<u8>>,
        newest_only: bool,
    ) -> Result<Received<'a>, Refusal> {
        let index = self.index().ok_or_else(|| Refusal::MissingFile(INDEX.to_owned()))?;
        Ok(Received { index, signature: self.signature(), files, newest_only })
    }

    /// Checks all that a reader has to check.
    pub fn open(
        &self,
        public_key: &str,
        accepted: Option<&Accepted>,
        today: Date,
        newest_only: bool,
    ) -> Result<Opened, Fault> {
        let received = self.received(&self.handovers, newest_only)?;
        let verified = current(received, public_key, accepted, today, &Engine::current())?;
        let mut files = self.listed_files(&verified.index)?;
        // Its name is enough to refuse it.
        files.extend(self.unlisted(&verified.index).map(|name| (name.clone(), Vec::new())));
        whole(&verified.index, self.received(&files, newest_only)?)?;
        Ok(Opened { verified, files })
    }

    /// Checks what the publisher goes on from; what the index does not list is for the publisher to look at.
    pub fn go_on(&self, public_key: &str) -> Result<Opened, Fault> {
        let verified = continued(self.received(&self.handovers, true)?, public_key)?;
        let files = self.listed_files(&verified.index)?;
        whole(&verified.index, self.received(&files, true)?)?;
        Ok(Opened { verified, files })
    }

    /// The files that an authentic index lists, each with no more bytes than it is said to have.
    fn listed_files(&self, index: &Index) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
        let there = index.files.iter().filter(|(name, _)| self.names.contains(*name));
        there.map(|(name, info)| Ok((name.clone(), self.file(name, info.bytes.min(limits::PACK_BYTES))?))).collect()
    }

    /// What lies there beside the files that an index lists.
    pub fn unlisted<'a>(&'a self, index: &'a Index) -> impl Iterator<Item = &'a String> {
        let own = |name: &&String| *name == INDEX || *name == SIGNATURE;
        self.names.iter().filter(move |name| !own(name) && !index.files.contains_key(*name))
    }
}

fn is_handover(name: &str) -> bool {
    let index = name.strip_suffix(".minisig").unwrap_or(name);
    let number = index.strip_prefix("index-").and_then(|rest| rest.strip_suffix(".json"));
    number.is_some_and(|number| number.parse::<u64>().is_ok()) && (name == index || name == signature_of(index))
}

fn listed(path: &Path) -> Result<Vec<String>, Fault> {
    let failed = |error: std::io::Error| Fault::Unreadable(unreadable(path, &error));
    let entries = match std::fs::read_dir(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let names = entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    names.collect::<Result<_, _>>().map_err(failed)
}
