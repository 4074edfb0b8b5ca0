//! The county's report for a terminal, and as a table for a spreadsheet.

use std::fmt::Write as _;

use crate::tables::{self, ORDER};
use crate::troubles::{Kind, Trouble, left_open, troubles};
use crate::{CountyReport, RuleCount, Submitted, status};
use bulou_base::hash::HashMap;
use bulou_base::sanitize::visible;
use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use bulou_report::csv::line;
use bulou_report::{Status, Verdict, unlisted};

/// What a list shows before it says how many more there are.
const SHOWN: usize = 20;

/// The report as text; `all` shows whole lists.
#[must_use]
pub fn render(report: &CountyReport, lang: Lang, all: bool) -> String {
    let mut out = Out { text: String::new(), lang, limit: if all { usize::MAX } else { SHOWN } };
    out.head(report);
    out.submissions(report);
    out.county_rules(report);
    out.schools(report);
    out.waivers(report);
    out.due(report);
    out.since(report);
    out.counts(report);
    out.text
}

struct Out {
    text: String,
    lang: Lang,
    limit: usize,
}

impl Out {
    fn line(&mut self, indent: usize, words: &str) {
        let _ = writeln!(self.text, "{}{}", "  ".repeat(indent), visible(words));
    }

    fn say(&self, words: Phrase) -> &'static str {
        words.get(self.lang)
    }

    fn head(&mut self, report: &CountyReport) {
        let schools = &report.schools;
        let day = self.say(texts::as_of());
        self.line(0, &format!("{} {} · {day} {}", report.pack.id, report.pack.version, report.as_of));
        let (submitted, expected, missing) = (schools.submitted, schools.expected, schools.missing.len());
        let (again, conflict, unknown) = (schools.duplicate.len(), schools.conflict.len(), schools.unknown.len());
        let (other, unreadable) = (schools.other_rules.len(), schools.unreadable.len());
        let summary = texts::schools_submitted_missing_conflict(
            &submitted,
            &expected,
            &missing,
            &conflict,
            &again,
            &unknown,
            &other,
            &unreadable,
        )
        .get(self.lang);
        self.line(0, &summary);
        if let Some(words) = report.params_changed.words(self.lang) {
            self.line(0, &words);
        }
    }

    /// What is amiss with submissions, a list a kind.
    fn submissions(&mut self, report: &CountyReport) {
        for kind in troubles(report, self.lang).chunk_by(|one, next| one.kind == next.kind) {
            let what = kind.first().map_or("", |one| one.kind.words(self.lang));
            let (limit, lang) = (self.limit, self.lang);
            self.list(what, kind, |one| {
                let school = [one.id, one.name].join(" ");
                // Only of documents of which one is later there is an order.
                let between = if one.kind == Kind::Again { " < " } else { lang.comma() };
                let files = one.files.get(..limit).unwrap_or(&one.files).join(between);
                let parts = [school.trim().to_owned(), files + &further(one.files.len(), limit), one.note.clone()];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
            });
        }
        let lang = self.lang;
        self.list(self.say(texts::trouble_countys_document()), &report.structure, |one| {
            format!("{} {} {} {}", one.code, one.place(lang), one.path, one.message)
        });
    }

    fn county_rules(&mut self, report: &CountyReport) {
        self.text.push('\n');
        self.line(0, self.say(texts::county_rules()));
        for status in ORDER {
            for rule in report.rules.iter().filter(|rule| rule.status == status) {
                self.line(1, &format!("{} {} {}", status.mark(), status.words(self.lang), rule.card.title));
                for finding in &rule.findings {
                    self.line(3, &finding.message);
                }
                if rule.more_findings > 0 {
                    self.line(3, &unlisted(rule.more_findings, self.lang));
                }
                let says_how = !rule.card.remedy.is_empty() || !rule.card.responsible.is_empty();
                if matches!(status, Status::Fail | Status::Undetermined) && says_how {
                    let by = match rule.card.responsible.as_str() {
                        "" => String::new(),
                        responsible => format!(" ({responsible})"),
                    };
                    self.line(3, &format!("{}: {}{by}", self.say(texts::what_do_2()), rule.card.remedy));
                }
            }
        }
    }

    /// Under each rule, and on the whole, who fails and who cannot be judged, apart.
    fn schools(&mut self, report: &CountyReport) {
        let open: Vec<_> = tables::worst_first(report).into_iter().filter(|(_, rule)| is_open(rule)).collect();
        let total = report.by_school.len();
        if !open.is_empty() {
            let heading = self.say(texts::rules_schools_fail_cannot());
            self.text.push('\n');
            self.line(0, &format!("{heading} ({})", open.len()));
        }
        for (index, rule) in open.iter().take(self.limit) {
            self.line(1, &rule.title);
            for status in [Status::Fail, Status::Undetermined] {
                let schools: Vec<String> = tables::of_status(report, *index, status).map(named).collect();
                if !schools.is_empty() {
                    self.names(&format!("{} {}/{total}", status.words(self.lang), schools.len()), &schools);
                }
            }
        }
        self.more(open.len());
        for (verdict, words) in tables::verdicts(self.lang).into_iter().take(2) {
            let schools: Vec<&Submitted> = report.by_school.iter().filter(|one| one.verdict == verdict).collect();
            let heading = texts::schools_2(&words).get(self.lang);
            self.list(&heading, &schools, |one| named(one));
        }
    }

    fn waivers(&mut self, report: &CountyReport) {
        let lang = self.lang;
        self.list(self.say(texts::waivers()), &report.waivers, |one| {
            format!("{} {} {}", one.id, one.name, one.words(lang))
        });
    }

    fn due(&mut self, report: &CountyReport) {
        let lang = self.lang;
        self.list(self.say(texts::due_4()), &report.due, |one| {
            let when = match (&one.due, one.days_left, &one.done) {
                (Some(due), Some(left), Some(done)) => texts::done_days_late(&due, &(-left), &done).get(lang),
                (Some(due), Some(left), None) => format!("{due} ({left:+})"),
                _ => tables::standing(one, lang).to_owned(),
            };
            let item = if one.item.is_empty() { String::new() } else { format!(" · {}", one.item) };
            format!("{when} {} {} {}{item}", one.id, one.name, one.rule)
        });
        if report.more_due > 0 {
            self.line(1, &unlisted(report.more_due as usize, self.lang));
        }
    }

    fn since(&mut self, report: &CountyReport) {
        let Some(since) = &report.since else { return };
        let day = &since.as_of;
        self.list(&format!("{} {day}", self.say(texts::judged_otherwise_than())), &since.notes, Clone::clone);
        for (heading, lines) in since.lists(self.lang) {
            self.list(&heading, &lines, |one| {
                let parts = [one.id, one.name, one.rule].into_iter().filter(|part| !part.is_empty());
                let line = parts.collect::<Vec<_>>().join(" ");
                if one.why.is_empty() { line } else { format!("{line}: {}", one.why) }
            });
        }
    }

    fn counts(&mut self, report: &CountyReport) {
        let total = report.by_school.len();
        let count = |(verdict, words): (Verdict, &str)| {
            format!("{words} {}/{total}", report.by_school.iter().filter(|one| one.verdict == verdict).count())
        };
        let counts = tables::verdicts(self.lang).map(count);
        let schools = self.say(texts::schools_submitted());
        self.text.push('\n');
        self.line(0, &format!("{schools}: {}", counts.join(" · ")));
        for (what, verdict) in [
            (self.say(texts::countys_rules_without_schools()), report.verdict),
            (self.say(texts::county_all_schools_2()), report.overall),
        ] {
            let status = Status::from(verdict);
            self.line(0, &format!("{what}: {} {}", status.mark(), verdict_words(verdict, self.lang)));
        }
        if let Some(asked) = left_open(report, self.lang) {
            self.line(1, &asked);
        }
    }

    fn list<T>(&mut self, heading: &str, items: &[T], show: impl Fn(&T) -> String) {
        if items.is_empty() {
            return;
        }
        self.text.push('\n');
        self.line(0, &format!("{heading} ({})", items.len()));
        for item in items.iter().take(self.limit) {
            self.line(1, &show(item));
        }
        self.more(items.len());
    }

    /// Names in one line.
    fn names(&mut self, heading: &str, names: &[String]) {
        let shown = names.get(..self.limit.min(names.len())).unwrap_or(names).join(self.lang.comma());
        self.line(2, &format!("{heading}: {shown}{}", further(names.len(), self.limit)));
    }

    fn more(&mut self, count: usize) {
        if count > self.limit {
            let more = count - self.limit;
            let words = texts::all_lists_them(&more).get(self.lang);
            self.line(1, &words);
        }
    }
}

