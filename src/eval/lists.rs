//! Lists, gone through an element at a time: what surely belongs, what may, and the parts of which nothing is known.

use std::rc::Rc;

use crate::evaluator::{Evaluator, compare};
use crate::fields::{Reached, element_field};
use crate::members::{Seen, person};
use bulou_base::order;
use bulou_base::value::{Row, Truth, Value};
use bulou_document::{Constant, Slot};
use bulou_ir::Body;
use bulou_ir::expr::{Cond, CondKind, FieldRef, List, ListKind, Scalar, ScalarKind};
use bulou_syntax::ast::CompareOp;

/// An element of a list: its value (`Unknown` when it cannot be read) and whether it surely belongs to the list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item<'d> {
    pub value: Value<'d>,
    pub sure: bool,
    /// Not one element but a part of the list that cannot be known: any number of them.
    pub part: bool,
}

impl<'d> Item<'d> {
    const PART: Self = Self { value: Value::Unknown, sure: false, part: true };

    fn sure(value: Value<'d>) -> Self {
        Self { value, sure: true, part: false }
    }
}

/// A list that is the same wherever it stands.
#[derive(Clone, Debug)]
pub(crate) enum MemoList<'d> {
    /// It was not asked for yet.
    Not,
    /// Remembering it would take more memory than asking again takes time.
    TooLong,
    Items(Rc<[Item<'d>]>),
}

/// So many elements are not remembered any more: a county's lists may hold every school.
const REMEMBERED: usize = 1000;

/// What a visitor of list elements wants next.
pub(crate) type Flow = std::ops::ControlFlow<()>;

type Visit<'v, 'd> = &'v mut dyn FnMut(&mut Evaluator<'d>, Item<'d>) -> Flow;

impl<'d> Evaluator<'d> {
    /// Shows every element of a list to `visit`, in order.
    pub fn each(&mut self, list: &'d List, visit: Visit<'_, 'd>) -> Flow {
        if !self.step() {
            return visit(self, Item::PART);
        }
        match &list.kind {
            ListKind::Field(field, table, scalar) => self.each_of_field(field, *table, *scalar, visit),
            ListKind::Filter(inner, frame, cond) => {
                let wanted = self.wanted(cond, *frame);
                self.each(inner, &mut |evaluator, item| {
                    if item.part {
                        return visit(evaluator, item);
                    }
                    let mut truth = match &wanted {
                        Some((op, field, wanted)) if evaluator.step() => {
                            compare(*op, evaluator.field_of(&item.value, field), *wanted)
                        }
                        _ => Truth::Unknown,
                    };
                    if truth == Truth::Unknown {
                        evaluator.bind(*frame, item.value);
                        truth = evaluator.truth(cond);
                    }
                    match truth {
                        Truth::False => Flow::Continue(()),
                        Truth::True => visit(evaluator, item),
                        _ => visit(evaluator, Item { sure: false, ..item }),
                    }
                })
            }
            ListKind::Project(inner, frame, scalar) => {
                let field = element_field(scalar, *frame);
                self.each(inner, &mut |evaluator, item| {
                    if item.part {
                        return visit(evaluator, item);
                    }
                    let value = match field {
                        Some(field) => evaluator.field_of(&item.value, field),
                        None => {
                            evaluator.bind(*frame, item.value);
                            evaluator.scalar(scalar)
                        }
                    };
                    visit(evaluator, Item { value, ..item })
                })
            }
            ListKind::Flatten(inner, frame, nested) => self.each(inner, &mut |evaluator, outer| {
                if outer.part {
                    return visit(evaluator, outer);
                }
                evaluator.bind(*frame, outer.value);
                evaluator.each(nested, &mut |evaluator, item| {
                    visit(evaluator, Item { sure: item.sure && outer.sure, ..item })
                })
            }),
            ListKind::Literal(parts) => {
                for part in parts {
                    let value = self.scalar(part);
                    visit(self, Item::sure(value))?;
                }
                Flow::Continue(())
            }
            ListKind::All(count) => {
                for index in 0..*count {
                    visit(self, Item::sure(Value::Option(index)))?;
                }
                Flow::Continue(())
            }
            ListKind::Distinct(inner) => self.each_distinct(inner, visit),
            ListKind::Hoisted(number, inner) => match self.memo_list(self.rules.definitions.len() + number, inner) {
                Some(items) => self.each_item(&items, visit),
                None => self.each(inner, visit),
            },
            ListKind::Optimized(_, inner) => self.each(inner, visit),
            ListKind::Param(index) => match self.params.get(*index) {
                Some(Constant::List(parts)) => {
                    for part in parts {
                        visit(self, Item::sure(part.value()))?;
                    }
                    Flow::Continue(())
                }
                _ => visit(self, Item::PART),
            },
            ListKind::Definition(index) => self.each_of_definition(*index, visit),
        }
    }

    /// A definition says the same wherever it is named, whatever is bound there.
    fn each_of_definition(&mut self, index: usize, visit: Visit<'_, 'd>) -> Flow {
        let Some(Body::List(body)) = self.rules.definitions.get(index) else { return visit(self, Item::PART) };
        if let Some(items) = self.memo_list(index, body) {
            return self.each_item(&items, visit);
        }
        let outside = (self.frames, self.args);
        let flow = self.each(body, &mut |evaluator, item| {
            let inside = (evaluator.frames, evaluator.args);
            (evaluator.frames, evaluator.args) = outside;
            let flow = visit(evaluator, item);
            (evaluator.frames, evaluator.args) = inside;
            flow
        });
        (self.frames, self.args) = outside;
        flow
    }

    /// What a filter wants of one field of each element, when its condition compares that with something else: worked
    /// out once, and no element need be bound.
    fn wanted(&mut self, cond: &'d Cond, frame: u8) -> Option<(CompareOp, &'d FieldRef, Value<'d>)> {
        let CondKind::Compare(op, left, right) = &cond.kind else { return None };
        let field = element_field(left, frame)?;
        apart(right, frame).then(|| (*op, field, self.scalar(right)))
    }

    /// The elements of a list that is the same wherever it stands, unless they are too many.
    fn memo_list(&mut self, number: usize, list: &'d List) -> Option<Rc<[Item<'d>]>> {
        if let Some(MemoList::Not) = self.lists.get(number) {
            let memo_list = self.remember(list);
            if !self.is_exhausted()
                && let Some(place) = self.lists.get_mut(number)
            {
                *place = memo_list;
            }
        }
        match self.lists.get(number) {
            Some(MemoList::Items(items)) => Some(Rc::clone(items)),
            _ => None,
        }
    }

    fn each_item(&mut self, items: &[Item<'d>], visit: Visit<'_, 'd>) -> Flow {
        for item in items {
            if !self.step() {
                return visit(self, Item::PART);
            }
            visit(self, *item)?;
        }
        Flow::Continue(())
    }

    fn remember(&mut self, list: &'d List) -> MemoList<'d> {
        let (outside, mut items) = ((self.frames, self.args), Vec::new());
        let flow = self.each(list, &mut |_, item| {
            items.push(item);
            if items.len() < REMEMBERED { Flow::Continue(()) } else { Flow::Break(()) }
        });
        (self.frames, self.args) = outside;
        if flow.is_break() { MemoList::TooLong } else { MemoList::Items(items.into()) }
    }

    fn each_of_field(&mut self, field: &FieldRef, table: u16, scalar: bool, visit: Visit<'_, 'd>) -> Flow {
        let (start, len) = match self.reach(field) {
            Reached::Slot(Slot::List(start, len)) => (*start, *len),
            Reached::Absent => return Flow::Continue(()),
            Reached::Slot(Slot::Absent) if field.optional => return Flow::Continue(()),
            _ => return visit(self, Item::PART),
        };
        for index in start..start.saturating_add(len) {
            if self.is_exhausted() {
                return visit(self, Item::PART);
            }
            let row = Row { table, index };
            let value = if scalar {
                match self.document.value(self.document.slot_at(row, 0)) {
                    Value::Absent => Value::Unknown,
                    value => value,
                }
            } else {
                Value::Row(row)
            };
            visit(self, Item { value, sure: !self.document.is_doubted(row), part: false })?;
        }
        Flow::Continue(())
    }

    /// Elements without those that stand earlier in the list; an element that equals only unsure ones stays unsure, and
    /// so does an unknown one that may be any other's double. What is unsure comes last, and before it persons of whom more is
    /// said than a name, so that what is surely another is told apart whatever the order.
    fn each_distinct(&mut self, list: &'d List, visit: Visit<'_, 'd>) -> Flow {
        let (mut seen, mut alone, mut later) = (Seen::default(), None, Vec::new());
        self.each(list, &mut |evaluator, item| {
            let person = person(item.value);
            let more = person.as_ref().filter(|person| !person.is_name());
            if more.is_some() || item.value.is_known() && !item.sure {
                let order = more.map(|person| (!person.is_plain(), person.letters().to_owned()));
                later.push(((!item.sure, order), item, person));
                return Flow::Continue(());
            }
            let double = match item.value.is_known() {
                true => seen.add_who(item.value, item.sure, person),
                false if *alone.get_or_insert_with(|| evaluator.has_one(list)) => Truth::False,
                false => Truth::Unknown,
            };
            evaluator.distinct(item, double, visit)
        })?;
        order::sort_by(&mut later, |(one, ..), (other, ..)| one.cmp(other));
        later.into_iter().try_for_each(|(_, item, person)| {
            let double = seen.add_who(item.value, item.sure, person);
            self.distinct(item, double, visit)
        })
    }

    /// An element of distinct ones, with whether it was met before.
    fn distinct(&mut self, item: Item<'d>, double: Truth, visit: Visit<'_, 'd>) -> Flow {
        match double {
            Truth::True => Flow::Continue(()),
            Truth::False => visit(self, item),
            _ => visit(self, Item { sure: false, ..item }),
        }
    }

    /// Whether a list has no second element.
    fn has_one(&mut self, list: &'d List) -> bool {
        let (frames, mut count) = (self.frames, 0);
        let _ = self.each(list, &mut |_, _| {
            count += 1;
            if count < 2 { Flow::Continue(()) } else { Flow::Break(()) }
        });
        self.frames = frames;
        count < 2
    }
}

/// Whether a value surely asks nothing of the element bound to a frame.
fn apart(scalar: &Scalar, frame: u8) -> bool {
    match &scalar.kind {
        ScalarKind::Const(_)
        | ScalarKind::Param(_)
        | ScalarKind::Argument(_)
        | ScalarKind::Definition(_)
        | ScalarKind::Hoisted(..)
        | ScalarKind::Today => true,
        ScalarKind::Bound(other) => *other != frame,
        ScalarKind::Field(other) => other.frame != frame,
        ScalarKind::Default(left, right)
        | ScalarKind::Arith(_, left, right)
        | ScalarKind::DaysBetween(left, right)
        | ScalarKind::Shift(left, right, ..) => apart(left, frame) && apart(right, frame),
        _ => false,
    }
}
