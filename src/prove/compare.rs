//! What the translation says of documents that are known, so that it can be held to what the engine says of them.

use std::collections::HashMap;

use bulou_document::Document as Decoded;
use bulou_report::Status;

use crate::ask::{Open, Setting, Trouble, Version};
use crate::solver::{Answer, Constant, Fault, Solver};
use crate::term::{Sort, Term};
use crate::translate::Statuses;

/// What the translation says of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translated {
    /// Whether it is complete and without fault.
    pub sound: bool,
    /// How each rule stands; nothing of one that has no translation.
    pub rules: Vec<Option<Status>>,
}

/// What the translation of all rules says of a document that was decoded; nothing where it does not say: a value is blank or
/// cannot be read, a list is longer than `setting` allows, the day is beyond the periods that are looked at, or something is
/// left open.
///
/// # Errors
/// The solver cannot be asked.
pub fn translated(
    version: Version<'_>,
    decoded: &Decoded,
    today: bulou_base::date::Date,
    setting: Setting<'_>,
) -> Result<Option<Translated>, Trouble> {
    let (rules, shape) = (version.rules, &version.rules.shape);
    let asked: Vec<(usize, usize)> = (0..rules.rules.len()).map(|rule| (0, rule)).collect();
    let mut open = Open::of_all(&[version], &asked, setting)?;
    let Some(mut fixed) = open.document.fixed(shape, decoded) else { return Ok(None) };
    let day = open.document.terms.int(chrono::Datelike::num_days_from_ce(&today));
    fixed.push(open.document.terms.equal(open.document.today, day));
    let sound = open.document.terms.all(open.document.valid.clone());
    let certain = open.document.doubts.iter().chain(&open.document.bounds).copied().collect::<Vec<_>>();
    let certain = open.document.terms.all(certain);
    let statuses: Vec<Statuses> = open.statuses.values().flatten().copied().collect();
    let all = statuses.iter().flat_map(|of| [of.fail, of.undetermined, of.pending, of.pass, of.not_applicable]);
    // A solver repeats at length what it is asked for, but not what has a name.
    let mut names = HashMap::new();
    for term in all.chain([sound, certain]).collect::<Vec<_>>() {
        let name = open.document.terms.variable(Sort::Bool);
        fixed.push(open.document.terms.equal(name, term));
        names.insert(term, name);
    }
    let context = (setting.solver)().map_err(Fault::from)?;
    let mut solver = Solver::new(context, setting.milliseconds)?;
    for term in fixed {
        solver.assert(&open.document.terms, term)?;
    }
    if solver.check()? != Answer::Found {
        return Ok(None);
    }
    let model = solver.values(&open.document.terms, &names.values().copied().collect::<Vec<_>>())?;
    let holds = |term: Term| names.get(&term).and_then(|name| model.get(name)) == Some(&Constant::Bool(true));
    if !holds(certain) {
        return Ok(None);
    }
    let rules = asked.iter().map(|rule| {
        let of = open.statuses.get(rule)?.as_ref().ok()?;
        let statuses = [
            (of.fail, Status::Fail),
            (of.undetermined, Status::Undetermined),
            (of.pending, Status::Pending),
            (of.pass, Status::Pass),
            (of.not_applicable, Status::NotApplicable),
        ];
        let mut met = statuses.into_iter().filter(|(term, _)| holds(*term)).map(|(_, status)| status);
        met.next().filter(|_| met.next().is_none())
    });
    Ok(Some(Translated { sound: holds(sound), rules: rules.collect() }))
}
