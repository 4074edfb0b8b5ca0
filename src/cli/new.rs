//! `bulou new`: a small rule pack to change into one's own. It compiles without a warning, and its cases hold.

use std::path::{Path, PathBuf};

use bulou_base::sanitize::visible;
use bulou_messages::texts;
use clap::Args;
use include_dir::{Dir, DirEntry, include_dir};

use super::Common;
use super::destination::{self, show};

/// The pack in each language.
static ZH: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/new/zh");
static EN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/new/en");
/// What stands for the pack's id in them, and the id of one whose folder's name is none.
const ID: &str = "{id}";
const OTHER_ID: &str = "my-pack";

/// Options of `new`.
#[derive(Args)]
pub struct NewArgs {
    folder: PathBuf,
}

/// Runs the command; the answer is the exit code.
pub fn run(args: &NewArgs, common: &Common) -> Result<u8, String> {
    common.no_pack()?;
    let (lang, folder) = (common.lang(), &args.folder);
    let shown = visible(&folder.display().to_string());
    if std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        return Err(texts::something_already_name_new(&shown).get(lang));
    }
    let id = id(folder);
    let was_there = folder.is_dir();
    write(lang.pick(&ZH, &EN), folder, &id).map_err(|error| {
        // What was begun would be in the way of the next attempt.
        take_back(folder, was_there);
        texts::cannot_written_2(&shown, &error).get(lang)
    })?;
    show(&texts::pack_what_next_bulou(&id, &shown).get(lang)).map(|()| 0)
}

/// The id of a pack in this folder: the folder's name, where that can be one.
fn id(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let fits = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !name.ends_with('-');
    if fits { name.into_owned() } else { OTHER_ID.to_owned() }
}

fn write(from: &Dir<'_>, folder: &Path, id: &str) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    for entry in from.entries() {
        let to = folder.join(entry.path().file_name().unwrap_or_default());
        match entry {
            DirEntry::Dir(inner) => write(inner, &to, id)?,
            DirEntry::File(file) => {
                destination::replace(&to, file.contents_utf8().unwrap_or_default().replace(ID, id).as_bytes())?;
            }
        }
    }
    Ok(())
}

/// Removes what was written into a folder that was empty, or was not there.
fn take_back(folder: &Path, was_there: bool) {
    let remove = |path: &Path| if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    // Why it could not be written is told; that a rest of it stays is told by the next attempt.
    let _ = if was_there {
        std::fs::read_dir(folder).map(|entries| entries.flatten().for_each(|entry| _ = remove(&entry.path())))
    } else {
        std::fs::remove_dir_all(folder)
    };
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{OTHER_ID, id};

    #[test]
    fn a_folder_s_name_is_the_id_where_it_can_be_one() {
        for (folder, wanted) in
            [("a/fire-2", "fire-2"), ("消防", OTHER_ID), ("2a", OTHER_ID), ("..", OTHER_ID), ("a b", OTHER_ID)]
        {
            assert_eq!(id(Path::new(folder)), wanted, "{folder}");
        }
    }
}
