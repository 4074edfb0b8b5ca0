//! The nearest known name to one that is not known.

use crate::diagnostic::{Fix, Words};
use crate::source::Span;
use crate::syntax::keywords::spelled;

/// The known name that most likely was meant, if any is near enough: a few edits away, part of the other, or with the
/// same beginning.
pub(crate) fn nearest<'k>(wanted: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let score = |name: &str| {
        let length = wanted.chars().count().max(name.chars().count());
        let distance = strsim::osa_distance(wanted, name);
        let shared = wanted.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
        let alike = name.contains(wanted) || wanted.contains(name) || shared >= 2;
        let allowed = if alike { length.div_ceil(2) } else { (length / 3).max(1) };
        (distance <= allowed && distance < length).then_some((distance, std::cmp::Reverse(shared)))
    };
    known.filter_map(|name| score(name).map(|score| (score, name))).min().map(|(_, name)| name)
}

/// Help about a name that is not known: the nearest that is, with the change that writes it, or else `otherwise`.
pub(crate) fn suggest<'k>(
    name: &str,
    span: Span,
    known: impl Iterator<Item = &'k str>,
    otherwise: Words,
) -> (Words, Option<Fix>) {
    match nearest(name, known) {
        Some(near) => (
            Words::new(format!("是不是 `{near}`?"), format!("did you mean `{near}`?")),
            Some(Fix::new(span, spelled(near))),
        ),
        None => (otherwise, None),
    }
}
