//! 时长, in a unit

use num_rational::Ratio;
use serde_json::{Value, json};

use super::{Absurd, Domain, Ends, FieldType, Written};
use crate::Constant;
use crate::normalize::normal;
use crate::shape::OptionSet;
use crate::text;
use crate::typed::Asked;
use bulou_base::value::Length;
use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use bulou_syntax::ast::DurationUnit;
use bulou_syntax::built_in::BuiltIn;

#[derive(Clone, Copy)]
pub(super) struct Duration(pub DurationUnit);

impl<'k> FieldType<'k> for Duration {
    fn domain(self) -> Domain<'k> {
        Domain::Duration(self.0)
    }

    fn name(self, lang: Lang) -> String {
        format!("{}({})", BuiltIn::Duration.word(lang), self.0.called(lang))
    }

    fn asked(self, _sets: &[OptionSet]) -> Asked<'_> {
        Asked::Duration
    }

    fn wanted(self) -> Phrase {
        texts::duration_such_31_days()
    }

    fn schema(self, _sets: &[OptionSet]) -> Value {
        let ends = text::duration_pattern(self.0);
        json!({"type": "string", "pattern": format!("^[0-9]{{1,7}}({ends})$")})
    }

    fn takes(self, written: Written<'_>) -> bool {
        text::duration(&normal(written.text), self.0).is_some()
    }

    fn guidance(self, lang: Lang) -> String {
        let words = match self.0 {
            DurationUnit::Days => texts::guide_duration_days(),
            DurationUnit::WorkDays => texts::guide_duration_workdays(),
            DurationUnit::Months => texts::guide_duration_months(),
        };
        words.get(lang).into()
    }

    fn width(self) -> u16 {
        14
    }

    fn param(self, text: &str, _sets: &[OptionSet]) -> Option<Constant> {
        let (number, times) = text::given_duration(text, self.0)?;
        // As in documents, no duration is negative.
        let count = number.parse::<u32>().ok().map(i64::from)?.checked_mul(times.into())?;
        Some(Constant::Duration(Length { count, weeks: times == 7 }))
    }

    fn param_example(self) -> Phrase {
        match self.0 {
            DurationUnit::Days => texts::days_such_31_days(),
            DurationUnit::WorkDays => texts::working_days_such_5(),
            DurationUnit::Months => texts::months_such_1_month(),
        }
    }

    fn absurd(self, _value: &Value, _sets: &[OptionSet], _lang: Lang) -> Vec<Absurd> {
        super::absurd_numbers(|number| json!(format!("{number}{}", self.0.name())))
    }

    fn ends(self) -> Option<Ends> {
        Some((Ratio::from_integer(0), Ratio::from_integer(i32::MAX.into()), 1))
    }
}
