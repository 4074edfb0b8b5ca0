//! Fields of rows, with the records on the way to them.

use crate::evaluator::Evaluator;
use bulou_base::value::{Truth, Value};
use bulou_document::Slot;
use bulou_ir::expr::{FieldRef, Scalar, ScalarKind};

impl<'d> Evaluator<'d> {
    /// The row that `field` starts from, and its slot: `Absent` and `Malformed` already carry what the way says.
    #[inline(always)]
    pub fn reach(&mut self, field: &FieldRef) -> Reached<'d> {
        let start = self.frames.get(usize::from(field.frame)).unwrap_or(&Value::Unknown);
        self.reach_from(start, field)
    }

    #[inline(always)]
    fn reach_from(&self, start: &Value<'d>, field: &FieldRef) -> Reached<'d> {
        let Value::Row(row) = start else { return Reached::Unknown };
        for header in &field.headers {
            match self.document.slot_at(*row, header.slot) {
                Slot::Present => {}
                Slot::Absent if header.optional => return Reached::Absent,
                _ => return Reached::Unknown,
            }
        }
        Reached::Slot(self.document.slot_at(*row, field.slot))
    }

    #[inline(always)]
    pub fn field(&mut self, field: &FieldRef) -> Value<'d> {
        let reached = self.reach(field);
        self.found(field, reached)
    }

    /// A field of one element, which need not be bound.
    pub fn field_of(&self, element: &Value<'d>, field: &FieldRef) -> Value<'d> {
        self.found(field, self.reach_from(element, field))
    }

    #[inline(always)]
    fn found(&self, field: &FieldRef, reached: Reached<'d>) -> Value<'d> {
        let missing = if field.optional { Value::Absent } else { Value::Unknown };
        match reached {
            Reached::Absent => Value::Absent,
            Reached::Unknown => Value::Unknown,
            Reached::Slot(Slot::Absent) => missing,
            Reached::Slot(slot) => self.document.value(slot),
        }
    }

    /// Whether a field is there. One that has to be filled in and is not may yet be anything, so that its absence
    /// excuses nothing; but where a rule requires it to be there, it is not.
    pub fn has_field(&mut self, field: &FieldRef, required: bool) -> Truth {
        let missing = if field.optional || required { Truth::False } else { Truth::Unknown };
        match self.reach(field) {
            Reached::Absent => Truth::False,
            Reached::Slot(Slot::Absent) => missing,
            Reached::Unknown | Reached::Slot(Slot::Malformed | Slot::Astray(_)) => Truth::Unknown,
            Reached::Slot(Slot::List(_, 0)) => Truth::from(!field.optional),
            Reached::Slot(_) => Truth::True,
        }
    }
}

/// The field of the element bound to a frame that a value is.
pub(crate) fn element_field(scalar: &Scalar, frame: u8) -> Option<&FieldRef> {
    match &scalar.kind {
        ScalarKind::Field(field) if field.frame == frame => Some(field),
        _ => None,
    }
}

/// Where the way to a field ends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reached<'d> {
    /// An optional record on the way is absent.
    Absent,
    /// A required record on the way is missing or malformed.
    Unknown,
    /// The field's own slot.
    Slot(&'d Slot),
}
