//! What holds of a county whose documents have blanks, whatever will be filled in and whichever of a school's
//! contradicting documents it will stand by; and that a county that is told less comes no closer to passing.

use bulou_api::county::own;
use bulou_county::{Contribution, Roll, contribution};
use bulou_eval::{Checker, Options};
use bulou_messages::diagnostic::Lang;
use bulou_report::Problem;
use serde_json::{Value, json};

use crate::cases::{Pack, Tally, setting};
use crate::choices::Choices;
use crate::generate::documents::whole_of;
use crate::generate::holes::{Place, places, places_of, required};
use crate::generate::model::{CODE, DAY, Model, NAMED, ROSTER, SCHOOLS};
use crate::generate::twice::written;
use crate::reference::{Answer, Setting};
use crate::soundness::Judged;

/// Completions tried, besides the documents that the blanks were made in.
const COMPLETIONS: usize = 5;
/// The codes of schools, of those that texts hold; the last one is on no roster.
const CODES: [&str; 4] = ["甲", "乙", "A1", "甲乙"];
/// What makes a failure one that holds only for want of what is asked for: it may still come.
const OPEN: [&str; 5] = ["有 ", "缺 ", "须在", " 自 ", "至迟"];

/// What a county is judged by.
#[derive(Clone, Debug)]
struct Handed {
    own: Value,
    schools: Vec<Value>,
}

/// The same with blanks, and with what they were made in.
struct Holed {
    whole: Handed,
    handed: Handed,
    /// In the county's document, or in that of a school.
    blanks: Vec<(Option<usize>, Place)>,
    /// Two documents of one school that contradict one another.
    conflict: Option<[usize; 2]>,
    /// A school of the roster that handed nothing in.
    missing: Option<&'static str>,
    /// A school whose document has no certain day: its last word may be any.
    dayless: Option<usize>,
}

impl Holed {
    fn new(model: &Model, until: &str, choices: &mut Choices) -> Self {
        let count = 1 + choices.below(3);
        let mut schools: Vec<Value> = (0..count).map(|at| school(model, CODES[at], until, choices)).collect();
        if choices.chance(20) {
            schools.push(school(model, CODES[3], until, choices));
        }
        let conflict = choices.chance(30).then(|| {
            let mut other = school(model, CODES[0], until, choices);
            other[DAY] = schools[0][DAY].clone();
            schools.push(other);
            [0, schools.len() - 1]
        });
        let mut own = whole_of(model, 0, until, choices);
        // As a rule every school is there that has to be.
        let listed = if choices.chance(20) { count + 1 } else { count };
        own[ROSTER] =
            CODES[..listed.min(3)].iter().map(|code| json!({NAMED: code, "名数": choices.below(3)})).collect();
        own.as_object_mut().expect("an object").remove(SCHOOLS);
        let whole = Handed { own, schools };
        let (mut handed, mut blanks) = (whole.clone(), Vec::new());
        for _ in 0..choices.below(5) {
            let at = choices.below(handed.schools.len() + 1).checked_sub(1);
            let all = in_document(model, &whole, at);
            let place = choices.pick(&all);
            if place.blank(document(&mut handed, at), choices) {
                blanks.push((at, place));
            }
        }
        let missing = CODES.get(count).copied().filter(|_| count < listed.min(3));
        let dayless = (conflict.is_none() && choices.chance(30)).then(|| {
            let at = choices.below(handed.schools.len());
            handed.schools[at][DAY] = choices.pick(&[Value::Null, json!("0202-06-20"), json!("2099-01-01")]);
            at
        });
        Self { whole, handed, blanks, conflict, missing, dayless }
    }

    /// The documents with something in every blank, or as they were; of two that contradict one another one counts. Who
    /// was missing hands one in, if the roster names it still: a row that was blank may be another school's.
    fn completed(&self, model: &Model, until: &str, number: usize, choices: &mut Choices) -> Handed {
        let mut handed = if number == 0 { self.whole.clone() } else { self.handed.clone() };
        for (at, place) in self.blanks.iter().rev().filter(|_| number > 0) {
            place.complete(model, document(&mut handed, *at), until, choices);
        }
        if let Some(at) = self.dayless.filter(|_| number > 0) {
            let code = handed.schools[at][CODE].clone();
            handed.schools[at] = school(model, code.as_str().expect("a code"), until, choices);
        }
        if let Some(conflict) = self.conflict {
            handed.schools.remove(choices.pick(&conflict));
        }
        let rows = handed.own[ROSTER].as_array();
        let missing = self.missing.filter(|code| rows.is_some_and(|rows| rows.iter().any(|row| row[NAMED] == *code)));
        handed.schools.extend(missing.map(|code| school(model, code, until, choices)));
        handed
    }
}

fn school(model: &Model, code: &str, until: &str, choices: &mut Choices) -> Value {
    let mut document = whole_of(model, model.school, until, choices);
    document[CODE] = json!(code);
    document
}

