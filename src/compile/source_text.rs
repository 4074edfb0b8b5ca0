//! Quotes: each must stand in its source exactly once, and every clause of a source must be cited or excused.

use std::collections::BTreeMap;

use crate::declared::Declared;
use crate::due_words::name_a_due_day;
use crate::nearest::Nearness;
use crate::quotes::Places;
use crate::sentences::{Clause, Extent, Part, TELLING, ends_a_clause, sentences};
use crate::spelled::numbers;
use bulou_base::source::{Lines, Source, SourceId, Span};
use bulou_document::normalize::is_blank;
use bulou_ir::{CitedText, Sentence};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::{Citable, Name, Str};

/// A source with its text and where quotes of it were found.
pub(crate) struct Cited<'a> {
    pub citable: &'a Citable,
    /// The text and its id among the pack's sources, when it is held.
    text: Option<(SourceId, &'a str)>,
    places: Option<Places<'a>>,
    sentences: Vec<Part>,
    /// Passages that stand more than once, and whether each is all of a sentence: where very many are excused, each is
    /// looked for once.
    repeated: BTreeMap<String, bool>,
    pub used: bool,
}

/// All sources of a pack.
pub(crate) fn gather<'a>(
    declared: &Declared<'a>,
    texts: &'a [Source],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Cited<'a>> {
    declared
        .citables
        .iter()
        .map(|citable| {
            let text = citable.file.as_ref().and_then(|file| find(file, texts, diagnostics));
            let sentences = text.map(|(_, text)| sentences(text)).unwrap_or_default();
            let places = text.map(|(_, text)| Places::of(text));
            Cited { citable, text, places, sentences, repeated: BTreeMap::new(), used: false }
        })
        .collect()
}

fn find<'a>(file: &Str, texts: &'a [Source], diagnostics: &mut Vec<Diagnostic>) -> Option<(SourceId, &'a str)> {
    let found = texts.iter().enumerate().find(|(_, source)| source.name == file.text);
    if found.is_none() {
        diagnostics.push(missing_file(file));
    }
    let (index, source) = found?;
    Some((SourceId(u32::try_from(index).ok()?), &source.text))
}

/// The diagnostic about a file that a pack names but does not hold.
pub(crate) fn missing_file(file: &Str) -> Diagnostic {
    Diagnostic::new(
        Code::FileMissing,
        file.span,
        texts::pack_no_file(&file.text).text(),
        texts::check_name_paths_start().text(),
    )
}

/// Who cites a passage.
pub(crate) enum By<'n> {
    /// A rule by its id, and what of the words it does not show.
    Rule(&'n str, Option<&'n str>),
    /// A reason.
    Excuse(&'n str),
}

/// Records that a quote is cited, and answers where it stands; reports a quote that is not there exactly once.
pub(crate) fn cite(
    cited: &mut [Cited<'_>],
    source: &Name,
    quote: Option<&Str>,
    by: &By<'_>,
    (nearness, diagnostics): (&Nearness, &mut Vec<Diagnostic>),
) -> String {
    let Some(at) = cited.iter().position(|cited| cited.citable.name.text == source.text) else {
        let otherwise = texts::declare_source_first().text();
        let names = cited.iter().map(|cited| cited.citable.name.text.as_str());
        let (help, fix) = nearness.suggest(&source.text, source.span, names, otherwise);
        let message = texts::no_source(&source.text).text();
        diagnostics.push(Diagnostic::new(Code::UnknownSource, source.span, message, help).with_fix(fix));
        return String::new();
    };
    let Some(cited) = cited.get_mut(at) else { return String::new() };
    cited.used = true;
    let (Some((_, text)), Some(places)) = (cited.text, &cited.places) else { return String::new() };
    let Some(quote) = quote else {
        diagnostics.push(Diagnostic::new(
            Code::QuoteNotFound,
            source.span,
            texts::nothing_quoted_nobody_sees(&source.text).text(),
            texts::quote_sentence_behind_name().text(),
        ));
        return String::new();
    };
    let (first, second) = places.find(&quote.text);
    let section = first.map(|at| places.section(at).to_owned());
    match (first, second) {
        _ if is_blank(&quote.text) => diagnostics.push(not_found(text, quote, nearness)),
        (None, _) => diagnostics.push(not_found(text, quote, nearness)),
        (Some(_), Some(_)) if cited.excuses_whole_sentences(quote, by) => {}
        (Some(_), Some(_)) => diagnostics.push(Diagnostic::new(
            Code::QuoteAmbiguous,
            quote.span,
            texts::quote_stands_more_than().text(),
            texts::quote_more_words_until().text(),
        )),
        (Some(at), None) => {
            if matches!(by, By::Excuse(_)) {
                diagnostics.extend(settled(&cited.sentences, (at, at + quote.text.len()), quote.span));
            }
            mark(&mut cited.sentences, text, (at, at + quote.text.len()), by);
            diagnostics.extend(doubtful(&cited.sentences, text, (at, at + quote.text.len()), quote));
            return section.unwrap_or_default();
        }
    }
    String::new()
}

impl Cited<'_> {
    /// A 不查 of a heading that stands more than once excuses each of the sentences that it makes up; whether it does.
    fn excuses_whole_sentences(&mut self, quote: &Str, by: &By<'_>) -> bool {
        let (Some((_, text)), Some(places), By::Excuse(reason)) = (self.text, &self.places, by) else { return false };
        let heading = quote.text.trim();
        if let Some(known) = self.repeated.get(heading) {
            return *known;
        }
        let mut any = false;
        for start in places.all(heading) {
            let at = self.sentences.partition_point(|part| part.end <= start);
            let whole = |part: &&mut Part| text.get(part.start..part.end).is_some_and(|words| words.trim() == heading);
            let Some(part) = self.sentences.get_mut(at).filter(whole) else { continue };
            any = true;
            part.cover((part.start, part.end));
            part.excuses.push((*reason).to_owned());
        }
        self.repeated.insert(heading.to_owned(), any);
        any
    }
}

