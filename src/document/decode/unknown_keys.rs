//! Keys and values that are not what the shape asks for, and the document's own word on which rules it was filled in for.

use std::borrow::Cow;

use super::{Cell, Decoder, Way};
use crate::Slot;
use crate::forbidden;
use crate::locate::escape;
use crate::normalize::{is_blank, normal};
use crate::scan::{Start, Step};
use crate::shape::{ENVELOPE, Field, Fields, Kind};
use crate::typed;
use crate::types::Domain;
use bulou_base::limits;
use bulou_base::sanitize::shortened;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::sentence::{Each, Say};
use bulou_messages::texts;

impl<'s> Decoder<'s, '_, '_> {
    /// A member whose key is no field.
    #[cold]
    pub(super) fn stranger(&mut self, fields: &'s Fields, key: &str) -> Step {
        if self.is_envelope(key) {
            return self.envelope();
        }
        self.strangers += usize::from(self.path.is_empty());
        let offset = self.json.key_at();
        // Another spelling of a field that stands here is no other record's secret.
        let is_field = !self.forbidden.is_empty() && {
            let core = forbidden::core(key);
            fields.fields.iter().any(|field| forbidden::core(&field.name) == core)
        };
        if !is_field && self.forbids(key)? {
            self.holds_forbidden |= self.path.is_empty();
            return Ok(());
        }
        self.is_strange = true;
        let shown = self.shown(key);
        let path = format!("{}/{}", self.pointer(), escape(&shown));
        let words = if self.sensitive > 0 { unknown_concealed() } else { unknown(fields, key) };
        self.problems.add(ProblemCode::UnknownKey, offset, path, &words);
        self.path.push(Way::Key(Cow::Owned(shown)));
        self.pass_over()?;
        self.path.pop();
        Ok(())
    }

    /// Whether a key is that under which a document says for which rules it was filled in.
    pub(super) fn is_envelope(&self, key: &str) -> bool {
        self.path.is_empty() && key == ENVELOPE
    }

    /// A key that the pack does not have, as it may be shown.
    fn shown(&self, key: &str) -> String {
        if self.sensitive > 0 { "…".to_owned() } else { shortened(key).into_owned() }
    }

    /// Passes over the value of a key that must not be there, and says so; of the value nothing is looked at.
    fn forbids(&mut self, key: &str) -> Step<bool> {
        let Some((name, reason)) =
            forbidden::named(&mut self.cores, self.forbidden.iter().copied(), |(name, _)| name, key)
        else {
            return Ok(false);
        };
        let path = format!("{}/{}", self.pointer(), escape(&shortened(key)));
        self.problems.add(ProblemCode::Forbidden, self.json.key_at(), path, &must_not_be(name, key, reason));
        self.json.skip().map(|()| true)
    }

    /// Passes over a value that nothing is known about, and looks for what must not be in it.
    #[cold]
    pub(super) fn pass_over(&mut self) -> Step {
        let start = self.json.peek()?;
        if self.forbidden.is_empty() || !matches!(start, Start::Object | Start::Array) {
            return self.json.skip();
        }
        if self.path.len() > limits::DOCUMENT_NESTING {
            return self.json.too_deep();
        }
        let (mut more, mut index) = (self.json.enter(start)?, 0);
        while more {
            if start == Start::Object {
                let key = self.json.key()?;
                if self.forbids(&key)? {
                    more = self.json.next_member()?;
                    continue;
                }
                self.path.push(Way::Key(Cow::Owned(self.shown(&key))));
            } else {
                self.path.push(Way::Index(index));
                index += 1;
            }
            self.pass_over()?;
            self.path.pop();
            more = if start == Start::Object { self.json.next_member()? } else { self.json.next_element()? };
        }
        Ok(())
    }

    /// A field whose key stands in the object already.
    #[cold]
    pub(super) fn duplicate_key(&mut self, field: &'s Field, cell: Cell, row: Cell) -> Step {
        let words = texts::stands_twice_keep_one_2(&Each(&field.label, &field.name)).text();
        self.add(ProblemCode::RepeatedKey, self.json.key_at(), &words);
        self.pass_over()?;
        self.forget(field, cell, row);
        Ok(())
    }

    /// Which of two is meant nobody knows, nor anything of what a record says that is written twice: whose it is, or of
    /// which day.
    pub(super) fn forget(&mut self, field: &'s Field, cell: Cell, row: Cell) {
        self.set(cell, Slot::Malformed);
        if let Kind::Record(fields) = &field.kind {
            for inner in &fields.fields {
                self.forget(inner, Cell { table: row.table, at: row.at + inner.slot as usize }, row);
            }
        }
    }

