//! Whether a document is what its pack declares: no key that is not, no wrong value, no double, nothing left out,
//! nothing that contradicts itself.

use bulou_syntax::ast::{
    Attribute, AttributeKind, Data, Declaration, Field, File, Forbidden, Requirement, TypeExpr, TypeKind,
};
use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::elements::plain;
use super::reading::{Leaf, Record, Val};
use super::sums::Summed;
use super::truths::Truth;
use super::world::{Scope, World};

/// What is wrong.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults {
    pub forbidden: bool,
    pub other: bool,
    /// It is a document of other rules, or none.
    pub foreign: Option<bool>,
    /// The day on which the document says that it was filled in: what has happened is not later.
    filed: Option<NaiveDate>,
}

/// How many elements a list must have.
fn least(field: &Field) -> Option<usize> {
    field.attributes.iter().find_map(|attribute| match attribute.kind {
        AttributeKind::MinItems(least) => Some(least as usize),
        _ => None,
    })
}

impl<'a> World<'a> {
    /// All faults of the document.
    pub fn faults(&self, file: &'a File, data: &'a Data) -> Faults {
        let mut faults = Faults { filed: self.filed(data), ..Faults::default() };
        let Some(members) = self.root.members else { return Faults { other: true, ..faults } };
        let pack = file.declarations.iter().find_map(|declaration| match declaration {
            Declaration::Pack(pack) => Some(pack.id.text.as_str()),
            _ => None,
        });
        if let Some(envelope) = members.get("规则集").filter(|envelope| !envelope.is_null()) {
            faults.foreign = envelope.as_str().map(|text| text.split('@').next() != pack);
            faults.other |= envelope.as_str().is_none();
        }
        let known = data.fields.iter().filter(|field| members.contains_key(&field.name.text)).count();
        let strangers = members.len() - known - usize::from(members.contains_key("规则集"));
        let named: Vec<_> = data.forbidden.iter().flat_map(|clause| &clause.names).collect();
        let ours = named.iter().any(|name| members.contains_key(&name.text));
        faults.foreign = faults.foreign.or((!ours && (known == 0 || strangers > 4 * known)).then_some(true));
        if let Some(path) = &data.identity
            && let Some(field) =
                path.names.first().and_then(|name| data.fields.iter().find(|one| one.name.text == name.text))
        {
            let value = members.get(&field.name.text).map(|json| self.leaf(&field.ty, &field.attributes, json));
            faults.other |= matches!(value, None | Some(Leaf::Blank));
        }
        self.object((&data.fields, &data.constraints), (&data.forbidden, &[]), members, Some("规则集"), &mut faults);
        faults
    }

    fn object(
        &self,
        (fields, constraints): (&'a [Field], &'a [Requirement]),
        (own, outer): (&[Forbidden], &[&str]),
        members: &'a Map<String, Value>,
        besides: Option<&str>,
        faults: &mut Faults,
    ) {
        // What a record forbids stands nowhere within it.
        let own = own.iter().flat_map(|forbidden| &forbidden.names).map(|name| name.text.as_str());
        let forbidden: Vec<&str> = outer.iter().copied().chain(own).collect();
        let record = Val::Record(Record { fields, members: Some(members), missing: false, hollow: false });
        let scopes = [Scope { name: None, value: record, extent: None }];
        faults.other |= constraints.iter().any(|one| self.truth(&one.expr, &scopes) != Truth::True);
        faults.other |= fields.iter().any(|field| !field.ty.optional && !members.contains_key(&field.name.text));
        for (key, json) in members {
            match fields.iter().find(|field| field.name.text == *key) {
                Some(field) => {
                    if let (Value::Array(items), Some(least)) = (json, least(field)) {
                        faults.other |= items.len() < least;
                    }
                    self.checked(field, &field.ty, json, &forbidden, faults);
                }
                None if Some(key.as_str()) == besides => {}
                None if forbidden.contains(&key.as_str()) => faults.forbidden = true,
                None => {
                    faults.other = true;
                    faults.forbidden |= holds(json, &forbidden);
                }
            }
        }
    }

