//! Services for editors of rule files: what is wrong and how to mend it, what could be written here, what a name means
//! and where it is used. Everything is in memory; the language server and the page's editor are both built on it.

mod answer;
mod complete;
mod hover;
mod keyword_words;
mod names;
mod outline;
mod place;
mod rename;
mod repair;
mod tokens;

use std::collections::BTreeMap;

use bulou_base::order;
use bulou_base::source::{Source, SourceId, Span};
use bulou_compile::{Survey, survey};
use bulou_messages::diagnostic::{Diagnostic, Lang, Severity};
use bulou_pack::strays;
use bulou_syntax::ast::File;
use bulou_syntax::format::{Options, Refused, format};
use bulou_syntax::parse;

pub use answer::{
    Completion, CompletionKind, FormatRefused, Hover, OutlineItem, Problem, Related, TextEdit, TextLocation, Token,
    TokenKind,
};
use names::Names;
pub use place::{LineColumn, Places, TextRange};
pub use rename::RenameRefused;

/// A pack that is being edited. Offsets and ranges are in UTF-16 code units from the start of a file; a file that the
/// pack does not have, or an offset after a file's end, has an empty answer.
///
/// ```
/// use bulou_messages::diagnostic::Lang;
/// use bulou_editor::Editor;
/// let mut editor = Editor::default();
/// editor.set("规则集.bulou", "规则集 a \"甲\" { 版本 1 }\n参数 限额: 整数 = 3\n规则 乙 {\n  要求 5 > 限颜\n}\n");
/// let problems = editor.problems(Lang::En);
/// let unknown = problems.iter().find(|problem| problem.code == "E012").expect("an unknown name");
/// assert_eq!((unknown.line, unknown.help.as_str()), (4, "did you mean `限额`?"));
/// assert_eq!(unknown.fix.as_ref().map(|fix| fix.text.as_str()), Some("限额"));
/// ```
#[derive(Debug, Default)]
pub struct Editor {
    /// Files of other kinds, such as calendars.
    others: BTreeMap<String, Vec<u8>>,
    /// Rule files and cited texts, by name.
    texts: Vec<Source>,
    /// The tree of each rule file with what is wrong in it; an empty tree for a cited text.
    parsed: Vec<(File, Vec<Diagnostic>)>,
    checked: Option<Checked>,
}

/// What the checker says of the files as they are.
#[derive(Debug)]
struct Checked {
    diagnostics: Vec<Diagnostic>,
    survey: Survey,
}

