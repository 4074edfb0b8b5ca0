//! What could be written at a cursor. Keywords are those that the grammar has there; names those that the checker would
//! know there, found by checking the pack with an unknown name in that place.

mod items;

use pest::unicode::XID_CONTINUE;

use bulou_base::order;
use bulou_base::source::{SourceId, Span};
use bulou_compile::{CURSOR, CandidateKind, Survey};
use bulou_messages::diagnostic::Lang;
use bulou_syntax::ast::Name;
use bulou_syntax::built_in::FORMATS;
use bulou_syntax::chunks;
use bulou_syntax::expect::unfinished;
use bulou_syntax::keywords::spelled;
use bulou_syntax::lex::{LexKind, Lexeme, lex};

use super::names::{Names, hint};
use super::repair::{Before, is, is_keyword};
use super::{Completion, CompletionKind, Editor, Places};
use items::{completion, functions, keywords, of_candidates, of_source, of_term, types};

/// How much of a passage a list shows, in characters.
const PASSAGE: usize = 40;

/// The cursor and what stands before it.
struct Cursor {
    id: SourceId,
    /// Where the declaration starts, and where the next does.
    chunk: (usize, usize),
    /// Where the word starts that is being written, and the text in quotation marks around it if there is one.
    start: usize,
    open: usize,
    at: usize,
    /// Where it ends, behind the cursor.
    end: usize,
    /// What is being written so far.
    word: String,
    /// The words before it, in the declaration.
    lexemes: Vec<Lexeme>,
    inside: Inside,
}

/// What the cursor stands in.
#[derive(PartialEq, Eq)]
enum Inside {
    /// Rule text.
    Rules,
    /// A text in quotation marks.
    Text,
    /// A part in braces of a message.
    Placeholder,
}

impl Editor {
    /// What could be written at a place, the likeliest first. What has been typed of it already narrows the list.
    pub fn complete(&mut self, file: &str, offset: u32, lang: Lang) -> Vec<Completion> {
        let Some(cursor) = self.byte(file, offset).and_then(|(id, byte)| self.cursor(id, byte)) else {
            return Vec::new();
        };
        let Some(text) = self.text(file).map(str::to_owned) else { return Vec::new() };
        let piece = text.get(cursor.chunk.0..cursor.open).unwrap_or_default();
        let Some(before) = Before::new(piece) else { return Vec::new() };
        let last = |back: usize| cursor.lexemes.len().checked_sub(back).and_then(|index| cursor.lexemes.get(index));
        let cited = last(2).filter(|lexeme| is_keyword(&text, lexeme, &["kw_cites", "kw_excuse"])).and(last(1));
        let mut found = Vec::new();
        match (&cursor.inside, cited) {
            (Inside::Text, Some(source)) => found = self.quotes(&cursor, &text, &before, source),
            (Inside::Text, None) => {}
            (Inside::Rules, Some(source)) if before.expected.has("text") => {
                found = self.quotes(&cursor, &text, &before, source);
                keywords(&before.expected.keywords(), &text, lang, &mut found);
            }
            _ => {
                found = self.names_at(&cursor, &text, &before);
                if cursor.inside == Inside::Rules {
                    keywords(&before.expected.keywords(), &text, lang, &mut found);
                }
            }
        }
        found.retain(|item| cursor.inside == Inside::Text || matches(&item.filter, &cursor.word));
        order::sort_by_key(&mut found, |item| cursor.inside != Inside::Text && !item.filter.starts_with(&cursor.word));
        let end = if cursor.inside == Inside::Text { cursor.end } else { cursor.at };
        let range = Places::new(&text).range(cursor.start, end);
        found.into_iter().map(|item| Completion { range, ..item }).collect()
    }

