//! Single values: numbers, texts, dates, options.

use std::borrow::Cow;

use super::{Cell, Decoder, Step};
use crate::number::{self, Bad};
use crate::scan::{Number, same};
use crate::shape::{Bounds, Field, Kind, When};
use crate::sums::{Called, called};
use crate::{Slot, normalize, text};
use bulou_base::date;
use bulou_base::limits;
use bulou_base::sanitize::shortened;
use bulou_base::value::Quotient;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::built_in::Format;

/// A code and what it says of a value.
type Wrong = (ProblemCode, LocalizedText);

impl<'s> Decoder<'s, '_, '_> {
    pub(super) fn number(&mut self, bounds: &Bounds, whole: bool, field: Option<&'s Field>, cell: Cell) -> Step {
        let offset = self.json.at();
        let parsed = match self.json.number()? {
            Number::Whole(value) => Ok((value, 0)),
            Number::Written(digits) if whole => number::integer(digits).map(|value| (value, 0)),
            Number::Written(digits) => number::decimal(digits),
        };
        let label = label(field);
        match parsed {
            Ok((mantissa, scale)) if !bounds.hold(mantissa, scale) => {
                self.wrong(cell, offset, (ProblemCode::OutOfRange, out_of_bounds(bounds, label)));
            }
            Ok((mantissa, scale)) => {
                self.set(cell, if whole { Slot::Integer(mantissa) } else { Slot::Decimal(mantissa, scale) });
            }
            Err(Bad::Whole) => {
                let words = texts::must_whole_number(&label).text();
                self.wrong(cell, offset, (ProblemCode::WrongType, words));
            }
            Err(Bad::Fit) => {
                let words = texts::number_label_does_not(&label).text();
                self.wrong(cell, offset, (ProblemCode::NumberSize, words));
            }
        }
        self.check_unique(field, cell, offset);
        Ok(())
    }

    pub(super) fn string(&mut self, kind: &'s Kind, field: Option<&'s Field>, cell: Cell) -> Step {
        let offset = self.json.at();
        let plain = if self.copied { self.json.plain_text() } else { None };
        let read = if plain.is_none() { Some(self.json.text()?) } else { None };
        let written = plain.or(read.as_deref()).unwrap_or_default();
        if matches!(kind, Kind::Text(_)) && self.took(kind, cell, written, plain.map(|_| offset + 1)) {
            self.check_unique(field, cell, offset);
            return Ok(());
        }
        if let Some(limit) = self.too_long(kind, field, cell, written) {
            self.wrong(cell, offset, (ProblemCode::TextLength, too_long(label(field), limit)));
            return Ok(());
        }
        let normal = normalize::normal(written);
        if normal.is_empty() {
            self.blank(field, offset);
            return Ok(());
        }
        let filled = match kind {
            Kind::Text(_) if text::is_formula(&normal) => {
                self.wrong(cell, offset, (ProblemCode::Formula, formula(field, &normal)));
                return Ok(());
            }
            Kind::Text(format) if self.placeholder((field, *format), &normal, cell, offset) => return Ok(()),
            Kind::Text(Some(format)) if text::format_on(*format, &normal, self.clock.today).is_some() => false,
            Kind::Text(format) => {
                let name = || self.placeholders.person(&normal, written);
                let name = (*format == Some(Format::Person)).then(name).flatten();
                let normal = name.map_or(normal, Cow::Owned);
                let called = if cell.table == 0 { Called::Element } else { called(&normal) };
                let place = self.place(cell);
                if let Some(memo) = self.memo.as_mut().filter(|_| *format != Some(Format::DocumentNumber)) {
                    memo.keep(place, written, &normal, called);
                }
                self.take((kind, cell), written, &normal, plain.map(|_| offset + 1), called);
                true
            }
            Kind::Bool
            | Kind::Integer(_)
            | Kind::Decimal(_)
            | Kind::Date(_)
            | Kind::Duration(_)
            | Kind::Option(_)
            | Kind::Record(_)
            | Kind::List(_) => self.fill(kind, cell, &normal),
        };
        if let (Kind::Date(when), Some(Slot::Astray(date))) = (kind, self.slot(cell)) {
            self.astray(when, date, field, offset);
        }
        if !filled {
            let wrong = self.misread(kind, field, written);
            self.wrong(cell, offset, wrong);
        }
        self.check_unique(field, cell, offset);
        Ok(())
    }

