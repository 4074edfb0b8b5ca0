//! What `bulou prove` translates, solved for documents of which everything is known, against the engine.

use bulou_eval::{Checker, Options};
use bulou_messages::diagnostic::Lang;
use bulou_prove::Version;
use bulou_prove::compare::{Translated, translated};
use bulou_report::Status;
use easy_smt::{Context, ContextBuilder};
use serde_json::Value;

use crate::cases::{Pack, Submitted, Tally, checked, engine, setting};
use crate::choices::Choices;
use crate::generate::documents;
use crate::generate::model::Model;
use crate::reference::{Answer, Setting};

/// What is wrong with documents that the translation knows of; of blanks and of what cannot be read it says nothing.
const KNOWN: [&str; 7] = ["D008", "D011", "D025", "D026", "D032", "D033", "D036"];

/// So many documents are drawn for one without fault.
const DRAWN: usize = 20;

fn solver() -> std::io::Result<Context> {
    ContextBuilder::new().with_z3_defaults().build()
}

/// Most documents are complete and without fault, for only then the translation says how rules stand.
fn document(model: &Model, pack: &Pack, setting: &Setting, choices: &mut Choices) -> Value {
    if choices.chance(10) {
        return documents::generate(model, choices);
    }
    let mut document = Value::Null;
    for _ in 0..DRAWN {
        document = documents::whole(model, &setting.today.to_string(), choices);
        let submitted = Submitted { document: document.clone(), setting: setting.clone() };
        if checked(&pack.rules, &submitted).1.structure.iter().all(|problem| problem.notice) || choices.chance(10) {
            break;
        }
    }
    document
}

/// Engine and translation say the same of each rule, and of whether a document is complete and without fault.
pub fn translation_agrees(model: &Model, pack: &Pack, choices: &mut Choices) -> Result<Tally, String> {
    let setting = setting(choices);
    let document = document(model, pack, &setting, choices);
    // The day of the check is open for some, and looked for with the document.
    let open = choices.chance(50);
    let submitted = Submitted { document, setting };
    let (checker, report) = checked(&pack.rules, &submitted);
    let params = submitted.setting.params.clone();
    let options = Options { today: submitted.setting.today, params, waivers: Vec::new(), lang: Lang::Zh };
    let version = Version::new(&pack.rules, Checker::new(&pack.rules, &options).expect("the options fit"));
    let today = submitted.setting.today;
    let asked =
        bulou_prove::Setting { solver: &solver, today: (!open).then_some(today), elements: 3, milliseconds: 60_000 };
    let said = translated(version, checker.document(), today, asked).expect("z3 answers");
    let faults: Vec<&str> = report.structure.iter().filter(|one| !one.notice).map(|one| one.code.as_str()).collect();
    let ours = engine(&report);
    let differs =
        |what: &str| Err(format!("{}\n{today} {what}\nengine {ours:?} {faults:?}\n{said:?}", submitted.document));
    let Some(Translated { sound, rules }) = &said else {
        return Ok(Tally::default());
    };
    let is_known = !faults.is_empty() && faults.iter().all(|code| KNOWN.contains(code));
    if faults.is_empty() && !sound {
        return differs("the translation finds a fault");
    }
    if is_known && *sound {
        return differs("the translation misses a fault");
    }
    if !faults.is_empty() {
        return Ok(Tally::default());
    }
    let mut answer = Answer { rules: Vec::new(), verdict: ours.verdict };
    for ((id, status), translated) in ours.rules.iter().zip(rules) {
        let status = if *status == Status::Hint { Status::Fail } else { *status };
        match translated {
            Some(other) if *other != status => return differs(id),
            Some(_) => answer.rules.push((id.clone(), status)),
            None => {}
        }
    }
    let mut tally = Tally { cases: answer.rules.len() as u64, ..Tally::default() };
    tally.count(&answer);
    Ok(tally)
}
