//! Types of expressions, and what the checker knows of an expression besides.

use crate::scope::Scope;
use bulou_base::source::Span;
use bulou_base::value::Quotient;
use bulou_document::Constant;
use bulou_document::shape::{Fields, OptionSet, Tense};
use bulou_ir::expr::{Cond, CondKind, FieldRef, Header, List, Scalar, ScalarKind, Show};
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_syntax::ast::DurationUnit;
use bulou_syntax::built_in::{BuiltIn, Format};

/// The type of an expression.
#[derive(Clone, Debug)]
pub(crate) enum Ty<'a> {
    Bool,
    /// A number with its unit, when it has one.
    Number(Option<&'a str>),
    Text,
    /// A text that is a school's 标识.
    Code,
    /// A text that says who somebody is: compared by the name alone, see [`crate::persons`].
    Person,
    /// What it says of what it is the day of; [`Ty::DATE`] where it is no field's.
    Date(Tense),
    Duration(DurationUnit),
    Option(u16),
    Record(&'a Fields),
    /// A list, and the fields that its elements surely have (their paths, each with a leading dot).
    List(Box<Ty<'a>>, Vec<String>),
    Counting,
    /// Already reported.
    Bad,
}

impl<'a> Ty<'a> {
    /// Any date.
    pub const DATE: Self = Self::Date(Tense::Ranged);

    pub fn fits(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bad, _) | (_, Self::Bad) => true,
            (Self::Text | Self::Code, Self::Text | Self::Code) => true,
            (Self::Number(_), Self::Number(_)) | (Self::Duration(_), Self::Duration(_)) => true,
            (Self::Option(a), Self::Option(b)) => a == b,
            (Self::List(a, _), Self::List(b, _)) => a.fits(b),
            (Self::Record(a), Self::Record(b)) => std::ptr::eq(*a, *b),
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    /// The type's name for people.
    pub fn name(&self, sets: &[OptionSet], lang: Lang) -> String {
        match self {
            Self::Bool => BuiltIn::Bool.word(lang).into(),
            Self::Number(None) => texts::number().get(lang).into(),
            Self::Number(Some(unit)) => format!("{}({unit})", texts::number().get(lang)),
            Self::Person => Format::Person.word(lang).into(),
            Self::Text | Self::Code => BuiltIn::Text.word(lang).into(),
            Self::Date(_) => BuiltIn::Date.word(lang).into(),
            Self::Duration(DurationUnit::Days) => texts::duration_days().get(lang).into(),
            Self::Duration(DurationUnit::WorkDays) => texts::duration_workdays().get(lang).into(),
            Self::Duration(DurationUnit::Months) => texts::duration_months().get(lang).into(),
            Self::Option(set) => match sets.get(usize::from(*set)) {
                Some(set) if !set.name.is_empty() => set.name.clone(),
                Some(set) => format!("{{{}}}", set.options.join(", ")),
                None => texts::option().get(lang).into(),
            },
            Self::Record(fields) => fields.name.clone(),
            Self::List(element, _) => format!("[{}]", element.name(sets, lang)),
            Self::Counting => BuiltIn::Counting.word(lang).into(),
            Self::Bad => "?".into(),
        }
    }

    pub fn show(&self) -> Show {
        match self {
            Self::Bool => Show::Bool,
            Self::Number(unit) => Show::Number(unit.unwrap_or_default().to_owned()),
            Self::Date(_) => Show::Date,
            Self::Duration(unit) => Show::Duration(*unit),
            Self::Option(set) => Show::Option(*set),
            Self::Record(_) => Show::Row,
            Self::List(element, _) => element.show(),
            Self::Code => Show::Code,
            Self::Text | Self::Person | Self::Counting | Self::Bad => Show::Text,
        }
    }

    pub fn is_bad(&self) -> bool {
        matches!(self, Self::Bad)
    }
}

/// A record that is reached from a bound row.
#[derive(Clone, Debug)]
pub(crate) struct Place<'a> {
    pub frame: u8,
    pub headers: Vec<Header>,
    pub key: String,
    pub fields: &'a Fields,
    /// That it is there, or is the one that is looked at, depends on a `敏感` value.
    pub chosen: bool,
}

impl<'a> Place<'a> {
    /// The row that is bound in a scope.
    pub fn row(scope: &Scope<'a>, fields: &'a Fields) -> Self {
        let (frame, key, chosen) = (scope.frame, scope.id.clone(), scope.sensitive);
        Self { frame, headers: scope.way.clone(), key, fields, chosen }
    }
}

/// What an expression compiles to.
#[derive(Clone, Debug)]
pub(crate) enum Node<'a> {
    Cond(CondKind),
    Scalar(ScalarKind),
    List(bulou_ir::expr::ListKind),
    Record(Place<'a>),
    Bad,
}

/// The least and the greatest number, where there is one.
pub(crate) type Bound = (Option<Quotient>, Option<Quotient>);

/// A checked expression.
#[derive(Clone, Debug)]
pub(crate) struct Typed<'a> {
    pub node: Node<'a>,
    pub ty: Ty<'a>,
    pub span: Span,
    pub text: Box<str>,
    /// Its key among the facts, when it names something that may be present or absent.
    pub key: Option<String>,
    /// It may be absent here, and no guard says otherwise.
    pub unguarded: bool,
    /// Where it contains a deadline or a frequency.
    pub requirement: Option<Span>,
    /// What it comes to depends on a `敏感` value. Set for all forms in one place, [`Checker::infer`](crate::scope::Checker::infer).
    pub sensitive: bool,
    /// Of a field: that it is there depends on one.
    pub chosen: bool,
    /// What is surely present when it is true, and when it is false.
    pub when_true: Vec<String>,
    pub when_false: Vec<String>,
    /// The least and greatest number it can be, where that is known.
    pub bounds: Option<Bound>,
}

