//! Texts with a form: dates, durations, codes.

use crate::document_number::document_number;
use bulou_base::date::{self, Date};
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;
use bulou_syntax::ast::DurationUnit;
use bulou_syntax::built_in::Format;

/// How durations end, and how often their number counts.
const fn forms(unit: DurationUnit) -> &'static [(&'static str, i32)] {
    match unit {
        DurationUnit::Days => {
            &[("日", 1), ("天", 1), ("周", 7), (" days", 1), (" day", 1), (" weeks", 7), (" week", 7)]
        }
        DurationUnit::WorkDays => &[("个工作日", 1), (" workdays", 1), (" workday", 1)],
        DurationUnit::Months => {
            &[("个月", 1), ("年", 12), (" months", 1), (" month", 1), (" years", 12), (" year", 12)]
        }
    }
}

/// What ends of durations match: a part of a regular expression.
pub(crate) fn duration_pattern(unit: DurationUnit) -> String {
    forms(unit).iter().map(|(end, _)| *end).collect::<Vec<_>>().join("|")
}

/// `31日`, `2周`, `5个工作日`, `1个月`, `31 days`, in the unit of the field, and whether it was written as weeks.
pub fn duration(text: &str, unit: DurationUnit) -> Option<(i32, bool)> {
    let (number, times) = forms(unit).iter().find_map(|(end, times)| Some((text.strip_suffix(end)?, *times)))?;
    // As many digits as the JSON Schema lets pass: any date is reached by them.
    if !(1..=7).contains(&number.len()) || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((number.parse::<i32>().ok()?.checked_mul(times)?, times == 7))
}

/// What a person gives for a parameter: the number and how often it counts, with or without a blank between, and without
/// the 个 that documents have.
pub(crate) fn given_duration(text: &str, unit: DurationUnit) -> Option<(&str, i32)> {
    let short: &[(&str, i32)] = match unit {
        DurationUnit::Days => &[],
        DurationUnit::WorkDays => &[("工作日", 1)],
        DurationUnit::Months => &[("月", 1)],
    };
    let ends = forms(unit).iter().map(|(end, times)| (end.trim_start(), *times)).chain(short.iter().copied());
    let (number, times) = ends.into_iter().find_map(|(end, times)| Some((text.strip_suffix(end)?, times)))?;
    Some((number.trim(), times))
}

/// Whether a text is a formula that a program did not work out: a name with something in brackets (`=DISPIMG("ID_1",1)`), a
/// cell (`=Sheet1!B6`), a quoted text, or numbers between signs; also one of an array (`{=A1}`) or one that an apostrophe
/// keeps (`'=A1`). What follows `=` in a person's words is a word; what follows `+`, `-` or `@`, which begin formulas as
/// well (`+SUM(A1)`), is more often one.
pub fn is_formula(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['\'', '\u{2018}', '\u{2019}']).trim_start();
    let text = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(text).trim_start();
    let text = DIALECTS.iter().find_map(|dialect| text.strip_prefix(dialect)).unwrap_or(text);
    match text.strip_prefix(['=', '\u{FF1D}', '\u{FE66}']) {
        Some(said) => is_worked_out(said),
        None => {
            text.strip_prefix(SIGNS).is_some_and(|said| is_signed_formula(said, text.starts_with(['+', '\u{FF0B}'])))
        }
    }
}

/// What stands before `=` in a file of LibreOffice's.
const DIALECTS: [&str; 3] = ["of:", "oooc:", "msoxl:"];
/// What begins a formula for a program that has no `=` before it.
const SIGNS: [char; 6] = ['+', '-', '@', '\u{FF0B}', '\u{FF0D}', '\u{FF20}'];

/// Of a text after `=`.
fn is_worked_out(said: &str) -> bool {
    let said = said.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '+' | '-' | '(' | '@' | '='));
    let (name, rest) = named(said);
    let goes_on = rest.is_empty() || rest.starts_with(['+', '-', '*', '/', '&', '^', '%', '<', '>', '=', ',', ')']);
    // One word that begins as no Chinese one does: `={1,2}`, `=TRUE`, `=A:A`.
    let is_program_s = said.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '{' | '#' | '[' | '$'))
        && !said.trim_end().contains(char::is_whitespace);
    // A column of a table, another sheet, a text, a text joined to another.
    let is_of_table = said.split_once('[').is_some_and(|(table, _)| !table.contains(char::is_whitespace));
    let is_of_sheet =
        said.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '"')) && said.contains(['!', '&', '"']);
    // Where ranges meet: `=A1:A3 B1:B3`.
    let mut parts = said.split_whitespace().peekable();
    let are_ranges = parts.peek().is_some() && parts.all(|part| is_operand(part) && has_letters(part));
    is_call(name, rest) || (goes_on && is_operand(name)) || is_program_s || is_of_table || is_of_sheet || are_ranges
}

/// Of a text after another sign: a function of a program with what a program reads, or a cell that no word is.
fn is_signed_formula(said: &str, plus: bool) -> bool {
    let (name, rest) = named(said.trim_start());
    let is_function = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.is_ascii();
    let is_read = rest.is_ascii() || rest.contains(['"', '!']);
    let is_cell = name.contains(['$', '!']) || (plus && name.starts_with(|c: char| c.is_ascii_alphabetic()));
    // Of cells and numbers with signs between them, one is a cell.
    let parts = || said.split(['+', '-', '*', '/', '^', '(', ')', '\u{FF0B}']).filter(|part| !part.is_empty());
    let is_sum = said.is_ascii() && parts().count() > 1 && parts().all(is_operand) && parts().any(has_letters);
    (is_function && is_read && is_call(name, rest)) || is_sum || (rest.is_empty() && is_cell && is_operand(name))
}

