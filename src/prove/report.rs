//! What was found of a pack's rules, for people and for programs.

use bulou_messages::diagnostic::{Lang, said};
use bulou_report::PackInfo;
use serde_json::{Value, json};

use crate::ask::{Answer, Witness};
use crate::assertions::AssertionAnswer;
use crate::constraints::ConstraintAnswer;
use crate::pairs::{self, Pair, Relation};
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
        let rules: Vec<Value> = self.rules.iter().map(|rule| rule_json(rule, lang)).collect();
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
        let any = lang.pick("任何一天", "any day").to_owned();
        let day = self.today.clone().unwrap_or(any);
        let mut lines = vec![said!(
            lang,
            "{id} {version} · 核对日 {day} · 列表先看最多 {elements} 项",
            "{id} {version} · day of the check: {day} · lists of up to {elements} elements first"
        )];
        lines.extend(self.rules.iter().filter_map(|rule| self.rule(rule, lang)));
        lines.extend(self.pairs.iter().map(|pair| told(pair, lang)));
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
        if lines.is_empty() {
            return None;
        }
        let mark = if rule.is_wrong() { "✖" } else { "·" };
        lines.insert(0, format!("{mark} {name}"));
        Some(lines.join("\n"))
    }

    /// What is known of an assertion: of each something is said, for that it holds is what its author asks.
    fn assertion(&self, one: &AssertionAnswer, lang: Lang) -> String {
        let title = lang.quoted(&one.title);
        if let Some(why) = one.untranslated.as_ref().map(|why| why.get(lang)) {
            return said!(lang, "? 断言{title}没有翻译:{why}", "? the assertion {title} was not translated: {why}");
        }
        if one.is_vacuous() {
            return said!(
                lang,
                "✖ 断言{title}什么也没有说:规则集施行的日子里,没有哪份完整的数据满足「若」后面的条件(已证明)",
                "✖ the assertion {title} says nothing: on no day on which the pack is in force a complete document meets what follows its `if` (proved)"
            );
        }
        if let Some(Answer::UpTo(elements)) = &one.premise {
            return said!(
                lang,
                "? 断言{title}说的是哪份数据,在列表最多 {elements} 项时没有找到;更长的没有看",
                "? no document that the assertion {title} speaks of was found with lists of up to {elements} elements; longer ones were not looked at"
            );
        }
        match &one.refuted {
            Some(Answer::Found(witness) | Answer::OnlyBlank(witness)) => {
                let (today, asked) = (&witness.today, &witness.asked);
                said!(
                    lang,
                    "✖ 断言{title}不成立:{today},{asked}",
                    "✖ the assertion {title} does not hold: on {today}, {asked}"
                )
            }
            Some(Answer::Proved) => said!(lang, "✔ 断言{title}成立(已证明)", "✔ the assertion {title} holds (proved)"),
            Some(Answer::UpTo(elements)) => said!(
                lang,
                "✔ 断言{title}在列表最多 {elements} 项时成立;更长的没有看",
                "✔ the assertion {title} holds with lists of up to {elements} elements; longer ones were not looked at"
            ),
            Some(Answer::Open(why)) => {
                let why = why.get(lang);
                said!(lang, "? 断言{title}没有结论:{why}", "? whether the assertion {title} holds is open: {why}")
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
            said!(lang, "? 没有翻译({why}):{rules}", "? not translated ({why}): {rules}")
        };
        reasons.into_iter().map(told).collect()
    }

    fn answer(&self, question: Question, answer: &Answer, lang: Lang) -> Option<String> {
        let usual = question != Question::Undetermined;
        let what = words(question, lang);
        match answer {
            Answer::Found(witness) if self.documents || !usual => {
                let found = said!(lang, "    可能{what}", "    can {what}");
                Some(format!("{found}{}", self.example(witness, lang)))
            }
            Answer::Found(_) => None,
            // What is left blank may fail a rule that nothing filled in can.
            Answer::Proved if question == Question::Fail => Some(said!(
                lang,
                "    填得完整就不可能{what}(已证明)",
                "    cannot {what} with a complete document (proved)"
            )),
            Answer::Proved if usual => Some(said!(lang, "    不可能{what}(已证明)", "    cannot {what} (proved)")),
            Answer::Proved => {
                self.documents.then(|| said!(lang, "    不可能{what}(已证明)", "    cannot {what} (proved)"))
            }
            Answer::OnlyBlank(_) => Some(said!(
                lang,
                "    填得完整就不可能{what}:只有漏填才会",
                "    cannot {what} with a complete document: only a blank does it"
            )),
            Answer::UpTo(_) if !usual && !self.documents => None,
            Answer::UpTo(elements) => Some(said!(
                lang,
                "    列表最多 {elements} 项时不可能{what};更长的没有看",
                "    cannot {what} with lists of up to {elements} elements; longer ones were not looked at"
            )),
            Answer::Open(why) => {
                let why = why.get(lang);
                Some(said!(lang, "    能不能{what},没有结论:{why}", "    whether it can {what} is open: {why}"))
            }
        }
    }

    fn example(&self, witness: &Witness, lang: Lang) -> String {
        let Witness { today, asked, .. } = witness;
        let on = said!(lang, ",如 {today}", ", as on {today}");
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
        said!(
            lang,
            "{all} 条规则:{whole} 条能适用、能符合、也能不符合(都有例子),{wrong} 条有不可能的,{untranslated} 条没有翻译",
            "{all} rules: {whole} can apply, pass and fail (with an example of each), {wrong} never do one of these, {untranslated} were not translated"
        )
    }
}

fn words(question: Question, lang: Lang) -> &'static str {
    match question {
        Question::Apply => lang.pick("适用", "apply"),
        Question::Pass => lang.pick("符合", "pass"),
        Question::Fail => lang.pick("不符合", "fail"),
        Question::Undetermined => lang.pick("填得完整还无法判断", "be undetermined with a complete document"),
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
        return Some(said!(lang, "? 约束{words}没有翻译:{why}", "? the constraint {words} was not translated: {why}"));
    }
    match one.answer.as_ref()? {
        Answer::Proved => Some(said!(
            lang,
            "· 约束{words}单独违反不了(已证明):别的约束和范围已经管住了",
            "· no document breaches the constraint {words} alone (proved): others and ranges see to it already"
        )),
        Answer::UpTo(elements) => Some(said!(
            lang,
            "· 约束{words}单独违反不了(列表最多 {elements} 项时)",
            "· no document breaches the constraint {words} alone (with lists of up to {elements} elements)"
        )),
        Answer::Open(why) => {
            let why = why.get(lang);
            Some(said!(
                lang,
                "· 约束{words}能不能违反,没有结论:{why}",
                "· whether {words} can be breached is open: {why}"
            ))
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
        Answer::UpTo(elements) => said!(
            lang,
            "(列表最多 {elements} 项时;更长的没有看)",
            " (with lists of up to {elements} elements; longer ones were not looked at)"
        ),
        _ => lang.pick("(已证明)", " (proved)").to_owned(),
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

fn rule_json(rule: &RuleAnswers, lang: Lang) -> Value {
    let mut told = json!({"rule": rule.rule, "title": rule.title});
    let Some(members) = told.as_object_mut() else { return told };
    if let Some(why) = &rule.untranslated {
        members.insert("untranslated".into(), json!(why.get(lang)));
    }
    for (question, answer) in &rule.answers {
        members.insert(question.key().into(), answer_json(answer, lang));
    }
    told
}
