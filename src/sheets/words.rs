//! What people write in cells, read as it is meant, and what is said about it.

use bulou_base::date::Date;
use bulou_base::sanitize::shortened;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::sentence::Each;
use bulou_messages::texts;

use super::content::Has;

/// A record or list is there.
pub(super) fn some(lang: Lang) -> &'static str {
    texts::some_2().get(lang)
}

/// It is not; a list was looked at and is empty.
pub(super) fn none(lang: Lang) -> &'static str {
    texts::none_5().get(lang)
}

/// What stands between several values in one cell.
pub(super) const SEPARATORS: [char; 7] = ['、', ',', '\u{FF0C}', ';', '\u{FF1B}', '\n', '\r'];

/// What spreadsheets show for a formula that failed.
pub(super) const ERRORS: [&str; 8] =
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA"];

/// 有 or 无, however it is said.
pub(super) fn has(text: &str) -> Option<Has> {
    match text {
        "有" => Some(Has::Some),
        "无" | "没有" | "暂无" | "无。" => Some(Has::None),
        _ if text.eq_ignore_ascii_case("some") => Some(Has::Some),
        _ if text.eq_ignore_ascii_case("none") => Some(Has::None),
        _ => None,
    }
}

/// How a truth value is written.
pub(super) fn yes_no(value: bool, lang: Lang) -> &'static str {
    if value { texts::yes().get(lang) } else { texts::no().get(lang) }
}

/// A number as Excel shows it: at most 15 digits, so that what 0.1 + 0.2 leaves behind is 0.3; and whether digits
/// before the point may be gone.
pub(super) fn shown(value: f64) -> (String, bool) {
    let rounded = format!("{value:.14e}");
    let Some((mantissa, exponent)) = rounded.split_once('e') else { return (rounded, true) };
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits = mantissa.replace('.', "");
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return ("0".into(), false);
    }
    let text = match usize::try_from(exponent) {
        Ok(_) if exponent > 20 => format!("{sign}{}e{exponent}", mantissa.trim_end_matches('0').trim_end_matches('.')),
        Ok(before) if before + 1 >= digits.len() => format!("{sign}{digits}{}", "0".repeat(before + 1 - digits.len())),
        Ok(before) => {
            let (whole, fraction) = digits.split_at(before + 1);
            format!("{sign}{whole}.{fraction}")
        }
        Err(_) if exponent < -20 => {
            format!("{sign}{}e{exponent}", mantissa.trim_end_matches('0').trim_end_matches('.'))
        }
        Err(_) => format!("{sign}0.{}{digits}", "0".repeat(usize::try_from(-exponent - 1).unwrap_or_default())),
    };
    (text, exponent >= 15)
}

/// What stands for a value that must not be there.
pub(super) fn forbidden(lang: Lang) -> &'static str {
    texts::must_not_not_copied().get(lang)
}

/// About an error value.
pub(super) fn error(shown: &str) -> LocalizedText {
    let shown = shortened(shown);
    texts::cell_holds_not_read(&shown).text()
}

/// About a number of more digits than a spreadsheet keeps.
pub(super) fn rounded(digits: &str) -> LocalizedText {
    texts::number_more_than_15(&digits).text()
}

/// About a number where a code belongs.
pub(super) fn code(digits: &str) -> LocalizedText {
    texts::excel_took_code_number(&digits).text()
}

/// About a day number without the form of a date.
pub(super) fn as_date(digits: &str, date: Date) -> LocalizedText {
    texts::number_read_excels_day(&digits, &date).text()
}

/// About a number of eight digits in a date's cell.
pub(super) fn as_eight_digits(digits: &str, date: Date) -> LocalizedText {
    texts::number_read_date_check(&digits, &date).text()
}

/// What stands for a date that no self-assessment can mean: what a spreadsheet made of a number that was none.
pub(super) fn unlikely_date(date: Date) -> String {
    format!("{date}(不在 1990 至 2100 年)")
}

/// About a 0 or 1 where 是 or 否 belongs.
pub(super) fn as_truth(digits: &str, value: bool) -> LocalizedText {
    let (zh, en) = (yes_no(value, Lang::Zh), yes_no(value, Lang::En));
    texts::number_read_check(&digits, &Each(&zh, &en)).text()
}

/// About a number that is seen in another unit than the field's.
pub(super) fn counted(seen: &str, unit: Option<&str>) -> LocalizedText {
    match unit.filter(|_| seen != "%") {
        Some(unit) => texts::cell_shows_number_field(&seen, &unit).text(),
        None => texts::cell_shown_percent_what().text(),
    }
}

/// About a number where a text belongs.
pub(super) fn as_text(digits: &str) -> LocalizedText {
    texts::number_read_text_if(&digits).text()
}

/// About a date where a text belongs.
pub(super) fn was_date(date: Date) -> LocalizedText {
    texts::excel_took_date_read(&date).text()
}

/// The same about a value that must not be shown.
pub(super) fn concealed(code: ProblemCode) -> LocalizedText {
    match code {
        ProblemCode::LostDigits => texts::excel_took_number_zeros().text(),
        ProblemCode::UnreadCells => counted("%", None),
        ProblemCode::Formula => texts::cell_holds_formulas_error().text(),
        _ => texts::cell_not_written_text().text(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_excel_shows() {
        let cases = [
            (0.1 + 0.2, "0.3"),
            (1460.0, "1460"),
            (-1.5, "-1.5"),
            (0.000_01, "0.00001"),
            (1e21, "1e21"),
            (123_456_789_012_345.0, "123456789012345"),
            (-0.0, "0"),
            (1.0 / 3.0, "0.333333333333333"),
            (1.5e-30, "1.5e-30"),
        ];
        for (value, text) in cases {
            assert_eq!(shown(value), (text.to_owned(), value >= 1e15), "{value}");
        }
        assert_eq!(shown(411_302_199_001_011_230.0), ("411302199001011000".into(), true));
    }
}
