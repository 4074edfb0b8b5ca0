//! A report for a person at a terminal: the verdict, what to do first, then every rule by status.

use unicode_width::UnicodeWidthChar as _;

use crate::{Finding, Problem, Report, RuleResult, Status, Verdict, unlisted};
use bulou_base::order;
use bulou_base::sanitize::visible;
use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;

/// How a report is written.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// ANSI colours.
    pub color: bool,
    /// Columns.
    pub width: usize,
    /// Language of the report's own words; what the pack says stays as it is.
    pub lang: Lang,
    /// The verdict and what is open, without evidence and without what passed.
    pub quiet: bool,
}

const FIRST: usize = 10;
/// What must not begin a line, and what must not end one (the basic rule of Chinese typesetting, GB/T 15834).
const NOT_FIRST: &str = ",.;:!?)]}、。\u{FF0C}\u{FF1B}\u{FF1A}\u{FF01}\u{FF1F}\u{FF09}」』】”’·";
const NOT_LAST: &str = "([{\u{FF08}「『【“‘";

/// Writes a report.
#[must_use]
pub fn render(report: &Report<'_>, options: TextOptions) -> String {
    let mut out = Writer { text: String::new(), options };
    out.head(report);
    out.structure(report);
    out.first(report);
    out.blanks(report);
    if !options.quiet {
        for status in [Status::Fail, Status::Undetermined, Status::Pending, Status::Hint] {
            out.section(report, status);
        }
        out.passed(report);
        out.skipped(report);
    }
    out.text
}

struct Writer {
    text: String,
    options: TextOptions,
}

