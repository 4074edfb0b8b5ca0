//! What stands in one cell, and how a field's value is read from there and, in `written`, written there. Whatever a cell cannot show
//! so that reading gives the same value again is written as `json:` and its JSON: nothing is lost, and nothing guessed.

mod written;

use serde::{Deserialize, Serialize};

use bulou_base::date::Date;
use bulou_document::normalize::is_blank;
use bulou_document::shape::{Kind, Shape};
use bulou_document::typed::{self, Meant, plain};
use bulou_document::types::Domain;
use bulou_document::{number, text};
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::problem_codes::ProblemCode;
use bulou_syntax::built_in::Format;

use super::json::Json;
use super::words;
pub(super) use written::{show, show_key};

/// A cell's content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Content {
    Blank,
    Text(String),
    /// Digits as Excel shows them, at most 15; and whether the file's own number had more.
    Number(String, bool),
    /// The digits of a number, and the unit that it is seen in: 6 as `6人`, 0.75 as `75%`.
    Counted(String, String),
    Bool(bool),
    Date(#[serde(with = "bulou_base::date::days")] Date),
    /// `#REF!`, or a formula that was never calculated.
    Error(String),
}

impl Content {
    /// Nothing that can be seen.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Text(text) => is_blank(text),
            _ => false,
        }
    }

    /// The content as a text.
    pub fn text(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) | Self::Number(text, _) | Self::Counted(text, _) | Self::Error(text) => text.clone(),
            Self::Bool(value) => (if *value { "TRUE" } else { "FALSE" }).to_owned(),
            Self::Date(date) => date.to_string(),
        }
    }
}

/// What a cell may hold.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holds<'s> {
    /// A field's value.
    Value(&'s Kind),
    /// Whether a record is there: 有 or 无.
    Record,
    /// Whether a list of records, which has a sheet of its own, has any: 有 or 无.
    Listing,
    /// Which row of another sheet a row belongs to.
    Ordinal,
    /// Something that the shape does not know.
    Anything,
}

/// 有 or 无 about a record or list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Has {
    Some,
    None,
}

/// What was read from a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Taken {
    pub value: Option<Json>,
    pub has: Option<Has>,
    /// What to say about it: code, whether only a notice, words.
    pub remark: Option<(ProblemCode, bool, LocalizedText)>,
}

impl Taken {
    fn value(value: Json) -> Self {
        Self { value: Some(value), ..Self::default() }
    }

    fn text(text: impl Into<String>) -> Self {
        Self::value(Json::Text(text.into()))
    }

    fn has(has: Has) -> Self {
        Self { has: Some(has), ..Self::default() }
    }

    fn remark(self, code: ProblemCode, notice: bool, words: LocalizedText) -> Self {
        Self { remark: Some((code, notice, words)), ..self }
    }
}

const ESCAPE: &str = "json:";
/// What one cell of a workbook can hold, in UTF-16 units.
pub(super) const CELL_CHARS: usize = 32_767;

/// The key that a cell holds.
pub(super) fn take_key(content: &Content) -> Option<String> {
    let Content::Text(text) = content else { return None };
    match text.strip_prefix(ESCAPE).and_then(Json::parse) {
        Some(Json::Text(key)) => Some(key),
        Some(_) => None,
        None => Some(text.clone()),
    }
    .filter(|key| key.starts_with('/'))
}

/// Reads a cell whose numbers are in this unit.
pub(super) fn take(shape: &Shape, holds: Holds<'_>, unit: Option<&str>, content: &Content) -> Taken {
    if content.is_blank() {
        return Taken::default();
    }
    match content {
        Content::Error(error) => Taken::default().remark(ProblemCode::Formula, false, words::error(error)),
        Content::Text(raw) if words::ERRORS.contains(&raw.trim()) => {
            Taken::default().remark(ProblemCode::Formula, false, words::error(raw.trim()))
        }
        Content::Text(raw) if text::is_formula(raw) => {
            Taken::default().remark(ProblemCode::Formula, false, words::error(raw.trim()))
        }
        Content::Text(raw) => {
            let escaped = raw.trim().strip_prefix(ESCAPE).and_then(Json::parse);
            escaped.map_or_else(|| take_text(shape, holds, unit, raw), Taken::value)
        }
        _ => match holds {
            Holds::Value(kind) => take_typed(shape, kind, unit, content),
            Holds::Anything => Taken::value(match content {
                Content::Number(digits, false) | Content::Counted(digits, _) => Json::Number(digits.clone()),
                Content::Bool(value) => Json::Bool(*value),
                other => Json::Text(other.text()),
            }),
            Holds::Record | Holds::Listing | Holds::Ordinal => take_text(shape, holds, unit, &content.text()),
        },
    }
}

fn take_text(shape: &Shape, holds: Holds<'_>, unit: Option<&str>, raw: &str) -> Taken {
    let trimmed = raw.trim();
    match holds {
        Holds::Value(kind) => take_words(shape, kind, unit, trimmed),
        Holds::Record | Holds::Listing => match words::has(&plain(trimmed)) {
            Some(has) => Taken::has(has),
            None => Taken::text(trimmed),
        },
        Holds::Ordinal | Holds::Anything => Taken::text(trimmed),
    }
}

