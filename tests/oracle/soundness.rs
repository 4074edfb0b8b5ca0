//! What holds of a document with blanks, whatever will be filled in: a rule that passes, fails or does not apply does so
//! for every completion; and to take a required value away brings nobody closer to passing.

use bulou_report::{Report, Status, Verdict};
use serde_json::Value;

use crate::cases::{CALENDAR, Pack, Submitted, Tally, engine, report, setting};
use crate::choices::Choices;
use crate::generate::documents;
use crate::generate::holes::{Place, places, required};
use crate::generate::model::Model;
use crate::generate::twice::read;
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
    let doubtful = judge_in_doubt(&pack.tree, CALENDAR, &read(&holed.document), &setting);
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
        if let Some(fault) = before.rewarded(&after, before.sound) {
            return Err(format!("{fault}\n{}\nbecame\n{silent}\n{setting:?}\n{before:?}\n{after:?}", holed.document));
        }
    }
    let mut tally = Tally { cases: 1, ..Tally::default() };
    tally.count(&before.answer);
    Ok(tally)
}

/// What a report says, and what is wrong with the documents themselves.
#[derive(Debug)]
pub struct Judged {
    pub answer: Answer,
    /// They are as their pack declares.
    pub sound: bool,
    /// A date in one of them lies where it cannot.
    pub astray: bool,
}

impl Judged {
    /// How a completion takes back what was certain: a pass, or a failure of a rule whose failures are.
    pub fn taken_back(&self, complete: &Self, is_certain: impl Fn(usize) -> bool) -> Option<String> {
        let rules = self.answer.rules.iter().zip(&complete.answer.rules).enumerate();
        for (at, ((rule, said), (_, now))) in rules {
            let certain = match said {
                Status::Pass | Status::NotApplicable => true,
                Status::Fail | Status::Hint => is_certain(at),
                Status::Undetermined | Status::Pending => false,
            };
            if certain && said != now {
                return Some(format!("{rule}: {said:?}, and when complete {now:?}"));
            }
        }
        let passes = self.passes() && complete.sound && !complete.passes();
        passes.then(|| "the verdict is a pass, and none when complete".to_owned())
    }

    /// How losing a value came closer to passing; as a whole only where that `counts`.
    pub fn rewarded(&self, less: &Self, counts: bool) -> Option<String> {
        let good = |status: &Status| matches!(status, Status::Pass | Status::NotApplicable);
        for ((rule, said), (_, now)) in self.answer.rules.iter().zip(&less.answer.rules) {
            if good(now) && !good(said) {
                return Some(format!("{rule}: {said:?}, and with a value less {now:?}"));
            }
        }
        let better = counts && less.passes() && !self.passes();
        better.then(|| "the verdict is a pass with a value less".to_owned())
    }

    pub fn passes(&self) -> bool {
        self.answer.verdict == Verdict::Pass
    }
}

fn answer(pack: &Pack, document: &Value, setting: &Setting) -> Judged {
    let submitted = Submitted { document: document.clone(), setting: setting.clone() };
    let report: Report<'_> = report(&pack.rules, &submitted);
    let has = |codes: &[&str]| report.structure.iter().any(|problem| codes.contains(&problem.code.as_str()));
    Judged {
        answer: engine(&report),
        sound: report.structure.iter().all(|problem| problem.notice),
        astray: has(&["D025", "D026", "D027", "D028", "D029"]),
    }
}

/// How a completion contradicts what was said of the document with its blanks. A failure is certain where it is one
/// even `in_doubt`, with nothing held against what is not there yet.
fn contradicted(before: &Judged, in_doubt: &Answer, after: &Judged) -> Option<String> {
    let failed = |status: &Status| matches!(status, Status::Fail | Status::Hint);
    for ((rule, said), (_, in_doubt)) in before.answer.rules.iter().zip(&in_doubt.rules) {
        let open = failed(said) && *in_doubt == Status::Undetermined
            || *in_doubt == Status::Pending
            || *said == Status::Pending;
        if said != in_doubt && !open {
            return Some(format!("{rule}: {said:?}, and in doubt {in_doubt:?}"));
        }
    }
    before.taken_back(after, |at| in_doubt.rules.get(at).is_some_and(|(_, status)| failed(status)))
}
