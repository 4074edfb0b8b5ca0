//! The tables of rules: how schools stand under theirs, and what the county's own found.

use bulou_base::hash::HashMap;
use bulou_base::order;
use bulou_messages::texts;

use super::{Cell, ORDER, Table, columns};
use crate::{CountyReport, RuleCount, Submitted, status};
use bulou_messages::diagnostic::Lang;
use bulou_report::{Finding, RuleResult, Status, unlisted};

/// How the schools that submitted stand under each rule, what they fail most first.
pub fn by_rule(report: &CountyReport, lang: Lang) -> Table<'_> {
    let rules = worst_first(report);
    let total = report.by_school.len();
    let mut headings = columns(lang, &[(texts::rule(), 36), (texts::group_3(), 20), (texts::severity(), 8)]);
    headings.push((texts::failing_submitted().get(lang).to_owned(), 14));
    headings.extend(ORDER.map(|status| (status.words(lang).to_owned(), 10)));
    Table {
        title: texts::rule_2().get(lang),
        columns: headings,
        names: 1,
        rows: Box::new(rules.into_iter().map(move |(_, rule)| {
            let share = format!("{}/{total}", rule.counts.fail);
            let severity = rule.severity.words(lang);
            let mut cells = vec![(&rule.title).into(), (&rule.group).into(), severity.into(), Cell::Text(share)];
            cells.extend(ORDER.map(|status| Cell::from(rule.counts.of(status))));
            cells
        })),
        unlisted: Vec::new(),
    }
}

/// Which schools fail a rule, and which cannot be judged under it, apart.
pub fn open(report: &CountyReport, lang: Lang) -> Table<'_> {
    let rules = worst_first(report);
    let rows = rules.into_iter().flat_map(move |(index, rule)| {
        [Status::Fail, Status::Undetermined].into_iter().flat_map(move |status| {
            of_status(report, index, status).map(move |school| {
                vec![(&rule.title).into(), Cell::Status(status), (&school.id).into(), (&school.name).into()]
            })
        })
    });
    let headings = [(texts::rule(), 40), (texts::status(), 12), (texts::id_2(), 14), (texts::name_3(), 22)];
    Table {
        title: texts::who_fails_who_open().get(lang),
        columns: columns(lang, &headings),
        names: 2,
        rows: Box::new(rows),
        unlisted: Vec::new(),
    }
}

/// The schools' rules with their places, what they fail most first.
pub fn worst_first(report: &CountyReport) -> Vec<(usize, &RuleCount)> {
    let mut rules: Vec<_> = report.by_rule.iter().enumerate().collect();
    order::sort_by_key(&mut rules, |(_, rule)| std::cmp::Reverse((rule.counts.fail, rule.counts.undetermined)));
    rules
}

/// The schools that have a status under the rule at a place.
pub fn of_status(report: &CountyReport, rule: usize, wanted: Status) -> impl Iterator<Item = &Submitted> {
    // A letter is a byte.
    let stands =
        move |school: &Submitted| school.statuses.as_bytes().get(rule).map(|letter| status(char::from(*letter)));
    report.by_school.iter().filter(move |school| stands(school) == Some(wanted))
}

/// The county's own rules: what was found, and which schools or departments were left out.
pub fn county_rules(report: &CountyReport, lang: Lang) -> Table<'_> {
    let omitted = schools_by_id(report);
    let rules = ORDER.into_iter().flat_map(|status| report.rules.iter().filter(move |rule| rule.status == status));
    let more = rules.clone().filter(|rule| rule.more_findings > 0);
    let more = more.map(|rule| format!("{}: {}", rule.card.title, unlisted(rule.more_findings, lang))).collect();
    let rows = rules.flat_map(move |rule| {
        let findings: Vec<Option<&Finding>> =
            if rule.findings.is_empty() { vec![None] } else { rule.findings.iter().map(Some).collect() };
        findings.into_iter().map(|finding| county_rule(rule, finding, &omitted, lang)).collect::<Vec<_>>()
    });
    Table {
        title: texts::county_rules().get(lang),
        columns: columns(
            lang,
            &[
                (texts::status(), 12),
                (texts::rule(), 36),
                (texts::severity(), 8),
                (texts::finding(), 60),
                (texts::left_out_3(), 30),
                (texts::not_certain_3(), 30),
                (texts::what_do_2(), 36),
                (texts::responsible(), 24),
                (texts::due(), 12),
                (texts::basis(), 60),
            ],
        ),
        names: 2,
        rows: Box::new(rows),
        unlisted: more,
    }
}

fn county_rule(
    rule: &RuleResult<'_>,
    finding: Option<&Finding>,
    schools: &HashMap<&str, &str>,
    lang: Lang,
) -> Vec<Cell> {
    let named = |id: &String| match schools.get(id.as_str()) {
        Some(name) => format!("{id} {name}"),
        None => id.clone(),
    };
    // A cell that is cut short still says how many there are.
    let all = |ids: &[String], more: usize| {
        let more = (more > 0).then(|| unlisted(more, lang));
        Cell::Text(more.into_iter().chain(ids.iter().map(named)).collect::<Vec<_>>().join("\n"))
    };
    let omitted = finding.map(|finding| all(&finding.omitted, finding.more_omitted));
    let unsure = finding.map(|finding| all(&finding.unsure, finding.more_unsure));
    let open = !matches!(rule.status, Status::Pass | Status::NotApplicable);
    let only = |text: &str| if open { Cell::from(text) } else { "".into() };
    let message = finding.map_or(rule.because.as_deref().unwrap_or_default(), |finding| &finding.message);
    vec![
        Cell::Status(rule.status),
        (&rule.card.title).into(),
        rule.card.severity.words(lang).into(),
        message.into(),
        omitted.unwrap_or_else(|| "".into()),
        unsure.unwrap_or_else(|| "".into()),
        only(&rule.card.remedy),
        only(&rule.card.responsible),
        finding.and_then(|finding| finding.due.as_deref()).unwrap_or_default().into(),
        Cell::Text(basis(rule, lang)),
    ]
}

/// The sentences that a rule rests on.
#[must_use]
pub fn basis(rule: &RuleResult<'_>, lang: Lang) -> String {
    let quotes = rule.card.citations.iter().map(|one| one.words(lang));
    quotes.collect::<Vec<_>>().join("\n")
}

/// Names of schools that submitted or should have.
fn schools_by_id(report: &CountyReport) -> HashMap<&str, &str> {
    let submitted = report.by_school.iter().map(|school| (school.id.as_str(), school.name.as_str()));
    let missing = report.schools.missing.iter().map(|school| (school.id.as_str(), school.name.as_str()));
    submitted.chain(missing).collect()
}
