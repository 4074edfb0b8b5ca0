//! What two rules have to do with one another.

use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;
use bulou_report::Status;

use crate::ask::{Answer, Open, Trouble, lengths};
use crate::rules::{Prover, Question, RuleAnswers};
use crate::solver::Solver;
use crate::term::{Term, Terms};
use crate::translate::Statuses;

/// How two rules stand to one another, over all complete documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Where both apply, one fails.
    Contradictory,
    /// One fails where the other does, and nowhere else.
    Equivalent,
    /// Where the first fails, the second does: it asks for nothing more.
    Implied,
    /// Where the one applies, the other does not.
    Disjoint,
}

/// A relation that two rules have.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The ids of the rules.
    pub rules: (String, String),
    /// What they have to do with one another.
    pub relation: Relation,
    /// What it rests on.
    pub answer: Answer,
}

impl Pair {
    /// Whether somebody has to look at it.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.relation == Relation::Contradictory && self.answer == Answer::Proved
    }
}

/// What a document shows of two rules that keeps a relation from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    /// Both apply and neither fails.
    Both,
    /// The first fails and the second does not.
    First,
    /// The reverse.
    Second,
    /// Both apply.
    Apply,
}

impl Shows {
    fn is_met(self, one: Status, other: Status) -> bool {
        let [(fails, applies), (also, too)] =
            [one, other].map(|status| (Question::Fail.is_met(status), Question::Apply.is_met(status)));
        match self {
            Self::Both => applies && too && !fails && !also,
            Self::First => fails && !also,
            Self::Second => also && !fails,
            Self::Apply => applies && too,
        }
    }

    fn target(self, one: Statuses, other: Statuses, terms: &mut Terms) -> Term {
        let [(fails, holds, applies), (also, stays, too)] =
            [one, other].map(|of| (of.fail, terms.not(of.fail), terms.not(of.not_applicable)));
        match self {
            Self::Both => terms.all([applies, too, holds, stays]),
            Self::First => terms.and(fails, stays),
            Self::Second => terms.and(also, holds),
            Self::Apply => terms.and(applies, too),
        }
    }
}

impl Prover<'_, '_> {
    /// The relations among rules, of which is known what each can come to. Rules that have no field in common are left out.
    ///
    /// # Errors
    /// As of [`Prover::rule`].
    pub fn pairs(&mut self, rules: &[(usize, &RuleAnswers)]) -> Result<Vec<Pair>, Trouble> {
        let can = |rule: &RuleAnswers, question| matches!(rule.answer(question), Some(Answer::Found(_)));
        let asked: Vec<_> =
            rules.iter().filter(|(_, rule)| can(rule, Question::Apply) && can(rule, Question::Fail)).collect();
        let mut pairs = Vec::new();
        for (number, (first, one)) in asked.iter().enumerate() {
            for (second, other) in asked.iter().skip(number + 1) {
                if !self.share(*first, *second) {
                    continue;
                }
                if let Some((relation, answer)) = self.pair(*first, *second)? {
                    let (one, other) = (one.rule.clone(), other.rule.clone());
                    // Of an implication the first is the one that asks for nothing more.
                    let (swapped, relation) = relation;
                    let rules = if swapped { (other, one) } else { (one, other) };
                    pairs.push(Pair { rules, relation, answer });
                }
            }
        }
        Ok(pairs)
    }

