//! What is kept of a school's document: those of its answers that county rules use, as JSON under their own keys, taken
//! from the document as it was decoded.

use std::fmt::Write as _;

use bulou_base::value::Row;
use bulou_document::shape::{Element, Field, Fields, Kind, Shape};
use bulou_document::types::Domain;
use bulou_document::{Document, Slot};
use bulou_eval::Checker;
use bulou_ir::County;
use bulou_ir::answer;
use bulou_syntax::ast::DurationUnit;

/// In JSON it stands as the JSON that it is.
pub(super) mod json {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};
    use serde_json::value::RawValue;

    pub fn serialize<S: Serializer>(kept: &str, serializer: S) -> Result<S::Ok, S::Error> {
        let kept: &RawValue = serde_json::from_str(kept).map_err(serde::ser::Error::custom)?;
        kept.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<str>, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(Into::into)
    }
}

/// The same where there may be none.
pub(super) mod json_option {
    use serde::{Deserialize as _, Deserializer, Serialize, Serializer};
    use serde_json::value::RawValue;

    pub fn serialize<S: Serializer>(kept: &Option<Box<str>>, serializer: S) -> Result<S::Ok, S::Error> {
        let kept: Option<&RawValue> =
            kept.as_deref().map(serde_json::from_str).transpose().map_err(serde::ser::Error::custom)?;
        kept.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Box<str>>, D::Error> {
        Option::<Box<RawValue>>::deserialize(deserializer).map(|kept| kept.map(Into::into))
    }
}

const ROOT: Row = Row { table: 0, index: 0 };

/// What is kept of the document that was just checked. An answer that could not be read is kept as one that cannot be
/// read, for what the county's rules make of it is unknown.
pub(super) fn projection(checker: &Checker<'_>, county: &County) -> String {
    let shape = &checker.rules().shape;
    let mut keeper =
        Keeper { shape, county: &county.rules.shape, document: checker.document(), out: String::from("{") };
    let wanted = schools_list(county).and_then(|(_, table)| county.rules.shape.records(table));
    if let (Some(fields), Some(wanted)) = (shape.document(), wanted) {
        keeper.fields(ROOT, fields, wanted);
    }
    for (number, holds) in checker.hold(&county.answers).into_iter().enumerate() {
        // One that is not known is left out.
        if let Some(holds) = holds {
            keeper.key(&answer(number));
            keeper.out.push_str(if holds { "true" } else { "false" });
        }
    }
    keeper.out + "}"
}

/// The field of the county's document that stands for all schools: its slot, and the table of what is known of each.
pub(super) fn schools_list(county: &County) -> Option<(u32, u16)> {
    let mut fields = county.rules.shape.document()?.fields.iter();
    let field = fields.find(|field| Some(&field.name) == county.schools.as_ref())?;
    let Kind::List(table) = field.kind else { return None };
    Some((field.slot, table))
}

struct Keeper<'d> {
    shape: &'d Shape,
    county: &'d Shape,
    document: &'d Document,
    out: String,
}

