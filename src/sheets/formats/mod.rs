//! What a number format lets people see of a cell's value. A format is followed only as far as it is known how programs show
//! it: what cannot be followed, and what is followed to something that does not say the value again, misleads.

mod builtin;
#[cfg(test)]
mod oracle;
mod parse;
mod render;
#[cfg(test)]
mod tests;

use bulou_base::date::Date;
use bulou_document::typed;

use super::content::Content;
use super::seen::{says, unit};
use parse::Section;

/// The last day number that programs show: 9999-12-31. Of larger ones they show nothing but `####`.
const LAST_DAY: f64 = 2_958_465.0;

/// A number format.
#[derive(Clone, Debug)]
pub(super) struct Format {
    /// As the workbook writes it.
    pub code: String,
    /// For numbers.
    sections: Vec<Section>,
    /// For texts, where there is one.
    text: Option<Section>,
}

impl Format {
    pub fn new(code: &str) -> Self {
        let mut sections = parse::sections(code);
        // The fourth is for texts, and an earlier one that is the last and shows them.
        let has_text = sections.len() > 3 || sections.last().is_some_and(Section::shows_texts);
        let text = if has_text { sections.pop() } else { None };
        // Where there is none for numbers, programs take it for them as well.
        if sections.is_empty() {
            sections.extend(text.clone());
        }
        Self { code: code.to_owned(), sections, text }
    }

    /// A format that workbooks do not write out, but name by its number.
    pub fn builtin(id: u32) -> Self {
        Self::new(builtin::code(id))
    }

    /// Whether what is seen of a cell may be taken for another value than was read of it.
    pub fn misleads(&self, content: &Content) -> bool {
        !match content {
            Content::Blank | Content::Error(_) => true,
            // A section that shows texts before the last is taken for them by some programs.
            Content::Text(text) => {
                let others = self.sections.iter().filter(|section| section.shows_texts());
                self.text.iter().chain(others).all(|section| seen(content, section.text(text)))
            }
            Content::Number(digits, _) | Content::Counted(digits, _) => self.says(content, digits),
            // Programs differ in whether they show 1 or TRUE.
            Content::Bool(value) => {
                let digits = if *value { "1" } else { "0" };
                self.says(content, digits) || self.says(&Content::Number(digits.to_owned(), false), digits)
            }
            Content::Date(date) => self.says_day(content, *date),
        }
    }

    /// The unit in which a number is seen.
    pub fn unit(&self, content: &Content) -> Option<String> {
        let Content::Number(digits, _) = content else { return None };
        let shown = self.of(digits.parse().ok()?).into_iter().find_map(|section| section.amount(digits, false));
        unit(content, &shown?)
    }

    /// Whether what is seen of a number says what the cell holds.
    fn says(&self, content: &Content, digits: &str) -> bool {
        let Ok(value) = digits.parse::<f64>() else { return false };
        // A negative number has its sign from the program where the format says nothing of such.
        let signed = value < 0.0 && self.sections.len() < 2;
        let shown = |section: &&Section| match section.is_date() {
            true => !section.is_strange && !(0.0..=LAST_DAY).contains(&value),
            // What always says the same says a number by chance; a stroke for nothing is no number.
            false if matches!(content, Content::Number(..)) && value != 0.0 && !section.shows_numbers() => false,
            false => seen(content, section.amount(digits, signed)),
        };
        let applies = self.of(value);
        !applies.is_empty() && applies.iter().all(shown)
    }

    fn says_day(&self, content: &Content, date: Date) -> bool {
        let serial = typed::day_number(date);
        let shown = |section: &&Section| match section.is_date() {
            true => seen(content, section.day(date)),
            false => section.shows_numbers() && seen(content, section.amount(&serial.to_string(), false)),
        };
        let applies = self.of(f64::from(serial));
        !applies.is_empty() && applies.iter().all(shown)
    }

    /// The sections of which one shows this number. Programs differ in what a condition leaves to the sections that have none,
    /// and in the sign of what a condition chose.
    fn of(&self, value: f64) -> Vec<&Section> {
        if self.sections.iter().all(|section| section.condition.is_none()) {
            let at = match (self.sections.len(), value) {
                (0 | 1, _) => 0,
                (_, value) if value < 0.0 => 1,
                (2, _) => 0,
                (_, value) if value > 0.0 => 0,
                _ => 2,
            };
            return self.sections.get(at).into_iter().collect();
        }
        if value < 0.0 {
            return Vec::new();
        }
        let mut all = Vec::new();
        for section in &self.sections {
            match &section.condition {
                None => all.push(section),
                Some(condition) if condition.is_met(value) => {
                    all.push(section);
                    break;
                }
                Some(_) => {}
            }
        }
        all
    }
}

fn seen(content: &Content, shown: Option<String>) -> bool {
    shown.is_some_and(|shown| says(content, &shown))
}
