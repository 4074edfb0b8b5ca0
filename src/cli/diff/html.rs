//! A comparison as a page that needs nothing beside itself.

use bulou_messages::diagnostic::Lang;
use bulou_pack::diff::{Change, Diff, Effects, RuleChange, text};
use maud::{Markup, html};

use crate::formats::html;

/// The whole page.
pub fn page(diff: &Diff, lang: Lang) -> String {
    let title = format!("{} {} → {}", diff.new.id, diff.old.version, diff.new.version);
    let page = html! {
        article {
            h1 { (title) }
            @if diff.is_empty() { p { (lang.pick("规则没有变化", "no rule differs")) } }
            (changes(&diff.header, lang))
            @if !diff.rules.is_empty() {
                h2 { (lang.pick("规则", "Rules")) }
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
                @if rule.county { " " small { (lang.pick("全县", "county")) } }
            }
            (changes(&rule.changes, lang))
            @if !rule.because.is_empty() { p { (lang.pick("因为", "because of")) ": " (rule.because.join(lang.comma())) } }
            @for one in &rule.examples { p { (text::example(one, lang)) } }
            @if let Some(words) = text::searched(rule, lang) { p { (words) } }
        }
    }
}

fn declarations(diff: &Diff, lang: Lang) -> Markup {
    html! {
        @if !diff.declarations.is_empty() {
            h2 { (lang.pick("规则用到的东西", "What rules use")) }
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
            h2 { (lang.pick("要填的内容,以及旧数据怎么办", "What is filled in, and what becomes of old documents")) }
            @for one in &diff.fields {
                section {
                    h3 { (one.fate.words(lang)) " " (one.path) @if one.county { " " small { (lang.pick("全县", "county")) } } }
                    p { (one.migration.words(lang)) }
                    (changes(&one.changes, lang))
                    (affected(&one.rules, lang))
                }
            }
        }
    }
}

fn affected(rules: &[String], lang: Lang) -> Markup {
    html! { @if !rules.is_empty() { p { (lang.pick("涉及规则", "rules")) ": " (rules.join(lang.comma())) } } }
}

fn effects(data: &Effects, lang: Lang) -> Markup {
    html! {
        h2 { (lang.pick("谁的结果会变", "Whose result changes")) }
        p { (text::totals(data, lang)) }
        ul { @for one in &data.rules { li { (one.rule) ": " (text::statuses(one.old, one.new, lang)) ": " (one.schools) } } }
        @for school in &data.schools {
            section {
                h3 { (school.name) " " small { (school.id) } }
                @if school.old != school.new { p { (text::statuses(Some(school.old.into()), Some(school.new.into()), lang)) } }
                ul { @for one in &school.rules { li { (one.rule) ": " (text::statuses(one.old, one.new, lang)) } } }
            }
        }
        @for name in &data.unreadable { p { (lang.pick("读不了", "cannot be read")) ": " (name) } }
    }
}
