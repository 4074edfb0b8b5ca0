//! A trace as plain text.

use super::{Counts, Sentence, Source, State, Trace};
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;

/// Which pack this is about: the name, so that green over other rules than one's own is not taken for more.
#[must_use]
pub fn of_pack(trace: &Trace, lang: Lang) -> String {
    format!("{} {} {} · {}", texts::pack().get(lang), trace.pack, trace.version, trace.title)
}

/// The sources as plain text, under the pack's name; sentences that are left out come first.
#[must_use]
pub fn text(trace: &Trace, lang: Lang) -> String {
    let (mut held, mut external) = (String::new(), String::new());
    for source in &trace.sources {
        if source.sentences.is_empty() {
            let rules: Vec<&str> = source.rules.iter().map(String::as_str).collect();
            external += &format!("{} · {}: {}\n", source.name, source.label, rules.join(" "));
            continue;
        }
        held += &format!("{}\n", heading(source, lang));
        let (open, others): (Vec<_>, Vec<_>) =
            source.sentences.iter().partition(|sentence| sentence.state == State::Uncovered);
        open.into_iter().chain(others).for_each(|sentence| held += &paragraph(trace, sentence, lang));
        held.push('\n');
    }
    if !external.is_empty() {
        held += &format!("{}\n", texts::sources_text_not_held().get(lang));
    }
    format!("{}\n\n{held}{external}", of_pack(trace, lang))
}

fn heading(source: &Source, lang: Lang) -> String {
    let Counts { sentences, covered, short, excused, uncovered, clauses, partly } = source.counts;
    let counts =
        texts::sentences_rules_excused_none(&sentences, &covered, &short, &excused, &uncovered, &clauses, &partly);
    format!("{} · {}: {}", source.name, source.label, counts.get(lang))
}

fn paragraph(trace: &Trace, sentence: &Sentence, lang: Lang) -> String {
    let mark = sentence.state.mark();
    let mut out = format!("\n{mark} {}\n", texts::line_and_text(&sentence.line, &sentence.text).get(lang));
    for id in &sentence.rules {
        let found = trace.rule(id);
        let word = match found {
            Some(rule) if rule.county => texts::county_rule().get(lang),
            _ => texts::rule().get(lang),
        };
        out += &format!("    {word} {id}:{}\n", found.map_or("", |rule| &rule.title));
    }
    for reason in &sentence.reasons {
        out += &format!("    {}:{reason}\n", texts::excused_3().get(lang));
    }
    for shortfall in &sentence.shortfalls {
        out += &format!("    {}:{shortfall}\n", texts::falls_short().get(lang));
    }
    let unquoted = sentence.unquoted();
    if !unquoted.is_empty() {
        out += &format!("    {}:{}\n", texts::clauses_nothing_quotes().get(lang), unquoted.join(" / "));
    }
    let partly = sentence.partly();
    if !partly.is_empty() {
        out += &format!("    {}:{}\n", texts::not_quoted_clauses_part().get(lang), partly.join(" / "));
    }
    out
}
