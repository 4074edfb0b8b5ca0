//! What people write in cells, read as it is meant, and what is said about it.

use bulou_base::date::Date;
use bulou_base::sanitize::shortened;
use bulou_messages::diagnostic::{Lang, LocalizedText};

use super::content::Has;

/// A record or list is there.
pub(super) fn some(lang: Lang) -> &'static str {
    lang.pick("有", "some")
}

/// It is not; a list was looked at and is empty.
pub(super) fn none(lang: Lang) -> &'static str {
    lang.pick("无", "none")
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
    if value { lang.pick("是", "yes") } else { lang.pick("否", "no") }
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
    lang.pick("(不许填,没有抄出)", "(must not be there and was not copied)")
}

/// About an error value.
pub(super) fn error(shown: &str) -> LocalizedText {
    let shown = shortened(shown);
    LocalizedText::new(
        format!("这一格是 `{shown}`,没有读取:请直接填写内容,或在 Excel 里改好公式后保存"),
        format!("the cell holds `{shown}` and was not read: write the value itself, or mend the formula and save"),
    )
}

/// About a number of more digits than a spreadsheet keeps.
pub(super) fn rounded(digits: &str) -> LocalizedText {
    LocalizedText::new(
        format!("这一格的数超过 15 位,Excel 已把后面的数字变成 0(现在是 `{digits}`):请把单元格设为文本,重新填写"),
        format!(
            "the number has more than 15 digits, and Excel has zeroed the rest (`{digits}`): format the cell as text and write it again"
        ),
    )
}

/// About a number where a code belongs.
pub(super) fn code(digits: &str) -> LocalizedText {
    LocalizedText::new(
        format!(
            "编号、电话被 Excel 当成了数 `{digits}`,开头的 0 或第 15 位以后的数字可能已丢失:请把单元格设为文本,重新填写"
        ),
        format!(
            "Excel took the code for the number `{digits}`; zeros at its start or digits beyond 15 may be lost: format the cell as text and write it again"
        ),
    )
}

/// About a day number without the form of a date.
pub(super) fn as_date(digits: &str, date: Date) -> LocalizedText {
    LocalizedText::new(
        format!("这一格是数 `{digits}`,按 Excel 的日期序号读作 {date}:请核对"),
        format!("the number `{digits}` was read as Excel's day number of {date}: check it"),
    )
}

/// About a number of eight digits in a date's cell.
pub(super) fn as_eight_digits(digits: &str, date: Date) -> LocalizedText {
    LocalizedText::new(
        format!("这一格是数 `{digits}`,读作日期 {date}:请核对;日期请写成 {date}"),
        format!("the number `{digits}` was read as the date {date}: check it, and write dates as {date}"),
    )
}

/// What stands for a date that no self-assessment can mean: what a spreadsheet made of a number that was none.
pub(super) fn unlikely_date(date: Date) -> String {
    format!("{date}(不在 1990 至 2100 年)")
}

/// About a 0 or 1 where 是 or 否 belongs.
pub(super) fn as_truth(digits: &str, value: bool) -> LocalizedText {
    let (zh, en) = (yes_no(value, Lang::Zh), yes_no(value, Lang::En));
    LocalizedText::new(
        format!("这一格是数 `{digits}`,按「{zh}」读取:请核对"),
        format!("the number `{digits}` was read as {en}: check it"),
    )
}

/// About a number that is seen in another unit than the field's.
pub(super) fn counted(seen: &str, unit: Option<&str>) -> LocalizedText {
    match unit.filter(|_| seen != "%") {
        Some(unit) => LocalizedText::new(
            format!("这一格显示的单位是「{seen}」,这一项的单位是「{unit}」:请把格式改成常规,按「{unit}」填写"),
            format!(
                "the cell shows a number of {seen}, and this field is one of {unit}: give it the format General, and write it in {unit}"
            ),
        ),
        None => LocalizedText::new(
            "这一格显示成百分数(显示 75% 的格里是 0.75),与这一项要填的不是一种数:请把格式改成常规,看清里面的值,不对就改",
            "the cell is shown in percent (what shows 75% holds 0.75), which is not how this field is written: give it the format General, look at the value, and mend it",
        ),
    }
}

/// About a number where a text belongs.
pub(super) fn as_text(digits: &str) -> LocalizedText {
    LocalizedText::new(
        format!("这一格是数,按文本 `{digits}` 读取:如果开头还有 0,请把单元格设为文本,重新填写"),
        format!(
            "the number was read as the text `{digits}`: if zeros stood before it, format the cell as text and write it again"
        ),
    )
}

/// About a date where a text belongs.
pub(super) fn was_date(date: Date) -> LocalizedText {
    LocalizedText::new(
        format!("这一格被 Excel 当成了日期,按 `{date}` 读取:如果填的不是日期,请把单元格设为文本,重新填写"),
        format!(
            "Excel took this for a date; it was read as `{date}`: if it is none, format the cell as text and write it again"
        ),
    )
}

/// The same about a value that must not be shown.
pub(super) fn concealed(code: &str) -> LocalizedText {
    match code {
        "D044" => LocalizedText::new(
            "这一格被 Excel 当成了数,开头的 0 或第 15 位以后的数字可能已丢失:请把单元格设为文本,重新填写",
            "Excel took this for a number; zeros at its start or digits beyond 15 may be lost: format the cell as text and write it again",
        ),
        "D052" => counted("%", None),
        "D045" => LocalizedText::new(
            "这一格是出错的公式,没有读取:请直接填写内容,或在 Excel 里改好公式后保存",
            "the cell holds a formula's error and was not read: write the value itself, or mend the formula and save",
        ),
        _ => LocalizedText::new(
            "这一格不是按文本填的,已换成本项的写法读取:请核对;要照原样读取,请把单元格设为文本",
            "the cell was not written as text and was read in this field's own form: check it, or format it as text",
        ),
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
