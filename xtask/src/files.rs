//! Files and texts of folders.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::run::Outcome;

/// The files below a folder, sorted.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Gathers a folder's texts by their paths in it, each with something before.
pub fn texts(folder: &Path, prefix: &str, into: &mut BTreeMap<String, String>) -> Outcome {
    for path in files(folder)? {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        into.insert(format!("{prefix}{name}"), text);
    }
    Ok(())
}
