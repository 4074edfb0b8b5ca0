//! Diagnostics on the terminal, with the place marked.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use bulou::diagnostic::{Diagnostic, Lang, Severity};
use bulou::source::Source;

/// Renders one diagnostic.
pub fn render(diagnostic: &Diagnostic, sources: &[Source], lang: Lang, color: bool) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level
        .primary_title(diagnostic.message.get(lang))
        .id(diagnostic.code.as_str())
        .elements(std::iter::empty::<annotate_snippets::Element<'_>>());
    for (kind, label) in std::iter::once((AnnotationKind::Primary, &diagnostic.primary))
        .chain(diagnostic.secondary.iter().map(|label| (AnnotationKind::Context, label)))
    {
        let Some(source) = sources.get(label.span.source.0 as usize) else { continue };
        let end = (label.span.end as usize).min(source.text.len());
        let start = (label.span.start as usize).min(end);
        let annotation = kind.span(start..end).label(label.words.get(lang));
        group = group.element(Snippet::source(&source.text).path(&source.name).annotation(annotation));
    }
    let group = group.element(Level::HELP.message(diagnostic.help.get(lang)));
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}
