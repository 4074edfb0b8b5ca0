//! Whether a constraint says anything: whether a document breaches it that breaches no other.

use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;

use crate::ask::{Answer, Open, Trouble, Witness};
use crate::rules::{Prover, day_of};
use crate::shrink::smallest;
use crate::solver::Answer as Said;
use crate::term::Terms;

/// What is known of a constraint.
#[derive(Clone, Debug)]
pub struct ConstraintAnswer {
    /// Its words.
    pub constraint: String,
    /// Why it was not translated.
    pub untranslated: Option<LocalizedText>,
    /// Whether a document breaches it and nothing else.
    pub answer: Option<Answer>,
}

impl Prover<'_, '_> {
    /// What is known of each constraint of the pack.
    ///
    /// # Errors
    /// As of [`Prover::rule`].
    pub fn constraints(&mut self) -> Result<Vec<ConstraintAnswer>, Trouble> {
        let count = self.versions().first().map_or(0, |version| version.rules.constraints.len());
        (0..count).map(|index| self.constraint(index)).collect()
    }

    fn constraint(&mut self, index: usize) -> Result<ConstraintAnswer, Trouble> {
        let setting = self.setting();
        let Some(version) = self.version() else { return Ok(unknown()) };
        let words = version.rules.constraints.get(index).map(|constraint| constraint.cond.text.to_string());
        let mut told = ConstraintAnswer { constraint: words.unwrap_or_default(), untranslated: None, answer: None };
        let open = Open::but(version, index, setting)?;
        let breached = match &open.breached {
            Ok(breached) => *breached,
            Err(why) => {
                told.untranslated = Some(why.0.clone());
                return Ok(told);
            }
        };
        let mut solver = open.solver(setting)?;
        told.answer = Some(match open.ask(&mut solver, breached)? {
            (Said::Found, Some(model)) => {
                let today = day_of(&open, &model);
                let document = open.document.written(&version.rules.shape, &model);
                let asked = version.constraints.get(index).map(|uses| uses.fields.clone()).unwrap_or_default();
                if !version.contradicts(&document, today) {
                    return Err(Trouble::Disagreement {
                        rule: told.constraint,
                        translated: "breached".into(),
                        judged: "not breached".into(),
                        witness: Box::new(Witness::new(document, today, &asked)),
                    });
                }
                let document = smallest(document, &mut |document| version.contradicts(document, today));
                Answer::Found(Box::new(Witness::new(document, today, &asked)))
            }
            (Said::None, _) if open.ask(&mut solver, Terms::TRUE)?.0 == Said::Found => {
                if open.whole {
                    Answer::Proved
                } else {
                    Answer::UpTo(open.elements)
                }
            }
            _ => Answer::Open(texts::solver_came_no_answer().text()),
        });
        Ok(told)
    }
}

fn unknown() -> ConstraintAnswer {
    ConstraintAnswer { constraint: String::new(), untranslated: None, answer: None }
}