/// A text where a kind of value belongs. What it cannot be stays the text, for the checker to refuse by name.
fn take_words(shape: &Shape, kind: &Kind, unit: Option<&str>, raw: &str) -> Taken {
    if let Kind::List(table) = kind {
        return take_list(shape, *table, unit, raw);
    }
    match typed::meant(kind, &shape.option_sets, unit, raw) {
        Some(Meant::Bool(value)) if raw == "0" || raw == "1" => {
            Taken::value(Json::Bool(value)).remark(ProblemCode::DoubtfulReading, true, words::as_truth(raw, value))
        }
        Some(Meant::Bool(value)) => Taken::value(Json::Bool(value)),
        Some(Meant::Number(digits)) => Taken::value(Json::Number(digits)),
        Some(Meant::Date(date)) => Taken::text(date.to_string()),
        Some(Meant::Text(text)) => Taken::text(text),
        None => Taken::text(raw),
    }
}

/// Several values in one cell.
fn take_list(shape: &Shape, table: u16, unit: Option<&str>, raw: &str) -> Taken {
    if words::has(&plain(raw)) == Some(Has::None) {
        return Taken::value(Json::List(Vec::new()));
    }
    let Some(kind) = shape.scalars(table) else { return Taken::text(raw) };
    let spaced = matches!(kind.domain(), Domain::Date(_) | Domain::Whole(_) | Domain::Decimal(_));
    let parts = raw.split(|c: char| words::SEPARATORS.contains(&c) || (spaced && c.is_whitespace()));
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    let values = parts.filter_map(|part| take_words(shape, kind, unit, part).value);
    Taken::value(Json::List(values.collect()))
}

/// A number, date or truth value of the spreadsheet's own.
fn take_typed(shape: &Shape, kind: &Kind, unit: Option<&str>, content: &Content) -> Taken {
    let text = || Taken::text(content.text());
    match (kind.domain(), content) {
        (Domain::List(table), _) => match shape.scalars(table) {
            Some(kind) => {
                let taken = take_typed(shape, kind, unit, content);
                Taken { value: taken.value.map(|value| Json::List(vec![value])), ..taken }
            }
            None => text(),
        },
        (_, Content::Counted(digits, seen)) => {
            let taken = take_typed(shape, kind, unit, &Content::Number(digits.clone(), false));
            if fits(kind, unit, digits, seen) {
                taken
            } else {
                taken.remark(ProblemCode::UnreadCells, false, words::counted(seen, unit))
            }
        }
        (Domain::Bool, Content::Bool(value)) => Taken::value(Json::Bool(*value)),
        (Domain::Bool, Content::Number(digits, _)) if digits == "0" || digits == "1" => {
            let value = digits == "1";
            Taken::value(Json::Bool(value)).remark(ProblemCode::DoubtfulReading, true, words::as_truth(digits, value))
        }
        (Domain::Whole(_) | Domain::Decimal(_), Content::Number(digits, rounded)) => {
            let taken = Taken::value(Json::Number(digits.clone()));
            let long = *rounded && number::integer(digits).is_ok();
            if long { taken.remark(ProblemCode::LostDigits, false, words::rounded(digits)) } else { taken }
        }
        (Domain::Date(_), Content::Number(digits, _)) => match (typed::eight_digits(digits), typed::serial(digits)) {
            (Some(date), _) => Taken::text(date.to_string()).remark(
                ProblemCode::DoubtfulReading,
                true,
                words::as_eight_digits(digits, date),
            ),
            (None, Some(date)) => {
                Taken::text(date.to_string()).remark(ProblemCode::DoubtfulReading, true, words::as_date(digits, date))
            }
            (None, None) => text(),
        },
        (Domain::Date(_), Content::Date(date)) if !typed::is_likely(date) => Taken::text(words::unlikely_date(*date)),
        (Domain::Text(Some(format)), Content::Number(digits, rounded)) => {
            let taken = text();
            if *rounded || !is_whole_code(format, digits) {
                return taken.remark(ProblemCode::LostDigits, false, words::code(digits));
            }
            taken
        }
        (Domain::Text(None), Content::Number(digits, true)) => {
            text().remark(ProblemCode::LostDigits, false, words::rounded(digits))
        }
        (Domain::Text(None), Content::Number(digits, false)) => {
            text().remark(ProblemCode::DoubtfulReading, true, words::as_text(digits))
        }
        (Domain::Text(_), Content::Date(date)) => {
            text().remark(ProblemCode::DoubtfulReading, true, words::was_date(*date))
        }
        (
            Domain::Bool
            | Domain::Whole(_)
            | Domain::Decimal(_)
            | Domain::Text(_)
            | Domain::Date(_)
            | Domain::Duration(_)
            | Domain::Option(_)
            | Domain::Record(_),
            _,
        ) => text(),
    }
}

/// Whether the unit that a number is seen in is the field's. 75% says 0.75 where the field has no unit, and is no whole
/// number; in a field of a unit it says another thing.
fn fits(kind: &Kind, unit: Option<&str>, digits: &str, seen: &str) -> bool {
    match (kind.domain(), unit) {
        (Domain::Decimal(_), None) => true,
        (Domain::Whole(_) | Domain::Decimal(_), Some(_)) if seen != "%" => {
            typed::number(&format!("{digits}{seen}"), unit).is_some()
        }
        (
            Domain::Bool
            | Domain::Whole(_)
            | Domain::Decimal(_)
            | Domain::Text(_)
            | Domain::Date(_)
            | Domain::Duration(_)
            | Domain::Option(_)
            | Domain::Record(_)
            | Domain::List(_),
            _,
        ) => seen != "%",
    }
}

/// Whether digits are all that a code of this format has: none begins with a zero that a number would drop.
fn is_whole_code(format: Format, digits: &str) -> bool {
    let fixed = match format {
        Format::Phone => text::format(Format::Mobile, digits).is_none(),
        Format::DocumentNumber | Format::Person | Format::Narrative => false,
        Format::SchoolCode | Format::RegionCode | Format::Mobile | Format::CreditCode => true,
    };
    fixed && text::format(format, digits).is_none()
}
