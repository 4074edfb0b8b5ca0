//! Bytes to slots, in one pass: the scanner reads the JSON, the pack's shape says what each value must be.

mod blanks;
mod columns;
mod leaves;
mod memo;
mod records;
mod repeated;
mod sums;
mod unique;
mod unknown_keys;

use std::borrow::Cow;

use crate::encoding::{Encoding, sniff};
use crate::file_kind::{foreign, no_object, no_self_assessment};
use crate::forbidden::Cores;
use crate::locate::escape;
use crate::placeholder::{People, Placeholders};
use crate::problems::Problems;
use crate::scan::{Fault, Scanner, Step, Wrong};
use crate::shape::{Field, Shape};
use crate::{Clock, Document, Slot, problem};
use bulou_base::hash::HashMap;
use bulou_base::limits;
use bulou_base::value::Row;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;
use bulou_report::Problem;
pub use memo::TextMemo;
use unique::Firsts;

/// What became of decoding.
#[derive(Debug)]
pub struct Decoded {
    /// Everything wrong with the document's structure.
    pub problems: Vec<Problem>,
    /// Whether the bytes are a JSON object at all; if not, nothing can be said by the rules.
    pub readable: bool,
}

/// Up to so many bytes the whole of a document is kept for the sake of its texts, for one copy is made faster than many;
/// of a longer one, such as a county's that waits until all schools are in, only the texts.
const COPIED: usize = 1 << 20;

/// Decodes a document into `into`, whose buffers are reused; its dates are judged by `clock`. `memo` is of
/// earlier documents.
#[must_use]
pub fn decode(
    shape: &Shape,
    clock: Clock<'_>,
    bytes: &[u8],
    lang: Lang,
    into: &mut Document,
    memo: &mut TextMemo,
) -> Decoded {
    reset(shape, into);
    memo.of(shape);
    let text = match text(bytes) {
        Ok(text) => text,
        Err((code, words)) => {
            return Decoded { problems: vec![problem(code, &words, lang)], readable: false };
        }
    };
    let copied = text.len() <= COPIED;
    if copied {
        into.text.push_str(text);
    }
    let mut decoder = Decoder { copied, memo: Some(memo), ..Decoder::new(shape, clock, text, lang, into) };
    let outcome = decoder.document();
    let mut problems = decoder.problems;
    let readable = match outcome {
        Ok(Read::Document) => true,
        Ok(Read::OtherRules) => {
            problems.keep(ProblemCode::OtherRules);
            false
        }
        Ok(Read::Foreign) => {
            return Decoded {
                problems: vec![problem(ProblemCode::NoSelfAssessment, &no_self_assessment(shape), lang)],
                readable: false,
            };
        }
        Ok(Read::NoObject) => {
            return Decoded {
                problems: vec![problem(ProblemCode::NoSelfAssessment, &no_object(shape), lang)],
                readable: false,
            };
        }
        Err(fault) => {
            let (code, words) = syntax_problem(fault, text);
            problems.add(code, fault.at, String::new(), &words);
            false
        }
    };
    Decoded { problems: problems.placed(text), readable }
}

/// Adds a row to the table of a list: an element that stands in a text of its own. What is wrong with it is unknown to
/// the rules, and not said here.
pub fn decode_row(shape: &Shape, clock: Clock<'_>, table: u16, text: &str, into: &mut Document) {
    let Some(element) = shape.tables.get(usize::from(table)).map(|table| &table.element) else { return };
    let mut decoder = Decoder { quiet: true, ..Decoder::new(shape, clock, text, Lang::Zh, into) };
    decoder.path.push(Way::Index(0));
    let (row, width) = decoder.row(table);
    if decoder.element(element, None, row, width).is_err() || decoder.json.finish().is_err() {
        decoder.malformed(row, width);
    }
}

fn reset(shape: &Shape, document: &mut Document) {
    document.text.clear();
    document.written.clear();
    document.envelope = None;
    document.doubted.clear();
    document.widths.clear();
    document.widths.extend(shape.tables.iter().map(|table| table.width.max(1)));
    document.tables.resize_with(shape.tables.len(), Vec::new);
    for table in &mut document.tables {
        table.clear();
    }
    if let (Some(root), Some(width)) = (document.tables.first_mut(), document.widths.first()) {
        root.resize(*width as usize, Slot::Absent);
    }
}

/// The text of a document, or why bytes cannot be one, as far as it shows before parsing.
fn text(bytes: &[u8]) -> Result<&str, (ProblemCode, LocalizedText)> {
    if let Some(words) = foreign(bytes) {
        return Err((ProblemCode::ForeignFile, words));
    }
    if bytes.len() > limits::DOCUMENT_BYTES {
        return Err((ProblemCode::FileSize, texts::file_too_large_split().text()));
    }
    if !bytes.is_empty() && bytes.iter().all(|byte| *byte == 0) {
        let words = texts::file_nothing_but_zeros().text();
        return Err((ProblemCode::EmptyFile, words));
    }
    let text = match sniff(bytes) {
        Encoding::Utf8(text) => text.strip_prefix('\u{FEFF}').unwrap_or(text),
        Encoding::Utf16 => {
            let words = texts::file_utf_16_save().text();
            return Err((ProblemCode::NotUtf8, words));
        }
        Encoding::Utf32 => {
            let words = texts::file_utf_32_save().text();
            return Err((ProblemCode::NotUtf8, words));
        }
        Encoding::CutOff => return Err((ProblemCode::CutOff, ends_too_early())),
        Encoding::Gb18030 | Encoding::Unknown => {
            let words = texts::file_not_utf_8().text();
            return Err((ProblemCode::NotUtf8, words));
        }
    };
    if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
        return Err((ProblemCode::EmptyFile, texts::file_empty_export_again().text()));
    }
    Ok(text)
}

