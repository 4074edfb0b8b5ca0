//! Files that are no documents, told by their first bytes: what a folder of submissions also holds.

use crate::shape::Shape;
use bulou_base::limits;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::sentence::Each;
use bulou_messages::texts;

/// What a file is, and what to do with it.
struct Kind {
    zh: &'static str,
    en: &'static str,
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
    const fn new(zh: &'static str, en: &'static str, next: Next) -> Self {
        Self { zh, en, next }
    }

    fn words(&self) -> LocalizedText {
        let (zh, en) = match self.next {
            Next::FillIn => ("请在自查页面填写后导出", "fill in the page and export from there"),
            Next::Unpack => ("请解压,把里面的文件单独提交", "unpack it and submit what is in it"),
            Next::Unlock => ("请去掉密码再提交", "remove the password and submit it again"),
            Next::Export => ("请用自查页面的「导出」,不要保存网页", "use the page's export instead of saving the page"),
            Next::Follow => ("请提交它指向的文件本身", "submit the file that it leads to"),
            Next::Wait => (
                "文件还在云上,没有下载下来;请等它下载完再提交",
                "the file is still in the cloud; wait until it is downloaded, and submit it then",
            ),
            Next::CopyAgain => (
                "可能是两个文件接成了一个,或拷贝时出了错;请重新下载、拷贝原来的文件,打开看看再提交",
                "two files may have been joined, or copying went wrong; copy the file again, look whether it opens, and submit it then",
            ),
        };
        texts::no_self_assessment(&Each(&self.zh, &self.en), &Each(&zh, &en)).text()
    }
}

/// How long the end of a zip is.
const END_OF_ZIP: usize = 22;
/// How a compound file begins: old Office files, and those with a password.
pub const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Where a mark begins, the mark, and what the file is.
const MARKS: [(usize, &[u8], Kind); 32] = [
    (0, b"L\0\0\0\x01\x14\x02\0", Kind::new(" Windows 快捷方式(lnk)", "a shortcut of Windows (lnk)", Next::Follow)),
    (0, b"[InternetShortcut]", LINK),
    (0, b"\xEF\xBB\xBF[InternetShortcut]", LINK),
    (0, b"bplist00", Kind::new("苹果系统的占位文件(iCloud)", "a placeholder of iCloud", Next::Wait)),
    (0, b"%PDF-", Kind::new(" PDF 文件", "a PDF file", Next::FillIn)),
    (0, b"\x89PNG\r\n", IMAGE),
    (0, b"\xFF\xD8\xFF", IMAGE),
    (0, b"GIF8", IMAGE),
    (0, b"II*\0", IMAGE),
    (0, b"MM\0*", IMAGE),
    (8, b"WEBP", IMAGE),
    (4, b"ftypheic", IMAGE),
    (4, b"ftypmif1", IMAGE),
    (4, b"ftyp", Kind::new("录像", "a video", Next::FillIn)),
    (0, b"{\\rtf", WORD),
    (0, b"Rar!\x1A\x07", Kind::new(" RAR 压缩包", "a RAR archive", Next::Unpack)),
    (0, b"7z\xBC\xAF\x27\x1C", Kind::new(" 7z 压缩包", "a 7z archive", Next::Unpack)),
    (0, b"\x1F\x8B", Kind::new(" gzip 压缩文件", "a gzip file", Next::Unpack)),
    (257, b"ustar", Kind::new(" tar 打包文件", "a tar archive", Next::Unpack)),
    (0, b"BZh", Kind::new(" bzip2 压缩文件", "a bzip2 file", Next::Unpack)),
    (0, b"\xFD7zXZ\0", Kind::new(" xz 压缩文件", "an xz file", Next::Unpack)),
    (0, b"\x28\xB5\x2F\xFD", Kind::new(" zstd 压缩文件", "a zstd file", Next::Unpack)),
    (0, b"\x5D\0\0", Kind::new(" lzma 压缩文件", "an lzma file", Next::Unpack)),
    (0, b"LZIP\x01", Kind::new(" lzip 压缩文件", "an lzip file", Next::Unpack)),
    (0, b"\x04\x22\x4D\x18", Kind::new(" lz4 压缩文件", "an lz4 file", Next::Unpack)),
    (0, b"\x1F\x9D", Kind::new(" compress 压缩文件(.Z)", "a compress file (.Z)", Next::Unpack)),
    (0, b"MSCF", Kind::new(" cab 压缩包", "a cabinet file", Next::Unpack)),
    (0, b"SQLite format 3\0", Kind::new("数据库文件", "a database", Next::FillIn)),
    (0, b"<?xml", XML),
    (0, b"<!DOCTYPE html", PAGE),
    (0, b"<!doctype html", PAGE),
    (0, b"<html", PAGE),
];
const IMAGE: Kind = Kind::new("图片", "an image", Next::FillIn);
const XML: Kind = Kind::new(" XML 文件", "an XML file", Next::FillIn);
const LINK: Kind = Kind::new("网址快捷方式(url)", "a shortcut to an address (url)", Next::Follow);
const WORD: Kind = Kind::new(" Word 文件", "a Word file", Next::FillIn);
const LOCKED: Kind = Kind::new("有密码的 Office 文件", "an Office file with a password", Next::Unlock);
const SLIDES: Kind = Kind::new("演示文稿", "a presentation", Next::FillIn);
const PAGE: Kind = Kind::new("保存的网页", "a saved web page", Next::Export);

