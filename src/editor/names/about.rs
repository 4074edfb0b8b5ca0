//! What a name is declared as.

use bulou_syntax::ast::{
    Calendar, Citable, Data, Define, Field, Name, Options, Pack, Param, Record, Rule, Table, TableParam,
};

use crate::TokenKind;

/// What a name is declared as.
#[derive(Clone, Copy, Debug)]
pub(crate) enum About<'a> {
    Pack(&'a Pack),
    Source(&'a Citable),
    Param(&'a Param),
    Options(&'a Options),
    /// An option, and the name of its set when it has one.
    Option(&'a str),
    Record(&'a Record),
    Data(&'a Data),
    /// A field, and the record it belongs to.
    Field(&'a Field, &'a str),
    Define(&'a Define),
    Table(&'a Table),
    Argument(&'a TableParam),
    Calendar(&'a Calendar),
    Rule(&'a Rule),
    /// By `记作`.
    Binding,
}

impl<'a> About<'a> {
    /// The name of a declaration.
    pub(super) fn declaration(&self) -> Option<&'a Name> {
        Some(match self {
            Self::Source(source) => &source.name,
            Self::Param(param) => &param.name,
            Self::Options(options) => &options.name,
            Self::Record(record) => &record.name,
            Self::Data(data) => &data.name,
            Self::Define(define) => &define.name,
            Self::Table(table) => &table.name,
            Self::Rule(rule) => &rule.id,
            Self::Pack(_)
            | Self::Calendar(_)
            | Self::Option(_)
            | Self::Field(..)
            | Self::Argument(_)
            | Self::Binding => {
                return None;
            }
        })
    }

    /// How the name is coloured.
    pub fn token(&self) -> TokenKind {
        match self {
            Self::Pack(_) | Self::Calendar(_) | Self::Source(_) => TokenKind::Source,
            Self::Param(_) => TokenKind::Param,
            Self::Options(_) | Self::Record(_) | Self::Data(_) => TokenKind::Type,
            Self::Option(_) => TokenKind::Option,
            Self::Field(..) => TokenKind::Field,
            Self::Define(_) => TokenKind::Define,
            Self::Table(_) => TokenKind::Function,
            Self::Argument(_) | Self::Binding => TokenKind::Variable,
            Self::Rule(_) => TokenKind::Rule,
        }
    }
}
