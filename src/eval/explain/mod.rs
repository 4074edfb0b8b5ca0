//! Evidence: why a requirement is not a plain pass. It asks the evaluator about the parts and keeps those that decided:
//! the failing parts of a failure, the unknown parts of an unknown, the open parts of what is pending.

mod blame;
mod decide;
mod finding;
mod hidden;
mod persons;
mod words;

use crate::deadline::Term;
use crate::evaluator::Evaluator;
use crate::lists::{Flow, Item};
use crate::show;
use bulou_base::date::Date;
use bulou_base::limits;
use bulou_base::value::{Row, Truth, Value};
use bulou_document::item_words;
use bulou_ir::MessagePart;
use bulou_ir::expr::{Cond, CondKind, List, Scalar, Show};
use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Reason;
use bulou_messages::texts;
use bulou_report::{Finding, Step};
use bulou_syntax::ast::Quantifier;

/// What is waited for until a due day.
#[derive(Clone, Copy)]
enum Waiting<'d> {
    /// A date, to be filled in.
    For(&'d Scalar),
    /// A condition, to hold.
    Until(&'d Cond),
}

/// Elements by what they are called.
#[derive(Default)]
struct Named {
    /// As values are told apart.
    listed: Vec<String>,
    /// As people read them, schools with their 名称.
    words: Vec<String>,
    /// How many more there are than are listed.
    more: usize,
}

impl Named {
    fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    fn add(&mut self, value: String, words: String) {
        if !self.listed.contains(&value) {
            self.listed.push(value);
            self.words.push(words);
        }
    }

    fn words(&self, lang: Lang) -> String {
        let words = self.words.join(texts::list_comma().get(lang));
        match self.more {
            0 => words,
            more => texts::more_not_listed(&words, &more).get(lang),
        }
    }
}

/// Collects the evidence of one finding at a time.
pub(crate) struct Explainer<'m, 'd> {
    evaluator: &'m mut Evaluator<'d>,
    steps: Vec<Step>,
    paths: Vec<String>,
    /// What a 不漏 leaves out.
    omitted: Named,
    /// What it may leave out, or not.
    unsure: Named,
    /// The due day that was missed, and when it was done after all.
    late: Option<(Date, Date)>,
    /// That something was done before the days began to count: no list of what is due has it, so the message tells.
    early: Option<String>,
    /// The earliest due day, and what is still to come.
    due: Option<(Date, Waiting<'d>)>,
    /// The term of the `至迟` that is being looked into.
    term: Option<Term>,
    notes: Vec<Reason>,
    /// Elements that fail beyond the findings that are listed.
    more: usize,
    /// So many findings are listed.
    most: usize,
}

impl<'m, 'd> Explainer<'m, 'd> {
    pub fn new(evaluator: &'m mut Evaluator<'d>) -> Self {
        Self {
            evaluator,
            steps: Vec::new(),
            paths: Vec::new(),
            omitted: Named::default(),
            unsure: Named::default(),
            late: None,
            early: None,
            due: None,
            term: None,
            notes: Vec::new(),
            more: 0,
            most: limits::FINDINGS,
        }
    }

    fn lang(&self) -> Lang {
        self.evaluator.lang
    }

    /// Why a rule does not apply.
    pub fn because(&mut self, applies: &'d Cond) -> String {
        self.decide(applies, Truth::False);
        let lang = self.lang();
        if self.evaluator.is_exhausted() {
            self.steps.clear();
        }
        let steps: Vec<String> = self.steps.iter().map(|step| step.words(lang)).collect();
        if steps.is_empty() { self.cond_words(applies) } else { steps.join(texts::note_semicolon().get(lang)) }
    }

    /// The findings of a requirement that is not true: one for each element that its outer 每个 fails on, and how many
    /// such elements there are beyond [`limits::FINDINGS`].
    pub fn findings(
        &mut self,
        requirement: usize,
        cond: &'d Cond,
        message: Option<&'d [MessagePart]>,
        truth: Truth,
    ) -> (Vec<Finding>, usize) {
        let mut findings = Vec::new();
        self.spine(requirement, cond, message, truth, None, &mut findings);
        let more = self.more;
        if self.evaluator.is_exhausted() {
            findings.push(Explainer::new(self.evaluator).unfinished(requirement, cond, truth));
        }
        (findings, more)
    }

    /// The first finding of a condition that does not hold.
    pub fn first(&mut self, cond: &'d Cond, message: Option<&'d [MessagePart]>) -> Option<Finding> {
        self.most = 1;
        let (findings, _) = self.findings(0, cond, message, Truth::False);
        findings.into_iter().next()
    }

    /// Finishes a finding and keeps it, unless the steps ran out over it: what looks missing then is only what nobody looked
    /// at.
    fn keep(
        &mut self,
        findings: &mut Vec<Finding>,
        requirement: usize,
        cond: &'d Cond,
        message: Option<&'d [MessagePart]>,
        (truth, item): (Truth, Option<String>),
    ) {
        let finding = self.finish(requirement, cond, message, truth, item);
        if !self.evaluator.is_exhausted() {
            findings.push(finding);
        }
    }

    /// What is said of a requirement where there are too few steps: for whether it is met, or for the reasons why not.
    pub fn unfinished(&mut self, requirement: usize, cond: &'d Cond, truth: Truth) -> Finding {
        let (lang, words) = (self.lang(), self.cond_words(cond));
        let reason = match truth {
            Truth::Unknown => texts::too_many_steps(&words).reason(lang),
            _ => texts::too_many_steps_for_reasons(&words).reason(lang),
        };
        let finding = self.finish(requirement, cond, None, truth, None);
        Finding { message: reason.text.clone(), reasons: vec![reason.into()], ..finding }
    }

    fn spine(
        &mut self,
        requirement: usize,
        cond: &'d Cond,
        message: Option<&'d [MessagePart]>,
        truth: Truth,
        item: Option<String>,
        findings: &mut Vec<Finding>,
    ) {
        match &cond.kind {
            CondKind::Quantifier(Quantifier::Every, list, frame, body) if !cond.hidden => {
                let before = findings.len();
                let mut position = 0_usize;
                let mut open: Vec<(Item<'d>, Truth, usize)> = Vec::new();
                let mut blank = None;
                let _ = self.evaluator.each(list, &mut |evaluator, element| {
                    position += 1;
                    let truth = evaluator.of_item(element, *frame, body, true, &mut blank);
                    if truth != Truth::True {
                        open.push((element, truth, position));
                    }
                    Flow::Continue(())
                });
                if self.most == 1 {
                    // What fails says more than a blank beside it.
                    open.retain(|(_, one, _)| *one == truth);
                }
                let mut told = false;
                for (element, truth, position) in open {
                    // Lists within lists would make more than can be held.
                    if findings.len() >= self.most {
                        self.more += 1;
                        continue;
                    }
                    if truth == Truth::Unknown && (element.value.is_unknown() || !element.sure) {
                        // What is said of the list is the same for each.
                        if std::mem::replace(&mut told, true) {
                            continue;
                        }
                        self.decide_list(list);
                        self.keep(findings, requirement, cond, None, (Truth::Unknown, item.clone()));
                        continue;
                    }
                    self.evaluator.bind(*frame, element.value);
                    let label = self.label(element.value, list, position);
                    self.spine(requirement, body, message, truth, Some(label), findings);
                }
                if findings.len() == before {
                    self.decide_list(list);
                    self.keep(findings, requirement, cond, None, (truth, item));
                }
            }
            CondKind::By(by) => {
                let term = self.evaluator.by(by).term;
                self.decide_term(cond, &by.due, term);
                if cond.hidden {
                    self.wait(term.due, Waiting::Until(&by.cond));
                    self.decide(cond, truth);
                    self.keep(findings, requirement, cond, message, (truth, item));
                } else {
                    let holds = self.evaluator.truth(&by.cond);
                    self.term = Some(term);
                    self.spine(requirement, &by.cond, message, holds, item, findings);
                    self.term = None;
                }
            }
            CondKind::If(test, yes, None) if !cond.hidden => {
                let tested = self.evaluator.truth(test);
                if tested == Truth::True {
                    self.spine(requirement, yes, message, truth, item, findings);
                } else {
                    self.decide(cond, truth);
                    self.keep(findings, requirement, cond, message, (truth, item));
                }
            }
            _ => {
                self.decide(cond, truth);
                self.keep(findings, requirement, cond, message, (truth, item));
            }
        }
    }

    /// What names an element for people.
    fn label(&self, value: Value<'d>, list: &List, position: usize) -> String {
        match value {
            Value::Unknown | Value::Astray(_) | Value::Absent => {
                texts::item_4(&self.list_name(list), &position).get(self.lang())
            }
            value => self.shown(value, &list.show),
        }
    }

    /// Notes what is waited for, unless something else is due before.
    fn wait(&mut self, due: Option<Date>, waiting: Waiting<'d>) {
        if let Some(due) = due
            && self.due.is_none_or(|(earliest, _)| due < earliest)
        {
            self.due = Some((due, waiting));
        }
    }

    /// What names a row.
    fn item(&self, row: Row) -> String {
        item_words(self.evaluator.document, &self.evaluator.rules.shape, row, self.evaluator.names, self.lang())
    }

    /// The 名称 of the school of which a value is the 标识.
    fn name_of(&self, value: Value<'d>, show: &Show) -> Option<&'d str> {
        match value {
            Value::Text(text) if *show == Show::Code => self.evaluator.names.get(text.normal).map(String::as_str),
            _ => None,
        }
    }

    fn shown(&self, value: Value<'d>, show: &Show) -> String {
        let shape = &self.evaluator.rules.shape;
        match value {
            Value::Row(row) => self.item(row),
            Value::Text(_) => match self.name_of(value, show) {
                Some(name) => format!("{} {name}", show::value(value, show, &shape.option_sets, self.lang())),
                None => show::value(value, show, &shape.option_sets, self.lang()),
            },
            value => show::value(value, show, &shape.option_sets, self.lang()),
        }
    }

    /// A value as it is told apart from others, and as people read it.
    fn listed(&self, value: Value<'d>, show: &Show) -> (String, String) {
        let words = self.shown(value, show);
        let alone = self.name_of(value, show).map(|_| self.shown(value, &Show::Text));
        (alone.unwrap_or_else(|| words.clone()), words)
    }

    /// A list's elements. Those that may not belong to it are not named as if they did: one word stands for them all.
    fn list_words(&mut self, list: &'d List) -> String {
        let (mut values, mut is_sure) = (Vec::new(), true);
        let _ = self.evaluator.each(list, &mut |_, item| {
            is_sure &= item.sure;
            values.extend(item.sure.then_some(item.value));
            if values.len() < 50 { Flow::Continue(()) } else { Flow::Break(()) }
        });
        values.extend((!is_sure).then_some(Value::Unknown));
        let words: Vec<String> = values.into_iter().map(|value| self.shown(value, &list.show)).collect();
        let lang = self.lang();
        if words.is_empty() { texts::none_5().get(lang).into() } else { words.join(texts::list_comma().get(lang)) }
    }

    fn push(&mut self, text: &str, value: &str) {
        if !self.steps.iter().any(|step| step.text == text && step.value == value) {
            self.steps.push(Step { text: text.to_owned(), value: value.to_owned() });
        }
    }
}

fn truth_words(truth: Truth, lang: Lang) -> &'static str {
    match truth {
        Truth::True => texts::so().get(lang),
        Truth::False => texts::not().get(lang),
        Truth::Unknown => texts::cannot_judged_yet().get(lang),
        Truth::Pending => texts::not_yet_due_3().get(lang),
    }
}
