//! Locks and doubles in an archive: what programs and macOS keep beside a file, told from the file.

use std::collections::BTreeSet;

use bulou_base::filename::is_sent;
use bulou_base::sanitize::shortened;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;

use super::OF_MAC;
use super::left::{DOUBLE, LIBRE_LOCK, in_system_folder};

/// The file that a lock, `~$南街小学.xlsx` of Office or `.~lock.南街小学.xlsx#` of LibreOffice, stands beside while that file
/// is open, or of which macOS keeps something, `._南街小学.xlsx`, beside it or in `__MACOSX`.
///
/// ```
/// use bulou_sheets::archive::owner_of_lock;
/// assert_eq!(owner_of_lock("收表/~$南街小学.xlsx").as_deref(), Some("收表/南街小学.xlsx"));
/// assert_eq!(owner_of_lock("收表/.~lock.南街小学.xlsx#").as_deref(), Some("收表/南街小学.xlsx"));
/// assert_eq!(owner_of_lock("__MACOSX/收表/._南街小学.xlsx").as_deref(), Some("收表/南街小学.xlsx"));
/// assert_eq!(owner_of_lock("收表/南街小学.xlsx"), None);
/// ```
#[must_use]
pub fn owner_of_lock(path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let libre = || name.strip_prefix(LIBRE_LOCK)?.strip_suffix('#');
    // Folders have doubles as well, and so have settings.
    let double = || name.strip_prefix(DOUBLE).filter(|owner| is_sent(owner));
    let owner = name.strip_prefix("~$").or_else(libre).or_else(double)?;
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    if is_double(path) {
        steps.retain(|step| *step != OF_MAC);
    }
    steps.push(owner);
    Some(steps.join("/"))
}

/// Whether a path is that of what macOS keeps of a file.
fn is_double(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with(DOUBLE))
}

/// Locks and doubles among these paths whose files are not among them, each with its file's path. What lies in a folder of a
/// system's is none.
///
/// ```
/// use bulou_sheets::archive::abandoned_locks;
/// let paths = ["乡/~$a.xlsx", "~$b.xlsx", "b.xlsx", ".Trash/~$c.xlsx"];
/// assert_eq!(abandoned_locks(&paths), [("乡/~$a.xlsx", "乡/a.xlsx".to_owned())]);
/// ```
#[must_use]
pub fn abandoned_locks<'p>(paths: &[&'p str]) -> Vec<(&'p str, String)> {
    let known: BTreeSet<&str> = paths.iter().copied().collect();
    let locks = paths.iter().filter_map(|path| Some((*path, owner_of_lock(path)?)));
    locks.filter(|(path, owner)| !known.contains(owner.as_str()) && !in_system_folder(path)).collect()
}

/// What is said of a lock or a double whose file is not there: it was copied in the file's place.
#[must_use]
pub fn lock(path: &str, owner: &str) -> LocalizedText {
    let owner = shortened(owner);
    if is_double(path) {
        return texts::what_macos_keeps_beside(&owner).text();
    }
    texts::lock_office_leaves_while(&owner).text()
}
