//! What is the same wherever it stands in a document: an aggregate or a list that names no element bound outside it is
//! worked out once, however many elements ask for it. In `每个 巡查 满足 日期 = 最晚(巡查.日期)` the latest date would
//! otherwise be looked for as often as there are patrols.

use super::expr::{Cond, CondKind, FieldRef, List, ListKind, Scalar, ScalarKind};
use super::parts::{Asked, PartMut};
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
        match &cond.kind {
            CondKind::HasField(field, _) => field_uses(field),
            _ => self.parts(PartMut::Cond(cond), repeated),
        }
    }

    fn scalar(&mut self, scalar: &mut Scalar, repeated: bool) -> Uses {
        match &scalar.kind {
            ScalarKind::Field(field) => return field_uses(field),
            ScalarKind::Bound(frame) => return Uses::frame(*frame),
            ScalarKind::Argument(_) => return Uses::ARGUMENTS,
            _ => {}
        }
        let uses = self.parts(PartMut::Scalar(scalar), repeated);
        if let ScalarKind::Aggregate(_, list, _) = &mut scalar.kind
            && repeated
            && uses.0 == 0
        {
            plain(list);
            self.once(scalar);
        }
        uses
    }

    /// What all that stands within uses.
    fn parts(&mut self, whole: PartMut<'_>, repeated: bool) -> Uses {
        let mut all = Uses::default();
        whole.each_asked(&mut |part, asked| {
            let repeated = repeated || asked != Asked::Once;
            let uses = match part {
                PartMut::Cond(cond) => self.cond(cond, repeated),
                PartMut::Scalar(scalar) => self.scalar(scalar, repeated),
                PartMut::List(list) => self.list(list, repeated),
            };
            all = all.and(if let Asked::OfEach(frame) = asked { uses.without(frame) } else { uses });
        });
        all
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
            ListKind::Literal(_) => return self.parts(PartMut::List(list), repeated),
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
            _ => self.parts(PartMut::List(list), repeated),
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
