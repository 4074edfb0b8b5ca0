//! `bulou new`: a small rule pack to change into one's own. It compiles without a warning, and its cases hold.

use std::path::{Path, PathBuf};

use bulou_base::sanitize::visible;
use clap::Args;
use include_dir::{Dir, DirEntry, include_dir};

use super::Common;
use super::destination::show;

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
        return Err(lang.pick(
            format!("`{shown}` 里已经有东西:请写一个新文件夹的名字"),
            format!("there is something in `{shown}` already: name a new folder"),
        ));
    }
    let id = id(folder);
    write(lang.pick(&ZH, &EN), folder, &id).map_err(|error| {
        lang.pick(format!("写不了 `{shown}`:{error}"), format!("`{shown}` cannot be written: {error}"))
    })?;
    show(&lang.pick(
        format!("规则集 `{id}` 写在 {shown}。下一步:\n  bulou lint {shown}\n  bulou test {shown}\n  bulou template {shown} -o 填报表.xlsx"),
        format!("the pack `{id}` is in {shown}. What is next:\n  bulou lint {shown} --lang en\n  bulou test {shown} --lang en\n  bulou template {shown} -o form.xlsx"),
    ))
    .map(|()| 0)
}

/// The id of a pack in this folder: the folder's name, where that can be one.
fn id(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let fits = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !name.ends_with('-');
    if fits { name.into_owned() } else { OTHER_ID.to_owned() }
}

fn write(from: &Dir<'_>, folder: &Path, id: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for entry in from.entries() {
        let to = folder.join(entry.path().file_name().unwrap_or_default());
        match entry {
            DirEntry::Dir(inner) => write(inner, &to, id)?,
            DirEntry::File(file) => std::fs::write(to, file.contents_utf8().unwrap_or_default().replace(ID, id))?,
        }
    }
    Ok(())
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
