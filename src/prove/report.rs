//! What was found of a pack's rules, for people and for programs.

use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_report::PackInfo;
use serde_json::{Value, json};
use std::collections::HashMap;

use crate::ask::{Answer, Witness};
use crate::assertions::AssertionAnswer;
use crate::constraints::ConstraintAnswer;
use crate::pairs::{self, Pair, Relation};
use crate::requirements::{Never, Requirement};
use crate::rules::{Question, RuleAnswers};

/// What was asked of a pack and answered.
#[derive(Debug)]
pub struct Report {
    /// The pack.
    pub pack: PackInfo,
    /// The day of the check; none for any day.
    pub today: Option<String>,
    /// How many elements lists have at most.
    pub elements: usize,
    /// Its rules.
    pub rules: Vec<RuleAnswers>,
    /// What they have to do with one another.
    pub pairs: Vec<Pair>,
    /// Its constraints.
    pub constraints: Vec<ConstraintAnswer>,
    /// What it asserts of its rules.
    pub assertions: Vec<AssertionAnswer>,
    /// Where the requirements of rules stand, by the rule's id: file and line of each.
    pub places: HashMap<String, Vec<String>>,
    /// Show the documents that were found.
    pub documents: bool,
}

impl Report {
    /// Whether somebody has to look at something.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.rules.iter().any(RuleAnswers::is_wrong)
            || self.pairs.iter().any(Pair::is_wrong)
            || self.assertions.iter().any(AssertionAnswer::is_wrong)
    }

    /// For programs.
    #[must_use]
    pub fn json(&self, lang: Lang) -> Value {
        let rules: Vec<Value> =
            self.rules.iter().map(|rule| rule_json(rule, self.places.get(&rule.rule), lang)).collect();
        json!({
            "pack": self.pack,
            "as_of": self.today,
            "elements": self.elements,
            "wrong": self.is_wrong(),
            "rules": rules,
            "constraints": self.constraints.iter().map(|one| constraint_json(one, lang)).collect::<Vec<_>>(),
            "assertions": self.assertions.iter().map(|one| assertion_json(one, lang)).collect::<Vec<_>>(),
            "pairs": self.pairs.iter().map(pair_json).collect::<Vec<_>>(),
        })
    }

    /// For people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let (id, version, elements) = (&self.pack.id, &self.pack.version, self.elements);
        let any = texts::any_day().get(lang).to_owned();
        let day = self.today.clone().unwrap_or(any);
        let mut lines = vec![texts::day_check_lists_up(&id, &version, &day, &elements).get(lang)];
        lines.extend(self.rules.iter().filter_map(|rule| self.rule(rule, lang)));
        let (shown, few): (Vec<&Pair>, Vec<&Pair>) = self.pairs.iter().partition(|pair| self.is_shown(pair));
        lines.extend(shown.into_iter().map(|pair| told(pair, lang)));
        if !few.is_empty() {
            lines.push(texts::pairs_short_lists_only(&few.len()).get(lang));
        }
        lines.extend(self.constraints.iter().filter_map(|one| constraint(one, lang)));
        lines.extend(self.assertions.iter().map(|one| self.assertion(one, lang)));
        lines.extend(self.untranslated(lang));
        lines.push(self.summary(lang));
        lines.join("\n") + "\n"
    }

    /// What is to be said of a rule; nothing where it can be all that it should.
    fn rule(&self, rule: &RuleAnswers, lang: Lang) -> Option<String> {
        let (id, title) = (&rule.rule, &rule.title);
        let name = if title.is_empty() || title == id { id.clone() } else { format!("{id}{}", lang.quoted(title)) };
        let mut lines: Vec<String> =
            rule.answers.iter().filter_map(|(question, answer)| self.answer(*question, answer, lang)).collect();
        lines.extend(rule.requirements.iter().map(|one| self.requirement(id, one, lang)));
        if lines.is_empty() {
            return None;
        }
        let mark = if rule.is_wrong() { "✖" } else { "·" };
        lines.insert(0, format!("{mark} {name}"));
        Some(lines.join("\n"))
    }

    /// Whether a pair is told by itself: that no short lists show the contrary says little where longer ones were not looked
    /// at, and is so of many pairs.
    fn is_shown(&self, pair: &Pair) -> bool {
        self.documents || pair.answer == Answer::Proved
    }

    fn requirement(&self, rule: &str, one: &Requirement, lang: Lang) -> String {
        let place = self.places.get(rule).and_then(|places| places.get(one.number));
        let place = place.map(|place| format!("({place})")).unwrap_or_default();
        let (number, words) = (one.number + 1, &one.text);
        match one.never {
            Never::Fails => texts::requirement_cannot_fail_proved(&number, &place, &words).get(lang),
            Never::Holds => texts::requirement_cannot_hold_proved(&number, &place, &words).get(lang),
        }
    }

    /// What is known of an assertion: of each something is said, for that it holds is what its author asks.
    fn assertion(&self, one: &AssertionAnswer, lang: Lang) -> String {
        let title = lang.quoted(&one.title);
        if let Some(why) = one.untranslated.as_ref().map(|why| why.get(lang)) {
            return texts::assertion_not_translated(&title, &why).get(lang);
        }
        if one.is_vacuous() {
            return texts::assertion_says_nothing_no(&title).get(lang);
        }
        if let Some(Answer::UpTo(elements)) = &one.premise {
            return texts::no_document_assertion_speaks(&title, &elements).get(lang);
        }
        match &one.refuted {
            Some(Answer::Found(witness) | Answer::OnlyBlank(witness)) => {
                let (today, asked) = (&witness.today, &witness.asked);
                texts::assertion_does_not_hold_2(&title, &today, &asked).get(lang)
            }
            Some(Answer::Proved) => texts::assertion_holds_proved(&title).get(lang),
            Some(Answer::UpTo(elements)) => texts::assertion_holds_lists_up(&title, &elements).get(lang),
            Some(Answer::Open(why)) => {
                let why = why.get(lang);
                texts::whether_assertion_holds_open(&title, &why).get(lang)
            }
            None => String::new(),
        }
    }

    /// Rules without a translation, by the reason.
    fn untranslated(&self, lang: Lang) -> Vec<String> {
        let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
        for rule in &self.rules {
            let Some(why) = rule.untranslated.as_ref().map(|why| why.get(lang)) else { continue };
            match reasons.iter_mut().find(|(known, _)| *known == why) {
                Some((_, rules)) => rules.push(&rule.rule),
                None => reasons.push((why, vec![&rule.rule])),
            }
        }
        let told = |(why, rules): (&str, Vec<&str>)| {
            let rules = rules.join(lang.comma());
            texts::not_translated(&why, &rules).get(lang)
        };
        reasons.into_iter().map(told).collect()
    }

    fn answer(&self, question: Question, answer: &Answer, lang: Lang) -> Option<String> {
        let usual = question != Question::Undetermined;
        let what = words(question, lang);
        match answer {
            Answer::Found(witness) if self.documents || !usual => {
                let found = texts::prove_can(&what).get(lang);
                Some(format!("{found}{}", self.example(witness, lang)))
            }
            Answer::Found(_) => None,
            // What is left blank may fail a rule that nothing filled in can.
            Answer::Proved if question == Question::Fail => {
                Some(texts::cannot_complete_document_proved(&what).get(lang))
            }
            Answer::Proved if usual => Some(texts::cannot_proved(&what).get(lang)),
            Answer::Proved => self.documents.then(|| texts::cannot_proved(&what).get(lang)),
            Answer::OnlyBlank(_) => Some(texts::cannot_complete_document_only(&what).get(lang)),
            Answer::UpTo(_) if !usual && !self.documents => None,
            Answer::UpTo(elements) => Some(texts::cannot_lists_up_elements(&elements, &what).get(lang)),
            Answer::Open(why) => {
                let why = why.get(lang);
                Some(texts::whether_can_open(&what, &why).get(lang))
            }
        }
    }

    fn example(&self, witness: &Witness, lang: Lang) -> String {
        let Witness { today, asked, .. } = witness;
        let on = texts::today_2(&today).get(lang);
        if self.documents { format!("{on}: {asked}") } else { on }
    }

    fn summary(&self, lang: Lang) -> String {
        let all = self.rules.len();
        let untranslated = self.rules.iter().filter(|rule| rule.untranslated.is_some()).count();
        let wrong = self.rules.iter().filter(|rule| rule.is_wrong()).count();
        let whole = |rule: &&RuleAnswers| {
            let found = |question| matches!(rule.answer(question), Some(Answer::Found(_)));
            found(Question::Apply) && found(Question::Pass) && found(Question::Fail)
        };
        let whole = self.rules.iter().filter(whole).count();
        texts::rules_can_apply_pass(&all, &whole, &wrong, &untranslated).get(lang)
    }
}