    /// Takes a text that its field took before; whether it did.
    #[inline]
    fn took(&mut self, kind: &Kind, cell: Cell, written: &str, at: Option<usize>) -> bool {
        let place = self.place(cell);
        let Some(memo) = self.memo.take() else { return false };
        let taken = memo.find(place, written);
        if let Some(taken) = taken {
            self.take((kind, cell), written, taken.normal.as_deref().unwrap_or(written), at, taken.called);
        }
        let took = taken.is_some();
        self.memo = Some(memo);
        took
    }

    /// The field of a cell: its table, and its slot in each row.
    fn place(&self, cell: Cell) -> (u16, u32) {
        let (row, slot) = self.document.row_at(cell.table, cell.at);
        (row.table, slot)
    }

    /// Sets a text: its normal form, and what was written where that is another. `at` is where the document's own text holds
    /// what was written.
    #[inline(never)]
    fn take(&mut self, (kind, cell): (&Kind, Cell), written: &str, normal: &str, at: Option<usize>, called: Called) {
        if called != Called::Element {
            self.sums.push(self.document.row_at(cell.table, cell.at).0);
        }
        let (start, len) = match at {
            Some(at) => (small(at), small(written.len())),
            None => self.document.push(written),
        };
        let slot = if normal == written {
            Slot::Text(start, len, 0)
        } else {
            self.document.written.push((start, len));
            let (start, len) = self.document.push(normal);
            Slot::Text(start, len, small(self.document.written.len()))
        };
        self.set(cell, if *kind == Kind::Text(Some(Format::Person)) { slot.of_person() } else { slot });
    }

    /// Sets the cell to the date, option or duration that a text says; false when it says none. Each kind sets it by
    /// itself, for a slot that is handed on is copied slowly.
    fn fill(&mut self, kind: &Kind, cell: Cell, value: &str) -> bool {
        match kind {
            Kind::Date(when) => {
                let Some(date) = date::parse(value) else { return false };
                self.set(cell, Slot::date(date, when, self.clock));
            }
            Kind::Option(set) => {
                let options = self.options(*set);
                let index = options.iter().position(|option| same(option.as_bytes(), value.as_bytes()));
                let index = index.or_else(|| options.iter().position(|option| normalize::normal(option) == value));
                let Some(index) = index.and_then(|index| u16::try_from(index).ok()) else { return false };
                self.set(cell, Slot::Option(index));
            }
            Kind::Duration(unit) => {
                let Some((count, weeks)) = text::duration(value, *unit) else { return false };
                self.set(cell, Slot::Duration(count, weeks));
            }
            Kind::Bool | Kind::Integer(_) | Kind::Decimal(_) | Kind::Text(_) | Kind::Record(_) | Kind::List(_) => {
                return false;
            }
        }
        true
    }

    #[cold]
    fn astray(&mut self, when: &When, date: date::Date, field: Option<&'s Field>, offset: usize) {
        let Some(astray) = when.astray(date, self.clock) else { return };
        let (code, words) = astray.problem(label(field), &shown(field, &date.to_string()));
        self.add(code, offset, &words);
    }

    /// How many characters a text may have that has more.
    fn too_long(&self, kind: &Kind, field: Option<&Field>, cell: Cell, value: &str) -> Option<usize> {
        if value.len() <= limits::NAME_CHARS || !matches!(kind, Kind::Text(_)) {
            return None;
        }
        let names = [&self.shape.identity, &self.shape.title].into_iter().flatten();
        let slot = field.filter(|_| cell.table == 0).map(|field| field.slot);
        let is_name = names.map(|path| path.slot).any(|name| Some(name) == slot);
        let limit = if is_name { limits::NAME_CHARS } else { limits::TEXT_CHARS };
        // No text has more characters than bytes.
        (value.len() > limit && value.chars().count() > limit).then_some(limit)
    }