    /// A value of another kind than the field's.
    #[cold]
    pub(super) fn type_mismatch(&mut self, kind: &'s Kind, field: Option<&'s Field>, cell: Cell) -> Step {
        let offset = self.json.at();
        let text = if self.json.peek()? == Start::Text { Some(self.json.text()?) } else { None };
        if text.as_deref().is_some_and(is_blank) {
            self.blank(field, offset);
            return Ok(());
        }
        if text.is_none() {
            self.pass_over()?;
        }
        self.set(cell, Slot::Malformed);
        let unnamed = texts::value_here();
        let label: &dyn Say = field.map_or(&unnamed, |field| &field.label);
        let words = texts::must(label, &kind.wanted()).text();
        let number = matches!(kind.domain(), Domain::Whole(_) | Domain::Decimal(_))
            && !field.is_some_and(|field| field.sensitive);
        let text = text.filter(|_| number);
        self.add(ProblemCode::WrongType, offset, &text.and_then(|text| number_in_words(label, &text)).unwrap_or(words));
        Ok(())
    }

    /// Compares the rules that a document was made for with these.
    fn made_for(&mut self, text: &str, offset: usize) {
        let (id, version) = (&self.shape.pack.0, &self.shape.pack.1);
        self.document.envelope = Some(self.document.push(text));
        let shown = shortened(text);
        let (given, given_version) = text.split_once('@').unwrap_or((text, ""));
        let (same, same_version) = (given == id, given_version == version);
        if !same {
            self.other_rules = true;
            let words = texts::document_filled_not(&shown, &id).text();
            self.add(ProblemCode::OtherRules, offset, &words);
        } else if !same_version {
            let words = if given_version.is_empty() {
                texts::document_does_not_say(&shown, &version).text()
            } else {
                texts::document_filled_checked_version(&shown, &version).text()
            };
            let path = self.pointer();
            self.problems.notice(ProblemCode::OtherRules, offset, path, &words);
        }
    }

    fn envelope(&mut self) -> Step {
        let again = std::mem::replace(&mut self.envelope, true);
        self.path.push(Way::Key(Cow::Borrowed(ENVELOPE)));
        if again {
            let words = texts::stands_twice_keep_one().text();
            self.add(ProblemCode::RepeatedKey, self.json.key_at(), &words);
        }
        let start = self.json.peek()?;
        let offset = self.json.at();
        if start == Start::Text {
            let text = self.json.text()?;
            // What only blanks are written for is not written; nor do blanks around a name make another of it.
            let text = normal(&text);
            if !text.is_empty() {
                self.made_for(&text, offset);
            }
        } else {
            self.pass_over()?;
            if start != Start::Null {
                self.add(ProblemCode::WrongType, offset, &texts::must_text().text());
            }
        }
        self.path.pop();
        Ok(())
    }
}

/// What is wrong with a text that is a number but for what stands around it.
fn number_in_words(label: &dyn Say, text: &str) -> Option<LocalizedText> {
    let plain = typed::plain(text);
    let word = plain.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | ',' | '.'));
    let digits = plain.strip_suffix(word)?;
    typed::number(digits.trim_end(), None)?;
    Some(match word.trim() {
        "" => texts::must_number_json_without(label).text(),
        word => {
            let word = shortened(word);
            texts::must_number_alone_without(label, &word).text()
        }
    })
}

/// About a key that must not be there, by its name in the pack and as it is written.
fn must_not_be(name: &str, key: &str, reason: &str) -> LocalizedText {
    let written = shortened(key);
    let words = if name == key { LocalizedText::default() } else { texts::nor_may_written(&written).text() };
    texts::must_not_document_remove(&name, &words, &reason).text()
}

fn unknown(fields: &Fields, key: &str) -> LocalizedText {
    let near = fields
        .fields
        .iter()
        // What is far longer is near to none, and would take long to compare.
        .filter(|field| key.len() <= 4 * field.name.len())
        .map(|field| (strsim::osa_distance(&field.name, key), field.name.as_str()))
        .filter(|(distance, name)| *distance <= (name.chars().count() / 2).max(1))
        .min();
    let shown = shortened(key);
    match near {
        Some((_, near)) => texts::no_key_did_you(&shown, &near).text(),
        None => texts::no_key_remove_rename(&shown).text(),
    }
}

/// The same where the key may be what must not be shown.
fn unknown_concealed() -> LocalizedText {
    texts::key_here_pack_does().text()
}
