//! Case files: what stands in them, and the documents that each case comes to.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::unmade::Unmade;
use crate::Files;
use bulou_base::date::Date;
use bulou_document::locate::escape;
use bulou_document::without_mark;
use bulou_document::{Unread, from_json};
use bulou_eval::Waiver;
use bulou_report::{Problem, Status};

/// Beside the cases: which mutants change nothing (see [`crate::mutate`]). It is no case file.
pub(crate) const EQUIVALENTS: &str = "cases/equivalent.json";

/// Beside the cases: what passes in silence and may (see [`crate::laziest`]). It is no case file.
pub(crate) const ACCEPTED: &str = "cases/accepted.json";

/// A case, as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    #[serde(rename = "说明", alias = "title")]
    pub title: String,
    #[serde(rename = "今天", alias = "today", deserialize_with = "bulou_base::date::deserialize")]
    pub today: Date,
    #[serde(rename = "参数", alias = "params", default)]
    pub params: BTreeMap<String, String>,
    #[serde(rename = "豁免", alias = "waivers", default)]
    pub waivers: Vec<Waiver>,
    #[serde(rename = "数据", alias = "data", default)]
    data: Option<Json>,
    #[serde(rename = "基准", alias = "base", default)]
    base: Option<String>,
    #[serde(rename = "修改", alias = "change", default, deserialize_with = "even_null")]
    change: Option<Json>,
    /// Makes it a case of the county: `数据` or `基准` is the county's document, these are the schools'.
    #[serde(rename = "各校", alias = "schools", default)]
    schools: Option<Schools>,
    #[serde(rename = "期望", alias = "expected", default)]
    pub expected: BTreeMap<String, Status>,
    /// What is wrong with the documents themselves, when that is what the case is about: an empty list says that nothing
    /// is.
    #[serde(rename = "结构", alias = "structure", default)]
    pub structure: Option<Vec<Fault>>,
    /// Parameters whose values in this case must be refused; then nothing is checked.
    #[serde(rename = "拒绝", alias = "refused", default)]
    pub refused: Vec<String>,
    #[serde(rename = "证据", alias = "evidence", default)]
    pub evidence: BTreeMap<String, Vec<String>>,
}

/// A fault of a document: its code, and after a blank where it is when only that place is meant.
#[derive(Clone, Debug, Deserialize)]
pub struct Fault(pub String);

impl Fault {
    /// Whether it says where.
    pub fn is_placed(&self) -> bool {
        self.0.contains(' ')
    }

    /// Whether this is the one.
    pub fn is(&self, problem: &Problem) -> bool {
        match self.0.split_once(' ') {
            Some((code, path)) => problem.code == code && path == problem.path,
            None => problem.code == *self.0,
        }
    }
}

/// The schools' documents in a case of the county: one by one, or a base that lists them, with changes to the list.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Schools {
    List(Vec<School>),
    Base(String),
    Changed {
        #[serde(rename = "基准", alias = "base")]
        base: String,
        #[serde(rename = "修改", alias = "change")]
        change: Json,
    },
}

/// A school's document: a base's name, a base with changes, or the document itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum School {
    Base(String),
    Changed {
        #[serde(rename = "基准", alias = "base")]
        base: String,
        #[serde(rename = "修改", alias = "change")]
        change: Json,
    },
    Document(Json),
}

/// The documents of a case, as they would be submitted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Documents {
    pub own: Vec<u8>,
    /// Of a case of the county.
    pub schools: Option<Vec<Vec<u8>>>,
}

/// The cases of a file: one, or a list of them.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Case>, Unread> {
    match without_mark(bytes).trim_ascii_start().first() {
        Some(b'[') => from_json(bytes),
        _ => Ok(vec![from_json(bytes)?]),
    }
}

impl Case {
    /// Whether anything could come out otherwise than it says.
    pub fn expects_something(&self) -> bool {
        self.expects_of_documents() || !self.refused.is_empty()
    }

    /// Whether it says of documents what nobody will look at.
    pub fn expects_in_vain(&self) -> bool {
        self.expects_of_documents() && !self.refused.is_empty()
    }

    /// All that decides what comes out and what should, its documents apart.
    pub fn judged(&self) -> String {
        let Self { today, params, waivers, expected, structure, refused, evidence, schools, .. } = self;
        let county = schools.is_some();
        format!("{:?}", (today, params, waivers, expected, structure, refused, evidence, county))
    }

    fn expects_of_documents(&self) -> bool {
        !self.expected.is_empty() || !self.evidence.is_empty() || self.structure.is_some()
    }

