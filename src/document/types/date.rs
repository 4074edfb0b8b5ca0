//! 日期

use num_rational::Ratio;
use serde_json::{Value, json};

use super::{Absurd, Domain, Ends, FieldType, Written};
use crate::Constant;
use crate::shape::{OptionSet, Tense, When};
use crate::typed::Asked;
use bulou_base::date;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use bulou_syntax::built_in::BuiltIn;
use chrono::Datelike as _;

#[derive(Clone, Copy)]
pub(super) struct Date<'k>(pub &'k When);

impl<'k> FieldType<'k> for Date<'k> {
    fn domain(self) -> Domain<'k> {
        Domain::Date(self.0)
    }

    fn name(self, lang: Lang) -> String {
        BuiltIn::Date.word(lang).into()
    }

    fn asked(self, _sets: &[OptionSet]) -> Asked<'_> {
        Asked::Date
    }

    fn wanted(self) -> Phrase {
        texts::date_such_2022_06_24()
    }

    fn schema(self, _sets: &[OptionSet]) -> Value {
        // `format` refuses days that do not exist, and the pattern years that are not among `date::YEARS`.
        json!({"type": "string", "format": "date", "pattern": "^(19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}$"})
    }

    fn takes(self, written: Written<'_>) -> bool {
        Asked::Date.meant(written.unit, written.text).is_some()
    }

    fn guidance(self, lang: Lang) -> String {
        let words =
            if self.0.tense == Tense::Happened { texts::date_such_no_later() } else { texts::date_written_such() };
        words.get(lang).into()
    }

    fn width(self) -> u16 {
        13
    }

    fn blank_cell(self) -> &'static str {
        "yyyy-mm-dd"
    }

    fn param(self, text: &str, _sets: &[OptionSet]) -> Option<Constant> {
        date::parse(text).map(Constant::Date)
    }

    fn param_example(self) -> Phrase {
        texts::date_such_2022_06_2()
    }

    fn absurd(self, _value: &Value, _sets: &[OptionSet], _lang: Lang) -> Vec<Absurd> {
        ["1990-01-01", "2099-01-01"].map(|day| (LocalizedText::new(day, day), json!(day))).into()
    }

    fn ends(self) -> Option<Ends> {
        let number = |day: date::Date| Ratio::from_integer(day.num_days_from_ce().into());
        date::ends().map(|(first, last)| (number(first), number(last), 1))
    }

    fn tells_apart(self) -> bool {
        true
    }
}
