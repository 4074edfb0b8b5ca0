//! What systems leave beside the files that a school sends, told from a document that is only called so.

use crate::filename::is_litter;
use crate::xlsx::is_workbook;

use super::is_archive;

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
/// How the files end that schools send.
const SENT: [&str; 21] = [
    "json", "ndjson", "jsonl", "csv", "xlsx", "xlsm", "xlsb", "xls", "ods", "et", "zip", "rar", "7z", "gz", "tgz",
    "bz2", "xz", "tar", "doc", "docx", "pdf",
];
/// Texts of settings that may begin with a section.
const SETTINGS: [&str; 4] = [".editorconfig", ".gitmodules", ".gitconfig", ".directory"];
/// How archives begin that are not opened: gzip, bzip2, xz, 7z, RAR.
const PACKED: [&[u8]; 5] = [b"\x1F\x8B", b"BZh", b"\xFD7zXZ", b"7z\xBC\xAF", b"Rar!"];
/// How a compound file begins, Apple's double of a file, and what its Finder keeps of a folder.
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const APPLE_DOUBLE: [u8; 4] = [0, 5, 0x16, 7];
const DS_STORE: &[u8] = b"\0\0\0\x01Bud1";
/// What an old workbook has in it that is a compound file as well: the name of its stream, `Workbook` or `Book`.
const OF_WORKBOOK: [&[u8]; 2] = [b"B\0o\0o\0k\0", b"b\0o\0o\0k\0"];
/// The most bytes of a lock that Office leaves, of the settings of a folder, and of a hidden text.
const LOCK: u64 = 1024;
const SETTINGS_OF_FOLDER: u64 = 16 << 10;
const TEXT: u64 = 64 << 10;
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
/// use bulou::archive::is_left;
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
    if name.starts_with("~$") {
        return is_whole && size <= LOCK && !may_be_document(start);
    }
    if (name.starts_with("._") && start.starts_with(&APPLE_DOUBLE))
        || (is(name, ".DS_Store") && start.starts_with(DS_STORE))
    {
        return true;
    }
    let is_binary = start.contains(&0);
    let of_disk =
        OF_DISK.iter().any(|(known, bytes)| is(name, known) && size == *bytes) && in_volume(path) && is_binary;
    let is_sent = SENT.iter().any(|ending| name.rsplit_once('.').is_some_and(|(_, found)| is(found, ending)));
    is_whole && !is_sent && (of_disk || is_small_text(name, start))
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

/// Whether bytes that hide are a text, of few bytes and no document's.
fn is_small_text(name: &str, bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let blank = |c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}';
    let text_begins = text.trim_start_matches(blank);
    let is_settings = SETTINGS.iter().any(|known| is(name, known)) && is_section(text_begins);
    bytes.len() as u64 <= TEXT
        && !text.contains('\0')
        && (is_settings || !text_begins.starts_with(['{', '[']))
        && !is_packed(bytes)
}

/// Whether bytes begin JSON, an archive or a workbook.
fn may_be_document(start: &[u8]) -> bool {
    let text = ascii(start);
    text.starts_with(['{', '[']) || is_packed(start)
}

/// Whether bytes begin an archive or a workbook, or have a zip in them.
fn is_packed(start: &[u8]) -> bool {
    let is_tar = start.get(257..262) == Some(b"ustar");
    let holds_zip = start.windows(4).any(|part| part == b"PK\x03\x04");
    holds_zip
        || is_tar
        || is_archive(start)
        || is_workbook(start)
        || PACKED.iter().any(|known| start.starts_with(known))
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
            ("System Volume Information/b", b""),
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
            ("System Volume Information/WPSettings.dat", 12, b"{\"a\": 12345}"),
        ] {
            assert!(!is_left(name, size, start), "{name}");
        }
    }
}
