//! What each rule by itself can come to.

mod question;

use std::collections::{BTreeSet, HashMap};

use bulou_base::date::Date;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;
use bulou_report::Status;
use bulou_syntax::built_in::Standing;
use serde_json::Value;

use crate::ask::{Answer, Open, Setting, Trouble, Version, Witness, lengths};
use crate::days;
use crate::shrink::{shorter, smallest};
use crate::solver::{Answer as Said, Constant, Solver};
use crate::term::{Term, Terms};
use crate::translate::Statuses;
use crate::uses::Uses;
use crate::written::Model;
pub use question::{Question, RuleAnswers};

/// From so many documents that pass a rule, blanks are tried.
const STARTS: usize = 4;

/// A complete document that is known already, its day, and what each rule says of it.
#[derive(Clone, Debug)]
pub struct Known {
    /// The document.
    pub document: Value,
    /// The day.
    pub today: Date,
    /// The statuses, in the pack's order.
    pub statuses: Vec<Status>,
}

/// Asks questions of one version's rules.
pub struct Prover<'r, 's> {
    versions: Vec<Version<'r>>,
    setting: Setting<'s>,
    /// Documents that were found, or given.
    known: Vec<Known>,
}

impl<'r, 's> Prover<'r, 's> {
    /// `given` are whole documents such as those of the pack's cases, with days: where no short document is found they are
    /// looked at.
    pub fn new(version: Version<'r>, given: &[(Value, Date)], setting: Setting<'s>) -> Self {
        let mut prover = Self { versions: vec![version], setting, known: Vec::new() };
        for (document, today) in given {
            if setting.today.is_none_or(|day| day == *today) {
                prover.keep(document, *today);
            }
        }
        prover
    }

