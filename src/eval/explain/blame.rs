//! Where the values stand that decided something, and which of them are missing or wrong.

use super::Explainer;
use crate::data::shape::{Field, Kind};
use crate::data::{Clock, Slot, field_label, pointer};
use crate::date::Date;
use crate::eval::fields::Reached;
use crate::eval::lists::Flow;
use crate::eval::machine::Machine;
use crate::ir::Body;
use crate::ir::expr::{FieldRef, List, ListKind, Scalar, ScalarKind};
use crate::value::{Row, Truth, Value};

impl<'d> Explainer<'_, 'd> {
    /// Names the fields because of which a value is unknown.
    pub(super) fn blame_unknown(&mut self, scalar: &'d Scalar) {
        let (before, mut blamed) = (self.notes.len(), false);
        let mut fields = Vec::new();
        let mut lists = Vec::new();
        inputs(scalar, &mut fields, &mut lists);
        for field in fields {
            if self.machine.field(field).is_unknown() {
                blamed = true;
                self.blame(field);
            }
        }
        for list in lists {
            self.decide_list(list);
        }
        if let ScalarKind::Definition(index) = &scalar.kind {
            let rules = self.machine.rules;
            if let Some(Body::Scalar(body)) = rules.definitions.get(*index) {
                let saved = self.machine.frames;
                self.blame_unknown(body);
                self.machine.frames = saved;
            }
        }
        if !blamed && self.notes.len() == before {
            self.notes.push(format!("{} 算不出来", scalar.text));
        }
    }

    /// Notes a field's path; when it is missing or wrong, says so.
    pub(super) fn blame(&mut self, field: &FieldRef) {
        let Value::Row(row) = self.machine.bound(field.frame) else { return };
        let missing = field.headers.iter().find(|header| self.machine.document.slot(row, header.slot) != Slot::Present);
        let slot = missing.map_or(field.slot, |header| header.slot);
        self.path(row, slot);
        let shape = &self.machine.rules.shape;
        let field = field_label(shape, row.table, slot);
        let label = field.map(|field| field.label.as_str()).unwrap_or_default();
        let vouched = field.and_then(|field| field.notes.vouched.as_ref());
        let by = vouched.map(|by| format!(",由{by}填")).unwrap_or_default();
        let path = pointer(self.machine.document, shape, row, slot);
        let what = match self.machine.document.slot(row, slot) {
            Slot::Malformed => format!("{label} 填得不对"),
            Slot::Astray(date) => self.astray(field, date),
            _ => format!("没有填 {label}"),
        };
        let note = format!("{what}({path}{by})");
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Why a date cannot be believed.
    fn astray(&self, field: Option<&Field>, date: Date) -> String {
        let label = field.map(|field| field.label.as_str()).unwrap_or_default();
        let clock = Clock { today: self.machine.today, params: self.machine.params };
        let astray = match field.map(|field| &field.kind) {
            Some(Kind::Date(when)) => when.astray(date, clock),
            _ => None,
        };
        match (astray, field) {
            (Some(astray), Some(field)) if !field.sensitive => format!("{label} 填的 {date} {}", astray.because()),
            _ => format!("{label} 填得不对"),
        }
    }

    pub(super) fn path(&mut self, row: Row, slot: u32) {
        let path = pointer(self.machine.document, &self.machine.rules.shape, row, slot);
        if !self.paths.contains(&path) {
            self.paths.push(path);
        }
    }

    pub(super) fn scalar_paths(&mut self, scalar: &'d Scalar) {
        let (mut fields, mut lists) = (Vec::new(), Vec::new());
        inputs(scalar, &mut fields, &mut lists);
        for field in fields {
            self.field_path(field);
        }
        for list in lists {
            self.list_path(list);
        }
    }

    pub(super) fn field_path(&mut self, field: &FieldRef) {
        if let Value::Row(row) = self.machine.bound(field.frame) {
            let missing =
                field.headers.iter().find(|header| self.machine.document.slot(row, header.slot) != Slot::Present);
            self.path(row, missing.map_or(field.slot, |header| header.slot));
        }
    }

    pub(super) fn list_path(&mut self, list: &'d List) {
        match &list.kind {
            ListKind::Field(field, ..) => self.field_path(field),
            ListKind::Filter(inner, ..) | ListKind::Project(inner, ..) | ListKind::Flatten(inner, ..) => {
                self.list_path(inner);
            }
            ListKind::Distinct(inner) | ListKind::Once(_, inner) | ListKind::Faster(inner, _) => self.list_path(inner),
            ListKind::Definition(index) => {
                let rules = self.machine.rules;
                if let Some(Body::List(body)) = rules.definitions.get(*index) {
                    let saved = self.machine.frames;
                    self.list_path(body);
                    self.machine.frames = saved;
                }
            }
            ListKind::Literal(_) | ListKind::All(_) | ListKind::Param(_) => {}
        }
    }

    /// Names what of a list is unknown: the list itself, a filter's answer for an element, an element's value.
    pub(super) fn decide_list(&mut self, list: &'d List) {
        match &list.kind {
            ListKind::Field(field, ..) => match self.machine.reach(field) {
                Reached::Slot(Slot::List(..)) => {}
                Reached::Slot(Slot::Absent) if field.optional => {}
                Reached::Absent => {}
                _ => self.blame(field),
            },
            ListKind::Filter(inner, frame, cond) => {
                self.decide_list(inner);
                let unknown = self.unknown_items(inner, *frame, |machine| machine.truth(cond) == Truth::Unknown);
                for value in unknown {
                    self.machine.bind(*frame, value);
                    self.decide(cond, Truth::Unknown);
                }
            }
            ListKind::Project(inner, frame, scalar) => {
                self.decide_list(inner);
                let unknown = self.unknown_items(inner, *frame, |machine| machine.scalar(scalar).is_unknown());
                for value in unknown {
                    self.machine.bind(*frame, value);
                    self.blame_unknown(scalar);
                }
            }
            ListKind::Flatten(inner, frame, nested) => {
                self.decide_list(inner);
                for value in self.unknown_items(inner, *frame, |_| true) {
                    self.machine.bind(*frame, value);
                    self.decide_list(nested);
                }
            }
            ListKind::Distinct(inner) | ListKind::Once(_, inner) | ListKind::Faster(inner, _) => {
                self.decide_list(inner);
            }
            ListKind::Definition(index) => {
                let rules = self.machine.rules;
                if let Some(Body::List(body)) = rules.definitions.get(*index) {
                    let saved = self.machine.frames;
                    self.decide_list(body);
                    self.machine.frames = saved;
                }
            }
            ListKind::Literal(_) | ListKind::All(_) | ListKind::Param(_) => {}
        }
    }

    pub(super) fn unknown_items(
        &mut self,
        list: &'d List,
        frame: u8,
        unknown: impl Fn(&mut Machine<'d>) -> bool,
    ) -> Vec<Value<'d>> {
        let mut found = Vec::new();
        let _ = self.machine.each(list, &mut |machine, item| {
            if item.value.is_known() {
                machine.bind(frame, item.value);
                if unknown(machine) {
                    found.push(item.value);
                }
            }
            if found.len() < 20 { Flow::Continue(()) } else { Flow::Break(()) }
        });
        found
    }
}

