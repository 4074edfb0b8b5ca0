//! Files that are no documents, told by their first bytes: what a folder of submissions also holds.

use crate::shape::Shape;
use bulou_base::limits;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::sentence::Each;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;

/// What a file is, and what to do with it.
struct Kind {
    is: Phrase,
    next: Next,
}

/// What to do with a file that is no document.
#[derive(Clone, Copy)]
enum Next {
    FillIn,
    Unpack,
    Unlock,
    Export,
    /// It only says where the file is.
    Follow,
    /// The file is still elsewhere.
    Wait,
    /// It was not copied as it was.
    CopyAgain,
}

impl Kind {
    const fn new(is: Phrase, next: Next) -> Self {
        Self { is, next }
    }

    fn words(&self) -> LocalizedText {
        let next = match self.next {
            Next::FillIn => texts::fill_page_export_from(),
            Next::Unpack => texts::unpack_submit_what(),
            Next::Unlock => texts::remove_password_submit_again(),
            Next::Export => texts::use_pages_export_instead(),
            Next::Follow => texts::submit_file_leads(),
            Next::Wait => texts::file_still_cloud_wait(),
            Next::CopyAgain => texts::two_files_may_been(),
        };
        texts::no_self_assessment(&self.is, &next).text()
    }
}

/// How long the end of a zip is.
const END_OF_ZIP: usize = 22;
/// How a compound file begins: old Office files, and those with a password.
pub const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Where a mark begins, the mark, and what the file is.
const MARKS: [(usize, &[u8], Kind); 32] = [
    (0, b"L\0\0\0\x01\x14\x02\0", Kind::new(texts::shortcut_windows_lnk(), Next::Follow)),
    (0, b"[InternetShortcut]", LINK),
    (0, b"\xEF\xBB\xBF[InternetShortcut]", LINK),
    (0, b"bplist00", Kind::new(texts::placeholder_icloud(), Next::Wait)),
    (0, b"%PDF-", Kind::new(texts::pdf_file(), Next::FillIn)),
    (0, b"\x89PNG\r\n", IMAGE),
    (0, b"\xFF\xD8\xFF", IMAGE),
    (0, b"GIF8", IMAGE),
    (0, b"II*\0", IMAGE),
    (0, b"MM\0*", IMAGE),
    (8, b"WEBP", IMAGE),
    (4, b"ftypheic", IMAGE),
    (4, b"ftypmif1", IMAGE),
    (4, b"ftyp", Kind::new(texts::video(), Next::FillIn)),
    (0, b"{\\rtf", WORD),
    (0, b"Rar!\x1A\x07", Kind::new(texts::rar_archive(), Next::Unpack)),
    (0, b"7z\xBC\xAF\x27\x1C", Kind::new(texts::n7z_archive(), Next::Unpack)),
    (0, b"\x1F\x8B", Kind::new(texts::gzip_file(), Next::Unpack)),
    (257, b"ustar", Kind::new(texts::tar_archive(), Next::Unpack)),
    (0, b"BZh", Kind::new(texts::bzip2_file(), Next::Unpack)),
    (0, b"\xFD7zXZ\0", Kind::new(texts::xz_file(), Next::Unpack)),
    (0, b"\x28\xB5\x2F\xFD", Kind::new(texts::zstd_file(), Next::Unpack)),
    (0, b"\x5D\0\0", Kind::new(texts::lzma_file(), Next::Unpack)),
    (0, b"LZIP\x01", Kind::new(texts::lzip_file(), Next::Unpack)),
    (0, b"\x04\x22\x4D\x18", Kind::new(texts::lz4_file(), Next::Unpack)),
    (0, b"\x1F\x9D", Kind::new(texts::compress_file_z(), Next::Unpack)),
    (0, b"MSCF", Kind::new(texts::cabinet_file(), Next::Unpack)),
    (0, b"SQLite format 3\0", Kind::new(texts::database(), Next::FillIn)),
    (0, b"<?xml", XML),
    (0, b"<!DOCTYPE html", PAGE),
    (0, b"<!doctype html", PAGE),
    (0, b"<html", PAGE),
];
const IMAGE: Kind = Kind::new(texts::image(), Next::FillIn);
const XML: Kind = Kind::new(texts::xml_file(), Next::FillIn);
const LINK: Kind = Kind::new(texts::shortcut_address_url(), Next::Follow);
const WORD: Kind = Kind::new(texts::word_file(), Next::FillIn);
const LOCKED: Kind = Kind::new(texts::office_file_password(), Next::Unlock);
const SLIDES: Kind = Kind::new(texts::presentation(), Next::FillIn);
const PAGE: Kind = Kind::new(texts::saved_web_page(), Next::Export);

