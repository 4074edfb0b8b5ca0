//! What holds of a document with blanks, whatever will be filled in: a rule that passes, fails or does not apply does so
//! for every completion; and to take a required value away brings nobody closer to passing.

use bulou::report::{Report, Status, Verdict};
use serde_json::Value;

use crate::cases::{CALENDAR, Pack, Submitted, Tally, engine, report, setting};
use crate::choices::Choices;
use crate::generate::documents;
use crate::generate::holes::{Place, places, required};
use crate::generate::model::Model;
use crate::reference::{Answer, Setting, judge_in_doubt};

/// Completions tried, besides the document that the blanks were made in.
const COMPLETIONS: usize = 5;

/// Blanks in a document that was whole.
struct Holed {
    whole: Value,
    blanks: Vec<Place>,
    document: Value,
}

impl Holed {
    fn new(model: &Model, until: &str, choices: &mut Choices) -> Self {
        let whole = documents::whole(model, until, choices);
        let (mut document, mut blanks) = (whole.clone(), Vec::new());
        let all = places(model, &whole);
        for _ in 0..=choices.below(6) {
            let place = choices.pick(&all);
            if place.blank(&mut document, choices) {
                blanks.push(place);
            }
        }
        Self { whole, blanks, document }
    }

    /// The document with something in every blank.
    fn completed(&self, model: &Model, until: &str, choices: &mut Choices) -> Value {
        let mut document = self.document.clone();
        // What was blanked first may lie in what was blanked later.
        for place in self.blanks.iter().rev() {
            place.complete(model, &mut document, until, choices);
        }
        document
    }
}

/// What is certain stays so in completions, and silence is not rewarded.
pub fn sound(model: &Model, pack: &Pack, choices: &mut Choices) -> Result<Tally, String> {
    let setting = setting(choices);
    let until = setting.today.to_string();
    let holed = Holed::new(model, &until, choices);
    let before = answer(pack, &holed.document, &setting);
    let doubtful = judge_in_doubt(&pack.tree, CALENDAR, &holed.document, &setting);
    for number in 0..=COMPLETIONS {
        let complete = if number == 0 { holed.whole.clone() } else { holed.completed(model, &until, choices) };
        let after = answer(pack, &complete, &setting);
        // A date outside its 范围 is one more value that cannot be believed.
        if after.astray {
            continue;
        }
        if let Some(fault) = contradicted(&before, &doubtful, &after) {
            let Holed { document, .. } = holed;
            return Err(format!("{fault}\n{document}\ncompleted as\n{complete}\n{setting:?}\n{before:?}\n{after:?}"));
        }
    }
    let places = required(places(model, &holed.document));
    if !places.is_empty() {
        let mut silent = holed.document.clone();
        choices.pick(&places).remove(&mut silent);
        let after = answer(pack, &silent, &setting);
        if let Some(fault) = rewarded(&before, &after) {
            return Err(format!("{fault}\n{}\nbecame\n{silent}\n{setting:?}\n{before:?}\n{after:?}", holed.document));
        }
    }
    let mut tally = Tally { cases: 1, ..Tally::default() };
    tally.count(&before.answer);
    Ok(tally)
}

/// What a report says, and whether the document itself is as its pack declares.
#[derive(Debug)]
struct Judged {
    answer: Answer,
    sound: bool,
    /// A date in it lies where it cannot.
    astray: bool,
}

fn answer(pack: &Pack, document: &Value, setting: &Setting) -> Judged {
    let submitted = Submitted { document: document.clone(), setting: setting.clone() };
    let report: Report<'_> = report(&pack.rules, &submitted);
    let has = |codes: &[&str]| report.structure.iter().any(|problem| codes.contains(&problem.code));
    Judged {
        answer: engine(&report),
        sound: report.structure.iter().all(|problem| problem.notice),
        astray: has(&["D025", "D026", "D027", "D028", "D029"]),
    }
}

/// How a completion contradicts what was said of the document with its blanks. A failure is certain where it is one
/// even `in_doubt`, with nothing held against what is not there yet.
fn contradicted(before: &Judged, in_doubt: &Answer, after: &Judged) -> Option<String> {
    let rules = before.answer.rules.iter().zip(&in_doubt.rules).zip(&after.answer.rules);
    for (((rule, said), (_, in_doubt)), (_, now)) in rules {
        let failed = |status: &Status| matches!(status, Status::Fail | Status::Hint);
        let certain = match said {
            Status::Pass | Status::NotApplicable => true,
            Status::Fail | Status::Hint => failed(in_doubt),
            Status::Undetermined | Status::Pending => false,
        };
        let open = failed(said) && *in_doubt == Status::Undetermined
            || *in_doubt == Status::Pending
            || *said == Status::Pending;
        if said != in_doubt && !open {
            return Some(format!("{rule}: {said:?}, and in doubt {in_doubt:?}"));
        }
        if certain && said != now {
            return Some(format!("{rule}: {said:?}, and when complete {now:?}"));
        }
    }
    let passes = before.answer.verdict == Verdict::Pass && after.sound && after.answer.verdict != Verdict::Pass;
    passes.then(|| "the verdict is a pass, and none when complete".to_owned())
}

/// How the document came closer to passing by losing a value.
fn rewarded(before: &Judged, after: &Judged) -> Option<String> {
    let good = |status: &Status| matches!(status, Status::Pass | Status::NotApplicable);
    for ((rule, said), (_, now)) in before.answer.rules.iter().zip(&after.answer.rules) {
        if good(now) && !good(said) {
            return Some(format!("{rule}: {said:?}, and with a value less {now:?}"));
        }
    }
    let better = after.answer.verdict == Verdict::Pass && before.answer.verdict != Verdict::Pass && before.sound;
    better.then(|| "the verdict is a pass with a value less".to_owned())
}
