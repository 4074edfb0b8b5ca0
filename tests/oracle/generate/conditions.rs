//! Conditions and requirements as expressions.

use super::lists::List;
use super::model::{Kind, Scalar};
use super::names::{Way, Writer};

const SCALARS: [Scalar; 10] = [
    Scalar::Whole,
    Scalar::Text,
    Scalar::Date,
    Scalar::Option(0),
    Scalar::Option(1),
    Scalar::Decimal,
    Scalar::Bool,
    Scalar::Days,
    Scalar::WorkDays,
    Scalar::Months,
];

impl Writer<'_, '_> {
    /// A condition, in parentheses where it needs them.
    pub fn condition(&mut self, depth: usize) -> String {
        if depth == 0 || self.choices.chance(30) {
            return self.atom(depth);
        }
        let depth = depth - 1;
        match self.choices.below(11) {
            9 | 10 => self.gathered(depth),
            0 | 1 => self.guarded(depth, false),
            2 => {
                let word = self.choices.pick(&["且", "或"]);
                let parts: Vec<String> = (0..2 + self.choices.below(2)).map(|_| self.condition(depth)).collect();
                format!("({})", parts.join(&format!(" {word} ")))
            }
            3 => format!("(非 {})", self.condition(depth)),
            4 => self.conditional(depth, false),
            5 | 6 => self.quantified(depth, false),
            7 => self.covering(depth),
            _ => self.membership(depth),
        }
    }

    /// A requirement, in parentheses where it needs them.
    pub fn requirement(&mut self, depth: usize) -> String {
        if depth == 0 || self.choices.chance(30) {
            return match self.choices.below(4) {
                0 => self.condition(depth),
                1 => self.frequency(depth.saturating_sub(1)),
                2 => self.by(depth.saturating_sub(1)),
                _ => self.deadline(depth.saturating_sub(1)),
            };
        }
        let depth = depth - 1;
        match self.choices.below(6) {
            0 => self.condition(depth + 1),
            1 => self.guarded(depth, true),
            2 => {
                let word = self.choices.pick(&["且", "或"]);
                format!("({} {word} {})", self.requirement(depth), self.requirement(depth))
            }
            3 => self.conditional(depth, true),
            _ => self.quantified(depth, true),
        }
    }

    fn part(&mut self, depth: usize, requirement: bool) -> String {
        if requirement { self.requirement(depth) } else { self.condition(depth) }
    }

    fn atom(&mut self, depth: usize) -> String {
        let conditions: Vec<String> =
            self.definitions.iter().filter(|d| d.kind.is_none()).map(|d| d.name.clone()).collect();
        match self.choices.below(8) {
            0 => self.presence(),
            1 if !conditions.is_empty() => self.choices.pick(&conditions),
            2 => self.value(Scalar::Bool, 0, true),
            _ => self.comparison(depth),
        }
    }

    fn comparison(&mut self, depth: usize) -> String {
        let ty = self.choices.pick(&SCALARS);
        let depth = depth.saturating_sub(1);
        let ordered = !matches!(ty, Scalar::Text | Scalar::Bool | Scalar::Option(_));
        let operators: &[&str] = if ordered {
            &["=", "≠", "<", "≤", ">", "≥", "不少于", "不超过", "超过", "不满"]
        } else {
            &["=", "≠"]
        };
        let operator = self.choices.pick(operators);
        format!("({} {operator} {})", self.value(ty, depth, false), self.value(ty, depth, true))
    }

    fn presence(&mut self) -> String {
        let ways = self.askable();
        if ways.is_empty() {
            return "是".to_owned();
        }
        let word = self.choices.pick(&["有", "缺"]);
        format!("({word} {})", self.choices.pick(&ways).text)
    }

