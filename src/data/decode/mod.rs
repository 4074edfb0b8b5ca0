//! Bytes to slots, in one pass: jiter reads the JSON, the pack's shape says what each value must be.

mod leaves;

use std::collections::HashMap;

use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, Peek};

use crate::data::encoding::{Encoding, sniff};
use crate::data::foreign::foreign;
use crate::data::locate::escape;
use crate::data::problems::Problems;
use crate::data::shape::{Element, Field, Fields, Kind, Shape};
use crate::data::{Document, Slot, problem};
use crate::diagnostic::{Lang, Words};
use crate::limits;
use crate::report::Problem;

/// What became of decoding.
#[derive(Debug)]
pub struct Decoded {
    /// Everything wrong with the document's structure.
    pub problems: Vec<Problem>,
    /// Whether the bytes are a JSON object at all; if not, nothing can be said by the rules.
    pub readable: bool,
}

/// Decodes a document into `into`, whose buffers are reused.
#[must_use]
pub fn decode(shape: &Shape, bytes: &[u8], lang: Lang, into: &mut Document) -> Decoded {
    reset(shape, into);
    if let Some(words) = unreadable(bytes) {
        return Decoded { problems: vec![problem(words.0, &words.1, lang)], readable: false };
    }
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let bytes = bytes.get(mark..).unwrap_or_default();
    let Ok(source) = std::str::from_utf8(bytes) else {
        return Decoded { problems: Vec::new(), readable: false };
    };
    let mut decoder = Decoder {
        shape,
        document: into,
        json: Jiter::new(bytes),
        bytes,
        path: Vec::new(),
        seen: Vec::new(),
        unique: HashMap::new(),
        problems: Problems::new(lang),
    };
    let outcome = decoder.document();
    let mut problems = decoder.problems;
    let readable = match outcome {
        Ok(readable) => readable,
        Err(error) => {
            let (code, words) = syntax_problem(&error, source);
            problems.add(code, error.index, String::new(), &words);
            false
        }
    };
    Decoded { problems: problems.placed(source), readable }
}

/// Adds a row to the table of a list: an element that stands in a text of its own. What is wrong with it is unknown to
/// the rules, and not said here.
pub fn decode_row(shape: &Shape, table: u16, bytes: &[u8], into: &mut Document) {
    let Some(element) = shape.tables.get(usize::from(table)).map(|table| &table.element) else { return };
    let mut decoder = Decoder {
        shape,
        document: into,
        json: Jiter::new(bytes),
        bytes,
        path: vec![Way::Index(0)],
        seen: Vec::new(),
        unique: HashMap::new(),
        problems: Problems::new(Lang::Zh),
    };
    let (row, width) = decoder.row(table);
    let read = decoder.json.peek().and_then(|peek| decoder.element(element, peek, None, (row, width), 1));
    if read.is_err() || decoder.json.finish().is_err() {
        decoder.malformed(row, width);
    }
}

