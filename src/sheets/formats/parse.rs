//! Number formats as sections of what they show.

/// Colours in which a cell may be written, in English and as Chinese programs call them; not those that nobody sees on paper.
const COLOURS: [&str; 14] = [
    "black", "blue", "cyan", "green", "magenta", "red", "yellow", "黑色", "蓝色", "青色", "绿色", "洋红", "红色",
    "黄色",
];
/// How a time of day is marked.
const CLOCKS: [&str; 3] = ["am/pm", "a/p", "上午/下午"];
/// The value as it is, in English and as Chinese programs call it.
const GENERAL: [&str; 2] = ["general", "g/通用格式"];
/// No format that somebody uses is longer.
const LONGEST: usize = 255;

/// What stands in a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// What is shown whatever the value is.
    LocalizedText(String),
    /// A place for a digit.
    Digit(char),
    Point,
    /// The number is shown in hundredths.
    Percent,
    Exponent,
    General,
    Text,
    /// Whether the year is shown in full.
    Year(bool),
    /// A month by number, by the first letters of its name or by its name.
    Month(usize),
    /// Whether a zero stands before a day of one digit.
    Day(bool),
    Weekday,
    Hour,
    Minute,
    Second,
    Clock,
    /// The whole day as the system writes it.
    SystemDay,
}

/// Which numbers a section is for.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    sign: String,
    bound: f64,
}

impl Condition {
    fn new(text: &str) -> Option<Self> {
        let bound = text.trim_start_matches(['<', '>', '=']);
        let sign = text.strip_suffix(bound)?.to_owned();
        Some(Self { sign, bound: bound.trim().parse().ok()? })
    }

    pub fn is_met(&self, value: f64) -> bool {
        match self.sign.as_str() {
            "<" => value < self.bound,
            "<=" => value <= self.bound,
            ">" => value > self.bound,
            ">=" => value >= self.bound,
            "<>" => value != self.bound,
            _ => value == self.bound,
        }
    }
}

/// What a format shows of some numbers, or of texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    pub condition: Option<Condition>,
    pub tokens: Vec<Token>,
    /// There is something in it that cannot be followed.
    pub is_strange: bool,
    /// It is for another language than Chinese or English, whose days may be other ones.
    is_foreign: bool,
    /// It is for the mainland, where `e` is a year like all others.
    is_mainland: bool,
    /// A year as it is counted in the language's own way.
    has_era: bool,
}

impl Section {
    pub fn shows_texts(&self) -> bool {
        self.tokens.contains(&Token::Text)
    }

    /// Whether it shows a number, and not only words.
    pub fn shows_numbers(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Digit(_) | Token::General | Token::Text))
    }

    pub fn is_date(&self) -> bool {
        let is_of_date = |token: &Token| {
            use Token::{Clock, Day, Hour, Minute, Month, Second, SystemDay, Weekday, Year};
            matches!(token, Year(_) | Month(_) | Day(_) | Weekday | Hour | Minute | Second | Clock | SystemDay)
        };
        self.tokens.iter().any(is_of_date)
    }

    fn words(&mut self, words: impl Into<String>) {
        self.tokens.push(Token::LocalizedText(words.into()));
    }

    /// A colour, a condition, or a currency with the place that it is written for.
    fn bracket(&mut self, inside: &str) {
        let lower = inside.to_lowercase();
        if let Some(rest) = inside.strip_prefix('$') {
            let (symbol, place) = rest.split_once('-').unwrap_or((rest, ""));
            if !symbol.is_empty() {
                self.words(symbol);
            }
            self.place(&place.to_lowercase());
        } else if inside.starts_with(['<', '>', '=']) {
            self.condition = Condition::new(inside);
            self.is_strange |= self.condition.is_none();
        } else {
            let is_colour = COLOURS.contains(&lower.as_str())
                || ["color", "颜色"].iter().any(|word| lower.strip_prefix(word).is_some_and(is_seen));
            // Chinese digits say the same number.
            self.is_strange |= !is_colour && !["dbnum1", "dbnum2", "dbnum3"].contains(&lower.as_str());
        }
    }

    /// A language by its number or name, and before it the digits and the calendar that are used.
    fn place(&mut self, place: &str) {
        match place {
            "" | "zh-cn" | "en-us" | "en-gb" => self.is_mainland = place == "zh-cn",
            "f800" | "x-sysdate" => self.tokens.push(Token::SystemDay),
            // The system's time of day and nothing else.
            "f400" | "x-systime" => self.is_strange = true,
            place => match u32::from_str_radix(place, 16) {
                Ok(number) => {
                    let (digits, calendar, language) = (number >> 24, number >> 16 & 0xFF, number & 0xFFFF);
                    self.is_strange |= digits > 1 || calendar > 1;
                    self.is_foreign |= !matches!(language & 0x3FF, 0 | 4 | 9);
                    self.is_mainland |= language == 0x804;
                }
                Err(_) => (self.is_strange, self.is_foreign) = (true, true),
            },
        }
    }

    /// Letters that stand for a part of a date, so often.
    fn letters(&mut self, letter: char, times: usize) {
        self.tokens.push(match letter {
            'y' if times < 5 => Token::Year(times > 2),
            'm' => Token::Month(times),
            'd' if times < 3 => Token::Day(times == 2),
            'd' => Token::Weekday,
            'h' => Token::Hour,
            's' => Token::Second,
            'e' => {
                self.has_era = true;
                Token::Year(true)
            }
            _ => {
                self.is_strange = true;
                return;
            }
        });
    }

    /// Tells minutes from months, and whether the days are those that everybody counts.
    fn settled(mut self, is_strange: bool) -> Self {
        let last = self.tokens.len();
        for at in 0..last {
            let of_date = |token: &&Token| !matches!(token, Token::LocalizedText(_) | Token::Point | Token::Digit(_));
            let before = self.tokens.get(..at).and_then(|tokens| tokens.iter().rev().find(of_date));
            let after = self.tokens.get(at + 1..).and_then(|tokens| tokens.iter().find(of_date));
            let is_minute = matches!(before, Some(Token::Hour)) || matches!(after, Some(Token::Second));
            if let Some(token @ Token::Month(1 | 2)) = self.tokens.get_mut(at).filter(|_| is_minute) {
                *token = Token::Minute;
            }
        }
        self.is_strange |= is_strange || self.is_date() && self.is_foreign || self.has_era && !self.is_mainland;
        self
    }
}

