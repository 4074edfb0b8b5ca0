//! A page of reports that needs nothing beside itself: to read, to print, to keep with a build.

use super::summary::Summary;
use bulou_base::sanitize::visible_lines;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_report::{Report, RuleResult, Status, unlisted};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("report.css");
const ORDER: [Status; 6] =
    [Status::Fail, Status::Undetermined, Status::Pending, Status::Hint, Status::Pass, Status::NotApplicable];

/// A page with what is between its tags: what turns the direction of writing would turn the words around it, too.
pub fn page(lang: Lang, title: &str, body: Markup) -> String {
    head(lang, title) + &visible_lines(&body.into_string()) + "\n"
}

/// What begins a page that loads nothing and runs nothing.
pub fn head(lang: Lang, title: &str) -> String {
    let head = html! {
        (DOCTYPE)
        (PreEscaped(texts::html_lang_en().get(lang)))
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
        title { (title) }
        style { (PreEscaped(STYLE)) }
    };
    visible_lines(&head.into_string()) + "\n"
}

/// One report.
pub fn report(report: &Report<'_>, lang: Lang) -> String {
    let page = html! {
        article {
            h1 { (chip(report.verdict.into(), lang)) " " (report.subject.name) " " small { (report.subject.id) } }
            p { (report.document.name) " · " (report.pack.id) " " (report.pack.version) " · " (texts::as_of().get(lang)) " " (report.as_of) }
            p { @for status in ORDER { (chip(status, lang)) " " (report.counts.of(status)) " " } }
            @if let Some(words) = report.params_changed.words(lang) { p { (words) } }
            @if !report.structure.is_empty() {
                h2 { (texts::trouble_file_itself().get(lang)) }
                ul { @for problem in &report.structure {
                    li { (problem.code) " " (problem.place(lang)) " " code { (problem.path) } " " (problem.message) }
                } }
            }
            @for status in ORDER {
                @let rules: Vec<_> = report.rules.iter().filter(|rule| rule.status == status).collect();
                @if !rules.is_empty() {
                    h2 { (status.words(lang)) " (" (rules.len()) ")" }
                    @for one in rules { (rule(one, lang)) }
                }
            }
            p.print { "SHA-256 " (report.document.sha256) " · " (report.pack.sha256) }
        }
    };
    visible_lines(&page.into_string()) + "\n"
}

/// What several reports come to; nothing of a single one.
pub fn summary(summary: &Summary, lang: Lang) -> String {
    let page = html! {
        section {
            h2 { (texts::summary().get(lang)) }
            p { strong { (summary.counts(lang)) } }
            ul { @for (status, words, file) in summary.open(lang) {
                li { @if let Some(status) = status { (chip(status, lang)) } @else { strong { (words) } } " " (file) }
            } }
            @for words in summary.repeated(lang) { p { (words) } }
        }
    };
    if summary.is_several() { visible_lines(&page.into_string()) + "\n" } else { String::new() }
}

fn rule(rule: &RuleResult<'_>, lang: Lang) -> Markup {
    html! {
        section {
            h3 { span class={ "chip " (class(rule.status)) } { (rule.status.mark()) " " (rule.outcome(lang)) } " " (rule.card.title) " " small { (rule.card.severity.words(lang)) } }
            @if let Some(because) = &rule.because { p { (because) } }
            @for finding in &rule.findings {
                p { (finding.message) " " @for place in finding.places() { code { (place) } " " } }
            }
            @if rule.more_findings > 0 { p { (unlisted(rule.more_findings, lang)) } }
            @if is_open(rule.status) {
                p { @if !rule.card.remedy.is_empty() { (texts::what_do().get(lang)) ": " (rule.card.remedy) }
                    @if !rule.card.responsible.is_empty() { " · " (rule.card.responsible) }
                    @if let Some(due) = &rule.due { " · " (texts::due().get(lang)) " " (due) } }
            }
            p.source { @for one in &rule.card.citations { (one.source) " " (one.section) " " @if !one.quote.is_empty() { (lang.quoted(&one.quote)) " " } } }
        }
    }
}

/// Whether a rule asks for something to be done.
fn is_open(status: Status) -> bool {
    !matches!(status, Status::Pass | Status::NotApplicable)
}

/// A status with its sign, in its colour.
pub fn chip(status: Status, lang: Lang) -> Markup {
    html! { span class={ "chip " (class(status)) } { (status.mark()) " " (status.words(lang)) } }
}

/// The style of a status.
pub fn class(status: Status) -> &'static str {
    match status {
        Status::Pass => "pass",
        Status::Fail => "fail",
        Status::Undetermined => "undetermined",
        Status::Pending => "pending",
        Status::Hint => "hint",
        Status::NotApplicable => "skipped",
    }
}
