//! What may be told of a requirement that depends on a `敏感` value: what it comes to, and nothing that would show which
//! value made it so. Which part decided, which elements a filter chose, which of two days is the nearer: all of these
//! tell the value. So the places that are named are the same whatever stands there, and of what is missing everything
//! is named that the requirement could need.

use super::Explainer;
use crate::fields::Reached;
use bulou_base::limits;
use bulou_base::value::{Row, Truth, Value};
use bulou_document::Slot;
use bulou_ir::expr::{Cond, FieldRef, List, ListKind};
use bulou_ir::parts::Part;
use bulou_ir::{Body, RuleSet};

/// So many things that are missing are named.
const NAMED: usize = 20;

impl<'d> Explainer<'_, 'd> {
    /// Says of a condition that may not be explained what it comes to, and where it looks.
    pub(super) fn concealed(&mut self, cond: &'d Cond, truth: Truth) {
        self.came_to(cond, truth);
        let reads = Reads::of(self.evaluator.rules, cond);
        for (_, field) in reads.found.iter().filter(|(table, _)| *table == 0) {
            self.path(Row { table: 0, index: 0 }, field.slot);
        }
        if truth == Truth::Unknown {
            self.blame_all(&reads);
        }
    }

    /// Names what is missing of all that is read, in every element.
    fn blame_all(&mut self, reads: &Reads<'d>) {
        let bound = self.evaluator.frames;
        for (table, field) in &reads.found {
            for index in 0..self.evaluator.document.rows(*table) {
                if self.notes.len() >= NAMED || !self.evaluator.step() {
                    break;
                }
                self.evaluator.bind(field.frame, Value::Row(Row { table: *table, index }));
                let there = matches!(self.evaluator.reach(field), Reached::Slot(Slot::List(..) | Slot::Present));
                if !there && self.evaluator.field(field).is_unknown() {
                    self.blame(field);
                }
            }
        }
        self.evaluator.frames = bound;
    }
}

/// The fields that a condition reads, each with the table whose rows it stands in.
struct Reads<'r> {
    rules: &'r RuleSet,
    tables: [Option<u16>; limits::BINDINGS],
    definitions: Vec<usize>,
    found: Vec<(u16, &'r FieldRef)>,
}

impl<'r> Reads<'r> {
    fn of(rules: &'r RuleSet, cond: &'r Cond) -> Self {
        let mut reads = Self { rules, tables: DOCUMENT, definitions: Vec::new(), found: Vec::new() };
        reads.part(Part::Cond(cond));
        reads
    }

    fn part(&mut self, part: Part<'r>) {
        if let Some(field) = part.field() {
            let table = self.tables.get(usize::from(field.frame)).copied().flatten();
            self.found.extend(table.map(|table| (table, field)));
        }
        let outside = self.tables;
        if let Some(index) = part.definition() {
            self.definition(index);
        }
        if let Some((frame, list)) = part.binds() {
            let table = self.rows(list);
            if let Some(place) = self.tables.get_mut(usize::from(frame)) {
                *place = table;
            }
        }
        part.each(&mut |inner| self.part(inner));
        self.tables = outside;
    }

    fn definition(&mut self, index: usize) {
        if self.definitions.contains(&index) {
            return;
        }
        self.definitions.push(index);
        self.tables = DOCUMENT;
        match self.rules.definitions.get(index) {
            Some(Body::Cond(cond)) => self.part(Part::Cond(cond)),
            Some(Body::Scalar(scalar)) => self.part(Part::Scalar(scalar)),
            Some(Body::List(list)) => self.part(Part::List(list)),
            None => {}
        }
    }

    /// The table whose rows are a list's elements.
    fn rows(&self, list: &'r List) -> Option<u16> {
        match &list.kind {
            ListKind::Field(_, table, scalars) => (!scalars).then_some(*table),
            ListKind::Filter(inner, ..)
            | ListKind::Distinct(inner)
            | ListKind::Hoisted(_, inner)
            | ListKind::Optimized(inner, _) => self.rows(inner),
            ListKind::Flatten(_, _, nested) => self.rows(nested),
            ListKind::Definition(index) => match self.rules.definitions.get(*index) {
                Some(Body::List(body)) => self.rows(body),
                _ => None,
            },
            ListKind::Project(..) | ListKind::Literal(_) | ListKind::All(_) | ListKind::Param(_) => None,
        }
    }
}

/// Outside all lists only the document is bound.
const DOCUMENT: [Option<u16>; limits::BINDINGS] = {
    let mut tables = [None; limits::BINDINGS];
    tables[0] = Some(0);
    tables
};
