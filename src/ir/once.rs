//! Values that are the same wherever they stand in a document. An aggregate that names no element bound outside it is
//! worked out once, however many elements ask for it: in `每个 巡查 满足 日期 = 最晚(巡查.日期)` the latest date would
//! otherwise be looked for as often as there are patrols.

use super::expr::{Cond, CondKind, Due, FieldRef, List, ListKind, Scalar, ScalarKind};
use super::{Body, RuleSet};
use crate::limits;

/// Marks such aggregates with [`ScalarKind::Once`].
pub(crate) fn mark(rules: &mut RuleSet) {
    let mut marker = Marker { count: 0 };
    for rule in &mut rules.rules {
        let conds =
            rule.applies.iter_mut().chain(rule.requirements.iter_mut().map(|requirement| &mut requirement.cond));
        for cond in conds {
            marker.cond(cond, false);
        }
    }
    for body in &mut rules.definitions {
        match body {
            Body::Cond(cond) => marker.cond(cond, false),
            Body::Scalar(scalar) => marker.scalar(scalar, false),
            Body::List(list) => marker.list(list, false),
        };
    }
    rules.shared = marker.count;
}

const _: () = assert!(limits::BINDINGS <= 30, "a bit for each frame");

/// What an expression takes from around it, besides the document: bound elements, or a table's arguments.
#[derive(Clone, Copy, Default)]
struct Uses(u32);

impl Uses {
    const ARGUMENTS: Self = Self(1 << 31);

    fn frame(frame: u8) -> Self {
        // The document itself is bound to frame 0.
        if frame == 0 { Self(0) } else { Self(1 << frame.min(30)) }
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn without(self, frame: u8) -> Self {
        Self(self.0 & !Self::frame(frame).0)
    }
}

struct Marker {
    count: usize,
}

impl Marker {
    /// `repeated`: asked for once an element.
    fn cond(&mut self, cond: &mut Cond, repeated: bool) -> Uses {
        match &mut cond.kind {
            CondKind::Const(_) | CondKind::Definition(_) => Uses::default(),
            CondKind::HasField(field, _) => field_uses(field),
            CondKind::Value(scalar) | CondKind::HasValue(scalar) => self.scalar(scalar, repeated),
            CondKind::Not(inner) => self.cond(inner, repeated),
            CondKind::And(parts) | CondKind::Or(parts) => {
                parts.iter_mut().fold(Uses::default(), |uses, part| uses.and(self.cond(part, repeated)))
            }
            CondKind::If(test, yes, no) => {
                let uses = self.cond(test, repeated).and(self.cond(yes, repeated));
                no.as_mut().map_or(uses, |no| uses.and(self.cond(no, repeated)))
            }
            CondKind::Quantifier(_, list, frame, body) => {
                self.list(list, repeated).and(self.cond(body, true).without(*frame))
            }
            CondKind::Covers(have, want) => self.list(have, true).and(self.list(want, repeated)),
            CondKind::Deadline(deadline) => {
                let uses = self.scalar(&mut deadline.done, repeated);
                uses.and(match &mut deadline.due {
                    Due::Before(day) => self.scalar(day, repeated),
                    Due::Within { start, length, .. } => {
                        self.scalar(start, repeated).and(self.scalar(length, repeated))
                    }
                })
            }
            CondKind::Frequency(frequency) => {
                let uses = self.list(&mut frequency.dates, true);
                let uses = uses.and(self.scalar(&mut frequency.times, repeated));
                let uses = uses.and(self.scalar(&mut frequency.since, repeated));
                frequency.except.as_mut().map_or(uses, |except| uses.and(self.list(except, true)))
            }
            CondKind::Compare(_, left, right) | CondKind::TextContains(left, right) => {
                self.scalar(left, repeated).and(self.scalar(right, repeated))
            }
            CondKind::In(item, list) => self.scalar(item, repeated).and(self.list(list, repeated)),
            CondKind::Between(value, low, high) => {
                self.scalar(value, repeated).and(self.scalar(low, repeated)).and(self.scalar(high, repeated))
            }
        }
    }

    fn scalar(&mut self, scalar: &mut Scalar, repeated: bool) -> Uses {
        match &mut scalar.kind {
            ScalarKind::Const(_) | ScalarKind::Param(_) | ScalarKind::Definition(_) | ScalarKind::Today => {
                Uses::default()
            }
            ScalarKind::Field(field) => field_uses(field),
            ScalarKind::Bound(frame) => Uses::frame(*frame),
            ScalarKind::Argument(_) => Uses::ARGUMENTS,
            ScalarKind::Table(_, args) => {
                args.iter_mut().fold(Uses::default(), |uses, arg| uses.and(self.scalar(arg, repeated)))
            }
            ScalarKind::Arith(_, left, right)
            | ScalarKind::DurationArith(_, left, right)
            | ScalarKind::DaysBetween(left, right)
            | ScalarKind::Default(left, right)
            | ScalarKind::Shift(left, right, ..) => self.scalar(left, repeated).and(self.scalar(right, repeated)),
            ScalarKind::Neg(inner) | ScalarKind::Once(_, inner) => self.scalar(inner, repeated),
            ScalarKind::If(test, yes, no) => {
                self.cond(test, repeated).and(self.scalar(yes, repeated)).and(self.scalar(no, repeated))
            }
            ScalarKind::Cond(cond) => self.cond(cond, repeated),
            ScalarKind::Aggregate(_, list, share) => {
                let mut uses = self.list(list, repeated);
                if let Some((frame, cond)) = share {
                    uses = uses.and(self.cond(cond, true).without(*frame));
                }
                if repeated && uses.0 == 0 {
                    self.once(scalar);
                }
                uses
            }
        }
    }

    fn once(&mut self, scalar: &mut Scalar) {
        let kind = std::mem::replace(&mut scalar.kind, ScalarKind::Today);
        let inner = Scalar { kind, text: scalar.text.clone(), show: scalar.show.clone() };
        scalar.kind = ScalarKind::Once(self.count, Box::new(inner));
        self.count += 1;
    }

    fn list(&mut self, list: &mut List, repeated: bool) -> Uses {
        match &mut list.kind {
            ListKind::All(_) | ListKind::Param(_) | ListKind::Definition(_) => Uses::default(),
            ListKind::Field(field, ..) => field_uses(field),
            ListKind::Filter(inner, frame, cond) => {
                self.list(inner, repeated).and(self.cond(cond, true).without(*frame))
            }
            ListKind::Project(inner, frame, scalar) => {
                self.list(inner, repeated).and(self.scalar(scalar, true).without(*frame))
            }
            ListKind::Flatten(inner, frame, nested) => {
                self.list(inner, repeated).and(self.list(nested, true).without(*frame))
            }
            ListKind::Literal(parts) => {
                parts.iter_mut().fold(Uses::default(), |uses, part| uses.and(self.scalar(part, repeated)))
            }
            ListKind::Distinct(inner) => self.list(inner, true),
        }
    }
}

fn field_uses(field: &FieldRef) -> Uses {
    Uses::frame(field.frame)
}