fn words(question: Question, lang: Lang) -> &'static str {
    match question {
        Question::Apply => texts::apply().get(lang),
        Question::Pass => texts::pass_2().get(lang),
        Question::Fail => texts::fail_2().get(lang),
        Question::Undetermined => texts::undetermined_complete_document().get(lang),
    }
}

/// An answer for programs.
pub(crate) fn answer_json(answer: &Answer, lang: Lang) -> Value {
    match answer {
        Answer::Found(witness) => json!({"answer": "found", "today": witness.today, "document": witness.document}),
        Answer::OnlyBlank(witness) => {
            json!({"answer": "only_blank", "today": witness.today, "document": witness.document})
        }
        Answer::Proved => json!({"answer": "proved"}),
        Answer::UpTo(elements) => json!({"answer": "none", "elements": elements}),
        Answer::Open(why) => json!({"answer": "open", "why": why.get(lang)}),
    }
}

/// A constraint that no document breaches, or of which that is not known, for people.
fn constraint(one: &ConstraintAnswer, lang: Lang) -> Option<String> {
    let words = lang.quoted(&one.constraint);
    if let Some(why) = one.untranslated.as_ref().map(|why| why.get(lang)) {
        return Some(texts::constraint_not_translated(&words, &why).get(lang));
    }
    match one.answer.as_ref()? {
        Answer::Proved => Some(texts::no_document_breaches_constraint_alone(&words).get(lang)),
        Answer::UpTo(elements) => Some(texts::no_document_breaches_constraint(&words, &elements).get(lang)),
        Answer::Open(why) => {
            let why = why.get(lang);
            Some(texts::whether_can_breached_open(&words, &why).get(lang))
        }
        Answer::Found(_) | Answer::OnlyBlank(_) => None,
    }
}