    fn checked(&self, field: &'a Field, ty: &'a TypeExpr, json: &'a Value, forbidden: &[&str], faults: &mut Faults) {
        match self.leaf(ty, &field.attributes, json) {
            // An element is never optional: its type does not say so.
            Leaf::Blank => faults.other |= !ty.optional,
            Leaf::Wrong | Leaf::Is(Val::Astray(_)) => faults.other = true,
            Leaf::Is(Val::Date(day)) => {
                faults.other |= happened(&field.attributes) && faults.filed.is_some_and(|filed| day > filed);
            }
            Leaf::Is(_) => {}
        }
        match (&ty.kind, json) {
            (TypeKind::List(element), Value::Array(items)) => {
                for item in items {
                    // A record in a list is there or it is not in the list.
                    faults.other |= item.is_null() && self.record(element).is_some();
                    self.checked(field, element, item, forbidden, faults);
                }
                faults.other |= self.may_be_sums(element, items).contains(&Summed::Yes);
                if let Some(record) = self.record(element) {
                    faults.other |= self.doubles(&record.fields, &items.iter().collect::<Vec<_>>());
                    faults.other |= self.repeat(element, items);
                }
            }
            (TypeKind::Named(_), Value::Object(members)) if self.record(ty).is_some() => {
                if let Some(record) = self.record(ty) {
                    let within = (record.forbidden.as_slice(), forbidden);
                    self.object((&record.fields, &record.constraints), within, members, None, faults);
                }
            }
            _ => faults.forbidden |= holds(json, forbidden),
        }
    }

    fn filed(&self, data: &'a Data) -> Option<NaiveDate> {
        let names = &data.date.as_ref()?.names;
        let root = Val::Record(self.root.clone());
        let value = names.iter().fold(root, |value, name| self.step(&value, &name.text));
        if let Val::Date(day) = value { Some(day) } else { None }
    }

    fn record(&self, ty: &TypeExpr) -> Option<&'a bulou_syntax::ast::Record> {
        match &ty.kind {
            TypeKind::Named(name) => self.records.get(name.text.as_str()).copied(),
            _ => None,
        }
    }

    /// Whether two elements of a list have the same in a field that is 唯一, of theirs or of a record within them.
    pub fn doubles(&self, fields: &'a [Field], items: &[&'a Value]) -> bool {
        fields.iter().any(|field| {
            let inner = || items.iter().filter_map(|item| item.get(&field.name.text)).collect::<Vec<_>>();
            let within = |record: &'a bulou_syntax::ast::Record| self.doubles(&record.fields, &inner());
            self.doubled(field, items) || self.record(&field.ty).is_some_and(within)
        })
    }

    fn doubled(&self, field: &'a Field, items: &[&'a Value]) -> bool {
        if !field.attributes.iter().any(|attribute| matches!(attribute.kind, AttributeKind::Unique)) {
            return false;
        }
        let values: Vec<Val<'a>> = items
            .iter()
            .filter_map(|item| match self.leaf(&field.ty, &field.attributes, item.get(&field.name.text)?) {
                Leaf::Is(value) => Some(value),
                Leaf::Blank | Leaf::Wrong => None,
            })
            .collect();
        let values: Vec<Val<'a>> = values.into_iter().map(plain).collect();
        values.iter().enumerate().any(|(at, value)| values[..at].contains(value))
    }
}

/// Whether a date says that something has happened.
fn happened(attributes: &[Attribute]) -> bool {
    let has = |kind: fn(&AttributeKind) -> bool| attributes.iter().any(|attribute| kind(&attribute.kind));
    has(|kind| matches!(kind, AttributeKind::Happened))
        || !has(|kind| matches!(kind, AttributeKind::Range(..) | AttributeKind::Planned))
}

/// Whether a value holds one of some keys, however deep.
fn holds(json: &Value, keys: &[&str]) -> bool {
    match json {
        Value::Object(members) => members.iter().any(|(key, inner)| keys.contains(&key.as_str()) || holds(inner, keys)),
        Value::Array(items) => items.iter().any(|item| holds(item, keys)),
        _ => false,
    }
}