/// Names inside a zip that tell what it is.
const PARTS: [(&[u8], Kind); 3] =
    [(b"xl/", Kind::new(texts::spreadsheet_xlsx(), Next::FillIn)), (b"word/", WORD), (b"ppt/", SLIDES)];
/// Names inside an old Office file that tell what it is; there each letter is followed by a zero.
const STREAMS: [(&str, Kind); 4] = [
    ("EncryptedPackage", LOCKED),
    ("WordDocument", Kind::new(texts::old_word_file_doc(), Next::FillIn)),
    ("Workbook", Kind::new(texts::old_spreadsheet_xls(), Next::FillIn)),
    ("PowerPoint Document", SLIDES),
];

/// What is said of a file in which nothing is what the pack asks for, instead of a list of all that it lacks.
#[must_use]
pub fn no_self_assessment(shape: &Shape) -> LocalizedText {
    let fields = shape.document().map(|document| document.fields.as_slice()).unwrap_or_default();
    let asked = fields.iter().filter(|field| shape.fold != Some(field.slot));
    let keys: Vec<&str> = asked.take(3).map(|field| field.name.as_str()).collect();
    let (zh, en) = (keys.join("、"), keys.join(", "));
    if shape.fold.is_some() {
        return texts::no_countys_document_holds(&Each(&zh, &en)).text();
    }
    texts::no_self_assessment_neither(&Each(&zh, &en)).text()
}

/// What is said of JSON whose whole is a list, a text or a number.
#[must_use]
pub fn no_object(shape: &Shape) -> LocalizedText {
    let LocalizedText { zh, en } = no_self_assessment(shape);
    texts::file_whole_no_object(&Each(&zh, &en)).text()
}

/// Why a file of more than [`limits::DOCUMENT_BYTES`] is not read.
#[must_use]
pub fn too_large() -> LocalizedText {
    let megabytes = limits::DOCUMENT_BYTES >> 20;
    texts::larger_than_mb_not(&megabytes).text()
}

/// Why a file of lines in which there is none cannot count.
#[must_use]
pub fn no_lines() -> LocalizedText {
    texts::file_empty_without_single().text()
}

/// What bytes are when they are a file of another kind; `None` when they may be a document.
pub fn foreign(bytes: &[u8]) -> Option<LocalizedText> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let part = PARTS.iter().find(|(part, _)| contains(bytes, part)).map(|(_, kind)| kind.words());
        return part.or_else(|| Some(Kind::new(texts::zip_archive(), Next::Unpack).words()));
    }
    if ends_as_zip(bytes) {
        return Some(BEHIND.words());
    }
    // What is cut off within its mark is called what it was.
    if COMPOUND.get(..4).is_some_and(|mark| bytes.starts_with(mark)) {
        let stream = STREAMS.iter().find(|(name, _)| contains(bytes, &wide(name))).map(|(_, kind)| kind.words());
        return stream.or_else(|| Some(Kind::new(texts::old_office_file(), Next::FillIn).words()));
    }
    marked(bytes).map(Kind::words)
}

/// A zip that does not begin as one.
const BEHIND: Kind = Kind::new(texts::zip_file_zip_xlsx(), Next::CopyAgain);

/// Whether bytes end with a zip's end, without a comment behind it.
fn ends_as_zip(bytes: &[u8]) -> bool {
    let from = bytes.len().saturating_sub(END_OF_ZIP);
    bytes.get(from..).is_some_and(|end| end.len() == END_OF_ZIP && end.starts_with(b"PK\x05\x06"))
}

/// The kind whose mark is where it belongs.
fn marked(bytes: &[u8]) -> Option<&'static Kind> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    // A document may hold any word where another file has its mark.
    let is_json = text.starts_with(b"{") || text.starts_with(b"[");
    let is_there = |(at, mark, _): &&(usize, &[u8], Kind)| {
        (*at == 0 || !is_json) && bytes.get(*at..).is_some_and(|rest| rest.starts_with(mark))
    };
    MARKS.iter().find(is_there).map(|(_, _, kind)| kind)
}

