//! Where output goes: standard output, or a file that is there whole or not at all.

use std::fs::{File, Metadata};
use std::io::{BufWriter, ErrorKind, IsTerminal as _, Stdout, Write};
use std::path::{Path, PathBuf};

use bulou_base::sanitize::visible_lines;
use bulou_messages::texts;
use tempfile::NamedTempFile;

use super::canonicalize;
use super::terminal::language;

/// How the hidden name of a file ends that is not finished.
pub const PART: &str = ".part";

/// Standard output or a file. A file appears under its name by [`Destination::finish`] alone: whatever ends the program
/// before that leaves what was there.
pub enum Destination {
    Standard(BufWriter<Stdout>),
    /// A screen obeys some characters: only what is [`Destination::styled`] reaches it as it is.
    Screen(BufWriter<Stdout>),
    /// What is no ordinary file, such as `/dev/null` or a pipe, cannot be replaced.
    Device(BufWriter<File>),
    File(BufWriter<NamedTempFile>, PathBuf),
}

/// Writes all of a file, or to standard output.
///
/// # Errors
/// It cannot be written; then a file that was there is as it was.
pub fn write(path: Option<&Path>, bytes: &[u8]) -> Result<(), String> {
    Destination::new(path)?.whole(|out| out.write_all(bytes))
}

/// Puts a file in its place, whole; a link that stands there is replaced and not followed.
///
/// # Errors
/// It cannot be written; then what was there is as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let before = std::fs::symlink_metadata(path).ok().filter(Metadata::is_file);
    let file = temporary(path, before).map(BufWriter::new);
    let out = file.map(|file| Destination::File(file, path.to_owned()));
    out.map_err(|error| unwritten(path, &error.to_string()))?.whole(|out| out.write_all(bytes))
}

/// Shows a line, or several, on standard output.
///
/// # Errors
/// It cannot be written.
pub fn show(lines: &str) -> Result<(), String> {
    write(None, format!("{}\n", lines.trim_end_matches('\n')).as_bytes())
}

/// The same with the caller's own colours in them; words of others in them must be visible.
///
/// # Errors
/// It cannot be written.
pub fn show_styled(lines: &str) -> Result<(), String> {
    let lines = format!("{}\n", lines.trim_end_matches('\n'));
    Destination::new(None)?.styled().whole(|out| out.write_all(lines.as_bytes()))
}

impl Destination {
    /// The file at `path`, or standard output.
    ///
    /// # Errors
    /// The file's folder cannot be written to.
    pub fn new(path: Option<&Path>) -> Result<Self, String> {
        match path {
            None => {
                let out = BufWriter::new(std::io::stdout());
                Ok(if out.get_ref().is_terminal() { Self::Screen(out) } else { Self::Standard(out) })
            }
            Some(path) => Self::file(path).map_err(|error| unwritten(path, &why(&error, path))),
        }
    }

    fn file(path: &Path) -> std::io::Result<Self> {
        let before = std::fs::metadata(path).ok();
        if before.as_ref().is_some_and(is_pipe) && !of_process(path) {
            return Err(std::io::Error::other(texts::pipe_waits_reader_write().get(language())));
        }
        if before.as_ref().is_some_and(|before| !before.is_file()) {
            return Ok(Self::Device(BufWriter::new(File::options().write(true).open(path)?)));
        }
        // A link stays one: what it points to is replaced.
        let path = if before.is_some() { canonicalize(path)? } else { path.to_owned() };
        Ok(Self::File(BufWriter::new(temporary(&path, before)?), path))
    }

    /// For output whose writer sees to it that only its own colours are obeyed.
    pub fn styled(self) -> Self {
        match self {
            Self::Screen(out) => Self::Standard(out),
            other => other,
        }
    }

    /// Whether a person sees it at once.
    pub fn is_terminal(&self) -> bool {
        matches!(self, Self::Standard(out) | Self::Screen(out) if out.get_ref().is_terminal())
    }

    /// Ends the output; the file gets its name.
    ///
    /// # Errors
    /// Not all could be written; then a file that was there is as it was.
    pub fn finish(mut self) -> std::io::Result<()> {
        match self {
            Self::Standard(_) | Self::Screen(_) => self.flush(),
            Self::Device(mut out) => out.flush(),
            Self::File(out, path) => {
                let file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                file.persist(path).map(drop).map_err(|error| error.error)
            }
        }
    }

