//! What is the same wherever it stands in a document: an aggregate or a list that names no element bound outside it is
//! worked out once, however many elements ask for it. In `每个 巡查 满足 日期 = 最晚(巡查.日期)` the latest date would
//! otherwise be looked for as often as there are patrols.

use super::expr::{Cond, CondKind, Due, FieldRef, List, ListKind, Scalar, ScalarKind};
use super::{Body, RuleSet};
use bulou_base::limits;

/// Marks such aggregates with [`ScalarKind::Hoisted`], such lists with [`ListKind::Hoisted`].
pub fn mark(rules: &mut RuleSet) {
    let mut marker = Marker { values: 0, lists: 0 };
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
    (rules.shared, rules.shared_lists) = (marker.values, marker.lists);
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
    values: usize,
    lists: usize,
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
                uses.and(self.due(&mut deadline.due, repeated))
            }
            CondKind::By(by) => self.due(&mut by.due, repeated).and(self.cond(&mut by.cond, repeated)),
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

    fn due(&mut self, due: &mut Due, repeated: bool) -> Uses {
        match due {
            Due::Before(day) => self.scalar(day, repeated),
            Due::Within { start, length, .. } => self.scalar(start, repeated).and(self.scalar(length, repeated)),
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
            ScalarKind::Neg(inner) | ScalarKind::Hoisted(_, inner) => self.scalar(inner, repeated),
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
                    plain(list);
                    self.once(scalar);
                }
                uses
            }
        }
    }

    fn once(&mut self, scalar: &mut Scalar) {
        let kind = std::mem::replace(&mut scalar.kind, ScalarKind::Today);
        let inner = Scalar { kind, text: scalar.text.clone(), show: scalar.show.clone() };
        scalar.kind = ScalarKind::Hoisted(self.values, Box::new(inner));
        self.values += 1;
    }

    fn list(&mut self, list: &mut List, repeated: bool) -> Uses {
        let uses = match &mut list.kind {
            ListKind::All(_) | ListKind::Param(_) | ListKind::Definition(_) => return Uses::default(),
            ListKind::Field(field, ..) => return field_uses(field),
            ListKind::Literal(parts) => {
                return parts.iter_mut().fold(Uses::default(), |uses, part| uses.and(self.scalar(part, repeated)));
            }
            ListKind::Filter(inner, frame, cond) => {
                let (own, of_list) = (*frame, self.list(inner, repeated));
                let (of_cond, settled) = self.filter(cond, own);
                let uses = of_list.and(of_cond.without(own));
                if repeated && uses.0 != 0 && of_list.0 == 0 {
                    self.settle(list, &settled);
                    return uses;
                }
                uses
            }
            ListKind::Project(inner, frame, scalar) => {
                self.list(inner, repeated).and(self.scalar(scalar, true).without(*frame))
            }
            ListKind::Flatten(inner, frame, nested) => {
                self.list(inner, repeated).and(self.list(nested, true).without(*frame))
            }
            ListKind::Distinct(inner) => self.list(inner, true),
            ListKind::Hoisted(_, inner) | ListKind::Optimized(_, inner) => self.list(inner, repeated),
        };
        if repeated && uses.0 == 0 {
            self.remember(list);
        }
        uses
    }

    /// What a filter's condition uses, and whether each of its parts, if it has some, is settled by the element alone.
    fn filter(&mut self, cond: &mut Cond, own: u8) -> (Uses, Vec<bool>) {
        let CondKind::And(parts) = &mut cond.kind else { return (self.cond(cond, true), Vec::new()) };
        let uses: Vec<Uses> = parts.iter_mut().map(|part| self.cond(part, true)).collect();
        let all = uses.iter().copied().fold(Uses::default(), Uses::and);
        (all, uses.into_iter().map(|uses| uses.without(own).0 == 0).collect())
    }

    /// Asks what the element alone settles once, and only the rest each time: `L[a 且 b]` is `L[a][b]`.
    fn settle(&mut self, list: &mut List, settled: &[bool]) {
        let ListKind::Filter(inner, frame, cond) = &list.kind else { return };
        let CondKind::And(parts) = &cond.kind else { return };
        let some = |wanted: bool| {
            let parts = parts.iter().zip(settled).filter(|(_, settled)| **settled == wanted);
            let mut parts: Vec<Cond> = parts.map(|(part, _)| part.clone()).collect();
            let one = if parts.len() == 1 { parts.pop() } else { None };
            Box::new(one.unwrap_or_else(|| Cond { kind: CondKind::And(parts), ..(**cond).clone() }))
        };
        if !settled.contains(&true) || !settled.contains(&false) {
            return;
        }
        let of = |inner: &List, cond: Box<Cond>| {
            let kind = ListKind::Filter(Box::new(inner.clone()), *frame, cond);
            List { kind, text: list.text.clone(), show: list.show.clone() }
        };
        let mut first = of(inner, some(true));
        self.remember(&mut first);
        let second = of(&first, some(false));
        list.kind = ListKind::Optimized(Box::new(list.clone()), Box::new(second));
    }

    fn remember(&mut self, list: &mut List) {
        if let ListKind::Filter(inner, ..)
        | ListKind::Project(inner, ..)
        | ListKind::Flatten(inner, ..)
        | ListKind::Distinct(inner) = &mut list.kind
        {
            plain(inner);
        }
        let kind = std::mem::replace(&mut list.kind, ListKind::All(0));
        let inner = List { kind, text: list.text.clone(), show: list.show.clone() };
        list.kind = ListKind::Hoisted(self.lists, Box::new(inner));
        self.lists += 1;
    }
}

/// What stands in a list that is remembered is asked only once, and need not be remembered itself.
fn plain(list: &mut List) {
    if let ListKind::Hoisted(_, inner) = &mut list.kind {
        let placeholder = List { kind: ListKind::All(0), text: inner.text.clone(), show: inner.show.clone() };
        *list = std::mem::replace(inner, placeholder);
    }
}

fn field_uses(field: &FieldRef) -> Uses {
    Uses::frame(field.frame)
}
