//! A report for a person at a terminal: the verdict, what to do first, then every rule by status.

use unicode_width::UnicodeWidthStr as _;

use crate::report::{Finding, Report, RuleResult, Status, Verdict};

/// How a report is written.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// ANSI colours.
    pub color: bool,
    /// Columns.
    pub width: usize,
}

const FIRST: usize = 10;

/// Writes a report.
#[must_use]
pub fn render(report: &Report, options: TextOptions) -> String {
    let mut out = Lines { text: String::new(), options };
    let name = if report.subject.name.is_empty() { &report.document.name } else { &report.subject.name };
    out.line(
        0,
        &format!("{name}({})· {} {} · 核对日 {}", report.subject.id, report.pack.id, report.pack.version, report.as_of),
    );
    let (mark, words, color) = verdict(report.verdict);
    let counts = report.counts;
    let head = format!(
        "{mark} {words}:符合 {} · 不符合 {} · 无法判断 {} · 未到期 {} · 提示 {} · 不适用 {}",
        counts.pass, counts.fail, counts.undetermined, counts.pending, counts.hint, counts.not_applicable
    );
    out.colored(color, &head);
    if !report.structure.is_empty() {
        out.line(0, "\n文件本身的问题");
        for problem in &report.structure {
            let place = format!("第 {} 行第 {} 列", problem.line, problem.column);
            out.line(1, &format!("{} {place} {} {}", problem.code, problem.path, problem.message));
        }
    }
    first(&mut out, report);
    for (status, title) in [
        (Status::Fail, "✖ 不符合"),
        (Status::Undetermined, "? 无法判断"),
        (Status::Pending, "◷ 未到期"),
        (Status::Hint, "! 提示"),
    ] {
        section(&mut out, report, status, title);
    }
    closing(&mut out, report);
    out.text
}

fn verdict(verdict: Verdict) -> (char, &'static str, &'static str) {
    match verdict {
        Verdict::Pass => ('✔', "合格", "32"),
        Verdict::Pending => ('◷', "没有不合格,有的还没到期", "33"),
        Verdict::Undetermined => ('?', "无法判断", "35"),
        Verdict::Fail => ('✖', "不合格", "31"),
    }
}

fn first(out: &mut Lines, report: &Report) {
    let open: Vec<&RuleResult> = [Status::Fail, Status::Undetermined, Status::Pending]
        .into_iter()
        .flat_map(|status| report.rules.iter().filter(move |rule| rule.status == status))
        .collect();
    if open.is_empty() {
        return;
    }
    out.line(0, "\n先办这几件");
    for (number, rule) in open.iter().take(FIRST).enumerate() {
        let what = rule.findings.first().map_or(rule.title.as_str(), |finding| finding.message.as_str());
        out.line(1, &format!("{}. {what}", number + 1));
        let due = rule.due.as_ref().map(|due| format!(";期限 {due}")).unwrap_or_default();
        out.line(2, &format!("怎么办:{};谁来办:{}{due}", rule.remedy, rule.responsible));
    }
}

fn section(out: &mut Lines, report: &Report, status: Status, title: &str) {
    let rules: Vec<&RuleResult> = report.rules.iter().filter(|rule| rule.status == status).collect();
    if rules.is_empty() {
        return;
    }
    out.line(0, &format!("\n{title}({})", rules.len()));
    let mut group = "";
    for rule in rules {
        if rule.group != group {
            group = &rule.group;
            out.line(1, &format!("【{group}】"));
        }
        out.line(1, &format!("{}({})", rule.title, rule.id));
        for finding in &rule.findings {
            self::finding(out, finding);
        }
        if rule.more_findings > 0 {
            out.line(2, &format!("还有 {} 处没有列出", rule.more_findings));
        }
        for citation in &rule.citations {
            out.line(2, &format!("依据:{} {}「{}」", citation.source, citation.section, citation.quote));
        }
        out.line(2, &format!("整改:{}({})", rule.remedy, rule.responsible));
    }
}

fn finding(out: &mut Lines, finding: &Finding) {
    let left = match finding.days_left {
        Some(left) if left < 0 => format!("(已逾期 {} 天)", -left),
        Some(left) if finding.status == Verdict::Pending => format!("(还有 {left} 天)"),
        _ => String::new(),
    };
    out.line(2, &format!("· {}{left}", finding.message));
    for step in &finding.steps {
        out.line(3, &format!("{} → {}", step.text, step.value));
    }
    if !finding.paths.is_empty() {
        out.line(3, &format!("位置:{}", finding.paths.join(" ")));
    }
}

fn closing(out: &mut Lines, report: &Report) {
    let titles = |status: Status| report.rules.iter().filter(move |rule| rule.status == status);
    let passed: Vec<&str> = titles(Status::Pass).map(|rule| rule.title.as_str()).collect();
    if !passed.is_empty() {
        out.line(0, &format!("\n✔ 符合({})", passed.len()));
        out.line(1, &passed.join(" · "));
    }
    let skipped: Vec<&RuleResult> = titles(Status::NotApplicable).collect();
    if !skipped.is_empty() {
        out.line(0, &format!("\n– 不适用({})", skipped.len()));
        for rule in skipped {
            out.line(1, &format!("{}:{}", rule.title, rule.because.as_deref().unwrap_or_default()));
        }
    }
}

struct Lines {
    text: String,
    options: TextOptions,
}

impl Lines {
    /// A paragraph, wrapped at the width in columns, double-width characters counted as two.
    fn line(&mut self, indent: usize, words: &str) {
        let words = words.strip_prefix('\n').map_or(words, |rest| {
            self.text.push('\n');
            rest
        });
        let margin = "  ".repeat(indent);
        let room = self.options.width.saturating_sub(margin.len()).max(20);
        let mut column = 0;
        self.text.push_str(&margin);
        for c in words.chars() {
            let c = if c.is_control() { '\u{FFFD}' } else { c };
            let mut buffer = [0; 4];
            let width = c.encode_utf8(&mut buffer).width();
            if column + width > room {
                self.text.push('\n');
                self.text.push_str(&margin);
                self.text.push_str("  ");
                column = 2;
            }
            self.text.push(c);
            column += width;
        }
        self.text.push('\n');
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
