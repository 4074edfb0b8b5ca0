//! Values that are written down once and for all: in rules, as parameters, as the ends of ranges.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::normalize::normal;
use bulou_base::date::{self, Date};
use bulou_base::value::{Length, Quotient, Text, Value};
use bulou_syntax::built_in::Counting;

/// A text of a rule.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct TextConstant {
    written: Box<str>,
    /// Where it differs from what is written.
    normal: Option<Box<str>>,
}

impl TextConstant {
    /// The text.
    #[must_use]
    pub fn text(&self) -> Text<'_> {
        Text { normal: self.normal.as_deref().unwrap_or(&self.written), written: &self.written, person: false }
    }
}

impl PartialEq for TextConstant {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

/// A constant.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Constant {
    /// 是 否
    Bool(bool),
    /// A number
    Number(Quotient),
    /// A text
    Text(TextConstant),
    /// A date
    Date(#[serde(with = "date::days")] Date),
    /// A duration in the unit its type says
    Duration(Length),
    /// An option's index
    Option(u16),
    /// A way of counting days
    Counting(Counting),
    /// A list
    List(Vec<Self>),
}

impl Constant {
    /// A text as it is written in a rule.
    #[must_use]
    pub fn of_text(written: &str) -> Self {
        let normal = match normal(written) {
            Cow::Borrowed(_) => None,
            Cow::Owned(normal) => Some(normal.into()),
        };
        Self::Text(TextConstant { written: written.into(), normal })
    }

    /// The same as a value; lists and ways of counting have none.
    #[must_use]
    pub fn value(&self) -> Value<'_> {
        match self {
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(value) => Value::Number(*value),
            Self::Text(value) => Value::Text(value.text()),
            Self::Date(value) => Value::Date(*value),
            Self::Duration(value) => Value::Duration(*value),
            Self::Option(value) => Value::Option(*value),
            Self::Counting(_) | Self::List(_) => Value::Unknown,
        }
    }
}

/// Whether JSON takes a text for a list or an object.
#[must_use]
pub fn is_compound(text: &str) -> bool {
    use serde_json::Value;
    matches!(serde_json::from_str(text), Ok(Value::Array(_) | Value::Object(_)))
}