fn reset(shape: &Shape, document: &mut Document) {
    document.text.clear();
    document.envelope = None;
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

/// Why bytes cannot be a document, as far as it shows before parsing.
fn unreadable(bytes: &[u8]) -> Option<(&'static str, Words)> {
    if let Some(words) = foreign(bytes) {
        return Some(("D015", words));
    }
    if bytes.len() > limits::DOCUMENT_BYTES {
        return Some(("D019", Words::new("文件太大:请分成几个文件", "the file is too large: split it")));
    }
    match sniff(bytes) {
        Encoding::Utf8 if bytes.iter().all(u8::is_ascii_whitespace) || bytes == b"\xEF\xBB\xBF" => {
            Some(("D014", Words::new("文件是空的:请重新导出", "the file is empty: export it again")))
        }
        Encoding::Utf8 => None,
        Encoding::Utf16 => {
            let words = Words::new("文件是 UTF-16 编码:请另存为 UTF-8", "the file is UTF-16: save it as UTF-8");
            Some(("D001", words))
        }
        Encoding::Gb18030 | Encoding::Unknown => {
            Some(("D001", Words::new("文件不是 UTF-8 编码:请另存为 UTF-8", "the file is not UTF-8: save it as UTF-8")))
        }
    }
}

fn syntax_problem(error: &JiterError, source: &str) -> (&'static str, Words) {
    let JiterErrorType::JsonError(kind) = &error.error_type else {
        return ("D002", Words::new("这里不是 JSON:请重新导出", "this is not JSON: export the file again"));
    };
    match kind {
        JsonErrorType::RecursionLimitExceeded => {
            ("D013", Words::new("括号嵌套太深:请检查文件是否完好", "nested too deep: check that the file is intact"))
        }
        JsonErrorType::NumberOutOfRange => {
            ("D009", Words::new("这里的数太长:请检查是不是多打了数字", "the number here is too long: check its digits"))
        }
        JsonErrorType::TrailingCharacters => (
            "D017",
            Words::new(
                "文件末尾有多余的内容:一个文件只放一所学校",
                "text follows the document: one file holds one school",
            ),
        ),
        _ if error.index >= source.trim_end().len() => (
            "D020",
            Words::new(
                "文件不完整,到这里就断了:请重新导出或重新拷贝",
                "the file ends too early: export or copy it again",
            ),
        ),
        other => (
            "D002",
            Words::new(
                format!("这里不是 JSON({other}):请检查逗号、引号和括号,或重新导出"),
                format!("this is not JSON ({other}): check commas, quotes and brackets, or export it again"),
            ),
        ),
    }
}

/// A step of the way to a value.
#[derive(Clone, Copy, Debug)]
enum Way<'s> {
    Key(&'s str),
    Index(usize),
}

/// Where a value goes: table and position in it.
#[derive(Clone, Copy, Debug)]
struct Cell {
    table: u16,
    at: usize,
}

struct Decoder<'s, 'j, 'd> {
    shape: &'s Shape,
    document: &'d mut Document,
    json: Jiter<'j>,
    bytes: &'j [u8],
    path: Vec<Way<'s>>,
    /// Keys seen in the objects that are open, by field index.
    seen: Vec<bool>,
    /// Values of `唯一` fields: table, slot, first row of the list, hash; and the first row that has it.
    unique: HashMap<(u16, u32, u32, u64), usize>,
    problems: Problems,
}

type Step<T = ()> = Result<T, JiterError>;

/// What the key of a member leads to.
enum Member<'s> {
    Field(usize, &'s Field),
    Envelope,
    Forbidden(String, String),
    Unknown(String),
}

