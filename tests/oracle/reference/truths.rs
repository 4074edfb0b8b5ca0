//! Conditions and requirements.

use bulou_syntax::ast::{CompareOp, Expr, ExprKind, Quantifier};

use super::lists::contains;
use super::reading::{List, Val};
use super::world::{Scope, World};

/// Least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    False,
    Unknown,
    Pending,
    True,
}

/// Where a yes or no is asked: as what a rule requires (deadlines can stand there), or as a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Requirement,
    Condition,
}

impl From<bool> for Truth {
    fn from(yes: bool) -> Self {
        if yes { Self::True } else { Self::False }
    }
}

impl Truth {
    /// 非
    pub fn negated(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::True => Self::False,
            Self::Unknown | Self::Pending => Self::Unknown,
        }
    }
}

impl<'a> World<'a> {
    /// What a requirement says: a condition, or what is made of those.
    pub fn requirement(&self, expr: &'a Expr, scopes: &[Scope<'a>]) -> Truth {
        self.answer(expr, scopes, Place::Requirement)
    }

    /// What an expression with a yes-or-no answer says.
    pub fn truth(&self, expr: &'a Expr, scopes: &[Scope<'a>]) -> Truth {
        self.answer(expr, scopes, Place::Condition)
    }

    fn answer(&self, expr: &'a Expr, scopes: &[Scope<'a>], place: Place) -> Truth {
        let of = |expr: &'a Expr| self.answer(expr, scopes, place);
        let value = |expr: &'a Expr| self.value(expr, scopes);
        match &expr.kind {
            ExprKind::And(parts) => parts.iter().map(of).min().unwrap_or(Truth::True),
            ExprKind::Or(parts) => parts.iter().map(of).max().unwrap_or(Truth::False),
            ExprKind::Not(inner) => self.truth(inner, scopes).negated(),
            ExprKind::If(test, yes, no) => match (self.truth(test, scopes), no) {
                (Truth::True, _) => of(yes),
                (Truth::False, Some(no)) => of(no),
                (_, Some(no)) if of(yes) == of(no) => of(yes),
                (_, Some(_)) => Truth::Unknown,
                (test, None) => test.negated().max(of(yes)),
            },
            ExprKind::Quantifier(quantifier, list, name, body) => {
                let list = self.list(list, scopes);
                let name = name.as_ref().map(|name| name.text.as_str());
                let place = if *quantifier == Quantifier::None { Place::Condition } else { place };
                let of = |item: &Val<'a>| self.answer(body, &within(scopes, name, item), place);
                quantified(*quantifier, &list, &of)
            }
            ExprKind::Covers(have, wanted) => covers(&self.list(have, scopes), &self.list(wanted, scopes)),
            ExprKind::Deadline(done, due) => self.deadline(done, due, scopes),
            ExprKind::By(due, cond) => self.by(due, self.answer(cond, scopes, place), scopes),
            ExprKind::Frequency(frequency) => self.frequency(frequency, scopes),
            ExprKind::Compare(op, left, right) => self.compared(*op, left, right, scopes),
            ExprKind::In(item, list) => contains(&self.list(list, scopes), &value(item)),
            ExprKind::Between(item, low, high) => {
                let above = self.compared(CompareOp::Le, low, item, scopes);
                above.min(self.compared(CompareOp::Le, item, high, scopes))
            }
            ExprKind::Contains(whole, part) => match (value(whole), value(part)) {
                (Val::Text(whole), Val::Text(part)) => Truth::from(whole.contains(&part)),
                (Val::List(list), part) => contains(&list, &part),
                (Val::Absent, part) if self.is_list(whole, scopes) => contains(&List::default(), &part),
                _ => Truth::Unknown,
            },
            ExprKind::Has(inner, wanted) => {
                let place = if *wanted { place } else { Place::Condition };
                let has = self.has(inner, scopes, place == Place::Requirement && self.silence_fails);
                if *wanted { has } else { has.negated() }
            }
            ExprKind::Name(name) => match self.defines.get(name.as_str()) {
                Some(define) => self.truth(&define.value, &self.outermost()),
                None => as_truth(&value(expr)),
            },
            _ => as_truth(&value(expr)),
        }
    }

    /// What the values say, or else what they can be.
    fn compared(&self, op: CompareOp, left: &'a Expr, right: &'a Expr, scopes: &[Scope<'a>]) -> Truth {
        match compare(op, &self.value(left, scopes), &self.value(right, scopes)) {
            Truth::Unknown => self.by_bounds(op, left, right, scopes),
            truth => truth,
        }
    }

    /// Whether something is there. What has to be filled in and is not may be anything yet; only a requirement that it
    /// be there is not met.
    fn has(&self, expr: &'a Expr, scopes: &[Scope<'a>], required: bool) -> Truth {
        let missing = if required { Truth::False } else { Truth::Unknown };
        match self.value(expr, scopes) {
            Val::Absent => Truth::False,
            Val::Missing => missing,
            Val::Unknown | Val::Astray(_) => self.gives_something(expr, scopes),
            Val::Record(record) if record.missing => missing,
            Val::Record(record) => record.members.map_or(Truth::Unknown, |_| Truth::True),
            Val::List(list) if list.missing => missing,
            Val::List(list) if !list.items.is_empty() => Truth::True,
            Val::List(list) if list.open => Truth::Unknown,
            Val::List(list) => Truth::from(!list.optional),
            _ => Truth::True,
        }
    }

    /// Whether what a list comes to is there, though it is not known: it is where the list has an element.
    fn gives_something(&self, expr: &'a Expr, scopes: &[Scope<'a>]) -> Truth {
        match &expr.kind {
            ExprKind::Aggregate(_, list, _) => {
                let list = self.list(list, scopes);
                if list.items.iter().any(|item| item.sure) {
                    Truth::True
                } else {
                    Truth::from(false).max(if list.open || !list.items.is_empty() {
                        Truth::Unknown
                    } else {
                        Truth::False
                    })
                }
            }
            ExprKind::Name(name) => match self.defines.get(name.as_str()) {
                Some(define) => self.gives_something(&define.value, &self.outermost()),
                None => Truth::Unknown,
            },
            _ => Truth::Unknown,
        }
    }

    /// A field that is a list, which a value that is not there does not show.
    fn is_list(&self, expr: &'a Expr, scopes: &[Scope<'a>]) -> bool {
        !matches!(self.value(expr, scopes), Val::Text(_)) && self.list_typed(expr, scopes)
    }
}

