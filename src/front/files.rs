//! Packs and documents from disk, and reports as the command line has them, for programs that bring the command line along.
//! A workbook is parsed in a child process with limits of time and memory: that is the command line, started once more, and
//! a program that is not `bulou` itself says first how, by [`started_by`].
//!
//! ```
//! use bulou::files::{self, Document};
//! use bulou::{Lang, Pack, Settings};
//!
//! let pack = Pack::load(files::pack(None, Lang::En)?, Lang::En)?;
//! let settings = Settings::on("2022-06-28")?;
//! let documents = [Document::of("a.json", b"{}".to_vec())];
//! let verdicts = pack.each(&documents, &settings, 2, &|checker, document| checker.check_document(document).verdict)?;
//! assert_eq!(verdicts, [bulou::Verdict::Undetermined]);
//! # Ok::<(), bulou::Error>(())
//! ```

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use bulou_base::parallel::runs;
use bulou_cli::host::{self, Input, Inputs};
use bulou_county::contribution;

use crate::{Checker, County, CountyReport, Error, Lang, LocalizedText, Pack, Part, Report, Settings};

pub use bulou_cli::host::started_by;

/// Documents that are read before they are checked together, and the bytes after which there are enough.
const ROUND: (usize, usize) = (256, 16 << 20);

/// A document, or why its bytes could not be had.
#[derive(Debug)]
pub struct Document(Input);

impl Document {
    /// One that is in memory, with what reports call it.
    #[must_use]
    pub fn of(name: &str, bytes: Vec<u8>) -> Self {
        Self(Input::given(name, Ok(bytes)))
    }

    /// One that could not be had: its report says why, and it never passes.
    #[must_use]
    pub fn unread(name: &str, why: LocalizedText) -> Self {
        Self(Input::given(name, Err(why)))
    }

    /// The same under another name.
    #[must_use]
    pub fn called(mut self, name: &str) -> Self {
        name.clone_into(&mut self.0.place.name);
        self
    }

    /// What reports call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.place.name
    }
}

/// The documents of files, folders and archives, read as they are asked for.
pub struct Documents(Inputs);

impl Documents {
    /// Those of some paths; `-` is standard input. With `lines` each file holds a document a line. What cannot be read comes
    /// as a document that says why.
    ///
    /// # Errors
    /// [`Error::Unread`]: the paths cannot be taken together.
    pub fn new(paths: &[PathBuf], lines: bool) -> Result<Self, Error> {
        host::documents(paths, lines).map(Self).map_err(|words| Error::Unread(vec![words]))
    }

    /// The next few; none when there are no more.
    pub fn round(&mut self) -> Vec<Document> {
        let (count, bytes) = ROUND;
        self.0.round(count, bytes).into_iter().map(Document).collect()
    }

    /// Whether there may be more than one.
    #[must_use]
    pub fn several(&self) -> bool {
        self.0.several()
    }
}

/// The files of a pack's folder, for [`Pack::load`]; without a folder those of the pack that is embedded here.
///
/// # Errors
/// [`Error::Unread`] with everything that keeps it from being read.
pub fn pack(folder: Option<&Path>, lang: Lang) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    host::pack_files(folder, lang).map(|files| files.0).map_err(Error::Unread)
}

/// The current day in Asia/Shanghai, `2022-06-28`.
#[must_use]
pub fn today() -> String {
    host::today()
}

/// A text of others as a terminal may show it.
#[must_use]
pub fn visible(text: &str) -> String {
    host::visible(text)
}

/// Runs a command line, whose first word is the program's name; the answer is the exit code.
#[must_use]
pub fn command_line(words: &[OsString]) -> u8 {
    bulou_cli::run_line(words)
}

/// A report as `bulou check` prints it.
#[must_use]
pub fn text(report: &Report<'_>, lang: Lang) -> String {
    host::text(report, lang)
}

/// A report as a page that needs nothing beside itself.
#[must_use]
pub fn page(report: &Report<'_>, lang: Lang) -> String {
    host::page(report, lang)
}

