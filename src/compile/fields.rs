//! What a field of a record is at a place: its compiled form, whether it may be used there, and what it has taken
//! with it.

use crate::scope::{Checker, scalar_ty};
use crate::types::{Node, Place, Ty, Typed};
use bulou_base::source::Span;
use bulou_document::shape::{Element, Field, Fields, Kind, Shape};
use bulou_document::types::Domain;
use bulou_ir::expr::{FieldRef, Header, ListKind, ScalarKind};
use bulou_messages::codes::Code;
use bulou_messages::texts;

/// From so many fields on a record is indexed.
const INDEXED: usize = 16;

impl<'a> Checker<'a> {
    /// A field of a record place; `None` when there is none of that name. `named` is where the name itself stands,
    /// `span` the path up to it.
    pub fn field_of(&mut self, place: &Place<'a>, name: &str, named: Span, span: Span) -> Option<Typed<'a>> {
        let fields: &'a Fields = place.fields;
        let field = self.named_field(fields, name)?;
        let table = self.table_of(place.frame);
        if let Some(declared) = table.and_then(|table| self.spans.get(&(table, field.slot))) {
            let declared = *declared;
            self.used_fields.insert(declared);
            self.note(named, declared);
        }
        if self.folding {
            self.must_fold(place, field, span);
        }
        if self.constraining && table == Some(0) && self.shape.fold == Some(field.slot) {
            self.no_schools_here(name, span);
        }
        let key = format!("{}.{}", place.key, name);
        let mut prefix = place.key.as_str();
        let mut guarded = true;
        for header in place.headers.iter().rev() {
            guarded &= !header.optional || self.knows(prefix);
            prefix = prefix.rsplit_once('.').map_or(prefix, |(before, _)| before);
        }
        let unguarded = !guarded || (field.optional && !self.knows(&key));
        let reference = FieldRef {
            frame: place.frame,
            table: table.unwrap_or_default(),
            headers: place.headers.clone().into_boxed_slice(),
            slot: field.slot,
            optional: field.optional,
        };
        let shape: &'a Shape = self.shape;
        let unit = field.notes.unit.as_deref();
        let (node, ty) = match &field.kind {
            Kind::Record(fields) => {
                let mut headers = place.headers.clone();
                headers.push(Header { slot: field.slot, optional: field.optional });
                let chosen = place.chosen || (field.sensitive && field.optional);
                let inner = Place { frame: place.frame, headers, key: key.clone(), fields, chosen };
                (Node::Record(inner), Ty::Record(fields))
            }
            Kind::List(elements) => {
                let element = shape.tables.get(usize::from(*elements)).map(|table| &table.element);
                let (element, scalar) = match element {
                    Some(Element::Record(fields)) => (Ty::Record(fields), false),
                    Some(Element::Scalar(kind)) => (self.text_type(table, field.slot, scalar_ty(kind, unit)), true),
                    None => (Ty::Bad, true),
                };
                (Node::List(ListKind::Field(reference, *elements, scalar)), Ty::List(Box::new(element), Vec::new()))
            }
            kind => {
                let ty = self.text_type(table, field.slot, scalar_ty(kind, unit));
                (Node::Scalar(ScalarKind::Field(reference)), ty)
            }
        };
        let mut typed = Typed::new(node, ty, span, self.text(span));
        typed.key = Some(key);
        typed.unguarded = unguarded;
        typed.chosen = place.chosen || (field.sensitive && field.optional);
        typed.sensitive = field.sensitive || place.chosen;
        if let Domain::Whole(bounds) | Domain::Decimal(bounds) = field.kind.domain() {
            typed.bounds = Some((bounds.min, bounds.max));
        }
        Some(typed)
    }

    /// Reports a use of the schools that needs more of each than can be kept, or compares them with one another.
    fn must_fold(&mut self, place: &Place<'a>, field: &Field, span: Span) {
        let list = matches!(field.kind, Kind::List(_));
        if !list && !field.sensitive {
            return;
        }
        let Some(schools) = crate::fold_key(self.declared.county) else { return };
        let within = self.scopes.iter().any(|scope| {
            scope.frame == place.frame && matches!(&scope.ty, Ty::Record(fields) if self.is_school(fields))
        });
        if list && place.frame == 0 && field.name == schools && self.scopes.len() > 1 {
            self.error(
                Code::NotAFold,
                span,
                texts::cannot_stand_within_condition(&schools).text(),
                texts::compare_lists_covers_such(&schools).text(),
            );
        } else if within && field.sensitive {
            self.kept_secret(&field.name, schools, span);
        } else if within {
            let name = &field.name;
            self.error(
                Code::NotAFold,
                span,
                texts::schools_may_any_length(&name).text(),
                texts::ask_each_school_within_brackets(&schools, &name).text(),
            );
        }
    }

    /// Reports a use of a `敏感` field that would have to be kept of each school.
    fn kept_secret(&mut self, name: &str, schools: &str, span: Span) {
        self.error(
            Code::NotAFold,
            span,
            texts::sensitive_value_cannot_kept(&name).text(),
            texts::ask_each_school_within(&schools, &name).text(),
        );
    }

    /// Whether a record is what the county's document holds of a school.
    fn is_school(&self, fields: &Fields) -> bool {
        let name = self.declared.school.map(|school| school.name.text.as_str());
        self.county && Some(fields.name.as_str()) == name
    }

    /// A record's field of this name. Records with many fields are indexed the first time.
    pub(super) fn named_field(&mut self, fields: &'a Fields, name: &str) -> Option<&'a Field> {
        if fields.fields.len() < INDEXED {
            return fields.field(name);
        }
        let index = self
            .field_index
            .entry(std::ptr::from_ref(fields))
            .or_insert_with(|| fields.fields.iter().map(|field| (field.name.as_str(), field)).collect());
        index.get(name).copied()
    }

    /// The table whose rows are bound to a frame.
    pub fn table_of(&self, frame: u8) -> Option<u16> {
        let scope = self.scopes.iter().find(|scope| scope.frame == frame)?;
        let Ty::Record(fields) = scope.ty else { return None };
        self.table_numbers.get(&std::ptr::from_ref(fields)).copied()
    }
}
