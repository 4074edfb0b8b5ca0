//! A finding in the end: how it stands, when it was due, and what is said of it.

use super::{Explainer, Waiting, truth_words};
use crate::deadline::days_left;
use crate::show;
use bulou_base::date::Date;
use bulou_base::value::Truth;
use bulou_ir::MessagePart;
use bulou_ir::expr::{Cond, Show};
use bulou_messages::sentence::{Each, Reason};
use bulou_messages::texts;
use bulou_report::{Finding, Verdict};

impl<'m, 'd> Explainer<'m, 'd> {
    pub(super) fn finish(
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
}

/// An element's label without its place in the list, where nothing else names it.
fn unplaced(label: &str) -> &str {
    match label.rsplit_once(" 第").or_else(|| label.rsplit_once(" item ")) {
        Some((list, place)) if place.trim_end_matches('项').bytes().all(|byte| byte.is_ascii_digit()) => list,
        _ => label,
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
