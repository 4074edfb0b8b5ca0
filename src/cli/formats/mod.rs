//! What a check says, in the format that was asked for, on standard output or in a file; formats for CI mark what is wrong
//! where it stands in the submitted file, and pages are to be read and printed. A format of `check` is a file here, and
//! what this one says of it.

pub mod county;
mod github;
pub mod html;
mod junit;
pub mod notices;
mod remarks;
mod sarif;
mod summary;
pub mod trace;

use std::io::Write as _;
use std::path::Path;

use bulou_base::sanitize::visible;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_report::text::{TextOptions, render};
use bulou_report::{Report, csv};
use clap::ValueEnum;

use crate::destination::Destination;
use crate::inputs::Input;
use remarks::remarks;
use summary::{Line, Summary};

/// Formats of `check`.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For a person.
    Text,
    /// One object, or an array for several documents.
    Json,
    /// One object a line.
    Ndjson,
    /// One line a finding, for a spreadsheet.
    Csv,
    /// SARIF 2.1.0, with the line in the file.
    Sarif,
    /// JUnit XML: a suite a document, a case a rule.
    Junit,
    /// Annotations of GitHub Actions.
    Github,
    /// A page that needs nothing beside itself.
    Html,
}

/// One report, written out.
pub struct Rendered {
    part: Part,
    /// Its line in a summary, where the format has one.
    line: Option<Line>,
    /// Exit code that it asks for.
    pub code: u8,
}

/// What a document adds to the output: bytes that can be written at once, or what only the whole run can write.
enum Part {
    Bytes(Vec<u8>),
    Sarif(Box<sarif::Document>),
    Junit(Box<quick_junit::TestSuite>),
    Github(github::Annotations),
}

/// How reports are written.
#[derive(Clone, Copy)]
pub struct Style {
    pub format: CheckFormat,
    pub color: bool,
    pub width: usize,
    pub lang: Lang,
    pub quiet: bool,
    pub array: bool,
    /// More than one document may come: each is called by its file.
    pub several: bool,
}

impl Style {
    /// Writes one report into memory.
    pub fn render(&self, report: &Report<'_>, input: &Input, code: u8) -> std::io::Result<Rendered> {
        let part = match self.format {
            CheckFormat::Text => {
                let options = TextOptions { color: self.color, width: self.width, lang: self.lang, quiet: self.quiet };
                let file = texts::file().get(self.lang);
                let file =
                    if self.several { visible(&format!("{file} {}", input.called())) + "\n" } else { String::new() };
                Part::Bytes((file + &render(report, options)).into_bytes())
            }
            CheckFormat::Ndjson => {
                let mut bytes = serde_json::to_vec(report)?;
                bytes.push(b'\n');
                Part::Bytes(bytes)
            }
            CheckFormat::Csv => Part::Bytes(csv::rows(report, self.lang).into_bytes()),
            CheckFormat::Json => {
                let mut bytes = serde_json::to_vec_pretty(report)?;
                if !self.array {
                    bytes.push(b'\n');
                }
                Part::Bytes(bytes)
            }
            CheckFormat::Html => Part::Bytes(html::report(report, self.lang).into_bytes()),
            CheckFormat::Junit => Part::Junit(Box::new(junit::suite(report, &input.called(), self.lang))),
            CheckFormat::Sarif => {
                let remarks = remarks(report, input, self.lang);
                Part::Sarif(Box::new(sarif::Document::new(report, &remarks, &input.place.path, self.lang)))
            }
            CheckFormat::Github => {
                let remarks = remarks(report, input, self.lang);
                let params = report.params_changed.words(self.lang);
                Part::Github(github::Annotations::new(&remarks, &input.place.path, params))
            }
        };
        let sums_up = matches!(self.format, CheckFormat::Text | CheckFormat::Github | CheckFormat::Html);
        Ok(Rendered { part, line: sums_up.then(|| Line::new(report, input)), code })
    }
}