    fn cursor(&self, id: SourceId, at: usize) -> Option<Cursor> {
        let source = self.texts.get(id.0 as usize).filter(|source| source.name.ends_with(".bulou"))?;
        let text = source.text.as_str();
        let chunk = chunks(text).into_iter().map(|(start, chunk)| (start, start + chunk.len()));
        let chunk = chunk.take_while(|(start, _)| *start <= at).last()?;
        let piece = text.get(chunk.0..at)?;
        let mut lexemes: Vec<Lexeme> = lex(piece)
            .map(|lexeme| Lexeme { range: lexeme.range.start + chunk.0..lexeme.range.end + chunk.0, ..lexeme })
            .collect();
        let word = at - (piece.len() - piece.trim_end_matches(XID_CONTINUE).len());
        let open = lexemes.last().filter(|last| last.range.end == at).map(|last| (last.kind, last.range.clone()));
        let (open, start, inside) = match open {
            Some((LexKind::Comment, _)) => return None,
            Some((LexKind::Text(false), range)) => {
                lexemes.pop();
                let words = text.get(range.clone())?;
                let brace = words.rfind('{').filter(|brace| words.rfind('}').is_none_or(|end| end < *brace));
                let message = lexemes.last().is_some_and(|last| is_keyword(text, last, &["kw_message"]));
                match brace.filter(|_| message) {
                    Some(_) => (range.start, word, Inside::Placeholder),
                    None => (range.start, range.start, Inside::Text),
                }
            }
            Some((LexKind::Quoted, range)) if range.len() == 1 || !text.get(range.clone())?.ends_with('`') => {
                lexemes.pop();
                (range.start, range.start, Inside::Rules)
            }
            _ => (word, word, Inside::Rules),
        };
        lexemes.retain(|lexeme| lexeme.range.end <= start && lexeme.kind != LexKind::Comment);
        let end = at + behind(text.get(at..)?, inside == Inside::Text);
        let word = text.get(start..at)?.trim_start_matches(['`', '"', '“']).to_owned();
        Some(Cursor { id, chunk, start, open, at, end, word, lexemes, inside })
    }

