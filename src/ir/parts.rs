//! What stands directly within a compiled expression, whatever its kind: for whoever has to look at all of it.

use super::expr::{Cond, CondKind, Due, FieldRef, List, ListKind, Scalar, ScalarKind};

/// An expression of any of the three kinds.
#[derive(Clone, Copy, Debug)]
pub enum Part<'r> {
    /// What is true, false, pending or unknown.
    Cond(&'r Cond),
    /// A single value.
    Scalar(&'r Scalar),
    /// Rows of a list.
    List(&'r List),
}

impl<'r> Part<'r> {
    /// The field that it reads itself.
    pub fn field(self) -> Option<&'r FieldRef> {
        match self {
            Self::Cond(Cond { kind: CondKind::HasField(field, _), .. })
            | Self::Scalar(Scalar { kind: ScalarKind::Field(field), .. })
            | Self::List(List { kind: ListKind::Field(field, ..), .. }) => Some(field),
            _ => None,
        }
    }

    /// The definition that it names.
    pub fn definition(self) -> Option<usize> {
        match self {
            Self::Cond(Cond { kind: CondKind::Definition(index), .. })
            | Self::Scalar(Scalar { kind: ScalarKind::Definition(index), .. })
            | Self::List(List { kind: ListKind::Definition(index), .. }) => Some(*index),
            _ => None,
        }
    }

    /// The frame that it binds, and the list whose elements these are.
    pub fn binds(self) -> Option<(u8, &'r List)> {
        match self {
            Self::Cond(Cond { kind: CondKind::Quantifier(_, list, frame, _), .. })
            | Self::Scalar(Scalar { kind: ScalarKind::Aggregate(_, list, Some((frame, _))), .. }) => {
                Some((*frame, list))
            }
            Self::List(list) => match &list.kind {
                ListKind::Filter(inner, frame, _)
                | ListKind::Project(inner, frame, _)
                | ListKind::Flatten(inner, frame, _) => Some((*frame, inner)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Shows what stands directly within it.
    pub fn each(self, visit: &mut dyn FnMut(Self)) {
        match self {
            Self::Cond(cond) => in_cond(&cond.kind, visit),
            Self::Scalar(scalar) => in_scalar(&scalar.kind, visit),
            Self::List(list) => in_list(&list.kind, visit),
        }
    }
}

fn in_cond<'r>(kind: &'r CondKind, visit: &mut dyn FnMut(Part<'r>)) {
    match kind {
        CondKind::Const(_) | CondKind::HasField(..) | CondKind::Definition(_) => {}
        CondKind::Value(scalar) | CondKind::HasValue(scalar) => visit(Part::Scalar(scalar)),
        CondKind::Not(inner) => visit(Part::Cond(inner)),
        CondKind::And(parts) | CondKind::Or(parts) => parts.iter().for_each(|part| visit(Part::Cond(part))),
        CondKind::If(test, yes, no) => {
            [Some(test), Some(yes), no.as_ref()].into_iter().flatten().for_each(|part| visit(Part::Cond(part)));
        }
        CondKind::Quantifier(_, list, _, body) => {
            visit(Part::List(list));
            visit(Part::Cond(body));
        }
        CondKind::Covers(have, want) => [have, want].into_iter().for_each(|list| visit(Part::List(list))),
        CondKind::Deadline(deadline) => {
            visit(Part::Scalar(&deadline.done));
            in_due(&deadline.due, visit);
        }
        CondKind::By(by) => {
            in_due(&by.due, visit);
            visit(Part::Cond(&by.cond));
        }
        CondKind::Frequency(frequency) => {
            visit(Part::List(&frequency.dates));
            [&frequency.times, &frequency.since].into_iter().for_each(|part| visit(Part::Scalar(part)));
            frequency.except.iter().for_each(|except| visit(Part::List(except)));
        }
        CondKind::Compare(_, left, right) | CondKind::TextContains(left, right) => {
            [left, right].into_iter().for_each(|part| visit(Part::Scalar(part)));
        }
        CondKind::In(item, list) => {
            visit(Part::Scalar(item));
            visit(Part::List(list));
        }
        CondKind::Between(value, low, high) => {
            [value, low, high].into_iter().for_each(|part| visit(Part::Scalar(part)));
        }
    }
}

fn in_due<'r>(due: &'r Due, visit: &mut dyn FnMut(Part<'r>)) {
    match due {
        Due::Before(day) => visit(Part::Scalar(day)),
        Due::Within { start, length, .. } => [start, length].into_iter().for_each(|part| visit(Part::Scalar(part))),
    }
}

fn in_scalar<'r>(kind: &'r ScalarKind, visit: &mut dyn FnMut(Part<'r>)) {
    match kind {
        ScalarKind::Const(_)
        | ScalarKind::Param(_)
        | ScalarKind::Field(_)
        | ScalarKind::Bound(_)
        | ScalarKind::Argument(_)
        | ScalarKind::Definition(_)
        | ScalarKind::Today => {}
        ScalarKind::Table(_, args) => args.iter().for_each(|arg| visit(Part::Scalar(arg))),
        ScalarKind::Arith(_, left, right)
        | ScalarKind::DurationArith(_, left, right)
        | ScalarKind::DaysBetween(left, right)
        | ScalarKind::Default(left, right)
        | ScalarKind::Shift(left, right, ..) => [left, right].into_iter().for_each(|part| visit(Part::Scalar(part))),
        ScalarKind::Neg(inner) | ScalarKind::Hoisted(_, inner) => visit(Part::Scalar(inner)),
        ScalarKind::If(test, yes, no) => {
            visit(Part::Cond(test));
            [yes, no].into_iter().for_each(|part| visit(Part::Scalar(part)));
        }
        ScalarKind::Aggregate(_, list, share) => {
            visit(Part::List(list));
            share.iter().for_each(|(_, cond)| visit(Part::Cond(cond)));
        }
        ScalarKind::Cond(cond) => visit(Part::Cond(cond)),
    }
}

fn in_list<'r>(kind: &'r ListKind, visit: &mut dyn FnMut(Part<'r>)) {
    match kind {
        ListKind::Field(..) | ListKind::All(_) | ListKind::Param(_) | ListKind::Definition(_) => {}
        ListKind::Filter(inner, _, cond) => {
            visit(Part::List(inner));
            visit(Part::Cond(cond));
        }
        ListKind::Project(inner, _, scalar) => {
            visit(Part::List(inner));
            visit(Part::Scalar(scalar));
        }
        ListKind::Flatten(inner, _, nested) => [inner, nested].into_iter().for_each(|list| visit(Part::List(list))),
        ListKind::Literal(parts) => parts.iter().for_each(|part| visit(Part::Scalar(part))),
        ListKind::Distinct(inner) | ListKind::Hoisted(_, inner) | ListKind::Optimized(inner, _) => {
            visit(Part::List(inner))
        }
    }
}
