//! What a section of a number format shows of a value; nothing where that cannot be said.

use chrono::Datelike as _;

use super::parse::{Section, Token};
use bulou_base::date::Date;

/// More decimals than any program shows.
const DECIMALS: usize = 30;
/// The months as English programs call them.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How a section lays out a number.
#[derive(Default)]
struct Layout {
    before: String,
    after: String,
    /// Places before the point, and those of them that a zero fills.
    whole: usize,
    zeros: usize,
    /// Places behind the point, and those of them that a zero fills.
    decimals: usize,
    shown_decimals: usize,
    has_point: bool,
    has_exponent: bool,
    percents: usize,
    /// The number as it is.
    is_general: bool,
}

impl Layout {
    fn has_number(&self) -> bool {
        self.is_general || self.whole + self.decimals > 0
    }

    fn of(section: &Section) -> Option<Self> {
        let mut layout = Self::default();
        for token in &section.tokens {
            match token {
                Token::LocalizedText(words) if layout.has_number() => layout.after.push_str(words),
                Token::LocalizedText(words) => layout.before.push_str(words),
                Token::Percent => {
                    layout.percents += 1;
                    if layout.has_number() { &mut layout.after } else { &mut layout.before }.push('%');
                }
                // What stands among the digits makes another number of them, and so does what cannot be told from that.
                _ if !layout.after.is_empty() || layout.is_general => return None,
                Token::General | Token::Text if !layout.has_number() => layout.is_general = true,
                Token::Digit(_) if layout.has_exponent => return None,
                Token::Digit(place) if layout.has_point => {
                    layout.decimals += 1;
                    layout.shown_decimals += usize::from(*place == '0');
                }
                Token::Digit(place) => {
                    layout.whole += 1;
                    layout.zeros += usize::from(*place == '0');
                }
                Token::Point if !layout.has_point => layout.has_point = true,
                Token::Exponent if layout.has_number() => layout.has_exponent = true,
                _ => return None,
            }
        }
        let is_known =
            layout.percents < 2 && layout.decimals <= DECIMALS && !(layout.is_general && layout.percents > 0);
        is_known.then_some(layout)
    }

    fn digits(&self, digits: &str) -> Option<String> {
        let unsigned = digits.trim_start_matches('-');
        if self.is_general {
            return Some(unsigned.to_owned());
        }
        let value = unsigned.parse::<f64>().ok()? * if self.percents > 0 { 100.0 } else { 1.0 };
        if self.has_exponent {
            return Some(format!("{value:.*e}", self.decimals));
        }
        let shown = format!("{value:.*}", self.decimals);
        let is_zero = !shown.contains(|c: char| matches!(c, '1'..='9'));
        let hides_zero = is_zero && self.zeros == 0 && self.shown_decimals == 0;
        Some(if hides_zero { String::new() } else { format!("{shown:0>width$}", width = self.width()) })
    }

    fn width(&self) -> usize {
        self.zeros + self.decimals + usize::from(self.decimals > 0)
    }
}

impl Section {
    /// What is seen of a number.
    pub fn amount(&self, digits: &str, signed: bool) -> Option<String> {
        let layout = Layout::of(self).filter(|_| !self.is_strange)?;
        let shown = if layout.has_number() { layout.digits(digits)? } else { String::new() };
        let sign = if signed { "-" } else { "" };
        Some(format!("{sign}{}{shown}{}", layout.before, layout.after))
    }

    /// What is seen of a day. The time of day is not read, and midnight is shown for it.
    pub fn day(&self, date: Date) -> Option<String> {
        if self.is_strange {
            return None;
        }
        let (year, month, day) = (date.year(), date.month(), date.day());
        if self.tokens.contains(&Token::SystemDay) {
            return Some(format!("{year}年{month}月{day}日"));
        }
        let name = |month: u32| MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?);
        let mut shown = String::new();
        let mut seconds = false;
        for token in &self.tokens {
            shown.push_str(&match token {
                Token::LocalizedText(words) => words.clone(),
                Token::Year(true) => year.to_string(),
                Token::Year(false) => format!("{:02}", year % 100),
                Token::Month(1) => month.to_string(),
                Token::Month(2) => format!("{month:02}"),
                Token::Month(3) => name(month)?.get(..3)?.to_owned(),
                Token::Month(4) => (*name(month)?).to_owned(),
                Token::Day(false) => day.to_string(),
                Token::Day(true) => format!("{day:02}"),
                Token::Hour | Token::Minute | Token::Second => "00".to_owned(),
                Token::Point => ".".to_owned(),
                // Parts of seconds.
                Token::Digit('0') if seconds => "0".to_owned(),
                Token::Weekday | Token::Clock => String::new(),
                _ => return None,
            });
            seconds = matches!(token, Token::Second) || seconds && matches!(token, Token::Point | Token::Digit(_));
        }
        Some(shown)
    }

    /// What is seen of a text.
    pub fn text(&self, text: &str) -> Option<String> {
        let mut shown = String::new();
        for token in &self.tokens {
            match token {
                Token::LocalizedText(words) => shown.push_str(words),
                Token::Text | Token::General => shown.push_str(text),
                _ => return None,
            }
        }
        Some(shown).filter(|_| !self.is_strange)
    }
}
