//! Numbers as they are written.

use super::{Scanner, Step, Wrong};

/// A number that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number<'t> {
    /// A plain whole number of at most 18 digits.
    Whole(i64),
    /// Any other, as it is written.
    Written(&'t str),
}

/// Every whole number of so many digits fits an `i64`.
const FITTING: usize = 18;

impl<'t> Scanner<'t> {
    /// The number at the cursor, as small as it can be held.
    ///
    /// # Errors
    /// No number of JSON is written like this.
    pub fn number(&mut self) -> Step<Number<'t>> {
        let start = self.at;
        let negative = self.bytes().get(self.at) == Some(&b'-');
        self.at += usize::from(negative);
        let first = self.at;
        let whole = self.digits()?;
        let digits = self.at - first;
        if digits > 1 && self.bytes().get(first) == Some(&b'0') {
            self.at = first + 1;
            return self.fault(Wrong::Number);
        }
        let plain = !matches!(self.bytes().get(self.at), Some(b'.' | b'e' | b'E'));
        if plain && digits <= FITTING {
            return Ok(Number::Whole(if negative { -whole } else { whole }));
        }
        if self.bytes().get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.bytes().get(self.at) {
            self.at += 1;
            self.at += usize::from(matches!(self.bytes().get(self.at), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(Number::Written(self.since(start)))
    }

    /// At least one digit; the value that they write if it fits.
    fn digits(&mut self) -> Step<i64> {
        let first = self.at;
        let mut value = 0_i64;
        while let Some(digit @ b'0'..=b'9') = self.bytes().get(self.at) {
            value = value.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
            self.at += 1;
        }
        if self.at == first { self.fault(Wrong::Number) } else { Ok(value) }
    }
}