    fn rules(&self) -> Option<&'r RuleSet> {
        self.versions.first().map(|version| version.rules)
    }

    pub(crate) fn versions(&self) -> &[Version<'r>] {
        &self.versions
    }

    pub(crate) fn version(&mut self) -> Option<&mut Version<'r>> {
        self.versions.first_mut()
    }

    pub(crate) fn setting(&self) -> Setting<'s> {
        self.setting
    }

    pub(crate) fn known(&self) -> &[Known] {
        &self.known
    }

    /// Whether two rules ask about anything that is the same.
    pub(crate) fn share(&self, one: usize, other: usize) -> bool {
        let uses = |rule| self.rules().map(|rules| Uses::of_rule(rules, rule).fields).unwrap_or_default();
        !uses(one).is_disjoint(&uses(other))
    }

    /// Whether a rule says when it applies.
    pub(crate) fn may_not_apply(&self, rule: usize) -> bool {
        let rule = self.rules().and_then(|rules| rules.rules.get(rule));
        rule.is_some_and(|rule| rule.applies.is_some() || rule.effective.is_some())
    }

    /// Keeps a document that was found, of which the engine has to say that it shows what was looked for.
    pub(crate) fn keep_found(
        &mut self,
        open: &Open,
        model: &Model,
        met: &dyn Fn(&[Status]) -> bool,
        rules: &[usize],
    ) -> Result<(), Trouble> {
        let Some(version) = self.versions.first_mut() else { return Ok(()) };
        let today = day_of(open, model);
        let document = open.document.written(&version.rules.shape, model);
        match version.judged(&document, today) {
            Some(statuses) if met(&statuses) => {
                self.known.push(Known { document, today, statuses });
                Ok(())
            }
            statuses => {
                let name = |rule: &usize| version.rules.rules.get(*rule).map(|rule| rule.card.id.clone());
                let judged =
                    statuses.map(|all| rules.iter().filter_map(|rule| all.get(*rule).copied()).collect::<Vec<_>>());
                Err(Trouble::Disagreement {
                    rule: rules.iter().filter_map(name).collect::<Vec<_>>().join(", "),
                    translated: "pair".into(),
                    judged: format!("{judged:?}"),
                    witness: Box::new(Witness::new(document, today, &BTreeSet::new())),
                })
            }
        }
    }

    fn keep(&mut self, document: &Value, today: Date) {
        let Some(version) = self.versions.first_mut() else { return };
        if let Some(statuses) = version.judged(document, today) {
            self.known.push(Known { document: document.clone(), today, statuses });
        }
    }

    /// What a rule can come to.
    ///
    /// # Errors
    /// The solver cannot be asked, or the engine says another thing of a document than was found.
    pub fn rule(&mut self, index: usize) -> Result<RuleAnswers, Trouble> {
        let card = self.rules().and_then(|rules| rules.rules.get(index)).map(|rule| &rule.card);
        let (rule, title) = card.map(|card| (card.id.clone(), card.title.clone())).unwrap_or_default();
        let mut told = RuleAnswers { rule, title, untranslated: None, answers: Vec::new(), requirements: Vec::new() };
        let (_, enough) = Open::lists(&self.versions, &[(0, index)]);
        let mut answers: HashMap<Question, Answer> = HashMap::new();
        for elements in lengths(self.setting.elements, enough) {
            let is_open =
                |question: &Question| !matches!(answers.get(question), Some(Answer::Found(_) | Answer::Proved));
            let left: Vec<Question> = Question::ALL.into_iter().filter(is_open).collect();
            if left.is_empty() {
                break;
            }
            let mut open = Open::new(&self.versions, &[(0, index)], (self.setting, elements))?;
            let statuses = match open.statuses.get(&(0, index)) {
                Some(Ok(statuses)) => *statuses,
                Some(Err(untranslated)) => {
                    told.untranslated = Some(untranslated.0.clone());
                    return Ok(told);
                }
                None => return Ok(told),
            };
            let mut solver = open.solver(self.setting)?;
            for question in left {
                let answer = self.question(index, question, statuses, (&mut open, &mut solver))?;
                // What a longer list does not settle stays as it was.
                if !matches!((&answer, answers.get(&question)), (Answer::Open(_), Some(Answer::UpTo(_)))) {
                    answers.insert(question, answer);
                }
            }
            let passes = matches!(answers.get(&Question::Pass), Some(Answer::Found(_)));
            // What never applies is told of as a whole.
            if answers.get(&Question::Apply) != Some(&Answer::Proved) {
                told.requirements = self.settled(index, passes, (&open, &mut solver))?;
            }
        }
        let asked = self.versions.first().map(|version| version.uses(&[index]).fields).unwrap_or_default();
        for (question, answer) in &mut answers {
            if !matches!(answer, Answer::Found(_) | Answer::Proved) {
                let met =
                    self.known.iter().find(|known| known.statuses.get(index).is_some_and(|it| question.is_met(*it)));
                if let Some(known) = met {
                    let (document, today) = (known.document.clone(), known.today);
                    *answer = Answer::Found(Box::new(Witness::new(document, today, &asked)));
                }
            }
        }
        if !matches!(answers.get(&Question::Fail), Some(Answer::Found(_)) | None)
            && let Some(witness) = self.fails_blank(index, answers.get(&Question::Pass), &asked)
        {
            answers.insert(Question::Fail, Answer::OnlyBlank(Box::new(witness)));
        }
        told.answers =
            Question::ALL.iter().filter_map(|question| Some((*question, answers.remove(question)?))).collect();
        Ok(told)
    }

    /// A document that fails a rule because something required is left out, by leaving it out of one that passes.
    fn fails_blank(&mut self, index: usize, passes: Option<&Answer>, asked: &BTreeSet<String>) -> Option<Witness> {
        let found = match passes {
            Some(Answer::Found(witness)) => Some((witness.document.clone(), bulou_base::date::parse(&witness.today)?)),
            _ => None,
        };
        let passing = |known: &&Known| known.statuses.get(index) == Some(&Status::Pass);
        let known = self.known.iter().filter(passing).map(|known| (known.document.clone(), known.today));
        let starts: Vec<(Value, Date)> = found.into_iter().chain(known).take(STARTS).collect();
        let version = self.versions.first_mut()?;
        starts.into_iter().find_map(|(document, today)| {
            let fails = |document: &Value| {
                let status = version.judged_with_blanks(document, today, index);
                status.is_some_and(|status| Question::Fail.is_met(status))
            };
            shorter(&document).find(fails).map(|document| Witness::new(document, today, asked))
        })
    }

    fn question(
        &mut self,
        index: usize,
        question: Question,
        statuses: Statuses,
        (open, solver): (&mut Open, &mut Solver),
    ) -> Result<Answer, Trouble> {
        let target = question.target(statuses, open);
        match open.ask(solver, target)? {
            (Said::Found, Some(model)) => self.found(index, question, (open, &model)),
            (Said::Found, None) => Ok(Answer::Open(beyond())),
            (Said::Open, _) => Ok(Answer::Open(no_end())),
            (Said::None, _) => none(open, solver),
        }
    }

    /// A document that was found: the engine itself has to say the same of it, and of the shorter ones.
    fn found(&mut self, index: usize, question: Question, (open, model): (&Open, &Model)) -> Result<Answer, Trouble> {
        let Some(version) = self.versions.first_mut() else { return Ok(Answer::Open(no_end())) };
        let today = day_of(open, model);
        let document = open.document.written(&version.rules.shape, model);
        let asked = version.uses(&[index]).fields;
        let mut holds = |document: &Value| {
            let statuses = version.judged(document, today);
            statuses.is_some_and(|statuses| statuses.get(index).is_some_and(|status| question.is_met(*status)))
        };
        let smallest = if holds(&document) { smallest(document, &mut holds) } else { document };
        let (status, faults) = version.checked(&smallest, today, index);
        let witness = Box::new(Witness::new(smallest, today, &asked));
        if !faults.is_empty() || !status.is_some_and(|status| question.is_met(status)) {
            let judged = format!("{status:?} {}", faults.join("; "));
            let rule = version.rules.rules.get(index).map(|rule| rule.card.id.clone()).unwrap_or_default();
            return Err(Trouble::Disagreement { rule, translated: question.key().to_owned(), judged, witness });
        }
        self.keep(&witness.document, today);
        Ok(Answer::Found(witness))
    }
}

