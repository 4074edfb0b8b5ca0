//! A comparison for a person.

use super::effects::Effects;
use super::report::{Change, Diff, Example, Fate, RuleChange};
use bulou_base::sanitize::visible;
use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use bulou_report::Status;

/// How many schools are named one by one.
const SCHOOLS: usize = 50;

/// Writes a comparison as text.
#[must_use]
pub fn render(diff: &Diff, lang: Lang) -> String {
    let mut out = Out { lang, text: String::new() };
    out.line(0, &format!("{} {} → {} {}", diff.old.id, diff.old.version, diff.new.id, diff.new.version));
    if diff.is_empty() {
        out.line(0, texts::no_rule_differs().get(lang));
    }
    out.changes(0, &diff.header);
    out.rules(diff);
    out.declarations(diff);
    out.fields(diff);
    if let Some(data) = &diff.data {
        out.data(data);
    }
    out.text
}

struct Out {
    lang: Lang,
    text: String,
}

/// A change in one line: `期限 3日 → 5日`.
#[must_use]
pub fn change(change: &Change, lang: Lang) -> String {
    let aspect = change.aspect.words(lang);
    match (&change.from, &change.to) {
        (Some(from), Some(to)) => format!("{aspect} {from} → {to}"),
        (Some(from), None) => format!("{aspect} {} {from}", texts::without().get(lang)),
        (None, to) => format!("{aspect} {} {}", texts::new().get(lang), to.as_deref().unwrap_or_default()),
    }
}

/// What two versions say, in words: `不符合 → 符合`.
#[must_use]
pub fn statuses(old: Option<Status>, new: Option<Status>, lang: Lang) -> String {
    let none = texts::no_such_rule().get(lang);
    let words = |status: Option<Status>| status.map_or(none, |status| status.words(lang));
    format!("{} → {}", words(old), words(new))
}

/// What was found of examples, in a sentence, when there is none to show.
#[must_use]
pub fn searched(rule: &RuleChange, lang: Lang) -> Option<String> {
    if !rule.examples.is_empty() {
        return None;
    }
    match rule.tried {
        Some(tried) => Some(texts::no_example_tells_versions(&tried).get(lang)),
        None => rule.county.then(|| texts::no_examples_county_rules().get(lang).to_owned()),
    }
}

/// An example in one line.
#[must_use]
pub fn example(example: &Example, lang: Lang) -> String {
    let head = if example.smallest {
        texts::smallest_example().get(lang)
    } else {
        texts::example_nothing_can_left().get(lang)
    };
    let day = texts::as_of().get(lang);
    let answers = statuses(Some(example.old), Some(example.new), lang);
    format!("{head}: {} ({day} {}): {answers}", example.document, example.as_of)
}

/// How many documents change, in a sentence.
#[must_use]
pub fn totals(data: &Effects, lang: Lang) -> String {
    let (documents, changed, verdicts) = (data.documents, data.schools.len(), data.verdicts);
    texts::documents_change_another_verdict(&documents, &changed, &verdicts).get(lang)
}

impl Out {
    fn line(&mut self, depth: usize, text: &str) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(&visible(text));
        self.text.push('\n');
    }

    fn title(&mut self, title: Phrase) {
        self.text.push('\n');
        self.line(0, title.get(self.lang));
    }

    fn changes(&mut self, depth: usize, changes: &[Change]) {
        for one in changes {
            self.line(depth, &change(one, self.lang));
            if let Some(within) = &one.within {
                let place = texts::in_word().get(self.lang);
                self.line(depth + 1, &format!("{place}: {within}"));
            }
        }
    }

    fn rules(&mut self, diff: &Diff) {
        if diff.rules.is_empty() {
            return;
        }
        self.title(texts::rules_2());
        for rule in &diff.rules {
            let county = if rule.county { texts::county_3().get(self.lang) } else { "" };
            self.line(1, &format!("{} {} {}{county}", rule.kind.words(self.lang), rule.id, rule.title));
            self.changes(2, &rule.changes);
            if !rule.because.is_empty() {
                let by = texts::because().get(self.lang);
                self.line(2, &format!("{by}: {}", rule.because.join(self.lang.comma())));
            }
            for one in &rule.examples {
                self.line(2, &example(one, self.lang));
            }
            if let Some(words) = searched(rule, self.lang) {
                self.line(2, &words);
            }
        }
    }

    fn declarations(&mut self, diff: &Diff) {
        if diff.declarations.is_empty() {
            return;
        }
        self.title(texts::what_rules_use());
        for one in &diff.declarations {
            self.line(1, &format!("{} {} {}", one.fate.words(self.lang), one.kind.words(self.lang), one.name));
            self.changes(2, &one.changes);
            self.affected(&one.rules);
        }
    }

    fn affected(&mut self, rules: &[String]) {
        if !rules.is_empty() {
            let words = texts::rules().get(self.lang);
            self.line(2, &format!("{words}: {}", rules.join(self.lang.comma())));
        }
    }

    fn fields(&mut self, diff: &Diff) {
        if diff.fields.is_empty() {
            return;
        }
        self.title(texts::what_filled_what_becomes());
        for one in &diff.fields {
            let county = if one.county { texts::county_3().get(self.lang) } else { "" };
            let migration = one.migration.words(self.lang);
            self.line(1, &format!("{} {}{county}: {migration}", one.fate.words(self.lang), one.path));
            self.changes(2, &one.changes);
            self.affected(&one.rules);
        }
        let kept = texts::what_not_listed_kept().get(self.lang);
        let changed = diff.fields.iter().any(|field| field.fate != Fate::Removed);
        self.line(1, if changed { kept } else { texts::all_else_kept().get(self.lang) });
    }

    fn data(&mut self, data: &Effects) {
        self.title(texts::whose_result_changes());
        self.line(1, &totals(data, self.lang));
        for one in &data.rules {
            let answers = statuses(one.old, one.new, self.lang);
            self.line(1, &format!("{}: {answers}: {}", one.rule, one.schools));
        }
        for school in data.schools.iter().take(SCHOOLS) {
            let verdict = statuses(Some(school.old.into()), Some(school.new.into()), self.lang);
            let verdict = if school.old == school.new { String::new() } else { format!(" {verdict}") };
            self.line(1, &format!("{}({}){verdict}", school.name, school.id));
            for rule in &school.rules {
                self.line(2, &format!("{}: {}", rule.rule, statuses(rule.old, rule.new, self.lang)));
            }
        }
        if let Some(more) = data.schools.len().checked_sub(SCHOOLS).filter(|more| *more > 0) {
            let said = texts::more_see_format_json(&more).text();
            self.line(1, said.get(self.lang));
        }
        for name in &data.unreadable {
            let words = texts::cannot_read_2().get(self.lang);
            self.line(1, &format!("{words}: {name}"));
        }
    }
}
