//! Texts and options as numbers. What the pack writes has a number from 0 on; any other text of a document is a negative
//! one, of which only matters which are the same.

use std::collections::{BTreeMap, HashMap};

use bulou_document::normalize::normal;
use bulou_document::placeholder::{Asked, Placeholders, is_person};
use bulou_document::shape::Shape;
use bulou_document::text;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_syntax::built_in::Format;

/// Kinds of texts that no text of another kind is: the rest of a negative number divided by this says which.
pub const KINDS: i128 = 8;

/// The names that are known.
#[derive(Debug, Default)]
pub struct Names {
    all: Vec<String>,
    codes: HashMap<String, i128>,
    /// The texts among them, not the options.
    texts: Vec<i128>,
}

impl Names {
    /// The number of an option.
    pub fn option(&mut self, written: &str) -> i128 {
        let name = normal(written).into_owned();
        if let Some(code) = self.codes.get(&name) {
            return *code;
        }
        let code = i128::try_from(self.all.len()).unwrap_or(i128::MAX);
        self.all.push(name.clone());
        self.codes.insert(name, code);
        code
    }

    /// The number of a text of the pack.
    pub fn text(&mut self, written: &str) -> i128 {
        let code = self.option(written);
        if !self.texts.contains(&code) {
            self.texts.push(code);
        }
        code
    }

    /// The name of a number.
    pub fn name(&self, code: i128) -> Option<&str> {
        usize::try_from(code).ok().and_then(|code| self.all.get(code)).map(String::as_str)
    }

    /// The number of a text of a document, if it is a text of the pack.
    pub fn known(&self, normal: &str) -> Option<i128> {
        self.codes.get(normal).copied()
    }

    /// All texts that a field of a document may have, as far as they are known; `names` are those of the field.
    pub fn allowed(&self, shape: &Shape, format: Option<Format>, may_be: &[String], names: &[String; 2]) -> Vec<i128> {
        let asked = Asked { allowed: may_be, names: names.each_ref().map(String::as_str), format, optional: false };
        let placeholders = Placeholders::new(&shape.placeholders);
        let fits = |name: &str| {
            let says = !name.is_empty() && !text::is_formula(name) && !placeholders.hold(name, &asked);
            // Who is written with more beside a name is kept by the name alone, or compared with nobody for certain.
            let is_whole = format != Some(Format::Person) || is_person(name);
            says && is_whole && format.is_none_or(|format| text::format(format, name).is_none())
        };
        (0_i128..).zip(&self.all).filter(|(_, name)| fits(name)).map(|(code, _)| code).collect()
    }

    /// Texts for the negative numbers of a document, each with the formats that it has to have; none is a name of the pack.
    pub fn invented(&self, formats: &BTreeMap<i128, Vec<Format>>, lang: Lang) -> BTreeMap<i128, String> {
        let mut next = 0_u32;
        let mut invent = |formats: &[Format]| loop {
            next += 1;
            let text = example(formats, next, lang);
            if !self.codes.contains_key(&text) {
                return text;
            }
        };
        formats.iter().map(|(code, formats)| (*code, invent(formats))).collect()
    }
}

/// What kind of text a format is, if no text of another kind is of it; a mobile number is a telephone number as well.
pub fn kind(format: Format) -> Option<i128> {
    Some(match format {
        Format::SchoolCode => 1,
        Format::CreditCode => 2,
        Format::RegionCode => 3,
        Format::Mobile | Format::Phone => 4,
        Format::DocumentNumber => 5,
        // Words that may be anything else.
        Format::Person | Format::Narrative => return None,
    })
}

/// The kind that a text is of: the rest of its number.
pub fn kind_of(text: &str) -> i128 {
    let codes = [Format::SchoolCode, Format::CreditCode, Format::RegionCode, Format::Phone, Format::DocumentNumber];
    codes.into_iter().find(|format| text::format(*format, text).is_none()).and_then(kind).unwrap_or(0)
}

/// Kinds of which no text of a format is: digits are neither anybody's name nor what is the case.
pub fn never(format: Format) -> &'static [i128] {
    match format {
        Format::Person => &[1, 2, 3, 4],
        Format::Narrative => &[1, 3, 4],
        _ => &[],
    }
}

/// A text of all these formats, a different one for each number.
fn example(formats: &[Format], number: u32, lang: Lang) -> String {
    let format = formats.iter().copied().min_by_key(|format| match format {
        Format::Narrative => 2,
        Format::Person => 1,
        _ => 0,
    });
    match format {
        // Who issued it is somebody.
        Some(Format::DocumentNumber) if formats.contains(&Format::Person) => {
            format!("教育局〔2022〕{}号", number % 99_999 + 1)
        }
        None | Some(Format::Narrative) => format!("{}{number}", texts::text().get(lang)),
        Some(Format::Person) => format!("{}{number}", texts::person().get(lang)),
        Some(Format::SchoolCode) => format!("2141{:06}", number % 1_000_000),
        Some(Format::RegionCode) => format!("41{:04}", number % 10_000),
        Some(Format::DocumentNumber) => format!("文教〔2022〕{}号", number % 99_999 + 1),
        Some(Format::Mobile | Format::Phone) => format!("139{:08}", number % 100_000_000),
        Some(Format::CreditCode) => {
            let body = format!("91410000MA{:07}", number % 10_000_000);
            let checks = "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().map(|check| format!("{body}{check}"));
            checks.into_iter().find(|text| text::format(Format::CreditCode, text).is_none()).unwrap_or(body)
        }
    }
}
