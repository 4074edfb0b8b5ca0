//! Diagnostics on the terminal, with the place marked.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Level, Origin, Renderer, Snippet};
use bulou_base::sanitize::{visible, visible_lines};
use bulou_base::source::{Lines, Source};
use bulou_messages::diagnostic::{Diagnostic, Label, Lang, Severity};

/// Renders the diagnostics of some texts. Of a text only the lines around a place are looked at, for there may be as many
/// diagnostics as lines.
pub struct Diagnostics<'s> {
    sources: &'s [Source],
    lines: Vec<Lines>,
    lang: Lang,
    color: bool,
}

impl<'s> Diagnostics<'s> {
    /// For the texts that spans point into.
    pub fn new(sources: &'s [Source], lang: Lang, color: bool) -> Self {
        Self { sources, lines: sources.iter().map(|source| Lines::of(&source.text)).collect(), lang, color }
    }

    /// One diagnostic.
    pub fn render(&self, diagnostic: &Diagnostic) -> String {
        let level = match diagnostic.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let message = visible_lines(diagnostic.message.get(self.lang));
        let mut group = level
            .primary_title(message.as_str())
            .id(diagnostic.code.as_str())
            .elements(std::iter::empty::<Element<'_>>());
        let primary = std::iter::once((AnnotationKind::Primary, &diagnostic.primary));
        let secondary = diagnostic.secondary.iter().map(|label| (AnnotationKind::Context, label));
        for (kind, label) in primary.chain(secondary) {
            group = group.elements(self.snippet(kind, label));
        }
        let group = group.element(Level::HELP.message(visible_lines(diagnostic.help.get(self.lang))));
        let renderer = if self.color { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }

    /// A place: its lines, or of a very long one what stands around it.
    fn snippet(&self, kind: AnnotationKind, label: &Label) -> Vec<Element<'static>> {
        self.place(kind, label).unwrap_or_default()
    }

    fn place(&self, kind: AnnotationKind, label: &Label) -> Option<Vec<Element<'static>>> {
        let index = label.span.source.0 as usize;
        let (source, lines) = (self.sources.get(index)?, self.lines.get(index)?);
        let (start, end) = (label.span.start as usize, label.span.end.max(label.span.start) as usize);
        let (line, whole) = (lines.number(start), lines.around(start, end));
        let shown = if whole.len() > LONG { near(&source.text, &whole, start..end) } else { whole.clone() };
        let text = source.text.get(shown.clone())?;
        // As long in what is shown as in the text itself.
        let up_to = |at: usize| in_lines(text.get(..at.saturating_sub(shown.start)).unwrap_or(text)).len();
        let annotation: Annotation<'static> =
            kind.span(up_to(start)..up_to(end)).label(visible(label.words.get(self.lang)));
        let snippet = Snippet::source(in_lines(text)).line_start(line);
        let path = visible(&source.name);
        if shown == whole {
            return Some(vec![snippet.path(path).annotation(annotation).into()]);
        }
        let column = lines.position(&source.text, start).1;
        let origin = Origin::path(path).line(line).char_column(column);
        Some(vec![origin.into(), snippet.annotation(annotation).into()])
    }
}

/// A line of so many bytes is not shown whole.
const LONG: usize = 1000;
/// What is shown of it on either side of a place.
const AROUND: usize = 120;

/// Part of a line, around a place in it.
fn near(text: &str, line: &Range<usize>, place: Range<usize>) -> Range<usize> {
    let start = place.start.saturating_sub(AROUND).max(line.start);
    let end = (place.end.min(place.start + LONG) + AROUND).min(line.end);
    let stands = |at: &usize| text.is_char_boundary(*at);
    (line.start..=start).rev().find(stands).unwrap_or(line.start)..(end..line.end).find(stands).unwrap_or(line.end)
}

/// A text in its lines as [`Lines`] counts them.
fn in_lines(text: &str) -> String {
    visible_lines(&text.replace("\r\n", "\n").replace('\r', "\n"))
}
