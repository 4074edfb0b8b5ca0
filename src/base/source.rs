//! Texts a pack is made of, and places in them.

use serde::Serialize;

/// Which text of a pack a [`Span`] points into: an index into the pack's list of [`Source`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct SourceId(pub u32);

/// A range of bytes in one source text, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Span {
    /// The text.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// First byte after the range.
    pub end: u32,
}

impl Span {
    /// The smallest span that holds both; `other` must be of the same source.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// One text with its name, as the caller gave it.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path inside the pack, with `/`.
    pub name: String,
    /// The whole text, without a byte-order mark.
    pub text: String,
}

impl Source {
    /// The text a span covers; empty when the span does not fit this text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

/// Where the lines of a text begin, for texts of which many places are asked for.
///
/// ```
/// let text = "甲\n乙丙";
/// let lines = bulou_base::source::Lines::of(text);
/// assert_eq!((lines.number(0), lines.number(7)), (1, 2));
/// assert_eq!(lines.position(text, 7), (2, 2));
/// assert_eq!(lines.around(7, 7), 4..10);
/// ```
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
    /// How many characters begin before each [`MARK`] bytes: a line may be as long as the text.
    marks: Vec<usize>,
    length: usize,
}

const MARK: usize = 1024;

/// How many characters begin in some bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xBF)).count()
}

impl Lines {
    /// The lines of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let starts = std::iter::once(0).chain(line_starts(text)).collect();
        let before = |sum: &mut usize, bytes: &[u8]| {
            let so_far = *sum;
            *sum += characters(bytes);
            Some(so_far)
        };
        Self { starts, marks: text.as_bytes().chunks(MARK).scan(0, before).collect(), length: text.len() }
    }

    /// One-based line and column (in characters) of byte `offset` in the text that these are the lines of.
    ///
    /// ```
    /// let text = "甲\r\n\r乙";
    /// assert_eq!(bulou_base::source::Lines::of(text).position(text, 6), (3, 1));
    /// ```
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let line = self.number(offset);
        let start = line.checked_sub(1).and_then(|line| self.starts.get(line)).copied().unwrap_or_default();
        (line, self.characters_before(text, offset).saturating_sub(self.characters_before(text, start)) + 1)
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let marked = self.marks.get(offset / MARK).copied();
        let rest = text.as_bytes().get(offset / MARK * MARK..offset).unwrap_or_default();
        // Where the text ends with a whole number of marks, none begins there.
        marked.unwrap_or_else(|| characters(text.as_bytes())) + characters(rest)
    }

    /// The one-based line that byte `offset` stands in.
    #[must_use]
    pub fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// The bytes of the whole lines that a range of bytes touches.
    #[must_use]
    pub fn around(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        let first = self.starts.get(self.number(start).saturating_sub(1)).copied().unwrap_or_default();
        first..self.starts.get(self.number(end)).copied().unwrap_or(self.length)
    }
}

/// Where each line but the first starts. A line ends with LF, CR or both, as editors and the language server protocol
/// count lines.
pub fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    ends.map(|(at, _)| at + 1)
}

/// A character that some programs take for the end of a line, and others do not.
pub fn is_doubtful_end(c: char) -> bool {
    matches!(c, '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a line ends at a character, for one program or another.
pub fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r') || is_doubtful_end(c)
}