/// Where reports go.
pub struct Sink {
    out: Destination,
    format: CheckFormat,
    lang: Lang,
    written: usize,
    /// JSON reports stand in an array.
    pub array: bool,
    sarif: sarif::Results,
    junit: quick_junit::Report,
    github: github::Annotations,
    summary: Summary,
}

impl Sink {
    /// A file, or standard output.
    pub fn new(path: Option<&Path>, format: CheckFormat, lang: Lang, several: bool) -> Result<Self, String> {
        let out = Destination::new(path)?;
        Ok(Self {
            // A text has no other control characters than its own.
            out: if format == CheckFormat::Text { out.styled() } else { out },
            format,
            lang,
            written: 0,
            array: several && format == CheckFormat::Json,
            sarif: sarif::Results::default(),
            junit: quick_junit::Report::new("bulou"),
            github: github::Annotations::default(),
            summary: Summary::default(),
        })
    }

    /// Whether a person sees it at once.
    pub fn is_terminal(&self) -> bool {
        self.out.is_terminal()
    }

    /// Writes one report after the others, or keeps it for the end.
    pub fn write(&mut self, rendered: Rendered) -> std::io::Result<()> {
        if let Some(line) = rendered.line {
            self.summary.add(line);
        }
        let bytes = match rendered.part {
            Part::Bytes(bytes) => bytes,
            Part::Sarif(document) => {
                self.sarif.add(*document);
                return Ok(());
            }
            Part::Junit(suite) => {
                self.junit.add_test_suite(*suite);
                return Ok(());
            }
            Part::Github(annotations) => {
                self.github.add(annotations);
                return Ok(());
            }
        };
        self.before()?;
        self.written += 1;
        self.out.write_all(&bytes)
    }

    /// What stands before the first report, or between two.
    fn before(&mut self) -> std::io::Result<()> {
        let first = self.written == 0;
        let (headings, head);
        let words = match (self.format, first) {
            (CheckFormat::Json, true) if self.array => "[\n",
            (CheckFormat::Json, false) => ",\n",
            (CheckFormat::Text, false) => "\n",
            (CheckFormat::Csv, true) => {
                headings = csv::headings(self.lang);
                &headings
            }
            (CheckFormat::Html, true) => {
                head = html::head(self.lang, texts::report().get(self.lang));
                &head
            }
            (CheckFormat::Json | CheckFormat::Text, true) | (CheckFormat::Csv | CheckFormat::Html, false) => "",
            // One after another in lines of their own, or all at the end.
            (CheckFormat::Ndjson | CheckFormat::Junit | CheckFormat::Sarif | CheckFormat::Github, _) => "",
        };
        self.out.write_all(words.as_bytes())
    }

    /// Ends the output.
    pub fn finish(mut self, rules: &RuleSet) -> std::io::Result<()> {
        match self.format {
            CheckFormat::Json if self.array => {
                self.out.write_all(if self.written == 0 { b"[]\n" } else { b"\n]\n" })?;
            }
            CheckFormat::Sarif => {
                let log = sarif::log(rules, std::mem::take(&mut self.sarif), self.lang);
                serde_json::to_writer_pretty(&mut self.out, &log)?;
                self.out.write_all(b"\n")?;
            }
            CheckFormat::Junit => self.junit.serialize(&mut self.out).map_err(std::io::Error::other)?,
            CheckFormat::Github => {
                self.out.write_all(std::mem::take(&mut self.github).print(self.lang).as_bytes())?;
                self.out.write_all(self.summary.text(self.lang).as_bytes())?;
            }
            CheckFormat::Text => self.out.write_all(self.summary.text(self.lang).as_bytes())?,
            CheckFormat::Html => self.out.write_all(html::summary(&self.summary, self.lang).as_bytes())?,
            CheckFormat::Json | CheckFormat::Ndjson | CheckFormat::Csv => {}
        }
        self.out.finish()
    }
}