    /// Asks the checker with `filler` at the cursor: in the declaration as it is if it parses with that, else in what
    /// stands before the cursor, completed.
    fn asked<T>(
        &mut self,
        (cursor, text, before): (&Cursor, &str, &Before),
        filler: &str,
        read: impl FnOnce(&Self, &Names<'_>, &Survey) -> T,
    ) -> T {
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        let (start, end) = cursor.chunk;
        let in_place = part(start, cursor.start).to_owned() + filler + part(cursor.end, end);
        let piece = if cursor.inside == Inside::Placeholder {
            before.completed(&format!("{}{filler}}}\"", part(cursor.open, cursor.start)))
        } else if unfinished(&in_place).is_none() {
            Some(in_place)
        } else {
            before.completed(filler)
        };
        let whole = piece.map(|piece| format!("{}{piece}\n{}", part(0, start), part(end, text.len())));
        let before = whole.and_then(|whole| self.replace(cursor.id, whole));
        let survey = self.checked().survey;
        let answer = read(self, &Names::new(self.parsed.iter().map(|(file, _)| file), &survey), &survey);
        if let Some((text, tree)) = before {
            self.restore(cursor.id, text, tree);
        }
        answer
    }

    fn names_at(&mut self, cursor: &Cursor, text: &str, before: &Before) -> Vec<Completion> {
        let last = cursor.lexemes.last();
        let after = |rules: &[&str]| last.is_some_and(|last| is_keyword(text, last, rules));
        let dot = last.is_some_and(|last| is(text, last, &[".", "\u{FF0E}"]));
        let list = after(&["kw_every", "kw_some", "kw_none", "kw_covers", "kw_in"])
            || last.is_some_and(|last| is(text, last, &["(", "\u{FF08}"]));
        let path = path_before(cursor, text, before);
        self.asked((cursor, text, before), CURSOR, |_, names, survey| {
            let mut found = of_candidates(&survey.candidates, list);
            if !dot && survey.candidates.iter().any(|candidate| candidate.kind == CandidateKind::Field) {
                found.extend(functions());
            }
            if after(&["kw_format"]) {
                found.extend(FORMATS.iter().map(|term| of_term(term, text, CompletionKind::Option)));
            }
            if before.expected.has("type") {
                let param = cursor.lexemes.first().is_some_and(|first| is_keyword(text, first, &["kw_param"]));
                types(names, text, param, &mut found);
            }
            if after(&["kw_cites", "kw_excuse"]) {
                found.extend(names.sources().map(of_source));
            }
            if let Some((data, steps)) = path {
                fields_of_path(names, &data, &steps, &mut found);
            }
            found
        })
    }

    /// The passages of a source that nothing cites yet.
    fn quotes(&mut self, cursor: &Cursor, text: &str, before: &Before, source: &Lexeme) -> Vec<Completion> {
        let name = text.get(source.range.clone()).unwrap_or_default().trim_matches('`');
        let mut found = self.asked((cursor, text, before), "\"\"", |editor, names, survey| {
            let file =
                names.sources().find(|citable| citable.name.text == name).and_then(|citable| citable.file.as_ref());
            let id = file.and_then(|file| editor.source(&file.text));
            let passages = survey.uncovered.iter().filter(|span| Some(span.source) == id);
            passages.filter_map(|span| editor.passage(*span)).collect::<Vec<_>>()
        });
        found.retain(|item| item.documentation.contains(cursor.word.trim()));
        found
    }

    fn passage(&self, span: Span) -> Option<Completion> {
        let words = self.texts.get(span.source.0 as usize)?.slice(span).trim();
        let words = words.trim_end_matches(['。', ';', '\u{FF1B}']);
        if words.contains('"') {
            return None;
        }
        let short: String = words.chars().take(PASSAGE).collect();
        let label = if short.len() < words.len() { short + "…" } else { short };
        let item = completion(CompletionKind::Quote, &label, &format!("\"{words}\""));
        // An editor compares what it narrows the list by with what stands from the quotation mark on.
        Some(Completion { documentation: words.to_owned(), filter: format!("\"{words}\""), ..item })
    }
}

/// How much behind the cursor belongs to the word, or to the text up to its closing mark, that it stands in.
fn behind(rest: &str, text: bool) -> usize {
    if !text {
        return rest.find(|c| !XID_CONTINUE(c)).unwrap_or(rest.len());
    }
    let line = rest.lines().next().unwrap_or_default();
    line.find(['"', '”']).and_then(|at| Some(at + line.get(at..)?.chars().next()?.len_utf8())).unwrap_or_default()
}

/// `{ a, b }`
pub(super) fn listed(options: &[Name]) -> String {
    let texts: Vec<&str> = options.iter().map(|option| option.text.as_str()).collect();
    format!("{{ {} }}", texts.join(", "))
}

/// For `标识 a.b.` in a `数据`: the document's name and the steps before the cursor.
fn path_before(cursor: &Cursor, text: &str, before: &Before) -> Option<(String, Vec<String>)> {
    if !before.expected.has("path") && !before.expected.has("field_name") {
        return None;
    }
    let keyword = cursor.lexemes.iter().rposition(|lexeme| {
        is_keyword(text, lexeme, &["kw_identity", "kw_title", "kw_date", "kw_edition", "kw_roster"])
    })?;
    let word = |lexeme: &Lexeme| text.get(lexeme.range.clone()).unwrap_or_default().trim_matches('`').to_owned();
    let data = cursor
        .lexemes
        .get(1)
        .filter(|_| cursor.lexemes.first().is_some_and(|first| is_keyword(text, first, &["kw_data"])))?;
    let steps = cursor.lexemes.get(keyword + 1..)?;
    let named = |(index, lexeme): (usize, &Lexeme)| {
        let name = matches!(lexeme.kind, LexKind::Word | LexKind::Quoted);
        (name == (index % 2 == 0)).then(|| word(lexeme))
    };
    let steps: Option<Vec<String>> = steps.iter().enumerate().map(named).collect();
    Some((word(data), steps?.into_iter().step_by(2).collect()))
}

fn fields_of_path(names: &Names<'_>, data: &str, steps: &[String], into: &mut Vec<Completion>) {
    let Some(data) = names.data(data) else { return };
    let mut fields = data.fields.as_slice();
    for step in steps {
        let field = fields.iter().find(|field| field.name.text == *step);
        let Some(record) = field.and_then(|field| names.record(&field.ty)) else { return };
        fields = record.fields.as_slice();
    }
    into.extend(fields.iter().map(|field| {
        let detail = field.label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
        let documentation = hint(field).unwrap_or_default().to_owned();
        let item = completion(CompletionKind::Field, &field.name.text, &spelled(&field.name.text));
        Completion { detail, documentation, ..item }
    }));
}

/// Whether what was typed could become this: its letters stand in it, in order.
fn matches(filter: &str, typed: &str) -> bool {
    let mut letters = filter.chars();
    typed.chars().all(|letter| letters.any(|known| known.eq_ignore_ascii_case(&letter)))
}
