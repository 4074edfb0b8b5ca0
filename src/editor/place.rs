//! Places as editors count them: in UTF-16 code units, as JavaScript and the language server protocol do. The one place
//! where they and the bytes of Rust are converted.

use serde::{Deserialize, Serialize};

use bulou_base::source::line_starts;

/// A range of UTF-16 code units in one file, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct TextRange {
    /// First unit.
    pub start: u32,
    /// First unit after the range.
    pub end: u32,
}

/// A zero-based line and a zero-based UTF-16 column in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// The line.
    pub line: u32,
    /// UTF-16 code units from the line's start.
    pub column: u32,
}

/// A text with its line starts in both countings.
///
/// ```
/// use bulou_editor::{LineColumn, Places};
/// let places = Places::new("甲\n𠀀乙");
/// assert_eq!(places.unit(8), 4); // 乙: 甲, the line end, and two units for 𠀀
/// assert_eq!(places.byte(4), 8);
/// assert_eq!(places.line_column(4), LineColumn { line: 1, column: 2 });
/// assert_eq!(places.at(LineColumn { line: 1, column: 2 }), 4);
/// ```
#[derive(Debug)]
pub struct Places<'t> {
    text: &'t str,
    /// Byte and unit where each line starts.
    lines: Vec<(usize, u32)>,
}

impl<'t> Places<'t> {
    /// Counts a text.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut lines = vec![(0, 0)];
        let (mut byte, mut unit) = (0, 0);
        for start in line_starts(text) {
            unit += units(text.get(byte..start).unwrap_or_default());
            byte = start;
            lines.push((byte, unit));
        }
        Self { text, lines }
    }

    /// The unit at which a byte stands.
    #[must_use]
    pub fn unit(&self, byte: usize) -> u32 {
        let line = self.lines.partition_point(|(start, _)| *start <= byte).saturating_sub(1);
        let (start, unit) = self.lines.get(line).copied().unwrap_or_default();
        let end = (start..=byte.min(self.text.len())).rev().find(|end| self.text.is_char_boundary(*end));
        unit + units(end.and_then(|end| self.text.get(start..end)).unwrap_or_default())
    }

    /// The byte at which a unit stands; within a pair of units, the byte before it; after the end, the end.
    #[must_use]
    pub fn byte(&self, unit: u32) -> usize {
        let line = self.lines.partition_point(|(_, start)| *start <= unit).saturating_sub(1);
        let (start, first) = self.lines.get(line).copied().unwrap_or_default();
        let mut left = unit - first;
        let mut byte = start;
        for character in self.text.get(start..).unwrap_or_default().chars() {
            let width = u32::try_from(character.len_utf16()).unwrap_or(1);
            if left < width {
                break;
            }
            left -= width;
            byte += character.len_utf8();
        }
        byte
    }

    /// A unit as line and column.
    #[must_use]
    pub fn line_column(&self, unit: u32) -> LineColumn {
        let line = self.lines.partition_point(|(_, start)| *start <= unit).saturating_sub(1);
        let start = self.lines.get(line).map_or(0, |(_, start)| *start);
        LineColumn { line: u32::try_from(line).unwrap_or(u32::MAX), column: unit - start }
    }

    /// The unit at a line and column; a column after the line's end is the line's end.
    #[must_use]
    pub fn at(&self, place: LineColumn) -> u32 {
        let line = place.line as usize;
        let Some((_, start)) = self.lines.get(line) else { return units(self.text) };
        let end = match self.lines.get(line + 1) {
            Some((_, next)) => next - 1,
            None => units(self.text),
        };
        start.saturating_add(place.column).min(end)
    }

    /// A range of bytes in units.
    #[must_use]
    pub fn range(&self, start: usize, end: usize) -> TextRange {
        TextRange { start: self.unit(start), end: self.unit(end) }
    }
}

fn units(text: &str) -> u32 {
    u32::try_from(text.chars().map(char::len_utf16).sum::<usize>()).unwrap_or(u32::MAX)
}
