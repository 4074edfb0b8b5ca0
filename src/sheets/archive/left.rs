//! What systems leave beside the files that a school sends, told from a document that is only called so.

use bulou_base::filename::is_litter;
use bulou_document::file_kind::{COMPOUND, foreign};

/// Folders that systems, and those who write programs, keep for themselves.
const OF_SYSTEM: [&str; 12] = [
    ".git",
    ".svn",
    ".hg",
    ".idea",
    ".vscode",
    ".Trash",
    ".Trashes",
    ".Spotlight-V100",
    ".fseventsd",
    ".TemporaryItems",
    ".DocumentRevisions-V100",
    "$RECYCLE.BIN",
];
/// What Windows keeps on every disk; its files say little by their names.
pub const OF_VOLUME: &str = "System Volume Information";
/// Files in which tools keep what they are told, and by which they mark a folder; texts, if they are not blank.
const OF_TOOLS: [&str; 14] = [
    ".gitignore",
    ".gitattributes",
    ".gitmodules",
    ".gitkeep",
    ".keep",
    ".mailmap",
    ".ignore",
    ".dockerignore",
    ".prettierignore",
    ".editorconfig",
    ".directory",
    ".hidden",
    ".localized",
    ".nojekyll",
];
/// How Apple's double of a file begins, and what its Finder keeps of a folder.
const APPLE_DOUBLE: [u8; 4] = [0, 5, 0x16, 7];
const DS_STORE: &[u8] = b"\0\0\0\x01Bud1";
/// What an old workbook has in it that is a compound file as well: the name of its stream, `Workbook` or `Book`.
const OF_WORKBOOK: [&[u8]; 2] = [b"B\0o\0o\0k\0", b"b\0o\0o\0k\0"];
/// The most bytes of a lock that Office leaves, of the settings of a folder, and of a tool's file.
const LOCK: u64 = 1024;
const SETTINGS_OF_FOLDER: u64 = 16 << 10;
const TEXT: u64 = 64 << 10;
/// How the name of a lock of LibreOffice begins, which stands before the name of its file and `#`.
pub(super) const LIBRE_LOCK: &str = ".~lock.";
/// How the name of Apple's double of a file begins.
pub(super) const DOUBLE: &str = "._";
/// The bytes of what Windows keeps on a disk of its settings, and by which it knows the disk.
const OF_DISK: [(&str, u64); 2] = [("WPSettings.dat", 12), ("IndexerVolumeGuid", 76)];

/// How many bytes of a file so called tell whether it [is left](is_left) by a system; none where its name does.
#[must_use]
pub fn looked_at(path: &str) -> u64 {
    match name(path) {
        _ if in_system_folder(path) || !may_be_left(path) => 0,
        name if is(name, "Thumbs.db") => 16 << 20,
        _ => TEXT,
    }
}

/// Whether a file is what systems leave beside others: by its name, its size, and as many of its first bytes as
/// [`looked_at`] says.
///
/// ```
/// use bulou_sheets::archive::is_left;
/// assert!(is_left("收表/desktop.ini", 19, b"[.ShellClassInfo]\r\n") && is_left(".DS_Store", 6148, b"\0\0\0\x01Bud1"));
/// assert!(!is_left("收表/desktop.ini", 2, b"{}") && !is_left("__MACOSX/南街小学.json", 1, b"{"));
/// ```
#[must_use]
pub fn is_left(path: &str, size: u64, start: &[u8]) -> bool {
    let name = name(path);
    if in_system_folder(path) || !may_be_left(path) {
        return in_system_folder(path);
    }
    // Whatever else is left is small, and is seen whole.
    let is_whole = size <= start.len() as u64;
    if is(name, "desktop.ini") {
        let text = ascii(start);
        return is_whole && size <= SETTINGS_OF_FOLDER && is_section(&text) && !text.contains('{');
    }
    if is(name, "Thumbs.db") {
        let is_workbook = OF_WORKBOOK.iter().any(|stream| start.windows(stream.len()).any(|part| part == *stream));
        return is_whole && start.starts_with(&COMPOUND) && !is_workbook;
    }
    if name.starts_with("~$") || name.starts_with(LIBRE_LOCK) {
        return is_whole && size <= LOCK && !may_be_document(start);
    }
    if (name.starts_with(DOUBLE) && start.starts_with(&APPLE_DOUBLE))
        || (is(name, ".DS_Store") && start.starts_with(DS_STORE))
    {
        return true;
    }
    let is_binary = start.contains(&0);
    let of_disk =
        OF_DISK.iter().any(|(known, bytes)| is(name, known) && size == *bytes) && in_volume(path) && is_binary;
    let of_tools = OF_TOOLS.iter().any(|known| is(name, known)) && size <= TEXT && std::str::from_utf8(start).is_ok();
    let is_own = if of_disk { !holds_object(&ascii(start)) } else { of_tools && !is_binary && !may_be_document(start) };
    is_whole && is_own
}

/// Whether a file is in a folder that a system keeps for itself.
#[must_use]
pub fn in_system_folder(path: &str) -> bool {
    let of_system = |folder: &str| OF_SYSTEM.iter().any(|known| is(folder, known)) || folder.starts_with(".Trash-");
    path.rsplit_once('/').is_some_and(|(folders, _)| folders.split('/').any(of_system))
}