fn document(handed: &mut Handed, at: Option<usize>) -> &mut Value {
    match at {
        Some(at) => &mut handed.schools[at],
        None => &mut handed.own,
    }
}

/// Where a blank may be. Whose a document is, another matter, is known.
fn in_document(model: &Model, handed: &Handed, at: Option<usize>) -> Vec<Place> {
    let all = match at {
        Some(at) => places_of(model, model.school, &handed.schools[at]),
        None => places(model, &handed.own),
    };
    all.into_iter().filter(|place| !place.is(CODE)).collect()
}

/// What is certain stays so in completions, and silence is not rewarded.
pub fn sound(model: &Model, pack: &Pack, choices: &mut Choices) -> Result<Tally, String> {
    let setting = setting(choices);
    let until = setting.today.to_string();
    let holed = Holed::new(model, &until, choices);
    let before = judged(pack, &holed.handed, &setting);
    for number in 0..=COMPLETIONS {
        let complete = holed.completed(model, &until, number, choices);
        let after = judged(pack, &complete, &setting);
        if after.astray {
            continue;
        }
        if let Some(fault) = contradicted(pack, &before, &after) {
            return Err(format!(
                "{fault}\n{:?}\ncompleted as\n{complete:?}\n{setting:?}\n{before:?}\n{after:?}",
                holed.handed
            ));
        }
    }
    let at = choices.below(holed.handed.schools.len() + 1).checked_sub(1);
    let places = required(in_document(model, &holed.handed, at));
    if !places.is_empty() && !before.astray {
        let mut silent = holed.handed.clone();
        choices.pick(&places).remove(document(&mut silent, at));
        let after = judged(pack, &silent, &setting);
        if let Some(fault) = before.rewarded(&after, true) {
            return Err(format!("{fault}\n{:?}\nbecame\n{silent:?}\n{setting:?}\n{before:?}\n{after:?}", holed.handed));
        }
    }
    // A school that hands in nothing more is missed.
    let mut fewer = holed.handed.clone();
    let code = fewer.schools[0][CODE].clone();
    fewer.schools.retain(|school| school[CODE] != code);
    let after = judged(pack, &fewer, &setting);
    if after.passes() && !before.passes() {
        return Err(format!("the county passes without a school\n{fewer:?}\n{setting:?}\n{before:?}\n{after:?}"));
    }
    let mut tally = Tally { cases: 1, ..Tally::default() };
    tally.count(&before.answer);
    Ok(tally)
}

fn judged(pack: &Pack, handed: &Handed, setting: &Setting) -> Judged {
    let Setting { today, params, .. } = setting.clone();
    let options = Options { today, params, waivers: Vec::new(), lang: Lang::Zh };
    let county = pack.rules.county.as_deref().expect("a county");
    let mut checker = Checker::new(&pack.rules, &options).expect("the options fit");
    let mut roll = Roll::of(&mut checker);
    let (mut sound, mut astray) = (true, false);
    // A document of which a day is after its own (D033) is believed of no day.
    let mut note = |problems: &[Problem]| {
        sound &= problems.iter().all(|problem| problem.notice);
        astray |= problems
            .iter()
            .any(|problem| ["D025", "D026", "D027", "D028", "D029", "D033"].contains(&problem.code.as_str()));
    };
    for (number, school) in handed.schools.iter().enumerate() {
        let bytes = written(school);
        let report = checker.check(&format!("{number}.json"), bytes.as_bytes());
        note(&report.structure);
        let contribution = contribution(&checker, county, &report, bytes.as_bytes());
        assert!(matches!(contribution, Contribution::School(..)), "{school}");
        roll.add(contribution, Lang::Zh);
    }
    let bytes = written(&handed.own);
    let text = bulou_api::decoded(&county.rules, bytes.as_bytes(), Lang::Zh, &|_| None);
    let own = own(&pack.rules, &options, "全县.json", bytes.as_bytes(), &text).expect("the options fit");
    let report = own.finish(roll);
    note(&report.structure);
    let rules = report.rules.iter().map(|rule| (rule.card.id.clone(), rule.status)).collect();
    Judged { answer: Answer { rules, verdict: report.verdict }, sound, astray }
}

/// How a completion contradicts what was said of the county with blanks.
fn contradicted(pack: &Pack, before: &Judged, after: &Judged) -> Option<String> {
    before.taken_back(after, |at| {
        let rule = &before.answer.rules[at].0;
        let text = pack.text.split(&format!("规则 {rule} ")).nth(1).and_then(|rest| rest.split("\n规则 ").next());
        let text = text.expect("the rule's text");
        // Not to be there is to fail a rule that asks who is, until one is.
        !text.contains(&format!(".{CODE}")) && !OPEN.iter().any(|word| text.contains(word))
    })
}
