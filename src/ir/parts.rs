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
        self.each_asked(&mut |part, _| visit(part));
    }

    /// The values that stand directly within it.
    pub fn scalars(self) -> Vec<&'r Scalar> {
        let mut found = Vec::new();
        self.each(&mut |part| found.extend(if let Self::Scalar(scalar) = part { Some(scalar) } else { None }));
        found
    }
}

/// The same, to be changed.
#[derive(Debug)]
pub enum PartMut<'r> {
    /// What is true, false, pending or unknown.
    Cond(&'r mut Cond),
    /// A single value.
    Scalar(&'r mut Scalar),
    /// Rows of a list.
    List(&'r mut List),
}

/// How often a part is asked for, where the whole is asked for once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Once.
    Once,
    /// Again and again, of the same.
    Again,
    /// Of each element of a list, which is bound to this frame.
    OfEach(u8),
}

/// The parts of every kind are listed here and nowhere else, once for looking and once for changing.
macro_rules! parts {
    ($part:ident, $iter:ident $(, $mut:tt)?) => {
        impl<'r> $part<'r> {
            /// Shows what stands directly within it, in order, and how often each is asked for.
            pub fn each_asked(self, visit: &mut dyn FnMut(Self, Asked)) {
                match self {
                    Self::Cond(cond) => Self::in_cond(&$($mut)? cond.kind, visit),
                    Self::Scalar(scalar) => Self::in_scalar(&$($mut)? scalar.kind, visit),
                    Self::List(list) => Self::in_list(&$($mut)? list.kind, visit),
                }
            }

            fn in_cond(kind: &'r $($mut)? CondKind, visit: &mut dyn FnMut(Self, Asked)) {
                match kind {
                    CondKind::Const(_) | CondKind::HasField(..) | CondKind::Definition(_) => {}
                    CondKind::Value(scalar) | CondKind::HasValue(scalar) => visit(Self::Scalar(scalar), Asked::Once),
                    CondKind::Not(inner) => visit(Self::Cond(inner), Asked::Once),
                    CondKind::And(parts) | CondKind::Or(parts) => {
                        parts.$iter().for_each(|part| visit(Self::Cond(part), Asked::Once));
                    }
                    CondKind::If(test, yes, no) => {
                        visit(Self::Cond(test), Asked::Once);
                        visit(Self::Cond(yes), Asked::Once);
                        no.$iter().for_each(|no| visit(Self::Cond(no), Asked::Once));
                    }
                    CondKind::Quantifier(_, list, frame, body) => {
                        visit(Self::List(list), Asked::Once);
                        visit(Self::Cond(body), Asked::OfEach(*frame));
                    }
                    CondKind::Covers(have, want) => {
                        visit(Self::List(have), Asked::Again);
                        visit(Self::List(want), Asked::Once);
                    }
                    CondKind::Deadline(deadline) => {
                        let deadline = &$($mut)? **deadline;
                        visit(Self::Scalar(&$($mut)? deadline.done), Asked::Once);
                        Self::in_due(&$($mut)? deadline.due, visit);
                    }
                    CondKind::By(by) => {
                        let by = &$($mut)? **by;
                        Self::in_due(&$($mut)? by.due, visit);
                        visit(Self::Cond(&$($mut)? by.cond), Asked::Once);
                    }
                    CondKind::Frequency(frequency) => {
                        let frequency = &$($mut)? **frequency;
                        visit(Self::List(&$($mut)? frequency.dates), Asked::Again);
                        visit(Self::Scalar(&$($mut)? frequency.times), Asked::Once);
                        visit(Self::Scalar(&$($mut)? frequency.since), Asked::Once);
                        frequency.except.$iter().for_each(|except| visit(Self::List(except), Asked::Again));
                    }
                    CondKind::Compare(_, left, right) | CondKind::TextContains(left, right) => {
                        [left, right].into_iter().for_each(|part| visit(Self::Scalar(part), Asked::Once));
                    }
                    CondKind::In(item, list) => {
                        visit(Self::Scalar(item), Asked::Once);
                        visit(Self::List(list), Asked::Once);
                    }
                    CondKind::Between(value, low, high) => {
                        [value, low, high].into_iter().for_each(|part| visit(Self::Scalar(part), Asked::Once));
                    }
                }
            }

            fn in_due(due: &'r $($mut)? Due, visit: &mut dyn FnMut(Self, Asked)) {
                match due {
                    Due::Before(day) => visit(Self::Scalar(day), Asked::Once),
                    Due::Within { start, length, .. } => {
                        [start, length].into_iter().for_each(|part| visit(Self::Scalar(part), Asked::Once));
                    }
                }
            }

            fn in_scalar(kind: &'r $($mut)? ScalarKind, visit: &mut dyn FnMut(Self, Asked)) {
                match kind {
                    ScalarKind::Const(_)
                    | ScalarKind::Param(_)
                    | ScalarKind::Field(_)
                    | ScalarKind::Bound(_)
                    | ScalarKind::Argument(_)
                    | ScalarKind::Definition(_)
                    | ScalarKind::Today => {}
                    ScalarKind::Table(_, args) => {
                        args.$iter().for_each(|arg| visit(Self::Scalar(arg), Asked::Once));
                    }
                    ScalarKind::Arith(_, left, right)
                    | ScalarKind::DurationArith(_, left, right)
                    | ScalarKind::DaysBetween(left, right)
                    | ScalarKind::Default(left, right)
                    | ScalarKind::Shift(left, right, ..) => {
                        [left, right].into_iter().for_each(|part| visit(Self::Scalar(part), Asked::Once));
                    }
                    ScalarKind::Neg(inner) | ScalarKind::Hoisted(_, inner) => {
                        visit(Self::Scalar(inner), Asked::Once);
                    }
                    ScalarKind::If(test, yes, no) => {
                        visit(Self::Cond(test), Asked::Once);
                        [yes, no].into_iter().for_each(|part| visit(Self::Scalar(part), Asked::Once));
                    }
                    ScalarKind::Aggregate(_, list, share) => {
                        visit(Self::List(list), Asked::Once);
                        share.$iter().for_each(|(frame, cond)| visit(Self::Cond(cond), Asked::OfEach(*frame)));
                    }
                    ScalarKind::Cond(cond) => visit(Self::Cond(cond), Asked::Once),
                }
            }

            fn in_list(kind: &'r $($mut)? ListKind, visit: &mut dyn FnMut(Self, Asked)) {
                match kind {
                    ListKind::Field(..) | ListKind::All(_) | ListKind::Param(_) | ListKind::Definition(_) => {}
                    ListKind::Filter(inner, frame, cond) => {
                        visit(Self::List(inner), Asked::Once);
                        visit(Self::Cond(cond), Asked::OfEach(*frame));
                    }
                    ListKind::Project(inner, frame, scalar) => {
                        visit(Self::List(inner), Asked::Once);
                        visit(Self::Scalar(scalar), Asked::OfEach(*frame));
                    }
                    ListKind::Flatten(inner, frame, nested) => {
                        visit(Self::List(inner), Asked::Once);
                        visit(Self::List(nested), Asked::OfEach(*frame));
                    }
                    ListKind::Literal(parts) => {
                        parts.$iter().for_each(|part| visit(Self::Scalar(part), Asked::Once));
                    }
                    ListKind::Distinct(inner) => visit(Self::List(inner), Asked::Again),
                    ListKind::Hoisted(_, inner) | ListKind::Optimized(inner, _) => {
                        visit(Self::List(inner), Asked::Once);
                    }
                }
            }
        }
    };
}

parts!(Part, iter);
parts!(PartMut, iter_mut, mut);
