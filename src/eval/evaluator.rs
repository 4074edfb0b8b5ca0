//! The evaluator: compiled expressions over a document's slots. Values are copied, not allocated; only what is asked
//! for again and again is remembered. Why something does not pass is found afterwards by [`super::explain`], which asks
//! the same evaluator about the parts.

mod memo;

use std::sync::LazyLock;

use crate::alike::alike;
use crate::intervals::Extent;
use crate::lists::{Flow, Item, MemoList};
use bulou_base::date::Date;
use bulou_base::hash::HashMap;
use bulou_base::limits;
use bulou_base::value::{Row, Truth, Value};
use bulou_document::{Constant, Document};
use bulou_ir::expr::{Cond, CondKind, List, Scalar};
use bulou_ir::{Body, RuleSet};
use bulou_messages::diagnostic::Lang;
use bulou_syntax::ast::{CompareOp, Quantifier};
pub(crate) use memo::{Memo, UnknownAnswer};

/// How many arguments a decision table may take.
pub(crate) const ARGUMENTS: usize = 8;

static NOBODY: LazyLock<HashMap<String, String>> = LazyLock::new(HashMap::default);

/// One check's state.
#[derive(Clone, Debug)]
pub(crate) struct Evaluator<'d> {
    pub rules: &'d RuleSet,
    pub document: &'d Document,
    pub params: &'d [Constant],
    pub today: Date,
    /// The language of what is said.
    pub lang: Lang,
    /// 名称 by 标识 of the schools that are to be named.
    pub names: &'d HashMap<String, String>,
    pub frames: [Value<'d>; limits::BINDINGS],
    pub args: [Value<'d>; ARGUMENTS],
    /// Where some of the arguments are not known: what each can be.
    pub arguments: Vec<Option<Extent>>,
    /// How many steps are left of those of the requirement that is asked for.
    steps: u64,
    /// Whether some requirement took more, since that was last looked at.
    pub ran_out: bool,
    /// What is the same wherever it stands: definitions, then [`Hoisted`](bulou_ir::expr::ScalarKind::Hoisted).
    pub memo: Vec<Memo<'d>>,
    /// Likewise the elements of definitions that are lists, then of each [`Hoisted`](bulou_ir::expr::ListKind::Hoisted).
    pub lists: Vec<MemoList<'d>>,
    /// What the same can be where it is not known, as far as it was asked.
    pub extents: Vec<Option<Option<Extent>>>,
}

impl<'d> Evaluator<'d> {
    pub fn new(rules: &'d RuleSet, document: &'d Document, params: &'d [Constant], today: Date) -> Self {
        let mut frames = [Value::Unknown; limits::BINDINGS];
        frames[0] = Value::Row(Row { table: 0, index: 0 });
        let memo = vec![Memo::Not; rules.definitions.len() + rules.shared];
        let lists = vec![MemoList::Not; rules.definitions.len() + rules.shared_lists];
        let args = [Value::Unknown; ARGUMENTS];
        let (arguments, extents) = (Vec::new(), Vec::new());
        let (steps, names) = (limits::STEPS, &*NOBODY);
        let (lang, ran_out) = (Lang::Zh, false);
        Self {
            rules,
            document,
            params,
            today,
            lang,
            names,
            frames,
            args,
            arguments,
            steps,
            ran_out,
            memo,
            lists,
            extents,
        }
    }

    /// The same where something is said: in a language, with the names of schools beside their 标识.
    pub fn calling(self, lang: Lang, names: &'d HashMap<String, String>) -> Self {
        Self { lang, names, ..self }
    }

    /// Counts a step; false when the steps are used up, and then everything is unknown.
    #[inline(always)]
    pub fn step(&mut self) -> bool {
        self.steps = self.steps.saturating_sub(1);
        self.steps > 0
    }

    /// From here on with all the steps that there are: what ran out before takes nothing from what comes after.
    pub fn begin(&mut self) {
        self.steps = limits::STEPS;
    }

    /// Whether the steps are used up: nothing that is found from then on is so, and none of it may be remembered or told.
    #[inline(always)]
    pub fn is_exhausted(&self) -> bool {
        self.steps == 0
    }

    /// What a requirement says, with steps of its own; unknown when they do not suffice.
    pub fn answer(&mut self, cond: &'d Cond) -> Truth {
        self.begin();
        let truth = self.truth(cond);
        self.ran_out |= self.is_exhausted();
        if self.is_exhausted() { Truth::Unknown } else { truth }
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

    /// What a condition or requirement says. Comparisons are most of them, and have a way of their own.
    #[inline(always)]
    pub fn truth(&mut self, cond: &'d Cond) -> Truth {
        if !self.step() {
            return Truth::Unknown;
        }
        match &cond.kind {
            CondKind::Compare(op, left, right) => self.compared(*op, left, right),
            _ => self.composed(cond),
        }
    }

    fn compared(&mut self, op: CompareOp, left: &'d Scalar, right: &'d Scalar) -> Truth {
        let truth = compare(op, self.scalar(left), self.scalar(right));
        self.settled(truth, op, left, right)
    }

    /// A comparison's answer, or what the bounds of its two sides say where it has none.
    #[inline(always)]
    fn settled(&mut self, truth: Truth, op: CompareOp, left: &'d Scalar, right: &'d Scalar) -> Truth {
        if truth == Truth::Unknown { self.by_bounds(op, left, right) } else { truth }
    }

    fn composed(&mut self, cond: &'d Cond) -> Truth {
        match &cond.kind {
            CondKind::Const(value) => Truth::from(*value),
            CondKind::Value(scalar) => truth_of(self.scalar(scalar)),
            CondKind::HasField(field, required) => self.has_field(field, *required),
            CondKind::HasValue(scalar) => match self.scalar(scalar) {
                Value::Absent => Truth::False,
                Value::Unknown | Value::Astray(_) => self.present(scalar),
                Value::Text(text) => Truth::from(!text.normal.is_empty()),
                _ => Truth::True,
            },
            CondKind::Not(inner) => !self.truth(inner),
            CondKind::And(parts) => self.all(parts),
            CondKind::Or(parts) => self.any(parts),
            CondKind::If(test, yes, no) => self.branch(test, yes, no.as_deref()),
            CondKind::Quantifier(quantifier, list, frame, body) => self.quantify(*quantifier, list, *frame, body),
            CondKind::Covers(have, want) => self.covers(have, want),
            CondKind::Deadline(deadline) => self.deadline(deadline).truth,
            CondKind::By(by) => self.by(by).truth,
            CondKind::Frequency(frequency) => self.frequency(frequency),
            CondKind::Compare(op, left, right) => self.compared(*op, left, right),
            CondKind::In(item, list) => {
                let item = self.scalar(item);
                self.contains(list, item)
            }
            CondKind::Between(value, low, high) => {
                let known = self.scalar(value);
                let (above, below) =
                    (compare(CompareOp::Ge, known, self.scalar(low)), compare(CompareOp::Le, known, self.scalar(high)));
                let above = self.settled(above, CompareOp::Ge, value, low);
                above.min(self.settled(below, CompareOp::Le, value, high))
            }
            CondKind::TextContains(text, part) => match (self.scalar(text), self.scalar(part)) {
                (Value::Text(text), Value::Text(part)) => Truth::from(text.normal.contains(part.normal)),
                _ => Truth::Unknown,
            },
            CondKind::Definition(index) => match self.definition(*index) {
                Memo::Truth(truth) => truth,
                Memo::Value(value) => truth_of(value),
                Memo::Not => Truth::Unknown,
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
    pub fn definition(&mut self, index: usize) -> Memo<'d> {
        match self.memo.get(index) {
            Some(Memo::Not) | None => {}
            Some(known) => return *known,
        }
        let answer = self.defined(index, |evaluator, body| match body {
            Body::Cond(cond) => Memo::Truth(evaluator.truth(cond)),
            Body::Scalar(scalar) => Memo::Value(evaluator.scalar(scalar)),
            Body::List(_) => Memo::Not,
        });
        if !self.is_exhausted()
            && let Some(known) = self.memo.get_mut(index)
        {
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
        let (mut all, mut blank) = (Truth::from(every), None);
        let _ = self.each(list, &mut |evaluator, item| {
            let truth = evaluator.of_item(item, frame, body, every, &mut blank);
            all = if every { all.min(truth) } else { all.max(truth) };
            if all == Truth::from(!every) { Flow::Break(()) } else { Flow::Continue(()) }
        });
        if quantifier == Quantifier::None { !all } else { all }
    }

    /// What one element adds to a quantifier: an element that may not belong decides nothing against it. Of values that
    /// are not known all are alike: what the body says of one of a list is kept in `blank` for the others, of which there
    /// may be as many as a column of dates in a wrong form has.
    pub fn of_item(
        &mut self,
        item: Item<'d>,
        frame: u8,
        body: &'d Cond,
        every: bool,
        blank: &mut Option<Truth>,
    ) -> Truth {
        if item.part {
            return Truth::Unknown;
        }
        let truth = match (item.value, *blank) {
            (Value::Unknown, Some(truth)) => truth,
            (value, _) => {
                self.bind(frame, value);
                let truth = self.truth(body);
                if value == Value::Unknown {
                    *blank = Some(truth);
                }
                truth
            }
        };
        if item.sure || truth == Truth::from(every) { truth } else { Truth::Unknown }
    }
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
    if let (CompareOp::Eq | CompareOp::Ne, Value::Text(_), Value::Text(_)) = (op, left, right) {
        let same = alike(left, right);
        return if op == CompareOp::Eq { same } else { !same };
    }
    let order = match (left, right) {
        (Value::Number(a), Value::Number(b)) => a.cmp(&b),
        (Value::Date(a), Value::Date(b)) => a.cmp(&b),
        (Value::Duration(a), Value::Duration(b)) => a.count.cmp(&b.count),
        (Value::Text(a), Value::Text(b)) => a.normal.cmp(b.normal),
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
