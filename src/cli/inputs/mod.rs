//! Documents to check: files, folders, archives, standard input; whole or one a line. All that is there is accounted
//! for: what could not be read comes as an input that says why.

mod gather;
mod sources;

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use bulou_api::{Decoded, of_sheets, of_table};
use bulou_base::limits;
use bulou_base::sanitize::visible;
use bulou_document::too_large;
use bulou_eval::{Checker, sha256};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::texts;
use bulou_report::{Problem, Report};
use bulou_sheets::is_workbook;

use super::files;
use super::outputs::Outputs;
use super::terminal::{language, said, tell};
use gather::{Found, Gathered, gather, tell_apart};
use sources::{Opened, Source, open};

use super::parsing;

#[cfg(not(target_os = "wasi"))]
pub use sources::cannot_open;

/// Documents that are read before a round of checks; a round is what `--jobs` share.
pub const ROUND: usize = 256;
/// Bytes after which a round is full.
pub const ROUND_BYTES: usize = 16 << 20;

/// What names a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum NameBy {
    /// Its file, and its line where it is one of many.
    File,
    /// Its file; one of many its bytes: their SHA-256, for a line's number is another where the lines are split otherwise.
    Hash,
}

/// What a document is called.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its path within the folder or archive that the caller named, or the file's name; with the line's number for one
    /// of many in a file.
    pub name: String,
    /// The file as the caller named it.
    pub path: String,
}

impl Place {
    /// Of something in this folder or archive.
    fn inside(&self, name: &str) -> Self {
        // A member's own way must not lead out of its archive where paths are followed.
        let stays = |step: &str| if matches!(step, "." | "..") { step.replace('.', "．") } else { step.to_owned() };
        let name = &name.split('/').map(stays).collect::<Vec<_>>().join("/");
        Self { name: format!("{}/{name}", self.name), path: format!("{}/{name}", self.path) }
    }

    fn is_ndjson(&self) -> bool {
        let extension = Path::new(&self.name).extension().unwrap_or_default();
        ["ndjson", "jsonl"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    }
}

/// One document's bytes and what to call it.
#[derive(Debug)]
pub struct Input {
    /// What it is called.
    pub place: Place,
    /// The line of the file on which it starts, from 1.
    pub first_line: usize,
    /// Its bytes, or why they could not be read.
    pub content: Result<Vec<u8>, LocalizedText>,
    /// Whether it lies on disk, by its path.
    of_file: bool,
}

impl Input {
    /// A document that a caller has in memory, or why it has none.
    pub fn given(name: &str, content: Result<Vec<u8>, LocalizedText>) -> Self {
        let content =
            content.and_then(|bytes| if bytes.len() > limits::DOCUMENT_BYTES { Err(too_large()) } else { Ok(bytes) });
        let place = Place { name: name.to_owned(), path: name.to_owned() };
        Self { of_file: false, ..Self::new(place, content) }
    }

    fn new(place: Place, content: Result<Vec<u8>, LocalizedText>) -> Self {
        Self { place, first_line: 1, content, of_file: true }
    }

    fn size(&self) -> usize {
        self.content.as_ref().map_or(0, Vec::len)
    }

    /// The file as the caller named it, with the line where it is one of many.
    pub fn called(&self) -> String {
        if self.is_line() { format!("{}:{}", self.place.path, self.first_line) } else { self.place.path.clone() }
    }

    /// Whether it is one of many in a file.
    fn is_line(&self) -> bool {
        let line = format!(":{}", self.first_line);
        self.place.name.ends_with(&line) && !self.place.path.ends_with(&line)
    }

    /// What the bytes say, in UTF-8 or else in GB18030, as the check takes them.
    pub fn text(&self) -> Cow<'_, str> {
        let bytes = self.content.as_deref().unwrap_or_default();
        match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0,
        }
    }

    /// The document as JSON, of a workbook too.
    pub fn document(&self, rules: &RuleSet) -> Cow<'_, str> {
        let decoded = decoded(rules, self.content.as_deref().unwrap_or_default(), Lang::Zh);
        match decoded.utf8 {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => String::from_utf8_lossy(&bytes).into_owned().into(),
        }
    }

    /// Its bytes, and those of a file that was refused as a whole: they may say whose it is.
    pub fn seen(&self) -> Cow<'_, [u8]> {
        match &self.content {
            Ok(bytes) => Cow::Borrowed(bytes),
            Err(_) if !self.of_file => Cow::Borrowed(&[]),
            Err(_) => {
                let bytes = files::found(Path::new(&self.place.path), limits::DOCUMENT_BYTES);
                Cow::Owned(bytes.unwrap_or_default())
            }
        }
    }

    /// The document's report.
    pub fn check<'r>(&self, checker: &mut Checker<'r>, lang: Lang) -> Report<'r> {
        match &self.content {
            Ok(bytes) => decoded(checker.rules(), bytes, lang).check(checker, &self.place.name, bytes),
            Err(words) => checker.unread(&self.place.name, words),
        }
    }

    /// The same as of the document's own day, where it has one before the checker's.
    pub fn check_on_own_day<'r>(&self, checker: &mut Checker<'r>, lang: Lang) -> Report<'r> {
        match &self.content {
            Ok(bytes) => decoded(checker.rules(), bytes, lang).check_on_own_day(checker, &self.place.name, bytes),
            Err(words) => checker.unread(&self.place.name, words),
        }
    }

    /// The document's report with one more problem, at its place in the document.
    pub fn with<'r>(&self, report: Report<'r>, problem: Problem, (rules, lang): (&RuleSet, Lang)) -> Report<'r> {
        decoded(rules, self.content.as_deref().unwrap_or_default(), lang).with(report, problem)
    }
}

