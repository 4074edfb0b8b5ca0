//! Marks of items and what ends a clause: （一）, ①, 一是, 3., ——.

use crate::counted::counter;
use crate::numerals::NUMERALS;
use crate::spelled::{half_width, parts_thousands};

/// How many bytes the marks of items take that words begin with, the blanks behind them included: （一）, (1), ①, 一是, 3.,
/// 第三条. They number what is said and say nothing themselves, so nobody has to quote them.
pub(crate) fn marks(before: Option<char>, words: &str) -> usize {
    let mut length = 0;
    let mut before = before;
    while let Some(found) = mark(before, words.get(length..).unwrap_or_default()) {
        length += found;
        let rest = words.get(length..).unwrap_or_default();
        length += rest.len() - rest.trim_start().len();
        before = None;
    }
    length
}

/// How long the mark of an item is that words begin with.
pub(crate) fn mark(before: Option<char>, words: &str) -> Option<usize> {
    let first = words.chars().next()?;
    if matches!(first, '①'..='⒛' | '㈠'..='㈩' | '❶'..='➓') {
        return Some(first.len_utf8());
    }
    if matches!(first, '(' | '\u{FF08}') {
        let inside = words.get(first.len_utf8()..)?;
        let number = number(inside)?;
        let close = inside.get(number..)?.chars().next().filter(|c| matches!(c, ')' | '\u{FF09}'))?;
        let length = first.len_utf8() + number + close.len_utf8();
        // 保安(2)名 and 保安(2)、监控(8) say how many.
        let after = words.get(length..).unwrap_or_default();
        let goes_on = after.starts_with(|c: char| c.is_alphanumeric() || c.is_whitespace() || c == first);
        let says = before.is_some_and(char::is_alphanumeric) && (!goes_on || counter(after).is_some());
        return (!says).then_some(length);
    }
    // What follows stands in a line by itself or behind a mark: 统一是 and 同第三条 are none; and no mark begins in a bracket.
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '(' | '\u{FF08}')) {
        return None;
    }
    if let Some(rest) = words.strip_prefix('第') {
        let number = number(rest)?;
        let mut behind = rest.get(number..)?.chars();
        let next = behind.next()?;
        let next_one = behind.as_str().starts_with('第');
        let is_article = "条款项章节".contains(next) && behind.next().is_some_and(char::is_whitespace);
        let is_mark = is_article || !next_one && matches!(next, ',' | '\u{FF0C}' | '、' | ':' | '\u{FF1A}');
        return is_mark.then(|| '第'.len_utf8() + number + next.len_utf8());
    }
    let number = number(words)?;
    let mut behind = words.get(number..)?.chars();
    let (next, after) = (behind.next()?, behind.next());
    let lists = after.is_some_and(|c| c.is_numeric() || NUMERALS.contains(c));
    let is_mark = match next {
        '是' => words.starts_with(|c| NUMERALS.contains(c)),
        '.' | '\u{FF0E}' | ')' | '\u{FF09}' => !lists,
        // 三、四年级
        '、' => !lists,
        _ => false,
    };
    is_mark.then(|| number + next.len_utf8())
}

/// How many bytes the number of an item takes: at most two figures, or three numerals.
fn number(words: &str) -> Option<usize> {
    let run = |is_part: fn(char) -> bool| words.chars().take_while(move |c| is_part(*c)).map(char::len_utf8);
    let (figures, numerals) = (run(|c| half_width(c).is_ascii_digit()), run(|c| NUMERALS.contains(c)));
    let of = |length: Vec<usize>, most: usize| (1..=most).contains(&length.len()).then(|| length.iter().sum());
    of(figures.collect(), 2).or_else(|| of(numerals.collect(), 3))
}

/// Where the clauses of a text from `start` to `end` end, all but the last: behind , 、 : …… —— and tabs, and before the mark
/// of an item.
pub(crate) fn cuts(text: &str, start: usize, end: usize) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut before = text.get(..start).and_then(|text| text.chars().next_back());
    let words = text.get(start..end).unwrap_or_default();
    let mut within = 0;
    for (at, c) in words.char_indices() {
        let rest = words.get(at..).unwrap_or_default();
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        if at >= within {
            let marks = marks(before, rest);
            if marks > 0 {
                cuts.push(start + at);
                // The comma of 第一, ends nothing.
                within = at + marks;
            }
        }
        let ends = match c {
            ',' | '\u{FF0C}' => !parts_thousands(words.get(..at).unwrap_or_default(), after),
            '、' | ':' | '\u{FF1A}' | '\t' => true,
            '…' => !after.starts_with('…'),
            '—' => before == Some('—') && !after.starts_with('—'),
            _ => false,
        };
        if ends && at >= within {
            cuts.push(start + at + c.len_utf8());
        }
        before = Some(c);
    }
    cuts.dedup();
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clauses(text: &str) -> Vec<&str> {
        let cuts = cuts(text, 0, text.len());
        let starts = [0].into_iter().chain(cuts.iter().copied());
        let ends = cuts.iter().copied().chain([text.len()]);
        starts.zip(ends).filter_map(|(start, end)| text.get(start..end)).filter(|words| !words.is_empty()).collect()
    }

    #[test]
    fn a_clause_ends_where_another_item_begins() {
        for (text, expected) in [
            ("要做好:(一)关门(2)巡逻①登记②上报", vec!["要做好:", "(一)关门", "(2)巡逻", "①登记", "②上报"]),
            ("一是关门,二是巡逻", vec!["一是关门,", "二是巡逻"]),
            ("关门——巡逻……登记\t上报", vec!["关门——", "巡逻……", "登记\t", "上报"]),
            ("印1,200份,留5—10份", vec!["印1,200份,", "留5—10份"]),
            ("1.关门、2、巡逻", vec!["1.关门、", "2、巡逻"]),
            ("统一是要求,初二是重点", vec!["统一是要求,", "初二是重点"]),
            ("第一,关门", vec!["第一,关门"]),
            ("一、(一)关门", vec!["一、(一)关门"]),
            ("配备保安(2)、监控(8)、灭火器(4)", vec!["配备保安(2)、", "监控(8)、", "灭火器(4)"]),
        ] {
            assert_eq!(clauses(text), expected, "{text}");
        }
    }

    #[test]
    fn marks_of_items_are_known() {
        for (words, mark) in [
            ("(十二)关门", "(十二)"),
            ("(1) 关门", "(1) "),
            ("一、(一)关门", "一、(一)"),
            ("第三条 关门", "第三条 "),
            ("第一,关门", "第一,"),
            ("3.关门", "3."),
            ("㈠关门", "㈠"),
            ("3.5升", ""),
            ("(2022)1号", ""),
            ("三人", ""),
            ("三、四年级", ""),
            ("第三、第四组", ""),
            ("第三条规定", ""),
        ] {
            assert_eq!(words.get(..marks(None, words)), Some(mark), "{words}");
        }
        assert_eq!(marks(Some('统'), "一是"), 0);
        for words in ["(2)名", "(2)、监控", "(四)。", "(2)"] {
            assert_eq!(marks(Some('安'), words), 0, "{words}");
        }
    }
}
