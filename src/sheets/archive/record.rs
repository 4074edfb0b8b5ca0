//! The records of a zip, as APPNOTE.TXT has them: what describes an entry where it stands, in the directory, behind its
//! content; and the end.

use std::io::{Read, Seek, SeekFrom};

use super::whole::Fault;

/// The longest of the records that may stand behind an entry's content.
pub(super) const DESCRIPTOR: u64 = 24;
/// Sizes of the records without what varies.
const END: usize = 22;
const END_64: u64 = 56;
const LOCATOR: u64 = 20;
const CENTRAL: usize = 46;
const LOCAL: usize = 30;
/// What two and four bytes hold where the value stands in a record of eight.
const ELSEWHERE_16: u64 = 0xFFFF;
const ELSEWHERE_32: u64 = 0xFFFF_FFFF;
/// Flags: the content is encrypted; its sizes stand behind it.
const ENCRYPTED: u64 = 1;
const STREAMED: u64 = 1 << 3;

/// Numbers in a record, low byte first; a place that is not there is a fault of this module, and 0.
struct Fields<'b>(&'b [u8]);

impl Fields<'_> {
    fn number(&self, at: usize, width: usize) -> u64 {
        let bytes = self.0.get(at..at + width).unwrap_or_default();
        bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    fn two(&self, at: usize) -> u64 {
        self.number(at, 2)
    }

    fn four(&self, at: usize) -> u64 {
        self.number(at, 4)
    }

    fn eight(&self, at: usize) -> u64 {
        self.number(at, 8)
    }
}

/// Exactly so many bytes.
fn exact(input: &mut impl Read, count: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = input.take(count).read_to_end(&mut bytes)?;
    if read as u64 == count { Ok(bytes) } else { Err(std::io::ErrorKind::UnexpectedEof.into()) }
}

/// The end of a zip, from its records of four and of eight bytes.
pub(super) struct End {
    /// Where the directory ends.
    pub at: u64,
    pub entries: u64,
    pub directory: u64,
    pub size: u64,
}

impl End {
    /// The one record that reaches to the last byte with its comment, but for zeros.
    pub fn find<R: Read + Seek>(reader: &mut R, size: u64) -> Result<Self, Fault> {
        let from = size.saturating_sub(END as u64 + ELSEWHERE_16);
        reader.seek(SeekFrom::Start(from))?;
        let tail = exact(reader, size - from)?;
        let signed = tail.windows(END).enumerate().filter(|(_, bytes)| bytes.starts_with(b"PK\x05\x06"));
        let comment = |record: &[u8]| usize::try_from(Fields(record).two(20)).unwrap_or(usize::MAX);
        let ends: Vec<(usize, usize)> = signed.map(|(at, record)| (at, at + END + comment(record))).collect();
        // What is written by blocks ends in zeros, which are nothing.
        let is_rest_blank = |until| tail.get(until..).is_some_and(|rest| rest.iter().all(|byte| *byte == 0));
        let fits = |(_, until): &&(usize, usize)| is_rest_blank(*until);
        let whole: Vec<&(usize, usize)> = ends.iter().filter(fits).collect();
        let at = match (whole.as_slice(), ends.last()) {
            ([(at, _)], _) => *at,
            ([(_, until), ..], _) | ([], Some((_, until))) if *until <= tail.len() => {
                return Err(Fault::Unlisted(from + *until as u64));
            }
            _ => return Err(Fault::Damaged("it has no end".to_owned())),
        };
        let record = tail.get(at..).unwrap_or_default();
        if !is_text(record.get(END..END + comment(record)).unwrap_or_default()) {
            return Err(Fault::Comment);
        }
        Self::of(reader, from + at as u64, &Fields(record))
    }

    fn of<R: Read + Seek>(reader: &mut R, at: u64, small: &Fields<'_>) -> Result<Self, Fault> {
        let entries = (small.two(10), ELSEWHERE_16);
        let (size, directory) = ((small.four(12), ELSEWHERE_32), (small.four(16), ELSEWHERE_32));
        let is_split = small.two(8) != small.two(10);
        let Some((large_at, large)) = large(reader, at)? else {
            let one = Self { at, entries: entries.0, directory: directory.0, size: size.0 };
            return if is_split { Err(Fault::Count(small.two(8), small.two(10))) } else { Ok(one) };
        };
        let large = Fields(&large);
        let agrees = |(small, elsewhere): (u64, u64), large| small == elsewhere || small == large;
        let one = Self { at: large_at, entries: large.eight(32), size: large.eight(40), directory: large.eight(48) };
        if is_split || large.eight(24) != one.entries || !agrees(entries, one.entries) {
            return Err(Fault::Count(one.entries, entries.0));
        }
        if agrees(size, one.size) && agrees(directory, one.directory) {
            Ok(one)
        } else {
            Err(Fault::Unlisted(large_at))
        }
    }
}

/// The record of eight bytes that stands before the end, with its locator, and where it is.
fn large<R: Read + Seek>(reader: &mut R, end: u64) -> Result<Option<(u64, Vec<u8>)>, Fault> {
    let Some(locator_at) = end.checked_sub(LOCATOR) else { return Ok(None) };
    reader.seek(SeekFrom::Start(locator_at))?;
    let locator = exact(reader, LOCATOR)?;
    if !locator.starts_with(b"PK\x06\x07") {
        return Ok(None);
    }
    let at = Fields(&locator).eight(8);
    if at.checked_add(END_64) != Some(locator_at) {
        return Err(Fault::Unlisted(at.min(locator_at)));
    }
    reader.seek(SeekFrom::Start(at))?;
    let record = exact(reader, END_64)?;
    let is_one = record.starts_with(b"PK\x06\x06") && Fields(&record).eight(4) == END_64 - 12;
    if is_one { Ok(Some((at, record))) } else { Err(Fault::Unlisted(at)) }
}

