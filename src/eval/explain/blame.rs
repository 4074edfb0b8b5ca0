//! Where the values stand that decided something, and which of them are missing or wrong.

use super::Explainer;
use crate::evaluator::Evaluator;
use crate::fields::Reached;
use crate::lists::Flow;
use bulou_base::date::Date;
use bulou_base::value::{Row, Truth, Value};
use bulou_document::shape::Field;
use bulou_document::{Clock, Doubt, Slot, field_label, pointer, pointer_of_row};
use bulou_ir::expr::{Cond, FieldRef, List, ListKind, Scalar, ScalarKind};
use bulou_ir::is_answer;
use bulou_ir::parts::Part;
use bulou_ir::{Body, RuleSet};
use bulou_messages::sentence::Reason;
use bulou_messages::texts;

/// So many elements of a list are named.
const NAMED: usize = 20;

impl<'d> Explainer<'_, 'd> {
    /// Names that because of which a value is unknown.
    pub(super) fn blame_unknown(&mut self, scalar: &'d Scalar) {
        if !self.blamed(scalar) {
            let words = self.value_words(scalar);
            self.note(texts::cannot_be_computed(&words).reason(self.lang()));
        }
    }

    /// Names it in the parts of a value; false where all of them are known.
    fn blamed(&mut self, scalar: &'d Scalar) -> bool {
        let parts: Vec<&'d Scalar> = match &scalar.kind {
            ScalarKind::Field(field) => {
                let unknown = self.evaluator.field(field).is_unknown();
                if unknown {
                    self.blame(field);
                }
                return unknown;
            }
            ScalarKind::Definition(index) => return self.blamed_definition(*index),
            ScalarKind::Hoisted(_, inner) => return self.blamed(inner),
            ScalarKind::If(test, yes, no) => match self.evaluator.truth(test) {
                Truth::True => vec![yes],
                Truth::False => vec![no],
                tested => {
                    self.decide(test, tested);
                    return true;
                }
            },
            ScalarKind::Cond(cond) => {
                self.decide(cond, Truth::Unknown);
                return true;
            }
            ScalarKind::Aggregate(_, list, share) => {
                self.decide_list(list);
                if let Some((frame, cond)) = share {
                    self.decide_items(list, *frame, cond);
                }
                // What is known of each and yet cannot be added up names nothing.
                return self.unsure(list, share.as_ref());
            }
            _ => Part::Scalar(scalar).scalars(),
        };
        self.blamed_parts(&parts)
    }

    fn blamed_parts(&mut self, parts: &[&'d Scalar]) -> bool {
        let mut blamed = false;
        for part in parts {
            if self.evaluator.scalar(part).is_unknown() {
                self.blame_unknown(part);
                blamed = true;
            }
        }
        blamed
    }

    fn blamed_definition(&mut self, index: usize) -> bool {
        let saved = self.evaluator.frames;
        let blamed = match self.evaluator.rules.definitions.get(index) {
            Some(Body::Scalar(body)) => self.blamed(body),
            Some(Body::Cond(body)) => {
                self.decide(body, Truth::Unknown);
                true
            }
            Some(Body::List(_)) | None => false,
        };
        self.evaluator.frames = saved;
        blamed
    }

    /// Whether a list has an element of which something is not known.
    fn unsure(&mut self, list: &'d List, share: Option<&'d (u8, Box<Cond>)>) -> bool {
        let (mut unsure, mut blank) = (false, None);
        let _ = self.evaluator.each(list, &mut |evaluator, item| {
            unsure |= !item.sure || item.value.is_unknown();
            if let Some((frame, cond)) = share {
                unsure |= evaluator.of_item(item, *frame, cond, true, &mut blank) == Truth::Unknown;
            }
            if unsure { Flow::Break(()) } else { Flow::Continue(()) }
        });
        unsure
    }

    /// Names why a condition is unknown of elements.
    fn decide_items(&mut self, list: &'d List, frame: u8, cond: &'d Cond) {
        let unknown = self.unknown_items(list, frame, |evaluator| evaluator.truth(cond) == Truth::Unknown);
        for value in unknown {
            self.evaluator.bind(frame, value);
            self.decide(cond, Truth::Unknown);
        }
    }

    pub(super) fn note(&mut self, note: Reason) {
        if self.notes.iter().all(|known| known.text != note.text) {
            self.notes.push(note);
        }
    }

    /// Notes a field's path; when it is missing or wrong, says so.
    pub(super) fn blame(&mut self, field: &FieldRef) {
        let Value::Row(row) = self.evaluator.bound(field.frame) else { return };
        let missing =
            field.headers.iter().find(|header| self.evaluator.document.slot(row, header.slot) != Slot::Present);
        let slot = missing.map_or(field.slot, |header| header.slot);
        let shape = &self.evaluator.rules.shape;
        let field = field_label(shape, row.table, slot);
        if field.is_some_and(|field| is_answer(&field.name)) {
            // What was asked of the school when its document was read has no place in the county's.
            let school = self.item(row);
            self.note(texts::school_answer_unknown(&school).reason(self.lang()));
            return;
        }
        self.path(row, slot);
        let label = field.map(|field| field.label.as_str()).unwrap_or_default();
        let vouched = field.and_then(|field| field.notes.vouched.as_ref());
        let by = vouched.map(|by| texts::fill(&by).get(self.lang())).unwrap_or_default();
        // Outside lists the label alone tells it from others.
        let item = if row.table == 0 { String::new() } else { self.item(row) };
        let what = match self.evaluator.document.slot(row, slot) {
            Slot::Malformed => self.misfilled(label),
            Slot::Astray(date) => self.astray(field, date),
            _ => texts::not_filled_in(&label).reason(self.lang()),
        };
        let words = match item.as_str() {
            "" => what.text.clone(),
            item => texts::item_and_what(&item, &what.text).get(self.lang()),
        };
        self.note(what.within(words + &by, [("item", item)]));
    }

    /// Names the values of a list that are missing or wrong.
    fn blame_values(&mut self, field: &FieldRef, table: u16, (start, len): (u32, u32)) {
        let Value::Row(list) = self.evaluator.bound(field.frame) else { return };
        let (shape, document) = (&self.evaluator.rules.shape, self.evaluator.document);
        let label = field_label(shape, list.table, field.slot).map(|field| field.label.as_str()).unwrap_or_default();
        let unread = |row: &Row| !document.value(document.slot_at(*row, 0)).is_known();
        let rows = (start..start.saturating_add(len)).map(|index| Row { table, index });
        for row in rows.filter(unread).take(NAMED) {
            self.path(row, 0);
            let number = row.index.saturating_sub(start) + 1;
            let missing = document.slot(row, 0) == Slot::Absent;
            let what = if missing { texts::item_not_filled() } else { texts::item_not_filled_properly() };
            self.note(texts::list_item_unread(&label, &number, &what).reason(self.lang()));
        }
    }

    /// Names the elements of a list that may be none.
    fn blame_doubted(&mut self, table: u16, (start, len): (u32, u32)) {
        let (document, shape) = (self.evaluator.document, &self.evaluator.rules.shape);
        let rows = (start..start.saturating_add(len)).map(|index| Row { table, index });
        let doubted = rows.filter_map(|row| Some((row, document.doubted.get(&row)?)));
        for (row, doubt) in doubted.take(NAMED) {
            self.point(pointer_of_row(document, shape, row, None));
            let item = self.item(row);
            self.note(match doubt {
                Doubt::Same => texts::may_be_the_same_item(&item).reason(self.lang()),
                Doubt::Sum => texts::looks_like_a_sum(&item).reason(self.lang()),
            });
        }
    }

    /// Why a date cannot be believed.
    fn astray(&self, field: Option<&Field>, date: Date) -> Reason {
        let label = field.map(|field| field.label.as_str()).unwrap_or_default();
        let clock = Clock { today: self.evaluator.today, params: self.evaluator.params };
        let astray = field.and_then(|field| field.kind.when()?.astray(date, clock));
        match (astray, field) {
            (Some(astray), Some(field)) if !field.sensitive => {
                let (lang, why) = (self.lang(), astray.because(self.lang()));
                texts::date_not_believed(&label, &date, &why).reason(lang)
            }
            _ => self.misfilled(label),
        }
    }

    fn misfilled(&self, label: &str) -> Reason {
        texts::filled_in_badly(&label).reason(self.lang())
    }

    pub(super) fn path(&mut self, row: Row, slot: u32) {
        let field = field_label(&self.evaluator.rules.shape, row.table, slot);
        if field.is_some_and(|field| is_answer(&field.name)) {
            return;
        }
        self.point(pointer(self.evaluator.document, &self.evaluator.rules.shape, row, slot));
    }

    /// Adds a path, once.
    fn point(&mut self, path: String) {
        if !self.paths.contains(&path) {
            self.paths.push(path);
        }
    }

    pub(super) fn scalar_paths(&mut self, scalar: &'d Scalar) {
        let (mut fields, mut lists) = (Vec::new(), Vec::new());
        inputs(self.evaluator.rules, scalar, &mut fields, &mut lists);
        for field in fields {
            self.field_path(field);
        }
        for list in lists {
            self.list_path(list);
        }
    }

    pub(super) fn field_path(&mut self, field: &FieldRef) {
        if let Value::Row(row) = self.evaluator.bound(field.frame) {
            let missing =
                field.headers.iter().find(|header| self.evaluator.document.slot(row, header.slot) != Slot::Present);
            self.path(row, missing.map_or(field.slot, |header| header.slot));
        }
    }

    pub(super) fn list_path(&mut self, list: &'d List) {
        match &list.kind {
            ListKind::Field(field, ..) => self.field_path(field),
            ListKind::Filter(inner, ..) | ListKind::Project(inner, ..) | ListKind::Flatten(inner, ..) => {
                self.list_path(inner);
            }
            ListKind::Distinct(inner) | ListKind::Hoisted(_, inner) | ListKind::Optimized(inner, _) => {
                self.list_path(inner)
            }
            ListKind::Definition(index) => {
                let rules = self.evaluator.rules;
                if let Some(Body::List(body)) = rules.definitions.get(*index) {
                    let saved = self.evaluator.frames;
                    self.list_path(body);
                    self.evaluator.frames = saved;
                }
            }
            ListKind::Literal(_) | ListKind::All(_) | ListKind::Param(_) => {}
        }
    }

    /// Names what of a list is unknown: the list itself, a filter's answer for an element, an element's value.
    pub(super) fn decide_list(&mut self, list: &'d List) {
        match &list.kind {
            ListKind::Field(field, table, scalars) => match self.evaluator.reach(field) {
                Reached::Slot(Slot::List(start, len)) if *scalars => self.blame_values(field, *table, (*start, *len)),
                Reached::Slot(Slot::List(start, len)) => self.blame_doubted(*table, (*start, *len)),
                Reached::Slot(Slot::Absent) if field.optional => {}
                Reached::Absent => {}
                _ => self.blame(field),
            },
            ListKind::Filter(inner, frame, cond) => {
                self.decide_list(inner);
                self.decide_items(inner, *frame, cond);
            }
            ListKind::Project(inner, frame, scalar) => {
                self.decide_list(inner);
                let unknown = self.unknown_items(inner, *frame, |evaluator| evaluator.scalar(scalar).is_unknown());
                for value in unknown {
                    self.evaluator.bind(*frame, value);
                    self.blame_unknown(scalar);
                }
            }
            ListKind::Flatten(inner, frame, nested) => {
                self.decide_list(inner);
                for value in self.unknown_items(inner, *frame, |_| true) {
                    self.evaluator.bind(*frame, value);
                    self.decide_list(nested);
                }
            }
            ListKind::Distinct(inner) | ListKind::Hoisted(_, inner) | ListKind::Optimized(inner, _) => {
                self.decide_list(inner);
            }
            ListKind::Definition(index) => {
                let rules = self.evaluator.rules;
                if let Some(Body::List(body)) = rules.definitions.get(*index) {
                    let saved = self.evaluator.frames;
                    self.decide_list(body);
                    self.evaluator.frames = saved;
                }
            }
            ListKind::Literal(parts) => {
                self.blamed_parts(&parts.iter().collect::<Vec<_>>());
            }
            ListKind::All(_) | ListKind::Param(_) => {}
        }
    }

    fn unknown_items(
        &mut self,
        list: &'d List,
        frame: u8,
        unknown: impl Fn(&mut Evaluator<'d>) -> bool,
    ) -> Vec<Value<'d>> {
        let mut found = Vec::new();
        let _ = self.evaluator.each(list, &mut |evaluator, item| {
            if item.value.is_known() {
                evaluator.bind(frame, item.value);
                if unknown(evaluator) {
                    found.push(item.value);
                }
            }
            if found.len() < NAMED { Flow::Continue(()) } else { Flow::Break(()) }
        });
        found
    }
}

/// The fields and lists that a value is made of.
fn inputs<'d>(rules: &'d RuleSet, scalar: &'d Scalar, fields: &mut Vec<&'d FieldRef>, lists: &mut Vec<&'d List>) {
    match &scalar.kind {
        ScalarKind::Field(field) => fields.push(field),
        ScalarKind::Aggregate(_, list, _) => lists.push(list),
        // The document is bound within a definition as it is here.
        ScalarKind::Definition(index) => {
            if let Some(Body::Scalar(body)) = rules.definitions.get(*index) {
                inputs(rules, body, fields, lists);
            }
        }
        _ => Part::Scalar(scalar).scalars().into_iter().for_each(|part| inputs(rules, part, fields, lists)),
    }
}