/// That a rule stands so: of terms what [`stands`](bulou_ir::stands) is of statuses.
pub(crate) fn standing(statuses: Statuses, standing: Standing, terms: &mut Terms) -> Term {
    match standing {
        Standing::Pass => statuses.pass,
        Standing::Fail => statuses.fail,
        Standing::Pending => statuses.pending,
        Standing::Undetermined => statuses.undetermined,
        Standing::Applies => terms.not(statuses.not_applicable),
        Standing::NotApplicable => statuses.not_applicable,
    }
}

/// What it rests on that there is none.
pub(crate) fn none(open: &Open, solver: &mut Solver) -> Result<Answer, Trouble> {
    // Of no document at all nothing holds: that would answer every question.
    Ok(match open.ask(solver, Terms::TRUE)?.0 {
        Said::Found if open.whole => Answer::Proved,
        Said::Found => Answer::UpTo(open.elements),
        _ => Answer::Open(no_document()),
    })
}

/// The day of the check of a document that was found.
pub(crate) fn day_of(open: &Open, model: &Model) -> Date {
    let number = match model.get(&open.document.today) {
        Some(Constant::Number(number)) => number.to_integer(),
        _ => 0,
    };
    days::day(number).unwrap_or_default()
}

pub(crate) fn beyond() -> LocalizedText {
    texts::one_only_among_what().text()
}

pub(crate) fn no_end() -> LocalizedText {
    texts::solver_came_no_answer_time().text()
}

fn no_document() -> LocalizedText {
    texts::no_complete_document_length().text()
}
