//! Documents of a model: filled in well, in part, and badly.

use serde_json::{Map, Value, json};

use super::model::{DAY, FORBIDDEN, Field, Kind, Model, SETS, Scalar};
use super::twice::twice;
use crate::choices::Choices;

/// How many of a thousand values are blank, wrong, or odd, and how many texts are what sums are called.
#[derive(Clone, Copy, Debug, Default)]
struct Dirt {
    blank: usize,
    wrong: usize,
    odd: usize,
    sums: usize,
}

/// A document; some are clean, some not.
pub fn generate(model: &Model, choices: &mut Choices) -> Value {
    let dirt = choices.pick(&[
        Dirt { blank: 0, wrong: 0, odd: 0, sums: 0 },
        Dirt { blank: 10, wrong: 0, odd: 10, sums: 80 },
        Dirt { blank: 60, wrong: 10, odd: 20, sums: 0 },
        Dirt { blank: 120, wrong: 60, odd: 40, sums: 40 },
    ]);
    if choices.chance(1) {
        return choices.pick(&[json!({}), json!({"name": "x", "version": "1"}), json!({"规则集": "oracle@1"})]);
    }
    let mut document = Writer { model, choices, dirt, filling: Filling::Plain, until: "" }.record(0, 0);
    if let Some(members) = document.as_object_mut() {
        if dirt.wrong > 0 && choices.chance(3) {
            members.insert(FORBIDDEN.to_owned(), json!("1"));
        }
        if dirt.wrong > 0 && choices.chance(3) {
            let forbidden = json!({FORBIDDEN: {"深": 1}});
            let further = [json!(1), json!([{"更多": [forbidden]}]), json!({"更多": 1})];
            members.insert("多余".to_owned(), choices.pick(&further));
        }
        if choices.chance(10) {
            members.insert("规则集".to_owned(), json!(choices.pick(&["oracle@1", "oracle@2", "oracle", "other@1"])));
        }
    }
    document
}

/// How a value is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filling {
    /// As schools do.
    Plain,
    /// Anything well-formed: the ends of what the field may hold, and what is far beyond what rules speak of.
    Whole,
}

/// A document with no blank in it; what has happened, has `until` a day. A date may still lie outside its 范围.
pub fn whole(model: &Model, until: &str, choices: &mut Choices) -> Value {
    let mut document = whole_of(model, 0, until, choices);
    // What happened after that day would be a fault.
    if choices.chance(90) {
        document[DAY] = until.into();
    }
    document
}

/// The same of the document that is another record of the model.
pub fn whole_of(model: &Model, record: usize, until: &str, choices: &mut Choices) -> Value {
    Writer { model, choices, dirt: Dirt::default(), filling: Filling::Plain, until }.record(record, 0)
}

/// Such a value of a field.
pub fn fill(model: &Model, field: &Field, filling: Filling, until: &str, choices: &mut Choices) -> Value {
    Writer { model, choices, dirt: Dirt::default(), filling, until }.value(field, &field.kind, 1)
}

struct Writer<'m, 'c, 'd> {
    model: &'m Model,
    choices: &'c mut Choices,
    dirt: Dirt,
    filling: Filling,
    /// What has happened is not later; without one it may be.
    until: &'d str,
}