/// Counts the sentences that a quote covers: those of which it says enough to be told by.
fn mark(parts: &mut [Part], text: &str, (start, end): (usize, usize), by: &By<'_>) {
    let first = parts.partition_point(|part| part.end <= start);
    for part in parts.iter_mut().skip(first).take_while(|part| part.start < end) {
        if !part.is_told_by(text, (start, end)) {
            continue;
        }
        part.cover((start, end));
        match by {
            By::Rule(id, shortfall) => {
                // A rule's quotes come one after the other.
                if part.rules.last().is_none_or(|rule| rule != id) {
                    part.rules.push((*id).to_owned());
                }
                part.shortfalls.extend(shortfall.map(str::to_owned));
            }
            By::Excuse(reason) => part.excuses.push((*reason).to_owned()),
        }
    }
}

/// What is settled already of a passage that a 不查 excuses: by a rule it is checked after all, and two reasons are one too
/// many.
fn settled(parts: &[Part], (start, end): (usize, usize), span: Span) -> Option<Diagnostic> {
    let first = parts.partition_point(|part| part.end <= start);
    let within = parts.iter().skip(first).take_while(|part| part.start < end);
    let taken = |part: &&Part| part.clauses.iter().any(|clause| clause.is_quoted((start, end)));
    let part = within.into_iter().find(taken)?;
    let message = match part.rules.first() {
        Some(rule) => texts::rule_cites_already_uncheckable(&rule).text(),
        None => texts::excused_another_uncheckable_already().text(),
    };
    let help = texts::keep_one_what_rule().text();
    Some(Diagnostic::new(Code::SettledTwice, span, message, help))
}

/// What makes it doubtful what a quote means.
fn doubtful(parts: &[Part], text: &str, place: (usize, usize), quote: &Str) -> Option<Diagnostic> {
    let first = parts.partition_point(|part| part.end <= place.0);
    let mut within = parts.iter().skip(first).take_while(|part| part.start < place.1);
    if quote.text.trim_start().starts_with(ends_a_clause) {
        let message = texts::quote_begins_mark_belongs().text();
        let help = texts::begin_first_word_sentence().text();
        return Some(Diagnostic::new(Code::QuoteMark, quote.span, message, help));
    }
    if within.any(|part| part.is_told_by(text, place)) {
        return None;
    }
    let message = texts::quote_too_short_tell().text();
    let help = texts::quote_whole_clause_least(&Each(&TELLING, &TELLING.div_ceil(2))).text();
    Some(Diagnostic::new(Code::ShortQuote, quote.span, message, help))
}

fn not_found(text: &str, quote: &Str, nearness: &Nearness) -> Diagnostic {
    let near = sentences(text)
        .iter()
        .filter_map(|part| text.get(part.start..part.end))
        .flat_map(|sentence| windows(sentence, quote.text.chars().count()))
        .take_while(|window| nearness.affords(window.len(), quote.text.len()))
        .map(|window| (likeness(window, &quote.text), window))
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    let near = near.filter(|(likeness, _)| *likeness > 0.6).map(|(_, near)| near);
    let help = match near {
        Some(near) => texts::nearest_passage(&near).text(),
        None => texts::copy_from_source_punctuation().text(),
    };
    let fix = near.filter(|near| !near.contains('"')).map(|near| Fix::new(quote.span, format!("\"{near}\"")));
    let message = texts::quote_not_source_character().text();
    Diagnostic::new(Code::QuoteNotFound, quote.span, message, help).with_fix(fix)
}

