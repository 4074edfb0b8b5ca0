//! Texts with a form: dates, durations, codes.

use crate::data::shape::Format;
use crate::diagnostic::Words;
use crate::syntax::ast::DurationUnit;

/// `31日`, `2周`, `5个工作日`, `1个月`, in the unit of the field, and whether it was written as weeks.
pub(crate) fn duration(text: &str, unit: DurationUnit) -> Option<(i32, bool)> {
    let forms: &[(&str, i32)] = match unit {
        DurationUnit::Days => &[("日", 1), ("天", 1), ("周", 7)],
        DurationUnit::WorkDays => &[("个工作日", 1)],
        DurationUnit::Months => &[("个月", 1), ("年", 12)],
    };
    let (number, times) = forms.iter().find_map(|(suffix, times)| Some((text.strip_suffix(suffix)?, *times)))?;
    // As many digits as the JSON Schema lets pass: any date is reached by them.
    if !(1..=7).contains(&number.len()) || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((number.parse::<i32>().ok()?.checked_mul(times)?, times == 7))
}

/// Whether a text is a formula that a program did not work out: a name with something in brackets (`=DISPIMG("ID_1",1)`), a
/// cell (`=Sheet1!B6`), a quoted text, or numbers between signs. What follows `=` in a person's words is a word.
pub(crate) fn is_formula(text: &str) -> bool {
    let text = text.trim();
    let text = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(text);
    let Some(said) = text.strip_prefix(['=', '\u{FF1D}']) else { return false };
    let said = said.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '+' | '-' | '(' | '@' | '='));
    let said = said.strip_prefix('\'').and_then(|sheet| sheet.split_once("'!")).map_or(said, |(_, cell)| cell);
    let of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '!' | '[' | ']' | ':');
    let end = said.find(|c: char| !of_name(c)).unwrap_or(said.len());
    let (name, rest) = said.split_at(end);
    let rest = rest.trim_start();
    let goes_on = rest.is_empty() || rest.starts_with(['+', '-', '*', '/', '&', '^', '%', '<', '>', '=', ',', ')']);
    let is_call = !name.is_empty() && rest.starts_with(['(', '\u{FF08}']) && rest.contains([')', '\u{FF09}']);
    is_call || said.starts_with('"') || (goes_on && is_operand(name))
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
pub(crate) fn format(format: Format, text: &str) -> Option<Words> {
    let digits = |length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    let (fits, zh, en) = match format {
        Format::SchoolCode => {
            let kinds = ["11", "21", "31", "34", "36", "51"];
            let fits = digits(10) && kinds.iter().any(|kind| text.starts_with(kind));
            (
                fits,
                "学校标识码是 10 位数字,前两位是 11、21、31、34、36 或 51",
                "a school code is 10 digits that begin with 11, 21, 31, 34, 36 or 51",
            )
        }
        Format::RegionCode => (digits(6), "行政区划代码是 6 位数字", "a region code is 6 digits"),
        Format::Mobile => (
            digits(11) && text.starts_with('1'),
            "手机号是 1 开头的 11 位数字",
            "a mobile number is 11 digits that begin with 1",
        ),
        Format::Phone => (
            phone(text),
            "电话写成 0379-6123456 或 11 位手机号",
            "a telephone number is written 0379-6123456, or 11 digits",
        ),
        Format::CreditCode => (
            credit_code(text),
            "统一社会信用代码 18 位,校验位不对或有不用的字母",
            "a credit code has 18 characters and a check digit, which is wrong here",
        ),
    };
    (!fits).then(|| Words::new(zh, en))
}

fn phone(text: &str) -> bool {
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('-') {
        Some((area, number)) => {
            all_digits(area)
                && area.starts_with('0')
                && (3..=4).contains(&area.len())
                && all_digits(number)
                && (7..=8).contains(&number.len())
        }
        None => all_digits(text) && (7..=12).contains(&text.len()),
    }
}

/// GB 32100-2015: weights 3^(i-1) mod 31 over 18 characters, the last being the check character.
fn credit_code(text: &str) -> bool {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let values: Option<Vec<usize>> =
        text.bytes().map(|byte| ALPHABET.iter().position(|known| *known == byte)).collect();
    let Some(values) = values else { return false };
    let Some((check, body)) = values.split_last() else { return false };
    let (sum, _) = body.iter().fold((0, 1), |(sum, weight), value| (sum + value * weight, weight * 3 % 31));
    values.len() == 18 && *check == (31 - sum % 31) % 31
}

#[cfg(test)]
mod tests {
    use super::{Format, format, is_formula};

    #[test]
    fn a_formula_is_told_from_words() {
        for text in [
            "=DISPIMG(\"ID_1\",1)",
            "=_xlfn.DISPIMG(\"ID_1\",1)",
            "=图片(1)",
            "\u{FF1D}SUM(A1:A3)",
            "=Sheet1!B6",
            "='一 年级'!$B$6",
            "=[.B6]",
            " =B6&\"室\"",
            "{=SUM(A1)}",
            "=-B6",
            "=1+2",
            "=12",
            "=\"甲\"",
            "=+B6*2",
            "=@B6",
        ] {
            assert!(is_formula(text), "{text}");
        }
        for text in ["", "=", "===", "甲=乙", "=合格", "= 同上一栏", "a=b(c)", "=>整改", "1=1"] {
            assert!(!is_formula(text), "{text}");
        }
    }

    #[test]
    fn codes_are_checked_to_the_last_digit() {
        assert!(format(Format::CreditCode, "91110000600037341L").is_none());
        assert!(format(Format::CreditCode, "91110000600037341M").is_some());
        assert!(format(Format::SchoolCode, "2141000345").is_none());
        assert!(format(Format::SchoolCode, "9941000345").is_some());
        assert!(format(Format::Phone, "0379-6123456").is_none());
        assert!(format(Format::Phone, "六一二").is_some());
        for (phone, fits) in [
            ("010-12345678", true),
            ("0379-123456", false),
            ("0379-123456789", false),
            ("01-1234567", false),
            ("03790-1234567", false),
            ("379-1234567", false),
            ("1234567", true),
            ("123456", false),
            ("1234567890123", false),
        ] {
            assert_eq!(format(Format::Phone, phone).is_none(), fits, "{phone}");
        }
    }
}
