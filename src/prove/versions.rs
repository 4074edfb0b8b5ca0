//! What a new version of a pack asks for more, or less, of documents that are complete by both.

use std::collections::BTreeSet;

use bulou_base::date::Date;
use bulou_document::shape::{Element, Fields, Kind, Shape};
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::texts;
use bulou_report::Status;
use serde_json::{Map, Value, json};

use crate::ask::{Answer, Open, Setting, Trouble, Version, Witness, lengths};
use crate::report::answer_json;
use crate::rules::{Question, day_of};
use crate::shrink::smallest;
use crate::solver::{Answer as Said, Solver};
use crate::term::{Term, Terms};
use crate::translate::Statuses;
use crate::written::Model;

/// What differs between two versions of a rule.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The id of the rule.
    pub rule: String,
    /// Why it was not translated; then there is no answer.
    pub untranslated: Option<LocalizedText>,
    /// Whether both versions come to the same terms, so that nothing need be asked.
    pub same: bool,
    /// Whether a document fails the new version and not the old one, the reverse, and whether one that fails neither has
    /// another status.
    pub answers: Vec<(Shift, Answer)>,
}

/// Which way the result of a document shifts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// It fails now, and did not.
    Tightened,
    /// It failed, and does not now.
    Loosened,
    /// It fails neither, and is another all the same.
    Otherwise,
}

impl Shift {
    const ALL: [Self; 3] = [Self::Tightened, Self::Loosened, Self::Otherwise];

    fn is_met(self, old: Status, new: Status) -> bool {
        let [before, after] = [old, new].map(|status| Question::Fail.is_met(status));
        match self {
            Self::Tightened => after && !before,
            Self::Loosened => before && !after,
            Self::Otherwise => !before && !after && old != new,
        }
    }

    fn target(self, old: Statuses, new: Statuses, terms: &mut Terms) -> Term {
        let (before, after) = (terms.not(old.fail), terms.not(new.fail));
        match self {
            Self::Tightened | Self::Loosened if old.fail == new.fail => Terms::FALSE,
            Self::Tightened => terms.and(new.fail, before),
            Self::Loosened => terms.and(old.fail, after),
            Self::Otherwise => {
                let pairs = [
                    (old.pass, new.pass),
                    (old.pending, new.pending),
                    (old.undetermined, new.undetermined),
                    (old.not_applicable, new.not_applicable),
                ];
                let unlike: Vec<Term> = pairs
                    .into_iter()
                    .map(|(old, new)| {
                        let same = terms.equal(old, new);
                        terms.not(same)
                    })
                    .collect();
                let unlike = terms.any(unlike);
                terms.all([before, after, unlike])
            }
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Tightened => "tightened",
            Self::Loosened => "loosened",
            Self::Otherwise => "otherwise",
        }
    }
}

/// Compares every rule that two versions have.
///
/// # Errors
/// The solver cannot be asked, or an engine says another thing of a document than was found.
pub fn differences(old: Version<'_>, new: Version<'_>, setting: Setting<'_>) -> Result<Vec<Difference>, Trouble> {
    let mut versions = [old, new];
    let ids = |version: &Version<'_>| version.rules.rules.iter().map(|rule| rule.card.id.clone()).collect::<Vec<_>>();
    let [before, after] = [0, 1].map(|at| versions.get(at).map(ids).unwrap_or_default());
    let mut all = Vec::new();
    for (index, rule) in before.iter().enumerate() {
        if let Some(other) = after.iter().position(|other| other == rule) {
            all.push(difference(&mut versions, (index, other), rule, setting)?);
        }
    }
    Ok(all)
}

