//! Whether what an author asserts of the rules (断言) holds of every complete document.

use bulou_ir::Assertion;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;
use bulou_syntax::built_in::Standing;

use crate::ask::{Answer, Open, Trouble, Witness, lengths};
use crate::rules::{Prover, beyond, day_of, no_end, none, standing};
use crate::shrink::smallest;
use crate::solver::Answer as Said;
use crate::term::Term;
use crate::translate::{Statuses, Untranslated};
use crate::written::Model;

/// What is known of an assertion.
#[derive(Clone, Debug)]
pub struct AssertionAnswer {
    /// What it says, for people.
    pub title: String,
    /// Why it was not translated; then there is no answer.
    pub untranslated: Option<LocalizedText>,
    /// Whether a document refutes it: one that was found does.
    pub refuted: Option<Answer>,
    /// Whether any document meets its premise, where none refutes it: of no document anything can be asserted.
    pub premise: Option<Answer>,
}

impl AssertionAnswer {
    /// Whether somebody has to look at it: it does not hold, or says nothing.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        matches!(self.refuted, Some(Answer::Found(_))) || self.is_vacuous()
    }

    /// Whether no document is one that it speaks of.
    #[must_use]
    pub fn is_vacuous(&self) -> bool {
        matches!(self.premise, Some(Answer::Proved))
    }
}

/// The places of an assertion's rules: the premise first, then those of its outcomes.
fn places(assertion: &Assertion, premise: usize) -> Vec<(usize, usize)> {
    std::iter::once(premise).chain(assertion.outcomes.iter().map(|(rule, _)| *rule)).map(|rule| (0, rule)).collect()
}

impl Prover<'_, '_> {
    /// What is known of each assertion that says something of a rule that is `asked`. The premises are the last rules of the
    /// set, as `RuleSet::with_premises` makes them.
    ///
    /// # Errors
    /// As of [`Prover::rule`].
    pub fn assertions(&mut self, asked: &dyn Fn(usize) -> bool) -> Result<Vec<AssertionAnswer>, Trouble> {
        let Some(rules) = self.versions().first().map(|version| version.rules) else { return Ok(Vec::new()) };
        let first = rules.rules.len().saturating_sub(rules.assertions.len());
        let is_asked = |(_, assertion): &(usize, &Assertion)| assertion.outcomes.iter().any(|(rule, _)| asked(*rule));
        rules
            .assertions
            .iter()
            .enumerate()
            .filter(is_asked)
            .map(|(at, assertion)| self.assertion(assertion, first + at))
            .collect()
    }

    fn assertion(&mut self, assertion: &Assertion, premise: usize) -> Result<AssertionAnswer, Trouble> {
        let title = assertion.title.clone();
        let mut told = AssertionAnswer { title, untranslated: None, refuted: None, premise: None };
        let asked = places(assertion, premise);
        if let Some(witness) = self.refuted_by_known(assertion, premise) {
            told.refuted = Some(Answer::Found(Box::new(witness)));
            return Ok(told);
        }
        let (_, enough) = Open::lists(self.versions(), &asked);
        for elements in lengths(self.setting().elements, enough) {
            let mut open = Open::new(self.versions(), &asked, (self.setting(), elements))?;
            let (meets, refutes) = match targets(assertion, premise, &mut open) {
                Ok(targets) => targets,
                Err(untranslated) => {
                    told.untranslated = Some(untranslated.0);
                    return Ok(told);
                }
            };
            let mut solver = open.solver(self.setting())?;
            told.refuted = Some(match open.ask(&mut solver, refutes)? {
                (Said::Found, Some(model)) => self.refuted_by(assertion, premise, (&open, &model))?,
                (Said::Found, None) => Answer::Open(beyond()),
                (Said::Open, _) => Answer::Open(no_end()),
                (Said::None, _) => none(&open, &mut solver)?,
            });
            if matches!(told.refuted, Some(Answer::Found(_))) {
                told.premise = None;
                return Ok(told);
            }
            told.premise = match open.ask(&mut solver, meets)?.0 {
                Said::None => Some(none(&open, &mut solver)?),
                Said::Found | Said::Open => None,
            };
            if matches!(told.refuted, Some(Answer::Proved)) {
                return Ok(told);
            }
        }
        Ok(told)
    }

    /// A document that is known already and refutes it.
    fn refuted_by_known(&self, assertion: &Assertion, premise: usize) -> Option<Witness> {
        let known = self.known().iter().find(|known| assertion.is_refuted(premise, &known.statuses))?;
        let asked = self.versions().first()?.uses(&rules_of(assertion, premise)).fields;
        Some(Witness::new(known.document.clone(), known.today, &asked))
    }

    /// A document that was found: the engine itself has to say the same of it, and of the shorter ones.
    fn refuted_by(
        &mut self,
        assertion: &Assertion,
        premise: usize,
        (open, model): (&Open, &Model),
    ) -> Result<Answer, Trouble> {
        let Some(version) = self.version() else { return Ok(Answer::Open(no_end())) };
        let today = day_of(open, model);
        let document = open.document.written(&version.rules.shape, model);
        let asked = version.uses(&rules_of(assertion, premise)).fields;
        let mut refutes = |document: &serde_json::Value| {
            version.judged(document, today).is_some_and(|statuses| assertion.is_refuted(premise, &statuses))
        };
        if !refutes(&document) {
            let judged = version.judged(&document, today).map(|statuses| {
                let of = |rule: &usize| statuses.get(*rule).copied();
                rules_of(assertion, premise).iter().filter_map(of).collect::<Vec<_>>()
            });
            return Err(Trouble::Disagreement {
                rule: assertion.title.clone(),
                translated: "refuted".into(),
                judged: format!("{judged:?}"),
                witness: Box::new(Witness::new(document, today, &asked)),
            });
        }
        let document = smallest(document, &mut refutes);
        Ok(Answer::Found(Box::new(Witness::new(document, today, &asked))))
    }
}

fn rules_of(assertion: &Assertion, premise: usize) -> Vec<usize> {
    places(assertion, premise).into_iter().map(|(_, rule)| rule).collect()
}

/// That the premise holds, and that no rule stands as it should besides.
fn targets(assertion: &Assertion, premise: usize, open: &mut Open) -> Result<(Term, Term), Untranslated> {
    let of = |rule: usize| match open.statuses.get(&(0, rule)) {
        Some(Ok(statuses)) => Ok(*statuses),
        Some(Err(untranslated)) => Err(untranslated.clone()),
        None => Err(Untranslated(texts::translate_no_such_rule().text())),
    };
    let meets = of(premise)?.pass;
    let outcomes: Result<Vec<(Statuses, Standing)>, _> =
        assertion.outcomes.iter().map(|(rule, standing)| Ok((of(*rule)?, *standing))).collect();
    let mut refutes = meets;
    for (statuses, so) in outcomes? {
        let terms = &mut open.document.terms;
        let is_so = standing(statuses, so, terms);
        let other = terms.not(is_so);
        refutes = terms.and(refutes, other);
    }
    Ok((meets, refutes))
}
