//! What of a document a rule asks about, by the names on the way: `/隐患/等级`. What 约束 tie to it belongs to it as well,
//! and nothing else of a document can change an answer.

use std::collections::BTreeSet;

use bulou_document::shape::{Element, Fields, Kind, Shape};
use bulou_ir::expr::{FieldRef, ScalarKind};
use bulou_ir::parts::Part;
use bulou_ir::{Body, RuleSet};

use crate::document::names_of;

/// Fields and lists that are asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    pub fields: BTreeSet<String>,
    pub lists: BTreeSet<String>,
}

impl Uses {
    /// What a rule asks about.
    pub fn of_rule(rules: &RuleSet, index: usize) -> Self {
        let mut uses = Self::default();
        let Some(rule) = rules.rules.get(index) else { return uses };
        for cond in rule.applies.iter().chain(rule.requirements.iter().map(|requirement| &requirement.cond)) {
            uses.part(rules, Part::Cond(cond));
        }
        uses
    }

    /// What each constraint asks about.
    pub fn of_constraints(rules: &RuleSet) -> Vec<Self> {
        let of = |constraint: &bulou_ir::Constraint| {
            let mut uses = Self::default();
            uses.part(rules, Part::Cond(&constraint.cond));
            for header in &constraint.way {
                uses.fields.extend(path(&rules.shape, constraint.table, header.slot));
            }
            uses.row(&rules.shape, constraint.table);
            uses
        };
        rules.constraints.iter().map(of).collect()
    }

    /// With what constraints tie to it.
    pub fn closed(mut self, constraints: &[Self]) -> Self {
        loop {
            let before = (self.fields.len(), self.lists.len());
            for other in constraints {
                if !self.fields.is_disjoint(&other.fields) {
                    self.add(other);
                }
            }
            if before == (self.fields.len(), self.lists.len()) {
                return self;
            }
        }
    }

    pub fn add(&mut self, other: &Self) {
        self.fields.extend(other.fields.iter().cloned());
        self.lists.extend(other.lists.iter().cloned());
    }

    fn part(&mut self, rules: &RuleSet, part: Part<'_>) {
        if let Some(field) = part.field() {
            self.field(&rules.shape, field);
        }
        if let Some(body) = part.definition().and_then(|index| rules.definitions.get(index)) {
            match body {
                Body::Cond(cond) => self.part(rules, Part::Cond(cond)),
                Body::Scalar(scalar) => self.part(rules, Part::Scalar(scalar)),
                Body::List(list) => self.part(rules, Part::List(list)),
            }
        }
        if let Part::Scalar(scalar) = part
            && let ScalarKind::Table(index, _) = &scalar.kind
        {
            let rows = rules.tables.get(*index).map(|table| table.rows.as_slice()).unwrap_or_default();
            rows.iter().for_each(|row| self.part(rules, Part::Scalar(&row.result)));
        }
        part.each(&mut |inner| self.part(rules, inner));
    }

    fn field(&mut self, shape: &Shape, field: &FieldRef) {
        let Some(path) = path(shape, field.table, field.slot) else { return };
        if is_list(shape, field.table, field.slot) {
            self.lists.insert(path.clone());
        }
        self.fields.insert(path);
        self.row(shape, field.table);
    }

    /// The lists that a row stands in.
    fn row(&mut self, shape: &Shape, table: u16) {
        let Some((parent, list)) = list_of(shape, table) else { return };
        self.fields.insert(list.clone());
        self.lists.insert(list);
        self.row(shape, parent);
    }
}

/// The names on the way to a field from the document on, without the numbers of elements.
pub fn path(shape: &Shape, table: u16, slot: u32) -> Option<String> {
    let within = names_of(shape, table, slot)?;
    match list_of(shape, table) {
        Some((_, list)) => Some(format!("{list}{within}")),
        None => Some(within),
    }
}

/// The table and the names of the list whose elements a table holds.
fn list_of(shape: &Shape, table: u16) -> Option<(u16, String)> {
    let holds = |(index, of): (u16, &bulou_document::shape::Table)| match &of.element {
        Element::Record(fields) => slot_of(fields, table).map(|slot| (index, slot)),
        Element::Scalar(_) => None,
    };
    let (parent, slot) = (0..).zip(&shape.tables).find_map(holds)?;
    Some((parent, path(shape, parent, slot)?))
}

/// The slot of the list whose elements a table holds.
pub fn slot_of(fields: &Fields, table: u16) -> Option<u32> {
    fields.fields.iter().find_map(|field| match &field.kind {
        Kind::List(own) if *own == table => Some(field.slot),
        Kind::Record(inner) => slot_of(inner, table),
        _ => None,
    })
}

fn is_list(shape: &Shape, table: u16, slot: u32) -> bool {
    bulou_document::field_label(shape, table, slot).is_some_and(|field| matches!(field.kind, Kind::List(_)))
}

/// All lists of a document.
pub fn all_lists(shape: &Shape) -> Vec<String> {
    let tables = 1..u16::try_from(shape.tables.len()).unwrap_or(u16::MAX);
    tables.filter_map(|table| list_of(shape, table).map(|(_, list)| list)).collect()
}
