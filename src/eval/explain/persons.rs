//! Persons of whom it cannot be told whether they are one.

use super::Explainer;
use crate::alike::may_be_alike;
use crate::lists::Flow;
use bulou_base::value::Value;
use bulou_ir::expr::List;
use bulou_messages::texts;

/// So many elements of a list are looked at.
const LOOKED_AT: usize = 200;

impl<'d> Explainer<'_, 'd> {
    /// Says so of two values.
    pub(super) fn blame_person(&mut self, one: Value<'d>, other: Value<'d>) {
        if let (Value::Text(one), Value::Text(other)) = (one, other)
            && one != other
            && may_be_alike(one, other)
        {
            self.note(texts::may_be_one_person(&one.written, &other.written).reason(self.lang()));
        }
    }

    /// Says so of a value and the elements of a list.
    pub(super) fn blame_persons(&mut self, value: Value<'d>, list: &'d List) {
        for other in self.values(list) {
            self.blame_person(value, other);
        }
    }

    /// The first elements of a list.
    pub(super) fn values(&mut self, list: &'d List) -> Vec<Value<'d>> {
        let mut values = Vec::new();
        let _ = self.evaluator.each(list, &mut |_, item| {
            values.push(item.value);
            if values.len() < LOOKED_AT { Flow::Continue(()) } else { Flow::Break(()) }
        });
        values
    }
}
