//! What has parts: records and lists. Whoever goes through documents goes through the parts; here is what is said of the
//! whole.

use serde_json::{Value, json};

use super::{Domain, FieldType, Written};
use crate::shape::{Fields, OptionSet};
use crate::typed::Asked;
use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;

#[derive(Clone, Copy)]
pub(super) struct Record<'k>(pub &'k Fields);

#[derive(Clone, Copy)]
pub(super) struct List(pub u16);

impl<'k> FieldType<'k> for Record<'k> {
    fn domain(self) -> Domain<'k> {
        Domain::Record(self.0)
    }

    fn name(self, lang: Lang) -> String {
        texts::record_2().get(lang).into()
    }

    fn asked(self, _sets: &[OptionSet]) -> Asked<'_> {
        Asked::Words
    }

    fn wanted(self) -> Phrase {
        texts::group_answers_json()
    }

    fn schema(self, _sets: &[OptionSet]) -> Value {
        json!({"type": "object"})
    }

    fn takes(self, _written: Written<'_>) -> bool {
        true
    }

    fn guidance(self, _lang: Lang) -> String {
        String::new()
    }

    fn width(self) -> u16 {
        30
    }
}

impl<'k> FieldType<'k> for List {
    fn domain(self) -> Domain<'k> {
        Domain::List(self.0)
    }

    fn name(self, lang: Lang) -> String {
        texts::record().get(lang).into()
    }

    fn asked(self, _sets: &[OptionSet]) -> Asked<'_> {
        Asked::Words
    }

    fn wanted(self) -> Phrase {
        texts::list_json_none()
    }

    fn schema(self, _sets: &[OptionSet]) -> Value {
        json!({"type": "array"})
    }

    fn takes(self, _written: Written<'_>) -> bool {
        true
    }

    fn guidance(self, lang: Lang) -> String {
        texts::may_several_commas_none().get(lang).into()
    }

    fn width(self) -> u16 {
        30
    }
}
