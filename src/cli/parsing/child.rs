//! The child: parses what it is given until there is no more, within limits that it sets for itself before it looks at
//! anything. It opens no file.

use std::cell::RefCell;
use std::io::{BufReader, Read, Result, Seek, SeekFrom, Stdin, Stdout};
use std::rc::Rc;

use bulou_base::limits;
use bulou_sheets::archive::{Member, Unread, members};

use super::frame::{Frame, Kind, decode, encode, receive, send};
use crate::inputs::gb18030;

/// Bytes of an archive that are asked for at once.
const BUFFER: usize = 1 << 16;

/// The way to the program and back.
struct Pipes {
    from: Stdin,
    to: Stdout,
}

impl Pipes {
    fn send(&mut self, kind: Kind, body: &[u8]) -> Result<()> {
        send(&mut self.to, kind, body)
    }

    fn receive(&mut self) -> Result<Frame> {
        receive(&mut self.from)
    }
}

/// Parses until the program has no more, or is no more.
pub fn run() -> u8 {
    confine();
    let pipes = Rc::new(RefCell::new(Pipes { from: std::io::stdin(), to: std::io::stdout() }));
    let mut next = pipes.borrow_mut().receive();
    while let Ok(frame) = next {
        next = match frame.kind {
            Kind::Sheets => {
                allow(limits::workbook_seconds(frame.body.len()));
                let sheets = encode(&bulou_sheets::sheets(&frame.body));
                let sent = pipes.borrow_mut().send(Kind::Sheets, &sheets);
                sent.and_then(|()| pipes.borrow_mut().receive())
            }
            Kind::Archive => archive(&pipes, &frame.body),
            _ => return 2,
        };
    }
    0
}

/// Hands out the files of an archive as they are asked for; the answer is the first request for something else.
fn archive(pipes: &Rc<RefCell<Pipes>>, body: &[u8]) -> Result<Frame> {
    let (size, left_out): (u64, usize) = decode(body).map_err(|words| std::io::Error::other(words.en))?;
    allow(limits::ARCHIVE_SECONDS);
    let far = Far { pipes: Rc::clone(pipes), at: 0, size };
    let members = members(BufReader::with_capacity(BUFFER, far), &gb18030).map(|members| members.after(left_out));
    let names = members.as_ref().map(|members| members.names().collect::<Vec<_>>());
    let opened = encode(&names);
    pipes.borrow_mut().send(Kind::Archive, &opened)?;
    let mut members = members.ok();
    loop {
        let frame = pipes.borrow_mut().receive()?;
        if frame.kind != Kind::Member {
            return Ok(frame);
        }
        allow(limits::ARCHIVE_SECONDS);
        let member = members.as_mut().and_then(Iterator::next);
        let mut pipes = pipes.borrow_mut();
        match member {
            Some(Ok(Member { bytes, .. })) => pipes.send(Kind::Member, &bytes)?,
            Some(Err(Unread { name, why })) => pipes.send(Kind::Unread, &encode(&(name, why)))?,
            None => pipes.send(Kind::End, &[])?,
        }
    }
}

/// The archive, which the program holds.
struct Far {
    pipes: Rc<RefCell<Pipes>>,
    at: u64,
    size: u64,
}

impl Read for Far {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let wanted = self.size.saturating_sub(self.at).min(buffer.len() as u64);
        if wanted == 0 {
            return Ok(0);
        }
        let mut pipes = self.pipes.borrow_mut();
        pipes.send(Kind::Bytes, &encode(&(self.at, wanted)))?;
        let bytes = pipes.receive()?.body;
        let count = bytes.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(&bytes) {
            *to = *from;
        }
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Far {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(offset) => self.size.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.at.checked_add_signed(offset),
        };
        self.at = at.ok_or_else(|| std::io::Error::other("before the start"))?;
        Ok(self.at)
    }
}

/// Memory has an end, and what ends the process leaves no copy of a school's document behind.
#[cfg(unix)]
fn confine() {
    use rustix::process::Resource;
    limit(Resource::As, limits::PARSE_MEMORY);
    limit(Resource::Core, 0);
}

/// So many seconds of the processor from here on. Seconds of a clock would depend on what else the machine does.
#[cfg(unix)]
fn allow(seconds: u64) {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec;
    let used = u64::try_from(used).unwrap_or_default();
    limit(rustix::process::Resource::Cpu, used + seconds);
}

/// A limit that the system does not know is not set; the program's own watch over the child's answers is left.
#[cfg(unix)]
fn limit(resource: rustix::process::Resource, to: u64) {
    use rustix::process::{Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(resource).maximum;
    let current = Some(maximum.map_or(to, |maximum| to.min(maximum)));
    let _ = setrlimit(resource, Rlimit { current, maximum });
}

#[cfg(not(unix))]
fn confine() {}

#[cfg(not(unix))]
fn allow(_seconds: u64) {}
