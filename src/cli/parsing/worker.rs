//! The program's side of a child.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::stopped;
use bulou_messages::texts;

use super::frame::{Frame, Kind, receive, send};

/// How much longer than the time of the processor an answer may take: the machine has other things to do. Where no limit
/// can be set on the processor's time, this is all that ends a child.
const PATIENCE: u64 = if cfg!(unix) { 20 } else { 4 };

/// A child that parses.
#[derive(Debug)]
pub struct Worker {
    child: Child,
    to: ChildStdin,
    from: Receiver<Frame>,
    /// Seconds of the processor that the last request had.
    seconds: u64,
    /// The process that started it.
    parent: u32,
}

/// The child gave no answer.
#[derive(Debug)]
pub struct Lost;

impl Worker {
    /// Starts a child.
    ///
    /// # Errors
    /// The system starts none.
    pub fn start() -> Result<Self, LocalizedText> {
        let none = |error: std::io::Error| texts::workbooks_archives_parsed_process(&error).text();
        let (program, words) = HOST.get().cloned().unwrap_or_else(|| (own(), Vec::new()));
        let mut child = Command::new(program)
            .args(words)
            .arg(crate::PARSE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(none)?;
        let (Some(to), Some(mut answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(none(std::io::Error::other("no pipe")));
        };
        let (sender, from) = channel();
        std::thread::spawn(move || {
            while let Ok(frame) = receive(&mut answers) {
                if sender.send(frame).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, to, from, seconds: 0, parent: std::process::id() })
    }

    /// Whether this process started it, and not one that was forked since.
    pub fn is_own(&self) -> bool {
        self.parent == std::process::id()
    }

    /// Asks for something.
    pub fn ask(&mut self, kind: Kind, body: &[u8]) -> Result<(), Lost> {
        send(&mut self.to, kind, body).map_err(|_| Lost)
    }

    /// The answer, which the child has so many seconds of the processor for.
    pub fn answer(&mut self, seconds: u64) -> Result<Frame, Lost> {
        self.seconds = seconds;
        self.from.recv_timeout(Duration::from_secs(self.seconds * PATIENCE)).map_err(|_| Lost)
    }

    /// Ends a child that gave no answer, and tells of the file that it was asked about.
    pub fn stopped(mut self) -> LocalizedText {
        let ended = self.child.try_wait().ok().flatten();
        let _ = self.child.kill();
        let status = ended.or_else(|| self.child.wait().ok());
        if ended.is_none() || status.is_some_and(ran_out) { stopped::too_long(self.seconds) } else { stopped::broke() }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if self.is_own() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// What starts the command line where this process is another program, which brings it along.
static HOST: OnceLock<(PathBuf, Vec<OsString>)> = OnceLock::new();

/// Says how the command line is started: a program and the words before those of the command line. The first call counts.
pub fn started_by(program: PathBuf, words: Vec<OsString>) {
    let _ = HOST.set((program, words));
}

/// This program, even when another version was installed over it meanwhile.
fn own() -> PathBuf {
    let running = Path::new("/proc/self/exe");
    if running.exists() { running.to_owned() } else { std::env::current_exe().unwrap_or_else(|_| "bulou".into()) }
}

/// Whether the processor's time was used up.
#[cfg(unix)]
fn ran_out(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt as _;
    status.signal() == Some(rustix::process::Signal::XCPU.as_raw())
}

#[cfg(not(unix))]
fn ran_out(_status: ExitStatus) -> bool {
    false
}
