//! What a pack forbids in documents is copied nowhere: in its place stands that it was not copied.

use super::json::Json;
use super::words;
use bulou_document::forbidden::{Cores, named};
use bulou_document::shape::{Fields, Kind, Shape};

impl Json {
    /// Replaces the value of every key that must not be there, at any depth; whether there is one.
    pub fn conceal(&mut self, shape: &Shape) -> bool {
        Concealing { shape, forbidden: Vec::new(), cores: Cores::default(), any: false }.within(self, shape.document())
    }
}

struct Concealing<'s> {
    shape: &'s Shape,
    /// What the records around forbid.
    forbidden: Vec<&'s String>,
    cores: Cores<'s>,
    any: bool,
}

impl<'s> Concealing<'s> {
    /// Looks through a value, which is a record with these fields or one that nothing is known of.
    fn within(&mut self, value: &mut Json, fields: Option<&'s Fields>) -> bool {
        match value {
            Json::Object(members) => {
                let outer = self.forbidden.len();
                self.forbidden.extend(fields.into_iter().flat_map(|fields| &fields.forbidden).map(|(key, _)| key));
                for (key, member) in members {
                    let field = fields.and_then(|fields| fields.field(key));
                    let around = self.forbidden.iter().copied();
                    if field.is_none() && named(&mut self.cores, around, |name| name, key).is_some() {
                        *member = Json::Text(words::forbidden(self.shape.lang()).to_owned());
                        self.any = true;
                    } else {
                        let inner = field.and_then(|field| self.record(&field.kind));
                        self.within(member, inner);
                    }
                }
                self.forbidden.truncate(outer);
            }
            Json::List(items) => items.iter_mut().for_each(|item| {
                self.within(item, fields);
            }),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => {}
        }
        self.any
    }

    /// The record that a field holds, or that the elements of its list are.
    fn record(&self, kind: &'s Kind) -> Option<&'s Fields> {
        match kind {
            Kind::Record(fields) => Some(fields),
            Kind::List(table) => self.shape.records(*table),
            _ => None,
        }
    }
}
