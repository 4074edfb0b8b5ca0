//! Evidence: why a requirement is not a plain pass. It asks the evaluator about the parts and keeps those that decided:
//! the failing parts of a failure, the unknown parts of an unknown, the open parts of what is pending.

mod blame;
mod decide;
mod hidden;
mod persons;
mod words;

use crate::deadline::{Term, days_left};
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
use bulou_messages::sentence::{Each, Reason};
use bulou_messages::texts;
use bulou_report::{Finding, Step, Verdict};
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
                let mut told = false;
                for (element, truth, position) in open {
                    // Lists within lists would make more than can be held.
                    if findings.len() >= limits::FINDINGS {
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

    fn finish(
        &mut self,
        requirement: usize,
        cond: &'d Cond,
        message: Option<&'d [MessagePart]>,
        truth: Truth,
        item: Option<String>,
    ) -> Finding {
        let today = self.evaluator.today;
        let truth = match self.term {
            Some(term) => {
                self.wait(term.due, Waiting::Until(cond));
                term.by(truth, today)
            }
            None => truth,
        };
        let key = item.as_deref().map(unplaced).unwrap_or_default().to_owned();
        let (mut message, mut reasons) = match (truth, message) {
            (Truth::False, Some(parts)) => (self.render(parts), Vec::new()),
            _ => self.plain(cond, truth, item),
        };
        let mut add = |reason: Reason| {
            message.push_str(&reason.text);
            reasons.push(reason);
        };
        // Who cannot be judged is named beside who fails.
        let unsure = std::mem::take(&mut self.unsure);
        if !unsure.is_empty() && truth != Truth::True {
            let (lang, unsure) = (self.evaluator.lang, unsure.words(self.evaluator.lang));
            add(texts::items_perhaps_left_out(&unsure).reason(lang));
        }
        if let Some(early) = self.early.take().filter(|_| truth == Truth::False && !cond.hidden) {
            add(texts::done_too_early(&early).reason(self.evaluator.lang));
        }
        let omitted = std::mem::take(&mut self.omitted);
        let due = self.due.take().map(|(due, _)| due);
        // What was done late stays as late as it was.
        let done = self.late.take().filter(|(missed, _)| Some(*missed) == due).map(|(_, done)| done);
        let mut paths = std::mem::take(&mut self.paths);
        paths.dedup();
        self.notes.clear();
        Finding {
            requirement,
            status: verdict(truth),
            due: due.map(|due| due.to_string()),
            days_left: due.map(|due| days_left(done.unwrap_or(today), due)),
            done: done.map(|done| done.to_string()),
            message,
            reasons: reasons.into_iter().map(Into::into).collect(),
            paths,
            cells: Vec::new(),
            item: key,
            hidden: cond.hidden,
            omitted: omitted.listed,
            more_omitted: omitted.more,
            unsure: unsure.listed,
            more_unsure: unsure.more,
            steps: std::mem::take(&mut self.steps),
        }
    }

    /// The message where the pack gives none: what is asked, and what is missing or left.
    fn plain(&mut self, cond: &Cond, truth: Truth, item: Option<String>) -> (String, Vec<Reason>) {
        let (lang, notes) = (self.lang(), std::mem::take(&mut self.notes));
        // A note may begin with the item by itself.
        let named = |item: &String| notes.iter().any(|note| note.text.starts_with(item.as_str()));
        let before = item.as_ref().filter(|item| !named(item)).map(|item| texts::item_3(item).get(lang));
        let before = before.unwrap_or_default();
        if !notes.is_empty() && (truth == Truth::Unknown || truth == Truth::Pending && self.due.is_none()) {
            let words: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
            return (before + &words.join(texts::note_semicolon().get(lang)), notes);
        }
        let mut reasons = Vec::new();
        let last = match (truth, self.due) {
            (Truth::Pending, Some((due, waiting))) => {
                let open = self.open(waiting);
                let reason = self.due_words(&before, &open.text, due);
                reasons.push(open);
                reason
            }
            (Truth::Pending, None) => texts::period_not_over(&before, &self.cond_words(cond)).reason(lang),
            (Truth::Unknown, _) => texts::condition_undetermined(&before, &self.cond_words(cond)).reason(lang),
            _ if !self.omitted.is_empty() => texts::items_left_out(&before, &self.omitted.words(lang)).reason(lang),
            _ => texts::condition_not_met(&before, &self.cond_words(cond)).reason(lang),
        };
        let text = last.text.clone();
        reasons.push(last.within(text.clone(), [("item", item.unwrap_or_default())]));
        (text, reasons)
    }

    /// What is still to come.
    fn open(&self, waiting: Waiting<'d>) -> Reason {
        let lang = self.lang();
        match waiting {
            Waiting::For(date) => texts::not_filled_in_yet(&self.value_words(date)).reason(lang),
            Waiting::Until(_) if !self.omitted.is_empty() => {
                texts::items_still_left_out(&self.omitted.words(lang)).reason(lang)
            }
            Waiting::Until(cond) => texts::condition_not_yet_met(&self.cond_words(cond)).reason(lang),
        }
    }

    fn due_words(&self, before: &str, open: &str, due: Date) -> Reason {
        let lang = self.lang();
        match days_left(self.evaluator.today, due) {
            0 => texts::due_today(&before, &open, &due).reason(lang),
            left => {
                let days = show::counted(left, "day");
                texts::due_later(&before, &open, &due, &Each(&left, &days)).reason(lang)
            }
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

    fn render(&mut self, parts: &'d [MessagePart]) -> String {
        let mut text = String::new();
        // From the end: where the pack names the school itself, it is not named twice.
        for (index, part) in parts.iter().enumerate().rev() {
            let words = match part {
                MessagePart::Text(words) => words.clone(),
                MessagePart::Value(scalar) => {
                    let value = self.evaluator.scalar(scalar);
                    let named =
                        |name: &str| text.trim_start_matches([' ', '(', '(', '「', '《', '“']).starts_with(name);
                    let plain = self.name_of(value, &scalar.show).is_some_and(named);
                    self.shown(value, if plain { &Show::Text } else { &scalar.show })
                }
                MessagePart::Cond(cond) => truth_words(self.evaluator.truth(cond), self.lang()).to_owned(),
                MessagePart::List(list) => self.list_words(list),
                MessagePart::Omitted => self.omitted.words(self.lang()),
            };
            let before = index.checked_sub(1).and_then(|index| parts.get(index));
            let opened = matches!(before, Some(MessagePart::Text(words)) if words.ends_with(['(', '\u{FF08}']));
            let inside = opened && text.starts_with([')', '\u{FF09}']);
            text.insert_str(0, if inside { show::bare(&words) } else { &words });
        }
        text
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

    fn list_words(&mut self, list: &'d List) -> String {
        let mut values = Vec::new();
        let _ = self.evaluator.each(list, &mut |_, item| {
            values.push(item.value);
            if values.len() < 50 { Flow::Continue(()) } else { Flow::Break(()) }
        });
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

/// An element's label without its place in the list, where nothing else names it.
fn unplaced(label: &str) -> &str {
    match label.rsplit_once(" 第").or_else(|| label.rsplit_once(" item ")) {
        Some((list, place)) if place.trim_end_matches('项').bytes().all(|byte| byte.is_ascii_digit()) => list,
        _ => label,
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

fn verdict(truth: Truth) -> Verdict {
    match truth {
        Truth::True => Verdict::Pass,
        Truth::Pending => Verdict::Pending,
        Truth::Unknown => Verdict::Undetermined,
        Truth::False => Verdict::Fail,
    }
}