/// A county's report as `bulou county` prints it.
#[must_use]
pub fn county_text(report: &CountyReport, lang: Lang) -> String {
    host::county_text(report, lang)
}

/// A county's report as a page that needs nothing beside itself.
#[must_use]
pub fn county_page(report: &CountyReport, lang: Lang) -> String {
    host::county_page(report, lang)
}

impl Checker<'_> {
    /// The language of its words.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.0.lang()
    }
}

impl<'p> Checker<'p> {
    /// Checks a document as `bulou check` does.
    pub fn check_document(&mut self, document: &Document) -> Report<'p> {
        let lang = self.0.lang();
        document.0.check(&mut self.0, lang)
    }
}

impl Pack {
    /// Does the same with each document on so many threads, each with a checker of its own; the answers keep the order of
    /// the documents.
    ///
    /// # Errors
    /// As [`Pack::checker`].
    pub fn each<'p, T: Send>(
        &'p self,
        documents: &[Document],
        settings: &Settings,
        threads: usize,
        judge: &(impl Fn(&mut Checker<'p>, &Document) -> T + Sync),
    ) -> Result<Vec<T>, Error> {
        let all = |checker: &mut Checker<'p>, part: &[Document]| -> Vec<T> {
            part.iter().map(|document| judge(checker, document)).collect()
        };
        Ok(self.parts(documents, settings, threads, &all)?.into_iter().flatten().collect())
    }

    /// The same with the documents of a thread together: one answer a thread, in the order of the documents.
    ///
    /// # Errors
    /// As [`Pack::checker`].
    pub fn parts<'p, T: Send>(
        &'p self,
        documents: &[Document],
        settings: &Settings,
        threads: usize,
        judge: &(impl Fn(&mut Checker<'p>, &[Document]) -> T + Sync),
    ) -> Result<Vec<T>, Error> {
        let checkers = (0..threads.clamp(1, documents.len().max(1))).map(|_| self.checker(settings));
        let checkers = checkers.collect::<Result<Vec<_>, Error>>()?;
        Ok(runs(checkers, documents, &|mut checker, part: &[Document]| judge(&mut checker, part)))
    }
}

impl<'p> County<'p> {
    /// Adds a school's document and answers its own report.
    pub fn add_document(&mut self, document: &Document) -> Report<'p> {
        let Document(input) = document;
        let lang = self.options.lang;
        let report = input.check(&mut self.checker.0, lang);
        let contribution = contribution(&self.checker.0, self.part, &report, &input.seen()).at(&input.called());
        self.roll.add(contribution, lang);
        report
    }

    /// Adds schools' documents on so many threads.
    ///
    /// # Errors
    /// [`Error::County`]: they are too many for one roll-up.
    pub fn add_documents(&mut self, documents: &[Document], threads: usize) -> Result<(), Error> {
        let settings = Settings(self.options.clone());
        let rules = self.checker.0.rules();
        let counties = (0..threads.clamp(1, documents.len().max(1))).map(|_| County::of(rules, &settings));
        let counties = counties.collect::<Result<Vec<_>, Error>>()?;
        let added = |mut county: County<'p>, part: &[Document]| -> Part {
            part.iter().for_each(|document| drop(county.add_document(document)));
            county.into_part()
        };
        runs(counties, documents, &added).into_iter().try_for_each(|part| self.add_part(part))
    }

    /// The county's report by its own document, as [`County::finish`].
    ///
    /// # Errors
    /// As [`County::finish`]; [`Error::Unread`] where the document could not be had.
    pub fn finish_document(&self, document: &Document, earlier: Option<&[u8]>) -> Result<CountyReport, Error> {
        let Document(input) = document;
        let name = &input.place.name;
        let bytes = input.content.as_ref().map_err(|words| Error::Unread(vec![words.clone()]))?;
        let text = host::named(&self.part.rules, Path::new(name), bytes, self.options.lang);
        self.report(name, bytes, &text, earlier)
    }
}
