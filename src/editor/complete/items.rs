//! Completions of what is known at a place: candidates, keywords, types, words of fixed lists.

use bulou_base::order;
use bulou_compile::{Candidate, CandidateKind};
use bulou_messages::diagnostic::Lang;
use bulou_syntax::aggregates::{AGGREGATES, Function};
use bulou_syntax::ast::Citable;
use bulou_syntax::built_in::{BuiltIn, TYPES, Term};
use bulou_syntax::keywords::{DECLARATIONS, Keyword, spelled};

use super::listed;
use crate::names::{About, Names};
use crate::{Completion, CompletionKind, keyword_words};

pub(super) fn completion(kind: CompletionKind, label: &str, insert: &str) -> Completion {
    Completion {
        label: label.to_owned(),
        insert: insert.to_owned(),
        range: crate::TextRange::default(),
        kind,
        detail: String::new(),
        documentation: String::new(),
        filter: label.to_owned(),
    }
}

/// The candidates, those of the wanted type first, each name once.
pub(super) fn of_candidates(candidates: &[Candidate], list: bool) -> Vec<Completion> {
    let mut candidates: Vec<&Candidate> = candidates.iter().collect();
    order::sort_by_key(&mut candidates, |found| (!found.fits, list && !found.ty.starts_with('[')));
    let mut found: Vec<Completion> = Vec::new();
    for candidate in candidates {
        if !found.iter().any(|item| item.label == candidate.name) {
            found.push(of_candidate(candidate));
        }
    }
    found
}

pub(super) fn functions() -> impl Iterator<Item = Completion> {
    AGGREGATES.iter().map(|Function { zh, en, .. }| {
        let item = completion(CompletionKind::Function, zh, &format!("{zh}("));
        Completion { detail: (*en).to_owned(), filter: format!("{zh} {en}"), ..item }
    })
}

pub(super) fn of_source(source: &Citable) -> Completion {
    let detail = source.label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
    Completion { detail, ..completion(CompletionKind::Source, &source.name.text, &spelled(&source.name.text)) }
}

fn of_candidate(candidate: &Candidate) -> Completion {
    let kind = match candidate.kind {
        CandidateKind::Field => CompletionKind::Field,
        CandidateKind::Option | CandidateKind::Word => CompletionKind::Option,
        CandidateKind::Param => CompletionKind::Param,
        CandidateKind::Define => CompletionKind::Define,
        CandidateKind::Table => CompletionKind::Function,
        CandidateKind::Binding | CandidateKind::Argument => CompletionKind::Variable,
        CandidateKind::Options => CompletionKind::Type,
    };
    let bracket = if candidate.kind == CandidateKind::Table { "(" } else { "" };
    let label = if candidate.label == candidate.name { "" } else { candidate.label.as_str() };
    let detail =
        [candidate.ty.as_str(), label].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let item = completion(kind, &candidate.name, &(spelled(&candidate.name) + bracket));
    Completion { detail, documentation: candidate.hint.clone(), ..item }
}

/// The language that a file is written in.
fn written_in(text: &str) -> Lang {
    let first = text.lines().filter_map(|line| line.split_whitespace().next()).find(|word| DECLARATIONS.contains(word));
    if first.is_some_and(|word| word.is_ascii()) { Lang::En } else { Lang::Zh }
}

/// A word of the language itself, in the one that the file is written in.
pub(super) fn of_term<T>(term: &Term<T>, text: &str, kind: CompletionKind) -> Completion {
    let own = term.word(written_in(text));
    Completion {
        detail: if own == term.zh { term.en } else { term.zh }.to_owned(),
        filter: format!("{} {}", term.zh, term.en),
        ..completion(kind, own, own)
    }
}

/// Keywords in the language that the file is written in.
pub(super) fn keywords(known: &[&'static Keyword], text: &str, lang: Lang, into: &mut Vec<Completion>) {
    let written = written_in(text);
    for keyword in known {
        let (own, twin) = written.pick((keyword.zh, keyword.en), (keyword.en, keyword.zh));
        if into.iter().any(|item| item.label == own) {
            continue;
        }
        let documentation = keyword_words::meaning(keyword.rule).map(|words| words.get(lang).to_owned());
        into.push(Completion {
            detail: twin.to_owned(),
            documentation: documentation.unwrap_or_default(),
            filter: format!("{own} {twin}"),
            ..completion(CompletionKind::Keyword, own, own)
        });
    }
}

pub(super) fn types(names: &Names<'_>, text: &str, of_param: bool, into: &mut Vec<Completion>) {
    let built_in = TYPES.iter().filter(|term| of_param || term.means != BuiltIn::Counting);
    into.extend(built_in.map(|term| of_term(term, text, CompletionKind::Type)));
    let mut declared: Vec<(&str, About<'_>)> = names.type_names().collect();
    order::sort_by_key(&mut declared, |(name, _)| *name);
    into.extend(declared.into_iter().map(|(name, about)| {
        let detail = match about {
            About::Options(options) => listed(&options.options),
            _ => written_in(text).pick("记录", "record").to_owned(),
        };
        Completion { detail, ..completion(CompletionKind::Type, name, &spelled(name)) }
    }));
}
