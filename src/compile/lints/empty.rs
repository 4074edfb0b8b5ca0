//! Rules that an empty list passes: all they ask is of elements, and nothing asks that there be any.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use super::{constraints, fields};
use crate::declared::Declared;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::texts;
use bulou_syntax::ast::{Aggregate, AttributeKind, CompareOp, Expr, ExprKind, Quantifier, Rule};
use bulou_syntax::tree::{number, walk};
use num_rational::Ratio;

pub(super) fn warnings(declared: &Declared<'_>) -> Vec<Diagnostic> {
    let lists = Lists::new(declared);
    let passes = |rule: &&&Rule| {
        let mut asked = rule.requirements.iter().map(|asked| lists.holds_empty(&asked.expr)).peekable();
        asked.peek().is_some() && asked.all(|holds| holds)
    };
    declared.rules.iter().filter(passes).map(|rule| warning(rule)).collect()
}

/// The lists of which something asks that they have elements, by the names of their fields.
struct Lists<'d> {
    declared: &'d Declared<'d>,
    asked: HashSet<&'d str>,
    /// Definitions that were looked at, and what they come to.
    known: RefCell<HashMap<&'d str, bool>>,
}

impl<'d> Lists<'d> {
    fn new(declared: &'d Declared<'d>) -> Self {
        let least = |kind: &AttributeKind| matches!(kind, AttributeKind::MinItems(count) if *count > 0);
        let filled = fields(declared).filter(|field| field.attributes.iter().any(|attribute| least(&attribute.kind)));
        let mut asked: HashSet<&str> = filled.map(|field| field.name.text.as_str()).collect();
        let rules = declared.rules.iter().filter(|rule| rule.applies.is_none()).flat_map(|rule| &rule.requirements);
        let mut seen = HashSet::new();
        rules.chain(constraints(declared)).for_each(|one| asks(declared, &one.expr, &mut asked, &mut seen));
        Self { declared, asked, known: RefCell::default() }
    }

    /// Whether a requirement holds where every list is empty of which nothing asks more.
    fn holds_empty(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Quantifier(Quantifier::Every | Quantifier::None, list, _, _) => self.may_be_empty(list),
            ExprKind::Covers(_, wanted) => self.may_be_empty(wanted),
            ExprKind::And(parts) => parts.iter().all(|part| self.holds_empty(part)),
            ExprKind::Or(parts) => parts.iter().any(|part| self.holds_empty(part)),
            ExprKind::If(_, yes, None) => self.holds_empty(yes),
            ExprKind::If(_, yes, Some(no)) => self.holds_empty(yes) && self.holds_empty(no),
            ExprKind::Name(name) => self.declared.define(name).is_some_and(|define| {
                let known = self.known.borrow().get(define.name.text.as_str()).copied();
                known.unwrap_or_else(|| {
                    let holds = self.holds_empty(&define.value);
                    self.known.borrow_mut().insert(&define.name.text, holds);
                    holds
                })
            }),
            _ => false,
        }
    }

    fn may_be_empty(&self, list: &Expr) -> bool {
        match &list.kind {
            // What stands in `全部` and between braces is there.
            ExprKind::All(_) | ExprKind::List(_) => false,
            ExprKind::Filter(inner, _, _) => !matches!(inner.kind, ExprKind::All(_)) && self.base_may_be_empty(inner),
            _ => self.base_may_be_empty(list),
        }
    }

    fn base_may_be_empty(&self, list: &Expr) -> bool {
        match &list.kind {
            ExprKind::All(_) | ExprKind::List(_) => false,
            ExprKind::Name(name) => match self.declared.define(name) {
                Some(define) => self.may_be_empty(&define.value),
                None => !self.asked.contains(name.as_str()),
            },
            ExprKind::Field(inner, name) => !self.asked.contains(name.text.as_str()) && self.base_may_be_empty(inner),
            ExprKind::Filter(inner, ..) | ExprKind::Aggregate(Aggregate::Distinct, inner, _) => {
                self.base_may_be_empty(inner)
            }
            _ => true,
        }
    }
}

