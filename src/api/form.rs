//! A form for a pack's documents, described by the pack's `数据` alone.

use serde::Serialize;

use bulou_base::value::shown_number;
use bulou_document::shape::{Bounds, Element, Field, Fields, Kind};
use bulou_document::types::Domain;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;

/// One question, or a section or list of them.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct FormField {
    /// Its key in the JSON document.
    pub key: String,
    /// For people.
    pub label: String,
    /// What it says of the whole document.
    pub role: Option<Role>,
    /// What is filled in.
    pub kind: FormKind,
    /// May stay blank.
    pub optional: bool,
    /// How many rows it must have at least, when it is a list.
    pub min_items: u32,
    /// No two rows of its list may have the same.
    pub unique: bool,
    /// Its value appears in no report.
    pub sensitive: bool,
    /// `说明`, and which days a date may be.
    pub hint: Option<String>,
    /// `单位`
    pub unit: Option<String>,
    /// `示例`
    pub example: Option<String>,
    /// Who fills it in, when not the school.
    pub vouched: Option<String>,
    /// Ids of the rules that use it.
    pub rules: Vec<String>,
}

/// A field that tells one document from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Role {
    /// `标识`
    Id,
    /// `名称`
    Name,
    /// `日期`
    Date,
    /// `版次`
    Edition,
}

/// What is filled in.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum FormKind {
    /// Yes or no.
    Bool,
    /// A whole number; bounds are written as text, for they are exact.
    Integer {
        /// Least.
        min: Option<String>,
        /// Greatest.
        max: Option<String>,
    },
    /// A decimal number.
    Decimal {
        /// Least.
        min: Option<String>,
        /// Greatest.
        max: Option<String>,
    },
    /// A text.
    Text {
        /// Name of its format.
        format: Option<String>,
    },
    /// A date.
    Date,
    /// A duration, written with its unit.
    Duration {
        /// 日, 个工作日 or 个月.
        unit: String,
    },
    /// One of a list.
    Option {
        /// The list.
        options: Vec<String>,
    },
    /// A record.
    Record {
        /// Its fields.
        fields: Vec<FormField>,
        /// Keys that must not be in it, however deep.
        forbidden: Vec<String>,
    },
    /// A list.
    List {
        /// What its elements are.
        element: Box<FormKind>,
    },
}

/// The form of a pack's document.
#[must_use]
pub fn form(rules: &RuleSet) -> Vec<FormField> {
    match rules.shape.tables.first().map(|table| &table.element) {
        Some(Element::Record(fields)) => self::fields(rules, 0, fields),
        _ => Vec::new(),
    }
}

fn fields(rules: &RuleSet, table: u16, fields: &Fields) -> Vec<FormField> {
    fields.fields.iter().map(|one| field(rules, table, one)).collect()
}

fn field(rules: &RuleSet, table: u16, field: &Field) -> FormField {
    let users = rules.field_rules.get(&(table, field.slot)).map(Vec::as_slice).unwrap_or_default();
    let notes = field.notes.clone();
    FormField {
        key: field.name.clone(),
        label: field.label.clone(),
        role: if table == 0 { role(rules, field.slot) } else { None },
        kind: kind(rules, table, &field.kind),
        optional: field.optional,
        min_items: field.min_items,
        unique: field.unique,
        sensitive: field.sensitive,
        hint: notes.guidance(),
        unit: notes.unit,
        example: notes.example,
        vouched: notes.vouched,
        rules: users.iter().filter_map(|index| Some(rules.rules.get(*index)?.card.id.clone())).collect(),
    }
}

fn role(rules: &RuleSet, slot: u32) -> Option<Role> {
    let shape = &rules.shape;
    let roles = [
        (&shape.identity, Role::Id),
        (&shape.title, Role::Name),
        (&shape.date, Role::Date),
        (&shape.edition, Role::Edition),
    ];
    roles.into_iter().find(|(path, _)| path.as_ref().is_some_and(|path| path.slot == slot)).map(|(_, role)| role)
}

fn kind(rules: &RuleSet, table: u16, kind: &Kind) -> FormKind {
    match kind.domain() {
        Domain::Bool => FormKind::Bool,
        Domain::Whole(bounds) => {
            let (min, max) = ends(bounds);
            FormKind::Integer { min, max }
        }
        Domain::Decimal(bounds) => {
            let (min, max) = ends(bounds);
            FormKind::Decimal { min, max }
        }
        Domain::Text(format) => FormKind::Text {
            // Words are typed as those of any text.
            format: format.filter(|format| format.is_code()).map(|format| format.word(Lang::Zh).to_owned()),
        },
        Domain::Date(_) => FormKind::Date,
        Domain::Duration(unit) => FormKind::Duration { unit: unit.name().to_owned() },
        Domain::Option(set) => {
            let set = rules.shape.option_sets.get(usize::from(set));
            FormKind::Option { options: set.map(|set| set.options.clone()).unwrap_or_default() }
        }
        Domain::Record(inner) => record(rules, table, inner),
        Domain::List(index) => {
            let element = match rules.shape.tables.get(usize::from(index)).map(|table| &table.element) {
                Some(Element::Record(inner)) => record(rules, index, inner),
                Some(Element::Scalar(scalar)) => self::kind(rules, index, scalar),
                None => FormKind::Text { format: None },
            };
            FormKind::List { element: Box::new(element) }
        }
    }
}

fn record(rules: &RuleSet, table: u16, inner: &Fields) -> FormKind {
    FormKind::Record { fields: fields(rules, table, inner), forbidden: inner.forbidden_keys() }
}

fn ends(bounds: &Bounds) -> (Option<String>, Option<String>) {
    (bounds.min.map(shown_number), bounds.max.map(shown_number))
}
