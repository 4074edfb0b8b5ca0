//! Numbers of documents, 文号: who issued one, in which year, as which one of the year.

use crate::text::digits;

/// A document's number by GB/T 9704-2012, 发文字号, in the parts that can be wrong by themselves.
pub(crate) struct DocumentNumber<'t> {
    /// The sign of who issued it.
    pub issuer: &'t str,
    /// An order (`教育部令第30号`) has none.
    pub year: Option<i32>,
}

/// The issuer's sign, the year in brackets, a number: `教任〔2022〕11号`; `教育部公告2022年第8号` and `教育部令第30号` as well.
pub(crate) fn document_number(text: &str) -> Option<DocumentNumber<'_>> {
    let text = text.strip_suffix('文').unwrap_or(text).strip_suffix('号')?.trim_end();
    let (before, number) = numbered(text)?;
    let counted = before.strip_suffix('第').map(str::trim_end);
    // An order is a body's, or its head's, and may be numbered in words: `主席令第六十号`.
    let (issuer, year) = match counted.filter(|before| before.ends_with('令')) {
        Some(order) => (order, None),
        None => {
            let (issuer, year) = dated(counted.unwrap_or(before))?;
            (issuer, Some(year))
        }
    };
    let is_one = match number {
        Number::Figures(digits) => (1..=5).contains(&digits.len()),
        Number::Words(words) => year.is_none() && is_numeral(words),
    };
    let is_ordered = || ORDERING.split(' ').any(|body| issuer.strip_suffix('令').is_some_and(|by| by.ends_with(body)));
    (is_one && (year.is_some() || is_ordered()) && is_issuer(issuer)).then_some(DocumentNumber { issuer, year })
}

/// How the number of a document is written.
enum Number<'t> {
    /// Without zeros before it.
    Figures(&'t str),
    Words(&'t str),
}

/// What stands before a number at the end of a text, and the number.
fn numbered(text: &str) -> Option<(&str, Number<'_>)> {
    let words = text.trim_end_matches(|c| NUMERALS.contains(c));
    if words.len() < text.len() {
        return Some((words.trim_end(), Number::Words(text.get(words.len()..)?)));
    }
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    Some((before.trim_end(), Number::Figures(text.get(before.len()..)?.trim_start_matches('0'))))
}

const NUMERALS: &str = "一二三四五六七八九十百零〇";

/// A number from 1 to 999 as it is read: `六`, `十六`, `六十`, `一百零六`, `一百一十`.
fn is_numeral(words: &str) -> bool {
    let digit = |text: &str| text.chars().count() == 1 && "一二三四五六七八九".contains(text);
    let below_hundred = |text: &str, first: bool| match text.split_once('十') {
        Some((tens, ones)) => (digit(tens) || first && tens.is_empty()) && (ones.is_empty() || digit(ones)),
        None => digit(text),
    };
    match words.split_once('百') {
        Some((hundreds, rest)) => {
            let of_ones = rest.strip_prefix(['零', '〇']).is_some_and(digit);
            digit(hundreds) && (rest.is_empty() || of_ones || rest.contains('十') && below_hundred(rest, false))
        }
        None => below_hundred(words, true),
    }
}

/// Ends of the names of those who issue orders.
const ORDERING: &str =
    "主席 总理 国务院 部 委 委员会 局 总局 厅 院 署 政府 总会 省长 市长 县长 州长 区长 人民银行 海关总署";

/// What stands before a year in brackets, or before one with 年 behind it; and the year.
fn dated(text: &str) -> Option<(&str, i32)> {
    let (open, end) =
        BRACKETS.iter().find(|(_, close)| text.ends_with(*close)).map_or((None, "年"), |(o, c)| (Some(*o), c));
    let text = text.strip_suffix(end)?.trim_end();
    let year = text.get(text.len().checked_sub(4)?..)?;
    let issuer = text.get(..text.len() - 4)?.trim_end();
    let is_year = digits(year, 4) && (year.starts_with("19") || year.starts_with("20"));
    let issuer = match open {
        Some(open) => issuer.strip_suffix(open)?.trim_end(),
        // Whose proclamation it is stands before the word.
        None => Some(issuer).filter(|issuer| issuer.chars().count() > 2)?,
    };
    Some((issuer, year.parse().ok().filter(|_| is_year)?))
}

/// Letters, some of them in brackets behind others: `宜办(党)`.
fn is_issuer(text: &str) -> bool {
    let (sign, within) = match text.strip_suffix(')') {
        Some(text) => text.split_once('(').unwrap_or_default(),
        None => (text, "党"),
    };
    let are_letters = |part: &str| !part.is_empty() && part.chars().all(char::is_alphabetic);
    // A sign has two characters at least: `国发`.
    let is_sign = sign.chars().filter(|c| !c.is_ascii()).nth(1).is_some();
    is_sign
        && are_letters(sign.trim_end())
        && are_letters(within)
        && text.chars().count() <= 20
        && !NO_ISSUER.split(' ').any(|word| sign.starts_with(word))
}

/// What begins with these was not issued, or by nobody.
const NO_ISSUER: &str = "拟 草案 上级 有关 待 暂 还 尚 没有 没收 没发 没下 无号 无文 无令 未下 未发 示例 测试 草稿 草拟 初稿 作废 某 口头 电话 发文 文件 文号 机关代字 的";

/// In which years stand; those of full width are these in a text's normal form.
pub(crate) const BRACKETS: [(&str, &str); 6] =
    [("〔", "〕"), ("[", "]"), ("(", ")"), ("【", "】"), ("〖", "〗"), ("﹝", "﹞")];
