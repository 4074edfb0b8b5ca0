//! Names that look the same and are not: in another writing, composed otherwise, with blanks that nobody sees. Every name
//! of a pack is compared with every other, wherever it is declared or used, for a reader cannot know which is which.

use std::collections::HashMap;

use crate::declared::Declared;
use bulou_base::order;
use bulou_base::source::{Source, SourceId, Span};
use bulou_document::normalize::seen;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::texts;
use bulou_syntax::is_mixed;
use bulou_syntax::lex::{LexKind, lex};

/// What is wrong with the names of rule files, and with the headings that rules stand under.
pub(super) fn names(declared: &Declared<'_>, texts: &[Source]) -> Vec<Diagnostic> {
    let rules = (0_u32..).zip(texts).filter(|(_, text)| text.name.ends_with(".bulou"));
    let mut found = alike(rules.flat_map(|(id, text)| written(SourceId(id), &text.text)));
    let groups = declared.rules.iter().filter_map(|rule| rule.group.as_ref());
    found.extend(alike(groups.map(|group| (group.text.as_str(), group.span))));
    found
}

/// The words of a file that may be names, keywords among them.
fn written(source: SourceId, text: &str) -> impl Iterator<Item = (&str, Span)> {
    lex(text).filter_map(move |word| {
        let name = text.get(word.range.clone())?;
        let name = match word.kind {
            LexKind::Word => name,
            LexKind::Quoted => name.trim_matches('`'),
            _ => return None,
        };
        // That one was told already.
        if !name.chars().all(is_plain) && is_mixed(name, word.kind == LexKind::Quoted) {
            return None;
        }
        let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Some((name, Span { source, start: at(word.range.start), end: at(word.range.end) }))
    })
}

/// Of each name that looks like an earlier one its first place.
fn alike<'t>(all: impl Iterator<Item = (&'t str, Span)>) -> Vec<Diagnostic> {
    let mut first: HashMap<&str, Span> = HashMap::new();
    for (name, span) in all {
        first.entry(name).or_insert(span);
    }
    // What is written in plain letters and common characters alone can look only like something that is not.
    if first.keys().all(|name| name.chars().all(is_plain)) {
        return Vec::new();
    }
    let mut names: Vec<(&str, Span)> = first.into_iter().collect();
    order::sort_by_key(&mut names, |(_, span)| *span);
    let mut looks: HashMap<String, (&str, Span)> = HashMap::new();
    names
        .into_iter()
        .filter_map(|(name, span)| twin(*looks.entry(seen(name)).or_insert((name, span)), (name, span)))
        .collect()
}

fn is_plain(c: char) -> bool {
    c.is_ascii_graphic() || matches!(c, '\u{4E00}'..='\u{9FFF}')
}

fn twin((first, place): (&str, Span), (name, span): (&str, Span)) -> Option<Diagnostic> {
    let message = texts::looks_like_another_name(&name, &first, &codes(first, name)).text();
    let help = texts::write_both_alike_if().text();
    let label = texts::looks_like_one().text();
    (first != name).then(|| Diagnostic::new(Code::LookAlike, span, message, help).with_label(place, label))
}

/// Where two names part: `U+0061 ≠ U+0430`.
fn codes(one: &str, other: &str) -> String {
    let code = |c: Option<char>| c.map_or_else(|| "∅".to_owned(), |c| format!("U+{:04X}", u32::from(c)));
    let (mut one, mut other) = (one.chars(), other.chars());
    loop {
        match (one.next(), other.next()) {
            (a, b) if a == b && a.is_some() => {}
            (a, b) => return format!("{} ≠ {}", code(a), code(b)),
        }
    }
}
