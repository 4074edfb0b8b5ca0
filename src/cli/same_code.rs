//! Documents that bear one 标识 and call themselves differently: one of them is another school's.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasher as _, RandomState};

use bulou_base::sanitize::visible;
use bulou_document::normalize::normal;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_report::Subject;

use crate::terminal::tell;

/// So many of them are named.
const NAMED: usize = 20;

/// The names under each 标识, gathered document after document: of a million schools, two numbers each.
#[derive(Default)]
pub struct SameCode {
    hasher: RandomState,
    names: HashMap<u64, u64>,
    /// The names that are not the first under a 标识.
    others: BTreeMap<String, BTreeSet<String>>,
}

impl SameCode {
    /// After one more document.
    pub fn add(&mut self, subject: &Subject) {
        let name = normal(&subject.name);
        if subject.id.is_empty() || name.is_empty() {
            return;
        }
        let hash = self.hasher.hash_one(&*name);
        match self.names.entry(self.hasher.hash_one(&subject.id)) {
            Entry::Vacant(first) => drop(first.insert(hash)),
            Entry::Occupied(first) if *first.get() == hash => {}
            Entry::Occupied(_) => drop(self.others.entry(subject.id.clone()).or_default().insert(subject.name.clone())),
        }
    }

    /// Asks about each such 标识; whether there is any.
    pub fn tell(&self, lang: Lang) -> bool {
        for (id, names) in self.others.iter().take(NAMED) {
            let names = names.iter().map(String::as_str).collect::<Vec<_>>().join(texts::list_comma().get(lang));
            let words = texts::documents_under_id_different(&id, &names).get(lang);
            tell(&format!("bulou: {}", visible(&words)));
        }
        let more = self.others.len().saturating_sub(NAMED);
        if more > 0 {
            tell(&texts::bulou_more_ids_like(&more).get(lang));
        }
        !self.others.is_empty()
    }
}
