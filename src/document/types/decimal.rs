//! 小数

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

/// Digits that may stand after the point.
const DIGITS: u32 = 18;

#[derive(Clone, Copy)]
pub(super) struct Decimal<'k>(pub &'k Bounds);

impl<'k> FieldType<'k> for Decimal<'k> {
    fn domain(self) -> Domain<'k> {
        Domain::Decimal(self.0)
    }

    fn name(self, lang: Lang) -> String {
        BuiltIn::Decimal.word(lang).into()
    }

    fn asked(self, _sets: &[OptionSet]) -> Asked<'_> {
        Asked::Number
    }

    fn wanted(self) -> Phrase {
        texts::number_json_without_quotes()
    }

    fn schema(self, _sets: &[OptionSet]) -> Value {
        super::number_schema("number", self.0, (None, None))
    }

    fn takes(self, written: Written<'_>) -> bool {
        let Some(Meant::Number(digits)) = Asked::Number.meant(written.unit, written.text) else { return false };
        number::decimal(&digits).is_ok_and(|(mantissa, scale)| self.0.hold(mantissa, scale))
    }

    fn guidance(self, lang: Lang) -> String {
        super::bounded(texts::number_2().get(lang), self.0, lang)
    }

    fn width(self) -> u16 {
        10
    }

    fn blank_cell(self) -> &'static str {
        "General"
    }

    fn param(self, text: &str, _sets: &[OptionSet]) -> Option<Constant> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = u32::try_from(fraction.len()).ok().filter(|digits| *digits <= DIGITS)?;
        if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mantissa: i128 = format!("{whole}{fraction}").parse().ok()?;
        Some(Constant::Number(Ratio::new(mantissa, 10_i128.checked_pow(digits)?)))
    }

    fn param_example(self) -> Phrase {
        texts::number_such_0_9()
    }

    fn absurd(self, _value: &Value, _sets: &[OptionSet], _lang: Lang) -> Vec<Absurd> {
        super::absurd_numbers(|number| json!(number))
    }

    fn ends(self) -> Option<Ends> {
        Some(super::ends(self.0, 10_i128.pow(DIGITS)))
    }
}