/// An entry as the directory has it.
pub(super) struct Central {
    pub at: u64,
    pub name: Vec<u8>,
    pub packed: u64,
    size: u64,
    crc: u64,
    method: u64,
}

impl Central {
    /// The next one; nothing where there is something else.
    pub fn read(input: &mut impl Read) -> Result<Option<Self>, Fault> {
        let head = exact(input, CENTRAL as u64)?;
        let fields = Fields(&head);
        if !head.starts_with(b"PK\x01\x02") {
            return Ok(None);
        }
        let name = exact(input, fields.two(28))?;
        let extra = exact(input, fields.two(30))?;
        if !is_text(&exact(input, fields.two(32))?) {
            return Err(Fault::Comment);
        }
        let [size, packed, at] = enlarged([fields.four(24), fields.four(20), fields.four(42)], &extra);
        let (flags, method, crc) = (fields.two(8), fields.two(10), fields.four(16));
        let central = Self { at, name, packed, size, crc, method };
        // What is kept as it is has the size that it has.
        if method == 0 && flags & ENCRYPTED == 0 && size != packed {
            return Err(Fault::Disagrees(central.name));
        }
        Ok(Some(central))
    }
}

/// An entry as it says itself.
pub(super) struct Local {
    /// How many bytes say so.
    pub length: u64,
    name: Vec<u8>,
    packed: u64,
    size: u64,
    crc: u64,
    method: u64,
    flags: u64,
}

impl Local {
    /// The next one; nothing where there is something else.
    pub fn read(input: &mut impl Read) -> Result<Option<Self>, Fault> {
        let head = exact(input, LOCAL as u64)?;
        let fields = Fields(&head);
        if !head.starts_with(b"PK\x03\x04") {
            return Ok(None);
        }
        let name = exact(input, fields.two(26))?;
        let extra = exact(input, fields.two(28))?;
        let length = (LOCAL + name.len() + extra.len()) as u64;
        let [size, packed, _] = enlarged([fields.four(22), fields.four(18), 0], &extra);
        let (flags, method, crc) = (fields.two(6), fields.two(8), fields.four(14));
        Ok(Some(Self { length, name, packed, size, crc, method, flags }))
    }

    fn is_streamed(&self) -> bool {
        self.flags & STREAMED != 0
    }

    fn states_all_of(&self, entry: &Central) -> bool {
        (self.packed, self.size, self.crc) == (entry.packed, entry.size, entry.crc)
    }

    /// Whether it is the entry that the directory means. One whose sizes stand behind it need not say them here.
    pub fn agrees(&self, entry: &Central) -> bool {
        let or_open = |here: u64, there: u64| here == there || here == 0 || here == ELSEWHERE_32;
        let is_open = || {
            let sizes = or_open(self.packed, entry.packed) && or_open(self.size, entry.size);
            self.is_streamed() && sizes && or_open(self.crc, entry.crc)
        };
        let is_same = self.name == entry.name && self.method == entry.method;
        is_same && (self.states_all_of(entry) || is_open())
    }

    /// Whether these bytes may stand behind the content: nothing, or what a writer adds that did not know the sizes before,
    /// with a signature or without, in numbers of four or of eight bytes.
    pub fn may_be_followed_by(&self, bytes: &[u8], entry: &Central) -> bool {
        if bytes.is_empty() {
            return self.states_all_of(entry);
        }
        let number = |value: u64, width| value.to_le_bytes().into_iter().take(width);
        let described = |width| {
            let sizes = number(entry.packed, width).chain(number(entry.size, width));
            number(entry.crc, 4).chain(sizes).collect::<Vec<u8>>()
        };
        let bare = bytes.strip_prefix(b"PK\x07\x08").unwrap_or(bytes);
        self.is_streamed() && [4, 8].into_iter().any(|width| bare == described(width) || bytes == described(width))
    }
}

/// Numbers of four bytes, or those of eight that stand for them in the extra field of a large entry.
fn enlarged<const N: usize>(small: [u64; N], extra: &[u8]) -> [u64; N] {
    let mut large = large_field(extra).chunks_exact(8);
    small.map(|value| match value {
        ELSEWHERE_32 => large.next().map_or(value, |bytes| Fields(bytes).eight(0)),
        value => value,
    })
}

/// What the extra field of a large entry holds.
fn large_field(mut extra: &[u8]) -> &[u8] {
    while let Some((head, rest)) = extra.split_at_checked(4) {
        let fields = Fields(head);
        let (kind, length) = (fields.two(0), fields.two(2));
        let length = usize::try_from(length).unwrap_or(usize::MAX).min(rest.len());
        let (content, after) = rest.split_at(length);
        if kind == 1 {
            return content;
        }
        extra = after;
    }
    &[]
}

/// Whether a comment is what people write: text, and no document.
fn is_text(comment: &[u8]) -> bool {
    let is_obeyed = |byte: &u8| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\r' | b'\n');
    let begun = comment.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(comment).trim_ascii_start();
    !comment.iter().any(is_obeyed) && !matches!(begun.first(), Some(b'{' | b'['))
}
