//! The evaluator: compiled expressions over a document's slots. It allocates nothing; why something does not pass is
//! found afterwards by [`super::explain`], which asks the same evaluator about the parts.

use crate::date::Date;

use crate::data::{Document, Slot};
use crate::eval::members::Members;
use crate::ir::expr::{Cond, CondKind, FieldRef, List, ListKind};
use crate::ir::{Body, Constant, RuleSet};
use crate::limits;
use crate::syntax::ast::{CompareOp, Quantifier};
use crate::value::{Row, Truth, Value};

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

/// What a visitor of list elements wants next.
pub(crate) type Flow = std::ops::ControlFlow<()>;

type Visit<'v, 'd> = &'v mut dyn FnMut(&mut Machine<'d>, Item<'d>) -> Flow;

/// How many arguments a decision table may take.
pub(crate) const ARGUMENTS: usize = 8;

/// One check's state.
#[derive(Clone, Debug)]
pub(crate) struct Machine<'d> {
    pub rules: &'d RuleSet,
    pub document: &'d Document,
    pub params: &'d [Constant],
    pub today: Date,
    pub frames: [Value<'d>; limits::BINDINGS],
    pub args: [Value<'d>; ARGUMENTS],
    pub steps: u64,
    /// What is the same wherever it stands: definitions, then [`ScalarKind::Once`](crate::ir::expr::ScalarKind::Once).
    pub known: Vec<Known<'d>>,
}

/// An answer that was worked out before.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Known<'d> {
    /// It was not, or is a list.
    Not,
    Truth(Truth),
    Value(Value<'d>),
}

impl<'d> Machine<'d> {
    pub fn new(rules: &'d RuleSet, document: &'d Document, params: &'d [Constant], today: Date) -> Self {
        let mut frames = [Value::Unknown; limits::BINDINGS];
        frames[0] = Value::Row(Row { table: 0, index: 0 });
        let known = vec![Known::Not; rules.definitions.len() + rules.shared];
        Self { rules, document, params, today, frames, args: [Value::Unknown; ARGUMENTS], steps: limits::STEPS, known }
    }

    /// Counts a step; false when the budget is used up, and then everything is unknown.
    #[inline(always)]
    pub fn step(&mut self) -> bool {
        self.steps = self.steps.saturating_sub(1);
        self.steps > 0
    }

    pub fn bind(&mut self, frame: u8, value: Value<'d>) {
        if let Some(place) = self.frames.get_mut(usize::from(frame)) {
            *place = value;
        }
    }

    #[inline(always)]
    pub fn bound(&self, frame: u8) -> Value<'d> {
        self.frames.get(usize::from(frame)).copied().unwrap_or(Value::Unknown)
    }

    /// What a condition or requirement says.
    pub fn truth(&mut self, cond: &'d Cond) -> Truth {
        if !self.step() {
            return Truth::Unknown;
        }
        match &cond.kind {
            CondKind::Const(value) => Truth::from(*value),
            CondKind::Value(scalar) => truth_of(self.scalar(scalar)),
            CondKind::HasField(field, list) => self.has_field(field, *list),
            CondKind::HasValue(scalar) => match self.scalar(scalar) {
                Value::Absent => Truth::False,
                Value::Unknown => Truth::Unknown,
                Value::Text(text) => Truth::from(!is_blank(text)),
                _ => Truth::True,
            },
            CondKind::Not(inner) => !self.truth(inner),
            CondKind::And(parts) => self.all(parts),
            CondKind::Or(parts) => self.any(parts),
            CondKind::If(test, yes, no) => self.branch(test, yes, no.as_deref()),
            CondKind::Quantifier(quantifier, list, frame, body) => self.quantify(*quantifier, list, *frame, body),
            CondKind::Covers(have, want) => self.covers(have, want),
            CondKind::Deadline(deadline) => self.deadline(deadline).truth,
            CondKind::Frequency(frequency) => self.frequency(frequency),
            CondKind::Compare(op, left, right) => {
                let (left, right) = (self.scalar(left), self.scalar(right));
                compare(*op, left, right)
            }
            CondKind::In(item, list) => {
                let item = self.scalar(item);
                self.contains(list, item)
            }
            CondKind::Between(value, low, high) => {
                let (value, low, high) = (self.scalar(value), self.scalar(low), self.scalar(high));
                compare(CompareOp::Ge, value, low).min(compare(CompareOp::Le, value, high))
            }
            CondKind::TextContains(text, part) => match (self.scalar(text), self.scalar(part)) {
                (Value::Text(text), Value::Text(part)) => Truth::from(text.contains(part)),
                _ => Truth::Unknown,
            },
            CondKind::Definition(index) => match self.definition(*index) {
                Known::Truth(truth) => truth,
                Known::Value(value) => truth_of(value),
                Known::Not => Truth::Unknown,
            },
        }
    }

    fn all(&mut self, parts: &'d [Cond]) -> Truth {
        let mut least = Truth::True;
        for part in parts {
            least = least.min(self.truth(part));
            if least == Truth::False {
                break;
            }
        }
        least
    }

    fn any(&mut self, parts: &'d [Cond]) -> Truth {
        let mut greatest = Truth::False;
        for part in parts {
            greatest = greatest.max(self.truth(part));
            if greatest == Truth::True {
                break;
            }
        }
        greatest
    }

    fn branch(&mut self, test: &'d Cond, yes: &'d Cond, no: Option<&'d Cond>) -> Truth {
        match (self.truth(test), no) {
            (Truth::True, _) => self.truth(yes),
            (Truth::False, None) => Truth::True,
            (Truth::False, Some(no)) => self.truth(no),
            (_, None) => Truth::Unknown.max(self.truth(yes)),
            (_, Some(no)) => {
                let (yes, no) = (self.truth(yes), self.truth(no));
                if yes == no { yes } else { Truth::Unknown }
            }
        }
    }

    /// What a definition says of the document; nothing when it is a list.
    pub fn definition(&mut self, index: usize) -> Known<'d> {
        match self.known.get(index) {
            Some(Known::Not) | None => {}
            Some(known) => return *known,
        }
        let answer = self.defined(index, |machine, body| match body {
            Body::Cond(cond) => Known::Truth(machine.truth(cond)),
            Body::Scalar(scalar) => Known::Value(machine.scalar(scalar)),
            Body::List(_) => Known::Not,
        });
        if let Some(known) = self.known.get_mut(index) {
            *known = answer;
        }
        answer
    }

    /// Runs `use_body` on a definition's body as seen from the document, whatever is bound here.
    pub fn defined<T>(&mut self, index: usize, use_body: impl FnOnce(&mut Self, &'d Body) -> T) -> T
    where
        T: UnknownAnswer,
    {
        let Some(body) = self.rules.definitions.get(index) else { return T::UNKNOWN };
        let saved = (self.frames, self.args);
        let answer = use_body(self, body);
        (self.frames, self.args) = saved;
        answer
    }

    fn quantify(&mut self, quantifier: Quantifier, list: &'d List, frame: u8, body: &'d Cond) -> Truth {
        let every = quantifier == Quantifier::Every;
        let mut all = Truth::from(every);
        let _ = self.each(list, &mut |machine, item| {
            let truth = machine.of_item(item, frame, body, every);
            all = if every { all.min(truth) } else { all.max(truth) };
            if all == Truth::from(!every) { Flow::Break(()) } else { Flow::Continue(()) }
        });
        if quantifier == Quantifier::None { !all } else { all }
    }

    /// What one element adds to a quantifier: an element that may not belong decides nothing against it.
    pub fn of_item(&mut self, item: Item<'d>, frame: u8, body: &'d Cond, every: bool) -> Truth {
        if item.part {
            return Truth::Unknown;
        }
        self.bind(frame, item.value);
        let truth = self.truth(body);
        if item.sure || truth == Truth::from(every) { truth } else { Truth::Unknown }
    }

    fn covers(&mut self, have: &'d List, want: &'d List) -> Truth {
        let mut all = Truth::True;
        let mut have = Members::new(have);
        let _ = self.each(want, &mut |machine, item| {
            all = all.min(machine.covered(&mut have, item));
            if all == Truth::False { Flow::Break(()) } else { Flow::Continue(()) }
        });
        all
    }

    /// Whether one wanted element is among `have`: false only when it is surely wanted and surely left out.
    pub fn covered(&mut self, have: &mut Members<'d>, wanted: Item<'d>) -> Truth {
        if wanted.value == Value::Unknown {
            return Truth::Unknown;
        }
        match have.contain(self, wanted.value) {
            Truth::False if !wanted.sure => Truth::Unknown,
            truth => truth,
        }
    }

    pub fn contains(&mut self, list: &'d List, value: Value<'d>) -> Truth {
        if !value.is_known() {
            return Truth::Unknown;
        }
        let mut found = Truth::False;
        let _ = self.each(list, &mut |machine, item| {
            let same = match item.value == value {
                true if item.sure => Truth::True,
                true => Truth::Unknown,
                false if item.value.is_known() => Truth::False,
                false => Truth::Unknown,
            };
            found = found.max(same);
            if found == Truth::True || !machine.step() { Flow::Break(()) } else { Flow::Continue(()) }
        });
        found
    }

    /// The row that `field` starts from, and its slot: `Absent` and `Malformed` already carry what the way says.
    #[inline(always)]
    pub fn reach(&mut self, field: &FieldRef) -> Reached<'d> {
        let Some(Value::Row(row)) = self.frames.get(usize::from(field.frame)) else { return Reached::Unknown };
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
        let missing = if field.optional { Value::Absent } else { Value::Unknown };
        match self.reach(field) {
            Reached::Absent => Value::Absent,
            Reached::Unknown => Value::Unknown,
            Reached::Slot(Slot::Absent) => missing,
            Reached::Slot(slot) => match self.document.value(slot) {
                Value::Text(text) if is_blank(text) => missing,
                value => value,
            },
        }
    }

    fn has_field(&mut self, field: &FieldRef, optional_list: bool) -> Truth {
        match self.reach(field) {
            Reached::Absent | Reached::Slot(Slot::Absent) => Truth::False,
            Reached::Unknown | Reached::Slot(Slot::Malformed) => Truth::Unknown,
            Reached::Slot(Slot::Text(start, len)) => Truth::from(!is_blank(self.document.text_at(*start, *len))),
            Reached::Slot(Slot::List(_, len)) => Truth::from(!(optional_list && *len == 0)),
            Reached::Slot(_) => Truth::True,
        }
    }

    /// Shows every element of a list to `visit`, in order.
    pub fn each(&mut self, list: &'d List, visit: Visit<'_, 'd>) -> Flow {
        if !self.step() {
            return visit(self, Item::PART);
        }
        match &list.kind {
            ListKind::Field(field, table, scalar) => self.each_of_field(field, *table, *scalar, visit),
            ListKind::Filter(inner, frame, cond) => self.each(inner, &mut |machine, item| {
                if item.part {
                    return visit(machine, item);
                }
                machine.bind(*frame, item.value);
                match machine.truth(cond) {
                    Truth::False => Flow::Continue(()),
                    Truth::True => visit(machine, item),
                    _ => visit(machine, Item { sure: false, ..item }),
                }
            }),
            ListKind::Project(inner, frame, scalar) => self.each(inner, &mut |machine, item| {
                if item.part {
                    return visit(machine, item);
                }
                machine.bind(*frame, item.value);
                let value = machine.scalar(scalar);
                visit(machine, Item { value, ..item })
            }),
            ListKind::Flatten(inner, frame, nested) => self.each(inner, &mut |machine, outer| {
                if outer.part {
                    return visit(machine, outer);
                }
                machine.bind(*frame, outer.value);
                machine
                    .each(nested, &mut |machine, item| visit(machine, Item { sure: item.sure && outer.sure, ..item }))
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
            ListKind::Param(index) => match self.params.get(*index) {
                Some(Constant::List(parts)) => {
                    for part in parts {
                        visit(self, Item::sure(part.value()))?;
                    }
                    Flow::Continue(())
                }
                _ => visit(self, Item::PART),
            },
            ListKind::Definition(index) => {
                let Some(Body::List(body)) = self.rules.definitions.get(*index) else {
                    return visit(self, Item::PART);
                };
                let outside = (self.frames, self.args);
                let flow = self.each(body, &mut |machine, item| {
                    let inside = (machine.frames, machine.args);
                    (machine.frames, machine.args) = outside;
                    let flow = visit(machine, item);
                    (machine.frames, machine.args) = inside;
                    flow
                });
                (self.frames, self.args) = outside;
                flow
            }
        }
    }

    fn each_of_field(&mut self, field: &FieldRef, table: u16, scalar: bool, visit: Visit<'_, 'd>) -> Flow {
        let (start, len) = match self.reach(field) {
            Reached::Slot(Slot::List(start, len)) => (*start, *len),
            Reached::Absent => return Flow::Continue(()),
            Reached::Slot(Slot::Absent) if field.optional => return Flow::Continue(()),
            _ => return visit(self, Item::PART),
        };
        for index in start..start.saturating_add(len) {
            let row = Row { table, index };
            let value = if scalar {
                match self.document.value(self.document.slot_at(row, 0)) {
                    Value::Absent => Value::Unknown,
                    Value::Text(text) if is_blank(text) => Value::Unknown,
                    value => value,
                }
            } else {
                Value::Row(row)
            };
            visit(self, Item::sure(value))?;
        }
        Flow::Continue(())
    }

    /// Elements without those that stand earlier in the list; an element that equals only unsure ones stays unsure, and
    /// so does an unknown one that may be any other's double.
    fn each_distinct(&mut self, list: &'d List, visit: Visit<'_, 'd>) -> Flow {
        let mut position = 0_usize;
        self.each(list, &mut |machine, item| {
            let (mut at, mut seen) = (0_usize, Truth::False);
            let (frames, known) = (machine.frames, item.value.is_known());
            let _ = machine.each(list, &mut |machine, other| {
                let itself = at == position;
                at += 1;
                if !machine.step() || itself && known {
                    return Flow::Break(());
                }
                if !itself && !known {
                    seen = Truth::Unknown;
                } else if !itself && other.value == item.value {
                    seen = seen.max(if other.sure { Truth::True } else { Truth::Unknown });
                }
                if seen > Truth::False && !known { Flow::Break(()) } else { Flow::Continue(()) }
            });
            machine.frames = frames;
            position += 1;
            match seen {
                Truth::True => Flow::Continue(()),
                Truth::False => visit(machine, item),
                _ => visit(machine, Item { sure: false, ..item }),
            }
        })
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

/// Answers that have a form for "cannot be said".
pub(crate) trait UnknownAnswer {
    const UNKNOWN: Self;
}

impl UnknownAnswer for Truth {
    const UNKNOWN: Self = Self::Unknown;
}

impl UnknownAnswer for Known<'_> {
    const UNKNOWN: Self = Self::Not;
}

impl UnknownAnswer for Value<'_> {
    const UNKNOWN: Self = Self::Unknown;
}

pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

fn truth_of(value: Value<'_>) -> Truth {
    match value {
        Value::Bool(value) => Truth::from(value),
        _ => Truth::Unknown,
    }
}

/// Compares two values of one type; unknown when either is not known.
#[inline(always)]
pub(crate) fn compare(op: CompareOp, left: Value<'_>, right: Value<'_>) -> Truth {
    use std::cmp::Ordering;
    let order = match (left, right) {
        (Value::Number(a), Value::Number(b)) => a.cmp(&b),
        (Value::Date(a), Value::Date(b)) => a.cmp(&b),
        (Value::Duration(a), Value::Duration(b)) => a.cmp(&b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Option(a), Value::Option(b)) => a.cmp(&b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(&b),
        _ => return Truth::Unknown,
    };
    Truth::from(match op {
        CompareOp::Eq => order == Ordering::Equal,
        CompareOp::Ne => order != Ordering::Equal,
        CompareOp::Lt => order == Ordering::Less,
        CompareOp::Le => order != Ordering::Greater,
        CompareOp::Gt => order == Ordering::Greater,
        CompareOp::Ge => order != Ordering::Less,
    })
}