fn constraint_json(one: &ConstraintAnswer, lang: Lang) -> Value {
    let mut told = json!({"constraint": one.constraint});
    if let Some(members) = told.as_object_mut() {
        let why = one.untranslated.as_ref().map(|why| ("untranslated".to_owned(), json!(why.get(lang))));
        let answer = one.answer.as_ref().map(|answer| ("breach".to_owned(), answer_json(answer, lang)));
        members.extend(why.into_iter().chain(answer));
    }
    told
}

fn assertion_json(one: &AssertionAnswer, lang: Lang) -> Value {
    let mut told = json!({"assertion": one.title, "vacuous": one.is_vacuous()});
    if let Some(members) = told.as_object_mut() {
        let why = one.untranslated.as_ref().map(|why| ("untranslated".to_owned(), json!(why.get(lang))));
        let answer = one.refuted.as_ref().map(|answer| ("refuted".to_owned(), answer_json(answer, lang)));
        members.extend(why.into_iter().chain(answer));
    }
    told
}

/// A pair of rules for people.
fn told(pair: &Pair, lang: Lang) -> String {
    let mark = if pair.is_wrong() { "✖" } else { "·" };
    let rests = match pair.answer {
        Answer::UpTo(elements) => texts::lists_up_elements_longer(&elements).get(lang),
        _ => texts::proved().get(lang).to_owned(),
    };
    format!("{mark} {}{rests}", pairs::words(pair).get(lang))
}

fn pair_json(pair: &Pair) -> Value {
    let relation = match pair.relation {
        Relation::Contradictory => "contradictory",
        Relation::Equivalent => "equivalent",
        Relation::Implied => "implied",
        Relation::Disjoint => "disjoint",
    };
    let (one, other) = &pair.rules;
    let mut told = json!({"rules": [one, other], "relation": relation, "answer": "proved"});
    if let (Answer::UpTo(elements), Some(members)) = (&pair.answer, told.as_object_mut()) {
        members.insert("answer".into(), json!("none"));
        members.insert("elements".into(), json!(elements));
    }
    told
}

fn rule_json(rule: &RuleAnswers, places: Option<&Vec<String>>, lang: Lang) -> Value {
    let mut told = json!({"rule": rule.rule, "title": rule.title});
    let Some(members) = told.as_object_mut() else { return told };
    if let Some(why) = &rule.untranslated {
        members.insert("untranslated".into(), json!(why.get(lang)));
    }
    for (question, answer) in &rule.answers {
        members.insert(question.key().into(), answer_json(answer, lang));
    }
    if !rule.requirements.is_empty() {
        let one = |one: &Requirement| {
            let place = places.and_then(|places| places.get(one.number));
            json!({"requirement": one.number, "text": one.text, "place": place, "never": one.never.key()})
        };
        members.insert("requirements".into(), rule.requirements.iter().map(one).collect());
    }
    told
}
