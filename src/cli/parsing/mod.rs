//! Workbooks and archives of others, parsed in a child process that can be stopped: this program, started once more. What
//! never ends, takes all memory or ends the child costs one file, which is named; the next one gets another child.

mod archive;
mod child;
mod frame;
mod worker;

use std::sync::{Mutex, PoisonError};

use bulou_base::limits;
use bulou_messages::diagnostic::LocalizedText;
use bulou_sheets::{Refusal, Sheets};

pub use archive::Archive;
pub use child::run as run_child;

use frame::{Frame, Kind, decode};
use worker::Worker;
pub use worker::started_by;

/// Children that wait for work.
static IDLE: Mutex<Vec<Worker>> = Mutex::new(Vec::new());

/// The sheets of a workbook.
pub fn sheets(bytes: &[u8]) -> Result<Sheets, Refusal> {
    if bytes.len() > limits::WORKBOOK_BYTES {
        // Refused by its size, before anything is parsed.
        return bulou_sheets::sheets(bytes);
    }
    let mut worker = idle().map_err(Refusal::Stopped)?;
    match worker.ask(Kind::Sheets, bytes).and_then(|()| worker.answer(limits::workbook_seconds(bytes.len()))) {
        Ok(Frame { kind: Kind::Sheets, body }) => {
            let read = decode::<Result<Sheets, Refusal>>(&body);
            keep(worker);
            read.unwrap_or_else(|words| Err(Refusal::Stopped(words)))
        }
        _ => Err(Refusal::Stopped(worker.stopped())),
    }
}

/// A child that waits, or a new one. Those of a process that this one was forked from are left to it.
fn idle() -> Result<Worker, LocalizedText> {
    let mut waiting = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
    waiting.retain(Worker::is_own);
    let one = waiting.pop();
    drop(waiting);
    one.map_or_else(Worker::start, Ok)
}

/// Keeps a child for the next file.
fn keep(worker: Worker) {
    IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
}