fn difference(
    versions: &mut [Version<'_>; 2],
    (old, new): (usize, usize),
    rule: &str,
    setting: Setting<'_>,
) -> Result<Difference, Trouble> {
    let mut told = Difference { rule: rule.to_owned(), untranslated: None, same: false, answers: Vec::new() };
    let asked = [(0, old), (1, new)];
    let (_, enough) = Open::lists(versions.as_slice(), &asked);
    for elements in lengths(setting.elements, enough) {
        let mut open = match Open::new(versions.as_slice(), &asked, (setting, elements)) {
            Err(Trouble::Unlike(field)) => {
                told.untranslated = Some(unlike(&field));
                return Ok(told);
            }
            open => open?,
        };
        let (before, after) = match asked.map(|rule| open.statuses.get(&rule).cloned()) {
            [Some(Ok(before)), Some(Ok(after))] => (before, after),
            [Some(Err(why)), _] | [_, Some(Err(why))] => {
                told.untranslated = Some(why.0);
                return Ok(told);
            }
            _ => return Ok(told),
        };
        let targets = Shift::ALL.map(|shift| (shift, shift.target(before, after, &mut open.document.terms)));
        told.same = targets.iter().all(|(_, target)| *target == Terms::FALSE);
        if told.same {
            return Ok(told);
        }
        let mut solver = open.solver(setting)?;
        for (shift, target) in targets {
            let settled =
                |(of, answer): &(Shift, Answer)| *of == shift && matches!(answer, Answer::Found(_) | Answer::Proved);
            if told.answers.iter().any(settled) {
                continue;
            }
            let answer = shifted(versions, (old, new), (shift, target), (&open, &mut solver))?;
            told.answers.retain(|(of, _)| *of != shift);
            told.answers.push((shift, answer));
        }
    }
    Ok(told)
}

fn shifted(
    versions: &mut [Version<'_>; 2],
    rules: (usize, usize),
    (shift, target): (Shift, Term),
    (open, solver): (&Open, &mut Solver),
) -> Result<Answer, Trouble> {
    match open.ask(solver, target)? {
        (Said::Found, Some(model)) => found(versions, rules, shift, (open, &model)),
        (Said::None, _) if open.ask(solver, Terms::TRUE)?.0 == Said::Found => {
            Ok(if open.whole { Answer::Proved } else { Answer::UpTo(open.elements) })
        }
        _ => Ok(Answer::Open(texts::solver_came_no_answer().text())),
    }
}

/// A document whose result shifts: both engines have to say so.
fn found(
    versions: &mut [Version<'_>; 2],
    (old, new): (usize, usize),
    shift: Shift,
    (open, model): (&Open, &Model),
) -> Result<Answer, Trouble> {
    let today = day_of(open, model);
    let asked = versions.iter().zip([old, new]).flat_map(|(version, rule)| version.uses(&[rule]).fields);
    let asked: BTreeSet<String> = asked.collect();
    let document = written(versions, (open, model));
    let mut statuses = |document: &Value| {
        let [before, after] = versions;
        let one = |version: &mut Version<'_>, rule: usize| {
            let own = fitting(document, &version.rules.shape);
            version.judged(&own, today)?.get(rule).copied()
        };
        Some((one(before, old)?, one(after, new)?))
    };
    let first = statuses(&document);
    let mut holds = |document: &Value| statuses(document).is_some_and(|(old, new)| shift.is_met(old, new));
    if !holds(&document) {
        let rule = versions.first().and_then(|version| version.rules.rules.get(old));
        return Err(disagreement(rule.map(|rule| rule.card.id.clone()), shift, first, (document, today)));
    }
    let smallest = smallest(document, &mut holds);
    Ok(Answer::Found(Box::new(Witness::new(smallest, today, &asked))))
}

fn disagreement(
    rule: Option<String>,
    shift: Shift,
    statuses: Option<(Status, Status)>,
    (document, today): (Value, Date),
) -> Trouble {
    Trouble::Disagreement {
        rule: rule.unwrap_or_default(),
        translated: shift.key().to_owned(),
        judged: format!("{statuses:?}"),
        witness: Box::new(Witness::new(document, today, &BTreeSet::new())),
    }
}

/// One document with what either version asks for.
fn written(versions: &[Version<'_>; 2], (open, model): (&Open, &Model)) -> Value {
    let shapes: Vec<&Shape> = versions.iter().map(|version| &version.rules.shape).collect();
    let mut all = Value::Object(Map::new());
    for shape in &shapes {
        merge(&mut all, open.document.written_among(shape, &shapes, model));
    }
    all
}

fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                merge(into.entry(name).or_insert(Value::Null), value);
            }
        }
        (Value::Array(into), Value::Array(from)) if into.len() == from.len() => {
            into.iter_mut().zip(from).for_each(|(into, from)| merge(into, from));
        }
        (into, from) => *into = from,
    }
}

/// Of a document what a pack knows.
fn fitting(document: &Value, shape: &Shape) -> Value {
    shape.document().map_or_else(|| document.clone(), |fields| within(document, fields, shape))
}

