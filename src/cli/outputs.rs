//! What a command writes is none of what it reads, by whatever name.

use std::ffi::OsString;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use super::canonicalize;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::texts;
use bulou_pack::publish::{INDEX, SIGNATURE};
use clap::{Arg, ArgMatches, Command};

/// An argument that names what is written. Every other one that is a path names what is read: so a new argument is told
/// apart from the outputs by its type alone.
#[derive(Clone, Debug)]
pub struct Written(PathBuf);

impl From<OsString> for Written {
    fn from(path: OsString) -> Self {
        Self(path.into())
    }
}

impl Deref for Written {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

/// The files that a command is to write.
pub struct Outputs {
    written: Vec<Output>,
    lang: Lang,
}

impl Default for Outputs {
    fn default() -> Self {
        Self { written: Vec::new(), lang: Lang::Zh }
    }
}

/// A file that is to be written.
struct Output {
    /// The option that names it.
    option: String,
    path: PathBuf,
    /// Where it is or will be.
    place: Option<PathBuf>,
    /// Which file it is, where there is one.
    there: Option<Identity>,
}

/// Folders of which no more is read than they are made to hold, and which an output would make unfit for others.
const CLOSED: &str = "published";
/// Arguments that name documents; beside the folders of packs there are calendars.
const DOCUMENTS: [&str; 2] = ["paths", "data"];
/// So many links lead from one to another at most.
const LINKS: usize = 40;

/// Which file it is, whatever links lead to it.
#[derive(PartialEq, Eq)]
struct Identity {
    path: PathBuf,
    /// Device and number of the file, by which two names of one file are known.
    #[cfg(unix)]
    inode: (u64, u64),
}

impl Identity {
    /// Of an ordinary file; a pipe or a device can be read and written at once.
    fn of(path: &Path) -> Option<Self> {
        let about = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
        #[cfg(unix)]
        let inode = {
            use std::os::unix::fs::MetadataExt as _;
            (about.dev(), about.ino())
        };
        #[cfg(not(unix))]
        let _ = about;
        Some(Self {
            path: canonicalize(path).ok()?,
            #[cfg(unix)]
            inode,
        })
    }

    fn is(&self, other: &Self) -> bool {
        #[cfg(unix)]
        if self.inode == other.inode {
            return true;
        }
        self.path == other.path
    }
}

impl Outputs {
    /// The outputs of a command line: two of them are not one file, and none is, or lies in, what it names to be read.
    ///
    /// # Errors
    /// Why not.
    pub fn of(command: &Command, matches: &ArgMatches, lang: Lang) -> Result<Self, String> {
        let Some((name, given)) = matches.subcommand() else { return Ok(Self::default()) };
        let args: Vec<&Arg> = command.find_subcommand(name).into_iter().flat_map(Command::get_arguments).collect();
        let written = args.iter().flat_map(|arg| values::<Written>(given, arg).map(|path| Output::new(arg, path)));
        let outputs = Self { written: written.collect(), lang };
        outputs.are_several()?;
        outputs.outside_published()?;
        for arg in args {
            values::<PathBuf>(given, arg).try_for_each(|path| outputs.apart_from_named(arg.get_id().as_str(), path))?;
        }
        Ok(outputs)
    }

    /// The language of what is said.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    fn are_several(&self) -> Result<(), String> {
        for (index, one) in self.written.iter().enumerate() {
            let is_one = |other: &&Output| one.place.is_some() && one.place == other.place;
            if let Some(other) = self.written.iter().take(index).find(is_one) {
                let (one, other, path) = (&one.option, &other.option, one.path.display());
                return self.refused(texts::write_same_file_keep(&other, &one, &path).text());
            }
        }
        Ok(())
    }

    /// Whatever the command reads: a folder of the bureau's holds only what its index lists.
    fn outside_published(&self) -> Result<(), String> {
        for output in &self.written {
            let folders = output.place.iter().flat_map(|place| place.ancestors().skip(1));
            if let Some(folder) = folders.into_iter().find(|folder| is_published(folder)) {
                return self.refused(output.in_published(folder));
            }
        }
        Ok(())
    }

    fn apart_from_named(&self, argument: &str, path: &Path) -> Result<(), String> {
        if !path.is_dir() {
            return self.apart_from(path);
        }
        self.outside(path, argument == CLOSED)?;
        if !DOCUMENTS.contains(&argument) {
            self.no_rules(path)?;
        }
        if DOCUMENTS.contains(&argument) { Ok(()) } else { self.outside(&path.join("../calendar"), false) }
    }

