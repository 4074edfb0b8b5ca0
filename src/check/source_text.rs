//! Quotes: each must stand in its source exactly once, and every sentence of a source must be cited or excused.

use crate::check::declared::Declared;
use crate::check::nearest::Nearness;
use crate::check::quotes::Places;
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Fix, Words};
use crate::ir::{CitedText, Sentence};
use crate::source::{Lines, Source, SourceId, Span, is_line_end};
use crate::syntax::ast::{Citable, Name, Str};

/// A source with its text and where quotes of it were found.
pub(crate) struct Cited<'a> {
    pub citable: &'a Citable,
    /// The text and its id among the pack's sources, when it is held.
    text: Option<(SourceId, &'a str)>,
    places: Option<Places<'a>>,
    sentences: Vec<Part>,
    pub used: bool,
}

/// A sentence, by its place in the text, and what covers it.
struct Part {
    start: usize,
    end: usize,
    covered: Vec<(usize, usize)>,
    rules: Vec<String>,
    excuses: Vec<String>,
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
            Cited { citable, text, places, sentences, used: false }
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
        Words::new(format!("规则集里没有文件 `{}`", file.text), format!("the pack has no file `{}`", file.text)),
        Words::new("检查文件名,路径从规则集的文件夹算起", "check the name; paths start from the pack's folder"),
    )
}

/// Cuts a text into sentences: they end at 。!?; and their half-width twins, and with the line.
fn sentences(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, character) in text.char_indices() {
        if is_line_end(character) || matches!(character, '。' | '!' | '?' | ';' | '\u{FF01}' | '\u{FF1F}' | '\u{FF1B}')
        {
            push(&mut parts, text, start, at + character.len_utf8());
            start = at + character.len_utf8();
        }
    }
    push(&mut parts, text, start, text.len());
    parts
}

fn push(parts: &mut Vec<Part>, text: &str, start: usize, end: usize) {
    let has_words = text.get(start..end).is_some_and(|words| words.chars().any(char::is_alphanumeric));
    if has_words {
        parts.push(Part { start, end, covered: Vec::new(), rules: Vec::new(), excuses: Vec::new() });
    }
}

/// Who cites a passage.
pub(crate) enum By<'n> {
    Rule(&'n str),
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
        let otherwise = Words::new("先用 `来源` 声明它", "declare it with `来源` first");
        let names = cited.iter().map(|cited| cited.citable.name.text.as_str());
        let (help, fix) = nearness.suggest(&source.text, source.span, names, otherwise);
        let message =
            Words::new(format!("没有来源 `{}`", source.text), format!("there is no source `{}`", source.text));
        diagnostics.push(Diagnostic::new(Code::UnknownSource, source.span, message, help).with_fix(fix));
        return String::new();
    };
    let Some(cited) = cited.get_mut(at) else { return String::new() };
    cited.used = true;
    let (Some((_, text)), Some(places), Some(quote)) = (cited.text, &cited.places, quote) else { return String::new() };
    let (first, second) = places.find(&quote.text);
    match (first, second) {
        _ if quote.text.trim().is_empty() => diagnostics.push(not_found(text, quote, nearness)),
        (None, _) => diagnostics.push(not_found(text, quote, nearness)),
        (Some(_), Some(_)) if excuses_whole_sentences(&mut cited.sentences, text, quote, by) => {}
        (Some(_), Some(_)) => diagnostics.push(Diagnostic::new(
            Code::QuoteAmbiguous,
            quote.span,
            Words::new("这段引文在来源里出现多次,不知指哪一处", "this quote stands more than once in the source"),
            Words::new("多引几个字,直到只有一处", "quote more words until it stands only once"),
        )),
        (Some(at), None) => {
            mark(&mut cited.sentences, at, at + quote.text.len(), by);
            return section(places, at);
        }
    }
    String::new()
}

