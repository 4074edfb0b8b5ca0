//! Which fields of the county's document hold a school's 标识: its roster's, the schools' own, those with a format that
//! only schools' codes have, and those that a rule compares with such a field.

use std::collections::BTreeSet;

use crate::scope::Checker;
use crate::shape::Built;
use crate::types::{Node, Ty, Typed};
use bulou_base::order;
use bulou_base::source::Span;
use bulou_document::field_label;
use bulou_document::shape::{Kind, Shape};
use bulou_document::types::Domain;
use bulou_ir::expr::{List, ListKind, ScalarKind};
use bulou_syntax::built_in::Format;

impl<'a> Checker<'a> {
    /// Notes the fields that hold codes whatever the rules say; `school` are the fields of schools.
    pub(super) fn seed_codes(&mut self, school: &Built) {
        if !self.county {
            return;
        }
        let identity = school.shape.identity.as_ref();
        self.codes.extend(identity.and_then(|path| school.spans.get(&(0, path.slot))));
        self.codes.extend(self.roster_code());
        let shape: &Shape = self.shape;
        let of_school = |kind: &Kind| matches!(kind.domain(), Domain::Text(Some(Format::SchoolCode)));
        for ((table, slot), span) in self.spans {
            let Some(field) = field_label(shape, *table, *slot) else { continue };
            let is_code = match &field.kind {
                Kind::List(elements) => shape.scalars(*elements).is_some_and(of_school),
                kind => of_school(kind),
            };
            if is_code && !field.sensitive {
                self.codes.insert(*span);
            }
        }
    }

    /// Where the roster has the codes of its schools.
    fn roster_code(&self) -> Option<Span> {
        let [list, id] = self.declared.county?.roster.as_ref()?.names.as_slice() else { return None };
        let Kind::List(table) = self.shape.document()?.field(&list.text)?.kind else { return None };
        let slot = self.shape.records(table)?.field(&id.text)?.slot;
        self.spans.get(&(table, slot)).copied()
    }

    /// The type of a text field, or of the elements of a list of texts.
    pub(super) fn text_type(&self, table: Option<u16>, slot: u32, ty: Ty<'a>) -> Ty<'a> {
        let declared = table.and_then(|table| self.spans.get(&(table, slot)));
        if matches!(ty, Ty::Text) && declared.is_some_and(|span| self.codes.contains(span)) { Ty::Code } else { ty }
    }

    /// Notes of what is compared with a code that it is one.
    pub(super) fn compared_codes(&mut self, left: &Typed<'a>, right: &Typed<'a>) {
        for (one, other) in [(left, right), (right, left)] {
            if matches!(element(&one.ty), Ty::Code) && matches!(element(&other.ty), Ty::Text) && !other.sensitive {
                self.codes.extend(place(other).and_then(|place| self.spans.get(&place)));
            }
        }
    }

    /// The fields that hold codes, by table and slot; a list of texts by its own table.
    pub(super) fn code_fields(&self) -> BTreeSet<(u16, u32)> {
        let fields = self.spans.iter().filter(|(_, span)| self.codes.contains(span));
        order::set(fields.map(|(place, _)| match field_label(self.shape, place.0, place.1).map(|field| &field.kind) {
            Some(Kind::List(table)) => (*table, 0),
            _ => *place,
        }))
    }
}

fn element<'t, 'a>(ty: &'t Ty<'a>) -> &'t Ty<'a> {
    if let Ty::List(element, _) = ty { element } else { ty }
}

/// The field that a value is, or that the elements of a list are.
fn place(typed: &Typed<'_>) -> Option<(u16, u32)> {
    match &typed.node {
        Node::Scalar(ScalarKind::Field(field)) => Some((field.table, field.slot)),
        Node::List(kind) => place_of_elements(kind),
        _ => None,
    }
}

fn place_of_elements(kind: &ListKind) -> Option<(u16, u32)> {
    let of = |list: &List| place_of_elements(&list.kind);
    match kind {
        ListKind::Field(field, _, true) => Some((field.table, field.slot)),
        ListKind::Project(_, _, scalar) => match &scalar.kind {
            ScalarKind::Field(field) => Some((field.table, field.slot)),
            _ => None,
        },
        ListKind::Flatten(_, _, nested) => of(nested),
        ListKind::Filter(inner, ..) | ListKind::Distinct(inner) => of(inner),
        _ => None,
    }
}
