//! Parameters: their types, their defaults, and what they may be set to.

use serde::{Deserialize, Serialize};

use bulou_base::value::Quotient;
use bulou_document::Constant;
use bulou_document::placeholder::is_person;
use bulou_document::types::{Domain, Kind};

/// A parameter with its default.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// What it may be.
    pub ty: ParamType,
    /// Used unless the caller gives another.
    pub default: Constant,
    /// The least and the greatest that it, or each of its elements, may be set to.
    pub range: Option<(Constant, Constant)>,
    /// What it means.
    pub note: String,
    /// What it names, where that limits its values.
    pub names: Option<Names>,
}

/// What the values of a parameter name, by how rules use it.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Months that a frequency leaves out: 1 to 12, and not all.
    Months,
    /// Persons, who are compared by their names alone: nothing stands beside a name.
    Persons,
}

impl Param {
    /// Whether a value is one of those that it may be, besides its type.
    #[must_use]
    pub fn admits(&self, value: &Constant) -> bool {
        let is_listed = |parts: &[Constant]| parts.iter().all(|part| self.admits(part));
        match (self.names, value) {
            (Some(Names::Months), Constant::List(parts)) => is_listed(parts) && !are_all_months(parts),
            (Some(Names::Months), Constant::Number(number)) => is_month(*number),
            (Some(Names::Persons), Constant::List(parts)) => is_listed(parts),
            (Some(Names::Persons), Constant::Text(text)) => is_person(text.text().normal),
            _ => true,
        }
    }
}

/// Whether every month of a year is among some constants.
pub fn are_all_months(constants: &[Constant]) -> bool {
    fn has(constants: &[Constant], month: i128) -> bool {
        constants.iter().any(|constant| match constant {
            Constant::List(parts) => has(parts, month),
            Constant::Number(number) => *number == Quotient::from_integer(month),
            _ => false,
        })
    }
    (1..=12).all(|month| has(constants, month))
}

/// Whether a number is that of a month.
pub fn is_month(number: Quotient) -> bool {
    number.is_integer() && (1..=12).contains(&number.to_integer())
}

/// Types of parameters.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum ParamType {
    /// One that fields have as well.
    Field(Kind),
    /// 期间
    Counting,
    /// `[T]`
    List(Box<Self>),
}

impl ParamType {
    /// What its values, or those of a list, are; nothing of ways to count days.
    #[must_use]
    pub fn domain(&self) -> Option<Domain<'_>> {
        match self {
            Self::Field(kind) => Some(kind.domain()),
            Self::List(element) => match &**element {
                Self::Field(kind) => Some(kind.domain()),
                Self::List(_) | Self::Counting => None,
            },
            Self::Counting => None,
        }
    }

    /// The option set that its values are of; a list is of none.
    #[must_use]
    pub fn option_set(&self) -> Option<u16> {
        match self {
            Self::Field(kind) => kind.option_set(),
            Self::Counting | Self::List(_) => None,
        }
    }
}
