//! The county's report as a page that needs nothing beside itself: to read, to print, to send on.

use bulou_county::CountyReport;
use bulou_county::tables::{self, Cell, Table};
use bulou_county::troubles::left_open;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use maud::{Markup, PreEscaped, html};

use super::html::{self, chip, class};

const STYLE: &str = include_str!("county.css");
/// Rows of a table that are shown unless all are asked for; a browser is slow with more.
const SHOWN: usize = 1000;

/// The whole page; `all` shows every row of every table.
pub fn page(report: &CountyReport, lang: Lang, all: bool) -> String {
    let shown = if all { usize::MAX } else { SHOWN };
    let title = texts::countys_report().get(lang);
    let schools = &report.schools;
    let total = report.by_school.len();
    let body = html! {
        style { (PreEscaped(STYLE)) }
        h1 { (title) " " (chip(report.overall.into(), lang)) }
        p { (report.pack.id) " " (report.pack.version) " · " (texts::as_of().get(lang)) " " (report.as_of) " · " (report.document.name) }
        @if let Some(words) = report.params_changed.words(lang) { p { (words) } }
        p { (texts::countys_rules_without_schools().get(lang)) " " (chip(report.verdict.into(), lang)) @if let Some(asked) = left_open(report, lang) { " " (asked) } }
        section.figures {
            (figure(schools.submitted, schools.expected, texts::submitted().get(lang), lang))
            (figure(schools.missing.len(), schools.expected, texts::missing_2().get(lang), lang))
            @for (verdict, words) in tables::verdicts(lang) {
                (figure(report.by_school.iter().filter(|one| one.verdict == verdict).count(), total, words, lang))
            }
            (figure(report.counts.fail as usize, report.rules.len(), texts::county_rules_fail().get(lang), lang))
        }
        (section(tables::county_rules(report, lang), shown, lang))
        // Who did not hand in, or cannot be read, says nothing about compliance.
        (section(tables::submissions(report, lang), shown, lang))
        (section(tables::by_rule(report, lang), shown, lang))
        (section(tables::due(report, lang), shown, lang))
        @if let Some(waivers) = tables::waivers(report, lang) { (section(waivers, shown, lang)) }
        @if let Some(since) = tables::since(report, lang) { (section(since, shown, lang)) }
        (matrix(report, shown, lang))
        @if !report.structure.is_empty() { (section(tables::structure(report, lang), shown, lang)) }
        (section(tables::summary(report, lang), shown, lang))
    };
    html::page(lang, title, body)
}

/// A count with what it is a part of.
fn figure(count: usize, of: usize, words: &str, lang: Lang) -> Markup {
    html! { p { strong { (count) } "/" (of) br; (words) (texts::word_space().get(lang)) } }
}

fn section(table: Table<'_>, shown: usize, lang: Lang) -> Markup {
    let mut rows = table.rows;
    let first: Vec<_> = rows.by_ref().take(shown).collect();
    let more = rows.count();
    html! {
        section {
            h2 { (table.title) " " small { (first.len() + more) } }
            @if first.is_empty() { p { (texts::none().get(lang)) } } @else {
                div.wide { table {
                    (widths(&table.columns))
                    thead { tr { @for (heading, _) in &table.columns { th scope="col" { (heading) } } } }
                    tbody { @for row in &first { tr { @for cell in row { td { (content(cell, lang)) } } } } }
                } }
            }
            (rest(more, lang))
            @for words in &table.unlisted { p { (words) } }
        }
    }
}

/// Columns as wide as what they hold, in parts of the whole.
fn widths(columns: &[(String, u8)]) -> Markup {
    let total = columns.iter().map(|(_, width)| u32::from(*width)).sum::<u32>().max(1);
    html! { colgroup { @for (_, width) in columns {
        col style=(format!("width: {}%", u32::from(*width) * 100 / total));
    } } }
}

/// Schools by rules, a sign a cell; its words are there for who points at it, and for who listens.
fn matrix(report: &CountyReport, shown: usize, lang: Lang) -> Markup {
    let table = tables::matrix(report, lang);
    let names = usize::from(table.names);
    let mut rows = table.rows;
    let first: Vec<_> = rows.by_ref().take(shown).collect();
    let more = rows.count();
    html! {
        section.matrix {
            h2 { (table.title) " " small { (first.len() + more) " × " (report.by_rule.len()) } }
            p { @for status in tables::ORDER { (chip(status, lang)) " " } }
            div.wide { table {
                thead { tr {
                    @for (heading, _) in table.columns.iter().take(names) { th scope="col" { (heading) } }
                    @for (heading, _) in table.columns.iter().skip(names) { th.rule scope="col" { span { (heading) } } }
                } }
                tbody { @for row in &first { tr {
                    @for cell in row.iter().take(names) { td { (content(cell, lang)) } }
                    @for cell in row.iter().skip(names) { (sign(cell, lang)) }
                } } }
            } }
            (rest(more, lang))
        }
    }
}

fn content(cell: &Cell, lang: Lang) -> Markup {
    match cell {
        Cell::Text(text) => html! { @for (number, line) in text.lines().enumerate() { @if number > 0 { br; } (line) } },
        Cell::Number(number) => html! { (number) },
        Cell::Status(status) => chip(*status, lang),
    }
}

fn sign(cell: &Cell, lang: Lang) -> Markup {
    match cell {
        Cell::Status(status) => html! {
            td class=(class(*status)) title=(status.words(lang)) { (status.mark()) }
        },
        other => html! { td { (content(other, lang)) } },
    }
}

fn rest(more: usize, lang: Lang) -> Markup {
    let words = texts::more_rows_not_shown(&more).get(lang);
    html! { @if more > 0 { p { (words) } } }
}
