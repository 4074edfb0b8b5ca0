//! Whether what people see of a cell says the value that was read of it.

mod amount;
mod day;

use bulou_document::typed::{self, plain};

use super::content::Content;

/// Whether what is seen says what the cell holds, and nothing else.
pub(super) fn says(content: &Content, seen: &str) -> bool {
    match content {
        Content::Blank | Content::Error(_) => true,
        Content::Text(text) => letters(text) == letters(seen) || is_time(text, seen),
        // A truth value is a number to spreadsheets, which show it as one or the other.
        Content::Number(digits, _) | Content::Counted(digits, _) => {
            amount::says(digits, seen)
                || matches!((digits.as_str(), plain(seen).as_str()), ("1", "TRUE") | ("0", "FALSE"))
        }
        Content::Bool(value) => truth(seen) == Some(*value),
        // A day number is none of another day; where it is one, it is told.
        Content::Date(date) => {
            day::seen(seen).or_else(|| typed::serial(&plain(seen))).is_some_and(|seen| seen == *date)
        }
    }
}

/// The unit in which a number is seen.
pub(super) fn unit(content: &Content, seen: &str) -> Option<String> {
    if matches!(content, Content::Number(..)) { amount::unit(seen) } else { None }
}

/// A text without its blanks and ends of lines, which programs write in their own ways.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn truth(seen: &str) -> Option<bool> {
    match plain(seen).as_str() {
        "真" => Some(true),
        "假" => Some(false),
        seen => typed::truth(seen),
    }
}

/// Whether a length of time as OpenDocument writes it, `PT08H30M00S`, is seen as `8:30`.
fn is_time(held: &str, seen: &str) -> bool {
    let is_length = held.strip_prefix("PT").is_some_and(|rest| rest.ends_with('S'));
    let numbers = |text: &str| -> Vec<u32> {
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
    };
    let seen = plain(seen);
    let mark = |c: char| c.is_ascii_digit() || matches!(c, ':' | '时' | '分' | '秒');
    let (mut seen_at, mut held_at) = (numbers(&seen), numbers(held));
    seen_at.resize(3, 0);
    held_at.resize(3, 0);
    is_length && seen.chars().all(mark) && seen.contains([':', '时']) && seen_at == held_at
}

#[cfg(test)]
mod tests {
    use super::super::content::Content;
    use super::says;

    #[test]
    fn what_is_seen_of_a_value_is_that_value_or_another() {
        let number = |digits: &str| Content::Number(digits.to_owned(), false);
        let date = |text: &str| Content::Date(bulou_base::date::parse(text).expect("a date"));
        let june = || date("2022-06-27");
        let cases: [(Content, &[&str], &[&str]); 12] = [
            (
                number("6"),
                &[
                    "6",
                    "6.0",
                    "06",
                    "6人",
                    "¥6",
                    "￥ 6.00",
                    "6.",
                    "+6",
                    "6.00E+00",
                    "600%",
                    "６",
                    "6 元",
                    "6平方米",
                    " 6 ",
                ],
                &[
                    "6.4",
                    "5.6",
                    "60",
                    "-6",
                    "(6)",
                    "6万",
                    "6%",
                    "六",
                    "6/10",
                    "",
                    "###",
                    "6,0",
                    "6 0",
                    "6e3",
                    "6‰",
                    "7",
                    "6未改",
                    "约6",
                    "6千克",
                    "6k",
                    "6人以外",
                    "共6人",
                    "-",
                    "是",
                    "6％",
                    "12",
                ],
            ),
            (
                number("0.75"),
                &["0.75", ".75", "75%", "75.0%", "0.750"],
                &["0.8", "1", "0.75%", "7.5", "3/4", "-0.75", "75", "750‰"],
            ),
            (number("0"), &["0", "0.00", "-", "¥-", "0%", "0人", "FALSE"], &["", "无", "1", "—无", "TRUE", "否"]),
            (number("-6"), &["-6", "(6)", "−6", "-¥6", "¥-6", "-6.00"], &["6", "6-", "--6"]),
            (number("1234567"), &["1,234,567", "1234567", "1,234,567.00"], &["1,234", "123,4567", "1234,567"]),
            (number("0.333333333333333"), &["0.333333333333333", "0.3333333333"], &["0.33", "33.33%", "0.3333334"]),
            (
                june(),
                &[
                    "2022-06-27",
                    "2022年6月27日",
                    "2022/6/27",
                    "2022.6.27",
                    "27-06-2022",
                    "06/27/2022",
                    "2022-06-27 00:00",
                    "2022年6月27日星期一",
                    "Monday, June 27, 2022",
                    "27-Jun-2022",
                    "二〇二二年六月二十七日",
                    "2022年6月27日 上午8:30",
                    "2022-06-27 08:30:00.000",
                    "2022年6月27日8时30分",
                    "44739",
                    "2022-06-27 8:30 AM",
                    "20220627",
                    "Mon Jun 27 00:00:00 2022",
                ],
                &[
                    "Mon Jun 27 00:00:00 2021",
                    "Jun 27 08:30 20222",
                    "27/06/22",
                    "06/27/22",
                    "22-06-27",
                    "6/27",
                    "2022年6月",
                    "6月27日",
                    "2022",
                    "27",
                    "2022-05-29",
                    "2565-06-27",
                    "令和4年6月27日",
                    "没有",
                    "",
                    "2022-06-27 未",
                    "2022-06-2",
                    "Monday",
                    "2027-06-22",
                    "00:00",
                    "###",
                    "2206-27-20",
                    "27-22-06",
                    "２月２７日",
                    "2022-6-27(计划)",
                    "2022-27-06",
                    "已2022-06-27",
                    "44740",
                ],
            ),
            // The fifth of June, or the sixth of May.
            (date("2022-06-05"), &["2022-06-05", "2022年6月5日"], &["5/6/2022", "6/5/2022", "2022-05-06"]),
            (Content::Bool(true), &["TRUE", "是", "真", "√", "1", "☑"], &["FALSE", "否", "0", "假", "", "×", "未"]),
            (Content::Bool(false), &["FALSE", "否", "0", "假", "×"], &["TRUE", "是", "1", ""]),
            (Content::Text("Y1 号".into()), &["Y1 号", "Y1号"], &["Y2", "Y1", "", "Y1号、Y2"]),
            (
                Content::Text("PT08H30M00S".into()),
                &["08:30:00", "8:30", "8时30分"],
                &["8:31", "20:30", "08时", "没有", ""],
            ),
        ];
        for (content, same, other) in &cases {
            for seen in *same {
                assert!(says(content, seen), "{content:?} {seen}");
            }
            for seen in *other {
                assert!(!says(content, seen), "{content:?} {seen}");
            }
        }
    }
}
