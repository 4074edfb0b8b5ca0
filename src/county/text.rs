//! The county's report for a terminal, and as a table for a spreadsheet.

use std::fmt::Write as _;

use crate::county::{Change, CountyReport, RuleCount, status};
use crate::diagnostic::Lang;
use crate::report::csv::line;
use crate::report::{Status, Verdict};
use crate::shown::visible;

/// What a list shows before it says how many more there are.
const SHOWN: usize = 20;

/// The report as text; `all` shows whole lists.
#[must_use]
pub fn render(report: &CountyReport, lang: Lang, all: bool) -> String {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    let limit = if all { usize::MAX } else { SHOWN };
    let mut out = String::new();
    let schools = &report.schools;
    let (pack, day) = (format!("{} {}", report.pack.id, report.pack.version), say("核对日", "as of"));
    let _ = writeln!(out, "{} · {day} {}", visible(&pack), report.as_of);
    let (submitted, expected, missing) = (schools.submitted, schools.expected, schools.missing.len());
    let (twice, unknown, unreadable) = (schools.duplicate.len(), schools.unknown.len(), schools.unreadable.len());
    let other = schools.other_rules.len();
    let summary = match lang {
        Lang::Zh => format!(
            "交表 {submitted}/{expected} 所,缺 {missing} 所;重复 {twice},名册外 {unknown},规则版本不一致 {other},读不了的文件 {unreadable}"
        ),
        Lang::En => format!(
            "{submitted} of {expected} schools submitted, {missing} missing; {twice} duplicate, {unknown} not on the roster, {other} for other rules, {unreadable} unreadable files"
        ),
    };
    let _ = writeln!(out, "{summary}");
    let missing = schools.missing.iter().map(|one| format!("{} {}", one.id, one.name));
    list(&mut out, &say("没有交表", "Missing"), missing, limit);
    let duplicate = schools.duplicate.iter().map(|one| format!("{} {}: {}", one.id, one.name, one.files.join(" < ")));
    list(&mut out, &say("交了不止一次,以最后一份为准", "Submitted more than once; the last counts"), duplicate, limit);
    let unknown = schools.unknown.iter().map(|one| format!("{} {}", one.id, one.name));
    list(&mut out, &say("不在名册上", "Not on the roster"), unknown, limit);
    let other = schools.other_rules.iter().map(|one| format!("{} {}: {}", one.id, one.name, one.rules));
    list(&mut out, &say("规则版本不一致", "Filled in for other rules"), other, limit);
    let unreadable = schools.unreadable.iter().map(|one| format!("{}: {}", one.name, one.message));
    list(&mut out, &say("读不了的文件", "Unreadable files"), unreadable, limit);
    let structure = report
        .structure
        .iter()
        .map(|one| format!("{} {}:{} {} {}", one.code, one.line, one.column, one.path, one.message));
    list(&mut out, &say("全县数据本身的问题", "Trouble with the county's document"), structure, limit);

    let _ = writeln!(out, "\n{}", say("全县规则", "County rules"));
    for status in
        [Status::Fail, Status::Undetermined, Status::Pending, Status::Hint, Status::NotApplicable, Status::Pass]
    {
        for rule in report.rules.iter().filter(|rule| rule.status == status) {
            let _ = writeln!(out, "  {} {} {}", status.mark(), status.words(lang), visible(&rule.card.title));
            for finding in &rule.findings {
                let _ = writeln!(out, "      {}", visible(&finding.message));
            }
            if matches!(status, Status::Fail | Status::Undetermined) {
                let words = format!("{}: {} ({})", say("怎么办", "what to do"), rule.card.remedy, rule.card.responsible);
                let _ = writeln!(out, "      {}", visible(&words));
            }
        }
    }
    let mut failing: Vec<&RuleCount> = report.by_rule.iter().filter(|rule| rule.counts.fail > 0).collect();
    failing.sort_by_key(|rule| std::cmp::Reverse(rule.counts.fail));
    let total = report.by_school.len();
    let failing = failing.iter().map(|rule| format!("{}/{total} {}", rule.counts.fail, rule.title));
    list(&mut out, &say("学校最常不符合的规则", "Rules that schools fail most"), failing, limit);
    let overdue =
        report.due.iter().map(|one| format!("{} ({:+}) {} {} {}", one.due, one.days_left, one.id, one.name, one.rule));
    list(&mut out, &say("到期", "Due"), overdue, limit);
    if let Some(since) = &report.since {
        let change = |one: &Change| format!("{} {} {}", one.id, one.name, one.rule);
        let day = &since.as_of;
        list(&mut out, &format!("{} {day}", say("改好了,比起", "Fixed since")), since.fixed.iter().map(change), limit);
        list(
            &mut out,
            &format!("{} {day}", say("新出现的不符合,比起", "Broken since")),
            since.broken.iter().map(change),
            limit,
        );
        let again = since.missing_again.iter().map(|one| format!("{} {}", one.id, one.name));
        list(&mut out, &say("连续两次没有交表", "Missing twice running"), again, limit);
    }
    let verdicts = [Verdict::Fail, Verdict::Undetermined, Verdict::Pending, Verdict::Pass];
    let counts = verdicts.map(|verdict| report.by_school.iter().filter(|one| one.verdict == verdict).count());
    let words = match lang {
        Lang::Zh => ["不合格", "无法判断", "未到期", "合格"],
        Lang::En => ["fail", "undetermined", "pending", "pass"],
    };
    let counts: Vec<_> = words.iter().zip(counts).map(|(word, count)| format!("{word} {count}/{total}")).collect();
    let _ = writeln!(out, "\n{}: {}", say("已交表的学校", "Schools that submitted"), counts.join(" · "));
    out
}

fn list(out: &mut String, heading: &str, items: impl ExactSizeIterator<Item = String>, limit: usize) {
    let count = items.len();
    if count == 0 {
        return;
    }
    let _ = writeln!(out, "\n{} ({count})", visible(heading));
    for item in items.take(limit) {
        let _ = writeln!(out, "  {}", visible(&item));
    }
    if count > limit {
        let _ = writeln!(out, "  … +{}", count - limit);
    }
}

/// The matrix of schools and rules as CSV, missing schools included.
#[must_use]
pub fn matrix(report: &CountyReport, lang: Lang) -> String {
    let fixed = lang.pick(["标识", "名称", "结论"], ["id", "name", "verdict"]);
    let mut headings: Vec<String> = fixed.map(str::to_owned).to_vec();
    headings.extend(report.by_rule.iter().map(|rule| rule.id.clone()));
    let mut out = format!("\u{FEFF}{}", line(&headings));
    for school in &report.by_school {
        let mut cells =
            vec![school.id.clone(), school.name.clone(), Status::from(school.verdict).words(lang).to_owned()];
        cells.extend(school.statuses.chars().map(|letter| status(letter).words(lang).to_owned()));
        out += &line(&cells);
    }
    for school in &report.schools.missing {
        let words = lang.pick("没有交表", "missing");
        out += &line(&[school.id.clone(), school.name.clone(), words.to_owned()]);
    }
    out
}
