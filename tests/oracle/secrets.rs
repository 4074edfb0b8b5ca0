//! What is `敏感` shows in the status of a rule and nowhere else: two documents that differ in such values alone have the
//! same report, as far as what each requirement comes to is the same. The packs are generated, so that a secret stands
//! in every form of expression.

use std::collections::{BTreeMap, BTreeSet};

use bulou_county::{Contribution, Running, Submission, contribution};
use bulou_report::{Problem, Report, Status};
use serde_json::{Value, json};

use crate::cases::{Pack, Submitted, checked, compile, submitted};
use crate::choices::Choices;
use crate::generate::documents::{Filling, fill};
use crate::generate::model::{CODE, DAY, Kind, Model};
use crate::generate::packs;
use crate::generate::twice::written;

/// Documents for each pack.
const DOCUMENTS: u64 = 12;
/// How many other documents each is compared with.
const OTHERS: usize = 3;
const SECRET: &str = " 敏感";
/// Something that rolls the documents up.
const COUNTY: &str = "记录 县名册项 { 名码: 文本 }
数据 全县 { 名册 县名册.名码 县名册: [县名册项] 县各校: 汇总 学校 }
规则 县规 \"全县的\" 范围 全县 { 要求 数量(县各校) > 0 }
";

/// What came out over many pairs.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub packs: u64,
    pub compiled: u64,
    /// Packs that were refused because a message would tell a secret.
    pub refused: u64,
    /// Rules that come to the same in both documents, and of these the ones with something to tell.
    pub alike: u64,
    pub told: u64,
    /// Rules whose outcome a secret changed: without these nothing would have been tried.
    pub changed: u64,
    /// Deadlines that a county keeps, and of these the ones of which no day may be told.
    pub due: u64,
    pub undated: u64,
}

/// One pack by its number; `Err` shows two documents whose secrets can be told apart.
pub fn run(seed: u64, seen: &mut Seen) -> Result<(), String> {
    let choices = &mut Choices::drawn(seed.wrapping_mul(7) + 1);
    let mut model = Model::generate(choices);
    mark(&mut model, choices);
    seen.packs += 1;
    let pack = match compile(packs::generate(&model, choices) + COUNTY) {
        Ok(pack) => pack,
        Err(code) => {
            seen.refused += u64::from(code == "E051");
            return Ok(());
        }
    };
    seen.compiled += 1;
    for number in 0..DOCUMENTS {
        let choices = &mut Choices::drawn(seed.wrapping_mul(2003).wrapping_add(number));
        let one = submitted(&model, choices);
        let a = varied(&model, &one, choices);
        // Secrets of which one is wrong, or cannot be, tell two documents apart before any rule does; so there are several.
        for _ in 0..OTHERS {
            compare(&pack, &a, &varied(&model, &one, choices), seen)?;
        }
    }
    Ok(())
}

/// Makes some fields secret.
fn mark(model: &mut Model, choices: &mut Choices) {
    for _ in 0..3 + choices.below(6) {
        let record = choices.below(model.records.len());
        let fields = &mut model.records[record].fields;
        let at = choices.below(fields.len());
        let field = &mut fields[at];
        // Whom and when a document is about is in every report.
        if ![CODE, DAY].contains(&field.name.as_str()) && !field.attributes.contains(SECRET) {
            field.attributes.push_str(SECRET);
        }
    }
}

/// The same document with other secrets. What is missing of them stays so: that is no secret.
fn varied(model: &Model, submitted: &Submitted, choices: &mut Choices) -> Submitted {
    let mut document = submitted.document.clone();
    // What has happened has by the day of the check: a date to come would be a fault, and no rule would see it.
    let until = submitted.setting.today.to_string();
    vary(model, 0, &mut document, (&until, choices));
    Submitted { document, setting: submitted.setting.clone() }
}

fn vary(model: &Model, record: usize, value: &mut Value, (until, choices): (&str, &mut Choices)) {
    let Some(members) = value.as_object_mut() else { return };
    for field in &model.records[record].fields {
        let secret = field.attributes.contains(SECRET);
        if secret && field.optional {
            members.remove(&field.name);
            if choices.chance(60) {
                members.insert(field.name.clone(), fill(model, field, Filling::Plain, until, choices));
            }
            continue;
        }
        let Some(member) = members.get_mut(&field.name).filter(|member| !member.is_null()) else { continue };
        match &field.kind {
            _ if secret => *member = fill(model, field, Filling::Plain, until, choices),
            Kind::Record(inner) => vary(model, *inner, member, (until, choices)),
            Kind::List(element) => {
                if let (Kind::Record(inner), Some(parts)) = (&**element, member.as_array_mut()) {
                    parts.iter_mut().for_each(|part| vary(model, *inner, part, (until, choices)));
                }
            }
            Kind::Scalar(_) => {}
        }
    }
}