    /// The relation of two rules, and whether it is that of the second to the first.
    #[allow(clippy::type_complexity, reason = "an answer with its direction")]
    fn pair(&mut self, first: usize, second: usize) -> Result<Option<((bool, Relation), Answer)>, Trouble> {
        let may_not_apply = [first, second].into_iter().any(|rule| self.may_not_apply(rule));
        let wanted = [Shows::Both, Shows::First, Shows::Second, Shows::Apply];
        let open = |shows: &Shows| !self.is_shown(*shows, first, second) && (*shows != Shows::Apply || may_not_apply);
        let left: Vec<Shows> = wanted.into_iter().filter(open).collect();
        if left.is_empty() {
            return Ok(None);
        }
        let asked = [(0, first), (0, second)];
        let (_, enough) = Open::lists(self.versions(), &asked);
        let longest = enough.map_or(self.setting().elements, |_| {
            lengths(self.setting().elements, enough).into_iter().max().unwrap_or_default()
        });
        let mut open = Open::new(self.versions(), &asked, (self.setting(), longest))?;
        let of = |open: &Open, rule| open.statuses.get(&(0, rule)).and_then(|of| of.as_ref().ok().copied());
        let (Some(one), Some(other)) = (of(&open, first), of(&open, second)) else { return Ok(None) };
        let mut solver = open.solver(self.setting())?;
        let mut never = Vec::new();
        for shows in left {
            let target = shows.target(one, other, &mut open.document.terms);
            let met = |statuses: &[Status]| {
                let (one, other) = (statuses.get(first), statuses.get(second));
                one.zip(other).is_some_and(|(one, other)| shows.is_met(*one, *other))
            };
            if let Some(answer) = self.shown(target, (&open, &mut solver), &met, &[first, second])? {
                never.push((shows, answer));
            }
        }
        Ok(relation(&never))
    }

    /// Whether a known document shows something of two rules.
    fn is_shown(&self, shows: Shows, first: usize, second: usize) -> bool {
        self.known().iter().any(|known| {
            let (one, other) = (known.statuses.get(first), known.statuses.get(second));
            one.zip(other).is_some_and(|(one, other)| shows.is_met(*one, *other))
        })
    }

    /// That no document shows something; nothing where one does, or it is open.
    fn shown(
        &mut self,
        target: Term,
        (open, solver): (&Open, &mut Solver),
        met: &dyn Fn(&[Status]) -> bool,
        rules: &[usize],
    ) -> Result<Option<Answer>, Trouble> {
        use crate::solver::Answer as Said;
        match open.ask(solver, target)? {
            (Said::Found, Some(model)) => {
                self.keep_found(open, &model, met, rules)?;
                Ok(None)
            }
            (Said::None, _) if open.ask(solver, Terms::TRUE)?.0 == Said::Found => {
                Ok(Some(if open.whole { Answer::Proved } else { Answer::UpTo(open.elements) }))
            }
            _ => Ok(None),
        }
    }
}

/// The strongest relation that follows from what no document shows.
fn relation(never: &[(Shows, Answer)]) -> Option<((bool, Relation), Answer)> {
    let of = |shows: Shows| never.iter().find(|(of, _)| *of == shows).map(|(_, answer)| answer.clone());
    if let Some(answer) = of(Shows::Apply) {
        return Some(((false, Relation::Disjoint), answer));
    }
    if let Some(answer) = of(Shows::Both) {
        return Some(((false, Relation::Contradictory), answer));
    }
    match (of(Shows::First), of(Shows::Second)) {
        (Some(Answer::Proved), Some(answer)) | (Some(answer), Some(Answer::Proved)) => {
            Some(((false, Relation::Equivalent), answer))
        }
        (Some(answer), Some(_)) => Some(((false, Relation::Equivalent), answer)),
        (Some(answer), None) => Some(((false, Relation::Implied), answer)),
        (None, Some(answer)) => Some(((true, Relation::Implied), answer)),
        (None, None) => None,
    }
}

/// What a relation is, in words.
pub(crate) fn words(pair: &Pair) -> LocalizedText {
    let (one, other) = &pair.rules;
    match pair.relation {
        Relation::Contradictory => texts::contradict_one_another_where(&one, &other).text(),
        Relation::Equivalent => texts::equivalent_one_fails_where(&one, &other).text(),
        Relation::Implied => texts::asks_no_more_than(&one, &other).text(),
        Relation::Disjoint => texts::never_apply_together(&one, &other).text(),
    }
}
