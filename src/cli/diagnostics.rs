//! Diagnostics on the terminal, with the place marked.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use bulou::diagnostic::{Diagnostic, Lang, Severity};
use bulou::shown::{visible, visible_lines};
use bulou::source::Source;

/// Renders one diagnostic.
pub fn render(diagnostic: &Diagnostic, sources: &[Source], lang: Lang, color: bool) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = visible_lines(diagnostic.message.get(lang));
    let mut group = level
        .primary_title(message.as_str())
        .id(diagnostic.code.as_str())
        .elements(std::iter::empty::<annotate_snippets::Element<'_>>());
    for (kind, label) in std::iter::once((AnnotationKind::Primary, &diagnostic.primary))
        .chain(diagnostic.secondary.iter().map(|label| (AnnotationKind::Context, label)))
    {
        let Some(source) = sources.get(label.span.source.0 as usize) else { continue };
        // As long in what is shown as in the text itself.
        let up_to = |at: u32| visible_lines(source.text.get(..at as usize).unwrap_or(&source.text)).len();
        let (start, end) = (up_to(label.span.start), up_to(label.span.end.max(label.span.start)));
        let annotation = kind.span(start..end).label(visible(label.words.get(lang)));
        group = group
            .element(Snippet::source(visible_lines(&source.text)).path(visible(&source.name)).annotation(annotation));
    }
    let group = group.element(Level::HELP.message(visible_lines(diagnostic.help.get(lang))));
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}