fn compare(pack: &Pack, a: &Submitted, b: &Submitted, seen: &mut Seen) -> Result<(), String> {
    let ((left, kept), (right, other_kept)) = (both(pack, a), both(pack, b));
    let (faults, others) = (faults(&left), faults(&right));
    // Whether a constraint holds is its status: rules see nothing of it.
    let but_constraints = |faults: &BTreeMap<String, usize>| {
        let mut faults = faults.clone();
        faults.retain(|fault, _| !fault.starts_with("D033"));
        faults
    };
    if but_constraints(&faults) != but_constraints(&others) {
        return Ok(());
    }
    if faults == others && said(&left) != said(&right) {
        let differ: Vec<_> = said(&left).symmetric_difference(&said(&right)).copied().collect();
        return Err(format!("{}\n{}\n{}\n{differ:#?}", pack.text, a.document, b.document));
    }
    for (rule, (one, other)) in left.rules.iter().zip(&right.rules).enumerate() {
        let (comes_to, other_comes_to) = (outcome(&json!(one)), outcome(&json!(other)));
        if comes_to != other_comes_to {
            seen.changed += 1;
            continue;
        }
        seen.alike += 1;
        seen.told += u64::from(one.because.is_some() || !one.findings.is_empty());
        // Whether a rule applies, and what a requirement comes to, are both unknown in the same words.
        let unknown = one.status == Status::Undetermined && pack.rules.rules[rule].applies.is_some();
        if !unknown && json!(one) != json!(other) {
            return Err(format!("{}\n{}\n{}\n{:#}\n{:#}", pack.text, a.document, b.document, json!(one), json!(other)));
        }
        if let (false, Some(kept), Some(other)) = (unknown, &kept, &other_kept) {
            let (due, other) = (due(kept, rule), due(other, rule));
            if due != other {
                return Err(format!("{}\n{}\n{}\n{due:#?}\n{other:#?}", pack.text, a.document, b.document));
            }
            seen.due += due.len() as u64;
            seen.undated += due.iter().filter(|one| one.left.is_none()).count() as u64;
        }
    }
    Ok(())
}

/// What is said of a document, and what a county keeps of it where it is a school's.
fn both<'p>(pack: &'p Pack, submitted: &Submitted) -> (Report<'p>, Option<Submission>) {
    let (checker, report) = checked(&pack.rules, submitted);
    let county = pack.rules.county.as_deref().expect("a county");
    match contribution(&checker, county, &report, written(&submitted.document).as_bytes()) {
        Contribution::School(_, submission) => (report, Some(*submission)),
        Contribution::Unread(_) => (report, None),
    }
}

/// The deadlines of a rule that a county keeps.
fn due(kept: &Submission, rule: usize) -> Vec<&Running> {
    kept.due.iter().filter(|one| usize::from(one.rule) == rule).collect()
}

fn faults(report: &Report<'_>) -> BTreeMap<String, usize> {
    let mut faults = BTreeMap::new();
    for Problem { code, path, message, .. } in &report.structure {
        // One field may contradict the day of the document or a constraint: those are two faults.
        let which = if *code == "D033" { message.as_str() } else { "" };
        *faults.entry(format!("{code} {path} {which}")).or_default() += 1;
    }
    faults
}

/// What is said of the document itself; where it stands differs with the length of what stands before.
fn said<'s>(report: &'s Report<'_>) -> BTreeSet<(&'s str, &'s str, &'s str)> {
    report.structure.iter().map(|one| (one.code.as_str(), one.path.as_str(), one.message.as_str())).collect()
}

/// What a rule and each of its requirements come to.
fn outcome(rule: &Value) -> (Value, BTreeSet<(String, String)>) {
    let findings = rule["findings"].as_array().into_iter().flatten();
    let each = findings.map(|one| (one["requirement"].to_string(), one["status"].to_string()));
    (rule["status"].clone(), each.collect())
}
