//! Values that expressions have while a document is checked.

use crate::date::Date;
use num_rational::Ratio;
use num_traits::CheckedMul as _;
use serde::{Deserialize, Serialize};

/// An exact quotient; every number of the language is one.
pub type Quotient = Ratio<i128>;

/// A row of a `bulou_document::Document`: which list of the shape, and which of its elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Row {
    /// Index of the table; 0 is the document itself.
    pub table: u16,
    /// Index of the row in it.
    pub index: u32,
}

/// A text: compared by its normal form (`bulou_document::normalize`), shown as it was written.
#[derive(Clone, Copy, Debug)]
pub struct Text<'d> {
    /// What it is compared by.
    pub normal: &'d str,
    /// What stands in the document or rule.
    pub written: &'d str,
    /// It says who somebody is, and another text may say the same.
    pub person: bool,
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.normal == other.normal
    }
}

impl Eq for Text<'_> {}

impl std::hash::Hash for Text<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.normal.hash(state);
    }
}

/// A scalar value. `Copy`, so that checking allocates nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'d> {
    /// Optional and not there.
    Absent,
    /// Could not be known: missing though required, malformed, overflow, no calendar for the year.
    Unknown,
    /// 是否
    Bool(bool),
    /// A number.
    Number(Quotient),
    /// 文本
    Text(Text<'d>),
    /// 日期
    Date(Date),
    /// A date that stands there and cannot be believed: unknown to everything but a deadline.
    Astray(Date),
    /// 时长
    Duration(Length),
    /// The option's index in its set.
    Option(u16),
    /// An element that is a record.
    Row(Row),
}

/// A count of days, working days or months; the compiler knows which.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct Length {
    /// How many.
    pub count: i64,
    /// Days that were written as weeks: in a deadline they never count as working days.
    pub weeks: bool,
}

impl Length {
    /// So many units.
    #[must_use]
    pub fn of(count: i64) -> Self {
        Self { count, weeks: false }
    }
}

/// A fortnight is 14 days, however it is written.
impl PartialEq for Length {
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count
    }
}

impl Value<'_> {
    /// A whole number.
    #[must_use]
    pub fn int(value: i64) -> Self {
        Self::Number(Ratio::from_integer(i128::from(value)))
    }

    /// The same also in how a duration is written.
    #[must_use]
    pub fn is_identical(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Duration(one), Self::Duration(other)) => one == other && one.weeks == other.weeks,
            _ => self == other,
        }
    }

    /// Neither absent nor unknown.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Absent) && !self.is_unknown()
    }

    /// It cannot be said what it is.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown | Self::Astray(_))
    }
}

/// What an expression with a yes-or-no answer says, least first: `且` takes the least, `或` the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not hold.
    False,
    /// It cannot be said.
    Unknown,
    /// It is not due yet.
    Pending,
    /// It holds.
    True,
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    /// Negation of a condition; a requirement is never negated (the compiler refuses it).
    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::True => Self::False,
            Self::Unknown | Self::Pending => Self::Unknown,
        }
    }
}

/// A number: whole, with up to four digits after the point when that is exact, else as a quotient.
pub fn shown_number(number: Quotient) -> String {
    if number.is_integer() {
        return number.numer().to_string();
    }
    // Beyond what fits, only the quotient is exact.
    if let Some(scaled) = number.checked_mul(&Quotient::from_integer(10_000)).filter(Quotient::is_integer) {
        let digits = scaled.to_integer();
        let (sign, digits) = (if digits < 0 { "-" } else { "" }, digits.unsigned_abs());
        let text = format!("{sign}{}.{:04}", digits / 10_000, digits % 10_000);
        return text.trim_end_matches('0').to_owned();
    }
    format!("{}/{}", number.numer(), number.denom())
}