/// What a quantifier says whose body says `of` of an element.
fn quantified<'a>(quantifier: Quantifier, list: &List<'a>, of: &dyn Fn(&Val<'a>) -> Truth) -> Truth {
    let every = quantifier == Quantifier::Every;
    let rest = if list.open { Some(Truth::Unknown) } else { None };
    let truths = list.items.iter().map(|item| {
        let truth = of(&item.value);
        // Where it is not known whether the element is there, only what it would add either way is certain.
        if item.sure || truth == Truth::from(every) { truth } else { Truth::Unknown }
    });
    let truths = truths.chain(rest);
    match quantifier {
        Quantifier::Every => truths.min().unwrap_or(Truth::True),
        Quantifier::Some => truths.max().unwrap_or(Truth::False),
        Quantifier::None => truths.max().unwrap_or(Truth::False).negated(),
    }
}

/// The scopes with one more element in them.
pub fn within<'a>(scopes: &[Scope<'a>], name: Option<&'a str>, value: &Val<'a>) -> Vec<Scope<'a>> {
    let mut scopes = scopes.to_vec();
    scopes.push(Scope { name, value: value.clone(), extent: None });
    scopes
}

fn as_truth(value: &Val<'_>) -> Truth {
    match value {
        Val::Bool(yes) => Truth::from(*yes),
        _ => Truth::Unknown,
    }
}

/// Compares two values of one type.
pub fn compare(op: CompareOp, left: &Val<'_>, right: &Val<'_>) -> Truth {
    let order = match (left, right) {
        (Val::Number(a), Val::Number(b)) => a.cmp(b),
        (Val::Date(a), Val::Date(b)) => a.cmp(b),
        (Val::Duration(a, ..), Val::Duration(b, ..)) => a.cmp(b),
        (Val::Text(a), Val::Text(b)) => a.cmp(b),
        (Val::Bool(a), Val::Bool(b)) => a.cmp(b),
        _ => return Truth::Unknown,
    };
    Truth::from(match op {
        CompareOp::Eq => order.is_eq(),
        CompareOp::Ne => order.is_ne(),
        CompareOp::Lt => order.is_lt(),
        CompareOp::Le => order.is_le(),
        CompareOp::Gt => order.is_gt(),
        CompareOp::Ge => order.is_ge(),
    })
}

/// Every element of `wanted` is in `have`; an element that may be wanted counts as far as it may be missing.
fn covers(have: &List<'_>, wanted: &List<'_>) -> Truth {
    let rest = if wanted.open { Some(contains(have, &Val::Unknown).max(Truth::Unknown)) } else { None };
    let found = wanted.items.iter().map(|item| {
        let found = contains(have, &item.value);
        if item.sure { found } else { found.max(Truth::Unknown) }
    });
    match found.chain(rest).min().unwrap_or(Truth::True) {
        Truth::Unknown if too_few(have, wanted) => Truth::False,
        truth => truth,
    }
}

/// Whether more values are surely wanted, of which none is among those known, than elements are left to be one each.
fn too_few(have: &List<'_>, wanted: &List<'_>) -> bool {
    let known = |value: &Val<'_>| compare(CompareOp::Eq, value, value) == Truth::True;
    let unread = have.items.iter().filter(|item| !known(&item.value)).count();
    let mut left_out: Vec<&Val<'_>> = Vec::new();
    for item in wanted.items.iter().filter(|item| item.sure && known(&item.value)) {
        let among = have.items.iter().any(|other| other.value == item.value);
        if !among && !left_out.contains(&&item.value) {
            left_out.push(&item.value);
        }
    }
    !have.open && left_out.len() > unread
}