impl Writer<'_, '_, '_> {
    fn record(&mut self, record: usize, depth: usize) -> Value {
        let model = self.model;
        let mut members = Map::new();
        for field in &model.records[record].fields {
            let absent = field.optional && self.choices.chance(40);
            if absent || self.happens(self.dirt.blank) {
                if self.choices.chance(30) {
                    members.insert(field.name.clone(), Value::Null);
                }
                continue;
            }
            let mut value = self.value(field, &field.kind, depth);
            if self.happens(self.dirt.wrong / 2) {
                let clean = std::mem::take(&mut self.dirt);
                let [first, second] = [(), ()].map(|()| self.value(field, &field.kind, depth));
                (self.dirt, value) = (clean, twice(&field.kind, &first, &second));
            }
            members.insert(field.name.clone(), value);
        }
        let fields = &model.records[record].fields;
        if depth > 0 && fields.iter().all(|field| field.optional) {
            if self.dirt.blank > 0 && self.choices.chance(30) {
                members.values_mut().for_each(|value| *value = json!(null));
            } else if self.dirt.blank == 0 && members.values().all(Value::is_null) {
                let value = self.value(&fields[0], &fields[0].kind, depth);
                members.insert(fields[0].name.clone(), value);
            }
        }
        Value::Object(members)
    }

    fn happens(&mut self, thousandth: usize) -> bool {
        thousandth > 0 && self.choices.below(1000) >= 1000 - thousandth
    }

    fn value(&mut self, field: &Field, kind: &Kind, depth: usize) -> Value {
        if self.happens(self.dirt.wrong) {
            let wrong = [
                json!("乱"),
                json!(1),
                json!(true),
                json!({}),
                json!([]),
                json!([1]),
                json!("2022-02-30"),
                json!(1.5),
                json!({FORBIDDEN: 1}),
                json!([[{FORBIDDEN: 1}]]),
            ];
            return self.choices.pick(&wrong);
        }
        match kind {
            Kind::Scalar(scalar) if self.filling == Filling::Whole => self.anything(field, *scalar),
            Kind::Scalar(scalar) => self.scalar(*scalar),
            Kind::Record(record) => self.record(*record, depth + 1),
            Kind::List(element) => {
                let longest = if depth == 0 { 4 } else { 3 };
                let count = self.choices.below(longest);
                let elements: Vec<Value> = (0..count)
                    .map(|_| {
                        if self.happens(self.dirt.blank / 2) {
                            Value::Null
                        } else {
                            self.value(field, element, depth + 1)
                        }
                    })
                    .collect();
                Value::Array(elements)
            }
        }
    }

    /// Any value that a field may hold.
    fn anything(&mut self, field: &Field, scalar: Scalar) -> Value {
        let ranged = field.attributes.contains("范围");
        if self.choices.chance(50) {
            return self.scalar(scalar);
        }
        match scalar {
            Scalar::Whole if ranged => json!(self.choices.pick(&[-2, 5])),
            Scalar::Decimal if ranged => self.choices.pick(&[json!(-2), json!(5), json!(0.000_000_000_001)]),
            Scalar::Whole => json!(self.choices.pick(&[i64::MIN, -7, 9, i64::MAX])),
            Scalar::Decimal => self.choices.pick(&[json!(-9e18), json!(0.000_000_000_000_000_001), json!(9e18)]),
            Scalar::Text => json!(self.choices.pick(&["别的", "甲乙丙"])),
            Scalar::Date => json!(self.choices.pick(&["1900-01-01", "2020-02-29", self.until])),
            Scalar::Plan => json!(self.choices.pick(&["1900-01-01", "2199-12-31", "2024-02-29"])),
            Scalar::Days => json!(self.choices.pick(&["0日", "9999999天"])),
            _ => self.scalar(scalar),
        }
    }

    fn scalar(&mut self, scalar: Scalar) -> Value {
        let odd = self.happens(self.dirt.odd);
        match scalar {
            Scalar::Bool => json!(self.choices.below(2) == 1),
            Scalar::Whole if odd => self.choices.pick(&[
                json!(1e3),
                json!(2.0),
                json!(-7),
                json!(i64::MAX),
                json!(i64::MIN),
                json!(1e300),
                json!(-0.0),
            ]),
            Scalar::Whole => json!(i64::try_from(self.choices.below(6)).expect("small") - 1),
            Scalar::Decimal if odd => {
                self.choices.pick(&[json!(0.000_000_1), json!(1e17), json!(-123.456), json!(1e-30), json!(9e18)])
            }
            Scalar::Decimal => self.choices.pick(&[json!(0), json!(1), json!(0.5), json!(-1.5), json!(2), json!(0.3)]),
            Scalar::Text if odd => self.choices.pick(&[
                json!(""),
                json!("  "),
                json!("\u{3000}"),
                json!("\"\\\n\u{0}甲"),
                json!("2022-06-24"),
                json!("甲 "),
                json!("\u{200B}甲\u{3000}乙"),
                json!("\u{FF21}\u{FF11}"),
                json!("无"),
                json!("(无)。"),
                json!("/"),
                json!("n.a."),
                json!("#REF!"),
                json!("#NAME?"),
                json!("○○○"),
                json!("=A1"),
            ]),
            Scalar::Text if self.happens(self.dirt.sums) => self.choices.pick(&[json!("合计"), json!("全校")]),
            Scalar::Text => self.choices.pick(&[json!("甲"), json!("乙"), json!("甲乙"), json!("丙"), json!("A1")]),
            Scalar::Date | Scalar::Plan if odd => self.choices.pick(&[
                json!(""),
                json!("0001-01-01"),
                json!("0202-06-25"),
                json!("1900-01-01"),
                json!("2199-12-31"),
                json!("9999-12-31"),
                json!("2022-6-4"),
                json!("2024-02-29"),
                json!(" "),
            ]),
            Scalar::Date => match self.date(2) {
                later if !self.until.is_empty() && later.as_str() > self.until => json!(self.until),
                date => json!(date),
            },
            Scalar::Plan => json!(self.date(6)),
            Scalar::Days if odd => {
                self.choices.pick(&[json!(""), json!("31个月"), json!("2000000000日"), json!("-1日"), json!("1 日")])
            }
            Scalar::Days | Scalar::WorkDays | Scalar::Months => {
                self.choices.pick(&[json!("0日"), json!("1日"), json!("3天"), json!("1周"), json!("31日")])
            }
            Scalar::Option(_) if odd => {
                self.choices.pick(&[json!("没有"), json!(""), json!("大门 "), json!("大\u{200B}门"), json!("⼤门")])
            }
            Scalar::Option(set) => json!(self.choices.pick(&SETS[set].1)),
        }
    }

    /// Most dates are close to those that rules name; `ahead` weighs those after most days of the check.
    fn date(&mut self, ahead: usize) -> String {
        let near = ["2022-06-28", "2022-06-24", "2022-06-27", "2022-06-25"];
        let month = ["2022-05-31", "2022-05-10", "2022-04-05", "2022-06-01", "2022-06-13", "2022-03-31", "2022-06-30"];
        let far = ["2021-12-31", "2022-01-31", "2020-02-29", "2022-02-28"];
        let coming = ["2022-06-29", "2022-07-01", "2022-07-15", "2022-10-01", "2023-01-01"];
        let days = match self.choices.weighted(&[8, 6, 2, ahead]) {
            0 => &near[..],
            1 => &month[..],
            2 => &far[..],
            _ => &coming[..],
        };
        self.choices.pick(days).to_owned()
    }
}
