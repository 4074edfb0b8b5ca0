//! The decoder against the JSON Schema that it emits: documents of generated shapes, and those of the campus-safety
//! pack changed in many places at once.

use std::cell::RefCell;

use bulou_document::Constant;
use bulou_document::{Clock, Decoded, Document, TextMemo, decode, schema::schema};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::cases::compile;
use crate::choices::Choices;
use crate::generate::documents;
use crate::generate::model::Model;
use crate::generate::twice::{read, written};
use crate::reference::normal;

/// Documents for each shape.
const DOCUMENTS: u64 = 20;

/// What a schema cannot say: 唯一, check digits, digits that do not fit, which days a date may be, placeholders,
/// and that one stands for the identity, formulas, constraints, the same written otherwise in two elements, sums; and that a
/// record says nothing.
const DECODER_ALONE: [&str; 11] =
    ["D011", "D010", "D009", "D025", "D026", "D030", "D033", "D034", "D036", "D037", "D045"];

/// How many documents agreed, and how many of them were refused by both.
#[derive(Clone, Copy, Debug, Default)]
pub struct Agreed {
    pub documents: u64,
    pub refused: u64,
}

/// Rules with the validator of their documents.
pub struct Contract {
    rules: RuleSet,
    validator: Validator,
    /// Of all documents before.
    memo: RefCell<TextMemo>,
}

impl Contract {
    pub fn new(rules: RuleSet) -> Self {
        let schema = schema(&rules.shape);
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a valid schema");
        Self { rules, validator, memo: RefCell::default() }
    }

    /// A document decoded, which is the same whatever was read before.
    fn decoded(&self, clock: Clock<'_>, bytes: &[u8]) -> Decoded {
        let [mut alone, mut after] = [(); 2].map(|()| Document::default());
        let shape = &self.rules.shape;
        let decoded = decode(shape, clock, bytes, Lang::Zh, &mut alone, &mut TextMemo::default());
        for _ in 0..2 {
            let again = decode(shape, clock, bytes, Lang::Zh, &mut after, &mut self.memo.borrow_mut());
            assert_eq!(format!("{again:?}"), format!("{decoded:?}"));
            assert_eq!((&after.tables, &after.text, &after.doubted), (&alone.tables, &alone.text, &alone.doubted));
        }
        decoded
    }

    /// Counts a document on which both agree.
    fn compare(&self, document: &Value, agreed: &mut Agreed) {
        let bytes = written(document);
        let params: Vec<Constant> = self.rules.params.iter().map(|param| param.default.clone()).collect();
        let clock = Clock { today: bulou_base::date::parse("2022-06-28").expect("a date"), params: &params };
        let decoded = self.decoded(clock, bytes.as_bytes());
        let mut faults = decoded.problems.iter().filter(|problem| !problem.notice).peekable();
        let accepted = faults.peek().is_none();
        let alone = faults.all(|fault| {
            let says_nothing = fault.code == "D031"
                && ["什么也没有填", "填了的只有"].iter().any(|words| fault.message.contains(words));
            DECODER_ALONE.contains(&fault.code.as_str()) || says_nothing
        });
        // A schema speaks of texts in their normal form, of which a blank one is null.
        let valid = self.validator.is_valid(&normalized(&read(document)));
        let same = accepted == valid || valid && alone;
        assert!(same, "the schema says {valid}, the decoder {:#?}\n{document}", decoded.problems);
        agreed.documents += 1;
        agreed.refused += u64::from(!valid);
    }
}

fn normalized(value: &Value) -> Value {
    match value {
        Value::String(text) => match normal(text) {
            normal if normal.is_empty() => Value::Null,
            normal => json!(normal),
        },
        Value::Array(items) => items.iter().map(normalized).collect(),
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), normalized(value))).collect(),
        other => other.clone(),
    }
}

/// Documents of one generated shape.
pub fn generated(seed: u64, agreed: &mut Agreed) {
    let model = Model::generate(&mut Choices::drawn(seed));
    let text = format!(
        "规则集 oracle \"对照\" {{ 版本 1 }}\n参数 参日: 日期 = 2022-06-24\n{}规则 常 \"常\" {{ 要求 今天 > 参日 }}\n",
        model.declarations()
    );
    let pack = compile(text).unwrap_or_else(|code| panic!("{code}"));
    let contract = Contract::new(pack.rules);
    for number in 0..DOCUMENTS {
        let mut choices = Choices::drawn(seed.wrapping_mul(DOCUMENTS).wrapping_add(number));
        contract.compare(&documents::generate(&model, &mut choices), agreed);
    }
}

/// A good document with a few changes anywhere.
pub fn changed(contract: &Contract, good: &Value, seed: u64, agreed: &mut Agreed) {
    let mut choices = Choices::drawn(seed);
    let mut document = good.clone();
    for _ in 0..=choices.below(3) {
        change(&mut document, &mut choices);
    }
    contract.compare(&document, agreed);
}

/// Goes to some place of a value and changes what is there.
fn change(value: &mut Value, choices: &mut Choices) {
    let deeper = match value {
        Value::Object(members) if !members.is_empty() && choices.chance(90) => {
            let key = members.keys().nth(choices.below(members.len())).cloned().expect("a key");
            if choices.chance(5) {
                let value = members.remove(&key).expect("a member");
                members.insert(format!("{key}。"), value);
                return;
            }
            members.get_mut(&key)
        }
        Value::Array(items) if !items.is_empty() && choices.chance(90) => {
            let at = choices.below(items.len());
            if choices.chance(10) {
                items.push(items[at].clone());
                return;
            }
            items.get_mut(at)
        }
        _ => None,
    };
    match deeper {
        Some(deeper) => change(deeper, choices),
        None => *value = other(value, choices),
    }
}

fn other(value: &Value, choices: &mut Choices) -> Value {
    if let (Some(text), true) = (value.as_str(), choices.chance(50)) {
        let at = text.char_indices().nth(choices.below(text.chars().count().max(1))).map_or(0, |(at, _)| at);
        let between = choices.pick(&["0", "日", " ", "-", "\u{3000}", "X"]);
        let (before, after) = text.split_at(at);
        return json!(format!("{before}{between}{after}"));
    }
    choices.pick(&[
        json!(null),
        json!(""),
        json!("\u{3000}"),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(2.0),
        json!(1e19),
        json!(u64::MAX),
        json!(true),
        json!("2022-02-29"),
        json!("2022-06-24"),
        json!("2022-06-24T00:00:00Z"),
        json!("31日"),
        json!("12345678日"),
        json!("1个月"),
        json!("大门"),
        json!("13800138000"),
        json!("0379-6123456"),
        json!([]),
        json!({}),
        json!([[]]),
        json!([{}]),
        json!({"": null}),
    ])
}
