//! The sources as a page that needs nothing beside itself: each sentence in its place, with its rules.

use std::collections::BTreeSet;

use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_pack::trace::{Rule, Sentence, Source, State, Trace, of_pack};
use maud::{Markup, PreEscaped, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::html;

const STYLE: &str = include_str!("trace.css");

/// The page.
pub fn page(trace: &Trace, lang: Lang) -> String {
    let title = format!("{} {} · {}", trace.title, trace.version, texts::source_rules().get(lang));
    let mut page = Page { trace, lang, shown: BTreeSet::new() };
    let held: Vec<&Source> = trace.sources.iter().filter(|source| !source.sentences.is_empty()).collect();
    let body = html! {
        style { (PreEscaped(STYLE)) }
        main {
            h1 { (title) }
            p { (of_pack(trace, lang)) }
            p { (texts::each_sentence_source_rules().get(lang)) }
            (totals(&held, lang))
            (left_out(&held, lang))
            @for source in &held { (page.source(source)) }
            (page.index())
        }
    };
    html::page(lang, &title, body)
}

fn totals(sources: &[&Source], lang: Lang) -> Markup {
    html! {
        table {
            tr { th { (texts::source().get(lang)) } th { (texts::sentences().get(lang)) } @for state in State::ALL { th { (chip(state, lang)) } } }
            @for source in sources {
                tr {
                    td { a href={ "#" (anchor(&source.name)) } { (source.name) } " " (source.label) }
                    td.number { (source.counts.sentences) }
                    @for state in State::ALL { td.number { (source.counts.of(state)) } }
                }
            }
        }
    }
}

/// The sentences that nothing covers, first of all.
fn left_out(sources: &[&Source], lang: Lang) -> Markup {
    let open =
        sources.iter().flat_map(|source| source.sentences.iter().enumerate().map(move |(at, one)| (source, at, one)));
    let open: Vec<_> = open.filter(|(_, _, sentence)| sentence.state == State::Uncovered).collect();
    html! {
        h2 { (State::Uncovered.words(lang)) " (" (open.len()) ")" }
        @if open.is_empty() { p { (texts::none_nothing_left_out().get(lang)) } }
        @else { ol { @for (source, at, sentence) in &open {
            li { a href={ "#" (anchor(&sentence_id(source, *at))) } { (sentence.text) } }
        } } }
    }
}

/// Writes the sentences; a rule is an anchor where it is shown first, inside what a browser opens for the link.
struct Page<'t> {
    trace: &'t Trace,
    lang: Lang,
    shown: BTreeSet<&'t str>,
}

impl<'t> Page<'t> {
    fn source(&mut self, source: &'t Source) -> Markup {
        let numbered: Vec<(usize, &Sentence)> = source.sentences.iter().enumerate().collect();
        html! {
            h2 id=(source.name) { (source.label) }
            @for paragraph in numbered.chunk_by(|(_, a), (_, b)| a.line == b.line) { div.paragraph {
                @if let Some((_, first)) = paragraph.first() {
                    h3 { (texts::line().get(self.lang)) (first.line) (texts::line_number_end().get(self.lang)) }
                }
                @for (at, sentence) in paragraph { (self.sentence(source, *at, sentence)) }
            } }
        }
    }

    fn sentence(&mut self, source: &Source, at: usize, sentence: &'t Sentence) -> Markup {
        let lang = self.lang;
        let is_settled = sentence.state != State::Uncovered;
        html! {
            section.sentence.(class(sentence.state)) id=(sentence_id(source, at)) {
                p.words {
                    (chip(sentence.state, lang)) " "
                    @for (text, quoted) in sentence.clauses.iter().flat_map(|clause| &clause.pieces) {
                        @if is_settled && !quoted { span.unquoted { (text) } } @else { (text) }
                    }
                }
                @for reason in &sentence.reasons { p { (texts::excused().get(lang)) (reason) } }
                @for shortfall in &sentence.shortfalls { p { (texts::falls_short_2().get(lang)) (shortfall) } }
                @for id in &sentence.rules { @if let Some(found) = self.trace.rule(id) { (self.rule(found, &source.name)) } }
            }
        }
    }

    fn rule(&mut self, rule: &'t Rule, source: &str) -> Markup {
        let lang = self.lang;
        let id = self.shown.insert(&rule.id).then(|| rule_id(rule));
        let row = |name: &'static str, value: &str| html! { @if !value.is_empty() { dt { (name) } dd { (value) } } };
        html! {
            details {
                summary { (scope(rule, lang)) " " strong { (rule.id) } " " (rule.title) " " small { (rule.severity.words(lang)) } }
                div id=[id] { dl {
                    @for one in rule.citations.iter().filter(|one| one.citation.source == source) {
                        dt { (texts::quote().get(lang)) } dd { (lang.quoted(&one.citation.quote)) }
                        (row(texts::falls_short().get(lang), one.shortfall.as_deref().unwrap_or_default()))
                    }
                    @if let Some(applies) = &rule.applies { dt { (texts::applies().get(lang)) } dd { code { (applies) } } }
                    @for one in &rule.requirements {
                        dt { (texts::requires().get(lang)) }
                        dd { code { (one.text) } @if let Some(message) = &one.message { br; small { (texts::otherwise().get(lang)) (message) } } }
                    }
                    (row(texts::remedy().get(lang), &rule.remedy))
                    (row(texts::responsible().get(lang), &rule.responsible))
                    (row(texts::group().get(lang), &rule.group))
                } }
            }
        }
    }

    /// All rules; those that rest only on texts that are not held are shown here.
    fn index(&mut self) -> Markup {
        let lang = self.lang;
        let trace = self.trace;
        html! {
            h2 { (texts::all_rules().get(lang)) " (" (trace.rules.len()) ")" }
            @for source in trace.sources.iter().filter(|source| source.sentences.is_empty()) {
                p { (texts::text_not_held().get(lang)) (source.label) " "
                    @for id in &source.rules { a href={ "#" (anchor(&format!("rule-{id}"))) } { (id) } " " } }
            }
            @for rule in &trace.rules {
                @if self.shown.contains(rule.id.as_str()) {
                    p { (scope(rule, lang)) " " a href={ "#" (anchor(&rule_id(rule))) } { (rule.id) } " " (rule.title) }
                } @else { (self.rule(rule, "")) }
            }
        }
    }
}

fn rule_id(rule: &Rule) -> String {
    format!("rule-{}", rule.id)
}

fn sentence_id(source: &Source, at: usize) -> String {
    format!("{}-{}", source.name, at + 1)
}

/// An element's id as a link names it.
fn anchor(id: &str) -> String {
    utf8_percent_encode(id, NON_ALPHANUMERIC).to_string()
}

fn scope(rule: &Rule, lang: Lang) -> &'static str {
    if rule.county { texts::county_rule().get(lang) } else { texts::rule().get(lang) }
}

fn class(state: State) -> &'static str {
    match state {
        State::Covered => "covered",
        State::Excused => "excused",
        State::Uncovered => "uncovered",
    }
}

fn chip(state: State, lang: Lang) -> Markup {
    let colour = match state {
        State::Covered => "pass",
        State::Excused => "skipped",
        State::Uncovered => "fail",
    };
    html! { span class={ "chip " (colour) } { (state.mark()) " " (state.words(lang)) } }
}
