//! An archive whose files a child hands out; its bytes stay here.

use std::io::{Read, Seek, SeekFrom};

use bulou_base::limits;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::stopped::{self, LOST};
use bulou_sheets::archive::{Error, Member, Unread};

use super::frame::{Frame, Kind, decode, encode};
use super::worker::{Lost, Worker};
use super::{idle, keep};

/// The files of an archive by name, one in memory at a time, as [`bulou_sheets::archive::members`] has them.
pub struct Archive<R> {
    bytes: R,
    size: u64,
    worker: Option<Worker>,
    /// The files by name, and how many were handed out.
    names: Vec<String>,
    done: usize,
    lost: usize,
    ended: bool,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn open(mut bytes: R) -> Result<Self, LocalizedText> {
        let size = bytes.seek(SeekFrom::End(0)).map_err(|error| super::super::inputs::cannot_open(&error))?;
        let mut archive = Self { bytes, size, worker: None, names: Vec::new(), done: 0, lost: 0, ended: false };
        archive.names = archive.begin().map_err(|error| error.text())?;
        Ok(archive)
    }

    /// Starts a child on the files that are left; their names.
    fn begin(&mut self) -> Result<Vec<String>, Error> {
        let mut worker = idle().map_err(Error::Stopped)?;
        let asked = worker.ask(Kind::Archive, &encode(&(self.size, self.done)));
        match asked.and_then(|()| self.answer(&mut worker)) {
            Ok(Frame { kind: Kind::Archive, body }) => match decode(&body).map_err(Error::Stopped)? {
                Ok(names) => {
                    self.worker = Some(worker);
                    Ok(names)
                }
                Err(error) => {
                    keep(worker);
                    Err(error)
                }
            },
            _ => Err(Error::Stopped(worker.stopped())),
        }
    }

    /// The child's answer; until it comes, the bytes that the child wants.
    fn answer(&mut self, worker: &mut Worker) -> Result<Frame, Lost> {
        loop {
            let frame = worker.answer(limits::ARCHIVE_SECONDS)?;
            if frame.kind != Kind::Bytes {
                return Ok(frame);
            }
            let (at, wanted): (u64, u64) = decode(&frame.body).map_err(|_| Lost)?;
            let mut part = Vec::new();
            // What cannot be read any more is the end of the archive for the child.
            let _ = self.bytes.seek(SeekFrom::Start(at));
            let _ = self.bytes.by_ref().take(wanted).read_to_end(&mut part);
            worker.ask(Kind::Bytes, &part)?;
        }
    }

    /// The next file; nothing when there is none.
    fn member(&mut self, mut worker: Worker) -> Option<Result<Member, Unread>> {
        let name = self.names.get(self.done).cloned().unwrap_or_default();
        let asked = worker.ask(Kind::Member, &[]);
        let answer = asked.and_then(|()| self.answer(&mut worker));
        self.done += 1;
        let member = match answer {
            Ok(Frame { kind: Kind::Member, body }) => Ok(Member { name, bytes: body }),
            Ok(Frame { kind: Kind::Unread, body }) => {
                let (name, why) = decode(&body).unwrap_or_else(|words| (name, Error::Stopped(words)));
                Err(Unread { name, why })
            }
            Ok(Frame { kind: Kind::End, .. }) => {
                self.ended = true;
                keep(worker);
                return None;
            }
            _ => {
                self.lost += 1;
                return Some(Err(Unread { name, why: Error::Stopped(worker.stopped()) }));
            }
        };
        self.worker = Some(worker);
        Some(member)
    }

    /// What is left is named, and not read.
    fn given_up(&mut self, why: Error) -> Option<Result<Member, Unread>> {
        let name = self.names.get(self.done)?.clone();
        self.done += 1;
        Some(Err(Unread { name, why }))
    }
}

impl<R: Read + Seek> Iterator for Archive<R> {
    type Item = Result<Member, Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        if self.worker.is_none() {
            if self.lost >= LOST {
                return self.given_up(Error::Stopped(stopped::broken_archive()));
            }
            if let Err(why) = self.begin() {
                self.lost = LOST;
                return self.given_up(why);
            }
        }
        self.worker.take().and_then(|worker| self.member(worker))
    }
}
