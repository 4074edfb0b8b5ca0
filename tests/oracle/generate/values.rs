//! Single values as expressions.

use super::model::{Kind, SETS, Scalar};
use super::names::{Writer, alike, serves};

/// Names of the list functions that give an element, and of the one that needs no default.
const OF_NUMBERS: [&str; 3] = ["平均", "最大", "最小"];
const OF_DATES: [&str; 4] = ["最早", "最晚", "最大", "最小"];

impl Writer<'_, '_> {
    /// An expression of a type. An option may be written bare only where the place tells of which set it is: `known`.
    pub fn value(&mut self, ty: Scalar, depth: usize, known: bool) -> String {
        let simple = depth == 0 || self.choices.chance(45);
        if simple {
            return self.simple(ty, known);
        }
        let depth = depth - 1;
        match self.choices.below(5) {
            0 => self.defaulted(ty, depth).unwrap_or_else(|| self.simple(ty, known)),
            1 => self.calculated(ty, depth, known),
            2 => self.called(ty, depth).unwrap_or_else(|| self.calculated(ty, depth, known)),
            3 if !matches!(ty, Scalar::Option(_)) => {
                let test = self.condition(depth);
                format!("(若 {test} 则 {} 否则 {})", self.value(ty, depth, false), self.value(ty, depth, true))
            }
            _ => self.calculated(ty, depth, known),
        }
    }

    fn simple(&mut self, ty: Scalar, known: bool) -> String {
        let literal = known || !matches!(ty, Scalar::Option(_));
        if literal && self.choices.chance(35) { self.literal(ty) } else { self.named(ty, known) }
    }

    /// Something that has a name; a literal where nothing has.
    fn named(&mut self, ty: Scalar, known: bool) -> String {
        let kind = Kind::Scalar(ty);
        let mut names: Vec<String> =
            self.ways().into_iter().filter(|way| way.there && serves(&way.kind, &kind)).map(|way| way.text).collect();
        let params = self.params.iter().filter(|(_, other)| alike(other, &kind)).map(|(name, _)| name.clone());
        names.extend(params);
        names.extend(
            self.arguments
                .iter()
                .filter(|(_, other)| alike(&Kind::Scalar(*other), &kind))
                .map(|(name, _)| name.clone()),
        );
        names.extend(
            self.definitions.iter().filter(|d| !d.optional && d.kind.as_ref() == Some(&kind)).map(|d| d.name.clone()),
        );
        if !names.is_empty() {
            return self.choices.pick(&names);
        }
        if let Some(text) = self.defaulted(ty, 0).filter(|_| !known) {
            return text;
        }
        self.literal(ty)
    }

    /// A constant.
    pub fn literal(&mut self, ty: Scalar) -> String {
        match ty {
            Scalar::Bool => self.choices.pick(&["是", "否"]).to_owned(),
            Scalar::Whole => self.choices.pick(&["0", "1", "2", "3", "(-1)", "4", "5次", "100"]).to_owned(),
            Scalar::Decimal => self.choices.pick(&["1", "0.5", "2", "30%", "(-1.5)", "0", "0.0001万"]).to_owned(),
            Scalar::Text => self.choices.pick(&["\"甲\"", "\"乙\"", "\"甲乙\"", "\"甲 乙\"", "\"A１\""]).to_owned(),
            Scalar::Date | Scalar::Plan => {
                let days = [
                    "2022-06-28",
                    "2022-06-24",
                    "2022年7月3日",
                    "2022-05-31",
                    "2022-01-31",
                    "2021-12-31",
                    "2022-10-01",
                ];
                if self.choices.chance(25) { "今天".to_owned() } else { self.choices.pick(&days).to_owned() }
            }
            Scalar::Days => self.choices.pick(&["0日", "1日", "3日", "1周", "31日", "100天", "(-2日)"]).to_owned(),
            Scalar::WorkDays => {
                self.choices.pick(&["0个工作日", "1个工作日", "3个工作日", "10个工作日", "(-2个工作日)"]).to_owned()
            }
            Scalar::Months => self.choices.pick(&["0个月", "1个月", "5个月", "1年", "(-1个月)"]).to_owned(),
            Scalar::Option(set) => {
                let option = self.choices.pick(&SETS[set].1);
                if self.choices.chance(20) { format!("\"{option}\"") } else { option.to_owned() }
            }
        }
    }