/// A 不查 of a heading that stands more than once excuses each of the sentences that it makes up.
fn excuses_whole_sentences(parts: &mut [Part], text: &str, quote: &Str, by: &By<'_>) -> bool {
    let By::Excuse(reason) = by else { return false };
    let is_quote = |part: &Part| text.get(part.start..part.end).is_some_and(|words| words.trim() == quote.text.trim());
    let mut any = false;
    for part in parts.iter_mut().filter(|part| is_quote(part)) {
        part.covered.push((part.start, part.end));
        part.excuses.push((*reason).to_owned());
        any = true;
    }
    any
}

fn mark(parts: &mut [Part], start: usize, end: usize, by: &By<'_>) {
    let first = parts.partition_point(|part| part.end <= start);
    for part in parts.iter_mut().skip(first).take_while(|part| part.start < end) {
        part.covered.push((start, end));
        match by {
            By::Rule(id) if !part.rules.iter().any(|rule| rule == id) => part.rules.push((*id).to_owned()),
            By::Rule(_) => {}
            By::Excuse(reason) => part.excuses.push((*reason).to_owned()),
        }
    }
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
        Some(near) => Words::new(format!("来源里最接近的是 `{near}`"), format!("the nearest passage is `{near}`")),
        None => Words::new("从来源里逐字复制,标点也要一样", "copy it from the source, punctuation included"),
    };
    let fix = near.filter(|near| !near.contains('"')).map(|near| Fix::new(quote.span, format!("\"{near}\"")));
    let message = Words::new("引文不在来源里(逐字比对)", "the quote is not in the source, character for character");
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

/// The paragraph a passage stands in: by its 第…, else by its ordinal.
fn section(places: &Places<'_>, at: usize) -> String {
    let Some((ordinal, paragraph)) = places.paragraph(at) else { return String::new() };
    mark_of(paragraph).unwrap_or_else(|| format!("第{ordinal}段"))
}

fn mark_of(paragraph: &str) -> Option<String> {
    let mut rest = paragraph;
    while let Some(at) = rest.find('第') {
        let after = rest.get(at + '第'.len_utf8()..)?;
        let numeral: String = after.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).collect();
        if !numeral.is_empty() && after.get(numeral.len()..)?.starts_with('。') {
            return Some(format!("第{numeral}"));
        }
        rest = after;
    }
    None
}

/// Warns of every sentence that nothing covers.
pub(crate) fn uncovered(cited: &[Cited<'_>], diagnostics: &mut Vec<Diagnostic>) {
    for source in cited {
        let Some((id, text)) = source.text else { continue };
        for part in source.sentences.iter().filter(|part| part.covered.is_empty()) {
            let start = u32::try_from(part.start).unwrap_or_default();
            let end = u32::try_from(part.end).unwrap_or_default();
            let span = Span { source: id, start, end };
            let words = text.get(part.start..part.end).unwrap_or_default().trim();
            diagnostics.push(Diagnostic::new(
                Code::Uncovered,
                span,
                Words::new(
                    format!("没有规则引用这一句,也没有 `不查` 说明:`{words}`"),
                    format!("no rule cites this sentence and no 不查 excuses it: `{words}`"),
                ),
                Words::new(
                    format!("写一条规则引用它,或写 `不查 {} \"…\" 理由 \"…\"`", source.citable.name.text),
                    format!("cite it in a rule or write `不查 {} \"…\" 理由 \"…\"`", source.citable.name.text),
                ),
            ));
        }
    }
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
    let words = text.get(part.start..part.end).unwrap_or_default();
    let mut clauses = Vec::new();
    let mut start = part.start;
    for (at, character) in words.char_indices() {
        let end = part.start + at + character.len_utf8();
        if matches!(character, ',' | '\u{FF0C}' | '、' | ':' | '\u{FF1A}') || end == part.end {
            let covered = part.covered.iter().any(|(from, to)| *from < end && start < *to);
            clauses.push((text.get(start..end).unwrap_or_default().to_owned(), covered));
            start = end;
        }
    }
    Sentence {
        line: lines.number(part.start),
        text: words.trim().to_owned(),
        clauses,
        rules: part.rules,
        excuses: part.excuses,
    }
}
