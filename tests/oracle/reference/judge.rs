//! A document's rules and verdict.

use bulou_report::{Status, Verdict};
use bulou_syntax::ast::{Data, Declaration, Effective, File, Rule};
use serde_json::Value;

use super::texts::normal;
use super::truths::Truth;
use super::world::{Setting, World};

/// Each rule's status, and the verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub rules: Vec<(String, Status)>,
    pub verdict: Verdict,
}

/// Judges a document, an object, by a pack of one file.
pub fn judge(file: &File, calendar: &str, document: &Value, setting: &Setting) -> Answer {
    let (world, data) = World::new(file, calendar, document, setting);
    answer(&world, data, file, document, setting)
}

/// The same where nothing is held against what is not there yet: what fails, fails whatever will be filled in.
pub fn judge_in_doubt(file: &File, calendar: &str, document: &Value, setting: &Setting) -> Answer {
    let (world, data) = World::new(file, calendar, document, setting);
    answer(&World { silence_fails: false, ..world }, data, file, document, setting)
}

fn answer<'a>(world: &World<'a>, data: &'a Data, file: &'a File, document: &'a Value, setting: &Setting) -> Answer {
    let faults = world.faults(file, data);
    if faults.foreign == Some(true) {
        return Answer { rules: Vec::new(), verdict: Verdict::Undetermined };
    }
    let pack = file.declarations.iter().find_map(|declaration| match declaration {
        Declaration::Pack(pack) => pack.effective.as_ref(),
        _ => None,
    });
    let id = data.identity.as_ref().and_then(|path| document.get(&path.names.first()?.text)?.as_str());
    let id = id.map(normal).unwrap_or_default();
    let rules = file.declarations.iter().filter_map(|declaration| match declaration {
        Declaration::Rule(rule) => Some(&**rule),
        _ => None,
    });
    let waived = |rule: &Rule| {
        let holds = |(school, waived, from, until): &(String, String, _, _)| {
            *school == id && *waived == rule.id.text && *from <= setting.today && setting.today <= *until
        };
        setting.waivers.iter().any(holds)
    };
    let judged: Vec<(&Rule, Status)> = rules
        .map(|rule| (rule, if waived(rule) { Status::NotApplicable } else { status(world, rule, pack) }))
        .collect();
    let counting: Vec<Status> = judged.iter().filter(|(rule, _)| !hint(rule)).map(|(_, status)| *status).collect();
    let verdict = if faults.forbidden || counting.contains(&Status::Fail) {
        Verdict::Fail
    } else if counting.contains(&Status::Undetermined)
        || faults.other
        || counting.iter().all(|status| *status == Status::NotApplicable)
    {
        Verdict::Undetermined
    } else if counting.contains(&Status::Pending) {
        Verdict::Pending
    } else {
        Verdict::Pass
    };
    Answer { rules: judged.into_iter().map(|(rule, status)| (rule.id.text.clone(), status)).collect(), verdict }
}

fn hint(rule: &Rule) -> bool {
    rule.severity.as_ref().is_some_and(|severity| severity.text == "提示")
}

fn status<'a>(world: &World<'a>, rule: &'a Rule, pack: Option<&Effective>) -> Status {
    let in_force = |effective: &Effective| {
        effective.from <= world.today && effective.until.is_none_or(|until| world.today <= until)
    };
    if !rule.effective.iter().chain(pack).all(in_force) {
        return Status::NotApplicable;
    }
    let scopes = world.outermost();
    match rule.applies.as_ref().map_or(Truth::True, |applies| world.truth(applies, &scopes)) {
        Truth::False => return Status::NotApplicable,
        Truth::True => {}
        Truth::Unknown | Truth::Pending => return Status::Undetermined,
    }
    let least = rule.requirements.iter().map(|requirement| world.requirement(&requirement.expr, &scopes)).min();
    match least.unwrap_or(Truth::True) {
        Truth::True => Status::Pass,
        Truth::Pending => Status::Pending,
        Truth::Unknown => Status::Undetermined,
        Truth::False if hint(rule) => Status::Hint,
        Truth::False => Status::Fail,
    }
}