impl Editor {
    /// A pack with these files, by their paths in it.
    #[must_use]
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut editor = Self::default();
        for (name, bytes) in files {
            if is_text(&name) {
                let text = String::from_utf8_lossy(&bytes);
                editor.texts.push(Source { name, text: without_mark(&text).to_owned() });
            } else {
                editor.others.insert(name, bytes);
            }
        }
        editor.parse_all();
        editor
    }

    /// A file's text as it is now; a new file is added.
    pub fn set(&mut self, file: &str, text: &str) {
        if !is_text(file) {
            self.others.insert(file.to_owned(), text.as_bytes().to_vec());
            self.checked = None;
            return;
        }
        let text = without_mark(text).to_owned();
        match self.source(file) {
            Some(id) => {
                self.replace(id, text);
            }
            None => {
                self.texts.push(Source { name: file.to_owned(), text });
                self.parse_all();
            }
        }
        self.checked = None;
    }

    /// Takes a file out of the pack.
    pub fn remove(&mut self, file: &str) {
        self.others.remove(file);
        self.texts.retain(|text| text.name != file);
        self.parse_all();
    }

    /// The names of the pack's rule files and cited texts.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|text| text.name.as_str())
    }

    /// A file's text as it is now.
    #[must_use]
    pub fn text(&self, file: &str) -> Option<&str> {
        let id = self.source(file)?;
        self.texts.get(id.0 as usize).map(|text| text.text.as_str())
    }

    /// Everything that is wrong with the pack, in the order of its files.
    pub fn problems(&mut self, lang: Lang) -> Vec<Problem> {
        self.check();
        let Some(checked) = &self.checked else { return Vec::new() };
        let places: Vec<Places<'_>> = self.texts.iter().map(|text| Places::new(&text.text)).collect();
        checked.diagnostics.iter().filter_map(|diagnostic| self.problem(diagnostic, &places, lang)).collect()
    }

    /// The problems that touch a range and have a fix.
    pub fn fixes(&mut self, file: &str, range: TextRange, lang: Lang) -> Vec<Problem> {
        let mut problems = self.problems(lang);
        problems.retain(|problem| {
            let at = problem.location.range;
            problem.fix.is_some() && problem.location.file == file && at.start <= range.end && range.start <= at.end
        });
        problems
    }

    /// A file in canonical layout.
    ///
    /// # Errors
    /// The file has errors, or the pack has no such file.
    pub fn format(&self, file: &str) -> Result<String, FormatRefused> {
        let text = self.text(file).filter(|_| file.ends_with(".bulou"));
        let text = text.ok_or(FormatRefused::NoFile)?;
        format(text, Options::default()).map_err(|refused| match refused {
            Refused::Errors(_) => FormatRefused::Errors,
            Refused::Changed => FormatRefused::Changed,
        })
    }

    fn problem(&self, diagnostic: &Diagnostic, places: &[Places<'_>], lang: Lang) -> Option<Problem> {
        let location = |span: Span| {
            let index = span.source.0 as usize;
            let range = places.get(index)?.range(span.start as usize, span.end as usize);
            Some(TextLocation { file: self.texts.get(index)?.name.clone(), range })
        };
        let primary = location(diagnostic.primary.span)?;
        let place = places.get(diagnostic.primary.span.source.0 as usize)?;
        let related = diagnostic.secondary.iter().filter_map(|label| {
            Some(Related { location: location(label.span)?, message: label.words.get(lang).to_owned() })
        });
        let fix = diagnostic.fix.as_ref().and_then(|fix| {
            let TextLocation { file, range } = location(fix.span)?;
            Some(TextEdit { file, range, text: fix.replacement.clone() })
        });
        Some(Problem {
            code: diagnostic.code.as_str(),
            error: diagnostic.severity() == Severity::Error,
            line: place.line_column(primary.range.start).line + 1,
            location: primary,
            message: diagnostic.message.get(lang).to_owned(),
            help: diagnostic.help.get(lang).to_owned(),
            related: related.collect(),
            fix,
        })
    }

    fn source(&self, file: &str) -> Option<SourceId> {
        let index = self.texts.iter().position(|text| text.name == file)?;
        Some(SourceId(u32::try_from(index).unwrap_or(u32::MAX)))
    }

    fn parse_all(&mut self) {
        order::sort_by(&mut self.texts, |a, b| a.name.cmp(&b.name));
        self.parsed = self.texts.iter().zip(0..).map(|(text, id)| parsed(SourceId(id), text)).collect();
        self.checked = None;
    }

    /// Another text for a file, and its tree; answers those that were there.
    fn replace(&mut self, id: SourceId, text: String) -> Option<(String, (File, Vec<Diagnostic>))> {
        let source = self.texts.get_mut(id.0 as usize)?;
        let before = std::mem::replace(&mut source.text, text);
        let tree = std::mem::replace(self.parsed.get_mut(id.0 as usize)?, parsed(id, source));
        Some((before, tree))
    }

    /// Puts back what [`Editor::replace`] answered.
    fn restore(&mut self, id: SourceId, text: String, tree: (File, Vec<Diagnostic>)) {
        let index = id.0 as usize;
        if let (Some(source), Some(place)) = (self.texts.get_mut(index), self.parsed.get_mut(index)) {
            source.text = text;
            *place = tree;
        }
    }

    /// Checks the files, unless they were since they changed.
    fn check(&mut self) {
        if self.checked.is_none() {
            self.checked = Some(self.checked());
        }
    }

    fn checked(&self) -> Checked {
        let files: Vec<&File> = self.parsed.iter().map(|(file, _)| file).collect();
        let calendar = |name: &str| self.others.get(name).cloned();
        let (_, found, survey) = survey(&files, &self.texts, &calendar);
        let mut diagnostics: Vec<Diagnostic> =
            self.parsed.iter().flat_map(|(_, found)| found.iter().cloned()).collect();
        diagnostics.extend(found);
        order::sort_by_key(&mut diagnostics, |found| (found.primary.span, found.code));
        Checked { diagnostics, survey }
    }

    /// The names of the pack, with what the checker knows of them.
    fn names(&mut self) -> Option<(Names<'_>, &Survey)> {
        self.check();
        let survey = &self.checked.as_ref()?.survey;
        Some((Names::new(self.parsed.iter().map(|(file, _)| file), survey), survey))
    }

    /// A place in a file as its id and byte.
    fn byte(&self, file: &str, offset: u32) -> Option<(SourceId, usize)> {
        let id = self.source(file)?;
        let text = self.texts.get(id.0 as usize)?;
        Some((id, Places::new(&text.text).byte(offset)))
    }

    fn location(&self, span: Span) -> Option<TextLocation> {
        let text = self.texts.get(span.source.0 as usize)?;
        let range = Places::new(&text.text).range(span.start as usize, span.end as usize);
        Some(TextLocation { file: text.name.clone(), range })
    }

    /// Where the name at a place is declared.
    pub fn definition(&mut self, file: &str, offset: u32) -> Vec<TextLocation> {
        let found: Vec<Span> = self.declarations(file, offset).into_iter().map(|(_, declared)| declared).collect();
        found.into_iter().filter_map(|span| self.location(span)).collect()
    }

    /// Everywhere that the name at a place is used, its declaration first where `declaration` asks for it.
    pub fn references(&mut self, file: &str, offset: u32, declaration: bool) -> Vec<TextLocation> {
        let declared: Vec<Span> = self.declarations(file, offset).into_iter().map(|(_, declared)| declared).collect();
        let mut spans = Vec::new();
        if let Some((names, _)) = self.names() {
            for span in declared {
                spans.extend(declaration.then_some(span));
                spans.extend(names.uses_of(span));
            }
        }
        spans.into_iter().filter_map(|span| self.location(span)).collect()
    }

    fn declarations(&mut self, file: &str, offset: u32) -> Vec<(Span, Span)> {
        let Some((id, byte)) = self.byte(file, offset) else { return Vec::new() };
        self.names().map(|(names, _)| names.at(id, byte)).unwrap_or_default()
    }
}

/// Whether a file's text is looked at: rules and what they cite.
fn is_text(file: &str) -> bool {
    file.ends_with(".bulou") || strays::is_text(file)
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

fn parsed(id: SourceId, source: &Source) -> (File, Vec<Diagnostic>) {
    let name = &source.name;
    match (strays::is_rules(name), strays::seems_rules(name)) {
        (true, _) => parse(id, &source.text),
        (false, true) => (File::default(), vec![strays::diagnostic(name, Span { source: id, start: 0, end: 0 })]),
        (false, false) => Default::default(),
    }
}