/// Names inside a zip that tell what it is.
const PARTS: [(&[u8], Kind); 3] =
    [(b"xl/", Kind::new("电子表格(xlsx)", "a spreadsheet (xlsx)", Next::FillIn)), (b"word/", WORD), (b"ppt/", SLIDES)];
/// Names inside an old Office file that tell what it is; there each letter is followed by a zero.
const STREAMS: [(&str, Kind); 4] = [
    ("EncryptedPackage", LOCKED),
    ("WordDocument", Kind::new("旧格式的 Word 文件(doc)", "an old Word file (doc)", Next::FillIn)),
    ("Workbook", Kind::new("旧格式的电子表格(xls)", "an old spreadsheet (xls)", Next::FillIn)),
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
        return part.or_else(|| Some(Kind::new(" ZIP 压缩包", "a zip archive", Next::Unpack).words()));
    }
    if ends_as_zip(bytes) {
        return Some(BEHIND.words());
    }
    // What is cut off within its mark is called what it was.
    if COMPOUND.get(..4).is_some_and(|mark| bytes.starts_with(mark)) {
        let stream = STREAMS.iter().find(|(name, _)| contains(bytes, &wide(name))).map(|(_, kind)| kind.words());
        return stream.or_else(|| Some(Kind::new("旧格式的 Office 文件", "an old Office file", Next::FillIn).words()));
    }
    marked(bytes).map(Kind::words)
}

/// A zip that does not begin as one.
const BEHIND: Kind = Kind::new(
    "开头多出了别的内容的压缩文件(zip、xlsx 之类)",
    "a zip file (zip, xlsx or the like) with something else before its beginning",
    Next::CopyAgain,
);

/// Whether bytes end with a zip's end, without a comment behind it.
fn ends_as_zip(bytes: &[u8]) -> bool {
    let from = bytes.len().saturating_sub(END_OF_ZIP);
    bytes.get(from..).is_some_and(|end| end.len() == END_OF_ZIP && end.starts_with(b"PK\x05\x06"))
}

/// The kind whose mark is where it belongs.
fn marked(bytes: &[u8]) -> Option<&'static Kind> {
    let is_there = |(at, mark, _): &&(usize, &[u8], Kind)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(mark));
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
    marked(start).filter(|kind| kind.zh != XML.zh).map(|kind| match kind.zh == IMAGE.zh {
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
    use super::{COMPOUND, foreign, wide};

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
}
