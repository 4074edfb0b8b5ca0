//! What a command writes is none of what it reads, by whatever name.

use std::path::{Path, PathBuf};

use bulou::diagnostic::{Lang, Words};
use bulou::pack::Files;

/// The files that a command is to write, each with the option that names it.
pub struct Outputs {
    /// Those that are there already.
    there: Vec<(&'static str, PathBuf, Identity)>,
    lang: Lang,
}

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
            path: path.canonicalize().ok()?,
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
    /// The outputs that were asked for; two of them cannot be one file.
    pub fn new(given: &[(&'static str, Option<&Path>)], lang: Lang) -> Result<Self, String> {
        let given: Vec<_> = given.iter().filter_map(|(option, path)| Some((*option, (*path)?))).collect();
        for (place, (one, path)) in given.iter().enumerate() {
            let other =
                given.iter().take(place).find(|(_, other)| whole(other).is_some_and(|it| whole(path) == Some(it)));
            if let Some((other, _)) = other {
                let words = Words::new(
                    format!("{other} 和 {one} 写到同一个文件 `{}`:请分开", path.display()),
                    format!("{other} and {one} write the same file `{}`: keep them apart", path.display()),
                );
                return Err(words.get(lang).to_owned());
            }
        }
        let there = given.into_iter().filter_map(|(option, path)| Some((option, path.to_owned(), Identity::of(path)?)));
        Ok(Self { there: there.collect(), lang })
    }

    /// The language of what is said.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Refuses to write what is to be read.
    pub fn apart_from(&self, input: &Path) -> Result<(), String> {
        if self.there.is_empty() {
            return Ok(());
        }
        let Some(identity) = Identity::of(input) else { return Ok(()) };
        let Some((option, path, _)) = self.there.iter().find(|(_, _, there)| there.is(&identity)) else {
            return Ok(());
        };
        let (path, input) = (path.display(), input.display());
        let words = Words::new(
            format!("{option} `{path}` 就是要读的文件 `{input}`,没有动它:请写到别处;是以前的报告,就先删去或移走"),
            format!(
                "{option} `{path}` is the file `{input}` that is to be read, which is left as it is: write elsewhere; if it is an earlier report, remove it first"
            ),
        );
        Err(words.get(self.lang).to_owned())
    }

    /// The same of files that are given beside documents.
    pub fn apart_from_all(&self, inputs: &[Option<&Path>]) -> Result<(), String> {
        inputs.iter().flatten().try_for_each(|input| self.apart_from(input))
    }

    /// The same of a pack's files, and of the calendars beside its folder.
    pub fn apart_from_pack(&self, folder: Option<&Path>, files: &Files) -> Result<(), String> {
        let Some(folder) = folder.filter(|_| !self.there.is_empty()) else { return Ok(()) };
        files.0.keys().try_for_each(|name| {
            self.apart_from(&folder.join(name)).and_then(|()| self.apart_from(&folder.join("..").join(name)))
        })
    }
}

/// Where a file is or will be.
fn whole(path: &Path) -> Option<PathBuf> {
    let parent = path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    path.canonicalize().ok().or_else(|| Some(parent.canonicalize().ok()?.join(path.file_name()?)))
}
