//! What has to be there and is not: required fields that are blank, placeholders, lists that are too short, documents
//! that do not say whose they are, and files that are no documents of this pack at all.

use super::leaves::label;
use super::{Cell, Decoder, Way};
use crate::Slot;
use crate::locate::{escape, field_path};
use crate::placeholder::Asked;
use crate::shape::{Field, Fields, Kind};
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::built_in::Format;

/// Of a file's keys at least one in so many must be the pack's, or it is a file of something else.
const STRANGERS: usize = 4;

impl<'s> Decoder<'s, '_, '_> {
    /// A value of which nothing can be seen: `null`, or a text of blanks. Its slot stays absent.
    #[cold]
    pub(super) fn blank(&mut self, field: Option<&'s Field>, offset: usize) {
        let element = matches!(self.path.last(), Some(Way::Index(_)));
        let Some(field) = field.filter(|field| element || !field.optional) else { return };
        let Some(Way::Index(position)) = self.path.last() else {
            return self.add(ProblemCode::Blank, offset, &not_filled_in(field));
        };
        let words = texts::item_blank_fill_remove(&Each(&field.label, &field.name), &(position + 1)).text();
        self.add(ProblemCode::Blank, offset, &words);
    }

    /// A record that is there and in which nothing was filled in: it is none of those that were asked for.
    #[cold]
    pub(super) fn empty(&mut self, field: Option<&'s Field>, offset: usize) {
        let label =
            field.map_or_else(|| texts::this_item().text(), |field| LocalizedText::new(&*field.label, &*field.name));
        let words = match self.path.last() {
            Some(Way::Index(position)) => texts::nothing_filled_item_fill(&label, &(position + 1)).text(),
            _ => texts::nothing_filled_fill_leave(&label).text(),
        };
        self.add(ProblemCode::Blank, offset, &words);
    }

    /// The required fields whose keys an object does not have.
    pub(super) fn missing(&mut self, fields: &'s Fields, base: usize, offset: usize) {
        let seen = self.seen.get(base..).unwrap_or_default();
        if !seen.contains(&None) || self.quiet {
            return;
        }
        let blank = seen.iter().zip(&fields.fields).filter(|(seen, field)| seen.is_none() && !field.optional);
        for field in blank.map(|(_, field)| field).collect::<Vec<_>>() {
            let answered_elsewhere = self.path.is_empty() && self.shape.fold == Some(field.slot);
            if !answered_elsewhere {
                let path = format!("{}/{}", self.pointer(), escape(&field.name));
                self.problems.add(ProblemCode::Blank, offset, path, &not_filled_in(field));
            }
        }
    }

    /// Whether a text only says that there is nothing to say; reported where the field must be filled in. Where it need not
    /// be, a word for that is as if it were not there, and of any other nobody knows whether it says something: `保安空缺`
    /// where a fault is asked for.
    #[inline]
    pub(super) fn placeholder(
        &mut self,
        (field, format): (Option<&'s Field>, Option<Format>),
        normal: &str,
        cell: Cell,
        offset: usize,
    ) -> bool {
        let asked = field.map_or(Asked { format, ..Asked::default() }, |field| Asked {
            allowed: &field.may_be,
            names: [&field.name, &field.label],
            format,
            optional: field.optional,
        });
        let held = self.placeholders.hold(normal, &asked);
        if held {
            self.held((field, format), normal, cell, offset);
        }
        held
    }

    #[cold]
    fn held(&mut self, (field, format): (Option<&'s Field>, Option<Format>), normal: &str, cell: Cell, offset: usize) {
        let element = matches!(self.path.last(), Some(Way::Index(_)));
        let label = label(field);
        let shown = if field.is_some_and(|field| field.sensitive) { "…" } else { normal };
        let path = self.pointer();
        let optional = !element && field.is_some_and(|field| field.optional);
        if optional && self.placeholders.say_nothing_is_there(normal, format) {
            let words = texts::says_counts_left_out(&label, &shown).text();
            return self.problems.notice(ProblemCode::Placeholder, offset, path, &words);
        }
        let words = match () {
            () if format == Some(Format::Person) => nobody(label, shown),
            () if optional => unclear(label, shown),
            () => no_answer(label, shown),
        };
        if optional {
            return self.wrong(cell, offset, (ProblemCode::Placeholder, words));
        }
        self.problems.add(ProblemCode::Placeholder, offset, path, &words);
    }

    /// A list that has fewer elements than it must have, or enough of which some are blank.
    #[cold]
    pub(super) fn too_short(&mut self, field: &'s Field, (count, filled): (usize, usize), offset: usize) {
        let (label, least) = (&field.label, field.min_items);
        let (code, now) = if count < least as usize {
            (ProblemCode::TooFew, texts::now_items(&count).text())
        } else {
            (ProblemCode::Blank, texts::filled_only_items(&filled).text())
        };
        let words = texts::must_least_items(&label, &least, &now).text();
        self.add(code, offset, &words);
    }

    /// A document that does not say whose it is.
    pub(super) fn nameless(&mut self, offset: usize) {
        let shape = self.shape;
        let Some(path) = &shape.identity else { return };
        if self.slot(Cell { table: 0, at: path.slot as usize }) != Some(Slot::Absent) {
            return;
        }
        let pointer = field_path(shape, path.slot).unwrap_or_default();
        let words = texts::does_not_say_whom().text();
        self.problems.add(ProblemCode::NoIdentity, offset, pointer, &words);
    }

    /// Whether a file is no document of this pack at all, by the keys of its outermost object.
    pub(super) fn is_foreign(&self, known: usize) -> bool {
        let of_ours = self.document.envelope.is_some() || self.holds_forbidden;
        !of_ours && (known == 0 || self.strangers > STRANGERS * known)
    }
}

fn nobody(label: &str, shown: &str) -> LocalizedText {
    texts::say_who_name_post(&label, &shown).text()
}

fn unclear(label: &str, shown: &str) -> LocalizedText {
    texts::says_may_mean_nothing(&label, &shown).text()
}

fn no_answer(label: &str, shown: &str) -> LocalizedText {
    texts::required_no_answer_fill(&label, &shown).text()
}

fn not_filled_in(field: &Field) -> LocalizedText {
    let by = field.notes.vouched.as_ref().map(|by| texts::by_fills_in(by).text()).unwrap_or_default();
    let none = match field.kind {
        Kind::List(_) if field.min_items == 0 => texts::none_leave_empty_list().text(),
        _ => LocalizedText::default(),
    };
    texts::required_not_filled(&Each(&field.label, &field.name), &by, &none).text()
}