/// Whether a system may have left a file so called.
fn may_be_left(path: &str) -> bool {
    let name = name(path);
    in_volume(path) || (is_litter(name) && ![OF_VOLUME, "__MACOSX"].iter().any(|folder| is(name, folder)))
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn is(name: &str, known: &str) -> bool {
    name.eq_ignore_ascii_case(known)
}

/// Whether a file is in what Windows keeps on every disk.
fn in_volume(path: &str) -> bool {
    path.rsplit_once('/')
        .is_some_and(|(folders, name)| folders.split('/').any(|folder| is(folder, OF_VOLUME)) && !is(name, OF_VOLUME))
}

/// Whether bytes may be a document: they begin as one, have an object of JSON or a zip in them, or are a file of a kind
/// that is known.
fn may_be_document(start: &[u8]) -> bool {
    let text = ascii(start);
    let begins = text.starts_with('{') || (text.starts_with('[') && !is_section(&text));
    let holds_zip = start.windows(4).any(|part| part == b"PK\x03\x04");
    begins || holds_object(&text) || holds_zip || foreign(start).is_some()
}

/// Whether a text has a `{` in it behind which a key follows, or its end.
fn holds_object(text: &str) -> bool {
    text.split('{').skip(1).any(|rest| rest.trim_start().starts_with(['"', '}']))
}

/// The ASCII that bytes begin with, behind a mark of their order and blanks; of UTF-16 too.
fn ascii(start: &[u8]) -> String {
    let marks = [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"];
    let text = marks.iter().find_map(|mark| start.strip_prefix(*mark)).unwrap_or(start);
    let text: Vec<u8> = text.iter().copied().filter(|byte| *byte != 0).collect();
    String::from_utf8_lossy(text.trim_ascii_start()).into_owned()
}

/// Whether a text begins with the head of a section, as settings do.
fn is_section(text: &str) -> bool {
    let head = text.lines().next().and_then(|line| line.trim_end().strip_prefix('[')?.strip_suffix(']'));
    head.is_some_and(|head| head.starts_with(|c: char| c.is_ascii_alphabetic() || c == '.' || c == '*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZIP: &[u8] = b"PK\x03\x04\x14\0\0\0";

    #[test]
    fn what_a_system_leaves_is_known_by_what_it_is() {
        let double = [&APPLE_DOUBLE[..], b"\0\x02\0\0Mac OS X"].concat();
        let thumbs = [&COMPOUND[..], b"C\0a\0t\0a\0l\0o\0g\0"].concat();
        let guid: Vec<u8> =
            "{0A1B2C3D-0000-0000-0000-0123456789AB}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16: Vec<u8> = "\u{FEFF}[ViewState]\r\nMode=".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (path, bytes) in [
            ("__MACOSX/._南街小学.json", double.as_slice()),
            ("._a.json", &double),
            ("乡/Thumbs.db", &thumbs),
            ("THUMBS.DB", &thumbs),
            ("乡/desktop.ini", b"\r\n[.ShellClassInfo]\r\nIconResource="),
            ("Desktop.ini", &utf16),
            ("~$a.xlsx", b"\x05wang \0"),
            (".~lock.a.xlsx#", b",wang,host"),
            (".DS_Store", b"\0\0\0\x01Bud1"),
            (".gitignore", b"*.part\n"),
            (".editorconfig", b"[*]\nindent"),
            (".localized", b""),
            (".git/objects/a.json", b"{}"),
            ("$Recycle.Bin/S-1/a.json", b"{}"),
            ("System Volume Information/WPSettings.dat", b"\x0c\0\0\0abcdefgh"),
            ("System Volume Information/IndexerVolumeGuid", &guid),
            (".directory", b"[Dolphin]\nVersion=4\n"),
        ] {
            assert!(is_left(path, bytes.len() as u64, bytes), "{path}");
        }
    }

    #[test]
    fn a_document_is_one_whatever_it_is_called() {
        let xls = [&COMPOUND[..], b"W\0o\0r\0k\0b\0o\0o\0k\0"].concat();
        let names = [
            "desktop.ini",
            "Thumbs.db",
            "~$b.json",
            "~$b.xlsx",
            ".b.json",
            "._b.json",
            ".b",
            ".gitignore",
            ".~lock.b.xlsx#",
            ".DS_Store",
            ".b.json.1.part",
            "__MACOSX",
            "__MACOSX/b.json",
            "__MACOSX/._b.json",
            "System Volume Information",
            "System Volume Information/b.json",
            "desktop.ini/b.json",
            ".藏/b.json",
        ];
        let utf16: Vec<u8> = "\u{FEFF}{\"a\": 1}".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [&b"{\"a\": 1}"[..], b"\xEF\xBB\xBF \n{", b"[{}]", b"[\n{}]", ZIP, &utf16, &xls] {
            for name in names {
                assert!(!is_left(name, bytes.len() as u64, bytes), "{name} {bytes:?}");
            }
        }
        // Nor is it for want of being read that a file is left out.
        for (name, size, start) in [
            ("~$a.xlsx", 1025, &b"\x05wang"[..]),
            ("Thumbs.db", 32 << 20, &COMPOUND),
            ("Thumbs.db", 1, b"x"),
            ("desktop.ini", 0, b""),
            (".a.xlsx", 5, b"x"),
            (".a.json", 0, b""),
            (".a", 2, b"x"),
            (".a", 1, b"x"),
            (".a", 0, b""),
            (".2141000346", 6, b"remark"),
            (".a.json.bak", 1, b"x"),
            (".gitignore", 12, b"x\n{\"a\": 123}"),
            (".gitignore", 10, b"cb({\"a\":1})"),
            (".~lock.a#", 12, b"\xE2\x80\x8B{\"a\":12}"),
            ("System Volume Information/b", 0, b""),
            ("System Volume Information/WPSettings.dat", 12, b"{\"a\": 12345}"),
        ] {
            assert!(!is_left(name, size, start), "{name}");
        }
    }
}
