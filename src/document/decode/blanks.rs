//! What has to be there and is not: required fields that are blank, placeholders, lists that are too short, documents
//! that do not say whose they are, and files that are no documents of this pack at all.

use super::{Cell, Decoder, Way};
use crate::Slot;
use crate::locate::{escape, field_path};
use crate::placeholder::Asked;
use crate::shape::{Field, Fields, Kind};
use bulou_messages::diagnostic::LocalizedText;
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
            return self.add("D031", offset, &not_filled_in(field));
        };
        let words = LocalizedText::new(
            format!("「{}」第 {} 项没有填:填好或删去这一项", field.label, position + 1),
            format!("item {} of `{}` is blank: fill it in or remove it", position + 1, field.name),
        );
        self.add("D031", offset, &words);
    }

    /// A record that is there and in which nothing was filled in: it is none of those that were asked for.
    #[cold]
    pub(super) fn empty(&mut self, field: Option<&'s Field>, offset: usize) {
        let (label, name) = field.map_or(("这一项", "this"), |field| (&field.label, &field.name));
        let words = match self.path.last() {
            Some(Way::Index(position)) => LocalizedText::new(
                format!("「{label}」第 {} 项什么也没有填:填好或删去这一项", position + 1),
                format!("nothing is filled in in item {} of `{name}`: fill it in or remove it", position + 1),
            ),
            _ => LocalizedText::new(
                format!("「{label}」这一项什么也没有填:填好,没有就把整项删去"),
                format!("nothing is filled in in `{name}`: fill it in, or leave it out altogether"),
            ),
        };
        self.add("D031", offset, &words);
    }

    /// The required fields whose keys an object does not have.
    pub(super) fn missing(&mut self, fields: &'s Fields, base: usize, offset: usize) {
        let seen = self.seen.get(base..).unwrap_or_default();
        if !seen.contains(&false) || self.quiet {
            return;
        }
        let blank = seen.iter().zip(&fields.fields).filter(|(seen, field)| !*seen && !field.optional);
        for field in blank.map(|(_, field)| field).collect::<Vec<_>>() {
            let answered_elsewhere = self.path.is_empty() && self.shape.fold == Some(field.slot);
            if !answered_elsewhere {
                let path = format!("{}/{}", self.pointer(), escape(&field.name));
                self.problems.add("D031", offset, path, &not_filled_in(field));
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
        let label = field.map_or("这一项", |field| field.label.as_str());
        let shown = if field.is_some_and(|field| field.sensitive) { "…" } else { normal };
        let path = self.pointer();
        let optional = !element && field.is_some_and(|field| field.optional);
        if optional && self.placeholders.say_nothing_is_there(normal, format) {
            let words = LocalizedText::new(
                format!("「{label}」填的是 `{shown}`,按没有填处理"),
                format!("`{label}` says `{shown}`, which counts as left out"),
            );
            return self.problems.notice("D030", offset, path, &words);
        }
        let words = match () {
            () if format == Some(Format::Person) => nobody(label, shown),
            () if optional => unclear(label, shown),
            () => no_answer(label, shown),
        };
        if optional {
            return self.wrong(cell, offset, ("D030", words));
        }
        self.problems.add("D030", offset, path, &words);
    }

    /// A list that has fewer elements than it must have, or enough of which some are blank.
    #[cold]
    pub(super) fn too_short(&mut self, field: &'s Field, (count, filled): (usize, usize), offset: usize) {
        let (label, least) = (&field.label, field.min_items);
        let (code, now, in_all) = if count < least as usize {
            ("D032", format!("现在 {count} 项"), format!("and has {count}"))
        } else {
            ("D031", format!("填了的只有 {filled} 项"), format!("and only {filled} of its items say anything"))
        };
        let words = LocalizedText::new(
            format!("「{label}」至少要有 {least} 项,{now}"),
            format!("`{label}` must have at least {least} items {in_all}"),
        );
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
        let words = LocalizedText::new(
            "没有写明是谁的数据,不能作为提交收下:请先填标识",
            "it does not say whom it is about and cannot be accepted as a submission: fill in the identity first",
        );
        self.problems.add("D034", offset, pointer, &words);
    }

    /// Whether a file is no document of this pack at all, by the keys of its outermost object.
    pub(super) fn is_foreign(&self, known: usize) -> bool {
        let of_ours = self.document.envelope.is_some() || self.holds_forbidden;
        !of_ours && (known == 0 || self.strangers > STRANGERS * known)
    }
}

fn nobody(label: &str, shown: &str) -> LocalizedText {
    LocalizedText::new(
        format!(
            "「{label}」要写明是谁(姓名、岗位或单位),`{shown}` 看不出是谁(题目本身也不算);少见的姓名,后面写上岗位,如 扎西(民警)"
        ),
        format!(
            "`{label}` has to say who (a name, a post or a body), and `{shown}` does not (its own title does not, either); put the post behind a rare name, as in 扎西(民警)"
        ),
    )
}

fn unclear(label: &str, shown: &str) -> LocalizedText {
    LocalizedText::new(
        format!("「{label}」填的是 `{shown}`,看不出是没有,还是说了什么:没有就不填,有就写清楚"),
        format!(
            "`{label}` says `{shown}`, which may mean that there is nothing, or say something: leave it out if there is nothing, else say what"
        ),
    )
}

fn no_answer(label: &str, shown: &str) -> LocalizedText {
    LocalizedText::new(
        format!("「{label}」必填,`{shown}` 不算填写:请填实际内容"),
        format!("`{label}` is required, and `{shown}` is no answer: fill it in"),
    )
}

fn not_filled_in(field: &Field) -> LocalizedText {
    let by = field.notes.vouched.as_ref();
    let (zh_by, en_by) = (by.map(|by| format!(",由{by}填")), by.map(|by| format!("; {by} fills it in")));
    let none = match field.kind {
        Kind::List(_) if field.min_items == 0 => (";没有内容就留一张空表", "; for none, leave an empty list"),
        _ => ("", ""),
    };
    LocalizedText::new(
        format!("必填没有填:「{}」{}{}", field.label, zh_by.unwrap_or_default(), none.0),
        format!("required and not filled in: `{}`{}{}", field.name, en_by.unwrap_or_default(), none.1),
    )
}