/// A name or cell, of a sheet or not, and what follows it.
fn named(said: &str) -> (&str, &str) {
    let said = said.strip_prefix('\'').and_then(|sheet| sheet.split_once("'!")).map_or(said, |(_, cell)| cell);
    let of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '!' | '[' | ']' | ':');
    let (name, rest) = said.split_at(said.find(|c: char| !of_name(c)).unwrap_or(said.len()));
    (name, rest.trim_start())
}

fn is_call(name: &str, rest: &str) -> bool {
    !name.is_empty() && rest.starts_with(['(', '\u{FF08}']) && rest.contains([')', '\u{FF09}'])
}

/// What tells a cell from a number.
fn has_letters(part: &str) -> bool {
    part.chars().any(|c| c.is_ascii_alphabetic())
}

/// A number, or a cell with or without its sheet.
fn is_operand(name: &str) -> bool {
    let is_number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let cell = name.rsplit(['!', '.']).next().unwrap_or_default();
    let cell = cell.trim_matches(['[', ']']).split(':').next().unwrap_or_default().replace('$', "");
    let letters = cell.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = cell.bytes().skip(letters).all(|byte| byte.is_ascii_digit());
    is_number || ((1..=3).contains(&letters) && digits && cell.len() > letters)
}

/// Whether a text has its format; otherwise what is wrong.
pub fn format(format: Format, text: &str) -> Option<LocalizedText> {
    let (fits, wrong) = match format {
        Format::SchoolCode => (school_code(text), texts::school_code_10_digits()),
        Format::RegionCode => (digits(text, 6) && begins_with_province(text), texts::region_code_6_digits()),
        Format::Mobile => (mobile(text), texts::mobile_number_11_digits()),
        Format::Phone => (phone(text), texts::telephone_number_written_0379()),
        Format::DocumentNumber => (document_number(text).is_some(), texts::documents_number_written_2022()),
        Format::Person => (text.contains(char::is_alphabetic), texts::name_post_body_asked()),
        Format::Narrative => (text.contains(char::is_alphabetic), texts::what_case_asked_words()),
        Format::CreditCode => (credit_code(text), texts::credit_code_18_characters()),
    };
    (!fits).then(|| wrong.text())
}

/// The same as of a day, after which nothing can have been issued.
pub(crate) fn format_on(kind: Format, text: &str, today: Date) -> Option<LocalizedText> {
    let year = if kind == Format::DocumentNumber { document_number(text).and_then(|number| number.year) } else { None };
    let to_come = year.filter(|year| date::new(*year, 1, 1).is_some_and(|first| first > today));
    let words = |year| texts::year_after_day_check(&year, &today).text();
    to_come.map(words).or_else(|| format(kind, text))
}

pub(crate) fn digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// GB/T 2260-2007: provinces, autonomous regions, municipalities, and the special administrative regions.
fn begins_with_province(text: &str) -> bool {
    let province = text.get(..2).and_then(|code| code.parse::<u8>().ok());
    matches!(province, Some(11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81 | 82))
}

/// JY/T 1001-2012, 学校(机构)代码: two digits of the kind of school, two of the province by GB/T 2260, six by count.
fn school_code(text: &str) -> bool {
    let kinds = ["11", "21", "31", "34", "36", "51"];
    digits(text, 10)
        && kinds.iter().any(|kind| text.starts_with(kind))
        && text.get(2..).is_some_and(begins_with_province)
}

/// YD/T numbering of mobile networks: 13 to 19.
fn mobile(text: &str) -> bool {
    digits(text, 11) && text.starts_with('1') && matches!(text.as_bytes().get(1), Some(b'3'..=b'9'))
}

/// A mobile number, one of a company (400, 800), or a landline with or without its area: 010, 02x, or 03xx to 09xx.
fn phone(text: &str) -> bool {
    let local = |number: &str| (7..=8).any(|length| digits(number, length)) && !number.starts_with('0');
    let area = |area: &str| match area.as_bytes() {
        [b'0', b'1', b'0'] | [b'0', b'2', b'0'..=b'9'] => true,
        [b'0', b'3'..=b'9', rest @ ..] => rest.len() == 2 && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    let joined = |length: usize| text.split_at_checked(length).is_some_and(|(of, number)| area(of) && local(number));
    match text.split_once('-') {
        Some((of, number)) => area(of) && local(number),
        None => {
            let company = digits(text, 10) && (text.starts_with("400") || text.starts_with("800"));
            local(text) || mobile(text) || company || joined(3) || joined(4)
        }
    }
}

/// GB 32100-2015: the registering authority, the kind of body, the region by GB/T 2260 (100000 where the state registered
/// it), nine characters of the body, and the check character over all of them: weights 3^(i-1) mod 31.
fn credit_code(text: &str) -> bool {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let region = text.get(2..8).filter(|region| digits(region, 6));
    let registered = text.starts_with(|c: char| matches!(c, '1'..='9' | 'A' | 'N' | 'Y'))
        && text.as_bytes().get(1).is_some_and(|kind| *kind != b'0')
        && region.is_some_and(|region| region == "100000" || begins_with_province(region));
    let values: Option<Vec<usize>> =
        text.bytes().map(|byte| ALPHABET.iter().position(|known| *known == byte)).collect();
    let Some(values) = values.filter(|_| registered) else { return false };
    let Some((check, body)) = values.split_last() else { return false };
    let (sum, _) = body.iter().fold((0, 1), |(sum, weight), value| (sum + value * weight, weight * 3 % 31));
    values.len() == 18 && *check == (31 - sum % 31) % 31
}

#[cfg(test)]
mod tests;
