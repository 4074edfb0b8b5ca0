//! Where values stand in a document's text, for tools that mark a line.

use std::collections::BTreeMap;

use crate::locate::escape;
use crate::scan::{Scanner, Start, Step};

/// The byte offsets of JSON Pointers in a text. A pointer that names nothing has the place of the nearest value around
/// it, for that is where the missing one belongs; a text that is no JSON has what could be read.
///
/// ```
/// let text = r#"{"a": [{"b": 1}, {}]}"#;
/// let places = bulou_document::places::places(text, ["/a/1/c", "/a/0/b", "/x"]);
/// assert_eq!(places, [("/a/0/b", 13), ("/a/1/c", 17), ("/x", 0)].into());
/// ```
pub fn places<'p>(text: &str, pointers: impl IntoIterator<Item = &'p str>) -> BTreeMap<&'p str, usize> {
    let start = text.len() - text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).len();
    let mut walk = Walk { json: Scanner::new(text.get(start..).unwrap_or_default()), start, found: BTreeMap::new() };
    walk.found.extend(pointers.into_iter().map(|pointer| (pointer, (0, start))));
    // What comes before the error is placed.
    let _ = walk.value(&mut String::new());
    let mut places = BTreeMap::new();
    places.extend(walk.found.into_iter().map(|(pointer, (_, offset))| (pointer, offset)));
    places
}

struct Walk<'p, 'j> {
    json: Scanner<'j>,
    start: usize,
    /// For each pointer how much of it is found, and where that stands.
    found: BTreeMap<&'p str, (usize, usize)>,
}

impl Walk<'_, '_> {
    fn value(&mut self, path: &mut String) -> Step {
        let start = self.json.peek()?;
        let offset = self.start + self.json.at();
        let mut within = false;
        for (pointer, (length, place)) in &mut self.found {
            let Some(rest) = pointer.strip_prefix(path.as_str()) else { continue };
            if !rest.is_empty() && !rest.starts_with('/') {
                continue;
            }
            within |= !rest.is_empty();
            if path.len() > *length {
                (*length, *place) = (path.len(), offset);
            }
        }
        match start {
            Start::Object if within => self.object(path),
            Start::Array if within => self.array(path),
            _ => self.json.skip(),
        }
    }

    fn object(&mut self, path: &mut String) -> Step {
        let length = path.len();
        let mut more = self.json.enter_object()?;
        while more {
            path.push('/');
            path.push_str(&escape(&self.json.key()?));
            self.value(path)?;
            path.truncate(length);
            more = self.json.next_member()?;
        }
        Ok(())
    }

    fn array(&mut self, path: &mut String) -> Step {
        let length = path.len();
        let mut more = self.json.enter_array()?;
        let mut index = 0;
        while more {
            path.push('/');
            path.push_str(&index.to_string());
            self.value(path)?;
            path.truncate(length);
            index += 1;
            more = self.json.next_element()?;
        }
        Ok(())
    }
}
