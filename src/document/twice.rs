//! JSON of other kinds than documents: parameters, waivers, cases, states. What stands twice in an object is refused, where
//! readers usually take the last and say nothing.

use serde::de::DeserializeOwned;

use crate::locate::escape;
use crate::scan::{Scanner, Start};
use bulou_base::hash::HashSet;
use bulou_base::sanitize::shortened;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;

/// How deep it may be nested, as for `serde_json`.
const NESTING: usize = 128;

/// Why bytes are no value of the kind that is asked for.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text().en)]
pub enum Unread {
    /// A key stands twice in an object: its JSON Pointer.
    Twice(String),
    /// What the reader of JSON says, in English.
    Json(#[from] serde_json::Error),
}

impl Unread {
    /// The reason in all languages; the reader's own words are alike in all.
    #[must_use]
    pub fn text(&self) -> LocalizedText {
        match self {
            Self::Twice(path) => texts::key_twice_keep_one(path).text(),
            Self::Json(error) => LocalizedText::new(error.to_string(), error.to_string()),
        }
    }
}

/// A value of JSON in which no key stands twice in one object.
///
/// ```
/// use std::collections::BTreeMap;
/// type Params = BTreeMap<String, u8>;
/// assert!(bulou_document::from_json::<Params>(br#"{"a": 1, "b": 2}"#).is_ok());
/// let error = bulou_document::from_json::<Params>(br#"{"a": 1, "a": 2}"#).expect_err("twice");
/// assert!(error.text().zh.starts_with("`/a` 写了两次"));
/// ```
///
/// # Errors
/// A key stands twice, or the bytes are no such value.
pub fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unread> {
    let bytes = without_mark(bytes);
    match twice(bytes) {
        Some(path) => Err(Unread::Twice(path)),
        None => Ok(serde_json::from_slice(bytes)?),
    }
}

/// Bytes without the mark by which editors say that a file is UTF-8.
pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// The JSON Pointer of a key that stands twice; none in what is no JSON.
pub fn twice(bytes: &[u8]) -> Option<String> {
    let mut reader = Reader { json: Scanner::new(std::str::from_utf8(bytes).ok()?), path: Vec::new(), found: None };
    let _ = reader.value();
    reader.found
}

struct Reader<'t> {
    json: Scanner<'t>,
    path: Vec<String>,
    found: Option<String>,
}

impl Reader<'_> {
    /// Reads a value; nothing when there is no more to look for.
    fn value(&mut self) -> Option<()> {
        if self.path.len() >= NESTING {
            return None;
        }
        match self.json.peek().ok()? {
            Start::Object => self.object(),
            Start::Array => self.array(),
            _ => self.json.skip().ok(),
        }
    }

    fn object(&mut self) -> Option<()> {
        let mut keys = HashSet::default();
        let mut more = self.json.enter_object().ok()?;
        while more {
            let key = self.json.key().ok()?;
            self.path.push(escape(&shortened(&key)).into_owned());
            if !keys.insert(key) {
                self.found = Some(self.path.iter().map(|step| format!("/{step}")).collect());
                return None;
            }
            self.value()?;
            self.path.pop();
            more = self.json.next_member().ok()?;
        }
        Some(())
    }

    fn array(&mut self) -> Option<()> {
        let mut more = self.json.enter_array().ok()?;
        let mut index = 0_usize;
        while more {
            self.path.push(index.to_string());
            self.value()?;
            self.path.pop();
            index += 1;
            more = self.json.next_element().ok()?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::twice;

    #[test]
    fn a_key_that_stands_twice_is_found_at_any_depth_and_however_it_is_written() {
        for (text, path) in [
            (r#"{"a": 1, "a": 1}"#, "/a"),
            (r#"[{}, {"a": {"b/c": 1, "d": [], "b\u002fc": 2}}]"#, "/1/a/b~1c"),
            (r#"{"甲": 1, "\u7532": 2}"#, "/甲"),
        ] {
            assert_eq!(twice(text.as_bytes()).as_deref(), Some(path), "{text}");
        }
        for text in [r#"[{"a": 1}, {"a": 1}]"#, r#"{"a": {"a": 1}}"#, "{", "1", ""] {
            assert_eq!(twice(text.as_bytes()), None, "{text}");
        }
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        assert_eq!(twice(deep.as_bytes()), None);
    }
}