    /// Writes all there is to write, and ends the output.
    ///
    /// # Errors
    /// Not all could be written, as of [`Destination::finish`].
    pub fn whole(mut self, content: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), String> {
        let name = match &self {
            Self::File(_, path) => format!(" `{}`", path.display()),
            Self::Standard(_) | Self::Screen(_) | Self::Device(_) => String::new(),
        };
        content(&mut self)
            .and_then(|()| self.finish())
            .map_err(|error| texts::output_cannot_written(&name, &error).get(language()))
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::Standard(out) | Self::Screen(out) => out,
            Self::Device(out) => out,
            Self::File(out, _) => out,
        }
    }
}

/// What is said of a file that cannot be written.
fn unwritten(path: &Path, why: &str) -> String {
    let path = path.display();
    texts::cannot_written_3(&path, &why).get(language())
}

/// Why a file could not be begun, without the hidden name that it would have had.
fn why(error: &std::io::Error, path: &Path) -> String {
    let folder = path.parent().unwrap_or(path);
    if error.kind() == ErrorKind::NotFound && !folder.as_os_str().is_empty() && !folder.exists() {
        let folder = folder.display();
        return texts::no_folder_make_write(&folder).get(language());
    }
    let inner = error.get_ref().and_then(std::error::Error::source);
    inner.map_or_else(|| error.to_string(), ToString::to_string)
}

/// Whether it is a pipe with a name: to open it waits for a reader, who may never come.
#[cfg(unix)]
fn is_pipe(about: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    about.file_type().is_fifo()
}

#[cfg(not(unix))]
fn is_pipe(_: &Metadata) -> bool {
    false
}

/// Whether a path names what the process has open already, as `/dev/stdout` and a shell's `>(…)` do.
fn of_process(path: &Path) -> bool {
    ["/dev", "/proc"].iter().any(|own| path.starts_with(own))
}

/// A file that is to get the name of `path`. It has a hidden name in the same folder: it can be renamed, and is never
/// taken for a submission.
fn temporary(path: &Path, before: Option<Metadata>) -> std::io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    let prefix = format!(".{}.", path.file_name().unwrap_or_default().to_string_lossy());
    builder.prefix(&prefix).suffix(PART);
    permit(&mut builder, before);
    builder.tempfile_in(folder)
}

/// Lets a new file be used as any other, before the process's mask; a temporary one is its owner's alone.
#[cfg(unix)]
fn permit(builder: &mut tempfile::Builder<'_, '_>, before: Option<Metadata>) {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(before.map_or(Permissions::from_mode(0o666), |before| before.permissions()));
}

#[cfg(not(unix))]
fn permit(_: &mut tempfile::Builder<'_, '_>, _: Option<Metadata>) {}

/// What a screen may be given of bytes that are written, whole texts each time.
fn on_screen(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    visible_lines(text.trim_start_matches('\u{FEFF}'))
}

/// A reader of standard output that has had enough, such as `head`, is no trouble.
impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = match self {
            Self::Screen(out) => out.write_all(on_screen(bytes).as_bytes()).map(|()| bytes.len()),
            _ => self.writer().write(bytes),
        };
        match (written, &self) {
            (Err(error), Self::Standard(_) | Self::Screen(_)) if error.kind() == ErrorKind::BrokenPipe => {
                Ok(bytes.len())
            }
            (written, _) => written,
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match (self.writer().flush(), &self) {
            (Err(error), Self::Standard(_) | Self::Screen(_)) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            (flushed, _) => flushed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::on_screen;

    #[test]
    fn a_screen_is_given_nothing_to_obey() {
        let written = "{\"名称\": \"东关\u{9b}31m\u{202e}学\u{1b}]0;x\u{7}\"}\r\n\t二\n";
        assert_eq!(
            on_screen(written.as_bytes()),
            "{\"名称\": \"东关\u{fffd}31m\u{fffd}学\u{fffd}]0;x\u{fffd}\"}\n\t二\n"
        );
        assert_eq!(on_screen(b"\xff\x1b"), "\u{fffd}\u{fffd}");
    }
}