    /// `x 缺省 v` of optional data.
    fn defaulted(&mut self, ty: Scalar, depth: usize) -> Option<String> {
        let kind = Kind::Scalar(ty);
        let mut names: Vec<String> =
            self.ways().into_iter().filter(|way| !way.there && serves(&way.kind, &kind)).map(|way| way.text).collect();
        names.extend(
            self.definitions.iter().filter(|d| d.optional && d.kind.as_ref() == Some(&kind)).map(|d| d.name.clone()),
        );
        if names.is_empty() {
            return None;
        }
        let name = self.choices.pick(&names);
        Some(format!("({name} 缺省 {})", self.value(ty, depth, true)))
    }

    fn calculated(&mut self, ty: Scalar, depth: usize, known: bool) -> String {
        match ty {
            Scalar::Whole | Scalar::Decimal => self.number(depth),
            Scalar::Date | Scalar::Plan => self.date(depth),
            Scalar::Days | Scalar::WorkDays | Scalar::Months => self.duration(ty, depth),
            Scalar::Bool if self.choices.chance(60) => self.condition(depth),
            Scalar::Bool | Scalar::Text | Scalar::Option(_) => self.simple(ty, known),
        }
    }

    fn number(&mut self, depth: usize) -> String {
        let ty = Scalar::Decimal;
        let operators: &[&str] = &["+", "-", "*", "/", "/", "整除", "整除"];
        match self.choices.weighted(&[2, 2, 2, 2, 1, 6]) {
            0 => {
                let element = self.any_element();
                format!("数量({})", self.list(&element, depth, false).text)
            }
            1 => format!("合计({})", self.list(&Kind::Scalar(ty), depth, false).text),
            2 => {
                let function = self.choices.pick(&OF_NUMBERS);
                let list = self.list(&Kind::Scalar(ty), depth, false).text;
                format!("({function}({list}) 缺省 {})", self.value(ty, depth, true))
            }
            3 => {
                let list = self.records(depth);
                let condition = self.bound_bare(&list.element, &list.present, |writer| writer.condition(depth));
                match condition {
                    Some(condition) => {
                        format!("(占比({}, {condition}) 缺省 {})", list.text, self.value(ty, depth, true))
                    }
                    None => self.literal(ty),
                }
            }
            4 => format!("(-{})", self.value(ty, depth, false)),
            _ => {
                let operator = self.choices.pick(operators);
                format!("({} {operator} {})", self.value(ty, depth, false), self.value(ty, depth, true))
            }
        }
    }

    fn date(&mut self, depth: usize) -> String {
        let choice = self.choices.below(3);
        if choice == 0 {
            let function = self.choices.pick(&OF_DATES);
            let list = self.list(&Kind::Scalar(Scalar::Date), depth, false).text;
            return format!("({function}({list}) 缺省 {})", self.value(Scalar::Date, depth, true));
        }
        let unit = self.choices.pick(&[Scalar::Days, Scalar::Months, Scalar::WorkDays]);
        let operator = self.choices.pick(&["+", "-"]);
        format!("({} {operator} {})", self.value(Scalar::Date, depth, false), self.value(unit, depth, false))
    }

    fn duration(&mut self, ty: Scalar, depth: usize) -> String {
        match self.choices.below(4) {
            0 if ty == Scalar::Days => {
                format!("({} - {})", self.value(Scalar::Date, depth, false), self.value(Scalar::Date, depth, false))
            }
            1 => format!("({} * {})", self.value(ty, depth, false), self.choices.pick(&["2", "0", "(-1)"])),
            2 => format!("(-{})", self.value(ty, depth, false)),
            _ => {
                let operator = self.choices.pick(&["+", "-"]);
                format!("({} {operator} {})", self.value(ty, depth, false), self.value(ty, depth, false))
            }
        }
    }

    /// What a table gives.
    fn called(&mut self, ty: Scalar, depth: usize) -> Option<String> {
        let tables: Vec<_> =
            self.tables.iter().filter(|table| alike(&Kind::Scalar(table.result), &Kind::Scalar(ty))).cloned().collect();
        if tables.is_empty() {
            return None;
        }
        let table = self.choices.pick(&tables);
        let arguments: Vec<String> = table.params.iter().map(|param| self.value(*param, depth, true)).collect();
        Some(format!("{}({})", table.name, arguments.join(", ")))
    }

    /// A type that a list's elements may have.
    pub fn any_element(&mut self) -> Kind {
        let scalars = [Scalar::Whole, Scalar::Date, Scalar::Text, Scalar::Option(0), Scalar::Bool, Scalar::Days];
        match self.choices.below(10) {
            0..4 => Kind::Record(self.choices.pick(&[2, 2, 3])),
            _ => Kind::Scalar(self.choices.pick(&scalars)),
        }
    }
}