impl<'a> Typed<'a> {
    pub fn new(node: Node<'a>, ty: Ty<'a>, span: Span, text: Box<str>) -> Self {
        Self {
            node,
            ty,
            span,
            text,
            key: None,
            unguarded: false,
            requirement: None,
            sensitive: false,
            chosen: false,
            when_true: Vec::new(),
            when_false: Vec::new(),
            bounds: None,
        }
    }

    /// The constant that it is, if it is one.
    pub fn constant(&self) -> Option<Constant> {
        let Node::Scalar(kind) = &self.node else { return None };
        kind.constant()
    }

    pub fn field(&self) -> Option<&FieldRef> {
        match &self.node {
            Node::Scalar(ScalarKind::Field(field)) => Some(field),
            Node::List(bulou_ir::expr::ListKind::Field(field, ..)) => Some(field),
            _ => None,
        }
    }

    fn show(&self) -> Show {
        if self.sensitive { Show::Hidden } else { self.ty.show() }
    }

    /// As a condition; a value of type 是否 asks whether it is 是.
    pub fn into_cond(self) -> Cond {
        let (text, hidden) = (self.text.clone(), self.sensitive);
        let kind = match self.node {
            Node::Cond(kind) => kind,
            Node::Scalar(ScalarKind::Const(Constant::Bool(value))) => CondKind::Const(value),
            Node::Scalar(_) => CondKind::Value(Box::new(self.into_scalar())),
            Node::List(_) | Node::Record(_) | Node::Bad => CondKind::Const(false),
        };
        Cond { kind, text, hidden }
    }

    /// As a value.
    pub fn into_scalar(self) -> Scalar {
        let (show, hidden) = (self.show(), self.sensitive);
        let kind = match self.node {
            Node::Scalar(kind) => kind,
            Node::Cond(kind) => ScalarKind::Cond(Box::new(Cond { kind, text: self.text.clone(), hidden })),
            Node::Record(place) if place.headers.is_empty() => ScalarKind::Bound(place.frame),
            Node::Record(_) | Node::List(_) | Node::Bad => ScalarKind::Const(Constant::Bool(false)),
        };
        Scalar { kind, text: self.text, show }
    }

    /// As a list.
    pub fn into_list(self) -> List {
        let show = self.show();
        let kind = match self.node {
            Node::List(kind) => kind,
            _ => bulou_ir::expr::ListKind::Literal(Vec::new()),
        };
        List { kind, text: self.text, show }
    }
}
