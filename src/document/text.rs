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
mod tests {
    use super::{Format, format, format_on, is_formula};
    use bulou_base::date;

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
            "+A1+B1",
            "-A1-B1",
            "-A1*2",
            "+1+A1",
            "+(A1+B1)",
            "+Sheet1!A1+1",
            "=名称&\"校\"",
            "='S'!名称",
            "=A1:A3 B1:B3",
            "=cmd|' /C calc'!A0",
            "\u{FE66}A1",
            "=RC[-1]",
            "=R[1]C[2]",
            "=R1C1",
            "=A:A",
            "=1:1",
            "={1,2}",
            "=Table1[列]",
            "=表1[校名]",
            "=TRUE",
            "=SUM",
            "=#REF!",
            "of:=[.A1]",
            "=1+2",
            "=12",
            "=\"甲\"",
            "=+B6*2",
            "=@B6",
            "{=A1}",
            "'=A1",
            "{=SUM(A1:A3)}",
            "+SUM(A1)",
            "@SUM(A1)",
            "-SUM(A1)",
            "\u{FF0B}SUM(A1)",
            "\u{FF20}SUM(A1)",
            "+A1",
            "-$B$6",
            "+Sheet1!B6",
            "'+A1",
            "\u{2019}=A1",
        ] {
            assert!(is_formula(text), "{text}");
        }
        for text in [
            "",
            "=",
            "===",
            "甲=乙",
            "=合格",
            "= 同上一栏",
            "= same as above",
            "=<b>&#60;</b>!",
            "a=b(c)",
            "=>整改",
            "1=1",
            "-5",
            "+8613800000000",
            "@张三",
            "-",
            "-无(见附件)",
            "+1",
            "@全体(校长)",
            "', '''",
            "{}",
            "+补充(三楼)",
            "-3.5",
            "-1-2",
        ] {
            assert!(!is_formula(text), "{text}");
        }
    }

    #[test]
    fn no_document_is_numbered_in_a_year_to_come() {
        let today = date::parse("2022-12-31").expect("a day");
        let wrong = |text: &str| format_on(Format::DocumentNumber, text, today).map(|words| words.zh);
        assert_eq!(wrong("教任〔2022〕11号"), None);
        assert_eq!(wrong("教任〔2023〕11号").as_deref(), Some("文号里的年份 2023 晚于核对日 2022-12-31"));
    }

    #[test]
    fn codes_are_checked_to_the_last_digit() {
        for (kind, fitting, unfit) in [
            (
                Format::CreditCode,
                // A company, a university that the state registered, a school of a county.
                &["91110000600037341L", "12100000400000624D", "124103054160000004"][..],
                &[
                    "91110000600037341M",
                    "000000000000000000",
                    "9111000060003734",
                    "91110000600037341l",
                    // Nobody's authority, category or region, with the check character that it would have.
                    "01110000600037341X",
                    "90110000600037341P",
                    "91000000600037341R",
                    "91990000600037341B",
                ][..],
            ),
            (
                Format::SchoolCode,
                &["2141000345", "3111000217", "3665000001"][..],
                &["9941000345", "2100000345", "2199000345", "214100034", "21410003455"][..],
            ),
            (
                Format::RegionCode,
                &["410305", "110101", "650000", "810000", "820001", "710000", "542621"][..],
                &["000000", "999999", "100000", "160000", "470000", "830000", "41030", "4103055", "４10305"][..],
            ),
            (
                Format::DocumentNumber,
                &[
                    "教任〔2022〕11号",
                    "南小字[2021]003号",
                    "教育部公告2022年第8号",
                    "主席令第六十号",
                    "国务院令第一百零六号",
                    "教育部令第一百一十号",
                    "省人民政府令第十六号",
                    "教育部令第二十号",
                    "教育部令 第五十号",
                    "教育部令第30号",
                    "洛教办〔2022〕11号文",
                    "教任﹝2020﹞11号",
                    "安委(2019)15号",
                    "教任 〔2022〕 第 11 号",
                    "宜办(党)【2020】1号",
                ][..],
                &[
                    "〔2020〕11号",
                    "、〔2020〕11号",
                    "教任a2020b11号",
                    "教任)2020(11号",
                    "教任〔2020]11号",
                    "教任2020〕11号",
                    "教任〔2020 11号",
                    "教任12020年11号",
                    "年11号",
                    "2022年第8号",
                    "公告2022年第8号",
                    "令第30号文件",
                    "宜办(〔2022〕1号",
                    "宜办党)〔2022〕1号",
                    "宜办)党(〔2020〕1号",
                    "(宜办〔2020〕1号",
                    "宜办(?)〔2020〕1号",
                    "?教任〔2022〕1号",
                    "…教办〔2022〕1号",
                    "待定教任〔2022〕1号",
                    "还没有教任〔2022〕1号",
                    "某某公告2022年第8号",
                    "口头〔2022〕1号",
                    "无令第30号",
                    "令第30号",
                    "令第三十号",
                    "主席令第六十",
                    "主席令第零号",
                    "主席令第百号",
                    "主席令第十十号",
                    "主席令第六六十号",
                    "主席令第十百号",
                    "主席令第一百百号",
                    "拟发令第六号",
                    "草案令第六号",
                    "有关部门令第六号",
                    "口令第一号",
                    "命令第30号",
                    "令令第六号",
                    "我令第一号",
                    "主席令六十号",
                    "教任〔2022〕十一号",
                    "文件〔2022〕1号",
                    "发文字号〔2022〕1号",
                    "草拟〔2022〕1号",
                    "字〔2022〕1号",
                    "abc〔2022〕1号",
                    "教任〔2022〕号",
                    "教任〔2022〕0号",
                    "教任〔〕11号",
                    "11号",
                    "教任〔1822〕11号",
                    "没有文号",
                    "教任〔2022〕11",
                    "202211号",
                    "号",
                ][..],
            ),
            (
                Format::Mobile,
                &["13812345678", "19900000001", "15012345678"][..],
                &["11111111111", "12012345678", "10012345678", "1381234567", "138123456789", "23812345678"][..],
            ),
            (
                Format::Phone,
                &[
                    "0379-6123456",
                    "010-12345678",
                    "029-81234567",
                    "037961234567",
                    "1234567",
                    "61234567",
                    "13812345678",
                    "4001234567",
                ][..],
                &[
                    "00000000000",
                    "六一二",
                    "0379-123456",
                    "0379-123456789",
                    "01-1234567",
                    "03790-1234567",
                    "379-1234567",
                    "123456",
                    "1234567890123",
                    "000-12345678",
                    "0079-6123456",
                    "0379-0123456",
                    "0123456",
                    "11111111111",
                    "037-61234567",
                    "0379-",
                    "",
                ][..],
            ),
        ] {
            for (codes, fits) in [(fitting, true), (unfit, false)] {
                for code in codes {
                    assert_eq!(format(kind, code).is_none(), fits, "{kind:?} {code}");
                }
            }
        }
    }
}
