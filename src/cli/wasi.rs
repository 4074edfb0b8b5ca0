//! What WASI has not: a current folder of its own, and the whole path of a file. Compiled for that system, and for tests.

use std::ffi::OsString;
use std::io::{Error, ErrorKind, Result};
use std::path::{Component, Path, PathBuf};

/// So many links lead from one to another at most.
const LINKS: usize = 40;

/// Enters the folder in which the command was typed; whoever starts it names that folder by `PWD`, or has no folders.
///
/// # Errors
/// It cannot be entered: every path would mean another file.
#[cfg(target_os = "wasi")]
pub fn enter() -> Result<()> {
    std::env::var_os("PWD").map_or(Ok(()), std::env::set_current_dir)
}

/// [`std::fs::canonicalize`].
///
/// # Errors
/// Something on the way is not there or is no folder, or links go round in a circle.
pub fn canonicalize(path: &Path) -> Result<PathBuf> {
    let (mut whole, mut links) = (std::env::current_dir()?, 0);
    let mut left = reversed(path);
    while let Some(name) = left.pop() {
        if name == ".." {
            whole.pop();
            continue;
        }
        let next = whole.join(&name);
        let about = std::fs::symlink_metadata(&next)?;
        if !about.is_symlink() {
            if !about.is_dir() && !left.is_empty() {
                return Err(ErrorKind::NotADirectory.into());
            }
            whole = next;
            continue;
        }
        links += 1;
        if links > LINKS {
            return Err(Error::other("links"));
        }
        left.extend(reversed(&std::fs::read_link(&next)?));
    }
    Ok(whole)
}

/// What a path goes through, the last first.
fn reversed(path: &Path) -> Vec<OsString> {
    let names = path.components().filter(|component| *component != Component::CurDir);
    names.map(|component| component.as_os_str().to_owned()).rev().collect()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::canonicalize;

    #[test]
    fn a_whole_path_is_that_of_the_system() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("甲/乙")).expect("folders");
        std::fs::write(at("甲/a.json"), "{}").expect("a file");
        symlink("../甲/乙", at("甲/to")).expect("a link");
        symlink(at("甲"), at("whole")).expect("a link");
        symlink("whole/to", at("twice")).expect("a link");
        symlink("round", at("round")).expect("a link");
        symlink("nowhere", at("lost")).expect("a link");
        let names =
            ["甲/./a.json", "甲/to/..", "whole/to", "twice", "round", "lost", "no", "甲/a.json/x", "甲/a.json/..", "."];
        for name in names {
            let (ours, systems) = (canonicalize(&at(name)), std::fs::canonicalize(at(name)));
            assert_eq!(ours.ok(), systems.ok(), "{name}");
        }
        assert_eq!(canonicalize("src".as_ref()).ok(), std::fs::canonicalize("src").ok());
        assert_eq!(canonicalize("/".as_ref()).ok(), std::fs::canonicalize("/").ok());
    }
}
