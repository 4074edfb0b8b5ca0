//! JSON that keeps the order of its keys, as a form writes them; `serde_json` sorts them unless a feature that would
//! change what is measured is on.

use std::ops::{Index, IndexMut};

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Json {
    Null,
    Bool(bool),
    Number(i64),
    Text(String),
    List(Vec<Json>),
    Object(IndexMap<String, Json>),
}

impl Json {
    /// The elements of a list.
    pub fn rows(&mut self) -> &mut Vec<Json> {
        match self {
            Self::List(rows) => rows,
            other => panic!("no list: {other:?}"),
        }
    }

    /// Takes a key away, and says whether it was there.
    pub fn without(&mut self, key: &str) -> bool {
        match self {
            Self::Object(members) => members.shift_remove(key).is_some(),
            other => panic!("no object: {other:?}"),
        }
    }

    pub fn has(&self, key: &str) -> bool {
        matches!(self, Self::Object(members) if members.contains_key(key))
    }

    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("JSON")
    }
}

impl Index<&str> for Json {
    type Output = Json;

    fn index(&self, key: &str) -> &Json {
        match self {
            Self::Object(members) => members.get(key).unwrap_or(&Self::Null),
            other => panic!("no object: {other:?}"),
        }
    }
}

impl IndexMut<&str> for Json {
    fn index_mut(&mut self, key: &str) -> &mut Json {
        match self {
            Self::Object(members) => members.entry(key.to_owned()).or_insert(Self::Null),
            other => panic!("no object: {other:?}"),
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Json {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

/// An object from keys and values, in this order.
pub fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}