/// How many of a line's names were left out.
fn further(count: usize, limit: usize) -> String {
    if count > limit { format!(" … +{}", count - limit) } else { String::new() }
}

fn is_open(rule: &RuleCount) -> bool {
    rule.counts.fail + rule.counts.undetermined > 0
}

fn named(school: &Submitted) -> String {
    format!("{} {}", school.id, school.name)
}

fn verdict_words(verdict: Verdict, lang: Lang) -> &'static str {
    let words = tables::verdicts(lang);
    words.into_iter().find(|(one, _)| *one == verdict).map_or("", |(_, words)| words)
}

/// The schools by rules as CSV: a row a school, whether or not it submitted, with what is amiss with its submission, and a
/// row a file that could not be read. Every row has all columns.
#[must_use]
pub fn matrix(report: &CountyReport, lang: Lang) -> String {
    let fixed = lang.pick(["标识", "名称", "结论", "文件", "说明"], ["id", "name", "verdict", "file", "note"]);
    let mut headings: Vec<String> = fixed.map(str::to_owned).to_vec();
    headings.extend(report.by_rule.iter().map(|rule| rule.id.clone()));
    let width = headings.len();
    let mut out = format!("\u{FEFF}{}", line(&headings));
    let has_row = |id: &str| report.by_school.binary_search_by(|one| one.id.as_str().cmp(id)).is_ok();
    let is_of_row = |one: &Trouble<'_>| !matches!(one.kind, Kind::Missing | Kind::Unreadable) && has_row(one.id);
    let (of_rows, others): (Vec<_>, Vec<_>) = troubles(report, lang).into_iter().partition(is_of_row);
    let mut notes: HashMap<&str, Vec<String>> = HashMap::default();
    for one in of_rows {
        let kind = one.kind.words(lang);
        let words = if one.note.is_empty() { kind.to_owned() } else { format!("{kind}: {}", one.note) };
        notes.entry(one.id).or_default().push(words);
    }
    for one in &report.waivers {
        notes.entry(&one.id).or_default().push(one.words(lang));
    }
    // What is said of a school beside its statuses; of one that has no row it is said below.
    let mut beside = |id: &str, note: &str| {
        let notes = [note.to_owned()].into_iter().chain(notes.remove(id).unwrap_or_default());
        notes.filter(|note| !note.is_empty()).collect::<Vec<_>>().join("; ")
    };
    let mut add = |first: [&str; 5], rest: Vec<String>| {
        let mut cells: Vec<String> = first.into_iter().map(str::to_owned).chain(rest).collect();
        cells.resize(width, String::new());
        out += &line(&cells);
    };
    if let Some((what, which)) = report.params_changed.told(lang) {
        add(["", "", what, "", &which], Vec::new());
    }
    for school in &report.by_school {
        let statuses = school.statuses.chars().map(|letter| status(letter).words(lang).to_owned()).collect();
        let conflict = report.schools.conflict_of(&school.id);
        let files = conflict.map(|one| one.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>());
        let file = files.map_or_else(|| school.document.name.clone(), |files| files.join("; "));
        let note = beside(&school.id, "");
        add([&school.id, &school.name, verdict_words(school.verdict, lang), &file, &note], statuses);
    }
    for one in others {
        let note = beside(one.id, &one.note);
        add([one.id, one.name, one.kind.words(lang), &one.files.join("; "), &note], Vec::new());
    }
    let strange = texts::waiver_not_used().get(lang);
    for one in &report.waivers {
        let note = beside(&one.id, "");
        if !note.is_empty() {
            add([&one.id, &one.name, strange, "", &note], Vec::new());
        }
    }
    out
}
