//! 整数

use num_rational::Ratio;
use serde_json::{Value, json};

use super::{Absurd, Domain, Ends, FieldType, Written};
use crate::Constant;
use crate::number;
use crate::shape::{Bounds, OptionSet};
use crate::typed::{Asked, Meant};
use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use bulou_syntax::built_in::BuiltIn;

#[derive(Clone, Copy)]
pub(super) struct Integer<'k>(pub &'k Bounds);

impl<'k> FieldType<'k> for Integer<'k> {
    fn domain(self) -> Domain<'k> {
        Domain::Whole(self.0)
    }

    fn name(self, lang: Lang) -> String {
        BuiltIn::Integer.word(lang).into()
    }

    fn asked(self, _sets: &[OptionSet]) -> Asked<'_> {
        Asked::Number
    }

    fn wanted(self) -> Phrase {
        texts::whole_number_json_without()
    }

    fn schema(self, _sets: &[OptionSet]) -> Value {
        super::number_schema("integer", self.0, (Some(i64::MIN), Some(i64::MAX)))
    }

    fn takes(self, written: Written<'_>) -> bool {
        let Some(Meant::Number(digits)) = Asked::Number.meant(written.unit, written.text) else { return false };
        number::integer(&digits).is_ok_and(|value| self.0.hold(value, 0))
    }

    fn guidance(self, lang: Lang) -> String {
        super::bounded(texts::whole_number().get(lang), self.0, lang)
    }

    fn width(self) -> u16 {
        10
    }

    fn blank_cell(self) -> &'static str {
        "General"
    }

    fn param(self, text: &str, _sets: &[OptionSet]) -> Option<Constant> {
        Some(Constant::Number(Ratio::from_integer(i128::from(text.parse::<i64>().ok()?))))
    }

    fn param_example(self) -> Phrase {
        texts::whole_number_such_5()
    }

    fn absurd(self, _value: &Value, _sets: &[OptionSet], _lang: Lang) -> Vec<Absurd> {
        super::absurd_numbers(|number| json!(number))
    }

    fn less(self, value: &Value, _lang: Lang) -> Vec<Value> {
        let number = value.as_i64().filter(|number| *number > 0);
        number.into_iter().flat_map(|number| [json!(0), json!(number / 2)]).collect()
    }

    fn ends(self) -> Option<Ends> {
        Some(super::ends(self.0, 1))
    }

    fn tells_apart(self) -> bool {
        true
    }
}