fn ends_too_early() -> LocalizedText {
    texts::file_ends_too_early().text()
}

fn syntax_problem(fault: Fault, text: &str) -> (ProblemCode, LocalizedText) {
    match fault.wrong {
        Wrong::Deep => (ProblemCode::Nesting, texts::nested_too_deep_check().text()),
        Wrong::Trailing => (ProblemCode::Trailing, texts::text_follows_document_one().text()),
        _ if fault.at >= text.trim_end().len() => (ProblemCode::CutOff, ends_too_early()),
        Wrong::Value if text.get(..fault.at).is_none_or(|before| before.trim().is_empty()) => {
            (ProblemCode::NotJson, texts::text_table_such_txt().text())
        }
        wrong => (ProblemCode::NotJson, texts::not_json_check_commas(&wrong.words()).text()),
    }
}

/// What a text of JSON turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Read {
    /// A document of these rules.
    Document,
    /// One that was filled in for others.
    OtherRules,
    /// An object that is something else.
    Foreign,
    /// No object at all: a list, a text, a number.
    NoObject,
}

/// A step of the way to a value.
#[derive(Clone, Debug)]
enum Way<'s> {
    Key(Cow<'s, str>),
    Index(usize),
}

/// Where a value goes: table and position in it.
#[derive(Clone, Copy, Debug)]
struct Cell {
    table: u16,
    at: usize,
}

/// How many values were found that say something, and how many of them can be read, are believed and are no secrets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Said {
    all: usize,
    openly: usize,
}

struct Decoder<'s, 'j, 'd> {
    shape: &'s Shape,
    clock: Clock<'s>,
    document: &'d mut Document,
    json: Scanner<'j>,
    /// The document's text begins with all of the JSON, so that a text in it need not be copied once more.
    copied: bool,
    path: Vec<Way<'s>>,
    /// How many of the fields on the way are sensitive: what people write for a key there may be a value.
    sensitive: usize,
    /// `禁填` of the records that are open: what they forbid stands nowhere within them.
    forbidden: Vec<&'s (String, String)>,
    cores: Cores<'s>,
    /// Of the objects that are open, by field index, how many values were read under a key that was seen, as [`Said::openly`]
    /// counts.
    seen: Vec<Option<usize>>,
    /// By the table, slot and first row of a list's `唯一` field.
    unique: HashMap<(u16, u32, usize), Firsts>,
    /// Whom `唯一` fields of a list named, by table, slot and first row.
    people: HashMap<(u16, u32, usize), People>,
    problems: Problems,
    /// The envelope was read.
    envelope: bool,
    /// What is no answer.
    placeholders: Placeholders<'s>,
    /// Texts that were read before, where documents are read one after the other.
    memo: Option<&'d mut TextMemo>,
    /// Elements that may be called as sums are, of the lists that are open.
    sums: Vec<Row>,
    /// How many values were found that say something; a blank says nothing, nor does a record or list by itself.
    said: Said,
    /// Keys of the outermost object that are no fields.
    strangers: usize,
    /// Fields of the objects that are open that another key looks like.
    twins: Vec<&'s Field>,
    /// The object that is open has a key that is no field.
    is_strange: bool,
    /// It has a key that must not be there.
    holds_forbidden: bool,
    /// The document names other rules than these.
    other_rules: bool,
    /// Nobody asks what is wrong.
    quiet: bool,
}

impl<'s, 'j, 'd> Decoder<'s, 'j, 'd> {
    fn new(shape: &'s Shape, clock: Clock<'s>, text: &'j str, lang: Lang, document: &'d mut Document) -> Self {
        Self {
            shape,
            clock,
            document,
            json: Scanner::new(text),
            copied: false,
            path: Vec::new(),
            sensitive: 0,
            forbidden: Vec::new(),
            cores: Cores::default(),
            seen: Vec::new(),
            unique: HashMap::default(),
            people: HashMap::default(),
            problems: Problems::new(lang),
            envelope: false,
            placeholders: Placeholders::new(&shape.placeholders),
            memo: None,
            sums: Vec::new(),
            said: Said::default(),
            strangers: 0,
            is_strange: false,
            twins: Vec::new(),
            holds_forbidden: false,
            other_rules: false,
            quiet: false,
        }
    }

    fn pointer(&self) -> String {
        let mut path = String::new();
        for way in &self.path {
            path.push('/');
            match way {
                Way::Key(key) => path.push_str(&escape(key)),
                Way::Index(index) => path.push_str(&index.to_string()),
            }
        }
        path
    }

    fn add(&mut self, code: ProblemCode, offset: usize, words: &LocalizedText) {
        if self.quiet {
            return;
        }
        let path = self.pointer();
        self.problems.add(code, offset, path, words);
    }

    /// A value was found that says something; whether it can be read.
    fn says(&mut self, is_readable: bool) {
        self.said.all += 1;
        self.said.openly += usize::from(self.sensitive == 0 && is_readable);
    }

    fn slot(&self, cell: Cell) -> Option<Slot> {
        self.document.tables.get(usize::from(cell.table))?.get(cell.at).copied()
    }

    fn set(&mut self, cell: Cell, slot: Slot) {
        if !matches!(slot, Slot::Absent | Slot::Present | Slot::List(..)) {
            self.says(!matches!(slot, Slot::Malformed | Slot::Astray(_)));
        }
        let table = self.document.tables.get_mut(usize::from(cell.table));
        if let Some(place) = table.and_then(|table| table.get_mut(cell.at)) {
            *place = slot;
        }
    }
}
