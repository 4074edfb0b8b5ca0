//! A comparison as a page that needs nothing beside itself.

use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_pack::diff::{Change, Diff, Effects, RuleChange, text};
use maud::{Markup, html};

use crate::formats::html;

/// The whole page.
pub fn page(diff: &Diff, lang: Lang) -> String {
    let title = format!("{} {} → {}", diff.new.id, diff.old.version, diff.new.version);
    let page = html! {
        article {
            h1 { (title) }
            @if diff.is_empty() { p { (texts::no_rule_differs().get(lang)) } }
            (changes(&diff.header, lang))
            @if !diff.rules.is_empty() {
                h2 { (texts::rules_2().get(lang)) }
                @for one in &diff.rules { (rule(one, lang)) }
            }
            (declarations(diff, lang))
            (fields(diff, lang))
            @if let Some(data) = &diff.data { (effects(data, lang)) }
            p.print { "SHA-256 " (diff.old.sha256) " → " (diff.new.sha256) }
        }
    };
    html::page(lang, &title, page)
}

fn changes(changes: &[Change], lang: Lang) -> Markup {
    html! {
        @if !changes.is_empty() {
            ul { @for one in changes {
                li { (text::change(one, lang)) @if let Some(within) = &one.within { " " code { (within) } } }
            } }
        }
    }
}

fn rule(rule: &RuleChange, lang: Lang) -> Markup {
    html! {
        section {
            h3 {
                (rule.kind.words(lang)) " " (rule.id) " " (rule.title)
                @if rule.county { " " small { (texts::county().get(lang)) } }
            }
            (changes(&rule.changes, lang))
            @if !rule.because.is_empty() { p { (texts::because().get(lang)) ": " (rule.because.join(lang.comma())) } }
            @for one in &rule.examples { p { (text::example(one, lang)) } }
            @if let Some(words) = text::searched(rule, lang) { p { (words) } }
        }
    }
}

fn declarations(diff: &Diff, lang: Lang) -> Markup {
    html! {
        @if !diff.declarations.is_empty() {
            h2 { (texts::what_rules_use().get(lang)) }
            @for one in &diff.declarations {
                section {
                    h3 { (one.fate.words(lang)) " " (one.kind.words(lang)) " " (one.name) }
                    (changes(&one.changes, lang))
                    (affected(&one.rules, lang))
                }
            }
        }
    }
}

fn fields(diff: &Diff, lang: Lang) -> Markup {
    html! {
        @if !diff.fields.is_empty() {
            h2 { (texts::what_filled_what_becomes().get(lang)) }
            @for one in &diff.fields {
                section {
                    h3 { (one.fate.words(lang)) " " (one.path) @if one.county { " " small { (texts::county().get(lang)) } } }
                    p { (one.migration.words(lang)) }
                    (changes(&one.changes, lang))
                    (affected(&one.rules, lang))
                }
            }
        }
    }
}

fn affected(rules: &[String], lang: Lang) -> Markup {
    html! { @if !rules.is_empty() { p { (texts::rules().get(lang)) ": " (rules.join(lang.comma())) } } }
}

fn effects(data: &Effects, lang: Lang) -> Markup {
    html! {
        h2 { (texts::whose_result_changes().get(lang)) }
        p { (text::totals(data, lang)) }
        ul { @for one in &data.rules { li { (one.rule) ": " (text::statuses(one.old, one.new, lang)) ": " (one.schools) } } }
        @for school in &data.schools {
            section {
                h3 { (school.name) " " small { (school.id) } }
                @if school.old != school.new { p { (text::statuses(Some(school.old.into()), Some(school.new.into()), lang)) } }
                ul { @for one in &school.rules { li { (one.rule) ": " (text::statuses(one.old, one.new, lang)) } } }
            }
        }
        @for name in &data.unreadable { p { (texts::cannot_read_2().get(lang)) ": " (name) } }
    }
}
