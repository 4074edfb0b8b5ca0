//! What a condition compares, kept by the place where it stands: [`lints`](crate::lints) reason about trees, and only here is
//! known which field a name means, what it may be, and that two ways of writing mean the same.

use crate::scope::Checker;
use crate::types::{Bound, Node, Ty, Typed};
use bulou_base::source::Span;
use bulou_document::Constant;
use bulou_ir::expr::{FieldRef, ListKind, Scalar, ScalarKind};
use bulou_syntax::ast::CompareOp;

/// Options of a longer set are not counted one by one.
const OPTIONS: usize = 64;

/// One side of a comparison.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    /// The same for all ways to write the same value of the same element.
    pub key: String,
    pub constant: Option<Constant>,
    pub extent: Bound,
    /// Nothing lies between two of its values that follow one another.
    pub whole: bool,
    /// All that it can be, where these are few.
    pub among: Option<Vec<Constant>>,
}

/// A condition without conditions in it.
#[derive(Clone, Debug)]
pub(crate) enum Atom {
    Compare(CompareOp, Box<[Side; 2]>),
    /// A value within both ends.
    Between(Box<[Side; 3]>),
    OneOf(Side, Vec<Constant>),
    /// `有`, by the key of what is asked about.
    Has(String),
    /// No condition: what a division divides by.
    Divisor(Side),
}

impl Checker<'_> {
    pub(crate) fn note_comparison(&mut self, op: CompareOp, (left, right): (&Typed<'_>, &Typed<'_>), span: Span) {
        if let (Some(left), Some(right)) = (self.side(left), self.side(right)) {
            self.atoms.insert(span, Atom::Compare(op, Box::new([left, right])));
        }
    }

    pub(crate) fn note_between(&mut self, value: &Typed<'_>, (low, high): (&Typed<'_>, &Typed<'_>), span: Span) {
        if let (Some(value), Some(low), Some(high)) = (self.side(value), self.side(low), self.side(high)) {
            self.atoms.insert(span, Atom::Between(Box::new([value, low, high])));
        }
    }

    pub(crate) fn note_membership(&mut self, item: &Typed<'_>, list: &Typed<'_>, span: Span) {
        let Node::List(ListKind::Literal(parts)) = &list.node else { return };
        let parts: Option<Vec<Constant>> = parts.iter().map(|part| part.kind.constant()).collect();
        if let (Some(item), Some(parts)) = (self.side(item), parts) {
            self.atoms.insert(span, Atom::OneOf(item, parts));
        }
    }

    /// Of a value of type 是否 that stands as a condition.
    pub(crate) fn note_truth(&mut self, value: &Typed<'_>) {
        if matches!(value.ty, Ty::Bool)
            && matches!(value.node, Node::Scalar(_))
            && let Some(side) = self.side(value)
        {
            self.atoms.insert(value.span, Atom::OneOf(side, vec![Constant::Bool(true)]));
        }
    }

    pub(crate) fn note_divisor(&mut self, divisor: &Typed<'_>, span: Span) {
        if let Some(side) = self.side(divisor).filter(|side| side.constant.is_none()) {
            self.atoms.insert(span, Atom::Divisor(side));
        }
    }

    pub(crate) fn note_presence(&mut self, field: &FieldRef, span: Span) {
        let key = self.key_of_field(field);
        self.atoms.insert(span, Atom::Has(key));
    }

    /// None of what is compared in a way of its own: persons by parts of their names.
    fn side(&self, value: &Typed<'_>) -> Option<Side> {
        let Node::Scalar(kind) = &value.node else { return None };
        if matches!(value.ty, Ty::Person | Ty::Bad | Ty::Counting) {
            return None;
        }
        let scalar = value.clone().into_scalar();
        Some(Side {
            key: self.key(&scalar),
            constant: kind.constant(),
            extent: self.extent(kind),
            whole: !self.may_be_fraction(&scalar),
            among: self.among(&value.ty),
        })
    }

    fn among(&self, ty: &Ty<'_>) -> Option<Vec<Constant>> {
        match ty {
            Ty::Bool => Some(vec![Constant::Bool(false), Constant::Bool(true)]),
            Ty::Option(set) => {
                let count = self.shape.option_sets.get(usize::from(*set))?.options.len();
                (count <= OPTIONS)
                    .then(|| (0..count).filter_map(|one| u16::try_from(one).ok()).map(Constant::Option).collect())
            }
            _ => None,
        }
    }

    fn key(&self, scalar: &Scalar) -> String {
        match &scalar.kind {
            ScalarKind::Const(constant) => format!("={constant:?}"),
            ScalarKind::Param(index) => format!("p{index}"),
            ScalarKind::Definition(index) => format!("d{}{index}", self.document()),
            ScalarKind::Field(field) => self.key_of_field(field),
            ScalarKind::Bound(frame) => format!("b{}{frame}", self.document()),
            ScalarKind::Today => "t".to_owned(),
            ScalarKind::Hoisted(_, inner) => self.key(inner),
            ScalarKind::Neg(inner) => format!("(- {})", self.key(inner)),
            ScalarKind::DaysBetween(one, other) => format!("({} days {})", self.key(one), self.key(other)),
            ScalarKind::Arith(op, one, other) | ScalarKind::DurationArith(op, one, other) => {
                format!("({} {op:?} {})", self.key(one), self.key(other))
            }
            ScalarKind::Shift(day, length, unit, back) => {
                format!("({} {unit:?} {back} {})", self.key(day), self.key(length))
            }
            // Within one expression the same words mean the same.
            _ => format!("~{}{}", self.document(), scalar.text),
        }
    }

    fn key_of_field(&self, field: &FieldRef) -> String {
        let way: Vec<u32> = field.headers.iter().map(|header| header.slot).collect();
        format!("{}{}.{}.{way:?}.{}", self.document(), field.frame, field.table, field.slot)
    }

    /// Slots of a school's document are not those of the county's.
    fn document(&self) -> char {
        if self.county { 'c' } else { 's' }
    }
}
