//! Single values: numbers, texts, dates, options, and whether they are unlike their neighbours.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use jiter::Peek;

use super::{Cell, Decoder, Step, Way};
use crate::data::number::{self, Bad};
use crate::data::shape::{Bounds, Field, Kind};
use crate::data::{Document, Slot, text};
use crate::date;
use crate::diagnostic::Words;
use crate::value::Quotient;

impl<'s> Decoder<'s, '_, '_> {
    pub(super) fn number(
        &mut self,
        peek: Peek,
        bounds: &Bounds,
        whole: bool,
        field: Option<&'s Field>,
        cell: Cell,
        offset: usize,
    ) -> Step {
        // The digits as they stand: jiter's own numbers would bring a parser of floats along.
        self.json.known_skip(peek)?;
        let digits = self.bytes.get(offset..self.json.current_index()).unwrap_or_default();
        let digits = std::str::from_utf8(digits).unwrap_or_default();
        let parsed = if whole { number::integer(digits).map(|value| (value, 0)) } else { number::decimal(digits) };
        let label = field.map_or("这一项", |field| field.label.as_str());
        match parsed {
            Ok((mantissa, scale)) => {
                let value = Quotient::new(i128::from(mantissa), 10_i128.pow(u32::from(scale)));
                let low = bounds.min.is_some_and(|min| value < min);
                let high = bounds.max.is_some_and(|max| value > max);
                if low || high {
                    self.set(cell, Slot::Malformed);
                    let range = |bound: Option<Quotient>| bound.map(|bound| bound.to_string()).unwrap_or_default();
                    let words = Words::new(
                        format!("「{label}」应在 {} 至 {} 之间", range(bounds.min), range(bounds.max)),
                        format!("`{label}` must lie between {} and {}", range(bounds.min), range(bounds.max)),
                    );
                    self.add("D008", offset, &words);
                } else {
                    self.set(cell, if whole { Slot::Integer(mantissa) } else { Slot::Decimal(mantissa, scale) });
                }
            }
            Err(bad) => {
                self.set(cell, Slot::Malformed);
                let (code, words) = match bad {
                    Bad::Whole => (
                        "D003",
                        Words::new(format!("「{label}」应填整数"), format!("`{label}` must be a whole number")),
                    ),
                    Bad::Fit => (
                        "D009",
                        Words::new(
                            format!("「{label}」的数太大或位数太多"),
                            format!("the number of `{label}` does not fit"),
                        ),
                    ),
                };
                self.add(code, offset, &words);
            }
        }
        self.unique_value(field, cell);
        Ok(())
    }

    pub(super) fn string(&mut self, kind: &'s Kind, field: Option<&'s Field>, cell: Cell, offset: usize) -> Step {
        let value = self.json.known_str()?;
        let label = field.map_or("这一项", |field| field.label.as_str());
        let shown = |value: &str| -> String {
            if field.is_some_and(|field| field.sensitive) { "…".into() } else { value.chars().take(40).collect() }
        };
        let mut wrong = None;
        let slot = match kind {
            Kind::Date => match date::parse(value) {
                Some(date) => Slot::Date(date),
                None if value.trim().is_empty() => Slot::Absent,
                None => {
                    let value = shown(value);
                    wrong = Some((
                        "D005",
                        Words::new(
                            format!("「{label}」要填真实的日期,写成 2022-06-24 这样,现在是 `{value}`"),
                            format!("`{label}` must be a date such as 2022-06-24, not `{value}`"),
                        ),
                    ));
                    Slot::Malformed
                }
            },
            Kind::Duration(unit) => match text::duration(value, *unit) {
                Some(count) => Slot::Duration(count),
                None => {
                    wrong = Some((
                        "D003",
                        Words::new(
                            format!("「{label}」要填时长,如 31日"),
                            format!("`{label}` must be a duration such as 31日"),
                        ),
                    ));
                    Slot::Malformed
                }
            },
            Kind::Option(set) => {
                let options = self.shape.option_sets.get(usize::from(*set)).map(|set| set.options.as_slice());
                let options = options.unwrap_or_default();
                match options.iter().position(|option| option == value) {
                    Some(index) => Slot::Option(u16::try_from(index).unwrap_or(u16::MAX)),
                    None => {
                        let value = shown(value);
                        let known = options.join("、");
                        wrong = Some((
                            "D004",
                            Words::new(
                                format!("「{label}」没有 `{value}` 这个选项,可选:{known}"),
                                format!("`{label}` has no option `{value}`; the options are {known}"),
                            ),
                        ));
                        Slot::Malformed
                    }
                }
            }
            Kind::Text(format) => {
                let bad = format.filter(|_| !value.trim().is_empty()).and_then(|format| text::format(format, value));
                let (start, len) = self.document.push(value);
                wrong = bad.map(|words| {
                    let zh = format!("「{label}」不对:{}", words.zh);
                    ("D010", Words::new(zh, format!("`{label}` is wrong: {}", words.en)))
                });
                if wrong.is_some() { Slot::Malformed } else { Slot::Text(start, len) }
            }
            _ => Slot::Malformed,
        };
        self.set(cell, slot);
        if let Some((code, words)) = wrong {
            self.add(code, offset, &words);
        }
        self.unique_at(field, cell, offset);
        Ok(())
    }

    pub(super) fn unique_value(&mut self, field: Option<&'s Field>, cell: Cell) {
        let offset = self.json.current_index();
        self.unique_at(field, cell, offset);
    }

    /// Reports a value of a `唯一` field that an earlier element of the list has as well.
    pub(super) fn unique_at(&mut self, field: Option<&'s Field>, cell: Cell, offset: usize) {
        let Some(field) = field.filter(|field| field.unique && cell.table != 0) else { return };
        let Some(Way::Index(position)) = self.path.iter().rev().nth(1).copied() else { return };
        let table = usize::from(cell.table);
        let width = self.document.widths.get(table).copied().unwrap_or(1) as usize;
        let slots = self.document.tables.get(table).map(Vec::as_slice).unwrap_or_default();
        let Some(value) = slots.get(cell.at).copied() else { return };
        let key = |slot: Slot, document: &Document| match slot {
            Slot::Text(start, len) => Some(document.text_at(start, len).to_owned()),
            Slot::Integer(_) | Slot::Date(_) | Slot::Option(_) => Some(format!("{slot:?}")),
            _ => None,
        };
        let Some(mine) = key(value, self.document) else { return };
        let mut hasher = DefaultHasher::new();
        mine.hash(&mut hasher);
        let first = (cell.at / width).saturating_sub(position);
        let entry = (cell.table, field.slot, u32::try_from(first).unwrap_or(u32::MAX), hasher.finish());
        let earlier = *self.unique.entry(entry).or_insert(first + position);
        if earlier == first + position {
            return;
        }
        let has_it = |row: &usize| {
            let slot = slots.get(row * width + field.slot as usize);
            slot.and_then(|slot| key(*slot, self.document)).as_ref() == Some(&mine)
        };
        // The first that has this hash has this value, or by a rare chance another row has it.
        let twin = Some(earlier).filter(has_it).or_else(|| (first..first + position).find(has_it));
        if let Some(twin) = twin {
            let shown = if field.sensitive { "…" } else { mine.as_str() };
            let words = Words::new(
                format!("「{}」`{shown}` 与第 {} 项重复:请改成不同的", field.label, twin - first + 1),
                format!("`{}` `{shown}` is that of item {} already", field.name, twin - first + 1),
            );
            self.add("D011", offset, &words);
        }
    }
}
