//! 是否

use serde_json::{Value, json};

use super::{Absurd, Domain, FieldType, Written};
use crate::Constant;
use crate::shape::OptionSet;
use crate::typed::Asked;
use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use bulou_syntax::built_in::BuiltIn;

#[derive(Clone, Copy)]
pub(super) struct Boolean;

impl<'k> FieldType<'k> for Boolean {
    fn domain(self) -> Domain<'k> {
        Domain::Bool
    }

    fn name(self, lang: Lang) -> String {
        BuiltIn::Bool.word(lang).into()
    }

    fn asked(self, _sets: &[OptionSet]) -> Asked<'_> {
        Asked::Bool
    }

    fn wanted(self) -> Phrase {
        texts::yes_no_json_true()
    }

    fn schema(self, _sets: &[OptionSet]) -> Value {
        json!({"type": "boolean"})
    }

    fn takes(self, written: Written<'_>) -> bool {
        Asked::Bool.meant(written.unit, written.text).is_some()
    }

    fn guidance(self, lang: Lang) -> String {
        texts::choose_yes_no().get(lang).into()
    }

    fn width(self) -> u16 {
        10
    }

    fn param(self, text: &str, _sets: &[OptionSet]) -> Option<Constant> {
        Some(Constant::Bool(match text {
            "是" | "true" | "yes" => true,
            "否" | "false" | "no" => false,
            _ => return None,
        }))
    }

    fn param_example(self) -> Phrase {
        texts::yes_no()
    }

    fn absurd(self, value: &Value, _sets: &[OptionSet], _lang: Lang) -> Vec<Absurd> {
        vec![(texts::opposite().text(), json!(*value != json!(true)))]
    }

    fn less(self, value: &Value, _lang: Lang) -> Vec<Value> {
        if *value == json!(true) { vec![json!(false)] } else { Vec::new() }
    }
}
