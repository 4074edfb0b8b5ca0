//! What the program and its child say to one another: a kind, a length, and so many bytes.

use std::io::{Error, Read, Result, Write};

use bulou_base::limits;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To the child: a workbook. From it: its sheets, or why there are none.
    Sheets,
    /// To the child: an archive of so many bytes, of which the first files are left out. From it: the names of the
    /// files to come, or why it cannot be read.
    Archive,
    /// From the child: it wants so many bytes of the archive. To it: these bytes.
    Bytes,
    /// To the child: the next file of the archive. From it: that file.
    Member,
    /// From the child: why that file cannot be read.
    Unread,
    /// From the child: there is no further file.
    End,
}

const KINDS: [Kind; 6] = [Kind::Sheets, Kind::Archive, Kind::Bytes, Kind::Member, Kind::Unread, Kind::End];

/// A message.
#[derive(Debug)]
pub struct Frame {
    pub kind: Kind,
    pub body: Vec<u8>,
}

/// Writes a message.
pub fn send(out: &mut impl Write, kind: Kind, body: &[u8]) -> Result<()> {
    let number = KINDS.iter().position(|known| *known == kind).unwrap_or_default();
    out.write_all(&[u8::try_from(number).unwrap_or_default()])?;
    out.write_all(&(body.len() as u64).to_le_bytes())?;
    out.write_all(body)?;
    out.flush()
}

/// Reads a message.
pub fn receive(input: &mut impl Read) -> Result<Frame> {
    let (mut kind, mut length) = ([0; 1], [0; 8]);
    input.read_exact(&mut kind)?;
    input.read_exact(&mut length)?;
    let [number] = kind;
    let kind = KINDS.get(usize::from(number)).copied().ok_or_else(|| Error::other("no message"))?;
    let length = u64::from_le_bytes(length);
    let mut body = Vec::new();
    // The other side may be what bytes made of it: no more is taken than any answer needs.
    input.take(length.min(limits::PARSED_BYTES)).read_to_end(&mut body)?;
    if body.len() as u64 == length { Ok(Frame { kind, body }) } else { Err(Error::other("cut off")) }
}

/// A value as the body of a message.
pub fn encode(value: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(value).unwrap_or_default()
}

/// The value that a body holds.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> std::result::Result<T, LocalizedText> {
    postcard::from_bytes(body).map_err(|error| texts::process_parses_files_answered(&error).text())
}
