//! Limits that keep every input, however hostile, from stopping the program. Each says what whoever meets it sees; what was
//! not read or not judged for its sake never counts as a pass.

/// How deep brackets and prefix forms may nest in rule text. Deeper: E005 at the place, and the pack does not compile.
pub const RULE_NESTING: usize = 32;
/// How deep operators, conditions and the definitions they name may stand within one another; each level takes stack.
/// Deeper: E005 at the place.
pub const RULE_DEPTH: usize = 100;
/// How many bytes one rule file may have. More: E005, and nothing of the file is read.
pub const RULE_FILE_BYTES: usize = 4 * 1024 * 1024;
/// How many bytes any other file of a pack may have. More: the file is named, and the pack is not read.
pub const PACK_FILE_BYTES: usize = 16 * 1024 * 1024;
/// How many bytes all files of a pack may have together. More: the folder is named, and the pack is not read.
pub const PACK_BYTES: usize = 256 * 1024 * 1024;
/// How many entries a pack's folder may have, with its folders'. More: the folder is named, and the pack is not read.
pub const PACK_ENTRIES: usize = 10_000;
/// How many bytes a published index may have. More: P024, and nothing of it is read.
pub const INDEX_BYTES: usize = 16 * 1024 * 1024;
/// How many bytes a signature may have. More: P024, and nothing of it is read.
pub const SIGNATURE_BYTES: usize = 4096;
/// How many bytes a file may have that the caller gives beside documents: parameters, waivers, keys, a schema. More: the
/// file is named, and the command ends.
pub const GIVEN_BYTES: usize = 16 * 1024 * 1024;
/// How many bytes a state to merge, or an earlier report of the county, may have: those of a whole country do. More: as above.
pub const ROLL_BYTES: usize = 2 * 1024 * 1024 * 1024 - 1;
/// How deep arrays and objects may nest in a document that a workbook is made of, and in a value that no rule knows.
/// Deeper: no workbook and its reason, or D013.
pub const DOCUMENT_NESTING: usize = 64;
/// How much of a pack's wrong names and quotes is compared with the right ones, in pairs of bytes: a second. Of what is
/// wrong beyond that, no nearest name or passage is offered.
pub const NEARNESS: usize = 100_000_000;
/// For how many wrong names the nearest right one is looked for. So many mistakes have few causes, and who has mended
/// these checks again.
pub const NEAREST: usize = 100;
/// How many slots a row of a document may have, over the records within it. More: E005 at the field, for records of
/// records multiply.
pub const SHAPE_SLOTS: u32 = 100_000;
/// How many bytes one document may have. More: D019, and nothing of it is read.
pub const DOCUMENT_BYTES: usize = 256 * 1024 * 1024;
/// How many bytes beyond that a line of a file of documents may have. More: the file is named, and nothing behind it is read.
pub const LINE_BYTES: u64 = 1024 * 1024 * 1024;
/// How many characters a text of a document may have: what one cell of a spreadsheet holds. More: D051, and it is unknown.
pub const TEXT_CHARS: usize = 32_767;
/// How many characters the school's code and name may have, which stand in every line of a table. More: D051.
pub const NAME_CHARS: usize = 200;
/// How many characters of a text of others a message repeats. More: the rest is `…`.
pub const SHOWN_CHARS: usize = 60;
/// How many structural problems of one document are listed. More: D021 with how many.
pub const STRUCTURE_PROBLEMS: usize = 1000;
/// How many findings of one requirement are listed; the rest are counted beside them.
pub const FINDINGS: usize = 1000;
/// How many evaluation steps one requirement may take over one document, and the reasons why it is not met as many again:
/// seconds. More: D023, and the rule cannot be judged, or not all of its reasons are told. No other rule has fewer for it.
pub const STEPS: u64 = 50_000_000;
/// How many steps a roll-up may take, over all documents and merges: one a document and each time that it is put elsewhere.
/// More: the documents from there on are named as unread, and such a part is not merged.
pub const ROLL_STEPS: u64 = 1_000_000_000;
/// How deep lists may be bound inside one another, the document the outermost, and records stand within one another.
/// Deeper: E027, E005.
pub const BINDINGS: usize = 16;
/// How many bytes a workbook may have. More: D019.
pub const WORKBOOK_BYTES: usize = 32 * 1024 * 1024;
/// How many bytes a workbook's parts may unpack to. More: D019, before any of it is kept.
pub const WORKBOOK_UNPACKED: u64 = 256 * 1024 * 1024;
/// How deep elements may nest in a part of a workbook. Deeper: the workbook is damaged.
pub const XML_NESTING: usize = 256;
/// How many cells with content a workbook may have. More: D019.
pub const WORKBOOK_CELLS: usize = 1_000_000;
/// How many seconds of the processor the parsing of a workbook may take, and one more for each of its megabytes. More: its
/// process is stopped, D048, and the next file gets another.
pub const WORKBOOK_SECONDS: u64 = 5;
/// How many seconds of the processor an archive may take to be opened, or to hand out one of its files. More: as above, and
/// the file is named as unread.
pub const ARCHIVE_SECONDS: u64 = 20;
/// How many bytes of memory the process that parses workbooks and archives may take. More: it ends, and the file is named
/// as above.
pub const PARSE_MEMORY: u64 = 1024 * 1024 * 1024;
/// How many bytes that process may answer at once. More is no answer.
pub const PARSED_BYTES: u64 = 768 * 1024 * 1024;
/// How many entries an archive may have. More: the archive is named as unread, with the number.
pub const ARCHIVE_ENTRIES: usize = 100_000;
/// How many bytes an archive may unpack to, over all its files; one file no more than a document. More: the files from
/// there on are named as unread.
pub const ARCHIVE_BYTES: u64 = 4 * 1024 * 1024 * 1024;

/// The seconds that a workbook of so many bytes may take.
#[must_use]
pub fn workbook_seconds(bytes: usize) -> u64 {
    WORKBOOK_SECONDS + (bytes >> 20) as u64
}