fn likeness(a: &str, b: &str) -> f64 {
    strsim::normalized_levenshtein(a, b)
}

/// Runs of `length` characters of a sentence, a few characters apart.
fn windows(sentence: &str, length: usize) -> Vec<&str> {
    let starts: Vec<usize> = sentence.char_indices().map(|(at, _)| at).chain([sentence.len()]).collect();
    if starts.len() <= length + 1 {
        return vec![sentence.trim()];
    }
    (0..starts.len() - length)
        .filter_map(|index| sentence.get(*starts.get(index)?..*starts.get(index + length)?))
        .collect()
}

/// Warns of every sentence that nothing covers, and in the others of the clauses that nothing quotes.
pub(crate) fn uncovered(cited: &[Cited<'_>], diagnostics: &mut Vec<Diagnostic>) {
    for source in cited {
        let Some((id, text)) = source.text else { continue };
        for part in &source.sentences {
            let at = |(start, end): (usize, usize)| {
                let place = |at: usize| u32::try_from(at).unwrap_or_default();
                let span = Span { source: id, start: place(start), end: place(end) };
                (span, text.get(start..end).unwrap_or_default().trim())
            };
            let open = if part.covered { part.open(text) } else { vec![(part.start, part.end)] };
            let open = open.into_iter().map(at);
            diagnostics
                .extend(open.map(|(span, words)| left_out(span, words, (part.covered, &source.citable.name.text))));
            let partly = part.clauses.iter().filter(|clause| clause.extent(text) == Extent::Part);
            let left = partly.filter(|_| part.covered).flat_map(|clause| clause.left(text)).map(at);
            diagnostics.extend(left.map(|(span, words)| partly_left_out(span, words)));
        }
    }
}

fn left_out(span: Span, words: &str, (within, source): (bool, &str)) -> Diagnostic {
    let message = if within {
        texts::other_words_sentence_cited(&words).text()
    } else {
        texts::no_rule_cites_sentence(&words).text()
    };
    let help = texts::cite_rule_write_uncheckable(&source).text();
    Diagnostic::new(Code::Uncovered, span, message, help)
}

/// What of a clause is not quoted, where the rest is: whoever quotes half a clause may have left out the half that says how
/// many, or when, or who.
fn partly_left_out(span: Span, words: &str) -> Diagnostic {
    let said = match (numbers(words).is_empty(), name_a_due_day(words)) {
        (true, false) => texts::what_not_cited(),
        (true, true) => texts::what_not_holds_day(),
        (false, _) => texts::what_not_holds_number(),
    };
    let message = texts::only_part_clause_cited(&said, &words).text();
    let help = texts::cite_too_quote_whole().text();
    Diagnostic::new(Code::Uncovered, span, message, help)
}

/// The sources as the rule set keeps them, for `bulou trace` and the page.
pub(crate) fn compiled(cited: Vec<Cited<'_>>) -> Vec<CitedText> {
    cited
        .into_iter()
        .map(|source| {
            let text = source.text.map(|(_, text)| text).unwrap_or_default();
            let label = source.citable.label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
            let lines = Lines::of(text);
            let sentences = source.sentences.into_iter().map(|part| sentence(text, &lines, part)).collect();
            CitedText { name: source.citable.name.text.clone(), label, sentences }
        })
        .collect()
}

fn sentence(text: &str, lines: &Lines, part: Part) -> Sentence {
    Sentence {
        line: lines.number(part.start),
        text: text.get(part.start..part.end).unwrap_or_default().trim().to_owned(),
        clauses: part.clauses.iter().map(|clause| pieces(text, clause)).collect(),
        rules: part.rules,
        excuses: part.excuses,
        shortfalls: part.shortfalls,
    }
}

/// A clause cut where quotes of it begin and end, with whether each piece is quoted or says nothing.
fn pieces(text: &str, clause: &Clause) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut from = clause.start;
    let mut push = |start: usize, end: usize, quoted: bool| {
        let piece = text.get(start..end).filter(|piece| !piece.is_empty());
        pieces.extend(piece.map(|piece| (piece.to_owned(), quoted)));
    };
    for (start, end) in clause.left(text) {
        push(from, start, true);
        push(start, end, false);
        from = end;
    }
    push(from, clause.end, true);
    pieces
}
