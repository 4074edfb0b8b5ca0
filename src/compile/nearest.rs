//! The nearest known name to one that is not known.

use std::cell::Cell;

use bulou_base::limits;
use bulou_base::source::Span;
use bulou_messages::diagnostic::{Fix, LocalizedText};
use bulou_messages::texts;
use bulou_syntax::keywords::spelled;

/// So many names are listed in a sentence.
const LISTED: usize = 30;

/// Compares what is not known with what is, as long as its budget lasts: where very many names are wrong, comparing each
/// with all would take the square of their number.
#[derive(Debug)]
pub(crate) struct Nearness {
    /// Pairs of bytes that may still be compared.
    left: Cell<usize>,
    /// Names for which the nearest may still be looked for.
    names: Cell<usize>,
}

impl Default for Nearness {
    fn default() -> Self {
        Self { left: Cell::new(limits::NEARNESS), names: Cell::new(limits::NEAREST) }
    }
}

impl Nearness {
    /// Whether two texts of these lengths in bytes may still be compared.
    pub fn affords(&self, one: usize, other: usize) -> bool {
        let left = self.left.get().saturating_sub(one.max(1).saturating_mul(other.max(1)));
        self.left.set(left);
        left > 0
    }

    /// The known name that most likely was meant, if any is near enough: a few edits away, part of the other, or with
    /// the same beginning.
    pub fn nearest<'k>(&self, wanted: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
        self.names.set(self.names.get().checked_sub(1)?);
        let chars = wanted.chars().count();
        let score = |name: &str| {
            let length = chars.max(name.chars().count());
            // Each character that they do not share takes an edit: most names need no closer look.
            let least = length - wanted.chars().filter(|c| name.contains(*c)).count();
            if least > length.div_ceil(2) {
                return None;
            }
            let shared = wanted.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
            let alike = shared >= 2 || name.contains(wanted) || wanted.contains(name);
            let allowed = if alike { length.div_ceil(2) } else { (length / 3).max(1) };
            if least > allowed {
                return None;
            }
            let distance = strsim::osa_distance(wanted, name);
            // What begins alike is meant rather than what has one letter else: of two, that is half.
            (distance <= allowed && distance < length).then_some((shared < 2, distance, std::cmp::Reverse(shared)))
        };
        let known = known.take_while(|name| self.affords(wanted.len(), name.len()));
        known.filter_map(|name| score(name).map(|score| (score, name))).min().map(|(_, name)| name)
    }

    /// Help about a name that is not known: the nearest that is, with the change that writes it, or else `otherwise`.
    pub fn suggest<'k>(
        &self,
        name: &str,
        span: Span,
        known: impl Iterator<Item = &'k str>,
        otherwise: LocalizedText,
    ) -> (LocalizedText, Option<Fix>) {
        match self.nearest(name, known) {
            Some(near) => (texts::did_you_mean(&near).text(), Some(Fix::new(span, spelled(near)))),
            None => (otherwise, None),
        }
    }
}

/// Names in a sentence, the first of them where they are many.
pub(crate) fn listed<'k>(names: impl ExactSizeIterator<Item = &'k str>) -> LocalizedText {
    let count = names.len();
    let first: Vec<&str> = names.take(LISTED).collect();
    let names = LocalizedText::new(first.join("、"), first.join(", "));
    if count <= LISTED { names } else { texts::names_and_others_all(&names, &count).text() }
}
