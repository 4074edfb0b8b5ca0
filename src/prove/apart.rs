//! What a complete document without fault says of the elements of a list: each of them is another.

use bulou_document::shape::{Element, Field, Fields, Kind, Shape};

use crate::document::{Document, Slot, headers};
use crate::term::{Term, Terms};

impl Document {
    /// No two elements have the same where that is to be unique; where nothing is, they differ somewhere.
    pub(super) fn apart(&mut self, shape: &Shape, fields: &Fields, rows: &[usize]) {
        let unique = unique(fields, "");
        let told_apart = fields.fields.iter().any(|field| field.unique && !field.optional);
        for (number, row) in rows.iter().enumerate() {
            for other in rows.iter().take(number) {
                for path in &unique {
                    self.differ(*row, *other, path);
                }
                if !told_apart {
                    let same = self.same_row(shape, fields, "", (*row, *other));
                    let there = [*row, *other].map(|row| self.rows.get(row).map_or(Terms::FALSE, |row| row.there));
                    let both = self.terms.all(there.into_iter().chain([same]));
                    let apart = self.terms.not(both);
                    self.valid.push(apart);
                }
            }
        }
    }

    fn differ(&mut self, row: usize, other: usize, path: &str) {
        let find = |row: usize| {
            let row = self.rows.get(row)?;
            match row.slots.get(path)? {
                Slot::Scalar { present, is } => Some((row.there, headers(row, path), *present, *is)),
                _ => None,
            }
        };
        let (Some((there, headers, present, is)), Some((_, others, also, that))) = (find(row), find(other)) else {
            return;
        };
        let same = is.same(that, &mut self.terms);
        let both = headers.into_iter().chain(others).chain([there, present, also, same]);
        let both = self.terms.all(both);
        let differ = self.terms.not(both);
        self.valid.push(differ);
    }

    /// Whether two elements say the same in every field.
    fn same_row(&mut self, shape: &Shape, fields: &Fields, path: &str, rows: (usize, usize)) -> Term {
        let path = |field: &Field| format!("{path}/{}", field.name);
        let same = fields.fields.iter().map(|field| self.same_slot(shape, &field.kind, &path(field), rows));
        let same: Vec<Term> = same.collect();
        self.terms.all(same)
    }

    fn same_slot(&mut self, shape: &Shape, kind: &Kind, path: &str, (row, other): (usize, usize)) -> Term {
        let find = |row: usize| {
            let row = self.rows.get(row)?;
            let slot = row.slots.get(path)?;
            Some((headers(row, path), slot.clone()))
        };
        let (Some((headers, one)), Some((others, that))) = (find(row), find(other)) else { return Terms::TRUE };
        let present = self.terms.all(headers.into_iter().chain([one.present()]));
        let also = self.terms.all(others.into_iter().chain([that.present()]));
        let value = match (kind, one, that) {
            (Kind::Record(inner), ..) => self.same_row(shape, inner, path, (row, other)),
            (_, Slot::Scalar { is, .. }, Slot::Scalar { is: that, .. }) => is.same(that, &mut self.terms),
            (Kind::List(table), Slot::List { len, rows, .. }, Slot::List { len: length, rows: others, .. }) => {
                let mut same = vec![self.terms.equal(len, length)];
                for (row, other) in rows.into_iter().zip(others) {
                    let there = self.rows.get(row).map_or(Terms::FALSE, |row| row.there);
                    let alike = match shape.tables.get(usize::from(*table)).map(|table| &table.element) {
                        Some(Element::Record(fields)) => self.same_row(shape, fields, "", (row, other)),
                        Some(Element::Scalar(kind)) => self.same_slot(shape, kind, "", (row, other)),
                        None => Terms::TRUE,
                    };
                    same.push(self.terms.implies(there, alike));
                }
                self.terms.all(same)
            }
            _ => Terms::TRUE,
        };
        let (alike, value) = (self.terms.equal(present, also), self.terms.implies(present, value));
        self.terms.and(alike, value)
    }
}

/// The fields of an element, and of the records in it, that are to be unique.
fn unique(fields: &Fields, path: &str) -> Vec<String> {
    let within = fields.fields.iter().map(|field| {
        let path = format!("{path}/{}", field.name);
        match &field.kind {
            Kind::Record(inner) => unique(inner, &path),
            kind if field.unique && kind.tells_apart() => vec![path],
            _ => Vec::new(),
        }
    });
    within.flatten().collect()
}
