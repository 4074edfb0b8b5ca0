//! Documents that differ from another in one value, or lack one of its parts.

use serde_json::Value as Json;

use super::spots::{Spot, Step};

/// Which part of a record or list.
enum Place {
    Key(String),
    At(usize),
}

impl Place {
    /// The step that leads there.
    fn step(&self) -> Step {
        match self {
            Self::Key(key) => Step::Key(key.clone()),
            Self::At(_) => Step::First,
        }
    }
}

fn parts(document: &Json) -> Vec<(Place, &Json)> {
    match document {
        Json::Object(parts) => parts.iter().map(|(key, part)| (Place::Key(key.clone()), part)).collect(),
        Json::Array(parts) => parts.iter().enumerate().map(|(at, part)| (Place::At(at), part)).collect(),
        _ => Vec::new(),
    }
}

/// A document with another part in the place of one, or without that one.
fn with(document: &Json, place: &Place, part: Option<Json>) -> Json {
    let mut next = document.clone();
    match (&mut next, place, part) {
        (Json::Object(parts), Place::Key(key), Some(part)) => {
            parts.insert(key.clone(), part);
        }
        (Json::Object(parts), Place::Key(key), None) => {
            parts.remove(key);
        }
        (Json::Array(parts), Place::At(at), Some(part)) => {
            if let Some(old) = parts.get_mut(*at) {
                *old = part;
            }
        }
        (Json::Array(parts), Place::At(at), None) if *at < parts.len() => {
            parts.remove(*at);
        }
        _ => {}
    }
    next
}

/// A document with one part taken away, larger parts first.
pub(super) fn cuts(document: &Json) -> Vec<Json> {
    let parts = parts(document);
    let without = parts.iter().map(|(place, _)| with(document, place, None));
    let within = parts.iter().flat_map(|(place, part)| {
        cuts(part).into_iter().map(|part| with(document, place, Some(part))).collect::<Vec<_>>()
    });
    without.chain(within).collect()
}

/// A document with one of its values replaced by another that may stand there, or with one part taken away.
pub(super) fn variants(document: &Json, spots: &[Spot]) -> Vec<Json> {
    let mut found = replaced(document, &[], spots);
    found.extend(cuts(document));
    found
}

fn replaced(document: &Json, path: &[Step], spots: &[Spot]) -> Vec<Json> {
    if !document.is_object() && !document.is_array() {
        let choices =
            spots.iter().find(|spot| spot.path == path).map(|spot| spot.choices.as_slice()).unwrap_or_default();
        return choices.iter().map(|(value, _)| value).filter(|value| *value != document).cloned().collect();
    }
    let within = |(place, part): &(Place, &Json)| {
        let inner = [path, &[place.step()]].concat();
        replaced(part, &inner, spots).into_iter().map(|part| with(document, place, Some(part))).collect::<Vec<_>>()
    };
    parts(document).iter().flat_map(within).collect()
}
