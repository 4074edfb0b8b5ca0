//! Limits that keep every input, however hostile, from stopping the program.

/// How deep brackets and prefix forms may nest in rule text.
pub const RULE_NESTING: usize = 32;
/// How deep operators, conditions and the definitions they name may stand within one another; each level takes stack.
pub const RULE_DEPTH: usize = 100;
/// How many bytes one rule file may have.
pub const RULE_FILE_BYTES: usize = 4 * 1024 * 1024;
/// How deep arrays and objects may nest in a document.
pub const DOCUMENT_NESTING: usize = 64;
/// How many bytes one document may have.
pub const DOCUMENT_BYTES: usize = 256 * 1024 * 1024;
/// How many structural problems of one document are listed; the rest are counted.
pub const STRUCTURE_PROBLEMS: usize = 1000;
/// How many findings of one requirement are listed; the rest are counted.
pub const FINDINGS: usize = 1000;
/// How many evaluation steps one document may take, over all rules.
pub const STEPS: u64 = 200_000_000;
/// How deep lists may be bound inside one another.
pub const BINDINGS: usize = 16;
/// How many bytes a workbook may have.
pub const WORKBOOK_BYTES: usize = 32 * 1024 * 1024;
/// How many bytes a workbook's parts may unpack to.
pub const WORKBOOK_UNPACKED: u64 = 256 * 1024 * 1024;
/// How many cells with content a workbook may have.
pub const WORKBOOK_CELLS: usize = 1_000_000;
/// How many entries an archive may have.
pub const ARCHIVE_ENTRIES: usize = 100_000;
/// How many bytes an archive may unpack to, over all its files; one file no more than a document.
pub const ARCHIVE_BYTES: u64 = 4 * 1024 * 1024 * 1024;
