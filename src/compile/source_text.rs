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
use bulou_messages::diagnostic::{Diagnostic, Fix, LocalizedText};
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
        LocalizedText::new(
            format!("规则集里没有文件 `{}`", file.text),
            format!("the pack has no file `{}`", file.text),
        ),
        LocalizedText::new(
            "检查文件名,路径从规则集的文件夹算起;`calendar/` 也可以放在规则集文件夹的旁边",
            "check the name; paths start from the pack's folder, and `calendar/` may lie beside that folder",
        ),
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
        let otherwise = LocalizedText::new("先用 `来源` 声明它", "declare it with `source` first");
        let names = cited.iter().map(|cited| cited.citable.name.text.as_str());
        let (help, fix) = nearness.suggest(&source.text, source.span, names, otherwise);
        let message =
            LocalizedText::new(format!("没有来源 `{}`", source.text), format!("there is no source `{}`", source.text));
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
            LocalizedText::new(
                format!("没有引 `{}` 里的话:看不出依据的是哪一句", source.text),
                format!("nothing of `{}` is quoted, so that nobody sees which sentence is meant", source.text),
            ),
            LocalizedText::new(
                "在来源的名称后面引一句原文,如 `依据 通知 \"…\"`",
                "quote a sentence behind the name of the source",
            ),
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
            LocalizedText::new(
                "这段引文在来源里出现多次,不知指哪一处",
                "this quote stands more than once in the source",
            ),
            LocalizedText::new("多引几个字,直到只有一处", "quote more words until it stands only once"),
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
        Some(rule) => LocalizedText::new(
            format!("这句话规则 `{rule}` 已经引用,又写了 `不查`"),
            format!("the rule `{rule}` cites this already, and uncheckable says that nothing can"),
        ),
        None => LocalizedText::new("这句话已经写过 `不查`", "this is excused by another uncheckable already"),
    };
    let help = LocalizedText::new(
        "留一处:有规则查,就删去 `不查`;不查,就不要作依据",
        "keep one: what a rule checks needs no uncheckable, and what nothing checks is no rule's ground",
    );
    Some(Diagnostic::new(Code::SettledTwice, span, message, help))
}

/// What makes it doubtful what a quote means.
fn doubtful(parts: &[Part], text: &str, place: (usize, usize), quote: &Str) -> Option<Diagnostic> {
    let first = parts.partition_point(|part| part.end <= place.0);
    let mut within = parts.iter().skip(first).take_while(|part| part.start < place.1);
    if quote.text.trim_start().starts_with(ends_a_clause) {
        let message = LocalizedText::new(
            "引文以标点开头:前一句的标点不是引文",
            "the quote begins with a mark, which belongs to the sentence before",
        );
        let help = LocalizedText::new("从一句话的头一个字引起", "begin with the first word of the sentence");
        return Some(Diagnostic::new(Code::QuoteMark, quote.span, message, help));
    }
    if within.any(|part| part.is_told_by(text, place)) {
        return None;
    }
    let message = LocalizedText::new(
        "引文太短,认不出它说的是哪一句、哪一件事",
        "the quote is too short to tell which sentence or which duty it means",
    );
    let help = LocalizedText::new(
        format!("引一个完整的分句,或至少 {TELLING} 个字"),
        format!("quote a whole clause, or at least {} words", TELLING.div_ceil(2)),
    );
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
        Some(near) => {
            LocalizedText::new(format!("来源里最接近的是 `{near}`"), format!("the nearest passage is `{near}`"))
        }
        None => LocalizedText::new("从来源里逐字复制,标点也要一样", "copy it from the source, punctuation included"),
    };
    let fix = near.filter(|near| !near.contains('"')).map(|near| Fix::new(quote.span, format!("\"{near}\"")));
    let message =
        LocalizedText::new("引文不在来源里(逐字比对)", "the quote is not in the source, character for character");
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
        LocalizedText::new(
            format!("这句话别处有引用,这一段却没有规则引用,也没有 `不查` 说明:`{words}`"),
            format!("other words of the sentence are cited, and these by no rule and no uncheckable: `{words}`"),
        )
    } else {
        LocalizedText::new(
            format!("没有规则引用这一句,也没有 `不查` 说明:`{words}`"),
            format!("no rule cites this sentence and no uncheckable excuses it: `{words}`"),
        )
    };
    let help = LocalizedText::new(
        format!("写一条规则引用它,或写 `不查 {source} \"…\" 理由 \"…\"`"),
        format!("cite it in a rule or write `uncheckable {source} \"…\" reason \"…\"`"),
    );
    Diagnostic::new(Code::Uncovered, span, message, help)
}

/// What of a clause is not quoted, where the rest is: whoever quotes half a clause may have left out the half that says how
/// many, or when, or who.
fn partly_left_out(span: Span, words: &str) -> Diagnostic {
    let (zh, en) = match (numbers(words).is_empty(), name_a_due_day(words)) {
        (true, false) => ("没有引到的是", "what is not cited is"),
        (true, true) => ("没有引到的里面有期限的日子", "what is not holds a day by which something is due"),
        (false, _) => ("没有引到的里面有数", "what is not holds a number"),
    };
    let message = LocalizedText::new(
        format!("这个分句只引了一部分,{zh}:`{words}`"),
        format!("only a part of the clause is cited, and {en}: `{words}`"),
    );
    let help = LocalizedText::new(
        "把它也引到:引全这个分句,或另写一条规则引用它",
        "cite that too: quote the whole clause, or cite the rest in another rule",
    );
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
