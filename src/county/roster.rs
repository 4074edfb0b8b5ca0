//! The schools that have to submit, as the county's document names them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::Value;
use serde_json::value::RawValue;

use crate::county::School;
use crate::data::field_path;
use crate::ir::RuleSet;

/// Each school once, in the document's order. It is held while all submissions come in: its texts stand one after
/// another in one.
#[derive(Debug, Default)]
pub(super) struct Roster {
    text: String,
    /// Lengths of 标识 and 名称.
    lengths: Vec<(u32, u32)>,
}

/// An object's members.
type Json<'t, T> = HashMap<Cow<'t, str>, T>;

impl Roster {
    /// Read from the county's document.
    pub fn read(rules: &RuleSet, utf8: &[u8]) -> Self {
        let mut roster = Self::default();
        let Some([list, id]) = rules.county.as_ref().map(|county| county.roster.as_slice()) else { return roster };
        let text = utf8.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(utf8);
        // One item at a time: a roster is the longest part of a county's document.
        let document: Json<'_, &RawValue> = serde_json::from_slice(text).unwrap_or_default();
        let items = document.get(list.as_str()).and_then(|items| serde_json::from_str(items.get()).ok());
        let items: Vec<&RawValue> = items.unwrap_or_default();
        let title = rules.shape.title.as_ref().and_then(|path| field_path(&rules.shape, path.slot));
        // A roster names its schools under the same key as the schools name themselves.
        let name = title.as_deref().and_then(|pointer| pointer.rsplit('/').next()).unwrap_or_default();
        let mut seen = HashSet::new();
        for item in items {
            let item: Json<'_, Value> = serde_json::from_str(item.get()).unwrap_or_default();
            let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
            if !text(id).is_empty() && seen.insert(text(id).to_owned()) {
                roster.push(text(id), text(name));
            }
        }
        roster
    }

    fn push(&mut self, id: &str, name: &str) {
        // A document is never as long as `u32` counts.
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.text.push_str(id);
        self.text.push_str(name);
        self.lengths.push((length(id), length(name)));
    }

    /// How many schools.
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// 标识 and 名称 of each school.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut rest = self.text.as_str();
        self.lengths.iter().map(move |(id, name)| {
            let mut next = |length: u32| {
                let (text, after) = rest.split_at_checked(length as usize).unwrap_or_default();
                rest = after;
                text
            };
            (next(*id), next(*name))
        })
    }

    /// Those whom `wanted` chooses by their 标识.
    pub fn schools(&self, wanted: impl Fn(&str) -> bool) -> Vec<School> {
        let chosen = self.iter().filter(|(id, _)| wanted(id));
        chosen.map(|(id, name)| School { id: id.to_owned(), name: name.to_owned() }).collect()
    }
}