/// What of a workbook's parts is none.
pub enum Part {
    /// A picture.
    Picture,
    /// Another file.
    File,
}

/// What a part of a workbook is by its first bytes, where it is a picture or a file of its own; a workbook is made of XML.
pub fn part(start: &[u8]) -> Option<Part> {
    let is_zip = start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06");
    if is_zip || start.starts_with(&COMPOUND) {
        return Some(Part::File);
    }
    marked(start).filter(|kind| kind.is != XML.is).map(|kind| match kind.is == IMAGE.is {
        true => Part::Picture,
        false => Part::File,
    })
}

/// Whether an Office file that could not be opened is a workbook at all, without a password.
pub fn is_spreadsheet(bytes: &[u8]) -> bool {
    let old = contains(bytes, &wide("Workbook")) && !contains(bytes, &wide("EncryptedPackage"));
    old || contains(bytes, b"xl/") || contains(bytes, b"opendocument.spreadsheet")
}

/// What an Office file with a password is, and what to do.
pub fn locked() -> LocalizedText {
    LOCKED.words()
}

/// Letters as old Office files write names: each followed by a zero.
fn wide(name: &str) -> Vec<u8> {
    name.bytes().flat_map(|byte| [byte, 0]).collect()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::{COMPOUND, MARKS, foreign, wide};

    #[test]
    fn a_file_of_another_kind_is_called_what_it_is() {
        let old = |name: &str| [&COMPOUND[..], &[0; 40], &wide(name)].concat();
        for (bytes, what) in [
            (b"PK\x03\x04......xl/workbook.xml".to_vec(), "xlsx"),
            (b"PK\x03\x04......word/document.xml".to_vec(), "a Word file"),
            (b"PK\x03\x04......a.json".to_vec(), "zip archive"),
            ([b"{}PK\x05\x06", &[0; 18][..]].concat(), "before its beginning"),
            (old("Workbook"), "xls"),
            (old("WordDocument"), "doc"),
            (old("EncryptedPackage"), "password"),
            (old("Something"), "old Office"),
            (b"%PDF-1.7".to_vec(), "PDF"),
            (b"\xFF\xD8\xFF\xE0..JFIF".to_vec(), "an image"),
            (b"RIFF....WEBPVP8".to_vec(), "an image"),
            (b"\0\0\0\x18ftypheic".to_vec(), "an image"),
            (b"\0\0\0\x18ftypisom".to_vec(), "a video"),
            (b"Rar!\x1A\x07\0".to_vec(), "RAR"),
            ([&[b'a'; 257][..], b"ustar\x0000"].concat(), "tar archive"),
            (b"BZh91AY&SY".to_vec(), "bzip2"),
            (b"\xFD7zXZ\0\0".to_vec(), "xz file"),
            (b"\x28\xB5\x2F\xFD\x24".to_vec(), "zstd"),
            (b"\x5D\0\0\x80\0\xFF".to_vec(), "lzma"),
            (b"\x04\x22\x4D\x18\x64".to_vec(), "lz4"),
            (b"<!DOCTYPE html><title>".to_vec(), "web page"),
            (b"L\0\0\0\x01\x14\x02\0\0\0".to_vec(), "shortcut of Windows"),
            (b"[InternetShortcut]\r\nURL=".to_vec(), "shortcut to an address"),
            (b"bplist00\xD3\x01".to_vec(), "iCloud"),
        ] {
            let words = foreign(&bytes).unwrap_or_else(|| panic!("{what}"));
            assert!(words.en.contains(what), "{what}: {words:?}");
        }
        assert!(foreign(b"{\"a\": 1}").is_none() && foreign(b"").is_none() && foreign(b"[").is_none());
    }

    /// `{"规WEBP则集": …` was an image.
    #[test]
    fn what_begins_as_json_holds_any_word_where_another_file_has_its_mark() {
        for begin in ["{\"", "\n [\"", "\u{FEFF}{\""] {
            for (at, mark, _) in MARKS.iter().filter(|(at, ..)| *at > begin.len()) {
                let mut bytes = format!("{begin}{}", "a".repeat(at - begin.len())).into_bytes();
                bytes.extend_from_slice(mark);
                assert!(foreign(&bytes).is_none(), "{at} {mark:?} behind {begin:?}");
            }
        }
    }
}
