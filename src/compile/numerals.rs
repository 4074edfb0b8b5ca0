//! Values of numerals: Chinese, those of banks, and figures.

use num_rational::Ratio;

use bulou_base::value::Quotient;

/// All that numerals are written with.
pub(crate) const NUMERALS: &str = "〇零一二两三四五六七八九十廿卅百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億";

/// The numerals of banks, each with what everybody writes.
pub(crate) const FORMAL: [(char, char); 14] = [
    ('壹', '一'),
    ('贰', '二'),
    ('叁', '三'),
    ('肆', '四'),
    ('伍', '五'),
    ('陆', '六'),
    ('柒', '七'),
    ('捌', '八'),
    ('玖', '九'),
    ('拾', '十'),
    ('佰', '百'),
    ('仟', '千'),
    ('萬', '万'),
    ('億', '亿'),
];

/// A whole number.
pub(crate) fn whole(value: i128) -> Quotient {
    Ratio::from_integer(value)
}

/// The Chinese numeral that words begin with, or nothing.
pub(crate) fn numeral(words: &str) -> &str {
    words.split(|c: char| !NUMERALS.contains(c)).next().unwrap_or_default()
}

/// What figures say, a point and commas between thousands included.
pub(crate) fn decimal(figures: &str) -> Option<Quotient> {
    let (before, part) = figures.split_once('.').unwrap_or((figures, ""));
    let scale = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
    let digits: i128 = format!("{before}{part}").replace(',', "").parse().ok()?;
    Some(Ratio::new(digits, scale))
}

/// A numeral of banks as everybody writes it.
fn common(c: char) -> char {
    FORMAL.iter().find(|(formal, _)| *formal == c).map_or(c, |(_, common)| *common)
}

/// What a Chinese figure says.
pub(crate) fn digit(c: char) -> Option<i128> {
    let c = common(c);
    let known = |known| c == known || c == '零' && known == '〇' || c == '两' && known == '二';
    i128::try_from("〇一二三四五六七八九".chars().position(known)?).ok()
}

/// What a Chinese numeral says.
pub(crate) fn spelled(numeral: &str) -> Option<Quotient> {
    let (mut total, mut section, mut figure): (i128, i128, Option<i128>) = (0, 0, None);
    for c in numeral.chars() {
        let c = common(c);
        let place = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '廿' | '卅' => {
                section += if c == '廿' { 20 } else { 30 };
                continue;
            }
            '万' | '亿' => {
                let unit = if c == '万' { 10_000 } else { 100_000_000 };
                total = (total + section + figure.take().unwrap_or_default()).max(1).checked_mul(unit)?;
                section = 0;
                continue;
            }
            _ => {
                // Figures one after the other are a year or a number of a list.
                if figure.is_some_and(|known| known > 0) {
                    return None;
                }
                figure = Some(digit(c)?);
                continue;
            }
        };
        section += figure.take().unwrap_or(1).max(1) * place;
    }
    Some(whole(total + section + figure.unwrap_or_default()))
}