/// The fields and lists that a value is made of.
fn inputs<'d>(scalar: &'d Scalar, fields: &mut Vec<&'d FieldRef>, lists: &mut Vec<&'d List>) {
    match &scalar.kind {
        ScalarKind::Field(field) => fields.push(field),
        ScalarKind::Table(_, args) => args.iter().for_each(|arg| inputs(arg, fields, lists)),
        ScalarKind::Arith(_, a, b) | ScalarKind::DurationArith(_, a, b) | ScalarKind::DaysBetween(a, b) => {
            inputs(a, fields, lists);
            inputs(b, fields, lists);
        }
        ScalarKind::Shift(a, b, ..) | ScalarKind::Default(a, b) | ScalarKind::If(_, a, b) => {
            inputs(a, fields, lists);
            inputs(b, fields, lists);
        }
        ScalarKind::Neg(inner) | ScalarKind::Once(_, inner) => inputs(inner, fields, lists),
        ScalarKind::Aggregate(_, list, _) => lists.push(list),
        ScalarKind::Const(_)
        | ScalarKind::Param(_)
        | ScalarKind::Bound(_)
        | ScalarKind::Argument(_)
        | ScalarKind::Definition(_)
        | ScalarKind::Cond(_)
        | ScalarKind::Today => {}
    }
}