fn within(value: &Value, fields: &Fields, shape: &Shape) -> Value {
    let Value::Object(members) = value else { return value.clone() };
    let known = members.iter().filter_map(|(name, value)| {
        let field = fields.field(name)?;
        let value = match (&field.kind, value) {
            (Kind::Record(inner), value) => within(value, inner, shape),
            (Kind::List(table), Value::Array(elements)) => {
                let element = |value: &Value| match shape.tables.get(usize::from(*table)).map(|table| &table.element) {
                    Some(Element::Record(inner)) => within(value, inner, shape),
                    _ => value.clone(),
                };
                Value::Array(elements.iter().map(element).collect())
            }
            (_, value) => value.clone(),
        };
        Some((name.clone(), value))
    });
    Value::Object(known.collect())
}

fn unlike(field: &str) -> LocalizedText {
    texts::another_type_each_version(&field).text()
}

/// What was found, for people.
#[must_use]
pub fn text(differences: &[Difference], lang: Lang) -> String {
    let same = differences.iter().filter(|one| one.same).count();
    let mut lines = vec![texts::proved_documents_complete_both().get(lang).to_owned()];
    for one in differences.iter().filter(|one| !one.same) {
        let rule = &one.rule;
        let Some(why) = &one.untranslated else {
            lines.push(format!("  {rule}: {}", in_all(one, lang)));
            let found = one.answers.iter().filter_map(|(shift, answer)| match answer {
                Answer::Found(witness) => {
                    Some(format!("    {} · {}: {}", shift_words(*shift, lang), witness.today, witness.asked))
                }
                _ => None,
            });
            lines.extend(found);
            continue;
        };
        let why = why.get(lang);
        lines.push(texts::not_translated_2(&rule, &why).get(lang));
    }
    lines.push(texts::rules_same_translation(&same).get(lang));
    lines.join("\n") + "\n"
}

fn in_all(one: &Difference, lang: Lang) -> String {
    let has = |shift| one.answers.iter().any(|(of, answer)| *of == shift && matches!(answer, Answer::Found(_)));
    let words = match (has(Shift::Tightened), has(Shift::Loosened), has(Shift::Otherwise)) {
        (true, true, _) => texts::tightened_some_loosened_others(),
        (true, false, _) => texts::only_tightened(),
        (false, true, _) => texts::only_loosened(),
        (false, false, true) => texts::same_documents_fail_others(),
        (false, false, false) => texts::equivalent(),
    };
    // What is otherwise is not told of rules that are tightened or loosened.
    let shifts = has(Shift::Tightened) || has(Shift::Loosened);
    let told = one.answers.iter().filter(|(shift, _)| !shifts || *shift != Shift::Otherwise);
    let rests = told.clone().filter_map(|(_, answer)| match answer {
        Answer::UpTo(elements) => Some(texts::lists_up_elements_longer(&elements).get(lang)),
        Answer::Open(_) => Some(texts::part_without_answer().get(lang).to_owned()),
        _ => None,
    });
    let proved = texts::proved().get(lang).to_owned();
    let certain = !told.clone().all(|(_, answer)| matches!(answer, Answer::Found(_)));
    format!("{}{}", words.get(lang), rests.max().unwrap_or(if certain { proved } else { String::new() }))
}

fn shift_words(shift: Shift, lang: Lang) -> &'static str {
    match shift {
        Shift::Tightened => texts::fails_new_version_not().get(lang),
        Shift::Loosened => texts::failed_old_version_not().get(lang),
        Shift::Otherwise => texts::comes_something_else().get(lang),
    }
}

/// The same for programs.
#[must_use]
pub fn json(differences: &[Difference], lang: Lang) -> Value {
    let one = |difference: &Difference| {
        let mut told = json!({"rule": difference.rule, "same": difference.same});
        if let Some(members) = told.as_object_mut() {
            let why = difference.untranslated.as_ref().map(|why| json!(why.get(lang)));
            members.extend(why.map(|why| ("untranslated".to_owned(), why)));
            let answers = difference.answers.iter();
            members.extend(answers.map(|(shift, answer)| (shift.key().to_owned(), answer_json(answer, lang))));
        }
        told
    };
    differences.iter().map(one).collect()
}