    /// Refuses to write into a pack's folder what would be read there as rules or as a case.
    fn no_rules(&self, folder: &Path) -> Result<(), String> {
        let Ok(whole) = canonicalize(folder) else { return Ok(()) };
        let ends = |path: &Path, ending: &str| path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
        let is_rules = |within: &Path| ends(within, "bulou") || (within.starts_with("cases") && ends(within, "json"));
        for output in &self.written {
            let within = output.place.as_ref().and_then(|place| place.strip_prefix(&whole).ok());
            if within.is_some_and(is_rules) {
                return self.refused(output.in_pack(folder));
            }
        }
        Ok(())
    }

    /// Refuses to write over what a folder holds; into one that is closed nothing is written at all.
    fn outside(&self, folder: &Path, closed: bool) -> Result<(), String> {
        let Ok(whole) = canonicalize(folder) else { return Ok(()) };
        for output in &self.written {
            let Some(within) = output.place.as_ref().and_then(|place| place.strip_prefix(&whole).ok()) else {
                continue;
            };
            if closed {
                return self.refused(output.in_published(folder));
            }
            if output.there.is_some() {
                return self.refused(output.is(&folder.join(within)));
            }
        }
        Ok(())
    }

    /// Refuses to write what is to be read.
    pub fn apart_from(&self, input: &Path) -> Result<(), String> {
        if self.written.is_empty() || input == Path::new("-") {
            return Ok(());
        }
        let any_there = self.written.iter().any(|output| output.there.is_some());
        let identity = if any_there { Identity::of(input) } else { None };
        // What is not there yet may be both read and written before the command ends.
        let place = if identity.is_some() || input.exists() { None } else { place(input) };
        let is_input = |output: &&Output| {
            let is_there = output.there.as_ref().is_some_and(|there| identity.as_ref().is_some_and(|it| there.is(it)));
            is_there || (place.is_some() && place == output.place)
        };
        self.written.iter().find(is_input).map_or(Ok(()), |output| self.refused(output.is(input)))
    }

    fn refused(&self, words: LocalizedText) -> Result<(), String> {
        Err(words.get(self.lang).to_owned())
    }
}

impl Output {
    fn new(arg: &Arg, path: &Written) -> Self {
        let long = || arg.get_long().map(|long| format!("--{long}")).unwrap_or_default();
        let option = arg.get_short().map_or_else(long, |short| format!("-{short}"));
        Self { option, path: path.0.clone(), place: place(path), there: Identity::of(path) }
    }

    /// What is said of one in a published folder.
    fn in_published(&self, folder: &Path) -> LocalizedText {
        let (option, path, folder) = (&self.option, self.path.display(), folder.display());
        texts::lies_published_folder_where(&option, &path, &folder).text()
    }

    /// What is said of one among a pack's own files.
    fn in_pack(&self, folder: &Path) -> LocalizedText {
        let (option, path, folder) = (&self.option, self.path.display(), folder.display());
        texts::lies_packs_folder_where(&option, &path, &folder).text()
    }

    /// What is said of one that is an input.
    fn is(&self, input: &Path) -> LocalizedText {
        let (option, path, input) = (&self.option, self.path.display(), input.display());
        texts::file_read_left_write(&option, &path, &input).text()
    }
}

/// Whether a folder is one that was published, signed.
fn is_published(folder: &Path) -> bool {
    [INDEX, SIGNATURE].iter().all(|name| folder.join(name).is_file())
}

/// The values of an argument that are of this type.
fn values<'m, T: Clone + Send + Sync + 'static>(given: &'m ArgMatches, arg: &Arg) -> impl Iterator<Item = &'m T> {
    given.try_get_many::<T>(arg.get_id().as_str()).ok().flatten().into_iter().flatten()
}

/// Where a file is or will be, whatever links lead there.
fn place(path: &Path) -> Option<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        if let Ok(whole) = canonicalize(&path) {
            return Some(whole);
        }
        let parent = path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
        let parent = canonicalize(parent);
        let whole = parent.ok()?.join(path.file_name()?);
        match std::fs::read_link(&whole) {
            Ok(to) => path = whole.parent()?.join(to),
            Err(_) => return Some(whole),
        }
    }
    None
}
