//! An option of a set

use serde_json::{Value, json};

use super::{Absurd, Domain, FieldType, Written, options};
use crate::Constant;
use crate::shape::OptionSet;
use crate::typed::Asked;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;

#[derive(Clone, Copy)]
pub(super) struct Choice(pub u16);

impl<'k> FieldType<'k> for Choice {
    fn domain(self) -> Domain<'k> {
        Domain::Option(self.0)
    }

    fn name(self, lang: Lang) -> String {
        texts::options_2().get(lang).into()
    }

    fn asked(self, sets: &[OptionSet]) -> Asked<'_> {
        Asked::Option(options(sets, self.0))
    }

    fn wanted(self) -> Phrase {
        texts::one_options_json_quotes()
    }

    fn schema(self, sets: &[OptionSet]) -> Value {
        json!({"enum": options(sets, self.0)})
    }

    fn takes(self, written: Written<'_>) -> bool {
        self.asked(written.sets).meant(written.unit, written.text).is_some()
    }

    fn guidance(self, lang: Lang) -> String {
        texts::choose_from_list().get(lang).into()
    }

    fn width(self) -> u16 {
        14
    }

    fn param(self, text: &str, sets: &[OptionSet]) -> Option<Constant> {
        let at = options(sets, self.0).iter().position(|option| option == text)?;
        u16::try_from(at).ok().map(Constant::Option)
    }

    fn param_example(self) -> Phrase {
        texts::text_option()
    }

    fn absurd(self, value: &Value, sets: &[OptionSet], _lang: Lang) -> Vec<Absurd> {
        // The next option.
        let options = options(sets, self.0);
        let at = options.iter().position(|option| *value == option.as_str()).unwrap_or_default();
        let next = options.get(at + 1).or(options.first());
        next.into_iter().map(|next| (LocalizedText::new(next, next), json!(next))).collect()
    }

    fn tells_apart(self) -> bool {
        true
    }
}
