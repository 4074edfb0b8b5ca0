//! Diagnostics on the terminal, with the place marked.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use bulou::diagnostic::{Diagnostic, Label, Lang, Severity};
use bulou::shown::{visible, visible_lines};
use bulou::source::{Lines, Source};

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
            .elements(std::iter::empty::<annotate_snippets::Element<'_>>());
        let primary = std::iter::once((AnnotationKind::Primary, &diagnostic.primary));
        let secondary = diagnostic.secondary.iter().map(|label| (AnnotationKind::Context, label));
        for (kind, label) in primary.chain(secondary) {
            group = group.elements(self.snippet(kind, label));
        }
        let group = group.element(Level::HELP.message(visible_lines(diagnostic.help.get(self.lang))));
        let renderer = if self.color { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }

    fn snippet(
        &self,
        kind: AnnotationKind,
        label: &Label,
    ) -> Option<Snippet<'static, annotate_snippets::Annotation<'static>>> {
        let index = label.span.source.0 as usize;
        let (source, lines) = (self.sources.get(index)?, self.lines.get(index)?);
        let (start, end) = (label.span.start as usize, label.span.end.max(label.span.start) as usize);
        let shown = lines.around(start, end);
        let text = source.text.get(shown.clone())?;
        // As long in what is shown as in the text itself.
        let up_to = |at: usize| in_lines(text.get(..at - shown.start).unwrap_or(text)).len();
        let annotation = kind.span(up_to(start)..up_to(end)).label(visible(label.words.get(self.lang)));
        let snippet = Snippet::source(in_lines(text)).line_start(lines.number(start)).path(visible(&source.name));
        Some(snippet.annotation(annotation))
    }
}

/// A text in its lines as [`bulou::source::position`] counts them.
fn in_lines(text: &str) -> String {
    visible_lines(&text.replace("\r\n", "\n").replace('\r', "\n"))
}
