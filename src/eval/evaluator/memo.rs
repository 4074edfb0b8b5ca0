//! Answers that were worked out before, and what each kind of answer is where nothing can be said.

use bulou_base::value::{Truth, Value};

/// An answer that was worked out before.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Memo<'d> {
    /// It was not, or is a list.
    Not,
    Truth(Truth),
    Value(Value<'d>),
}

/// Answers that have a form for "cannot be said".
pub(crate) trait UnknownAnswer {
    const UNKNOWN: Self;
}

impl UnknownAnswer for Memo<'_> {
    const UNKNOWN: Self = Self::Not;
}

impl UnknownAnswer for Truth {
    const UNKNOWN: Self = Self::Unknown;
}

impl UnknownAnswer for bool {
    const UNKNOWN: Self = false;
}

impl UnknownAnswer for () {
    const UNKNOWN: Self = ();
}

impl UnknownAnswer for Value<'_> {
    const UNKNOWN: Self = Self::Unknown;
}