    /// What a list comes to, if it has elements, and something about it.
    fn gathered(&mut self, depth: usize) -> String {
        let (ty, functions): (Scalar, &[&str]) = self
            .choices
            .pick(&[(Scalar::Decimal, &["最大", "最小", "平均"][..]), (Scalar::Date, &["最早", "最晚", "最大"])]);
        let function = self.choices.pick(functions);
        let text = format!("{function}({})", self.list(&Kind::Scalar(ty), depth, false).text);
        let operator = self.choices.pick(&["<", "≥", "="]);
        let about = format!("({text} {operator} {})", self.value(ty, depth, false));
        match self.choices.below(4) {
            0 => format!("(有 {text})"),
            1 => format!("(缺 {text} 或 {about})"),
            2 => format!("(若 有 {text} 则 {about} 否则 {})", self.condition(depth)),
            _ => format!("(有 {text} 且 {about})"),
        }
    }

    /// What `有` may ask of: all that has a place in the document.
    fn askable(&self) -> Vec<Way> {
        let bound = |way: &Way| way.text.starts_with('x') && !way.text.contains('.');
        self.ways().into_iter().filter(|way| !bound(way)).collect()
    }

    /// A guard with what it guards: `有 x 且 …`, `缺 x 或 …`, `若 有 x 则 …`.
    fn guarded(&mut self, depth: usize, requirement: bool) -> String {
        let mut ways: Vec<String> =
            self.askable().into_iter().filter(|way| way.optional && !way.there).map(|way| way.text).collect();
        let optional = self.definitions.iter().filter(|d| d.optional);
        ways.extend(optional.map(|d| d.name.clone()).collect::<Vec<_>>());
        if ways.is_empty() {
            return self.part(depth, requirement);
        }
        let way = self.choices.pick(&ways);
        let inner = self.knowing(&way, |writer| writer.about(&way, depth, requirement));
        match self.choices.below(4) {
            0 => format!("(缺 {way} 或 {inner})"),
            1 => format!("(若 有 {way} 则 {inner})"),
            2 => format!("(若 缺 {way} 则 {} 否则 {inner})", self.part(depth, requirement)),
            _ => format!("(有 {way} 且 {inner})"),
        }
    }

    /// Something that uses what is now known to be there.
    fn about(&mut self, way: &str, depth: usize, requirement: bool) -> String {
        let found = self.ways().into_iter().find(|other| other.text == way && other.there);
        match found.map(|way| way.kind) {
            Some(Kind::Scalar(Scalar::Bool)) => way.to_owned(),
            Some(Kind::Scalar(Scalar::Date)) if requirement && self.choices.chance(50) => {
                format!("({way} 须在 {} 前)", self.due_day(depth))
            }
            Some(Kind::Scalar(ty)) if self.choices.chance(60) => {
                let operator = self.choices.pick(&["=", "≠"]);
                format!("({way} {operator} {})", self.value(ty, depth, true))
            }
            _ => self.part(depth, requirement),
        }
    }

    fn conditional(&mut self, depth: usize, requirement: bool) -> String {
        let test = self.condition(depth);
        let yes = self.part(depth, requirement);
        if self.choices.chance(50) {
            return format!("(若 {test} 则 {yes} 否则 {})", self.part(depth, requirement));
        }
        format!("(若 {test} 则 {yes})")
    }

    fn quantified(&mut self, depth: usize, requirement: bool) -> String {
        let words: &[&str] = if requirement { &["每个", "存在"] } else { &["每个", "存在", "没有"] };
        let word = self.choices.pick(words);
        let list = if self.choices.chance(25) {
            let element = self.any_element();
            self.list(&element, depth, false)
        } else {
            self.records(depth)
        };
        let List { text, element, present } = list;
        let (binding, body) = self.bound(&element, &present, |writer| match present.first() {
            Some(field) if writer.choices.chance(50) => {
                let way = format!("{}{field}", writer.innermost_prefix());
                writer.about(&way, depth, requirement)
            }
            _ => writer.part(depth, requirement),
        });
        format!("({word} ({text}){binding} 满足 {body})")
    }

    fn covering(&mut self, depth: usize) -> String {
        let ty = self.choices.pick(&[Scalar::Option(0), Scalar::Text, Scalar::Whole, Scalar::Date, Scalar::Option(1)]);
        let element = Kind::Scalar(ty);
        let have = self.list(&element, depth, false).text;
        format!("({have} 不漏 {})", self.list(&element, depth, true).text)
    }

