//! Texts: eight bytes at a time up to a quote, and escapes where there are any.

use std::borrow::Cow;

use super::{Fault, Scanner, Step, Wrong};

impl<'t> Scanner<'t> {
    /// A text without escapes; nothing is taken when there is another.
    pub fn plain_text(&mut self) -> Option<&'t str> {
        let start = self.at + 1;
        let end = plain_until(self.bytes(), start);
        if self.bytes().get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        self.text.get(start..end)
    }

    /// A text, borrowed from the document unless something in it is escaped.
    pub fn text(&mut self) -> Step<Cow<'t, str>> {
        let start = self.at + 1;
        let end = plain_until(self.bytes(), start);
        self.at = end;
        match self.bytes().get(end) {
            Some(b'"') => {
                self.at = end + 1;
                Ok(Cow::Borrowed(self.text.get(start..end).unwrap_or_default()))
            }
            Some(b'\\') => self.escaped(start).map(Cow::Owned),
            _ => self.fault(Wrong::Control),
        }
    }

    /// The rest of a text from its first escape on, at which the cursor stands, with what came before.
    #[cold]
    fn escaped(&mut self, start: usize) -> Step<String> {
        let mut text = String::new();
        let mut plain = start;
        loop {
            text.push_str(self.text.get(plain..self.at).unwrap_or_default());
            match self.bytes().get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                _ => return self.fault(Wrong::Control),
            }
            plain = self.at;
            self.at = plain_until(self.bytes(), plain);
        }
    }

    fn escape(&mut self) -> Step<char> {
        let at = self.at;
        self.at += 2;
        Ok(match self.bytes().get(at + 1) {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(*byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => self.code_point(at)?,
            Some(_) => return Err(Fault { wrong: Wrong::Escape, at }),
            None => return Err(Fault { wrong: Wrong::Control, at: at + 1 }),
        })
    }

    /// Behind `\u`: the character; one beyond the first plane is written as two escapes.
    fn code_point(&mut self, escape: usize) -> Step<char> {
        let wrong = Fault { wrong: Wrong::Escape, at: escape };
        let first = self.unit(wrong)?;
        let mut units = [first, 0];
        let mut count = 1;
        if (0xD800..0xDC00).contains(&first) {
            for byte in b"\\u" {
                match self.bytes().get(self.at) {
                    Some(found) if found == byte => self.at += 1,
                    Some(_) => return Err(wrong),
                    None => return self.fault(Wrong::Control),
                }
            }
            units[1] = self.unit(wrong)?;
            count = 2;
        }
        char::decode_utf16(units.into_iter().take(count)).next().and_then(Result::ok).ok_or(wrong)
    }

    /// Four hexadecimal digits.
    fn unit(&mut self, wrong: Fault) -> Step<u16> {
        let mut unit = 0;
        for _ in 0..4 {
            let Some(byte) = self.bytes().get(self.at) else { return self.fault(Wrong::Control) };
            let digit = char::from(*byte).to_digit(16).and_then(|digit| u16::try_from(digit).ok()).ok_or(wrong)?;
            unit = unit << 4 | digit;
            self.at += 1;
        }
        Ok(unit)
    }
}

/// Where the first byte from `at` on stands that a text cannot hold as it is: a quote, a backslash, a control
/// character; the length when there is none.
fn plain_until(bytes: &[u8], mut at: usize) -> usize {
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let marks = marks(u64::from_le_bytes(*eight));
        if marks != 0 {
            return at + (marks.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F)).unwrap_or(rest.len())
}

/// Sets the top bit of the first byte, counted from the lowest, that is a quote, a backslash or a control character,
/// perhaps of some behind it, and of none before it (Mycroft's test for a zero byte).
fn marks(eight: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const TOPS: u64 = u64::from_ne_bytes([0x80; 8]);
    let quote = eight ^ (ONES * b'"' as u64);
    let slash = eight ^ (ONES * b'\\' as u64);
    let zeros = (quote.wrapping_sub(ONES) & !quote) | (slash.wrapping_sub(ONES) & !slash);
    let controls = eight.wrapping_sub(ONES * 0x20) & !eight;
    (zeros | controls) & TOPS
}

/// Whether two short texts are the same: a word of them at a time, where calling `memcmp` would cost more than its work.
pub(crate) fn same(one: &[u8], two: &[u8]) -> bool {
    if one.len() != two.len() {
        return false;
    }
    match (one.first_chunk::<8>(), two.first_chunk::<8>()) {
        (Some(a), Some(b)) if a != b => false,
        (Some(_), Some(_)) if one.len() <= 16 => one.last_chunk::<8>() == two.last_chunk::<8>(),
        (None, None) if one.len() >= 4 => {
            one.first_chunk::<4>() == two.first_chunk::<4>() && one.last_chunk::<4>() == two.last_chunk::<4>()
        }
        _ => one == two,
    }
}
