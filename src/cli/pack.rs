//! Packs from disk or from the program, and the commands about a pack.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::Path;

use bulou::data::schema as contract;
use bulou::diagnostic::Severity;
use bulou::pack::{Files, Loaded, load};
use include_dir::{Dir, include_dir};

use super::destination::show;
use super::{Common, diagnostics};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The files of the pack that was asked for.
pub fn files(path: Option<&Path>) -> Result<Files, String> {
    let mut files = BTreeMap::new();
    match path {
        Some(path) if path.is_file() => {
            return Err(format!("`{}` 是一个文件:请写规则集的文件夹", path.display()));
        }
        Some(path) => {
            read(path, "", &mut files)?;
            let calendars = path.join("../calendar");
            if calendars.is_dir() {
                read(&calendars, "calendar/", &mut files)?;
            }
        }
        None => {
            embedded(&EMBEDDED, "campus-safety/", "", &mut files);
            embedded(&EMBEDDED, "calendar/", "calendar/", &mut files);
        }
    }
    if !files.keys().any(|name| name.ends_with(".bulou")) {
        let place = path.map(|path| path.display().to_string()).unwrap_or_default();
        return Err(format!("`{place}` 里没有规则文件(*.bulou)"));
    }
    Ok(Files(files))
}

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("打不开 `{}`:{error}", folder.display()))?;
    for entry in entries.filter_map(Result::ok) {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() {
            read(&path, &format!("{prefix}{name}/"), files)?;
        } else {
            let bytes = std::fs::read(&path).map_err(|error| format!("打不开 `{}`:{error}", path.display()))?;
            files.insert(format!("{prefix}{name}"), bytes);
        }
    }
    Ok(())
}

fn embedded(folder: &Dir<'_>, from: &str, to: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in folder.files() {
        if let Some(rest) = file.path().to_str().and_then(|path| path.strip_prefix(from)) {
            files.insert(format!("{to}{rest}"), file.contents().to_vec());
        }
    }
    for inner in folder.dirs() {
        embedded(inner, from, to, files);
    }
}

/// Loads a pack and prints what is wrong with it; warnings only where `warnings` asks for them.
pub fn loaded(files: &Files, warnings: bool, common: &Common) -> Loaded {
    let loaded = load(files);
    let color = common.colors(std::io::stderr().is_terminal());
    let mut shown: Vec<_> = loaded.diagnostics.iter().collect();
    shown.retain(|diagnostic| warnings || diagnostic.severity() == Severity::Error);
    shown.sort_by_key(|diagnostic| diagnostic.primary.span);
    for diagnostic in shown {
        eprintln!("{}\n", diagnostics::render(diagnostic, &loaded.sources, common.lang(), color));
    }
    loaded
}

/// `bulou lint`
pub fn lint(path: Option<&Path>, deny: bool, common: &Common) -> Result<u8, String> {
    let files = files(path.or(common.pack.as_deref()))?;
    let loaded = loaded(&files, true, common);
    let errors = loaded.diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
    let warnings = loaded.diagnostics.len() - errors;
    eprintln!("{errors} 个错误,{warnings} 个提醒");
    Ok(u8::from(errors > 0 || (deny && warnings > 0)))
}

/// `bulou schema`
pub fn schema(path: Option<&Path>, common: &Common) -> Result<u8, String> {
    let files = files(path.or(common.pack.as_deref()))?;
    let Some(rules) = loaded(&files, false, common).rules else { return Ok(2) };
    show(&format!("{:#}", contract::schema(&rules.shape))).map(|()| 0)
}