/// The lists that a requirement asks elements of whatever else holds: looked for, counted to be many, covering what is there
/// in any case.
fn asks<'d>(declared: &'d Declared<'d>, expr: &'d Expr, found: &mut HashSet<&'d str>, seen: &mut HashSet<&'d str>) {
    match &expr.kind {
        ExprKind::And(parts) => parts.iter().for_each(|part| asks(declared, part, found, seen)),
        ExprKind::By(_, cond) => asks(declared, cond, found, seen),
        ExprKind::Quantifier(Quantifier::Some, list, ..) => names(declared, list, found),
        ExprKind::Covers(have, wanted) if !is_list_of_data(wanted) => names(declared, have, found),
        ExprKind::Compare(op, one, other) => compared(declared, *op, (one, other), found),
        ExprKind::Between(many, low, _) if !may_be_none(low) => counted(declared, many, found),
        ExprKind::Has(list, true) => names(declared, list, found),
        ExprKind::Not(inner) => match &inner.kind {
            ExprKind::Compare(op, one, other) => compared(declared, op.opposite(), (one, other), found),
            ExprKind::Has(list, false) => names(declared, list, found),
            _ => {}
        },
        ExprKind::Frequency(frequency) => names(declared, &frequency.dates, found),
        ExprKind::Name(name) => {
            if let Some(define) = declared.define(name).filter(|_| seen.insert(name)) {
                asks(declared, &define.value, found, seen);
            }
        }
        _ => {}
    }
}

/// The list of which a comparison asks that it have elements.
fn compared<'d>(
    declared: &'d Declared<'d>,
    op: CompareOp,
    (one, other): (&'d Expr, &'d Expr),
    found: &mut HashSet<&'d str>,
) {
    let is_some = |expr: &Expr| matches!(expr.kind, ExprKind::Number(_)) && !is_none(expr);
    for (op, many, few) in [(op, one, other), (op.mirrored(), other, one)] {
        let asks = match op {
            // More than none is some.
            CompareOp::Gt => true,
            CompareOp::Ge => !may_be_none(few),
            CompareOp::Ne => is_none(few),
            CompareOp::Eq => is_some(few),
            CompareOp::Le | CompareOp::Lt => false,
        };
        if asks {
            counted(declared, many, found);
        }
    }
}

/// The list that an expression counts.
fn counted<'d>(declared: &'d Declared<'d>, many: &'d Expr, found: &mut HashSet<&'d str>) {
    if let ExprKind::Aggregate(aggregate, list, _) = &many.kind
        && aggregate.function().counts
    {
        names(declared, list, found);
    }
}

/// Whether a number is 0 as it is written.
fn is_none(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Number(literal) if number(literal) == Ratio::from_integer(0))
}

/// Whether a number may as well be 0: that, or how many another list has.
fn may_be_none(few: &Expr) -> bool {
    let mut counts = is_none(few);
    walk(few, &mut |part: &Expr| counts |= matches!(part.kind, ExprKind::Aggregate(..)));
    counts
}

/// Whether what has to be covered comes from the document, and may so be nothing.
fn is_list_of_data(expr: &Expr) -> bool {
    let mut all = false;
    walk(expr, &mut |part: &Expr| all |= matches!(part.kind, ExprKind::All(_) | ExprKind::List(_)));
    !all
}

/// The names of the lists that a list is made of.
fn names<'d>(declared: &'d Declared<'d>, list: &'d Expr, found: &mut HashSet<&'d str>) {
    match &list.kind {
        ExprKind::Name(name) => match declared.define(name) {
            Some(define) => names(declared, &define.value, found),
            None => _ = found.insert(name),
        },
        ExprKind::Field(inner, name) => {
            found.insert(&name.text);
            names(declared, inner, found);
        }
        ExprKind::Filter(inner, ..) | ExprKind::Aggregate(Aggregate::Distinct, inner, _) => {
            names(declared, inner, found)
        }
        _ => {}
    }
}

fn warning(rule: &Rule) -> Diagnostic {
    let id = &rule.id.text;
    let message = texts::rule_asks_only_elements(&id).text();
    let help = texts::say_least_1_items(&id).text();
    Diagnostic::new(Code::EmptyPasses, rule.id.span, message, help)
}
