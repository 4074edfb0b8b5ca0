//! The same where no process can be started, in WASI: whoever runs the command keeps a file there that answers as a child
//! does, by another instance of this program. What ends that instance costs one workbook. Archives are opened here; what
//! breaks that ends the run, and whoever runs it says so and ends with 2.

mod child;
mod frame;

use std::fs::File;
use std::io::{Read, Seek};

use bulou_base::limits;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::{stopped, texts};
use bulou_sheets::archive::{Member, Members, Unread, members};
use bulou_sheets::{Refusal, Sheets};

pub use child::run as run_child;

use crate::inputs::gb18030;
use frame::{Frame, Kind, decode, receive, send};

/// The file that answers, wherever the command is run; none of this name is ever read.
const CHILD: &str = ".bulou-parse-untrusted";

/// The sheets of a workbook.
pub fn sheets(bytes: &[u8]) -> Result<Sheets, Refusal> {
    if bytes.len() > limits::WORKBOOK_BYTES {
        // Refused by its size, before anything is parsed.
        return bulou_sheets::sheets(bytes);
    }
    let none = |error| Refusal::Stopped(texts::workbooks_archives_parsed_process(&error).text());
    let mut child = File::options().read(true).write(true).open(CHILD).map_err(none)?;
    send(&mut child, Kind::Sheets, bytes).map_err(none)?;
    match receive(&mut child) {
        Ok(Frame { kind: Kind::Sheets, body }) => {
            decode::<Result<Sheets, Refusal>>(&body).unwrap_or_else(|words| Err(Refusal::Stopped(words)))
        }
        _ => Err(Refusal::Stopped(stopped::broke())),
    }
}

/// The files of an archive by name, one in memory at a time.
pub struct Archive<R>(Members<R>);

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn open(bytes: R) -> Result<Self, LocalizedText> {
        members(bytes, &gb18030).map(Self).map_err(|error| error.text())
    }
}

impl<R: Read + Seek> Iterator for Archive<R> {
    type Item = Result<Member, Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}
