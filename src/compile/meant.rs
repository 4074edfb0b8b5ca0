//! What was meant by a name that means nothing where it stands: what is called so elsewhere.

use bulou_base::source::Span;
use bulou_messages::diagnostic::{Fix, LocalizedText};
use bulou_messages::texts;
use bulou_syntax::ast::{Data, Field, TypeKind};
use bulou_syntax::keywords::spelled;

use crate::scope::Checker;

impl<'a> Checker<'a> {
    /// What to write for a name that is a field of a record of the document, of the schools in the county's rules, or of the
    /// county in those of schools.
    pub(crate) fn meant(&self, name: &str, span: Span) -> Option<(LocalizedText, Option<Fix>)> {
        let declared = self.declared;
        let (own, other) = match self.county {
            true => (declared.county, declared.school),
            false => (declared.school, declared.county),
        };
        if let Some(path) = self.path_to(own?, name) {
            return Some((texts::write_2(&path).text(), Some(Fix::new(span, path))));
        }
        if let Some(list) = self.list_with(own?, name) {
            return Some((texts::field_of_each(&name, &list).text(), None));
        }
        let path = self
            .path_to(other?, name)
            .or_else(|| field(&other?.fields, name).map(|field| spelled(&field.name.text)))?;
        if !self.county {
            return Some((texts::name_of_county(&name).text(), None));
        }
        let schools = own?.fields.iter().find(|field| matches!(field.ty.kind, TypeKind::Fold(_)))?;
        let path = format!("{}.{path}", spelled(&schools.name.text));
        Some((texts::write_2(&path).text(), Some(Fix::new(span, path))))
    }

    /// The one record of the document that has a field of this name.
    fn path_to(&self, data: &Data, name: &str) -> Option<String> {
        let holder = only(data, |kind| self.is_record_with(kind, name))?;
        Some(format!("{}.{}", spelled(holder), spelled(name)))
    }

    /// The one list of the document of which each element has such a field.
    fn list_with(&self, data: &Data, name: &str) -> Option<String> {
        let each = |kind: &TypeKind| matches!(kind, TypeKind::List(each) if self.is_record_with(&each.kind, name));
        only(data, each).map(spelled)
    }

    fn is_record_with(&self, kind: &TypeKind, name: &str) -> bool {
        let TypeKind::Named(record) = kind else { return false };
        self.declared.record(&record.text).is_some_and(|record| field(&record.fields, name).is_some())
    }
}

/// The name of the one field of such a type.
fn only(data: &Data, is_it: impl Fn(&TypeKind) -> bool) -> Option<&str> {
    let mut fields = data.fields.iter().filter(|field| is_it(&field.ty.kind));
    fields.next().filter(|_| fields.next().is_none()).map(|field| field.name.text.as_str())
}

fn field<'f>(fields: &'f [Field], name: &str) -> Option<&'f Field> {
    fields.iter().find(|field| field.name.text == name)
}