/// A document as text; a workbook's cells are read by a process of their own.
pub fn decoded<'b>(rules: &RuleSet, bytes: &'b [u8], lang: Lang) -> Decoded<'b> {
    if is_workbook(bytes) {
        return of_sheets(rules, &parsing::sheets(bytes), lang);
    }
    bulou_api::decoded(rules, bytes, lang, &gb18030)
}

/// The bytes of a document that an option names.
pub fn document_bytes(path: &Path) -> Result<Vec<u8>, String> {
    files::named(path, limits::DOCUMENT_BYTES).map_err(said)
}

/// The same where the file's name may say that it is a table as text.
pub fn named<'b>(rules: &RuleSet, path: &Path, bytes: &'b [u8], lang: Lang) -> Decoded<'b> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    of_table(rules, &name, bytes, lang, &gb18030).unwrap_or_else(|| decoded(rules, bytes, lang))
}

/// The text of bytes in GB18030, whatever mark of another encoding they begin with.
pub fn gb18030(bytes: &[u8]) -> Option<String> {
    Some(encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned())
}

/// Reads documents one after another, so that no more than a round of them is in memory.
pub struct Inputs {
    found: VecDeque<Found>,
    /// Folders in which there is nothing.
    empty: Vec<Found>,
    /// Folders in which there is nothing but what this command reads otherwise.
    spent: Vec<String>,
    /// What was begun: an archive, and a file of lines in it.
    open: Vec<Source>,
    ndjson: bool,
    name_by: NameBy,
    several: bool,
    total: Option<u64>,
    read: Rc<Cell<u64>>,
}

impl Inputs {
    /// The documents of files, folders and archives, sorted by name within a folder. In folders, files in `apart` are
    /// no submissions: the command reads them itself. No output may be one of the documents.
    pub fn new(
        paths: &[PathBuf],
        ndjson: bool,
        name_by: NameBy,
        apart: &[Option<&Path>],
        outputs: &Outputs,
    ) -> Result<Self, String> {
        let Gathered { found, empty, spent, unfinished } = gather(paths, apart);
        files::tell_unfinished(&unfinished, outputs.lang());
        let paths = found.iter().filter_map(|found| found.file.as_deref().ok());
        paths.into_iter().try_for_each(|file| outputs.apart_from(file))?;
        let several = ndjson || found.len() > 1 || found.iter().any(Found::holds_several);
        let total = found.iter().map(|found| found.size).sum();
        let (found, open, read) = (found.into(), Vec::new(), Rc::default());
        Ok(Self { found, empty, spent, open, ndjson, name_by, several, total, read })
    }

    /// The same, where files are called by what tells them apart in this run.
    pub fn told_apart(mut self) -> Self {
        tell_apart(self.found.make_contiguous());
        self
    }

    /// The same, where a folder in which there is nothing is named; `alone` also when there is nothing else.
    pub fn with_empty(mut self, alone: bool) -> Self {
        if alone || !self.found.is_empty() {
            self.found.extend(std::mem::take(&mut self.empty));
            self.several |= self.found.len() > 1;
        }
        self
    }

    /// Names folders in which there is nothing, where that is an answer: on the first day all are missing, and so they
    /// seem to be where a path is wrong or was forgotten; `asked` says whether any was named.
    pub fn tell_empty(&self, asked: bool, lang: Lang) {
        if !asked {
            let words = texts::no_file_folder_schools().get(lang);
            tell(&format!("bulou: {words}"));
        }
        for shown in &self.spent {
            let words = texts::no_file_roll_up_but(&shown).get(lang);
            tell(&format!("bulou: {}", visible(&words)));
        }
        for Found { place, .. } in &self.empty {
            let shown = &place.path;
            let words = texts::no_file_roll_up(&shown).get(lang);
            tell(&format!("bulou: {}", visible(&words)));
        }
    }

    /// The same, where no file at all is an error.
    pub fn some(self) -> Result<Self, String> {
        if self.found.is_empty() { Err(texts::no_file_check_try().get(language()).into()) } else { Ok(self) }
    }

    /// How many bytes all files have, where that is known.
    pub fn total_bytes(&self) -> Option<u64> {
        self.total
    }

    /// How many bytes were read.
    pub fn read_bytes(&self) -> u64 {
        self.read.get()
    }

    /// Whether more than one document may come.
    pub fn several(&self) -> bool {
        self.several
    }

    /// The next documents: at most `count`, and no more once they hold `bytes`.
    pub fn round(&mut self, count: usize, bytes: usize) -> Vec<Input> {
        let (mut round, mut held) = (Vec::new(), 0);
        while round.len() < count && held < bytes {
            let Some(mut input) = self.next() else { break };
            if let (NameBy::Hash, true, Ok(bytes)) = (self.name_by, input.is_line(), &input.content) {
                input.place.name = sha256(bytes);
            }
            held += input.size();
            round.push(input);
        }
        round
    }

    fn next(&mut self) -> Option<Input> {
        loop {
            let opened = match self.open.last_mut() {
                Some(source) => source.next(self.ndjson),
                None => Some(open(self.found.pop_front()?, self.ndjson, &self.read)),
            };
            match opened {
                Some(Opened::Document(input)) => return Some(input),
                Some(Opened::Several(source)) => self.open.push(source),
                None => {
                    self.open.pop();
                }
            }
        }
    }
}