    /// What it says is wrong with its documents.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.structure.iter().flatten()
    }

    /// Whether it says that nothing is.
    pub fn says_sound(&self) -> bool {
        self.structure.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether it is one of the county, by the parameters as they are.
    pub fn is_plain_county(&self) -> bool {
        self.schools.is_some() && self.params.is_empty()
    }

    /// Its documents.
    ///
    /// # Errors
    /// A base that is not there, or a change that does not fit it.
    pub fn documents(&self, bases: &mut Bases<'_>) -> Result<Documents, Unmade> {
        // Nothing that was read as JSON fails to be written as such.
        let bytes = |document: Json| serde_json::to_vec(&document).unwrap_or_default();
        let own = match (&self.data, &self.base) {
            (Some(_), Some(_)) => return Err(Unmade::DataAndBase),
            (Some(data), None) => data.clone(),
            (None, Some(base)) => bases.document(base)?,
            (None, None) => return Err(Unmade::NoData),
        };
        let own = bytes(changed(own, self.change.as_ref())?);
        let schools = self.schools.as_ref().map(|schools| schools.documents(bases)).transpose()?;
        Ok(Documents { own, schools: schools.map(|schools| schools.into_iter().map(bytes).collect()) })
    }
}

impl Schools {
    fn documents(&self, bases: &mut Bases<'_>) -> Result<Vec<Json>, Unmade> {
        let mut listed = |base: &str| -> Result<Vec<Json>, Unmade> {
            let schools: Vec<School> = bases.read(base)?;
            schools.iter().map(|school| school.document(bases)).collect()
        };
        match self {
            Self::List(schools) => schools.iter().map(|school| school.document(bases)).collect(),
            Self::Base(base) => listed(base),
            Self::Changed { base, change } => match changed(Json::Array(listed(base)?), Some(change))? {
                Json::Array(schools) => Ok(schools),
                _ => Err(Unmade::NoSchools),
            },
        }
    }
}

impl School {
    fn document(&self, bases: &mut Bases<'_>) -> Result<Json, Unmade> {
        match self {
            Self::Base(name) => bases.document(name),
            Self::Changed { base: name, change } => changed(bases.document(name)?, Some(change)),
            Self::Document(document) => Ok(document.clone()),
        }
    }
}

/// The base files of a pack; a document is read once, for hundreds of cases change it.
pub(crate) struct Bases<'f> {
    files: &'f Files,
    documents: BTreeMap<String, Json>,
}

impl<'f> Bases<'f> {
    pub fn new(files: &'f Files) -> Self {
        Self { files, documents: BTreeMap::new() }
    }

    /// A base that is a document.
    fn document(&mut self, name: &str) -> Result<Json, Unmade> {
        if let Some(known) = self.documents.get(name) {
            return Ok(known.clone());
        }
        let document: Json = self.read(name)?;
        self.documents.insert(name.to_owned(), document.clone());
        Ok(document)
    }

    /// What stands in a base file.
    fn read<T: DeserializeOwned>(&self, name: &str) -> Result<T, Unmade> {
        let bytes = self.files.0.get(&format!("cases/{name}"));
        let bytes = bytes.ok_or_else(|| Unmade::NoBase(name.to_owned()))?;
        from_json(bytes).map_err(|error| Unmade::UnreadBase { name: name.to_owned(), why: error.text() })
    }
}

/// A document with changes (RFC 7396 merge patch, or RFC 6902 patch). They change something, and what a merge patch takes
/// away is there: what is misspelt would else look like a case of its own.
fn changed(mut document: Json, change: Option<&Json>) -> Result<Json, Unmade> {
    let Some(change) = change else { return Ok(document) };
    let before = document.clone();
    if change.is_array() {
        let patch = serde_json::from_value::<json_patch::Patch>(change.clone());
        let patch = patch.map_err(|error| Unmade::NoPatch(error.to_string()))?;
        json_patch::patch(&mut document, &patch).map_err(|error| Unmade::from(&error))?;
    } else if !(document.is_object() && change.is_object()) {
        return Err(Unmade::NoObjects);
    } else {
        if let Some(path) = not_there(&document, change, String::new()) {
            return Err(Unmade::TakesAway(path));
        }
        json_patch::merge(&mut document, change);
    }
    if document == before {
        return Err(Unmade::Unchanged);
    }
    Ok(document)
}

/// What stands there, `null` too: not to write a key and to write nothing behind it are two things.
fn even_null<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Json>, D::Error> {
    Json::deserialize(deserializer).map(Some)
}

/// The place of the first key that a merge patch takes away and that is not there.
fn not_there(document: &Json, patch: &Json, path: String) -> Option<String> {
    let Json::Object(members) = patch else { return None };
    members.iter().find_map(|(key, part)| {
        let (path, held) = (format!("{path}/{}", escape(key)), document.get(key));
        if part.is_null() && held.is_none() { Some(path) } else { not_there(held.unwrap_or(&Json::Null), part, path) }
    })
}