impl Keeper<'_> {
    /// Those of a record's fields that are wanted; the document's and the county's have the same names.
    fn fields(&mut self, row: Row, fields: &Fields, wanted: &Fields) {
        for wanted in &wanted.fields {
            let Some(field) = fields.field(&wanted.name) else { continue };
            let slot = self.document.slot(row, field.slot);
            if slot != Slot::Absent {
                self.key(&field.name);
                self.field(row, slot, field, wanted);
            }
        }
    }

    fn field(&mut self, row: Row, slot: Slot, field: &Field, wanted: &Field) {
        match (slot, &field.kind, &wanted.kind) {
            (Slot::Present, Kind::Record(fields), Kind::Record(wanted)) => {
                self.out.push('{');
                self.fields(row, fields, wanted);
                self.out.push('}');
            }
            (Slot::List(first, count), Kind::List(table), Kind::List(wanted)) => {
                self.list(first, count, *table, *wanted)
            }
            (slot, kind, _) => self.scalar(slot, kind),
        }
    }

    fn list(&mut self, first: u32, count: u32, table: u16, wanted: u16) {
        let (shape, county) = (self.shape, self.county);
        self.out.push('[');
        for index in first..first.saturating_add(count) {
            if index > first {
                self.out.push(',');
            }
            let row = Row { table, index };
            match (shape.tables.get(usize::from(table)).map(|table| &table.element), county.records(wanted)) {
                (Some(Element::Record(fields)), Some(wanted)) => {
                    self.out.push('{');
                    self.fields(row, fields, wanted);
                    self.out.push('}');
                }
                (Some(Element::Scalar(kind)), _) => self.scalar(self.document.slot(row, 0), kind),
                _ => self.out.push_str("null"),
            }
        }
        self.out.push(']');
    }

    fn scalar(&mut self, slot: Slot, kind: &Kind) {
        let _ = match (slot, kind.domain()) {
            (Slot::Bool(value), _) => write!(self.out, "{value}"),
            (Slot::Integer(value), _) => write!(self.out, "{value}"),
            (Slot::Decimal(mantissa, scale), _) => self.decimal(mantissa, usize::from(scale)),
            (Slot::Date(date) | Slot::Astray(date), _) => write!(self.out, "\"{date}\""),
            (Slot::Duration(count, true), _) => write!(self.out, "\"{}周\"", count / 7),
            (Slot::Duration(count, _), Domain::Duration(DurationUnit::Days)) => write!(self.out, "\"{count}日\""),
            (Slot::Duration(count, _), Domain::Duration(DurationUnit::WorkDays)) => {
                write!(self.out, "\"{count}个工作日\"")
            }
            (Slot::Duration(count, _), _) => write!(self.out, "\"{count}个月\""),
            (Slot::Text(start, len, written), _) => {
                self.text(self.document.text_of(start, len, written).written);
                Ok(())
            }
            (Slot::Option(index), Domain::Option(set)) => {
                let set = self.shape.option_sets.get(usize::from(set));
                self.text(set.and_then(|set| set.options.get(usize::from(index))).map_or("", String::as_str));
                Ok(())
            }
            (Slot::Absent, _) => write!(self.out, "null"),
            // No kind of value is written so, wherever it stands.
            (_, Domain::Record(_)) => write!(self.out, "[]"),
            _ => write!(self.out, "{{}}"),
        };
    }

    /// All digits, as they were counted.
    fn decimal(&mut self, mantissa: i64, scale: usize) -> std::fmt::Result {
        let digits = format!("{:0width$}", mantissa.unsigned_abs(), width = scale + 1);
        let (whole, part) = digits.split_at(digits.len() - scale);
        let sign = if mantissa < 0 { "-" } else { "" };
        write!(self.out, "{sign}{whole}{}{part}", if scale == 0 { "" } else { "." })
    }

    fn key(&mut self, key: &str) {
        if !self.out.ends_with(['{', '[']) {
            self.out.push(',');
        }
        self.text(key);
        self.out.push(':');
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(&serde_json::Value::from(text).to_string());
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test reads its files")]
mod tests {
    use std::path::Path;

    use serde_json::{Value, json};

    use super::{Keeper, ROOT};
    use bulou_base::date::Date;
    use bulou_document::shape::Shape;
    use bulou_document::{Clock, Document, TextMemo, decode};
    use bulou_messages::diagnostic::Lang;
    use bulou_pack::{Files, load};

    /// No date is after its day.
    const CLOCK: Clock<'_> = Clock { today: Date::MAX, params: &[] };

    fn shape() -> Shape {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/campus-safety");
        let text = |name: &str| std::fs::read(folder.join(name)).expect("a file");
        let names = ["data.bulou", "pack.bulou", "1-responsibility.bulou"];
        let mut files: Vec<_> = names.iter().map(|name| ((*name).to_owned(), text(name))).collect();
        files.push(("source/meeting.txt".into(), text("source/meeting.txt")));
        files.push(("calendar/cn.json".into(), text("../calendar/cn.json")));
        load(&Files(files.into_iter().collect())).rules.expect("the pack's data").shape
    }

    /// A document with all its fields kept.
    fn kept(shape: &Shape, text: &str) -> Value {
        let mut document = Document::default();
        let decoded = decode(shape, CLOCK, text.as_bytes(), Lang::En, &mut document, &mut TextMemo::default());
        assert!(decoded.readable);
        let mut keeper = Keeper { shape, county: shape, document: &document, out: String::from("{") };
        let fields = shape.document().expect("a record");
        keeper.fields(ROOT, fields, fields);
        serde_json::from_str(&(keeper.out + "}")).expect("JSON")
    }

    #[test]
    fn all_that_a_document_says_can_be_kept() {
        let shape = shape();
        for sample in ["南街小学", "北关小学-有问题", "县幼儿园-未填完"] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../tests/samples/{sample}.json"));
            let text = std::fs::read_to_string(path).expect("a sample");
            let mut whole: Value = serde_json::from_str(&text).expect("JSON");
            whole.as_object_mut().expect("an object").remove("规则集");
            assert_eq!(kept(&shape, &text), whole, "{sample}");
        }
    }

    #[test]
    fn what_could_not_be_read_stays_unreadable() {
        let shape = shape();
        let text = json!({
            "学校": {"标识码": "2141000345", "名称": "引\"号\n", "学生数": "812", "寄宿": null},
            "隐患": [7, {"编号": "Y1", "等级": "没有这一级"}],
            "检查": {},
            "保卫": [],
        });
        let found = kept(&shape, &text.to_string());
        assert_eq!(found["学校"], json!({"标识码": "2141000345", "名称": "引\"号\n", "学生数": {}}));
        assert_eq!(found["隐患"][1], json!({"编号": "Y1", "等级": {}}));
        assert_eq!((&found["检查"], &found["保卫"]), (&json!({}), &json!([])));
        let mut again = Document::default();
        let decoded =
            decode(&shape, CLOCK, found.to_string().as_bytes(), Lang::En, &mut again, &mut TextMemo::default());
        let first = decode(
            &shape,
            CLOCK,
            text.to_string().as_bytes(),
            Lang::En,
            &mut Document::default(),
            &mut TextMemo::default(),
        );
        let wrong =
            |found: &bulou_document::Decoded| found.problems.iter().map(|one| one.path.clone()).collect::<Vec<_>>();
        for path in wrong(&first) {
            assert!(wrong(&decoded).iter().any(|found| found.starts_with(&path)), "{path}: {:?}", wrong(&decoded));
        }
    }

    #[test]
    fn decimals_keep_their_digits() {
        let shape = Shape::default();
        let mut keeper = Keeper { shape: &shape, county: &shape, document: &Document::default(), out: String::new() };
        for (mantissa, scale, text) in
            [(0, 0, "0"), (-5, 0, "-5"), (-5, 3, "-0.005"), (12345, 2, "123.45"), (100, 2, "1.00")]
        {
            keeper.out.clear();
            keeper.decimal(mantissa, scale).expect("written");
            assert_eq!(keeper.out, text);
        }
    }
}
