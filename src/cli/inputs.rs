//! Documents to check: files, folders, standard input; whole or one a line.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use bulou::api::check_any_encoding;
use bulou::diagnostic::Lang;
use bulou::eval::Checker;
use bulou::report::Report;

/// Documents that are read before a round of checks; a round is what `--jobs` share.
pub const ROUND: usize = 256;
/// Bytes after which a round is full.
pub const ROUND_BYTES: usize = 16 << 20;

/// One document's bytes and what to call it.
pub struct Input {
    /// The file's name without its folder; with the line's number for one of many in a file.
    pub name: String,
    /// The file as the caller named it.
    pub path: String,
    /// The line of the file on which it starts, from 1.
    pub first_line: usize,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Input {
    /// What the bytes say, in UTF-8 or else in GB18030, as the check takes them.
    pub fn text(&self) -> Cow<'_, str> {
        match std::str::from_utf8(&self.bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => encoding_rs::GB18030.decode(&self.bytes).0,
        }
    }

    /// The document's report.
    pub fn check(&self, checker: &mut Checker<'_>, lang: Lang) -> Report {
        check_any_encoding(checker, &self.name, &self.bytes, lang, &gb18030)
    }
}

/// The text of bytes in GB18030.
pub fn gb18030(bytes: &[u8]) -> Option<String> {
    Some(encoding_rs::GB18030.decode(bytes).0.into_owned())
}

/// Reads documents one after another, so that no more than a round of them is in memory.
pub struct Inputs {
    paths: VecDeque<PathBuf>,
    several: bool,
    ndjson: bool,
    lines: Option<Lines>,
    /// Something could not be opened or read; it was said on standard error.
    pub failed: bool,
}

struct Lines {
    name: String,
    path: PathBuf,
    reader: Box<dyn BufRead>,
    number: usize,
}

impl Inputs {
    /// The documents of files and folders, sorted by name within a folder.
    pub fn new(paths: &[PathBuf], ndjson: bool) -> Result<Self, String> {
        let mut found = Vec::new();
        for path in paths {
            gather(path, &mut found)?;
        }
        if found.is_empty() {
            return Err("没有要检查的文件;例如 bulou check 学校.json".into());
        }
        let several = found.len() > 1 || ndjson || found.iter().any(|path| is_ndjson(path));
        Ok(Self { paths: found.into(), several, ndjson, lines: None, failed: false })
    }

    /// Whether more than one document may come.
    pub fn several(&self) -> bool {
        self.several
    }

    /// The next documents: at most `count`, and no more once they hold `bytes`.
    pub fn round(&mut self, count: usize, bytes: usize) -> Vec<Input> {
        let (mut round, mut held) = (Vec::new(), 0);
        while round.len() < count && held < bytes {
            let Some(input) = self.next() else { break };
            held += input.bytes.len();
            round.push(input);
        }
        round
    }

    fn next(&mut self) -> Option<Input> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Ok(Some(input)) => return Some(input),
                    Ok(None) => self.lines = None,
                    Err(error) => {
                        let path = lines.path.clone();
                        self.lines = None;
                        self.trouble("读不了", &path, &error);
                    }
                }
                continue;
            }
            let path = self.paths.pop_front()?;
            match self.open(&path) {
                Ok(Some(input)) => return Some(input),
                Ok(None) => {}
                Err(error) => self.trouble("打不开", &path, &error),
            }
        }
    }

    /// A whole document, or nothing when its lines come one by one.
    fn open(&mut self, path: &Path) -> std::io::Result<Option<Input>> {
        let standard = path == Path::new("-");
        let name =
            if standard { "-".into() } else { path.file_name().unwrap_or_default().to_string_lossy().into_owned() };
        let mut reader: Box<dyn BufRead> = if standard {
            Box::new(BufReader::new(std::io::stdin()))
        } else {
            Box::new(BufReader::with_capacity(1 << 16, std::fs::File::open(path)?))
        };
        if self.ndjson || is_ndjson(path) {
            self.lines = Some(Lines { name, path: path.to_owned(), reader, number: 0 });
            return Ok(None);
        }
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes)?;
        Ok(Some(Input { name, path: path.display().to_string(), first_line: 1, bytes }))
    }

    fn trouble(&mut self, what: &str, path: &Path, error: &std::io::Error) {
        eprintln!("bulou: {what} `{}`:{error}", path.display());
        self.failed = true;
    }
}

impl Lines {
    fn next(&mut self) -> std::io::Result<Option<Input>> {
        loop {
            let mut bytes = Vec::new();
            self.number += 1;
            if self.reader.read_until(b'\n', &mut bytes)? == 0 {
                return Ok(None);
            }
            while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
                bytes.pop();
            }
            if !bytes.iter().all(u8::is_ascii_whitespace) {
                let (name, path) = (format!("{}:{}", self.name, self.number), self.path.display().to_string());
                return Ok(Some(Input { name, path, first_line: self.number, bytes }));
            }
        }
    }
}

fn is_ndjson(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ndjson")
}

fn gather(path: &Path, into: &mut Vec<PathBuf>) -> Result<(), String> {
    if !path.is_dir() {
        into.push(path.to_owned());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).map_err(|error| format!("打不开 `{}`:{error}", path.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() || is_ndjson(&path) || path.extension().is_some_and(|extension| extension == "json") {
            gather(&path, into)?;
        }
    }
    Ok(())
}