    fn membership(&mut self, depth: usize) -> String {
        match self.choices.below(4) {
            0 => {
                let ty = self.choices.pick(&SCALARS[..7]);
                let list = self.list(&Kind::Scalar(ty), depth, true).text;
                format!("({} 属于 {list})", self.value(ty, depth, false))
            }
            1 => {
                let ty = self.choices.pick(&[Scalar::Whole, Scalar::Date, Scalar::Days, Scalar::Decimal]);
                let (low, high) = (self.value(ty, depth, false), self.value(ty, depth, false));
                format!("({} 在 {low} 至 {high} 之间)", self.value(ty, depth, false))
            }
            2 => {
                let part = self.value(Scalar::Text, depth, true);
                format!("({} 包含 {part})", self.value(Scalar::Text, depth, false))
            }
            _ => {
                let ty = self.choices.pick(&[Scalar::Option(0), Scalar::Whole, Scalar::Text, Scalar::Date]);
                let list = self.list(&Kind::Scalar(ty), depth, false).text;
                format!("({list} 包含 {})", self.value(ty, depth, true))
            }
        }
    }

    fn deadline(&mut self, depth: usize) -> String {
        let dates: Vec<String> = self
            .askable()
            .into_iter()
            .filter(|way| way.kind == Kind::Scalar(Scalar::Date))
            .map(|way| way.text)
            .collect();
        let done = match self.choices.below(5) {
            0 => format!("最晚({})", self.list(&Kind::Scalar(Scalar::Date), depth, false).text),
            1 => self.value(Scalar::Date, depth, false),
            _ if dates.is_empty() => self.value(Scalar::Date, depth, false),
            _ => self.choices.pick(&dates),
        };
        if self.choices.chance(40) {
            return format!("({done} 须在 {} 前)", self.due_day(depth));
        }
        let early = if self.choices.chance(30) { " 或更早" } else { "" };
        format!("({done} 须在 {}{early})", self.within(depth))
    }

    /// `至迟 … 满足 C`
    fn by(&mut self, depth: usize) -> String {
        let due = if self.choices.chance(40) { self.due_day(depth) } else { self.within(depth) };
        format!("(至迟 {due} 满足 {})", self.condition(depth))
    }

    fn within(&mut self, depth: usize) -> String {
        let start = self.due_day(depth);
        let unit = self.choices.pick(&[Scalar::Days, Scalar::Days, Scalar::WorkDays, Scalar::Months]);
        let rolled = if self.choices.chance(30) { " 顺延" } else { "" };
        let length = if self.choices.chance(70) { self.literal(unit) } else { self.value(unit, depth, false) };
        format!("{start} 起 {length} 内{rolled}")
    }

    /// A number that is not plainly none.
    fn named_times(&mut self, depth: usize) -> String {
        let times = self.value(Scalar::Whole, depth, false);
        if ["0", "(-1)"].contains(&times.as_str()) { format!("({times} + 2)") } else { times }
    }

    /// A day that does not move on with today, which no deadline may.
    fn due_day(&mut self, depth: usize) -> String {
        let day = self.value(Scalar::Date, depth, false);
        if day.contains("今天") { format!("({day} - 3日)") } else { day }
    }

    fn frequency(&mut self, depth: usize) -> String {
        let dates = self.list(&Kind::Scalar(Scalar::Date), depth, false).text;
        let period = self.choices.pick(&["月", "周", "季", "日"]);
        let times = self.choices.pick(&["1 次", "1", "2 次", "3", "校整1"]);
        let times = if times == "校整1" { self.named_times(depth) } else { times.to_owned() };
        let except = match self.choices.below(4) {
            0 => " 除 {5, 7}".to_owned(),
            1 => {
                let months = self.list(&Kind::Scalar(Scalar::Whole), depth, true).text;
                // Months written out are those of the year.
                if months.contains('{') { " 除 参月表".to_owned() } else { format!(" 除 {months}") }
            }
            _ => String::new(),
        };
        format!("({dates} 每 {period} 不少于 {times} 自 {}{except})", self.due_day(depth))
    }
}
