//! Values that are written down once and for all: in rules, as parameters, as the ends of ranges.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::data::normalize::normal;
use crate::date::{self, Date};
use crate::value::{Length, Quotient, Text, Value};

/// How a plain `N日` counts in the pack.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// 自然日: every day counts.
    Natural,
    /// 顺延: every day counts; a last day that is a rest day moves to the next day that is none.
    Rolled,
    /// 工作日: only working days count.
    Working,
}

impl Counting {
    /// The way of counting days with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "自然日" | "natural" => Some(Self::Natural),
            "顺延" | "rolled" => Some(Self::Rolled),
            "工作日" | "working" => Some(Self::Working),
            _ => None,
        }
    }
}

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
        Text { normal: self.normal.as_deref().unwrap_or(&self.written), written: &self.written }
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