impl<'s> Decoder<'s, '_, '_> {
    fn document(&mut self) -> Step<bool> {
        let peek = self.json.peek()?;
        let shape = self.shape;
        let Some(Element::Record(fields)) = shape.tables.first().map(|table| &table.element) else {
            return Ok(false);
        };
        if peek != Peek::Object {
            let offset = self.json.current_index();
            self.json.known_skip(peek)?;
            self.json.finish()?;
            let words = Words::new("文件里应是一个对象 { … }", "the file must hold one object { … }");
            self.add("D003", offset, &words);
            return Ok(false);
        }
        self.object(fields, Cell { table: 0, at: 0 }, 0)?;
        self.json.finish()?;
        Ok(true)
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

    fn add(&mut self, code: &'static str, offset: usize, words: &Words) {
        let path = self.pointer();
        self.problems.add(code, offset, path, words);
    }

    fn set(&mut self, cell: Cell, slot: Slot) {
        let table = self.document.tables.get_mut(usize::from(cell.table));
        if let Some(place) = table.and_then(|table| table.get_mut(cell.at)) {
            *place = slot;
        }
    }

    /// The members of an object; `row` is where the row starts, the fields' slots count from it.
    fn object(&mut self, fields: &'s Fields, row: Cell, depth: usize) -> Step {
        let base = self.seen.len();
        self.seen.resize(base + fields.fields.len(), false);
        let root = self.path.is_empty();
        let mut member = self.json.known_object()?.map(|key| find(fields, key, root));
        let mut expected = 0;
        while let Some(found) = member {
            match found {
                Member::Field(index, field) => {
                    expected = index + 1;
                    self.field(field, index, row, base, depth)?;
                }
                Member::Envelope => self.envelope()?,
                Member::Forbidden(key, reason) => self.forbidden(&key, &reason)?,
                Member::Unknown(key) => self.unknown(fields, &key)?,
            }
            member = self.json.next_key()?.map(|key| match fields.fields.get(expected) {
                Some(field) if field.name == key => Member::Field(expected, field),
                _ => find(fields, key, root),
            });
        }
        self.seen.truncate(base);
        Ok(())
    }

    fn field(&mut self, field: &'s Field, index: usize, row: Cell, base: usize, depth: usize) -> Step {
        self.path.push(Way::Key(&field.name));
        let cell = Cell { table: row.table, at: row.at + field.slot as usize };
        let again = self.seen.get_mut(base + index).is_some_and(|seen| std::mem::replace(seen, true));
        if again {
            let offset = self.key_start();
            self.add(
                "D007",
                offset,
                &Words::new(
                    format!("「{}」写了两次:只留一处", field.label),
                    format!("`{}` stands twice: keep one", field.name),
                ),
            );
            self.json.next_skip()?;
            self.set(cell, Slot::Malformed);
        } else {
            self.value(&field.kind, Some(field), cell, row, depth)?;
        }
        self.path.pop();
        Ok(())
    }

    /// Offset of the key that was just read: back over the colon to the key's first quotation mark.
    fn key_start(&self) -> usize {
        let before = self.bytes.get(..self.json.current_index()).unwrap_or_default();
        let colon = before.iter().rposition(|byte| *byte == b':').unwrap_or_default();
        let close = before.get(..colon).unwrap_or_default().iter().rposition(|byte| *byte == b'"').unwrap_or_default();
        let mut open = close;
        while let Some(at) = before.get(..open).and_then(|bytes| bytes.iter().rposition(|byte| *byte == b'"')) {
            let slashes = before.get(..at).unwrap_or_default().iter().rev().take_while(|byte| **byte == b'\\').count();
            open = at;
            if slashes % 2 == 0 {
                break;
            }
        }
        open
    }

    fn envelope(&mut self) -> Step {
        self.path.push(Way::Key("规则集"));
        let peek = self.json.peek()?;
        let offset = self.json.current_index();
        let (id, version) = (&self.shape.pack.0, &self.shape.pack.1);
        if peek == Peek::String {
            let text = self.json.known_str()?;
            let (given, given_version) = text.split_once('@').unwrap_or((text, ""));
            let (same, same_version) = (given == id, given_version.is_empty() || given_version == version);
            let text = text.to_owned();
            self.document.envelope = Some(self.document.push(&text));
            if !same {
                let words = Words::new(
                    format!("这份文件是按规则集 `{text}` 填的,现在用的是 `{id}`:请换规则集或重填"),
                    format!("this document was filled in for `{text}`, not for `{id}`"),
                );
                self.add("D018", offset, &words);
            } else if !same_version {
                let words = Words::new(
                    format!("这份文件按版本 `{text}` 填写,现在按 {version} 检查"),
                    format!("this document was filled in for `{text}` and is checked by version {version}"),
                );
                let path = self.pointer();
                self.problems.notice("D018", offset, path, &words);
            }
        } else {
            self.json.known_skip(peek)?;
            if peek != Peek::Null {
                self.add("D003", offset, &Words::new("「规则集」应是文字", "`规则集` must be a text"));
            }
        }
        self.path.pop();
        Ok(())
    }

    fn forbidden(&mut self, key: &str, reason: &str) -> Step {
        let offset = self.key_start();
        let path = format!("{}/{}", self.pointer(), escape(key));
        let words = Words::new(
            format!("不许填「{key}」({reason}):请删去这一项"),
            format!("`{key}` must not be in the document ({reason}): remove it"),
        );
        self.problems.add("D012", offset, path, &words);
        self.json.next_skip()
    }

    fn unknown(&mut self, fields: &'s Fields, key: &str) -> Step {
        let offset = self.key_start();
        let path = format!("{}/{}", self.pointer(), escape(key));
        let near = fields
            .fields
            .iter()
            // What is far longer is near to none, and would take long to compare.
            .filter(|field| key.len() <= 4 * field.name.len())
            .map(|field| (strsim::osa_distance(&field.name, key), field.name.as_str()))
            .filter(|(distance, name)| *distance <= (name.chars().count() / 2).max(1))
            .min();
        let shown: String = key.chars().take(60).collect();
        let words = match near {
            Some((_, near)) => Words::new(
                format!("没有「{shown}」这一项,是不是「{near}」?"),
                format!("there is no key `{shown}`; did you mean `{near}`?"),
            ),
            None => Words::new(
                format!("没有「{shown}」这一项:请删去或改名"),
                format!("there is no key `{shown}`: remove or rename it"),
            ),
        };
        self.problems.add("D006", offset, path, &words);
        self.json.next_skip()
    }

    fn value(&mut self, kind: &'s Kind, field: Option<&'s Field>, cell: Cell, row: Cell, depth: usize) -> Step {
        let peek = self.json.peek()?;
        let offset = self.json.current_index();
        if peek == Peek::Null {
            return self.json.known_null();
        }
        match kind {
            Kind::Record(fields) if peek == Peek::Object => {
                self.set(cell, Slot::Present);
                return self.object(fields, row, depth + 1);
            }
            Kind::List(table) if peek == Peek::Array => return self.list(*table, field, cell, depth + 1),
            Kind::Bool if matches!(peek, Peek::True | Peek::False) => {
                self.json.known_skip(peek)?;
                self.set(cell, Slot::Bool(peek == Peek::True));
                return Ok(());
            }
            Kind::Integer(bounds) | Kind::Decimal(bounds) if peek.is_num() => {
                let whole = matches!(kind, Kind::Integer(_));
                return self.number(peek, bounds, whole, field, cell, offset);
            }
            Kind::Text(_) | Kind::Date | Kind::Duration(_) | Kind::Option(_) if peek == Peek::String => {
                return self.string(kind, field, cell, offset);
            }
            _ => {}
        }
        self.json.known_skip(peek)?;
        self.set(cell, Slot::Malformed);
        let (zh, en) = expected(kind);
        let label = field.map_or("这一项", |field| field.label.as_str());
        self.add("D003", offset, &Words::new(format!("「{label}」应填{zh}"), format!("`{label}` must be {en}")));
        self.unique_value(field, cell);
        Ok(())
    }

    fn list(&mut self, table: u16, field: Option<&'s Field>, cell: Cell, depth: usize) -> Step {
        let index = usize::from(table);
        let shape = self.shape;
        let Some(element) = shape.tables.get(index).map(|table| &table.element) else {
            return self.json.next_skip();
        };
        let first = self.document.rows(table);
        let mut count = 0_usize;
        let mut next = self.json.known_array()?;
        while let Some(peek) = next {
            let (row, width) = self.row(table);
            self.path.push(Way::Index(count));
            self.element(element, peek, field, (row, width), depth)?;
            self.path.pop();
            count += 1;
            next = self.json.array_step()?;
        }
        self.set(cell, Slot::List(first, u32::try_from(count).unwrap_or(u32::MAX)));
        Ok(())
    }

    /// A new row at the end of a table, and its width.
    fn row(&mut self, table: u16) -> (Cell, usize) {
        let index = usize::from(table);
        let width = self.document.widths.get(index).copied().unwrap_or(1) as usize;
        let rows = self.document.tables.get_mut(index);
        let at = rows.map_or(0, |rows| {
            let at = rows.len();
            rows.resize(at + width, Slot::Absent);
            at
        });
        (Cell { table, at }, width)
    }

    fn malformed(&mut self, row: Cell, width: usize) {
        for slot in 0..width {
            self.set(Cell { at: row.at + slot, ..row }, Slot::Malformed);
        }
    }

    /// `list` is the field of the list, which says of plain values whether they may be shown.
    fn element(
        &mut self,
        element: &'s Element,
        peek: Peek,
        list: Option<&'s Field>,
        (row, width): (Cell, usize),
        depth: usize,
    ) -> Step {
        let fields = match element {
            Element::Scalar(kind) => return self.value(kind, list, row, row, depth),
            Element::Record(fields) if peek == Peek::Object => return self.object(fields, row, depth),
            Element::Record(fields) => fields,
        };
        let offset = self.json.current_index();
        self.json.known_skip(peek)?;
        self.malformed(row, width);
        let words = Words::new(
            format!("这里应是一条「{}」记录 {{ … }}", fields.name),
            format!("a record `{}` {{ … }} must stand here", fields.name),
        );
        self.add("D003", offset, &words);
        Ok(())
    }
}

fn find<'s>(fields: &'s Fields, key: &str, root: bool) -> Member<'s> {
    if let Some((index, field)) = fields.fields.iter().enumerate().find(|(_, field)| field.name == key) {
        return Member::Field(index, field);
    }
    if root && key == "规则集" {
        return Member::Envelope;
    }
    match fields.forbidden.iter().find(|(name, _)| name == key) {
        Some((name, reason)) => Member::Forbidden(name.clone(), reason.clone()),
        None => Member::Unknown(key.to_owned()),
    }
}

fn expected(kind: &Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Bool => (" true 或 false(是或否)", "true or false"),
        Kind::Integer(_) => ("整数,不加引号", "a whole number without quotes"),
        Kind::Decimal(_) => ("数,不加引号", "a number without quotes"),
        Kind::Text(_) => ("文字,加引号", "a text in quotes"),
        Kind::Date => ("日期,写成 \"2022-06-24\"", "a date such as \"2022-06-24\""),
        Kind::Duration(_) => ("时长,写成 \"31日\"", "a duration such as \"31日\""),
        Kind::Option(_) => ("一个选项,加引号", "one of the options, in quotes"),
        Kind::Record(_) => ("一组内容 { … }", "an object { … }"),
        Kind::List(_) => ("一个列表 [ … ];没有就填 []", "a list [ … ]; for none, []"),
    }
}