impl Writer {
    fn say(&self, words: Phrase) -> &'static str {
        words.get(self.options.lang)
    }

    fn head(&mut self, report: &Report<'_>) {
        let name = if report.subject.name.is_empty() { &report.document.name } else { &report.subject.name };
        let id = if report.subject.id.is_empty() { String::new() } else { format!("({})", report.subject.id) };
        let day = self.say(texts::as_of());
        self.line(0, &format!("{name}{id} · {} {} · {day} {}", report.pack.id, report.pack.version, report.as_of));
        let (mark, words, color) = match report.verdict {
            Verdict::Pass => ('✔', self.say(texts::compliant()), "32"),
            Verdict::Pending => ('◷', self.say(texts::nothing_fails_some_not()), "33"),
            Verdict::Undetermined => ('?', self.say(texts::cannot_judged()), "35"),
            Verdict::Fail => ('✖', self.say(texts::not_compliant()), "31"),
        };
        let order =
            [Status::Pass, Status::Fail, Status::Undetermined, Status::Pending, Status::Hint, Status::NotApplicable];
        let count = |status| format!("{} {}", self.status(status).1, report.counts.of(status));
        let counts = order.map(count);
        self.colored(color, &format!("{mark} {words}: {}", counts.join(" · ")));
        if let Some(words) = report.params_changed.words(self.options.lang) {
            self.line(0, &words);
        }
    }

    /// A group as a heading.
    fn group(&self, group: &str) -> String {
        texts::group_2(&group).get(self.options.lang)
    }

    fn status(&self, status: Status) -> (char, &'static str) {
        (status.mark(), status.words(self.options.lang))
    }

    fn structure(&mut self, report: &Report<'_>) {
        let problems: Vec<&Problem> = report.structure.iter().filter(|problem| !problem.code.is_blank()).collect();
        if !problems.is_empty() {
            self.heading(self.say(texts::trouble_file_itself()));
            problems.into_iter().for_each(|problem| self.problem(problem));
        }
    }

    /// What has to be filled in and is not: often many, none of them more urgent than another.
    fn blanks(&mut self, report: &Report<'_>) {
        let blanks: Vec<&Problem> = report.structure.iter().filter(|problem| problem.code.is_blank()).collect();
        if !blanks.is_empty() {
            self.heading(&format!("{}({})", self.say(texts::required_not_filled_2()), blanks.len()));
            blanks.into_iter().for_each(|problem| self.problem(problem));
        }
    }

    fn problem(&mut self, problem: &Problem) {
        let place = problem.place(self.options.lang);
        self.line(1, &format!("{} {place} {} {}", problem.code, problem.path, problem.message));
    }

    /// What to do first: what fails before what is blank before what is due, the graver rule first.
    fn first(&mut self, report: &Report<'_>) {
        let rank = |status: Status| match status {
            Status::Fail => Some(0),
            Status::Undetermined => Some(1),
            Status::Pending => Some(2),
            Status::Pass | Status::Hint | Status::NotApplicable => None,
        };
        let mut open: Vec<&RuleResult<'_>> = report.rules.iter().filter(|rule| rank(rule.status).is_some()).collect();
        order::sort_by_key(&mut open, |rule| (rank(rule.status), rule.card.severity));
        if open.is_empty() {
            return;
        }
        self.heading(self.say(texts::do_first()));
        // Where no section follows, all that is open is named here.
        let named = if self.options.quiet { open.len() } else { FIRST };
        for (number, rule) in open.iter().take(named).enumerate() {
            let what = rule.findings.first().map_or(rule.card.title.as_str(), |finding| finding.message.as_str());
            self.line(1, &format!("{}. {what}", number + 1));
            let further = rule.findings.len().saturating_sub(1) + rule.more_findings;
            if self.options.quiet && further > 0 {
                self.line(2, &unlisted(further, self.options.lang));
            }
            let said = |label, words: &str| (!words.is_empty()).then(|| format!("{}: {words}", self.say(label)));
            let due = rule.due.as_ref().map(|due| format!("{} {due}", self.say(texts::due())));
            let all =
                [said(texts::remedy_2(), &rule.card.remedy), said(texts::responsible_2(), &rule.card.responsible), due];
            let all: Vec<String> = all.into_iter().flatten().collect();
            if !all.is_empty() {
                self.line(2, &all.join("; "));
            }
        }
        if let Some(rest) = open.len().checked_sub(named).filter(|rest| *rest > 0) {
            self.line(1, &texts::more_below(&rest).get(self.options.lang));
        }
    }

    fn section(&mut self, report: &Report<'_>, status: Status) {
        let rules: Vec<&RuleResult<'_>> = report.rules.iter().filter(|rule| rule.status == status).collect();
        if rules.is_empty() {
            return;
        }
        let (mark, words) = self.status(status);
        self.heading(&format!("{mark} {words}({})", rules.len()));
        for (group, rules) in by_group(&rules) {
            if !group.is_empty() {
                self.line(1, &self.group(group));
            }
            for rule in rules {
                self.rule(rule);
            }
        }
    }

    fn rule(&mut self, rule: &RuleResult<'_>) {
        self.line(1, &format!("{}({})", rule.card.title, rule.card.id));
        for finding in &rule.findings {
            self.finding(finding);
        }
        if rule.more_findings > 0 {
            self.line(2, &unlisted(rule.more_findings, self.options.lang));
        }
        for citation in &rule.card.citations {
            let place = [citation.source.as_str(), citation.section.as_str()].join(" ");
            let words = match citation.quote.as_str() {
                "" => String::new(),
                quote => self.say(texts::word_space()).to_owned() + &self.options.lang.quoted(quote),
            };
            self.line(2, &format!("{}: {}{words}", self.say(texts::basis()), place.trim_end()));
        }
        let who = if rule.card.responsible.is_empty() { String::new() } else { format!("({})", rule.card.responsible) };
        if !rule.card.remedy.is_empty() || !who.is_empty() {
            self.line(2, &format!("{}: {}{who}", self.say(texts::remedy()), rule.card.remedy));
        }
    }

    fn finding(&mut self, finding: &Finding) {
        let lang = self.options.lang;
        let left = match finding.days_left {
            Some(left) if finding.done.is_some() => texts::done_late_days(&-left).get(lang),
            Some(left) if left < 0 => texts::overdue_days(&-left).get(lang),
            _ => String::new(),
        };
        self.line(2, &format!("· {}{left}", finding.message));
        for step in &finding.steps {
            self.line(3, &step.words(self.options.lang));
        }
        if !finding.paths.is_empty() {
            self.line(3, &format!("{}: {}", self.say(texts::at()), finding.places().join(" ")));
        }
    }

    fn passed(&mut self, report: &Report<'_>) {
        let rules: Vec<&RuleResult<'_>> = report.rules.iter().filter(|rule| rule.status == Status::Pass).collect();
        if rules.is_empty() {
            return;
        }
        let (mark, words) = self.status(Status::Pass);
        self.heading(&format!("{mark} {words}({})", rules.len()));
        for (group, rules) in by_group(&rules) {
            let nothing = |rule: &RuleResult<'_>| {
                if rule.vacuous { self.say(texts::nothing_check()) } else { "" }
            };
            let titles: Vec<String> =
                rules.iter().map(|rule| format!("{}{}", rule.card.title, nothing(rule))).collect();
            let heading = if group.is_empty() { String::new() } else { self.group(group) + " " };
            self.line(1, &format!("{heading}{}", titles.join(" · ")));
        }
    }

    fn skipped(&mut self, report: &Report<'_>) {
        let rules: Vec<&RuleResult<'_>> =
            report.rules.iter().filter(|rule| rule.status == Status::NotApplicable).collect();
        if rules.is_empty() {
            return;
        }
        let (mark, words) = self.status(Status::NotApplicable);
        self.heading(&format!("{mark} {words}({})", rules.len()));
        for rule in rules {
            self.line(1, &format!("{}: {}", rule.card.title, rule.because.as_deref().unwrap_or_default()));
        }
    }

    fn heading(&mut self, words: &str) {
        self.text.push('\n');
        self.line(0, words);
    }

    /// A paragraph, wrapped at the width in columns, double-width characters counted as two.
    fn line(&mut self, indent: usize, words: &str) {
        let margin = "  ".repeat(indent);
        let room = self.options.width.saturating_sub(margin.len()).max(20);
        let words = visible(words);
        for (number, line) in wrap(&words, room).into_iter().enumerate() {
            self.text.push_str(&margin);
            self.text.push_str(if number > 0 { "  " } else { "" });
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    fn colored(&mut self, color: &str, words: &str) {
        if self.options.color {
            self.text.push_str(&format!("\u{1b}[1;{color}m"));
        }
        self.line(0, words);
        if self.options.color {
            self.text.push_str("\u{1b}[0m");
        }
    }
}

/// Rules by group, groups in the order in which they first stand in the pack.
fn by_group<'r>(rules: &[&'r RuleResult<'_>]) -> Vec<(&'r str, Vec<&'r RuleResult<'r>>)> {
    let mut groups: Vec<(&str, Vec<&RuleResult<'_>>)> = Vec::new();
    for rule in rules {
        match groups.iter_mut().find(|(group, _)| *group == rule.card.group) {
            Some((_, members)) => members.push(rule),
            None => groups.push((&rule.card.group, vec![rule])),
        }
    }
    groups
}

/// Breaks a paragraph between Chinese characters or at spaces; words and numbers stay whole where they fit.
fn wrap(words: &str, room: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut column, mut breakable) = (0, 0, None::<(usize, usize)>);
    let mut previous = ' ';
    for (at, c) in words.char_indices() {
        let between = !(previous.is_ascii_graphic() && c.is_ascii_graphic());
        if at > start && between && c != ' ' && !NOT_FIRST.contains(c) && !NOT_LAST.contains(previous) {
            breakable = Some((at, column));
        }
        let width = c.width().unwrap_or(0);
        if column + width > room && at > start && c != ' ' {
            let (end, used) = breakable.unwrap_or((at, column));
            lines.push(words.get(start..end).unwrap_or_default().trim_end());
            start = end;
            column = column - used + 2;
            breakable = None;
        }
        column += width;
        previous = c;
    }
    lines.push(words.get(start..).unwrap_or_default());
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_break_between_characters_but_not_before_closing_marks() {
        assert_eq!(wrap("楼梯口有人值守、有预案", 14), ["楼梯口有人值", "守、有预案"]);
        assert_eq!(wrap("甲乙丙丁、戊", 8), ["甲乙丙", "丁、戊"]);
        assert_eq!(wrap("到 2022-06-27 为止", 12), ["到", "2022-06-27", "为止"]);
        assert_eq!(wrap("abcdefghijklmnop", 10), ["abcdefghij", "klmnop"]);
        assert_eq!(wrap("", 10), [""]);
    }
}
