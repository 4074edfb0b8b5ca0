//! Reports in the format that was asked for, on standard output or in a file.

use std::fs::File;
use std::io::{BufWriter, IsTerminal as _, Write};
use std::path::Path;

use bulou::diagnostic::Lang;
use bulou::report::text::{TextOptions, render};
use bulou::report::{Report, csv};

use super::check::Format;

/// One report, written out.
pub struct Rendered {
    bytes: Vec<u8>,
    /// Exit code that it asks for.
    pub code: u8,
}

/// How reports are written.
#[derive(Clone, Copy)]
pub struct Style {
    pub format: Format,
    pub color: bool,
    pub lang: Lang,
    pub quiet: bool,
    pub array: bool,
}

impl Style {
    /// Writes one report into memory.
    pub fn render(&self, report: &Report, code: u8) -> std::io::Result<Rendered> {
        let mut bytes = Vec::new();
        match self.format {
            Format::Text => {
                let options = TextOptions { color: self.color, width: 100, lang: self.lang, quiet: self.quiet };
                bytes = render(report, options).into_bytes();
            }
            Format::Ndjson => {
                serde_json::to_writer(&mut bytes, report)?;
                bytes.push(b'\n');
            }
            Format::Csv => bytes = csv::rows(report, self.lang).into_bytes(),
            Format::Json => {
                serde_json::to_writer_pretty(&mut bytes, report)?;
                if !self.array {
                    bytes.push(b'\n');
                }
            }
        }
        Ok(Rendered { bytes, code })
    }
}

/// Where reports go.
pub struct Sink {
    out: Box<dyn Write>,
    format: Format,
    lang: Lang,
    terminal: bool,
    written: usize,
    /// JSON reports stand in an array.
    pub array: bool,
}

impl Sink {
    /// A file, or standard output.
    pub fn new(path: Option<&Path>, format: Format, lang: Lang, several: bool) -> Result<Self, String> {
        let (out, terminal): (Box<dyn Write>, bool) = match path {
            Some(path) => {
                let file = File::create(path).map_err(|error| format!("写不了 `{}`:{error}", path.display()))?;
                (Box::new(BufWriter::new(file)), false)
            }
            None => (Box::new(BufWriter::new(std::io::stdout())), std::io::stdout().is_terminal()),
        };
        Ok(Self { out, format, lang, terminal, written: 0, array: several && format == Format::Json })
    }

    /// Whether a person sees it at once.
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Writes one report after the others.
    pub fn write(&mut self, rendered: &Rendered) -> std::io::Result<()> {
        let first = self.written == 0;
        self.written += 1;
        let headings = csv::headings(self.lang);
        let before = match (self.format, first) {
            (Format::Json, true) if self.array => "[\n",
            (Format::Json, false) => ",\n",
            (Format::Text, false) => "\n",
            (Format::Csv, true) => &headings,
            _ => "",
        };
        self.out.write_all(before.as_bytes())?;
        self.out.write_all(&rendered.bytes)
    }

    /// Ends the output.
    pub fn finish(&mut self) -> std::io::Result<()> {
        if self.array {
            self.out.write_all(if self.written == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        self.out.flush()
    }
}
