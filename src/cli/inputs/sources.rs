//! Opening a file: one document, or the documents of an archive or of lines.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Error, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;
use std::rc::Rc;

use bulou_base::limits;
use bulou_document::{no_lines, too_large};
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;
use bulou_sheets::archive::is_archive;

use super::gather::Found;
use super::{Input, Place};
use crate::parsing::Archive;
use crate::terminal::language;

/// Bytes that are read at once.
const BUFFER: usize = 1 << 16;
/// The longest end of a line, which is none of the document.
const END: &[u8] = b"\r\n";

/// What a file turned out to be.
pub enum Opened {
    Document(Input),
    Several(Source),
}

/// A reader that counts what was read, so that a run knows how far it is.
pub struct Counted<R> {
    inner: R,
    read: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read.set(self.read.get() + count as u64);
        Ok(count)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.inner.seek(to)
    }
}

/// Documents that come one after another.
pub enum Source {
    Lines(Lines),
    Archive(Place, Box<Archive<BufReader<Counted<File>>>>),
}

impl Source {
    /// The next one, which in an archive may be a file of several itself.
    pub fn next(&mut self, ndjson: bool) -> Option<Opened> {
        match self {
            Self::Lines(lines) => lines.next().map(Opened::Document),
            Self::Archive(place, members) => Some(match members.next()? {
                Ok(member) => of_bytes(place.inside(&member.name), member.bytes, ndjson),
                Err(unread) if unread.name.is_empty() => refused(place.clone(), unread.why.text()),
                Err(unread) => refused(place.inside(&unread.name), unread.why.text()),
            }),
        }
    }
}

/// Opens what was found; what is read of it is added to `read`.
pub fn open(found: Found, ndjson: bool, read: &Rc<Cell<u64>>) -> Opened {
    let Found { place, file, size } = found;
    let read = Rc::clone(read);
    let path = match file {
        Ok(path) => path,
        Err(words) => return refused(place, words),
    };
    let opened = if path == Path::new("-") {
        let input = Counted { inner: std::io::stdin(), read };
        of_reader(place.clone(), Box::new(BufReader::with_capacity(BUFFER, input)), ndjson)
    } else {
        let counted = File::open(path).map(|inner| BufReader::with_capacity(BUFFER, Counted { inner, read }));
        counted.and_then(|file| of_file(place.clone(), file, size, ndjson))
    };
    opened.unwrap_or_else(|error| refused(place, cannot_open(&error)))
}

fn refused(place: Place, words: LocalizedText) -> Opened {
    Opened::Document(Input::new(place, Err(words)))
}

fn of_file(
    place: Place,
    mut file: BufReader<Counted<File>>,
    size: Option<u64>,
    ndjson: bool,
) -> std::io::Result<Opened> {
    if !is_archive(file.fill_buf()?) {
        let one = !ndjson && !place.is_ndjson();
        if one && size.is_some_and(|size| size > limits::DOCUMENT_BYTES as u64) {
            return Ok(refused(place, too_large()));
        }
        return of_reader(place, Box::new(file), ndjson);
    }
    Ok(match Archive::open(file) {
        Ok(archive) => Opened::Several(Source::Archive(place, Box::new(archive))),
        Err(words) => refused(place, words),
    })
}

fn of_bytes(place: Place, bytes: Vec<u8>, ndjson: bool) -> Opened {
    if (ndjson || place.is_ndjson()) && !is_archive(&bytes) {
        return Opened::Several(Source::Lines(Lines::new(place, Box::new(Cursor::new(bytes)))));
    }
    Opened::Document(Input::new(place, Ok(bytes)))
}

fn of_reader(place: Place, reader: Box<dyn BufRead>, ndjson: bool) -> std::io::Result<Opened> {
    if ndjson || place.is_ndjson() {
        return Ok(Opened::Several(Source::Lines(Lines::new(place, reader))));
    }
    let mut bytes = Vec::new();
    let read = reader.take(limits::DOCUMENT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(if read > limits::DOCUMENT_BYTES { refused(place, too_large()) } else { of_bytes(place, bytes, false) })
}

/// Documents one a line; empty lines are none, and a file without any other is named.
pub struct Lines {
    file: Place,
    blank: bool,
    /// Nothing more is read after an error.
    reader: Option<Box<dyn BufRead>>,
    number: usize,
}

impl Lines {
    fn new(file: Place, reader: Box<dyn BufRead>) -> Self {
        Self { file, blank: true, reader: Some(reader), number: 0 }
    }

    fn next(&mut self) -> Option<Input> {
        loop {
            self.number += 1;
            let content = match line(self.reader.as_mut()?) {
                Ok(None) => {
                    self.reader = None;
                    return self.blank.then(|| Input::new(self.file.clone(), Err(no_lines())));
                }
                Ok(Some(content)) => content,
                Err(error) => {
                    self.reader = None;
                    Err(cannot_open(&error))
                }
            };
            if content.as_ref().is_ok_and(|bytes| bytes.iter().all(u8::is_ascii_whitespace)) {
                continue;
            }
            self.blank = false;
            let place = Place { name: format!("{}:{}", self.file.name, self.number), path: self.file.path.clone() };
            return Some(Input { first_line: self.number, ..Input::new(place, content) });
        }
    }
}

/// A line without its end; of one that is too long only that it is.
fn line(reader: &mut Box<dyn BufRead>) -> std::io::Result<Option<Result<Vec<u8>, LocalizedText>>> {
    let mut bytes = Vec::new();
    let most = limits::DOCUMENT_BYTES + END.len();
    if reader.take(most as u64).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.len() == most && bytes.last() != Some(&b'\n') {
        return Ok(Some(Err(skipped(reader)?)));
    }
    while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        bytes.pop();
    }
    Ok(Some(if bytes.len() > limits::DOCUMENT_BYTES { Err(too_large()) } else { Ok(bytes) }))
}

/// Goes past the rest of a line that is too long; a file that is one line without end is left where it is.
fn skipped(reader: &mut Box<dyn BufRead>) -> std::io::Result<LocalizedText> {
    let mut rest = reader.take(limits::LINE_BYTES);
    if rest.skip_until(b'\n')? as u64 == limits::LINE_BYTES {
        return Err(Error::other(texts::no_end_line_what().get(language())));
    }
    Ok(too_large())
}

/// Why a file could not be read.
pub fn cannot_open(error: &Error) -> LocalizedText {
    match error.kind() {
        ErrorKind::NotFound => texts::no_such_file_check().text(),
        ErrorKind::PermissionDenied => texts::no_permission_read_file().text(),
        _ => texts::file_cannot_read(&error).text(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_most_bytes_and_one_beyond_leave_the_next_where_it_is() {
        for (beyond, end, fits) in
            [(0, "\n", true), (0, "\r\n", true), (1, "\n", false), (1, "\r\n", false), (2, "\n", false)]
        {
            let bytes = limits::DOCUMENT_BYTES + beyond;
            let long = std::io::repeat(b'1').take(bytes as u64);
            let rest = [end, "{}\n"].concat();
            let mut reader: Box<dyn BufRead> =
                Box::new(BufReader::with_capacity(BUFFER, long.chain(Cursor::new(rest))));
            let first = line(&mut reader).expect("read").expect("a line");
            assert_eq!(first.is_ok_and(|first| first.len() == bytes), fits, "{beyond} {end:?}");
            assert_eq!(line(&mut reader).expect("read"), Some(Ok(b"{}".to_vec())), "{beyond} {end:?}");
        }
    }
}