/// White is not seen on paper.
fn is_seen(number: &str) -> bool {
    number.trim().parse::<u8>().is_ok_and(|number| number != 2)
}

/// The sections of a format, in their order.
pub(super) fn sections(code: &str) -> Vec<Section> {
    if code.chars().count() > LONGEST {
        return vec![Section { is_strange: true, ..Section::default() }];
    }
    // Nothing at all is what programs write for the value as it is.
    let code = if code.is_empty() { "General" } else { code };
    let mut all = vec![Section::default()];
    let mut rest = code;
    while let Some(section) = all.last_mut() {
        let Some(first) = rest.chars().next() else { break };
        if first == ';' {
            rest = rest.get(1..).unwrap_or_default();
            all.push(Section::default());
        } else {
            rest = step(section, first, rest);
        }
    }
    // More than for numbers above, below and at nothing, and for texts, no program has.
    let is_long = all.len() > 4;
    all.into_iter().map(|section| section.settled(is_long)).collect()
}

/// Takes the next thing from the front of a section; the answer is what stands behind it.
fn step<'c>(section: &mut Section, first: char, rest: &'c str) -> &'c str {
    let prefixed = |words: &[&str]| words.iter().find_map(|word| after(rest, word));
    if let Some(rest) = prefixed(&GENERAL) {
        section.tokens.push(Token::General);
        return rest;
    }
    if let Some(rest) = prefixed(&CLOCKS) {
        section.tokens.push(Token::Clock);
        return rest;
    }
    let rest = rest.get(first.len_utf8()..).unwrap_or_default();
    let next = rest.chars().next();
    let behind_next = rest.get(next.map_or(0, char::len_utf8)..).unwrap_or_default();
    let is_place = |c: char| matches!(c, '0' | '#' | '?');
    let follows_digits = matches!(section.tokens.last(), Some(Token::Digit(_) | Token::Point));
    match first {
        '"' => {
            let (words, behind) = rest.split_once('"').unwrap_or((rest, ""));
            section.words(words);
            return behind;
        }
        '\\' | '!' => {
            section.words(next.map(String::from).unwrap_or_default());
            return behind_next;
        }
        '[' => {
            let (inside, behind) = rest.split_once(']').unwrap_or((rest, ""));
            section.bracket(inside);
            return behind;
        }
        // A blank as wide as a character.
        '_' => {
            section.words(" ");
            return behind_next;
        }
        // What fills the cell from here on: only blanks are sure to be taken for nothing.
        '*' => {
            section.is_strange |= next.is_some_and(|c| c != ' ');
            return behind_next;
        }
        ',' if follows_digits => {
            // Behind the digits the number is shown in thousands.
            section.is_strange |= !next.is_some_and(is_place);
        }
        'e' | 'E' if follows_digits && matches!(next, Some('+' | '-')) => {
            section.tokens.push(Token::Exponent);
            return behind_next.trim_start_matches(is_place);
        }
        '@' => section.tokens.push(Token::Text),
        '.' => section.tokens.push(Token::Point),
        '%' => section.tokens.push(Token::Percent),
        c if is_place(c) => section.tokens.push(Token::Digit(c)),
        c if c.is_ascii_alphabetic() => {
            let behind = rest.trim_start_matches(|next: char| next.eq_ignore_ascii_case(&c));
            section.letters(c.to_ascii_lowercase(), 1 + rest.len() - behind.len());
            return behind;
        }
        c => section.words(c),
    }
    rest
}

/// What stands behind a word, however its letters are written.
fn after<'c>(text: &'c str, word: &str) -> Option<&'c str> {
    let start = text.get(..word.len())?;
    start.eq_ignore_ascii_case(word).then(|| text.get(word.len()..))?
}
