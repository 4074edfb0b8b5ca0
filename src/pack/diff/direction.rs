//! Whether a condition asks more or less than before, as far as its form shows.

use super::declared::cells_alike;
use super::tree::{node, number, rest, same};
use super::versions::Versions;
use bulou_syntax::ast::{Aggregate, ArithOp, CompareOp, Due, Expr, ExprKind, Quantifier};

/// How the later version's answers lie against the earlier one's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// The same.
    Same,
    /// True (greater, longer) wherever the earlier one was, and perhaps elsewhere.
    More,
    /// The other way round.
    Less,
    /// Cannot be said.
    Unclear,
}

use Direction::{Less, More, Same, Unclear};

impl Direction {
    /// Both together.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Same, direction) | (direction, Same) => direction,
            (one, other) if one == other => one,
            _ => Unclear,
        }
    }

    /// Of the opposite.
    pub fn turned(self) -> Self {
        match self {
            More => Less,
            Less => More,
            other => other,
        }
    }
}

impl Versions<'_> {
    /// How a condition or requirement changed.
    pub fn condition(&self, old: &Expr, new: &Expr) -> Direction {
        if self.same(old, new) {
            return Same;
        }
        if let Some(direction) = self.terms(old, new).or_else(|| self.behind_name(old, new, Self::condition)) {
            return direction;
        }
        match (&old.kind, &new.kind) {
            (ExprKind::Not(one), ExprKind::Not(other)) => self.condition(one, other).turned(),
            (ExprKind::If(a, yes, no), ExprKind::If(b, other_yes, other_no)) if self.same(a, b) => {
                let otherwise = match (no, other_no) {
                    (Some(no), Some(other)) => self.condition(no, other),
                    (None, None) => Same,
                    (None, Some(_)) => Less,
                    (Some(_), None) => More,
                };
                self.condition(yes, other_yes).and(otherwise)
            }
            (ExprKind::Quantifier(kind, list, _, body), ExprKind::Quantifier(_, other_list, _, other_body))
                if node(old).head == node(new).head =>
            {
                self.quantified(*kind, (list, other_list), (body, other_body))
            }
            (ExprKind::Covers(all, each), ExprKind::Covers(other_all, other_each)) => {
                self.list(all, other_all).and(self.list(each, other_each).turned())
            }
            (ExprKind::Deadline(done, due), ExprKind::Deadline(other, other_due)) if self.same(done, other) => {
                self.due(due, other_due)
            }
            (ExprKind::By(due, cond), ExprKind::By(other_due, other)) => {
                self.due(due, other_due).and(self.condition(cond, other))
            }
            (ExprKind::By(_, cond), _) if self.same(cond, new) => Less,
            (_, ExprKind::By(_, cond)) if self.same(old, cond) => More,
            (ExprKind::Frequency(one), ExprKind::Frequency(other))
                if one.period == other.period && self.same(&one.dates, &other.dates) =>
            {
                let except = match (&one.except, &other.except) {
                    (None, None) => Same,
                    (Some(one), Some(other)) if self.same(one, other) => Same,
                    _ => Unclear,
                };
                self.amount(&one.times, &other.times).turned().and(self.amount(&one.since, &other.since)).and(except)
            }
            (ExprKind::Compare(op, a, b), ExprKind::Compare(other, c, d)) => {
                compared(*op, *other).and(self.sides(*op, (a, c), (b, d)))
            }
            (ExprKind::Between(x, low, high), ExprKind::Between(y, other_low, other_high)) if self.same(x, y) => {
                self.amount(low, other_low).turned().and(self.amount(high, other_high))
            }
            (ExprKind::In(x, list), ExprKind::In(y, other)) if self.same(x, y) => self.list(list, other),
            _ => Unclear,
        }
    }

    /// Parts joined by 且 or 或: one more 且 asks more, one more 或 asks less.
    fn terms(&self, old: &Expr, new: &Expr) -> Option<Direction> {
        let is = |word: &str| node(old).head == word || node(new).head == word;
        let (word, one_more) = if is("and") {
            ("and", Less)
        } else if is("or") {
            ("or", More)
        } else {
            return None;
        };
        let parts = |expr| if node(expr).head == word { node(expr).parts } else { vec![expr] };
        let pairs = rest(&parts(old), &parts(new), |old, new| self.same(old, new));
        Some(pairs.into_iter().fold(Same, |direction, pair| {
            direction.and(match pair {
                (Some(old), Some(new)) => self.condition(old, new),
                (Some(_), None) => one_more.turned(),
                _ => one_more,
            })
        }))
    }

    /// A name in both versions stands for what it is defined as in each.
    fn behind_name(&self, old: &Expr, new: &Expr, compare: fn(&Self, &Expr, &Expr) -> Direction) -> Option<Direction> {
        let (ExprKind::Name(name), ExprKind::Name(other)) = (&old.kind, &new.kind) else { return None };
        (name == other).then_some(())?;
        Some(compare(self, self.old.value(name)?, self.new.value(other)?))
    }

    fn quantified(&self, kind: Quantifier, lists: (&Expr, &Expr), bodies: (&Expr, &Expr)) -> Direction {
        let (elements, body) = (self.list(lists.0, lists.1), self.condition(bodies.0, bodies.1));
        match kind {
            Quantifier::Every => elements.turned().and(body),
            Quantifier::Some => elements.and(body),
            Quantifier::None => elements.and(body).turned(),
        }
    }

    fn due(&self, old: &Due, new: &Due) -> Direction {
        match (old, new) {
            (Due::Before(day), Due::Before(other)) => self.amount(day, other),
            (
                Due::Within { start, length, rolled, early },
                Due::Within { start: other, length: other_length, rolled: other_rolled, early: other_early },
            ) => {
                let allowed = |old: bool, new: bool| match (old, new) {
                    (false, true) => More,
                    (true, false) => Less,
                    _ => Same,
                };
                // What is done before its start counts no more once that is later.
                let moved = match self.amount(start, other) {
                    Same => Same,
                    moved if *early && *other_early => moved,
                    _ => Unclear,
                };
                let (roll, before) = (allowed(*rolled, *other_rolled), allowed(*early, *other_early));
                moved.and(self.amount(length, other_length)).and(roll).and(before)
            }
            _ => Unclear,
        }
    }

    /// The sides of a comparison.
    fn sides(&self, op: CompareOp, left: (&Expr, &Expr), right: (&Expr, &Expr)) -> Direction {
        let (left, right) = (self.amount(left.0, left.1), self.amount(right.0, right.1));
        match op {
            CompareOp::Ge | CompareOp::Gt => left.and(right.turned()),
            CompareOp::Le | CompareOp::Lt => left.turned().and(right),
            CompareOp::Eq | CompareOp::Ne if left == Same && right == Same => Same,
            CompareOp::Eq | CompareOp::Ne => Unclear,
        }
    }

    /// How a number, length or day changed: more is greater, longer, later.
    fn amount(&self, old: &Expr, new: &Expr) -> Direction {
        if self.same(old, new) {
            return Same;
        }
        if let Some(direction) = self.behind_name(old, new, Self::amount) {
            return direction;
        }
        if let Some(direction) = self.computed(old, new) {
            return direction;
        }
        let order = match (&old.kind, &new.kind) {
            (ExprKind::Number(one), ExprKind::Number(other)) => number(*other).cmp(&number(*one)),
            (ExprKind::Date(one), ExprKind::Date(other)) => other.cmp(one),
            (ExprKind::Duration(one), ExprKind::Duration(other))
                if (one.unit, one.weeks) == (other.unit, other.weeks) =>
            {
                other.count.cmp(&one.count)
            }
            (ExprKind::Aggregate(Aggregate::Count, list, _), ExprKind::Aggregate(Aggregate::Count, other, _)) => {
                return self.list(list, other);
            }
            _ => return Unclear,
        };
        if order.is_gt() { More } else { Less }
    }

    /// Sums, differences, and tables that give other results for the same rows.
    fn computed(&self, old: &Expr, new: &Expr) -> Option<Direction> {
        match (&old.kind, &new.kind) {
            (ExprKind::Arith(op, a, b), ExprKind::Arith(other, c, d)) if op == other => match op {
                ArithOp::Add => Some(self.amount(a, c).and(self.amount(b, d))),
                ArithOp::Sub => Some(self.amount(a, c).and(self.amount(b, d).turned())),
                _ => None,
            },
            (ExprKind::Call(name, one), ExprKind::Call(other, others)) if name.text == other.text => {
                let given =
                    one.len() == others.len() && one.iter().zip(others).all(|(one, other)| self.same(one, other));
                let (one, other) = (self.old.table(&name.text)?, self.new.table(&name.text)?);
                let rows = one.rows.iter().zip(&other.rows);
                let alike = one.rows.len() == other.rows.len() && rows.clone().all(|(old, new)| cells_alike(old, new));
                (given && alike)
                    .then(|| rows.fold(Same, |all, (old, new)| all.and(self.amount(&old.result, &new.result))))
            }
            _ => None,
        }
    }

    /// How a list changed: more has every element that was there, and perhaps others.
    fn list(&self, old: &Expr, new: &Expr) -> Direction {
        if self.same(old, new) {
            return Same;
        }
        if let Some(direction) = self.behind_name(old, new, Self::list) {
            return direction;
        }
        match (&old.kind, &new.kind) {
            (ExprKind::List(one), ExprKind::List(other)) => {
                let (one, other): (Vec<&Expr>, Vec<&Expr>) = (one.iter().collect(), other.iter().collect());
                subset(&one, &other)
            }
            (ExprKind::All(name), ExprKind::All(_)) => {
                let options = |set: Option<&bulou_syntax::ast::Options>| -> Vec<String> {
                    set.map(|set| set.options.iter().map(|option| option.text.clone()).collect()).unwrap_or_default()
                };
                let (one, other) = (options(self.old.options(&name.text)), options(self.new.options(&name.text)));
                by_loss(
                    one.iter().any(|option| !other.contains(option)),
                    other.iter().any(|option| !one.contains(option)),
                )
            }
            (ExprKind::Filter(list, _, cond), ExprKind::Filter(other, _, other_cond)) => {
                self.list(list, other).and(self.condition(cond, other_cond))
            }
            (ExprKind::Filter(list, ..), _) if self.same(list, new) => More,
            (_, ExprKind::Filter(list, ..)) if self.same(old, list) => Less,
            (ExprKind::Field(base, name), ExprKind::Field(other, other_name)) if name.text == other_name.text => {
                self.list(base, other)
            }
            _ => Unclear,
        }
    }
}

/// How a comparison's own sign changed.
fn compared(old: CompareOp, new: CompareOp) -> Direction {
    match (old, new) {
        (old, new) if old == new => Same,
        (CompareOp::Gt, CompareOp::Ge) | (CompareOp::Lt, CompareOp::Le) => More,
        (CompareOp::Ge, CompareOp::Gt) | (CompareOp::Le, CompareOp::Lt) => Less,
        (CompareOp::Eq, CompareOp::Ge | CompareOp::Le) => More,
        (CompareOp::Ge | CompareOp::Le, CompareOp::Eq) => Less,
        _ => Unclear,
    }
}

/// How a list written out changed.
fn subset(old: &[&Expr], new: &[&Expr]) -> Direction {
    let pairs = rest(old, new, same);
    by_loss(pairs.iter().any(|(old, _)| old.is_some()), pairs.iter().any(|(_, new)| new.is_some()))
}

fn by_loss(lost: bool, gained: bool) -> Direction {
    match (lost, gained) {
        (false, false) => Same,
        (false, true) => More,
        (true, false) => Less,
        (true, true) => Unclear,
    }
}
