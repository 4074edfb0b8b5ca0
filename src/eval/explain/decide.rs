//! What decided a condition: the values that were compared, the elements left out, the periods that fell short.

use super::{Explainer, Waiting, truth_words};
use crate::deadline::{Standing, Term, days_left};
use crate::lists::Flow;
use crate::members::Members;
use crate::show;
use bulou_base::limits;
use bulou_base::value::{Truth, Value};
use bulou_ir::Body;
use bulou_ir::expr::{By, Cond, CondKind, Deadline, Due, Frequency, List, Scalar, ScalarKind};
use bulou_messages::sentence::{Each, Reason};
use bulou_messages::texts;
use bulou_syntax::ast::Quantifier;

impl<'d> Explainer<'_, 'd> {
    /// Gathers what decided that `cond` is `truth`.
    pub(super) fn decide(&mut self, cond: &'d Cond, truth: Truth) {
        if cond.hidden {
            return self.concealed(cond, truth);
        }
        match &cond.kind {
            CondKind::And(parts) | CondKind::Or(parts) => {
                for part in parts {
                    if self.evaluator.truth(part) == truth {
                        self.decide(part, truth);
                        // Once a guard has failed, what it guards says nothing.
                        if truth == Truth::False && matches!(cond.kind, CondKind::And(_)) && !is_presence(part) {
                            break;
                        }
                    }
                }
            }
            CondKind::Not(inner) => self.decide(inner, !truth),
            CondKind::If(test, yes, no) => self.decide_branch(test, yes, no.as_deref(), truth),
            CondKind::Definition(index) => {
                let rules = self.evaluator.rules;
                if let Some(Body::Cond(body)) = rules.definitions.get(*index) {
                    let saved = self.evaluator.frames;
                    self.decide(body, truth);
                    self.evaluator.frames = saved;
                }
            }
            CondKind::Quantifier(quantifier, list, frame, body) => {
                self.decide_quantifier(*quantifier, list, *frame, body, truth);
            }
            CondKind::Covers(have, want) => self.decide_covers(have, want),
            CondKind::Deadline(deadline) => self.decide_deadline(cond, deadline),
            CondKind::By(by) => self.decide_by(cond, by),
            CondKind::Frequency(frequency) => self.decide_frequency(cond, frequency),
            CondKind::Compare(_, a, b) | CondKind::TextContains(a, b) => self.compared(cond, &[a, b], truth),
            CondKind::Between(a, b, c) => self.compared(cond, &[a, b, c], truth),
            CondKind::In(item, list) => {
                self.compared(cond, &[item], truth);
                if truth == Truth::Unknown {
                    self.decide_list(list);
                    let value = self.evaluator.scalar(item);
                    self.blame_persons(value, list);
                }
            }
            CondKind::HasField(field, _) => {
                self.blame(field);
                let words = self.field_words(field, &cond.text);
                let said = if truth == Truth::True { texts::was_filled() } else { texts::was_not_filled() };
                self.push(&words, said.get(self.lang()));
            }
            CondKind::HasValue(scalar) | CondKind::Value(scalar) => self.compared(cond, &[scalar], truth),
            CondKind::Const(_) => self.came_to(cond, truth),
        }
    }

    pub(super) fn decide_branch(&mut self, test: &'d Cond, yes: &'d Cond, no: Option<&'d Cond>, truth: Truth) {
        let tested = self.evaluator.truth(test);
        match (tested, no) {
            (Truth::True, _) => self.decide(yes, truth),
            (Truth::False, Some(no)) => self.decide(no, truth),
            // Whatever the test says, both come to the same.
            (Truth::Unknown | Truth::Pending, _) if truth != Truth::Unknown => {
                [Some(yes), no].into_iter().flatten().for_each(|branch| self.decide(branch, truth));
            }
            _ => self.decide(test, tested),
        }
    }

    pub(super) fn decide_quantifier(
        &mut self,
        quantifier: Quantifier,
        list: &'d List,
        frame: u8,
        body: &'d Cond,
        truth: Truth,
    ) {
        let every = quantifier == Quantifier::Every;
        let wanted = if quantifier == Quantifier::None { !truth } else { truth };
        let (mut decisive, mut blank) = (Vec::new(), None);
        let _ = self.evaluator.each(list, &mut |evaluator, item| {
            if evaluator.of_item(item, frame, body, every, &mut blank) == wanted && decisive.len() < limits::FINDINGS {
                decisive.push(item);
            }
            Flow::Continue(())
        });
        if wanted == Truth::from(every) || decisive.is_empty() {
            let words = self.list_name(list);
            self.push(&words, &self.count_words(decisive.len()));
            self.list_path(list);
            return;
        }
        for item in decisive.into_iter().take(20) {
            if wanted == Truth::Unknown && (item.value.is_unknown() || !item.sure) {
                self.decide_list(list);
                continue;
            }
            self.evaluator.bind(frame, item.value);
            self.decide(body, wanted);
        }
    }

    pub(super) fn count_words(&self, count: usize) -> String {
        match count {
            0 => texts::none_4().get(self.lang()).into(),
            count => texts::count_items(&count).get(self.lang()),
        }
    }

    pub(super) fn decide_covers(&mut self, have: &'d List, want: &'d List) {
        let (mut omitted, mut unsure, mut open) = (Vec::new(), false, Vec::new());
        let (mut more, mut more_open) = (0, 0);
        let mut members = Members::new(have);
        let _ = self.evaluator.each(want, &mut |evaluator, item| {
            match evaluator.covered(&mut members, item) {
                Truth::False if omitted.len() < limits::FINDINGS => omitted.push(item.value),
                Truth::False => more += 1,
                Truth::Unknown => {
                    unsure = true;
                    if item.value.is_known() && open.len() < limits::FINDINGS {
                        open.push(item.value);
                    } else if item.value.is_known() {
                        more_open += 1;
                    }
                }
                _ => {}
            }
            Flow::Continue(())
        });
        if omitted.is_empty()
            && let Some((left_out, unread)) = self.evaluator.too_few(have, want)
        {
            let words = self.list_name(have);
            self.push(&words, &texts::not_filled_properly_cannot(&unread, &left_out.len()).get(self.lang()));
            more = left_out.len().saturating_sub(limits::FINDINGS);
            omitted = left_out;
            omitted.truncate(limits::FINDINGS);
        }
        for value in open {
            let (listed, words) = self.listed(value, &want.show);
            self.unsure.add(listed, words);
        }
        for value in omitted {
            let (listed, words) = self.listed(value, &want.show);
            self.omitted.add(listed, words);
        }
        self.omitted.more += more;
        self.unsure.more += more_open;
        for list in [have, want] {
            let (name, values) = (self.list_name(list), self.list_words(list));
            self.push(&name, &values);
        }
        if self.omitted.is_empty() {
            let words = if unsure { texts::not_certain().get(self.lang()) } else { texts::none_2().get(self.lang()) };
            self.push(texts::left_out().get(self.lang()), words);
        } else {
            let omitted = self.omitted.words(self.lang());
            self.push(texts::left_out().get(self.lang()), &omitted);
        }
        self.list_path(have);
        if unsure {
            self.decide_list(have);
            self.decide_list(want);
            for value in self.values(want) {
                self.blame_persons(value, have);
            }
        }
    }

    fn decide_deadline(&mut self, cond: &'d Cond, deadline: &'d Deadline) {
        let Standing { truth, term, done, early } = self.evaluator.deadline(deadline);
        let (lang, today, what) = (self.lang(), self.evaluator.today, self.value_words(&deadline.done));
        self.scalar_paths(&deadline.done);
        if !early {
            // What was done before its time is not overdue.
            self.wait(term.due, Waiting::For(&deadline.done));
        }
        self.decide_term(cond, &deadline.due, term);
        let words = match (done, term) {
            (Some(done), Term { start: Some(start), .. }) if early => {
                let words = texts::before_from_days_count(&done, &start).get(lang);
                self.early.get_or_insert_with(|| texts::what_words(&what, &words).get(lang));
                words
            }
            (Some(done), Term { due: Some(due), .. }) if done > due => {
                self.late = Some((due, done));
                let days = -days_left(done, due);
                let late = show::counted(days, "day");
                texts::late(&done, &Each(&days, &late)).get(lang)
            }
            (Some(done), _) if done > today => {
                self.note(texts::done_after_day_of_check(&what, &done, &today).reason(lang));
                texts::after_day_check_3(&done, &today).get(lang)
            }
            (Some(done), _) => done.to_string(),
            (None, Term { due: Some(due), .. }) if truth == Truth::False => {
                let days = -days_left(today, due);
                let late = show::counted(days, "day");
                texts::not_done_overdue(&Each(&days, &late)).get(lang)
            }
            (None, _) => texts::not_done().get(lang).into(),
        };
        self.push(&what, &words);
        if truth == Truth::Unknown && term.due.is_some() && done.is_none_or(|done| done <= today) {
            self.blame_unknown(&deadline.done);
        }
    }

    fn decide_by(&mut self, cond: &'d Cond, by: &'d By) {
        let term = self.evaluator.by(by).term;
        self.decide_term(cond, &by.due, term);
        let holds = self.evaluator.truth(&by.cond);
        self.wait(term.due, Waiting::Until(&by.cond));
        self.decide(&by.cond, holds);
    }

    /// The due day, or why there is none.
    pub(super) fn decide_term(&mut self, cond: &'d Cond, due: &'d Due, term: Term) {
        match (term.due, due) {
            (Some(due), _) => self.push(texts::due().get(self.lang()), &format!("{due}")),
            (None, _) if term.no_calendar => {
                let words = texts::calendar_no_rest_days().get(self.lang());
                self.note(Reason::plain("calendar-no-rest-days", words));
            }
            (None, Due::Before(day)) => self.compared(cond, &[day], Truth::Unknown),
            (None, Due::Within { start, length, .. }) => self.compared(cond, &[start, length], Truth::Unknown),
        }
    }

    pub(super) fn decide_frequency(&mut self, cond: &'d Cond, frequency: &'d Frequency) {
        let mut open = Vec::new();
        let since = self.evaluator.each_period(frequency, &mut |start, end, truth| {
            if truth != Truth::True {
                open.push((start, end, truth));
            }
        });
        if let Some(since) = since.filter(|since| *since > self.evaluator.today) {
            self.note(texts::counts_from_a_day_to_come(&since).reason(self.lang()));
            let words = self.value_words(&frequency.since);
            return self.push(&words, &texts::start_to_come(&since).get(self.lang()));
        }
        for (start, end, truth) in open.into_iter().take(40) {
            let lang = self.lang();
            self.push(
                &texts::start_end(&start, &end).get(lang),
                match truth {
                    Truth::Pending => texts::not_yet_often_enough().get(lang),
                    Truth::Unknown => texts::not_certain().get(lang),
                    _ => texts::not_often_enough().get(lang),
                },
            );
        }
        if since.is_none() {
            self.compared(cond, &[&frequency.since, &frequency.times], Truth::Unknown);
        }
        if let Some(field) = self.evaluator.absent_list(&frequency.dates) {
            self.blame(field);
        }
        self.list_path(&frequency.dates);
        self.decide_list(&frequency.dates);
        if let Some(except) = &frequency.except {
            self.decide_list(except);
        }
        let (today, mut later) = (self.evaluator.today, None);
        let _ = self.evaluator.each(&frequency.dates, &mut |_, item| match item.value {
            Value::Date(date) if date > today => {
                later = Some(date);
                Flow::Break(())
            }
            _ => Flow::Continue(()),
        });
        if let Some(date) = later {
            let words = self.list_name(&frequency.dates);
            self.note(texts::dated_after_day_of_check(&words, &date, &today).reason(self.lang()));
        }
    }

    /// Values that were compared, with where they stand.
    pub(super) fn compared(&mut self, cond: &'d Cond, scalars: &[&'d Scalar], truth: Truth) {
        let values: Vec<Value<'d>> = scalars.iter().map(|scalar| self.evaluator.scalar(scalar)).collect();
        for (scalar, value) in scalars.iter().zip(&values) {
            self.scalar_paths(scalar);
            if value.is_unknown() {
                self.blame_unknown(scalar);
            } else if truth == Truth::Unknown && !matches!(scalar.kind, ScalarKind::Const(_)) {
                let (name, words) = (self.value_words(scalar), self.shown(*value, &scalar.show));
                self.push(&name, &words);
            }
        }
        match truth {
            Truth::True | Truth::False => {
                let words = self.compared_words(cond, &values, truth == Truth::True);
                self.push(&words, "");
            }
            Truth::Unknown | Truth::Pending => {
                if let [one, other] = *values {
                    self.blame_person(one, other);
                }
                self.came_to(cond, truth);
            }
        }
    }

    /// What a condition of which no value is told came to.
    pub(super) fn came_to(&mut self, cond: &Cond, truth: Truth) {
        let words = self.cond_words(cond);
        self.push(&words, truth_words(truth, self.lang()));
    }
}

fn is_presence(cond: &Cond) -> bool {
    match &cond.kind {
        CondKind::HasField(..) | CondKind::HasValue(_) => true,
        CondKind::Not(inner) => is_presence(inner),
        _ => false,
    }
}
