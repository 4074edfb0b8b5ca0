//! 文本, of a format or any

use serde_json::{Value, json};

use super::{Absurd, Domain, FieldType, Written};
use crate::Constant;
use crate::document_number::BRACKETS;
use crate::normalize::normal;
use crate::placeholder::{self, Placeholders};
use crate::shape::OptionSet;
use crate::text;
use crate::typed::Asked;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use bulou_syntax::built_in::{BuiltIn, Format};

#[derive(Clone, Copy)]
pub(super) struct Text(pub Option<Format>);

impl<'k> FieldType<'k> for Text {
    fn domain(self) -> Domain<'k> {
        Domain::Text(self.0)
    }

    fn name(self, lang: Lang) -> String {
        match self.0 {
            None => BuiltIn::Text.word(lang).into(),
            Some(format) => format!("{} {}", texts::text_format().get(lang), format.word(lang)),
        }
    }

    fn asked(self, _sets: &[OptionSet]) -> Asked<'_> {
        if self.0.is_some_and(Format::is_code) { Asked::Code } else { Asked::Words }
    }

    fn wanted(self) -> Phrase {
        texts::text_json_quotes()
    }

    fn schema(self, _sets: &[OptionSet]) -> Value {
        match self.0 {
            None => json!({"type": "string", "pattern": "\\S"}),
            Some(format) => json!({"type": "string", "pattern": format!("^({})$", pattern(format))}),
        }
    }

    fn takes(self, written: Written<'_>) -> bool {
        let normal = normal(written.text);
        let asked = placeholder::Asked { allowed: written.may_be, format: self.0, ..placeholder::Asked::default() };
        let says = !Placeholders::new(written.placeholders).hold(&normal, &asked);
        says && self.0.is_none_or(|format| text::format(format, &normal).is_none())
    }

    fn guidance(self, lang: Lang) -> String {
        match self.0 {
            Some(Format::Phone) => texts::such_0379_6123456_11().get(lang).into(),
            Some(Format::DocumentNumber) => texts::such_2022_11().get(lang).into(),
            _ => String::new(),
        }
    }

    fn width(self) -> u16 {
        22
    }

    fn param(self, text: &str, _sets: &[OptionSet]) -> Option<Constant> {
        // A list or an object is none, however JSON writes it.
        (!crate::constant::is_compound(text)).then(|| Constant::of_text(text))
    }

    fn param_example(self) -> Phrase {
        texts::text_option()
    }

    fn absurd(self, _value: &Value, _sets: &[OptionSet], lang: Lang) -> Vec<Absurd> {
        let said = [texts::n().get(lang), "/"].map(|word| (LocalizedText::new(word, word), json!(word)));
        said.into_iter().chain([(texts::invisible().text(), json!("\u{200B}"))]).collect()
    }

    fn less(self, value: &Value, lang: Lang) -> Vec<Value> {
        // One letter that is no placeholder is the least that anybody can write.
        let long = self.0.is_none() && value.as_str().is_some_and(|text| text.chars().count() > 1);
        if long { vec![json!(sample(None, lang))] } else { Vec::new() }
    }

    fn tells_apart(self) -> bool {
        true
    }
}

/// What texts of a format match: a regular expression.
fn pattern(format: Format) -> String {
    const PROVINCE: &str = "(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])";
    match format {
        Format::SchoolCode => format!("(11|21|31|34|36|51){PROVINCE}[0-9]{{6}}"),
        Format::CreditCode => {
            let last = "[0-9A-HJ-NPQRTUWXY]";
            format!("[1-9ANY][1-9A-HJ-NPQRTUWXY](100000|{PROVINCE}[0-9]{{4}}){last}{{10}}")
        }
        Format::RegionCode => format!("{PROVINCE}[0-9]{{4}}"),
        Format::DocumentNumber => document_number(),
        Format::Person | Format::Narrative => r"[\s\S]*[^\s0-9!-/:-@\[-`{-~][\s\S]*".to_owned(),
        Format::Mobile => "1[3-9][0-9]{9}".to_owned(),
        Format::Phone => "(0(10|2[0-9]|[3-9][0-9]{2})-?)?[1-9][0-9]{6,7}|1[3-9][0-9]{9}|[48]00[0-9]{7}".to_owned(),
    }
}

/// What [`crate::document_number`] takes, written with any width of brackets and blanks.
fn document_number() -> String {
    let year = "(19|20)[0-9]{2}";
    let wide = [("（", "）"), ("［", "］")];
    let literal = |bracket: &str| if bracket.is_ascii() { format!(r"\{bracket}") } else { bracket.to_owned() };
    let within = |(open, close): &(&str, &str)| format!(r"{}\s*{year}\s*{}", literal(open), literal(close));
    let bracketed: Vec<String> = BRACKETS.iter().chain(&wide).map(within).collect();
    let years = bracketed.join("|");
    // Which letters there are the checker knows better.
    let issuer = r"[^0-9!-'*-/:-@\[-`{-~]+";
    let in_words = r"令\s*第\s*[一二三四五六七八九十百零〇]+";
    format!(r"{issuer}(({years}|{year}\s*年|令\s*第)\s*第?\s*0*[1-9][0-9]{{0,4}}|{in_words})\s*号\s*文?")
}

/// An ordinary text of a format.
#[must_use]
pub fn sample(format: Option<Format>, lang: Lang) -> &'static str {
    match format {
        None => texts::a().get(lang),
        Some(Format::SchoolCode) => "2111000001",
        Some(Format::CreditCode) => "91110000600037341L",
        Some(Format::RegionCode) => "110000",
        Some(Format::Mobile) => "13800000000",
        Some(Format::Phone) => "010-61234567",
        Some(Format::DocumentNumber) => "甲教〔2022〕1号",
        Some(Format::Person | Format::Narrative) => texts::ann().get(lang),
    }
}

#[cfg(test)]
mod tests {
    use bulou_messages::diagnostic::Lang;
    use bulou_syntax::built_in::FORMATS;

    use super::{Text, sample};
    use crate::placeholder::cores;
    use crate::types::{FieldType as _, Written};

    #[test]
    fn a_field_takes_the_sample_of_its_format() {
        let placeholders = cores(None::<std::iter::Empty<&str>>);
        for format in FORMATS.iter().map(|term| Some(term.means)).chain([None]) {
            for text in [Lang::Zh, Lang::En].map(|lang| sample(format, lang)) {
                let written = Written { text, unit: None, placeholders: &placeholders, may_be: &[], sets: &[] };
                assert!(Text(format).takes(written), "{text}");
            }
        }
    }
}