    fn options(&self, set: u16) -> &'s [String] {
        self.shape.option_sets.get(usize::from(set)).map(|set| set.options.as_slice()).unwrap_or_default()
    }

    #[cold]
    fn misread(&self, kind: &Kind, field: Option<&Field>, value: &str) -> Wrong {
        let label = label(field);
        match kind {
            Kind::Text(format) => {
                let words = format
                    .and_then(|format| text::format_on(format, &normalize::normal(value), self.clock.today))
                    .unwrap_or_default();
                (ProblemCode::WrongFormat, texts::wrong_why(&label, &words).text())
            }
            Kind::Date(_) => (ProblemCode::NoDate, no_date(field, value)),
            Kind::Option(set) => (ProblemCode::UnknownOption, no_option(field, value, self.options(*set))),
            Kind::Bool | Kind::Integer(_) | Kind::Decimal(_) | Kind::Duration(_) | Kind::Record(_) | Kind::List(_) => {
                (ProblemCode::WrongType, texts::must_duration_such_31(&label).text())
            }
        }
    }

    #[cold]
    pub(super) fn wrong(&mut self, cell: Cell, offset: usize, (code, words): Wrong) {
        self.set(cell, Slot::Malformed);
        self.add(code, offset, &words);
    }
}

/// No document is longer than `limits::DOCUMENT_BYTES`.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn too_long(label: &str, limit: usize) -> LocalizedText {
    texts::longer_than_characters_shorten(&label, &limit).text()
}

/// What a field is called in the form, which is in one language.
pub(super) fn label(field: Option<&Field>) -> &str {
    field.map_or(texts::this_item().get(Lang::Zh), |field| field.label.as_str())
}

pub(super) fn shown(field: Option<&Field>, value: &str) -> String {
    if field.is_some_and(|field| field.sensitive) { "…".into() } else { shortened(value).into_owned() }
}

fn out_of_bounds(bounds: &Bounds, label: &str) -> LocalizedText {
    let shown = |bound: Option<Quotient>| bound.map(|bound| bound.to_string()).unwrap_or_default();
    let (min, max) = (shown(bounds.min), shown(bounds.max));
    texts::must_lie_between(&label, &min, &max).text()
}

fn no_date(field: Option<&Field>, value: &str) -> LocalizedText {
    let (first, last) = (date::YEARS.start(), date::YEARS.end());
    let (label, value) = (label(field), shown(field, value));
    texts::must_date_such_2022(&label, &first, &last, &value).text()
}

fn no_option(field: Option<&Field>, value: &str, options: &[String]) -> LocalizedText {
    let label = label(field);
    let told = !field.is_some_and(|field| field.sensitive);
    let twin = options.iter().find(|option| told && normalize::looks_like(option, value));
    if let Some((twin, (at, (given, wanted)))) = twin.and_then(|twin| Some((twin, difference(value, twin)?))) {
        let code = |c: char| format!("U+{:04X}", u32::from(c));
        let (given, wanted) = (code(given), code(wanted));
        return texts::looks_like_option_but(&label, &twin, &at, &given, &wanted).text();
    }
    let (value, known, en) = (shown(field, value), options.join("、"), options.join(", "));
    texts::no_option_options(&label, &value, &Each(&known, &en)).text()
}

/// The first character of a text that differs from another's, from 1 on.
fn difference(given: &str, wanted: &str) -> Option<(usize, (char, char))> {
    let (given, wanted) = (normalize::normal(given), normalize::normal(wanted));
    (1..).zip(given.chars().zip(wanted.chars())).find(|(_, (one, other))| one != other)
}

/// A program's formula in place of what it shows: nobody knows what that was.
#[cold]
fn formula(field: Option<&Field>, text: &str) -> LocalizedText {
    let label = label(field);
    let shown = shown(field, text);
    texts::formula_no_answer_fill(&label, &shown).text()
}
